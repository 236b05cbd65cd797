"""What do the commands check, packet and text do?"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from docscan import intake, pipeline
from docscan.checking import load
from docscan.cli.claim import read_claim
from docscan.cli.console import busy, err, out, shown, tell, write
from docscan.document import Claim, Document, PacketReport, Report
from docscan.errors import CheckFailed, Defect, DocscanError, InputError
from docscan.presenting.comparison_terminal import comparison_panel
from docscan.presenting.html import report_html
from docscan.presenting.outline import files_of
from docscan.presenting.packet_html import packet_html
from docscan.presenting.packet_terminal import packet_panel
from docscan.presenting.packets.titles import titles
from docscan.presenting.side_by_side import side_by_side
from docscan.presenting.terminal import document_text, report_panel
from docscan.settings import settings

_STDIN = "-"
_LESS_THAN_COMPLETE = 1
_WIDEST_TABLE = 200


def check_files(
    files: Sequence[str],
    *,
    as_json: bool,
    html: Path | None,
    as_of: date | None,
    administrators: Sequence[str],
    claim: Path | None,
    fields: bool,
    every_rule: bool = False,
) -> int:
    """Check files one after the other; a file that cannot be taken or fails is told and the rest go on.

    Under several administrators, one table tells on which rules they differ, or on `every_rule` what each says.
    """
    names = list(dict.fromkeys(administrators)) or [settings().administrator]
    facts = read_claim(claim)
    for name in names:
        load(name)  # a wrong name is told before minutes of reading
    if html is not None:
        html.mkdir(parents=True, exist_ok=True)
    written: set[str] = set()
    status = 0
    for number, file in enumerate(files, start=1):
        try:
            source = _source(file)
            with busy(f"Reading {_called(file)} ({number} of {len(files)})"):
                reports = _judged(source, names, as_of, facts)
        except (InputError, CheckFailed) as error:
            status = max(status, error.exit_status)
            _refused(file, error, as_json=as_json)
            continue
        if len(names) > 1 and not as_json:
            _show_side_by_side(reports, file, every_rule=every_rule, fields=fields)
        for report in reports:
            if report.verdict != "complete":
                status = max(status, _LESS_THAN_COMPLETE)
            if as_json:
                write(json.dumps(report.to_dict()))
            elif len(names) == 1:
                out().print(report_panel(report, name=_called(file), fields=fields))
            if html is not None:
                with busy(f"Writing the report of {_called(file)}"):
                    path = html / _page_name(file, report.administrator if len(names) > 1 else "", written)
                    others = [other for other in reports if other is not report]
                    page = report_html(report, _pictures(source, report), name=_called(file), others=others)
                    path.write_text(page, "utf-8")
                if not as_json:
                    err().print(f"Report: {shown(str(path))}", markup=False, soft_wrap=True)
    return status


def check_together(
    files: Sequence[str],
    *,
    as_json: bool,
    as_of: date | None,
    administrators: Sequence[str],
    claim: Path | None,
    details: bool,
    html: Path | None,
) -> int:
    """Check files as one packet. All must be taken: a packet without one of its documents says the wrong thing."""
    names = list(dict.fromkeys(administrators)) or [settings().administrator]
    facts = read_claim(claim)
    for name in names:
        load(name)
    if html is not None:
        html.mkdir(parents=True, exist_ok=True)
    sources = [_source(file) for file in files]
    status = 0
    for file, source in zip(files, sources, strict=True):
        try:
            intake.take(source)
        except InputError as error:
            status = error.exit_status
            _refused(file, error, as_json=as_json)
    if status:
        return status
    day = as_of or date.today()
    reports = []
    for number, (file, source) in enumerate(zip(files, sources, strict=True), start=1):
        with busy(f"Reading {_called(file)} ({number} of {len(files)})"):
            reports.append(pipeline.check(source, as_of=day, administrator=names[0], claim=facts))
    packets = [pipeline.judge_packet(reports, administrator=name, as_of=day, claim=facts) for name in names]
    for packet in packets:
        if as_json:
            write(json.dumps(packet.to_dict()))
        else:
            _show_packet(packet, _names(packet, [_called(file) for file in files]), details=details)
    if len(packets) > 1 and not as_json:
        console = out(widest=_WIDEST_TABLE)
        called = [
            one.short for one in titles(packets[0].reports, _names(packets[0], [_called(file) for file in files]))
        ]
        name = f"Packet of {len(called)} documents"
        console.print(comparison_panel(side_by_side(packets), name=name, width=console.width, called=called))
    if html is not None:
        with busy("Writing the report"):
            pictures = [_pictures(source, report) for source, report in zip(sources, reports, strict=True)]
            paths = list(_write_packets(packets, [_called(file) for file in files], pictures, html))
        for path in paths if not as_json else ():
            err().print(f"Report: {shown(str(path))}", markup=False, soft_wrap=True)
    return max(0 if packet.verdict == "complete" else _LESS_THAN_COMPLETE for packet in packets)


def show_text(file: str, *, boxes: bool) -> int:
    """Print what was read; with `boxes` a table for programs."""
    try:
        source = _source(file)
        with busy(f"Reading {_called(file)}"):
            document = pipeline.read(source)
    except InputError as error:
        tell(error, file=_called(file))
        return error.exit_status
    if boxes:
        _write_boxes(document)
    else:
        console = out()
        for line in document_text(document):
            console.print(line, soft_wrap=True)
    for page in document.pages:
        if page.problem:
            err().print(f"Page {page.number}: {page.problem.message} {page.problem.remedy}", markup=False)
    return _LESS_THAN_COMPLETE if any(page.problem for page in document.pages) else 0


def _judged(
    source: pipeline.Source, administrators: Sequence[str], as_of: date | None, claim: Claim | None
) -> list[Report]:
    try:
        first = pipeline.check(source, as_of=as_of, administrator=administrators[0], claim=claim)
        return [first, *(pipeline.judge(first, administrator=name) for name in administrators[1:])]
    except DocscanError:
        raise
    except Exception as error:  # one file must not stop the others
        raise Defect.of(error) from error


def _source(file: str) -> pipeline.Source:
    """A path, or what comes by standard input: one byte more than may be, so that too much is refused as such."""
    return sys.stdin.buffer.read(settings().max_bytes + 1) if file == _STDIN else Path(file)


def _called(file: str) -> str:
    return "standard input" if file == _STDIN else shown(file)


def _refused(file: str, error: DocscanError, *, as_json: bool) -> None:
    if as_json:
        write(json.dumps({"schema": "docscan.error/1", "file": shown(file), "error": error.to_dict()}))
    tell(error, file=_called(file))


def _pictures(source: pipeline.Source, report: Report) -> Mapping[int, bytes]:
    """The pages' pictures; a page that cannot be drawn is left blank in the report."""
    pictures = {}
    for page in report.document.pages:
        try:
            pictures[page.number] = pipeline.page_picture(source, page.number)
        except Exception:  # the report matters more than the picture of a page, which is told here
            err().print(f"Page {page.number} could not be drawn; the report shows it blank.")
    return pictures


def _page_name(file: str, administrator: str, written: set[str]) -> str:
    """A name for the report that no earlier one of this call has: letter.pdf.html, letter.pdf-2.html."""
    stem = "standard-input" if file == _STDIN else os.fsencode(Path(file).name).decode("utf-8", "replace")
    stem = "-".join(filter(None, (stem or "report", administrator)))
    name, number = f"{stem}.html", 1
    while name in written:
        number += 1
        name = f"{stem}-{number}.html"
    written.add(name)
    return name


def _write_packets(
    packets: Sequence[PacketReport], names: Sequence[str], pictures: Sequence[Mapping[int, bytes]], folder: Path
) -> Iterator[Path]:
    """A page for each administrator, each with the others beside it. `names` and `pictures` are of the files."""
    for packet in packets:
        path = folder / (f"packet-{packet.administrator}.html" if len(packets) > 1 else "packet.html")
        of_documents = [pictures[file] for file in files_of(packet.reports)]
        others = [other for other in packets if other is not packet]
        path.write_text(packet_html(packet, of_documents, names=_names(packet, names), others=others), "utf-8")
        yield path


def _names(packet: PacketReport, names: Sequence[str]) -> list[str]:
    """Each document's file, by `names` of the files."""
    return [names[file] for file in files_of(packet.reports)]


def _show_packet(packet: PacketReport, names: Sequence[str], *, details: bool) -> None:
    console = out()
    console.print(packet_panel(packet, names))
    if details:
        for report, called in zip(packet.reports, titles(packet.reports, names), strict=True):
            console.print(report_panel(report, name=called.short))


def _show_side_by_side(reports: Sequence[Report], file: str, *, every_rule: bool, fields: bool) -> None:
    """`fields`: after what was read, which is the same for all."""
    console = out(widest=_WIDEST_TABLE)
    if fields:
        console.print(report_panel(reports[0], name=_called(file), fields=True))
    parts = [f"document {number}" for number, _ in enumerate(reports[0].documents(), start=1)]
    told = side_by_side(reports)
    console.print(
        comparison_panel(told, name=_called(file), width=console.width, called=parts, every=every_rule)
    )  # fmt: skip


def _write_boxes(document: Document) -> None:
    write("page\tline\tleft\ttop\tright\tbottom\tconfidence\ttext")
    for page in document.pages:
        for word in page.words:
            edges = "\t".join(f"{edge:.5f}" for edge in word.box)
            sure = "" if word.confidence is None else f"{word.confidence:.3f}"
            write(f"{page.number}\t{word.line}\t{edges}\t{sure}\t{word.text}")
