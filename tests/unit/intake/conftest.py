"""Files of every kind, made on the spot."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

MakePdf = Callable[..., bytes]
MakePicture = Callable[..., bytes]


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    def make(pages: int = 1, *, user: str | None = None, picture: bytes | None = None) -> bytes:
        """A PDF of some pages; `user`: the password to open it, "" for one that only an owner's password protects."""
        out = io.BytesIO()
        sheet = canvas.Canvas(out, encrypt=None if user is None else StandardEncryption(user, "owner"), invariant=1)
        for _ in range(pages):
            if picture:
                from reportlab.lib.utils import ImageReader

                sheet.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, 612, 792)
            else:
                sheet.drawString(72, 700, "Letter of Medical Necessity")
            sheet.showPage()
        sheet.save()
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def make_picture() -> MakePicture:
    def make(kind: str, *, mode: str = "RGB", size: tuple[int, int] = (320, 240), frames: int = 1, **how: Any) -> bytes:
        out = io.BytesIO()
        pages = [Image.effect_noise(size, 60 + n).convert(mode) for n in range(frames)]
        more = {"save_all": True, "append_images": pages[1:]} if frames > 1 else {}
        pages[0].save(out, kind, **more, **how)
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def png_header() -> Callable[[int, int], bytes]:
    def make(width: int, height: int) -> bytes:
        """A PNG that claims a size and holds almost nothing."""

        def chunk(name: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

        header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        body = zlib.compress(b"\0" * 1000)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")

    return make
