"""Rules as data: what a rulebook file may hold, and one administrator's rules put together from such files.

A file that does not follow the format is refused with `RulebookError`, which names the file, the rule and the key.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from docscan.checking import wording
from docscan.checking.checks import CHECKS, Check
from docscan.checking.checks.presence import Pattern
from docscan.checking.checks.registry import ItemClass, Many
from docscan.checking.refusing import Wrong, error, nearest, read, table, validated
from docscan.checking.score import WEIGHT, About
from docscan.document import Citation, Claim, DateRange, Json, Kind, Outcome, Purpose, RulebookVersion, Severity
from docscan.errors import RulebookError, UnknownName
from docscan.reference.fields import FIELDS

NO_CLAIM = Claim()
EXAMPLE_DAY = date(2026, 11, 21)
"""The day on which an example is checked, where it names none."""


@dataclass(frozen=True, slots=True)
class Example:
    """A case that a rule decides so. Either `text`, which is understood first, or `fields`, as a report has them; a
    rule about packets has `documents`, one of these for each."""

    outcome: Outcome
    text: str | None = None
    fields: tuple[Mapping[str, Json], ...] = ()
    kind: Kind | None = None
    as_of: date = EXAMPLE_DAY
    claim: Claim = NO_CLAIM
    quality: float | None = None
    documents: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """A rule's words. `messages` by outcome, with places in braces that the check fills; `advice` from the most exact,
    with such places too, to one that needs none."""

    title: str
    messages: Mapping[str, str]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, with all that a person may want to know of it.

    `advice`: what to do, where nothing of the document is known; `exact_advice`: more exact forms of it, the most exact
    first, each with places in braces that the check fills. `parameters` of the check. `written`: the words before the
    parameters were filled in, so that a changed parameter changes them. `first`: it says what the document is, which
    comes before what it lacks. `changed_by`: the administrator whose rulebook changed it. Both effective dates are
    included; None is unlimited. `place`: the file and the line where it stands, or where it was changed last.
    """

    id: str
    title: str
    rulebook: str
    about: About
    purpose: tuple[Purpose, ...]
    applies_to: tuple[Kind, ...]
    check: str
    parameters: Any
    severity: Severity
    weight: float
    messages: Mapping[str, str]
    advice: str
    citation: Citation
    retrieved: date
    examples: tuple[Example, ...]
    written: Texts
    exact_advice: tuple[str, ...] = ()
    first: bool = False
    effective_from: date | None = None
    effective_until: date | None = None
    when_class: tuple[str, ...] = ()
    asked_of_class: tuple[str, ...] = ()
    unless_class: tuple[str, ...] = ()
    changed_by: str | None = None
    changed: tuple[str, ...] = ()
    place: str = ""

    def in_force_on(self, day: date) -> bool:
        return (self.effective_from or date.min) <= day <= (self.effective_until or date.max)


@dataclass(frozen=True, slots=True)
class Change:
    """How an administrator's rulebook differs in one rule, and by what source. `keys`: what it sets; `off`: the rule is
    not asked at all."""

    rule: str
    by: str
    keys: tuple[str, ...]
    off: bool
    citation: Citation
    retrieved: date

    @property
    def decides(self) -> bool:
        """Whether it can change what a document comes out as; otherwise it only says the same in other words."""
        return self.off or not {"title", "message", "advice", "first"}.issuperset(self.keys)


@dataclass(frozen=True)
class Ruleset:
    """One administrator's rules, merged from the rulebooks it builds on, in their order. `changes`: of all the
    administrators' rulebooks it is made of, in the order in which they were applied."""

    administrator: str
    title: str
    purpose: tuple[Purpose, ...]
    checked: date
    rules: tuple[Rule, ...]
    rulebooks: tuple[RulebookVersion, ...]
    changes: tuple[Change, ...] = ()

    def rule(self, id: str) -> Rule:
        """The rule of that id; of several dated ones the newest. Raises `UnknownName`."""
        found = [rule for rule in self.rules if rule.id == id.upper()]
        if not found:
            known = {rule.id for rule in self.rules}
            raise UnknownName(
                f"{self.title} has no rule {id}.", nearest(id.upper(), known, "docscan rules lists them.")
            )
        return max(found, key=lambda rule: rule.effective_from or date.min)


# What a file may hold


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Citation(_Table):
    title: str = Field(min_length=3)
    locator: str = Field(min_length=1)
    url: str | None = Field(None, pattern=r"^https?://[\w.-]+\.\w{2,}(:\d+)?(/\S*)?$")
    kind: Literal["law", "guidance", "plan practice"]
    retrieved: date
    verified: bool = True


class _Message(_Table):
    met: str = Field(min_length=3)
    not_met: str = Field(min_length=3)
    uncertain: str | None = None
    not_applicable: str | None = None


class _Range(_Table):
    start: date
    end: date


class _Claim(_Table):
    purpose: Purpose | None = None
    account: str | None = None
    plan_year: _Range | None = None
    submitted_on: date | None = None
    letter_received_on: date | None = None
    letter_approved_on: date | None = None
    hsa_opened_on: date | None = None
    participant_name: str | None = None
    patient_name: str | None = None
    relationship: str | None = None
    amount: str | None = None
    income: str | None = None
    ordinary_cost: str | None = None
    value_increase: str | None = None
    from_65: bool | None = None
    not_reimbursed_elsewhere: bool | None = None


class _Extraction(_Table):
    name: str
    value: Any = None
    raw: str | None = None
    assertion: Literal["stated", "negated", "hypothetical", "historical", "other_person"] = "stated"
    confidence: float | None = Field(None, ge=0, le=1)
    readings: Many[Any] = ()
    resolved: dict[str, Any] | None = None
    section: str = ""


class _Example(_Table):
    outcome: Outcome
    text: str | None = None
    fields: dict[str, Any] | None = None
    extractions: Many[_Extraction] = ()
    kind: Kind | None = None
    as_of: date = EXAMPLE_DAY
    claim: _Claim = _Claim()
    quality: float | None = Field(None, ge=0, le=1)
    documents: Many[_Document] = ()


class _Document(_Table):
    kind: Kind
    fields: dict[str, Any] = Field(default_factory=dict)
    extractions: Many[_Extraction] = ()
    quality: float | None = Field(None, ge=0, le=1)


_Advice = Annotated[
    tuple[Annotated[str, Field(min_length=5)], ...],
    BeforeValidator(lambda given: (given,) if isinstance(given, str) else given),
    Field(strict=False, min_length=1),
]


class _Rule(_Table):
    id: str = Field(pattern=r"^[A-Z]{2,8}-[0-9]{2,3}$")
    title: str = Field(min_length=5)
    purpose: Many[Purpose] = Field(min_length=1)
    applies_to: Many[Kind] = Field(min_length=1)
    check: str
    severity: Severity
    weight: float | None = Field(None, ge=0, le=10, strict=False)
    message: _Message
    advice: _Advice
    citation: _Citation
    first: bool = False
    effective_from: date | None = None
    effective_until: date | None = None
    when_class: Many[ItemClass] = ()
    asked_of_class: Many[ItemClass] = ()
    unless_class: Many[ItemClass] = ()
    example: Many[_Example] = ()


class _Change(_Table):
    rule: str
    citation: _Citation
    severity: Severity | None = None
    weight: float | None = Field(None, ge=0, le=10, strict=False)
    title: str | None = Field(None, min_length=5)
    applies_to: Many[Kind] | None = Field(None, min_length=1)
    message: _Message | None = None
    advice: _Advice | None = None
    first: bool | None = None
    when_class: Many[ItemClass] | None = None
    asked_of_class: Many[ItemClass] | None = None
    unless_class: Many[ItemClass] | None = None
    off: bool = False
    example: Many[_Example] = ()


_NAME = "[a-z][a-z0-9-]*"


class _Book(_Table):
    id: str = Field(pattern=rf"^{_NAME}$")
    title: str = Field(min_length=3)
    version: str = Field(min_length=1)
    about: About = "completeness"
    purpose: Many[Purpose] = ()
    citations: dict[str, Any] = Field(default_factory=dict)
    rule: Many[Any] = ()


class _Administrator(_Book):
    checked: date
    purpose: Many[Purpose] = Field(min_length=1)
    extends: str | None = None
    rulebooks: Many[str] = ()
    only: Many[str] = ()
    cited: dict[str, Any] = Field(default_factory=dict)
    change: Many[Any] = ()


# Reading files


@dataclass(frozen=True)
class Rulebook:
    """One file of rules."""

    id: str
    version: str
    rules: tuple[Rule, ...]


def read_rulebook(name: str, text: str) -> Rulebook:
    """The rules of one file. `name` is what errors call it. Raises `RulebookError`, which tells all that is wrong."""
    head = validated(_Book, table(name, text), name, "")
    rules = _rules(head, name, text)
    if not rules:
        raise error(name, "", "has no [[rule]]", "Add one.")
    return Rulebook(head.id, head.version, rules)


@dataclass(frozen=True)
class _Source:
    """Where an administrator's file, and the files that it names, are found."""

    administrators: Mapping[str, Traversable]
    rulebooks: Mapping[str, Traversable]


def read_administrator(name: str, folder: Path | None = None) -> Ruleset:
    """An administrator's rules, built-in or of the folder. Raises `UnknownName`, `RulebookError`."""
    return _read_administrator(name, folder)


@cache
def _read_administrator(name: str, folder: Path | None) -> Ruleset:
    source = _source(folder)
    if name not in source.administrators:
        own = "" if folder else " DOCSCAN_RULEBOOKS names a folder of your own."
        raise UnknownName(
            f"There are no rules of an administrator called {name}.", nearest(name, source.administrators) + own
        )
    return _administrator(name, source, ())


def read_file(path: Path) -> Ruleset:
    """The rules of a file anywhere, which may extend built-in administrators and those beside it; a file of rules alone
    is taken for an administrator that has no others. Raises `RulebookError`."""
    name = path.stem
    if path.suffix != ".toml" or not path.is_file():
        raise error(path.name, "", "is not a rulebook", "Name a file that ends in .toml.")
    text = read(path.name, path)
    if not table(path.name, text).keys() & {"extends", "rulebooks", "change", "checked"}:
        book = read_rulebook(path.name, text)
        purposes = tuple(dict.fromkeys(purpose for rule in book.rules for purpose in rule.purpose))
        version = RulebookVersion(book.id, book.version)
        newest = max(rule.retrieved for rule in book.rules)
        return Ruleset(book.id, book.id, purposes, newest, book.rules, (version,))
    source = _source(path.parent)
    return _administrator(name, source, ())


def administrator_names(folder: Path | None = None) -> tuple[str, ...]:
    """Every name that `read_administrator` takes, sorted."""
    return tuple(sorted(_source(folder).administrators))


def _source(folder: Path | None) -> _Source:
    home = files("docscan") / "rulebooks"
    built_in = _files(home / "administrators")
    own = _files(Path(folder)) if folder else {}
    if folder and not Path(folder).is_dir():
        raise RulebookError(f"The folder of rulebooks {folder} does not exist.", "Correct or unset DOCSCAN_RULEBOOKS.")
    twice = sorted(name for name in own.keys() & built_in.keys() if not _same(own[name], built_in[name]))
    if twice:
        raise error(
            own[twice[0]].name, "id", f"`{twice[0]}` is the name of a built-in administrator", "Choose another name."
        )
    return _Source({**built_in, **own}, _files(home))


def _files(folder: Traversable) -> dict[str, Traversable]:
    if not folder.is_dir():
        return {}
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    return {e.name.removesuffix(".toml"): e for e in entries}


def _same(one: Traversable, other: Traversable) -> bool:
    return isinstance(one, Path) and isinstance(other, Path) and one.resolve() == other.resolve()


def _administrator(name: str, source: _Source, extended_by: tuple[str, ...]) -> Ruleset:
    file = source.administrators[name].name
    text = read(file, source.administrators[name])
    head = validated(_Administrator, table(file, text), file, "")
    if head.id != name:
        remedy = f'Write id = "{name}".' if re.fullmatch(_NAME, name) else f"Call the file {head.id}.toml."
        raise error(file, "id", f"is `{head.id}`, but the file is called {file}", remedy)
    if bool(head.extends) == bool(head.rulebooks):
        both = "there are both `extends` and `rulebooks`" if head.extends else "is missing, and so is `rulebooks`"
        raise error(file, "extends", both, 'Write one of them, such as extends = "generic-fsa".')
    books: list[RulebookVersion] = []
    changes: list[Change] = []
    if head.extends:
        below = _extended(head.extends, name, source, extended_by, file)
        rules, books, changes = list(below.rules), list(below.rulebooks), list(below.changes)
    else:
        rules = []
        for book_name in head.rulebooks:
            if book_name not in source.rulebooks:
                raise error(file, "rulebooks", f"`{book_name}` is not a rulebook", nearest(book_name, source.rulebooks))
            found = source.rulebooks[book_name]
            book = _cached_rulebook(found.name, read(found.name, found))
            rules += book.rules
            books.append(RulebookVersion(book.id, book.version))
    wrong = Wrong()
    with wrong.apart():
        rules = _only(rules, head, file)
    with wrong.apart():
        rules += _rules(head, file, text)
        _refuse_overlaps(rules, file)
    for id_, cited in head.cited.items():
        with wrong.apart():
            rules = _cited(rules, id_, cited, head, file)
    places = _places(file, text, "change", len(head.change))
    with wrong.apart():
        _refuse_twice(head.change, places)
    for number, (raw, place) in enumerate(zip(head.change, places, strict=True)):
        with wrong.apart():
            rules, change = _changed(rules, raw, head, place, f"change {number + 1}")
            changes.append(change)
    wrong.refuse()
    return Ruleset(
        administrator=name,
        title=head.title,
        purpose=head.purpose,
        checked=head.checked,
        rules=tuple(rules),
        rulebooks=(*books, RulebookVersion(head.id, head.version)),
        changes=tuple(changes),
    )


def _only(rules: list[Rule], head: _Administrator, file: str) -> list[Rule]:
    """The rules that an administrator takes of those it builds on, where it takes only some."""
    for id_ in head.only:
        _known(rules, id_, file, "only")
    return [rule for rule in rules if rule.id in head.only] if head.only else rules


def _cited(rules: list[Rule], id_: str, cited: Any, head: _Administrator, file: str) -> list[Rule]:
    """The rules, one of them with the administrator's own source instead of the rulebook's."""
    where = f"cited: {id_}"
    _known(rules, id_, file, where)
    raw = _with_citation({"citation": cited}, head, file, where)["citation"]
    if not isinstance(raw, dict):
        raise error(file, where, "is not a citation", "Name one under [citations], or write a table.")
    found = validated(_Citation, raw, file, where)
    return [
        replace(rule, citation=_citation(found), retrieved=found.retrieved) if rule.id == id_ else rule
        for rule in rules
    ]


def _known(rules: Iterable[Rule], id_: str, file: str, where: str) -> None:
    known = {rule.id for rule in rules}
    if id_ not in known:
        remedy = nearest(id_, known, "`docscan rules` lists those it builds on.")
        raise error(file, where, f"`{id_}` is not a rule", remedy)


def _extended(extends: str, name: str, source: _Source, extended_by: tuple[str, ...], file: str) -> Ruleset:
    if extends in (*extended_by, name):
        chain = [*extended_by, name]
        circle = " extends ".join(f"`{one}`" for one in (*chain[chain.index(extends) :], extends))
        raise error(file, "extends", f"goes in a circle: {circle}", "Let one of them extend a built-in administrator.")
    if extends not in source.administrators:
        raise error(file, "extends", f"`{extends}` is not an administrator", nearest(extends, source.administrators))
    return _administrator(extends, source, (*extended_by, name))


def _refuse_twice(changes: Sequence[Any], places: Sequence[str]) -> None:
    seen = set()
    for raw, place in zip(changes, places, strict=True):
        rule = raw.get("rule") if isinstance(raw, dict) else None
        if isinstance(rule, str) and rule in seen:
            raise error(place, f"change of {rule}", "is the second one of this rule", "Put both into one [[change]].")
        seen.add(rule if isinstance(rule, str) else None)


@cache
def _cached_rulebook(name: str, text: str) -> Rulebook:
    return read_rulebook(name, text)


def _places(file: str, text: str, table: str, count: int) -> list[str]:
    """What errors call each [[table]] of a file: by its line, unless one stands in a string too."""
    lines = [text.count("\n", 0, found.start()) + 1 for found in re.finditer(rf"^\[\[{table}\]\]", text, re.MULTILINE)]
    return [f"{file}, line {line}" for line in lines] if len(lines) == count else [file] * count


def _rules(book: _Book, file: str, text: str) -> tuple[Rule, ...]:
    places = _places(file, text, "rule", len(book.rule))
    rules, wrong = [], Wrong()
    for number, raw in enumerate(book.rule):
        with wrong.apart():
            rules.append(_rule(raw, book, places[number], number))
    with wrong.apart():
        _refuse_overlaps(rules, file)
    wrong.refuse()
    return tuple(rules)


def _rule(raw: Any, book: _Book, file: str, number: int) -> Rule:
    where = (
        f"rule {raw['id']}" if isinstance(raw, dict) and isinstance(raw.get("id"), str) else f"rule number {number + 1}"
    )
    if not isinstance(raw, dict):
        raise error(file, where, "is not a table", "Write [[rule]].")
    asked = raw.get("check")
    check = CHECKS.get(asked) if isinstance(asked, str) else None
    if check is None:
        problem = f"`{asked}` is not a check" if "check" in raw else "is missing"
        remedy = "`docscan rules --checks` lists what a rule can ask."
        raise error(file, f"{where}: check", problem, nearest(str(asked), CHECKS, remedy) if asked else remedy)
    own = {"purpose": list(book.purpose), **{k: v for k, v in raw.items() if k not in check.parameter_names}}
    given = {key: value for key, value in raw.items() if key in check.parameter_names}
    wrong = Wrong()
    with wrong.apart():
        entry = validated(_Rule, _with_citation(own, book, file, where), file, where, also=check.parameter_names)
    with wrong.apart():
        parameters = validated(check.parameters, given, file, where)
    wrong.refuse()
    messages = entry.message.model_dump(exclude_none=True)
    written = _checked(Texts(entry.title, messages, entry.advice), check, parameters, file, where)
    shown = _filled(written, parameters)
    if entry.effective_from and entry.effective_until and entry.effective_from > entry.effective_until:
        raise error(
            file,
            f"{where}: effective_until",
            "is before effective_from",
            "Write the first day of the rule, then the last.",
        )
    if check.packet != (entry.applies_to == ("packet",)):
        told = (
            ("looks at a whole packet", 'Write applies_to = ["packet"].')
            if check.packet
            else ("looks at one document, not at a packet", "Name the kinds of documents, or take a check of packets.")
        )
        raise error(file, f"{where}: applies_to", f"`{entry.check}` {told[0]}", told[1])
    examples = _examples(entry.example, file, where, packet=check.packet)
    for outcome in ("met", "not_met"):
        if sum(e.outcome == outcome for e in examples) < _FEWEST_EXAMPLES:
            remedy = f'Add two real cases: {{ outcome = "{outcome}", text = "..." }}.'
            raise error(file, f"{where}: example", f"has fewer than two with outcome {outcome}", remedy)
    return Rule(
        id=entry.id,
        title=shown.title,
        rulebook=book.id,
        about=book.about,
        purpose=entry.purpose,
        applies_to=entry.applies_to,
        check=entry.check,
        parameters=parameters,
        severity=entry.severity,
        weight=WEIGHT[entry.severity] if entry.weight is None else entry.weight,
        messages=shown.messages,
        advice=shown.advice[-1],
        citation=_citation(entry.citation),
        retrieved=entry.citation.retrieved,
        examples=examples,
        written=written,
        exact_advice=shown.advice[:-1],
        first=entry.first,
        effective_from=entry.effective_from,
        effective_until=entry.effective_until,
        when_class=entry.when_class,
        asked_of_class=entry.asked_of_class,
        unless_class=entry.unless_class,
        place=file,
    )


_FEWEST_EXAMPLES = 2


def _changed(rules: list[Rule], raw: Any, head: _Administrator, file: str, where: str) -> tuple[list[Rule], Change]:
    """The rules with one change of an administrator applied to the rule it names: how it decides, to the form that was
    in force when the administrator was looked at; its severity and its words to every dated form."""
    if not isinstance(raw, dict):
        raise error(file, where, "is not a table", "Write [[change]].")
    if not isinstance(raw.get("rule"), str):
        problem = "is not a text" if "rule" in raw else "is missing"
        raise error(file, f"{where}: rule", problem, 'Name which rule it changes, such as rule = "LMN-11".')
    where = f"change of {raw['rule']}"
    changed = [rule for rule in rules if rule.id == raw.get("rule")]
    if not changed:
        _known(rules, str(raw["rule"]), file, f"{where}: rule")
    names = CHECKS[changed[0].check].parameter_names
    given = {key: value for key, value in raw.items() if key in names}
    own = {key: value for key, value in raw.items() if key not in names}
    entry = validated(_Change, _with_citation(own, head, file, where), file, where, also=names)
    keys = tuple(key for key in raw if key not in ("rule", "citation", "example", "off"))
    change = Change(entry.rule, head.id, keys, entry.off, _citation(entry.citation), entry.citation.retrieved)
    if entry.off and keys:
        raise error(file, f"{where}: off", "switches the rule off and changes it too", "Do one of both.")
    if entry.off:
        return [rule for rule in rules if rule.id != entry.rule], change
    if not keys:
        raise error(file, where, "changes nothing", "Write what differs, or name its source under [cited].")
    # What a plan asks today says nothing of how it decided under the law of other years.
    today = [rule for rule in changed if rule.in_force_on(head.checked)] or changed
    weighs = entry.model_copy(update=dict.fromkeys(_CLASSES) | {"example": ()})
    told = {"by": head.id, "file": file, "where": where}
    return [
        _change(rule, entry, given=given, keys=keys, **told)
        if rule in today
        else _change(rule, weighs, given={}, keys=tuple(key for key in keys if key not in {*given, *_CLASSES}), **told)
        if rule in changed
        else rule
        for rule in rules
    ], change


def _change(
    rule: Rule, entry: _Change, *, given: dict[str, Any], keys: tuple[str, ...], by: str, file: str, where: str
) -> Rule:
    check = CHECKS[rule.check]
    examples = _examples(entry.example, file, where, packet=check.packet)
    if (given or not _CLASSES.isdisjoint(keys)) and not {"met", "not_met"} <= {e.outcome for e in examples}:
        remedy = 'Add example = [{ outcome = "met", ... }, { outcome = "not_met", ... }].'
        raise error(
            file, f"{where}: example", "needs one met and one not_met, as the rule decides otherwise now", remedy
        )
    before = {name: getattr(rule.parameters, name) for name in check.parameter_names}
    parameters = validated(check.parameters, {**before, **given}, file, where) if given else rule.parameters
    written = Texts(
        title=entry.title or rule.written.title,
        messages=entry.message.model_dump(exclude_none=True) if entry.message else rule.written.messages,
        advice=entry.advice or rule.written.advice,
    )
    told = _filled(_checked(written, check, parameters, file, where), parameters)
    severity = entry.severity or rule.severity
    weight = entry.weight if entry.weight is not None else WEIGHT[severity] if entry.severity else rule.weight
    return replace(
        rule,
        parameters=parameters,
        severity=severity,
        weight=weight,
        title=told.title,
        applies_to=entry.applies_to or rule.applies_to,
        messages=told.messages,
        advice=told.advice[-1],
        exact_advice=told.advice[:-1],
        written=written,
        citation=_citation(entry.citation),
        retrieved=entry.citation.retrieved,
        examples=examples or rule.examples,
        first=rule.first if entry.first is None else entry.first,
        when_class=rule.when_class if entry.when_class is None else entry.when_class,
        asked_of_class=rule.asked_of_class if entry.asked_of_class is None else entry.asked_of_class,
        unless_class=rule.unless_class if entry.unless_class is None else entry.unless_class,
        changed_by=by,
        changed=tuple(dict.fromkeys((*rule.changed, *keys))),
        place=file,
    )


_CLASSES = frozenset({"when_class", "asked_of_class", "unless_class"})


def _with_citation(raw: dict[str, Any], book: _Book, file: str, where: str) -> dict[str, Any]:
    """A citation may be the name of one under [citations], with a locator of its own after a colon."""
    cited = raw.get("citation")
    if not isinstance(cited, str):
        return raw
    name, _, locator = (part.strip() for part in cited.partition(":"))
    if name not in book.citations:
        remedy = nearest(name, book.citations, f"Write it under [citations.{name or 'NAME'}], or as a table.")
        raise error(file, f"{where}: citation", f"`{name}` is not under [citations]", remedy)
    found = book.citations[name]
    return {**raw, "citation": {**found, "locator": locator} if locator and isinstance(found, dict) else found}


def _citation(entry: _Citation) -> Citation:
    return Citation(entry.title, entry.locator, entry.url, entry.kind, entry.verified)


def _checked(texts: Texts, check: Check, parameters: Any, file: str, where: str) -> Texts:
    """The same texts, if every brace can be filled and no number is at odds with the parameters."""
    filled = frozenset(_in_words(parameters))
    for key, text in _by_key(texts):
        allowed = set(filled)
        if key == "advice":
            allowed |= check.variables | (frozenset() if check.packet else ABOUT)
        elif key.removeprefix("message.") in _FILLED_BY_CHECK:
            allowed |= check.variables
        try:
            used = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError as braces:
            remedy = "Write {value}, or {{ for a brace."
            raise error(file, f"{where}: {key}", f"has wrong braces: {braces}", remedy) from None
        unknown = sorted(used - allowed)
        if unknown:
            known = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "nothing"
            raise error(file, f"{where}: {key}", f"{{{unknown[0]}}} is not filled by this check", f"It fills {known}.")
        if promise := _PROMISE.search(text):
            remedy = "Say what was found, or what to ask for; docscan never promises anything."
            raise error(file, f"{where}: {key}", f"says “{promise[0]}”", remedy)
        if odd := _contradiction(text, parameters):
            raise error(file, f"{where}: {key}", *odd)
        if text is texts.advice[-1] and (open_ := sorted(used - filled)):
            raise error(file, f"{where}: advice", f"{{{open_[0]}}} is not always known", _LAST_ADVICE)
    return texts


ABOUT = frozenset({"illness", "treatment", "latest_end", "pages"})
"""What the advice of any rule about one document may name besides what its check fills; see `advising.about`."""
_LAST_ADVICE = (
    "Write a list of texts, the last one without it: [the exact advice, the advice for where it is not known]."
)


_FILLED_BY_CHECK = ("met", "not_met")
_PROMISE = re.compile(
    r"\b(approved|approval|deductible|eligible|guarantee\w*|qualif(y|ies) as medical)\b", re.IGNORECASE
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        "|a an one each every|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve".split("|")
    )
    for word in words.split()
}
_LENGTHS: Mapping[str, Mapping[str, int]] = {"months": {"month": 1, "year": 12}}
"""Parameters that are lengths, and how many of them the words for lengths stand for."""


def _by_key(texts: Texts) -> list[tuple[str, str]]:
    messages = [(f"message.{outcome}", text) for outcome, text in texts.messages.items()]
    return [("title", texts.title), *messages, *(("advice", text) for text in texts.advice)]


def _contradiction(text: str, parameters: Any) -> tuple[str, str] | None:
    """The first length in the text that is not the parameter's; what is quoted is an example and may be any."""
    plain = re.sub(r'"[^"]*"|“[^”]*”', "", text)
    for name, units in _LENGTHS.items():
        value = getattr(parameters, name, None)
        if value is None:
            continue
        for found in re.finditer(
            rf"(?<!half )\b(\d+|{'|'.join(_NUMBERS)})[ -]({'|'.join(units)})s?\b", plain, re.IGNORECASE
        ):
            number = found[1].lower()
            said = int(number) if number.isdecimal() else _NUMBERS[number]
            if said * units[found[2].lower()] != value:
                return (
                    f"says “{found[0]}”, but `{name}` is {value}",
                    f"Write {{{name}}} {name}, or give a text of your own.",
                )
    return None


def _in_words(parameters: Any) -> dict[str, str]:
    """The parameters that a text may show, in words; a pattern is none for people, and its name may be a check's."""
    hints = get_type_hints(type(parameters), include_extras=True)
    given = {f.name: getattr(parameters, f.name) for f in fields(parameters) if hints[f.name] != Pattern}
    return {
        name: wording.listed(value) if isinstance(value, tuple) else _one(value)
        for name, value in given.items()
        if (isinstance(value, str | int | float | date) and not isinstance(value, bool))
        or (isinstance(value, tuple) and all(isinstance(each, str) for each in value))
    }


def _one(value: Any) -> str:
    """ "10", not "10.0"."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _filled(texts: Texts, parameters: Any) -> Texts:
    """The texts with the parameters in place of their names; what only a check can fill stays in braces."""
    words = _in_words(parameters)

    def fill(text: str, *, again: bool) -> str:
        told = []
        for literal, name, _, _ in string.Formatter().parse(text):
            told.append(_escaped(literal) if again else literal)
            if name is not None:
                told.append((_escaped(words[name]) if again else words[name]) if name in words else f"{{{name}}}")
        return re.sub(r"\b1 (month|year|day|week)s\b", r"1 \1", "".join(told))

    return Texts(
        title=fill(texts.title, again=False),
        messages={outcome: fill(text, again=outcome in _FILLED_BY_CHECK) for outcome, text in texts.messages.items()},
        advice=(*(fill(text, again=True) for text in texts.advice[:-1]), fill(texts.advice[-1], again=False)),
    )


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _examples(entries: Sequence[_Example], file: str, where: str, *, packet: bool) -> tuple[Example, ...]:
    return tuple(_example(e, file, f"{where}: example {n + 1}", packet=packet) for n, e in enumerate(entries))


def _example(entry: _Example, file: str, where: str, *, packet: bool) -> Example:
    given = [bool(entry.documents), entry.text is not None, entry.fields is not None or bool(entry.extractions)]
    if sum(given) != 1 or bool(entry.documents) != packet:
        wanted = "`documents`" if packet else "either `text` or `fields` and `extractions`"
        raise error(file, where, f"needs {wanted}", "Write what the document says, in one of these ways.")
    claim = {name: getattr(entry.claim, name) for name in _Claim.model_fields}
    if entry.claim.plan_year:
        claim["plan_year"] = DateRange(entry.claim.plan_year.start, entry.claim.plan_year.end)
    return Example(
        outcome=entry.outcome,
        text=entry.text,
        fields=_extractions(entry.fields or {}, entry.extractions, file, where),
        kind=entry.kind,
        as_of=entry.as_of,
        claim=Claim(**claim),
        quality=entry.quality,
        documents=tuple(
            Example(
                outcome=entry.outcome,
                fields=_extractions(d.fields, d.extractions, file, where),
                kind=d.kind,
                as_of=entry.as_of,
                quality=d.quality,
            )
            for d in entry.documents
        ),
    )


def _extractions(
    short: Mapping[str, Any], full: Iterable[_Extraction], file: str, where: str
) -> tuple[Mapping[str, Json], ...]:
    """One form for both ways of writing: `letter_date = "2026-03-03"` (several values as a list), or extractions."""
    found: list[Mapping[str, Json]] = []
    for name, value in short.items():
        found += [{"name": name, "value": each} for each in (value if isinstance(value, list) else [value])]
    found += [each.model_dump(exclude_unset=True) for each in full]
    for each in found:
        if each["name"] not in FIELDS:
            remedy = nearest(str(each["name"]), FIELDS, "`docscan rules --fields` lists them.")
            raise error(file, where, f"`{each['name']}` is not a field", remedy)
    return tuple(_dates_as_text(each) for each in found)


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _dates_as_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_dates_as_text(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _refuse_overlaps(rules: Iterable[Rule], file: str) -> None:
    by_id: dict[str, list[Rule]] = {}
    for rule in rules:
        by_id.setdefault(rule.id, []).append(rule)
    for id_, same in by_id.items():
        ordered = sorted(same, key=lambda r: r.effective_from or date.min)
        for earlier, later in pairwise(ordered):
            if (earlier.effective_until or date.max) >= (later.effective_from or date.min):
                undated = not any(r.effective_from or r.effective_until for r in same)
                where = f"rule {id_}: {'id' if undated else 'effective_from'}"
                books = sorted({r.rulebook for r in same})
                problem = (
                    f"is the id of {len(same)} rules (of {wording.listed(books)})"
                    if undated
                    else "two rules of this id are in force on the same day"
                )
                family = id_.rpartition("-")[0]
                free = max(int(r.rpartition("-")[2]) for r in by_id if r.startswith(f"{family}-")) + 1
                remedy = (
                    f"Choose another id, for example {family}-{free:02}, or change that rule by [[change]]."
                    if undated
                    else "Give each its own time with effective_from and effective_until."
                )
                place = next((r.place for r in reversed(same) if r.place.split(",")[0] == file), file)
                raise error(place, where, problem, remedy)
