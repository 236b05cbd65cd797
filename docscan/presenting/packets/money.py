"""How much money do the documents support, line by line and together?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from docscan.document import PacketReport
from docscan.presenting import wording
from docscan.presenting.packets.many_days import days_said, of_each, total, without_day
from docscan.reference import in_words, publication_502

MoneyStanding: TypeAlias = Literal["supported", "conditional", "unsupported", "unclear"]

MONEY: Final[Mapping[MoneyStanding, str]] = {
    "supported": "Supported by the documents",
    "conditional": "Depends on a condition",
    "unsupported": "Not supported by the documents",
    "unclear": "Not clear",
}
MONEY_IN_A_WORD: Final[Mapping[MoneyStanding, str]] = {
    "supported": "Supported",
    "conditional": "Depends",
    "unsupported": "Not supported",
    "unclear": "Not clear",
}
_DEDUCTION: Final = {
    "income": "Income given",
    "percent": "Share of the income that does not count",
    "floor": "What does not count",
    "expenses": "Expenses that the documents support",
    "above_floor": "Above that share",
}


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Lines of one receipt that say the same but for their day: `amount` is their sum, `each` of one of `count`."""

    report: int | None
    description: str
    count: int
    amount: str
    each: str
    days: str
    entry: str
    standing: MoneyStanding
    letter: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExcessCost:
    """A special thing that replaces an ordinary one, of which only the extra cost counts."""

    description: str
    price: str
    ordinary: str
    excess: str
    reason: str


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts for a person ("$360.00"). `totals` in a fixed order, `lines` the ones to look at first."""

    totals: tuple[tuple[MoneyStanding, str, bool], ...]
    """Standing, amount, and whether it is more than nothing."""
    all: str
    lines: tuple[MoneyLine, ...]
    excess: tuple[ExcessCost, ...]
    deduction: tuple[tuple[str, str], ...]
    deduction_reason: str


def money_of(packet: PacketReport) -> Money | None:
    """The packet's money for a person; None where nothing is known of it."""
    told = packet.money
    given = list(told.get("lines") or ())
    lines = list(_money_lines(given))
    excess = tuple(_excess(one, given) for one in told.get("excess_cost") or ())
    deduction = told.get("deduction") or {}
    if not lines and not deduction and not any(told.get(key) for key in MONEY):
        return None
    order = ("unsupported", "unclear", "conditional", "supported")
    totals = tuple((key, in_words.money(str(told.get(key) or "0.00")), _is_some(told.get(key))) for key in MONEY)
    return Money(
        totals=totals,
        all=total(str(told.get(key) or "0.00") for key in MONEY),
        lines=tuple(sorted(lines, key=lambda line: order.index(line.standing))),
        excess=excess,
        deduction=tuple(
            (label, _percent(deduction[key]) if key == "percent" else in_words.money(str(deduction[key])))
            for key, label in _DEDUCTION.items()
            if deduction.get(key) is not None
        ),
        deduction_reason=wording.clean(str(deduction.get("reason") or "")),
    )


def money_said(money: Money) -> str:
    """ "$360.00 of $405.00 is supported by the documents."."""
    supported = next(amount for key, amount, _ in money.totals if key == "supported")
    if supported == money.all:
        return f"All of {money.all} is supported by the documents."
    return f"{supported} of {money.all} is supported by the documents."


def counted(line: MoneyLine) -> str:
    """ " (6 times $72.00)"; "" for a single line."""
    return f" ({line.count} times {line.each})" if line.count > 1 and line.each else ""


def _percent(share: Any) -> str:
    return f"{in_words.number(float(share))}%"


def _money_lines(given: Iterable[Mapping[str, Any]]) -> Iterable[MoneyLine]:
    """The lines, those that say the same of many days as one."""
    alike: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for line in given:
        reason = without_day(str(line.get("reason") or ""), _day_of(line))
        names = ("report", "description", "amount", "entry", "standing", "letter")
        alike.setdefault((*(line.get(name) for name in names), reason), []).append(line)
    for (*_, reason), those in alike.items():
        yield _money_line(those, reason)


def _money_line(those: Sequence[Mapping[str, Any]], reason: str) -> MoneyLine:
    first = those[0]
    how: MoneyStanding = first["standing"] if first.get("standing") in MONEY else "unclear"
    each = in_words.money(str(first["amount"])) if first.get("amount") else ""
    return MoneyLine(
        report=first.get("report"),
        description=wording.clean(str(first.get("description") or "")) or "Not described",
        count=len(those),
        amount=(total(str(line["amount"]) for line in those) or each) if each else "not clear",
        each=each,
        days=days_said(filter(None, map(_day_of, those))),
        entry=_entry(first.get("entry")),
        standing=how,
        letter=first.get("letter"),
        reason=wording.clean(str(first.get("reason") or "")) if len(those) == 1 else of_each(reason),
    )


def _day_of(line: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(line["service_date"]) if line.get("service_date") else None
    except (TypeError, ValueError):
        return None


def _entry(name: str | None) -> str:
    try:
        return publication_502.entry(name).title if name else ""
    except KeyError:  # of a newer docscan
        return ""


def _excess(one: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> ExcessCost:
    def said(key: str) -> str:
        return in_words.money(str(one[key])) if one.get(key) else "not known"

    at = one.get("line")
    known = str(lines[at].get("description") or "") if isinstance(at, int) and 0 <= at < len(lines) else ""
    reason = wording.clean(one.get("reason") or "")
    return ExcessCost(wording.clean(known), said("price"), said("ordinary_cost"), said("excess"), reason)


def _is_some(amount: Any) -> bool:
    return bool(amount) and bool(str(amount).strip("0. "))
