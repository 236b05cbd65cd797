"""How does a report look on a page? One self-contained HTML file: page pictures, the evidence on them, every finding.

Nothing is loaded from anywhere: pictures are data URIs, style and script stand in the file, and its content security
policy allows no more than these two, by their hashes. A document's words are hostile input; every value is escaped.
The web pages show the same body (`report_body`) with pictures by address, and use the same `STYLE` and `SCRIPT`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from docscan.document import Report
from docscan.presenting import administrators, wording
from docscan.presenting.comparison import comparison_view
from docscan.presenting.document_view import document_view, heading_of
from docscan.presenting.laying import lay
from docscan.presenting.outline import first_to_mend
from docscan.presenting.side_by_side import SideBySide, side_by_side
from docscan.presenting.tones import Tone


def _asset(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text("utf-8")


STYLE: Final[str] = _asset("report.css")
SCRIPT: Final[str] = _asset("report.js")


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
            packet=None if whole else heading_of(report),
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
    heading = heading_of(report)
    return heading.tone, heading.todo


def index_html(rows: Iterable[tuple[str, Report | str]]) -> str:
    """A page that lists files with what was found, each linked to NAME.html beside it; text stands for a failure."""
    views = []
    for file, told in rows:
        if isinstance(told, str):
            views.append({"file": file, "href": None, "kind": "", "verdict": "", "tone": "plain", "score": "",
                          "rule": "", "said": told})  # fmt: skip
            continue
        heading, worst = heading_of(told), first_to_mend(told)
        score = heading.score.removesuffix(" of 100")
        views.append({"file": file, "href": quote(f"{file}.html"), "kind": heading.kind, "verdict": heading.verdict,
                      "tone": heading.tone, "score": score, "rule": worst.rule if worst else "",
                      "said": worst.message if worst else wording.nothing_to_fix(told.verdict)})  # fmt: skip
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {_hash(STYLE)}"
    page = templates().get_template("index.html")
    return page.render(rows=views, style=Markup(STYLE), policy=policy, advisory=wording.ADVISORY)  # noqa: S704


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
