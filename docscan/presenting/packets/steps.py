"""What is to be done about a packet: the fewest changes, by the person who can make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docscan.document import PacketReport
from docscan.presenting import wording
from docscan.presenting.changes import WHO, Change, Who, changes
from docscan.presenting.packets.titles import places_of


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to do. `reports`: the documents that it is about; `rules`: those that it answers."""

    say: str
    reports: tuple[int, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """All that one person can do: one question to a provider, one new copy, one look."""

    title: str
    points: tuple[Point, ...]


def steps(packet: PacketReport) -> tuple[Step, ...]:
    """What to do next: the smallest set of changes, in as few steps as there are people to ask. What several documents
    lack alike is one point."""
    asked: dict[tuple[Who, str], dict[str, list[Change]]] = {}
    for change in changes(packet):
        of_one = asked.setdefault((change.who, _whose(packet, change)), {})
        of_one.setdefault(wording.clean(change.say), []).append(change)
    return tuple(
        Step(
            WHO[who] + (f" ({name})" if name else ""),
            tuple(_point(say, alike) for say, alike in points.items()),
        )
        for (who, name), points in asked.items()
    )  # fmt: skip


def _point(say: str, alike: Sequence[Change]) -> Point:
    reports = {one.document for one in alike if one.document is not None}
    for change in alike:
        if change.document is None:
            reports |= {place.report for finding in change.findings for place in places_of(finding)}
    return Point(say, tuple(sorted(reports)), tuple(dict.fromkeys(rule for one in alike for rule in one.rules)))


def _whose(packet: PacketReport, change: Change) -> str:
    """Who wrote the letter or the bill that is to be changed; "" where that is not known or does not matter."""
    names = {
        "provider": ("provider_name", "signer_name", "practice_name"),
        "seller": ("merchant_name", "practice_name", "provider_name"),
    }.get(change.who, ())
    if change.document is None:
        return ""
    for name in names:
        for one in packet.reports[change.document].named(name):
            if isinstance(one.value, str) and one.value.strip():
                return wording.clean(one.value)
    return ""
