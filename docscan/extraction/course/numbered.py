"""Bare numbers that a label or the head of a column makes times: "No. weeks: 10", a grid of "Visits per week | Total
visits" or "Times | Per | Months", "4 per [ ] week [X] month"; and what a label makes an end: "Stop when: healed"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from docscan.extraction.course.labels import UNWANTED, about
from docscan.extraction.course.placing import Placed
from docscan.extraction.course.times import Time, frequency_of, hours_of, lasting
from docscan.extraction.course.timing import times

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Line

_I = re.IGNORECASE
_VISITS = r"(?:times|visits|sessions|treatments|classes|appointments|lessons)"
_UNITS = {"d": "d", "w": "wk", "m": "mo", "y": "a"}
_NUMBER_OF = r"(?:(?:total|number|no\.?|nr\.?|#|how many)\s*(?:of\s+)?)"
_ASKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "rate",
        re.compile(
            rf"{_NUMBER_OF}?(?:{_VISITS}|days)\s*(?:per|a|each|every|for|in a|/)\s*(?P<unit>day|week|month)", _I
        ),
    ),
    ("hours", re.compile(rf"{_NUMBER_OF}?hours\s*(?:per|a|each|/)\s*(?P<unit>day|week|month)", _I)),
    (
        "span",
        re.compile(
            rf"{_NUMBER_OF}?(?P<unit>weeks|months|years)(?: of (?:care|treatment|therapy)| needed| requested|"
            rf" ordered)?",
            _I,
        ),
    ),
    (
        "span",
        re.compile(
            r"(?!.*\b(?:session|visit|class)\b).*\b(?:how long|length|duration|time|term|period|l\.?o\.?n)\b\.?[^()]*"
            r"\([^()]*\b(?P<unit>mos?|months?|w(?:ee)?ks?|years?|yrs?|days?)\b[^()]*\)",
            _I,
        ),
    ),
    (
        "length",
        re.compile(
            r"(?:minutes|mins?\.?)(?:\s*(?:per|a|each|every|/|in each)\s*"
            r"(?:time|visit|session|treatment|class|appointment|lesson))?",
            _I,
        ),
    ),
    ("count", re.compile(rf"{_NUMBER_OF}{_VISITS}(?: (?:requested|ordered|planned|in all))?", _I)),
)
_ROW = re.compile(
    r"[^\w#]*(?:\d{1,2}[.)]\s*)?(?P<label>[A-Za-z#][^:\n\t|]{2,70}?)(?:\s*[:|\t=]+[ \t]*|[ .]+)(?P<number>\d{1,3})\W*"
)
_OF_NEED = re.compile(r"\bneed\b|\bl\.?o\.?n\b", _I)
_FOR_LIFE = 99
"""So many months of need are a lifetime on the certificates of medical equipment (CMS-484, CMS-849)."""
_ENDS_WHEN = re.compile(
    r"\W*(?:(?:treatment|therapy|course|use|need|program)\s+)?(?:(?:ends?|stops?|discontinue|finish(?:es)?)\s+(?:when|once|if)|"
    r"(?:continue |use |needed )?until)\s*:\s*(?P<what>[A-Za-z][^\n\t:.;]{4,80})",
    _I,
)
_TIMES_HEAD = re.compile(
    rf"(?:{_NUMBER_OF}?(?:{_VISITS}|units?)|qty\.?|quantity|number|no\.?|#|how many)(?:\s*\([^()]*\))?", _I
)
_PER_HEAD = re.compile(r"(?:per|each|every)(?:\s*\([^()]*\))?", _I)
_PER_CELL = re.compile(r"\W*(?:per\s+|a\s+)?(?P<unit>d|day|w|wk|week|m|mo|month|y|yr|year)s?\W*", _I)
_NUMBER = re.compile(r"\W*(?P<number>\d{1,3})\W*")
_LARGEST = {"rate": 14, "hours": 60, "span": 120, "length": 240, "count": 400}
_PER_BOX = re.compile(r"(?P<number>\d{1,2})\s*(?:x|times|visits|sessions)?\s*per\W*\Z", _I)
_UNIT = re.compile(r"\W*(?P<unit>day|week|month)s?\W*", _I)
_ALIGNED = 0.04  # of the page's width
_BELOW = 2  # lines
_ROWS = 8
_FEWEST = 2  # columns


def numbered(text: AnnotatedText) -> Iterator[Placed]:
    """Times that are a number and the unit of what asks for it."""
    for index, line in enumerate(text.lines):
        if about(text.section_at(line.start)) not in UNWANTED:
            yield from _rows(text, line)
        yield from _grid(text, index, line)
        yield from _per_grid(text, index, line)
    yield from _ticked(text)


def _rows(text: AnnotatedText, line: Line) -> Iterator[Placed]:
    """Labels with their numbers: a whole line, a cell, or a cell with the one beside it."""
    ends = _ENDS_WHEN.fullmatch(text.flat, line.start, line.end)
    if ends is not None and not times(ends["what"]):
        yield Placed(Time("duration", {"until_condition": ends["what"].strip()}, *ends.span("what")), 0.9)
    spans = [(line.start, line.end), *((c.start, c.end) for c in line.cells)]
    spans += [(one.start, other.end) for one, other in pairwise(line.cells)]
    seen: set[int] = set()
    for start, end in spans:
        row = _ROW.fullmatch(text.flat, start, end)
        if row is not None and row.start("number") not in seen:
            seen.add(row.start("number"))
            yield from _told(row["label"], row["number"], row.start("number"))


def _told(label: str, number: str, start: int) -> Iterator[Placed]:
    """The time that a number is beside its label; of a label in two languages the first."""
    label = re.split(r"\s+/\s+(?!(?:day|week|month)\b)", label.strip())[0].strip(" .:|?_")
    for name, asks in _ASKS:
        asked = asks.fullmatch(label)
        if asked is None or not 0 < int(number) <= _LARGEST[name]:
            continue
        unit = _UNITS[asked["unit"][0].lower()] if name in {"rate", "span", "hours"} else "min"
        end = start + len(number)
        if name == "rate":
            time = Time("frequency", frequency_of(int(number), 1, unit), start, end)
        elif name == "hours":
            time = Time("frequency", hours_of(int(number), None, 1, unit), start, end, what="hours")
        elif name == "span" and unit == "mo" and int(number) == _FOR_LIFE and _OF_NEED.search(label):
            time = Time("duration", {"indefinite": True}, start, end)
        elif name == "count":
            time = Time("frequency", {"count": int(number)}, start, end)
        else:
            time = Time("duration" if name == "span" else "length", lasting(int(number), unit), start, end)
        yield Placed(time, 0.93)
        return


def _grid(text: AnnotatedText, index: int, head: Line) -> Iterator[Placed]:
    """Numbers below two and more heads of columns that ask for times."""
    heads = _columns(text, head)
    if sum(any(asks.fullmatch(c.printed) for _, asks in _ASKS) for c in heads) < _FEWEST:
        return
    below = text.lines[index + 1 : index + 2 + _BELOW]
    row = next((x for x in below if re.search(r"\w", text.text[x.start : x.end])), None)
    cells = _columns(text, row) if row is not None and row.page is head.page else []
    if not all(_NUMBER.fullmatch(c.printed) for c in cells):
        return
    for at, cell in enumerate(cells):
        over = heads[at] if len(cells) == len(heads) else _above(heads, cell)
        number = _NUMBER.fullmatch(cell.printed)
        if over is not None and number is not None:
            yield from _told(over.printed, number["number"], cell.start + number.start("number"))


def _per_grid(text: AnnotatedText, index: int, head: Line) -> Iterator[Placed]:
    """Rows below "Times | Per" and what else is asked for beside it."""
    heads = _columns(text, head)
    per = next((at for at, c in enumerate(heads) if at and _PER_HEAD.fullmatch(c.printed)), None)
    if per is None or not _TIMES_HEAD.fullmatch(heads[per - 1].printed):
        return
    for row in text.lines[index + 1 : index + 1 + _ROWS]:
        cells = _columns(text, row)
        if row.page is not head.page or len(cells) != len(heads):
            break
        number, unit = _NUMBER.fullmatch(cells[per - 1].printed), _PER_CELL.fullmatch(cells[per].printed)
        if number is None or unit is None:
            continue
        value = frequency_of(int(number["number"]), 1, _UNITS[unit["unit"][0].lower()])
        end = cells[per].start + len(cells[per].printed)
        yield Placed(Time("frequency", value, cells[per - 1].start, end), 0.93)
        for over, cell in zip(heads[per + 1 :], cells[per + 1 :], strict=True):
            if lasts := _NUMBER.fullmatch(cell.printed):
                yield from _told(over.printed, lasts["number"], cell.start + lasts.start("number"))


class _Column(NamedTuple):
    printed: str
    start: int
    left: float
    right: float


def _columns(text: AnnotatedText, line: Line) -> list[_Column]:
    """The cells of a line, or what stands between the bars that are drawn in it."""
    printed = text.text[line.start : line.end]
    if printed.count("|") <= _FEWEST:
        return [_Column(c.text.strip(" .:#|"), c.start, c.box.left, c.box.right) for c in line.cells if c.text != "|"]
    words = re.finditer(r"[^|\s](?:[^|\n]*[^|\s])?", printed)
    return [_Column(m.group(), line.start + m.start(), m.start(), m.end()) for m in words]


def _above(heads: Sequence[_Column], cell: _Column) -> _Column | None:
    """The head within whose width a cell stands."""
    return next((c for c in heads if c.left - _ALIGNED <= cell.left <= c.right + _ALIGNED), None)


def _ticked(text: AnnotatedText) -> Iterator[Placed]:
    """ "4 per [ ] week [X] month": the number before boxes of which each is a period."""
    rows: dict[int, list[tuple[int, str, bool]]] = {}
    for box in text.check_boxes:
        unit = _UNIT.fullmatch(text[box.label].split("\n")[0]) if box.label and box.at else None
        if box.at and unit is not None:
            rows.setdefault(text.line_index(box.at.start), []).append((box.at.start, unit["unit"], bool(box.ticked)))
    for index, row in rows.items():
        line, ticked = text.lines[index], [unit for _, unit, is_ticked in row if is_ticked]
        number = _PER_BOX.search(text.flat, line.start, min(at for at, _, _ in row))
        if number is not None and len(ticked) == 1 and len(row) > 1:
            value = frequency_of(int(number["number"]), 1, _UNITS[ticked[0][0].lower()])
            yield Placed(Time("frequency", value, number.start("number"), line.end), 0.93)
