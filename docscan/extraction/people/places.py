"""Where they work: the practice, the employer, the provider's specialty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.paper.signature import signature_blocks
from docscan.extraction.text.names import person_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "people"

_EMPLOYER = re.compile(
    r"\b(?:(?:name\s+of\s+)?(?:employer|company|plan sponsor|employer\s*/\s*(?:group|company))(?:'s|"
    r"’s)?(?:\s+name)?|group name)(?=\s*[:_\t\n(]|\s*$)",
    _I | re.MULTILINE,
)
_SPECIALTY_LABEL = re.compile(
    r"\b(?:(?:medical|provider|area of|practice)?\s*specialt(?:y|ies)|qualifications?|(?:type|"
    r"area) of practice)(?=\s*[:_\t(]|\s*$)",
    _I | re.MULTILINE,
)
_ORGANISATION = re.compile(
    r"\b(?:clinics?|medical|cent(?:er|re)|associates|health(?:care)?|hospital|group|practice|wellness|physicians?|"
    r"orthop(?:a)?edics?|p\.?l\.?l\.?c|l\.?l\.?c|"
    r"inc|p\.?c|p\.?a|chiropractic|therapy|rehab\w*|institute|university|cardiology|pediatrics|primary care|"
    r"internal medicine|family (?:medicine|practice|"
    r"care|health)|telehealth|endocrinology|dermatology|neurology|rheumatology|urgent care|sports medicine|"
    r"acupuncture|specialists|partners|"
    r"psychiatry|counseling|spine|pain management|integrative|naturopathic|women's health|community)\b",
    _I,
)
_NOT_A_PRACTICE = re.compile(
    r"\btrained|\bfellow|\bboard\b|signed|letter|necessity|medical (?:record|history|condition|information|provider|"
    r"expense|necessity)|form\b|patient|"
    r"diagnos|statement|date|phone|fax|"
    r"^\s*(?:to|re|dear|from|attn)\b|page \d|department$|flexible spending|health (?:savings|reimbursement|"
    r"care provider)|healthcare (?:fsa|flex)|account|"
    r"information|certif|i |dr\.|physician(?:'s)? (?:name|sign|statement|order)|@|www\.|benefits|insurance|"
    r"therapy (?:order|prescription|plan)|"
    r"plan of care|treatment|visit|note\b|summary|administrator|claims|employer|prescription|referral|portal",
    _I,
)
_PRACTICE_LABEL = re.compile(
    r"\b(?:(?:name of\s+)?(?:practice|clinic|facility|office|organization|group practice|medical group|"
    r"practice\s*/\s*(?:facility|clinic)|facility\s*/\s*practice|"
    r"clinic\s*/\s*practice|hospital)(?:\s+name)?)(?=\s*[:_\t]|\s*$)",
    _I | re.MULTILINE,
)
_SPECIALTIES = re.compile(
    r"\b(?:family (?:medicine|practice)|internal medicine|primary care|general practice|cardiology|"
    r"endocrinology(?:,? diabetes(?:,? (?:and|&) metabolism)?)?|"
    r"orthop(?:a)?edic(?:s| surgery| medicine)?|sports medicine|physical medicine (?:and|&) rehabilitation|"
    r"physiatry|rheumatology|neurology|neurosurgery|"
    r"psychiatry|psychology|pain (?:management|medicine)|obstetrics(?: (?:and|&) gynecology)?|ob/?gyn|gynecology|"
    r"pediatrics|geriatrics|geriatric medicine|"
    r"dermatology|pulmonology|pulmonary medicine|gastroenterology|nephrology|urology|oncology|hematology|"
    r"allergy (?:and|&) immunology|bariatric (?:medicine|"
    r"surgery)|obesity medicine|lifestyle medicine|integrative medicine|functional medicine|preventive medicine|"
    r"occupational medicine|emergency medicine|"
    r"cardiologist|endocrinologist|physiatrist|rheumatologist|neurologist|psychiatrist|internist|family physician|"
    r"orthop(?:a)?edic surgeon|pulmonologist|gastroenterologist|dermatologist|pediatrician|geriatrician|allergist|"
    r"obstetrician|gynecologist|podiatrist|chiropractic physician|naturopathic (?:doctor|physician)|psychologist|"
    r"chiropractic(?: medicine)?|naturopathic medicine|podiatry|physical therapy|occupational therapy|"
    r"podiatric medicine|osteopathic medicine|sleep medicine|"
    r"vascular surgery|general surgery|interventional cardiology|optometry|ophthalmology|otolaryngology)\b",
    _I,
)


def places(text: AnnotatedText) -> Iterator[Extraction]:
    """practice_name, employer_name, specialty."""
    yield from _organisations(text)
    yield from _specialties(text)


def _organisations(text: AnnotatedText) -> Iterator[Extraction]:
    for name, label, strength in (("employer_name", _EMPLOYER, 0.93), ("practice_name", _PRACTICE_LABEL, 0.92)):
        for item in text.labelled(label):
            if item.value is None or text.box_state(item.label.start) is not None:
                continue
            printed = text[item.value]
            if (
                re.search(r"[A-Za-z]{2}", printed)
                and len(printed) < 80
                and not re.match(r"(?:n/?a|none|self)\b", printed, _I)
            ):
                yield text.extraction(name, printed, *item.value, found_by=_FOUND_BY, strength=strength)
    yield from _letterhead_practice(text)


def _letterhead_practice(text: AnnotatedText) -> Iterator[Extraction]:
    """The line of a letterhead or signature block that names a practice."""
    if text.kind[0] in {"receipt", "superbill", "eob", "estimate", "card_slip", "statement"} and text.kind[1] >= 0.6:
        return
    places = [(cell.start, cell.end) for line in text.lines[:6] if line.page.number == 1 for cell in line.cells]
    places = [(start, end) for start, end in places if (box := text.box_of(start, end)) and box.top < 0.3]
    blocks = [
        (start, end) for block in signature_blocks(text) if block.of == "provider" for start, end in block.lines_after
    ]
    for spans, strength in ((places, 0.85), (blocks, 0.8)):
        for start, end in spans:
            printed = text.text[start:end].strip(" |,")
            words = printed.split()
            if not 2 <= len(words) <= 9 or not _ORGANISATION.search(printed) or _NOT_A_PRACTICE.search(printed):
                continue
            if printed.endswith((".", ":")) and not re.search(r"(?:inc|llc|p\.?c|p\.?a)\.$", printed, _I):
                continue
            person = person_at(text, start, end)
            if (person and person.letters) or re.search(r"\d{3}", printed) or not words[0][0].isupper():
                continue
            if _SPECIALTIES.fullmatch(printed):
                continue
            first = start + text.text[start:end].index(words[0])
            yield text.extraction(
                "practice_name", printed, first, first + len(printed), found_by=_FOUND_BY, strength=strength
            )
            return
    yield from _headline(text)


def _headline(text: AnnotatedText) -> Iterator[Extraction]:
    """A name printed larger than the body at the very top, with an address or a phone number under it."""
    heights = sorted(line.box.height for line in text.lines if line.page.number == 1)
    for line in text.lines[:2]:
        printed = text.text[line.start : line.end].strip()
        words = printed.split()
        if not heights or line.box.top > 0.15 or len(line.cells) > 1 or not 2 <= len(words) <= 7:
            return
        contact = re.search(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\b[A-Z]{2} \d{5}\b", text.text[line.end : line.end + 220])
        large = line.box.height > 1.25 * heights[len(heights) // 2]
        title = (
            _NOT_A_PRACTICE.search(printed) or re.search(r"[:,;?\d]", printed) or person_at(text, line.start, line.end)
        )
        if (
            contact
            and large
            and not title
            and all(w[0].isupper() or w in {"of", "and", "&", "for", "the"} for w in words)
        ):
            yield text.extraction("practice_name", printed, line.start, line.end, found_by=_FOUND_BY, strength=0.6)
            return


def _specialties(text: AnnotatedText) -> Iterator[Extraction]:
    for item in text.labelled(_SPECIALTY_LABEL):
        if item.value and len(text[item.value]) < 80 and re.search(r"[A-Za-z]{3}", text[item.value]):
            yield text.extraction("specialty", text[item.value], *item.value, found_by=_FOUND_BY, strength=0.93)
    spans = [span for block in signature_blocks(text) if block.of == "provider" for span in block.lines_after]
    spans += [(line.start, line.end) for line in text.lines[:5] if line.page.number == 1]
    for start, end in spans:
        match = _SPECIALTIES.search(text.text, start, end)
        lead = text.text[start : match.start()].rstrip() if match else ""
        alone = not lead or lead.endswith((",", "|", "•", "-", "in", "of", "certified", "Certified", ";", "·"))
        if match and alone and not re.search(r"necessity|patient|diagnos|recommend", text.text[start:end], _I):
            yield text.extraction("specialty", match.group(), *match.span(), found_by=_FOUND_BY, strength=0.85)
    for match in text.find(
        re.compile(
            r"\bboard[- ]certified (?:in |by [\w ]+ in )(?P<in>[A-Za-z &,]{5,60}?)(?=[.;\n)]|\s+and (?:I|have))", _I
        )
    ):
        start, end = match.span("in")
        yield text.extraction("specialty", match["in"], start, end, found_by=_FOUND_BY, strength=0.85)
