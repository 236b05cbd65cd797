"""Diagnoses in words and diagnosis codes.

A code is what has the shape of one and is known to the dated table on the document's date, or what stands where a
diagnosis code stands (after "ICD-10", "Dx", in brackets behind a diagnosis). Gyms, workouts, laboratory values,
vertebrae, vitamins and postal codes have the same shape and are none. What OCR may have misread is read anew only where
a code is expected and exactly one reading is a billable code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from docscan.document import Assertion, Extraction, Json
from docscan.extraction.dates.dates import dates_in
from docscan.extraction.text.annotated import Labelled, Span
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lexicon import conditions_in
from docscan.reference import conditions, icd10cm, procedure_codes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "diagnoses"

_DOTTED = re.compile(
    r"(?<![\w.$-])(?P<code>[A-TV-Z]\d[0-9A-Z]\s?\.\s?[0-9A-Z]{1,4}|U\d[0-9A-Z]\.[0-9A-Z]{1,4}|"
    r"QA\d\.[0-9A-Z]{1,4})(?![\w]|\.\d|-\d)",
    0,
)
_BARE = re.compile(r"(?<![\w.$#-])(?P<code>[A-Z]\d[0-9A-Z][0-9A-Z]{0,4})(?![\w.]*\w)")
_LOOSE = re.compile(
    r"(?<![\w.$])(?P<code>[A-Z0-9|$][0-9OIlSBZGA|]{1}[0-9A-Za-z|$]\s?[.,·]\s?[0-9A-Za-z|$]{1,4}|"
    r"[A-Z][0-9OIlSBZG][0-9A-Za-z]{1,5})(?![\w])"
)
_ICD9 = re.compile(r"(?<![\w.$/-])(?P<code>\d{3}\.\d{1,2}|V\d{2}\.\d{1,2}|E\d{3}\.\d)(?![\w%]|\.\d)")
_ICD9_ANCHOR = re.compile(r"\bicd[- ]?9(?:[- ]?cm)?\b|\b(?:dx|diagnos[ie]s)(?:\s+codes?)?\b", _I)

_ANCHOR = re.compile(
    r"(?:\bicd[\s-]?(?:10|9)?(?:[\s-]?cm)?(?:\s*(?:diagnosis\s*)?codes?(?:\(s\))?)?|\b(?:diagnos[ei]s|dx|"
    r"diag\.?)\s*(?:\(?icd[\s-]?10(?:-cm)?\)?)?\s*codes?(?:\(s\))?|"
    r"\bdx\b\.?|\bdiagnos[ei]s\b(?:\(es\))?|\bcodes?\b(?:\(s\))?)\s*(?:\([^()\n]{0,40}\))?\s*[:#=.,-]*\s*$",
    _I,
)
_LIST_GOES_ON = re.compile(r"\s*(?:[,;/&|+\t\n]|\band\b|\bor\b|-|–|\))?\s*(?:\d[.)]\s*)?(?:[,;/&|]|\band\b)?\s*")
_NOT_A_CODE_BEFORE = re.compile(
    r"(?:\b(?:suite|ste|room|rm|unit|apt|building|bldg|ext|extension|x|vitamin|vit|gym|studio|f45 at|class|model|"
    r"serial|part|item|sku|invoice|order|"
    r"account|acct|member|policy|group|claim|license|lic|npi|dea|mrn|chart|case|file|box|page|form|version|rev|"
    r"room|gate|cpt|hcpcs|procedure(?: codes?)?|"
    r"levels?|disc|disk|vertebra\w*|hemoglobin|hba|grade|stage|lot|upc|phone|fax|tel)\W*(?:number|no\.?|#|id|"
    r"code)?\W*)$",
    _I,
)
_NOT_A_CODE_AFTER = re.compile(
    r"^(?:\s?(?:-|–|/|to)\s?[LTCS]?\d\b|\s*(?:training|gym|workout|class(?:es)?|studio|fitness|membership|vitamin|"
    r"supplement|levels?|injection|shots?|"
    r"vertebra|disc|disk|fusion|radiculopathy level|nerve|of \d|%|mg|mcg|iu|was \d|is \d|: ?\d))",
    _I,
)
_LOOKALIKES = frozenset(
    "F45 P90 P90X A1C B12 B6 D3 D2 K2 T3 T4 C5 C6 C7 L1 L2 L3 L4 L5 S1 T12 T1 T2 H1N1 N95 E10 E85 B1 B2 B3 K12"
    " W2 W9 I9 A4 V8 G7".split()
) - {"G20"}
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


@dataclass(frozen=True, slots=True)
class _Code:
    start: int
    end: int
    anchored: bool


def diagnoses(text: AnnotatedText) -> Iterator[Extraction]:
    """diagnosis (words), diagnosis_code and diagnosis_code_icd9, each with its assertion."""
    on = document_date(text)
    codes = list(_codes(text, on))
    yield from codes
    if on < icd10cm.FIRST_RELEASE:
        yield from _icd9(text)
    yield from _in_words(text, codes)


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


# -- codes ----------------------------------------------------------------------------------------------------------


def _codes(text: AnnotatedText, on: date) -> Iterator[Extraction]:
    taken: list[tuple[int, int]] = []
    for found in _candidates(text):
        if any(found.start < end and start < found.end for start, end in taken):
            continue
        made = _judged(text, found, on)
        if made is not None:
            taken.append((found.start, found.end))
            yield made


def _candidates(text: AnnotatedText) -> Iterator[_Code]:
    """Places that may be codes, the surest shapes first."""
    anchored_until = -1
    spots: list[_Code] = []
    for match in sorted(
        (*_DOTTED.finditer(text.text), *_BARE.finditer(text.text)), key=lambda m: (m.start(), -m.end())
    ):
        start, end = match.span("code")
        anchored = _anchored(text, start) or (anchored_until >= 0 and _same_list(text.text[anchored_until:start]))
        if anchored:
            anchored_until = end
        spots.append(_Code(start, end, anchored))
    yield from sorted(spots, key=lambda s: (not s.anchored, s.start))
    anchored_until = -1
    for match in _LOOSE.finditer(text.text):
        start, end = match.span("code")
        if _anchored(text, start) or (anchored_until >= 0 and _same_list(text.text[anchored_until:start])):
            anchored_until = end
            yield _Code(start, end, True)


def _same_list(between: str) -> bool:
    return len(between) <= 8 and _LIST_GOES_ON.fullmatch(between) is not None


@cache
def _code_label() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:icd[\s-]?10(?:[\s-]?cm)?(?:\s*(?:diagnosis\s*)?codes?(?:\(s\))?)?|(?:diagnos[ei]s|"
        r"dx)\s*codes?(?:\(s\))?)(?=\s*[:#_\t\n(]|\s*$)",
        _I | re.MULTILINE,
    )


def _in_code_box(text: AnnotatedText, offset: int) -> bool:
    return any(item.value and item.value.start <= offset < item.value.end for item in _code_boxes(text))


def _code_boxes(text: AnnotatedText) -> list[Labelled]:
    return text.once("diagnosis code boxes", lambda: list(text.labelled(_code_label())))


def _anchored(text: AnnotatedText, start: int) -> bool:
    return _ANCHOR.search(text.text, max(0, start - 60), start) is not None or _in_code_box(text, start)


def _judged(text: AnnotatedText, found: _Code, on: date) -> Extraction | None:
    printed = text.text[found.start : found.end]
    line = text.lines[text.line_index(found.start)]
    before, after = text.text[max(line.start, found.start - 30) : found.start], text.text[found.end : found.end + 24]
    if _NOT_A_CODE_BEFORE.search(before) and not _ANCHOR.search(before):
        return None
    written = icd10cm.normalise(printed)
    shaped = written is not None and (_DOTTED.fullmatch(printed) is not None or _BARE.fullmatch(printed) is not None)
    status = icd10cm.look_up(written, on) if written and shaped else None
    known = status is not None and status.status != "unknown"
    lookalike = printed.upper() in _LOOKALIKES
    if found.anchored and lookalike and not known:
        return None
    if not found.anchored and (lookalike or _NOT_A_CODE_AFTER.match(after) or not _speaks_for_itself(text, found, on)):
        return None
    if known and status is not None:
        strength = 0.98 if found.anchored else 0.93 if "." in printed else 0.8
        return _code(text, found, status.code, _resolved(status, on), strength)
    if found.anchored:
        return _repaired(text, found, printed, on, status)
    return _code(text, found, written, _resolved(status, on), 0.7)


def _speaks_for_itself(text: AnnotatedText, found: _Code, on: date) -> bool:
    """Whether a code that no label announces is one: known and with its dot, or beside words that it stands for."""
    printed = text.text[found.start : found.end]
    written = icd10cm.normalise(printed)
    known = written is not None and icd10cm.look_up(written, on).status != "unknown"
    if "." in printed:
        return known or (written is not None and _beside_a_condition(text, found))
    return known and _behind_a_diagnosis(text, found, printed, on)


def _repaired(
    text: AnnotatedText, found: _Code, printed: str, on: date, status: icd10cm.CodeStatus | None
) -> Extraction | None:
    if procedure_codes.normalise(printed) and "." not in printed and not icd10cm.repairs(printed, on):
        return None
    readings = icd10cm.repairs(printed, on) or _header_reading(printed, on)
    if len(readings) == 1:
        repaired = readings[0] != icd10cm.normalise(printed)
        resolved = _resolved(icd10cm.look_up(readings[0], on), on, repaired=repaired)
        return _code(text, found, readings[0], resolved, 0.75)
    if readings:
        return _code(text, found, None, None, 0.4, readings=readings)
    if status is not None:  # the right shape where a code belongs, but no code: the letter's mistake, not ours
        return _code(text, found, status.code, _resolved(status, on), 0.85)
    return None


def _header_reading(printed: str, on: date) -> tuple[str, ...]:
    """The header or former code that a misread one can be, where every letter after the first is taken for a digit."""
    written = icd10cm.normalise(printed[0] + printed[1:].translate(_DIGITS))
    known = written is not None and icd10cm.look_up(written, on).status != "unknown"
    return (written,) if written and known else ()


_DIGITS = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "S": "5", "$": "5", "B": "8", "Z": "2", "G": "6"}
)


def _code(
    text: AnnotatedText,
    found: _Code,
    value: str | None,
    resolved: dict[str, Json] | None,
    strength: float,
    *,
    readings: tuple[str, ...] = (),
) -> Extraction:
    certainty = text.certainty(found.start, found.end)
    if value is not None and certainty < _CONFIRMED and resolved and _confirmed(text, value, resolved):
        certainty = _CONFIRMED
    return text.extraction(
        "diagnosis_code", value, found.start, found.end, found_by=_FOUND_BY, strength=strength, readings=readings,
        assertion=_asserted(text, found.start, found.end), resolved=resolved, certainty=certainty,
    )  # fmt: skip


_CONFIRMED = 0.8  # how surely a code was read that says what the document says in words


def _confirmed(text: AnnotatedText, code: str, resolved: dict[str, Json]) -> bool:
    """Whether a diagnosis that the document names stands for the code: a misread code would hardly fit."""
    on = date.fromisoformat(str(resolved["valid_on"]))
    near = dict.fromkeys(text[span].lower() for span in conditions_in(text)[:8])
    return any(conditions.agrees(name, code, on) is True for name in near)


def _resolved(status: icd10cm.CodeStatus | None, on: date, *, repaired: bool = False) -> dict[str, Json] | None:
    if status is None:
        return None
    return {
        "description": status.description,
        "valid_on": on.isoformat(),
        "status": status.status,
        "successors": list(status.successors),
        "repaired": repaired,
        "after_newest_release": status.after_newest_release,
    }


def _behind_a_diagnosis(text: AnnotatedText, found: _Code, code: str, on: date) -> bool:
    """A code without dot and label counts where the words beside it say what it stands for."""
    line = text.lines[text.line_index(found.start)]
    beside = (
        text.text[max(line.start, found.start - 70) : found.start]
        + " "
        + text.text[found.end : min(line.end, found.end + 70)]
    )
    bracketed = (
        text.text[max(0, found.start - 1) : found.start] in "([" and text.text[found.end : found.end + 1] in ")]"
    )
    known = icd10cm.look_up(code, on)
    if known.description is None:
        return False
    return conditions.agrees(beside, code, on) is True and (bracketed or known.status in {"billable", "header"})


def _beside_a_condition(text: AnnotatedText, found: _Code) -> bool:
    line = text.lines[text.line_index(found.start)]
    beside = text.text[max(line.start, found.start - 60) : found.start]
    return conditions.classify(beside).specificity in {"named", "vague"} and len(beside.strip()) > 3


def _icd9(text: AnnotatedText) -> Iterator[Extraction]:
    for match in text.find(_ICD9):
        before = text.text[max(0, match.start() - 80) : match.start()]
        if _ICD9_ANCHOR.search(before):
            yield text.extraction(
                "diagnosis_code_icd9", match["code"], *match.span("code"), found_by=_FOUND_BY, strength=0.85,
                assertion=_asserted(text, *match.span("code")),
            )  # fmt: skip


def _asserted(text: AnnotatedText, start: int, end: int) -> Assertion:
    """A code for what is past ("s/p ... Z98.890") is itself stated."""
    asserted = text.assertion_at(start, end)
    return "stated" if asserted == "historical" else asserted


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
        if is_instruction(text[sentence]) and not _ANCHOR.search(text[sentence]):
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
    if len(printed) > 160 or _LOOSE.fullmatch(printed):
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
