"""What is shown, or claimed, twice?

Two documents may show one expense: the invoice and the receipt for its payment, the receipt of a visit and the
insurer's statement on it. Those are copies. The same receipt sent twice, or a session on two receipts, is a repeat.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias

from rapidfuzz import fuzz

from docscan.document import Kind
from docscan.reference import item_classes
from docscan.reference.goods import things
from docscan.reference.wording import tokens

Relation: TypeAlias = Literal["copy", "repeat"]


@dataclass(frozen=True, slots=True)
class Expense:
    """One line of a receipt, or a row of an archive: what is needed to tell whether two are one.

    `document`: what stands for the document it is in, equal for lines of one document. `file`: the hash of the file,
    with its pages where a file holds several documents. `paid`: whether the document shows a payment; None where it
    says neither that nor that something is due. `alone`: it is the only line of its document.
    """

    document: int | str
    kind: Kind
    provider: str | None
    day: date | None
    amount: Decimal | None
    item: str | None
    number: str | None
    file: str | None
    paid: bool | None = None
    alone: bool = True
    patient: str | None = None
    share: Decimal | None = None
    """What the insurer leaves to the patient of it."""


class Pair(NamedTuple):
    """Two expenses that are one, by their places in what was given; `why` is the end of a sentence."""

    first: int
    second: int
    relation: Relation
    why: str


def pairs(expenses: Sequence[Expense]) -> list[Pair]:
    """The expenses that are one with another, of other documents; for a packet as for the rows of an archive.

    Only those of one day and amount are compared, or of one number or file, so that an archive takes no longer than it
    is long. A fee that comes again each month has another day each time, and is none.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(expenses):
        if one.day is not None:
            groups["day", one.day].append(place)
        if one.number and one.amount is not None:
            groups["number", _bare(one.number), one.amount].append(place)
        if one.file:
            groups["file", one.file].append(place)
    found: dict[tuple[int, int], Pair] = {}
    for group in groups.values():
        for first, second in combinations(group, 2):
            if (first, second) not in found and expenses[first].document != expenses[second].document:
                pair = _related(expenses[first], expenses[second])
                if pair:
                    found[first, second] = Pair(first, second, *pair)
    return sorted(found.values())


def _related(a: Expense, b: Expense) -> tuple[Relation, str] | None:
    if a.file and a.file == b.file:
        same = a.day == b.day and a.amount == b.amount and a.item == b.item
        return ("repeat", "the same file was sent twice") if same else None
    if a.patient and b.patient and not _alike(a.patient, b.patient):
        return None
    unlike = bool(a.provider and b.provider) and not _alike(a.provider or "", b.provider or "")
    if "eob" in (a.kind, b.kind) and a.kind != b.kind:
        # The insurer's name may stand where the provider's is looked for; then the money tells.
        sums = {a.amount, a.share} & {b.amount, b.share} - {None}
        known = bool(sums) or (bool(a.provider and b.provider) and not unlike)
        return ("copy", "the insurer tells of the same visit") if a.day == b.day and known else None
    if unlike or a.amount is None or a.amount != b.amount or not same_item(a.item, b.item):
        return None
    return _of_two_bills(a, b)


def _of_two_bills(a: Expense, b: Expense) -> tuple[Relation, str] | None:
    """Two bills of one provider that show one item at one price."""
    numbered = bool(a.number and b.number)
    same_number = numbered and _bare(a.number or "") == _bare(b.number or "")
    if a.day != b.day and not (same_number and (a.day is None or b.day is None)):
        return None
    if a.kind != b.kind or (a.paid is not None and b.paid is not None and a.paid != b.paid):
        return "copy", "one is the bill and the other shows its payment"
    if not (a.provider and b.provider):
        return ("repeat", "day, amount and number are the same") if same_number else None
    if numbered and not same_number and a.alone and b.alone:
        return None  # two purchases of one day, each with its own number
    said = "provider, day, amount and item are the same"
    return "repeat", f"{said}, and so is the number" if same_number else said


def _bare(number: str) -> str:
    plain = re.sub(r"[^0-9a-z]", "", number.lower())
    return re.sub(r"^(?:number|num|no|nr|invoice|inv|receipt|rcpt|order|ref)(?=.*\d)", "", plain).lstrip("0")


@lru_cache(maxsize=8192)
def _alike(a: str, b: str) -> bool:
    """Whether two names of businesses or persons may be one's: "Summit Strength" and "SUMMIT STRENGTH STUDIO LLC"."""
    return fuzz.token_set_ratio(a.casefold(), b.casefold()) >= _ALIKE


_ALIKE = 85


@lru_cache(maxsize=8192)
def same_item(a: str | None, b: str | None) -> bool:
    """Whether two descriptions may be of one item; one that is missing may be any."""
    if not a or not b:
        return True
    if things(a) and things(b):
        return bool(things(a) & things(b))
    first, second = item_classes.classify(a), item_classes.classify(b)
    if {t.plain for t in tokens(a)} == {t.plain for t in tokens(b)}:
        return True
    if first is None or second is None:
        return fuzz.token_set_ratio(a.casefold(), b.casefold()) >= _ALIKE
    return first == second or "unspecific" in (first, second)


def copied(expenses: Sequence[Expense], order: Iterable[Kind] = ("receipt", "superbill", "eob")) -> frozenset[int]:
    """The places of expenses that another one, of a kind that tells better what was paid, shows too."""
    rank = {kind: place for place, kind in enumerate(order)}
    gone: set[int] = set()
    for pair in pairs(expenses):
        if pair.relation == "copy":
            first, second = expenses[pair.first], expenses[pair.second]
            worse = max(
                (pair.first, first), (pair.second, second),
                key=lambda one: (rank.get(one[1].kind, len(rank)), one[1].paid is False, one[0]),
            )  # fmt: skip
            gone.add(worse[0])
    return frozenset(gone)
