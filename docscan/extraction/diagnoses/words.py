"""Diagnoses in words: where a letter or form names what the patient has.

Three places, the surest first: what a label asks for ("Diagnosis", "Medical condition"); the words of an entry that a
code stands for; names of illnesses in the running text. Each is bounded to the name itself, without codes, numbers,
bullets and what is said about it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from docscan.document import Assertion, Evidence, Extraction, Json
from docscan.extraction.diagnoses.asked_for import asked_for
from docscan.extraction.diagnoses.code_entries import CUES, RANKED, entry_of
from docscan.extraction.diagnoses.code_spots import spots
from docscan.extraction.diagnoses.codes import is_of_history
from docscan.extraction.diagnoses.official_words import official_words
from docscan.extraction.kinds.of_money import is_bill
from docscan.extraction.text.feared import opens_with_fear
from docscan.extraction.text.general_statements import is_general
from docscan.extraction.text.hints import in_hint
from docscan.extraction.text.illness_phrases import illness_phrases
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.not_the_reason import is_not_the_reason
from docscan.extraction.text.ticking import is_left_blank
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
            and not _of_other_codes(item, other)
        ]
        best = max([item, *fuller], key=_fullness)
        yield item if best is item else replace(item, value=best.value, resolved=best.resolved)


def _of_other_codes(one: Extraction, other: Extraction) -> bool:
    """Whether each stands for a code of its own: "drug-induced neuropathy" and "polyneuropathy" in one list."""
    codes = [set(item.resolved["codes"]) for item in (one, other) if item.resolved and _is_coded(item)]
    return len(codes) > 1 and not codes[0] & codes[1]


def _is_coded(item: Extraction) -> bool:
    return bool(item.resolved and item.resolved["specificity"] == "coded")


def _fullness(item: Extraction) -> tuple[bool, int, int]:
    return _is_coded(item), len(_telling(str(item.value))), -(item.evidence[0].start or 0)


def _telling(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]{2,}|[0-9]", words.lower())) - {"of", "the", "and", "with", "mellitus"}


def _names_of(item: Extraction) -> tuple[str, ...]:
    return conditions.classify(str(item.value)).names


def _all_in_words(text: AnnotatedText, codes: list[Extraction]) -> Iterator[Extraction]:
    taken: list[tuple[int, int]] = []
    entries = list(_entries(text, codes))
    for start, end, code, official in entries:
        made = _diagnosis(text, start, end, codes, 0.9, code=code) if official else None
        if made is not None:
            taken.append((start, end))
            yield made
    for start, end, sure in asked_for(text, codes):
        made = None if _overlap(start, end, taken) else _diagnosis(text, start, end, codes, sure)
        if made is not None:
            taken.append((start, end))
            yield made
    for start, end, code, _ in entries:
        if not _overlap(start, end, taken):
            made = _diagnosis(text, start, end, codes, 0.9, code=code)
            if made is not None:
                taken.append((start, end))
                yield made
    known = [text.text[first:last] for first, last in taken]
    for start, end in illness_phrases(text):
        if _overlap(start, end, taken) or (is_bill(text) and _ABBREVIATED.fullmatch(text.text[start:end])):
            continue  # initials, a lens's strength
        if _is_said(text, start, end):
            start = _illness_itself(text, start, end, known)  # noqa: PLW2901 - the same name, bounded
            cues = CUES.match(text.text, start, end)
            start = cues.end() if cues and cues.end() < end else start  # noqa: PLW2901 - the same name, bounded
            signs = _SIGNS_OF.match(text.flat, start, end)
            start = signs.end() if signs and signs.end() < end else start  # noqa: PLW2901
            made = _diagnosis(text, start, end, codes, 0.88, labelled=False)
            if made is not None:
                yield made


_ABBREVIATED = re.compile(r"[A-Z]{2,3}")
_OF_AN_ILLNESS = re.compile(
    r"\s(?:of|from|in|with|due to|(?:caused|brought on|provoked) by)\s+(?:(?:her|his|their|the|this)\s+)?", _I
)


def _illness_itself(text: AnnotatedText, start: int, end: int, known: list[str]) -> int:
    """Where the illness begins in "the muscle pain of fibromyalgia", where fibromyalgia is what the paper gives as its
    diagnosis: what it brings with it is no other."""
    for joint in _OF_AN_ILLNESS.finditer(text.flat, start, end):
        told, words = conditions.classify(text.flat[joint.end() : end]), _telling(text.flat[joint.end() : end])
        ahead = _telling(text.flat[start : joint.start()])
        given = any(words and words <= _telling(one) and not ahead <= _telling(one) for one in known)
        if told.specificity in ("named", "coded") and given:
            return joint.end()
    return start


_WRITTEN = re.compile(
    r"(?:[\w'’-]+ ){0,5}?(?:wrote|writes|written|says|said|reads|lists|listed|shows|showed|noted|notes|mentions|"
    r"mentioned|records|recorded|entered|typed|put) (?:down |it as |that |of )?(?:(?:an?|the|old) )?",
    _I,
)
"""Who wrote an illness down, before its name: "an outside office wrote prediabetes"."""
_SIGNS_OF = re.compile(
    r"(?:(?:persistent|ongoing|chronic|severe|recurrent|worsening) )?(?:symptoms?|signs?|complications?|episodes?|"
    r"attacks?|"
    r"exacerbations?) (?:of|from) (?:(?:her|his|the|their) )?",
    _I,
)


def _overlap(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in taken)


def _entries(text: AnnotatedText, codes: list[Extraction]) -> Iterator[tuple[int, int, Extraction, bool]]:
    """The words that stand for a code in its list or table, the code, and whether they are its official ones."""
    all_starts = sorted({spot.start for spot in spots(text)} | {e.evidence[0].start or 0 for e in codes})
    ends = sorted({spot.end for spot in spots(text)} | {e.evidence[0].end or 0 for e in codes})
    for code in codes:
        start, end = code.evidence[0].start or 0, code.evidence[0].end or 0
        before, after = bisect_right(ends, start) - 1, bisect_left(all_starts, end)
        between = (ends[before] if before >= 0 else 0, all_starts[after] if after < len(all_starts) else len(text.text))
        official = official_words(text, end, between[1], code)
        span = official or entry_of(text, start, end, code, between=between)
        if span is not None and (official or not (_is_box_21(text, *span) or _is_what_was_billed(text, start, *span))):
            yield *span, code, official is not None


def _is_box_21(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether words beside a code are the print of a claim form's box of codes: "ICD Ind. 0"."""
    return _BOX_21.search(text.text, start, end) is not None


def _is_what_was_billed(text: AnnotatedText, code: int, start: int, end: int) -> bool:
    """Whether words in a cell beside a code, in a row with a price, are what was sold for the illness, and name none
    themselves: "H52.13   Frame, tortoise   219.00"."""
    index = text.line_index(start)
    if not is_bill(text) or text.line_index(code) != index or not _PRICED.search(text.text, end, text.lines[index].end):
        return False
    apart = text.cell_at(code) != text.cell_at(start)
    return apart and conditions.classify(text.text[start:end]).specificity not in ("named", "coded")


_BOX_21 = re.compile(r"\bICD\W{0,2}Ind\b", _I)
_PRICED = re.compile(r"(?<![\d.])\d{1,3}(?:,?\d{3})*\.\d\d(?![\d.])")


def _is_said(text: AnnotatedText, start: int, end: int) -> bool:  # noqa: PLR0911 - one reason after another
    """Whether a name in the running text is told by somebody: no form's instruction, no heading, no name of a clinic,
    and not beside an empty box."""
    if in_hint(text, start) or _is_vaccine(text, start):
        return False
    sentence = text.sentence_at(start)
    coded = re.match(r"[\s,(\[:–—-]{1,3}[A-Z]\d[0-9A-Z]\.?[0-9A-Z]", text.text[end : end + 8]) is not None
    if not coded and is_instruction(text[sentence]) and not re.search(r"\b(?:icd|dx|diagnos)", text[sentence], _I):
        return False
    cell = text.cell_at(start)
    if cell is not None and cell.end <= end + 2 and text.is_label(cell):
        return False  # "Name (First, MI, Last)"
    if cell is not None and text.line_index(start) < _HEAD and _of_a_letterhead(text, cell.start, cell.end, start, end):
        return False
    if cell is not None and _ORGANISATION.search(cell.text) and not re.search(r"[a-z]{3,}[.]$", cell.text):
        return False
    before, after = text.flat[max(sentence.start, start - 40) : start], text.flat[end : end + 24]
    if (
        _IF_YOU.search(text.flat, sentence.start, start)
        or _OF_SOMETHING_ELSE.match(after)
        or _NAMES_SOMETHING.search(before)
        or _STOPPED_FOR.search(before)
        or (_OF_OTHERS.match(text.flat, end) and _FOR_THEM.search(before))
        or _stands_for_a_firm(text, start, end)
    ):
        return False
    wish = _FEELS.fullmatch(text.flat, start, end) and _FEELS_WHAT.match(text.flat, end)
    if wish or is_general(text, start, end) or _NO_ILLNESS.fullmatch(text.flat, start, end):
        return False
    return not is_left_blank(text, start, end) and not _of_blank_code(text, start)


_VACCINES = re.compile(
    r"[\W\d]*(?:immuni[sz]ations?|vaccin(?:e|ation)s?|shots|imm\.?)(?: (?:history|record|given|up to date|today))?"
    r"(?:\s*[:–—-]|\s{2,}|\t)",
    _I,
)


def _is_vaccine(text: AnnotatedText, start: int) -> bool:
    """Whether an illness stands in a line of vaccines: "Immunizations: influenza 10/03/2023"."""
    line = text.lines[text.line_index(start)]
    return _VACCINES.match(text.text, line.start, start) is not None


def _stands_for_a_firm(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether letters that stand for an illness are here the plan's or a file's: "member CFS 330918", or "CFS" on a
    paper to Chesapeake Flex Services that tells of no such illness in words."""
    said = text.flat[start:end]
    if not _ABBREVIATION.fullmatch(said):
        return False
    if _NUMBER_BEHIND.match(text.flat, end) or _NUMBERED.search(text.flat, max(0, start - 24), start):
        return True
    initials = "".join(rf"{letter}[a-z]+(?:[ ](?:&|and|of|for))?[ ]" for letter in said[:-1]) + rf"{said[-1]}[a-z]+"
    firm = re.search(rf"\b{initials}\b", text.flat)
    return firm is not None and _PLAN.search(firm.group()) is not None


_ABBREVIATION = re.compile(r"[A-Z]{2,5}")
_NUMBER_BEHIND = re.compile(r"[ ]?(?:#|no\.?|id)?[ -]?(?!(?:19|20)\d\d\b)\d{4,}", _I)
_NUMBERED = re.compile(
    r"\b(?:member|subscriber|claim|policy|group|plan|case|file|account|acct|participant|reference|ref)"
    r"(?: (?:id|no\.?|number|name))?[ #:.]{1,3}$",
    _I,
)
_PLAN = re.compile(r"\b(?:Services?|Solutions?|Benefits?|Administrators?|Plans?|Claims?|Insurance|Systems?|Health)\b")


def _of_blank_code(text: AnnotatedText, start: int) -> bool:
    """Whether words stand right behind a code whose box is empty."""
    before = [spot for spot in spots(text) if spot.end <= start]
    if not before or re.search(r"\w|\n", text.text[before[-1].end : start]):
        return False
    return is_left_blank(text, before[-1].start, before[-1].end)


_NO_ILLNESS = re.compile(
    r"(?:[\w-]+[- ])?(?:[\w-]+ ){0,2}[\w]+-(?:prevention|education|awareness|screening|friendly|management|safe)|"
    r"(?:[\w-]+ ){0,3}(?:stents?|garments?|an(?:a)?esthesia|pumps?|stockings?)|(?:chest )?compressions?",
    _I,
)
"""Devices, procedures and products whose names are made of the words of illnesses."""
_STOPPED_FOR = re.compile(
    r"\b(?:stopped|discontinued|halted|held|withdrawn|abandoned|given up|not tolerated)\s+(?:for|because of|due to|on "
    r"account of|after|owing to)\s+(?:(?:an?|the|her|his|severe|some)\s+)*$",
    _I,
)
"""What made an earlier remedy be given up: "oral contraceptive (stopped for migraine)"."""
_OF_OTHERS = re.compile(
    r"(?: disease)?\s+(?:patients|sufferers|survivors|victims)\b(?!,? (?:like|such as|including))", _I
)
_FOR_THEM = re.compile(
    r"\b(?:offered|given|taught|available|designed|meant|made|intended|popular|used) (?:to|for|with|by)\s*$", _I
)
"""What is offered to those who have an illness: "a class of the kind offered to MS patients"."""
_FEELS = re.compile(r"anxious|nervous|worried|stressed|depressed", _I)
_FEELS_WHAT = re.compile(r"\s+(?:that|to|about|lest|for|not to|he|she|they|over)\b", _I)
"""Who is anxious to stay well has a wish, no illness."""
_IF_YOU = re.compile(
    r"\b(?:if|when(?:ever)?|should|in case) you(?: or your \w+)? (?:ever |should |have |do )?(?:feel|have|experience|"
    r"notice|"
    r"develop|are|get|had|think|suspect|suffer|start|become|see)\b[^.;]*$",
    _I,
)
"""What a paper tells its reader to look out for is nobody's illness."""
_NAMED_FIRM = (
    "Clinics? Cent(?:er|re) Associates? Institute Hospital Specialists? Physicians Department Society Foundation "
    "Association Immunology Metabolism Medicine Rehab(?:ilitation)? Recovery Practice"
)
_FIRM = "|".join(f"{word}|{word.upper()}" for word in _NAMED_FIRM.split())
_ORGANISATION = re.compile(
    rf"^(?!.*\b(?:has|is|was|with|for|history|denies|no|of the)\b).{{0,60}}(?:\b(?:{_FIRM}|PLLC|LLC|P\.?C\.?|"
    rf"P\.?A\.?|Inc)\b)"
)
_HEAD = 6  # lines of a letterhead, a fax line above it
_FIELD = (
    r"(?:allerg(?:y|ies)|sinus|ent|immunology|endocrin\w*|sleep|lung|spine|joint|skin|nutrition|wellness|metabolism|"
    r"pulmonary|cardiology|headache|vein|foot|ankle|hand|heart|kidney|pain|weight|rehab\w*|surgery|medicine|"
    r"rheumatology|osteoporosis|\w+ology)"
)
_AND_FIELD = re.compile(rf"\s*(?:,|&|/|\+|and|\|)\s*(?:and |& )?{_FIELD}\b", _I)
_FIELD_AND = re.compile(rf"\b{_FIELD}\s*(?:,|&|/|\+|and|\|)\s*(?:and |& )?$", _I)


def _of_a_letterhead(text: AnnotatedText, first: int, last: int, start: int, end: int) -> bool:
    """Whether an illness is what an office at the head of its paper says it deals with: "Allergy, Asthma & Sinus"."""
    if re.search(r"[:.]\s|\d", text.text[first:last]) or len(text.text[first:last].split()) > 9:
        return False
    return bool(_AND_FIELD.match(text.flat, end, last) or _FIELD_AND.search(text.flat[first:start]))


_OF_SOMETHING_ELSE = re.compile(
    r"\s*(?:-\w|(?:programs?|medications?|associations?|clinics?|education|prevention|supplies|specialist|foundation|"
    r"cent(?:er|re)s?|screening|awareness|registry|grid|questionnaire|hotline|group|class(?:es)?|society|nurse|"
    r"pits?|stents?|garments?|sleeves?|bras?|prosthes[ie]s|(?:support )?belts?|shoes|pillows?|"
    r"stockings?|hose|braces?|pumps?|monitors?|vests?|creams?|placement|insertion|"
    r"maintenance|history|unit|team|service|panel|test(?:s|ing)?|shots?|vaccin\w+)\b)",
    _I,
)
_NAMES_SOMETHING = re.compile(
    r"\b(?:american|national|foundation for|cent(?:er|re) for|institute of|specialty\W+)\s*(?:\w+ )?$", _I
)


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
    told = _WRITTEN.match(text.flat, start, end)
    if told is not None and told.end() < end:
        start = told.end()
    rank = RANKED.search(text.text[start:end])
    end = start + rank.start() if rank else end
    printed = text.text[start:end]
    if len(printed) > _LONGEST or not printed or _MEASURE.fullmatch(printed):
        return None
    known = conditions.classify(" ".join(printed.split()))
    specificity = known.specificity
    if code is not None and specificity is None:
        specificity = "named"  # what its writer gave a code
    if specificity is None and _EPONYM.match(printed):
        specificity = "named"
    if not labelled and (specificity in (None, "goal") or not _as_a_diagnosis(text, start, end, str(specificity))):
        return None
    if labelled and specificity is None:
        if _IS_WELL.fullmatch(printed) or _OF_GOODS.fullmatch(printed):
            return None
        if is_instruction(printed) or len(printed.split()) > _UNKNOWN or _is_other_label(printed):
            return None
        strength *= 0.8
    beside = [code.value] if code is not None and code.value else _codes_beside(text, start, end, codes)
    resolved: dict[str, Json] = {
        "codes": beside or list(known.codes),
        "specificity": "coded" if beside and specificity in {"named", "coded"} else specificity,
    }
    if is_not_the_reason(text, start, end):
        resolved["reason"] = False
    return text.extraction(
        "diagnosis", " ".join(printed.split()), start, end, found_by=_FOUND_BY, strength=strength, resolved=resolved,
        assertion=_asserted(text, start, end, code, codes),
    )  # fmt: skip


def _asserted(text: AnnotatedText, start: int, end: int, code: Extraction | None, codes: list[Extraction]) -> Assertion:
    """As its code is, but for what is past while its code still stands ("prior MI, I25.2")."""
    said = text.assertion_at(start, end)
    if code is None and said == "stated" and (ruled := _of_its_code(text, end, codes)) is not None:
        return ruled
    if code is None:
        return "hypothetical" if said == "stated" and opens_with_fear(text.text[start:end]) else said
    lasts = said == "historical" and code.assertion == "stated" and is_of_history(str(code.value))
    return said if lasts else code.assertion


_MEASURE = re.compile(
    r"(?:bmi|bsa|bp|hr|hba?1c|a1c|l?v?ef|fev1?|ahi|rdi|e?gfr|ldl|hdl|tsh|crp|esr|pasi|easi|spo2|iop|t-?score|"
    r"phq-?9|gad-?7|odi|vas|ferritin|weight|wt|height|ht)\b[\s:=<>≤≥~of]*-?\d[\d./]*\s?(?:%|percent|kg\W*m\W?2?|"
    r"mm\s?hg|lbs?|kg|bpm|[a-z]+/[a-z]+)?\W*",
    _I,
)
"""A finding with its value: "BSA 7%"."""
_TO_CODE = re.compile(r"[\s.…_:,(\[–—-]*")


def _of_its_code(text: AnnotatedText, end: int, codes: list[Extraction]) -> Assertion | None:
    """What is said of the code that stands behind a name over nothing but a leader: "asthma .... J45.909 RULED OUT"."""
    line = text.lines[text.line_index(end - 1)]
    for code in codes:
        start = code.evidence[0].start or 0
        if end <= start < line.end and _TO_CODE.fullmatch(text.text, end, start):
            return code.assertion if code.assertion == "negated" else None
    return None


_IS_WELL = re.compile(
    r"(?:(?:otherwise|generally|currently|apparently|essentially|a|an|is|patient|pt|in) )*(?:healthy|well|fit|"
    r"asymptomatic|unremarkable|good health|excellent health)(?: [\w-]+){0,3}[.!]?",
    _I,
)
"""Who is well has no illness to name."""
_OF_GOODS = re.compile(
    r"(?:brand[- ]|like[- ]|as |gently |pre-?|open[- ])?(?:new|used|owned|box|refurbished|renewed|"
    r"excellent|(?:very )?good|"
    r"fair|acceptable|sealed|unopened|certified refurbished)(?: (?:with tags|in box|condition|item))?|icd ind\.?\s*\d?",
    _I,
)
"""What a shop says of its goods under "Condition", and a claim form's box for the kind of its codes."""
_EPONYM = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)*['’]s\s")
"""Whom an illness is named after."""
_LONGEST = 160  # characters of a diagnosis
_UNKNOWN = 10  # words of a diagnosis of which no word is known


def _is_other_label(printed: str) -> bool:
    return (
        printed.rstrip().endswith(":")
        or re.search(r"\b(?:treatment|frequency|duration|signature|provider|date)\b\s*:?", printed, _I) is not None
    )


def _as_a_diagnosis(text: AnnotatedText, start: int, end: int, specificity: str) -> bool:
    """Whether a condition named in a sentence is told of the patient; a symptom in passing is none."""
    if specificity != "vague" or text.assertion_at(start, end) in ("negated", "other_person", "historical"):
        return True
    sentence = text.sentence_at(start)
    before, after = text.flat[sentence.start : start], text.flat[end : sentence.end]
    if _TOLD.search(before) or re.match(r"\s*\(?\s*(?:ICD|[A-Z]\d\d)", after):
        return True
    cell = text.cell_at(start)
    alone = cell is not None and not re.search(
        r"[A-Za-z]{2}", text.text[cell.start : start] + text.text[end : cell.end]
    )
    return (
        alone
        and re.search(r"assess|diagnos|impression|problem|(?:^|\s)A\s?[-:]", _heading(text, start), _I) is not None
    )


def _heading(text: AnnotatedText, start: int) -> str:
    """The heading over an entry, or what opens the list that it stands in ("A - 1) ...")."""
    index = text.line_index(start)
    while index > 0 and text.text[text.lines[index - 1].end : text.lines[index].start] == "\n":
        index -= 1
    return text.section_at(start) + " " + text.text[text.lines[index].start :][:24] if index >= 0 else ""


_TOLD = re.compile(
    r"(?:diagnos\w+ (?:of|with|is|are|include\w*)|suffers? from|treatment of|treat(?:ed|ing)? (?:for|of)?|"
    r"condition(?: of| is|,)?|due to|history of|presents? with)[\w\s,]{0,30}$",
    _I,
)


def _codes_beside(text: AnnotatedText, start: int, end: int, codes: list[Extraction]) -> list[Json]:
    """Codes right before or behind the words; over a line's end only one that says the same, and of those before and
    behind only the ones that do, where some do."""
    found: list[tuple[Json, bool | None]] = []
    words = " ".join(text.text[start:end].split())
    for code in codes:
        first = code.evidence[0]
        if code.value is None or first.start is None or first.end is None or not _near(text, start, end, first):
            continue
        on = date.fromisoformat(str((code.resolved or {}).get("valid_on") or date.today()))
        agreed = conditions.agrees(words, str(code.value), on)
        between = text.text[min(end, first.end) : max(start, first.start)]
        if agreed is True or "\n" not in between:
            found.append((code.value, agreed))
    return [value for value, agreed in found if agreed is True] or [value for value, _ in found]


def _near(text: AnnotatedText, start: int, end: int, code: Evidence) -> bool:
    first, last = code.start or 0, code.end or 0
    if first < end:  # "E11.9 - Type 2 diabetes"
        return re.fullmatch(r"[ \t]*[:–—-]?[ \t]*", text.text[last:start]) is not None
    gap = text.text[end:first]
    words = re.sub(r"(?i)\b(?:icd[\s-]?10(?:-?cm)?|codes?|dx|and)\b|[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?", "", gap)
    return len(gap) < _REACH and "\n\n" not in gap and not re.search(r"[A-Za-z;]", words)


_REACH = 40  # characters between words and their code
