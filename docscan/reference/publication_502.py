"""What IRS Publication 502, or the ruling, notice or letter beside it, says of an item or a treatment.

The entries are data (`publication_502.toml`): the condition and the limit in our own plain words, the heading as the
locator, each with its source; `verified` is False where the wording was not checked against a current copy. Where the
publication has no entry for a thing (personal trainers, massage, mattresses), `heading` is the one that it is judged by
analogy with, or None, and `note` says so. An entry can differ by purpose and by day: a drug bought without prescription
counts for an FSA from 2020 on, and never for the deduction.

This is what the texts say. Whether an expense counts is for the administrator, the account holder or the IRS to say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias, get_args

from docscan.document import Citation, Purpose
from docscan.reference import item_classes
from docscan.reference.short_forms import in_full
from docscan.reference.wording import Lexicon, tokens

Counts: TypeAlias = Literal["always", "conditional", "partial", "never"]
"""partial: only a part of the price. never: a `condition` then says when it may count after all."""

LetterNeed: TypeAlias = Literal["usual", "sometimes", "none", "refused"]
"""Whether administrators usually ask for a letter. refused: no letter makes a difference."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the publication, or a text beside it, speaks of. `heading` and `note`: as in the module's text.

    `limited_purpose`: a limited-purpose account takes it as dental or vision care. `capital`: a thing that lasts;
    "portable" may count whole, an "improvement" of the home only above what it adds to the home's value. `excess`: only
    the part of the price counts that is above the ordinary kind's. `prescription`: a prescription is needed.
    """

    id: str
    title: str
    counts: Counts
    condition: str
    limit: str
    heading: str | None
    citation: Citation
    verified: bool
    item_class: str
    limited_purpose: Literal["dental", "vision"] | None
    capital: Literal["portable", "improvement"] | None
    food: bool
    letter: LetterNeed
    excess: bool = False
    prescription: bool = False
    note: str = ""


def entry(id: str, *, purpose: Purpose = "fsa", on: date | None = None) -> Entry:
    """The entry of that id as it holds for a purpose on a day (today's law if not given). Raises KeyError."""
    return _book()[id].on(purpose, on)


def entries(*, purpose: Purpose = "fsa", on: date | None = None) -> tuple[Entry, ...]:
    """Every entry, in the order of the file: the publication's, then those without one of their own."""
    return tuple(one.on(purpose, on) for one in _book().values())


def find(
    words: str,
    item_class: str | None = None,
    *,
    purpose: Purpose = "fsa",
    on: date | None = None,
    context: str = "",
) -> Entry | None:
    """The entry for what a receipt or a letter names; None where there is none, or the words do not say which.

    `item_class` decides where the words are not known and only one entry fits the class. `context`: what stands around
    the words, such as the merchant's name: it decides what "PT" is short for, and nothing else.
    """
    found = _found(words, item_class, context)
    return entry(found, purpose=purpose, on=on) if found else None


def stands_for_two(words: str) -> bool:
    """Whether the words are a short form of two things ("PT") and say no more."""
    found = _lexicon().matches(tokens(_in_full(words)))
    return bool(found) and {m.entry for m in found} <= {_EITHER, _NOTHING} and any(m.entry == _EITHER for m in found)


# Which entry the words mean

_NOTHING = "-"
"""What words that are known to name no entry stand for: they keep shorter ones within them from naming one."""
_EITHER = "?"
"""What "PT" stands for: physical therapy or personal training."""


@lru_cache(maxsize=4096)
def _found(words: str, item_class: str | None, context: str) -> str | None:
    known = item_classes.classify(words)
    if known in _NO_ITEMS:
        return None
    full = _in_full(words)
    told = tokens(full)
    found = _lexicon().matches(told)
    if not found:
        return _of_code(words, item_class) or _only_entry_of(item_class or known)
    things = [m for m in found if m.entry not in (_NOTHING, _EITHER)] or found
    purpose = match.start() if (match := _PURPOSE.search(full)) else len(full)
    best = max(
        things,
        key=lambda m: (
            told[m.indices[0]].start < purpose,  # "a stationary bicycle for cardiac rehabilitation" is a bicycle
            len(m.indices),
            _of_class(m.entry, item_class),
            -m.indices[0],
        ),
    )
    if best.entry == _EITHER:
        return "therapy" if item_class == "physical_therapy" else _meant_by_pt(f"{words} {context}")
    return None if best.entry == _NOTHING else best.entry


_PURPOSE = re.compile(r"\b(?:for|to|after|following|because|due|during|so)\b", re.I)
"""Words after which it is said what a thing is for."""
_NO_ITEMS = frozenset(
    {"tip", "late_fee", "sign_up_fee", "cancellation_fee", "shipping", "warranty", "prior_balance", "discount"}
)
"""Classes of lines that are no item or treatment."""


def _in_full(words: str) -> str:
    """The words with their short forms in full ("PERS TRNG" is "personal training"), and those as one word that mean
    what they mean in their order only."""
    return _in_order().sub(lambda match: re.sub(r"[\s-]+", "", match[0]), in_full(words))


@cache
def _in_order() -> re.Pattern[str]:
    told = (re.escape(phrase).replace(r"\ ", r"[\s-]+") for phrase in _listed(_data()["in_order"]["words"]))
    return re.compile(rf"\b(?:{'|'.join(told)})(?=s?\b)", re.I)


_SECTIONS = (
    ("D9972", "D9975", "teeth-whitening"), ("D0100", "D9999", "dental-treatment"),
    ("00100", "01999", "operations"), ("10004", "69990", "operations"), ("70010", "79999", "x-ray"),
    ("80047", "89398", "laboratory"), ("90460", "90756", "doctor-visit"), ("90785", "90899", "psychiatric-care"),
    ("92002", "92019", "eye-exam"), ("92310", "92396", "contact-lenses"), ("97010", "97799", "therapy"),
    ("97802", "97804", "nutritional-counseling"), ("97810", "97814", "acupuncture"), ("98925", "98929", "osteopath"),
    ("98940", "98943", "chiropractor"), ("99202", "99499", "doctor-visit"), ("V2020", "V2799", "eyeglasses"),
    ("V5008", "V5299", "hearing-aids"), ("A4206", "A4209", "medical-supplies"), ("L0112", "L4631", "medical-supplies"),
    ("L5000", "L9900", "artificial-limb"), ("E0424", "E0444", "oxygen"), ("E1031", "E1298", "wheelchair"),
)  # fmt: skip
"""Where the sections of the code systems lie, with our own entry for each; the systems' own words are not here."""
_CODE = re.compile(r"\s*([0-9]{5}|[A-Z][0-9]{4})(?![0-9A-Za-z])")
_BILLED = frozenset({
    "medical_visit", "medical_service", "physical_therapy", "chiropractic", "acupuncture", "mental_health", "dental",
    "vision", "medical_supply", "nutrition", "massage",
})  # fmt: skip
"""Classes in which five digits before the words are a procedure, not a shop's number."""


def _of_code(words: str, item_class: str | None) -> str | None:
    """The entry by the procedure code that the words begin with."""
    code = match[1] if (match := _CODE.match(words)) else ""
    if item_class not in _BILLED and not code[:1].isalpha():
        return None
    return next((entry for first, last, entry in _SECTIONS if first <= code <= last), None)


def _of_class(id: str, item_class: str | None) -> bool:
    return id in _book() and _book()[id].entry.item_class == item_class


def _only_entry_of(item_class: str | None) -> str | None:
    return _defaults().get(item_class or "")


_TRAINER = re.compile(
    r"\b(?:gym|fitness|train(?:er|ing|ed)|club|crossfit|athletic|strength|personal|NASM|ACE|CPT)\b", re.I
)
_THERAPIST = re.compile(
    r"\b(?:physical\s+therap\w*|physiotherap\w*|rehab\w*|orthop\w*|DPT|eval\w*|97\d{3}|clinic|hospital|ther(?:apeutic)?\s*ex\w*"
    r"|manual|gait|co-?pay|outpatient|spine|sports\s+med\w*|mobility|therapy|therapist)\b",
    re.I,
)


def _meant_by_pt(text: str) -> str | None:
    """The entry that "PT" stands for, by the words around it; None where they speak for both or for neither."""
    trained, treated = bool(_TRAINER.search(text)), bool(_THERAPIST.search(text))
    if trained == treated:
        return None
    return "personal-trainer" if trained else "therapy"


# The data


@dataclass(frozen=True, slots=True)
class _Form:
    """How an entry differs on some days or for some purposes."""

    first: date | None
    last: date | None
    purposes: tuple[Purpose, ...]
    changes: Mapping[str, Any]

    def holds(self, purpose: Purpose, on: date) -> bool:
        in_time = (self.first is None or self.first <= on) and (self.last is None or on <= self.last)
        return in_time and (not self.purposes or purpose in self.purposes)


@dataclass(frozen=True, slots=True)
class _Dated:
    entry: Entry
    forms: tuple[_Form, ...]
    words: tuple[str, ...]

    def on(self, purpose: Purpose, on: date | None) -> Entry:
        day = on or date.today()
        form = next((form for form in self.forms if form.holds(purpose, day)), None)
        return replace(self.entry, **form.changes) if form else self.entry


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("publication_502.toml").read_text("utf-8"))


@cache
def _book() -> Mapping[str, _Dated]:
    return {told["id"]: _dated(told) for told in _data()["entry"]}


def _dated(told: Mapping[str, Any]) -> _Dated:
    forms = tuple(_form(told, form) for form in told.get("form", ()))
    return _Dated(_entry(told), forms, tuple(_listed(told.get("words", ""))))


def _entry(told: Mapping[str, Any]) -> Entry:
    citation = _citation(told["source"], told.get("heading"))
    return Entry(
        id=told["id"],
        title=told["title"],
        counts=_one_of(Counts, told["counts"]),
        condition=told.get("condition", ""),
        limit=told.get("limit", ""),
        heading=told.get("heading"),
        citation=citation,
        verified=citation.verified,
        item_class=told["class"],
        limited_purpose=told.get("limited_purpose"),
        capital=told.get("capital"),
        food=told.get("food", False),
        letter=_one_of(LetterNeed, told["letter"]),
        excess=told.get("excess", False),
        prescription=told.get("prescription", False),
        note=told.get("note", ""),
    )


def _form(told: Mapping[str, Any], form: Mapping[str, Any]) -> _Form:
    changes = {k: v for k, v in form.items() if k not in ("effective_from", "effective_until", "purpose", "source")}
    if "source" in form:
        citation = _citation(form["source"], told.get("heading"))
        changes |= {"citation": citation, "verified": citation.verified}
    return _Form(form.get("effective_from"), form.get("effective_until"), tuple(form.get("purpose", ())), changes)


def _citation(source: str, heading: str | None) -> Citation:
    """A source by its name, and after a colon what to look for there; of the publication itself, the heading."""
    name, _, locator = source.partition(": ")
    told = _data()["citations"][name]
    publication = told.get("publication", False)
    where = locator or (heading if publication and heading else told["locator"])
    return Citation(told["title"], where, told.get("url"), told["kind"], told.get("verified", True))


def _one_of(choices: Any, value: str) -> Any:
    if value not in get_args(choices):
        raise ValueError(f"{value!r} is none of {get_args(choices)}")
    return value


def _listed(words: str) -> Iterator[str]:
    return (phrase for part in words.split("|") if (phrase := part.strip()))


@cache
def _defaults() -> Mapping[str, str]:
    """The one entry that fits a class of items whose words say no more."""
    return dict(_data()["classes"])


@cache
def _lexicon() -> Lexicon[str]:
    named = [(_in_full(phrase), id) for id, one in _book().items() for phrase in one.words]
    nothing = [(_in_full(phrase), _NOTHING) for phrase in _listed(_data()["no_entry"]["words"])]
    either = [(phrase, _EITHER) for phrase in _listed(_data()["either"]["words"])]
    return Lexicon([*named, *nothing, *either], words_of_english=frozenset({"tens", "tab", "rx"}))
