"""The text of a document and its map to the page; the JSON of a report."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import (
    Box,
    Citation,
    Claim,
    DateRange,
    Document,
    DocumentSummary,
    Evidence,
    Extraction,
    Finding,
    LawDate,
    Mark,
    Page,
    PageSummary,
    Part,
    Problem,
    Report,
    RulebookVersion,
    Score,
    SourceFile,
    Word,
)

typed = st.text(st.sampled_from("ab E1.9:/\t\n\f é€"), max_size=200)


@given(typed)
def test_every_word_stands_in_the_text_where_the_document_says(text: str) -> None:
    document = Document.from_text(text)
    assert [document.text[p.start : p.end] for p in document.placed_words] == text.split()
    assert all(p.word.text.split() == [p.word.text] for p in document.placed_words)


@given(typed, st.data())
def test_evidence_is_the_text_between_its_offsets_and_its_boxes_hold_its_words(text: str, data: st.DataObject) -> None:
    document = Document.from_text(text)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    for evidence in document.evidence(start, end):
        assert evidence.start is not None
        assert evidence.end is not None
        assert document.text[evidence.start : evidence.end] == evidence.text
        for placed in document.words_between(evidence.start, evidence.end):
            assert placed.page.number == evidence.page
            assert any(_holds(box, placed.word.box) for box in evidence.boxes)


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("one  two", "one two"),
        ("one\ttwo", "one\ttwo"),
        ("one    two", "one\ttwo"),
        ("one\ntwo", "one\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one\ftwo", "one\ftwo"),
        ("one\f\ftwo", "one\f\ftwo"),
    ],
)
def test_gaps_of_the_page_are_kept_in_the_text(typed: str, text: str) -> None:
    assert Document.from_text(typed).text == text


def test_a_page_without_words_still_counts() -> None:
    document = Document.from_text("one\f\fthree")
    assert [document.page_of(offset).number for offset in (0, 5)] == [1, 3]  # type: ignore[union-attr]


def test_a_column_that_starts_higher_is_apart() -> None:
    left, right = Word("left", Box(0.1, 0.5, 0.2, 0.52), 0), Word("right", Box(0.6, 0.1, 0.7, 0.12), 1)
    document = Document(SourceFile("0", "x", 1, 1), (Page(1, 600, 800, (left, right)),))
    assert document.text == "left\n\nright"


def test_a_box_is_clipped_to_the_page() -> None:
    assert Box.of(-0.1, 0.2, 1.7, 0.123456789) == Box(0.0, 0.2, 1.0, 0.12346)


def report() -> Report:
    document = Document.from_text("Patient: Jane Doe")
    evidence = document.evidence(9, 17, section="Patient", found_by="people")
    problem = Problem("low_quality", 1, "The page is hard to read.", "Take the picture again.")
    page = replace(document.pages[0], problem=problem, quality=0.5, engine="tesseract")
    citation = Citation(
        "Publication 502", "Health Institute", "https://www.irs.gov/publications/p502", "guidance", False
    )
    return Report(
        document=DocumentSummary(
            "0" * 64, "text/plain", "lmn", 0.9, evidence, (PageSummary.of(page),), Part((1,), Box(0, 0, 1, 0.5))
        ),
        administrator="generic-fsa",
        as_of=date(2026, 11, 21),
        law_date=LawDate(date(2026, 3, 3), "the letter's date"),
        claim=Claim(purpose="fsa", plan_year=DateRange(date(2026, 1, 1), date(2026, 12, 31)), income="50000.00"),
        rulebooks=(RulebookVersion("lmn", "1"),),
        fields=(
            Extraction("patient_name", "Jane Doe", "Jane Doe", confidence=0.97, evidence=evidence),
            Extraction("letter_date", None, "03/04/26", readings=("2026-03-04", "2026-04-03")),
            Extraction("diagnosis_code", "E11.9", "E11.9", "negated", resolved={"status": "billable", "of": [1, None]}),
        ),
        findings=(Finding("LMN-01", "Patient", "met", "fatal", "Found.", None, citation, evidence),),
        score=Score(90.5, 100),
        verdict="complete",
        problems=(problem,),
        timings={"reading": 0.1},
        versions={"docscan": "0"},
    )


def test_the_json_of_a_report_gives_back_the_same_report() -> None:
    whole = replace(report(), parts=(report(),))
    assert Report.from_dict(json.loads(json.dumps(whole.to_dict()))) == whole


def test_the_json_of_a_report_has_every_key_even_where_it_is_empty() -> None:
    bare = replace(report(), fields=(), score=None, problems=(), findings=()).to_dict()
    assert bare["schema"] == "docscan.report/1"
    assert bare["score"] is None
    assert bare["parts"] == []
    assert {"document", "administrator", "as_of", "law_date", "fields", "findings", "verdict"} <= bare.keys()


@pytest.mark.parametrize("broken", [{}, {"schema": "docscan.packet/1"}, {"schema": "docscan.report/1"}, [], "text"])
def test_what_is_not_a_report_is_refused(broken: object) -> None:
    with pytest.raises(ValueError, match=r"not a|lacks"):
        Report.from_dict(broken)  # type: ignore[arg-type]


def test_an_outcome_that_does_not_exist_is_refused() -> None:
    data = report().to_dict()
    data["findings"][0]["outcome"] = "approved"
    with pytest.raises(ValueError, match="approved"):
        Report.from_dict(data)


def test_facts_of_one_name_are_found_by_assertion() -> None:
    found = report()
    assert found.named("diagnosis_code") == ()
    assert [e.value for e in found.named("diagnosis_code", assertion=None)] == ["E11.9"]
    assert [e.value for e in found.named("patient_name", "letter_date")] == ["Jane Doe", None]


def test_evidence_of_ink_has_no_text() -> None:
    ink = Evidence(1, (Box(0.1, 0.8, 0.3, 0.9),), "", None, None)
    assert Report.from_dict(replace(report(), findings=(replace(report().findings[0], evidence=(ink,)),)).to_dict())


def sloping(rotation: int = 0) -> Document:
    """Two lines of eight words that fall by a line's height from word to word and three, lying on a page turned so."""
    words = []
    for line in range(2):
        for number in range(8):
            top = 0.1 + 0.03 * line + 0.008 * number
            box = Box(0.1 + 0.1 * number, top, 0.19 + 0.1 * number, top + 0.02).turned(-rotation)
            words.append(Word(f"w{number}", box, line))
    return Document(SourceFile("0", "x", 1, 1), (Page(1, 600, 800, tuple(words), rotation=rotation),))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_of_a_sloping_line_leave_other_lines_alone(rotation: int) -> None:
    document = sloping(rotation)
    (found,) = document.evidence(0, document.text.index("\n"))
    assert 2 < len(found.boxes) < 8
    for word in document.pages[0].words:
        x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
        on = any(b.left < x < b.right and b.top < y < b.bottom for b in found.boxes)
        assert on == (word.line == 0)


def test_a_level_line_has_one_box_whatever_tails_its_letters_have() -> None:
    tops = [(0.100, 0.114), (0.105, 0.119), (0.105, 0.114), (0.100, 0.119)]  # "bd", "gy", "acorn", "by"
    words = tuple(Word("w", Box(0.1 * n, top, 0.1 * n + 0.08, low), 0) for n, (top, low) in enumerate(tops, 1))
    document = Document(SourceFile("0", "x", 1, 1), (Page(1, 600, 800, words),))
    assert len(document.evidence(0, len(document.text))[0].boxes) == 1


def test_a_page_summary_keeps_the_places_that_were_not_read() -> None:
    ink, by_hand = Mark("ink", Box(0.5, 0.5, 0.6, 0.6)), Mark("handwriting", Box(0.7, 0.5, 0.8, 0.6))
    others = (Mark("signature_ink", Box(0.1, 0.8, 0.3, 0.9)), Mark("check_box", Box(0.1, 0.7, 0.12, 0.72), "empty"))
    line = [("sure", 0.99), ("hardly", 0.2), ("read", 0.39), ("sure", 0.9), ("odd", 0.1), ("-", 0.1), ("typed", None)]
    words = [Word(text, Box(0.1 * n, 0.1, 0.1 * n + 0.08, 0.12), 0, sure) for n, (text, sure) in enumerate(line, 1)]
    inside = Word("ink", Box(0.52, 0.52, 0.58, 0.58), 1, 0.1)
    page = Page(1, 600, 800, (*words, inside), (ink, by_hand, *others))
    hardly_read, odd = Box(0.2, 0.1, 0.38, 0.12), Box(0.5, 0.1, 0.58, 0.12)
    unread = PageSummary.of(page).unread
    assert unread[:2] == (ink.box, by_hand.box)
    assert [tuple(round(side, 5) for side in box) for box in unread[2:]] == [hardly_read, odd]


def test_a_report_written_before_pages_told_their_unread_places_is_still_read() -> None:
    data = report().to_dict()
    for page in data["document"]["pages"]:
        del page["stretch"], page["unread"]
    assert Report.from_dict(json.loads(json.dumps(data))) == report()
    del data["document"]["pages"][0]["quality"]
    with pytest.raises(ValueError, match="lacks quality"):
        Report.from_dict(data)
