"""What a receipt shows, line by line, and whether a letter covers it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from docscan.checking.facts import Facts
from docscan.checking.packets.coverage import coverage
from docscan.checking.packets.matching import Terms
from docscan.checking.packets.services import services
from docscan.document import Extraction

MARCH = ["2026-03-03", "2026-03-05", "2026-03-10"]
Make = Callable[..., Extraction]
MakeFacts = Callable[..., Facts]


def line(
    extraction: Make, description: str, amount: str | None = "85.00", day: str | None = None, **more: object
) -> Extraction:
    return extraction("item", {"description": description, "amount": amount, "service_date": day, **more})


def test_a_line_without_a_day_has_the_receipts(facts: MakeFacts, extraction: Make) -> None:
    receipt = facts(extraction("service_date", "2026-03-03"), line(extraction, "Massage"), kind="receipt")
    assert [(s.day, s.amount) for s in services([receipt])] == [(date(2026, 3, 3), Decimal("85.00"))]


def test_a_line_of_several_days_is_parted_where_its_amount_can_be(facts: MakeFacts, extraction: Make) -> None:
    days = [extraction("service_date", day) for day in MARCH]
    whole = facts(*days, line(extraction, "3 sessions", "240.00", quantity=3), kind="receipt")
    assert [s.amount for s in services([whole])] == [Decimal(80)] * 3
    odd = facts(*days, line(extraction, "3 sessions", "250.00", quantity=3), kind="receipt")
    assert [(s.days, s.sessions) for s in services([odd])] == [(tuple(map(date.fromisoformat, MARCH)), 3)]


def test_a_line_that_counts_the_days_of_the_receipt_is_of_all_of_them(facts: MakeFacts, extraction: Make) -> None:
    days = [extraction("service_date", day) for day in MARCH]
    bill = facts(*days, line(extraction, "Massage, 3 visits @ 75", "225.00", day=MARCH[0]), kind="receipt")
    assert [(s.day and s.day.isoformat(), s.amount) for s in services([bill])] == [(day, Decimal(75)) for day in MARCH]


@pytest.mark.parametrize(
    ("description", "quantity", "code", "number"),
    [
        ("10-session massage package", None, None, 10),
        ("Package of 5 massages", 1, None, 5),
        ("12 x personal training sessions", None, None, 12),
        ("Personal training", 8, None, 8),
        ("Manual therapy", 4, "97140", 1),  # units of a quarter of an hour
        ("Massage 60 min", None, None, 1),
    ],
)
def test_a_package_counts_its_sessions(
    facts: MakeFacts, extraction: Make, description: str, quantity: int | None, code: str | None, number: int
) -> None:
    day = extraction("service_date", "2026-03-03")
    receipt = facts(day, line(extraction, description, quantity=quantity, code=code), kind="receipt")
    assert [s.sessions for s in services([receipt])] == [number]


def test_a_line_that_says_nothing_is_told_by_who_sold_it(facts: MakeFacts, extraction: Make) -> None:
    receipt = facts(
        extraction("merchant_name", "Lakeside Massage Therapy"), line(extraction, "Session 60 min"),
        line(extraction, "Cedar candle"), kind="receipt",
    )  # fmt: skip
    assert [s.kind for s in services([receipt])] == ["massage", None]


def test_a_record_adds_only_sessions_that_no_receipt_has(facts: MakeFacts, extraction: Make) -> None:
    bill = facts(line(extraction, "Training", day="2026-03-03"), kind="receipt")
    log = facts(*(extraction("service_date", day) for day in MARCH), kind="trainer_documentation")
    assert [(s.day.isoformat() if s.day else "", s.record) for s in services([bill, log])] == [
        ("2026-03-03", False), ("2026-03-05", True), ("2026-03-10", True),
    ]  # fmt: skip


def test_a_year_of_sessions_is_told_day_by_day(facts: MakeFacts, extraction: Make) -> None:
    letter = facts(
        extraction("treatment", "personal training"), extraction("letter_date", "2026-02-01"),
        extraction("duration", {"value": 6, "unit": "mo"}),
    )  # fmt: skip
    days = [date(2026, 1, 5) + timedelta(days=6 * n) for n in range(60)]
    receipts = [
        facts(
            *(line(extraction, "Personal training", day=d.isoformat()) for d in days if d.month == month),
            kind="receipt",
        )
        for month in range(12, 0, -1)
    ]
    found = coverage([letter, *receipts])
    assert [one.service_date for one in found] == days
    assert [one.covered for one in found] == [date(2026, 2, 1) <= d <= date(2026, 8, 1) for d in days]
    assert {one.amount for one in found} == {"85.00"}
    assert "is before the letter's date" in found[0].reason
    assert "is after the end of the letter's time" in found[-1].reason


def test_a_receipt_without_a_day_stays_in_sight(facts: MakeFacts, extraction: Make) -> None:
    letter = facts(extraction("treatment", "massage"), extraction("letter_date", "2026-02-01"))
    found = coverage([letter, facts(line(extraction, "Massage"), kind="receipt")])
    assert [(one.service_date, one.covered, one.description, one.amount) for one in found] == [
        (None, None, "Massage", "85.00")
    ]


REASONS = [
    ("2026-01-30", "Massage", False, "January 30, 2026 is before the letter's date, February 1, 2026."),
    ("2026-05-30", "Massage", False, "May 30, 2026 is after the end of the letter's time, May 1, 2026."),
    ("2026-03-03", "Yoga class", False, "“Yoga class” is not what the letter names: “massage”."),
    ("2026-03-03", "Massage", True, "The day lies in the letter's time: February 1, 2026 to May 1, 2026."),
]


@pytest.mark.parametrize(("day", "what", "covered", "why"), REASONS)
def test_each_session_says_why(
    facts: MakeFacts, extraction: Make, day: str, what: str, covered: bool, why: str
) -> None:
    letter = facts(
        extraction("treatment", "massage"), extraction("letter_date", "2026-02-01"),
        extraction("duration", {"value": 3, "unit": "mo"}),
    )  # fmt: skip
    found = coverage([letter, facts(line(extraction, what, day=day), kind="receipt")])
    assert [(one.covered, one.reason) for one in found] == [(covered, why)]


def test_an_undated_letter_leaves_its_sessions_open(facts: MakeFacts, extraction: Make) -> None:
    letter = facts(
        extraction("treatment", "massage"), extraction("start_date", "2026-02-01"), extraction("end_date", "2026-05-01")
    )
    found = coverage([letter, facts(line(extraction, "Massage", day="2026-03-03"), kind="receipt")])
    assert [(one.covered, one.letter) for one in found] == [(None, 0)]
    assert "bears no date" in found[0].reason


def test_the_calendar_follows_the_plans_terms(facts: MakeFacts, extraction: Make) -> None:
    letter = facts(extraction("treatment", "massage"), extraction("letter_date", "2026-02-01"))
    receipt = facts(line(extraction, "Massage", day="2026-02-01"), kind="receipt")
    assert coverage([letter, receipt])[0].covered is None
    assert coverage([letter, receipt], Terms(months_without_time=12))[0].covered is True
    assert coverage([letter, receipt], Terms(months_without_time=12, same_day=False))[0].covered is False


def test_a_letter_written_later_for_earlier_days_does_not_cover_them(facts: MakeFacts, extraction: Make) -> None:
    letter = facts(
        extraction("treatment", "massage"), extraction("letter_date", "2026-04-01"),
        extraction("start_date", "2026-02-01"), extraction("duration", {"value": 6, "unit": "mo"}),
    )  # fmt: skip
    receipt = facts(line(extraction, "Massage", day="2026-03-03"), kind="receipt")
    found = coverage([letter, receipt])
    assert [(one.covered, one.reason) for one in found] == [
        (False, "The letter was written only on April 1, 2026; this was on March 3, 2026.")
    ]


def test_every_day_that_a_line_lists_is_a_day_of_it(facts: MakeFacts, extraction: Make) -> None:
    def at(start: int, end: int, one: Extraction) -> Extraction:
        return replace(one, evidence=(replace(one.evidence[0], start=start, end=end),))

    days = [at(20 + 5 * n, 24 + 5 * n, extraction("service_date", day)) for n, day in enumerate(MARCH)]
    other = at(70, 74, extraction("service_date", "2026-03-24"))
    listed = at(0, 50, line(extraction, "Weight-loss program, 1:1", "126.00", day=MARCH[0]))
    after = at(51, 90, line(extraction, "Weight-loss program, group", "25.00", day="2026-03-24"))
    found = services([facts(*days, other, listed, after, kind="receipt")])
    assert [(s.day and s.day.isoformat(), s.amount) for s in found] == [
        *((day, Decimal(42)) for day in MARCH), ("2026-03-24", Decimal(25)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "extra"),
    [("Package discount", True), ("Sales tax 5.5%", True), ("10% promo code", True), ("HOME DELIVERY", True),
     ("Card processing fee", True), ("Delivery", True), ("Tax-free massage", False),
     ("Personal training, discount rate", False), ("Massage", False)],
)  # fmt: skip
def test_what_only_comes_with_a_service_is_none(words: str, extra: bool, facts: MakeFacts, extraction: Make) -> None:
    (one,) = services([facts(line(extraction, words), kind="receipt")])
    assert one.extra is extra


def test_no_letter_covers_another_patients_day_nor_one_still_to_come(facts: MakeFacts, extraction: Make) -> None:
    letter = facts(
        extraction("patient_name", "Leo Vance"), extraction("treatment", "massage"),
        extraction("letter_date", "2026-03-01"), extraction("duration", {"value": 12, "unit": "mo"}),
    )  # fmt: skip
    mine = facts(line(extraction, "Massage", day="2026-11-20"), line(extraction, "Massage", day="2026-11-24"),
                 extraction("patient_name", "Leo Vance"), kind="receipt")  # fmt: skip
    hers = facts(line(extraction, "Massage", "90.00", day="2026-05-05"), extraction("patient_name", "Mia Cho"),
                 kind="receipt")  # fmt: skip
    found = coverage([letter, mine, hers])
    assert [(c.report, c.covered) for c in found] == [(2, False), (1, True), (1, False)]
    assert found[0].reason == "The receipt is for Mia Cho, the letter for Leo Vance."
    assert found[2].reason == "November 24, 2026 is after the day of the check, November 21, 2026."


def test_a_trainers_record_says_what_a_bill_of_sessions_is_for(facts: MakeFacts, extraction: Make) -> None:
    days = [extraction("service_date", day) for day in MARCH]
    bill = facts(*days, line(extraction, "3 sessions", "240.00", **{"class": "unspecific"}), kind="receipt")
    record = facts(*days, extraction("trainer_name", "Walt Boggs"), kind="trainer_documentation")
    training, massage = (facts(extraction("treatment", t)) for t in ("personal training", "massage therapy"))
    assert {s.kind for s in services([training, bill, record])} == {"training"}
    assert {s.kind for s in services([massage, bill, record])} == {"unspecific"}


def test_an_address_says_nothing_of_what_was_sold(facts: MakeFacts, extraction: Make) -> None:
    read = ["9 Oak St, Boise ID 83702", "4 units MT 97140"]
    found = services([facts(*(line(extraction, words) for words in read), kind="receipt")])
    assert [s.description for s in found] == [None, "4 units MT 97140"]


def test_a_statement_that_lists_services_is_held_against_the_letter(facts: MakeFacts, extraction: Make) -> None:
    listed = facts(line(extraction, "Massage 60 min", day="2026-03-09"), kind="statement")
    previous = line(extraction, "Previous balance", day="2026-03-09", **{"class": "prior_balance"})
    owed = facts(previous, kind="statement")
    assert [s.day for s in services([listed])] == [date(2026, 3, 9)]
    assert services([owed]) == ()
