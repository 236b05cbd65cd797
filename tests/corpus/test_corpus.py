"""The corpus is what README.md says: the same for the same seed, fair between splits, true to what is printed."""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.corpus import forms, typeset
from tests.corpus.damages import BY_NAME, DAMAGES, Damage, Source, draw
from tests.corpus.documents import GOLDEN, SPLITS, Document, documents, packet_documents, packet_name, split_of
from tests.corpus.fonts import Face, FontMissing, check
from tests.corpus.making import make, seed_of, write
from tests.corpus.page import BLACK, WHITE, Box, Colour, Page, Word
from tests.corpus.truth import key_tokens

pytestmark = pytest.mark.slow  # pictures are made

README = Path(__file__).with_name("README.md")

try:
    check()
except FontMissing as missing:
    pytest.skip(str(missing), allow_module_level=True)

ALL = documents()
PACKETS = packet_documents()
OFTEN = 15
"""One document in so many is laid out whenever tests are run, the others in the slow ones."""


def laid_out(chosen: Iterable[Document]) -> list[Any]:
    """Parameters for documents, most of them slow."""
    marks = [() if number % OFTEN == 0 else (pytest.mark.slow,) for number in range(len(ALL))]
    kept = list(chosen)
    return [pytest.param(each, id=each.name, marks=mark) for each, mark in zip(kept, marks, strict=False)]


@cache
def page_of(document: Document) -> Page:
    return document.set()


def test_there_are_enough_documents_of_each_kind_in_each_split() -> None:
    assert len(ALL) >= 66
    assert len(DAMAGES) >= 15
    for split in SPLITS:
        kinds = Counter(document.kind for document in ALL if document.split == split)
        assert set(kinds) == {"letter", "form", "superbill", "receipt", "table"}
        assert sum(kinds.values()) >= 15


def test_no_document_is_in_two_splits() -> None:
    assert len({document.name for document in (*ALL, *PACKETS)}) == len(ALL) + len(PACKETS)


def test_no_held_out_golden_text_is_for_tuning() -> None:
    held_out = {
        path.stem.replace("_", "-")
        for path in GOLDEN.glob("*/*.toml")
        if tomllib.loads(path.read_text(encoding="utf-8"))["split"] == "held_out"
    }
    tune = {document.name.partition("-")[2] for document in ALL if document.split == "tune"}
    assert held_out
    assert not held_out & tune


def test_a_packet_is_for_tuning_or_not_as_a_whole() -> None:
    for path in GOLDEN.glob("packets/*.toml"):
        packet = tomllib.loads(path.read_text(encoding="utf-8"))
        names = {packet_name(path.stem, number) for number in range(1, len(packet["documents"]) + 1)}
        [split] = {document.split for document in PACKETS if document.name in names}
        assert (split == "tune") == (packet["split"] == "open")


def test_a_packets_letters_are_signed_where_their_labels_say_so_and_nowhere_else() -> None:
    signed = 0
    for path in GOLDEN.glob("packets/*.toml"):
        packet = tomllib.loads(path.read_text(encoding="utf-8"))
        if packet["split"] != "open":
            continue
        for number, paper in enumerate(packet["documents"], 1):
            [document] = [one for one in PACKETS if one.name == packet_name(path.stem, number)]
            shown = document.set().signature
            signed += shown in ("ink", "electronic")
            assert shown in (None, "none", "typed") or paper["outcomes"]["LMN-16"] == "met"
    assert signed >= 5


def test_a_split_depends_on_the_name_alone() -> None:
    assert split_of("letter-any", "open") == "tune"
    assert {split_of(f"letter-{i}", "held_out") for i in range(20)} == {"report", "sealed"}
    assert split_of("letter-any", "held_out") == split_of("letter-any", "held_out")


def test_forms_of_different_splits_share_no_persons_and_no_codes() -> None:
    codes = {split: {code for code, _ in rows} for split, rows in forms.DIAGNOSES.items()}
    assert not codes["tune"] & codes["report"] and not codes["tune"] & codes["sealed"]
    assert not codes["report"] & codes["sealed"]


@pytest.mark.parametrize("document", laid_out(ALL))
def test_every_word_is_inside_the_page(document: Document) -> None:
    page = page_of(document)
    assert page.true_words
    for word in page.words:
        left, top, right, bottom = word.box
        assert left >= 0 and top >= 0 and right <= page.width and bottom <= page.height


@pytest.mark.parametrize("document", laid_out(d for d in ALL if d.split == "tune"))
def test_no_word_is_printed_over_another(document: Document) -> None:
    boxes = [word.box for word in page_of(document).words]
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[i + 1 :]:
            wide = min(right, other[2]) - max(left, other[0])
            tall = min(bottom, other[3]) - max(top, other[1])
            assert not (wide > 1.5 and tall > 4.5), f"{boxes[i]} {other}"


def _words_of(text: str) -> Counter[str]:
    """Ticks and lines to write on, which are drawn, aside."""
    words = re.sub(r"\[[xX]\]|_{2,}", " ", text).split()
    return Counter(word.strip(":") for word in words if any(map(str.isalnum, word)))


@pytest.mark.parametrize("document", laid_out(d for d in ALL if d.split == "tune" and d.name[:4] != "form"))
def test_what_the_text_says_is_what_the_page_says(document: Document) -> None:
    """Nothing is lost between the text and the page but what did not fit, and a name that became a signature."""
    folder, _, stem = document.name.partition("-")
    path = GOLDEN / f"{folder}s" / f"{stem.replace('-', '_')}.toml"
    if not path.exists():
        return
    text = tomllib.loads(path.read_text(encoding="utf-8"))["text"]
    wanted, printed = _words_of(typeset.printable(text)), _words_of(" ".join(page_of(document).true_words))
    assert not printed - wanted
    assert sum((wanted - printed).values()) <= 4


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(
            damage, id=damage.name, marks=[pytest.mark.slow] if damage.by != "own" or damage.group == "photo" else []
        )
        for damage in DAMAGES
        if damage.do
    ],
)
def test_every_damage_gives_a_picture_of_a_sane_size(damage: Damage) -> None:
    if "augraphy" in damage.by:
        pytest.importorskip("augraphy")
    small = Page(width=200, height=260, words=page_of(next(d for d in ALL if d.name == "form-tune-1")).words[:6])
    assert damage.do
    seed = seed_of("small", damage.name, 0)
    picture = damage.do(Source(small), draw(damage, random.Random(seed)), seed)
    assert 200 <= picture.width <= 3200 and 250 <= picture.height <= 4400
    assert float(np.asarray(picture.convert("L")).std()) > 5


def test_the_same_seed_makes_the_same_manifest_and_the_same_picture(tmp_path: Path) -> None:
    [one] = [document for document in ALL if document.name == "bill-register-slip-drugstore"]
    kinds = [BY_NAME["digital"], BY_NAME["fax_standard"]]
    first, second, other = (
        list(make(tmp_path / name, [one], kinds, seed=seed)) for name, seed in (("a", 0), ("b", 0), ("c", 1))
    )
    assert first == second
    assert first != other
    for line in first:
        assert (tmp_path / "a" / line["file"]).read_bytes() == (tmp_path / "b" / line["file"]).read_bytes()


def test_a_second_run_replaces_its_own_lines_and_keeps_the_others(tmp_path: Path) -> None:
    [one] = [document for document in ALL if document.name == "form-tune-2"]
    list(write(tmp_path, [one], [BY_NAME["digital"]]))
    list(write(tmp_path, [one], [BY_NAME["fax_standard"]]))
    list(write(tmp_path, [one], [BY_NAME["digital"]]))
    lines = [json.loads(line) for line in (tmp_path / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["damage"] for line in lines] == ["fax_standard", "digital"]
    assert lines[0]["signature"] == "electronic"
    assert {box["state"] for box in lines[0]["check_boxes"]} == {"ticked", "empty"}


def test_strengths_stay_in_their_ranges() -> None:
    for damage in DAMAGES:
        for turn in range(30):
            drawn = draw(damage, random.Random(turn))
            for name, span in damage.ranges.items():
                if hasattr(span, "values"):
                    assert drawn[name] in span.values
                else:
                    assert span.least <= drawn[name] <= span.most


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Dx (E11.65), and I10.", ["code", "code"]),
        ("on 03/14/2026 or 2026-03-14", ["date", "date"]),
        ("June 6, 2026 and 6 June 2026", ["date"] * 4),
        ("room 6 in 2026", []),
        ("since March 2021", ["date"]),
        ("$1,250.00 and -$60.00 and 42.46", ["amount"] * 3),
        ("NPI 1062049428, phone 5035550117", ["npi"]),
        ("A3B 97110 B12 size", ["code"]),
    ],
)
def test_key_tokens_are_found_by_their_shape(text: str, kinds: list[str]) -> None:
    assert [token["kind"] for token in key_tokens(text.split())] == kinds


def test_npis_have_a_right_check_digit_and_are_not_given_out() -> None:
    for turn in range(50):
        number = forms.npi(random.Random(turn))
        digits = [int(digit) for digit in "80840" + number]
        doubled = [sum(divmod(2 * digit, 10)) if i % 2 else digit for i, digit in enumerate(reversed(digits))]
        assert sum(doubled) % 10 == 0
        assert number.startswith("2")


def test_the_readme_shows_the_ranges_of_the_code() -> None:
    from tests.corpus.__main__ import table

    assert table() in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("dots", [False, True], ids=["ink", "needles"])
@pytest.mark.parametrize("colour", [BLACK, WHITE], ids=["black", "white on a dark ground"])
def test_every_word_can_be_seen_in_the_picture(dots: bool, colour: Colour) -> None:
    ground = Box(10, 10, 190, 50, fill=(30, 30, 60)) if colour == WHITE else Box(10, 10, 190, 50)
    page = Page(width=200, height=60, shapes=[ground], dots=dots)
    page.words.append(Word("E11.65", 60, 36, Face("Liberation Mono"), 12, colour))
    left, top, right, bottom = (round(edge * 200 / 72) for edge in page.words[0].box)
    printed = np.asarray(page.picture(200).convert("L").crop((left, top, right, bottom)))
    assert float(printed.std()) > 30
