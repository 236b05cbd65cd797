"""What was done or sold, line by line: one entry for each line of a receipt, or for each session of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from docscan.checking.checks.receipts import as_money
from docscan.checking.facts import Facts, as_date, class_of
from docscan.checking.packets.documents import RECORDS, receipts
from docscan.document import Extraction, Json
from docscan.reference import procedure_codes

EXTRAS = frozenset({
    "tip", "late_fee", "sign_up_fee", "cancellation_fee", "shipping", "warranty", "prior_balance",
})  # fmt: skip
"""Classes of lines that are no service and no thing, but come with one."""

SESSIONS = frozenset({
    "training", "exercise_class", "massage", "physical_therapy", "chiropractic", "acupuncture", "nutrition",
    "mental_health", "weight_loss",
})  # fmt: skip
"""Classes of services that are given in sessions."""

_MOST_SPLIT = 400  # sessions of one line: more than one a day over a year is a number misread


@dataclass(frozen=True)
class Service:
    """A session, a sale, or a line that is several of them.

    `report` counts the packet's documents from 0, `line` the lines of that receipt; -1 where the receipt has dates but
    no line. `days`: when it was, in order; several where a line tells of several sessions that cannot be parted;
    empty where the receipt does not say. `span`: first and last day of a range printed as one ("March 1 to 31").
    `amount`: US dollars, negative for a refund. `sessions`: how many sessions it stands for, where that is known.
    `record`: it stands in a trainer's record, not on a receipt.
    """

    report: int
    line: int
    days: tuple[date, ...]
    span: tuple[date, date] | None
    description: str | None
    amount: Decimal | None
    item_class: str | None
    quantity: Decimal | None
    code: str | None
    sources: tuple[Extraction, ...]
    record: bool = False

    @property
    def day(self) -> date | None:
        """The first day; None where the receipt states none."""
        return self.days[0] if self.days else None

    @property
    def extra(self) -> bool:
        """It only comes with a service: a tip, a fee, shipping."""
        return self.item_class in EXTRAS

    @property
    def refund(self) -> bool:
        return self.amount is not None and self.amount < 0

    @cached_property
    def sessions(self) -> int:
        """How many sessions it stands for: as many as its days, or as it counts ("10 sessions")."""
        counted = int(self.quantity) if self.quantity and self.quantity == int(self.quantity) else 1
        return max(len(self.days), counted, 1)


def services(packet: Sequence[Facts]) -> tuple[Service, ...]:
    """Every service and sale of the packet's receipts and records, by day, those without a day last.

    A line without a day of its own has the receipt's. A session that a trainer's record tells again is left out where
    a receipt has it on the same day.
    """
    found = [s for receipt in receipts(packet) for s in of_receipt(receipt.facts, receipt.place)]
    billed = {day for s in found if not s.record and not s.extra for day in s.days}
    kept = [s for s in found if not s.record or not s.days or not billed.issuperset(s.days)]
    return tuple(sorted(kept, key=_order))


def _order(service: Service) -> tuple[date, int, int]:
    return (service.day or date.max, service.report, service.line)


def of_receipt(facts: Facts, place: int) -> Iterator[Service]:
    """The services of one document."""
    lines = [e for e in facts.stated("item") if isinstance(e.value, Mapping)]
    days, span, dated = _days_of(facts)
    record = facts.kind in RECORDS
    own = {day for e in lines if (day := as_date(e.value.get("service_date")))}
    for number, line in enumerate(lines):
        one = _of_line(line, place, number, record=record)
        if one.days or one.span:
            yield from _parted(one)
        elif own and not one.extra and len(days) > len(own):
            # Other lines have days of their own; what is left belongs to the lines without.
            left = tuple(day for day in days if day not in own)
            yield from _parted(replace(one, days=left, span=span, sources=(line, *dated)))
        elif own and not days:
            yield one
        else:
            yield from _parted(replace(one, days=days, span=span, sources=(line, *dated)))
    if not lines and (days or span):
        yield from _parted(Service(place, -1, days, span, None, _whole(facts), _only_class(facts), None, None, dated,
                                   record=record))  # fmt: skip


def _days_of(facts: Facts) -> tuple[tuple[date, ...], tuple[date, date] | None, tuple[Extraction, ...]]:
    """The days of the document as a whole."""
    dates = facts.dates("service_date")
    if dates:
        ordered = sorted(dates, key=lambda d: d[0])
        return tuple(dict.fromkeys(day for day, _ in ordered)), None, tuple(e for _, e in ordered)
    for extraction in facts.stated("service_period"):
        if span := _span(extraction.value):
            return (), span, (extraction,)
    return (), None, ()


def _span(value: Json) -> tuple[date, date] | None:
    if not isinstance(value, Mapping):
        return None
    first, last = as_date(value.get("start")), as_date(value.get("end"))
    return (first, last) if first and last and first <= last else None


def _of_line(line: Extraction, place: int, number: int, *, record: bool) -> Service:
    value: Mapping[str, Json] = line.value
    day = as_date(value.get("service_date"))
    code = value.get("code")
    return Service(
        report=place,
        line=number,
        days=(day,) if day else (),
        span=_span(value),
        description=str(value["description"]) if value.get("description") else None,
        amount=as_money(value.get("amount")),
        item_class=class_of(line) or _class_of_code(code),
        quantity=_number(value.get("quantity")),
        code=str(code) if code else None,
        sources=(line,),
        record=record,
    )


def _class_of_code(code: Json) -> str | None:
    told = procedure_codes.service_class(str(code)) if code else None
    return _OF_CODE.get(told or "")


_OF_CODE = {
    "massage": "massage", "nutrition": "nutrition", "acupuncture": "acupuncture", "chiropractic": "chiropractic",
    "exercise_class": "exercise_class", "weight_loss": "weight_loss", "mental_health": "mental_health",
    "office_visit": "medical_visit", "manual_therapy": "physical_therapy", "exercise": "physical_therapy",
    "therapy_evaluation": "physical_therapy", "therapy_other": "physical_therapy",
}  # fmt: skip


def _number(value: Json) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    number = as_money(str(value))
    return number if number is not None and number > 0 else None


def _parted(service: Service) -> Iterator[Service]:
    """A line of several days as one entry a day, where its amount can be divided by them to the cent."""
    count = len(service.days)
    amount = service.amount
    if count < 2 or count > _MOST_SPLIT or (amount is not None and (amount * 100) % count):
        yield service
        return
    each = None if amount is None else amount / count
    for day in service.days:
        yield replace(service, days=(day,), amount=each, quantity=None)


def _whole(facts: Facts) -> Decimal | None:
    """What a receipt without lines charges."""
    for extraction in facts.stated("total", "amount_paid"):
        if (amount := as_money(extraction.value)) is not None:
            return amount
    return None


def _only_class(facts: Facts) -> str | None:
    classes = facts.classes
    return next(iter(classes)) if len(classes) == 1 else None
