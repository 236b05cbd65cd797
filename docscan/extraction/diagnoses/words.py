"""Diagnoses in words: where a letter or form names what the patient has.

Three places, the surest first: what a label asks for ("Diagnosis", "Medical condition"); the words of an entry that a
code stands for; names of illnesses in the running text. Each is bounded to the name itself, without codes, numbers,
bullets and what is said about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docscan.document import Extraction, Json
from docscan.extraction.diagnoses.asked_for import asked_for
from docscan.extraction.diagnoses.code_entries import entry_of
from docscan.extraction.diagnoses.ticking import is_left_blank
from docscan.extraction.text.illness_phrases import illness_phrases
from docscan.extraction.text.instructions import is_instruction
from docscan.reference import conditions

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "diagnoses"


def diagnoses_in_words(text: AnnotatedText, codes: list[Extraction]) -> Iterator[Extraction]:
    """diagnosis, each mention with its assertion. `codes`: the codes found in the document, each mention."""
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
    for start, end, sure in asked_for(text, codes):
        made = _diagnosis(text, start, end, codes, sure)
        if made is not None:
            taken.append((start, end))
            yield made
    for start, end, code in _entries(text, codes):
        if not _overlap(start, end, taken):
            made = _diagnosis(text, start, end, codes, 0.9, code=code)
            if made is not None:
                taken.append((start, end))
                yield made
    for start, end in illness_phrases(text):
        if not _overlap(start, end, taken) and _is_said(text, start, end):
            made = _diagnosis(text, *_without_history(text, start, end), codes, 0.88, labelled=False)
            if made is not None:
                yield made


def _overlap(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in taken)


def _entries(text: AnnotatedText, codes: list[Extraction]) -> Iterator[tuple[int, int, Extraction]]:
    """The words that stand for a code in its list or table, with the code."""
    places = sorted((e.evidence[0].start or 0, e.evidence[0].end or 0, n) for n, e in enumerate(codes))
    for index, (start, end, number) in enumerate(places):
        after = places[index + 1][0] if index + 1 < len(places) else len(text.text)
        before = places[index - 1][1] if index else 0
        span = entry_of(text, start, end, codes[number], between=(before, after))
        if span is not None:
            yield *span, codes[number]


def _is_said(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether a name in the running text is told by somebody: no form's instruction, no heading, no name of a clinic,
    and not beside an empty box."""
    sentence = text.sentence_at(start)
    if is_instruction(text[sentence]) and not re.search(r"\b(?:icd|dx|diagnos)", text[sentence], _I):
        return False
    cell = text.cell_at(start)
    if cell is not None and cell.end <= end + 2 and text.is_label(cell):
        return False  # "Name (First, MI, Last)"
    if cell is not None and _ORGANISATION.search(cell.text) and not re.search(r"[a-z]{3,}[.]$", cell.text):
        return False
    before, after = text.flat[max(sentence.start, start - 40) : start], text.flat[end : end + 24]
    if _OF_SOMETHING_ELSE.match(after) or _NAMES_SOMETHING.search(before):
        return False
    return not is_left_blank(text, start, end)


_ORGANISATION = re.compile(
    r"^(?!.*\b(?:has|is|was|with|for|history|denies|no)\b).{0,60}(?:\b(?:clinic|center|centre|associates?|institute|"
    r"hospital|"
    r"PLLC|LLC|P\.?C\.?|P\.?A\.?|inc|specialists?|physicians|department|society|foundation|association|"
    r"immunology|metabolism|medicine|rehab(?:ilitation)?|recovery|(?:cardi|neur|rheumat|endocrin|allerg|"
    r"derm)\w+ology)\b|^addiction medicine)",
    _I,
)
_OF_SOMETHING_ELSE = re.compile(
    r"\s*(?:-\w|(?:programs?|medications?|associations?|clinics?|education|prevention|supplies|specialist|foundation|"
    r"cent(?:er|re)s?|screening|awareness|registry|grid|questionnaire|hotline|group|class(?:es)?|society|nurse|"
    r"maintenance|history|unit|team|service|panel|test(?:s|ing)?|shots?|vaccin\w+)\b)",
    _I,
)
_NAMES_SOMETHING = re.compile(
    r"\b(?:american|national|foundation for|cent(?:er|re) for|institute of|specialty\W+)\s*(?:\w+ )?$", _I
)


def _without_history(text: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    history = re.match(r"(?:personal |past |family )*(?:history|hx) of ", text.text[start:end], _I)
    return start + (history.end() if history else 0), end


def _diagnosis(
    text: AnnotatedText,
    start: int,
    end: int,
    codes: list[Extraction],
    strength: float,
    *,
    labelled: bool = True,
    code: Extraction | None = None,
) -> Extraction | None:
    printed = text.text[start:end]
    if len(printed) > _LONGEST:
        return None
    known = conditions.classify(" ".join(printed.split()))
    specificity = known.specificity
    if code is not None and specificity is None:
        specificity = "named"  # what its writer gave a code
    if not labelled and (specificity in (None, "goal") or not _as_a_diagnosis(text, start, end, str(specificity))):
        return None
    if labelled and specificity is None:
        if is_instruction(printed) or len(printed.split()) > _UNKNOWN or _is_other_label(printed):
            return None
        strength *= 0.8
    beside = [code.value] if code is not None and code.value else _codes_beside(text, start, end, codes)
    resolved: dict[str, Json] = {
        "codes": beside or list(known.codes),
        "specificity": "coded" if beside and specificity in {"named", "coded"} else specificity,
    }
    return text.extraction(
        "diagnosis", " ".join(printed.split()), start, end, found_by=_FOUND_BY, strength=strength, resolved=resolved,
        assertion=code.assertion if code is not None else text.assertion_at(start, end),
    )  # fmt: skip


_LONGEST = 160  # characters of a diagnosis
_UNKNOWN = 10  # words of a diagnosis of which no word is known


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
    return True


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
