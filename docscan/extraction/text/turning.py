"""Documents with their pages upright, and back: a label's value is right of it or below it only on an upright page.

Extractors see upright pages alone; evidence goes out with its boxes on the pages as uploaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from docscan.document import Box, Document, Evidence, Extractions, Page


def upright(document: Document) -> Document:
    """The same document as if its pages had been uploaded upright; itself where they were."""
    if not any(page.rotation % 360 for page in document.pages):
        return document
    return replace(document, pages=tuple(_upright(page) for page in document.pages))


def _upright(page: Page) -> Page:
    if not page.rotation % 360:
        return page
    width, height = page.upright_size
    return replace(
        page,
        width=width,
        height=height,
        rotation=0,
        words=tuple(replace(word, box=_turned(page, word.box)) for word in page.words),
        marks=tuple(replace(mark, box=_turned(page, mark.box)) for mark in page.marks),
        regions=tuple(replace(region, box=_turned(page, region.box)) for region in page.regions),
    )


def _turned(page: Page, box: Box) -> Box:
    return Box.of(*page.upright(box))


def as_uploaded(found: Extractions, document: Document) -> Extractions:
    """What was found on upright pages, with boxes on the pages of `document` as uploaded."""
    back = {
        page.number: replace(page, rotation=-page.rotation % 360, words=(), marks=(), regions=())
        for page in document.pages
        if page.rotation % 360
    }
    if not back:
        return found
    return replace(
        found,
        kind_evidence=tuple(_back(one, back) for one in found.kind_evidence),
        fields=tuple(
            replace(field, evidence=tuple(_back(one, back) for one in field.evidence)) for field in found.fields
        ),
    )


def _back(evidence: Evidence, pages: Mapping[int, Page]) -> Evidence:
    page = pages.get(evidence.page)
    if page is None:
        return evidence
    return replace(evidence, boxes=tuple(_turned(page, box) for box in evidence.boxes))
