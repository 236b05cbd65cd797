"""Packets as people send them, from their words to their findings."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docscan import checking, pipeline
from docscan.document import Claim, Coverage, PacketReport, Report

AS_OF = date(2026, 11, 21)
PACKETS: list[Mapping[str, Any]] = tomllib.loads((Path(__file__).parent / "packets.toml").read_text("utf-8"))["packet"]


@cache
def understood(text: str) -> Report:
    return pipeline.understand_text(text.strip("\n"))


def judged(packet: Mapping[str, Any]) -> PacketReport:
    reports = [understood(text) for text in packet["documents"]]
    return checking.judge_packet(
        reports, checking.load("generic-fsa"), as_of=AS_OF, claim=Claim(**packet.get("claim", {}))
    )


def told(one: Coverage) -> str:
    covered = {True: "yes", False: "no", None: "?"}[one.covered]
    letter = "-" if one.letter is None else one.letter
    return f"{one.service_date or '-'} {covered} {letter} | {one.description or '-'} | {one.amount or '-'}"


@pytest.mark.parametrize("packet", PACKETS, ids=[p["name"] for p in PACKETS])
def test_a_packet_is_judged_as_a_person_would(packet: Mapping[str, Any]) -> None:
    found = judged(packet)
    outcomes = {f.rule: f.outcome for f in found.findings}
    assert {rule: outcomes[rule] for rule in packet["outcomes"]} == packet["outcomes"]
    for rule, words in packet.get("says", {}).items():
        assert words in next(f.message for f in found.findings if f.rule == rule)
    if "coverage" in packet:
        assert list(map(told, found.coverage)) == packet["coverage"]
