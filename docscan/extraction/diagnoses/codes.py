"""Diagnosis codes: which of the places that have their shape are codes, what was misread, what each code is.

A code with its dot that the dated table knows speaks for itself. Without a dot it has the shape of service codes, gyms,
vitamins, vertebrae, laboratory values and room numbers: it counts where a code is expected (behind a label, in a list
or column of codes, at an entry's end in a paper full of codes) or where the words beside it say what it stands for.
A code that does not exist is reported as it is printed where one is expected: the writer's mistake is not repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from docscan.document import Assertion, Extraction, Json
from docscan.extraction.diagnoses import code_places
from docscan.extraction.diagnoses.code_spots import Spot, lists, spots
from docscan.extraction.diagnoses.misread import looks_misread, misread_codes
from docscan.extraction.text.hints import in_hint
from docscan.extraction.text.lexicon import conditions_in
from docscan.extraction.text.ticking import is_left_blank
from docscan.extraction.text.verdict_words import verdict
from docscan.reference import conditions, icd10cm

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
FOUND_BY = "diagnoses"

_NOT_A_CODE_BEFORE = re.compile(
    r"(?:\b(?:suite|ste|room|rm|unit|apt|building|bldg|floor|bay|door|gate|hall|exit|interstate|route|rte|hwy|ext|"
    r"extension|vitamins?|vit|gym|studio|f45 at|class|model|serial|part|item|sku|invoice|order|ticket|receipt|till|"
    r"register|reg|account|acct|member|policy|group|claim|license|licence|lic|npi|dea|mrn|chart|case|file|box|page|"
    r"form|version|ver|rev|batch|prior auth\w*|auth\w*|reference|ref|confirmation|locator|zip|cpt|hcpcs|"
    r"levels?|disc|disk|vertebrae?|hemoglobin|haemoglobin|hba|grade|stage|lot|upc|ndc|phone|fax|tel|pharmacy|"
    r"apartment|hotel|flight|seat|table|locker|size|color|tile|spf)\W*(?:number|no\.?|\#|id|code)?\W*|[#@])$",
    _I,
)
_NOT_A_CODE_AFTER = re.compile(
    r"^(?:\s?(?:-|–|/|to)\s?[LTCS]?\d\b|\s*(?:training|gym|workouts?|class(?:es)?|studio|fitness|membership|vitamin|"
    r"supplement|levels?|injection|shots?|disc[sk]?s?\b|program|vertebra|disk|fusion|nerve|of \d|%|mg\b|mcg|iu\b|"
    r"was \d|is \d|: ?\d|mask)| \d)",
    _I,
)
_NUMBERED = re.compile(
    r"\b(?:form|licen[cs]e|lic|version|ver|rev|model|sku|serial|software|firmware|lot)\W*(?:no\W*|#)?$|v$", _I
)
_FORM_OF_ILLNESS = re.compile(
    r"\b(?:an?other|other|unspecified|unsp\.?|mild\w*|moderate|severe|chronic|acute|rare|common|adult|juvenile|"
    r"localized|"
    r"generalized|atypical|typical|classic\w*|progressive|relapsing) forms?\W*$",
    _I,
)
"""What has forms, as no paper does: "angina, other form (I20.8)"."""
_LOOKALIKES = frozenset(
    "F45 P90 P90X A1C B12 B6 D3 D2 K2 T3 T4 C5 C6 C7 L1 L2 L3 L4 L5 S1 T12 T10 T11 T1 T2 H1N1 N95 E10 E85 B1 B2 B3 K12"
    " W2 W9 I9 A4 V8 G7 K95 M1A C19 H2O".split()
)
_DENSE = 4  # codes that speak for themselves; a paper with as many is one of those that are full of codes


def codes(text: AnnotatedText, on: date) -> Iterator[Extraction]:
    """diagnosis_code, each mention with its assertion; nothing of what stands beside an empty box."""
    accepted: list[Spot] = []
    strong = list(lists(text))
    sure = [spot for group in strong for spot in group if _speaks_for_itself(text, spot)]
    for group in strong:
        accepted += _of_list(text, group, sure, on)
    accepted.sort(key=lambda spot: spot.start)
    ends = _list_ends(text, accepted)
    for spot in accepted:
        if not is_left_blank(text, spot.start, spot.end) and not in_hint(text, spot.start):
            yield _as_printed(text, spot, ends[spot.start], on)
    for misread in misread_codes(text, accepted, on):
        if is_left_blank(text, misread.start, misread.end):
            continue
        value = misread.readings[0] if len(misread.readings) == 1 else None
        readings = () if value else tuple(filter(None, misread.readings))
        resolved = _resolved(icd10cm.look_up(value, on), on, repaired=True) if value else None
        strength = 0.75 if value else 0.4
        span = (misread.start, misread.end)
        yield _code(text, span, misread.end, value, resolved=resolved, strength=strength, readings=readings)


def _list_ends(text: AnnotatedText, accepted: list[Spot]) -> dict[int, int]:
    """By start of a spot: where its list ends on its line, for what is said behind the list is said of all of it."""
    ends: dict[int, int] = {}
    end = -1
    following = -1
    for spot in reversed(accepted):
        between = text.text[spot.end : following] if following >= 0 else "x"
        if not (len(between) <= 6 and re.fullmatch(r"[ ,;/&]*(?:and |or )?", between)):
            end = spot.end
        elif re.match(r"\s?\((?!both|all)", text.text[end : end + 8], _I):
            end = spot.end  # what stands in brackets is said of the last one
        ends[spot.start] = end
        following = spot.start
    return ends


def _of_list(text: AnnotatedText, group: tuple[Spot, ...], sure: list[Spot], on: date) -> list[Spot]:
    """The codes among the spots of one list: what one of them is, those beside it are too."""
    found = [spot for spot in group if _is_code(text, spot, sure, on)]
    if not found and _reads_as_codes(group):
        found = [spot for spot in group[:1] if _follows_suit(text, spot)]
    if not found or len(found) == len(group):
        return found
    return [spot for spot in group if spot in found or _follows_suit(text, spot)]


_ROW = 3


def _reads_as_codes(group: tuple[Spot, ...]) -> bool:
    """Several in a row that the table knows, not all of the shape of service codes."""
    known = [spot for spot in group if code_places.is_known(spot.code)]
    longer = [spot for spot in known if len(spot.printed) > len("I10")]
    mostly = len(known) >= max(_ROW, 0.8 * len(group)) and len(longer) >= _ROW - 1
    return mostly and not all(spot.like_a_procedure for spot in longer)


def _follows_suit(text: AnnotatedText, spot: Spot) -> bool:
    if spot.printed.upper() in _LOOKALIKES or not spot.capital:
        return False
    if not code_places.is_known(spot.code):
        return False
    return not code_places.among_procedures(text, spot.start, spot.end) and not _trapped(text, spot)


def _trapped(text: AnnotatedText, spot: Spot) -> bool:
    line = text.lines[text.line_index(spot.start)]
    before = text.text[max(line.start, spot.start - 30) : spot.start]
    after = text.text[spot.end : spot.end + 24]
    if code_places.behind_a_label(text, spot.start) and not re.search(
        r"(?i)\b(?:cpt|hcpcs|zip|lot)\W*code\W*$", before
    ):
        return False
    if spot.form == "dotted" and code_places.is_known(spot.code):
        return _NUMBERED.search(before) is not None and not _FORM_OF_ILLNESS.search(before)
    if _NOT_A_CODE_BEFORE.search(before):
        return True
    return spot.form == "bare" and _NOT_A_CODE_AFTER.match(after) is not None and not _in_brackets(text, spot)


def _in_brackets(text: AnnotatedText, spot: Spot) -> bool:
    return text.text[spot.start - 1 : spot.start] in set("([{") and text.text[spot.end : spot.end + 1] in set(")]}")


def _speaks_for_itself(text: AnnotatedText, spot: Spot) -> bool:
    """A code of the table, printed with its dot, in capitals, and no form's or room's number."""
    return spot.form == "dotted" and spot.capital and code_places.is_known(spot.code) and not _trapped(text, spot)


def _is_code(text: AnnotatedText, spot: Spot, sure: list[Spot], on: date) -> bool:
    if spot in sure or _trapped(text, spot):
        return spot in sure
    known = code_places.is_known(spot.code)
    expected = code_places.behind_a_label(text, spot.start)
    if spot.printed.upper() in _LOOKALIKES:
        # E10, K12 and M1A are categories as well: they count where the label or the words leave no doubt
        labelled = expected or code_places.bracketed(text, spot.start, spot.end)
        return known and labelled and _agreed(text, spot, on)
    if not known:
        return not looks_misread(spot.printed, on) and spot.capital and _meant_all_the_same(text, spot, sure, expected)
    if spot.form == "dotted":  # in small letters, or it would have spoken for itself
        beside = expected or _agreed(text, spot, on) or code_places.bracketed(text, spot.start, spot.end)
        return beside or _in_small_letters_before(text, spot)
    if not spot.capital:
        return expected and spot.form == "bare" and _agreed_or_alone(text, spot, on)
    return _undotted(text, spot, sure, on) and not code_places.among_procedures(text, spot.start, spot.end)


def _in_small_letters_before(text: AnnotatedText, spot: Spot) -> bool:
    """Whether a code's line has another before it behind a label, in small letters too: "dx: f41.1 anxiety, g47.00"."""
    line = text.lines[text.line_index(spot.start)]
    return any(
        line.start <= other.start < spot.start
        and other.form == "dotted"
        and code_places.is_known(other.code)
        and code_places.behind_a_label(text, other.start)
        for other in spots(text)
    )


def _meant_all_the_same(text: AnnotatedText, spot: Spot, sure: list[Spot], expected: bool) -> bool:
    """Whether what the table does not know is meant as a code: the writer's mistake."""
    if spot.form == "dotted":
        beside = expected or code_places.behind_a_condition(text, spot.start, spot.end)
        return beside or code_places.in_code_column(text, spot, sure) or _as_the_others(text, spot, sure)
    named = conditions.classify(spot.printed).specificity is not None  # "T2DM"
    return expected and spot.form == "bare" and not named and _a_code_box(text, spot)


def _as_the_others(text: AnnotatedText, spot: Spot, sure: list[Spot]) -> bool:
    """Whether it stands in brackets as the codes of this paper do, in a category that there is ("I10.9")."""
    if not _in_brackets(text, spot) or not code_places.is_known(spot.code[:3]):
        return False
    return any(_in_brackets(text, other) for other in sure)


def _undotted(text: AnnotatedText, spot: Spot, sure: list[Spot], on: date) -> bool:
    """Whether a code of the table that lacks its dot, or has spaces in it, stands where one is expected."""
    expected = code_places.behind_a_label(text, spot.start) or code_places.in_code_column(text, spot, sure)
    if expected or _agreed(text, spot, on):
        return True
    beside = code_places.behind_a_condition(text, spot.start, spot.end)
    bracketed = code_places.bracketed(text, spot.start, spot.end)
    dense = len(sure) >= _DENSE
    if spot.like_a_procedure:
        return beside and bracketed
    if bracketed and (beside or dense):
        return True
    entry = _is_an_entry(text, spot) and (beside or len(spot.printed) > len("I10"))
    return dense and (entry or len(spot.printed) > _LONG or _opens_a_list(text, spot))


_LONG = 5  # a letter and more signs than a service code has: one such number in hundreds happens to be a code


def _agreed(text: AnnotatedText, spot: Spot, on: date) -> bool:
    return code_places.agreed(text, spot.start, spot.end, spot.code, on) is True


def _agreed_or_alone(text: AnnotatedText, spot: Spot, on: date) -> bool:
    before, after = code_places.words_beside(text, spot.start, spot.end)
    return len(before) + len(after) < 12 or _agreed(text, spot, on) or len(spot.printed) > 3


def _a_code_box(text: AnnotatedText, spot: Spot) -> bool:
    """Behind a label that asks for nothing but a code: what stands there is meant as one, whatever it is."""
    before = text.text[max(0, spot.start - 40) : spot.start]
    return bool(re.search(r"(?i)icd|\bcodes?\b|\bdx\b", before)) and not re.fullmatch(r"[A-Z]\d{2}", spot.printed)


def _is_an_entry(text: AnnotatedText, spot: Spot) -> bool:
    """Whether the code opens or closes its cell: an entry of a list rather than a word of a sentence."""
    cell = text.cell_at(spot.start)
    if cell is None:
        return False
    before, after = text.text[cell.start : spot.start], text.text[spot.end : cell.end]
    return not re.search(r"[A-Za-z]{2}|\d{3}", before) or before.rstrip().endswith(":") or not re.search(r"\w", after)


def _opens_a_list(text: AnnotatedText, spot: Spot) -> bool:
    """Whether it stands right behind words that say how diagnoses are meant: "Over and done with: C61"."""
    line = text.lines[text.line_index(spot.start)]
    opening = _LIST_OPENS.search(text.text, line.start, spot.start)
    return opening is not None and verdict(opening["words"]) is not None


_LIST_OPENS = re.compile(r"(?P<words>[A-Za-z][\w ,'’-]{2,40}):\s*$")


def _as_printed(text: AnnotatedText, spot: Spot, list_end: int, on: date) -> Extraction:
    status = icd10cm.look_up(spot.code, on)
    if status.status == "unknown":
        strength = 0.8 if code_places.behind_a_label(text, spot.start) else 0.7
    elif spot.form == "dotted":
        strength = 0.98 if code_places.behind_a_label(text, spot.start) else 0.95
    elif status.status == "billable" and _agreed(text, spot, on):
        strength = 0.95  # the words beside it say what it stands for
    else:
        strength = 0.93 if code_places.behind_a_label(text, spot.start) else 0.85
    resolved = _resolved(status, on)
    return _code(text, (spot.start, spot.end), list_end, status.code, resolved=resolved, strength=strength)


def _code(
    text: AnnotatedText,
    span: tuple[int, int],
    list_end: int,
    value: str | None,
    *,
    resolved: dict[str, Json] | None,
    strength: float,
    readings: tuple[str, ...] = (),
) -> Extraction:
    certainty = text.certainty(*span)
    if value is not None and certainty < _CONFIRMED and resolved and _confirmed(text, value, resolved):
        certainty = _CONFIRMED
    return text.extraction(
        "diagnosis_code", value, *span, found_by=FOUND_BY, strength=strength, readings=readings,
        assertion=asserted(text, span[0], list_end, value), resolved=resolved, certainty=certainty,
    )  # fmt: skip


_CONFIRMED = 0.8  # how surely a code was read that says what the document says in words


def _confirmed(text: AnnotatedText, code: str, resolved: dict[str, Json]) -> bool:
    """Whether a diagnosis that the document names stands for the code: a misread code would hardly fit."""
    on = date.fromisoformat(str(resolved["valid_on"]))
    near = dict.fromkeys(text[span].lower() for span in conditions_in(text)[:8])
    return any(conditions.agrees(name, code, on) is True for name in near)


def _resolved(status: icd10cm.CodeStatus, on: date, *, repaired: bool = False) -> dict[str, Json]:
    return {
        "description": status.description,
        "valid_on": on.isoformat(),
        "status": status.status,
        "successors": list(status.successors),
        "repaired": repaired,
        "after_newest_release": status.after_newest_release,
    }


def asserted(text: AnnotatedText, start: int, end: int, code: str | None) -> Assertion:
    """How a code is asserted. One for a state that lasts ("s/p ... Z98.890") is stated, past as its cause may be."""
    said = text.assertion_at(start, end)
    return "stated" if said == "historical" and code is not None and is_of_history(code) else said


def is_of_history(code: str) -> bool:
    """Whether a code stands for the state in which something past has left somebody: personal and family history and
    status, Z77 to Z99. Other reasons for an encounter, as aftercare, come to an end."""
    return "Z77" <= code < "Z999" or code == _OLD_INFARCTION


_OLD_INFARCTION = "I25.2"
