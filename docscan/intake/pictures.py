"""How many pages a picture file has, how large they are, and whether they can be unpacked. Reads no text.

The size is taken from the header before anything is unpacked, so that a small file that unpacks to gigabytes costs
nothing.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

from docscan.errors import Damaged, InputError, NoPages, TooLarge
from docscan.intake.media_type import HEIC, JPEG, PNG, TIFF, WEBP

_PILLOW = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", WEBP: "WEBP"}


def page_count(data: bytes, kind: str, *, max_pages: int, max_pixels: int) -> int:
    """The number of pages: the pictures of a TIFF; else 1, also for an animation, of which the first picture counts.

    Raises `Damaged`, `NoPages` or `TooLarge`. A TIFF is taken as long as one of its pages can be unpacked.
    """
    with _as_damaged():
        if kind == HEIC:
            return _heic(data, max_pixels)
        if max_pixels > (Image.MAX_IMAGE_PIXELS or 0):
            Image.MAX_IMAGE_PIXELS = max_pixels
        with Image.open(io.BytesIO(data), formats=[_PILLOW[kind]]) as image:
            if kind == TIFF:
                return _tiff(image, max_pages, max_pixels)
            _check_size(image.size, max_pixels)
            if kind == JPEG:
                image.draft("L", (1, 1))  # decodes an eighth of the size: every byte is read at a fraction of the work
            image.load()
            return 1


def _tiff(image: Image.Image, max_pages: int, max_pixels: int) -> int:
    pages, sound = 0, False
    failed: Exception | None = None
    while True:
        try:
            image.seek(pages)
        except EOFError:
            break
        if pages == max_pages:
            raise TooLarge(
                f"The file has more than {max_pages} pages; at most {max_pages} are taken.",
                "Upload only the pages that belong to this letter or receipt.",
            )
        _check_size(image.size, max_pixels)
        pages += 1
        if not sound:
            try:
                image.load()
                sound = True
            except Exception as error:  # other pages may be whole; reading reports this one
                failed = error
    if not pages:
        raise NoPages("The TIFF file has no pages.", "Scan or save the document again and upload that.")
    if not sound and failed is not None:
        raise failed
    return pages


def _heic(data: bytes, max_pixels: int) -> int:
    import pi_heif

    if _boxes_end(data) > len(data):
        raise _damaged()
    file = pi_heif.open_heif(data, convert_hdr_to_8bit=True)
    _check_size(file[file.primary_index].size, max_pixels)
    return 1


def _boxes_end(data: bytes) -> int:
    """Where the last box of an ISO media file (ISO/IEC 14496-12) says that it ends."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:  # to the end of the file
            return len(data)
        at += max(size, 8)
    return at


def _check_size(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise NoPages("The picture is empty: it has no pixels.", "Take or scan the picture again.")
    if width * height > max_pixels:
        raise TooLarge(
            f"The picture has {width} x {height} pixels; at most {max_pixels:,} in all are taken on one page.",
            "Scan at 300 dpi, or save the picture at a smaller size.",
        )


def _damaged() -> Damaged:
    return Damaged(
        "The picture is damaged or incomplete and cannot be opened as a whole.",
        "It was probably cut off while it was copied or sent. Send it again, or take a new photo or scan.",
    )


@contextmanager
def _as_damaged() -> Iterator[None]:
    """Whatever a decoder says of bytes that anyone may send means one thing to the sender: the file is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is not read here
            yield
    except (InputError, KeyboardInterrupt):
        raise
    except Image.DecompressionBombError:
        raise TooLarge(
            "The picture unpacks to more pixels than are taken on one page.",
            "Scan at 300 dpi, or save the picture at a smaller size.",
        ) from None
    except UnidentifiedImageError:
        raise _damaged() from None
    except Exception:
        raise _damaged() from None
