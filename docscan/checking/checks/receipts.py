"""Does the receipt show what was bought, when, for how much, and do its numbers hold?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import Literal

from pydantic.dataclasses import dataclass

from docscan.checking import wording
from docscan.checking.checks.presence import Pattern, Present, found, nothing_to_judge, present
from docscan.checking.checks.registry import STRICT, FieldName, FieldNames, ItemClasses, Many, check
from docscan.checking.facts import Facts, Result, as_date, class_of, evidence_of
from docscan.document import Extraction, Json

_CENT = Decimal("0.01")


def lines(facts: Facts) -> list[Extraction]:
    """The receipt's lines."""
    return [e for e in facts.stated("item") if isinstance(e.value, Mapping)]


def amount_of(line: Extraction) -> Decimal | None:
    return as_money(line.value.get("amount")) if isinstance(line.value, Mapping) else None


def as_money(value: Json) -> Decimal | None:
    """ "125.00" as a number; None for anything else."""
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def cost_of(found: Iterable[Extraction]) -> Decimal:
    """What those of them that are lines cost together."""
    priced = ((amount_of(line), times(line)) for line in found if line.name == "item")
    return sum((amount * count for amount, count in priced if amount is not None), Decimal(0))


def times(line: Extraction) -> int:
    """How often something is printed: lines alike in everything, the day too, are one with several places."""
    return max(1, len(line.evidence))


# What was bought


@dataclass(frozen=True, config=STRICT)
class Described:
    """`vague`: classes of lines that do not say what was sold, or that only come with it. `or_field`: fields that say
    it elsewhere."""

    vague: ItemClasses = ("unspecific", "prior_balance", "shipping", "tip", "late_fee")
    or_field: FieldNames = ()


@check("value", "found")
def items_described(facts: Facts, parameters: Described) -> Result:
    """At least one line says what was sold or done.

    {value}: what it says, or the lines that do not; {found}: a sentence that quotes these, or empty.
    """
    there = lines(facts)
    clear = [e for e in there if class_of(e) not in parameters.vague and e.value.get("description")]
    clear += found(facts, parameters.or_field)
    if clear:
        return Result("met", evidence_of(clear), {"value": wording.said(clear)})
    if there:
        variables = {"value": wording.said(there), "found": f"Found: “{wording.said(there)}”."}
        return facts.hidden("item") or Result("not_met", evidence_of(there), variables)
    return facts.missing("item")


@dataclass(frozen=True, config=STRICT)
class NotBalance:
    """`flag`: the field that tells of an earlier balance; `vague`: classes of lines that do not say what was sold."""

    flag: FieldName = "prior_balance"
    vague: ItemClasses = ("unspecific", "prior_balance")


@check("value")
def not_balance_only(facts: Facts, parameters: NotBalance) -> Result:
    """It does not show a balance alone. {value}: the words for the balance."""
    flags = found(facts, (parameters.flag,))
    there = lines(facts)
    clear = [e for e in there if class_of(e) not in parameters.vague and e.value.get("description")]
    balances = [*flags, *(e for e in there if class_of(e) == "prior_balance")]
    variables = {"value": wording.listed(map(wording.quote, balances)) or wording.KIND[facts.kind]}
    if clear:
        return Result("met", evidence_of(clear), variables)
    if balances or facts.kind == "statement":
        return facts.hidden("item") or Result("not_met", evidence_of(balances) or facts.kind_evidence, variables)
    owed = [e for e in found(facts, ("balance_due",)) if as_money(e.value)]
    if owed and facts.kind == "receipt" and not there and not found(facts, ("total", "procedure_code", "treatment")):
        variables["value"] = wording.listed(map(wording.quote, owed))
        return facts.hidden("item", "total") or Result("not_met", evidence_of(owed), variables)
    return facts.hidden(parameters.flag) or Result("met", (), variables)


@dataclass(frozen=True, config=STRICT)
class EachLine:
    """Lines of these `classes` need every one of `parts` (or of `instead`, where the whole document says it once), and
    the document needs one of `fields`."""

    classes: ItemClasses
    parts: Many[str] = ()
    instead: FieldNames = ()
    fields: FieldNames = ()


@check("value", "missing")
def each_line_has(facts: Facts, parameters: EachLine) -> Result:
    """Each line of a class has what it needs. {value}: the lines that lack it, or all; {missing}: what is lacking."""
    there = [e for e in lines(facts) if class_of(e) in parameters.classes]
    if not there:
        return nothing_to_judge(facts, "item")
    whole = len(there) == 1 and bool(found(facts, parameters.instead))
    bare = [e for e in there if not whole and any(not e.value.get(part) for part in parameters.parts)]
    nobody = bool(parameters.fields) and not found(facts, parameters.fields)
    parts = [wording.name(part) for part in parameters.parts] if bare else []
    missing = wording.listed([*parts, *([wording.name(parameters.fields[0])] if nobody else [])])
    variables = {"value": wording.said(bare or there), "missing": missing}
    if not bare and not nobody:
        return Result("met", evidence_of([*there, *found(facts, parameters.fields)]), variables)
    hidden = facts.hidden(*(parameters.fields if nobody else ("item",)))
    return hidden or Result("not_met", evidence_of(bare or there), variables)


@dataclass(frozen=True, config=STRICT)
class LinesNeed:
    """Lines of these `classes` whose words match `pattern` need one of `fields`."""

    classes: ItemClasses
    pattern: Pattern
    any_of: FieldNames


@check("value")
def lines_need(facts: Facts, parameters: LinesNeed) -> Result:
    """Lines of one sort need a field. {value}: the lines, or the field's value."""
    needy = [
        e for e in lines(facts)
        if class_of(e) in parameters.classes and re.search(parameters.pattern, str(e.value.get("description") or ""))
    ]  # fmt: skip
    fields = found(facts, parameters.any_of)
    if fields:
        return Result("met", evidence_of(fields), {"value": wording.said(fields)})
    if not needy:
        return nothing_to_judge(facts, "item")
    return facts.hidden(*parameters.any_of) or Result("not_met", evidence_of(needy), {"value": wording.said(needy)})


@dataclass(frozen=True, config=STRICT)
class Shares:
    """`insurance`: fields that tell of insurance; `share`: fields one of which must then be there."""

    insurance: FieldNames
    share: FieldNames


@check("value")
def share_shown(facts: Facts, parameters: Shares) -> Result:
    """Where insurance took part, the patient's share is shown. {value}: the share, or what tells of insurance."""
    insured = found(facts, parameters.insurance)
    if not insured:
        return nothing_to_judge(facts, *parameters.insurance)
    share = found(facts, parameters.share)
    if share:
        return Result("met", evidence_of(share), {"value": wording.said(share)})
    hidden = facts.hidden(*parameters.share)
    return hidden or Result("not_met", evidence_of(insured), {"value": wording.said(insured)})


_REDUCTION = re.compile(
    r"\d ?%|\b(?:clearance|mark ?-?downs?|price (?:cut|match|adj\w*)|savings?|you save|saved|off|rewards?|"
    r"coupons?|cpns?|promo\w*|disc(?:ount)?|loyalty|instant|bogo|2 ?for|buy \d|multi-?buy)\b",
    re.IGNORECASE,
)


_GIVEN_BACK = re.compile(r"\b(?:re?turn\w*|rtn|refund\w*|void\w*|revers\w+|cancel\w*|credit)\b", re.IGNORECASE)


def _lowers_a_price(line: Extraction, taken_off: Collection[Decimal | None]) -> bool:
    """Whether a line below nothing is what a shop takes off the price of what it sells: by its words, or because its
    amount is told as a discount."""
    amount, words = amount_of(line), str(line.value.get("description") or "")
    if _GIVEN_BACK.search(words):
        return False
    return bool(_REDUCTION.search(words)) or (amount is not None and -amount in taken_off)


@check("value", "amount")
def no_refund(facts: Facts) -> Result:
    """Nothing was given back. {value}: what was; {amount}: how much."""
    taken_off = {as_money(e.value) for e in facts.stated("discount")}
    negative = [
        e for e in lines(facts)
        if (amount_of(e) or Decimal(0)) < 0 and class_of(e) != "discount" and not _lowers_a_price(e, taken_off)
    ]  # fmt: skip
    refunds = [e for e in facts.stated("refund") if as_money(e.value)]
    shown = refunds or negative
    if not shown:
        return facts.hidden("refund") or Result("met")
    amount = max((as_money(e.value) or Decimal(0) for e in refunds), default=-cost_of(negative))
    return Result("not_met", evidence_of(shown), {"value": wording.said(shown), "amount": wording.money(amount)})


# When


@dataclass(frozen=True, config=STRICT)
class Dated:
    """`any_of`: fields that date a service. `instead`: dates that do not. `undated`: classes of lines that are no
    service; on a bill of nothing else every date is that of a payment. `flag`: says so of a bill without lines."""

    any_of: FieldNames
    instead: FieldNames
    undated: ItemClasses
    flag: FieldName


@check("value", "missing")
def service_dated(facts: Facts, parameters: Dated) -> Result:
    """A day of service or sale is stated; the day of a mere payment is none.

    {value}: what was found; {missing}: what was not.
    """
    there = lines(facts)
    old = facts.stated(parameters.flag)
    paid = facts.kind == "card_slip" and not there
    undated = [e for e in there if class_of(e) in parameters.undated or _is_old(e, old)]
    if paid or (old and not there) or (there and len(undated) == len(there)):
        why = "Only a payment is shown." if paid else "Only an old balance and what was paid of it are shown."
        hidden = facts.hidden("item") if facts.illegible else None
        variables = {"missing": wording.name("service_date")}
        return hidden or Result("not_met", evidence_of([*old, *there]), variables, why)
    result = present(facts, Present(any_of=parameters.any_of, instead=parameters.instead))
    if result.outcome == "met" and not there and (maybe := facts.doubtful(parameters.flag)):
        why = f"Only an old balance may be shown, whose day is none of service. {wording.unsure(*maybe)}"
        return Result("uncertain", evidence_of(maybe), result.variables, why)
    return result


def _is_old(line: Extraction, old: Iterable[Extraction]) -> bool:
    """Whether a line that names no service says itself that it is for an old balance: "payment on acct"."""
    said = str(line.value.get("description") or "").casefold()
    return class_of(line) in (None, "unspecific") and any(e.raw and e.raw.casefold() in said for e in old)


@dataclass(frozen=True, config=STRICT)
class DaysWithin:
    """`not_after`: the day of the check, or of the claim's submission; `not_before`: a day that the claim gives;
    `within`: a stretch that it gives. `needs_period`: only where the document states a range. `prepaid`: lines whose
    words match were paid ahead, where no service day is stated. `to_come`: a flag that says so of some of it;
    `proposed`: a flag of an estimate, of which nothing was given where it states no service day.
    `issued`: the document's own days; what is to be given after the last of them was not given when it was made."""

    not_after: Literal["as_of", "submitted_on"] | None = None
    not_before: Literal["hsa_opened_on"] | None = None
    within: Literal["plan_year"] | None = None
    needs_period: bool = False
    prepaid: Pattern = ""
    to_come: FieldName | None = None
    proposed: FieldName | None = None
    issued: FieldNames = ()

    def __post_init__(self) -> None:
        if sum(map(bool, (self.not_after, self.not_before, self.within))) != 1:
            raise ValueError("give exactly one of `not_after`, `not_before`, `within`")


@check("value", "limit", "last_day")
def service_days(facts: Facts, parameters: DaysWithin) -> Result:
    """Every service day lies where it must.

    {value}: the days that do not, or all; {limit}: the bounds; {last_day}: the last of those that come too late.
    """
    first, last, limit = _bounds(facts, parameters)
    if first is None and last is None:
        wanted = wording.name(parameters.not_before or parameters.within or "")
        return Result("not_applicable", why=f"The claim does not give the {wanted}.")
    there = [
        (day, e) for day, e in facts.services
        if not parameters.needs_period or e.name == "service_period" or facts.stated("service_period")
    ]  # fmt: skip
    told = facts.stated(parameters.to_come) if parameters.to_come else ()
    if parameters.proposed and facts.kind == "estimate" and not there:
        told = told or facts.stated(parameters.proposed)[:1]
    ahead = [
        e
        for e in lines(facts)
        if parameters.prepaid and re.search(parameters.prepaid, e.value.get("description") or "")
    ]
    if told or (ahead and not there):
        said = wording.listed(map(wording.quote, told)) or wording.said(ahead)
        hidden = None if told else facts.hidden("service_date")
        return hidden or Result("not_met", evidence_of(told or ahead), {"value": said, "limit": limit})
    if not there:
        return nothing_to_judge(facts, "service_period" if parameters.needs_period else "service_date")
    outside = [(day, e) for day, e in there if (first and day < first) or (last and day > last)]
    made = _made_on(facts, parameters.issued) if not outside else None
    if made is not None:
        outside = [(day, e) for day, e in there if day > made and e.name != "service_period"]
        last, limit = (made, wording.day(made)) if outside else (last, limit)
    if ahead and len(ahead) == len(lines(facts)) and not outside and len({day for day, _ in there}) == 1:
        why = f"{wording.said(ahead)} takes more than a day; {wording.day(there[0][0])} may be the day of the sale."
        return Result("uncertain", evidence_of([*ahead, *(e for _, e in there)]), why=why)
    shown = outside or there
    variables = {
        "value": wording.listed(wording.day(day) for day, _ in sorted(shown, key=lambda s: s[0])),
        "limit": limit,
        "last_day": wording.day(max(late)) if (late := [day for day, _ in outside if last and day > last]) else "",
    }
    evidence = evidence_of(e for _, e in shown)
    if outside:
        return Result("not_met", evidence, variables)
    doubt = _may_be_made_before(facts, parameters.issued, there) if made is None else None
    doubt = doubt or (facts.hidden("service_date") if facts.doubtful("service_date") else None)
    return doubt or Result("met", evidence, variables)


def _may_be_made_before(facts: Facts, issued: FieldNames, there: Sequence[tuple[date, Extraction]]) -> Result | None:
    """A doubt, where a document states no day of its own surely, and some service came after all that it may be."""
    open_ = {day for e in facts.doubtful(*issued) if e.value is None for r in e.readings if (day := as_date(r))}
    later = [e for day, e in there if open_ and day > max(open_)]
    if not issued or not later:
        return None
    days = wording.listed(map(wording.day, sorted(open_)), join="or")
    return Result("uncertain", evidence_of(later), why=f"It is not sure that the document was made on {days}.")


def _made_on(facts: Facts, issued: FieldNames) -> date | None:
    """The last of a document's own days. What was paid of a bill on which more is owed is not the last of them."""
    owed = any(as_money(e.value) for e in facts.stated("balance_due"))
    counted = [name for name in issued if name != "payment_date" or not owed]
    days = [day for name in counted for e in facts.stated(name) if (day := as_date(e.value))]
    return max(days, default=None) if days else None


def _bounds(facts: Facts, parameters: DaysWithin) -> tuple[date | None, date | None, str]:
    claim = facts.claim
    if parameters.not_after:
        day = claim.submitted_on or facts.as_of if parameters.not_after == "submitted_on" else facts.as_of
        return None, day, wording.day(day)
    if parameters.within:
        year = claim.plan_year
        return (
            (year.start, year.end, f"{wording.day(year.start)} to {wording.day(year.end)}")
            if year
            else (None, None, "")
        )
    opened = claim.hsa_opened_on
    return opened, None, wording.day(opened) if opened else ""


@dataclass(frozen=True, config=STRICT)
class ByHand:
    field: FieldName


@check("value")
def not_by_hand(facts: Facts, parameters: ByHand) -> Result:
    """A field is printed, not filled in by hand. {value}: the field."""
    variables = {"value": wording.name(parameters.field)}
    written = facts.by_hand(parameters.field)
    if written:
        return Result("not_met", evidence_of(written), variables)
    printed = found(facts, (parameters.field,))
    if printed:
        return Result("met", evidence_of(printed), variables)
    return nothing_to_judge(facts, parameters.field)


@dataclass(frozen=True, config=STRICT)
class Detail:
    """`days`: how long a range may be that needs no further detail."""

    days: int = 1


@check("value")
def range_detailed(facts: Facts, parameters: Detail) -> Result:
    """A range of service dates comes with the single days. {value}: the range."""
    ranges = facts.stated("service_period")
    if not ranges:
        return nothing_to_judge(facts, "service_period")
    days = {e.value["service_date"] for e in lines(facts) if as_date(e.value.get("service_date"))}
    days |= {e.value for e in facts.stated("service_date")}
    ends = {end for e in ranges if isinstance(e.value, Mapping) for end in (e.value.get("start"), e.value.get("end"))}
    long = [e for e in ranges if not _lasts(e, parameters.days)]
    if days - ends or len(days) > 1 or not long or len(ranges) - len(long) > 1:
        return Result(
            "met", evidence_of([*facts.stated("service_date"), *lines(facts)]), {"value": wording.said(ranges)}
        )
    return facts.hidden("service_date") or Result("not_met", evidence_of(ranges), {"value": wording.said(ranges)})


def _lasts(range_: Extraction, days: int) -> bool:
    """Whether a range lasts no more than so many days."""
    value = range_.value if isinstance(range_.value, Mapping) else {}
    first, last = as_date(value.get("start")), as_date(value.get("end"))
    return first is not None and last is not None and (last - first).days < days


# How it looks, and whether it adds up


@check("value")
def legible(facts: Facts) -> Result:
    """Every page can be read. {value}: the pages that cannot, and why."""
    if not facts.illegible:
        return Result("met")
    reasons = {p.page: p.message.rstrip(".") for p in reversed(facts.problems) if p.page is not None}
    pages = facts.lost or facts.illegible
    said = [f"page {n} ({reasons[n][0].lower()}{reasons[n][1:]})" if reasons.get(n) else f"page {n}" for n in pages]
    shown = wording.listed(said, most=20)
    if facts.lost:
        return Result("not_met", variables={"value": shown}, clearer_copy=True)
    return Result("uncertain", why=f"Hard to read: {shown}.", clearer_copy=True)


_ADDED = ("tax", "tip", "shipping")
_TAKEN_OFF = ("discount", "insurance_paid", "refund")


@check("computed", "value", "parts")
def adds_up(facts: Facts) -> Result:
    """The lines, with tax, tip, shipping and discount, come to the total.

    {value}: the total; {computed}: what the lines come to; {parts}: the sum, written out.
    """
    totals = [(as_money(e.value), e) for e in facts.stated("total")]
    subtotals = [amount for e in facts.stated("subtotal") if (amount := as_money(e.value)) is not None]
    there = lines(facts)
    priced = [e for e in there if amount_of(e) is not None]
    complete = bool(priced) and len(priced) == len(there)
    if not totals or not (complete or subtotals):
        return nothing_to_judge(facts, "total", "item") if not totals else Result(
            "not_applicable", why="Not every line has an amount, so nothing can be added up."
        )  # fmt: skip
    terms = [
        (name, sign * amount)
        for sign, names in ((1, _ADDED), (-1, _TAKEN_OFF)) for name in names
        for e in facts.stated(name)[:1] if (amount := as_money(e.value))
    ]  # fmt: skip
    back = [e for e in priced if (amount_of(e) or Decimal(0)) < 0 and class_of(e) != "discount"]
    terms = [(name, amount) for name, amount in terms if name != "refund" or amount not in map(amount_of, back)]
    whole = {amount for amount, _ in totals}
    parts = {amount for e in facts.stated("amount_paid") if (amount := as_money(e.value)) and amount not in whole}
    terms += [("amount_paid", -amount) for amount in sorted(parts)[:1]]  # a gift card before what was left to pay
    copied = any(times(e) > 1 for _, e in totals)
    bases = (_sums_of(priced, back, copied=copied) if complete else []) + subtotals
    printed = [amount for amount, _ in totals if amount is not None]
    # What is printed apart may be part of the lines already (tax included, the tip as a line): each may count or not.
    subsets = [subset for size in range(len(terms) + 1) for subset in combinations(terms, size)]
    reachable = {base + sum((amount for _, amount in subset), Decimal(0)) for base in bases for subset in subsets}
    sources = evidence_of([e for _, e in totals] + priced)
    computed = bases[0] + sum((amount for _, amount in terms), Decimal(0))
    variables = {
        "value": wording.listed(wording.money(amount) for amount in printed),
        "computed": wording.money(computed),
        "parts": _written_out(priced if complete else [], bases[0], terms),
    }
    balanced = any(abs(total - sum_) <= _CENT for total in printed for sum_ in reachable)
    consistent = not (complete and subtotals) or any(
        abs(base - s) <= _CENT or _explained(s - base, terms) or s in _runs(priced)
        for s in subtotals
        for base in bases[: len(bases) - len(subtotals)]
    )
    if (balanced and consistent) or (complete and _sale_by_sale(facts, priced)):
        return Result("met", sources, variables)
    if facts.stated("prior_balance") and max(printed, default=computed) > computed:
        return Result("not_applicable", why="The total counts an earlier balance in, whose amount is not an item.")
    hidden = facts.hidden("total", "item", "subtotal", *_ADDED, *_TAKEN_OFF)
    return Result("uncertain", sources, variables, hidden.why) if hidden else Result("not_met", sources, variables)


def _sums_of(priced: Sequence[Extraction], back: Sequence[Extraction], *, copied: bool) -> list[Decimal]:
    """What lines come to, with what was given back among them, or without it, as where that is told after the total;
    where the page may show two copies of the bill, each line once, too."""
    kept = [e for e in priced if e not in back]
    once = [sum((amount_of(e) or Decimal(0) for e in found_), Decimal(0)) for found_ in (priced, kept) if copied]
    return list(dict.fromkeys((cost_of(priced), cost_of(kept), *once)))


def _sale_by_sale(facts: Facts, priced: Sequence[Extraction]) -> bool:
    """Whether the document shows several sales, each with its total below its lines, and each of them adds up: a roll
    of slips, a reprint of a month's visits."""
    changes = {name: sign for sign, names in ((1, _ADDED), (-1, _TAKEN_OFF)) for name in names}
    there = [*priced, *facts.stated("total", "amount_paid", *changes)]
    placed = sorted(
        ((place.page, place.start, e) for e in there for place in e.evidence if place.start is not None),
        key=lambda one: one[:2],
    )
    sales, came_to, terms = list[Decimal](), Decimal(0), list[tuple[str, Decimal]]()
    for _, _, e in placed:
        if e.name == "item":
            came_to += amount_of(e) or Decimal(0)
        elif e.name in changes:
            terms.append((e.name, changes[e.name] * (as_money(e.value) or Decimal(0))))
        elif came_to:
            gap = (as_money(e.value) or Decimal(0)) - came_to
            if abs(gap) > _CENT and not _explained(gap, terms):
                return False
            sales, came_to, terms = [*sales, came_to + gap], Decimal(0), []
        elif e.name == "total" and as_money(e.value) not in (sum(sales), *sales):
            return False  # what is printed below them all is not what they come to
    return len(sales) > 1 and not came_to


def _runs(priced: list[Extraction]) -> set[Decimal]:
    """What lines that follow each other come to: a bill may sum up its parts one by one."""
    amounts = [amount for e in priced for amount in [amount_of(e)] * times(e) if amount is not None]
    return {sum(amounts[i:j], Decimal(0)) for i, j in combinations(range(len(amounts) + 1), 2)}


def _explained(gap: Decimal, terms: list[tuple[str, Decimal]]) -> bool:
    sums = (sum((a for _, a in s), Decimal(0)) for n in range(1, len(terms) + 1) for s in combinations(terms, n))
    return any(abs(gap - each) <= _CENT for each in sums)


def _written_out(priced: list[Extraction], base: Decimal, terms: list[tuple[str, Decimal]]) -> str:
    amounts = [amount for e in priced for amount in [amount_of(e)] * times(e) if amount is not None]
    first = " + ".join(wording.money(a) for a in amounts) if 1 < len(amounts) <= 6 else wording.money(base)
    rest = "".join(
        f" {'+' if amount > 0 else '−'} {name.replace('_', ' ')} {wording.money(abs(amount))}" for name, amount in terms
    )
    return first + rest
