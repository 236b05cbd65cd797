"""What is installed here, what is missing, and what should a person type?"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal, TypeAlias

from docscan.errors import DocscanError

State: TypeAlias = Literal["ok", "optional", "missing"]

_LITTLE_DISK: Final = 2_000_000_000  # bytes
_OLDEST_TESSERACT: Final = 4

_TESSERACT: Final = {
    "debian": "sudo apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd",
    "fedora": "sudo dnf install tesseract tesseract-langpack-eng tesseract-osd",
    "arch": "sudo pacman -S tesseract tesseract-data-eng tesseract-data-osd",
    "alpine": "sudo apk add tesseract-ocr tesseract-ocr-data-eng tesseract-ocr-data-osd",
    "macos": "brew install tesseract",
}
_LIBRARIES: Final = (
    ("pypdfium2", "pypdfium2", "opens PDF files"),
    ("pdfplumber", "pdfplumber", "sees rulings and tables"),
    ("PIL", "pillow", "opens pictures"),
    ("pi_heif", "pi-heif", "opens HEIC photos"),
    ("cv2", "opencv-python-headless", "repairs scans"),
    ("rapidocr", "rapidocr", "reads again what Tesseract may have misread"),
    ("spacy", "spacy", "understands text"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was looked at. `remedy`: what to type, where something is to be done."""

    name: str
    state: State
    told: str
    remedy: str | None = None


def diagnosis() -> tuple[Item, ...]:
    """Look at everything that docscan needs or can use. Loads the libraries, to see a broken one; never raises."""
    items = [
        Item("docscan", "ok", f"{_version('docscan')}, Python {platform.python_version()}, {platform.platform()}"),
        *_guarded("Settings", _settings),
        *_guarded("Tesseract", _tesseract),
    ]
    for module, package, purpose in _LIBRARIES:
        items.append(_library(module, package, purpose))
    items += _guarded("Second reader", _second_reader)
    items += _guarded("Language", _language)
    items += _guarded("Rules", _rules)
    items += _guarded("Disk", _disk)
    return tuple(items)


def install_tesseract(system: str | None = None) -> str:
    """The command that installs Tesseract with the data it needs, for this system or the one named."""
    known = system or _system()
    if known in _TESSERACT:
        return _TESSERACT[known]
    return "Install Tesseract with its eng and osd data: " + "; ".join(
        f"{name.capitalize()}: {command}" for name, command in _TESSERACT.items()
    )


def _system() -> str:
    """ "debian", "fedora", "arch", "alpine" or "macos"; "" where it is another one."""
    if sys.platform == "darwin":
        return "macos"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ""
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    like = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora"}
    return next((like.get(name, name) for name in names if like.get(name, name) in _TESSERACT), "")


def _guarded(name: str, look: Callable[[], Iterator[Item]]) -> list[Item]:
    try:
        return list(look())
    except DocscanError as error:
        return [Item(name, "missing", error.message, error.remedy)]
    except Exception as error:  # what is broken is what is looked for
        return [Item(name, "missing", f"could not be looked at: {type(error).__name__}: {error}", _reinstall())]


def _settings() -> Iterator[Item]:
    from docscan.settings import Settings, read_settings

    now = read_settings()
    changed = [f"DOCSCAN_{name.upper()}" for name in Settings.model_fields if name in now.model_fields_set]
    yield Item("Settings", "ok", ", ".join(changed) if changed else "as shipped")


def _tesseract() -> Iterator[Item]:
    from docscan.reading.recognition.engines import ENGINES
    from docscan.reading.recognition.engines.tesseract import data_folder

    working = {}
    callers = {name: make for name, make in ENGINES.items() if name != "rapidocr"}  # that one needs no Tesseract
    for name, make in callers.items():
        try:
            engine = make()
            if engine.available():
                working[name] = engine.version()
        except ImportError:
            continue
    program = shutil.which("tesseract")
    if working:
        first = next(iter(working.values()))
        number = re.search(r"tesseract\D*(\d+)\.", first, re.IGNORECASE) or re.match(r"v?(\d+)\.", first)
        if number and int(number[1]) < _OLDEST_TESSERACT:
            yield Item("Tesseract", "missing", f"{first} is too old; 4 or newer is needed", install_tesseract())
        else:
            yield Item("Tesseract", "ok", first + (f", {program}" if program else ""))
    else:
        why = "its English data is missing" if program else "not found; scans and photos cannot be read"
        yield Item("Tesseract", "missing", why, install_tesseract())
    for language, purpose in (("eng", "reads English"), ("osd", "tells which way up a page is")):
        folder = data_folder(language)
        if folder:
            yield Item(f"  {language} data", "ok", str(folder))
        else:
            remedy = f"{install_tesseract()} (or set TESSDATA_PREFIX to the folder of {language}.traineddata)"
            yield Item(f"  {language} data", "missing", f"not found; it {purpose}", remedy)
    if "tesserocr" in working:
        yield Item("  tesserocr", "ok", f"{_version('tesserocr')}, reads in half the time")
    else:
        yield Item(
            "  tesserocr", "optional", "not installed; with it, scans are read in half the time",
            f"{sys.executable} -m pip install tesserocr",
        )  # fmt: skip


def _library(module: str, package: str, purpose: str) -> Item:
    try:
        loaded = import_module(module)
    except Exception as error:  # a shared library may be missing in any way
        return Item(
            package, "missing", f"cannot be loaded ({type(error).__name__}: {error}); it {purpose}", _reinstall()
        )
    told = _version(package)
    if module == "pypdfium2":
        told += f" with PDFium {getattr(loaded, 'PDFIUM_INFO', '')}".rstrip()
    elif module == "pi_heif":
        told += f" with libheif {loaded.libheif_version()}"
    return Item(package, "ok", told)


def _second_reader() -> Iterator[Item]:
    from docscan.reading.recognition.engines import second

    yield Item("Second reader", "ok", f"rapidocr {second().version()}")


def _language() -> Iterator[Item]:
    from docscan import extraction

    said = ", ".join(f"{name} {number}" for name, number in extraction.versions().items())
    yield Item("Language", "ok", said)
    if extraction.versions()["tagger"] == "none":
        told = "its file is not there; names are looked at once instead of twice"
        yield Item("  tagger", "optional", told, _reinstall())
    if extraction.versions()["readers"] == "none":
        told = "their file is not there; kinds, amounts, dates and times are judged by the rules alone"
        yield Item("  readers", "optional", told, _reinstall())
    if extraction.versions()["meaning"] == "none":
        told = "its file is not there; what sentences and lines mean is told by the rules alone"
        yield Item("  meaning", "optional", told, _reinstall())


def _rules() -> Iterator[Item]:
    from docscan import checking
    from docscan.settings import settings

    name = settings().administrator
    checking.load(name)
    yield Item("Rules", "ok", f"{name}, one of {len(checking.administrators())} administrators")


def _disk() -> Iterator[Item]:
    from docscan.settings import settings

    folder = settings().data_dir.absolute()
    there = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(there).free
    told = f"{free / 1e9:.1f} GB free where the service keeps documents ({there})"
    if not os.access(there, os.W_OK):
        yield Item("Disk", "optional", f"{there} cannot be written to", "Set DOCSCAN_DATA_DIR to a folder of yours.")
    elif free < _LITTLE_DISK:
        yield Item("Disk", "optional", told, "Make room, or set DOCSCAN_DATA_DIR to a folder on another disk.")
    else:
        yield Item("Disk", "ok", told)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown version"


def _reinstall() -> str:
    here = Path(sys.executable)
    return f"{here} -m pip install --force-reinstall docscan"
