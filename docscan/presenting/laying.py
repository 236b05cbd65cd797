"""Where does what is said of a document stand on its pages? Items laid on pages, cut out of them, linked to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from docscan.document import Box, Evidence, PageSummary, Report
from docscan.presenting import wording
from docscan.presenting.outline import NotRead, not_read
from docscan.presenting.sheets import Rect, Sheet, sheet_of
from docscan.presenting.tones import Tone

_GRAVEST: Final[tuple[Tone, ...]] = ("bad", "open", "good", "plain")
_MAGNIFIED = 1.4  # CSS pixels for a unit of a page: print of 12 points gets letters 24 pixels high


@dataclass(frozen=True, slots=True)
class Place:
    """A link to where an item stands on one page; `document` names the document where there are several."""

    page: int
    anchor: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Cutting:
    """The part of a page in which an item stands, cut out and magnified. `document` as in `Place`."""

    picture: str  # id of the page's picture
    anchor: str
    page: int
    part: Rect
    wide: int  # in CSS pixels, where there is room
    rects: tuple[Rect, ...]
    document: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """The boxes of one item on one page."""

    anchor: str
    item: str
    label: str
    tone: Tone
    rects: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    id: str
    number: int
    sheet: Sheet
    src: str | None
    read: str
    problem: str | None
    marks: tuple[Spot, ...]  # each place once, under the gravest thing said of it
    spots: tuple[Spot, ...]  # each item, shown when it is chosen
    unread: Spot | None
    unread_said: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A document's pages while its items are laid on them. `spots` grows: every item's places, with their page."""

    prefix: str
    sheets: Mapping[int, Sheet]
    pictures: Mapping[int, str]
    unread: NotRead
    spots: list[tuple[int, Spot]]


def lay(prefix: str, report: Report, pictures: Mapping[int, str]) -> Laid:
    """A document's pages with nothing on them yet. `prefix` begins every id within its part of the page."""
    sheets = {page.number: sheet_of(page) for page in report.document.pages}
    return Laid(prefix, sheets, pictures, not_read(report), [])


def places_on(
    pages: Laid, item: str, label: str, tone: Tone, evidence: Iterable[Evidence], *, document: str = ""
) -> Iterator[Place]:
    """Lay an item's places on the pages; the links to them."""
    by_page: dict[int, list[Box]] = {}
    for one in evidence:
        by_page.setdefault(one.page, []).extend(one.boxes)
    for page, boxes in sorted(by_page.items()):
        anchor = _anchor(pages, item, page, document)
        if page in pages.sheets:
            pages.spots.append((page, Spot(anchor, item, label, tone, pages.sheets[page].rects(boxes))))
            yield Place(page, anchor, document)


def cutting_of(pages: Laid, item: str, evidence: Iterable[Evidence], *, document: str = "") -> Cutting | None:
    """The first place of an item, cut out of its page; None where there is none, or no picture."""
    first = next((one for one in evidence if one.boxes and one.page in pages.pictures), None)
    if first is None or first.page not in pages.sheets:
        return None
    sheet = pages.sheets[first.page]
    rects = sheet.rects(first.boxes)
    part = sheet.cutting(rects)
    return Cutting(
        picture=_picture_id(pages, first.page),
        anchor=_anchor(pages, item, first.page, document),
        page=first.page,
        part=part,
        wide=round(part[2] * _MAGNIFIED),
        rects=rects,
        document=document,
    )


def page_view(page: PageSummary, pages: Laid) -> PageView:
    """A page with all that was laid on it."""
    sheet = pages.sheets[page.number]
    here = [spot for number, spot in pages.spots if number == page.number]
    first: dict[Rect, Spot] = {}
    for spot in sorted(here, key=lambda one: _GRAVEST.index(one.tone)):
        for rect in spot.rects:
            first.setdefault(rect, spot)
    unread = None
    boxes = pages.unread.places.get(page.number)
    if boxes:
        item = f"{pages.prefix}-u"
        unread = Spot(unread_anchor(pages, page.number), item, "Not read", "plain", sheet.rects(boxes))
    return PageView(
        id=_picture_id(pages, page.number),
        number=page.number,
        sheet=sheet,
        src=pages.pictures.get(page.number),
        read=wording.page_read(page),
        problem=wording.PROBLEM[page.problem.category] if page.problem else None,
        marks=tuple(
            Spot(s.anchor, s.item, s.label, s.tone, (rect,))
            for rect, s in sorted(first.items(), key=lambda one: -one[0][2] * one[0][3])  # the smaller lies on top
        ),
        spots=tuple(here),
        unread=unread,
        unread_said=wording.places_unread(len(boxes or ())),
    )


def _anchor(pages: Laid, item: str, page: int, document: str) -> str:
    """An item of one document begins with its prefix; one of several documents has places in each."""
    return f"{item}-{pages.prefix}-p{page}" if document else f"{item}-p{page}"


def _picture_id(pages: Laid, page: int) -> str:
    return f"{pages.prefix}-i{page}"


def unread_anchor(pages: Laid, page: int) -> str:
    """The anchor of what was not read on a page."""
    return f"{pages.prefix}-u-p{page}"
