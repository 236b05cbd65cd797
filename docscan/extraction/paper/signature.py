"""The signature: whether there is one, of what form, whose, and where its block stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from docscan.document import Box, Evidence, Extraction, Json, Mark, Page
from docscan.extraction.paper import electronic
from docscan.extraction.text.names import Person, person_at

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

_I = re.IGNORECASE
_FOUND_BY = "signature"

_CLOSING = re.compile(
    r"\s*(?:(?:very |most )?(?:sincerely|respectfully|truly|cordially|faithfully|gratefully)(?: yours| submitted)?|"
    r"yours (?:truly|sincerely|faithfully)|"
    r"(?:with )?(?:best |kind |warm |warmest |kindest )*regards|best(?: wishes)?|thank you(?: (?:very much|again|"
    r"in advance|for [\w ,]{3,60}))?|thanks|in good health|signed)"
    r"\s*[,.:!]?\s*",
    _I,
)
_LABEL = re.compile(
    r"\b(?:(?:(?:licensed|health\s?care|medical|treating|attending|authorized|practitioner|provider|physician|"
    r"doctor|prescriber|clinician|patient|"
    r"participant|employee|member|account holder|parent|guardian|subscriber|trainer|therapist)(?:'s|’s)?(?:\s*/\s*|"
    r"\s+(?:or\s+)?))*signature(?:\s+of\s+(?:the\s+)?[\w' /-]{4,45}?)?|"
    r"(?:provider|physician|practitioner|doctor)\s+sign(?:ature)?(?:\s+here)?|signed(?: by)?|sign here|"
    r"x)(?=\s*[:_\t(]|\s*$|\s{2,})",
    _I | re.MULTILINE,
)
_LEGIBLE = 0.5  # below it, words at a signature's place are ink that OCR took for letters
_SURE, _MOSTLY = 0.8, 0.4  # confidence of a word, and the share of such words' letters, from which it is print
_NOT_PROVIDER = re.compile(
    r"patient|participant|employee|member|account\s?holder|parent|guardian|subscriber|trainer|client|witness|insured",
    _I,
)


_PROVIDER = re.compile(r"provider|physician|practitioner|doctor|prescriber|clinician", _I)
_WHO = (
    r"(?:patient|participant|employee|member|client|account\s?holder|subscriber|insured|parent|guardian|trainer|"
    r"witness)"
)
_SAYS = (
    r"(?:certification|attestation|acknowledge?ment|authori[sz]ation|agreement|consent|statement|declaration|release|"
    r"section|to complete|use only)"
)
_PART = 12  # lines above a label in which it is told whose part of the form it stands in
_PART_OF_OTHER = re.compile(
    rf"\b{_WHO}(?:'s|’s)?\s+(?:\w+\s+){{0,2}}{_SAYS}|\bby (?:the )?{_WHO}\b|\bI,? (?:am )?(?:the|a) {_WHO}\b|"
    r"\bmy (?:doctor|physician|provider|employer|plan|account|claim|expenses?|own records)\b|"
    r"\b(?:I (?:have not been|will not be) reimbursed|I authori[sz]e (?:my|the release|payment))",
    _I,
)
_PART_OF_PROVIDER = re.compile(
    rf"\b(?:provider|physician|practitioner|doctor|clinician|prescriber)(?:'s|’s)?\s+(?:\w+\s+){{0,2}}{_SAYS}|"
    r"\bby (?:the |a |your )?(?:\w+ ){0,3}(?:provider|physician|practitioner|doctor)\b|\bNPI\b|"
    r"\blicen[sc]e (?:no|num|#)|"
    r"\bmy patient\b|\bin my (?:medical|professional|clinical) (?:opinion|judge?ment)",
    _I,
)
_SIGNED_BEFORE = re.compile(r"\bsignature\s*(?:$|[:_\t]|\s{2,})|\bsignature of\b|^\s*signed\b", _I)


_FARTHEST = 0.22  # of the page's width, from a label to where a signature begins
_INDENT = 0.03  # of the page's width, by which what is typed under a caption may be set in or out
_OTHER_LABEL = re.compile(r"date|title|phone|npi|licen[sc]e|(?:print(?:ed)? )?name", _I)


@dataclass(frozen=True)
class SignatureBlock:
    """Where somebody signs.

    `person`: whose name stands there; None where none does. `scrawl`: words at the label that were read too badly to be
    words. `lines_after`: the lines of the block below the name. `opens`, `ends`: where the block begins and ends.
    """

    of: Literal["provider", "other"]
    person: Person | None
    strength: float
    electronic: bool
    opens: int
    ends: int
    lines_after: tuple[tuple[int, int], ...]
    label: tuple[int, int] | None
    scrawl: tuple[int, int] | None = None


def signature_blocks(text: AnnotatedText) -> tuple[SignatureBlock, ...]:
    """Every place where somebody signs, in order: below a closing, after "electronically signed by", at a label."""
    return text.once("signature blocks", lambda: tuple(sorted(_blocks(text), key=lambda block: block.opens)))


def _blocks(text: AnnotatedText) -> Iterator[SignatureBlock]:
    for index, line in enumerate(text.lines):
        printed = text.text[line.start : line.end]
        if _CLOSING.fullmatch(printed) or _CLOSING.fullmatch(line.cells[0].text) or _parts_with(text, index):
            yield _below_closing(text, index)
    labelled = tuple(_at_labels(text))
    for said in electronic.said(text):
        yield SignatureBlock(
            _of_said(text, said, labelled), said.person, 0.95, True, said.start, said.ends,
            _lines_after(text, said.start), None,
        )  # fmt: skip
    yield from labelled


def _of_said(
    text: AnnotatedText, said: electronic.Said, labelled: tuple[SignatureBlock, ...]
) -> Literal["provider", "other"]:
    """Who signed electronically: the patient where the words say so, or stand at the patient's place."""
    if electronic.by_another(text, said):
        return "other"
    if said.person is not None and said.person.letters:
        return "provider"
    if said.person is not None and electronic.is_patient(text, said.person):
        return "other"
    box, page = text.box_of(said.start, said.end), text.document.page_of(said.start)
    if box is None or page is None:
        return "provider"
    nearest = _nearest(text, labelled, box, page)
    if nearest is not None:
        return nearest.of
    return _of_part(text, said.start) if said.person is None else "provider"


def _at_labels(text: AnnotatedText) -> Iterator[SignatureBlock]:
    for item in text.labelled(_LABEL, above=True):
        words = text[item.label]
        if words.lower() == "x" and item.sign != "_" and item.place != "nowhere":
            continue
        if words.lower() == "x" and item.value is not None and not text[item.value][:1].isdigit():
            continue
        beside = item.value if item.place != "below" else None
        scrawl = beside if beside and _scrawled(text, *beside) else None
        person = person_at(text, *beside) if beside and not scrawl else None
        if item.place in ("below", "nowhere") and item.sign != "_":
            person = _under_caption(text, item.label.start, item.label.end)
        around = text.text[item.label.start : item.label.end + 60].split("\n")[0].split("\t")[0]
        whose = words if re.search(_NOT_PROVIDER.pattern + "|" + _PROVIDER.pattern, words, _I) else around
        of: Literal["provider", "other"] = (
            "other" if _NOT_PROVIDER.search(whose) and not _PROVIDER.search(whose) else "provider"
        )
        if of == "provider" and not _PROVIDER.search(whose):
            of = _of_part(text, item.label.start)
        yield SignatureBlock(
            of, person, 0.85, False, item.label.start, item.label.end, _lines_after(text, item.label.start, most=4),
            (item.label.start, item.label.end), scrawl,
        )  # fmt: skip


def _under_caption(text: AnnotatedText, start: int, end: int) -> Person | None:
    """A name typed under a label that heads its cell: closer to it than what stands above, and no label of its own."""
    label, page = text.box_of(start, end), text.document.page_of(start)
    if label is None or page is None:
        return None
    under = text.below(label, page, lines=3.5)
    over = text.above(label, page, lines=3.5)
    if under is None or text.is_label(under) or abs(under.box.left - label.left) > _INDENT:
        return None
    if over is not None and label.top - over.box.bottom < under.box.top - label.bottom:
        return None
    person = person_at(text, under.start, under.end)
    return None if person is None or _is_organisation(under.text) else person


def _of_part(text: AnnotatedText, offset: int) -> Literal["provider", "other"]:
    """Who signs at a label that does not tell: by the nearest line above it that does, back to the signature before."""
    if re.search(r"participant|employee|account\s?holder|member", text.section_at(offset), _I):
        return "other"
    index = text.line_index(offset)
    for line in reversed(text.lines[max(0, index - _PART) : index]):
        printed = text.text[line.start : line.end]
        if line.page is not text.lines[index].page or _SIGNED_BEFORE.search(printed):
            break
        if _PART_OF_PROVIDER.search(printed):
            break
        if _PART_OF_OTHER.search(printed):
            return "other"
    return "provider"


def _scrawled(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether words are ink that OCR took for letters: of a printed name some word is read surely, even if crossed."""
    if text.certainty(start, end) >= _LEGIBLE:
        return False
    words = [placed.word for placed in text.document.words_between(start, end)]
    sure = sum(len(w.text) for w in words if (w.confidence or 0) >= _SURE and sum(c.isalnum() for c in w.text) >= 3)
    return sure < _MOSTLY * sum(len(w.text) for w in words)


def _parts_with(text: AnnotatedText, index: int) -> bool:
    """Whether a line takes leave in its own words: short, with a comma at its end, and a name alone in its cell "
    "below."""
    line = text.lines[index]
    printed = line.cells[0].text
    if len(line.cells) > 1 or not _LEAVE.fullmatch(printed) or _GREETS.match(printed) or len(printed.split()) > 12:
        return False
    for after in text.lines[index + 1 : index + 5]:
        cell = after.cells[0]
        if not _near(line, after):
            return False
        if not re.search(r"[^\W\d_]{2}", cell.text):
            continue
        person, start = _opening(text, cell.start, cell.end), cell.start
        return person is not None and start <= person.start and _is_alone(text, person, cell) and " " in person.name
    return False


_LEAVE = re.compile(r"[A-Z][^\d:;@]{3,80},")
_GREETS = re.compile(r"(?:my )?dear\b|to\b|hi\b|hello\b|attn|attention|greetings|re\b|from\b", _I)


def _opening(text: AnnotatedText, start: int, end: int) -> Person | None:
    """Who is named where a signature would stand, behind "/s/", "X", an item's number or a line to write on."""
    slashes = electronic.slashes(text, start, end)
    lead = _BEFORE_A_NAME.match(text.text, slashes.end() if slashes else start, end)
    return person_at(text, lead.end() if lead else start, end)


_BEFORE_A_NAME = re.compile(r"(?:[Xx](?=[\s_]))?[\s_.-]*(?:\(?\d{1,2}[.)]\s+)?")


def _is_alone(text: AnnotatedText, person: Person, cell: Cell) -> bool:
    """Whether little but a name, its letters and a date stands in a cell."""
    ends = max([person.end, *(one.end for one in person.letters)])
    rest = text.text[ends : cell.end]
    return len(rest) < 45 and not re.search(r"[a-z]{3,}\s+[a-z]{3,}|[.!?]\s+[A-Z]|:", rest)


def name_at_the_end(text: AnnotatedText) -> Person | None:
    """Who a letter names alone below what it says, whatever closes it: "In health, / Ana Roe, ND".

    With letters of a profession or a doctor's title, or below the last sentence with a licence or NPI under the name;
    of several the last, but nobody of a list of names; else nobody.
    """
    prose = [i for i, line in enumerate(text.lines) if _PROSE.search(text.text[line.start : line.end])]
    first = prose[0] if prose else len(text.lines) // 2
    named: list[tuple[int, Person]] = []
    for index, line in enumerate(text.lines[first + 1 :], start=first + 1):
        for cell in line.cells:
            person = _opening(text, cell.start, cell.end)
            if (
                person is None
                or " " not in person.name
                or _is_organisation(cell.text)
                or not _is_alone(text, person, cell)
            ):
                continue
            below = text.lines[index : index + 3]
            letters = person.best is not None and person.best.credential.tier is not None
            identified = (
                bool(prose) and prose[-1] < index <= prose[-1] + 8 and len(cell.text.split()) <= 5
                and any(_IDENTIFIED.search(text.text[b.start : b.end]) for b in below)
            )  # fmt: skip
            if letters or person.is_doctor or identified:
                named.append((index, person))
    if not named:
        return None
    listed = [i for i, _ in named]
    if len(listed) > 2 and listed[-1] - listed[-3] == 2:
        return None
    return named[-1][1]


_PROSE = re.compile(r"(?:\b\w+\b[\s,;:]+){5,}\S*[.!?][\"”)]?\s*$|(?:\b[a-z]+\b[\s,;:]+){5,}")


def is_prose(printed: str) -> bool:
    """Whether a line is of a letter's sentences, not of an address, a list or a form."""
    enough = _SHORT_SENTENCE if printed.rstrip().endswith((".", "?", "!")) else _SENTENCE
    return len(printed) > enough and _PROSE.search(printed) is not None


_SHORT_SENTENCE, _SENTENCE = 30, 45  # letters from which a line of words is a sentence's, with and without its stop
_IDENTIFIED = re.compile(r"\bnpi\b|\blic(?:\.|ense|ence)?\b", _I)


def _lines_after(text: AnnotatedText, offset: int, *, most: int = 6) -> tuple[tuple[int, int], ...]:
    index = text.line_index(offset)
    return tuple(
        (line.start, line.end)
        for line in text.lines[index + 1 : index + 1 + most]
        if line.page is text.lines[index].page
    )


def _below_closing(text: AnnotatedText, index: int) -> SignatureBlock:
    closing = text.lines[index]
    person, at, slashed = None, index, False
    below = [line for line in text.lines[index + 1 : index + 9] if _near(closing, line)]
    for offset, line in enumerate(below, start=index + 1):
        printed = text.text[line.start : line.end]
        start = line.start
        slashes = electronic.slashes(text, start, line.end)
        if slashes:
            start = slashes.end()
            while start < line.end and text.text[start] == " ":
                start += 1
        found = person_at(text, start, line.end)
        slashed = slashed or (slashes is not None and found is not None)
        if found is None or _is_organisation(printed):
            continue
        if person is None or (found.letters and not person.letters):
            person, at = found, offset
        if person.letters:
            break
    ends = below[-1].end if below else closing.end
    after = tuple((line.start, line.end) for line in text.lines[at + 1 : at + 6] if line in below)
    said = slashed or any(closing.start <= one.start < ends for one in electronic.said(text))
    return SignatureBlock(
        "provider", person, 0.93 if person and person.letters else 0.85, said, closing.start, ends, after, None
    )


def _near(closing: Line, line: Line) -> bool:
    if line.page is closing.page:
        return line.box.top - closing.box.bottom < 0.25
    return line.page.number == closing.page.number + 1 and line.box.top < 0.25


def _is_organisation(printed: str) -> bool:
    return re.search(
        r"\b(?:clinic|center|associates|hospital|llc|pllc|inc|medical group|university|department|certified|medicine|"
        r"suite|street|avenue|phone|fax|license|npi)\b", printed, _I,
    ) is not None  # fmt: skip


def signature(text: AnnotatedText) -> Iterator[Extraction]:
    """{"present", "form"} of the provider's signature; nothing where the document has no place for one.

    Ink is what reading saw (`signature_ink`), "electronic" is a signed field of a PDF's form or what the words say,
    "typed" is a name in the place of a signature. A place for a signature with nothing in it says present: false.
    """
    blocks = [block for block in signature_blocks(text) if block.of == "provider"]
    inks = [(mark, page) for page in text.document.pages for mark in page.marks if mark.kind == "signature_ink"]
    inks = [(mark, page) for mark, page in inks if not _belongs_to_another(text, mark, page)]
    if inks:
        evidence = tuple(Evidence(page.number, (mark.box,), "", None, None, "", _FOUND_BY) for mark, page in inks)
        placed = any(_is_placed(text, mark, page) for mark, page in inks)
        yield Extraction("signature", {"present": True, "form": "ink"}, "", "stated", 0.9 if placed else 0.6, evidence)
        return
    fields = [
        (mark, page) for page in text.document.pages for mark in page.marks
        if mark.kind == "form_field" and mark.state == "signed" and not _belongs_to_another(text, mark, page)
    ]  # fmt: skip
    if fields:
        signed = tuple(Evidence(page.number, (mark.box,), "", None, None, "", _FOUND_BY) for mark, page in fields)
        yield Extraction("signature", {"present": True, "form": "electronic"}, "", "stated", 0.9, signed)
        return
    for block in blocks:
        if block.electronic:
            end = block.person.end if block.person else block.ends
            opens = (one.start for one in electronic.said(text) if block.opens <= one.start < block.ends)
            start = next(opens, block.opens)
            found = text.extraction(
                "signature",
                {"present": True, "form": "electronic"},
                start,
                max(end, start + 1),
                found_by=_FOUND_BY,
                strength=0.93,
            )
            yield found
            return
    written = [(mark, page) for block in blocks for mark, page in _ink_at(text, block)]
    if written:
        evidence = tuple(Evidence(page.number, (mark.box,), "", None, None, "", _FOUND_BY) for mark, page in written)
        yield Extraction("signature", {"present": True, "form": "ink"}, "", "stated", 0.7, evidence)
        return
    yield from _without_ink(text, blocks)


def _is_placed(text: AnnotatedText, mark: Mark, page: Page) -> bool:
    """Whether words say that somebody signs where ink stands; else its look and a name nearby are all that tells it."""
    return _block_at(text, mark.box, page) is not None


def _without_ink(text: AnnotatedText, blocks: list[SignatureBlock]) -> Iterator[Extraction]:
    labelled = [block for block in blocks if block.label is not None]
    for block in labelled:
        if block.scrawl is not None:
            yield text.extraction(
                "signature",
                {"present": True, "form": "ink"},
                *block.scrawl,
                found_by=_FOUND_BY,
                strength=0.6,
                certainty=1.0,
            )
            return
    for block in labelled:
        if block.person is not None and block.label is not None:
            yield text.extraction(
                "signature",
                {"present": True, "form": "typed"},
                block.person.start,
                block.person.end,
                found_by=_FOUND_BY,
                strength=0.7,
            )
            return
    if labelled and labelled[0].label is not None:
        empty: dict[str, Json] = {"present": False, "form": None}
        page = text.document.page_of(labelled[0].opens)
        unseen = page is not None and page.source != "text_layer" and not page.marks
        yield text.extraction(  # a picture on which nothing but words was made out may still bear ink
            "signature", None if unseen else empty, *labelled[0].label, found_by=_FOUND_BY,
            strength=0.4 if unseen else 0.75, readings=[empty, {"present": True, "form": "ink"}] if unseen else (),
        )  # fmt: skip
        return
    for block in blocks:
        if block.person is not None:
            yield text.extraction(
                "signature",
                {"present": True, "form": "typed"},
                block.person.start,
                block.person.end,
                found_by=_FOUND_BY,
                strength=0.6,
            )
            return


def _belongs_to_another(text: AnnotatedText, mark: Mark, page: Page) -> bool:
    """Whether ink stands at the patient's or the participant's place."""
    block = _block_at(text, mark.box, page)
    return block is not None and block.of == "other"


def _block_at(text: AnnotatedText, thing: Box, page: Page) -> SignatureBlock | None:
    """The label or the closing that something stands at: right of it, over it as on a line above its caption, or under
    it, as in a cell. None where it stands at none of them."""
    return _nearest(text, signature_blocks(text), thing, page)


def _nearest(text: AnnotatedText, blocks: tuple[SignatureBlock, ...], thing: Box, page: Page) -> SignatureBlock | None:
    nearest: tuple[float, SignatureBlock] | None = None
    for block in blocks:
        where = text.document.page_of(block.opens)
        if where is None or where.number != page.number or (block.electronic and block.label is None):
            continue
        label = text.box_of(*(block.label or (block.opens, block.opens + 1)))
        if label is None:
            continue
        away = _away(label, thing, page, closing=block.label is None)
        if away is not None and not _apart(text, block, label, thing) and (nearest is None or away < nearest[0]):
            nearest = (away, block)
    return nearest[1] if nearest else None


def _apart(text: AnnotatedText, block: SignatureBlock, label: Box, thing: Box) -> bool:
    """Whether print stands between a label and what lies over or under it: that belongs to the other side then."""
    upper, lower = sorted((label, thing), key=lambda box: box.top)
    return block.label is not None and any(
        upper.bottom < (cell.box.top + cell.box.bottom) / 2 < lower.top
        and cell.box.left < label.right and cell.box.right > label.left
        for line in text.lines for cell in line.cells if cell.page is text.document.page_of(block.opens)
    )  # fmt: skip


_OVER, _BELOW_CLOSING = 3.5, 9.0  # lines between what is signed and a label below it, and a closing above it
_REACH = 7.0  # lines from a label to what still stands at it


def _away(label: Box, thing: Box, page: Page, *, closing: bool) -> float | None:
    """How far a thing stands from a label, in lines of print; None where it does not stand at it."""
    line = max(label.height, 0.008)
    across = page.width / max(page.height, 1.0)  # of what is measured by the width, in parts of the height
    middle = (thing.top + thing.bottom) / 2
    found = []
    if not closing and thing.right > label.right and label.top - 2.5 * line < middle < label.bottom + line:
        gap = max(0.0, thing.left - label.right) * across / line
        found.append(0.1 * gap + abs(thing.bottom - label.bottom) / line * (0.5 if thing.top < label.bottom else 1.0))
    beside = label.left - 4 * line < thing.right and thing.left < label.left + max(0.45, label.width)
    gap = (label.top - thing.bottom) / line
    if beside and not closing and -1.0 < gap < _OVER and middle < label.top:
        found.append(1.0 + max(0.0, gap))
    if beside and thing.top > label.top - line and middle > label.bottom:
        found.append((0.5 if closing else 2.0) + max(0.0, thing.top - label.bottom) / line)
    cells = [
        mark.box for mark in page.marks
        if mark.kind == "cell" and _within(mark.box, label) and mark.box.height < _REACH * line
    ]  # fmt: skip
    shared = any(_within(cell, thing) for cell in cells)
    away = min(found, default=None)
    return None if away is None or away > (_BELOW_CLOSING if closing else _REACH) else away - 3.0 * shared


def _within(cell: Box, thing: Box) -> bool:
    x, y = (thing.left + thing.right) / 2, (thing.top + thing.bottom) / 2
    return cell.left <= x <= cell.right and cell.top <= y <= cell.bottom


def _ink_at(text: AnnotatedText, block: SignatureBlock) -> Iterator[tuple[Mark, Page]]:
    """Ink or handwriting in the place of a signature: right of or above its label, or between closing and name."""
    anchor = text.box_of(*(block.label or (block.opens, block.opens + 1)))
    page = text.document.page_of(block.opens)
    if anchor is None or page is None:
        return
    if block.label:
        area = Box(anchor.left, max(0.0, anchor.top - 0.05), min(1.0, anchor.right + 0.45), anchor.bottom + 0.012)
        area = area._replace(right=_next_label(text, page, anchor, area.right))
    else:
        below = text.box_of(block.person.start, block.person.end) if block.person else None
        bottom = below.top if below and below.top > anchor.bottom else anchor.bottom + 0.1
        area = Box(max(0.0, anchor.left - 0.1), anchor.bottom, min(1.0, anchor.left + 0.5), bottom)
    for mark in text.marks_in(area, page, "ink", "handwriting", "signature_ink"):
        if mark.box.width > 0.03 and mark.box.left < anchor.right + _FARTHEST:
            yield mark, page


def _next_label(text: AnnotatedText, page: Page, anchor: Box, most: float) -> float:
    """Where the next label begins in a label's row: what stands behind it belongs there, as a date does."""
    return min(
        (
            cell.box.left
            for line in text.lines
            if line.page is page and line.box.top < anchor.bottom and line.box.bottom > anchor.top
            for cell in line.cells
            if cell.box.left > anchor.right and _OTHER_LABEL.match(cell.text)
        ),
        default=most,
    )  # fmt: skip


def closes_a_letter(printed: str) -> bool:
    """Whether a line is "Sincerely," or another of the words that close a letter."""
    return _CLOSING.fullmatch(printed) is not None
