"""Is there a signature of the provider, and of what form?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Box, Evidence, Extraction, Json, Mark, Page
from docscan.extraction.paper import electronic, signing_names
from docscan.extraction.paper.closings import name_at_the_end
from docscan.extraction.paper.signature_blocks import SignatureBlock, signature_blocks
from docscan.extraction.paper.signature_places import ink_at, nearest_block
from docscan.extraction.text.names import Person
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText


_FOUND_BY = "signature"


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
    named = signing_names.signing_name(text)
    if named is not None:
        yield text.extraction(
            "signature", {"present": True, "form": "electronic"}, *named, found_by=_FOUND_BY, strength=0.85
        )
        return
    written = [(mark, page) for block in blocks for mark, page in ink_at(text, block)]
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
        if block.person is not None and block.label is not None and not block.left_empty:
            yield text.extraction(
                "signature",
                {"present": True, "form": "typed"},
                block.person.start,
                block.person.end,
                found_by=_FOUND_BY,
                strength=0.7,
                resolved={"line": "completed"} if _is_completed(text, block, block.person) else None,
            )
            return
    if labelled and labelled[0].label is not None:
        yield _left_empty(text, *labelled[0].label)
        return
    for block in blocks:
        over = signing_names.empty_line(text, block.opens, block.person.start) if block.person else None
        if over is not None:
            yield _left_empty(text, *over)
            return
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
    last = name_at_the_end(text)
    if last is not None and not blocks:  # "... for eight weeks. / Ana Roe, DO"
        typed: dict[str, Json] = {"present": True, "form": "typed"}
        yield text.extraction("signature", typed, last.start, last.end, found_by=_FOUND_BY, strength=0.5)


_SAYS_SIGNED = re.compile(r"signed\b", re.IGNORECASE)
_DAY_BESIDE = re.compile(
    r"\bdated?\b[^\n]{0,20}\d|\d{1,2}[-/. ][\w]{1,9}[-/. ,]{1,2}\d{2,4}|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
)


def _is_completed(text: AnnotatedText, block: SignatureBlock, person: Person) -> bool:
    """Whether whoever typed a name at a label signed by it: the label says "signed", the day stands beside it, or the
    same name is printed elsewhere in the block. A field of a PDF's form can be filled in by anybody."""
    box, page = text.box_of(person.start, person.end), text.document.page_of(person.start)
    if box is None or page is None or block.label is None or any(text.marks_in(box, page, "form_field")):
        return False
    if _SAYS_SIGNED.match(text[Span(*block.label)]):
        return True
    near = [(block.label[0], text.lines[text.line_index(block.label[0])].end), *block.lines_after[:2]]
    if any(_DAY_BESIDE.search(text.text[start:end]) for start, end in near):
        return True
    return any(found.start() != person.start for found in re.finditer(re.escape(person.name), text.text, re.IGNORECASE))


def _left_empty(text: AnnotatedText, start: int, end: int) -> Extraction:
    """No signature at a place for one; a picture on which nothing but words was made out may still bear ink."""
    empty: dict[str, Json] = {"present": False, "form": None}
    page = text.document.page_of(start)
    unseen = page is not None and page.source != "text_layer" and not page.marks
    return text.extraction(
        "signature", None if unseen else empty, start, end, found_by=_FOUND_BY,
        strength=0.4 if unseen else 0.75, readings=[empty, {"present": True, "form": "ink"}] if unseen else (),
    )  # fmt: skip


def _belongs_to_another(text: AnnotatedText, mark: Mark, page: Page) -> bool:
    """Whether ink stands at the patient's or the participant's place."""
    block = _block_at(text, mark.box, page)
    return block is not None and block.of == "other"


def _block_at(text: AnnotatedText, thing: Box, page: Page) -> SignatureBlock | None:
    """The label or the closing that something stands at: right of it, over it as on a line above its caption, or under
    it, as in a cell. None where it stands at none of them."""
    return nearest_block(text, signature_blocks(text), thing, page)
