"""How much of what the receipts charge do the documents support? By line, with the reason; each thing once.

A line's standing follows from what Publication 502 says of it (`docscan.reference.publication_502`), the letter that
could stand for it (`matching`), and what the rules found about the receipt and the letter:

- supported: it counts without a letter, or a letter in order names it, covers its day, and the other rules are met
- conditional: it may, once something that is still missing is there
- unsupported: it does not, whatever is added
- unclear: the documents, or what docscan knows, do not tell

Nothing here says what a plan pays. The itemized deduction is reckoned for its own purpose alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from docscan.checking import wording
from docscan.checking.checks.receipts import as_money
from docscan.checking.facts import LETTERS, Facts
from docscan.checking.packets import patients
from docscan.checking.packets.charges import CENT, ZERO, Charge, charges, parts_of
from docscan.checking.packets.documents import NOTE_ALONE, bills
from docscan.checking.packets.matching import Matched, Terms, matched
from docscan.checking.packets.repeats import copied, pairs
from docscan.checking.packets.services import SESSIONS, Service, expenses, shown
from docscan.checking.packets.sessions import overruns
from docscan.checking.packets.things import Key, Thing, entry_of, key, things
from docscan.checking.rulebook.rules import Ruleset
from docscan.document import Claim, Finding, Json, Purpose, Report
from docscan.reference import dated_amounts, publication_502
from docscan.reference.publication_502 import Entry

Standing: TypeAlias = Literal["supported", "conditional", "unsupported", "unclear"]


@dataclass(frozen=True)
class Line:
    """What one line of a receipt charges and how it stands. `amount` None: it is not known, or not in US dollars."""

    report: int
    charge: Charge
    entry: Entry | None
    standing: Standing
    letter: int | None
    reason: str

    @property
    def amount(self) -> Decimal | None:
        return self.charge.amount

    @property
    def day(self) -> date | None:
        return self.charge.service.day if self.charge.service else None


@dataclass(frozen=True)
class _Case:
    """What all lines of a packet are judged by."""

    packet: Sequence[Facts]
    reports: Sequence[Report]
    rules: Ruleset
    purpose: Purpose
    claim: Claim
    services: Sequence[Service]
    """All that the receipts show, what is shown again too."""
    things: Mapping[Key, Thing]
    """What they are."""
    again: Mapping[Key, int]
    """What another document shows, with that document's place."""
    held: Mapping[tuple[int, int], list[Matched]]


def money(
    packet: Sequence[Facts], reports: Sequence[Report], rules: Ruleset, terms: Terms, claim: Claim
) -> dict[str, Json]:
    """The money of a packet, as `PacketReport.money` has it. `reports`: judged, one for each of the packet's facts."""
    found = [s for s in shown(packet) if not s.record]
    held: dict[tuple[int, int], list[Matched]] = {}
    for one in matched(packet, terms, found):
        held.setdefault((one.service.report, one.service.line), []).append(one)
    purpose = claim.purpose or (rules.purpose[0] if rules.purpose else "fsa")
    case = _Case(packet, reports, rules, purpose, claim, found, things(packet, purpose), _again(packet, found), held)
    lines = [line for place, facts in enumerate(packet) for line in _lines_of(case, place, facts)]
    lines, excess = _excess(case, _no_more_than_ordered(case, lines))
    sums = {standing: _sum(line for line in lines if line.standing == standing) for standing in _STANDINGS}
    return {
        "currency": "USD",
        **{standing: _text(amount) for standing, amount in sums.items()},
        "lines": [_json(line) for line in lines],
        "excess_cost": excess,
        "deduction": _deduction(case, lines) if purpose == "deduction" else None,
    }


_STANDINGS: tuple[Standing, ...] = ("supported", "conditional", "unsupported", "unclear")


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount for line in lines if line.amount is not None), ZERO)


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _json(line: Line) -> dict[str, Json]:
    return {
        "report": line.report,
        "description": line.charge.description,
        "amount": None if line.amount is None else _text(line.amount),
        "service_date": line.day.isoformat() if line.day else None,
        "entry": line.entry.id if line.entry else None,
        "standing": line.standing,
        "letter": line.letter,
        "reason": line.reason,
    }


# The lines of a document


def _lines_of(case: _Case, place: int, facts: Facts) -> list[Line]:
    if all(bill.place != place for bill in bills(case.packet)):
        return _without_proof(case, place, facts) if facts.kind in _NO_PROOF else []
    mine = sorted((s for s in case.services if s.report == place), key=lambda s: (s.line, s.day or date.max))
    told = charges(facts, mine)
    account = next((n for n, other in enumerate(case.packet) if _accounts_for(other, facts)), None)
    if account is not None:
        return [_counted_already(place, told, account)]
    elsewhere = {case.again[key(s)] for s in mine if key(s) in case.again}
    if elsewhere and all(key(s) in case.again for s in mine):
        return [_counted_already(place, told, min(elsewhere))]
    foreign = next((str(e.value) for e in facts.stated("currency") if e.value != "USD"), None)
    if foreign:
        why = f"The receipt is in {foreign}, not in US dollars."
        return [Line(place, replace(c, amount=None), None, "unclear", None, why) for c in told]
    return [
        _counted_already(place, (c,), case.again[key(c.service)])
        if c.service and key(c.service) in case.again
        else _judged(case, place, facts, c)
        for c in told
    ]


_NO_PROOF: Mapping[str, str] = {
    "card_slip": "A proof of payment does not show what was bought.",
    "statement": "A statement of balances does not show what was done or bought.",
    "estimate": "It is an estimate: nothing was done or bought yet.",
}


def _without_proof(case: _Case, place: int, facts: Facts) -> list[Line]:
    """What a card slip, a statement or an estimate asks for, unless a receipt of the packet asks for the same."""
    amount = next((a for e in facts.stated("total", "amount_paid", "balance_due") if (a := as_money(e.value))), None)
    if amount is None:
        return []
    if any(amount in _asked(bill.facts) for bill in bills(case.packet)):
        return []
    if any(other.kind == facts.kind and amount in _asked(other) for other in case.packet[:place]):
        return []
    return [Line(place, Charge(None, None, amount, None), None, "unsupported", None, _NO_PROOF[facts.kind])]


def _asked(facts: Facts) -> set[Decimal]:
    """Every sum that a document asks for or says to be paid."""
    found = facts.stated("total", "amount_paid", "balance_due", "patient_responsibility", "subtotal")
    lines = [e.value.get("amount") for e in facts.stated("item") if isinstance(e.value, Mapping)]
    return {amount for text in (*(e.value for e in found), *lines) if (amount := as_money(text)) is not None}


def _counted_already(place: int, told: Sequence[Charge], first: int) -> Line:
    said = "; ".join(dict.fromkeys(c.description for c in told if c.description)) or None
    service = next((c.service for c in told if c.service), None)
    reason = f"Document {first + 1} charges the same; it is counted once."
    return Line(place, Charge(service, said, ZERO, None), None, "unsupported", None, reason)


def _accounts_for(account: Facts, bill: Facts) -> bool:
    """Whether an insurer's account is about a bill: the bill's days and one of its sums stand in it. The two seldom
    name one sender."""
    days = set(bill.service_days)
    both = account.kind == "eob" != bill.kind
    return both and bool(days) and days <= set(account.service_days) and bool(_asked(bill) & _asked(account))


def _again(packet: Sequence[Facts], found: Sequence[Service]) -> dict[Key, int]:
    """Lines that another document shows too, with the document in which they count.

    Of a bill and the insurer's account of it the account counts, as it shows the patient's share; of an invoice and the
    receipt for it, the receipt; of the same receipt twice, the first.
    """
    gone: dict[Key, int] = {}
    told = expenses(packet, found)
    copies = copied(told)
    for pair in sorted(pairs(told), key=lambda p: p.relation):
        first, second = found[pair.first], found[pair.second]
        accounts = [one for one in (first, second) if packet[one.report].kind == "eob"]
        if pair.relation == "copy" and len(accounts) == 1:
            drop = second if accounts[0] is first else first
        elif pair.relation == "copy":
            drop = first if pair.first in copies else second
        else:
            drop = second if first.report < second.report else first
        keep = first if drop is second else second
        if key(keep) not in gone:
            gone.setdefault(key(drop), keep.report)
    return gone


# How a line stands


def _judged(case: _Case, place: int, facts: Facts, charge: Charge) -> Line:
    """One line, by what it is; then by what the rules found about its receipt."""
    line = _by_itself(case, place, facts, charge)
    if line.standing in ("unsupported", "unclear"):
        return line
    if charge.doubt:
        return replace(line, standing="unclear", reason=charge.doubt)
    for finding in case.reports[place].findings:
        about = _about(case, finding)
        if finding.severity != "fatal" or about == "integrity" or _is_of_other_lines(case, finding, charge):
            continue
        if finding.outcome == "not_met" and about == "eligibility":
            return replace(line, standing="unsupported", reason=finding.message)
        if finding.outcome == "not_met" and line.standing == "supported":
            line = replace(line, standing="conditional", reason=f"The receipt is not in order yet. {finding.message}")
        elif finding.outcome == "uncertain" and line.standing == "supported":
            line = replace(line, standing="unclear", reason=f"The receipt is not clear. {finding.message}")
    return line


def _about(case: _Case, finding: Finding) -> str:
    return next((rule.about for rule in case.rules.rules if rule.id == finding.rule), "integrity")


def _is_of_other_lines(case: _Case, finding: Finding, charge: Charge) -> bool:
    """Whether a finding says nothing of this line: what lines are and when they were, this module asks of each by
    itself; what was paid ahead, only of the lines that say so."""
    rule = next((rule for rule in case.rules.rules if rule.id == finding.rule), None)
    if rule is None or rule.check not in _OF_LINES:
        return False
    ahead = getattr(rule.parameters, "prepaid", "")
    return not (ahead and re.search(ahead, charge.description or ""))


_OF_LINES = frozenset({
    "lines_avoid", "never_listed", "fits_definition", "only_of_classes", "not_entries", "service_days",
})  # fmt: skip
"""Checks of a whole receipt that ask what its lines are, or when they were."""

_Answer: TypeAlias = tuple[Standing, str, int | None]
"""A standing, the reason, and the letter's place."""


def _by_itself(case: _Case, place: int, facts: Facts, charge: Charge) -> Line:
    known = _entry_of(case, facts, charge)
    answer = _out_at_once(case, charge, known)
    if answer is None:
        held = _letters_for(case, place, facts, charge)
        answer = _by_entry(case, known, held) if known else _of_no_entry(charge, held)
    standing, reason, letter = answer
    return Line(place, charge, known, standing, letter, reason)


def _out_at_once(case: _Case, charge: Charge, known: Entry | None) -> _Answer | None:
    """What decides before any letter is looked at; None where nothing does."""
    if charge.amount is None:
        return "unclear", charge.doubt or "The receipt shows no amount for it.", None
    if not charge.amount and charge.service and charge.service.amount:
        return "unsupported", "Nothing is left to pay of it.", None
    out = _EXTRA.get(charge.item_class or "") or _out_of_time(case, charge) or _refused_by_plan(case, charge)
    if out:
        return "unsupported", out, None
    if case.purpose == "limited_purpose_fsa" and not (known and known.limited_purpose):
        return "unsupported" if known else "unclear", "A limited-purpose account is for dental and vision care.", None
    return None


def _by_entry(case: _Case, known: Entry, held: _Held) -> _Answer:
    if known.counts == "always":
        return "supported", f"By the IRS lists, this counts as medical care: {_cited(known)}.", None
    if known.counts == "never":
        if known.condition and known.letter == "sometimes" and held.covered:
            return "conditional", known.condition, held.letter
        because = known.condition or known.limit
        said = f"By the IRS lists, this does not count as medical care: {_cited(known)}."
        return "unsupported", f"{said} {because}".strip(), None
    if known.letter == "none":
        return "conditional", known.condition or known.limit, None
    return _by_letter(case, known, held)


_EXTRA: Mapping[str, str] = {
    "tip": "A tip is not part of the treatment.",
    "late_fee": "A late or payment fee is not part of the treatment.",
    "sign_up_fee": "A fee for joining is not part of the treatment.",
    "cancellation_fee": "A fee for a missed or ended visit is for no treatment.",
    "shipping": "Shipping is kept apart from the thing itself.",
    "warranty": "A warranty is not part of the treatment.",
    "prior_balance": "An earlier balance does not show what it is for.",
}


def _cited(known: Entry) -> str:
    """The entry with where it stands: "massage (IRS letters on exercise)"."""
    publication = known.citation.title.startswith("IRS Publication 502")
    where = f"Publication 502, “{known.heading}”" if publication and known.heading else known.citation.title
    return f"{known.title[:1].lower() + known.title[1:] if known.title[1:2].islower() else known.title} ({where})"


def _entry_of(case: _Case, facts: Facts, charge: Charge) -> Entry | None:
    if charge.item_class in _EXTRA:
        return None
    if charge.service and (thing := case.things.get(key(charge.service))):
        return thing.entry
    return entry_of(charge.description or "", charge.item_class, facts, purpose=case.purpose)


def _out_of_time(case: _Case, charge: Charge) -> str:
    """Why a day of the line lies outside the claim's bounds; "" where none does."""
    claim, days = case.claim, charge.service.days if charge.service else ()
    for day in days:
        if claim.plan_year and not claim.plan_year.start <= day <= claim.plan_year.end:
            return f"{wording.day(day)} lies outside the plan year."
        if case.purpose == "hsa" and claim.hsa_opened_on and day < claim.hsa_opened_on:
            return f"{wording.day(day)} is before the day on which the HSA was set up."
        if day > (claim.submitted_on or case.packet[0].as_of):
            return f"{wording.day(day)} is still to come."
    return ""


def _refused_by_plan(case: _Case, charge: Charge) -> str:
    """What a rule of the plan says of this class of lines; "" where none refuses it."""
    for rule in case.rules.rules:
        if rule.check in ("lines_avoid", "never_listed") and rule.severity == "fatal" and case.purpose in rule.purpose:
            classes = getattr(rule.parameters, "classes", ())
            if charge.item_class in classes and charge.item_class not in _IN_THE_LISTS:
                said = charge.description or "this"
                words = rule.messages.get("not_met", "").format_map(_Blank(value=wording.one_line(said)))
                return words.strip() or rule.title
    return ""


_IN_THE_LISTS = frozenset({"cosmetic", "clothing"})
"""Classes of which the entries know more than a class: what mends a deformity, special shoes."""


class _Blank(dict[str, str]):
    """Variables of a message, those that are not given empty."""

    def __missing__(self, key: str) -> str:
        return ""


# The letter for it


@dataclass(frozen=True)
class _Held:
    """What the letters say of a line. `covered` as in `Matched`; `named`: a letter names it, whatever its time."""

    covered: bool | None
    named: bool | None
    letter: int | None
    reason: str
    any: bool


def _told(case: _Case, place: int, charge: Charge) -> list[Matched]:
    """A line held against the letters, on each of its days."""
    found = case.held.get((place, charge.service.line), []) if charge.service else []
    days = charge.service.days if charge.service else ()
    return [one for one in found if one.best and (not days or one.day in days or one.day is None)]


def _letters_for(case: _Case, place: int, facts: Facts, charge: Charge) -> _Held:
    told = _told(case, place, charge)
    if not told:
        return _Held(False, False, None, "", any=False)
    worst = min(told, key=lambda t: {False: 0, None: 1, True: 2}[t.covered])
    best = worst.best
    assert best is not None  # noqa: S101 - `_told` leaves out what no letter was held against
    likeness = patients.held(best.letter.facts, facts, case.packet)
    if likeness.answer == "other":
        return _Held(
            False, best.named.holds, None, f"The letter is for another patient. {likeness.why}".strip(), any=True
        )
    covered = None if likeness.answer == "open" and worst.covered else worst.covered
    reason = likeness.why if covered is not worst.covered else worst.reason
    return _Held(covered, best.named.holds, best.letter.place, reason, any=True)


def _by_letter(case: _Case, known: Entry, held: _Held) -> _Answer:
    """The standing of what needs a letter."""
    needs = "It needs a prescription" if known.prescription else "It usually needs a letter"
    if not held.any:
        return "conditional", f"{needs}, and the packet holds none. {known.condition}".strip(), None
    if held.named is False:
        return "conditional", f"{needs} that names it. {held.reason}", None
    if held.covered is None or held.letter is None:
        return "unclear" if held.covered is None else "unsupported", held.reason, held.letter
    if held.covered is False:
        return "unsupported", held.reason, None
    place = held.letter
    if known.prescription and case.packet[place].kind != "prescription":
        lacking: tuple[Standing, str] | None = ("conditional", known.condition)
    elif case.packet[place].kind not in LETTERS:
        lacking = ("conditional", NOTE_ALONE)
    else:
        lacking = _lacking(case, place)
    return (
        *(lacking or ("supported", f"Document {place + 1} is a letter that names it. {held.reason}".strip())),
        place,
    )


def _lacking(case: _Case, place: int) -> tuple[Standing, str] | None:
    """What the letter itself still lacks; None where it is in order."""
    unclear: str | None = None
    for finding in case.reports[place].findings:
        if finding.severity != "fatal" or finding.outcome not in ("not_met", "uncertain"):
            continue
        if finding.outcome == "not_met":
            return "conditional", f"The letter is not in order yet. {finding.message}"
        unclear = unclear or f"The letter is not clear. {finding.message}"
    return ("unclear", unclear) if unclear else None


def _of_no_entry(charge: Charge, held: _Held) -> _Answer:
    if held.any and held.covered and held.named:
        return "conditional", "A letter names it, but no entry of Publication 502 fits it.", held.letter
    if not charge.description:
        return "unclear", charge.doubt or "The receipt does not say what was done or sold.", None
    if publication_502.stands_for_two(charge.description):
        return "unclear", "“PT” may be physical therapy or personal training, and nothing beside it says which.", None
    if charge.item_class == "unspecific":
        return "unclear", "The line does not say what was done or sold.", None
    return "unclear", "No entry of Publication 502 that docscan knows fits it.", None


def _no_more_than_ordered(case: _Case, lines: Sequence[Line]) -> list[Line]:
    """The lines, the last sessions of those that are more than their letter orders no longer supported.

    Where a letter states several frequencies it is not known which is for which line; then nothing is said here.
    """
    found = list(lines)
    for place in sorted({line.letter for line in lines if line.letter is not None}):
        ordered = [e.value for e in case.packet[place].stated("frequency") if isinstance(e.value, Mapping)]
        mine = [n for n, line in enumerate(lines) if line.letter == place and _is_session(line)]
        mine.sort(key=lambda n: (lines[n].day or date.max, n))
        days = [day for n in mine if (day := lines[n].day)]
        if len(ordered) != 1 or not days:
            continue
        told = next((t for t in _told(case, lines[mine[0]].report, lines[mine[0]].charge)), None)
        time = told.best.time if told and told.best else None
        for over in overruns(ordered[0], time, days) or ():
            beyond = [n for n in mine if over.holds(lines[n].day)][over.ordered :]
            for n in beyond:
                found[n] = replace(lines[n], standing="unsupported", reason=f"More than is ordered: {over.said}.")
    return found


def _is_session(line: Line) -> bool:
    service = line.charge.service
    return line.standing == "supported" and bool(
        service and service.item_class in SESSIONS and service.sessions == len(service.days) == 1
    )


# Where only a part of the price counts


def _excess(case: _Case, lines: Sequence[Line]) -> tuple[list[Line], list[dict[str, Json]]]:
    """The lines, those of which only a part counts split in two, and what is told of these."""
    special = [n for n, line in enumerate(lines) if line.entry and _only_excess(line.entry) and line.amount]
    special = [n for n in special if lines[n].standing in ("supported", "conditional")]
    ordinary = _ordinary(case.claim, lines, special)
    found: list[Line] = []
    told: list[dict[str, Json]] = []
    for n, line in enumerate(lines):
        if n not in special:
            found.append(line)
            continue
        price, below = line.amount or ZERO, ordinary[n]
        excess = None if below is None else max(price - below, ZERO)
        improvement = line.entry is not None and line.entry.capital == "improvement"
        reason = _excess_reason(improvement=improvement, known=below is not None)
        told.append({
            "line": len(found), "price": _text(price), "ordinary_cost": None if below is None else _text(below),
            "excess": None if excess is None else _text(excess), "reason": reason,
        })  # fmt: skip
        if excess is None:
            unclear = line.standing == "supported"
            found.append(replace(line, standing="unclear", reason=reason) if unclear else line)
            continue
        found.append(replace(line, charge=replace(line.charge, amount=excess), reason=f"{line.reason} {reason}"))
        if price > excess:
            rest = replace(line.charge, amount=price - excess)
            found.append(Line(line.report, rest, line.entry, "unsupported", None, reason))
    return found, told


def _only_excess(known: Entry) -> bool:
    return known.excess or known.capital == "improvement"


def _ordinary(claim: Claim, lines: Sequence[Line], special: Sequence[int]) -> dict[int, Decimal | None]:
    """For each such line what does not count: the claim's sum, shared out by price where several lines need it."""
    found: dict[int, Decimal | None] = dict.fromkeys(special)
    for improvement, given in ((False, claim.ordinary_cost), (True, claim.value_increase)):
        mine = [n for n in special if (entry := lines[n].entry) and (entry.capital == "improvement") == improvement]
        whole = as_money(given)
        if whole is None or whole < 0 or not mine:
            continue
        shares = parts_of(whole.quantize(CENT), [lines[n].amount or ZERO for n in mine])
        found |= dict(zip(mine, shares, strict=True))
    return found


def _excess_reason(*, improvement: bool, known: bool) -> str:
    if improvement:
        rule = "Of a home improvement only what is above the rise in the home's value may count"
        return f"{rule}." if known else f"{rule}, and the claim does not give that rise."
    rule = "Only what is above the price of the ordinary kind may count"
    return f"{rule}." if known else f"{rule}, and the claim does not give that price."


# The itemized deduction


def _deduction(case: _Case, lines: Sequence[Line]) -> dict[str, Json]:
    """What of the expenses is above the share of the income that does not count. For one tax year, the one in which
    most was paid; expenses of which no day is known count to it too."""
    claim = case.claim
    supported = [(line, _tax_year(case.packet[line.report], line)) for line in lines if line.standing == "supported"]
    by_year: dict[int, Decimal] = {}
    for line, its in supported:
        if its:
            by_year[its] = by_year.get(its, ZERO) + (line.amount or ZERO)
    year = max(by_year, key=lambda y: (by_year[y], y), default=None)
    left_out = sorted(set(by_year) - {year})
    expenses = _sum(line for line, its in supported if its in (None, year))
    found = dated_amounts.deduction_floor(year, from_65=bool(claim.from_65)) if year else None
    income = as_money(claim.income)
    floor = above = None
    if found and income is not None:
        floor = (max(income, ZERO) * found.value / 100).quantize(CENT)
        above = max(expenses - floor, ZERO)
    return {
        "income": None if income is None else _text(income),
        "percent": str(found.value) if found else None,
        "floor": None if floor is None else _text(floor),
        "expenses": _text(expenses),
        "above_floor": None if above is None else _text(above),
        "tax_year": year,
        "reason": _reckoned(year, found, income, left_out, claim),
    }


def _tax_year(facts: Facts, line: Line) -> int | None:
    """The year in which it was paid, else done; also of a day that can be read in two ways, if both are of one year."""
    paid = [day for day, _ in facts.dates("payment_date")]
    if paid or line.day:
        return (paid[0] if paid else line.day or paid[0]).year
    open_ = [str(r) for e in facts.mentioned("payment_date", "service_date") for r in (e.value, *e.readings) if r]
    years = {text[:4] for text in open_ if text[:4].isdigit()}
    return int(years.pop()) if len(years) == 1 else None


def _reckoned(
    year: int | None, floor: dated_amounts.Amount | None, income: Decimal | None, left_out: Sequence[int], claim: Claim
) -> str:
    if year is None:
        return "No receipt that the documents support has a day, so the tax year is not known."
    said = []
    if floor is None:
        said.append(f"docscan does not know the share of the income for {year}.")
    else:
        said.append(f"For {year}, medical expenses count only above {floor.value} percent of the income.")
        lower = dated_amounts.deduction_floor(year, from_65=True)
        if lower and lower != floor and claim.from_65 is None:
            said.append(f"From the age of 65 on it was {lower.value} percent.")
        if not floor.citation.verified:
            said.append("This was not checked against the IRS's own text.")
    if income is None:
        said.append("The claim does not give the income.")
    if left_out:
        years = wording.listed(str(one) for one in left_out)
        said.append(f"Receipts of {years} belong to another tax year and are left out.")
    return " ".join(said)
