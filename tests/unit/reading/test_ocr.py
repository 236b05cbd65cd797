"""A picture becomes words with probabilities, whoever could be asked."""

import time
from dataclasses import replace
from typing import Never

import numpy as np
import pytest

from docscan.reading import belief, fusion, ocr, repair
from docscan.reading.engines import Layout, TimedOut
from docscan.reading.engines.rapid import Rapidocr
from docscan.reading.geometry import Grey, Seen

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
