"""Menus on pictures: an option whose box was not seen is neither said nor passed over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from docscan.document import Box, Document, Mark, PageSource
from docscan.extraction.extractors import extract
from docscan.extraction.text.annotated import AnnotatedText

HEAD = "Letter of Medical Necessity\nPatient Name: Marta Kessling\n"
LIST = "     Neck pain M54.2\n     Low back pain M54.50\n     Asthma J45.909\n     Obesity E66.9\n     Migraine G43.909"


def pictured(printed: str, ticked: str, unseen: str, source: PageSource = "ocr") -> Document:
    """A page with a box drawn before every entry that has a code, but for the one that is `unseen`."""
    document = Document.from_text(printed)
    marks = tuple(
        Mark(
            "check_box",
            Box(cell.box.left - 0.02, cell.box.top, cell.box.left - 0.008, cell.box.bottom),
            "ticked" if ticked in cell.text else "empty",
        )
        for cell in AnnotatedText(document).cells
        if "." in cell.text and ":" not in cell.text and unseen not in cell.text
    )
    page = replace(document.pages[0], marks=marks, source=source)
    return replace(document, pages=(page, *document.pages[1:]))


def codes(document: Document) -> tuple[list[Any], list[Any]]:
    """Codes that are stated, and those that only may be."""
    found = [e for e in extract(document).fields if e.name == "diagnosis_code"]
    return [e.value for e in found if e.value is not None], [r for e in found if e.value is None for r in e.readings]


@pytest.mark.parametrize(
    "cue", ["", "Please tick all that apply:\n", "CHECK EVERY CONDITION THAT APPLIES (leave others blank)\n"]
)
def test_an_option_whose_box_was_not_seen_only_may_be_meant(cue: str) -> None:
    assert codes(pictured(HEAD + cue + LIST, "M54.50", "J45.909")) == (["M54.50"], ["J45.909"])


def test_at_the_edge_of_a_list_the_words_that_ask_tell_that_it_is_an_option() -> None:
    cue = "Tick all that apply\n"
    assert codes(pictured(HEAD + cue + LIST, "M54.50", "G43.909")) == (["M54.50"], ["G43.909"])
    assert codes(pictured(HEAD + LIST, "M54.50", "G43.909")) == (["M54.50", "G43.909"], [])


def test_a_box_read_as_letters_is_still_a_box() -> None:
    printed = HEAD + LIST.replace("Obesity", "[J Obesity")
    assert codes(pictured(printed, "M54.50", "Obesity")) == (["M54.50"], ["E66.9"])


def test_a_files_own_text_has_all_its_boxes() -> None:
    assert codes(pictured(HEAD + LIST, "M54.50", "J45.909", "text_layer"))[0] == ["M54.50", "J45.909"]


def test_none_of_these_has_no_code() -> None:
    printed = HEAD + "Tick all that apply\n" + LIST + "\n     S43.201A          None of these M00.x"
    document = pictured(printed, "None of these", "S43.201A")
    assert codes(document)[0] == []


def test_a_letter_that_was_taken_for_an_empty_box_is_none() -> None:
    document = Document.from_text("Letter of Medical Necessity\nPatient: Ana Lopez\nDx: M54.50 low back pain")
    page = document.pages[0]
    letter = next(word for word in page.words if word.text == "Dx:").box
    box = Mark("check_box", Box(letter.left, letter.top, letter.left + 0.4 * letter.width, letter.bottom), "empty")
    words = tuple(replace(word, confidence=0.99) for word in page.words)
    pictured_ = replace(document, pages=(replace(page, marks=(box,), words=words, source="ocr"),))
    assert [e.value for e in extract(pictured_).named("diagnosis_code")] == ["M54.50"]


def test_a_wrapped_other_ends_no_menu() -> None:
    printed = (
        "Discharge summary\nPatient: Ana Lopez\n\nE83.39   Phosphorus metabolism disorder,\n         other\n"
        "M89.8X9   Other disorders of bone\nE11.9   Type 2 diabetes\nOther specified joint disorders M25.80\n"
    )
    told = [e.value for e in extract(Document.from_text(printed)).named("diagnosis_code")]
    assert {"E83.39", "M89.8X9", "E11.9"} <= set(told)
