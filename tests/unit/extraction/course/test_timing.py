"""The grammar of times: a value printed in any of many ways is read back; any text at all is read without failing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docscan.extraction.course.times import frequency_of, lasting
from docscan.extraction.course.timing import times
from docscan.extraction.course.tokens import tokens

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 90: "ninety"}
UNITS = {
    "d": ("day", "days"), "wk": ("week", "weeks", "wk", "wks"), "mo": ("month", "months", "mo", "mos"),
    "a": ("year", "years", "yr", "yrs"),
}  # fmt: skip


def spelt(number: int) -> str:
    if number < len(ONES):
        return ONES[number]
    tens = 10 * (number // 10)
    return TENS[tens] if number == tens else f"{TENS[tens]}-{ONES[number - tens]}"


def ways(number: int) -> list[str]:
    """How people write a number."""
    return [str(number), spelt(number), f"{spelt(number)} ({number})", f"{number} ({spelt(number)})"]


def counted(number: int, unit: str) -> str:
    singular, plural = UNITS[unit][:2]
    return singular if number == 1 else plural


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
@given(st.integers(1, 16) | st.sampled_from([20, 24, 30, 36, 52, 90]), st.sampled_from("d wk mo a".split()), st.data())
def test_a_span_is_read_back_however_it_is_printed(number: int, unit: str, data: st.DataObject) -> None:
    number = min(number, 15) if unit == "a" else number
    printed = data.draw(st.sampled_from(ways(number)))
    form = data.draw(st.sampled_from(["for {n} {u}", "over the course of {n} {u}", "for up to {n} {u}", "x {n} {u}"]))
    text = form.format(n=printed, u=counted(number, unit))
    assert [t.value for t in times(text) if t.kind == "duration"] == [lasting(number, unit)]


@given(st.integers(1, 12), st.sampled_from(["wk", "mo", "d"]), st.data())
def test_a_rate_is_read_back_however_it_is_printed(number: int, unit: str, data: st.DataObject) -> None:
    word, adverb = {"wk": ("week", "weekly"), "mo": ("month", "monthly"), "d": ("day", "daily")}[unit]
    n = data.draw(st.sampled_from(ways(number)))
    often = {1: "once", 2: "twice", 3: "thrice"}.get(number, f"{spelt(number)} times")
    text = data.draw(
        st.sampled_from([
            f"{n} times per {word}", f"{n} times a {word}", f"{n} sessions each {word}", f"{n} visits every {word}",
            f"{number}x/{word}", f"{number}x{word}", f"{number} x per {word}", f"{often} {adverb}", f"{often} a {word}",
            f"{often} per {word}", f"{n} supervised training sessions per {word}", f"{n} 45-minute sessions a {word}",
        ])
    )  # fmt: skip
    assert [t.value for t in times(text) if t.kind == "frequency"] == [frequency_of(number, 1, unit)]


@given(st.integers(1, 6), st.integers(1, 6), st.sampled_from([" to ", "-", "–", " or ", " - "]), st.booleans())
def test_a_range_keeps_both_ends(low: int, more: int, sign: str, spell: bool) -> None:
    high = low + more
    ends = (spelt(low), spelt(high)) if spell and sign in {" to ", " or "} else (str(low), str(high))
    text = f"{ends[0]}{sign}{ends[1]} times per week for {low}{sign}{high} weeks"
    assert [t.value for t in times(text)] == [frequency_of(low, 1, "wk", high), lasting(low, "wk", high)]


@given(st.integers(2, 12), st.sampled_from("d wk mo".split()), st.sampled_from(["every {n} {u}", "once every {n} {u}"]))
def test_a_period_of_several_is_read_back(number: int, unit: str, form: str) -> None:
    text = form.format(n=number, u=counted(number, unit))
    assert [t.value for t in times(text)] == [frequency_of(1, number, unit)]


@given(
    st.sampled_from([5, 10, 15, 20, 30, 45, 50, 60, 75, 90, 120]),
    st.sampled_from(["{} minutes", "{}-minute", "{} min", "{}min"]),
)
def test_a_length_is_read_back_in_its_own_unit(minutes: int, form: str) -> None:
    assert [t.value for t in times(form.format(minutes) + " sessions")] == [lasting(minutes, "min")]


@given(st.text(max_size=120))
def test_any_text_is_read_without_failing(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
    for time in times(text, written=date(2026, 3, 2)):
        assert 0 <= time.start < time.end <= len(text)


WORDS = (
    "2 three x / per week wk for 6 mo until every other day - to then M/W/F ( ) , . q bi-weekly a an hour half in all"
    " total of 30 min the first 15th every month"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_words_of_time_in_any_order_are_read_without_failing(words: list[str]) -> None:
    text = " ".join(words)
    assert all(text[t.start : t.end].strip() for t in times(text))


NAMED = [
    ("through Labor Day", "2026-09-07"), ("until Thanksgiving", "2026-11-26"), ("until Christmas", "2026-12-25"),
    ("through Memorial Day", "2026-05-25"), ("until New Year's Eve", "2026-12-31"), ("through July 4th", "2026-07-04"),
    ("until the end of June 2026", "2026-06-30"), ("through February 2027", "2027-02-28"),
    ("until year's end", "2026-12-31"), ("through the end of the calendar year", "2026-12-31"),
    ("for the rest of this year", "2026-12-31"), ("until Easter", "2026-04-05"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "day"), NAMED)
def test_a_named_end_is_the_next_such_day(printed: str, day: str) -> None:
    assert [t.value for t in times(printed, written=date(2026, 3, 2))] == [{"until": day}]


def test_a_named_end_without_a_date_to_count_from_stays_words() -> None:
    assert [t.value for t in times("through Labor Day")] == [{"until_condition": "Labor Day"}]


@pytest.mark.parametrize("printed", ["3 tirnes per week", "3 tlmes per week", "3xweek", "3 x week", "3times a week"])
def test_slips_of_ocr_are_borne(printed: str) -> None:
    assert [t.value for t in times(printed)] == [frequency_of(3, 1, "wk")]


@pytest.mark.parametrize(
    "printed",
    ["E11.9", "F45", "L4-L5", "B12", "$45", "45%", "555-0134", "10:30 am", "138/72", "4/1/2026", "129D", "x4512"],
)
def test_what_only_looks_like_a_time_is_none(printed: str) -> None:
    assert times(printed) == []
