"""How the layout asserts what stands in it: a status in the same row, the words that open a list, the heading above."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docscan.document import Assertion
from docscan.extraction.text import announced
from docscan.extraction.text.answer_columns import answered
from docscan.extraction.text.code_shape import CODE_SHAPE
from docscan.extraction.text.relatives import RELATIVE
from docscan.extraction.text.sections import headings
from docscan.extraction.text.verdict_words import Verdict, verdict

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

_I = re.IGNORECASE
_DAY = r"(?:[\s,(]*(?:(?:in |on |since )?\d{1,4}(?:[/.-]\d{1,4}){0,2}|\d{4})\)?)?"
_STATUS: tuple[tuple[Assertion, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\W*(?:status\W*)?(?:{words})\W*{_DAY}\W*", _I))  # type: ignore[misc]
    for kind, words in (
        (
            "negated",
            r"ruled[- ]?out|r/?o['’]?d|excluded|neg(?:ative)?|no|none|denied|denies|not present|absent|not found|"
            r"not confirmed|disproved|r/o",
        ),
        (
            "historical",
            r"(?:hx|history|past|old|prior|previous|closed|inactive|historical|resolved|res|res['’]?d|healed|cured|"
            r"in the past|dormant|not current|(?:hx|history|past) only|former|discontinued|"
            r"no longer (?:active|treated|present|current|an? (?:problem|issue)|relevant|followed))"
            r"(?:\W+(?:resolved|closed|inactive|hx|history|only|treated))*",
        ),
        ("other_person", rf"(?:fam(?:ily)?\.?(?:\W*(?:hx|history))?|fhx?|{RELATIVE})(?:\W*\(?{RELATIVE}\)?)?"),
        (
            "hypothetical",
            r"suspected|possible|probable|likely|provisional|differential|rule[- ]out|to be ruled out|query|pending|"
            r"unconfirmed|at risk|risk|suspect|not sure|unsure|maybe|uncertain|undetermined|unclear|tbd|"
            r"questionable|may (?:develop|follow|occur|come)\b[^.]*",
        ),
        (
            "stated",
            r"active|act|current|now|at present|ongoing|yes|confirmed|present|chronic|stable|controlled|today|new|"
            r"working",
        ),
    )
)
_STATUS_COLUMN = re.compile(r"(?:status|state|outcome|course|resolution|clinical status|certainty|yes/no|y/n)\W*", _I)

_OPENING = re.compile(
    rf"(?:(?<=^)|(?<=[.;?:]\s)|(?<=\t)|(?<=\n))[\s•●▪*·–—-]*(?:\d{{1,2}}[.)]\s*)?"
    rf"(?P<words>[A-Za-z][\w/'’&,. ()-]{{0,60}}?)\s*(?P<sign>[:?])(?=\s)|"
    rf"(?:(?<=^)|(?<=[.;]\s)|(?<=\n))[\s•●▪*·-]*(?P<kin>(?:{RELATIVE}|(?:past |health |prior |medical |surgical "
    rf")+(?:history|hx)|pmhx?|psh|hx))\s*(?:[–—-])(?=\s)",
    _I,
)
_ANSWER = re.compile(r"(?:a|q|ans(?:wer)?|question|reply|yes|no|response)\W*", _I)
_OF_NOW = re.compile(r"\b(?:she|he|patient|pt|currently|now|today|herself|himself)\b", _I)


@dataclass(frozen=True, slots=True)
class _Head:
    cell: Cell
    says: Verdict | None
    wide: bool  # heads all columns, not only its own
    loose: bool  # an ordinary line: it holds until the next empty line
    opens: bool = False  # a numbered section's first line: it holds for the rest of that line too


def standing(text: AnnotatedText, start: int, end: int) -> Assertion | None:
    """What the layout says of what stands from `start` to `end`; None where it says nothing."""
    row = _of_row(text, start)
    if row is not None:
        return row
    opened = _opened(text, start)
    if opened is not None:
        return _told(text, opened[0], start, end) if opened[0] else None
    head = _head_over(text, start)
    return _told(text, head.says, start, end) if head is not None and head.says else None


_STATUS_BEHIND = re.compile(
    rf"(?P<own>[\s,(\[]*{CODE_SHAPE}[)\]]?)?(?:\s+[–—-]{{1,2}}\s+|\s?—\s?|[:?]{{1,2}}\s+)"
    r"(?P<words>[A-Za-z][\w /'’-]{1,40}?)\s*(?=[,.;()\n\[\t]|$)"
)
_STATUS_BETWEEN = re.compile(r"[\w)](?:\s+[–—-]{1,2}\s+|\s?—\s?|:\s+)(?P<words>[A-Za-z][\w /'’-]{1,40}?)\s*[,;(\[]\s*$")
_STATUS_IN_BRACKETS = re.compile(
    rf"(?P<own>[\s,(\[–—-]*{CODE_SHAPE}[)\]]?)?\s*[(\[]\s*"
    r"(?:(?:19|20)\d\d[,;]?\s+)?(?P<words>[A-Za-z][\w /'’,-]{1,40}?)\s*[)\]]"
)
_STATUS_OF_ROW = re.compile(
    r"[\s:–—-]+[A-Za-z][\w '’]{2,60}?(?:\s+[–—-]{1,2}\s+|\s?—\s?|,\s+|\s{2,}|"
    r"\t)(?P<words>(?!old\b)[A-Za-z][\w /'’-]{1,40}?)\s*$"
)
_CURRENT = re.compile(r"(?:still )?(?:active|current|ongoing|present)", _I)
_OPENS = re.compile(r"(?:^|[\n\t;.])[\s•●▪◦*·–—-]*(?:\d{1,2}[.)]\s*)?$")
_ENTRY = 60  # characters of an entry's name
_CODE_OPENS = re.compile(rf"[\s•●▪◦*·–—-]*(?:\d{{1,2}}[.)]\s*)?{CODE_SHAPE}[\s,:–—-]+(?:(?:an?|the)\s)?")
_FURTHER_WORDS = re.compile(r"(?: [a-z]+){1,5}(?=:\s|\s+[–—-]{1,2}\s|\s?—\s?)")
"""What still belongs to an entry's name before its status: "iron deficiency of another kind: possible"."""
_NOT_YET = re.compile(r"not (?:yet )?(?:been )?(?:confirmed|proven|proved|established)", _I)


def _is_doubted(label: str) -> bool:
    """Whether an entry's own label only raises it: "Rule out"."""
    return _status(label) == "hypothetical" or re.fullmatch(r"\W*(?:r\W?/?o|rule[- ]?out)\W*", label, _I) is not None


def of_answer(text: AnnotatedText, start: int, end: int) -> Assertion | None:
    """The answer behind an illness that opens its line as a question ("T2DM? ......: NO"), or in a column of them."""
    line = text.lines[text.line_index(start)]
    in_column = answered(text, start)
    if in_column is not None:
        return "stated" if in_column else "negated"
    if _ASKS.fullmatch(text.text, line.start, start) is None:
        return None
    answer = _ANSWERED.match(text.text, end, line.end)
    return None if answer is None else "negated" if answer["word"][0] in "nN" else "stated"


_ASKS = re.compile(
    r"[\W\d]*(?:(?:does|is|has) (?:the |your )?(?:patient|pt|member|he|she)? ?(?:have|had|with|a|an)? ?|any |known |"
    r"(?:history|hx) of )?",
    _I,
)
_ANSWERED = re.compile(
    r"(?:\s*\([^()]{1,30}\))?\s*\?[\s.:…_\t-]*(?P<word>yes|no|none|y|n)(?=\s*(?:$|[.;,(\t]|\s{2}))", _I
)


def of_entry(text: AnnotatedText, start: int, end: int, *, opens: bool = False) -> Assertion | None:
    """The status that an entry of a list gives behind a dash or colon ("PTSD - provisional, F43.10") or in brackets.
    `opens`: the entry begins here, whatever stands before it on its line."""
    line = text.lines[text.line_index(start)]
    of_code = _CODE.fullmatch(text.text, start, end) is not None
    bracketed = _STATUS_IN_BRACKETS.match(text.text, end, line.end)
    if bracketed is not None and not (of_code and bracketed["own"]):
        said = _status(bracketed["words"])
        if said == "negated" and _NOT_YET.fullmatch(bracketed["words"]) and _is_doubted(line.cells[0].text):
            return "hypothetical"
        if said is not None and (said != "stated" or _CURRENT.fullmatch(bracketed["words"])):
            return said
    tail = _STATUS_OF_ROW.match(text.text, end, line.end) if of_code else None
    if tail is not None and (said := _status(tail["words"])) not in (None, "stated"):
        return said
    opens = opens or _OPENS.search(text.text, max(0, line.start - 1), start) is not None
    opens = opens or _CODE_OPENS.fullmatch(text.text, line.start, start) is not None
    if not opens and not of_code:
        ahead = text.text[line.start : start]
        if not _CODE.search(ahead) or len(ahead) > _ENTRY:
            return None
    further = _FURTHER_WORDS.match(text.text, end, line.end) if opens else None
    end = further.end() if further else end
    behind = _STATUS_BEHIND.match(text.text, end, line.end)
    between = _STATUS_BETWEEN.search(text.text, max(line.start, start - 2 * _ENTRY), start)
    for found in (behind, between):
        if found is not None:
            said = status_of(found["words"])
            if said is not None:
                return said
    return None


def status_of(words: str) -> Assertion | None:
    """What a few words beside an entry say of it, as a status in a table or as a verdict."""
    says = _status(words) or verdict(words)
    return None if says == "past" else says


def _told(text: AnnotatedText, says: Verdict, start: int, end: int) -> Assertion | None:
    if says != "past":
        return says
    return None if _lasts(text, start, end) else "historical"


def _lasts(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether an illness is of those that do not end: a list of the patient's history means that it is there still."""
    from docscan.reference import conditions

    printed = text.text[start:end]
    line = text.lines[text.line_index(start)]
    own = text.text[line.start : start] + _SAYS_ELSE.split(text.text[start : line.end], maxsplit=1)[0]
    words = printed if re.search(r"[A-Za-z]{3}", printed) else own
    return conditions.lasts(printed) or conditions.lasts(words)


_SAYS_ELSE = re.compile(r"[;,]\s")


# -- rows of tables -------------------------------------------------------------------------------------------------


def _of_row(text: AnnotatedText, start: int) -> Assertion | None:
    """The status that a cell of the same row gives: the nearest one behind, else before it."""
    line = text.lines[text.line_index(start)]
    if len(line.cells) < 2:
        return _of_label_above(text, start)
    own = text.cell_at(start)
    behind = [cell for cell in line.cells if own is not None and cell.start > own.start]
    behind = [cell for cell in behind if not _EMPTY_BOX.match(cell.text)]
    for place, cell in enumerate(behind):
        said = _status(cell.text)
        if said is not None:
            return said if place == 0 or _in_status_column(text, cell) else None
        if re.match(r"\W*[A-Z]\d[0-9A-Z](?:\.\w{1,4})?\b", cell.text) or "[" in cell.text[:2]:
            break  # the next entry of the row
    for cell in line.cells:
        if _EMPTY_BOX.match(cell.text):
            continue
        if own is not None and cell.start < own.start and (said := _status(cell.text)) is not None:
            return said if _in_status_column(text, cell) else _of_label(text, line, own, start)
    return _of_label(text, line, own, start)


_EMPTY_BOX = re.compile(r"\s*(?:[☐□❏]|\[[ _]*\]|\([ _]*\)|_{2,}\s)")
"""An answer that nobody gave is no status of what stands beside it."""


def _of_label(text: AnnotatedText, line: Line, own: Cell | None, start: int) -> Assertion | None:
    """What the words beside an entry say of it, where the line is made of such a label and the entry ("Long gone
    asthma")."""
    label = line.cells[0]
    if own is None or len(line.cells) != 2 or own is label:
        return None
    if re.fullmatch(r"r\W?/?o\W*|(?:rule|r)[- /]?out\W*", label.text, _I):
        return "hypothetical"
    if not re.search(r"[a-z]{3}", label.text) and not re.match(r"P[MS]?H|H[Xx]\b", label.text):
        return _status(label.text) if re.match(r"F\.?H|FAM", label.text) else None
    if len(label.text) > _LABEL or _CODE.search(label.text):
        return None
    said = verdict(label.text.strip(" .:"))
    return _told(text, said, start, own.end) if said else None


def _of_label_above(text: AnnotatedText, start: int) -> Assertion | None:
    """What the label of the rows above says, where its entries go on below one another beside an empty column."""
    index = text.line_index(start)
    own = text.lines[index].cells[0]
    for above in range(index - 1, max(-1, index - 1 - _ROWS_OF_A_LABEL), -1):
        line = text.lines[above]
        first = line.cells[0]
        if first.page is not own.page or text.text[line.end : text.lines[above + 1].start] != "\n":
            return None
        if len(line.cells) > 1 and first.box.left < own.box.left - _ALIGNED:
            return _of_label(text, line, line.cells[1], start) if _aligned(line.cells[1], own) else None
        if not _aligned(first, own) or len(line.cells) > 1:
            return None
    return None


_ROWS_OF_A_LABEL = 12


def _aligned(one: Cell, other: Cell) -> bool:
    return abs(one.box.left - other.box.left) < _ALIGNED


_LABEL = 40  # characters


def is_status(printed: str) -> bool:
    """Whether words are a status in a table ("Active", "Ruled out")."""
    return _status(printed) is not None


def _status(printed: str) -> Assertion | None:
    if len(printed) > 40:
        return None
    return next((kind for kind, pattern in _STATUS if pattern.fullmatch(printed)), None)


_ALIGNED = 0.015  # of the page's width


def _in_status_column(text: AnnotatedText, cell: Cell) -> bool:
    """Whether a cell stands under the head of such a column, or in line with other statuses."""
    lined = [
        c for c in text.cells if c.page is cell.page and c is not cell and abs(c.box.left - cell.box.left) < _ALIGNED
    ]
    return any(_STATUS_COLUMN.fullmatch(c.text) for c in lined if c.box.top < cell.box.top) or (
        sum(_status(c.text) is not None for c in lined) >= _SEVERAL
    )


_SEVERAL = 2


# -- words that open a list -----------------------------------------------------------------------------------------


def _opened(text: AnnotatedText, start: int) -> tuple[Verdict | None] | None:
    """What the opening of the list or paragraph around an offset says, in a tuple; None where nothing opens it."""
    before = _paragraph_before(text, start)
    clause = announced.opening(before)
    if clause is not None:
        return (clause,)
    found = [m for m in _OPENING.finditer(before) if not _ANSWER.fullmatch(m["words"] or m["kin"])]
    if not found:
        return None
    last = found[-1]
    words = re.split(r"[.;]\s+(?=[A-Z])", last["words"] or last["kin"])[-1]
    says = verdict(words)
    if last["sign"] == "?" and says is None:
        return None
    if says is None and re.search(r"\w:\s*$", before[last.start() :]) is None and "\n" in before[last.end() :]:
        return None  # a label of its own line
    rest = before[last.end() :]
    if says is not None and re.search(r"[.]\s", rest) and _OF_NOW.search(rest):
        return (None,)
    return (says,) if says is not None else None


def _paragraph_before(text: AnnotatedText, start: int) -> str:
    """What stands before an offset in its paragraph or list entry, lines that go on taken together: down the page, or
    down the column that the cell stands in."""
    index = text.line_index(start)
    line, cell = text.lines[index], text.cell_at(start)
    if cell is not None and len(line.cells) > 1:
        if _label_cell(line, cell):
            return text.text[line.start : start]
        return "\n".join((*_column_above(text, index, cell), text.text[cell.start : start]))
    while index > 0:
        line, above = text.lines[index], text.lines[index - 1]
        if text.text[above.end : line.start] != "\n" or above.end in text.line_ends:
            break
        if len(line.cells) > 1:
            break
        index -= 1
    return text.text[text.lines[index].start : start]


_WRAPS = re.compile(r"(?:[,/&(–-]|\b(?:of|the|and|or|in|with|a|an|to|for|by|on|his|her))$", _I)
_MOST_LINES = 6


def _column_above(text: AnnotatedText, index: int, cell: Cell) -> list[str]:
    """The lines of a column that go on in this cell, from the first."""
    found: list[str] = []
    while index > 0 and len(found) < _MOST_LINES:
        above = [c for c in text.lines[index - 1].cells if abs(c.box.left - cell.box.left) < _ALIGNED]
        goes_on = cell.text[:1].islower() or bool(above and _WRAPS.search(above[0].text))
        if not above or above[0].page is not cell.page or not goes_on or above[0].text.endswith(":"):
            break
        cell, index = above[0], index - 1
        found.insert(0, cell.text)
    return found


def _label_cell(line: Line, cell: Cell) -> bool:
    """Whether the cell before this one is its label ("PMH, resolved:     gout")."""
    before = [c for c in line.cells if c.start < cell.start]
    return bool(before) and before[-1].text.rstrip().endswith((":", "-", "–", "?"))


# -- headings -------------------------------------------------------------------------------------------------------


def _head_over(text: AnnotatedText, start: int) -> _Head | None:
    cell = text.cell_at(start)
    if cell is None:
        return None
    heads = _heads(text)
    best: _Head | None = None
    for head in heads:
        if head.opens and head.cell is cell:
            return head
        if head.cell.start >= cell.start and head.cell.page is cell.page and head.cell.box.top >= cell.box.top:
            continue
        if head.cell.page is cell.page:
            if head.cell.box.top >= cell.box.top - 0.002 or not (head.wide or _same_column(head.cell, cell)):
                continue
        elif head.cell.page.number > cell.page.number or not head.wide:
            continue
        if head.loose and _gap_between(text, head.cell.start, start):
            continue
        if best is None or _later(head.cell, best.cell):
            best = head
    return best


def _later(one: Cell, other: Cell) -> bool:
    return (one.page.number, one.box.top, one.box.left) > (other.page.number, other.box.top, other.box.left)


def _same_column(head: Cell, cell: Cell) -> bool:
    return -0.03 < cell.box.left - head.box.left < 0.12


def _gap_between(text: AnnotatedText, head: int, offset: int) -> bool:
    first, last = text.line_index(head), text.line_index(offset)
    return any(text.text[text.lines[n].end : text.lines[n + 1].start] != "\n" for n in range(first, last))


def next_head(text: AnnotatedText, offset: int) -> int:
    """Where the next heading begins; the text's end where none follows."""
    starts = text.once("starts of heads", lambda: sorted(head.cell.start for head in _heads(text)))
    index = bisect_left(starts, offset)
    return starts[index] if index < len(starts) else len(text.text)


def _heads(text: AnnotatedText) -> list[_Head]:
    return text.once("heads", lambda: list(_all_heads(text)))


def _all_heads(text: AnnotatedText) -> list[_Head]:
    named = {start for start, _ in headings(text)}
    shouting = sum(s.isupper() for s in text.text) > sum(s.islower() for s in text.text)
    found = []
    numbers: dict[int, int] = {}  # by left edge in hundredths: the number of the last numbered head there
    for index, line in enumerate(text.lines):
        for cell in line.cells:
            number = _NUMBER.match(cell.text)
            left = round(100 * cell.box.left * cell.page.width / text.lines[0].cells[0].page.width)  # pages differ
            if number and numbers.get(left) == int(number[1]) - 1:
                # the section after a numbered one begins, whether or not words of its own head it
                numbers[left] = int(number[1])
                says = verdict(cell.text[number.end() :].partition(":")[0][:60])
                found.append(_Head(cell, says, wide=True, loose=False, opens=True))
                continue
            head = _as_tail(line) or _as_head(text, index, line, cell, named, shouting=shouting)
            if head is not None:
                found.append(head)
                if number and head.wide:
                    numbers[left] = int(number[1])
    return found


_NUMBER = re.compile(r"(?:(?:section|part|item)\s+)?(\d{1,2})[.):]\s+(?=[A-Z])", _I)


_CODE = re.compile(r"\b[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b")


def _indents(text: AnnotatedText, index: int, cell: Cell) -> bool:
    """Whether what stands in the next line hangs under this one ("Past" over an indented list)."""
    if index + 1 >= len(text.lines) or text.text[text.lines[index].end : text.lines[index + 1].start] != "\n":
        return False
    under = text.lines[index + 1].cells[0]
    return under.page is cell.page and under.box.left - cell.box.left > _INDENT


_INDENT = 0.01  # of the page's width
_LEGEND = re.compile(r"\([^()]*(?:\([A-Za-z]{1,3}\))?[^()]*=[^()]*\)")
"""What a heading's brackets say of marks ("Diagnoses (* = past)") is not said of all that stands under it."""
_TELLING = 3  # words that end what the heading above says


def _as_tail(line: Line) -> _Head | None:
    """A sentence's end, and what opens the list below: "... is no longer treated. Past only, resolved:"."""
    printed = line.cells[0].text.strip()
    if len(line.cells) > 1 or not printed.endswith(":"):
        return None
    tail = re.search(r"[.;]\s+(?=[A-Z][^.;]{3,60}:$)", printed)
    says = verdict(printed[tail.end() :].rstrip(": ")) if tail else None
    if says is None and len(printed) > _LABEL:
        says = announced.says(re.split(r"[.;!?]\s+", printed.rstrip(": "))[-1])
    return _Head(line.cells[0], says, wide=True, loose=True) if says is not None else None


def _as_head(  # noqa: PLR0911
    text: AnnotatedText, index: int, line: Line, cell: Cell, named: set[int], *, shouting: bool
) -> _Head | None:
    printed = cell.text.strip()
    bare = re.sub(r"^(?:(?:section|part)\s+)?(?:\d{1,2}|[IVX]{1,4}|[A-H])[.):]\s*", "", printed, flags=_I).rstrip(": ")
    alone = len(line.cells) == 1
    words = bare.split()
    if not 1 <= len(words) <= 8 or len(printed) > 70 or _CODE.search(bare) or printed.endswith((".", ",", ";")):
        return None
    bare = _LEGEND.sub(" ", bare).strip()
    says = verdict(bare)
    letters = [sign for sign in re.sub(r"\([^)]*\)", "", bare) if sign.isalpha()]
    capitals = len(letters) > 3 and all(sign.isupper() for sign in letters) and not shouting
    if alone and _status(bare) in ("historical", "stated", "negated") and _indents(text, index, cell):
        return _Head(cell, says if _status(bare) != "stated" else None, wide=True, loose=True)
    if alone and line.start in named:
        return _Head(cell, says, wide=True, loose=False)
    if capitals and len(re.sub(r"\([^)]*\)", "", bare).split()) <= 6:
        return _Head(cell, says, wide=alone and cell.box.left < 0.25, loose=False)
    if not alone:
        telling = printed.endswith(":") and (says is not None or len(words) >= _TELLING)
        return _Head(cell, says, wide=False, loose=True) if telling else None
    set_apart = index == 0 or text.text[text.lines[index - 1].end : line.start] != "\n"
    followed = index + 1 < len(text.lines) and text.text[line.end : text.lines[index + 1].start] == "\n"
    if re.search(r"\w:\s+[a-z]", bare) or re.match(r"\S{1,3}\s*=", bare):
        return None  # a label and what it opens; what a mark means
    if says is not None and (set_apart or printed.endswith(":") or re.match(r"(?:section|part|\d)", printed, _I)):
        return _Head(cell, says, wide=True, loose=followed and not printed.endswith(":"))
    return None
