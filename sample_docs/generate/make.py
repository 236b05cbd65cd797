"""From a document's two written files to the file that people get: print, draw, damage, save."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sample_docs.generate import damage, forms, pages
from sample_docs.generate.truth import truth

WRITTEN = Path(__file__).parent / "documents"

_DAMAGES: Mapping[str, Callable[..., Image.Image]] = {
    "scan": damage.scan,
    "copy": damage.copy,
    "fax": damage.fax,
    "photo": damage.photo,
}


@dataclass(frozen=True)
class Made:
    """A sample file and its truth, ready to be written."""

    file: str
    data: bytes
    truth: str


def names() -> list[str]:
    """Every document that is written, in order."""
    return sorted(path.stem for path in WRITTEN.glob("*.toml"))


def make(name: str, print_page: pages.Printer) -> Made:
    """Make one document. The same name gives the same bytes with the same versions of fonts and libraries."""
    written = tomllib.loads((WRITTEN / f"{name}.toml").read_text())
    recipe = written["make"]
    if name in forms.DRAWN:
        pdf, text = forms.DRAWN[name]()
    else:
        pdf, text = _printed(name, recipe, print_page)
    data = pdf if recipe["to"] == "pdf" and "damage" not in recipe else _picture_file(pdf, recipe)
    file = f"{name}.{recipe['to']}"
    return Made(file, data, truth(written, file=file, text=text))


def _printed(name: str, recipe: Mapping[str, Any], print_page: pages.Printer) -> tuple[bytes, str]:
    """The document's PDF as Chromium prints its HTML, and its words."""
    source = (WRITTEN / f"{name}.html").read_text()
    width, height = recipe.get("paper", (8.5, 11))
    whole = pages.complete(source, width, height)
    turn = recipe.get("rotate_flag")
    if turn:
        whole = pages.sideways(whole, width, height)
    pdf = print_page(whole, recipe.get("created", "20260105150000"))
    text = "\n".join(filter(None, [recipe.get("text_first"), pages.words(source)]))
    return pages.with_rotate_flag(pdf, turn) if turn else pdf, text


def _picture_file(pdf: bytes, recipe: Mapping[str, Any]) -> bytes:
    dpi, seed = recipe.get("dpi", 200), recipe.get("seed", 1)
    found = pages.pictures(pdf, dpi)
    if "damage" in recipe:
        treat = _DAMAGES[recipe["damage"]]
        found = [treat(page, seed + number, **recipe.get("options", {})) for number, page in enumerate(found)]
    if recipe.get("rotated"):
        found = [damage.rotated(page, recipe["rotated"]) for page in found]
    return _saved(found, recipe, dpi)


def _saved(found: Sequence[Image.Image], recipe: Mapping[str, Any], dpi: int) -> bytes:
    first, *rest = found
    data = io.BytesIO()
    match recipe["to"]:
        case "pdf":
            return _as_pdf(found, recipe, dpi)
        case "tif":
            resolution = first.info.get("dpi", (dpi, dpi))
            first.save(data, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=resolution)
        case "jpg":
            exif = Image.Exif()
            if "orientation" in recipe:
                exif[0x0112] = recipe["orientation"]
                first = _as_sensor_sees_it(first, recipe["orientation"])
            first.save(data, "JPEG", quality=recipe.get("quality", 72), dpi=(dpi, dpi), exif=exif)
        case "png":
            picture = _on_clear_ground(first) if recipe.get("transparent") else first
            picture.save(data, "PNG", optimize=True, dpi=(dpi, dpi))
        case "webp":
            first.save(data, "WEBP", quality=recipe.get("quality", 60), method=6)
        case "heic":
            return _heic(first, recipe.get("quality", 45))
        case other:
            raise ValueError(f"no way to save as {other}")
    return data.getvalue()


def _as_pdf(found: Sequence[Image.Image], recipe: Mapping[str, Any], dpi: int) -> bytes:
    """A scanner's PDF: one picture a page, without text or with the hidden rubbish of a poor OCR program."""
    quality = recipe.get("quality", 55)
    data = io.BytesIO()
    canvas = Canvas(data, invariant=True, pageCompression=False)
    for picture in found:
        width, height = picture.width * 72 / dpi, picture.height * 72 / dpi
        canvas.setPageSize((width, height))
        packed = io.BytesIO()
        picture.save(packed, "PNG") if picture.mode == "1" else picture.save(packed, "JPEG", quality=quality)
        canvas.drawImage(ImageReader(packed), 0, 0, width, height)
        if recipe.get("rubbish_text"):
            _hide_rubbish(canvas, width, height, recipe.get("seed", 1))
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _hide_rubbish(canvas: Canvas, width: float, height: float, seed: int) -> None:
    """Invisible text such as a misconfigured OCR program leaves: letters without words."""
    rng = random.Random(seed)
    text = canvas.beginText(60, height - 80)
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 10)
    for _ in range(36):
        line = " ".join("".join(rng.choices("ilIt1|rnfjvxzqw~^;:!'", k=rng.randint(1, 6))) for _ in range(9))
        text.textLine(line[: int(width / 7)])
    canvas.drawText(text)


def _as_sensor_sees_it(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture before the viewer turns it by its EXIF orientation: 3 (180), 6 (clockwise 90) or 8 (270)."""
    back = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    return picture.transpose(back[orientation])


def _on_clear_ground(picture: Image.Image) -> Image.Image:
    """Dark where there is ink, clear where there is paper, as an export with a transparent ground."""
    clear = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    clear.paste(picture, (0, 0))
    clear.putalpha(picture.convert("L").point(lambda value: 255 - value))
    return clear.quantize(64, method=Image.Quantize.FASTOCTREE).convert("RGBA")


def _heic(picture: Image.Image, quality: int) -> bytes:
    """Packed by libheif's `heif-enc` (Debian: libheif-examples), which only this generator needs."""
    encoder = shutil.which("heif-enc")
    if encoder is None:
        raise FileNotFoundError("heif-enc is needed for HEIC: apt-get install libheif-examples")
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder) / "photo.png", Path(folder) / "photo.heic"
        picture.save(plain)
        subprocess.run([encoder, "-q", str(quality), "-o", packed, plain], check=True, capture_output=True)  # noqa: S603
        return packed.read_bytes()
