"""How does a report look on a page? One self-contained HTML file: page pictures, the evidence on them, every finding.

Nothing is loaded from anywhere: pictures are data URIs, style and script stand in the file, and its content security
policy allows no more than these two, by their hashes. A document's words are hostile input; every value is escaped.
The web pages show the same body (`report_body`) with pictures by address, and use the same `STYLE` and `SCRIPT`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from docscan.document import Box, Citation, Evidence, Extraction, Finding, PageSummary, Report
from docscan.presenting import administrators, wording
from docscan.presenting.changes import WHO, Change, by_who, changes
from docscan.presenting.comparison import comparison_view
from docscan.presenting.outline import (
    NotRead,
    first_to_mend,
    grouped_fields,
    not_found,
    not_read,
    outline,
    perhaps_there,
    unread_pages,
)
from docscan.presenting.sheets import Rect, Sheet, sheet_of
from docscan.presenting.side_by_side import SideBySide, side_by_side
from docscan.presenting.tones import VERDICT_TONE, Tone, tone_of


def _asset(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text("utf-8")


STYLE: Final[str] = _asset("report.css")
SCRIPT: Final[str] = _asset("report.js")

_GRAVEST: Final[tuple[Tone, ...]] = ("bad", "open", "good", "plain")
_MAGNIFIED = 1.4  # CSS pixels for a unit of a page: print of 12 points gets letters 24 pixels high
_SURE = 0.6  # facts of lower confidence are shown with their place, for a person to compare


def report_html(report: Report, pictures: Mapping[int, bytes], *, name: str = "", others: Sequence[Report] = ()) -> str:
    """The report as one HTML file that needs nothing else.

    `pictures`: PNG, JPEG or WebP by page number; a page without one is drawn blank with its boxes. `name`: what the
    person calls the file; shown as the title. `others`: the report by other administrators' rules, to stand beside it.
    """
    addresses = {number: data_uri(picture) for number, picture in pictures.items()}
    return whole_page(name or "docscan report", report_body(report, addresses, name=name, others=others))


def whole_page(title: str, body: Markup) -> str:
    """A body as one HTML file that needs nothing else."""
    return (
        templates()
        .get_template("report.html")
        .render(
            title=title,
            body=body,
            style=Markup(STYLE),  # noqa: S704 - our own file
            script=Markup(SCRIPT),  # noqa: S704 - our own file
            policy="default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
            f"style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)}",
        )
    )


def report_body(
    report: Report,
    pictures: Mapping[int, str],
    *,
    name: str = "",
    received: datetime | None = None,
    others: Sequence[Report] = (),
    rule_pages: str = "",
) -> Markup:
    """The report's part of a page, without head, style and script. `pictures`: addresses by page number. `rule_pages`:
    where each rule has a page of its own, with {} for its id."""
    views = [
        document_view(lay(f"d{index}", single, pictures), single)
        for index, single in enumerate(report.documents(), start=1)
    ]
    whole = views[0] if len(views) == 1 else None
    return Markup(  # noqa: S704 - the template escapes every value
        templates()
        .get_template("body.html")
        .render(
            name=name,
            documents=views,
            packet=None if whole else _heading(report),
            report=report,
            patients=wording.patients(report.documents()),
            pages=wording.count(len(report.document.pages), "page"),
            received=received,
            received_said=wording.moment(received) if received else "",
            administrator=administrators.called(report.administrator),
            advisory=wording.ADVISORY,
            as_of=wording.day(report.as_of),
            comparison=comparison_view(side_by_side([report, *others])) if others else None,
            texts=wording,
            rule_pages=rule_pages,
        )
    )


def comparison_body(told: SideBySide, addresses: Mapping[str, str] | None = None) -> Markup:
    """Administrators side by side, without head and style. `addresses`: of each one's own report."""
    view = comparison_view(told, addresses=addresses)
    page = templates().get_template("compared.html")
    return Markup(page.render(comparison=view, texts=wording))  # noqa: S704 - the template escapes every value


def verdict_of(report: Report) -> tuple[Tone, str]:
    """How grave a report is, and what a person has to do, in a line: for a list of documents."""
    heading = _heading(report)
    return heading.tone, heading.todo


def index_html(rows: Iterable[tuple[str, Report | str]]) -> str:
    """A page that lists files with what was found, each linked to NAME.html beside it; text stands for a failure."""
    views = []
    for file, told in rows:
        if isinstance(told, str):
            views.append({"file": file, "href": None, "kind": "", "verdict": "", "tone": "plain", "score": "",
                          "rule": "", "said": told})  # fmt: skip
            continue
        heading, worst = _heading(told), first_to_mend(told)
        score = heading.score.removesuffix(" of 100")
        views.append({"file": file, "href": quote(f"{file}.html"), "kind": heading.kind, "verdict": heading.verdict,
                      "tone": heading.tone, "score": score, "rule": worst.rule if worst else "",
                      "said": worst.message if worst else wording.nothing_to_fix(told.verdict)})  # fmt: skip
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {_hash(STYLE)}"
    page = templates().get_template("index.html")
    return page.render(rows=views, style=Markup(STYLE), policy=policy, advisory=wording.ADVISORY)  # noqa: S704


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
class Source:
    title: str
    locator: str
    url: str | None
    kind: str
    verified: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    id: str
    rule: str
    title: str
    message: str
    advice: str | None
    lead: str
    severity: str
    tone: Tone
    source: Source
    places: tuple[Place, ...]
    nowhere: str
    cuttings: tuple[Cutting, ...]


@dataclass(frozen=True, slots=True)
class _FieldView:
    id: str
    label: str
    again: bool  # the row above has the same label
    value: str
    sure: bool
    note: str
    confidence: str
    doubted: bool
    places: tuple[Place, ...]
    cutting: Cutting | None


@dataclass(frozen=True, slots=True)
class Spot:
    """The boxes of one item on one page."""

    anchor: str
    item: str
    label: str
    tone: Tone
    rects: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class _PageView:
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
class _Heading:
    kind: str
    verdict: str
    todo: str
    means: str
    tone: Tone
    score: str
    told_score: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _WaitingView:
    """Rules that wait for a clearer copy of a page."""

    id: str
    found: str
    remedy: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of which the same is to be done."""

    title: str
    key: wording.Todo
    waiting: tuple[_WaitingView, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    id: str
    heading: _Heading
    pages_said: str
    least: str
    changes: tuple[tuple[str, tuple[Change, ...]], ...]
    groups: tuple[Group, ...]
    fields: tuple[tuple[str, tuple[_FieldView, ...]], ...]
    problems: tuple[tuple[str, str, str, str], ...]
    pages: tuple[_PageView, ...]
    law_date: str
    report: Report
    file: str
    address: str  # of its own report, where there is one


def _heading(report: Report) -> _Heading:
    told = [outline(single.findings) for single in report.documents()]
    perhaps = report.verdict == "incomplete" and perhaps_there(report)
    return _Heading(
        kind=wording.KIND[report.document.kind],
        verdict=wording.VERDICT[report.verdict],
        todo=wording.to_do(
            report.verdict,
            fix=sum(len(one.mend) for one in told),
            check=sum(one.checks for one in told),
            perhaps=perhaps,
        ),
        means=wording.PERHAPS_THERE if perhaps else wording.VERDICT_MEANS[report.verdict],
        tone="open" if perhaps else VERDICT_TONE[report.verdict],
        score=wording.score(report.score),
        told_score=wording.told_score(report.score),
        low=report.score.low if report.score else None,
        high=report.score.high if report.score else None,
    )


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


def document_view(pages: Laid, report: Report, *, file: str = "", address: str = "") -> DocumentView:
    """A document with all that is said of it. Whatever else lies on its pages was laid there before."""
    prefix = pages.prefix
    told, made = outline(report.findings), changes(report)
    waiting = tuple(
        _WaitingView(f"{prefix}-w{index}", *wording.unread(one.pages, len(one.findings)), one.findings)
        for index, one in enumerate(told.waiting)
    )
    groups = tuple(
        Group(
            wording.NOT_FOUND if todo == "fix" and perhaps_there(report) else wording.TODO[todo],
            todo,
            waiting if todo == "check" else (),
            tuple(finding_view(f"{prefix}-f{todo}{index}", f, todo, pages) for index, f in enumerate(findings)),
        )
        for todo, findings in told.by_todo()
        if findings or (waiting and todo == "check")
    )
    fields = tuple(
        (
            wording.GROUP.get(group, "Other"),
            tuple(
                _field_view(f"{prefix}-v{group}{index}", e, pages, again=bool(index and before.name == e.name))
                for index, (before, e) in enumerate(zip((extractions[0], *extractions), extractions, strict=False))
            ),
        )
        for group, extractions in grouped_fields(report.fields).items()
    )
    return DocumentView(
        id=prefix,
        heading=_heading(report),
        pages_said=wording.part(report),
        least=wording.least(len(made)) if made else "",
        changes=tuple((WHO[who], those) for who, those in by_who(made).items()),
        groups=groups,
        fields=fields,
        problems=tuple(
            (wording.PROBLEM[p.category], wording.pages([p.page]) if p.page else "", p.message, p.remedy)
            for p in report.problems
        ),
        pages=tuple(_page_view(page, pages) for page in report.document.pages),
        law_date=f"{wording.day(report.law_date.date)} ({report.law_date.reason})",
        report=report,
        file=file,
        address=address,
    )


def finding_view(item: str, finding: Finding, todo: wording.Todo, pages: Laid) -> FindingView:
    perhaps = not_found(finding) and bool(pages.unread)
    tone = tone_of(finding)
    if perhaps and tone == "bad":
        tone = "open"
    places = tuple(places_on(pages, item, finding.message, tone, finding.evidence))
    nowhere = ""
    if not_found(finding):
        unread = pages.unread
        numbers = {page: len(boxes) for page, boxes in unread.places.items()}
        share, page = (unread.share, unread.page) if unread else (0.0, 0)
        nowhere = wording.nowhere(len(pages.sheets), numbers, share, page)
        places = tuple(Place(page, _unread_anchor(pages, page)) for page in numbers)
    return FindingView(
        id=item,
        rule=finding.rule,
        title=finding.title,
        message=finding.message,
        advice=wording.clean(finding.advice)
        if finding.advice and finding.outcome in ("not_met", "uncertain")
        else None,
        lead=wording.ADVICE_LEAD["uncertain" if perhaps else "not_met" if unread_pages(finding) else finding.outcome],
        severity=wording.SEVERITY[finding.severity],
        tone=tone,
        source=source_of(finding.citation),
        places=places,
        nowhere=nowhere,
        cuttings=tuple(filter(None, [cutting_of(pages, item, finding.evidence)]))
        if todo in ("fix", "check", "improve")
        else (),
    )


def _field_view(item: str, extraction: Extraction, pages: Laid, *, again: bool) -> _FieldView:
    label = wording.field_label(extraction.name)
    doubted = extraction.value is None or (extraction.confidence is not None and extraction.confidence < _SURE)
    return _FieldView(
        id=item,
        label=label,
        again=again,
        value=wording.value(extraction),
        sure=extraction.value is not None,
        note=wording.note(extraction),
        confidence="" if extraction.confidence is None else f"{extraction.confidence:.0%}",
        doubted=doubted,
        places=tuple(places_on(pages, item, label, "plain", extraction.evidence)),
        cutting=cutting_of(pages, item, extraction.evidence) if doubted else None,
    )


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


def _anchor(pages: Laid, item: str, page: int, document: str) -> str:
    """An item of one document begins with its prefix; one of several documents has places in each."""
    return f"{item}-{pages.prefix}-p{page}" if document else f"{item}-p{page}"


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


def _page_view(page: PageSummary, pages: Laid) -> _PageView:
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
        unread = Spot(_unread_anchor(pages, page.number), item, "Not read", "plain", sheet.rects(boxes))
    return _PageView(
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


def _picture_id(pages: Laid, page: int) -> str:
    return f"{pages.prefix}-i{page}"


def _unread_anchor(pages: Laid, page: int) -> str:
    return f"{pages.prefix}-u-p{page}"


def source_of(citation: Citation) -> Source:
    url = citation.url if citation.url and urlsplit(citation.url).scheme in ("http", "https") else None
    return Source(citation.title, citation.locator, url, wording.CITATION_KIND[citation.kind], citation.verified)


def data_uri(picture: bytes) -> str:
    kind = "jpeg" if picture.startswith(b"\xff\xd8") else "webp" if picture[8:12] == b"WEBP" else "png"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode('ascii')}"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"


def _shown(value: object) -> object:
    """Every text in a template passes here: what a screen would obey instead of showing goes."""
    return wording.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def templates() -> Environment:
    return Environment(
        loader=PackageLoader("docscan.presenting"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
