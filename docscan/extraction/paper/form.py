"""The paper itself: blanks left unfilled, page counts, fields filled by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Box, Evidence, Extraction
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.text import templates
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.labels import Labelled

_I = re.IGNORECASE
_FOUND_BY = "form"

_READ = 0.6  # certainty of a value from which it is no scrawl that OCR took for letters
_BLANK = re.compile(r"_{4,}(?:[ ]?_{3,})*")
_PAGE_OF = re.compile(
    r"(?<![\w$])(?:(?:page|pg\.?|p\.)\s*(?P<page>\d{1,3})\s*(?:of|/)\s*(?P<of>\d{1,3})|"
    r"(?P<p>\d{1,2})\s+of\s+(?P<o>\d{1,2}))(?![\w/-]|\.\d)",
    _I,
)
_FIELDS = (
    ("patient_name", re.compile(r"\b(?:patient(?:'s)? (?:full )?name|name of patient|patient)(?=\s*[:_\t(]|"
                                r"\s*$)", _I | re.MULTILINE)),
    ("diagnosis", re.compile(r"\b(?:(?:medical )?diagnos[ie]s|medical condition|condition)(?:\s*(?:/|and|"
                             r"or)\s*[\w -]{3,30})?(?=\s*[:_\t(]|\s*$)", _I | re.MULTILINE)),
    ("diagnosis_code", re.compile(r"\bicd[\s-]?10(?:-cm)?(?: codes?)?(?=\s*[:_\t(]|\s*$)", _I | re.MULTILINE)),
    ("treatment", re.compile(r"\b(?:recommended |prescribed |description of )?(?:treatment|service|"
                             r"product)s?(?:\s*/\s*\w+)?(?: recommended| prescribed)?"
                             r"(?=\s*[:_\t(]|\s*$)", _I | re.MULTILINE)),
    ("frequency", re.compile(r"\bfrequency(?: of treatment)?(?=\s*[:_\t(]|\s*$)", _I | re.MULTILINE)),
    ("duration", re.compile(r"\b(?:duration|length)(?: of treatment)?(?=\s*[:_\t(]|\s*$)", _I | re.MULTILINE)),
    ("provider_name", re.compile(r"\b(?:(?:provider|physician|practitioner|doctor)(?:'s)? name|"
                                 r"name of (?:licensed )?(?:provider|physician|practitioner)|"
                                 r"print(?:ed)? name)(?=\s*[:_\t(]|\s*$)", _I | re.MULTILINE)),
    ("letter_date", re.compile(r"\bdate(?: signed)?(?=\s*[:_\t(]|\s*$)", _I | re.MULTILINE)),
    ("provider_license", re.compile(r"\blicense (?:number|no\.?|#)(?=\s*[:_\t(]|\s*$)", _I | re.MULTILINE)),
    ("provider_npi", re.compile(r"\bnpi(?: number| #)?(?=\s*[:_\t(]|\s*$)", _I | re.MULTILINE)),
)  # fmt: skip


def form(text: AnnotatedText) -> Iterator[Extraction]:
    """placeholder, page_of, handwritten."""
    yield from _pages_of(text)
    yield from _placeholders(text)
    yield from _handwritten(text)


def _pages_of(text: AnnotatedText) -> Iterator[Extraction]:
    for match in text.find(_PAGE_OF):
        page, of = int(match["page"] or match["p"]), int(match["of"] or match["o"])
        box = text.box_of(*match.span())
        edge = box is not None and (box.top < 0.1 or box.bottom > 0.88)
        if page > of or of == 0 or (match["p"] and not (edge and _alone(text, *match.span()))):
            continue
        yield text.extraction(
            "page_of",
            {"page": page, "of": of},
            *match.span(),
            found_by=_FOUND_BY,
            strength=0.93 if match["page"] else 0.75,
        )


def _alone(text: AnnotatedText, start: int, end: int) -> bool:
    cell = text.cell_at(start)
    return cell is not None and cell.start == start and cell.end <= end + 1


def _placeholders(text: AnnotatedText) -> Iterator[Extraction]:
    for mark in templates.marks(text):
        yield text.extraction("placeholder", text.flat[mark.start : mark.end], *mark, found_by=_FOUND_BY, strength=0.9)
    for match in text.find(_BLANK):
        place = _blank_in_a_sentence(text, *match.span())
        if place is not None:
            printed = " ".join(text[place].split())
            yield text.extraction("placeholder", printed, *place, found_by=_FOUND_BY, strength=0.7)
    if not is_surely_bill(text):
        for start, end in _labels_left_blank(text):
            printed = " ".join(text.text[start:end].split())
            yield text.extraction("placeholder", printed, start, end, found_by=_FOUND_BY, strength=0.8)


_LEFT_BLANK = re.compile(
    r"(?P<label>[A-Za-z][^:?_\n\t☐☑☒\[\]]{1,70}?)(?P<sign>[:?#]|(?=[ ]?\.{8,}\s*$))[ \t]*"
    r"(?P<blank>_{4,}|(?<!\.)\.{8,}(?=\s*$)|…{3,}(?=\s*$))(?![ ]?\w)",
    re.MULTILINE,
)
_MUST_BE_FILLED = re.compile(
    r"\b(?:name|patient|participant|employee|account holder|birth|dob|conditions?|diagnos[ie]s|illness|disease|"
    r"icd(?:[ -]?10)?(?:-cm)?|codes?|treatments?|services?|products?|items?|prescribed|recommended|description|"
    r"describe|explain|how|why|reason|frequency|duration|length|provider|physician|doctor|practitioner|clinician|"
    r"prescriber|address|licen[cs]e|member (?:id|no|number)|account (?:no|number))\b",
    _I,
)
_MAY_STAY_BLANK = re.compile(
    r"\b(?:if|optional|others?|specify|additional|comments?|notes?|remarks?|signature|signed|sign|initials?|spouse|"
    r"dependents?|supervising|second(?:ary)?|2|3|fax|e-?mail|apt|claim|office|begin|start|end|until|from|through|"
    r"expir\w+|witness|guardian|parent|cpt|hcpcs|amount|cost|price)\b",
    _I,
)


def _labels_left_blank(text: AnnotatedText) -> Iterator[tuple[int, int]]:
    """Labels of what no such form can do without, whose line to write on holds nothing: "ICD-10 code: ______"."""
    boxed = [box for box in text.check_boxes if box.label is not None]
    for match in text.find(_LEFT_BLANK):
        label = match["label"]
        if not _MUST_BE_FILLED.search(label) or _MAY_STAY_BLANK.search(label) or len(label.split()) > 10:
            continue
        index = text.line_index(match.start())
        box, page = text.box_of(*match.span("blank")), text.document.page_of(match.start())
        if box is None or page is None or _is_for_the_plan(text, index):
            continue
        if any(one.holds(match.start("label")) or one.holds(match.end() - 1) for one in boxed):
            continue  # an option's own line: what is not ticked needs no words
        if text.marks_in(_grown(box), page, "ink", "handwriting", "signature_ink", "form_field"):
            continue
        if not _written_over(text, index, match.start("blank")):
            yield match.start(), match.end()


def _written_over(text: AnnotatedText, index: int, start: int) -> bool:
    """Whether the line below a blank, far to the right of the labels, goes on with what was written."""
    cell = text.cell_at(start)
    under = text.below(cell.box, cell.page) if cell is not None else None
    own = text.lines[index]
    return (
        under is not None
        and cell is not None
        and under.box.left > own.cells[0].box.left + 0.04
        and len(own.cells) == 1
        and ":" not in under.text
        and "_" not in under.text
    )


def _blank_in_a_sentence(text: AnnotatedText, start: int, end: int) -> Span | None:
    """A blank with words around it and nothing written on it; lines to sign and boxes of forms are not meant."""
    box, page = text.box_of(start, end), text.document.page_of(start)
    if box is None or page is None or text.marks_in(_grown(box), page, "ink", "handwriting", "signature_ink"):
        return None
    line = text.lines[text.line_index(start)]
    before, after = text.text[line.start : start].rstrip(), text.text[end : line.end].strip()
    to_sign = re.search(r"signature|signed|date|initials?|sign", (before[-40:] + " " + after[:30]), _I)
    if to_sign or _is_for_the_plan(text, text.line_index(start)):
        return None
    if re.search(r"\byes\b[^?]*\bno\b", text.text[line.start : line.end], _I):
        return None  # a place for a mark, not for words
    if before.endswith(":") or not re.search(r"[a-z]{2,}[ ,]*$", before) or len(before.split()) < 2:
        return None
    if not after and not re.search(r"\b(?:for|of|with|is|the|a|to|from|until)$", before):
        return None
    words = before.split()[-3:]
    opens = text.text.rindex(words[0], line.start, start)
    closes = end + len(re.match(r"(?:\s*\S+){0,3}", text.text[end : line.end])[0])  # type: ignore[index]
    return Span(opens, closes)


_OF_THE_PLAN = (
    r"(?:plan|office|administrat\w+|adm(?:in)?|carrier|insurer|company|payer|claims?|benefits?|(?:flex\w*|fsa|hsa)|"
    r"internal|"
    r"department|dept|examiner|reviewer|employer|hr|staff)"
)
_NOT_TO_FILL = re.compile(
    rf"\b(?:for )?(?:\w+ )?{_OF_THE_PLAN}(?:['’]?s)?\.?(?: \w+)?[ .]{{1,2}}use\b|\b{_OF_THE_PLAN} (?:use|section)\b|"
    r"\b(?:do not|don['’]t) write (?:below|in|under|on)\b|\bleave (?:this (?:part|section|space|box) )?blank\b|"
    rf"\bfor (?:(?-i:[A-Z])\w+ )?{_OF_THE_PLAN}\s*(?:only)?\s*:|\bcompleted by (?:the )?{_OF_THE_PLAN}\b",
    _I,
)
_STEP_OF_CLAIM = re.compile(
    r"\b(?:rec['’]?d|received|reviewe[dr]|reviewed by|examiner|adjudicat\w+|processed|processor|approved?|den(?:y|"
    r"ied)|pend(?:ed)?|"
    r"decision|determination|claim (?:no|number|#)|batch|audit\w*|logged|entered by|keyed|case (?:no|number))\b",
    _I,
)
_ROWS_OF_THE_PLAN = 5  # lines under such a heading


def _is_for_the_plan(text: AnnotatedText, index: int) -> bool:
    """Whether a line is for those who decide on the claim: under their heading, or of nothing but their steps."""
    line = text.lines[index]
    if len(_STEP_OF_CLAIM.findall(text.text[line.start : line.end])) > 1:
        return True
    above = text.lines[max(0, index - _ROWS_OF_THE_PLAN) : index + 1]
    return any(_NOT_TO_FILL.search(text.text, row.start, row.end) for row in above if row.page is line.page)


def _grown(box: Box) -> Box:
    return Box(box.left, max(0.0, box.top - 0.8 * box.height), box.right, min(1.0, box.bottom + 0.3 * box.height))


def _handwritten(text: AnnotatedText) -> Iterator[Extraction]:
    """Labelled places that hold ink or handwriting and no word that could be read, or was read surely."""
    seen: set[str] = set()
    for name, label in _FIELDS:
        for item in text.labelled(label):
            if name in seen or (item.value is not None and text.certainty(*item.value) >= _READ):
                continue
            marks = text.marks_in(_place(text, item), item.page, "handwriting", "ink")
            if marks:
                seen.add(name)
                evidence = tuple(
                    Evidence(item.page.number, (mark.box,), "", None, None, "", _FOUND_BY) for mark in marks
                )
                yield Extraction("handwritten", name, text[item.label], "stated", 0.7, evidence)


def _place(text: AnnotatedText, item: Labelled) -> Box:
    """The area beside a label, and the lines below it down to the next words."""
    own = text.box_of(*item.label) or item.area
    under = text.below(own, item.page, lines=6)
    bottom = under.box.top if under else min(1.0, own.bottom + 3 * own.height)
    return Box(
        item.area.left, item.area.top, item.area.right, max(item.area.bottom, min(bottom, own.bottom + 2 * own.height))
    )
