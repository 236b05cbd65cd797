"""Sessions against what a letter orders."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from docscan.checking.packets.sessions import course_of, ordered_in_all, overruns
from docscan.checking.period import Period

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
HALF_A_YEAR = Period(MONDAY, date(2026, 9, 2), relativedelta(months=6), False, "", ())
WEEKLY = {"frequency": 1, "period": 1, "period_unit": "wk"}
TWICE = {"frequency": 2, "period": 1, "period_unit": "wk"}
TAPER = {"phases": [{"frequency": TWICE, "duration": {"value": 4, "unit": "wk"}},
                    {"frequency": WEEKLY, "duration": {"value": 8, "unit": "wk"}}]}  # fmt: skip


def days(*numbers: int) -> list[date]:
    """Days counted from a Monday, the letter's own day."""
    return [MONDAY + number * DAY for number in numbers]


CASES: list[tuple[str, Mapping[str, Any], list[date], int, list[str]]] = [
    ("as many as ordered", TWICE, days(0, 3, 7, 10), 0, []),
    ("one too many", TWICE, days(0, 2, 4), 0, ["3 sessions in the week of March 2, 2026, where the letter orders 2"]),
    ("a week from Sunday to Saturday", TWICE, days(5, 6, 8), 0, []),  # Saturday, Sunday, Tuesday: two by each count
    ("a range counts by its end", {**TWICE, "frequency_max": 3}, days(0, 2, 4), 0, []),
    ("each month", {"frequency": 1, "period": 1, "period_unit": "mo"}, days(0, 10), 0,
     ["2 sessions from March 1, 2026 to March 31, 2026, where the letter orders 1"]),
    ("a month from the letter's day", {"frequency": 1, "period": 1, "period_unit": "mo"}, days(20, 40), 0, []),
    ("every two weeks", {"frequency": 1, "period": 2, "period_unit": "wk"}, days(0, 14, 28), 0, []),
    ("every two weeks, each week", {"frequency": 1, "period": 2, "period_unit": "wk"}, days(0, 7, 14), 0,
     ["2 sessions from March 2, 2026 to March 15, 2026, where the letter orders 1"]),
    ("a number of sessions", {"count": 3}, days(0, 9, 18), 0, []),
    ("more than that number", {"count": 3}, days(0, 9, 18, 27), 0, ["4 sessions in all, where the letter orders 3"]),
    ("a package", WEEKLY, [], 20, []),
    ("too large a package", WEEKLY, [], 40, ["40 sessions in all, where the letter orders 27"]),
    ("a taper kept", TAPER, days(0, 3, 7, 10, 29, 36), 0, []),
    ("a taper not kept", TAPER, days(0, 42, 44), 0,
     ["2 sessions in the week of April 13, 2026, where the letter orders 1"]),
    ("once a day", {"frequency": 1, "period": 1, "period_unit": "d"}, days(1, 1), 0,
     ["2 sessions on March 3, 2026, where the letter orders 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "frequency", "when", "more", "said"), CASES, ids=[c[0] for c in CASES])
def test_sessions_are_counted_as_people_count_them(
    what: str, frequency: Mapping[str, Any], when: list[date], more: int, said: list[str]
) -> None:
    found = overruns(frequency, HALF_A_YEAR, when, more)
    assert found is not None
    assert [one.said for one in found] == said


@pytest.mark.parametrize("frequency", [{"as_needed": True}, {}, {"duration": 25, "duration_unit": "h", "period": 1}])
def test_what_orders_no_number_is_not_counted(frequency: Mapping[str, Any]) -> None:
    assert overruns(frequency, HALF_A_YEAR, days(0)) is None


@pytest.mark.parametrize(
    ("frequency", "period", "number"),
    [
        (TWICE, Period(MONDAY, MONDAY + 84 * DAY, relativedelta(weeks=12), False, "", ()), 24),
        ({"frequency": 1, "period": 1, "period_unit": "mo"}, HALF_A_YEAR, 6),
        ({"count": 12}, HALF_A_YEAR, 12),
        ({"count": 12}, None, 12),
        (TAPER, None, 16),
        (TWICE, None, None),
    ],
)
def test_the_whole_order_is_frequency_times_duration(
    frequency: Mapping[str, Any], period: Period | None, number: int | None
) -> None:
    course = course_of(frequency)
    assert course is not None
    assert ordered_in_all(course, frequency, period) == number


@given(st.integers(1, 7), st.lists(st.integers(0, 180), max_size=60, unique=True))
def test_who_keeps_to_one_session_each_week_never_has_too_many(most: int, weeks: list[int]) -> None:
    frequency = {"frequency": most, "period": 1, "period_unit": "wk"}
    when = [MONDAY + 7 * DAY * (week % 26) for week in dict.fromkeys(w % 26 for w in weeks)]
    assert overruns(frequency, HALF_A_YEAR, when) == []


@given(st.integers(1, 6), st.integers(0, 20))
def test_who_goes_every_day_of_a_week_has_too_many_below_seven(most: int, week: int) -> None:
    frequency = {"frequency": most, "period": 1, "period_unit": "wk"}
    start = MONDAY + 7 * week * DAY
    assert overruns(frequency, HALF_A_YEAR, [start + n * DAY for n in range(-7, 14)]) != []
