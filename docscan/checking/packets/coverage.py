"""The coverage calendar: for each session or sale, which letter covers it, and if none, why."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docscan.checking.facts import Facts
from docscan.checking.packets.matching import PLAIN, Matched, Terms, matched
from docscan.document import Coverage


def coverage(packet: Sequence[Facts], terms: Terms = PLAIN) -> tuple[Coverage, ...]:
    """One entry for each session or sale of the packet's receipts, by day; what has no day comes last."""
    found: list[Coverage] = []
    charged: set[tuple[int, int]] = set()
    for one in matched(packet, terms):
        line = (one.service.report, one.service.line)
        again = len(one.service.days) > 1 and line in charged
        charged.add(line)
        found.append(_entry(one, None if again else one.service.amount))
    return tuple(found)


def _entry(one: Matched, amount: Decimal | None) -> Coverage:
    best = one.best
    reason = one.reason
    if amount is not None and len(one.service.days) > 1:
        reason += f" The amount is for {len(one.service.days)} days together."
    return Coverage(
        service_date=one.day,
        report=one.service.report,
        covered=one.covered,
        letter=best.letter.place if best and one.covered is not False else None,
        reason=reason,
        description=one.service.description,
        amount=None if amount is None else f"{amount:.2f}",
    )
