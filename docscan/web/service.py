"""What the doors share: the store, the workers, and the way of a document from its arrival to its report."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool

from docscan import checking
from docscan.document import Claim, Report
from docscan.errors import UnknownName
from docscan.jobs import Jobs
from docscan.jobs.jobs import Refused
from docscan.settings import Settings
from docscan.store import Store, StoredDocument
from docscan.web import rules
from docscan.web.models import FieldError
from docscan.web.problems import Trouble

LONGER_SIDE = 1600
"""Of a page's picture, in pixels."""

_CLAIM = TypeAdapter(Claim)


@dataclass(frozen=True, slots=True)
class Service:
    """One running service."""

    settings: Settings
    store: Store
    jobs: Jobs

    async def receive(
        self, stream: BinaryIO, *, administrator: str | None, as_of: str | None, claim: str | None
    ) -> StoredDocument:
        """Store a file and have it checked. Nothing stays of one that cannot be taken. Raises `Trouble`."""
        day, facts = day_of(as_of), claim_of(claim)
        name = await run_in_threadpool(administrator_of, administrator or self.settings.administrator)
        document = self.store.new_id()
        try:
            received = await run_in_threadpool(
                self.store.files.receive, document, stream, limit=self.settings.max_bytes
            )
            about = await run_in_threadpool(self.jobs.take, self.store.files.original(document)) or {}
            row = await run_in_threadpool(
                self.store.add, document, received, administrator=name, as_of=day, claim=facts, **about
            )
        except BaseException as error:
            self.store.files.remove(document)
            if isinstance(error, Refused):
                raise Trouble.of(error.error) from None
            raise
        self.jobs.arrived(document)
        return row

    async def wait(self, document: str, seconds: float) -> StoredDocument:
        """The document's row, after it was finished or the seconds have passed."""
        finished = asyncio.wrap_future(self.jobs.finished(document))
        await asyncio.wait([finished], timeout=seconds)
        return await run_in_threadpool(self.store.get, document)

    def report(self, document: str) -> Mapping[str, Any]:
        """The JSON of a finished document's report. Raises `Trouble` where there is none, or none yet."""
        row = self.store.get(document)
        if row.error is not None:
            raise Trouble.of(row.error, document=document)
        found: Mapping[str, Any] | None = self.store.report(document)
        if found is None:
            raise Trouble(
                "not_finished", "The document is still being checked.", "Ask again in a moment.",
                document=document, headers={"Retry-After": "2"},
            )  # fmt: skip
        return found

    def judged_again(
        self, document: str, *, administrator: str | None, as_of: str | None, claim: str | None
    ) -> Mapping[str, Any]:
        """The JSON of the report under other rules, on another day or with another claim, and what that changes.
        Raises `Trouble`; nothing is stored."""
        from docscan.presenting.judged_again import judged_json

        day = day_of(as_of) if as_of else None
        facts = claim_of(claim)
        before = Report.from_dict(self.report(document))
        name = administrator_of(administrator or before.administrator)
        after, changes = rules.judge_again(before, name, day, _CLAIM.validate_python(facts) if facts else None)
        return judged_json(after, changes)

    def checked(self, row: StoredDocument) -> Report | None:
        """The report of a checked document; None where there is none."""
        try:
            report = self.store.report(row.id) if row.state == "checked" else None
        except UnknownName:  # deleted since its row was read
            report = None
        return Report.from_dict(report) if report else None

    def picture(self, document: str, page: int) -> Path:
        """The file with a page's picture, drawn now if it was not before. Raises `Trouble`."""
        row = self.store.get(document)
        if page < 1 or (row.page_count is not None and page > row.page_count):
            raise no_such_page(page)
        path = self.store.files.picture(document, page)
        if not path.exists():
            try:
                self.jobs.picture(self.store.files.original(document), page, path, max_side=LONGER_SIDE)
            except Refused as refused:
                raise Trouble.of(refused.error, document=document) from None
        return path

    def report_html(self, document: str) -> str:
        """The report as one self-contained HTML file."""
        from docscan.presenting.html import report_html

        report = Report.from_dict(self.report(document))
        return report_html(report, self.pictures(document, report))

    def pictures(self, document: str, report: Report) -> dict[int, bytes]:
        """The pictures of the report's pages; a page that cannot be drawn is left out, and shown blank."""
        found = {}
        for page in report.document.pages:
            with suppress(Trouble):
                found[page.number] = self.picture(document, page.number).read_bytes()
        return found

    def judged(self, document: str, administrators: Sequence[str]) -> list[Report]:
        """What a document was found to say, judged now by each administrator's rules; by all that there are if none is
        named. Raises `Trouble`."""
        report = Report.from_dict(self.report(document))
        names = dict.fromkeys(map(administrator_of, administrators)) or rules.titles()
        return [checking.judge(report, rules.load(name), as_of=report.as_of, claim=report.claim) for name in names]

    def delete(self, document: str) -> None:
        """Remove the document, whatever is being done with it."""
        self.store.delete(document)
        self.jobs.forget(document)


def no_such_page(page: int) -> Trouble:
    return Trouble.of(UnknownName(f"The document has no page {page}.", "Its state tells how many pages it has."))


def administrator_of(name: str) -> str:
    """The name, if there is such an administrator. Raises `Trouble`."""
    try:
        rules.load(name)
    except UnknownName as error:
        raise Trouble(
            "usage", str(error), error.remedy, fields=[FieldError(field="administrator", message=str(error))]
        ) from None
    return name


def day_of(text: str | None) -> date:
    """The day written as YYYY-MM-DD; today where nothing is written. Raises `Trouble`."""
    if not text:
        return date.today()
    try:
        day = date.fromisoformat(text)
        if day.isoformat() != text:  # ISO 8601 knows other forms, which nobody means here
            raise ValueError
        return day
    except ValueError:
        raise wrong("as_of", "It must be a day written like 2026-11-21.") from None


def claim_of(text: str | None) -> Any:
    """The claim's facts as plain JSON; None where none are given. Raises `Trouble`."""
    if not text:
        return None
    try:
        data = json.loads(text)
        if not isinstance(data, dict):
            raise wrong("claim", "It must be a JSON object.")
        if unknown := data.keys() - {field.name for field in fields(Claim)}:
            raise wrong("claim", f"Unknown: {', '.join(sorted(unknown))[:200]}.")
        return _CLAIM.dump_python(_CLAIM.validate_json(text, strict=True), mode="json")
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise wrong("claim", f"{where}: {first['msg']}.") from None
    except (ValueError, RecursionError):
        raise wrong("claim", "It must be a JSON object.") from None


def as_claim(data: Any) -> Claim:
    """A claim as it was stored."""
    return Claim() if data is None else _CLAIM.validate_python(data)


def wrong(field: str, message: str) -> Trouble:
    """A field of a request is not right."""
    return Trouble(
        "usage", f"Not right: {field}. {message}", "Correct the fields named, as the API's description says.",
        fields=[FieldError(field=field, message=message)],
    )  # fmt: skip
