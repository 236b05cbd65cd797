"""What is said of a packet: which days are covered, how much is supported, what to do next in few steps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Coverage, Extraction, PacketReport, Report
from docscan.presenting.packets.answer import answer
from docscan.presenting.packets.coverage import Standing, coverage_said, covers_said, gaps, letter_uses, months
from docscan.presenting.packets.many_days import days_said
from docscan.presenting.packets.money import counted, money_of, money_said
from docscan.presenting.packets.steps import steps
from docscan.presenting.packets.titles import places, titles
from docscan.reference import publication_502

MARCH = date(2026, 3, 9)


def days(*covered: tuple[date, bool | None], reason: str = "Why.") -> tuple[Coverage, ...]:
    return tuple(Coverage(day, 1, is_covered, 0 if is_covered else None, reason) for day, is_covered in covered)


def told(coverage: Sequence[Coverage]) -> dict[date, Standing]:
    found = [day for month in months(coverage) for week in month.weeks for day in week if day and day.standing]
    return {day.day: day.standing for day in found if day.standing}


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from([True, False, None]))))
def test_the_calendar_shows_every_service_day_once_and_no_other(services: list[tuple[date, bool | None]]) -> None:
    shown = told(days(*services))
    assert set(shown) == {day for day, _ in services}
    for month in months(days(*services)):
        assert all(len(week) == 7 for week in month.weeks)
        numbers = [day.day.day for week in month.weeks for day in week if day]
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(day is None or day.day.isoweekday() % 7 == at for week in month.weeks for at, day in enumerate(week))


def test_of_two_services_on_a_day_the_one_not_covered_is_shown() -> None:
    assert told(days((MARCH, True), (MARCH, None)))[MARCH] == "unclear"
    assert told(days((MARCH, True), (MARCH, False), (MARCH, None)))[MARCH] == "not_covered"


def test_days_not_covered_for_one_reason_are_told_together_before_those_not_clear() -> None:
    later = date(2026, 4, 2)
    coverage = (*days((later, False), (MARCH, False)), *days((MARCH, None), reason="Perhaps."))
    first, second = gaps(coverage)
    assert (first.standing, first.days, first.reason) == ("not_covered", (MARCH, later), "Why.")
    assert (second.standing, second.days, second.reason) == ("unclear", (MARCH,), "Perhaps.")


def test_reasons_that_differ_by_the_day_they_name_are_one() -> None:
    later = date(2026, 3, 12)
    coverage = (
        Coverage(
            MARCH, 1, False, None, "March 9, 2026 is before the letter's start, April 1, 2026.", "Training", "85.00"
        ),
        Coverage(
            later, 2, False, None, "March 12, 2026 is before the letter's start, April 1, 2026.", "Training", "85.00"
        ),
    )
    (gap,) = gaps(coverage)
    assert gap.reason == "Each of these days is before the letter's start, April 1, 2026."
    assert (gap.days, gap.reports, gap.descriptions, gap.amount) == ((MARCH, later), (1, 2), ("Training",), "$170.00")
    assert gaps(coverage[:1])[0].reason == coverage[0].reason


def test_a_service_without_a_day_is_in_no_calendar_and_still_told(packet: PacketReport) -> None:
    undated = (Coverage(None, 1, None, None, "The receipt names no day."),)
    assert months(undated) == ()
    assert [gap.days for gap in gaps(undated)] == [()]
    assert coverage_said(replace(packet, coverage=undated)) == "1 service has no day."


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ([MARCH], "March 9, 2026"),
        ([date(2026, 4, 2), MARCH, date(2026, 3, 12)], "March 9 and 12; April 2, 2026"),
        ([date(2025, 12, 30), date(2026, 1, 2), date(2026, 1, 5), date(2026, 1, 9)],
         "December 30, 2025; January 2, 5 and 9, 2026"),
    ],
)  # fmt: skip
def test_days_are_told_in_few_words(listed: list[date], said: str) -> None:
    assert days_said(listed) == said


def test_a_letter_that_covers_nothing_says_so(packet: PacketReport) -> None:
    uses = letter_uses(replace(packet, coverage=days((MARCH, False))))
    assert [(use.report, use.days) for use in uses] == [(0, ())]


def test_of_many_days_a_letter_tells_the_first_and_the_last(packet: PacketReport) -> None:
    many = days(*((MARCH + timedelta(days=n), True) for n in range(30)))
    (use,) = letter_uses(replace(packet, coverage=many))
    assert covers_said(use) == "30 service days, the first on March 9, 2026, the last on April 7, 2026"


@pytest.mark.parametrize(
    ("covered", "said", "covers"),
    [
        ((True,), "The one service day is covered by a letter.", "1 service day: March 9, 2026"),
        ((None, False, True), "The one service day is covered by a letter only in part.",
         "1 service day only in part: March 9, 2026"),
        ((None, False), "The one service day is not covered.", None),
        ((None, None), "The one service day is not clear.", None),
    ],
)  # fmt: skip
def test_of_several_services_of_the_only_day_no_one_hides_another(
    packet: PacketReport, covered: tuple[bool | None, ...], said: str, covers: str | None
) -> None:
    mixed = replace(packet, coverage=days(*((MARCH, one) for one in covered)))
    assert coverage_said(mixed) == said
    (use,) = letter_uses(mixed)
    assert (covers_said(use) if use.days else None) == covers


def test_a_letter_does_not_claim_the_whole_of_a_day_that_it_covers_in_part(packet: PacketReport) -> None:
    later = date(2026, 3, 12)
    (use,) = letter_uses(replace(packet, coverage=days((MARCH, True), (later, True), (later, False))))
    assert covers_said(use) == "2 service days: March 9 and 12, 2026; March 12, 2026 only in part"


def test_a_place_names_its_document_and_its_pages(packet: PacketReport) -> None:
    called = titles(packet.reports, ["papers/letter.pdf", "receipt.pdf"])
    assert places(packet.findings[0].evidence, called) == "letter.pdf, page 1; receipt.pdf, page 1"
    unnamed = titles(packet.reports)
    assert places(packet.findings[0].evidence[:1], unnamed) == "document 1 (letter), page 1"


def test_the_answer_tells_what_is_wrong_together_apart_from_what_is_wrong_alone(packet: PacketReport) -> None:
    said = answer(packet)
    assert said.together == "They do not fit together: 1 thing to fix."
    assert said.alone == "By itself, 1 of 2 documents is not in order yet."
    assert said.todo == "2 things to fix, 1 to check"
    assert coverage_said(packet) == "1 of 3 service days is covered by a letter."


def test_nothing_is_compared_in_an_empty_packet_or_one_of_a_single_document(packet: PacketReport) -> None:
    alone = replace(packet, reports=packet.reports[:1], findings=(), coverage=(), money={})
    assert answer(alone).together == "It is one document: there was nothing to compare."
    assert coverage_said(alone) == ""
    assert answer(replace(alone, reports=())).alone.startswith("Each of the 0")


def test_money_is_told_with_what_is_not_supported_first(packet: PacketReport) -> None:
    money = money_of(packet)
    assert money is not None
    assert money_said(money) == "$360.00 of $405.00 is supported by the documents."
    assert [line.standing for line in money.lines] == ["unsupported", "supported"]
    assert [(how, amount) for how, amount, _ in money.totals] == [
        ("supported", "$360.00"), ("conditional", "$0.00"), ("unsupported", "$45.00"), ("unclear", "$0.00"),
    ]  # fmt: skip
    assert [is_some for _, _, is_some in money.totals] == [True, False, True, False]


@pytest.mark.parametrize("money", [{}, {"currency": "USD", "lines": []}])
def test_no_money_is_no_money(packet: PacketReport, money: dict[str, Any]) -> None:
    assert money_of(replace(packet, money=money)) is None


def test_what_a_line_was_looked_up_as_is_told_by_its_title(packet: PacketReport) -> None:
    entry = publication_502.entries()[0]
    money = money_of(replace(packet, money={"lines": [{"standing": "supported", "entry": entry.id}]}))
    assert money is not None
    assert money.lines[0].entry == entry.title


def test_money_of_a_newer_docscan_is_told_as_far_as_it_is_understood(packet: PacketReport) -> None:
    line = {"report": 0, "description": None, "amount": None, "standing": "someday", "entry": "no-such-entry"}
    money = money_of(replace(packet, money={"unclear": "12.00", "lines": [line]}))
    assert money is not None
    assert (money.lines[0].description, money.lines[0].amount, money.lines[0].standing) == (
        "Not described", "not clear", "unclear",
    )  # fmt: skip


def test_lines_that_differ_in_their_day_alone_are_one_with_their_sum(packet: PacketReport) -> None:
    line = {"report": 1, "description": "Training", "amount": "72.10", "standing": "unsupported", "entry": None}
    lines = [
        line | {"service_date": day.isoformat(), "reason": f"{day:%B} {day.day}, {day.year} is before the letter."}
        for day in (MARCH, date(2026, 3, 12), date(2026, 4, 2))
    ]
    other = line | {"service_date": "2026-04-02", "reason": "Dues do not count."}
    money = money_of(replace(packet, money={"unsupported": "288.40", "lines": [*lines, other]}))
    assert money is not None
    first, second = money.lines
    assert (first.count, first.amount, first.days) == (3, "$216.30", "March 9 and 12; April 2, 2026")
    assert first.reason == "Each of these days is before the letter."
    assert counted(first) == " (3 times $72.10)"
    assert (second.count, second.amount, counted(second)) == (1, "$72.10", "")


def test_excess_cost_and_the_deduction_are_told(packet: PacketReport) -> None:
    more = {
        "excess_cost": [{"line": 0, "price": "12.00", "ordinary_cost": None, "excess": None, "reason": "Not given."}],
        "deduction": {"income": "50000.00", "percent": "7.5", "floor": "3750.00", "expenses": "360.00",
                      "above_floor": "0.00", "tax_year": 2026, "reason": "Only what is above counts."},
    }  # fmt: skip
    money = money_of(replace(packet, money={**packet.money, **more}))
    assert money is not None
    assert (money.excess[0].price, money.excess[0].ordinary, money.excess[0].excess) == (
        "$12.00",
        "not known",
        "not known",
    )
    assert dict(money.deduction)["Income given"] == "$50,000.00"
    assert dict(money.deduction)["Share of the income that does not count"] == "7.5%"


def test_there_is_one_step_for_each_person_to_ask_and_what_documents_lack_alike_is_asked_once(
    packet: PacketReport,
) -> None:
    named = Extraction("provider_name", "Dana R. Okafor", "Dana R. Okafor")
    letter = replace(packet.reports[0], fields=(*packet.reports[0].fields, named))
    two = replace(packet, reports=(letter, packet.reports[1], letter))
    found = steps(two)
    titled = [step.title for step in found]
    assert len(titled) == len(set(titled))
    asked = next(step for step in found if step.title == "Ask the provider (Dana R. Okafor)")
    assert len({point.say for point in asked.points}) == len(asked.points)
    assert all(point.reports == (0, 2) for point in asked.points)
    mismatch = next(point for step in found for point in step.points if "PKT-01" in point.rules)
    assert mismatch.reports == (0, 1)


def test_nothing_to_do_has_no_steps(legible: Report) -> None:
    fine = replace(legible, findings=(), verdict="complete")
    done = PacketReport((fine,), "generic-fsa", MARCH, (), (), {}, None, "complete")
    assert steps(done) == ()
    assert answer(done).todo == "Nothing to fix"


def test_the_packet_survives_json(packet: PacketReport) -> None:
    assert PacketReport.from_dict(json.loads(json.dumps(packet.to_dict()))) == packet
