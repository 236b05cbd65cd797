"""What the readers see: every amount, date and time of a document, each with the words around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Document
from docscan.extraction.kinds import all_words
from docscan.extraction.learned import amounts, days, times
from docscan.extraction.text.annotated import AnnotatedText

LETTER = (
    "March 4, 2026\n\nTo whom it may concern:\n\nMy patient Mara Vance, born May 2, 1980, has hypertension. I order "
    "personal training twice a week for six months, an hour each. She has walked daily for two years.\n\nA. Okafor, MD"
)


def test_every_amount_is_seen_with_its_label_and_how_it_compares() -> None:
    text = AnnotatedText(Document.from_text("Session   60.00\nSession   60.00\nTotal   120.00\n"))
    seen = amounts.seen(text)
    assert [one.cents for one in seen] == [6000, 6000, 12000]
    assert {"label total", "comes to True", "rank 0"} <= set(seen[2].features)
    assert {"label session", "comes to False", "often 2"} <= set(seen[0].features)


def test_every_date_is_seen_with_the_words_before_it() -> None:
    seen = days.seen(AnnotatedText(Document.from_text(LETTER)))
    assert [one.mention.iso for one in seen] == ["2026-03-04", "1980-05-02"]
    assert "before 0 born" in seen[1].features and "alone True True" in seen[0].features


def test_every_time_is_seen_in_its_clause_and_weighed_for_its_own_field() -> None:
    text = AnnotatedText(Document.from_text(LETTER))
    assert [one.field for one, _ in times.weighed(text)] == [
        "frequency",
        "duration",
        "session_length",
        "frequency",
        "duration",
    ]
    ordered = times.seen(text)[0]
    assert {"clause i order personal", "said before order", "frequency in lmn"} <= set(ordered.features)


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(printed: str) -> None:
    text = AnnotatedText(Document.from_text(printed))
    for found in (amounts.seen(text), days.seen(text), times.seen(text)):
        assert all(one.features for one in found)
    assert sum(2.718281828**share for share in all_words.chances(printed).values()) >= 0


def test_the_words_of_a_letter_speak_for_a_letter() -> None:
    said = all_words.chances(LETTER * 3)
    assert max(said, key=said.__getitem__) == "lmn"
