"""From when to when a letter holds."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from docscan.checking.facts import Facts
from docscan.checking.period import period
from docscan.document import Extraction

CASES = [
    ({"duration": {"value": 6, "unit": "mo"}, "letter_date": "2026-03-03"}, "2026-03-03", "2026-09-03"),
    ({"duration": {"value": 1, "unit": "a"}, "start_date": "2024-02-29"}, "2024-02-29", "2025-02-28"),
    ({"duration": {"value": 2, "unit": "wk"}, "signature_date": "2026-03-03"}, "2026-03-03", "2026-03-17"),
    ({"duration": {"start": "2026-04-01", "end": "2026-06-30"}, "letter_date": "2026-03-03"},
     "2026-04-01", "2026-06-30"),
    ({"duration": {"until": "2026-12-31"}, "letter_date": "2026-03-03"}, "2026-03-03", "2026-12-31"),
    ({"start_date": "2026-04-01", "end_date": "2026-06-30", "letter_date": "2026-03-03"}, "2026-04-01", "2026-06-30"),
    ({"duration": {"value": 6, "unit": "mo", "relative_to": "first_session"}, "letter_date": "2026-03-03"}, None, None),
    ({"duration": {"value": 6, "unit": "mo"}}, None, None),
    ({"frequency": {"phases": [{"duration": {"value": 4, "unit": "wk"}}, {"duration": {"value": 2, "unit": "mo"}}]},
      "letter_date": "2026-03-03"}, "2026-03-03", "2026-05-31"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "start", "end"), CASES)
def test_a_letters_time_is_counted_as_people_count(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], fields: Any, start: str | None, end: str | None
) -> None:
    found = period(facts(*(extraction(name, value) for name, value in fields.items())))
    assert found is not None
    assert (found.start, found.end) == tuple(date.fromisoformat(day) if day else None for day in (start, end))


@pytest.mark.parametrize(
    ("value", "longer"),
    [({"value": 12, "unit": "mo"}, False), ({"value": 1, "unit": "a"}, False), ({"value": 365, "unit": "d"}, False),
     ({"value": 52, "unit": "wk"}, False), ({"value": 366, "unit": "d"}, True), ({"value": 13, "unit": "mo"}, True),
     ({"value": 1.5, "unit": "a"}, True)],
)  # fmt: skip
def test_a_year_is_a_year_in_whatever_unit(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction], value: Any, longer: bool
) -> None:
    found = period(facts(extraction("duration", value)))
    assert found is not None
    assert found.longer_than(12) is longer


def test_where_several_times_are_stated_the_longest_counts(
    facts: Callable[..., Facts], extraction: Callable[..., Extraction]
) -> None:
    two = (extraction("duration", {"value": 6, "unit": "mo"}), extraction("duration", {"indefinite": True}))
    found = period(facts(*two))
    assert found is not None
    assert found.endless


def test_no_time_is_none(facts: Callable[..., Facts], extraction: Callable[..., Extraction]) -> None:
    assert period(facts(extraction("letter_date", "2026-03-03"))) is None
