"""Under which heading of a table does a cell stand?

A row of headings is a line of several cells that say no values: few words, no numbers, no signs of a label filled in.
Cells below it are counted where both rows have as many, however wide the gaps were typed; else geometry decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

_MOST_ROWS = 15  # of a table, from a cell up to its headings
_FEWEST = 2  # headings in a row of them
_HEADING = re.compile(r"[^\W\d_][^\d:$@;\"“”!]{0,34}[?.*)]?")
_MOST_WORDS = 5
_OF_A_PAPER = re.compile(
    r"\b(?:patient|member|client|name|mrn|chart|re|regarding|author|page|form|to|from|letter|account|signed|signature)\b",
    re.IGNORECASE,
)


def heading_of(text: AnnotatedText, cell: Cell) -> str:
    """The heading of a cell's column; "" where its line is no row of a table with headings."""
    line = _headings_over(text, cell)
    return _over(line, text.lines[text.line_index(cell.start)], cell) if line is not None else ""


def _said(line: Line) -> list[Cell]:
    """The cells of a line that hold more than the bars between columns."""
    return [one for one in line.cells if one.text.strip(" |_")]


def is_of_events(text: AnnotatedText, cell: Cell) -> bool:
    """Whether a cell stands in a table of what was done or is to come, not in one that says of whom a paper is."""
    line = _headings_over(text, cell)
    return line is not None and not any(_OF_A_PAPER.search(one.text) for one in line.cells)


def _headings_over(text: AnnotatedText, cell: Cell) -> Line | None:
    index = text.line_index(cell.start)
    row = text.lines[index]
    if len(_said(row)) < _FEWEST or any(text.is_label(one) and one.text.endswith(":") for one in row.cells):
        return None
    for above in reversed(text.lines[max(0, index - _MOST_ROWS) : index]):
        if above.page is not row.page or len(_said(above)) < _FEWEST:
            return None
        if is_row_of_headings(above):
            return above
    return None


def is_row_of_headings(line: Line) -> bool:
    """Whether every cell of a line may be a heading, and at least one asks for a day or a birth."""
    return (
        len(_said(line)) >= _FEWEST
        and all(
            _HEADING.fullmatch(one.text.strip(" |")) and len(one.text.split()) <= _MOST_WORDS for one in _said(line)
        )
        and any(_OF_DAYS.search(one.text) for one in line.cells)
    )


_OF_DAYS = re.compile(
    r"\b(?:date[ds]?|day|d\.?\s?o\.?\s?b|d\.?\s?o\.?\s?s|birth\w*|born|bdate|admit\w*|admission|discharged?|seen|"
    r"visit(?:ed)?s?|exam(?:ined|ination)?|encounter|signed|printed|faxed|written|issued|ordered|onset|collected|"
    r"drawn|reported|service|start\w*|begin\w*|end(?:s|ing)?|stop\w*|from|through|thru|expires?|when|due|received|"
    r"appointment|appt|last|next|since)\b",
    re.IGNORECASE,
)


def _over(headings: Line, row: Line, cell: Cell) -> str:
    heads, cells = _said(headings), _said(row)
    if len(heads) == len(cells) and cell in cells:
        return heads[cells.index(cell)].text
    shared = [(min(cell.box.right, one.box.right) - max(cell.box.left, one.box.left), one) for one in heads]
    width, nearest = max(shared, key=lambda pair: pair[0])
    return nearest.text if width > 0 else ""
