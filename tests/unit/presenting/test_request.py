# ruff: noqa: E501 - a case is a line
"""The draft of a request: what such a notice must carry, and never a decision."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from docscan import checking
from docscan.document import Claim, Report
from docscan.errors import UsageError
from docscan.presenting.paper import Items, as_text
from docscan.presenting.request import request, times

_SPEC = importlib.util.spec_from_file_location("made_by_hand", Path(__file__).with_name("test_changes.py"))
assert _SPEC and _SPEC.loader
made = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(made)
LETTER, RECEIPT = made.LETTER, made.RECEIPT
judged: Callable[..., Report] = made.judged


def told(report: Report) -> str:
    return " ".join(as_text(request(report)).split())


def test_it_carries_what_a_notice_must_carry() -> None:
    text = told(judged("lmn", {**LETTER, "duration": None}, "fsafeds"))
    for said in (
        "[DRAFT]", "It is not a decision on the claim.", "From: ______________________________ (name and address of the plan)", "Rules of: FSAFEDS", "Patient: Marisol Vance",
        "Letter of Medical Necessity, September 3, 2026", "Date: November 21, 2026",
        "The letter does not say how long the treatment lasts.", "[LMN-10: ", "Terms of the plan that apply: ____",
        "Please send it by January 5, 2027, 45 days from the date of this letter",
        "The plan has 30 days to decide on a claim, and up to 15 more where something is missing.",
        "No decision has been made yet.", "within 180 days", "Send the appeal, with anything that supports it, to: ____",
    ):  # fmt: skip
        assert said in text, said


def test_each_time_has_its_source_and_says_where_it_is_not_confirmed() -> None:
    clock = times()
    assert (clock["supply"].days, clock["decide"].days, clock["decide"].more, clock["appeal"].days) == (45, 30, 15, 180)
    text = told(judged("lmn", {**LETTER, "duration": None}))
    for time in clock.values():
        assert time.citation.title in text
        assert time.citation.verified is False or time.citation.url
    assert "(its facts) (exact wording not confirmed)" in text


@pytest.mark.parametrize(
    ("day", "until"), [(date(2026, 11, 21), "January 5, 2027"), (date(2028, 1, 31), "March 16, 2028")]
)
def test_the_last_day_is_counted_from_the_day_of_the_check(day: date, until: str) -> None:
    report = judged("lmn", {**LETTER, "patient_name": None})
    again = checking.judge(report, checking.load("generic-fsa"), as_of=day, claim=Claim())
    assert f"Please send it by {until}" in told(again)


def test_every_point_names_its_reason_and_its_rule_the_law_before_habits() -> None:
    paper = request(
        judged("receipt", {**RECEIPT, "item": {"description": "Services", "amount": "85.00", "class": "unspecific"}})
    )
    points = [item for block in paper.blocks if isinstance(block, Items) for item in block.items]
    assert points
    for item in points:
        assert item.why
        assert re.match(r"[A-Z]{3}-\d\d: ", item.source)
    assert "Prop. Treas. Reg." in points[0].source


def test_a_packets_request_says_of_which_document() -> None:
    letter, receipt = judged("lmn", {**LETTER, "duration": None}), judged("receipt", {**RECEIPT, "patient_name": None})
    packet = checking.judge_packet([letter, receipt], checking.load("generic-fsa"), as_of=made.AS_OF, claim=Claim())
    points = [item.ask for block in request(packet).blocks if isinstance(block, Items) for item in block.items]
    assert any(point.startswith("Letter of Medical Necessity: ") for point in points)
    assert any(point.startswith("Receipt or invoice: ") for point in points)


def test_where_nothing_is_missing_or_nobody_asks_there_is_none() -> None:
    for report in (judged("lmn", LETTER), judged("lmn", {**LETTER, "duration": None}, "hsa-owner")):
        with pytest.raises(UsageError):
            request(report)


def test_the_member_is_named_where_the_claim_does() -> None:
    report = judged("lmn", {**LETTER, "duration": None})
    again = checking.judge(
        report, checking.load("generic-fsa"), as_of=made.AS_OF, claim=Claim(participant_name="Dana Okafor")
    )
    assert "To: Dana Okafor" in told(again)
    assert "Dear Dana Okafor," in told(again)
    assert "Dear member," in told(report)


@pytest.mark.parametrize("administrator", checking.administrators())
def test_no_request_says_that_anything_was_decided(administrator: str) -> None:
    report = judged("lmn", dict.fromkeys(LETTER), administrator)
    try:
        text = told(report)
    except UsageError:
        return
    assert not re.search(r"\b(is|was|has been|have been) (denied|refused|rejected|approved)\b", text)
