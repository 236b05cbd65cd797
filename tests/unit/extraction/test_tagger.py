"""Words as the tagger is told of them, and what it finds."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.extraction import tagger
from docscan.extraction.text import language
from docscan.neural.wordpieces import Wordpieces, models

PIECES = ("[UNK]", "[CLS]", "[SEP]", "mass", "##age", "a", "##n", "b", "massage")


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("massage", ("massage",)),
        ("Massage", ("massage",)),
        ("MASSÁGE", ("massage",)),
        ("an", ("a", "##n")),
        ("bn", ("b", "##n")),
        ("na", ("[UNK]",)),  # no piece opens with "n"
        ("massagex", ("[UNK]",)),
        ("日", ("[UNK]",)),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces_known(word: str, pieces: tuple[str, ...]) -> None:
    assert tuple(PIECES[number] for number in Wordpieces(PIECES).of(word)) == pieces


@given(st.text(max_size=80))
def test_words_stand_where_they_are_said_to_and_leave_nothing_but_spaces_between(text: str) -> None:
    words = list(tagger.tokens(text))
    left = "".join(text)
    for word in reversed(words):
        assert word.start < word.end
        assert 0 <= word.type < tagger.TYPES
        left = left[: word.start] + left[word.end :]
    assert not left.strip()


def test_an_uncased_encoder_is_told_how_words_are_written_and_set() -> None:
    kinds = {
        text: [word.type for word in tagger.tokens("x " + text)][1]
        for text in ("vance", "Vance", "VANCE", "V", "4", "-")
    }
    assert len(set(kinds.values())) == len(kinds)
    gaps = {gap: [word.type for word in tagger.tokens(f"a{gap}vance")][-1] for gap in (" ", "\n", "\t", "\n\n")}
    assert len(set(gaps.values())) == len(gaps)


def test_everything_works_without_the_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tagger, "tagger", lambda: None)
    doc = tagger.tag(language.language().make_doc("RE: Jane Roe"))
    assert doc.user_data[tagger.TAGGED] == tagger.Tags()
    assert tagger.version() == "none"
    assert language.versions()["tagger"] == "none"


LETTER = """Willow Creek Family Medicine
210 Mill Street, Dayton, OH 45402

RE: Marisol T. Vance, DOB 4/2/1971

To whom it may concern,

I am the treating physician of Marisol T. Vance. Her husband, Peter Lindqvist, is the account holder. I prescribe
therapeutic massage twice a week for six months to treat her fibromyalgia. Please direct questions to my assistant,
Dana Whitlock, at 937-555-0133.

Sincerely,

Anil R. Deshmukh, MD
"""


def found(label: str, text: str) -> set[str]:
    model = tagger.tagger()
    assert model is not None
    return {text[one.start : one.end] for one in model(text).spans if one.label == label}


def test_the_shipped_model_tells_patient_and_signer_from_others_in_a_plain_letter() -> None:
    assert "Marisol T. Vance" in found("patient", LETTER)
    assert not found("patient", LETTER) & {"Peter Lindqvist", "Dana Whitlock", "Anil R. Deshmukh"}
    assert "Anil R. Deshmukh" in found("signer", LETTER)
    assert "Dana Whitlock" in found("other_person", LETTER)


def test_what_it_finds_does_not_depend_on_what_follows_far_below() -> None:
    """Long texts are looked at in windows that overlap."""
    long = LETTER + "\n\nThe patient continues with stretching at home, as before, and reports no change.\n" * 60
    assert "Marisol T. Vance" in found("patient", long)
    assert "Marisol T. Vance" in found("patient", long + LETTER)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=1500))
def test_windows_hold_every_word_overlap_and_are_never_too_long(pieces: list[int]) -> None:
    windows = list(tagger._windows(np.cumsum(pieces)))
    assert windows[0][0] == 0
    assert windows[-1][1] == len(pieces)
    assert all(0 < sum(pieces[first:last]) <= tagger.PIECES - 2 for first, last in windows)
    assert all(one[0] < other[0] <= one[1] < other[1] for one, other in pairwise(windows))


def test_it_is_small_and_the_file_names_where_it_comes_from() -> None:
    path = models() / tagger.FILE
    assert path.stat().st_size < 30_000_000
    told = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).get_modelmeta().custom_metadata_map
    assert "Apache License" in told["notice"]
    assert told["version"] == tagger.version()
    wanted = tomllib.loads((models() / "tagger" / "settings.toml").read_text("utf-8"))["weights"]["sha256"]
    assert told["source"] == wanted


def test_a_text_without_words_has_nothing_to_find() -> None:
    model = tagger.tagger()
    assert model is not None
    assert model(" \n ") == tagger.Tags()
