"""How a form sets its questions beside their answers: numbers before them, heads over columns.

`is_question`: whether words of a cell ask for something, whatever it is, so that they answer nothing themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.asking import asks_for_treatment
from docscan.extraction.text.known_labels import KNOWN_LABEL

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

_I = re.IGNORECASE
_COUNTER = re.compile(r"\W*(?:\(?(?:\d{1,2}[a-z]?|[a-z])[.):]\s*|\d{1,2}\s+(?=[A-Z]))?", re.ASCII)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_ASKS = re.compile(
    r"(?:(?:used |needed |for )?how (?:often|long|many|much|soon|does|do|will|is|it|the|to)\b.*|wh(?:y|en|at|"
    r"ich|o|ere)\b.*|"
    r"(?:total |expected |treatment |planned )?(?:number|no\.|\#|type|kind|date|length|name|place|reason|purpose|"
    r"minutes|amount) (?:of|per|last|each|for|to)\b.*|"
    r"(?:times|visits|sessions|minutes|mins?|hours|days|treatments|classes|units|doses?)[ ]?(?:(?:per|a|each|/) ?[a-z]|"
    r"(?:needed|required|ordered|requested)\b).*|(?:weeks|months|years|days) (?:needed|required|requested|of)\b.*|"
    r"(?:treatment |therapy |use |service )?(?:starts?|begins?|ends?|stops?|first|last|starting|beginning|ending)"
    r"(?: (?:on|date|day|use))?|(?:[\w'’]+ ){0,4}(?:name|date|signature|signed|number|no\.?|code|codes|degree|"
    r"credentials|birth|born|phone|telephone|address|relationship|employer|frequency|duration|directions|dosage|reason|"
    r"comments?|remarks|licen[sc]e|npi|specialty|facility|company|initials)|"
    r"(?:name|date|signature|address|number|phone|type) of [\w'’ ]{3,30}|use|used|frequency|duration|from|to|until|"
    r"through|explain|comments?|remarks|prognosis|use|"
    r"(?:food|diet|supplement|vitamin|medicine|drug|product|item|service)s?(?:(?:,| or| and|"
    r"/) ?\w+){0,2} (?:prescribed|"
    r"recommended|ordered|requested|advised)|"
    r"(?:medical |health )?(?:condition|diagnosis|illness|disease)(?: (?:being |to be )?treated)?|(?:the |this )?"
    r"(?:treatment|item|product|service|supply|equipment)[\w ,/]{0,40}(?:prescribed|recommended|ordered|requested|"
    r"needed))",
    _I,
)
_TELLS = re.compile(r"wh\w+\s.*\b(?:is|are|was|were)\b.*[a-z]\.$", _I | re.DOTALL)
"""A sentence that answers itself: "What will help her is massage."."""
_LONGEST = 12  # words of a question
_ALIGNED = 0.02  # of the page's width
_NUMBERED = 3  # lines in a row that a form numbers


def is_question(printed: str) -> bool:
    """Whether the words of a cell ask for something: "How often", "Visits per month", "Date of birth", "Reason?"."""
    said = _BRACKET.sub("", _COUNTER.sub("", printed.strip(), count=1)).strip(" \t:.…_*")
    if not said or len(said.split()) > _LONGEST or re.search(r"\d{2}", re.sub(r"(?i)icd\W*10", "", said)):
        return False
    if re.search(r":\s*\w", said) or _TELLS.match(printed.strip()):
        return False
    return said.endswith("?") or KNOWN_LABEL.fullmatch(said) is not None or _ASKS.fullmatch(said) is not None


def numbers(text: AnnotatedText) -> frozenset[int]:
    """Starts of cells that open with the bare number of a form's entry: "3 Treatment", where 1, 2, 4 stand too."""
    return text.once("bare numbers", lambda: frozenset(_numbers(text)))


_BARE = re.compile(r"(?P<number>\d{1,2})\s+[A-Z]")


def _numbers(text: AnnotatedText) -> list[int]:
    runs: list[list[tuple[int, int]]] = [[]]
    for line in text.lines:
        opened = _BARE.match(line.cells[0].text)
        if opened is None:
            continue
        number = int(opened["number"])
        if runs[-1] and number != runs[-1][-1][0] + 1:
            runs.append([])
        runs[-1].append((number, line.start))
    return [start for run in runs if len(run) >= _NUMBERED for _, start in run]


def head_over(text: AnnotatedText, cell: Cell) -> Cell | None:
    """The head of the column that a cell stands in: the nearest cell over it that asks for something, in a row of
    several that do."""
    index = text.line_index(cell.start)
    for line in reversed(text.lines[max(0, index - _TALL) : index]):
        if line.page is not cell.page or len(line.cells) < 2 or not heads_columns(line):
            continue
        return next((c for c in line.cells if abs(c.box.left - cell.box.left) < _ALIGNED), None)
    return None


def heads_columns(line: Line) -> bool:
    """Whether all cells of a line ask for something, as the heads of a table do."""
    return all(is_question(cell.text) or asks_for_treatment(cell.text.strip(" :")) for cell in line.cells)


_TALL = 14  # lines of a table
