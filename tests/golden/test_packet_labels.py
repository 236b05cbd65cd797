"""The labels of the packets are whole: every document has its kind and its rules, and only known rules are named."""

from __future__ import annotations

import pytest

from docscan import checking
from docscan.extraction.kinds.kinds import DECIDED
from tests.golden.judging import Answer, Packet, read_packets

pytestmark = pytest.mark.slow  # every packet is judged

PACKETS = read_packets("all")
KNOWN = {rule.id for rule in checking.load("generic-fsa").rules}
_SAID = {"met", "not_met", "not_applicable"}


@pytest.mark.parametrize("packet", PACKETS, ids=[packet.name for packet in PACKETS])
def test_a_packet_is_labelled_whole(packet: Packet) -> None:
    assert packet.split in ("open", "held_out")
    assert packet.outcomes
    for paper in packet.papers:
        assert paper.text.strip()
        assert set(paper.kinds) <= set(DECIDED)
    told = [packet.outcomes, *(paper.outcomes for paper in packet.papers)]
    assert {rule for outcomes in told for rule in outcomes} <= KNOWN
    assert {one for outcomes in told for said in outcomes.values() for one in said.split(" or ")} <= _SAID
    assert all(0 <= document < len(packet.papers) for document, _ in packet.covered)


def test_no_hand_has_packets_in_two_splits() -> None:
    hands = {packet.name.rsplit("_", 1)[0]: set[str]() for packet in PACKETS}
    for packet in PACKETS:
        hands[packet.name.rsplit("_", 1)[0]].add(packet.split)
    assert all(len(splits) == 1 for splits in hands.values())


def test_a_fatal_defect_that_passes_is_told_from_another_disagreement() -> None:
    assert Answer("LMN-10", "", "not_met", "met", "fatal").passed
    assert not Answer("LMN-10", "", "not_met", "uncertain", "fatal").passed
    assert not Answer("LMN-13", "", "not_met", "met", "required").passed
    assert Answer("RCT-02", "", "met or not_applicable", "met", "fatal").agreed
