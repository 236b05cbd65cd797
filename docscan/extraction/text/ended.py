"""Whether the dates beside an entry say that it is over: an end date in its row, or years that have run out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from docscan.extraction.text.code_shape import CODE_SHAPE

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

_I = re.IGNORECASE
_MONTH = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s)?"
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"(?:\d{{1,2}}[/.-]){{0,2}}{_MONTH}(?:\d{{1,2}},? )?{_YEAR}|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d\d"
_RANGE = (
    rf"(?:from |between )?(?:\d{{1,2}}/){{0,2}}{_MONTH}{_YEAR}\s*(?:-|–|—|to|until|till|through|thru|and)\s*"
    rf"(?:\d{{1,2}}/){{0,2}}{_MONTH}(?P<last>{_YEAR}|\d\d(?![\d/]))"
)
_RUN_OUT = re.compile(rf"\W*{_RANGE}\W*", _I)
_BEHIND = re.compile(
    rf"(?P<own>[\s,(\[–—-]*{CODE_SHAPE}[)\]]?)?[\s,:–—-]*[(\[]?\s*{_RANGE}\s*[)\]]?(?=\s*(?:[,;.)\n\t]|$))",
    _I,
)
_RESOLVED = re.compile(rf"\W*(?:date )?(?:resolved|closed|inactivated|healed|abated)(?: on| date)?\W*(?:{_DAY})\W*", _I)
_RESOLVED_HEAD = re.compile(r"\W*(?:date )?(?:resolved|resolution|closed|inactivated|abated)(?: on| date)?\W*", _I)
_END_HEAD = re.compile(r"\W*(?:date )?(?:ended|end|to|thru|through|until|stop|stopped|off)(?: on| date)?\W*", _I)
_DATE = re.compile(rf"\W*(?:{_DAY})\W*", _I)
_IN_A_LIST = re.compile(r"(?:^|[,;:\t•●▪*·–—-]|\d[.)])\s*$|[,:;]\s*[A-Z]\d[0-9A-Z.]{1,6}\W*$")
_CODE = re.compile(CODE_SHAPE)
_BESIDE = 0.06  # of the page's width between a column's head and what stands under it


def is_over(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether the row of an entry, or what stands right behind it, gives an end that lies before the document."""
    line = text.lines[text.line_index(start)]
    behind = _BEHIND.match(text.text, end, line.end) if _IN_A_LIST.search(text.text[line.start : start]) else None
    if behind is not None and not (behind["own"] and _CODE.fullmatch(text.text, start, end)):
        return _has_run_out(text, behind["last"])
    own = text.cell_at(start)
    if own is None or len(line.cells) < 2 or not _opens(text, own, start):
        return False
    return any(_ends(text, line, cell) for cell in line.cells if cell.start > own.start)


def _opens(text: AnnotatedText, own: Cell, start: int) -> bool:
    """Whether the entry opens its cell, labels and bullets aside: "PT for low back pain" is no entry of an illness."""
    return (
        re.fullmatch(
            r"(?:[\w ]{1,20}:)?[\W\d]*(?:[a-z][.)]\s)?(?:[A-Z]\d[0-9A-Z][0-9A-Z.]{0,5}\W+)?",
            text.text[own.start : start],
            _I,
        )
        is not None
    )


def _ends(text: AnnotatedText, line: Line, cell: Cell) -> bool:
    if _RESOLVED.fullmatch(cell.text):
        return True
    ran = _RUN_OUT.fullmatch(cell.text)
    if ran is not None:
        return _has_run_out(text, ran["last"])
    if not _DATE.fullmatch(cell.text):
        return False
    head = _head(text, line, cell)
    if _RESOLVED_HEAD.fullmatch(head):
        return True
    year = re.search(_YEAR, cell.text)
    return bool(_END_HEAD.fullmatch(head) and year and _has_run_out(text, year.group()))


def _head(text: AnnotatedText, line: Line, cell: Cell) -> str:
    """The head of the column that a cell stands in."""
    index = text.line_index(line.start)
    for above in reversed(text.lines[max(0, index - _ROWS) : index]):
        near = min(above.cells, key=lambda other: abs(other.box.left - cell.box.left))
        beside = near.page is cell.page and abs(near.box.left - cell.box.left) < _BESIDE
        if beside and re.fullmatch(r"[^\d]*[A-Za-z]{2}[^\d]*", near.text):
            return near.text
    return ""


_ROWS = 40  # the most rows of a list under one head


def _has_run_out(text: AnnotatedText, last: str) -> bool:
    """Whether a year lies before the latest one that the document names."""
    year = int(last) if len(last) > 2 else 2000 + int(last)
    return year < text.once("latest year", lambda: _latest(text))


def _latest(text: AnnotatedText) -> int:
    this = date.today().year
    years = [int(found) for found in re.findall(rf"(?<!\d){_YEAR}(?!\d)", text.text)]
    short = [2000 + int(found) for found in re.findall(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-](\d\d)(?!\d)", text.text)]
    return max((year for year in (*years, *short) if year <= this), default=this)
