"""The documents that the tagger learns from."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

from models.tagger import write
from models.tagger.write import LABELS, Span, Written, documents, misread


def test_the_same_seed_gives_the_same_documents() -> None:
    assert [one.text for one in documents(4, 20)] == [one.text for one in documents(4, 20)]
    assert [one.text for one in documents(4, 20)] != [one.text for one in documents(5, 20)]


def test_every_label_stands_on_words_and_within_the_text() -> None:
    for document in documents(7, 300):
        for span in document.spans:
            assert span.label in LABELS
            assert 0 <= span.start < span.end <= len(document.text)
            assert any(sign.isalnum() for sign in document.text[span.start : span.end])


def test_nothing_of_the_wording_is_left_unfilled() -> None:
    for document in documents(8, 300):
        assert not re.search(r"[{}¶→]|\|\w+\]", document.text.replace("|", "")), document.text


def test_all_labels_and_all_skeletons_are_used() -> None:
    seen = Counter(span.label for document in documents(9, 300) for span in document.spans)
    assert set(seen) == set(LABELS)
    assert min(seen.values()) > 30
    assert len(write._skeletons("letters")) >= 60
    assert len(write._skeletons("bills")) >= 40
    blocks = write._wording()
    for part, others in (("letters", "letter"), ("bills", "bill")):
        for skeleton in write._skeletons(part):
            for name in re.findall(r"[a-z_]+", skeleton):
                assert name in blocks[others] or name in blocks["letter"], skeleton


@pytest.mark.parametrize("seed", range(20))
def test_a_misread_document_keeps_its_labels_on_what_is_left_of_their_words(seed: int) -> None:
    text = "RE: Marisol Vance, born 1971. Therapeutic massage was ordered by Anil Deshmukh, MD, for her fibromyalgia.\n"
    spans = [
        Span(text.index(name), text.index(name) + len(name), "patient") for name in ("Marisol Vance", "Anil Deshmukh")
    ]
    after = misread(Written(text, spans), Random(seed))  # noqa: S311
    assert len(after.spans) == 2
    for before, now in zip(spans, after.spans, strict=True):
        theirs, ours = text[before.start : before.end], after.text[now.start : now.end]
        assert abs(len(theirs) - len(ours)) <= 4
        assert len(set(theirs.lower()) & set(ours.lower())) > len(set(theirs.lower())) // 2
