"""A packet as one file: the calendar, the money and every place, with nothing to load and nothing to obey."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from docscan.document import Coverage, PacketReport, Report
from docscan.presenting.html import report_html
from docscan.presenting.packet_html import packet_body, packet_html

PICTURE = b"\x89PNG\r\n\x1a\n"
NAMES = ("letter.pdf", "receipt.pdf")


def page(packet: PacketReport, **more: object) -> str:
    return packet_html(packet, [{1: PICTURE} for _ in packet.reports], names=NAMES, **more)  # type: ignore[arg-type]


def text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<(style|script)>.*?</\1>", "", markup, flags=re.S)).split())


def test_every_link_within_the_page_leads_somewhere_and_every_id_is_one(packet: PacketReport) -> None:
    shown = page(packet, others=[replace(packet, administrator="fsafeds")])
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(ids)


def test_a_finding_leads_to_its_place_in_each_document(packet: PacketReport) -> None:
    shown = page(packet)
    assert "Show in letter.pdf, page 1" in text(shown)
    assert "Show in receipt.pdf, page 1" in text(shown)
    anchors = re.findall(r'<a class="of-document" href="#(p-ffix0-d\d-p1)"', shown)
    assert {anchor[-5:-3] for anchor in anchors} == {"d1", "d2"}
    for anchor in anchors:
        spot = re.search(rf'<g id="{anchor}" data-item="p-ffix0"[^>]*>(.*?)</g>', shown)
        assert spot and "<rect" in spot[1]
    for number, document in enumerate(re.findall(r'<section class="document".*?(?=<section class="document"|<footer)',
                                                 shown, re.S), start=1):  # fmt: skip
        assert f'id="p-ffix0-d{number}-p1"' in document


def test_says_the_same_as_the_terminal(packet: PacketReport) -> None:
    said = text(page(packet))
    for sentence in (
        "Packet of 2 documents", "2 things to fix, 1 to check", "They do not fit together: 1 thing to fix.",
        "1 of 3 service days is covered by a letter.", "$360.00 of $405.00 is supported by the documents.",
        "March 2026", "February 9, 2026: not covered", "Which letter covers what", "Membership dues",
        "What to do next", "docscan advises.",
    ):  # fmt: skip
        assert sentence in said, sentence


def test_a_reader_of_the_screen_hears_what_each_day_is(packet: PacketReport) -> None:
    shown = page(packet)
    assert re.search(r'<td class="good"[^>]*>9<span class="sign" aria-hidden="true">✓</span>'
                     r'<span class="hidden">: covered by a letter</span>', shown)  # fmt: skip
    assert '<a href="#g0">9<span class="sign" aria-hidden="true">✕</span>' in shown
    assert shown.count('<th scope="col"><span aria-hidden="true">Su</span>') == 3


@pytest.mark.parametrize("sessions", [0, 1, 80])
def test_every_session_has_its_day(packet: PacketReport, sessions: int) -> None:
    days = [date(2026, 1, 2) + timedelta(days=3 * n) for n in range(sessions)]
    shown = page(replace(packet, coverage=tuple(Coverage(day, 1, True, 0, "Why.") for day in days)))
    assert len(re.findall(r'<td class="good" title="covered by a letter">', shown)) == sessions


def test_administrators_stand_side_by_side(packet: PacketReport, report: Report) -> None:
    other = replace(packet, administrator="fsafeds", findings=packet.findings[1:])
    said = text(page(packet, others=[other]))
    assert "By whose rules" in said
    assert "FSAFEDS" in said
    assert (
        "PKT-01 Letter and receipts name one patient (all documents together) ✕ Not met must have – does not ask"
        in said
    )
    alone = text(report_html(report, {}, others=[replace(report, administrator="fsafeds")]))
    assert "It makes no difference here whose rules apply." in alone


def test_nothing_is_loaded_and_no_document_is_obeyed(packet: PacketReport) -> None:
    evil = "<script>alert(1)</script>\u202e"
    finding = replace(packet.findings[0], message=evil, advice=evil, title=evil)
    coverage = (replace(packet.coverage[1], reason=evil, description=evil),)
    line = {"description": evil, "amount": evil, "reason": evil, "standing": "unsupported", "report": 1, "entry": evil}
    whole = replace(packet, findings=(finding,), coverage=coverage, money={"lines": [line], "unsupported": evil})
    shown = packet_html(whole, [{}, {}], names=(evil, evil))
    assert "<script>alert" not in shown
    assert "\u202e" not in shown
    assert not re.search(r'(?:src|href)="(?!data:|#|https://www\.irs\.gov)', shown)


def test_pages_of_each_document_can_be_reached(packet: PacketReport) -> None:
    body = packet_body(packet, [{1: "/a.png"}, {1: "/b.png"}], own_pages=("/documents/a", "/documents/b"))
    assert 'href="/documents/b"' in body
    assert "Document 2" in text(str(body)), "nobody named the files"
