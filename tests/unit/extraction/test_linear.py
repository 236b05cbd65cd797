"""The readers are one small file; without it everything else works."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Document
from docscan.extraction import extract, linear
from docscan.extraction.linear import BUCKETS, Reader, buckets_of, readers, words


@pytest.fixture
def no_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(linear, "FILE", "none")
    readers.cache_clear()
    yield
    readers.cache_clear()


def test_the_shipped_readers_are_all_there() -> None:
    assert set(readers()) == {"kinds", "amounts", "days", "times"}
    assert linear.version() != "none"


@pytest.mark.usefixtures("no_file")
def test_without_their_file_nothing_is_weighed_and_the_rules_still_find() -> None:
    assert readers() == {}
    assert linear.version() == "none"
    found = extract(Document.from_text("Invoice\nTraining session   60.00\nTotal   60.00\n"))
    assert [e.value for e in found.named("total")] == ["60.00"]
    assert not found.problems


def test_numbers_are_told_by_their_length_and_words_without_capitals() -> None:
    assert words("Total DUE: $1,250.00") == ["total", "due", ":", "$", "9", ",", "999", ".", "99"]


@given(st.lists(st.text(max_size=12), max_size=30))
def test_buckets_are_few_and_each_comes_once(features: list[str]) -> None:
    found = list(buckets_of(features))
    assert len(found) == len(set(found)) <= len(set(features))
    assert all(0 <= bucket < BUCKETS for bucket in found)


def test_a_reader_adds_the_weights_of_what_it_sees_and_knows_nothing_of_what_it_never_saw() -> None:
    weights, rare = np.zeros((BUCKETS, 2), np.float32), np.zeros(BUCKETS, np.float32)
    (seen,) = buckets_of(["left total"])
    weights[seen], rare[seen] = (3.0, -1.0), 2.0
    reader = Reader(("total", "tax"), weights, np.array([0.5, 0.0], np.float32), rare)
    assert reader(["left total"]).tolist() == [3.5, -1.0]
    assert reader(["left total", "never seen"]).tolist() == [3.5, -1.0]
    assert reader(["never seen"]).tolist() == [0.5, 0.0]
    assert reader([]).tolist() == [0.5, 0.0]
