"""Postal addresses of the provider and the patient, and whether the paper bears a letterhead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction, Page
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.paper.covers import first_page
from docscan.extraction.paper.signature_blocks import signature_blocks
from docscan.extraction.people.further_addresses import (
    further_addresses,
    is_under_patient,
    names_somebody,
    tells_of_provider,
)
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Line

_I = re.IGNORECASE
_FOUND_BY = "form"

_STREET = re.compile(
    r"(?P<street>(?:\d{1,6}(?:-\d+)?[A-Z]?(?: ½)?\s+(?:[NSEW]\.?\s+|(?:North|South|East|"
    r"West)\s+)?[A-Z0-9][\w.'’-]*(?:\s+[A-Z0-9#][\w.'’#-]*){0,6}|P\.?\s?O\.?\s+Box\s+\d+|"
    r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)(?:\s+[A-Z][\w.'’-]*){1,4},?|"
    r"(?:(?:US|State|County|Rural) )?(?:Route|Rte\.?|Highway|Hwy\.?) \d+[A-Z]?"
    r"(?:(?: at| and| &)?(?:\s+[A-Z][\w.'’-]*)){0,4}))"
)
_CITY_AND_STATE = (
    r"(?P<city>[A-Z][A-Za-z.'’ -]{1,28}?),?[ \t]+(?P<state>A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|"
    r"M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|PR|"
    r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|"
    r"Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|"
    r"Missouri|Montana|"
    r"Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|(?:North|South) (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|"
    r"Pennsylvania|Rhode Island|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|"
    r"Wyoming)"
)
_CITY = re.compile(rf"{_CITY_AND_STATE}\.?,?[ \t]+(?P<zip>\d{{5}}(?:-\d{{4}})?)(?!\d)")
_CITY_ALONE = re.compile(rf"{_CITY_AND_STATE}\b\.?(?=\s*(?:$|[|•·*]|[–—-] ))", re.MULTILINE)
"""A city and its state without a ZIP code: where a street stands before it alone."""
_STREET_WORD = re.compile(
    r"\b(?:st(?:reet)?|ave(?:nue)?|r(?:oa)?d|dr(?:ive)?|bl(?:vd|\.)|boulevard|lane|ln|way|court|ct|place|pl|pkwy|"
    r"parkway|hwy|highway|suite|ste|floor|square|sq|circle|cir|terrace|ter|trail|plaza|box|pike|loop|row|broadway|"
    r"unit|#)\b\.?",
    _I,
)
_ADDRESS_LABEL = re.compile(
    r"\b(?P<who>(?:(?:provider|physician|practice|office|clinic|facility|business|doctor|practitioner|patient|"
    r"participant|employee|home|member|mailing|street|residential)(?:'s|’s)?(?:\s*/\s*)?\s*)*)address(?=\s*[:_\t(]|"
    r"\s*$)",
    _I | re.MULTILINE,
)
_STREET_LABEL = re.compile(
    r"\b(?P<who>(?:(?:provider|physician|practice|office|clinic|patient|participant|employee|home|member|mailing)"
    r"(?:'s|’s)?\s*)*)(?:street(?: address)?|(?:street )?address(?: line)? ?(?:1|one)|number and street)"
    r"(?=\s*[:_\t(]|\s*$)",
    _I | re.MULTILINE,
)
_CITY_LABEL = re.compile(
    r"\b(?:city|town)(?:\s*[,/&]?\s*(?:and )?(?:state|st))?(?:\s*[,/&]?\s*(?:and )?zip(?: code)?)?(?=\s*[:_\t(]|\s*$)",
    _I | re.MULTILINE,
)
_OF_PROVIDER = re.compile(r"provider|physician|practi[ct]|doctor|clinic\b|clinician|prescriber|\bnpi\b|office", _I)
_OF_PATIENT = re.compile(r"\b(?:patient|participant|employee|member|account holder|subscriber|dob|birth)", _I)


def addresses(text: AnnotatedText) -> Iterator[Extraction]:
    """provider_address, patient_address, letterhead."""
    if is_surely_bill(text):
        return
    found = list(_addresses(text))
    if not any(name == "provider_address" for name, *_ in found):
        theirs = [span for _, _, span, _ in found]
        found += [
            ("provider_address", value, place, 0.75)
            for value, place in further_addresses(text)
            if not any(place.start < span.end and span.start < place.end for span in theirs)
        ]
    yield from (text.extraction(name, value, *span, found_by=_FOUND_BY, strength=s) for name, value, span, s in found)
    yield from _letterhead(text, [span for name, _, span, _ in found if name == "provider_address"])


def _addresses(text: AnnotatedText) -> Iterator[tuple[str, str, Span, float]]:
    taken: list[Span] = []
    for item in text.labelled(_ADDRESS_LABEL):
        if item.value is None:
            continue
        block = text.block_below(item.value, lines=3)
        other = _NEXT_LABEL.search(text.text, block.start, block.end)
        block = Span(block.start, other.start()) if other else block
        printed = text[block]
        if not re.search(r"\d", printed) or len(printed) < 8:
            continue
        who = text[item.label].lower() + " " + text.section_at(item.label.start).lower()
        patient = re.search(r"patient|participant|employee|member|home|residential", who) and not re.search(
            r"provider|physician|practitioner|doctor|practice|clinic|office", who
        )
        patient = patient or (not _OF_PROVIDER.search(who) and _stands_under_patient(text, item.label.start))
        taken.append(block)
        yield "patient_address" if patient else "provider_address", _one_line(printed), block, 0.92
    for of, value, place in _of_a_grid(text):
        if not any(place.start < t.end and t.start < place.end for t in taken):
            taken.append(place)
            yield of, value, place, 0.9
    for match in (*text.find(_CITY), *text.find(_CITY_ALONE)):
        span = None if names_somebody(text, match) else _with_street(text, match)
        if span is None or any(span.start < t.end and t.start < span.end for t in taken):
            continue
        role = _whose(text, span)
        if role:
            taken.append(span)
            yield role, _one_line(text[span]), span, 0.85


_NEXT_LABEL = re.compile(r"\n\W*(?:tele)?(?:phone|tel|ph|fax|e-?mail|npi|office|cell|licen[sc]e|date|signature)\b", _I)
_ROWS_OF_PART = 8  # lines above a label in which it is told whose part of a form it stands in


def _stands_under_patient(text: AnnotatedText, offset: int) -> bool:
    """Whether of the lines above a label the nearest that tells of somebody tells of the patient."""
    index = text.line_index(offset)
    for line in reversed(text.lines[max(0, index - _ROWS_OF_PART) : index]):
        printed = text.text[line.start : line.end]
        if tells_of_provider(printed) or line.page is not text.lines[index].page:
            return False
        if _OF_PATIENT.search(printed):
            return True
    return False


def _of_a_grid(text: AnnotatedText) -> Iterator[tuple[str, str, Span]]:
    """An address of which street and city stand each behind a label of its own."""
    cities = [item for item in text.labelled(_CITY_LABEL) if item.value is not None]
    for item in text.labelled(_STREET_LABEL):
        if item.value is None or _STREET.match(text[item.value]) is None:
            continue
        city = next((c for c in cities if c.value and 0 < c.label.start - item.value.end < _TO_THE_CITY), None)
        if city is None or city.value is None:
            continue
        line = text.lines[text.line_index(city.value.start)]
        rest = text.text[city.value.start : line.end]
        placed = re.sub(r"\s*\b(?:state|zip(?: code)?)\s*:?\s*", " ", rest, flags=_I)
        who = text[item.label].lower() + " " + text.section_at(item.label.start).lower()
        patient = _OF_PATIENT.search(who) or (
            not _OF_PROVIDER.search(who) and _stands_under_patient(text, item.label.start)
        )
        value = f"{text[item.value]}, {' '.join(placed.split())}"
        yield "patient_address" if patient else "provider_address", value, Span(item.value.start, line.end)


_TO_THE_CITY = 90  # letters from a street to the label of its city


def _one_line(printed: str) -> str:
    return (
        re.sub(
            r",\s*,",
            ",",
            re.sub(r"\s*[\n|•·]\s*", ", ", re.sub(r"(?<=\w) [|I] (?=[A-Z])", ", ", " ".join(printed.split(" ")))),
        )
        .replace("\t", " ")
        .strip(" ,")
    )


def _with_street(text: AnnotatedText, match: re.Match[str]) -> Span | None:
    """The address that ends in a city, state and ZIP code: its street stands before it or on the line above."""
    index = text.line_index(match.start())
    cell = text.cell_at(match.start())
    if cell is None:
        return None
    streets = [
        m
        for m in _STREET.finditer(text.text, cell.start, match.start("state"))
        if _STREET_WORD.search(m["street"]) or m.start() == cell.start
    ]
    if streets:
        return Span(streets[0].start(), match.end())
    line = text.lines[index]
    beside = _STREET.match(text.text, line.cells[0].start, cell.start) if len(line.cells) > 1 else None
    if beside and _STREET_WORD.search(beside["street"]):  # "7138 Foxglove Way   |   Norfolk, VA 23510"
        return Span(beside.start(), match.end())
    for above in range(index - 1, max(-1, index - 3), -1):
        upper = text.lines[above]
        if upper.page is not line.page:
            break
        street = _STREET.match(text.text, upper.cells[0].start, upper.end) or _STREET.search(
            text.text, upper.start, upper.end
        )
        if street and len(line.cells) == 1:
            return Span(street.start(), match.end())
        if not _STREET_WORD.search(text.text[upper.start : upper.end]):
            break
    return None


def _whose(text: AnnotatedText, span: Span) -> str | None:
    page = text.document.page_of(span.start)
    box = text.box_of(*span)
    if page is None or box is None:
        return None
    section = text.section_at(span.start)
    for role, words in (
        ("provider_address", r"provider|physician|practi"),
        ("patient_address", r"patient|participant|employee|member"),
    ):
        if re.search(words, section, _I):
            return role
    index = text.line_index(span.start)
    signed = _stands_with_a_signature(text, span)
    if not signed and _CALLED.fullmatch(text.text[text.lines[index].start : span.start]):
        return _of_the_part(text, index)
    near = _above_in_block(text, index, 3) + text.text[text.lines[index].start : span.start]
    if re.search(
        r"\b(?:attn|attention|benefits?|administrat\w+|claims|insurance|fsa|hsa|flexible|reimbursement)\b|"
        r"\b(?:mail|return|send|submit|remit) (?:it |this |this form |claims |payment )?to:",
        near,
        _I,
    ):
        return None
    at_an_edge = (page.number in (1, first_page(text)) and box.top < 0.2) or box.bottom > 0.9
    cell = text.cell_at(span.start)
    patients = not signed and re.search(r"\b(?:re|patient)\s*:|\bdob\b", near, _I)
    if patients or (cell is not None and is_under_patient(text, cell)):
        return "patient_address"
    return "provider_address" if signed or at_an_edge else None


def _stands_with_a_signature(text: AnnotatedText, span: Span) -> bool:
    """Whether it stands in the block in which the provider signs."""
    return any(
        block.of == "provider" and block.opens <= span.start <= max([block.ends, *(e for _, e in block.lines_after)])
        for block in signature_blocks(text)
    )


_CALLED = re.compile(r"\W*(?:\w+ )?(?:address|location)\W*", _I)


def _of_the_part(text: AnnotatedText, index: int) -> str | None:
    """Whose the part of a form is in which a line stands, by the nearest line above that tells."""
    above = [text.text[line.start : line.end] for line in text.lines[max(0, index - _ROWS_OF_PART) : index]]
    tells = next((row for row in reversed(above) if _OF_PROVIDER.search(row) or _OF_PATIENT.search(row)), "")
    return "provider_address" if _OF_PROVIDER.search(tells) else "patient_address" if tells else None


def _above_in_block(text: AnnotatedText, index: int, most: int) -> str:
    """The lines above one, as far as they stand in its block: what a wider gap parts from it is another's."""
    printed: list[str] = []
    for above in range(index - 1, max(-1, index - 1 - most), -1):
        upper, lower = text.lines[above], text.lines[above + 1]
        if upper.page is not lower.page or lower.box.top - upper.box.bottom > _GAP * lower.box.height:
            break
        printed.append(text.text[upper.start : upper.end])
    return "\n".join(reversed(printed)) + "\n" if printed else ""


_GAP = 1.2  # heights of a line between two blocks


def _letterhead(text: AnnotatedText, addresses: list[Span]) -> Iterator[Extraction]:
    """The practice's address or phone number in the head of the first page, or an administrator's form."""
    first: Page | None = text.document.pages[0] if text.document.pages else None
    if first is None:
        return
    head = [line for line in text.lines if line.page is first and line.box.bottom < 0.25][:8]
    if not head:
        return
    printed = text.text[head[0].start : head[-1].end]
    at_top = [span for span in addresses if span.start < head[-1].end]
    organisation = next((line for line in head[:4] if _names_a_practice(text, line)), None)
    phone = re.search(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}", printed)
    web = re.search(r"\bwww\.|\.(?:com|org|net)\b", printed, _I)
    if organisation and (at_top or phone or web):
        end = max([organisation.end, *(span.end for span in at_top[:1])])
        yield text.extraction("letterhead", True, organisation.start, end, found_by=_FOUND_BY, strength=0.9)
    elif at_top and phone:
        yield text.extraction("letterhead", True, at_top[0].start, at_top[0].end, found_by=_FOUND_BY, strength=0.7)
    else:
        title = re.search(
            r"letter of medical necessity(?: form)?|(?:certificat\w+|statement) of medical necessity|"
            r"medical necessity (?:form|certification|statement)",
            printed,
            _I,
        )
        labels = sum(re.match(r"[A-Z][\w /()'’#.-]{2,60}:", cell.text) is not None for cell in text.cells[:80])
        if title and labels >= 6:
            start = head[0].start + title.start()
            yield text.extraction(
                "letterhead", True, start, start + len(title.group()), found_by=_FOUND_BY, strength=0.7
            )


def _names_a_practice(text: AnnotatedText, line: Line) -> bool:
    printed = text.text[line.start : line.end]
    return bool(
        re.search(
            r"\b(?:clinic|medical|center|centre|associates|hospital|group|practice|wellness|physicians?|"
            r"orthop(?:a)?edics?|pllc|llc|p\.?c\b|m\.?d\.?|d\.?o\.?|chiropractic|therapy|rehab\w*|institute|"
            r"university|"
            r"cardiology|pediatrics|primary care|family|health|telehealth|medicine|endocrinology|care)\b", printed, _I
        )
        and not re.search(r"letter of medical|patient|diagnos|to whom|^re\b|benefits|flexible|form\b", printed, _I)
    )  # fmt: skip
