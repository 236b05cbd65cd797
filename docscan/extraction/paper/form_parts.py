"""Whose is what an administrator's form asks: the employee's, the patient's, the provider's, or the plan's own?

A form prints that once, in a part's heading ("To be completed by the physician"), in a label ("Employee's phone"), or
in the row or column in which an answer stands; what is nearest counts. Above its first part a form names who made it,
below the last signature where to send it: neither is anybody's who fills it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from docscan.extraction.text import captions
from docscan.extraction.text.captions import is_printed_label

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

Owner: TypeAlias = Literal["participant", "patient", "provider", "plan", "other"]

_I = re.IGNORECASE
_FEWEST_LABELS = 6  # labels of a form
_HOLDER = (
    r"participants?|employees?|subscribers?|(?:plan |fund |card ?)?members?(?! (?:services?|line|site|care))|"
    r"(?:account|card|policy)[ -]?(?:holders?|owners?)|insured|retirees?|enrollees?|your (?:details|information|data)|"
    r"about you|yourself|claimants?"
)
_WORDS: tuple[tuple[Owner, str], ...] = (
    ("plan",
     r"h\.?r\.?|human resources|(?:plan|claims?|benefits?|administrator|company|employer) (?:use|only|office|"
     r"contact|phone|tel\w*|fax|department|dept|desk|line|representative|rep|administrator|services?)|"
     r"benefits? (?:specialist|coordinator|manager|team|analyst)|office use|customer (?:service|care)|"
     r"(?:member|participant|client) (?:services?|line|care|support|site)|help ?(?:line|desk)?|questions\?|"
     r"toll[- ]free|(?:return|send|mail|fax|upload|submit|forward|e-?mail) (?:this|the|it|your|to|with|completed|"
     r"both|form|by)|(?:fax|call|phone) us|hotline"),
    ("other",
     r"who will (?:give|provide|perform|deliver)|(?:personal )?trainers?|instructors?|vendor|seller|supplier|"
     r"coach|emergency|(?:service|program) provider|merchant|referr(?:ing|ed)|pharmacy|studio|gym|witness"),
    ("provider",
     r"providers?(?:['’]?s)?|physicians?(?:['’]?s)?|doctors?(?:['’]?s)?|practitioners?(?:['’]?s)?|"
     r"clinicians?(?:['’]?s)?|prescribers?(?:['’]?s)?|clinic|practice|facility|dentist|therapist|professional|"
     r"psychologist|chiropractor|surgeon|attending|office (?:stamp|phone|fax|tel\w*|address|name)|medical office|"
     r"dietitian|counselor|specialist|npi"),
    ("patient", r"patients?(?:['’]?s)?|dependents?(?:['’]?s)?|dependants?(?:['’]?s)?|child(?:['’]?s)?|"
     r"spouse(?:['’]?s)?|person (?:being )?(?:treated|receiving)"),
    ("participant", rf"(?:{_HOLDER})(?:['’]?s)?"),
    ("participant", r"home|daytime|day time|evening|work (?:phone|tel\w*|no|number)|personal"),
    ("plan",
     r"claims?|benefits?|administrators?|fsa|hsa|hra|flex\w*|reimbursement|payroll|call|employer|company|"
     r"plan sponsor|plan"),
)  # fmt: skip
"""In this order: "participant services" are the plan's, "FSA participant" is the participant."""
_OWNERS = tuple((owner, re.compile(rf"\b(?:{words})(?![\w-])", _I)) for owner, words in _WORDS)
_ASKS_FOR_HOLDER = re.compile(rf"\b(?:{_HOLDER})\b", _I)
_COMPLETES = re.compile(
    r"\b(?:complet\w*|fill\w*|answer\w*|section|part|only|statement|certification|information|data|details|below|about)\b",
    _I,
)
_LONGEST_HEADING = 110
_QUESTION = re.compile(r"\?\s*$")
_WORDS_OF_A_LABEL = 7
_RELATION = re.compile(r"\brelation(?:ship)?\b.*", _I)
_SIGNING = re.compile(r"\b(?:sign(?:ed|ature|s)?|dated?|npi|licen[sc]e|on)\b", _I)
_PARTED = "|"


def is_form(text: AnnotatedText) -> bool:
    """Whether a paper asks, label by label, who holds an account, who is treated and who certifies it."""
    return text.once("is a form", lambda: _is_form(text))


def _is_form(text: AnnotatedText) -> bool:
    asked = [label for line in text.lines for cell in line.cells if (label := _label_in(cell.text))]
    owners = {_owner_in(label) for label in asked}
    held = any(_ASKS_FOR_HOLDER.search(label) for label in asked) or any(
        _COMPLETES.search(heading) and _owner_in(heading) == "provider" for heading in _headings(text)
    )
    return len(asked) >= _FEWEST_LABELS and held and "provider" in owners | {_owner_in(h) for h in _headings(text)}


def _headings(text: AnnotatedText) -> Iterator[str]:
    for line in text.lines:
        printed = text.text[line.start : line.end]
        if len(line.cells) <= 2 and len(printed) < _LONGEST_HEADING and _COMPLETES.search(printed):
            yield printed


_PART = re.compile(r"^\W*(?:section|part|step|box)\s+[\w-]{1,3}\s*[:.)–—-]*\s*", _I)


def _label_in(printed: str) -> str:
    """The label that a cell is, or with which it begins; "" where it does with none."""
    printed = _PART.sub("", printed)
    closed = re.match(r"\s*(?P<label>[^:\n]{2,60}?)\s*(?::|\.{3,}|…|_{2,}|_[ ])", printed)
    if closed is not None and len(closed["label"].split()) <= _WORDS_OF_A_LABEL:
        return closed["label"]
    return printed if is_printed_label(printed) else ""


def _owner_in(words: str) -> Owner | None:
    """Whom a label or a heading names."""
    plain = _RELATION.sub("", re.sub(r"\([^()]*\)", " ", words))
    owned = re.search(
        r"\b(?:patient|participant|employee|member)['’]?s? (?P<who>provider|physician|doctor|employer)", plain, _I
    )
    if owned is not None:
        plain = owned["who"]
    return next((owner for owner, pattern in _OWNERS if pattern.search(plain)), None)


def labels_of(text: AnnotatedText, offset: int) -> tuple[str, ...]:
    """What the layout says an answer is, nearest first: its caption, the label before it in its cell or to the left,
    the head of its column."""
    cell = text.cell_at(offset)
    if cell is None:
        return ()
    if (caption := captions.caption_under(text, cell)) is not None:
        return (caption.text,)
    lead = text.text[cell.start : offset].rpartition(_PARTED)[2]
    said = [lead] if re.search(r"[A-Za-z]{2}", lead) else []
    index = text.line_index(offset)
    row = [one for one in text.lines[index].cells if one.end <= cell.start]
    if not said and row and _is_asked(row[-1]):
        said.append(row[-1].text)
    if not said and (head := _head_over(text, cell)) is not None:
        said.append(head.text)
    return tuple(said)


def _is_asked(cell: Cell) -> bool:
    return is_printed_label(cell.text) or cell.text.rstrip().endswith((":", "…", "..."))


def _head_over(text: AnnotatedText, cell: Cell) -> Cell | None:
    """The label that heads a cell's column: over it, of a line of labels, with nothing but answers between."""
    index = text.line_index(cell.start)
    for above in reversed(text.lines[max(0, index - _ROWS) : index]):
        if above.page is not cell.page:
            return None
        near = [one for one in above.cells if abs(one.box.left - cell.box.left) < _ALIGNED]
        if near and is_printed_label(near[0].text):
            return near[0]
        if text.text[above.end : above.end + 2] == "\n\n" or len(above.cells) < 2:
            return None
    return None


_ROWS = 4
_ALIGNED = 0.03


def owner_at(text: AnnotatedText, offset: int) -> Owner | None:
    """Whose a form's answer is; None where nothing tells."""
    for words in labels_of(text, offset):
        if (owner := _owner_in(words)) is not None:
            return owner
    index = text.line_index(offset)
    line = text.lines[index]
    if (owner := _owner_in_row(text, line, offset)) is not None:
        return owner
    first, last = _edges(text)
    if index < first:
        return "plan" if _names_a_plan(text, index) else None
    if index > last:
        return None if _names_a_practice(text, index) else "plan"
    return _owner_above(text, index, offset)


_OF_CARE = re.compile(
    r"\b(?:clinics?|hospitals?|physicians|associates|orthop\w+|\w*(?:ology|iatry|iatrics?|dontics|therapy|surgery|"
    r"practic|crine|pathy)|dental|dentistry|acupuncture|surgeons|teaching|internal medicine|primary care|"
    r"family (?:medicine|practice|care|health)|women['’]s (?:health|care)|medical (?:group|center|associates)|"
    r"rehab\w*|allergy|asthma)\b",
    _I,
)
_OF_A_PLAN = re.compile(
    r"\b(?:benefits?|claims?|plan|fsa|hsa|hra|flex\w*|fund|trust|administrat\w+|hr|payroll|solutions|\w+pay)\b", _I
)


def _names_a_practice(text: AnnotatedText, index: int) -> bool:
    """Whether the lines around one name who treats: an office prints forms under its own letterhead."""
    block = _block(text, index)
    return _OF_CARE.search(block) is not None and _OF_A_PLAN.search(block) is None


def _names_a_plan(text: AnnotatedText, index: int) -> bool:
    """Whether the lines around one name who made the form, or tell how to reach them; who treats has a practice's name
    and a number of a place."""
    block = _block(text, index)
    if _OF_CARE.search(block) is not None and re.search(r"\b(?:fax|tel|ph|phone|office)\b", block, _I):
        return _OF_A_PLAN.search(block) is not None
    return _OF_A_PLAN.search(block) is not None or _TOLL_FREE.search(block) is not None


_TOLL_FREE = re.compile(r"(?<!\d)8(?:00|33|44|55|66|77|88)[)\s./-]{1,2}\d{3}[\s./-]\d{4}")


def _block(text: AnnotatedText, index: int) -> str:
    """The lines that touch one, up to gaps."""
    first = last = index
    while first and text.text[text.lines[first - 1].end : text.lines[first].start] == "\n":
        first -= 1
    while last + 1 < len(text.lines) and text.text[text.lines[last].end : text.lines[last + 1].start] == "\n":
        last += 1
    return text.text[text.lines[first].start : text.lines[last].end]


def _owner_in_row(text: AnnotatedText, line: Line, offset: int) -> Owner | None:
    """Who is named left of an answer in its line: by a label, or by the words of a line that asks for nothing."""
    left = [cell for cell in line.cells if cell.start <= offset]
    for cell in reversed(left):
        if (label := _label_in(cell.text)) and (owner := _owner_in(label)) is not None:
            return owner
    if not any(_label_in(cell.text) for cell in left):
        return _owner_in(text.text[line.start : offset])
    return None


def _owner_above(text: AnnotatedText, index: int, offset: int) -> Owner | None:
    here = text.cell_at(offset)
    if here is not None and (beside := _owner_of_column(text, index, here)) is not None:
        return beside
    for line in reversed(text.lines[:index]):
        printed = text.text[line.start : line.end]
        told = [(cell, owner) for cell in line.cells if (owner := _owner_of_cell(cell)) is not None]
        if told:
            over = [
                owner
                for cell, owner in told
                if here and cell.box.left < here.box.right and cell.box.right > here.box.left
            ]
            return (over or [owner for _, owner in told])[0]
        if len(printed) < _LONGEST_HEADING and _COMPLETES.search(printed) and (owner := _heads(printed)) is not None:
            return owner
    return None


def _owner_of_column(text: AnnotatedText, index: int, here: Cell) -> Owner | None:
    """Whose part of a form stands in a column: two parts side by side, each under its heading."""
    for above in range(index - 1, max(-1, index - _ROWS_OF_PARTS), -1):
        line = text.lines[above]
        if text.text[line.end : line.end + 2] == "\n\n" or line.page is not here.page:
            return None
        owners = [
            _owner_in(cell.text) if _is_heading(cell.text) and ":" not in cell.text else None for cell in line.cells
        ]
        labels_below = all(_label_in(cell.text) and ":" in cell.text for cell in text.lines[above + 1].cells)
        if len(owners) > 1 and None not in owners and len(set(owners)) == len(owners) and labels_below:
            left = [n for n, cell in enumerate(line.cells) if cell.box.left <= here.box.left + _ALIGNED]
            return owners[left[-1]] if left else owners[0]
    return None


_ROWS_OF_PARTS = 9


def _owner_of_cell(cell: Cell) -> Owner | None:
    """Whom a cell's own label names, or the heading that it is; the employer's name is asked of the employee."""
    label = _label_in(cell.text)
    words = label or (cell.text if _is_heading(cell.text) else "")
    if not words or (_QUESTION.search(words) and len(words.split()) > _WORDS_OF_A_LABEL):
        return None
    owner = _owner_in(words)
    return None if owner == "plan" and label and _EMPLOYER.search(words) else owner


_EMPLOYER = re.compile(r"\b(?:employer|company|plan|group|claim|account|benefit)\b", _I)


def _heads(printed: str) -> Owner | None:
    """Who fills in what stands below: "The remaining questions must be answered by the treating provider."."""
    by = re.search(r"\b(?:by|for) (?P<who>.+)", printed, _I)
    return _owner_in(by["who"] if by else printed)


def _is_heading(printed: str) -> bool:
    printed = _PART.sub("", re.sub(r"\([^()]*\)", " ", printed))
    words = re.findall(r"[^\W\d_]{2,}", printed)
    capitals = printed.isupper() or all(word[0].isupper() or len(word) < 4 for word in words)
    return 1 <= len(words) <= _WORDS_OF_A_LABEL and capitals and not re.search(r"\d{3}|@", printed)


def _edges(text: AnnotatedText) -> tuple[int, int]:
    """The first and the last line that belong to what a form asks: above stands who made it, below where it goes."""
    return text.once("edges of a form", lambda: _found_edges(text))


def _found_edges(text: AnnotatedText) -> tuple[int, int]:
    asking = [
        index for index, line in enumerate(text.lines)
        if any((label := _label_in(cell.text)) and not _CONTACT.fullmatch(label.strip(" .:")) for cell in line.cells)
    ]  # fmt: skip
    first = next((index for index, line in enumerate(text.lines) if _names_somebody(line) or _opens_a_part(line)), 0)
    signing = [
        index for index in asking
        if any(_SIGNING.search(_label_in(cell.text)) for cell in text.lines[index].cells) and index > first
    ]  # fmt: skip
    last = max(signing, default=len(text.lines) - 1)
    while last + 1 < len(text.lines) and text.text[text.lines[last].end : text.lines[last + 1].start] == "\n":
        last += 1
    for index in range(last + 1, len(text.lines) - 1):  # labels alone, each over its answer
        if all(is_printed_label(cell.text) for cell in text.lines[index].cells):
            last = index + 1
    return _with_heading(text, first), last


_CONTACT = re.compile(r"(?:phone|tel(?:ephone)?|fax|e-?mail|web|call|mail|address|p\.?o\.? box)\b.{0,12}", _I)


def _names_somebody(line: Line) -> bool:
    return any(_owner_in(_label_in(cell.text)) in ("participant", "patient", "provider") for cell in line.cells)


def _opens_a_part(line: Line) -> bool:
    """Whether a line is a heading of a part that somebody fills in, and no title of the form."""
    printed = " ".join(cell.text for cell in line.cells)
    return (
        len(line.cells) < _TITLE_AND_NUMBER and not _OF_A_TITLE.search(printed) and len(printed) < _LONGEST_HEADING
        and (_COMPLETES.search(printed) is not None or all(_is_heading(cell.text) for cell in line.cells))
        and _owner_in(_PART.sub("", printed)) in ("participant", "patient", "provider")
    )  # fmt: skip


_TITLE_AND_NUMBER = 3
_OF_A_TITLE = re.compile(
    r"\b(?:letters?|lmn|necessity|statement|forms?|requests?|reimbursement|expenses?|certificat\w+|claims?|worksheet|"
    r"plan|benefits?|your provider|instructions)\b",
    _I,
)


def _with_heading(text: AnnotatedText, first: int) -> int:
    """A part's heading above its first label belongs to it, and so do labels that touch it."""
    while first and text.lines[first - 1].page is text.lines[first].page:
        above = text.lines[first - 1]
        printed = text.text[above.start : above.end]
        touches = text.text[above.end : text.lines[first].start] == "\n"
        if not (_COMPLETES.search(printed) and _owner_in(printed) in ("participant", "patient", "provider")) and not (
            touches and all(_label_in(cell.text) for cell in above.cells)
        ):
            break
        first -= 1
    return first
