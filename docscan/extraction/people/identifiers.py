"""Numbers that identify: NPI, licence, DEA, phone and fax, member numbers, a visible social security number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import phonenumbers

from docscan.document import Box, Extraction, Page
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.paper import form_parts
from docscan.extraction.paper.fax_lines import counts_pages_or_names_the_sender
from docscan.extraction.paper.signature_blocks import signature_blocks
from docscan.extraction.people.addressees import in_address
from docscan.extraction.people.persons import writes_for_self
from docscan.reference import dea, licences, npi, us_states

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "identifiers"

_NPI_LABEL = re.compile(
    r"\b(?:(?:individual|provider|physician|type 1)?\s*n\.?p\.?i\b\.?(?:\s*(?:number|no\.?|#|id))?|"
    r"national (?:provider )?(?:one|number|no\.?)(?: is)?(?=\W+[12]\d{9}(?!\d))|"
    r"national provider (?:identifier|id(?:entification)?)"
    r"(?:\s*(?:number|no\.?|#))?(?:\s*\(npi\))?)[\s:#.=_\[-]*(?P<digits>[0-9OIlSB](?:[ .-]?[0-9OIlSB]){6,11})?(?![\w])",
    _I,
)
_DATE_LIKE = re.compile(r"\d{1,2}[ .-]\d{1,2}[ .-]\d{2,4}")
_BARE_NPI = re.compile(r"(?<![\w.-])[12]\d{9}(?![\w-]|\.\d)")
_SWAPPED = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "S": "5", "B": "8"})
_NAMES_OF_STATES = "|".join(sorted(us_states.NAMES.values(), key=len, reverse=True))
_STATE = (
    rf"(?:{_NAMES_OF_STATES}|(?-i:{'|'.join(us_states.NAMES)})|(?-i:[A-Z]\.\s?[A-Z]\.)|"
    r"(?-i:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ill|Ind|Kans|Mass|Mich|Minn|Miss|Mont|Nebr|Nev|Okla|Ore|Penna?|"
    r"Tenn|Tex|"
    r"Wash|Wisc?|Wyo)\b\.?)"
)
_NUMBER = (
    r"(?:[A-Z]{2}(?:[\s-]|\s?/\s?))?(?:(?:[A-Z]{1,4}[ .-]?)?\d[\w.-]{2,12}(?<![.-])|[A-Z]{1,3}\d{3,10}|"
    r"[A-Z]{2,4}-[A-Z]{1,3}-?\d{3,10})"
)
_LICENCE = re.compile(
    rf"(?:\b(?P<state>{_STATE})[ \t]+(?:(?:state\s+)?board\s+of\s+(?:\w+\s+){{1,4}}?|(?:[A-Za-z-]+[ ]){{1,2}}?)?)?"
    rf"\b(?:state\s+(?:(?:and|&|/|or)\s+)?)?(?:(?:medical|professional|nursing|board|pt|lmt|chiropractic|massage)\s+)?"
    r"(?:licen[sc]e|lic\b\.?)(?:\s*(?:number|num\b\.?|no\b\.?|#|id))*(?:\s*(?:and|/|&)\s*state(?: of issue)?)?"
    rf"(?:\s*\((?P<in>[A-Za-z. ]{{2,20}})\)|[\s:]+(?:(?:issued|granted) (?:by|in)|in|of|from|state)"
    rf"(?: the state of)?[\s:]+(?P<of>{_STATE})(?!\w))?"
    r"(?:[\s,]+(?:is|was|under|as|reads|number|no\b\.?))*[ \t:#._\[-]*"
    rf"(?P<number>(?-i:{_NUMBER}))?(?P<after>[, ]{{1,3}}\(?{_STATE}\)?(?!\w))?",
    _I,
)
_LICENSED = re.compile(
    rf"\blicensed\b[\w ,]{{0,40}}?\b(?:in|by)\s+(?:the\s+)?(?:state\s+of\s+)?(?P<state>{_STATE})(?!\w)[\w ,]{{0,20}}?"
    rf"(?:under|no\.?|number|#|\(|as|with)[\s#(:.]*(?:no\.?|number|#)?\s*(?P<number>(?-i:{_NUMBER}))",
    _I,
)
_LICENSED_AS = re.compile(
    rf"\blicensed\s+(?:[a-z]+\s+){{0,4}}?[a-z]+\s?[,:(–—-]+\s?(?P<state>{_STATE})[\s#:-]+(?:no\.?\s*|#\s*)?"
    rf"(?P<number>(?-i:{_NUMBER}))(?!\w)",
    _I,
)
""" "Licensed Psychologist, OH 55121"."""
_UNDER_A_NAME = re.compile(rf"(?P<state>{_STATE})[\s,:#-]+(?:no\.?\s*|#\s*)?(?!lic)(?P<number>(?-i:{_NUMBER}))\W*", _I)
_ZIP = re.compile(r"\b(?P<state>[A-Z]{2})\.?,?\s+(?P<zip>\d{5})(?:-\d{4})?\b")
_LICENCE_STATE = re.compile(
    r"\b(?:licensed in|state of licen[sc]ure|licen[sc]e state|state licensed|state of issue|licensed (?:by|"
    r"in) the state of)\s*:?\s*(?P<state>[A-Z][a-z]+(?: [A-Z][a-z]+)?|[A-Z]{2})\b",
    _I,
)
_DEA_LABEL = re.compile(
    r"\bdea\b(?:\s*(?:number|no\.?|#|registration))*[\s:#._-]*(?P<code>[A-Za-z][A-Za-z9][ -]?\d(?:[ -]?\d){6})(?!\w)",
    _I,
)
_MEMBER = re.compile(
    r"\b(?:(?:plan\s+)?(?:member|participant|employee|subscriber|account(?:\s?holder)?|user|group|policy|"
    r"claim(?:ant)?)(?:'s|’s)?\s*(?:id|identification|"
    r"number|no\.?|#|user\s?(?:name|id)|login)(?:\s*(?:number|no\.?|#))?|user\s?(?:name|id)|ee id|"
    r"last\s*(?:4|four)(?:\s*digits?)?[\w #'’/,]{0,45}?)(?:\s*(?:/|or)\s*[\w# ]{2,30}?)?\s*(?:\([^)\n]{0,50}\))?"
    r"(?=\s*[:#_\t]|\s*$|\s+\d{4}\b)",
    _I | re.MULTILINE,
)
_SSN_LAST = re.compile(
    r"\b(?:ssn|ss#|social security(?: number| no\.?| #)?)\s*:?\s*(?:[Xx*#•]{3}[- ]?[Xx*#•]{2}[- ]?)(?P<last>\d{4})\b",
    _I,
)
_SSN = re.compile(r"(?<![\w-])\d{3}(?P<dash>[- ]?)(?!00)\d{2}(?P=dash)(?!0000)(?P<last>\d{4})(?![\w-])")
_SSN_WORD = re.compile(r"\b(?:ssn|ss\s?#|s\.s\.n|social\s+security|soc\.? sec)", _I)
_FAX = re.compile(
    r"(?:\b(?:tele)?fax|\bfacsimile|(?<![A-Za-z])F\s?[:.]|(?:^|[·|/,;•~\t]|\s{2})\s*F|\bfx)\W*(?:(?:number|no\.?|"
    r"#)\W*)?$",
    _I,
)
_PHONE = re.compile(
    r"(?:\bphone|\btel(?:ephone)?|\boffice|\bcall(?: us| me)?(?: at)?|\bmain|\bcontact|(?<![A-Za-z])[PTO]\s?[:.]|"
    r"(?:^|[·|/,;•~\t])\s*[PT]|"
    r"\bph|\bdirect|\bat|\bmobile|\bcell)\W*(?:(?:number|no\.?|#)\W*)?$",
    _I,
)
_PATIENTS = re.compile(r"(?<!out)(?<!in)patient|participant|employee|member|home|emergency|guardian", _I)
_JOINED = re.compile(r"[A-Za-z](?=\(\d{3}\))")  # "Tel(330) 555-0100": a lost space
_PARTED = re.compile(r"(?<![\d/·-])\d{3}[·/]\d{3}[·/]\d{4}(?![\d/·-])")
_PARTED_WIDE = re.compile(r"(?<![\d/-])\d{3} / \d{3} / \d{4}(?![\d/-])")  # signs that printers of letterheads love
_FROM = re.compile(r"\bfrom\b(?!.*\bto\s?:)", _I)
_CALLED_BY = re.compile(
    r"claims|benefits|administrator|customer service|questions\?|fax (?:this|completed|to)|toll[- ]free|submit|"
    r"return",
    _I,
)


def identifiers(text: AnnotatedText) -> Iterator[Extraction]:
    """provider_npi, provider_license, provider_dea, provider_phone, provider_fax, member_id, ssn_visible."""
    yield from _npis(text)
    yield from _licences(text)
    yield from _deas(text)
    yield from _phones(text)
    yield from _members(text)
    yield from _social(text)


def _npis(text: AnnotatedText) -> Iterator[Extraction]:
    seen: set[int] = set()
    for match in text.find(_NPI_LABEL):
        span = match.span("digits") if match["digits"] and not _DATE_LIKE.fullmatch(match["digits"]) else None
        if span is not None and _SET_AS_PHONE.fullmatch(text.text, *span):  # "Phone / NPI   515-555-0129 / 1028463754"
            behind = _BARE_NPI.search(text.text, span[1], span[1] + _TO_THE_SECOND)
            span = behind.span() if behind is not None else span
        span = span or _digits_beside(text, match)
        if span is None or span[0] in seen:
            continue
        seen.add(span[0])
        printed = text.text[span[0] : span[1]]
        digits = re.sub(r"[ .-]", "", printed)
        if digits.isdigit():
            holds = npi.check_digit_holds(digits)
            yield text.extraction(
                "provider_npi",
                digits,
                *span,
                found_by=_FOUND_BY,
                strength=0.97 if holds else 0.85,
                resolved={"check_digit": holds},
            )
            continue
        repaired = digits.translate(_SWAPPED)
        if npi.check_digit_holds(repaired):  # letters cannot stand in an NPI, and the check digit confirms the reading
            yield text.extraction(
                "provider_npi",
                repaired,
                *span,
                found_by=_FOUND_BY,
                strength=0.8,
                resolved={"check_digit": True, "repaired": True},
            )
        else:
            yield text.extraction("provider_npi", None, *span, found_by=_FOUND_BY, strength=0.5, readings=[repaired])
    for match in text.find(_BARE_NPI):
        block = any(
            b.opens <= match.start() < (b.lines_after[-1][1] if b.lines_after else b.ends)
            for b in signature_blocks(text)
        )
        if (
            match.start() not in seen
            and block
            and npi.check_digit_holds(match.group())
            and not _is_phone(match.group())
        ):
            yield text.extraction(
                "provider_npi",
                match.group(),
                *match.span(),
                found_by=_FOUND_BY,
                strength=0.55,
                resolved={"check_digit": True},
            )


_SET_AS_PHONE = re.compile(r"\d{3}[ .-]\d{3}[ .-]\d{4}")
_TO_THE_SECOND = 16  # letters from the first number of an answer to the end of the second


def _digits_beside(text: AnnotatedText, match: re.Match[str]) -> tuple[int, int] | None:
    """Digits in the box to the right of the label or below it, or in the column that it heads."""
    ends = match.start("digits") if match["digits"] else match.end()
    label = text.text[match.start() : ends].strip(" :#.=_-\t\n")
    for item in text.labelled(re.compile(re.escape(label), _I)):
        if item.label.start <= ends and item.label.end >= match.start() and item.value:
            found = re.match(r"[0-9OIlSB](?:[ .-]?[0-9OIlSB]){6,11}(?!\w)", text[item.value])
            later = _BARE_NPI.search(text[item.value])
            found = later if later is not None and "/" in text[item.value] else found  # "Phone / NPI"
            if found and not _DATE_LIKE.fullmatch(found.group()):
                return item.value.start + found.start(), item.value.start + found.end()
    box, page = text.box_of(match.start(), match.start() + len(label)), text.document.page_of(match.start())
    return _ten_digits_below(text, box, page) if box and page else None


def _ten_digits_below(text: AnnotatedText, head: Box, page: Page) -> tuple[int, int] | None:
    """The first number of ten digits in the column that a label heads."""
    for cell in text.cells:
        beside = cell.box.left < head.right + 0.02 and cell.box.right > head.left - 0.02
        if cell.page is page and cell.box.top > head.bottom - 0.005 and beside and npi.check_digit_holds(cell.text):
            return cell.start, cell.end
    return None


def _is_phone(digits: str) -> bool:
    number = phonenumbers.parse(digits, "US")
    return phonenumbers.is_valid_number(number)


def _licences(text: AnnotatedText) -> Iterator[Extraction]:
    elsewhere = next(
        (us_states.normalise(m["state"]) for m in text.find(_LICENCE_STATE) if us_states.normalise(m["state"])), None
    )
    for match in _LICENCE.finditer(text.text):
        if re.search(r"driver|marriage|liquor|business", text.text[max(0, match.start() - 12) : match.end()], _I):
            continue
        start, end = match.span("number") if match["number"] else (0, 0)
        after = match["after"]
        if not match["number"]:
            beside = _licence_beside(text, match)
            if beside is None:
                continue
            start, end = beside
            after = None
        value, state = _licence(text, match, (start, end), after, elsewhere)
        if value is None or re.fullmatch(r"\d{1,2}/.*", text.text[start:end]):
            continue
        first = match.start("state") if match["state"] and _state(match["state"]) else start
        last = match.end("after") if after and us_states.normalise(after.strip(" ,()")) else end
        yield text.extraction(
            "provider_license", value, first, last, found_by=_FOUND_BY, strength=0.9 if state else 0.8
        )

    for match in (*text.find(_LICENSED), *text.find(_LICENSED_AS)):
        value = licences.normalise(match["number"], us_states.normalise(match["state"]))
        if value is not None:
            start, end = match.start("state"), match.end("number")
            yield text.extraction("provider_license", value, start, end, found_by=_FOUND_BY, strength=0.88)
    places = [place for block in signature_blocks(text) if block.of == "provider" for place in block.lines_after]
    places += [(line.start, line.end) for line in text.lines if _NPI_LABEL.search(text.text, line.start, line.end)]
    for start, end in dict.fromkeys(places):
        alone = _alone(text, start, end)
        if (
            alone is None
            or any(_ZIP.match(text.text, at, end) for at in (start, alone.start()))
            or not re.search(r"\d{4}", alone["number"])
        ):
            continue
        value = licences.normalise(alone["number"], us_states.normalise(alone["state"]))
        if value is not None:
            yield text.extraction("provider_license", value, *alone.span(), found_by=_FOUND_BY, strength=0.8)


def _licence(
    text: AnnotatedText, match: re.Match[str], number: tuple[int, int], after: str | None, elsewhere: str | None
) -> tuple[str | None, str | None]:
    """A licence as fields write it, and the state that the page gives it."""
    before = match["state"] or match["in"] or match["of"] or ""
    state = _state(before) or us_states.normalise((after or "").strip(" ,()")) or elsewhere
    printed = re.sub(r"^([A-Z]{2})\s?/\s?", r"\1 ", text.text[slice(*number)])
    if state in _PROFESSIONS and len(before) == 2 and _only_state(text) not in (None, state):
        state = elsewhere  # "Jane Poe, MD License 4410": the profession, not the state
    if printed[:2] in _PROFESSIONS and printed[2:3] == " " and (known := state or _only_state(text)) != printed[:2]:
        printed, state = (printed[3:], known) if known else (printed, state)
    value = licences.normalise(printed, state)
    if value is not None and state is None and not re.match(r"[A-Z]{2} ", value):
        value = licences.normalise(printed, _only_state(text))
    return value, state


_PARTING = re.compile(
    r"\s+[/|·•;]\s+|,\s+(?=NPI\b|[A-Z]{2}[ ])"
)  # between the numbers of one line: "TN 1069 / NPI 1234567893"
_PROFESSIONS = frozenset({"MD", "PA"})
"""Letters that are a state's and a profession's."""


def _alone(text: AnnotatedText, start: int, end: int) -> re.Match[str] | None:
    """A state and a number that fill a line below a name, or a cell of it: "NPI 1234567893    OH ME990420"."""
    cells = text.lines[text.line_index(start)].cells
    spans = [(start, end), *((cell.start, cell.end) for cell in cells[1:])]
    for cell in cells:
        signs = [(cell.start, cell.start), *(m.span() for m in _PARTING.finditer(text.text, cell.start, cell.end))]
        ends = [*(first for first, _ in signs[1:]), cell.end]
        spans += zip((last for _, last in signs), ends, strict=True) if len(signs) > 1 else ()
    return next((found for span in spans if (found := _UNDER_A_NAME.fullmatch(text.text, *span))), None)


def _only_state(text: AnnotatedText) -> str | None:
    """The state of all addresses of a document, where they lie in one: who practises there is licensed there."""
    states = {m["state"] for m in text.find(_ZIP) if us_states.of_zip(m["zip"]) == m["state"]}
    return states.pop() if len(states) == 1 else None


def _state(printed: str) -> str | None:
    """The state in "Ohio", "OH" or "Ohio Medical"."""
    words = printed.split(" ")
    return us_states.normalise(printed) or next((s for w in words if (s := us_states.normalise(w))), None)


def _licence_beside(text: AnnotatedText, match: re.Match[str]) -> tuple[int, int] | None:
    label = match.group().strip(" :#._-\t\n")
    if len(label) < 4:
        return None
    for item in text.labelled(re.compile(re.escape(label))):
        if item.value and match.start() <= item.label.start <= match.end():
            found = re.match(_NUMBER, text[item.value])
            if found:
                return item.value.start, item.value.start + found.end()
    return None


def _deas(text: AnnotatedText) -> Iterator[Extraction]:
    for match in text.find(_DEA_LABEL):
        value = dea.normalise(match["code"])
        if value:
            yield text.extraction(
                "provider_dea", value, *match.span("code"), found_by=_FOUND_BY, strength=0.95,
                resolved={"check_digit": dea.check_digit_holds(value), "sensitive": True},
            )  # fmt: skip


def _phones(text: AnnotatedText) -> Iterator[Extraction]:
    billed = is_surely_bill(text)
    if billed or writes_for_self(text):  # a patient's letter bears the patient's numbers
        return
    of_both: list[int] = []
    marked_behind: set[int] = set()
    printed = _set_plainly(text.text)
    found = list(phonenumbers.PhoneNumberMatcher(printed, "US", phonenumbers.Leniency.VALID))
    in_form = form_parts.is_form(text)
    yield from _in_combs(text) if in_form else ()
    for match in found:
        start, end = match.start, match.end
        value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        line = text.lines[text.line_index(start)]
        before = text.text[max(line.start, start - 30) : start].rstrip("_ ")
        labelled = _FAX.search(before) or _PHONE.search(before)
        longer = start > 0 and re.match(r"[\w-]", printed[start - 1]) is not None  # the end of a longer number
        if longer or (
            not labelled
            and (re.fullmatch(r"\d{10}", match.raw_string) or _OTHER_NUMBER.search(before) is not None)
            and not (in_form and _asked_for_first(text, start))
        ):
            continue
        section = text.section_at(start)
        if (
            form_parts.owner_at(text, start) not in ("provider", None) and not _is_fax_header(text, start)
            if in_form
            else _PATIENTS.search(before)
            or (_PATIENTS.search(section) and not re.search(r"provider|physician|practitioner", section, _I))
        ):
            continue
        header = _is_fax_header(text, start)
        if (header or _COVER.search(text.text, line.start, line.end)) and _is_senders(text, start):
            once = sum(other.number == match.number for other in found) == 1  # else it is told below, of which kind
            yield from [_fax(text, value, start, end)] * once
            continue
        if header and not (_FAX.search(before) and _FROM.search(text.text[line.start : start])):
            continue
        called = in_address(text, start) or _CALLED_BY.search(text.text[line.start : line.end])
        if called and not header:
            continue
        name = "provider_fax" if _FAX.search(before) else "provider_phone"
        both = _BOTH.search(text.text[line.start : start]) or (_asked_for_both(text, start) if in_form else None)
        if both is not None:
            of_both.append(line.start)
            first = of_both.count(line.start) == 1
            alone = first and not _NUMBER_BEHIND.match(text.text, end, line.end)
            if alone:
                yield _fax(text, value, start, end)
            name = "provider_fax" if (both["fax"] is not None) == first and not alone else "provider_phone"
        behind = _MARK_BEHIND.match(text.text, end, line.end)
        if behind is not None and (both is None and (line.start in marked_behind or not labelled)):
            name = "provider_fax" if behind["fax"] is not None else "provider_phone"
            marked_behind.add(line.start)
        elif re.match(r" ?\(fax\)| fax\b(?!\s*[:#.]|\s*\(?\d)", text.text[end : end + 12], _I) or (
            not labelled and (_fax_heads(text, start) or (in_form and _asked_for_fax(text, start)))
        ):
            name = "provider_fax"
        if end < len(text.text) and text.text[end - 1 : end] == ".":
            end -= 1
        strength = 0.93 if labelled else 0.75
        yield text.extraction(name, value, start, end, found_by=_FOUND_BY, strength=strength)


def _set_plainly(printed: str) -> str:
    """A text of the same length in which numbers are parted as everybody parts them."""
    printed = _PARTED.sub(lambda match: re.sub(r"[·/]", "-", match.group()), _JOINED.sub(" ", printed))
    printed = _PARTED_WIDE.sub(lambda match: match.group().replace(" / ", "  -"), printed)
    return _OF_TWO.sub(lambda match: match.group().replace("/", ";"), printed)


_OF_TWO = re.compile(r"(?<=\d)[ ]?/[ ]?(?=\(?\d{3}\)?[ -]?\d{3}[ -]?\d{4}(?!\d))")
"""Between two numbers of one answer: "515-555-0129 / 1028463754"."""
_COMB = re.compile(r"(?<![\d|])(?:\d[ ]?[|]?[ ]?){9}\d(?![ |]{0,3}\d)")
"""A number of which each figure has a box of its own: "4 0 1 | 5 5 5 | 0 1 4 6"."""
_ASKED = re.compile(r"\b(?:(?P<fax>(?:tele)?fax|facsimile|fx)|(?:tele)?phone|tel|ph)\b", _I)


def _in_combs(text: AnnotatedText) -> Iterator[Extraction]:
    """The provider's numbers of which each figure stands in a box of its own."""
    for match in _COMB.finditer(text.text):
        digits = re.sub(r"\D", "", match.group())
        asked = next((m for words in form_parts.labels_of(text, match.start()) if (m := _ASKED.search(words))), None)
        if " " not in match.group() or asked is None or not _is_phone(digits):
            continue
        if form_parts.owner_at(text, match.start()) in ("provider", None):
            name = "provider_fax" if asked["fax"] else "provider_phone"
            yield text.extraction(name, f"+1{digits}", *match.span(), found_by=_FOUND_BY, strength=0.9)


def _asked_for_both(text: AnnotatedText, offset: int) -> re.Match[str] | None:
    """The label over or left of an answer of two numbers, which names both kinds."""
    cell = text.cell_at(offset)
    lead = text.text[cell.start : offset] if cell is not None else ""
    if re.search(r"[A-Za-z]", lead):
        return None
    return next((m for words in form_parts.labels_of(text, offset)[:1] if (m := _BOTH.search(words))), None)


def _asked_for_first(text: AnnotatedText, offset: int) -> bool:
    """Whether a number opens the answer to a label that asks for a telephone number first: "Phone / NPI"."""
    cell, asked = text.cell_at(offset), form_parts.labels_of(text, offset)[:1]
    return cell is not None and offset - cell.start < 2 and any(_ASKED.match(words.strip(" *")) for words in asked)


def _asked_for_fax(text: AnnotatedText, offset: int) -> bool:
    """Whether the nearest label of a number asks for a fax number alone."""
    asked = [m for words in form_parts.labels_of(text, offset)[:1] for m in _ASKED.finditer(words)]
    return bool(asked) and all(m["fax"] for m in asked)


_OTHER_NUMBER = re.compile(r"\b(?:npi|mrn|id|account|lic\w*|#)\W*$", _I)


def _fax(text: AnnotatedText, value: str, start: int, end: int) -> Extraction:
    return text.extraction("provider_fax", value, start, end, found_by=_FOUND_BY, strength=0.87)


_MARK_BEHIND = re.compile(
    r"[ ]?[(\[]?(?:(?P<fax>(?:tele)?fax|facsimile|fx|f)|ph(?:one)?|tel(?:ephone)?|office|voice|cell|main|"
    r"[pvto])\b\.?[)\]]?"
    r"(?=\s*$|\s{2,}|\t|\s*[,|;·•/])",
    _I,
)
""" "(419) 555-0100 ph   (419) 555-0101 fx": what a number is, said behind it."""


def _fax_heads(text: AnnotatedText, offset: int) -> bool:
    """Whether a number opens its cell under a cell that says no more than that it is a fax number."""
    cell = text.cell_at(offset)
    if cell is None or offset - cell.start > 1:
        return False
    above = text.above(cell.box, cell.page)
    return above is not None and _FAX_ALONE.fullmatch(above.text) is not None


_FAX_ALONE = re.compile(
    r"\W*(?:(?:office|practice|provider|clinic)(?:['’]s)?\s+)?(?:(?:tele)?fax|facsimile|fx)\b\W*(?:number|no\.?|#)?\W*",
    _I,
)
_BOTH = re.compile(
    r"\b(?:(?P<fax>(?:tele)?fax|f)|(?:tele)?phone|tel\.?|ph\.?|voice|[pt])\s*(?:number|no\.?|#)?\s*(?:[/&+]|and|or)\s*"
    r"(?:(?:tele)?fax|(?:tele)?phone|tel\.?|ph\.?|voice|[fpt])\b[^\d\n]{0,40}(?:\(?\d[\d ().-]{8,}[\s/|,;·and]*)?$",
    _I,
)
"""One label for two numbers, in its order: "phone/fax: 303-555-0118 / 303-555-0119"; of one number, both."""
_NUMBER_BEHIND = re.compile(r"[\s/|,;·and]*\(?\d{3}", _I)


def _is_fax_header(text: AnnotatedText, offset: int) -> bool:
    """The line that a fax machine prints on the page's edge: date, time, number, page."""
    line = text.lines[text.line_index(offset)]
    printed = text.text[line.start : line.end]
    edge = line.box.top < 0.06 or line.box.bottom > 0.95
    return (
        edge
        and re.search(r"\d{1,2}:\d\d", printed) is not None
        and (
            re.search(r"fax|\bp(?:age|g|\.)?\s?\.?\s?\d|from|to\b", printed, _I) is not None
            or counts_pages_or_names_the_sender(printed)
        )
    )


_COVER = re.compile(r"\bfax\b.*\b(?:from|fm|fr)\s*:|\b(?:from|fm|fr)\s*:.*\b(?:fax|p(?:a?ge?s|gs))\b", _I)
"""The line that a sender writes over what is faxed: to whom, from whom, how many pages."""
_RECEIVER = re.compile(r"\b(?:to|attn|attention)\b\s*:?", _I)
_SENDER = re.compile(r"\b(?:from|fm|fr|sender)\b\s*:?", _I)
_HEAD_LINES = 12  # lines of a page in which a letterhead stands


def _is_senders(text: AnnotatedText, offset: int) -> bool:
    """Whether a number of a fax machine's line or a cover's stands beside the name of the practice that sends it: one
    whose telling words the letterhead repeats."""
    index = text.line_index(offset)
    line = text.lines[index]
    printed = text.text[line.start : line.end]
    parts = sorted([(m.start(), True) for m in _RECEIVER.finditer(printed)]
                   + [(m.start(), False) for m in _SENDER.finditer(printed)])  # fmt: skip
    before = [is_receiver for start, is_receiver in parts if start < offset - line.start]
    if before and before[-1]:
        return False
    start = max((at for at, _ in parts if at < offset - line.start), default=0)
    end = min((at for at, _ in parts if at >= offset - line.start), default=len(printed))
    said = _telling(printed[start:end])
    others = (other for n, other in enumerate(text.lines[: index + _HEAD_LINES]) if n != index)
    return any(len(said & _telling(text.text[other.start : other.end])) > 1 for other in others)


def _telling(printed: str) -> set[str]:
    """The words of a name, long enough to tell it."""
    return {word.lower() for word in re.findall(r"[A-Z][A-Za-z'’]{2,}", printed)} - _OF_FAXES


_OF_FAXES = frozenset("fax from page pages date time the and for tel phone attn claims desk team".split())


def _members(text: AnnotatedText) -> Iterator[Extraction]:
    for item in text.labelled(_MEMBER, bare=True):
        if item.value is None:
            continue
        found = re.match(r"[#\s]*(?P<id>[A-Za-z0-9][\w@.*-]{2,30})", text[item.value])
        if found is None or (
            not re.search(r"\d|[@_]", found["id"]) and not re.search(r"user\s?name", text[item.label], _I)
        ):
            continue
        start = item.value.start + found.start("id")
        if _SSN.fullmatch(found["id"]):
            continue
        yield text.extraction(
            "member_id", found["id"], start, start + len(found["id"]), found_by=_FOUND_BY, strength=0.9
        )
    for match in text.find(_SSN_LAST):
        yield text.extraction("member_id", match["last"], *match.span("last"), found_by=_FOUND_BY, strength=0.9)


def _social(text: AnnotatedText) -> Iterator[Extraction]:
    """A full number is personal data: its last four digits are all that the evidence shows."""
    for match in text.find(_SSN):
        line = text.lines[text.line_index(match.start())]
        before = text.text[max(0, line.start - 80) : match.start()]
        labelled = _SSN_WORD.search(before[-60:]) or _SSN_WORD.search(text.text[line.start : match.start()])
        possible = match["dash"] == "-" and not re.match(r"000|666|9", match.group())
        if not labelled and not possible:
            continue
        found = text.extraction(
            "ssn_visible", True, *match.span("last"), found_by=_FOUND_BY, strength=0.95 if labelled else 0.75
        )
        yield found
