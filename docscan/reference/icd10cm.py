"""ICD-10-CM by date: what a code meant and whether it could be billed on a given day.

Holds every code and header of all releases from 2015-10-01 to `newest_release()`. A release holds until the next
regular one (1 April, 1 October); of a later day it is not known which codes are new, so a code that is unknown then may
be real (`CodeStatus.after_newest_release`). Source and form: SOURCES.md, `build_icd10cm`. Opens in milliseconds.
"""

from __future__ import annotations

import heapq
import itertools
import json
import math
import mmap
import re
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any, Literal, NamedTuple, TypeAlias

from docscan.reference.build_icd10cm import FORM, words_of

Status: TypeAlias = Literal["billable", "header", "unknown", "not_yet", "retired"]

FIRST_RELEASE = date(2015, 10, 1)
"""Before this day ICD-9-CM was in use."""


@dataclass(frozen=True, slots=True)
class CodeStatus:
    """What a code was on a day.

    `status`: billable; header (exists, but a longer code is needed); not_yet (valid from `valid_from` on); retired
    (held until `valid_to`); unknown. `valid_to` is the first day on which it no longer held; None while it holds.
    `successors`: what to use instead: of a header the billable codes below it, or, where those are more than
    `MOST_SUCCESSORS`, the codes one level below; of a retired code those that came under the same header on the day it
    went. `after_newest_release`: the day lies beyond the releases known.
    """

    code: str
    description: str | None
    status: Status
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    newest_release: date
    after_newest_release: bool


class Described(NamedTuple):
    """A code with its official description."""

    code: str
    description: str


MOST_SUCCESSORS = 12

_SHAPE = re.compile(r"([A-Z][0-9A][0-9A-Z])\.?([0-9A-Z]{1,4})?")
"""The second character may be A (QA0.0109, since 2025-10-01), the first may be U (U07.1). Shape is not validity."""


def normalise(text: str) -> str | None:
    """The code as it is written, upper case with its dot ("e119" → "E11.9"); None where the shape is another."""
    match = _SHAPE.fullmatch(re.sub(r"\s*([.,])\s*", ".", text.strip().upper()))
    return None if match is None else f"{match[1]}.{match[2]}" if match[2] else match[1]


def newest_release() -> date:
    """The day of the newest release known."""
    return _book().newest


def look_up(code: str, on: date) -> CodeStatus:
    """What `code` (dot or not) was on that day."""
    book = _book()
    late = on >= _next_release(book.newest)
    written = normalise(code)
    spans = book.spans(_bare(written)) if written else ()
    if written is None or not spans:
        return CodeStatus(written or code, None, "unknown", None, None, (), book.newest, late)
    now = [s for s in spans if s.valid_from <= on and (s.valid_to is None or on < s.valid_to)]
    past = [s for s in spans if s.valid_to is not None and s.valid_to <= on]
    span = now[0] if now else past[-1] if past else spans[0]
    status: Status = ("billable" if span.billable else "header") if now else "retired" if past else "not_yet"
    successors = {"header": _below, "retired": _instead}[status](span, on) if status in ("header", "retired") else ()
    valid_to = span.valid_to
    return CodeStatus(written, span.description, status, span.valid_from, valid_to, successors, book.newest, late)


def history(code: str) -> tuple[CodeStatus, ...]:
    """Every stretch of time in which the code was something, the earliest first; empty for an unknown code."""
    written = normalise(code)
    spans = _book().spans(_bare(written)) if written else ()
    return tuple(look_up(code, span.valid_from) for span in spans)


def children(code: str, on: date) -> tuple[Described, ...]:
    """The codes one level below, as they were on that day."""
    prefix = _bare(normalise(code) or code)
    below = _valid_below(prefix, on)
    shortest = {s.code for s in below}
    return tuple(
        Described(_dotted(s.code), s.description)
        for s in below
        if not any(s.code[:n] in shortest for n in range(len(prefix) + 1, len(s.code)))
    )


def repairs(raw: str, on: date) -> tuple[str, ...]:
    """The billable codes that OCR may have turned into `raw`, those with fewer changes first.

    Known confusions: O/0, I/l/1/|, S/5/$, B/8, Z/2, G/6, and the dot read as a comma, a space or nothing. `raw` itself
    comes first where it is such a code. Without an anchor ("Dx", a matching description) most tokens that can be
    repaired are no codes: what to make of the result is for the caller to say.
    """
    text = re.sub(r"\s*[.,·:]\s*|\s+", ".", raw.strip(" \t\n.,;:()[]"))
    letters = text.replace(".", "")
    dot = text.find(".")
    if not 3 <= len(letters) <= 7 or text.count(".") > 1 or dot not in (-1, 3):
        return ()
    found = [(0, "")]
    for place, character in enumerate(letters):
        found = [(changes + (other != character.upper()), start + other)
                 for changes, start in found for other in _readings(character, place)]  # fmt: skip
        if place == 2:  # most readings are no category at all
            found = [(changes, start) for changes, start in found if _book().holds_prefix(start)]
    valid = sorted((changes, code) for changes, code in set(found) if look_up(code, on).status == "billable")
    return tuple(dict.fromkeys(_dotted(code) for _, code in valid))


def search_description(text: str, on: date, *, most: int = 10, billable: bool = False) -> tuple[Described, ...]:
    """The codes and headers valid on that day whose description is nearest to `text`, the nearest first.

    Every word counts by how rare it is; a shorter description wins among equals. Nothing comes back where the rarest
    words of the text are in no description.
    """
    from rapidfuzz import fuzz  # costs more to load than a look-up of a code

    book = _book()
    wanted = dict.fromkeys(words_of(text))
    holders = {word: rows for word in wanted if (rows := book.rows_with(word))}
    if not holders:
        return ()
    rarity = {word: math.log(book.rows / len(rows)) for word, rows in holders.items()}
    rarest = sorted(holders, key=lambda word: len(holders[word]))
    points: dict[int, float] = defaultdict(float)
    for word in rarest:
        common = points and len(holders[word]) > _COMMON  # common words only rank what the rarer ones found
        for row in points.keys() & holders[word] if common else holders[word]:
            points[row] += rarity[word]
    best = heapq.nsmallest(_SHORT_LIST, points.items(), key=lambda item: (-item[1], item[0]))
    valid = [(span, p) for row, p in best if _holds(span := book.row(row), on) and (span.billable or not billable)]
    plain, all_points = _plain(text), sum(rarity.values()) or 1.0
    ranked = sorted(
        (-fuzz.token_sort_ratio(plain, _plain(s.description)) - 100 * p / all_points, len(s.code), s.code, s)
        for s, p in valid
    )
    return tuple(Described(_dotted(s.code), s.description) for *_, s in ranked[:most])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace(", unspecified", "")))


@lru_cache(maxsize=16384)
def is_word(word: str) -> bool:
    """Whether any description holds the word."""
    return any(_book().rows_with(plain) for plain in words_of(word))


@lru_cache(maxsize=16384)
def rarity(word: str) -> float:
    """How much a word tells: 0 where every description holds it, about 11.5 where none does."""
    parts = words_of(word) or ("",)  # "45.00" is two
    return max(math.log(_book().rows / max(1, len(_book().rows_with(part)))) for part in parts)


_COMMON = 3_000  # rows that hold a word; beyond it the word says little
_SHORT_LIST = 300

_CONFUSED = ("O0", "Il1|", "S5$", "B8", "Z2", "G6")


@cache
def _readings(character: str, place: int) -> tuple[str, ...]:
    group = next((g for g in _CONFUSED if character in g or character.upper() in g), character)
    allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if place == 0 else "0123456789A" if place == 1 else None
    possible = dict.fromkeys(c.upper() for c in (character, *group) if c.isalnum())
    return tuple(c for c in possible if c.isascii() and (allowed is None or c in allowed))


def _bare(code: str) -> str:
    return code.replace(".", "").upper()


def _dotted(code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def _next_release(newest: date) -> date:
    return date(newest.year, 10, 1) if newest.month < 10 else date(newest.year + 1, 4, 1)


class _Span(NamedTuple):
    code: str
    billable: bool
    valid_from: date
    valid_to: date | None
    description: str


def _holds(span: _Span, on: date) -> bool:
    return span.valid_from <= on and (span.valid_to is None or on < span.valid_to)


def _valid_below(prefix: str, on: date) -> list[_Span]:
    return [s for s in _book().starting_with(prefix) if s.code != prefix and _holds(s, on)]


def _below(span: _Span, on: date) -> tuple[str, ...]:
    billable = [s.code for s in _valid_below(span.code, on) if s.billable]
    if len(billable) > MOST_SUCCESSORS:
        return tuple(below.code for below in children(span.code, on))
    return tuple(map(_dotted, billable))


def _instead(span: _Span, on: date) -> tuple[str, ...]:
    same_day = [s.code for s in _valid_below(span.code[:-1], on) if s.billable and s.valid_from == span.valid_to]
    return tuple(map(_dotted, same_day)) if len(same_day) <= MOST_SUCCESSORS else ()


class _Book:
    """The packed file, mapped into memory; blocks are unpacked when they are asked for."""

    def __init__(self, data: mmap.mmap) -> None:
        if data[: len(FORM)] != FORM:
            raise ValueError("icd10cm.bin is not in the form that this version reads")
        start = len(FORM) + 4
        self._body = start + int.from_bytes(data[len(FORM) : start], "big")
        head: dict[str, Any] = json.loads(zlib.decompress(data[start : self._body]))
        self._data = data
        self.newest = date.fromisoformat(head["newest"])
        self.rows: int = head["rows"]
        self._rows_in_block: int = head["rows_in_block"]
        self._first_codes: list[str] = head["blocks"].split(" ")
        self._first_words: list[str] = head["words"].split(" ")
        self._ends: list[int] = [0, *head["block_ends"], *head["word_ends"]]
        self.block = lru_cache(maxsize=256)(self._block)
        self.words = lru_cache(maxsize=64)(self._words)

    def _unpack(self, number: int) -> str:
        start, end = self._body + self._ends[number], self._body + self._ends[number + 1]
        return zlib.decompress(self._data[start:end]).decode()

    def _block(self, number: int) -> tuple[_Span, ...]:
        spans = []
        for line in self._unpack(number).split("\n"):
            code, billable, starts, ends, description = line.split("\t")
            until = date.fromisoformat(ends) if ends else None
            spans.append(_Span(code, billable == "1", date.fromisoformat(starts), until, description))
        return tuple(spans)

    def _words(self, number: int) -> dict[str, str]:
        lines = self._unpack(len(self._first_codes) + number).split("\n")
        return dict(line.split(" ", 1) for line in lines)

    def row(self, number: int) -> _Span:
        return self.block(number // self._rows_in_block)[number % self._rows_in_block]

    def starting_with(self, prefix: str) -> Iterator[_Span]:
        """All spans of the codes that start so, in order of code and date."""
        first = max(0, bisect_right(self._first_codes, prefix) - 1)
        while first and self._first_codes[first] == prefix:  # a code's spans may reach over a block's border
            first -= 1
        for number in range(first, len(self._first_codes)):
            for span in self.block(number):
                if span.code.startswith(prefix):
                    yield span
                elif span.code > prefix:
                    return

    def spans(self, code: str) -> tuple[_Span, ...]:
        return tuple(itertools.takewhile(lambda span: span.code == code, self.starting_with(code)))

    def holds_prefix(self, prefix: str) -> bool:
        return next(self.starting_with(prefix), None) is not None

    def rows_with(self, word: str) -> list[int]:
        """The numbers of the rows whose description holds the word."""
        place = bisect_right(self._first_words, word) - 1
        gaps = self.words(place).get(word) if place >= 0 else None
        return [] if gaps is None else list(itertools.accumulate(int(gap, 16) for gap in gaps.split(" ")))


@cache
def _book() -> _Book:
    with as_file(files(__package__).joinpath("icd10cm.bin")) as path, path.open("rb") as file:
        return _Book(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
