"""Pages as pictures, as a person sees them: EXIF orientation, transparency, CropBox and /Rotate applied."""

from __future__ import annotations

import io
import math
import warnings
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

from docscan.document import SourceFile
from docscan.reading.geometry import Grey

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

DPI = 300  # at which a PDF page is rendered for OCR: what Tesseract's English model was trained for
_MOST_PIXELS = 40_000_000  # of a rendered PDF page: an A2 poster at 300 dpi; larger pages are rendered coarser
_POINTS = 72


def of_file(file: SourceFile, data: bytes, number: int) -> Image.Image:
    """Page `number` (from 1) of a picture file, upright by its EXIF, as "L" or "RGB". Raises what its decoder raises.

    `info["dpi"]` is kept where the file has it, turned with the picture.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata; the size was checked at intake
        image = _opened(file, data, number)
        image.load()
        dpi = _dots(image)
        try:
            upright = ImageOps.exif_transpose(image)
            if dpi is not None and upright.size != image.size:
                dpi = (dpi[1], dpi[0])
        except Exception:  # broken EXIF: the picture as stored is the best that is known
            upright = image
        flat = _flat(upright)
    flat.info = {} if dpi is None else {"dpi": dpi}
    return flat


def _dots(image: Image.Image) -> tuple[float, float] | None:
    """Dots an inch across and down, where the file says so in a way that makes sense."""
    try:
        across, down = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down) if 20 < across < 5000 and 20 < down < 5000 else None


def _opened(file: SourceFile, data: bytes, number: int) -> Image.Image:
    if file.media_type == "image/heic":
        import pi_heif

        heif = pi_heif.open_heif(data, convert_hdr_to_8bit=True)
        found: Image.Image = heif[heif.primary_index].to_pillow()
        return found
    image = Image.open(io.BytesIO(data))
    if number > 1:
        image.seek(number - 1)
    return image


def _flat(image: Image.Image) -> Image.Image:
    """Eight bits a channel, on white."""
    if image.mode == "P" and "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa"):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("RGB")
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits, or unknown depth
        values = np.asarray(image, dtype=np.float64)
        top = 65535.0 if image.mode.startswith("I;16") or values.max(initial=0) > 255 else 255.0
        top = max(top, float(values.max(initial=0)))
        return Image.fromarray((values.clip(0) * (255 / top)).astype(np.uint8))
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def of_pdf(page: PdfPage, *, scale: float = DPI / _POINTS, colour: bool = False) -> Image.Image:
    """A PDF page as shown, at `scale` pixels a point; coarser where the page is so large that it would not fit."""
    width, height = page.get_size()
    scale = min(scale, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    rendered: Image.Image = page.render(scale=scale, grayscale=not colour).to_pil()
    return rendered if rendered.mode in ("L", "RGB") else rendered.convert("RGB" if colour else "L")


def part_of_pdf(page: PdfPage, scale: float, part: tuple[int, int, int, int], size: tuple[int, int]) -> Grey:
    """Part (left, top, right, bottom) of the picture of a PDF page at `scale`, which is `size` pixels wide and tall."""
    left, top, right, bottom = part
    cut = (left, size[1] - bottom, size[0] - right, top)  # pypdfium2 wants it in points and rounds it up
    rendered = page.render(scale=scale, grayscale=True, crop=tuple((pixels - 0.5) / scale for pixels in cut))
    return grey(rendered.to_pil())


def grey(image: Image.Image) -> Grey:
    return np.ascontiguousarray(np.asarray(image.convert("L")))


def png(image: Image.Image, max_side: int) -> bytes:
    """As PNG, its longer side at most `max_side` pixels."""
    shrink = max_side / max(image.size)
    if shrink < 1:
        size = tuple(max(1, round(side * shrink)) for side in image.size)
        image = image.resize((size[0], size[1]), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
