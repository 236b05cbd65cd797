"""Procedure codes (CPT, HCPCS) wherever a document prints them.

On a billed line the line's own; elsewhere where the place says so: beside "CPT" or "HCPCS", in brackets behind what was
done ("seen on Mar 29 (99214)"), in a list of codes, or in the first cell of a row of an order. A letter and four digits
alone may as well be a diagnosis without its dot, and five digits a ZIP code, a chart or an order number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.bills.billing import is_billed, is_clinical
from docscan.extraction.bills.items import items_of
from docscan.extraction.bills.line_words import CODE
from docscan.reference import icd10cm, procedure_codes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_LABEL = re.compile(r"\b(?:CPT|HCPCS)(?:/HCPCS)?(?:\s+codes?)?\b[:#\s]*", re.IGNORECASE)
_ONE = r"(?:\d{5}|\d{4}[FT]|[ABCDEGHJKLMPQRSTV]\d{4})"
_MODIFIED = rf"{_ONE}(?:-[A-Z0-9]{{2}})?(?: ?[x×] ?\d{{1,2}})?"
_BRACKETED = re.compile(rf"[(\[](?P<codes>{_MODIFIED}(?:(?:, ?| ?/ ?| and | & |; ?){_MODIFIED})*)[)\]]")
_LISTED = re.compile(rf"(?<![\w.$#/-])(?P<codes>{_MODIFIED}(?:(?:, | ?/ ?| and | & |; ?){_MODIFIED})+)(?![\w/-]|\.\d)")
_SAID = re.compile(
    r"\b(?:coding|coded|codes?|billed|billing|ordered|procedures?|as|under|"
    r"dressed with|charges?|performed|with|by)\W{1,3}"
    rf"(?P<codes>{_MODIFIED})(?![\w/-]|\.\d)"
)
_TIMES = re.compile(rf"(?<![\w.$#/-])(?P<codes>{_ONE} ?[x×] ?\d{{1,2}})(?!\w)")
_EACH = re.compile(rf"(?<!\w){_ONE}")
_NUMBERS = re.compile(
    r"\b(?:zip|box|ext|chart|mrn|acct|account|order|claim|ref|no|suite|id|phone|fax|lot)\b\W*$", re.IGNORECASE
)


def procedure_codes_printed(text: AnnotatedText) -> Iterator[Extraction]:
    """Every CPT and HCPCS code of a bill, a note or an order."""
    seen: set[int] = set()
    if is_billed(text):
        for item in items_of(text):
            if item.code and item.code_span:
                seen.add(item.code_span[0])
                yield _code(text, item.code, *item.code_span, 0.9)
    for start, end, strength in (*_labelled(text), *(_in_notes(text) if is_clinical(text) else ())):
        if start not in seen:
            seen.add(start)
            assertion = "stated" if is_billed(text) else text.assertion_at(start, end)
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
            if _NUMBERS.search(text.text[max(0, match.start() - 12) : match.start()]):
                continue
            spans = [one.span() for one in _EACH.finditer(text.text, *match.span("codes"))]
            if 2 * sum(_is_diagnosis(text.text[start:end]) for start, end in spans) < len(spans):
                yield from ((start, end, strength) for start, end in spans)
    rows: list[tuple[int, int]] = []
    for line in text.lines:
        cell = line.cells[0]
        opening = CODE.match(text.text, cell.start, cell.end)
        if opening is None or _is_diagnosis(opening["code"]):
            continue
        alone = len(line.cells) > 2 and opening.end() == cell.end
        if alone or re.match(r"\s+\(?[A-Za-z]{2}", text.text[opening.end() : opening.end() + 24].split("\n")[0]):
            rows.append(opening.span("code"))
    if len(rows) > 1:  # an order or a list of what was done
        yield from ((start, end, 0.8) for start, end in rows)


def _is_diagnosis(code: str) -> bool:
    """ "E1165": a diagnosis without its dot."""
    return code[0].isalpha() and bool(icd10cm.history(f"{code[:3]}.{code[3:]}"))


def _code(text: AnnotatedText, code: str, start: int, end: int, strength: float) -> Extraction:
    resolved = {"system": procedure_codes.system(code), "class": procedure_codes.service_class(code)}
    return text.extraction(
        "procedure_code", code, start, end, found_by="procedure_codes", strength=strength, resolved=resolved
    )
