"""Extractions meet a rulebook and become findings. The only package that reads rulebooks/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docscan.document import Claim, PacketReport, Report


@dataclass(frozen=True)
class Ruleset:
    """One administrator's rules, merged from the rulebooks it builds on."""


def load(administrator: str) -> Ruleset:
    """The rules of an administrator. Raises `UnknownName`, or `RulebookError` naming the file and the key."""
    raise NotImplementedError


def administrators() -> tuple[str, ...]:
    """The names that `load` takes, sorted."""
    raise NotImplementedError


def judge(report: Report, rules: Ruleset, *, as_of: date, claim: Claim) -> Report:
    """The same document, its findings, score and verdict made anew."""
    raise NotImplementedError


def judge_packet(reports: Sequence[Report], rules: Ruleset, *, as_of: date, claim: Claim) -> PacketReport:
    """Reports that belong to one claim, judged together."""
    raise NotImplementedError
