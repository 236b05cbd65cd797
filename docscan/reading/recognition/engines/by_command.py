"""Tesseract as a program, started for each picture through pytesseract: works wherever Tesseract is installed."""

from __future__ import annotations

import shutil

import pytesseract
from PIL import Image

from docscan.reading.geometry import Grey, Seen
from docscan.reading.recognition.engines import Layout, TimedOut
from docscan.reading.recognition.engines.tesseract import MODES, data_folder, words


class Pytesseract:
    name = "pytesseract"

    def version(self) -> str:
        return f"{pytesseract.__version__} (Tesseract {pytesseract.get_tesseract_version()})"

    def available(self) -> bool:
        return shutil.which("tesseract") is not None and data_folder("eng") is not None

    def read(self, picture: Grey, timeout: float, layout: Layout = "page") -> tuple[Seen, ...]:
        try:
            table: str = pytesseract.image_to_data(
                Image.fromarray(picture), lang="eng", config=_options(MODES[layout], "eng"), timeout=max(0.05, timeout)
            )
        except RuntimeError as error:
            raise _sorted_out(error) from None
        return words(table)

    def turned(self, picture: Grey, timeout: float) -> tuple[int, float] | None:
        if data_folder("osd") is None:
            return None
        try:
            found = pytesseract.image_to_osd(
                Image.fromarray(picture),
                config=_options(0, "osd"),
                timeout=max(0.05, timeout),
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractError:  # "Too few characters"
            return None
        except RuntimeError as error:
            raise _sorted_out(error) from None
        return int(found["rotate"]) % 360, float(found["orientation_conf"])


def _options(mode: int, language: str) -> str:
    return f'--tessdata-dir "{data_folder(language)}" --psm {mode} --dpi 300'


def _sorted_out(error: RuntimeError) -> Exception:
    """pytesseract tells of a time-out by a bare RuntimeError; its own errors are RuntimeErrors too."""
    return error if isinstance(error, pytesseract.TesseractError) else TimedOut()
