"""What does a page show of one document? Its heading, findings, facts and pages, as the templates set them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from docscan.document import Citation, Extraction, Finding, Report
from docscan.presenting import wording
from docscan.presenting.changes import WHO, Change, by_who, changes
from docscan.presenting.laying import Cutting, Laid, PageView, Place, cutting_of, page_view, places_on, unread_anchor
from docscan.presenting.outline import grouped_fields, not_found, outline, perhaps_there, unread_pages
from docscan.presenting.tones import VERDICT_TONE, Tone, tone_of

_SURE = 0.6  # facts of lower confidence are shown with their place, for a person to compare


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
class Heading:
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
    heading: Heading
    pages_said: str
    least: str
    changes: tuple[tuple[str, tuple[Change, ...]], ...]
    groups: tuple[Group, ...]
    fields: tuple[tuple[str, tuple[_FieldView, ...]], ...]
    problems: tuple[tuple[str, str, str, str], ...]
    pages: tuple[PageView, ...]
    law_date: str
    report: Report
    file: str
    address: str  # of its own report, where there is one


def heading_of(report: Report) -> Heading:
    """What is said first of a report, be it of one document or of a file with several."""
    told = [outline(single.findings) for single in report.documents()]
    perhaps = report.verdict == "incomplete" and perhaps_there(report)
    return Heading(
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
        heading=heading_of(report),
        pages_said=wording.part(report),
        least=wording.least(len(made)) if made else "",
        changes=tuple((WHO[who], those) for who, those in by_who(made).items()),
        groups=groups,
        fields=fields,
        problems=tuple(
            (wording.PROBLEM[p.category], wording.pages([p.page]) if p.page else "", p.message, p.remedy)
            for p in report.problems
        ),
        pages=tuple(page_view(page, pages) for page in report.document.pages),
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
        places = tuple(Place(page, unread_anchor(pages, page)) for page in numbers)
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


def source_of(citation: Citation) -> Source:
    url = citation.url if citation.url and urlsplit(citation.url).scheme in ("http", "https") else None
    return Source(citation.title, citation.locator, url, wording.CITATION_KIND[citation.kind], citation.verified)
