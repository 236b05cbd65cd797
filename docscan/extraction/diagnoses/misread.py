"""What code a misread one is: only where a code is expected, and only where one reading holds.

Without an anchor (a label, a list of codes, words beside it that say the same) most of what can be repaired is no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from docscan.extraction.diagnoses import code_places
from docscan.reference import conditions, icd10cm

if TYPE_CHECKING:
    from docscan.extraction.diagnoses.code_spots import Spot
    from docscan.extraction.text.annotated import AnnotatedText

_TOKEN = re.compile(
    r"(?<![\w.$/:-])(?P<code>[A-Za-z0-9|!$§\[{(]?[0-9OIlSBZGADQg|!$][0-9A-Za-z|$](?:\s?[.,·:]\s?[0-9A-Za-z|$§]{1,4}"
    r"|[0-9A-Za-z|$]{0,4}))(?![\w%/]|[.,:]\d)"
)
_LIST_SIGNS = re.compile(r"[\s,;/&|+()\[\]–—-]{1,6}(?:\(?\d{1,2}[.)]\s)?|\s(?:and|or)\s|\s+[A-L][.)]\s")
_HEADLESS = re.compile(r"\d[0-9A-Z][.,]\d[0-9A-Z]{0,3}")
_AMOUNT = re.compile(r"\d{3}[.,]\d\d")


@dataclass(frozen=True, slots=True)
class Misread:
    """What was probably printed at a place; several readings where nothing decides between them."""

    start: int
    end: int
    readings: tuple[str, ...]


def misread_codes(text: AnnotatedText, found: list[Spot], on: date) -> Iterator[Misread]:
    """Codes that were not read as such, at places where one is expected. `found`: those that were."""
    taken = [(spot.start, spot.end) for spot in found]
    for match in _TOKEN.finditer(text.text):
        start, end = match.span("code")
        if any(start < b and a < end for a, b in taken) or not _worth_a_look(match["code"]):
            continue
        made = _reading(text, start, end, taken, on)
        if made is not None:
            taken.append((start, end))
            yield made


def looks_misread(printed: str, on: date) -> bool:
    """Whether what is no code becomes one where letters are taken for figures, or the last figure for a letter: a
    writer's own mistake has figures in the places of figures."""
    tail = printed[1:-1] if printed[-1].isalpha() and len(printed.replace(".", "")) == _LONGEST else printed[1:]
    odd = re.search(r"[OoIlSBZGQ|$]", tail) or (len(printed.replace(".", "")) == _LONGEST and printed[-1] == "5")
    return bool(odd) and len(icd10cm.repairs(printed, on)) > 0


_LONGEST = 7  # signs of a code without its dot


def _worth_a_look(printed: str) -> bool:
    if conditions.classify(printed).specificity is not None:
        return False  # "T2DM" is what it is
    letters = re.sub(r"[^0-9A-Za-z|$!]", "", printed)
    if not 3 <= len(letters) <= 7 or sum(sign.isdigit() for sign in letters) < 1 + (len(letters) > 4):
        return False
    return not re.fullmatch(r"[A-Za-z]*[a-z]{3,}[A-Za-z]*\d*", printed)


def _reading(text: AnnotatedText, start: int, end: int, taken: list[tuple[int, int]], on: date) -> Misread | None:
    printed = text.text[start:end]
    readings, headless = _readings(printed, on), _headless(printed, on)
    anchor = _anchor(text, start, end, taken) if readings or headless else None
    if anchor is None or _is_something_else(text, start, end, anchor, on):
        return None
    fitting = [code for code in (*readings, *headless) if code_places.agreed(text, start, end, code, on) is True]
    if len(fitting) == 1:
        return Misread(start, end, tuple(fitting))
    if anchor == "brackets" or printed.isdigit():
        return None  # the words beside it are the anchor, and they do not tell
    if len(readings) == 1 and code_places.agreed(text, start, end, readings[0], on) is False:
        return Misread(start, end, (*readings, "")) if anchor == "label" else None
    return Misread(start, end, readings) if readings else None


def _is_something_else(text: AnnotatedText, start: int, end: int, anchor: str, on: date) -> bool:
    """A number, an amount, an ICD-9 code, or a code as it is that was found to mean something else."""
    printed = text.text[start:end]
    if printed.isdigit() and (len(printed) > len("110") or anchor == "list"):
        return True
    if printed.isdigit() and anchor != "label" and not _by_itself(text, start, end):
        return True
    if code_places.is_known(printed) and anchor != "list":
        return True
    if on < icd10cm.FIRST_RELEASE and re.fullmatch(r"\d{3}[.,]?\d{0,2}", printed):
        return True
    return anchor == "list" and _AMOUNT.fullmatch(printed) is not None


def _by_itself(text: AnnotatedText, start: int, end: int) -> bool:
    """In brackets, or all that its cell holds."""
    cell = text.cell_at(start)
    alone = cell is not None and not re.search(r"\w", text.text[cell.start : start] + text.text[end : cell.end])
    return alone or code_places.bracketed(text, start, end)


def _readings(printed: str, on: date) -> tuple[str, ...]:
    bare = printed.strip("()[]{}").replace("!", "|").replace("§", "S")
    return icd10cm.repairs(bare, on) or _header(bare, on)


def _headless(printed: str, on: date) -> tuple[str, ...]:
    """What a code may be whose letter was lost: the words beside it must tell."""
    if not _HEADLESS.fullmatch(printed):
        return ()
    heads = (icd10cm.normalise(letter + printed) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return tuple(code for code in heads if code and icd10cm.look_up(code, on).status == "billable")


_DIGITS = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "l": "1", "|": "1", "S": "5", "$": "5", "B": "8", "Z": "2",
     "G": "6"}
)  # fmt: skip


def _header(printed: str, on: date) -> tuple[str, ...]:
    """The header or former code that a misread one can be, where every letter after the first is taken for a digit."""
    written = icd10cm.normalise(printed[0] + printed[1:].translate(_DIGITS))
    known = written is not None and icd10cm.look_up(written, on).status != "unknown"
    return (written,) if written and known else ()


def _anchor(
    text: AnnotatedText, start: int, end: int, taken: list[tuple[int, int]]
) -> Literal["label", "list", "brackets"] | None:
    if code_places.behind_a_label(text, start):
        return "label"
    for first, last in taken:
        between = text.text[last:start] if last <= start else text.text[end:first]
        if len(between) <= 10 and _LIST_SIGNS.fullmatch(between) and between.count("\n") < 2:
            return "list"
    before, after = code_places.words_beside(text, start, end)
    near = [words for words in (before, after) if len(words) > 3]
    if any(conditions.classify(words).specificity in {"named", "vague"} for words in near):
        return "brackets"
    return None
