"""A file of several documents becomes one report with one report for each of them."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

import docscan
from docscan import pipeline
from docscan.cli import main
from docscan.document import Claim, Document, Report
from docscan.presenting.html import report_html
from docscan.presenting.outline import files_of
from docscan.presenting.table import table_row

SAMPLES = Path(__file__).parents[2] / "sample_docs"
AS_OF = date(2026, 4, 1)

LETTER = """Cedar Hollow Family Medicine
12 Mill Road, Ames, IA 50010      Tel 515-555-0148

March 3, 2026

Re: Deborah Lindqvist     DOB 4/11/1969

To the plan administrator:

Ms. Lindqvist has type 2 diabetes (E11.9). I am prescribing supervised strength training twice a week for 12 months.
It lowers her blood sugar.

Anita Rao, MD
NPI 1457389023"""
RECEIPT = """IRON GATE FITNESS
88 Foundry St, Ames, IA 50010   515-555-0171
RECEIPT No. 2201
Client: Deborah Lindqvist
03/10/2026   Training session 60 min    80.00
TOTAL                                   80.00"""
FILE = f"{LETTER}\f\f{RECEIPT}"


def joined(*names: str) -> bytes:
    """Sample documents as one PDF."""
    whole = pypdfium2.PdfDocument.new()
    for name in names:
        whole.import_pages(pypdfium2.PdfDocument(SAMPLES / name))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def test_each_document_has_its_kind_pages_fields_and_findings() -> None:
    report = pipeline.check_text(FILE, as_of=AS_OF)
    assert report.document.kind == "packet"
    assert [(part.document.kind, part.document.part.pages) for part in report.parts] == [
        ("lmn", (1, 2)),
        ("receipt", (3,)),
    ]
    assert [one.value for one in report.parts[1].named("total")] == ["80.00"]
    assert not report.parts[0].named("total")
    assert all(part.findings for part in report.parts)
    assert not report.fields
    assert not report.findings
    assert [page.number for page in report.document.pages] == [1, 2, 3]


def test_evidence_counts_pages_and_offsets_in_the_file() -> None:
    text = Document.from_text(FILE).text
    for part in pipeline.check_text(FILE, as_of=AS_OF).parts:
        places = [e for field in part.fields for e in field.evidence]
        assert places
        for place in places:
            assert place.page in part.document.part.pages
            assert place.start is not None
            assert text[place.start : place.end] == place.text


def test_the_report_survives_being_stored() -> None:
    report = pipeline.check_text(FILE, as_of=AS_OF)
    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report


def test_it_can_be_judged_again_and_says_the_same() -> None:
    report = pipeline.check_text(FILE, as_of=AS_OF)
    assert pipeline.judge(report) == report


def test_a_file_is_as_good_as_its_worst_document_and_its_score_is_of_all_rules() -> None:
    report = pipeline.check_text(FILE, as_of=AS_OF)
    assert report.verdict in {part.verdict for part in report.parts}
    lows = [part.score.low for part in report.parts if part.score]
    assert report.score is not None
    assert min(lows) <= report.score.low <= max(lows)


def test_one_document_is_no_packet() -> None:
    report = pipeline.check_text(LETTER, as_of=AS_OF)
    assert (report.document.kind, report.parts) == ("lmn", ())


def test_a_batch_has_one_row_for_the_file() -> None:
    report = pipeline.check_text(FILE, as_of=AS_OF)
    row = {"file": "a.pdf", "sha256": "0" * 64, "seconds": 1.0, "error": None, "report": report.to_dict()}
    cells = table_row(row)
    assert (cells["kind"], cells["pages"], cells["verdict"]) == ("packet", "3", report.verdict)
    assert (cells["patient_name"], cells["total"]) == ("Deborah Lindqvist", "80.00")
    assert cells["score_low"]


def test_the_page_shows_each_document_with_its_pages() -> None:
    html = report_html(pipeline.check_text(FILE, as_of=AS_OF), {})
    for said in ("Several documents", "pages 1 and 2", "page 3", "Receipt or invoice"):
        assert said in html


def test_the_command_names_each_document_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file.pdf"
    file.write_bytes(joined("receipt-personal-trainer.pdf", "letter-diabetes-internist.pdf"))
    main(["packet", str(file), str(SAMPLES / "lab-report.pdf"), "--as-of", "2026-04-01", "--details"])
    said = " ".join(capsys.readouterr().out.split())
    assert "file.pdf, page 1 ·" in said
    assert "file.pdf, page 2 ·" in said
    assert "Packet of 3 documents" in said


@pytest.fixture(scope="module")
def packet() -> bytes:
    return joined(
        "receipt-personal-trainer.pdf", "record-letter-two-pages.pdf", "lab-report.pdf", "letter-diabetes-internist.pdf"
    )


def test_a_pdf_of_four_documents_is_told_apart(packet: bytes) -> None:
    report = pipeline.check(packet, as_of=AS_OF)
    assert [(part.document.kind, part.document.part.pages) for part in report.parts] == [
        ("receipt", (1,)),
        ("lmn", (2, 3)),
        ("lab_report", (4,)),
        ("lmn", (5,)),
    ]


def test_what_is_found_in_a_document_does_not_depend_on_its_file(packet: bytes) -> None:
    def told(report: Report) -> list[tuple[str, object]]:
        return [(field.name, field.value) for field in report.fields if not field.name.startswith("file_")]

    alone = pipeline.check(SAMPLES / "receipt-personal-trainer.pdf", as_of=AS_OF)
    assert told(pipeline.check(packet, as_of=AS_OF).parts[0]) == told(alone)


def test_what_a_file_says_of_its_making_is_told_of_its_only_document(packet: bytes) -> None:
    alone = pipeline.check(SAMPLES / "receipt-personal-trainer.pdf", as_of=AS_OF)
    made = [field.value for field in alone.named("file_created", "file_program")]
    assert made and all(isinstance(value, str) for value in made)
    assert not any(part.named("file_created", "file_program") for part in pipeline.check(packet, as_of=AS_OF).parts)


def test_the_documents_of_a_file_count_as_files_of_their_own(packet: bytes) -> None:
    one = docscan.check_packet([packet], as_of=AS_OF)
    assert [report.document.kind for report in one.reports] == ["receipt", "lmn", "lab_report", "lmn"]
    assert one.coverage
    names = ("receipt-personal-trainer.pdf", "record-letter-two-pages.pdf", "lab-report.pdf")
    apart = docscan.check_packet(
        [*(SAMPLES / n for n in names), SAMPLES / "letter-diabetes-internist.pdf"], as_of=AS_OF
    )
    assert [(c.service_date, c.report, c.covered, c.letter) for c in one.coverage] == [
        (c.service_date, c.report, c.covered, c.letter) for c in apart.coverage
    ]
    assert one.verdict == apart.verdict


def test_which_file_a_document_of_a_packet_is_from() -> None:
    packet, letter = pipeline.check_text(FILE, as_of=AS_OF), pipeline.check_text(LETTER, as_of=AS_OF)
    other = replace(letter, document=replace(letter.document, sha256="1" * 64))
    reports: Sequence[Report] = [*packet.parts, other, letter, letter]
    assert files_of(reports) == [0, 0, 1, 2, 3]
    assert files_of([]) == []


@pytest.mark.slow
def test_a_scan_of_two_documents_is_told_apart() -> None:
    pictures = []
    for name in ("receipt-personal-trainer.pdf", "letter-diabetes-internist.pdf"):
        page = pypdfium2.PdfDocument(SAMPLES / name)[0]
        pictures.append(page.render(scale=200 / 72).to_pil().convert("L"))
    out = io.BytesIO()
    first: Image.Image = pictures[0]
    first.save(out, "TIFF", save_all=True, append_images=pictures[1:], dpi=(200, 200))
    report = pipeline.check(out.getvalue(), as_of=AS_OF, claim=Claim())
    assert [(part.document.kind, part.document.part.pages) for part in report.parts] == [
        ("receipt", (1,)),
        ("lmn", (2,)),
    ]


@pytest.mark.slow
def test_two_receipts_on_one_scan_are_two_documents() -> None:
    report = pipeline.check(SAMPLES / "scan-two-receipts-taped.jpg", as_of=AS_OF)
    assert [part.document.kind for part in report.parts] == ["receipt", "receipt"]
    assert [[one.value for one in part.named("total")] for part in report.parts] == [["85.00"], ["110.00"]]
    regions = [part.document.part.region for part in report.parts]
    assert None not in regions
    for part, region in zip(report.parts, regions, strict=True):
        boxes = [box for field in part.fields for e in field.evidence for box in e.boxes]
        assert region is not None
        assert all(region.left - 0.02 <= box.left and box.right <= region.right + 0.02 for box in boxes)
