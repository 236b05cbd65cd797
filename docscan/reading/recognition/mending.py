"""What two readers cannot tell, the shape of the print or of the token sometimes can.

Only where one reading is possible or the picture decides: "E55,9" is a code with its dot misread; "12,2026" is a day
and a year; whether a code begins with the letter I or the figure 1 shows in the flag at the figure's head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
from dateutil.parser import parserinfo

from docscan.reading.geometry import Grey, Seen
from docscan.reading.recognition import belief, fusion
from docscan.reading.recognition.belief import is_english
from docscan.reference import icd10cm

_CODE_WITH_COMMA = re.compile(r"(?<![^\W_])([A-TV-Z]\d[0-9A-Z]),(\d[0-9A-Z]{0,3})(?![^\W_])")
_A1C = re.compile(r"\b((?:Hb)?A)[lI](c\b)")
_ROMAN = re.compile(r"\bI[Il]*l\b")
_COUNTED = re.compile(r"(?i)^(?:phase|stage|class|type|grade|level|part|schedule|category)$")
_MONTH = "(?:" + "|".join(name for names in parserinfo.MONTHS for name in sorted(names, key=len, reverse=True)) + ")"
_DAY = r"(?:(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)"
_GLUED = (
    re.compile(rf"^(\W*{_MONTH}\.?)(\d{{1,2}}\b.*)$"),
    re.compile(r"^(.*\b\d{1,2},)((?:19|20)\d\d\W*)$"),
    re.compile(rf"^(.*[\])])({_DAY}\D*)$"),  # tills print "[Sale]2026-03-02"
    re.compile(rf"^(\W*{_DAY})(\d{{1,2}}:\d\d.*)$"),  # a day and its time
)
_DAY_ONLY = re.compile(r"^\W*\d{1,2}([/-])\d{1,2}\1(?:(?:19|20)?\d\d)\W*$")
_PARTED_DAY = re.compile(r"\d[/-]?$|\d[/-]\d{1,2}[/-]?$")
_WHOLE = re.compile(r"^[(-]*\$?\d{1,3}(?:,?\d{3})*$")
_CENTS = re.compile(r"^\.\d\d\W*$")
_OF_ONE_VALUE = 0.6  # of a word's height, which may stand between two figures of a day
_OF_ONE_CODE = 0.35  # of it, which may stand between two parts of a code; words are further apart
_CATEGORY = re.compile(r"^\W*[A-TV-Z]\d[0-9A-Z]$")
_SPOT, _FEET = 40, 0.45  # grey values by which a point is darker than paper, and share of a word's height where it is
_BAR = re.compile(r"^([(\[\"'$-]*)([1Il|]?)(\d\d(?:\.\d{1,4})?)([)\].,;:\"']*)$")
_POINT = re.compile(r"\d\.\d\d(?!\d)")
_COMMA = re.compile(r"^([$(-]*\d+),(\d\d\W*)$")  # an amount whose point was read as a comma, where others have points
_TALL = 0.3  # of a word's height, which may hold a check box; smaller shapes are no letters
_FLAG = 0.09  # of a letter's height by which the head of a 1 reaches further to the left than to the right
_NO_FLAG = 0.05
_SPACE = 0.2  # of a word's height; white between words


def mended(words: Sequence[Seen], grey: Grey) -> list[Seen]:
    """The words in the same order, on the picture they were read from; some in two."""
    found: list[Seen] = []
    points = sum(_POINT.search(word.text) is not None for word in words)
    commas = sum(_COMMA.search(word.text) is not None for word in words)
    for word in _rejoined(words, grey):
        text = _COMMA.sub(r"\1.\2", word.text) if points > 2 * commas else word.text
        text = _CODE_WITH_COMMA.sub(r"\1.\2", text)
        text = _A1C.sub(r"\g<1>1\2", text)
        if "l" in text and _is_roman(text, found[-1].text if found else ""):
            text = _ROMAN.sub(lambda match: "I" * len(match[0]), text)
        here = word if text == word.text else replace(word, text=text)
        if match := _BAR.match(here.text):
            here = _barred(here, match, grey)
        found += _parts(here, grey)
    return found


def _rejoined(words: Sequence[Seen], grey: Grey) -> list[Seen]:
    """The words; days, amounts and codes in one that were taken apart: a 1 and a point have white around them."""
    found: list[Seen] = []
    for word in words:
        between = _between(found[-1], word, grey) if found else None
        if between is None:
            found.append(word)
        else:
            before = found.pop()
            whole = fusion.union([before, word])
            found.append(replace(whole, text=f"{before.text}{between}{word.text}"))
    return found


def _between(before: Seen, after: Seen, grey: Grey) -> str | None:
    """What stands between two parts of one value: nothing, or the point of a code. None where they are two."""
    white = after.left - before.right
    if before.strand != after.strand or white > _OF_ONE_VALUE * before.height:
        return None
    if _PARTED_DAY.search(before.text) is not None and _DAY_ONLY.search(before.text + after.text) is not None:
        return ""
    if _WHOLE.search(before.text) is not None and _CENTS.search(after.text) is not None:
        return ""
    if white < _OF_ONE_CODE * before.height and _billed(_bare(before.text + after.text)):
        return None if _billed(_bare(before.text)) else ""
    if _CATEGORY.search(before.text) is not None and _billed(f"{_bare(before.text)}.{_bare(after.text)}"):
        return "." if _is_point(before, after, grey) else None
    return None


def _bare(text: str) -> str:
    return re.sub(r"^\W+|\W+$", "", text)


def _billed(code: str) -> bool:
    """Whether it is printed as a code that was billable on some day."""
    return "." in code and belief.sound(code) == 1


def _is_point(before: Seen, after: Seen, grey: Grey) -> bool:
    """Whether a spot as small as a point stands between two words, at their feet and nowhere else."""
    left, right = round(before.right), round(after.left)
    top, bottom = round(min(before.top, after.top)), round(max(before.bottom, after.bottom))
    gap = grey[max(0, top) : bottom, max(0, left) : right]
    if min(gap.shape) < 3:
        return False
    dark = gap < np.median(gap) - _SPOT
    feet = round((1 - _FEET) * len(dark))
    return bool(dark[feet:].any() and not dark[:feet].any())


def _is_roman(text: str, before: str) -> bool:
    """Whether it is made of ones: "Il" is no word; "Ill" is one, but not behind "phase"."""
    match = _ROMAN.search(text)
    return match is not None and (match[0] != "Ill" or _COUNTED.match(before) is not None)


def _barred(word: Seen, match: re.Match[str], grey: Grey) -> Seen:
    """A word that is either a code in I or a number, as its first sign says."""
    start, bar, rest, end = match.groups()
    if "$" in start or (start and not bar):  # an amount; a number in brackets
        return word
    flag = _flag(word, grey, figures=sum(sign.isdigit() for sign in rest), after=len(end.strip(".,:;")))
    if flag is None:
        return word
    if abs(flag) < _NO_FLAG and icd10cm.history(f"I{rest}"):
        return replace(word, text=f"{start}I{rest}{end}")
    if flag > _FLAG and bar:
        return replace(word, text=f"{start}1{rest}{end}")
    return word


def _flag(word: Seen, grey: Grey, *, figures: int, after: int) -> float | None:
    """How much further the head of the sign before so many figures reaches to the left of its stem than to the right,
    in its heights; None where its shape cannot be told. `after`: so many brackets or the like are behind."""
    inked = _inked(word, grey)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    signs = [n for n in range(1, count) if boxes[n, cv2.CC_STAT_HEIGHT] >= _TALL * inked.shape[0]]
    signs.sort(key=lambda n: boxes[n, cv2.CC_STAT_LEFT])
    if len(signs) <= figures + after:
        return None
    number = signs[-1 - figures - after]
    left, top, width, height, _ = boxes[number]
    beside = boxes[signs[-figures - after]]
    alike = abs(beside[1] - top) < 0.25 * height and 0.8 * height < beside[3] < 1.25 * height
    if not alike or beside[0] - left - width > 0.5 * height or width > 0.7 * height:  # a check box; letters that touch
        return None
    sign = labels[top : top + height, left : left + width] == number
    stem = np.flatnonzero(sign.mean(axis=0) >= 0.8)
    if not len(stem) or len(stem) > 0.4 * height:
        return None
    head = np.flatnonzero(sign[: int(0.45 * height)].any(axis=0))
    return float((stem[0] - head[0]) - (head[-1] - stem[-1])) / float(height)


def _inked(word: Seen, grey: Grey) -> npt.NDArray[np.uint8]:
    cut = grey[max(0, int(word.top)) : int(word.bottom) + 1, max(0, int(word.left) - 2) : int(word.right) + 3]
    if min(cut.shape, default=0) < 4:
        return np.zeros((1, 1), np.uint8)
    return (cv2.threshold(cut, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1] > 0).astype(np.uint8)


def _parts(word: Seen, grey: Grey) -> Iterator[Seen]:
    """The word, or two that stand together: a day and its year or its time; two English words with white between."""
    for pattern in _GLUED:
        if match := pattern.match(word.text):
            for half in _halves(word, len(match[1]), len(match[1]) / len(word.text)):
                yield from _parts(half, grey)
            return
    bare = word.text.strip(".,;:")
    if len(bare) >= 5 and bare.isalpha() and not is_english(bare):
        at = _white_at(word, grey)
        if at is not None:
            middle = round(at * len(word.text))
            for cut in (middle, middle - 1, middle + 1):
                one, other = word.text[:cut], word.text[cut:].strip(".,;:")
                if len(one) > 1 and len(other) > 1 and is_english(one) and is_english(other):
                    yield from _halves(word, cut, at)
                    return
    yield word


def _halves(word: Seen, cut: int, at: float) -> Iterator[Seen]:
    x = word.left + at * word.width
    yield replace(word, text=word.text[:cut], right=x)
    yield replace(word, text=word.text[cut:], left=x)


def _white_at(word: Seen, grey: Grey) -> float | None:
    """Where in the word (0..1) white as wide as a space stands; None where there is none."""
    columns = _inked(word, grey).sum(axis=0) > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([True], columns, [True]))))
    runs = [(int(end - start), int(start)) for start, end in edges.reshape(-1, 2) if start > 0 and end < len(columns)]
    if not runs or max(runs)[0] < _SPACE * word.height:
        return None
    (size, start), *others = sorted(runs, reverse=True)
    if others and others[0][0] > 0.6 * size:  # letters that stand apart anyway
        return None
    return (start + size / 2) / len(columns)
