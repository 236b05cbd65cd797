"""What a file is: type by content, limits, encryption, page count. Reads no text.

`take` is the stage's only door.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from docscan.document import SourceFile
from docscan.errors import EmptyFile, InputError, NotAFile, NotFound, TooLarge, Unsupported
from docscan.settings import settings

_TAKEN = "Upload a PDF, or a JPEG, PNG, TIFF, WebP or HEIC picture."


def take(source: str | Path | bytes) -> tuple[SourceFile, bytes]:
    """The facts of a file and its bytes. Raises an `InputError` that says why it cannot be taken.

    The limits are those of `settings()`. Pixels are counted before a picture is unpacked.
    """
    from docscan.intake import media_type, pdf, pictures

    limits = settings()
    data = bytes(source) if isinstance(source, bytes | bytearray | memoryview) else _bytes_of(source, limits.max_bytes)
    if len(data) > limits.max_bytes:
        raise _too_many_bytes(limits.max_bytes)
    if not data:
        raise EmptyFile("The file is empty.", "It has no content at all. Save or send it again, then upload it.")
    kind = media_type.media_type(data)
    if kind not in media_type.TAKEN:
        raise Unsupported(f"This is {media_type.called(kind, data)}, which cannot be checked.", _TAKEN)
    if kind == media_type.PDF:
        pages = pdf.page_count(data, max_pages=limits.max_pages)
    else:
        pages = pictures.page_count(data, kind, max_pages=limits.max_pages, max_pixels=limits.max_pixels)
    return SourceFile(hashlib.sha256(data).hexdigest(), kind, len(data), pages), data


def _bytes_of(path: str | Path, max_bytes: int) -> bytes:
    """A regular file's bytes. What a device or a pipe would give is never waited for."""
    try:
        status = os.stat(path)  # noqa: PTH116 - Path() would turn "" into the folder one stands in
        if stat.S_ISREG(status.st_mode):
            if status.st_size > max_bytes:
                raise _too_many_bytes(max_bytes)
            with Path(path).open("rb") as file:
                return file.read(max_bytes + 1)
    except OSError as error:
        raise _why_not(error) from None
    except ValueError:  # a NUL in the name
        raise NotFound("There is no such file.", "Check the name and the folder.") from None
    if stat.S_ISDIR(status.st_mode):
        raise NotAFile("This is a folder, not a file.", "Name one file. For a whole folder, use `docscan batch`.")
    raise NotAFile("This is a device or a pipe, not a file.", "Save the document as a file first.")


def _why_not(error: OSError) -> InputError:
    if error.errno == errno.ELOOP:
        return NotFound("The name is a link that leads back to itself.", "Name the file itself instead of the link.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return NotAFile(
            "The file may not be opened by this user.", "Allow reading it, or copy it to a folder of your own."
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL):
        return NotFound("There is no such file.", "Check the name and the folder.")
    return NotAFile("The file cannot be read from its disk.", "Copy it to another folder or disk and try again.")


def _too_many_bytes(max_bytes: int) -> TooLarge:
    return TooLarge(
        f"The file is larger than {max_bytes / 1_000_000:g} MB, the most that is taken.",
        "Upload only the pages that belong to this letter or receipt, or scan them at 300 dpi.",
    )
