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
        (
            "Dates                    Service           Qty   Rate     Amount\n"
            "3/9, 3/10 & 3/11/2026    Training 45 min   3     $50.00   $150.00\n\nTotal   $150.00\n",
            ["03-09", "03-10", "03-11"],
        ),
        (
            "Service              DOS             Units   Fee ea.   Ext.\n"
            "Training, 45 min     03-09, 03-11    2       50.00     100.00\n"
            "Training, 60 min     03-13           1       60.00     60.00\n\nTotal   160.00\n",
            ["03-09", "03-11", "03-13"],
        ),
        ("Balance class, Mon/Thu: 3/2 - 3/5 - 3/9   54.00\nTotal   54.00\n", ["03-02", "03-05", "03-09"]),
        ("OT group\t03/10\t1 @ 40.00\t40.00\nOT group\t03/24\t1 @ 40.00\t40.00\nTotal\t80.00\n", ["03-10", "03-24"]),
        ("* 16 Feb - first visit - 165\n* 2 Mar - follow up - 70\nTOTAL 235\n", ["02-16", "03-02"]),
        (
            "POSTED\tDOS\tDESCRIPTION\tAMOUNT\n03/04/2026 03/03/2026 Ultrasound\t325.00\n"
            "03/06/2026 03/05/2026 Estradiol\t72.00\nCharges 397.00\n",
            ["03-03", "03-05"],
        ),
        ("Training, $30.00 a visit\n    3/2/26\n    3/9/26\n2 visits   $60.00 paid by check\n", ["03-02", "03-09"]),
        (
            '3/2   training 45 min   $60.00\n3/9     "         "     $60.00\n3/16  same   $60.00\nTotal   $180.00\n',
            ["03-02", "03-09", "03-16"],
        ),
    ],
)
def test_every_day_of_a_list_is_one_of_service(lines: str, days: list[str]) -> None:
    assert _days(lines) == days


def test_a_share_at_the_end_of_one_line_is_no_day() -> None:
    assert _days("Turkey sandwich 1/2   8.50\nSession 3/10/2026   60.00\nTotal   68.50\n") == ["03-10"]


def test_a_price_over_a_day_makes_no_date_with_it() -> None:
    assert _days("June 4\tpool class\t22\nJune 11\tpool class\t22\nsum\t44\n") == ["06-04", "06-11"]


def test_days_without_a_year_tell_in_which_order_the_bill_writes_its_dates() -> None:
    text = "Pool Club\nSeason statement printed 09/01/2024\n6/03\tclass\t40.00\n6/17\tclass\t40.00\nTotal\t80.00\n"
    found = extract(Document.from_text(text)).fields
    assert [e.value for e in found if e.name == "service_date"] == ["2024-06-03", "2024-06-17"]


def test_so_many_dollars_that_may_apply_are_no_day_of_may() -> None:
    assert not [day for day in _days("Visit\t85.00\na charge of up to $15 may apply\nTotal\t85.00\n") if day == "05-15"]


def test_a_birthday_gives_no_day_of_a_list_its_year() -> None:
    bill = "SUPERBILL\nPt: Ana Roe   DOB: 11-02-1978\nPeriod 11-12-24 thru 12-11-24\n\n"
    bill += "Procedure          DOS             Units   Fee ea.   Ext.\n"
    bill += "97110 Exercise     11-12, 11-15    2       40.00     80.00\n"
    found = extract(Document.from_text(bill + "TOTAL   80.00\n")).fields
    assert [e.value for e in found if e.name == "service_date"] == ["2024-11-12", "2024-11-15"]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("PAID with thanks, June 6, 2026 (card, last four 1005)", "payment_date"),
        ("Settled in full March 14, 2026 - Amex 3004", "payment_date"),
        ("RECEIVED WITH THANKS on 9 May 2026 by Visa", "payment_date"),
        ("Autopay ran 06/01/2026", "payment_date"),
        ("Statement of April 30, 2026", "statement_date"),
        ("Booked on: Feb 11, 2026", "statement_date"),
        ("Paid for the visit of May 4, 2026", "service_date"),
    ],
)
def test_a_day_takes_its_role_from_what_its_clause_tells(words: str, role: str) -> None:
    bill = (
        f"Ridge Coaching\nINVOICE 118\nClient: Mara Vance\n\nTraining, 60 min   1   $70.00\nTotal   $70.00\n\n{words}\n"
    )
    found = [e for e in extract(Document.from_text(bill)).fields if e.name.endswith("_date") and e.value]
    assert [e.name for e in found] == [role]


def test_an_order_s_day_is_none_of_service_where_its_sessions_have_their_own() -> None:
    bill = (
        "HARBOR YOGA\nOrder 22, placed February 12, 2026\n\nItem   Price\n"
        "Yoga therapy, Wed 02/18/2026, 60 min   $90.00\nYoga therapy, Fri 02/20/2026, 60 min   $90.00\n\n"
        "Total   $180.00\n"
    )
    found = extract(Document.from_text(bill)).fields
    assert [e.value for e in found if e.name == "service_date"] == ["2026-02-18", "2026-02-20"]
    assert [e.value for e in found if e.name == "statement_date"] == ["2026-02-12"]


@pytest.mark.parametrize(
    "text",
    [
        "Tess Gray LMT\nfor Amy Holt\nMassage 60 min at $70 each, on\nJune 3\nJune 12\nJune 17\n\n210 paid 6/20/2025\n",
        "Air Care\nfilter change at the house\n6/3, 6/12, 6/17 of 2025\n3 visits @ 40.00   120.00\nPaid   120.00\n",
        "Studio\nClient: Sue Mayhew\nPilates  6/3, 6/12, 6/17  3  80.00  240.00\nTotal 240.00\nAll days are in 2025.\n",
    ],
)
def test_days_in_a_column_or_a_list_are_of_the_year_that_the_bill_tells(text: str) -> None:
    found = extract(Document.from_text(text)).fields
    days = [e.value for e in found if e.name == "service_date" and e.value]
    assert days == ["2025-06-03", "2025-06-12", "2025-06-17"]
