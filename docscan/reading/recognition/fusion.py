"""Two readers looked at the same line: which word is whose, and what stands there?

The first (Tesseract) tells words apart well, the second (a neural reader of lines) tells letters apart well and
swallows spaces now and then. So the first's words are kept as places, and each is filled with what the two say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from docscan.reading.geometry import Seen
from docscan.reading.recognition.belief import Said, likely
from docscan.reading.recognition.engines.rapid import Letter, Line, Quad, words_of

_MARGIN = 0.30  # of a line's height: white above and below the words of a line that is read again
_APART = 0.5  # of a word's height: what the first reader saw so far before it (a check box) is not of the word
_BENDS = 6  # words; shorter lines are straight
_BENT = 0.3  # of a word's height by which words may lie off the straight line through them
_LONG = 6.0  # heights; on shorter pieces the slope cannot be told from letters with and without tails
_LEVEL = 0.15  # of a height by which a line may fall from its start to its end and still be cut out level
_UNSEEN = 1.1  # heights: a wide letter, that may have been missed
_ENDS = 0.35  # of a line's height: white before and after
_NO_SPACE = 0.1  # of a line's height: letters with less white between them are of one word
_FEWEST = 2  # shapes side by side that may be a word which nobody read
_PROBABLE = 0.5
_STEMS = ("I", "l", "1")
_ALONE = 0.85  # how sure the second reader must be of a word that the first did not see
_LINE_MARGIN = _MARGIN / (1 + 2 * _MARGIN)  # share of the height of a line that was cut out
ROW_MARGIN = 2 * _MARGIN / (1 + 4 * _MARGIN)
"""Share of the height of one of `rows` that is white above, and below."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What two readers say of one place. Either may be silent ("")."""

    place: Seen
    """The first reader's word; where it saw none, where the second's stands."""
    first: str
    second: str
    letters: tuple[Letter, ...]

    @property
    def sure(self) -> float:
        """How sure the second reader is of its least sure letter, 0..1."""
        return min((letter.sure for letter in self.letters), default=0.0)

    def spaced(self) -> str:
        """What the second reader says, with its spaces."""
        return "".join(" " * (letter.spaced and n > 0) + letter.text for n, letter in enumerate(self.letters))


def pieces(words: Sequence[Seen]) -> list[list[Seen]]:
    """A line in pieces that are straight enough to be cut out; lines bend on curled paper."""
    if len(words) < _BENDS:
        return [list(words)]
    height = float(np.median([word.height for word in words]))
    if float(np.abs(_off(words)).max()) <= _BENT * height:
        return [list(words)]
    half = len(words) // 2
    return [*pieces(words[:half]), *pieces(words[half:])]


def _off(words: Sequence[Seen]) -> npt.NDArray[np.float64]:
    """How far each word's middle lies above or below the straight line through all of them."""
    x, y = _middles(words)
    return np.asarray(y - np.polyval(np.polyfit(x, y, 1), x))


def _middles(words: Sequence[Seen]) -> npt.NDArray[np.float64]:
    return np.array([[(word.left + word.right) / 2, (word.top + word.bottom) / 2] for word in words]).T


def quad_of(words: Sequence[Seen], before: Seen | None = None, after: Seen | None = None) -> Quad:
    """The corners of a piece of a line, with the white around it that a reader of lines wants, and room at its ends for
    a letter that was not seen, as far as no other word stands there (`before`, `after`)."""
    left, right = min(word.left for word in words), max(word.right for word in words)
    height = float(np.median([word.height for word in words]))
    slope = _slope(words) if len(words) > 2 and right - left > _LONG * height else 0.0
    if abs(slope) * (right - left) < _LEVEL * height:
        slope = 0.0
    top = min(word.top - slope * ((word.left + word.right) / 2 - left) for word in words)
    bottom = max(word.bottom - slope * ((word.left + word.right) / 2 - left) for word in words)
    height = bottom - top
    left -= _room(left - before.right if before else None, height)
    right += _room(after.left - right if after else None, height)
    top, bottom = top - _MARGIN * height, bottom + _MARGIN * height
    fall = slope * (right - left)
    return np.array([[left, top], [right, top + fall], [right, bottom + fall], [left, bottom]], np.float64)


def quad_by_itself(word: Seen, before: Seen | None, after: Seen | None) -> Quad:
    """The corners of a word with white around it, and nothing of the words beside it on its line."""
    left, right = (
        min(_ENDS * word.height, max(0.0, gap / 2)) if gap is not None else _ENDS * word.height
        for gap in (
            word.left - before.right if before is not None and before.strand == word.strand else None,
            after.left - word.right if after is not None and after.strand == word.strand else None,
        )
    )
    x1, x2 = word.left - left, word.right + right
    top, bottom = word.top - _MARGIN * word.height, word.bottom + _MARGIN * word.height
    return np.array([[x1, top], [x2, top], [x2, bottom], [x1, bottom]], np.float64)


def _room(gap: float | None, height: float) -> float:
    """How far beyond the end of a piece to look, where the next word stands so far away."""
    most = _UNSEEN * height
    return most if gap is None else float(np.clip(gap - _ENDS * height, _ENDS * height, most))


def _slope(words: Sequence[Seen]) -> float:
    x, y = _middles(words)
    return float(np.polyfit(x, y, 1)[0])


def letters_of(line: Line, quad: Quad) -> list[Letter]:
    """The letters of a line with their places in pixels."""
    start, length = float(quad[0, 0]), float(quad[1, 0] - quad[0, 0])
    return [
        replace(one, x=start + one.x * length, left=start + one.left * length, right=start + one.right * length)
        for one in line.letters
    ]


def paired(words: Sequence[Seen], letters: Sequence[Letter]) -> list[Pair]:
    """Each word of the first reader with the letters that the second saw there, in order along the line; and what only
    the second saw."""
    owned = _owners(words, letters)
    whole = _joined(words, letters, owned)
    pairs = []
    for members in whole:
        mine = tuple(letter for letter, whose in zip(letters, owned, strict=True) if whose in members)
        place = union([words[m] for m in members])
        pairs.append(Pair(place, place.text, "".join(letter.text for letter in mine), mine))
    for run in _strays(letters, owned):
        place = _place(run, words)
        pairs.append(Pair(place, "", place.text, tuple(run)))
    return sorted(pairs, key=lambda pair: pair.place.left)


def _owners(words: Sequence[Seen], letters: Sequence[Letter]) -> list[int | None]:
    """The word (its index) that each letter belongs to; None where it stands in no word of the first reader."""
    said = "".join(word.text for word in words)
    owner = [n for n, word in enumerate(words) for _ in word.text]
    owned: list[int | None] = [None] * len(letters)
    for code in Levenshtein.opcodes(said, "".join(letter.text for letter in letters)):
        here = range(code.dest_start, code.dest_end)
        if code.tag == "equal":
            for n, m in zip(here, range(code.src_start, code.src_end), strict=True):
                owned[n] = owner[m]
        elif code.tag == "replace":
            among = sorted({owner[m] for m in range(code.src_start, code.src_end)})
            for n in here:
                owned[n] = min(among, key=lambda m: _away(words[m], letters[n].x))
        elif code.tag == "insert":
            for n in here:
                nearest = min(range(len(words)), key=lambda m: _away(words[m], letters[n].x), default=None)
                if nearest is not None and _away(words[nearest], letters[n].x) <= 0.3 * words[nearest].height:
                    owned[n] = nearest
    return owned


def _joined(words: Sequence[Seen], letters: Sequence[Letter], owned: Sequence[int | None]) -> list[list[int]]:
    """Words of the first reader, those together between which the second saw no space and no white is."""
    together = {n: [n] for n in range(len(words))}
    for (before, after), letter in zip(pairwise(owned), letters[1:], strict=True):
        if before is None or after is None or after != before + 1:
            continue
        apart = (words[after].left - words[before].right) / max(1.0, words[after].height)
        if not letter.spaced and letter.white < _NO_SPACE and apart < _NO_SPACE + 0.1:
            together[before].extend(together[after])
            for n in together[before]:
                together[n] = together[before]
    return list({id(members): sorted(set(members)) for members in together.values()}.values())


def union(words: Sequence[Seen]) -> Seen:
    """Words of one line as one word."""
    if len(words) == 1:
        return words[0]
    return Seen(
        "".join(word.text for word in words),
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
        min(word.confidence or 0.0 for word in words),
        words[0].strand,
    )


def _away(word: Seen, x: float) -> float:
    """How far `x` is from the word, in pixels; 0 inside it."""
    return max(0.0, word.left - x, x - word.right)


def _strays(letters: Sequence[Letter], owned: Sequence[int | None]) -> list[list[Letter]]:
    """Runs of letters that belong to no word of the first reader."""
    runs: list[list[Letter]] = []
    before = False
    for letter, whose in zip(letters, owned, strict=True):
        if whose is None:
            if before and not letter.spaced:
                runs[-1].append(letter)
            else:
                runs.append([letter])
        before = whose is None
    return runs


def _place(run: Sequence[Letter], words: Sequence[Seen]) -> Seen:
    top, bottom = (float(np.median([getattr(word, side) for word in words])) for side in ("top", "bottom"))
    text = "".join(letter.text for letter in run)
    return Seen(text, run[0].left, top, max(run[-1].right, run[0].left + 1), bottom, None, words[0].strand)


def settled(pair: Pair, page: float) -> list[Seen]:
    """The word or words that stand there, with the probability of that; none where probably nothing does.

    `page`: how sure the first reader was on this page (`belief.Said.page`).
    """
    place = pair.place
    said = Said(pair.first, place.confidence or 0.0, pair.second, pair.sure, page)
    if pair.first == "|":  # a ruling line, a letter I or a figure 1: the second reader tells
        if pair.second in _STEMS:
            text = "1" if pair.second == "1" else "I"
            return [replace(place, text=text, confidence=likely("agree", replace(said, first=text, second=text)))]
        said = replace(said, first="", first_sure=0.0)
    if _plain(pair.first) == _plain(pair.second):
        return [replace(_trimmed(place, pair.letters), confidence=likely("agree", said))]
    if not pair.second:
        if not said.first:
            return []
        chance = likely("first_only", said)
        return [replace(place, confidence=chance)] if chance >= _PROBABLE else []
    if not said.first:
        chance = likely("second_only", said)
        return _cut(pair, chance) if chance >= _PROBABLE else []
    first, second = likely("differ_first", said), likely("differ_second", said)
    return _cut(pair, second) if second >= first else [replace(place, confidence=first)]


def checked(word: Seen, letters: Sequence[Letter], page: float) -> list[Seen]:
    """What stands there, where the second reader looked at a word by itself after all that was known of it."""
    text = "".join(letter.text for letter in letters)
    if not text:
        return [word]
    pair = Pair(word, word.text, text, tuple(letters))
    said = Said(word.text, word.confidence or 0.0, text, pair.sure, page)
    if same(word.text, text):
        return [replace(_trimmed(word, letters), confidence=likely("checked_agree", said))]
    first, second = likely("checked_first", said), likely("checked_second", said)
    return _cut(pair, second) if second > first else [replace(word, confidence=first)]


def unasked(word: Seen, page: float) -> Seen:
    """A word that the first reader alone was asked about, with its probability."""
    if word.text == "|":
        word = replace(word, text="I")
    return replace(word, confidence=likely("unasked", Said(word.text, word.confidence or 0.0, "", 0.0, page)))


_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def _plain(text: str) -> str:
    """Without the differences that only a typesetter sees."""
    return text.translate(_SAME)


def _trimmed(place: Seen, letters: Sequence[Letter]) -> Seen:
    """Without what the first reader saw far before or after the letters: a check box, a fold, the sheet's edge."""
    if not letters:
        return place
    left, right = letters[0].left, max(letters[-1].right, letters[0].left + 1)
    far = _APART * place.height
    return replace(
        place,
        left=left if left - place.left >= far else place.left,
        right=right if place.right - right >= far else place.right,
    )


def same(text: str, by_itself: str) -> bool:
    """Whether a word that was looked at by itself is the same: a bracket more is no other word, and a thin stroke at
    the start is easily lost where no other word stands before it."""
    one, other = (re.sub(r"^\W+|\W+$", "", _plain(either)) for either in (text, by_itself))
    return one == other or (one[:1] in _STEMS and one[1:] == other)


def _cut(pair: Pair, confidence: float) -> list[Seen]:
    """What the second reader says, in words."""
    place, letters = pair.place, pair.letters
    cuts = [n for n in range(1, len(letters)) if letters[n].spaced]
    found = []
    for start, end in zip([0, *cuts], [*cuts, len(letters)], strict=True):
        left, right = letters[start].left, letters[end - 1].right
        if start == 0 and left - place.left < _APART * place.height:
            left = place.left
        if end == len(letters) and place.right - right < _APART * place.height:
            right = place.right
        text = "".join(letter.text for letter in letters[start:end])
        found.append(replace(place, text=text, left=left, right=max(right, left + 1), confidence=confidence))
    return found


def alone(line: Line, quad: Quad, least: float = _ALONE, margin: float = _LINE_MARGIN) -> list[Seen]:
    """The words of a line that the first reader did not see, where the second is at least so sure of them. Strand 0.

    `margin`: share of the line's height that is white above, and below."""
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    margin *= bottom - top
    slope = (quad[1, 1] - quad[0, 1]) / max(1.0, quad[1, 0] - quad[0, 0])
    height = (quad[3, 1] - quad[0, 1] + quad[2, 1] - quad[1, 1]) / 2
    found = []
    for text, start, end, sure in words_of(line):
        if sure < least or not any(character.isalnum() for character in text):
            continue
        x1, x2 = left + start * (right - left), left + end * (right - left)
        over = quad[0, 1] + slope * ((x1 + x2) / 2 - left)
        found.append(Seen(text, x1, float(over + margin), x2, float(over + height - margin), sure, 0))
    return found


def rows(boxes: npt.NDArray[np.float64]) -> list[Quad]:
    """Pieces of lines that shapes as large as letters make up: left, top, width, height of each shape, in pixels."""
    found: list[list[npt.NDArray[np.float64]]] = []
    for box in sorted(boxes, key=lambda box: box[0]):
        middle = box[1] + box[3] / 2
        for row in found:
            last = row[-1]
            height = max(last[3], box[3])
            near = box[0] - (last[0] + last[2]) < 2 * height
            if near and abs(last[1] + last[3] / 2 - middle) < 0.5 * height:
                row.append(box)
                break
        else:
            found.append([box])
    pieces = []
    for row in found:
        if len(row) < _FEWEST:
            continue
        left, top = min(b[0] for b in row), min(b[1] for b in row)
        right, bottom = max(b[0] + b[2] for b in row), max(b[1] + b[3] for b in row)
        height = bottom - top
        if right - left < height:
            continue
        left, right = left - _ENDS * height, right + _ENDS * height
        top, bottom = top - 2 * _MARGIN * height, bottom + 2 * _MARGIN * height
        pieces.append(np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64))
    return pieces
