"""A picture becomes words with probabilities, whoever could be asked."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Never

import numpy as np
import pytest

from docscan.reading.geometry import Grey, Seen
from docscan.reading.pictures import repair
from docscan.reading.recognition import belief, fusion, ocr
from docscan.reading.recognition.engines import Layout, TimedOut
from docscan.reading.recognition.engines.rapid import Letter, Line, Quad, Rapidocr

WORDS = tuple(Seen(text, 100 * n, 10, 100 * n + 80, 40, 0.9, 0) for n, text in enumerate(("Pain", "in", "knee")))


class Sure:
    name = "sure"

    def version(self) -> str:
        return "0"

    def available(self) -> bool:
        return True

    def read(self, picture: Grey, timeout: float, layout: Layout = "page") -> tuple[Seen, ...]:
        return WORDS

    def turned(self, picture: Grey, timeout: float) -> tuple[int, float] | None:
        return None


class Late(Rapidocr):
    def lines(self, *_: object) -> Never:
        raise TimedOut


@pytest.mark.parametrize("second", [None, Late()])
def test_words_of_one_reader_have_the_probability_of_one_reader(second: Rapidocr | None) -> None:
    sheet = repair.sheet_of(np.full((60, 400), 255, np.uint8))
    effort = replace(ocr.EFFORTS[-1], every_line=2.0)
    read = ocr.recognise(sheet, Sure(), second, effort, time.monotonic() + 30)
    page = belief.mean_sure([(0.9, len(word.text)) for word in WORDS])
    assert [word.text for word in read.words] == ["Pain", "in", "knee"]
    assert [word.confidence for word in read.words] == [fusion.unasked(word, page).confidence for word in WORDS]


class Says(Rapidocr):
    """Sees the same letters whatever it is shown, as wide as the line; keeps where it was asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked: list[Quad] = []

    def find(self, picture: Grey) -> list[Quad]:
        return []

    def lines(self, picture: Grey, quads: Iterable[Quad], deadline: float) -> Iterator[Line]:
        for quad in quads:
            self.asked.append(quad)
            size = 1 / len(self.text)
            yield Line(tuple(
                Letter(sign, (n + 0.5) * size, n * size, (n + 1) * size, 0.99, spaced=n == 0, white=0.0)
                for n, sign in enumerate(self.text)
            ))  # fmt: skip


class Reads(Sure):
    def __init__(self, *words: Seen) -> None:
        self.words = words

    def read(self, picture: Grey, timeout: float, layout: Layout = "page") -> tuple[Seen, ...]:
        return self.words


def printed(*lefts: int) -> repair.Sheet:
    """Shapes as large as letters from these columns on, as high as those of a page of 300 dpi."""
    page: Grey = np.full((120, 900), 255, np.uint8)
    for left in lefts:
        page[40:64, left : left + 14] = 0
    return repair.sheet_of(page)


ONLY_DOUBTED = replace(ocr.EFFORTS[0], unread=True, checked=0.9)
LINE = [100 + 20 * n for n in range(30)]  # enough letters for the page's print to be measured


@pytest.mark.parametrize(
    ("lefts", "place"),
    [
        ([*LINE, 760, 780, 800, 830], (756, 850)),  # within the word stand more letters than were read
        ([*LINE, 754, 780, 800, 830], (776, 850)),  # one stands right before it
    ],
)
def test_a_letter_that_was_lost_is_found(lefts: list[int], place: tuple[int, int]) -> None:
    text = Seen("x" * 30, 96, 38, 700, 66, 0.96, 0)
    code = Seen("11.9", place[0], 38, place[1], 66, 0.96, 1)
    second = Says("E11.9")
    read = ocr.recognise(printed(*lefts), Reads(text, code), second, ONLY_DOUBTED, time.monotonic() + 30)
    assert read.words[-1].text == "E11.9"
    assert read.engines == ("sure", "rapidocr")


def test_a_word_with_all_its_letters_is_left_alone() -> None:
    text = Seen("x" * 30, 96, 38, 700, 66, 0.99, 0)
    code = Seen("E11.9", 756, 38, 850, 66, 0.999, 1)
    second = Says("F11.9")
    read = ocr.recognise(
        printed(*LINE, 760, 780, 800, 830), Reads(text, code), second, ONLY_DOUBTED, time.monotonic() + 30
    )
    assert read.words[-1].text == "E11.9"
