"""What kind of file some bytes are. The name is never asked: it is often wrong, and it may be personal."""

from __future__ import annotations

import filetype

PDF = "application/pdf"
JPEG, PNG, TIFF, WEBP, HEIC = "image/jpeg", "image/png", "image/tiff", "image/webp", "image/heic"
TAKEN = frozenset({PDF, JPEG, PNG, TIFF, WEBP, HEIC})

_LOOKED_AT = 8192
_PDF_HEADER_WITHIN = 1024  # PDF 1.7, implementation note 13: readers accept a header anywhere in the first 1024 bytes
# ISO/IEC 23008-12 brands of still pictures and sequences coded with HEVC, which filetype knows in part.
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})

_NAMES = {
    "application/zip": "a ZIP archive",
    "application/x-7z-compressed": "a 7-Zip archive",
    "application/x-rar-compressed": "a RAR archive",
    "application/gzip": "a gzip archive",
    "application/msword": "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "an Excel sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "a PowerPoint file",
    "application/vnd.oasis.opendocument.text": "an OpenDocument text",
    "application/rtf": "an RTF document",
    "image/gif": "a GIF picture",
    "image/bmp": "a BMP picture",
    "image/avif": "an AVIF picture",
    "image/vnd.adobe.photoshop": "a Photoshop file",
}


def media_type(data: bytes) -> str | None:
    """The media type by content; None where it is not known. Any type may be returned, not only those in `TAKEN`."""
    head = data[:_LOOKED_AT]
    if head[4:8] == b"ftyp":
        size = int.from_bytes(head[:4], "big")
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)), 4))}
        if brands & _HEIC_BRANDS:
            return HEIC
    if head[:4] in (b"II+\0", b"MM\0+"):  # BigTIFF
        return TIFF
    found: str | None = filetype.guess_mime(head)
    if found == "image/apng":  # a PNG whose first picture every reader shows
        return PNG
    if found is None and b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return PDF
    return found


def called(kind: str | None, data: bytes) -> str:
    """What to call a file of this type to a person: "a ZIP archive"."""
    if kind in _NAMES:
        return _NAMES[kind]
    if kind:
        family = kind.split("/")[0]
        return {"video": "a video", "audio": "a sound recording", "image": "another kind of picture",
                "font": "a font"}.get(family, "another kind of file")  # fmt: skip
    try:
        sample = data[:_LOOKED_AT].decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        if error.start < min(len(data), _LOOKED_AT) - 4:
            return "another kind of file"
        sample = data[: error.start].decode("utf-8")
    printable = sum(character.isprintable() or character.isspace() for character in sample)
    return "plain text" if sample and printable > 0.95 * len(sample) else "another kind of file"
