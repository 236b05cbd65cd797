"""Which labelled amounts of a bill are something else than their labels say, by what the others come to?

"Total charges 48.07, tax 1.97", and 50.04 below them without a word: the charges were a subtotal. "Less punch card" is
no payment where the total that follows counts it as taken off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.figures import Figure
from docscan.extraction.bills.labels import Role

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_ADDED: Final = frozenset(("tax", "tip", "shipping", "service_charge"))
_TAKEN: Final = frozenset(("discount", "refund", "adjustment", "insurance_paid", "amount_paid", "card", "tendered"))
_NAMED = 0.9  # how sure a label is that says "Total" and no more
_BEFORE_MORE = re.compile(r"\W*(?:(?:total|amount|net|price|charges?) )?(?:after|net of|less)\b", re.IGNORECASE)
_PAYS = re.compile(
    r"visa|master|\bmc\b|amex|express|discover|debit|credit|che(?:ck|que)|cash|gift|hsa|fsa|paid|payment|\bpd\b|pay\b|"
    r"\d{4}|tend|swipe|tap|chip|bank|file",
    re.IGNORECASE,
)


def reconsidered(text: AnnotatedText, figures: Sequence[Figure], billed: int) -> tuple[Figure, ...]:
    """The figures with the roles that fit together; `billed`: what the lines come to, in cents."""
    found = [_of_card(text, f, figures, billed) for f in figures]
    found = _with_tax(found)
    found = [_before_more(text, f, found) for f in found]
    found = [_carried_on(f, found, billed) for f in found]
    found = list(_without_parts(found))
    found = [replace(f, role="total") if _is_settled(f, found) else f for f in found]
    found += [replace(f, role="subtotal") for f in found if _is_gross(text, f, found)]
    found.sort(key=lambda f: f.amount.start)
    found = [_of_one_claim(f, found) for f in found]
    return tuple(f for f in found if not _is_addend(f, found))


def _is_settled(figure: Figure, figures: Sequence[Figure]) -> bool:
    """ "TO PAY", of which the payment stands right below: what it comes to where nothing else says so."""
    if figure.role != "balance_due" or not figure.cents or any(f.role == "total" for f in figures):
        return False
    paid = any(f.role in ("card", "tendered") and f.cents == figure.cents and f.row > figure.row for f in figures)
    return paid and [f.role for f in figures].count("balance_due") == 1


def _of_one_claim(figure: Figure, figures: Sequence[Figure]) -> Figure:
    """Sums of which a later one adds up all: what one of several claims, or one of several people, came to."""
    if figure.role not in _SUMS:
        return figure
    groups = [f for f in figures if f.role in _SUMS]
    whole = next((n for n, f in enumerate(groups) if n > 1 and f.cents == sum(g.cents for g in groups[:n])), None)
    if whole is None or figure.row > groups[whole].row:
        return figure
    return replace(figure, role="total" if figure is groups[whole] else "aside", sure=max(figure.sure, _NAMED))


def _is_gross(text: AnnotatedText, figure: Figure, figures: Sequence[Figure]) -> bool:
    """What "Gross" names is a subtotal, too, where something is taken off below it."""
    gross = figure.role == "total" and re.search(r"\bgross\b", text.text[slice(*figure.label)], re.IGNORECASE)
    return bool(gross) and any(f.role in _LESS and f.cents and f.row > figure.row for f in figures)


_LESS: Final = frozenset(("discount", "adjustment", "insurance_paid"))


def _is_addend(figure: Figure, figures: Sequence[Figure]) -> bool:
    """One of several amounts of a kind, in as many rows, that a later one of the kind adds up."""
    if figure.role not in _ADDED_UP or figure.place == "column":
        return False
    alike = [f for f in figures if f.role == figure.role and f.place != "column"]
    for n, whole in enumerate(alike):
        if n > 1 and whole.row > figure.row and whole.cents == sum(f.cents for f in alike[:n]):
            return len({f.row for f in alike[: n + 1]}) == n + 1
    return False


_SUMS: Final = frozenset(("total", "subtotal"))
_ADDED_UP: Final = frozenset(("insurance_paid", "patient_responsibility", "adjustment", "discount", "balance_due"))


def _of_card(text: AnnotatedText, figure: Figure, figures: Sequence[Figure], billed: int) -> Figure:
    """A punch card, a stamp card: what a later total counts as taken off, and no way to pay."""
    if figure.role != "card" or not billed or _PAYS.search(text.text[slice(*figure.label)]):
        return figure
    later = [f for f in figures if f.row > figure.row]
    for total in (f for f in later if f.role == "total"):
        added = sum(f.cents for f in figures if f.role in _ADDED and f.row < total.row)
        other = sum(f.cents for f in figures if f.role == "discount" and f.row < total.row)
        if billed - other - figure.cents + added == total.cents:
            return replace(figure, role="discount")
    return figure


def _with_tax(figures: Sequence[Figure]) -> list[Figure]:
    """Charges to which a tax is added are a subtotal where the sum of both stands below them without a word."""
    for total in (f for f in figures if f.role == "total" and f.sure >= _NAMED):
        for whole in (
            f for f in figures if f.role == "subtotal" and f.row > total.row and f.label[0] == f.amount.start
        ):
            added = sum(f.cents for f in figures if f.role in _ADDED and total.row < f.row < whole.row)
            if added and total.cents + added == whole.cents:
                changed: dict[int, Role] = {total.amount.start: "subtotal", whole.amount.start: "total"}
                return [replace(f, role=changed.get(f.amount.start, f.role)) for f in figures]
    return list(figures)


def _before_more(text: AnnotatedText, figure: Figure, figures: Sequence[Figure]) -> Figure:
    """ "After discount" is not yet the total where more is taken off on the way to one that is called so."""
    if figure.role != "total" or not _BEFORE_MORE.match(text.text[slice(*figure.label)]):
        return figure
    for total in (f for f in figures if f.role == "total" and f.sure >= _NAMED and f.row > figure.row):
        between = [f for f in figures if figure.row < f.row < total.row]
        less = sum(f.cents for f in between if f.role in _TAKEN) - sum(f.cents for f in between if f.role in _ADDED)
        if less and figure.cents - less == total.cents:
            return replace(figure, role="subtotal", sure=min(figure.sure, 0.8))
    return figure


def _carried_on(figure: Figure, figures: Sequence[Figure], billed: int) -> Figure:
    """ "Balance forward" at the end of an account is what is left, to be carried to the next one."""
    if figure.role != "previous_balance":
        return figure
    before = [f for f in figures if f.row < figure.row]
    opening = next((f for f in before if f.role == "previous_balance"), None)
    if opening is None:
        return figure
    paid = sum(f.cents for f in before if f.role in _TAKEN and f.row > opening.row)
    charged = {billed, *(f.cents for f in before if f.role in ("total", "subtotal"))}
    left = any(opening.cents + sum_ - paid == figure.cents for sum_ in charged)
    return replace(figure, role="balance_due") if left and paid else figure


def _without_parts(figures: Sequence[Figure]) -> Iterator[Figure]:
    """A table's subtotals give way to the row of its total, column by column."""
    columns = [f for f in figures if f.place == "column"]
    totals = {f.row for f in columns if f.role == "total"}
    parts = {f.row for f in columns if f.role == "subtotal"}
    whole = {f.role for f in columns if f.row in totals}
    for figure in figures:
        part = figure.place == "column" and figure.row in parts and figure.role != "subtotal"
        if not (part and figure.role in whole and figure.row < max(totals)):
            yield figure
