"""A packet in a terminal: one answer first, a calendar that needs no color, and what to do next."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.console import Console

from docscan.document import Coverage, PacketReport
from docscan.presenting.packet_terminal import packet_panel

NAMES = ("papers/letter.pdf", "receipt.pdf")


def shown(packet: PacketReport, *, width: int = 80, names: tuple[str, ...] = NAMES) -> str:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False).print(packet_panel(packet, names))
    return out.getvalue()


def words(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def test_says_in_order_what_is_wrong_with_what_when_how_much_and_what_to_do(packet: PacketReport) -> None:
    text = words(shown(packet, width=110))
    said = (
        "Packet of 2 documents · Most FSA and HRA administrators",
        "2 things to fix, 1 to check",
        "They do not fit together: 1 thing to fix.",
        "1 of 3 service days is covered by a letter.",
        "$360.00 of $405.00 is supported by the documents.",
        "Documents",
        "1 ✗ letter.pdf",
        "2 ✓ receipt.pdf",
        "The letter is for Marisol T. Vance, but a receipt is for Peter Vance.",
        "Rule PKT-01: Letter and receipts name one patient (must have, letter.pdf, page 1; receipt.pdf, page 1)",
        "Law: Publication 502",
        "Which service days a letter covers",
        "✓ covered by a letter ✗ not covered ? not clear · no service",
        "Not covered by a letter",
        "✗ February 9, 2026 The day lies before the letter's time.",
        "Not clear ? April 6, 2026",
        "Which letter covers what",
        "covers 1 service day: March 9, 2026 (receipt.pdf)",
        "Money",
        "✗ Membership dues $85.00",
        "What to do next",
        "☐ Send receipts for the patient that the letter names. letter.pdf, receipt.pdf · PKT-01",
    )
    at = -1
    for sentence in said:
        found = text.find(sentence, at + 1)
        assert found > at, sentence
        at = found


def test_the_calendar_says_without_color_which_days_are_covered(packet: PacketReport) -> None:
    text = shown(packet)
    assert "\x1b" not in text
    assert " 9✓" in text
    assert " 9✗" in text
    assert " 6?" in text


@pytest.mark.parametrize("sessions", [1, 80])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_few_and_many_sessions_fit_any_terminal(packet: PacketReport, sessions: int, width: int) -> None:
    days = [date(2026, 2, 20) + timedelta(days=3 * n) for n in range(sessions)]
    coverage = tuple(Coverage(day, 1, day.month > 2, 0 if day.month > 2 else None, "Why.") for day in days)
    text = shown(replace(packet, coverage=coverage), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert sum(text.count(f"{day.day:>2}{'✓' if day.month > 2 else '✗'}") > 0 for day in days) == sessions
    assert text.count("Su  Mo  Tu  We  Th  Fr  Sa") == len({(day.year, day.month) for day in days})


def test_without_days_and_money_nothing_is_said_of_them(packet: PacketReport) -> None:
    text = shown(replace(packet, coverage=(), money={}))
    assert "service days" not in text
    assert "Money" not in text


def test_a_document_cannot_send_orders_to_the_terminal(packet: PacketReport) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J[bold red]x[/]\u202e"
    finding = replace(packet.findings[0], message=evil, title=evil, advice=evil)
    line = {"description": evil, "amount": evil, "reason": evil, "standing": "supported", "report": 1}
    coverage = (replace(packet.coverage[1], reason=evil),)
    text = shown(replace(packet, findings=(finding,), coverage=coverage, money={"lines": [line]}), names=(evil, evil))
    assert "\x1b" not in text
    assert "\u202e" not in text
