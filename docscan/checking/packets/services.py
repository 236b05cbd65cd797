"""What was done or sold, line by line: one entry for each line of a receipt, or for each session of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from docscan.checking.checks.receipts import as_money, cost_of, times
from docscan.checking.facts import Facts, as_date, class_of, once_a_packet
from docscan.checking.packets.documents import RECORDS, letters, receipts
from docscan.checking.packets.repeats import Expense, copied
from docscan.document import Extraction, Json
from docscan.reference import item_classes, procedure_codes
from docscan.reference.goods import diets

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
    clue: str | None = None
    """What it probably is, where its own words do not say: by a code, the merchant's name, a credential."""
    sold_by: str = ""
    """The names of who gave or sold it, and the diet that most lines beside it are for."""

    @property
    def kind(self) -> str | None:
        """The class of what was done or sold, as far as that can be told."""
        open_ = (None, "unspecific", "other", "medical_visit")
        return self.clue if self.clue and self.item_class in open_ else self.item_class

    @property
    def day(self) -> date | None:
        """The first day; None where the receipt states none."""
        return self.days[0] if self.days else None

    @property
    def extra(self) -> bool:
        """It only comes with a service: a tip, a fee, shipping, a tax, what is taken off."""
        return self.item_class in EXTRAS or bool(_COMES_WITH.search(self.description or ""))

    @property
    def refund(self) -> bool:
        return self.amount is not None and self.amount < 0

    @cached_property
    def sessions(self) -> int:
        """How many sessions it stands for: as many as its days, or as it counts ("10-session package")."""
        counted = 1
        if self.quantity and self.quantity == int(self.quantity) and not self.code:  # a code's units are minutes
            counted = int(self.quantity)
        if counted == 1 and (match := _PACKAGE.search(self.description or "")):
            counted = int(match["a"] or match["b"])
        return max(len(self.days), counted, 1)


_COMES_WITH = re.compile(
    r"^\W*(?:[a-z0-9%.$-]+\s+){0,3}(?:discount|coupon|promo(?:tion)?(?:\s+code)?|(?:sales|state|city|county)\s+tax(?:es)?"
    r"|surcharge|(?:processing|handling|booking|admin(?:istrative|istration)?|convenience|card|delivery)\s+"
    r"(?:fee|charge)s?|(?:home|local|standard|express|curbside|free)\s+delivery)(?:\W+[\d.%$]*)*$"
    r"|^\W*(?:tax(?:es)?|delivery|shipping|handling|gratuity)(?:\W+[\d.%$]*)*$",
    re.IGNORECASE,
)
"""A whole line that is none of the things sold: "Package discount", "Sales tax 5.5%", "Delivery"."""

_PACKAGE = re.compile(
    r"\b(?P<a>\d{1,3})(?:\s*[x×]\s*|[\s-]+)(?:[a-z]+\s+){0,2}(?:sessions?|visits?|class(?:es)?|treatments?|lessons?"
    r"|pack(?:age)?|appointments?)\b|\b(?:pack(?:age)?|series|bundle)\s+of\s+(?P<b>\d{1,3})\b",
    re.IGNORECASE,
)  # fmt: skip


@once_a_packet
def services(packet: Sequence[Facts]) -> tuple[Service, ...]:
    """Every service and sale of the packet, once, by day, those without a day last.

    What a second document only shows again (the receipt for an invoice, the insurer's statement on a visit, a trainer's
    record of a session that is billed) is left out.
    """
    found = shown(packet)
    gone = copied(expenses(packet, found))
    return tuple(s for place, s in enumerate(found) if place not in gone)


@once_a_packet
def shown(packet: Sequence[Facts]) -> tuple[Service, ...]:
    """Every service and sale that a receipt shows, by day, those without a day last; a record's where no receipt has
    that day."""
    asked = {class_of(e) for letter in letters(packet) for e in letter.treatments}
    found = _by_records([s for r in receipts(packet) for s in of_receipt(r.facts, r.place)], asked)
    found = _by_bills(found, packet)
    billed = {day for s in found if not s.record and not s.extra for day in s.days}
    kept = [s for s in found if not s.record or not s.days or not billed.issuperset(s.days)]
    return tuple(sorted(kept, key=_order))


def _by_records(found: Sequence[Service], asked: Collection[str | None]) -> list[Service]:
    """The services, what a bill does not say of them ("4 sessions") told by the record that has the same days, where a
    letter asks for that."""
    told = {day: s.clue for s in found if s.record and s.clue in asked for day in s.days}
    return [
        replace(s, clue=clue)
        if told and s.clue is None and not s.record and s.days and (clue := told.get(s.days[0])) else s
        for s in found
    ]  # fmt: skip


def _by_bills(found: Sequence[Service], packet: Sequence[Facts]) -> list[Service]:
    """The services, what an insurer's account does not say of them told by the bill of the same day, where only one
    thing is billed for that day."""
    billed: dict[date, list[Service]] = {}
    for s in found:
        for day in s.days if packet[s.report].kind != "eob" and s.description and not s.extra and not s.record else ():
            billed.setdefault(day, []).append(s)
    return [
        replace(s, description=same[0].description, item_class=same[0].item_class, clue=same[0].clue)
        if packet[s.report].kind == "eob" and not s.description
        and (same := billed.get(s.days[0] if s.days else date.max, []))
        and len({one.description for one in same}) == 1
        else s
        for s in found
    ]  # fmt: skip


def _order(service: Service) -> tuple[date, int, int]:
    return (service.day or (service.span[0] if service.span else date.max), service.report, service.line)


def expenses(packet: Sequence[Facts], found: Sequence[Service]) -> list[Expense]:
    """The same services, as what is claimed twice is looked for among them."""
    alone = Counter(s.report for s in found)
    heads = {place: _head(packet[place]) for place in alone}
    return [
        replace(
            heads[s.report],
            document=s.report,
            day=s.day,
            amount=s.amount,
            item=s.description,
            alone=alone[s.report] == 1,
        )
        for s in found
    ]


def _head(facts: Facts) -> Expense:
    """What all lines of a document share."""

    def first(name: str) -> str | None:
        return next((str(e.value) for e in facts.stated(name)), None)

    return Expense(
        document="",
        kind=facts.kind,
        provider=_issuers(facts),
        day=None,
        amount=None,
        item=None,
        number=first("invoice_number"),
        file=facts.file or None,
        paid=paid(facts),
        patient=first("patient_name"),
        share=as_money(first("patient_responsibility")),
    )


def _issuers(facts: Facts) -> str | None:
    names = [str(e.value) for e in facts.stated("merchant_name", "practice_name", "provider_name", "trainer_name")]
    return " / ".join(dict.fromkeys(names)) or None


def sold_by(facts: Facts) -> str:
    """Who gave or sold what a document shows, and the diet that at least half of its lines are for ("gluten free")."""
    lines = [str(e.value.get("description") or "") for e in facts.stated("item") if isinstance(e.value, Mapping)]
    told = Counter(diet for words in lines for diet in diets(words))
    return " / ".join(filter(None, (_issuers(facts), *(diet for diet, n in told.items() if 2 * n >= len(lines)))))


def paid(facts: Facts) -> bool | None:
    """Whether a bill shows that it was paid, or that it is due; None where it shows neither."""
    if any(as_money(e.value) for e in facts.stated("balance_due")) and not facts.stated("amount_paid"):
        return False
    if facts.stated("amount_paid", "payment_date", "payment_method"):
        return True
    return False if facts.stated("due_date") else None


def of_receipt(facts: Facts, place: int) -> Iterator[Service]:
    """The services of one document."""
    lines = sorted((e for e in facts.stated("item") if isinstance(e.value, Mapping)), key=_place)
    lines = [again for line, count in zip(lines, _counted(facts, lines), strict=True) for again in [line] * count]
    days, span, dated = _days_of(facts)
    record, seller = facts.kind in RECORDS, sold_by(facts)
    own = {day for e in lines if (day := as_date(e.value.get("service_date")))}
    clue = _clue(facts)
    printed = _days_in(lines, dated)
    own.update(day for days_ in printed for day in days_)
    for number, line in enumerate(lines):
        one = replace(_of_line(line, place, number, record=record, clue=clue), sold_by=seller)
        if len(listed := tuple(sorted({*one.days, *printed[number]}))) > 1:
            one = replace(one, days=listed)
        if one.days and len(days) > 1 and one.sessions == len(days) and set(one.days) <= set(days):
            yield from _parted(replace(one, days=days, sources=(line, *dated)))  # "8 visits", and eight days
        elif one.days or one.span:
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
        said = "Session in the trainer's record" if record else None
        yield from _parted(Service(place, -1, days, span, said, _whole(facts), _only_class(facts), None, None, dated,
                                   record=record, clue=clue))  # fmt: skip


def _counted(facts: Facts, lines: Sequence[Extraction]) -> list[int]:
    """How often each line counts: as often as it is printed, but where the total counts each once, as where the bill is
    there in two copies."""
    totals = {as_money(e.value) for e in facts.stated("total", "subtotal")}
    once = sum((as_money(e.value.get("amount")) or Decimal(0) for e in lines), Decimal(0))
    twice = once in totals and cost_of(lines) not in totals
    return [1 if twice else times(line) for line in lines]


def _days_in(lines: Sequence[Extraction], dated: Sequence[Extraction]) -> list[set[date]]:
    """The days that each line's own words list: "coaching  3/9, 3/11, 3/13  3  42.00"."""
    found: list[set[date]] = [set() for _ in lines]
    spans = [
        (number, place.page, place.start, place.end)
        for number, line in enumerate(lines)
        for place in line.evidence
        if place.start is not None and place.end is not None
    ]
    for extraction in dated:
        day = as_date(extraction.value)
        for place in extraction.evidence:
            for number, page, start, end in spans:
                if day and place.start is not None and page == place.page and start <= place.start < end:
                    found[number].add(day)
    return found


def _place(line: Extraction) -> tuple[int, int]:
    """Where a line stands: in the order of the page."""
    return min(((e.page, e.start or 0) for e in line.evidence), default=(0, 0))


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


def _of_line(line: Extraction, place: int, number: int, *, record: bool, clue: str | None) -> Service:
    value: Mapping[str, Json] = line.value
    words = str(value.get("description") or "")
    words = "" if _ADDRESS.search(words) else words
    day = as_date(value.get("service_date"))
    code = value.get("code")
    return Service(
        report=place,
        line=number,
        days=(day,) if day else (),
        span=_span(value),
        description=words or None,
        amount=as_money(value.get("amount")),
        item_class=class_of(line),
        quantity=_number(value.get("quantity")),
        code=str(code) if code else None,
        sources=(line,),
        record=record,
        clue=_class_of_code(code)
        or ("training" if _TRAINING.search(words) else None)
        or (clue if not words or _A_SERVICE.search(words) else None),
    )


_ADDRESS = re.compile(
    r"^\s*(?:\d|P\.?\s?O\.?\s+Box\b).*\b(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Dr|Drive|Ln|Lane|Way|P[kw]+y|Hwy|Ct|Pl|Box"
    r"|Su?i?te|Bldg)\b.*\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\s*$"
)
"""What stands above the lines and is none: it says nothing of what was sold."""


def _class_of_code(code: Json) -> str | None:
    told = procedure_codes.service_class(str(code)) if code else None
    return _OF_CODE.get(told or "")


_OF_CODE = {
    "massage": "massage", "nutrition": "nutrition", "acupuncture": "acupuncture", "chiropractic": "chiropractic",
    "exercise_class": "exercise_class", "weight_loss": "weight_loss", "mental_health": "mental_health",
    "office_visit": "medical_visit", "manual_therapy": "physical_therapy", "exercise": "physical_therapy",
    "therapy_evaluation": "physical_therapy", "therapy_other": "physical_therapy",
}  # fmt: skip


_A_SERVICE = re.compile(
    r"\b(?:sessions?|visits?|app(?:oin)?t(?:ment)?s?|class(?:es)?|lessons?|hours?|hrs?|min(?:ute)?s?|pack(?:age)?s?"
    r"|services?|treatments?|therapy|training|consult\w*|tx|svc)\b", re.IGNORECASE,
)  # fmt: skip

_TRAINING = re.compile(
    r"\b(?:pers(?:onal|\.)?|strength|private|fitness)\W+train(?:ing|er)\b|^\W*trainer\b", re.IGNORECASE
)

_CREDENTIAL_OF = {
    "LMT": "massage", "LAC": "acupuncture", "DC": "chiropractic", "DPT": "physical_therapy", "PT": "physical_therapy",
    "PTA": "physical_therapy", "RD": "nutrition", "RDN": "nutrition", "LCSW": "mental_health", "LPC": "mental_health",
    "LMFT": "mental_health",
}  # fmt: skip


def _clue(facts: Facts) -> str | None:
    """What is given in sessions where the receipt comes from; None where it does not tell, or tells of several."""
    merchants = facts.stated("merchant_name", "practice_name")
    named = {c for e in merchants if (c := item_classes.classify(str(e.value))) in SESSIONS}
    if not named:
        held = [str(e.value).upper() for e in facts.stated("provider_credential")]
        named = {_CREDENTIAL_OF[c] for text in held for c in re.split(r"[,;/ ]+", text) if c in _CREDENTIAL_OF}
    if not named and facts.stated("trainer_name", "trainer_credential"):
        named = {"training"}
    if not named and merchants and _GYM.search(str(merchants[0].value)):
        named = {"training"}
    return next(iter(named)) if len(named) == 1 else None


_GYM = re.compile(r"\b(?:personal training|strength|fitness coach\w*|athletic training|crossfit)\b", re.IGNORECASE)


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
