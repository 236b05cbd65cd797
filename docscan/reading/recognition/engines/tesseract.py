"""What both ways of calling Tesseract share: where its data is, its table of words, its names for layouts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from docscan.reading.geometry import Seen
from docscan.reading.recognition.engines import Layout

# Page segmentation modes of tesseract(1).
MODES: dict[Layout, int] = {"page": 3, "column": 4, "block": 6, "line": 7, "sparse": 11}

_KNOWN_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",  # Debian, Ubuntu
    "/usr/share/tessdata",  # Alpine, Arch
    "/usr/share/tesseract/tessdata",  # Fedora
    "/opt/homebrew/share/tessdata",  # Homebrew on Apple silicon
    "/usr/local/share/tessdata",  # Homebrew on Intel, built from source
    "/opt/local/share/tessdata",  # MacPorts
)


@cache
def data_folder(language: str = "eng") -> Path | None:
    """The folder that holds a language's trained data; None where there is none."""
    return next((folder for folder in _folders() if (folder / f"{language}.traineddata").is_file()), None)


def _folders() -> Iterator[Path]:
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        yield Path(prefix)
        yield Path(prefix) / "tessdata"
    for pattern in _KNOWN_FOLDERS:
        yield from sorted(Path("/").glob(pattern.removeprefix("/")), reverse=True)
    yield Path(sys.prefix) / "share" / "tessdata"  # conda
    if program := shutil.which("tesseract"):
        yield Path(program).resolve().parent.parent / "share" / "tessdata"
        # The first line of its answer names the folder: List of available languages in "/usr/share/..." (2):
        answer = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
        named = (answer.stdout + answer.stderr).split('"')
        if len(named) > 2:
            yield Path(named[1])


def words(table: str) -> tuple[Seen, ...]:
    """The words of Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, conf, text."""
    found = []
    strands: dict[tuple[str, ...], int] = {}
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5":
            continue
        text = "".join(cells[11:]).strip()
        if not text:
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        confidence = min(1.0, max(0.0, float(cells[10]) / 100))
        strand = strands.setdefault(tuple(cells[1:5]), len(strands))
        found.append(Seen(text, left, top, left + width, top + height, confidence, strand))
    return tuple(found)
