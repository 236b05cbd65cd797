"""Procedure codes (CPT, HCPCS) wherever a document prints them.

On a billed line the line's own; elsewhere where the place says so: beside "CPT" or "HCPCS", in brackets behind what was
done ("seen on Mar 29 (99214)"), in a list of codes, in the first cell of a row of an order, under a heading of
procedures. Codes whose service is known here count in running text as well, and so does a letter with four digits of
HCPCS' sections that is no diagnosis code without its dot. Five digits may as well be a ZIP code, a chart or an order
number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docscan.document import Assertion, Extraction
from docscan.extraction.bills.billing import is_billed, is_clinical
from docscan.extraction.bills.items import items_of
from docscan.extraction.bills.line_words import CODE
from docscan.extraction.text import standing
from docscan.reference import icd10cm, procedure_codes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_LABEL = re.compile(r"\b(?:CPT|HCPCS)(?:/HCPCS)?(?:\s+codes?)?\b[:#\s]*", _I)
_ONE = r"(?:\d{5}|\d{4}[FT]|[ABCDEGHJKLMPQRSTV]\d{4})"
_MODIFIED = rf"{_ONE}(?:-[A-Z0-9]{{2}})?(?: ?[x×] ?\d{{1,2}})?"
_BRACKETED = re.compile(rf"[(\[](?P<codes>{_MODIFIED}(?:(?:, ?| ?/ ?| and | & |; ?){_MODIFIED})*)[)\]]")
_LISTED = re.compile(rf"(?<![\w.$#/-])(?P<codes>{_MODIFIED}(?:(?:, | ?/ ?| and | & |; ?){_MODIFIED})+)(?![\w/-]|\.\d)")
_SAID = re.compile(
    r"\b(?:coding|coded|codes?|bill|billed|billing|ordered|procedures?|as|under|"
    r"dressed with|charges?|performed|with|by)\W{1,3}"
    rf"(?P<codes>{_MODIFIED})(?![\w/-]|\.\d)"
)
_TIMES = re.compile(rf"(?<![\w.$#/-])(?P<codes>{_ONE} ?[x×] ?\d{{1,2}})(?!\w)")
_EACH = re.compile(rf"(?<!\w){_ONE}")
_ALONE = re.compile(
    rf"(?<![\w.$#/@-])(?P<code>{_ONE})(?:-(?:[A-Z]{{2}}|[A-Z]\d|\d{{2}})\b)?(?!\w|[./-]\d|-\w|,\d{{3}}\b)"
)
_NUMBERS = re.compile(
    r"(?:\b(?:zip|box|ext|chart|mrn|acct|account|order|claim|ref(?:erence)?|no(?=[.:#])|suite|ste|id|phone|fax|"
    r"lot|form|model|"
    r"serial|room|rm|rx|job|case|file|ticket|invoice|receipt|rcpt|policy|group|member|batch|licen[cs]e|lic|unit|apt|"
    r"bldg|building|part|sku|auth|authorization|npi|dea|ptan|tax|ein|route|rte|hwy|highway|upc|till|register|reg|"
    r"version|rev|vehicle|plate|gate|bed|ward|locker|appr|approval|confirmation|terminal|store|lab|accession|specimen)"
    r"\b\W*(?:number|num|no\.?|code)?\W*|\#\s?)$",
    _I,
)
_SERVICES = re.compile(
    r"\b(?:cpt|hcpcs|procedures?|billing|billed|coding|services? (?:rendered|provided)|charges)\b", _I
)
_NUMBERING = re.compile(r"(?:\d{1,2}[.)]|[•●▪*·–-]|\[[ xX]\]|☒|☑)\s*")
_OF_SOMEBODY = re.compile(
    r"\b(?i:patient|client|name|member|guarantor|account)(?i: name)?\s*[:\t]\s*"
    r"[A-Z][\w'’-]+(?:,? [A-Z][\w.'’-]*){1,3}\s?$"
)
"""Whose number stands in brackets: "Patient: Ana Roe (10933)"."""
_OF_CARE = re.compile(
    r"\b(?:therap\w+|visits?|treat\w+|medical\w*|diagnos\w+|doctors?|physicians?|prescri\w+|clinic\w*|Rx|Dx|CPT|"
    r"HCPCS|ICD|NPI|patients?)\b",
    _I,
)
_DIAGNOSES = re.compile(r"\b(?:icd|dx|diag)[^\n.;]{0,40}$", _I)


def procedure_codes_printed(text: AnnotatedText) -> Iterator[Extraction]:
    """Every CPT and HCPCS code of a bill, a note or an order."""
    seen: set[int] = set()
    coded_lines: set[int] = set()
    if is_billed(text):
        for item in items_of(text):
            if item.code and item.code_span:
                seen.add(item.code_span[0])
                coded_lines.add(text.line_index(item.code_span[0]))
                yield _code(text, item.code, *item.code_span, 0.9)
    elsewhere = (*_in_notes(text), *_by_themselves(text)) if is_clinical(text) else _by_themselves(text)
    for start, end, strength in (*_labelled(text), *elsewhere):
        if text.line_index(start) in coded_lines:
            continue  # a number of the laboratory's own, or a lot, beside the line's code
        if start not in seen and not text.is_stated_by_form_only(start):
            seen.add(start)
            assertion = "stated" if is_billed(text) else _asserted(text, start, end)
            yield replace(_code(text, text.text[start:end], start, end, strength), assertion=assertion)


def _labelled(text: AnnotatedText) -> Iterator[tuple[int, int, float]]:
    for label in _LABEL.finditer(text.text):
        for match in CODE.finditer(text.text, label.end(), min(len(text.text), label.end() + 60)):
            if "\n" in text.text[label.end() : match.start()]:
                break
            yield *match.span("code"), 0.9


def _in_notes(text: AnnotatedText) -> Iterator[tuple[int, int, float]]:
    for pattern, strength in ((_BRACKETED, 0.85), (_LISTED, 0.75), (_SAID, 0.75), (_TIMES, 0.75)):
        for match in pattern.finditer(text.text):
            before = text.text[max(0, match.start() - 60) : match.start()]
            if _NUMBERS.search(before[-24:]) or (pattern is _BRACKETED and _OF_SOMEBODY.search(before)):
                continue
            spans = [one.span() for one in _EACH.finditer(text.text, *match.span("codes"))]
            if 2 * sum(_is_diagnosis(text.text[start:end]) for start, end in spans) < len(spans):
                yield from ((start, end, strength) for start, end in spans)
    rows: list[tuple[int, int]] = []
    for line in text.lines:
        cell = line.cells[0]
        numbering = _NUMBERING.match(text.text, cell.start, cell.end)
        opening = CODE.match(text.text, numbering.end() if numbering else cell.start, cell.end)
        if opening is None:
            continue
        alone = len(line.cells) > 2 and opening.end() == cell.end
        if alone or re.match(r"\s+\(?[A-Za-z]{2}", text.text[opening.end() : opening.end() + 24].split("\n")[0]):
            rows.append(opening.span("code"))
    if len(rows) > 1 and 2 * sum(_is_diagnosis(text.text[start:end]) for start, end in rows) < len(rows):
        # an order or a list of what was done: one of its codes may look like a diagnosis (E0951)
        yield from ((start, end, 0.8) for start, end in rows)


def _by_themselves(text: AnnotatedText) -> Iterator[tuple[int, int, float]]:
    if not _OF_CARE.search(text.text):
        return
    for match in _ALONE.finditer(text.text):
        strength = _by_itself(text, *match.span("code"))
        if strength is not None:
            yield *match.span("code"), strength


def _by_itself(text: AnnotatedText, start: int, end: int) -> float | None:
    """How sure it is that what has a code's shape is one, wherever it stands; None where nothing tells."""
    code = text.text[start:end]
    line = text.lines[text.line_index(start)]
    before, after = text.text[max(line.start, start - 60) : start], text.text[end : end + 12]
    if _is_diagnosis(code) or _NUMBERS.search(before) or _DIAGNOSES.search(before):
        return None
    if procedure_codes.looks_like_zip(code, before, after):
        return None
    if procedure_codes.service_class(code) is not None:
        return 0.8
    if procedure_codes.of_hcpcs(code):
        return 0.75
    listed = re.search(r"(?:^|[;,(]|\d\.)\s*$", before) and re.match(r"\s+[a-z]{3}", after)
    if listed and _SERVICES.search(text.section_at(start)) and procedure_codes.system(code) == "cpt":
        return 0.75
    return None


_NOT = re.compile(
    r"\b(?:not(?! (?:only|just|merely))|never|no|neither|nor|without|(?:do|does|did|is|are|was|were|will|would|"
    r"could|should|has|have)n['’]t|(?:can(?:no|['’])t)(?= (?:be )?(?:us|bill|order|report|submit|cod|charg|claim|"
    r"accept))|rather than|instead of|other than)\b(?P<scope>[^;:!?]*)$",
    _I,
)
_NOT_BEHIND = re.compile(
    rf"(?:\W|(?:{_ONE}|or|and|codes?|is|are|was|were|be|been|has|have|had|will|would|to|does|do|did|should|itself)\b)*"
    r"(?:not|never|n['’]t|neither|nobody|no longer)\b(?! only)",
    _I,
)
_TAKEN_BACK = re.compile(
    r"\s*(?:neither|none of (?:these|those|them|the)|(?:that|this|it|they|those|these)(?: codes?)? (?:is|was|are|were|"
    r"has|have|does|do|did)(?: not|n['’]t| never))\b",
    _I,
)
_FAR = 9  # words
_CHARGED = re.compile(r"\b(?:billed|billing|charged|coded|charges?|CPT|HCPCS|procedures?)\b[^.;]{0,40}$", _I)


def _asserted(text: AnnotatedText, start: int, end: int) -> Assertion:
    """How a code is meant in a letter: what was not ordered, billed or used is negated, whatever the verb."""
    sentence = text.sentence_at(start)
    before = text.text[sentence.start : start].replace("\n", " ")
    after = text.text[end : max(end, sentence.end)].replace("\n", " ")
    following = text.text[sentence.end : sentence.end + 80].replace("\n", " ")
    denied = _NOT.search(before)
    if denied and len(denied["scope"].split()) <= _FAR and not re.search(r"\b(?:but|because|so)\b", denied["scope"]):
        return "negated"
    if _NOT_BEHIND.match(after) or _TAKEN_BACK.match(following):
        return "negated"
    said = text.assertion_at(start, end)
    if said == "other_person" and _CHARGED.search(before):
        return "stated"  # in whatever section of a letter: nobody bills a sister's treatment here
    return (standing.standing(text, start, end) or "stated") if said == "negated" else said


def _is_diagnosis(code: str) -> bool:
    """ "E1165": a diagnosis without its dot."""
    return code[0].isalpha() and bool(icd10cm.history(f"{code[:3]}.{code[3:]}"))


def _code(text: AnnotatedText, code: str, start: int, end: int, strength: float) -> Extraction:
    resolved = {"system": procedure_codes.system(code), "class": procedure_codes.service_class(code)}
    return text.extraction(
        "procedure_code", code, start, end, found_by="procedure_codes", strength=strength, resolved=resolved
    )
