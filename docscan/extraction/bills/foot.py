"""Which printed lines of a bill are what was billed, and which are sums of them or change them.

Below the lines stands what they come to, in anybody's words: "Together", "this visit", "PLEASE PAY". An amount that is
the sum of the lines above it is no line, whatever it is called; what follows it adds, takes away or is a sum again,
until more lines follow that a later sum confirms.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from docscan.extraction.bills.figures import BY_COLUMN, STRONG, Figure, Sheet, sheet_of
from docscan.extraction.bills.labels import Role, hinted
from docscan.extraction.bills.lines import PricedLine, lines_of
from docscan.extraction.bills.money import Amount
from docscan.extraction.bills.parts import parts_of_the_sum
from docscan.extraction.bills.reconsidered import reconsidered

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_SUMS: Final = frozenset(("subtotal", "total"))
_CLOSES: Final = frozenset(("subtotal", "total", "balance_due", "tendered", "change", "card"))
_SIGN: Final[dict[Role, int]] = {
    "tax": 1, "tip": 1, "shipping": 1, "service_charge": 1, "previous_balance": 1, "discount": -1, "adjustment": -1,
    "insurance_paid": -1, "amount_paid": -1, "card": -1, "refund": -1,
}  # fmt: skip
_LEVELS: Final = frozenset(("subtotal", "total", "balance_due", "patient_responsibility"))
_CHANGES: Final = frozenset(("tax", "tip", "shipping", "service_charge", "discount"))
_LENIENT: Final = 0.4  # below the lines, words that are half of a label are enough


@dataclass(frozen=True)
class Foot:
    """The lines that were billed, and every labelled amount of the document, those told by arithmetic included.

    `confirmed`: a sum is printed to which the lines add up.
    """

    lines: tuple[PricedLine, ...]
    figures: tuple[Figure, ...]
    confirmed: bool


def foot_of(text: AnnotatedText) -> Foot:
    """Part a bill's lines from its sums."""
    return text.once("foot", lambda: _foot_of(text))


def _foot_of(text: AnnotatedText) -> Foot:
    sheet = sheet_of(text)
    lines = _numbered(lines_of(text))
    parts = parts_of_the_sum(lines, sheet)
    lines = [line for line in lines if line not in parts]
    line_rows = {line.row for line in lines}
    figures = [f for f in sheet.figures if f.row not in line_rows]
    weak = {f.row: f for f in sheet.figures if f.row in line_rows}
    strong = [f for f in figures if f.sure >= STRONG and f.role != "aside"]
    vague = [f for f in figures if f.sure < STRONG or f.role == "aside"]
    bare = _bare(sheet, line_rows | {f.row for f in figures})
    walk = _Walk(text, weak, strong, _genuine(lines, strong))
    events: list[PricedLine | Figure] = [*lines, *strong, *vague, *bare]
    for event in sorted(events, key=lambda e: (e.row, isinstance(e, PricedLine))):
        if isinstance(event, PricedLine):
            walk.line(event)
        elif event in bare:
            walk.bare(event)
        elif event in vague:
            walk.vague(event)
        else:
            walk.figure(event)
    walk.end()
    told = {figure.amount.start for figure in walk.found}
    found = sorted(
        (*(f for f in figures if f.amount.start not in told), *walk.found), key=lambda figure: figure.amount.start
    )
    summed = sum(line.cents for line in walk.billed)
    return Foot(tuple(walk.billed), reconsidered(text, found, summed), walk.confirmed)


def _bare(sheet: Sheet, taken: Container[int]) -> list[Figure]:
    """Amounts that have their row to themselves, without a word."""
    return [
        Figure("total", amounts[0], 0.72, (amounts[0].start, amounts[0].end), index, "left")
        for index, (row, amounts) in enumerate(zip(sheet.rows, sheet.amounts, strict=True))
        if index not in taken and len(amounts) == 1 and not any(c.isalpha() for c in row.text)
    ]


_CREDIT = re.compile(r"\bcredits?\b", re.IGNORECASE)
_RETURNED = re.compile(r"\b(?:refund\w*|return\w*|revers\w+|void\w*|card|unused|cancel\w*)\b", re.IGNORECASE)
_GRANTED = re.compile(
    r"\b(?:package|loyalty|referral|courtesy|promo\w*|welcome|birthday|goodwill|member\w*|bundle|rewards?|store|gift|"
    r"first[- ]visit|intro\w*|thank[- ]you) credits?\b",
    re.IGNORECASE,
)
_PART = re.compile(r"\W*(?:of which|thereof|davon|dont)\b", re.IGNORECASE)
_LESS = re.compile(r"\W*(?:less|minus|take off|taken off)\b", re.IGNORECASE)
_REWARDED = re.compile(
    r"\d\s?%? off\b|\b(?:rewards?|points|coupons?|promo\w*|savings|loyalty|mark ?down|you saved?)\b", re.IGNORECASE
)
_INSURER = re.compile(
    r"\W*(?:(?:less|minus|primary|secondary|your|vision|dental|health)\W+)*(?:insurance|ins|plan)\b", re.I
)
"""Who bears what lies between a total and the patient's part: "Insurance (EyeAccord)  523.00"."""
_TOTAL = re.compile(r"tot|amount|betrag|jumlah|payable", re.IGNORECASE)
_NET = re.compile(r"\W*net\b", re.IGNORECASE)
_SALE = re.compile(r"\W*(?:sale|purchase|approved|charged)\b", re.IGNORECASE)


_PER_CENT = re.compile(r"(?<![\d.])(?P<rate>\d{1,2}(?:\.\d{1,4})?)\s?%(?!\s?(?:off|discount|disc))", re.IGNORECASE)


class _Walk:
    """Down a bill, line by line and sum by sum."""

    def __init__(
        self, text: AnnotatedText, weak: dict[int, Figure], labelled: Sequence[Figure], genuine: frozenset[int]
    ) -> None:
        self.billed: list[PricedLine] = []
        self.found: list[Figure] = []
        self.confirmed = False
        self._text, self._weak, self._labelled, self._genuine = text, weak, labelled, genuine
        self._unnamed: list[Figure] = []  # sums by arithmetic alone
        self._group = 0  # where in `billed` the lines begin that no sum has closed
        self._waiting: list[PricedLine] = []  # below a sum: lines if a later sum says so
        self._steps: list[tuple[int, PricedLine | None, Role | None]] = []  # below the lines, in cents as signed
        self._below = False
        self._running = 0  # what the printed steps have come to
        self._off = 0  # what was taken off among the lines, before any sum

    def figure(self, figure: Figure) -> None:
        label = self._text.text[slice(*figure.label)]
        net = figure.composed or _NET.match(label) or not _TOTAL.search(label)
        if figure.role == "total" and net and figure.cents in self._sums_here():
            self._unnamed.append(figure)
        if figure.role in _SUMS:
            self._take_waiting(figure.cents)
            self.confirmed |= bool(self.billed) and figure.cents in self._sums_here()
            self._running = figure.cents
        else:
            self._running += _SIGN.get(figure.role, 0) * figure.cents
        if self.billed:
            self._step(_SIGN.get(figure.role, 0) * figure.cents or figure.cents, None, figure.role)
        if figure.role in _CLOSES and self.billed and not self._in_ledger(figure):
            self._below = True
            self._group = len(self.billed)

    def vague(self, figure: Figure) -> None:
        """ "Items 95.00", "Charges 95.00": a sum where the lines come to it; "of which ..." is a part of one."""
        if _PART.match(self._text.text[slice(*figure.label)]):
            return
        amounts = sheet_of(self._text).amounts[figure.row]
        amount = next((a for a in amounts if a.cents in self._sums_here()), None)
        if amount is not None and (len(self.billed) > 1 or figure.role == "total"):
            self._unnamed.append(replace(figure, role="total", amount=amount, sure=0.75))
            self.found += _beside(self._text, figure.row, amount, figure.label)
            self.confirmed = True
            self._below = True
            self._group = len(self.billed)
            self._running = amount.cents
            self._step(amount.cents, None, "subtotal")

    def bare(self, figure: Figure) -> None:
        """A sum under a stroke, to which nobody wrote a word: told by what the lines and the steps below come to."""
        if figure.amount.cents <= 0 or any(f.role in _SUMS and f.cents == figure.cents for f in self._labelled):
            return
        summed = figure.cents in self._sums_here() and len(self.billed) > 1 and not self._below
        _, unnamed, last = self._steps[-1] if self._steps else (0, None, None)
        stepped = self._below and (last in (*_CHANGES, "refund") or (unnamed is not None and unnamed.cents < 0))
        if summed or (stepped and figure.cents == self._running):
            self._unnamed.append(figure)
            self._running = figure.cents
            self._below = self.confirmed = True
            self._group = len(self.billed)
            self._step(figure.cents, None, "subtotal")

    def line(self, line: PricedLine) -> None:
        if self._sums_groups(line):
            self._below = True
            self._group = len(self.billed)
        elif self._is_sum(line):
            self._sum(line)
        elif self._is_a_rate(line):
            self.found.append(Figure("tax", line.amount, 0.8, line.spans[0], line.row, "left"))
            self._running += line.cents
            self._step(line.cents, None, "tax")
        elif not self._below and self._takes_off(line):
            self.found.append(Figure("discount", line.amount, 0.8, line.spans[0], line.row, "left"))
            self._running += line.cents
            self._off += line.cents
        elif not self._below:
            self.billed.append(line)
            self._running += line.cents
        elif self._is_credit(line):
            self.found.append(Figure("discount", line.amount, 0.8, line.spans[0], line.row, "left"))
            self._running += line.cents
            self._step(line.cents, None, "discount")
        elif self._gives_back(line) or (line.own_marks and self._meant(line) is None):
            self.billed += [*self._waiting, line]
            self._waiting = []
            self._running += line.cents
            self._step(line.cents, None, "refund")
        elif (figure := self._meant(line)) is not None:
            self.found.append(figure)
            self._running += _SIGN.get(figure.role, 0) * figure.cents
            self._step(_SIGN.get(figure.role, 0) * figure.cents or figure.cents, None, figure.role)
        else:
            self._waiting.append(line)
            self._running += min(0, line.cents)
            self._step(line.cents, line, None)

    def _sums_groups(self, line: PricedLine) -> bool:
        """ "Labor 110.00   Parts 93.00": what the groups above come to, side by side, each with its name."""
        row, amounts = sheet_of(self._text).rows[line.row], sheet_of(self._text).amounts[line.row]
        if len(amounts) < 2 or len(self.billed) < 2 or sum(a.cents for a in amounts) not in self._sums_here():
            return False
        ends = [row.start, *(amount.end for amount in amounts[:-1])]
        named = (row.text[end - row.start : a.start - row.start] for end, a in zip(ends, amounts, strict=True))
        return all(any(c.isalpha() for c in words) for words in named)

    def _is_a_rate(self, line: PricedLine) -> bool:
        """ "GRT 7.625%  45.48": as many per cent of what was billed, and not called anything else."""
        rate = _PER_CENT.search(sheet_of(self._text).rows[line.row].text)
        if rate is None or line.own_marks or line.cents <= 0 or not self.billed or hinted(line.description) is not None:
            return False
        return any(abs(sum_ * float(rate["rate"]) / 100 - line.cents) <= 1 for sum_ in self._sums_here())

    def _takes_off(self, line: PricedLine) -> bool:
        """A discount right among the lines: below one of them, with a minus and words that say so."""
        if line.cents >= 0 or not self.billed or line.code or (line.unit_price is not None and line.quantity != 1):
            return False
        if line.gives_back:
            return bool(_GRANTED.search(line.description)) and not _RETURNED.search(line.description)
        if _LESS.match(line.description) and hinted(line.description) is None:
            return True
        if _REWARDED.search(sheet_of(self._text).rows[line.row].text):
            return True
        meaning = self._weak.get(line.row) or hinted(line.description)
        return meaning is not None and meaning.role == "discount"

    def _is_credit(self, line: PricedLine) -> bool:
        """A credit below a sum is taken off the price, not given back."""
        level = next((role for _, _, role in reversed(self._steps) if role in _LEVELS), None)
        said = sheet_of(self._text).rows[line.row].text
        return line.cents < 0 and level in _SUMS and bool(_CREDIT.search(said)) and not _RETURNED.search(said)

    def _gives_back(self, line: PricedLine) -> bool:
        """A refund, by the line's description or by what opens its row."""
        if line.gives_back:
            return True
        opens = hinted(re.split(r"[-–:,(]", sheet_of(self._text).rows[line.row].text)[0])
        if line.cents >= 0 or opens is None or opens.role != "refund":
            return False
        self.found.append(Figure("refund", line.amount, 0.85, line.spans[0], line.row, "left"))
        return True

    def end(self) -> None:
        """What waits for a sum that never came is no line, unless nothing else is.

        Of sums that no word names the last is the total, if no other is called so and nothing changes it further down.
        """
        if not self.billed:
            self.billed = self._waiting
        unnamed = {f.amount.start for f in self._unnamed}
        named = {
            f.cents for f in self._labelled if f.role == "total" and not f.composed and f.amount.start not in unnamed
        }
        for sum_, after in zip_longest(self._unnamed, self._unnamed[1:]):
            changed = any(
                f.role in _CHANGES and f.cents and f.amount.start > sum_.amount.start
                for f in (*self._labelled, *self.found)
            )
            role: Role = "subtotal" if after is not None or changed or named - {sum_.cents} else "total"
            self.found.append(replace(sum_, role=role))

    def _in_ledger(self, figure: Figure) -> bool:
        """A payment that is entered among the charges: its row opens with a date."""
        if figure.role in _SUMS:
            return False
        row = sheet_of(self._text).rows[figure.row]
        header = sheet_of(self._text).header_above(figure.row)
        return header is not None and header.has("date") and figure.amount.start > row.start and row.text[:1].isdigit()

    def _sums_here(self) -> set[int]:
        every, group = sum(x.cents for x in self.billed), sum(x.cents for x in self.billed[self._group :])
        return {every, group, every + self._off} - {0}

    def _is_sum(self, line: PricedLine) -> bool:
        if line.row in self._genuine or line.own_marks or line.cents <= 0 or not self.billed or len(line.spans) > 1:
            return False
        weak = self._weak.get(line.row)
        called = weak is not None and weak.role in (*_SUMS, "balance_due")
        if self._below:
            return line.cents in {self._running, *self._sums_here()} and len(self.billed) > 1
        if line.cents not in self._sums_here():
            return self._is_changed() and line.cents == self._running
        return len(self.billed) - self._group > 1 or called or (bool(self._off) and line.cents == self._running)

    def _is_changed(self) -> bool:
        """Whether something was added to the lines, or taken off, since they began."""
        return bool(self._off) or any(role in _CHANGES and cents for cents, _, role in self._steps)

    def _sum(self, line: PricedLine) -> None:
        self.confirmed |= line.cents in self._sums_here()
        weak = self._weak.get(line.row)
        label = weak.label if weak is not None else line.spans[0]
        if line.cents in self._sums_here() or (weak is None and line.cents == self._running and not self._is_paid()):
            self._unnamed.append(Figure("total", line.amount, 0.75, label, line.row, "left"))
            self.found += _beside(self._text, line.row, line.amount, label)
        elif weak is not None:
            paid = self._is_paid()
            sold = paid and _SALE.match(self._text.text[slice(*weak.label)])  # what a card was charged of it
            self.found.append(replace(weak, role="card" if sold else "balance_due" if paid else weak.role, sure=0.75))
        self._running = line.cents
        self._below = True
        self._group = len(self.billed)
        self._step(line.cents, None, "subtotal")

    def _is_paid(self) -> bool:
        """Whether a payment, or what is owed from before, stands among the steps."""
        moved = ("insurance_paid", "adjustment", "amount_paid", "card", "previous_balance")
        return any(role in moved for _, _, role in self._steps)

    def _step(self, cents: int, line: PricedLine | None, role: Role | None) -> None:
        """Go on below the lines. Between two sums, one amount that nobody named is told by what they differ by."""
        if role not in _LEVELS:
            self._steps.append((cents, line, role))
            return
        sums = [n for n, (_, _, before) in enumerate(self._steps) if before in _LEVELS]
        if sums:
            base = self._steps[sums[-1]][0]
            between = self._steps[sums[-1] + 1 :]
            unnamed = [one for _, one, _ in between if one is not None]
            known = sum(step for step, one, _ in between if one is None)
            given_back = sum(x.cents for x in self.billed) < 0  # a credit memo: nothing was paid or taken off
            if (
                len(unnamed) == 1
                and unnamed[0].cents
                and not given_back
                and cents - base - known == -abs(unnamed[0].cents)
            ):
                one = unnamed[0]
                taken: Role = "amount_paid" if role in ("balance_due", "patient_responsibility") else "discount"
                if taken == "amount_paid" and _INSURER.match(one.description):
                    taken = "insurance_paid"
                self.found.append(Figure(taken, one.amount, 0.7, one.spans[0], one.row, "left"))
                self._waiting = [x for x in self._waiting if x is not one]
        self._steps.append((cents, line, role))

    def _meant(self, line: PricedLine) -> Figure | None:
        """What a line below the sums does to them, by words of which only some are known."""
        if len(line.spans) > 1:
            return None  # its words stand on another row, which may have lost an amount of its own
        weak = self._weak.get(line.row)
        if weak is not None and weak.sure >= _LENIENT:
            return replace(weak, sure=max(weak.sure, STRONG + 0.02))
        meaning = hinted(line.description)
        if meaning is None or (meaning.sure < _LENIENT and line.cents > 0 and meaning.role not in ("tip", "tax")):
            return None
        return Figure(meaning.role, line.amount, STRONG + 0.02, line.spans[0], line.row, "left")

    def _take_waiting(self, cents: int) -> None:
        waiting = sum(line.cents for line in self._waiting)
        if any(line.cents < 0 for line in self._waiting):
            return  # what takes away is no line: what it is, the sums tell
        sums = [n for n, (_, _, role) in enumerate(self._steps) if role in _LEVELS]
        since = self._steps[sums[-1] + 1 :] if sums else self._steps
        added = sum(step for step, _, role in since if role in _CHANGES)  # another sale, with its tax
        if self._waiting and cents in (waiting, waiting + added, waiting + sum(x.cents for x in self.billed)):
            self._group = len(self.billed)
            self.billed += self._waiting
        self._waiting = []


def _genuine(lines: Sequence[PricedLine], labelled: Sequence[Figure]) -> frozenset[int]:
    """Rows of lines that a labelled sum counts in, though one of them may come to as much as those above it."""
    sums = {figure.cents for figure in labelled if figure.role in _SUMS}
    reached, counted = 0, 0
    for number, line in enumerate(lines, start=1):
        reached += line.cents
        if number > 1 and reached in sums:
            counted = number
    return frozenset(line.row for line in lines[:counted])


def _beside(text: AnnotatedText, row: int, summed: Amount, label: tuple[int, int]) -> Iterator[Figure]:
    """The sums of the other columns, on the row that sums up the lines."""
    sheet = sheet_of(text)
    header, amounts = sheet.header_above(row), sheet.amounts[row]
    if header is None or len(amounts) < 2:
        return
    for amount, column in zip(amounts, sheet.columns_of(text, header, row, amounts), strict=True):
        role = BY_COLUMN.get(column) if column is not None else None
        if role is not None and amount is not summed:
            yield Figure(role, amount, 0.8, label, row, "column")


def _numbered(lines: Sequence[PricedLine]) -> list[PricedLine]:
    """Numbers 1, 2, 3 ... before the lines count the lines, not what was sold."""
    leading = [line.leading for line in lines if line.leading is not None]
    counts = len(leading) >= 3 and leading == list(range(leading[0], leading[0] + len(leading))) and leading[0] <= 1
    return [_without_number(line) for line in lines] if counts else list(lines)


def _without_number(line: PricedLine) -> PricedLine:
    if line.leading is None or line.unit_price is not None:
        return line
    number = str(line.leading)
    opens = line.description.startswith(f"{number} ")
    description = line.description[len(number) :].strip() if opens else line.description
    return replace(line, quantity=None, description=description)
