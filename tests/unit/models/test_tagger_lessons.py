"""The papers that the tagger learns from, and what is made of them."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from docscan.extraction.learned import tags
from models import hands
from models.tagger.lessons import LABELS, Lesson, Span, of_golden, of_paper
from models.tagger.wear import marked, misread, with_other_people, worn
from tests.golden.measure import read_goldens

TEXT = "RE: Marisol Vance, born 1971. Therapeutic massage was ordered by Anil Deshmukh, MD, for her fibromyalgia.\n"
LESSON = Lesson(
    "",
    TEXT,
    tuple(
        Span(TEXT.index(name), TEXT.index(name) + len(name), "patient") for name in ("Marisol Vance", "Anil Deshmukh")
    ),
    frozenset(LABELS),
)


@pytest.fixture(scope="module")
def papers() -> list[hands.Paper]:
    return list(hands.papers())


def test_every_label_of_every_paper_stands_on_words(papers: list[hands.Paper]) -> None:
    for paper in papers:
        for start, end, label in paper.labelled:
            assert label in LABELS
            assert any(sign.isalnum() for sign in paper.text[start:end]), (paper.name, label)


def test_every_label_is_shown_often_enough_and_by_many_hands(papers: list[hands.Paper]) -> None:
    seen = Counter(one.label for paper in papers for one in paper.labelled)
    by = {
        label: {p.name.rsplit(" ", 1)[0] for p in papers for one in p.labelled if one.label == label} for label in seen
    }
    assert set(seen) == set(LABELS)
    assert all(len(by[label]) > 20 for label in LABELS), by


def test_what_fields_ask_of_the_tagger_it_learns() -> None:
    assert {label for labels in tags.LABELS.values() for label in labels} <= set(LABELS)


def test_tags_leave_no_trace_in_the_text(papers: list[hands.Paper]) -> None:
    assert not any("<" + tag + ">" in paper.text for paper in papers for tag in hands.LABELS)
    assert not any("\ue000" <= sign <= "\uf8ff" for paper in papers for sign in paper.text)


@pytest.mark.parametrize("body", ["<patient>Ana Roe", "Ana</patient>", "<name>Ana</name>", "<freq><dur>x</freq></dur>"])
def test_a_paper_whose_tags_are_not_whole_is_refused_by_name(body: str) -> None:
    with pytest.raises(SystemExit, match="a hand 1"):
        hands._marked(body, "a hand 1")


@pytest.mark.parametrize("seed", range(20))
def test_a_misread_lesson_keeps_its_labels_on_what_is_left_of_their_words(seed: int) -> None:
    after = misread(LESSON, Random(seed))  # noqa: S311
    assert len(after.spans) == 2
    for before, now in zip(LESSON.spans, after.spans, strict=True):
        theirs, ours = TEXT[before.start : before.end], after.text[now.start : now.end]
        assert abs(len(theirs) - len(ours)) <= 4
        assert len(set(theirs.lower()) & set(ours.lower())) > len(set(theirs.lower())) // 2


def test_other_people_bear_the_labels_and_nothing_else_changes() -> None:
    after = with_other_people(LESSON, Random(2))  # noqa: S311
    assert "Vance" not in after.text
    assert "Deshmukh" not in after.text
    assert after.text.endswith("MD, for her fibromyalgia.\n")
    names = [after.text[one.start : one.end] for one in after.spans]
    assert all(len(name.split()) == 2 and name.istitle() for name in names), names


def test_worn_lessons_keep_their_labels(papers: list[hands.Paper]) -> None:
    dice = Random(5)  # noqa: S311
    for paper in papers[::9]:
        lesson = of_paper(paper)
        after = worn(lesson, dice)
        assert len(after.spans) > 0.9 * len(lesson.spans)
        assert all(0 <= one.start < one.end <= len(after.text) for one in after.spans)
        assert marked(after).count("⟦") >= len(after.spans)


def test_an_open_document_tells_where_its_names_stand() -> None:
    for golden in read_goldens("open")[:60:6]:
        lesson = of_golden(golden)
        names = {str(one.value).casefold() for one in golden.truth.fields if one.name == "patient_name"}
        told = {lesson.text[one.start : one.end].casefold() for one in lesson.spans if one.label == "patient"}
        assert "patient" not in lesson.known or bool(names) == bool(told)


def test_the_card_says_how_many_papers_there_are(papers: list[hands.Paper]) -> None:
    many = len({paper.name.rsplit(" ", 1)[0] for paper in papers})
    assert f"{len(papers)} papers by {many} hands" in (hands.HERE.parent / "README.md").read_text("utf-8")
