"""A file is taken for what it is, or refused with a reason and a remedy."""

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from docscan import intake
from docscan.errors import (
    Damaged,
    EmptyFile,
    Encrypted,
    InputError,
    NoPages,
    NotAFile,
    NotFound,
    TooLarge,
    Unsupported,
)
from docscan.settings import Settings

NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n97\n%%EOF"
)


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    def set_to(**values: Any) -> None:
        monkeypatch.setattr(intake, "settings", lambda: Settings(**values))

    yield set_to


# -- what is taken -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "how", "media_type"),
    [
        ("JPEG", {}, "image/jpeg"),
        ("JPEG", {"progressive": True}, "image/jpeg"),
        ("JPEG", {"mode": "CMYK"}, "image/jpeg"),
        ("JPEG", {"mode": "L"}, "image/jpeg"),
        ("PNG", {}, "image/png"),
        ("PNG", {"mode": "RGBA"}, "image/png"),
        ("PNG", {"mode": "P"}, "image/png"),
        ("PNG", {"mode": "1"}, "image/png"),
        ("PNG", {"mode": "I;16"}, "image/png"),
        ("WEBP", {}, "image/webp"),
        ("TIFF", {}, "image/tiff"),
        ("TIFF", {"mode": "CMYK"}, "image/tiff"),
        *(
            ("TIFF", {"mode": "1", "compression": name}, "image/tiff")
            for name in ("raw", "group3", "group4", "packbits", "tiff_lzw", "tiff_adobe_deflate")
        ),
        *(("TIFF", {"compression": name}, "image/tiff") for name in ("jpeg", "tiff_lzw", "tiff_deflate", "zstd")),
        ("TIFF", {"big_tiff": True}, "image/tiff"),
    ],
)
def test_pictures_of_every_kind_are_taken(
    kind: str, how: dict[str, Any], media_type: str, make_picture: Callable[..., bytes]
) -> None:
    data = make_picture(kind, **how)
    file, same = intake.take(data)
    assert (file.media_type, file.page_count, file.size) == (media_type, 1, len(data))
    assert same == data
    assert file.sha256 == hashlib.sha256(data).hexdigest()


def test_a_tiff_has_as_many_pages_as_pictures(make_picture: Callable[..., bytes]) -> None:
    assert intake.take(make_picture("TIFF", frames=3, mode="1", compression="group4"))[0].page_count == 3


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_an_animation_has_one_page(kind: str, make_picture: Callable[..., bytes]) -> None:
    assert intake.take(make_picture(kind, frames=3))[0].page_count == 1


def test_a_heic_is_taken() -> None:
    sample = next((Path(__file__).parents[3] / "sample_docs").glob("*.heic"))
    file, _ = intake.take(sample)
    assert (file.media_type, file.page_count) == ("image/heic", 1)


def test_a_pdf_has_its_pages(make_pdf: Callable[..., bytes]) -> None:
    file, _ = intake.take(make_pdf(7))
    assert (file.media_type, file.page_count) == ("application/pdf", 7)


def test_a_pdf_with_an_owner_password_only_is_taken(make_pdf: Callable[..., bytes]) -> None:
    assert intake.take(make_pdf(user=""))[0].page_count == 1


def test_a_pdf_with_junk_around_it_is_taken(make_pdf: Callable[..., bytes]) -> None:
    assert intake.take(b"\r\n\0junk" + make_pdf() + b"\n<!-- served by a bad gateway -->")[0].page_count == 1


def test_the_name_says_nothing(tmp_path: Path, make_picture: Callable[..., bytes]) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(make_picture("PNG"))
    assert intake.take(path)[0].media_type == "image/png"
    assert intake.take(str(path))[0].media_type == "image/png"


def test_broken_metadata_does_no_harm(make_picture: Callable[..., bytes]) -> None:
    data = make_picture("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xfe" * 40, icc_profile=b"no profile at all")
    assert intake.take(data)[0].page_count == 1


def test_a_tiff_whose_second_page_is_damaged_is_taken(make_picture: Callable[..., bytes]) -> None:
    data = bytearray(make_picture("TIFF", frames=2, compression="tiff_lzw"))
    with Image.open(io.BytesIO(data)) as image:
        image.seek(1)
        start, length = image.tag_v2[273][0], image.tag_v2[279][0]  # type: ignore[attr-defined]
    data[start : start + length] = b"\xff" * length
    assert intake.take(bytes(data))[0].page_count == 2


# -- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", EmptyFile, "empty"),
        (b"Dear Sir, I am a letter.", Unsupported, "plain text"),
        ("Sehr geehrte Damen und Herren, größte Not".encode(), Unsupported, "plain text"),
        (b"PK\x03\x04" + b"\0" * 200, Unsupported, "ZIP archive"),
        (b"GIF89a" + b"\0" * 50, Unsupported, "GIF picture"),
        (b"\x7fELF" + b"\0" * 200, Unsupported, "another kind of file"),
        (bytes(range(256)) * 4, Unsupported, "another kind of file"),
        (b"%PDF-1.7 and then some text that is no PDF", Damaged, "incomplete"),
        (b"%PDF-1.7 nothing startxref 7 %%EOF", Damaged, "damaged"),
        (NO_PAGES, NoPages, "no pages"),
    ],
)
def test_bytes_that_are_no_document_are_refused(data: bytes, error: type[InputError], says: str) -> None:
    with pytest.raises(error, match=says) as caught:
        intake.take(data)
    assert caught.value.remedy


def test_text_renamed_to_pdf_is_text(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_text("I am a text")
    with pytest.raises(Unsupported, match="plain text"):
        intake.take(path)


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9, 0.97])
def test_a_pdf_that_ends_in_the_middle_is_damaged(keep: float, make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf(5)
    with pytest.raises(Damaged):
        intake.take(data[: int(keep * len(data))])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("keep", [0.2, 0.6, 0.95])
def test_a_picture_that_ends_in_the_middle_is_damaged(
    kind: str, keep: float, make_picture: Callable[..., bytes]
) -> None:
    data = make_picture(kind)
    with pytest.raises(Damaged):
        intake.take(data[: int(keep * len(data))])


def test_a_progressive_jpeg_that_ends_in_the_middle_is_damaged(make_picture: Callable[..., bytes]) -> None:
    data = make_picture("JPEG", progressive=True)
    with pytest.raises(Damaged):
        intake.take(data[: 9 * len(data) // 10])


def test_a_heic_that_ends_in_the_middle_is_damaged() -> None:
    box = (24).to_bytes(4, "big") + b"ftypheic\0\0\0\0mif1heic" + (5000).to_bytes(4, "big") + b"mdat" + b"\0" * 100
    with pytest.raises(Damaged):
        intake.take(box)


def test_a_locked_pdf_is_encrypted(make_pdf: Callable[..., bytes], make_picture: Callable[..., bytes]) -> None:
    with pytest.raises(Encrypted, match="password"):
        intake.take(make_pdf(user="secret"))
    with pytest.raises(Encrypted, match="password"):
        intake.take(make_pdf(user="secret", picture=make_picture("TIFF", mode="1", compression="group4")))


def test_too_many_pages_are_refused(make_pdf: Callable[..., bytes], make_picture: Callable[..., bytes]) -> None:
    with pytest.raises(TooLarge, match="200 pages"):
        intake.take(make_pdf(200))
    with pytest.raises(TooLarge, match="more than 50 pages"):
        intake.take(make_picture("TIFF", frames=52, size=(16, 16)))


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 9_000), (1, 65_000_000)])
def test_a_small_file_that_unpacks_to_too_much_is_refused_unopened(
    size: tuple[int, int], png_header: Callable[[int, int], bytes]
) -> None:
    with pytest.raises(TooLarge, match="pixels"):
        intake.take(png_header(*size))


def test_limits_are_settings(
    limits: Callable[..., None], make_pdf: Callable[..., bytes], make_picture: Callable[..., bytes], tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(make_pdf(2))
    limits(max_bytes=500)
    for source in (path, path.read_bytes()):
        with pytest.raises(TooLarge, match="MB"):
            intake.take(source)
    limits(max_pages=1)
    with pytest.raises(TooLarge, match="2 pages; at most 1"):
        intake.take(path)
    limits(max_pixels=320 * 240 - 1)
    for kind in ("PNG", "JPEG", "TIFF", "WEBP"):
        with pytest.raises(TooLarge, match="320 x 240"):
            intake.take(make_picture(kind))


def test_paths_that_are_no_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    os.mkfifo(tmp_path / "pipe")
    refused: list[tuple[str | Path, type[InputError]]] = [
        (tmp_path, NotAFile),
        (tmp_path / "pipe", NotAFile),
        ("/dev/null", NotAFile),
        ("/dev/zero", NotAFile),
        (tmp_path / "a", NotFound),
        (tmp_path / "a" / "c", NotFound),
        (tmp_path / "missing", NotFound),
        ("", NotFound),
        ("nul\0byte", NotFound),
        ("long" * 5000, NotFound),
    ]
    for path, error in refused:
        with pytest.raises(error) as caught:
            intake.take(path)
        assert caught.value.remedy
        assert not str(path) or str(path) not in str(caught.value)


def test_a_file_that_may_not_be_read_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF-")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(NotAFile, match="may not be opened") as caught:
        intake.take(path)
    assert "letter" not in str(caught.value) + caught.value.remedy


# -- anything at all -----------------------------------------------------------------------------------------------


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 0.999), what=st.binary(min_size=1, max_size=12), cut=st.floats(0, 1), kind=st.integers(0, 5))
def test_mutated_files_are_taken_or_refused(
    where: float,
    what: bytes,
    cut: float,
    kind: int,
    make_pdf: Callable[..., bytes],
    make_picture: Callable[..., bytes],
) -> None:
    name = ("JPEG", "PNG", "TIFF", "WEBP")
    data = bytearray(
        make_picture(name[kind], size=(64, 48)) if kind < 4 else make_pdf(2, user=None if kind < 5 else "")
    )
    at = int(where * len(data))
    data[at : at + len(what)] = what
    changed = bytes(data[: max(1, int(cut * len(data)))] if cut > 0.5 else data)
    try:
        file, _ = intake.take(changed)
    except InputError as error:
        assert error.remedy
    else:
        assert file.page_count >= 1


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.sampled_from([b"%PDF-1.4\n", b"\xff\xd8\xff\xe0", b"II*\0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP",
                        b"\0\0\0\x18ftypheic", b""]), st.binary(max_size=300))  # fmt: skip
def test_noise_behind_a_known_start_is_taken_or_refused(start: bytes, noise: bytes) -> None:
    try:
        intake.take(start + noise)
    except InputError as error:
        assert error.message and error.remedy
