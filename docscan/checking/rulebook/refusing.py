"""What is wrong with a rulebook, and what to do about it: one sentence and one remedy, by file, line, rule and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import ValidationError

from docscan.checking import wording
from docscan.checking.checks.registry import Unknown
from docscan.errors import RulebookError

MOST_BYTES = 1_000_000
"""A rulebook of more is no rulebook: that of all letters has 50,000."""

_GUIDE = "See docscan/rulebooks/README.md for what may stand where."


def error(file: str, where: str, problem: str, remedy: str) -> RulebookError:
    return RulebookError(": ".join(filter(None, (file, where, problem))) + ".", remedy)


class Wrong:
    """Everything that is wrong with a file, so that its author is told at once and not one thing after the other."""

    def __init__(self) -> None:
        self._found: list[RulebookError] = []

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Go on with the next part of the file, whatever is wrong with this one."""
        try:
            yield
        except RulebookError as wrong:
            self._found += [wrong, *wrong.more]

    def refuse(self) -> None:
        """Raise what was found, the first with the rest as `more`."""
        if self._found:
            first, *rest = self._found
            raise RulebookError(first.message, first.remedy, more=tuple(rest))


def nearest(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """The remedy for a name that is not known."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1) or get_close_matches(name.upper(), names, n=1)
    return f"Did you mean {close[0]}?" if close else otherwise or f"Known are {', '.join(names)}."


# The file as such


def read(name: str, file: Traversable) -> str:
    """The text of a file, without a byte order mark. Raises `RulebookError`."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as problem:
        raise error(name, "", f"cannot be read ({problem.strerror})", "Check what it is and who may read it.") from None
    if len(data) > MOST_BYTES:
        raise error(name, "", "is larger than a million bytes", "Check that it is a rulebook, and split it if it is.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise error(name, "", "is not written in UTF-8", "Save it as plain text in UTF-8.") from None


def table(name: str, text: str) -> dict[str, Any]:
    """What a file holds. Raises `RulebookError` naming the line."""
    if not re.search(r"^\s*[^#\s]", text, re.MULTILINE):
        raise error(name, "", "is empty", "`docscan rules new` writes one to begin with.")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise error(name, "", "is nested too deeply", "Write it as README.md beside the rulebooks shows.") from None
    except tomllib.TOMLDecodeError as problem:
        raise _not_toml(name, text, str(problem)) from None


def _not_toml(name: str, text: str, problem: str) -> RulebookError:
    found = re.search(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", problem, re.DOTALL)
    if found is None:
        return error(name, "", f"is not TOML: {problem}", _OF_TOML[-1][1])
    line = int(found[2]) if found[2] else text.count("\n") + 1
    column = int(found[3]) if found[3] else 1
    here = (text.split("\n")[line - 1 :] or [""])[0]
    at = here[column - 1 : column]
    said = f"{found[1][:1].lower()}{found[1][1:]}".replace("\n", " ")
    remedy = next(remedy for pattern, remedy in _OF_TOML if re.search(pattern, f"{said} at {at!r}", re.IGNORECASE))
    place = f"{name}, line {line}"
    return error(place, "", f"is not TOML: {said}" + (f" at column {column}" if found[3] else ""), remedy)


_OF_TOML = (
    (r"at '[“”„‘’]'", 'Use straight quotes, " or \'.'),
    (r"at '[TF]'", "Write true and false in small letters."),
    (r"invalid date", "There is no such day. Write one that is, such as 2026-03-31."),
    (r"at '-'", "Write a day with two digits for month and day, such as 2026-03-31."),
    (r"unterminated|illegal character '\\n'", "End the text with its quote, on its line."),
    (r"unescaped", "Put a text that holds a backslash between single quotes."),
    (r"overwrite|twice|mutate", "Write each key once; several rules are several [[rule]], with two brackets."),
    (r"unclosed array", "Put a comma between the entries of the list, and end it with ]."),
    (r"inline table|key part", "Write what is between { and } on one line, without a comma at its end."),
    (r"expected '='", 'Write key = "value", on one line.'),
    (r"(table|array) declaration", "Write [[rule]] or [[change]], with two brackets on each side."),
    (r"", "Correct that place: texts in quotes, days as 2026-03-31, lists in [ ]."),
)  # fmt: skip


# What stands in it


def validated(model: Any, raw: Any, file: str, where: str, *, also: Iterable[str] = ()) -> Any:
    """`raw` as the model has it. Raises `RulebookError` for the first thing that is wrong, with the rest as `more`.

    `also`: further keys that may stand there.
    """
    try:
        return model(**raw)
    except ValidationError as problem:
        wrong = sorted(problem.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
        names = [*getattr(model, "model_fields", {}), *getattr(model, "__pydantic_fields__", {}), *also]
    told: dict[str, tuple[str, str]] = {}
    for one in wrong:  # of one place, the first: an unknown name in a list leaves the list empty too
        told.setdefault(_place(where, one["loc"]), _told(one, names))
    errors = [error(file, place, *words) for place, words in told.items()]
    raise RulebookError(errors[0].message, errors[0].remedy, more=tuple(errors[1:]))


def _place(where: str, loc: tuple[int | str, ...]) -> str:
    """ "rule LMN-10: example 3: outcome": entries of a list by their number, but for the last."""
    place = where
    for number, part in enumerate(loc):
        if isinstance(part, str):
            joint = "." if number and isinstance(loc[number - 1], str) else ": "
            place = f"{place}{joint}{part}" if place else part
        elif number < len(loc) - 1:
            place += f" {part + 1}"
    return place


def _told(problem: Mapping[str, Any], names: Iterable[str]) -> tuple[str, str]:  # noqa: PLR0911 - one for each sort
    """What is wrong with a value, and what to do."""
    kind, given, context = problem["type"], problem.get("input"), problem.get("ctx", {})
    key = next((str(part) for part in reversed(problem["loc"]) if isinstance(part, str)), "")
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        nested = len([part for part in problem["loc"] if isinstance(part, str)]) > 1
        meant = _MEANT.get(key, ()) or (() if nested else names)
        return "is not a key that may stand here", nearest(key, meant, _GUIDE)
    if kind in ("missing", "missing_argument"):
        wanted = f": {_WRITTEN[key]}" if key in _WRITTEN else ""
        return "is missing", f"Add it{wanted}. {_GUIDE}"
    if kind == "value_error":
        why = context["error"]
        return str(why), str(why.remedy) if isinstance(why, Unknown) else _GUIDE
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        listed = wording.listed(allowed, most=len(allowed), join="or")
        return f"`{given}` is not possible here", nearest(str(given), allowed, f"Write {listed}.")
    if kind == "tuple_type" and key == "advice":
        return "is neither a text nor a list of texts", "Put each text in quotes."
    for pattern, said, remedy in _VALUES:
        if re.fullmatch(pattern, kind):
            limit = next((context[name] for name in ("ge", "gt", "le", "lt", "min_length") if name in context), "")
            formed = _FORMS.get(key, remedy) if kind == "string_pattern_mismatch" else remedy
            shown = f"{limit:g}" if isinstance(limit, float) else limit
            return said.format(limit=shown), formed.format(limit=shown) if limit != "" else formed
    message = re.sub(r"^(Value error, |Input )", "", str(problem["msg"]))
    return message[:1].lower() + message[1:], _GUIDE


_MEANT: Mapping[str, tuple[str, ...]] = {
    "notmet": ("not_met",), "txt": ("text",), "field": ("fields",), "examples": ("example",), "rules": ("rule",),
    "changes": ("change",),
}  # fmt: skip
"""Keys inside tables that are often meant by others."""

_WRITTEN = {
    "citation": 'citation = { title = "...", locator = "...", kind = "plan practice", retrieved = 2026-03-31 }',
    "retrieved": "the day on which the source was last looked at, retrieved = 2026-03-31",
    "checked": "the day on which these rules were last compared with the plan's own words, checked = 2026-03-31",
    "advice": 'what to ask for, advice = "Ask the provider to ..."',
    "met": 'what a report says, message.met = "..."',
    "not_met": 'what a report says, message.not_met = "..."',
    "message": 'message.met = "..." and message.not_met = "..."',
    "locator": 'where in the source it stands, locator = "page 4"',
    "kind": 'kind = "law", "guidance" or "plan practice"',
    "outcome": 'what the rule must say, outcome = "met"',
    "rule": 'which rule it changes, rule = "LMN-11"',
    "severity": 'severity = "required"',
}

_FORMS = {
    "id": "An id of a rule is letters, a dash and two or three digits (LMN-36); of a file small letters and dashes.",
    "url": "Write the whole address, beginning with https://, or leave it out.",
}

_VALUES = (
    (r"string_type", "is not a text", "Put it in quotes."),
    (r"(int|float)_(type|parsing|from_float)", "is not a whole number", "Write it without quotes, such as 6."),
    (r"bool_.*", "is neither true nor false", "Write true or false, without quotes."),
    (r"(date|datetime)_.*", "is not a day", "Write it without quotes and without a time, such as 2026-03-31."),
    (r"(tuple|list|iterable)_type", "is not a list", "Put it in brackets: [ ... ]; a rule begins with [[rule]]."),
    (r"(dict|model|model_attributes|dataclass|mapping)_type", "is not a table", "Write it as { key = value }."),
    (r"string_pattern_mismatch", "does not have the right form", _GUIDE),
    (r"string_too_short", "is too short to say anything", "Write it in words."),
    (r"too_short", "is an empty list", "Name at least one."),
    (r"greater_than_equal", "is less than {limit}", "Write {limit} or more."),
    (r"greater_than", "is not more than {limit}", "Write a larger number."),
    (r"less_than(_equal)?", "is more than {limit}", "Write a smaller number."),
)  # fmt: skip
