"""What a bill comes to: total, subtotal, tax, payments, what insurance paid, what remains.

Labels say what an amount is; arithmetic says whether it can be so. A total that its items, tax and discounts add up
to, or that cash less change gives, is surer than its label alone; where a digit is doubtful, the reading that adds up
is the value and the printed one stays among the readings; where nothing decides, there is no value.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Final

from docscan.document import Extraction
from docscan.extraction.bills.billing import is_billed
from docscan.extraction.bills.figures import STRONG, Figure, Sheet, sheet_of
from docscan.extraction.bills.foot import foot_of
from docscan.extraction.bills.items import items_of
from docscan.extraction.bills.labels import Role, meaning_of
from docscan.extraction.bills.lines import PricedLine
from docscan.extraction.bills.money import currency_of, other_readings, said
from docscan.extraction.bills.paid import Paid, paid_without_label
from docscan.extraction.bills.plain import product_of
from docscan.extraction.bills.told import settled, unpaid_by_plan

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_REPORTED: Final[dict[Role, str]] = {
    "subtotal": "subtotal",
    "tax": "tax",
    "tip": "tip",
    "discount": "discount",
    "shipping": "shipping",
    "insurance_paid": "insurance_paid",
    "patient_responsibility": "patient_responsibility",
    "amount_paid": "amount_paid",
    "balance_due": "balance_due",
    "refund": "refund",
}
_ADDED: Final[tuple[Role, ...]] = ("tax", "service_charge", "tip", "shipping")
_PAYING: Final[tuple[Role, ...]] = ("card", "amount_paid", "tendered")
_AFTER: Final[tuple[Role, ...]] = ("tendered", "change")
_MOST = 4  # different amounts of one role that the arithmetic tries
_CENT = 1


@dataclass(frozen=True, slots=True)
class Total:
    """The total in cents, None where nothing decides between the readings, and why it is believed."""

    cents: int | None
    figure: Figure | None
    span: tuple[int, int]
    sure: float
    readings: tuple[int, ...] = ()
    adds_up: bool = False


def sums(text: AnnotatedText) -> Iterator[Extraction]:
    """All labelled amounts of a document about money, and its currency."""
    if not is_billed(text):
        return
    sheet = sheet_of(text)
    total = total_of(text)
    if total is not None:
        yield text.extraction(
            "total",
            said(total.cents) if total.cents is not None else None,
            *total.span,
            found_by="totals",
            strength=total.sure,
            readings=[said(cents) for cents in total.readings if cents != total.cents],
        )
    yield from _labelled(text, _in_plan_terms(text), total)
    currency = currency_of(text.text, tuple(a for row in sheet.amounts for a in row))
    if currency is not None:
        code, amount, sure = currency
        yield text.extraction("currency", code, amount.start, amount.end, found_by="totals", strength=sure)


def _labelled(text: AnnotatedText, figures: Sequence[Figure], total: Total | None) -> Iterator[Extraction]:
    for role, name in _REPORTED.items():
        for figure in _chosen(role, [f for f in figures if f.role == role], total):
            if figure.cents or role != "discount":
                yield _extraction(text, name, figure, total)
    if not any(f.role == "refund" for f in figures):
        for item in items_of(text):
            if item.gives_back:
                span = item.amount.start, item.amount.end
                yield text.extraction("refund", said(-item.cents), *span, found_by="totals", strength=0.8)
    if not any(f.role == "amount_paid" for f in figures):
        yield from list(_by_check(text)) or list(_paid(text, figures, total)) or _said_paid(text, figures, total)
    yield from _of_one_line(text, figures)
    by_plan = text.kind[0] != "eob" or any(f.role == "insurance_paid" for f in figures)
    if not by_plan and (unpaid := unpaid_by_plan(text)) is not None:
        yield text.extraction("insurance_paid", "0.00", *unpaid, found_by="totals", strength=0.8)
    if (nothing := settled(text)) is not None and not any(f.role == "balance_due" for f in figures):
        yield text.extraction("balance_due", "0.00", *nothing, found_by="totals", strength=0.8)


def _in_plan_terms(text: AnnotatedText) -> list[Figure]:
    """What an insurer took off counts as its payment only where no payment of its own is printed."""
    figures = [f for f in foot_of(text).figures if f.sure >= STRONG]
    figures = [_entered(text, f) for f in figures]
    figures = list(_owed(text, _with_copays_paid(text, _sold(text, figures))))
    if any(_is_entry(text, f) and f.role == "amount_paid" for f in figures):  # what each payment was, not their sum
        figures = [f for f in figures if f.role != "amount_paid" or f.place != "column"]
    figures = _of_the_row_of_the_total(text, figures)
    planned = any(f.role == "insurance_paid" for f in figures)
    if text.kind[0] != "estimate":
        figures = [f for f in figures if f.role != "insurance_paid" or not _EXPECTED.search(_row_words(text, f))]
    if text.kind[0] == "eob" and not any(f.role == "insurance_paid" for f in figures):
        figures = [_by_the_plan(text, f, figures) for f in figures]
    if text.kind[0] == "eob":
        figures = [f for f in figures if not _paid_by_plan_again(text, f, figures)]
        figures = list(_without_parts(figures))
    for role in ("adjustment", "discount") if text.kind[0] == "eob" else ("adjustment",):
        if not planned and not any(f.role == "insurance_paid" for f in figures):
            figures += [replace(f, role="insurance_paid") for f in figures if f.role == role]
    return figures


def _without_parts(figures: Sequence[Figure]) -> Iterator[Figure]:
    """What a plan paid of each service is not told again beside what it paid of all."""
    for role in ("insurance_paid", "patient_responsibility"):
        cents = {f.row: f.cents for f in figures if f.role == role}
        whole = next((c for c in cents.values() if c and 2 * c == sum(cents.values()) and len(cents) > 2), None)
        if whole is not None:
            figures = [f for f in figures if f.role != role or f.cents == whole]
    yield from figures


def _is_entry(text: AnnotatedText, figure: Figure) -> bool:
    """An entry of a ledger that keeps a running balance: its row opens with a day."""
    sheet = sheet_of(text)
    header, row = sheet.header_above(figure.row), sheet.rows[figure.row]
    running = header is not None and header.has("balance") and header.has("date")
    return running and figure.place == "left" and len(row.cells) > 2 and bool(_OPENS_WITH_DAY.match(row.text))


_OPENS_WITH_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|[A-Z][a-z]{2,8}\.? \d{1,2}\b")


def _entered(text: AnnotatedText, figure: Figure) -> Figure:
    """A payment that a ledger enters was made, by whatever means; by the insurer where it names the one that the bill
    says covers the patient."""
    if figure.role not in _PAYING or figure.place == "column":
        return figure
    words = text.text[slice(*figure.label)]
    insured = any(name in words.lower() for name in _insurers(text)) and not _OWN.search(words)
    if insured:
        return replace(figure, role="insurance_paid")
    return replace(figure, role="amount_paid") if _is_entry(text, figure) else figure


def _insurers(text: AnnotatedText) -> tuple[str, ...]:
    """The first words of the names of plans that a bill says cover the patient, or that took something off its
    charges, in lower case."""

    def named() -> tuple[str, ...]:
        found = [match["name"] for pattern in (_COVERED_BY, *_TOOK_OFF) for match in pattern.finditer(text.text)]
        return tuple({name.lower() for name in found if not _OWN.search(name) and not _NO_PLAN.search(name)})

    return text.once("insurers", named)


_PLAN = r"(?P<name>[A-Z][\w&'’-]+ [A-Z][\w&'’-]+)"
_COVERED_BY = re.compile(
    r"\b(?i:(?:primary |secondary )?(?:coverage|insurance|payer|carrier|insurer|health plan|ins|third party|ins plan)"
    r"(?: billed| name| company)?)"
    rf"\s*[:\t]\s*{_PLAN}"
)
_ADJUSTED = (
    r"(?i:(?:contract(?:ual)?|network|allowance) (?:adjustments?|adj|allowance|write-?off)|"
    r"contractual|adjustments?|adj\.?|write-?off)"
)
_TOOK_OFF: Final = (
    re.compile(rf"\b{_ADJUSTED}\s*(?:[-–:,(]|by|from|per)\s*{_PLAN}"),
    re.compile(rf"(?:^|(?<=[\n\t]))[ ]*{_PLAN}(?: [A-Z][\w&'’-]+){{0,3}} {_ADJUSTED}\b", re.MULTILINE),
)
"""Whose contract a bill's charges are taken down by: "Contract adjustment - Volunteer Shield"."""
_OWN = re.compile(
    r"\b(?:patient|pt|client|member|self|guarantor|visa|master ?card|mc|amex|discover|hsa|fsa|cash|che(?:ck|que)|card|"
    r"portal|co-?pay)\b",
    re.IGNORECASE,
)
_NO_PLAN = re.compile(
    r"\b(?:courtesy|family|senior|prompt|self-?pay|hardship|charity|employee|manual|professional|contract(?:ual)?|network|"
    r"insurance|balance|account|small|fee|price|billing|spinal|chiropractic|extra\w*|sales)\b",
    re.IGNORECASE,
)
"""What a practice takes off of itself, or does."""


def _of_the_row_of_the_total(text: AnnotatedText, figures: list[Figure]) -> list[Figure]:
    """Of a plan's notice about several claims, what the row of its total says, not what those of each claim say."""
    total = total_of(text) if text.kind[0] == "eob" else None
    if total is None or total.figure is None:
        return figures
    row = total.figure.row
    beside = {f.role for f in figures if f.row == row and f.place == "column"}
    return [f for f in figures if f.row == row or f.place != "column" or f.role not in beside]


def _sold(text: AnnotatedText, figures: Sequence[Figure]) -> Sequence[Figure]:
    """A terminal's "SALE" is what a card was charged where it is what the insurer left of the total."""
    by_plan = sum({f.cents for f in figures if f.role in ("insurance_paid", "adjustment")})
    rests = {f.cents - by_plan for f in figures if f.role in ("total", "subtotal")} if by_plan else set()
    return [
        replace(f, role="card", sure=0.8)
        if f.role == "total" and f.cents in rests and _SALE.match(text.text[slice(*f.label)])
        else f
        for f in figures
    ]


_SALE = re.compile(r"\W*(?:sale|purchase|charged|approved)\b", re.IGNORECASE)


def _with_copays_paid(text: AnnotatedText, figures: Sequence[Figure]) -> Sequence[Figure]:
    """A copay without which the balance would be greater was collected, whether or not a word says so."""
    if text.kind[0] == "eob" or any(f.role == "amount_paid" for f in figures):
        return figures
    by_plan = sum({f.cents for f in figures if f.role in ("insurance_paid", "adjustment", "discount")})
    totals = {f.cents for f in figures if f.role in ("total", "subtotal")}
    left = {f.cents for f in figures if f.role == "balance_due" or (_is_balance(text, f))}
    return [
        replace(f, role="amount_paid")
        if f.role == "patient_responsibility"
        and _COPAY.search(text.text[slice(*f.label)])
        and f.cents
        and any(abs(total - by_plan - f.cents - owed) <= _CENT for total in totals for owed in left if owed != f.cents)
        else f
        for f in figures
    ]


_COPAY = re.compile(r"\bco-?(?:pay|insurance)", re.IGNORECASE)


def _is_balance(text: AnnotatedText, figure: Figure) -> bool:
    """ "Patient balance due": what the patient still owes."""
    label = text.text[slice(*figure.label)]
    return figure.role == "patient_responsibility" and bool(re.search(r"\bbal(?:ance)?\b", label, re.IGNORECASE))


def _owed(text: AnnotatedText, figures: Sequence[Figure]) -> Iterator[Figure]:
    """ "You owe": on an insurer's notice the patient's share; elsewhere, and where it is "still", what is left.

    A patient's balance is what is left, and the patient's share besides where nobody paid any of that.
    """
    unpaid = not any(f.role in ("amount_paid", "card", "tendered") and f.cents for f in figures)
    shared = any(f.role == "patient_responsibility" and not _is_balance(text, f) for f in figures)
    paid = [f for f in figures if f.role in ("amount_paid", "card", "tendered") and f.cents]
    for one in figures:
        figure, label = one, text.text[slice(*one.label)]
        if text.kind[0] != "eob" and _is_balance(text, figure):
            yield replace(figure, role="balance_due")
            if unpaid and not shared and any(f.role == "insurance_paid" for f in figures):
                yield figure
            continue
        if text.kind[0] == "eob" and figure.role == "balance_due" and _OWES.search(label):
            figure = replace(figure, role="patient_responsibility")
        still = re.search(r"\bstill\b|\bnow owe", label, re.IGNORECASE) or text.kind[0] != "eob"
        still = bool(still or re.search(r"\bbal(?:ance)?\b", label, re.IGNORECASE))
        owed_before = any(
            f.role == "balance_due" and f.row > figure.row and any(figure.row < p.row <= f.row for p in paid)
            for f in figures
        )  # what was owed before it was paid, and what is left after it
        if figure.role == "patient_responsibility" and still and not owed_before and _OWES.search(label):
            yield replace(figure, role="balance_due")
        else:
            yield figure


def _row_words(text: AnnotatedText, figure: Figure) -> str:
    row = sheet_of(text).rows[figure.row]
    return text.text[row.start : max(row.start, figure.amount.start)] if figure.place == "left" else ""


_EXPECTED = re.compile(r"(?<!as )\b(?:est|estimated?|expected|pending|anticipated|projected)\b", re.IGNORECASE)
"""What insurance has not paid yet."""


def _by_the_plan(text: AnnotatedText, figure: Figure, figures: Sequence[Figure]) -> Figure:
    """On an insurer's notice that which was paid, without a word of the patient or of a card, the insurer paid; in a
    column "Paid" where it and the patient's share make up another amount of its row."""
    if figure.role != "amount_paid" or _BY_PATIENT.search(text.text[slice(*figure.label)]):
        return figure
    if figure.place == "column" and not _leaves_a_share(text, figure, figures):
        return figure
    return replace(figure, role="insurance_paid")


def _leaves_a_share(text: AnnotatedText, figure: Figure, figures: Sequence[Figure]) -> bool:
    shares = [f for f in figures if f.role == "patient_responsibility" and f.row == figure.row and f is not figure]
    beside = [abs(amount.cents) for amount in sheet_of(text).amounts[figure.row]]
    return any(figure.cents and share.cents and figure.cents + share.cents in beside for share in shares)


def _paid_by_plan_again(text: AnnotatedText, figure: Figure, figures: Sequence[Figure]) -> bool:
    """An insurer's notice tells twice what it paid: in its table and of the payment that it sent."""
    if figure.role != "amount_paid" or _BY_PATIENT.search(text.text[slice(*figure.label)]):
        return False
    return any(f.role == "insurance_paid" and f.cents == figure.cents for f in figures)


_BY_PATIENT = re.compile(
    r"\b(?:you|your|patient|pt|member|subscriber|client|self|card|visa|master ?card|mc|amex|discover|cash|check|copay|"
    r"co-pay|desk|counter|hsa|fsa|deposit)\b",
    re.IGNORECASE,
)
_OWES = re.compile(r"\byou\b.*\bowe", re.IGNORECASE)


def _of_one_line(text: AnnotatedText, figures: Sequence[Figure]) -> Iterator[Extraction]:
    """An EOB with one line and no totals: the line's columns are the sums."""
    sheet, items = sheet_of(text), items_of(text)
    if text.kind[0] != "eob" or len(items) != 1 or any(f.place == "column" for f in figures):
        return
    header = sheet.header_above(items[0].row)
    if header is None:
        return
    amounts = sheet.amounts[items[0].row]
    for amount, column in zip(amounts, sheet.columns_of(text, header, items[0].row, amounts), strict=True):
        name = {"insurance": "insurance_paid", "patient": "patient_responsibility", "amount": "total"}.get(column or "")
        if name and not any(_REPORTED.get(f.role, f.role) == name for f in figures):
            yield text.extraction(
                name, said(abs(amount.cents)), amount.start, amount.end, found_by="totals", strength=0.8
            )


def _extraction(text: AnnotatedText, name: str, figure: Figure, total: Total | None) -> Extraction:
    strength = min(0.98, figure.sure + (0.05 if total is not None and total.adds_up else 0.0))
    if figure.amount.mended:
        strength -= 0.15
    return text.extraction(
        name, said(figure.cents), figure.amount.start, figure.amount.end, found_by="totals", strength=strength
    )


def _chosen(role: Role, figures: Sequence[Figure], total: Total | None) -> Sequence[Figure]:
    """Of several amounts with one label, those that are meant: payments and discounts may be many, the rest is one."""
    different = list({figure.cents: figure for figure in figures}.values())
    if role == "amount_paid" and (summed := [f for f in figures if f.place == "column"]):
        return summed  # a ledger's last row says what its payments come to
    if len(different) <= 1 or role in ("amount_paid", "discount", "insurance_paid", "refund"):
        return figures
    if role == "tax" and total is not None and total.figure is not None:
        before = [f for f in figures if f.amount.start < total.figure.amount.start]
        return before or figures[:1]
    best = max(f.sure for f in figures)
    surest = [f for f in figures if f.sure >= best - 0.02]
    return [surest[-1]] if role == "balance_due" else surest[:1]


def _by_check(text: AnnotatedText) -> Iterator[Extraction]:
    """A check's amount stands beside whom it is made out to."""
    sheet = sheet_of(text)
    for row, amounts in zip(sheet.rows, sheet.amounts, strict=True):
        if re.match(r"\W*(?:pay to the )?order of\b", row.text, re.IGNORECASE) and amounts:
            start, end = amounts[-1].start, amounts[-1].end
            yield text.extraction(
                "amount_paid", said(abs(amounts[-1].cents)), start, end, found_by="totals", strength=0.85
            )
            return


def _paid(text: AnnotatedText, figures: Sequence[Figure], total: Total | None) -> Iterator[Extraction]:
    """What a card was charged was paid; cash handed over was paid up to the total."""
    billed = sum(item.cents for item in items_of(text))
    change = {f.cents for f in figures if f.role == "change"}
    left = [f.cents for f in figures if f.role == "balance_due" and f.cents]
    cards = [f for f in figures if f.role == "card" and f.cents]
    cash = [f for f in figures if f.role == "tendered" and f.cents]
    if cards and cash and total is not None and total.cents is not None:
        given = cards[0].cents + cash[0].cents
        if given == total.cents or given - total.cents in change:  # part by card, part in cash
            yield text.extraction(
                "amount_paid", said(total.cents), cards[0].amount.start, cards[0].amount.end,
                found_by="totals", strength=0.85,
            )  # fmt: skip
            return
    for figure in figures:
        if (
            figure.role == "card"
            and figure.cents
            and (total is None or total.cents is None or figure.cents <= max(total.cents, billed))
        ):
            yield _extraction(text, "amount_paid", figure, total)
            return
    for figure in figures:
        if figure.role != "tendered" or not figure.cents:
            continue
        if total is None or total.cents is None:
            if not change:
                yield _extraction(text, "amount_paid", figure, total)
                return
            continue
        if any(abs(figure.cents + owed - total.cents) <= _CENT for owed in left):
            yield _extraction(text, "amount_paid", figure, total)
            return
        if figure.cents == total.cents or any(abs(figure.cents - given - total.cents) <= _CENT for given in change):
            yield text.extraction(
                "amount_paid", said(total.cents), figure.amount.start, figure.amount.end,
                found_by="totals", strength=0.85,
            )  # fmt: skip
            return
    if text.kind[0] == "card_slip" and total is None:
        yield from _on_slip(text)


def _on_slip(text: AnnotatedText) -> Iterator[Extraction]:
    """What a slip without labels says was paid: its only amount; each of a bank's list of what went out."""
    beside = {f.amount.start for f in foot_of(text).figures if f.role in ("aside", "balance_due")}
    amounts = [a for row in sheet_of(text).amounts for a in row if a.cents and a.start not in beside]
    if len(amounts) > 1 and all(amount.cents < 0 for amount in amounts):  # a bank's list of what went out
        for amount in amounts:
            yield text.extraction(
                "amount_paid", said(-amount.cents), amount.start, amount.end, found_by="totals", strength=0.65
            )
    elif len({abs(amount.cents) for amount in amounts}) == 1:
        amount = amounts[0]
        yield text.extraction(
            "amount_paid", said(abs(amount.cents)), amount.start, amount.end, found_by="totals", strength=0.7
        )


def _said_paid(text: AnnotatedText, figures: Sequence[Figure], total: Total | None) -> Iterator[Extraction]:
    """What the words behind an amount, or a way of payment without one, say was paid."""
    whole = Paid(total.cents, *total.span, total.sure) if total is not None and total.cents is not None else None
    for paid in paid_without_label(text, figures, whole):
        yield text.extraction(
            "amount_paid", said(paid.cents), paid.start, paid.end, found_by="totals", strength=paid.sure
        )


def total_of(text: AnnotatedText) -> Total | None:
    """The total of a document, None where no amount can be it."""
    return text.once("total_of", lambda: _total_of(text))


def _total_of(text: AnnotatedText) -> Total | None:
    sheet = sheet_of(text)
    by_role: dict[Role, list[Figure]] = defaultdict(list)
    for figure in foot_of(text).figures:
        role = "total" if figure.role == "rounding" and figure.cents >= 100 else figure.role  # "Rounding 14.40"
        by_role[role].append(figure)
    items = [item.cents for item in items_of(text)]
    reached = _reached(by_role, items)
    echoes = _echoes(by_role)
    whole = _whole(by_role, items)
    if whole is not None:
        return whole
    candidates = [f for f in by_role["total"] if f.cents]
    if (charged := _charged_by_all(text, candidates)) is not None:
        return charged
    strong = [f for f in candidates if f.sure >= STRONG]
    if not strong and text.kind[0] not in ("statement", "card_slip"):
        strong = [f for f in by_role["balance_due"] if f.cents and not by_role["previous_balance"]]
        strong = strong if not by_role["amount_paid"] else [f for f in strong if f.cents in reached]
    if not strong:
        billed = sum(items) if len(items) > 1 else None
        strong = [f for f in by_role["subtotal"] if echoes.get(f.cents, 0.0) >= 0.3 or f.cents == billed]
    if not strong:
        strong = [f for f in candidates if f.sure >= 0.5 or f.cents in reached or echoes.get(f.cents, 0.0) >= 0.2]
    if not strong and text.kind[0] not in ("statement", "card_slip"):
        strong = [f for f in candidates if _repeated(sheet, f)]
    if by_role["patient_responsibility"]:  # a pharmacy's "Price" is what was charged before insurance
        strong = [f for f in strong if f.sure >= STRONG]
    if not strong:
        return _unlabelled(text, by_role, reached, echoes)
    often = Counter(f.cents for f in strong)
    paid_from = min((f.row for role in _AFTER for f in by_role[role]), default=len(sheet.rows))
    rounded_from = max((f.row for f in by_role["rounding"]), default=len(sheet.rows))
    scored = sorted(
        (
            (
                _score(
                    text,
                    figure,
                    reached.get(figure.cents, 0.0) + echoes.get(figure.cents, 0.0),
                    last=(place + 1) / len(strong)
                    + (2.0 if figure.row > rounded_from else 0.0)
                    - (3.0 if figure.row > paid_from else 0.0),  # below the payment stand summaries of the tax
                    often=often[figure.cents],
                ),
                place,
                figure,
            )
            for place, figure in enumerate(strong)
        ),
        key=lambda one: one[:2],
        reverse=True,
    )
    score, _, best = scored[0]
    adds_up = best.cents in reached or best.cents in echoes
    printed = best.amount.start, best.amount.end
    if not adds_up and often[best.cents] == 1:
        other = _contradicted(text, best, by_role, reached, echoes)
        if other is not None:
            return other
    rivals = tuple(
        dict.fromkeys(f.cents for other, _, f in scored[1:] if f.cents != best.cents and other > score - 0.12)
    )
    if rivals and not adds_up:
        return Total(best.cents, best, printed, 0.55, (best.cents, *rivals))
    sure = min(0.98, best.sure + (0.06 if adds_up else -0.05))
    return Total(best.cents, best, printed, sure - (0.1 if best.amount.mended else 0), adds_up=adds_up)


def _whole(by_role: Mapping[Role, Sequence[Figure]], items: Sequence[int]) -> Total | None:
    """What the items come to with everything that is added and taken off, where it is printed, however it is called."""
    added = sum(cents for role in _ADDED for cents in _choices(by_role[role])[1:2])
    taken = sum(cents for cents in _choices(by_role["discount"])[1:])
    bases = {f.cents for f in by_role["subtotal"]}
    if len(items) > 1:
        bases |= {sum(items), sum(cents for cents in items if cents > 0)}
    if not added and not taken:
        return None
    for role in ("total", "balance_due", "patient_responsibility", "amount_paid", "card", "tendered"):
        for figure in by_role[role]:
            if figure.cents and figure.sure >= STRONG and figure.cents - added + taken in bases:
                printed = figure.amount.start, figure.amount.end
                return Total(figure.cents, figure, printed, 0.97 if role == "total" else 0.85, adds_up=True)
    return None


def _contradicted(
    text: AnnotatedText,
    best: Figure,
    by_role: Mapping[Role, Sequence[Figure]],
    reached: Mapping[int, float],
    echoes: Mapping[int, float],
) -> Total | None:
    """What the rest of the bill says against a total that nothing adds up to; None where it says nothing."""
    printed = best.amount.start, best.amount.end
    doubtful = text.certainty(*printed) < 0.85 or best.amount.mended or best.amount.whole
    mended = _mended(best, reached, echoes, doubtful=True)
    if mended is not None and (doubtful or _mended(best, reached, echoes, doubtful=False) == mended):
        return Total(mended, best, printed, 0.7, (mended, best.cents), adds_up=True)
    agreed = [cents for cents in reached if echoes.get(cents, 0.0) >= 0.4]
    if len(agreed) == 1 and text.certainty(*printed) < 1.0:  # the items and the change say the same, and not this
        return Total(agreed[0], best, printed, 0.65, (agreed[0], best.cents), adds_up=True)
    given = [f.cents for f in by_role["tendered"]]
    short = [cents for cents in given if cents < best.cents and Decimal(cents) / 100 in _one_digit_off(best)]
    if doubtful and len(given) == 1 and short and not by_role["card"]:  # nobody hands over less than the total
        return Total(short[0], best, printed, 0.6, (short[0], best.cents))
    if mended is not None:  # which of the numbers was misread is not shown
        return Total(best.cents, best, printed, 0.55, (best.cents, mended))
    return None


def _repeated(sheet: Sheet, figure: Figure) -> bool:
    """Another amount of the bill is the same, but for what is rounded to five cents."""
    return any(
        abs(amount.cents - figure.cents) <= 4 and amount.start != figure.amount.start
        for amounts in sheet.amounts
        for amount in amounts
    )


def _one_digit_off(figure: Figure) -> set[Decimal]:
    return set(other_readings(figure.amount))


def _score(text: AnnotatedText, figure: Figure, supported: float, *, last: float, often: int) -> float:
    """`supported`: what the arithmetic says for it; `last`: how far down it stands among the totals, 0..1."""
    repeated = min(0.15, 0.15 * (often - 1))
    score = figure.sure + supported + repeated + 0.1 * last  # the last total is the one that was rounded and taxed
    return score + 0.1 * text.certainty(figure.amount.start, figure.amount.end)


def _reached(by_role: Mapping[Role, Sequence[Figure]], items: Sequence[int]) -> dict[int, float]:
    """Sums that the items, or a subtotal, with taxes, tips and discounts come to, and how much each says."""
    bases: dict[int, float] = {}
    if items:
        bases[sum(items)] = 0.35 if len(items) > 1 else 0.3
    for figure in by_role["subtotal"]:
        bases.setdefault(figure.cents, 0.0)
        bases[figure.cents] = max(bases[figure.cents], 0.25)
    if not bases:
        return {}
    added = [_choices(by_role[role]) for role in _ADDED]
    taken = _choices(by_role["discount"])
    rounded = {0}
    if by_role["rounding"]:  # to the next five cents, whatever was read of the amount itself
        rounded |= set(range(-4, 5))
    found: dict[int, float] = {}
    for base, worth in bases.items():
        for parts in product(*added, taken, rounded):
            *more, less, round_by = parts
            result = base + sum(more) - less + round_by
            if result > 0:
                used = sum(1 for part in parts if part)
                found[result] = max(found.get(result, 0.0), worth + min(0.15, 0.05 * used))
    return found


def _choices(figures: Iterable[Figure]) -> list[int]:
    different = list(dict.fromkeys(f.cents for f in figures if f.sure >= STRONG))[:_MOST]
    return [0, *(cents for cents in different if cents)]


def _echoes(by_role: Mapping[Role, Sequence[Figure]]) -> dict[int, float]:
    """Sums that a payment shows: cash less change, what a card was charged, payments and what remains."""
    found: dict[int, float] = {}
    for cash in by_role["tendered"]:
        for change in by_role["change"]:
            if cash.cents > change.cents:
                found[cash.cents - change.cents] = 0.4
        found.setdefault(cash.cents, 0.2)
    for card in by_role["card"]:
        found[card.cents] = max(found.get(card.cents, 0.0), 0.3)
    for paid in by_role["amount_paid"]:
        found[paid.cents] = max(found.get(paid.cents, 0.0), 0.2)
        for due in by_role["balance_due"]:
            if due.cents:
                found[paid.cents + due.cents] = max(found.get(paid.cents + due.cents, 0.0), 0.3)
    for due in by_role["balance_due"]:
        found.setdefault(due.cents, 0.15)
        for plan in by_role["insurance_paid"]:
            found.setdefault(due.cents + plan.cents, 0.2)
    for patient in by_role["patient_responsibility"]:
        for plan in by_role["insurance_paid"]:
            found.setdefault(patient.cents + plan.cents, 0.2)
    return found | _all_told(by_role)


def _all_told(by_role: Mapping[Role, Sequence[Figure]]) -> dict[int, float]:
    """What the plan paid, what its contract took off and what is left come to."""
    taken = [f.cents for role in ("insurance_paid", "adjustment") for f in by_role[role] if f.sure >= STRONG]
    if len(taken) < 2 or len(set(taken)) < len(taken):
        return {}
    owed = (*by_role["patient_responsibility"], *by_role["balance_due"])
    return {figure.cents + sum(taken): 0.4 for figure in owed}


def _mended(figure: Figure, reached: Mapping[int, float], echoes: Mapping[int, float], doubtful: bool) -> int | None:
    """Another reading of a total's digits that the rest of the bill adds up to."""
    needed = 0.39 if doubtful else 0.6
    best: tuple[float, int] | None = None
    for reading in other_readings(figure.amount):
        cents = int(reading * 100)
        echo = echoes.get(cents, 0.0)
        worth = reached.get(cents, 0.0) + (echo if echo >= 0.3 else 0.0)
        if worth >= needed and (best is None or worth > best[0]):
            best = worth, cents
    return best[1] if best else None


def _unlabelled(
    text: AnnotatedText,
    by_role: Mapping[Role, Sequence[Figure]],
    reached: Mapping[int, float],
    echoes: Mapping[int, float],
) -> Total | None:
    """No label says "total": an amount that was paid, or that the items come to, is the total where it is printed."""
    if text.kind[0] == "statement":
        return None
    sheet = sheet_of(text)
    unread = _unread(sheet, reached, echoes)
    shown = next((f for role in _PAYING for f in by_role[role] if f.cents and f.cents in reached), None)
    if shown is not None:
        return Total(shown.cents, shown, (shown.amount.start, shown.amount.end), 0.75, adds_up=True)
    if unread is not None and unread.cents is not None:
        return unread
    if (borne := _all_that_was_asked(text, by_role)) is not None:
        return borne
    by_subtotal = _by_subtotal(by_role, reached, echoes, alone=unread is None)
    return by_subtotal or _by_payment(sheet, echoes) or unread or _only_amount(text, sheet, by_role)


def _all_that_was_asked(text: AnnotatedText, by_role: Mapping[Role, Sequence[Figure]]) -> Total | None:
    """A pharmacy's copay, which is what its items cost the patient; or the one payment after which nothing is owed."""
    billed = sum(item.cents for item in items_of(text))
    shares = {f.cents: f for f in by_role["patient_responsibility"] if f.cents and f.sure >= STRONG}
    paid = {f.cents: f for f in by_role["amount_paid"] if f.cents}
    asked = next((f for f in shares.values() if len(shares) == 1 and f.cents == billed), None)
    if asked is None and not billed and len(paid) == 1 and not shares and settled(text) is not None:
        asked = next(iter(paid.values()))
    if text.kind[0] != "receipt" or asked is None:
        return None
    return Total(asked.cents, asked, (asked.amount.start, asked.amount.end), 0.7, adds_up=bool(billed))


def _only_amount(text: AnnotatedText, sheet: Sheet, by_role: Mapping[Role, Sequence[Figure]]) -> Total | None:
    """What the only item of a receipt costs, where it prints no other amount: "1 hr deep tissue - $95"."""
    items = items_of(text)
    if text.kind[0] == "eob" and not by_role["total"] and items and all(i.own_marks and i.cents > 0 for i in items):
        return _charged(sheet, items)
    printed = {amount.cents for row in sheet.amounts for amount in row}
    product = product_of(sheet)
    if product is not None and not items and not any(by_role.values()) and printed <= {product[0].cents}:
        return Total(product[0].cents, None, (product[0].start, product[0].end), 0.62)  # "4 x 60 = 240"
    if text.kind[0] != "receipt" or len(items) != 1 or items[0].cents <= 0 or any(by_role.values()):
        return None
    whole, unit = items[0].cents, items[0].unit_price
    if printed - {int(unit * 100) if unit is not None else whole} - {whole}:
        return None
    return Total(whole, None, (items[0].amount.start, items[0].amount.end), 0.62)


def _charged_by_all(text: AnnotatedText, candidates: Sequence[Figure]) -> Total | None:
    """What all claims of a plan's notice charged, where nothing but what each of them charged is called a total."""
    items = items_of(text)
    each = {item.cents for item in items}
    if text.kind[0] != "eob" or len(items) < 2 or not all(item.own_marks for item in items):
        return None
    return _charged(sheet_of(text), items) if all(f.cents in each for f in candidates) else None


def _charged(sheet: Sheet, items: Sequence[PricedLine]) -> Total | None:
    """What was charged for all services of a plan's notice that names no total, where that is printed."""
    whole = sum(item.cents for item in items)
    found = next((a for row in sheet.amounts for a in row if a.cents == whole), None)
    return Total(whole, None, (found.start, found.end), 0.75) if found is not None else None


def _by_subtotal(
    by_role: Mapping[Role, Sequence[Figure]], reached: Mapping[int, float], echoes: Mapping[int, float], *, alone: bool
) -> Total | None:
    """A subtotal that a payment shows, or, where no total stands beside it (`alone`), that nothing is added to."""
    for figure in by_role["subtotal"]:
        cents = _mended(figure, {}, echoes, doubtful=True)
        if cents is not None:
            printed = figure.amount.start, figure.amount.end
            return Total(cents, figure, printed, 0.6, (cents, figure.cents), adds_up=True)
    charged = any(f.cents for role in _ADDED for f in by_role[role])
    for figure in by_role["subtotal"]:
        if alone and figure.cents and not charged and reached.get(figure.cents, 0.0) >= 0.3:
            return Total(figure.cents, figure, (figure.amount.start, figure.amount.end), 0.6, adds_up=True)
    return None


def _by_payment(sheet: Sheet, echoes: Mapping[int, float]) -> Total | None:
    printed = [amount for row in sheet.amounts for amount in row]
    for cents, worth in sorted(echoes.items(), key=lambda pair: -pair[1]):
        for amount in reversed(printed):
            if amount.cents == cents and worth >= 0.3:
                return Total(cents, None, (amount.start, amount.end), 0.6)
    return None


def _unread(sheet: Sheet, reached: Mapping[int, float], echoes: Mapping[int, float]) -> Total | None:
    """A label says "total", but its amount could not be read: not missing, only unknown.

    What is left of it ("25. 3", "41.5¢", ") 30") is enough where only one sum that the bill comes to agrees with it.
    """
    for row, amounts in zip(sheet.rows, sheet.amounts, strict=True):
        digit = re.search(r"\d", row.text)
        if amounts or digit is None:
            continue
        labels = (row.text[: digit.start()], row.cells[0].text if len(row.cells) > 1 else "")
        meanings = [meaning for label in labels if (meaning := meaning_of(label)) is not None]
        if any(meaning.role == "total" and meaning.sure >= 0.85 for meaning in meanings):
            sums = {*reached, *(cents for cents, worth in echoes.items() if worth >= 0.3)}
            agreeing = [cents for cents in sums if _agrees(row.text[digit.start() :], cents)]
            if len(agreeing) == 1:
                return Total(agreeing[0], None, (row.start, row.end), 0.65, adds_up=True)
            return Total(None, None, (row.start, row.end), 0.3, tuple(sorted(agreeing)))
    return None


def _agrees(remnant: str, cents: int) -> bool:
    """Whether what was read of an amount is the beginning or the end of a sum."""
    whole, _, part = said(cents).partition(".")
    begun = re.match(r"(?P<whole>\d{1,5})\s?[.,]\s?(?P<part>\d?)(?!\d)", remnant)
    if begun is not None:
        return begun["whole"] == whole and (part.startswith(begun["part"]) or " " in begun.group())
    ended = re.search(r"(?:^|\D)(?P<part>\d\d)\W*$", remnant)
    return ended is not None and ended["part"] == part
