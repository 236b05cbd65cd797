"""The reader of lines: what the shipped model is, and that it reads as the one that it was made from."""

import importlib.util
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from PIL import Image, ImageDraw, ImageFont

from docscan.reading.geometry import Grey
from docscan.reading.recognition.engines import rapid
from docscan.reading.recognition.engines.rapid import Rapidocr, words_of

MAKER = Path(__file__).parents[4] / "models" / "lines.py"
PRINTED = (
    "M54.50 E11.9 S83.511A Z02.5",
    "03/14/2026 and 2026-07-08",
    "$1,485.00 less $65.07 is $1,419.93",
    "NPI 1376542219, Tax ID 84-2917355",
    "Letter of medical necessity for physical therapy",
    "(born 1984-11-30) [x] #4: 50% @ 7 & 8!",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
)


@pytest.fixture(scope="module")
def reader() -> Rapidocr:
    return Rapidocr()


def strip(text: str, size: int = 30, grain: float = 0.0) -> Grey:
    font = ImageFont.load_default(size)
    picture = Image.new("L", (int(font.getlength(text)) + 24, 48), 255)
    ImageDraw.Draw(picture).text((12, 22), text, font=font, fill=30, anchor="lm")
    noisy = np.asarray(picture) + np.random.default_rng(3).normal(0, grain, (48, picture.width))
    return np.clip(noisy, 0, 255).astype(np.uint8)


def read(reader: Rapidocr, picture: Grey) -> str:
    corners = np.array([[0, 0], [picture.shape[1], 0], [picture.shape[1], 48], [0, 48]], np.float64)
    line = next(reader.lines(picture, [corners], time.monotonic() + 60))
    return " ".join(word[0] for word in words_of(line))


@pytest.mark.parametrize("text", PRINTED)
def test_it_reads_plain_print_to_the_letter(reader: Rapidocr, text: str) -> None:
    assert read(reader, strip(text)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", ["A", "7", "$9", "No", "E11"])
def test_it_reads_what_is_narrower_than_its_narrowest(reader: Rapidocr, text: str) -> None:
    picture = strip(text)
    assert picture.shape[1] < rapid._NARROWEST
    assert read(reader, picture) == text


def test_it_reads_a_line_longer_than_its_longest_in_parts(reader: Rapidocr) -> None:
    text = " ".join(6 * [PRINTED[4]])
    picture = strip(text)
    assert picture.shape[1] > rapid._WIDEST
    assert read(reader, picture).replace(" ", "") == text.replace(" ", "")


def test_it_says_which_model_reads(reader: Rapidocr) -> None:
    assert "docscan_lines 1" in reader.version()


def test_the_model_carries_its_notice_and_names_its_letters() -> None:
    told = onnxruntime.InferenceSession(rapid._MODEL).get_modelmeta().custom_metadata_map
    assert "Apache License, Version 2.0" in told["notice"]
    assert "Modified by docscan" in told["notice"]
    assert set(map(chr, range(0x20, 0x7F))) <= set(told["letters"])
    assert rapid._MODEL.stat().st_size < 12_000_000


@pytest.mark.slow
def test_the_model_is_what_its_maker_makes_and_reads_as_the_package_does() -> None:
    spec = importlib.util.spec_from_file_location("lines", MAKER)
    assert spec is not None
    assert spec.loader is not None
    maker: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    letters = onnxruntime.InferenceSession(rapid._MODEL).get_modelmeta().custom_metadata_map["letters"]
    assert len(letters) > 140
    again = onnxruntime.InferenceSession(maker.made(maker.SOURCE.read_bytes()).SerializeToString())
    shipped = onnxruntime.InferenceSession(rapid._MODEL)
    package = onnxruntime.InferenceSession(maker.SOURCE)
    known = ["", *package.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
    kept = [0, *(known.index(letter) for letter in letters)]
    for text in PRINTED:
        picture = strip(text, grain=25)
        wide = -picture.shape[1] % 8 + picture.shape[1]
        grey = np.zeros((1, 1, 48, wide), np.float32)
        grey[..., : picture.shape[1]] = picture.astype(np.float32) / 127.5 - 1
        whole = package.run(None, {"x": np.repeat(grey, 3, axis=1)})[0][0][:, kept]
        small, other = (session.run(None, {"x": grey})[0][0] for session in (shipped, again))
        assert np.abs(small - other).max() < 0.05
        assert (small.argmax(axis=1) == whole.argmax(axis=1)).mean() > 0.95
        assert np.abs(small - whole).mean() < 0.002
