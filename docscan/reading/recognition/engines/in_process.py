"""Tesseract inside this process, through tesserocr: less than half the CPU of starting the program for each picture."""

from __future__ import annotations

import threading
from typing import Any

import tesserocr

from docscan.reading.geometry import Grey, Seen
from docscan.reading.recognition.engines import Layout, TimedOut
from docscan.reading.recognition.engines.tesseract import MODES, data_folder, words


class Tesserocr:
    """One instance of the library for each thread that reads, made when it is first needed."""

    name = "tesserocr"

    def __init__(self) -> None:
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)  # it would write to the terminal itself
        self._mine = threading.local()

    def version(self) -> str:
        return f"{tesserocr.__version__} (Tesseract {tesserocr.tesseract_version().split()[1]})"

    def available(self) -> bool:
        return data_folder("eng") is not None

    def read(self, picture: Grey, timeout: float, layout: Layout = "page") -> tuple[Seen, ...]:
        api = self._api("eng")
        try:
            api.SetPageSegMode(MODES[layout])
            _show(api, picture)
            if not api.Recognize(max(1, int(timeout * 1000))):
                raise TimedOut
            return words(api.GetTSVText(0))
        finally:
            api.Clear()

    def turned(self, picture: Grey, timeout: float) -> tuple[int, float] | None:  # noqa: ARG002 - always well below 2 s
        if data_folder("osd") is None:
            return None
        api = self._api("osd")
        try:
            _show(api, picture)
            found = api.DetectOrientationScript()
        finally:
            api.Clear()
        return (-int(found["orient_deg"]) % 360, float(found["orient_conf"])) if found else None

    def _api(self, language: str) -> Any:
        api = getattr(self._mine, language, None)
        if api is None:
            mode = tesserocr.PSM.OSD_ONLY if language == "osd" else tesserocr.PSM.AUTO
            api = tesserocr.PyTessBaseAPI(path=f"{data_folder(language)}/", lang=language, psm=mode)
            setattr(self._mine, language, api)
        return api


def _show(api: Any, picture: Grey) -> None:
    height, width = picture.shape
    api.SetImageBytes(picture.tobytes(), width, height, 1, width)
    api.SetSourceResolution(300)  # the scale of text is brought to that of a 300 dpi scan before
