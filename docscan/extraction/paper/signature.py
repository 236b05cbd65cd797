"""Is there a signature of the provider, and of what form?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Box, Evidence, Extraction, Json, Mark, Page
from docscan.extraction.paper import electronic
from docscan.extraction.paper.signature_blocks import SignatureBlock, signature_blocks
from docscan.extraction.paper.signature_places import ink_at, nearest_block

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
    return nearest_block(text, signature_blocks(text), thing, page)
