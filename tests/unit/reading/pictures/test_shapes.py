"""Shapes are found the same way however they are counted."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docscan.reading.pictures import shapes


def _drawn(seed: int) -> np.ndarray:
    """Lines, frames and specks."""
    chance = np.random.default_rng(seed)
    picture = np.zeros(tuple(chance.integers(20, 90, 2)), np.uint8)
    for _ in range(chance.integers(0, 14)):
        y, x, length = (
            chance.integers(0, picture.shape[0]),
            chance.integers(0, picture.shape[1]),
            chance.integers(1, 60),
        )
        if chance.random() < 0.5:
            picture[y, x : x + length] = 255
        else:
            picture[y : y + length, x] = 255
    for _ in range(3):
        x, y, right, bottom = (int(n) for n in chance.integers(0, 70, 4))
        cv2.rectangle(picture, (x, y), (right, bottom), 255, 1)
    picture[chance.random(picture.shape) < chance.choice([0, 0.03])] = 255
    return picture


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_outlines_lie_around_the_same_shapes_as_are_connected(seed: int) -> None:
    picture = _drawn(seed)

    outlines, boxes = shapes.outlines(picture)

    assert len(outlines) == len(boxes)
    assert sorted(map(tuple, boxes.tolist())) == sorted(map(tuple, shapes.connected(picture).stats[1:, :4].tolist()))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_enclosed_is_paper_that_cannot_be_reached_from_outside(seed: int) -> None:
    picture = _drawn(seed)
    around = cv2.copyMakeBorder(picture, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    paper = shapes.connected(cv2.bitwise_not(around), connectivity=4)
    inside = [row for n, row in enumerate(paper.stats.tolist()) if n not in (0, int(paper.labels[0, 0]))]

    found = shapes.enclosed(picture)

    assert sorted(found) == sorted((left - 1, top - 1, wide, tall, area) for left, top, wide, tall, area in inside)


def test_more_specks_than_small_numbers_can_tell_are_counted_all() -> None:
    picture = np.zeros((1000, 1000), np.uint8)
    picture[::2, ::2] = 255

    assert shapes.connected(picture).count == 250_001


@pytest.mark.parametrize("picture", [np.zeros((9, 9), np.uint8), np.full((9, 9), 255, np.uint8)])
def test_an_even_picture_encloses_nothing(picture: np.ndarray) -> None:
    assert shapes.enclosed(picture) == []
