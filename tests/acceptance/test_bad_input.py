"""Twelve kinds of bad input: each has its documented error by the command line and by the API, and nothing crashes."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docscan.cli import main
from docscan.settings import Settings
from docscan.web import create_app

LOCK = "a word that nobody knows"


def pdf(*, pages: int = 1, password: str | None = None, picture: Image.Image | None = None) -> bytes:
    out = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(out, encrypt=encrypt)
    for number in range(pages):
        canvas.drawString(72, 720, f"Letter of Medical Necessity, page {number + 1}")
        if picture:
            canvas.drawImage(ImageReader(picture), 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((600, 800), 60).save(out, kind)
    return out.getvalue()


def huge_png(side: int = 30_000) -> bytes:
    """A true PNG of one-bit zeros: some hundred kilobytes that unpack to 900 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes((1 + (side + 7) // 8) * side), 1)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf_without_pages() -> bytes:
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.pdf", pdf())
    return out.getvalue()


def scan_as_tiff_in_pdf() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((600, 800), 60).convert("1").save(out, "TIFF", compression="group4")
    return pdf(password=LOCK, picture=Image.open(out))


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.pdf": (lambda: b"", "empty"),
    "text.pdf": (lambda: b"To whom it may concern:\nthis is not a PDF.\n", "unsupported"),
    "truncated.pdf": (lambda: pdf(pages=3)[:700], "damaged"),
    "truncated.jpg": (lambda: picture("JPEG")[:9_000], "damaged"),
    "encrypted.pdf": (lambda: pdf(password=LOCK), "encrypted"),
    "long.pdf": (lambda: pdf(pages=200), "too_large"),
    "huge.png": (huge_png, "too_large"),
    "archive.zip": (zipped, "unsupported"),
    "no-pages.pdf": (pdf_without_pages, "no_pages"),
    "tiff-with-password.pdf": (scan_as_tiff_in_pdf, "encrypted"),
}
PLACES = {"a-folder": "not_a_file", "missing.pdf": "not_found", "loop.pdf": "not_found"}
EXPECTED = {name: code for name, (_, code) in FILES.items()} | PLACES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bad input")
    for name, (make, _) in FILES.items():
        (made / name).write_bytes(make())
    (made / "a-folder").mkdir()
    (made / "loop.pdf").symlink_to(made / "loop.pdf")
    return made


@pytest.mark.parametrize("name", EXPECTED)
def test_the_command_line_refuses_with_its_code_and_status(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["check", "--json", str(folder / name)])
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert (status, answer["schema"], answer["error"]["code"]) == (4, "docscan.error/1", EXPECTED[name])
    assert answer["file"] == str(folder / name)
    assert answer["error"]["message"].endswith(".")
    assert answer["error"]["remedy"].endswith(".")
    assert "Traceback" not in told.err
    assert told.err.startswith("Error: ")


def test_the_text_command_refuses_in_the_same_way(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in EXPECTED:
        assert main(["text", str(folder / name)]) == 4, name
        told = capsys.readouterr()
        assert told.out == "", name
        assert "Traceback" not in told.err, name


def test_one_bad_file_does_not_stop_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["check", "--json", *(str(folder / name) for name in EXPECTED)])
    answers: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 4
    assert [answer["error"]["code"] for answer in answers] == list(EXPECTED.values()), "in the order of the files"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("service"), workers=1)
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=True) as client:
        yield client


HTTP = {"empty": 422, "unsupported": 415, "damaged": 422, "encrypted": 422, "too_large": 413, "no_pages": 422}


@pytest.mark.parametrize("name", FILES)
def test_the_upload_api_refuses_with_a_problem(service: TestClient, folder: Path, name: str) -> None:
    answer = service.post(
        "/v1/documents", files={"file": (name, (folder / name).read_bytes())}, headers={"Prefer": "wait=60"}
    )
    problem = answer.json()
    code = EXPECTED[name]
    assert (answer.status_code, problem["status"], problem["code"]) == (HTTP[code], HTTP[code], code)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert problem["detail"].endswith(".")
    assert problem["remedy"].endswith(".")
    assert name not in answer.text, "the name that a user gave a file is not repeated"


def test_the_refusal_comes_at_once_also_where_the_report_is_not_waited_for(service: TestClient, folder: Path) -> None:
    answer = service.post("/v1/documents", files={"file": ("x.pdf", (folder / "encrypted.pdf").read_bytes())})
    assert (answer.status_code, answer.json()["code"]) == (422, "encrypted")
