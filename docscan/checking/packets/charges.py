"""What does each line of a receipt cost once tax, discounts, refunds and insurance are shared out? To the cent.

The sum of a receipt's charges is what it asks of the patient: the patient's share where insurance took part, else the
total, else what the lines come to. Tips and shipping that are printed below the lines become charges of their own.
What insurance paid, discounts and tax are shared out over the services and things, by their prices; a refund goes to
the line that it is for, where one is. What the lines do not explain of a total is a charge that nothing describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from itertools import combinations

from docscan.checking.checks.receipts import as_money
from docscan.checking.facts import Facts
from docscan.checking.packets.services import Service
from docscan.document import Extraction

ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Charge:
    """What one line asks of the patient. `service` None: a sum below the lines, or what they do not explain.

    `amount` None: it is not known. `item_class`: "tip", "shipping"; as the line's; None where nothing is known.
    `doubt`: why the amount may not be right; "" where nothing speaks against it.
    """

    service: Service | None
    description: str | None
    amount: Decimal | None
    item_class: str | None
    doubt: str = ""


def charges(facts: Facts, services: Sequence[Service]) -> tuple[Charge, ...]:
    """The charges of one receipt, in the order of its lines. `services`: those of this receipt."""
    lines = [Charge(s, s.description, s.amount, s.item_class) for s in services]
    priced = [line for line in lines if line.amount is not None]
    printed = _Printed.of(facts, priced)
    if not priced:
        return _unpriced(lines, printed.asked(ZERO) if printed.total is not None or printed.share is not None else None)
    base = sum((line.amount for line in priced if line.amount is not None), ZERO)
    told = printed.explained(base)
    claimed = max(printed.share if printed.share is not None else base + told.due, ZERO)
    apart = [Charge(None, name.capitalize(), amount, name) for name, amount in told.apart]
    goods = _without_refunds(priced)
    wanted = claimed - sum((c.amount for c in apart if c.amount is not None), ZERO)
    if wanted < 0:
        apart, wanted = [], claimed
    rest = told.unexplained if printed.share is None else ZERO
    doubt = ""
    if rest > 0:
        wanted -= rest
    elif rest < 0:
        doubt = f"The lines come to ${base + told.without:,.2f}, but the total is ${printed.total or ZERO:,.2f}."
    goods = _with_tax(goods, told.tax) if printed.share is None else goods
    insured = _sum(goods) - wanted if printed.share is not None else told.insured
    goods = _without_insurance(goods, insured)
    found = [replace(line, doubt=doubt) if doubt else line for line in _share(goods, wanted)]
    if not goods:
        rest = wanted + max(rest, ZERO)
    if rest > 0:
        found.append(Charge(None, None, rest, None, "The lines do not explain all of the total."))
    silent = [replace(line, doubt="The receipt shows no price for it.") for line in lines if line.amount is None]
    return (*found, *apart, *silent)


def _unpriced(lines: Sequence[Charge], whole: Decimal | None) -> tuple[Charge, ...]:
    """A receipt whose lines have no prices: its total is one charge."""
    if whole is None:
        return tuple(replace(line, doubt="The receipt shows no amount for it.") for line in lines)
    described = [line for line in lines if line.description]
    classes = {line.item_class for line in lines}
    said = "; ".join(dict.fromkeys(line.description for line in described if line.description)) or None
    service = lines[0].service if lines else None
    return (Charge(service, said, whole, next(iter(classes)) if len(classes) == 1 else None),)


# What is printed beside the lines

_ADDED = ("tax", "tip", "shipping")
_TAKEN_OFF = ("discount", "insurance_paid", "refund")
_APART = ("tip", "shipping")


@dataclass(frozen=True)
class _Told:
    """`due`: what is asked above or below the lines' sum; `tax`: what of it is tax; `insured`: what insurance took off;
    `apart`: sums that become charges of their own; `without`: what is added to the lines before the total;
    `unexplained`: how far the total is above what is explained."""

    due: Decimal
    tax: Decimal
    insured: Decimal
    apart: tuple[tuple[str, Decimal], ...]
    without: Decimal
    unexplained: Decimal


@dataclass(frozen=True)
class _Printed:
    """The sums that a receipt prints. `share`: what the patient owes after insurance."""

    total: Decimal | None
    paid: Decimal | None
    share: Decimal | None
    terms: tuple[tuple[str, Decimal], ...]

    @staticmethod
    def of(facts: Facts, lines: Sequence[Charge]) -> _Printed:
        terms = []
        classes = {line.item_class for line in lines}
        negative = [-line.amount for line in lines if line.amount is not None and line.amount < 0]
        in_lines = {*negative, sum(negative, ZERO)}
        for sign, names in ((1, _ADDED), (-1, _TAKEN_OFF)):
            for name in names:
                amount = _first(facts, name)
                # What is printed as a sum may stand among the lines too: a tip, a refund.
                if amount and name not in classes and not (sign < 0 and amount in in_lines):
                    terms.append((name, sign * amount))
        insured = facts.kind == "eob" or any(name == "insurance_paid" for name, _ in terms)
        share = _first(facts, "patient_responsibility") if insured else None
        total, paid = _first(facts, "total"), _first(facts, "amount_paid")
        return _Printed(total if total is not None else paid, paid, share, tuple(terms))

    def asked(self, base: Decimal) -> Decimal:
        """What is asked of the patient where no line has a price."""
        if self.share is not None:
            return self.share
        off = sum((amount for name, amount in self.terms if name in ("insurance_paid", "refund")), ZERO)
        return max((self.total or base) + off, ZERO)

    def explained(self, base: Decimal) -> _Told:
        """How the total comes out of the lines' sum, and what is asked in the end.

        What is printed may be in the lines already (tax included): then it is not in the sum that makes the total.
        What insurance paid and what was given back is taken off after the total, where it is not in it.
        """
        after = {name for name, _ in self.terms if name in ("insurance_paid", "refund")}
        if self.total is None:
            used, unexplained = self.terms, ZERO
        else:
            used = self._used(base, self.total)
            unexplained = self.total - base - sum((amount for _, amount in used), ZERO)
            if abs(unexplained) <= CENT:
                unexplained = ZERO
        in_total = sum((amount for _, amount in used), ZERO)
        later = tuple((name, amount) for name, amount in self.terms if name in after and (name, amount) not in used)
        if self.total is not None and self.paid is not None:
            on_top = self.paid - self.total  # a tip on the slip, on top of a total that does not hold it
            later += tuple(t for t in self.terms if t[0] == "tip" and t not in used and abs(t[1] - on_top) <= CENT)
        due = in_total + unexplained + sum((amount for _, amount in later), ZERO)
        apart = tuple((name, amount) for name, amount in (*used, *later) if name in _APART)
        tax = sum((amount for name, amount in used if name == "tax"), ZERO)
        insured = -sum((amount for name, amount in (*used, *later) if name == "insurance_paid"), ZERO)
        return _Told(due, tax, insured, apart, in_total, unexplained)

    def _used(self, base: Decimal, total: Decimal) -> tuple[tuple[str, Decimal], ...]:
        """Those of the sums that lead from the lines to the total; all before the total where none do."""
        sizes = range(len(self.terms), -1, -1)
        for chosen in (subset for size in sizes for subset in combinations(self.terms, size)):
            if abs(base + sum((amount for _, amount in chosen), ZERO) - total) <= CENT:
                return chosen
        return tuple(term for term in self.terms if term[0] not in ("insurance_paid", "refund"))


def _first(facts: Facts, name: str) -> Decimal | None:
    return next((amount for e in facts.stated(name) if (amount := as_money(_text(e))) is not None), None)


def _text(extraction: Extraction) -> str | None:
    return extraction.value if isinstance(extraction.value, str) else None


# Sharing out

_EXTRAS = frozenset({
    "tip", "late_fee", "sign_up_fee", "cancellation_fee", "shipping", "warranty", "prior_balance",
})  # fmt: skip


def _without_refunds(lines: Sequence[Charge]) -> list[Charge]:
    """The lines with what was given back taken off the line it is for: that of the same words, or of the same price."""
    kept = [line for line in lines if line.amount is not None and line.amount >= 0]
    for refund in (line for line in lines if line.amount is not None and line.amount < 0):
        back = -(refund.amount or ZERO)
        meant = next((n for n, line in enumerate(kept) if _is_for(refund, line, back)), None)
        if meant is not None:
            kept[meant] = replace(kept[meant], amount=(kept[meant].amount or ZERO) - back)
    return kept


def _is_for(refund: Charge, line: Charge, back: Decimal) -> bool:
    if line.amount is None or line.amount < back:
        return False
    words, theirs = (_words(one.description) for one in (refund, line))
    return bool(theirs) and (theirs <= words or (line.amount == back and not words & _OTHER))


_OTHER = frozenset({"discount", "coupon", "adjustment", "insurance", "copay", "credit", "promo", "savings"})


def _words(text: str | None) -> frozenset[str]:
    return frozenset(word.strip(".,:;-#()").lower() for word in (text or "").split()) - {"", "refund", "return", "void"}


_UNTAXED = frozenset({
    "training", "exercise_class", "membership_dues", "massage", "physical_therapy", "chiropractic", "acupuncture",
    "nutrition", "mental_health", "weight_loss", "medical_visit", "medical_service", "dental", "vision",
}) | _EXTRAS  # fmt: skip
"""Services: where a receipt shows things beside them, its sales tax is on the things."""


def _with_tax(lines: Sequence[Charge], tax: Decimal) -> list[Charge]:
    """The lines with the tax on the things, by their prices; unchanged where there are only things or only services."""
    things = [n for n, line in enumerate(lines) if line.item_class not in _UNTAXED and (line.amount or ZERO) > 0]
    if tax <= 0 or not things or len(things) == len(lines):
        return list(lines)
    found = list(lines)
    for n, part in zip(things, parts_of(tax, [lines[n].amount or ZERO for n in things]), strict=True):
        found[n] = replace(lines[n], amount=(lines[n].amount or ZERO) + part)
    return found


_UNINSURED = frozenset({"cosmetic", "clothing", "food", "membership_dues"}) | _EXTRAS
"""What no health insurance pays a part of, as long as there is something else on the receipt."""


def _without_insurance(lines: Sequence[Charge], paid: Decimal) -> list[Charge]:
    """The lines without what insurance took off, by their prices; unchanged where the lines that it pays a part of do
    not come to as much."""
    meant = [n for n, line in enumerate(lines) if line.item_class not in _UNINSURED and (line.amount or ZERO) > 0]
    before = _sum([lines[n] for n in meant])
    if paid <= 0 or before < paid:
        return list(lines)
    found = list(lines)
    for n, part in zip(meant, parts_of(before - paid, [lines[n].amount or ZERO for n in meant]), strict=True):
        found[n] = replace(lines[n], amount=part)
    return found


def _sum(lines: Iterable[Charge]) -> Decimal:
    return sum((line.amount for line in lines if line.amount is not None), ZERO)


def _share(lines: Sequence[Charge], wanted: Decimal) -> list[Charge]:
    """The lines with amounts that come to `wanted`, changed in proportion; fees and tips only if nothing else is left.

    Cents that do not divide go to the lines with the greatest remainders, the first of equals.
    """
    amounts = [line.amount or ZERO for line in lines]
    change = wanted - sum(amounts, ZERO)
    if not change or not lines:
        return list(lines)
    plain = [n for n, line in enumerate(lines) if line.item_class not in _EXTRAS and amounts[n] > 0]
    weight = sum((amounts[n] for n in plain), ZERO)
    if not plain or weight + change < 0:
        plain = [n for n in range(len(lines)) if amounts[n] > 0] or list(range(len(lines)))
        weight = sum((amounts[n] for n in plain), ZERO)
    for n, part in zip(plain, parts_of(weight + change, [amounts[n] for n in plain]), strict=True):
        amounts[n] = part
    return [replace(line, amount=amount) for line, amount in zip(lines, amounts, strict=True)]


def parts_of(whole: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """`whole` (of cents, not negative) in parts that stand to each other as the weights do, to the cent."""
    total = sum(weights, ZERO)
    exact = [whole * weight / total if total else whole / len(weights) for weight in weights]
    parts = [part.quantize(CENT, ROUND_FLOOR) for part in exact]
    left = int((whole - sum(parts, ZERO)) / CENT)
    for n in _by_remainder(exact, parts)[:left]:
        parts[n] += CENT
    return parts


def _by_remainder(exact: Iterable[Decimal], parts: Sequence[Decimal]) -> list[int]:
    rest = [e - p for e, p in zip(exact, parts, strict=True)]
    return sorted(range(len(parts)), key=lambda n: (-rest[n], n))
