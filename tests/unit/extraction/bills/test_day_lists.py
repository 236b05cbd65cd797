"""Days in lists and at the ends of lines, without a year: each is a day of service."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract

HEAD = (
    "Ridge Coaching\n12 Main St, Salem, OR 97301\nStatement for March 2026, prepared 3/30/2026\nClient: Mara Vance\n\n"
)


def _days(lines: str) -> list[str]:
    found = extract(Document.from_text(HEAD + lines)).fields
    return [str(e.value)[5:] for e in found if e.name == "service_date" and e.value]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (
            "Item                        Dates                     No.    Fee      Ext.\n"
            "Weight program, coaching    3/9, 3/11, 3/13, 3/16     4      42.00    168.00\n"
            "Weight program, group       3/23; 3/25; 3/27          3      25.00    75.00\n"
            "Total   243.00\n",
            ["03-09", "03-11", "03-13", "03-16", "03-23", "03-25", "03-27"],
        ),
        ("Massage 60 min, 3 visits @ 75 -\n3/2  3/9  3/16   225.00\nTotal   225.00\n", ["03-02", "03-09", "03-16"]),
        (
            "Pers. training   3/4   $65.00\nPers. training   3/18   $65.00\nTOTAL   $130.00\n",
            ["03-04", "03-18"],
        ),
        ("Training on 3/4 & 3/6   130.00\nTotal   130.00\n", ["03-04", "03-06"]),
    ],
)
def test_every_day_of_a_list_is_one_of_service(lines: str, days: list[str]) -> None:
    assert _days(lines) == days


def test_a_share_at_the_end_of_one_line_is_no_day() -> None:
    assert _days("Turkey sandwich 1/2   8.50\nSession 3/10/2026   60.00\nTotal   68.50\n") == ["03-10"]
