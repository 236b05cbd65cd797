"""Where does somebody sign, who, and for whom: the provider or another?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from docscan.extraction.paper import electronic
from docscan.extraction.paper.closings import closes_a_letter, is_near, is_organisation, parts_with
from docscan.extraction.paper.signature_places import nearest_block
from docscan.extraction.paper.signing_names import left_empty
from docscan.extraction.text.names import Person, person_at, small_person_at
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.labels import Labelled

_I = re.IGNORECASE
_LABEL = re.compile(
    r"\b(?:(?:(?:licensed|health\s?care|medical|treating|attending|authorized|practitioner|provider|physician|"
    r"doctor|prescriber|clinician|patient|"
    r"participant|employee|member|account holder|parent|guardian|subscriber|trainer|therapist)(?:'s|’s)?(?:[ ]*/[ ]*|"
    r"[ ]+(?:or[ ]+)?))*signature(?:\s+of\s+(?:the\s+)?[\w' /-]{4,45}?)?(?:\s*(?:and|&|/)\s*date)?|"
    r"(?:provider|physician|practitioner|doctor)\s+sign(?:ature)?(?:\s+here)?|sign(?:ed)?\s?(?:/|&|and)\s?dated?|"
    r"signed(?: by)?|sign(?= ?:)|sign here|"
    r"x)(?=\s*[:_\t(\]]|\s*$|\s{2,}|\s*(?:\.{3,}|…))",
    _I | re.MULTILINE,
)
_LEGIBLE = 0.5  # below it, words at a signature's place are ink that OCR took for letters
_SURE, _MOSTLY = 0.8, 0.4  # confidence of a word, and the share of such words' letters, from which it is print
_NOT_PROVIDER = re.compile(
    r"patient|participant|employee|member|(?:account|card)\s?holder|parent|guardian|subscriber|trainer|client|witness|"
    r"insured|retiree",
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
_ENCLOSED = re.compile(r"\s*(?:encl(?:osures?|osed|s)?|attach(?:ments?|ed)|cc|copies|p\.?s)\b\W*(?:$|[:.(])", _I)
_EVEN = 0.002  # of the page, by which rows as far from each other may differ
_INDENT = 0.03  # of the page's width, by which what is typed under a caption may be set in or out


@dataclass(frozen=True)
class SignatureBlock:
    """Where somebody signs.

    `person`: whose name stands there; None where none does. `scrawl`: words at the label that were read too badly to be
    words. `lines_after`: the lines of the block below the name. `opens`, `ends`: where the block begins and ends.
    `left_empty`: the line to sign on stands between a label and the name, which is printed behind it.
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
    left_empty: bool = False


def signature_blocks(text: AnnotatedText) -> tuple[SignatureBlock, ...]:
    """Every place where somebody signs, in order: below a closing, after "electronically signed by", at a label."""
    return text.once("signature blocks", lambda: tuple(sorted(_blocks(text), key=lambda block: block.opens)))


def _blocks(text: AnnotatedText) -> Iterator[SignatureBlock]:
    for index, line in enumerate(text.lines):
        printed = text.text[line.start : line.end]
        if closes_a_letter(printed) or closes_a_letter(line.cells[0].text) or parts_with(text, index):
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
    nearest = nearest_block(text, labelled, box, page)
    if nearest is not None:
        return nearest.of
    return _of_part(text, said.start) if said.person is None else "provider"


_BEFORE_A_NAME = re.compile(
    r"\b(?:(?:provider|physician|practitioner|doctor|prescriber|clinician)(?:'s|’s)?[ ]+signature|signature)"
    r"(?=[ ]+(?:/s/[ ]*)?(?-i:[A-ZÀ-Þ]))",
    _I,
)


_CAPTION_BELOW = re.compile(
    r"(?:printed?|type[dw]?|name|title|credentials?|licen[cs]e|npi|date|phone)(?: ?(?:name|no\.?|#|number))?\W*",
    _I,
)


def _beside(text: AnnotatedText, item: Labelled) -> Labelled:
    """With the name to the right of a label that stands over the next row's: "Signature   Ana Roe" over "Printed"."""
    if item.place != "below" or item.value is None or not _CAPTION_BELOW.fullmatch(text[item.value]):
        return item
    cell = text.cell_at(item.label.start)
    right = text.right_of(cell.box, cell.page) if cell is not None and cell.end == item.label.end else None
    if right is None or person_at(text, right.start, right.end) is None:
        return item
    return replace(item, value=Span(right.start, right.end), place="right", area=right.box)


def _asked_to_sign(text: AnnotatedText) -> Iterator[Labelled]:
    """Labels at which somebody signs; without a sign or a gap where a name alone follows: "Signature Ana Roe, MD"."""
    for item in text.labelled(_LABEL, above=True):
        yield _beside(text, item)
    for item in text.labelled(_BEFORE_A_NAME, bare=True):
        if item.place != "inline" or item.value is None or item.sign:
            continue
        slashes = electronic.slashes(text, *item.value)
        person = person_at(text, slashes.end() if slashes else item.value.start, item.value.end)
        last = max([person.end, *(one.end for one in person.letters)]) if person is not None else 0
        if person is not None and not text.text[last : item.value.end].strip(" .,"):
            yield replace(item, value=Span(person.start, item.value.end))


def _at_labels(text: AnnotatedText) -> Iterator[SignatureBlock]:
    for item in _asked_to_sign(text):
        words = text[item.label]
        if words.lower() == "x" and item.sign != "_" and item.place != "nowhere":
            continue
        if words.lower() == "x" and item.value is not None and not text[item.value][:1].isdigit():
            continue
        beside = item.value if item.place != "below" else None
        scrawl = beside if beside and _scrawled(text, *beside) else None
        person = person_at(text, _inside(text, beside.start), beside.end) if beside and not scrawl else None
        captioned = item.place == "captioned" and person is None and scrawl is None
        if (item.place in ("below", "nowhere") or captioned) and item.sign != "_":
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
            person is not None and left_empty(text, item.label, person.start),
        )  # fmt: skip


def _inside(text: AnnotatedText, start: int) -> int:
    """Where what a template's bracket is filled in with begins: "[Jane Roe, MD]"."""
    opened = re.compile(r"[ \[]*").match(text.text, start)
    return opened.end() if opened else start


def _under_caption(text: AnnotatedText, start: int, end: int) -> Person | None:
    """A name typed under a label that heads its cell: closer to it than what stands above, and no label of its own."""
    label, page = text.box_of(start, end), text.document.page_of(start)
    if label is None or page is None:
        return None
    under = text.below(label, page, lines=3.5)
    over = text.above(label, page, lines=3.5)
    if under is None or text.is_label(under) or abs(under.box.left - label.left) > _INDENT:
        return None
    even = _EVEN if under.box.left > label.left + _EVEN else 0.0  # set in, as an answer under what it answers
    if over is not None and label.top - over.box.bottom < under.box.top - label.bottom - even:
        return None
    person = person_at(text, under.start, under.end)
    return None if person is None or is_organisation(under.text) else person


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
    below = [line for line in text.lines[index + 1 : index + 9] if is_near(closing, line)]
    for offset, line in enumerate(below, start=index + 1):
        printed = text.text[line.start : line.end]
        if _ENCLOSED.match(printed):
            break
        start = line.start
        slashes = electronic.slashes(text, start, line.end)
        if slashes:
            start = slashes.end()
        start = _inside(text, start)
        found = person_at(text, start, line.end) or small_person_at(text, start, line.end)
        slashed = slashed or (slashes is not None and found is not None)
        if found is None or is_organisation(printed):
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
