"""The doctor sees what is missing and says what to type on this system."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from docscan import doctor
from docscan.cli import main
from docscan.doctor import Item, diagnosis, install_tesseract
from docscan.reading.recognition import engines
from docscan.reading.recognition.engines import tesseract


def found(items: tuple[Item, ...]) -> dict[str, Item]:
    return {item.name.strip(): item for item in items}


def test_everything_needed_is_here_on_a_machine_that_is_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    items = found(diagnosis())
    assert [item for item in items.values() if item.state == "missing"] == []
    assert {"docscan", "Settings", "Tesseract", "eng data", "osd data", "spacy", "pypdfium2", "Rules", "Disk"} <= set(
        items
    )
    assert "PDFium" in items["pypdfium2"].told
    assert main(["doctor"]) == 0
    assert "Everything that docscan needs is here." in capsys.readouterr().out


def test_without_the_tagger_it_says_so_and_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docscan.extraction.tagger.tagger", lambda: None)
    items = found(diagnosis())
    assert items["tagger"].state == "optional"
    assert "tagger none" in items["Language"].told
    assert [item for item in items.values() if item.state == "missing"] == []


class Absent:
    def available(self) -> bool:
        return False

    def version(self) -> str:
        raise AssertionError("must not be asked")


def test_without_tesseract_it_says_what_to_type_and_ends_with_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("docscan.reading.recognition.engines.ENGINES", {"pytesseract": Absent})
    monkeypatch.setattr("shutil.which", lambda program: None)
    monkeypatch.setattr(doctor, "_system", lambda: "debian")
    items = found(diagnosis())
    assert items["Tesseract"].state == "missing"
    assert items["Tesseract"].remedy == "sudo apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd"
    assert main(["doctor"]) == 3
    assert "sudo apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd\n" in capsys.readouterr().out


def test_tesserocr_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    from docscan.reading.recognition.engines import ENGINES

    def missing() -> Any:
        raise ImportError("tesserocr")

    monkeypatch.setattr("docscan.reading.recognition.engines.ENGINES", ENGINES | {"tesserocr": missing})
    items = found(diagnosis())
    assert items["tesserocr"].state == "optional"
    assert items["Tesseract"].state == "ok"


def test_an_engine_that_is_no_tesseract_is_not_taken_for_an_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    left = {"tesserocr": Absent, "pytesseract": Absent, "rapidocr": engines.ENGINES["rapidocr"]}
    monkeypatch.setattr("docscan.reading.recognition.engines.ENGINES", left)
    monkeypatch.setattr("shutil.which", lambda program: None)
    items = found(diagnosis())
    assert items["Tesseract"].told.startswith("not found")
    assert items["rapidocr"].state == "ok"
    assert "docscan_lines" in items["Second reader"].told


@pytest.mark.parametrize("language", ["eng", "osd"])
def test_missing_data_of_a_language_is_seen(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setattr(tesseract, "data_folder", lambda name: None if name == language else Path("/data"))
    item = found(diagnosis())[f"{language} data"]
    assert item.state == "missing"
    assert item.remedy
    assert "TESSDATA_PREFIX" in item.remedy


@pytest.mark.parametrize(
    ("said", "state"),
    [("2.13.0 (Tesseract 5.5.4)", "ok"), ("tesseract 4.1.1", "ok"), ("5.3.0", "ok"), ("tesseract 3.05.02", "missing"),
     ("3.05", "missing")],
)  # fmt: skip
def test_an_old_tesseract_is_told(monkeypatch: pytest.MonkeyPatch, said: str, state: str) -> None:
    class Engine(Absent):
        def available(self) -> bool:
            return True

        def version(self) -> str:
            return said

    monkeypatch.setattr("docscan.reading.recognition.engines.ENGINES", {"pytesseract": Engine})
    assert found(diagnosis())["Tesseract"].state == state


def test_a_library_that_cannot_be_loaded_is_told_with_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    item = found(diagnosis())["pi-heif"]
    assert item.state == "missing"
    assert "opens HEIC photos" in item.told


def test_a_misspelt_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCSCAN_MAX_PAGE", "3")
    item = found(diagnosis())["Settings"]
    assert item.state == "missing"
    assert item.remedy == "Did you mean DOCSCAN_MAX_PAGES?"


@pytest.mark.parametrize(
    ("release", "system"),
    [
        ({"ID": "debian"}, "debian"),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, "debian"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ({"ID": "fedora"}, "fedora"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ({"ID": "somethingelse"}, ""),
    ],
)
def test_knows_the_system(monkeypatch: pytest.MonkeyPatch, release: dict[str, str], system: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: release)
    assert doctor._system() == system


def test_a_mac_is_told_to_use_homebrew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert install_tesseract() == "brew install tesseract"


def test_an_unknown_system_gets_every_command() -> None:
    said = install_tesseract("plan9")
    assert "apt-get" in said
    assert "brew" in said
