"""Diagnoses in words and diagnosis codes.

A code is what has the shape of one and is known to the dated table on the document's date, or what stands where a
diagnosis code stands (after "ICD-10", "Dx", in brackets behind a diagnosis). Gyms, workouts, laboratory values,
vertebrae, vitamins and postal codes have the same shape and are none. What OCR may have misread is read anew only where
a code is expected and exactly one reading is a billable code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from docscan.document import Extraction, Json
from docscan.extraction.dates.dates import dates_in
from docscan.extraction.diagnoses.codes import codes
from docscan.extraction.diagnoses.icd9 import icd9_codes
from docscan.extraction.text.annotated import Span
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lexicon import conditions_in
from docscan.reference import conditions, icd10cm

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "diagnoses"

_LABEL = re.compile(
    r"\b(?:(?:please\s+)?(?:describe|list|state|specify|identify|indicate|name|provide|enter|what is|"
    r"what are)\s+)?(?:(?:primary|secondary|principal|medical|clinical|specific|patient'?s?|current|associated|chief|"
    r"qualifying|related|underlying|the)\s+)*"
    r"(?:diagnos[ei]s(?:\(es\))?|dx|diagnostic impression|impression|(?:medical |health |"
    r"qualifying )?conditions?(?:\(s\))?|problem list|problems|assessment|"
    r"indications?|illness|disease|diagnosed (?:medical )?condition|reason for (?:treatment|referral))"
    r"(?:\s*(?:/|and|&|or)\s*(?:icd[- ]?10(?:-cm)?(?: codes?)?|(?:medical )?(?:condition|diagnosis|codes?)|disease|"
    r"illness|symptoms?|plan))*"
    r"(?:\s+(?:being treated|requiring treatment|description|for which[\w ]{0,50}|to be treated|treated|name|text))?"
    r"(?:\s*\([^()\n]{0,80}\))?(?=\s*[:#_\t\n]|\s*$)",
    _I | re.MULTILINE,
)
_INTRODUCES = re.compile(
    r"\b(?:diagnos(?:is|es) (?:of|is|are|include[sd]?)|diagnosed with|suffer(?:s|ing|ed)? from|treat(?:ed|ing|"
    r"ment)? (?:for|of)|(?:has|have|had) (?:been diagnosed with )?(?:an? |"
    r"(?:\w+ )?history of )?|presents? with|complain\w* of|living with|carries (?:a|the) diagnos\w+ of|due to|"
    r"because of|secondary to|manage(?:s|ment of)?|(?:medical )?condition "
    r"(?:of|is|known as)|consistent with|meets? (?:the )?(?:diagnostic )?criteria for|(?:mitigate|treat|alleviate|"
    r"cure|control|improve) (?:\w+ ){0,2}|for|with|of|history of|and|"
    r"risk (?:of|for)|to prevent)\s*$",
    _I,
)


def diagnoses(text: AnnotatedText) -> Iterator[Extraction]:
    """diagnosis (words), diagnosis_code and diagnosis_code_icd9, each with its assertion."""
    on = document_date(text)
    found = list(codes(text, on))
    yield from found
    if on < icd10cm.FIRST_RELEASE:
        yield from icd9_codes(text)
    yield from _in_words(text, found)


def document_date(text: AnnotatedText) -> date:
    """The day on which a code of this document is judged: its latest date that is no treatment's end, else today's.

    A letter bears its date at the top or beside the signature; dates of birth and of onset lie before it.
    """
    from docscan.extraction.dates.roles import roles

    by_role: dict[str, list[date]] = {}
    for role, mention, _ in roles(text):
        possible = mention.value or max(mention.readings, default=None)
        if possible:
            by_role.setdefault(role, []).append(possible)
    for role in (
        "letter_date",
        "signature_date",
        "service_date",
        "visit_date",
        "statement_date",
        "fax_date",
        "print_date",
    ):
        if role in by_role:
            return max(by_role[role])
    taken = {day for role in ("date_of_birth", "start_date", "end_date") for day in by_role.get(role, [])}
    others = [m.value for m in dates_in(text) if m.value and m.value not in taken]
    return max(others, default=date.today())


# -- words ----------------------------------------------------------------------------------------------------------


def _in_words(text: AnnotatedText, codes: list[Extraction]) -> Iterator[Extraction]:
    yield from _under_one_name(list(_all_in_words(text, codes)))


def _under_one_name(found: list[Extraction]) -> Iterator[Extraction]:
    """ "diabetes" after "type 2 diabetes mellitus" is another mention of it, not another diagnosis."""
    for item in found:
        words, names = _telling(str(item.value)), _names_of(item)
        fuller = [
            other
            for other in found
            if other.assertion == item.assertion
            and other.value != item.value
            and (words < _telling(str(other.value)) or (names and names == _names_of(other)))
        ]
        best = max([item, *fuller], key=_fullness)
        yield item if best is item else replace(item, value=best.value, resolved=best.resolved)


def _fullness(item: Extraction) -> tuple[bool, int, int]:
    coded = bool(item.resolved and item.resolved["specificity"] == "coded")
    return coded, len(_telling(str(item.value))), -(item.evidence[0].start or 0)


def _telling(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]{2,}|[0-9]", words.lower())) - {"of", "the", "and", "with", "mellitus"}


def _names_of(item: Extraction) -> tuple[str, ...]:
    return conditions.classify(str(item.value)).names


def _all_in_words(text: AnnotatedText, codes: list[Extraction]) -> Iterator[Extraction]:
    taken: list[tuple[int, int]] = []
    for item in text.labelled(_LABEL):
        if item.value is None or _is_row_of_labels(text, item.label.start):
            continue
        block = text.block_below(item.value, lines=6)
        if is_instruction(text[block]) and conditions.classify(text[block]).specificity is None:
            continue
        sure = 0.95 if re.search(r"diagnos|dx|icd|impression", text[item.label], _I) else 0.85
        for start, end in _pieces(text, block.start, block.end):
            made = _diagnosis(text, start, end, codes, sure, labelled=True)
            if made is not None:
                taken.append((start, end))
                yield made
    for sentence in text.sentences:
        if is_instruction(text[sentence]) and not re.search(r"\b(?:icd|dx|diagnos)", text[sentence], _I):
            continue
        for start, end in _named_in(text, sentence):
            if not any(start < b and a < end for a, b in taken) and text.box_state(start) is not False:
                made = _diagnosis(text, start, end, codes, 0.88, labelled=False)
                if made is not None:
                    yield made


def _is_row_of_labels(text: AnnotatedText, offset: int) -> bool:
    return text.box_state(offset) is not None


_PIECE = re.compile(r"\s*(?:[;\n\t]|,(?=\s*(?:[A-Z]|and\b|[a-z]))|\s/\s|\band\b(?= [A-Z]))\s*")
_LEAD = re.compile(
    r"(?:(?:and|or|&)\s|[\s•●▪◦*·()\[\].,:;#-]|\d{1,2}[.)]\s|\(?[a-z][.)]\s|(?:icd[\s-]?10(?:-?cm)?|dx|codes?|"
    r"primary|secondary|"
    r"diagnos[ie]s)\b\s*[:#-]*|"
    r"(?:the )?patient (?:has|suffers from|is diagnosed with)\s|"
    r"\(?[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\)?(?=[\s,:;–-]|$)\s*[:,–-]*)*",
    _I,
)
_TAIL = re.compile(
    r"[\s,;:.(\[–-]*(?:(?:icd[\s-]?10(?:[\s-]?cm)?(?:\s*codes?)?\s*[:#]?\s*)?[(\[]?\s*(?:[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|\d{3}\.\d{1,2})\s*[)\]]?[\s,;/&]*(?:and\s*)?)*[\s,;:.(\[)\]–-]*$"
)
_OUTCOME = re.compile(r"[\s,(–-]+(?:ruled out|resolved|in remission|excluded|suspected|possible|not present)\W*$", _I)
_NO_TEXT = re.compile(
    r"(?:ruled out|resolved|in remission|excluded|suspected|possible|not present|n/?a|none|"
    r"see (?:attached|below|above|note)\w*|as above|unknown|tbd|same|yes|no|x|self)\W*",
    _I,
)


def _pieces(text: AnnotatedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The diagnoses that a labelled place lists, without codes, numbers and bullets."""
    raw, place = [], start
    printed = text.text[start:end]
    for match in _PIECE.finditer(printed):
        if printed.count("(", 0, match.start()) > printed.count(")", 0, match.start()):
            continue
        raw.append((place, start + match.start()))
        place = start + match.end()
    raw.append((place, end))
    spans = [span for span in (_bare_words(text, *piece) for piece in raw) if span]
    index = 0
    while index < len(spans):
        first, last = spans[index]
        # "Osteoarthritis, left knee": what no lexicon knows alone belongs to what stands before it
        while index + 1 < len(spans) and _belongs(text, (first, last), spans[index + 1]):
            last, index = spans[index + 1][1], index + 1
        yield first, last
        index += 1


def _belongs(text: AnnotatedText, one: tuple[int, int], other: tuple[int, int]) -> bool:
    between = text.text[one[1] : other[0]]
    if "\n\n" in between or "\t" in between or ";" in between or re.search(r"[A-Z]\d\d|\d[.)]|[•●▪*]", between):
        return False
    following = text.text[other[0] : other[1]]
    if conditions.classify(following).names and not re.match(
        r"(?:left|right|bilateral|class|type|stage)\b", following, _I
    ):
        return bool("\n" in between and following[0].islower() and not between.strip())
    return (
        following[0].islower()
        or re.match(
            r"(?:Left|Right|Bilateral|Lumbar|Cervical|Class|Type|Stage|Unspecified|Chronic|Moderate|Severe|Mild|"
            r"Recurrent)\b",
            following,
        )
        is not None
    )


def _bare_words(text: AnnotatedText, start: int, end: int) -> tuple[int, int] | None:
    lead = _LEAD.match(text.text, start, end)
    start = lead.end() if lead else start
    tail = _TAIL.search(text.text[start:end])
    if tail:
        end = start + tail.start()
    outcome = _OUTCOME.search(text.text[start:end])
    if outcome:
        end = start + outcome.start()
    if text.text[start:end].count("(") > text.text[start:end].count(")"):
        end = start + text.text[start:end].rindex("(")
    while end > start and text.text[end - 1] in " \t\n,;:.-–([":
        end -= 1
    printed = text.text[start:end]
    return (start, end) if re.search(r"[A-Za-z]{2}", printed) and not _NO_TEXT.fullmatch(printed) else None


_BEFORE_NAME = re.compile(
    r"(?:\b(?:unilateral|acute|chronic|severe|morbid|moderate|mild|primary|secondary|essential|recurrent|persistent|"
    r"uncontrolled|poorly controlled|controlled|"
    r"bilateral|left|right|advanced|end-stage|early|late|generali[sz]ed|major|lumbar|cervical|thoracic|"
    r"post-?traumatic|type [12]|type ii?|class (?:[123]|i{1,3})|"
    r"stage \w+|treatment-resistant|refractory|symptomatic|degenerative|extreme|clinical|adult|gestational|"
    r"rheumatoid|exogenous|abdominal|unspecified|diabetic|"
    r"low|upper|lower|obstructive|plantar|knee|hip|shoulder|ankle|spinal|rotator cuff|hypertensive|ischemic|"
    r"congestive|mixed|pure)[\s,]+)+$",
    _I,
)
_AFTER_NAME = re.compile(
    r"(?:,?\s+(?:of (?:the )?(?:(?:left|right|both|bilateral|lumbar|cervical|thoracic|lower|upper)\s+)*(?:knees?|"
    r"hips?|shoulders?|back|spine|neck|ankles?|hands?|"
    r"elbows?|wrists?|feet|foot|legs?|lumbar spine|cervical spine)|type [12]\b|type ii?\b|mellitus|class (?:[123]|"
    r"i{1,3})\b|stage \w+|unspecified|with (?:left|right|bilateral) "
    r"(?:sciatica|radiculopathy)|(?:left|right|bilateral)(?: (?:knees?|hips?|shoulders?|ankles?|feet|foot|elbows?|"
    r"wrists?))?|\((?:class|type|stage) [\w ]+\)|syndrome|disorder|disease))+",
    _I,
)
_DESCRIBES = re.compile(
    r"\b(?:program|medication|medications|management class|association|clinic|education|prevention|risk|screening|"
    r"support|supplies|specialist|foundation|center)\b",
    _I,
)


def _joined(text: AnnotatedText, names: tuple[Span, ...]) -> Iterator[Span]:
    """Names with nothing between them are one: "osteoarthritis pain of the left knee"."""
    start = end = -1
    for name in names:
        if start >= 0 and text.flat[end : name.start] == " ":
            end = name.end
            continue
        if start >= 0:
            yield Span(start, end)
        start, end = name
    if start >= 0:
        yield Span(start, end)


def _named_in(text: AnnotatedText, sentence: Span) -> Iterator[tuple[int, int]]:
    """Names of conditions in a sentence, with the words that belong to them ("severe ... of the left knee")."""
    place = sentence.start
    cell = text.cell_at(sentence.start)
    if cell is not None and cell.end == sentence.end and text.is_label(cell):
        return  # "Name (First, MI, Last)"
    for name in _joined(text, conditions_in(text)):
        if name.start < place or name.end > sentence.end:
            continue
        before = _BEFORE_NAME.search(text.flat, place, name.start)
        after = _AFTER_NAME.match(text.flat, name.end, sentence.end)
        end = place = after.end() if after else name.end
        start = before.start() if before else name.start
        history = re.match(r"(?:personal |past |family )*(?:history|hx) of ", text.text[start:end], _I)
        start += history.end() if history else 0
        following = text.text[end : end + 22]
        if re.match(
            r"\s*(?:-\w|(?:program|medications?|association|clinic|education|prevention|supplies|specialist|"
            r"foundation|center)\b)",
            following,
            _I,
        ):
            continue
        yield start, end


def _diagnosis(
    text: AnnotatedText, start: int, end: int, codes: list[Extraction], strength: float, *, labelled: bool
) -> Extraction | None:
    printed = text.text[start:end]
    if len(printed) > 160:
        return None
    known = conditions.classify(" ".join(printed.split()))
    if not labelled and (
        known.specificity is None
        or known.specificity == "goal"
        or not _as_a_diagnosis(text, start, end, known.specificity)
    ):
        return None
    if labelled and known.specificity is None:
        if is_instruction(printed) or len(printed.split()) > 12 or _is_other_label(printed):
            return None
        strength *= 0.8
    beside = _codes_beside(text, start, end, codes)
    asserted = text.assertion_at(start, end)
    resolved: dict[str, Json] = {
        "codes": beside or list(known.codes),
        "specificity": "coded" if beside and known.specificity in {"named", "coded"} else known.specificity,
    }
    return text.extraction(
        "diagnosis",
        " ".join(printed.split()),
        start,
        end,
        found_by=_FOUND_BY,
        strength=strength,
        assertion=asserted,
        resolved=resolved,
    )


def _is_other_label(printed: str) -> bool:
    return (
        printed.rstrip().endswith(":")
        or re.search(r"\b(?:treatment|frequency|duration|signature|provider|date)\b\s*:?", printed, _I) is not None
    )


def _as_a_diagnosis(text: AnnotatedText, start: int, end: int, specificity: str) -> bool:
    """Whether a condition named in a sentence is told of the patient; a symptom in passing is none."""
    sentence = text.sentence_at(start)
    before = text.text[sentence.start : start].replace("\n", " ")
    after = text.text[end : sentence.end].replace("\n", " ")
    if specificity == "vague":
        told = (
            r"(?:diagnos\w+ (?:of|with|is|are|include\w*)|suffers? from|treatment of|treat(?:ed|"
            r"ing)? (?:for|of)?|condition(?: of| is|,)?|due to|history of|presents? with)[\w\s,]{0,30}$"
        )
        return bool(re.search(told, before, _I) or re.match(r"\s*\(?\s*(?:ICD|[A-Z]\d\d)", after))
    return not re.search(r"\b(?:american|national|foundation for|center for|institute of)\s+(?:\w+ )?$", before, _I)


def _codes_beside(text: AnnotatedText, start: int, end: int, codes: list[Extraction]) -> list[Json]:
    """Codes on the same line right before or behind the words."""
    found: list[Json] = []
    for code in codes:
        first = code.evidence[0]
        if code.value is None or first.start is None or first.end is None:
            continue
        if first.start < end:  # "E11.9 - Type 2 diabetes"
            if re.fullmatch(r"[ \t]*[:–—-]?[ \t]*", text.text[first.end : start]):
                found.append(code.value)
            continue
        gap = text.text[end : first.start]
        words = re.sub(r"(?i)\b(?:icd[\s-]?10(?:-?cm)?|codes?|dx|and)\b|[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?", "", gap)
        cell = text.cell_at(first.start)
        below = "\n" in gap and not (cell and cell.text.strip("()[] ") == code.raw)
        if len(gap) < 40 and "\n\n" not in gap and not re.search(r"[A-Za-z;]", words) and not below:
            found.append(code.value)
    return found
