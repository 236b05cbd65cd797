import re

import pytest

from docscan.extraction.text.month_names import MONTH, MONTH_BEGUN, MONTH_OR_SHORT, MONTHS, WEEKDAY_BEGUN, WEEKDAYS


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_is_known_whole_and_by_its_beginning(month: str) -> None:
    assert re.fullmatch(MONTH, month)
    assert re.fullmatch(MONTH_OR_SHORT, month)
    assert re.fullmatch(MONTH_OR_SHORT, month[:3])
    assert re.fullmatch(MONTH_BEGUN, month[:3] + ".")


def test_a_misread_end_is_borne_only_where_it_is_asked_for() -> None:
    assert re.fullmatch(MONTH_BEGUN, "octobor")
    assert not re.fullmatch(MONTH_OR_SHORT, "octobor")


@pytest.mark.parametrize("day", [*WEEKDAYS, "tues", "thurs", "wednesdays"])
def test_a_weekday_is_known_by_its_beginning(day: str) -> None:
    assert re.fullmatch(WEEKDAY_BEGUN, day)
