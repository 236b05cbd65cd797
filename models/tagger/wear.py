"""The same lesson otherwise: other people, in capitals, misread by a poor scan; what is labelled keeps its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from models.tagger.lessons import PEOPLE, Lesson, Span

HERE = Path(__file__).parent
_TAKEN_FOR = {
    "l": "1I|t", "1": "lI|", "I": "l1|", "O": "0QD", "0": "OoD", "o": "0ce", "S": "5$", "5": "Ss", "B": "8R", "8": "B3",
    "e": "co", "c": "eo", "a": "eou", "n": "ru", "m": "n", "h": "bn", "b": "h6", "g": "q9", "q": "g", "t": "fl",
    "f": "t", "i": "lj1", "r": "nt", "u": "un", "v": "yu", "y": "v", "w": "v", "Z": "2", "2": "Z", "G": "C6", "C": "GO",
    "D": "O", "E": "F", "F": "EP", "P": "F", "R": "B", "T": "7I", "V": "Y", "W": "VV", "M": "N", "N": "M", "H": "N",
    "A": "4", "s": "5",
}  # fmt: skip
_SIGNS = frozenset(".,;:-'’\"()/#_|")
_NAME_PART = re.compile(r"[^\W\d_]{3,}")


@cache
def settings() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "settings.toml").read_text("utf-8"))


def worn(lesson: Lesson, dice: Random) -> Lesson:
    """One turn of the dice of `settings.toml`."""
    how = settings()["wear"]
    if dice.random() < how["other_people"]:
        lesson = with_other_people(lesson, dice)
    turn = dice.random()
    if turn < how["capitals"]:
        lesson = lesson._replace(text=_cased(lesson.text, str.upper))
    elif turn < how["capitals"] + how["lower"]:
        lesson = lesson._replace(text=_cased(lesson.text, str.lower))
    return misread(lesson, dice) if dice.random() < how["misread"] else lesson


def marked(lesson: Lesson) -> str:
    """The text with its labels, for people: `⟦patient: Jane Roe⟧`."""
    text = lesson.text
    marks = [(one.start, 1, f"⟦{one.label}: ") for one in lesson.spans] + [(one.end, 0, "⟧") for one in lesson.spans]
    for place, _, mark in sorted(marks, key=lambda one: one[:2], reverse=True):
        text = text[:place] + mark + text[place:]
    return text.replace("\t", "   →   ")


def _cased(text: str, case: Any) -> str:
    return "".join(case(sign) if len(case(sign)) == 1 else sign for sign in text)


@cache
def _names() -> Mapping[str, Sequence[str]]:
    return {key: value.split() for key, value in tomllib.loads((HERE / "names.toml").read_text("utf-8")).items()}


def name_part(dice: Random) -> str:
    """A first or last name, of many origins or borne by nobody."""
    names = _names()
    if dice.random() >= settings()["wear"]["made_up_names"]:
        return dice.choice(names[dice.choice(("given", "family"))])
    return "".join(dice.choice(names[key]) for key in ("onsets", "cores", "closes")).capitalize()


def with_other_people(lesson: Lesson, dice: Random) -> Lesson:
    """Every part of a name that a person bears is another one, wherever it stands."""
    parts = {
        part.casefold()
        for one in lesson.spans
        if one.label in PEOPLE
        for part in _NAME_PART.findall(lesson.text[one.start : one.end])
    }
    if not parts:
        return lesson
    new = {part: name_part(dice) for part in sorted(parts)}
    pieces: list[str] = []
    places: list[int] = []
    before = 0
    pattern = "|".join(sorted(map(re.escape, parts), key=lambda part: (-len(part), part)))
    size = 0
    for match in re.finditer(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", lesson.text, re.I):
        printed = match.group()
        name = new.get(printed.casefold(), printed)
        name = name.upper() if printed.isupper() else name.lower() if printed.islower() else name
        pieces += [lesson.text[before : match.start()], name]
        places += range(size, size + match.start() - before)
        size += match.start() - before
        places += [size + min(len(name), index) for index in range(len(printed))]
        size, before = size + len(name), match.end()
    pieces.append(lesson.text[before:])
    places += range(size, size + len(lesson.text) - before + 1)
    return _moved(lesson, "".join(pieces), places)


def _moved(lesson: Lesson, text: str, places: Sequence[int]) -> Lesson:
    """The lesson with another text; `places`: where each of its letters stands now."""

    def moved(spans: Iterable[Span]) -> tuple[Span, ...]:
        there = (Span(places[one.start], places[one.end], one.label) for one in spans)
        return tuple(one for one in there if one.start < one.end)

    return lesson._replace(text=text, spans=moved(lesson.spans), unknown=moved(lesson.unknown))


def misread(lesson: Lesson, dice: Random) -> Lesson:
    """The lesson as a bad reader gives it."""
    rates: Mapping[str, float] = settings()["misread"]
    badly = dice.random()
    rate = {key: value * badly for key, value in rates.items()}
    flat = dice.random() < rates["lost_line"]
    out: list[str] = []
    places, size = [], 0
    for letter in lesson.text:
        places.append(size)
        piece = _space(letter, flat, out, dice, rate) if letter in " \n\t\f" else _letter(letter, dice, rate)
        if piece:
            out.append(piece)
            size += len(piece)
    places.append(size)
    return _moved(lesson, "".join(out), places)


def _space(letter: str, flat: bool, out: Sequence[str], dice: Random, rate: Mapping[str, float]) -> str:
    if letter == " ":
        return "" if dice.random() < rate["lost_space"] else letter
    if not flat:
        return letter
    return " " if letter == "\t" else "" if out and out[-1] == "\n" else letter


def _letter(letter: str, dice: Random, rate: Mapping[str, float]) -> str:
    turn = dice.random()
    if letter in _SIGNS:
        return letter if turn >= rate["lost_sign"] else " " if letter in "-|" else ""
    if turn < rate["swapped"]:
        return dice.choice(_TAKEN_FOR.get(letter, "rnlic"))
    turn -= rate["swapped"]
    if turn < rate["split"]:
        return letter + " "
    return letter + dice.choice("~.'|,-_") if turn < rate["split"] + rate["added"] else letter
