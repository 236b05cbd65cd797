"""Where on a page somebody would sign: below a closing, at a label, above a name with its letters.

Only a place is found here, from the words that were surely read; whether there is ink in it is another question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from rapidfuzz import fuzz, process

from docscan.reading.geometry import Rect, Seen
from docscan.reading.layout import lines

_CLOSINGS = (
    "sincerely", "sincerely yours", "yours sincerely", "very sincerely", "most sincerely", "respectfully",
    "respectfully yours", "respectfully submitted", "yours truly", "very truly yours", "truly yours", "regards",
    "best regards", "kind regards", "warm regards", "warmest regards", "kindest regards", "with best regards",
    "with kind regards", "with regards", "cordially", "cordially yours", "faithfully", "yours faithfully", "gratefully",
    "best wishes", "with best wishes", "best", "thank you", "thanks", "many thanks", "thank you very much",
    "thank you again", "thank you for your time", "thank you for your consideration", "thank you for your attention",
    "thank you for your assistance", "thank you in advance", "in good health", "with appreciation", "with gratitude",
    "signed", "in health",
)  # fmt: skip
_LABEL = re.compile(r"signature|signed|sign(?= here| below)|signatory|prescriber'?s? sign", re.IGNORECASE)
_LABEL_WORDS = frozenset(
    "signature signed sign by of the or and here required licensed medical health healthcare care treating attending "
    "authorized authorised practitioner practitioners provider providers physician physicians doctor doctors "
    "prescriber prescribers clinician patient patients participant participants employee employees member account "
    "holder parent guardian subscriber trainer therapist person completing form professional x your name title "
    "credentials below above digital original no stamps please in ink professionals md do nurse dentist s".split()
)
_LETTERS = re.compile(
    r"(?:^|[\s,])(?:M\.?D|D\.?O|N\.?P|P\.?A|PA-C|A?P?RN|ARNP|CRNP|CNM|FNP(?:-(?:BC|C))?|DNP|D\.?C|D\.?P\.?M|DDS|DMD|"
    r"O\.?D|Ph\.?D|Psy\.?D|LCSW|LMFT|LPC|LMHC|D?PT|OTR/?L?|OT|RD|RDN|LDN|L\.?Ac|LMT|CMT|AuD|MBBS|N\.?D|"
    r"NMD|PharmD|CRNA|LMSW|LCPC|LCMHC|MPT|MSPT|CDCES|CNS|BCBA|FACP|FACC|FAA[A-Z]{1,3}|"
    r"CPT|CSCS|NASM|ACE|ACSM|NSCA|ISSA)\b\.?(?:[-/][A-Z]{1,4})*(?:,|\s|$)"
)
_DOCTOR = re.compile(r"^Dr\.?\s+[A-Z]")
_ROLE = re.compile(
    r"(?:(?:rendering|treating|attending|servicing|supervising|referring|ordering|billing|licensed|your)\s+)?"
    r"(?:(?:health\s?care\s+)?provider|physician|practitioner|clinician|therapist|doctor|prescriber|dentist|"
    r"chiropractor|acupuncturist|dietitian|trainer|instructor|cashier)\b"
    r"|(?:received|issued|approved|authori[sz]ed|prepared|certified|verified|attested|rendered|provided)(?:\s+by|:)"
    r"|by:",
    re.IGNORECASE,
)
_BEGUN, _ENDED = re.compile(r"[Ss][il1!|][gq][a-z]{0,4}"), re.compile(r"[a-z]{0,3}[rv]e[:_.]*")
_SURE = 0.6
_GAP = 2.5  # of the words' height: a wider gap ends a cell
_PROSE = 3  # lines of text above the place where a letter is signed
_ROOM = 4.0  # small letters' heights: more than an empty line
_SPACE = 20.0  # small letters' heights that may lie between a name and what stands above its signature
_OVER = 6.0  # small letters' heights below a name: two more lines of its block
_LINE = (12.0, 75.0)  # length of a line to sign on, in small letters' heights
_HEAD = 0.3  # of the print's height: a name in it is the letterhead's, and a drawing beside it a logo
_BESIDE, _UNDER, _FOOT = 45.0, 9.0, 24.0  # small letters' heights right of a name, below it, and below a page's print
_FOOTER = 12  # words that may stand below what is signed at the foot: a page's number, an address
_CAPTION = 4  # words
_WORDY = 20  # words of a page whose foot can be told
_MOST_WORDS = 8  # of a label or a name; more are prose


@dataclass(frozen=True, slots=True)
class Place:
    """An area, in the words' unit, in which a signature's middle would lie.

    `likely`: something says that somebody signs here; else it is only a place above what may be a name. `free`: nothing
    says what is written here, so it is no place to sign where words right beside the ink do.
    """

    left: float
    top: float
    right: float
    bottom: float
    likely: bool = True
    free: bool = False

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Cell:
    """Words side by side without a wide gap."""

    words: tuple[Seen, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def sure(self) -> bool:
        """Whether these are words; a scrawl that OCR took for letters is not."""
        told = [word.confidence for word in self.words if word.confidence is not None]
        spelled = sum(c.isalnum() for c in self.text) > 0.5 * len(self.text)
        return spelled and (not told or median(told) >= _SURE)

    @cached_property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return self.words[-1].right

    @cached_property
    def top(self) -> float:
        return median(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        return median(word.bottom for word in self.words)


def cells(words: Iterable[Seen]) -> list[Cell]:
    """The words' cells in reading order."""
    return in_lines(lines.arrange(words).words)


def in_lines(words: Iterable[tuple[Seen, int]]) -> list[Cell]:
    """The cells of words that are in reading order, each with its line."""
    found: list[Cell] = []
    run: list[Seen] = []
    on = -1
    for word, line in words:
        if run and (line != on or word.left - run[-1].right > _GAP * max(word.height, run[-1].height)):
            found.append(Cell(tuple(run)))
            run = []
        run.append(word)
        on = line
    if run:
        found.append(Cell(tuple(run)))
    return found


def places(around: Sequence[Cell], height: float, crossed: Sequence[Cell] = ()) -> list[Place]:
    """Where somebody would sign. `height`: of a small letter, in the words' unit; `crossed`: cells with the words too
    that a pen goes over, of which a label may still be known."""
    found: list[Place] = []
    cues = [*around, *_torn(crossed or around, height)]
    around = [cell for cell in around if cell.sure]
    for cell in cues:
        if _closes(cell) or _space_below(cell, around, height):
            found.append(_below(cell, around, height))
        elif (label := _label(cell)) is not None:
            found += _at_label(label, cell, around, height)
        if len(cell.words) <= _MOST_WORDS and (_LETTERS.search(cell.text) or _DOCTOR.search(cell.text)):
            found.append(_above(cell, around, height))
            if _prose_above(cell, around) >= _PROSE:  # a pen may go over the name, or over a stamp that bears it
                over = found[-1]
                found.append(replace(over, top=cell.top, bottom=cell.bottom + _OVER * height, likely=False))
        elif may_be_a_name(cell) and _prose_above(cell, around) >= _PROSE:
            found.append(replace(_above(cell, around, height), likely=False))
    return found


def _torn(around: Sequence[Cell], height: float) -> Iterator[Cell]:
    """ "Signature" of which a pen that crossed it left the two ends."""
    words = [word for cell in around for word in cell.words]
    for first in words:
        for last in words if _BEGUN.fullmatch(first.text) else ():
            level = last.top < (first.top + first.bottom) / 2 < last.bottom
            if level and 0 <= last.left - first.right < 6 * height and _ENDED.fullmatch(last.text):
                yield Cell((replace(first, text="Signature" + last.text[-1].strip("e"), right=last.right),))


def on_lines(lines: Iterable[tuple[float, float, float]], around: Sequence[Cell], height: float) -> list[Place]:
    """Places on ruling lines (left, right and y of each) whose label could not be read: a pen may have crossed it.

    Another label before or below the line says that something else is to be written there. Only the last line counts:
    what lies across others, a stamp or an entry, is no signature.
    """
    sure = [cell for cell in around if cell.sure]
    found = []
    long = [line for line in lines if line[1] - line[0] >= _LINE[0] * height]
    last = max((y for _, _, y in long), default=0.0)
    for left, right, y in long:
        if right - left > _LINE[1] * height or y < last - 3 * height:  # one signs at the end
            continue
        before = any(
            c.top - height < y < c.bottom + 1.2 * height and -height < left - c.right < 4 * height for c in sure
        )
        below = any(
            -0.5 * height < c.top - y < 2.2 * height and left - 3 * height < c.left < left + 0.7 * (right - left)
            for c in sure
        )
        if not before and not below:
            over = [c.bottom for c in sure if c.bottom <= y - height and c.left < right and c.right > left]
            top = max([y - 9 * height, *over])
            found.append(Place(left - height, top, right, y + 3 * height, likely=False))
    return found


def beside_names(around: Sequence[Cell], height: float) -> list[Place]:
    """Places right of and below a provider's name or what he is called, where no label says that one signs there.

    What stands in the page's head is left out: there a drawing is a logo.
    """
    sure = [cell for cell in around if cell.sure]
    if not sure:
        return []
    top = min(cell.top for cell in sure)
    head = top + _HEAD * (max(cell.bottom for cell in sure) - top)
    found = []
    for cell in sure:
        named = _LETTERS.search(cell.text) or _DOCTOR.search(cell.text)
        if cell.top < head or len(cell.words) > _MOST_WORDS or not (named or _ROLE.match(cell.text)):
            continue
        row = [c.left for c in sure if c.left >= cell.right and c.top < cell.bottom and c.bottom > cell.top]
        right = min([cell.right + _BESIDE * height, *row])
        found.append(Place(cell.right, cell.top - 4 * height, right, cell.bottom + 3 * height, likely=False))
        if row:  # a row of fields, of which the last has no words
            last = max(c.right for c in sure if c.left >= cell.right and c.top < cell.bottom and c.bottom > cell.top)
            end = cell.right + 2 * _BESIDE * height
            free = Place(last, cell.top - 4 * height, end, cell.bottom + 3 * height, likely=False, free=True)
            found.append(free)
        end = cell.left + _BESIDE * height
        under = [
            c.top for c in sure if c.top >= cell.bottom and c.left < cell.right + 20 * height and c.right > cell.left
        ]
        low = min([cell.bottom + _UNDER * height, *(edge + 0.5 * height for edge in under)])
        found.append(Place(cell.left - 5 * height, cell.bottom, end, low, likely=False))
        if not named:
            found.append(replace(_above(cell, sure, height), likely=False))
    return found


def at_the_foot(around: Sequence[Cell], height: float) -> list[Place]:
    """The white below what is printed on a page, but for a footer, and between the two: one signs at the end."""
    sure = sorted((cell for cell in around if cell.sure), key=lambda cell: cell.bottom)
    if sum(len(cell.words) for cell in sure) < _WORDY:
        return []
    left, right = min(cell.left for cell in sure), max(cell.right for cell in sure)
    found: list[Place] = []
    low, under = sure[-1].bottom + _FOOT * height, 0
    for cell in reversed(sure):
        if low - cell.bottom > _ROOM * height:
            found.append(Place(left - 3 * height, cell.bottom, right + 3 * height, low, likely=False, free=True))
        low, under = min(low, cell.top), under + len(cell.words)
        if under > _FOOTER:
            break
    return found


def spoken_for(around: Sequence[Cell], sides: Rect, height: float) -> bool:
    """Whether words right before what lies between these sides, or right below it, say what else is written there."""
    left, top, right, bottom = sides
    for cell in around:
        if not cell.sure or len(cell.words) > _CAPTION or may_be_a_name(cell) or _ROLE.match(cell.text):
            continue
        before = -height < left - cell.right < 4 * height and cell.top < (top + bottom) / 2 < cell.bottom + height
        below = top + bottom < 2 * cell.top < 2 * (bottom + 2.2 * height) and left - 5 * height < cell.left < right
        if (before or below) and _label(cell) is None and not _LETTERS.search(cell.text):
            return True
    return False


def may_be_a_name(cell: Cell) -> bool:
    """Whether a few words, most of them capitalised, may name a person, as "Mira Tolland" does and "Total due" may."""
    return 2 <= len(cell.words) <= 5 and sum(w.text[:1].isupper() for w in cell.words) >= 2


def _prose_above(cell: Cell, around: Sequence[Cell]) -> int:
    return sum(len(other.words) >= _MOST_WORDS and other.bottom <= cell.top for other in around)


def _closes(cell: Cell) -> bool:
    if len(cell.words) > 6:
        return False
    said = re.sub(r"[^a-z ]", "", cell.text.lower()).strip()
    if not said:
        return False
    least = 84 if len(said) > 5 else 100
    return process.extractOne(said, _CLOSINGS, scorer=fuzz.ratio, score_cutoff=least) is not None


def _space_below(cell: Cell, around: Sequence[Cell], height: float) -> bool:
    """Whether a short line that ends in a comma, after a text, has room for a signature below it."""
    if not 2 <= len(cell.words) <= _MOST_WORDS or not cell.text.endswith(",") or not cell.text[0].isupper():
        return False
    if _prose_above(cell, around) < _PROSE:
        return False
    under = [c.top - cell.bottom for c in around if c.top > cell.bottom and c.left < cell.right and c.right > cell.left]
    return min(under, default=_SPACE * height) > _ROOM * height


def _label(cell: Cell) -> Cell | None:
    """The words of a cell that are a label for a signature; None where there is none, or mere prose.

    What follows a label in its cell may be a scrawl that was taken for letters.
    """
    words = cell.words
    if re.fullmatch(r"[xX][:_.]*", words[0].text) and len(words) <= 5:
        return Cell(words[:1])
    for index, word in enumerate(words):
        near = _nearly_signature(word.text.lower())
        if not near and not _LABEL.search(" ".join(w.text for w in words[index : index + 2])):
            continue
        first = end = index
        while end + 1 < len(words) and words[end].text[-1] not in ":_" and _of_label(words[end + 1]):
            end += 1
        while first > 0 and _of_label(words[first - 1]) and words[first - 1].text[-1] not in ":_.":
            first -= 1
        prose = first > 2 or sum(w.confidence is None or w.confidence > _SURE for w in words[end + 1 :]) > _MOST_WORDS
        return None if prose else Cell(words[first : end + 1])
    return None


def _nearly_signature(said: str) -> bool:
    """Whether a word is "signature", misread, for example since a pen crossed it."""
    if len(said) >= 8 and fuzz.partial_ratio("signature", said) >= 85:
        return True
    return re.match(r"s[il1!|]g?[nh]", said) is not None and not said.startswith("signific") and (
        fuzz.ratio("signature", re.sub(r"[^a-z]", "", said)) >= 60
    )  # fmt: skip


def _of_label(word: Seen) -> bool:
    said = re.sub(r"[^a-z/]", "", word.text.lower().replace("\u2019", "'").replace("'s", ""))
    return bool(said) and all(part in _LABEL_WORDS for part in said.split("/") if part)


def _below(cell: Cell, around: Sequence[Cell], height: float) -> Place:
    left, right = cell.left - 8 * height, cell.right + 25 * height
    under = [c for c in around if c.top > cell.bottom and c.left < cell.right + 20 * height and c.right > cell.left]
    end = min((c.top + 0.4 * height for c in under), default=cell.bottom + 14 * height)
    return Place(left, cell.bottom - height, right, min(end, cell.bottom + 14 * height))


def _at_label(label: Cell, cell: Cell, around: Sequence[Cell], height: float) -> Iterator[Place]:
    own = [c for c in around if c is not cell and c.top < label.bottom and c.bottom > label.top]
    following = [
        w.left for w in cell.words
        if w.left >= label.right and _is_word(w) and w.top < (label.top + label.bottom) / 2 < w.bottom
    ]  # fmt: skip
    right = min([c.left for c in own if c.left >= label.right] + following, default=label.right + 45 * height)
    # What is printed above, the labels of other fields too, ends the room that a signature may take.
    above = [c.bottom for c in around if c.bottom <= label.top and c.left < right and c.right > label.left]
    top = max([label.top - 12 * height, *above])
    yield Place(label.right - height, min(max(top, label.top - 8 * height), label.top), right,
                label.bottom + 1.2 * height)  # fmt: skip
    if not label.words[-1].text.endswith(":"):
        end = min(right, label.right + 25 * height)
        yield Place(label.left - 2 * height, top, end, label.top)
        # A form's cell may have its caption at the top and the signature below it.
        under = [c.top for c in around if c.top >= label.bottom and c.left < end and c.right > label.left - 2 * height]
        yield Place(label.left - 2 * height, label.bottom, end, min([label.bottom + 7 * height, *under]))


def _is_word(word: Seen) -> bool:
    return (word.confidence is None or word.confidence >= _SURE) and sum(c.isalnum() for c in word.text) >= 2


def between_words(around: Sequence[Cell], left: float, right: float, middle: float, height: float) -> bool:
    """Whether what lies from `left` to `right` has words close by on both sides, in its own line."""
    row = [cell for cell in around if cell.sure and cell.top < middle < cell.bottom]
    before = any(-height < left - cell.right < 4 * height for cell in row)
    return before and any(-height < cell.left - right < 4 * height for cell in row)


def _above(cell: Cell, around: Sequence[Cell], height: float) -> Place:
    over = [c.bottom for c in around if c.bottom <= cell.top and c.left < cell.right and c.right > cell.left]
    top = max([cell.top - _SPACE * height, *over])
    return Place(cell.left - 5 * height, top - 0.5 * height, cell.left + 32 * height, cell.top + 0.5 * height)
