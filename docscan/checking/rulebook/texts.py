"""The words of a rule, checked against its parameters and filled with them."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_type_hints

from docscan.checking import wording
from docscan.checking.checks import Check
from docscan.checking.checks.presence import Pattern
from docscan.checking.rulebook.refusing import error
from docscan.checking.rulebook.rules import Texts

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


def checked(texts: Texts, check: Check, parameters: Any, file: str, where: str) -> Texts:
    """The same texts, if every brace can be filled and no number is at odds with the parameters. Raises
    `RulebookError`."""
    shown = frozenset(_in_words(parameters))
    for key, text in _by_key(texts):
        allowed = set(shown)
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
        if text is texts.advice[-1] and (open_ := sorted(used - shown)):
            raise error(file, f"{where}: advice", f"{{{open_[0]}}} is not always known", _LAST_ADVICE)
    return texts


def filled(texts: Texts, parameters: Any) -> Texts:
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


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
