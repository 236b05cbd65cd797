"""Where they work: the practice, the employer, the provider's specialty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.paper import form_parts
from docscan.extraction.paper.signature_blocks import signature_blocks
from docscan.extraction.people.practice import practices

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "people"

_HOLDER = r"(?:participant|employee|member|subscriber|account[ ]?holder|card[ ]?holder|insured|retiree)(?:['’]?s)?[ ]+"
_FIRM = r"(?:employer|company|plan sponsor|sponsoring employer|employer[ ]group)(?:'s|’s)?"
_EMPLOYER = re.compile(
    rf"\b(?:(?:name\s+of\s+)?(?:{_HOLDER})?(?:(?:group|organi[sz]ation)\s*/\s*)?{_FIRM}"
    rf"(?:\s*(?:/|or)\s*(?:{_FIRM}|group|organi[sz]ation|agency))?(?:\s+name)?|group name)"
    rf"(?=\s*[:?_\t\n(]|\s*$|\s*(?:\.{{3,}}|…))",
    _I | re.MULTILINE,
)
_GROUP = re.compile(
    r"\b(?:group|agency|place of (?:work|employment)|works? (?:at|for))(?=\s*[:_\t\n]|\s*$|\s*(?:\.{3,}|…))",
    _I | re.MULTILINE,
)
"""What else a form calls the employer, where it asks the employee."""
_SPECIALTY_LABEL = re.compile(
    r"\b(?:(?:(?:medical|provider(?:['’]s)?|area of|practice)[ ]+)?specialt(?:y|ies)|qualifications?|(?:type|"
    r"area) of practice)(?=\s*[:_\t(]|\s*$)",
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

_BEHIND_CREDENTIALS = re.compile(
    r"(?:M\.?D|D\.?O|DPM|DC|NP|PA(?:-C)?|APRN|FNP(?:-BC|-C)?|Ph\.?D|Psy\.?D)\.?[ ]?[,|–—-][ ]?"
    rf"(?P<in>(?i:{_SPECIALTIES.pattern}))(?=[ ]?(?:[,|·]|$))",
    re.MULTILINE,
)
""" "Simon Ackley, MD, Oncology": a name's own line goes on with what they practise."""


def places(text: AnnotatedText) -> Iterator[Extraction]:
    """practice_name, employer_name, specialty."""
    yield from _employers(text)
    yield from practices(text)
    yield from _specialties(text)


def _employers(text: AnnotatedText) -> Iterator[Extraction]:
    asked = list(text.labelled(_EMPLOYER))
    if not any(item.value for item in asked) and form_parts.is_form(text):
        asked = [one for one in text.labelled(_GROUP) if form_parts.owner_at(text, one.label.start) == "participant"]
    for item in asked:
        if item.value is None or text.box_state(item.label.start) is not None:
            continue
        printed = text[item.value]
        if re.search(r"[A-Za-z]{2}", printed) and len(printed) < 80 and not _NO_EMPLOYER.match(printed):
            yield text.extraction("employer_name", printed, *item.value, found_by=_FOUND_BY, strength=0.93)


_NO_EMPLOYER = re.compile(r"(?:n/?a|none|self|leave)\b", _I)


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
    for match in text.find(_BEHIND_CREDENTIALS):
        start, end = match.span("in")
        yield text.extraction("specialty", match["in"], start, end, found_by=_FOUND_BY, strength=0.85)
    for match in text.find(
        re.compile(
            r"\bboard[- ]certified (?:in |by [\w ]+ in )(?P<in>[A-Za-z &,]{5,60}?)(?=[.;\n)]|\s+and (?:I|have))", _I
        )
    ):
        start, end = match.span("in")
        yield text.extraction("specialty", match["in"], start, end, found_by=_FOUND_BY, strength=0.85)
