"""The labelled amounts of a bill: which words belong to which amount, by where they stand.

A label stands left of its amount, above it, in the heading of its column, or (seldom) right of it. What the amounts
mean together is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Final, Literal

from docscan.extraction.bills.labels import Meaning, Role, hinted, meaning_of
from docscan.extraction.bills.line_codes import written_code
from docscan.extraction.bills.money import Amount, amounts_in, loose_amount
from docscan.extraction.bills.paragraphs import told_rows
from docscan.extraction.bills.people_rows import people_rows
from docscan.extraction.bills.products import Counted, counting_rows, product_in
from docscan.extraction.bills.rows import Piece, Row, rows_of, span_box
from docscan.extraction.bills.tables import Column, Header, headers_of
from docscan.extraction.bills.told import told_sums
from docscan.extraction.bills.whole import whole_amounts
from docscan.extraction.text.month_names import MONTH_BEGUN

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

STRONG: Final = 0.6
"""Below this a label may as well be the name of an item ("Session fee")."""

BY_COLUMN: Final[dict[Column, Role]] = {
    "insurance": "insurance_paid",
    "patient": "patient_responsibility",
    "paid": "amount_paid",
    "discount": "discount",
    "tax": "tax",
    "balance": "balance_due",
}
_SUMS: Final = frozenset(("total", "subtotal"))


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount and what its label says that it is. `row`: the amount's row; `place`: where the label stands.

    `composed`: the label was understood by single words of it.
    """

    role: Role
    amount: Amount
    sure: float
    label: tuple[int, int]
    row: int
    place: Literal["left", "right", "above", "below", "column"]
    composed: bool = False

    @property
    def cents(self) -> int:
        return abs(self.amount.cents)


@dataclass(frozen=True)
class Sheet:
    """The rows of a document with the amounts on them, the headings of its tables and its labelled amounts."""

    rows: tuple[Row, ...]
    amounts: tuple[tuple[Amount, ...], ...]
    headers: tuple[Header, ...]
    figures: tuple[Figure, ...]
    counting: Mapping[int, Counted] = field(default_factory=dict)
    """Rows that only say how many of what stands beside them, at which price: they have no amounts."""

    def header_above(self, row: int) -> Header | None:
        """The table that a row may belong to: the last heading above it on its page."""
        above = [h for h in self.headers if h.last < row and self.rows[h.last].page is self.rows[row].page]
        return above[-1] if above else None

    def columns_of(
        self, text: AnnotatedText, header: Header, index: int, amounts: Sequence[Amount]
    ) -> list[Column | None]:
        """The column that each amount of a row stands in: by the order of the cells, else by where it stands."""
        row = self.rows[index]
        order = header.by_order(row, self.amounts[index])
        if order is None:
            return header.of_amounts(self.edges(text, amounts))
        places = [next(n for n, cell in enumerate(row.cells) if cell.start <= a.start < cell.end) for a in amounts]
        return [order[place] for place in places]

    def edges(self, text: AnnotatedText, amounts: Iterable[Amount]) -> list[tuple[Amount, float, float]]:
        """Amounts with their left and right edge on the upright page."""
        boxes = ((amount, span_box(text, amount.start, amount.end)) for amount in amounts)
        return [(amount, box.left, box.right) for amount, box in boxes]


def sheet_of(text: AnnotatedText) -> Sheet:
    """Read a document as a bill."""
    return text.once("sheet_of", lambda: _sheet_of(text))


def _sheet_of(text: AnnotatedText) -> Sheet:
    rows = rows_of(text)
    amounts = _with_whole_ones(rows, [_amounts_of(row) for row in rows])
    if more := whole_amounts(rows, amounts):
        amounts = tuple((more[index],) if index in more else found for index, found in enumerate(amounts))
    counting = counting_rows(rows, amounts)
    amounts = tuple(() if index in counting else found for index, found in enumerate(amounts))
    plain = Sheet(rows, amounts, headers_of(text, rows, amounts), ())
    heads = {index for header in plain.headers for index in range(header.first, header.last + 1)}
    figures: list[Figure] = []
    if not plain.headers:
        heads |= {one.row for one in people_rows(rows, amounts)}
    heads |= set(counting)
    for index in range(len(rows)):
        if index not in heads:
            figures += _in_row(text, plain, index)
    taken = {figure.amount.start for figure in figures}
    for figure in _stacks(plain):
        if figure.row not in heads and figure.amount.start not in taken:
            figures.append(figure)
            taken.add(figure.amount.start)
    for figure in _sums_alone(plain, {f.row for f in figures}):
        if figure.row not in heads and figure.amount.start not in taken:
            figures.append(figure)
            taken.add(figure.amount.start)
    for index in range(len(rows)):
        if index not in heads:
            for figure in _alone(plain, index, taken):
                figures.append(figure)
                taken.add(figure.amount.start)
    figures = _with_told(text, plain, figures)
    return Sheet(rows, amounts, plain.headers, tuple(sorted(figures, key=lambda f: f.amount.start)), counting)


_CHARGES_OF_A_DAY = re.compile(
    r"\W*(?:(?:svc|service|dos|visit)\.?(?: (?:date|dt))?\W*)?"
    rf"(?:\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}|(?:\d{{1,2}} )?{MONTH_BEGUN}\.?(?: \d{{1,2}})?,? \d{{4}})\s+"
    r"(?=[^\d\W])[^$\n]{6,60}?\W+total charges?\W*$",
    re.IGNORECASE,
)


def charges_of_a_day(row: Row, figure: Figure) -> bool:
    """ "08/22/2023  Emergency services - total charges  $2,140.00": all that one visit cost is a line of an account."""
    before = row.text[: figure.amount.start - row.start]
    return figure.role == "total" and _CHARGES_OF_A_DAY.match(before) is not None


def _with_told(text: AnnotatedText, sheet: Sheet, figures: list[Figure]) -> list[Figure]:
    """Sums told in sentences, where no label of the bill says the same; a sentence knows better than a label in it."""
    told = told_sums(text, sheet.rows, sheet.amounts)
    places = {one.amount.start for one in told}
    sentences, spoken = told_rows(text), {one.row for one in told}
    labelled = [
        f
        for f in figures
        if f.amount.start not in places and not (f.row in sentences and (f.composed or f.row in spoken))
    ]
    named = {f.role for f in labelled if f.sure >= STRONG}
    more = [Figure(t.role, t.amount, 0.8, t.label, t.row, "left") for t in told if t.role not in named]
    return [*labelled, *more]


def _amounts_of(row: Row) -> tuple[Amount, ...]:
    """The amounts of a row; beside one that has a cell of its own, those in brackets among the words explain it."""
    found = amounts_in(row.text, row.start)
    if len(found) > 1 and _RATE_IN_BRACKETS.search(row.text[: found[-1].start - row.start]):
        return tuple(a for a in found if a is found[-1] or not _bracketed(row.text, a.start - row.start))
    if len(found) < 2 or row.cells[-1].start > found[-1].start or len(row.cells) < 2:
        return found
    return tuple(a for a in found if a is found[-1] or not _bracketed(row.text, a.start - row.start))


_RATE_IN_BRACKETS = re.compile(r"\([^()]*(?:/|\b(?:per|each|ea|@)\b|[x×]\s?\d)[^()]*\)[\s:.$€£=-]*$", re.IGNORECASE)
"""How an amount came about: "Copay ($30/visit x 3): $90.00"."""


def _bracketed(text: str, place: int) -> bool:
    return text.rfind("(", 0, place) > text.rfind(")", 0, place) and text.find(")", place) >= 0 and text[place] != "("


_COUNTED = re.compile(r"\W*(?:\d{1,3}(?:\.\d)? ?)?(?:units?|sessions?|visits?|hours?|minutes?|min)\W*", re.IGNORECASE)
_CODE_FIRST = re.compile(r"(?:[A-Z]?\d{4,5}[A-Z]?|[A-Z]{1,3}-?\d{2,6})(?:[- ][A-Z0-9]{2})?(?=\s|$)")


def _with_whole_ones(rows: Sequence[Row], amounts: Sequence[tuple[Amount, ...]]) -> tuple[tuple[Amount, ...], ...]:
    """Prices without cents or currency: bare numbers that end their rows one below the other, a total among them."""
    if sum(len(found) for found in amounts) > 2:
        return tuple(amounts)
    ends: dict[int, Amount] = {}
    for index, (row, found) in enumerate(zip(rows, amounts, strict=True)):
        cell = row.cells[-1]
        match = _WHOLE_END.fullmatch(cell.text) or _LED.fullmatch(cell.text) if not found else None
        if match is not None:
            value = Decimal(match["number"].replace(",", ""))
            negative = bool(match["before"] or match["after"])
            ends[index] = Amount(
                cell.start + match.start("number"), cell.end, -value if negative else value, whole=True
            )
    right = median(rows[index].cells[-1].box.right for index in ends) if ends else 0.0
    column = {index: a for index, a in ends.items() if abs(rows[index].cells[-1].box.right - right) < _IN_COLUMN}
    values = [(index, int(column[index].value)) for index in sorted(column)]
    summed = [index for place, (index, value) in enumerate(values) if place > 1 and value == _sum_above(values[:place])]
    summed += [
        index
        for index in column
        if (meaning := meaning_of(rows[index].text[: column[index].start - rows[index].start])) is not None
        and meaning.role in (*_SUMS, "balance_due", "amount_paid")
        and meaning.sure >= STRONG
    ]
    if len(column) < 3 or not summed:
        return tuple(amounts)
    return tuple((column[index],) if index in column else found for index, found in enumerate(amounts))


_LED = re.compile(r".*[._]{3,} ?(?P<before>[-–−])?(?P<number>\d{1,3}(?:,\d{3})+|\d{1,5})(?P<after>)")
"""A number at the end of a dotted line."""


def _sum_above(values: Sequence[tuple[int, int]]) -> int:
    return sum(value for _, value in values)


_WHOLE_END = re.compile(r"(?P<before>[-–−(])?\s?(?P<number>\d{1,3}(?:,\d{3})+|\d{1,5})(?P<after>[-–−)])?")
_IN_COLUMN = 0.02


def _in_row(  # noqa: PLR0912 - one way to print a sum after the other
    text: AnnotatedText, sheet: Sheet, index: int
) -> Iterator[Figure]:
    row, amounts = sheet.rows[index], sheet.amounts[index]
    if not amounts:
        yield from _without_decimals(sheet, index)
        return
    if _OF_A_LIMIT.search(row.text):  # how much of a year's deductible is used up
        yield Figure("aside", amounts[-1], 0.9, (row.start, amounts[0].start), index, "left")
        return
    header = sheet.header_above(index)
    groups = _grouped(row, amounts)
    if (header is not None and _itemised(text, sheet, header, index)) or _opens_with_code(text, row, header):
        groups = [(label, m if m is not None and m.role in _SUMS else None, group) for label, m, group in groups]
    groups = [(lb, m if m is None or not _is_means(row, header, lb, m) else None, g) for lb, m, g in groups]
    first_label, first_meaning, first_amounts = groups[0]
    if header and first_meaning and first_meaning.role in _SUMS and len(first_amounts) > 1 and len(groups) == 1:
        columns = sheet.columns_of(text, header, index, first_amounts)
        if "amount" in columns or any(column in BY_COLUMN for column in columns):
            for amount, column in zip(first_amounts, columns, strict=True):
                role = first_meaning.role if column == "amount" else BY_COLUMN.get(column) if column else None
                if role:
                    yield Figure(role, amount, first_meaning.sure, first_label, index, "column")
            return
    running = header is not None and header.has("balance") and header.has("paid", "amount")
    for label, meaning, group in groups:
        if meaning is not None and meaning.composed and meaning.role in _SUMS and group[-1].value < 0:
            continue  # what takes away is no sum
        aside = meaning is not None and meaning.role == "aside"
        if aside and len(amounts) > 1 and product_in(row.text[: group[-1].start - row.start], group[-1].value):
            continue  # "6935818350846   1 X 3.88   3.88": the number is the thing's
        counts = aside and _COUNTED.fullmatch(text.text[slice(*label)])
        if (
            meaning is not None
            and not counts
            and not _announced(row, meaning, group[-1])
            and not (aside and _rate_of_words(row, label))
        ):
            amount = group[-2] if running and len(group) > 1 else group[-1]  # a ledger's last column is what remains
            yield Figure(
                _signed(meaning.role, amount), amount, meaning.sure, label, index, "left", composed=meaning.composed
            )
    if len(groups) == 1 and first_meaning is None and first_label[0] == first_label[1]:
        start = amounts[-1].end
        meaning = meaning_of(text.text[start : row.end])
        if meaning is not None and meaning.sure >= STRONG:
            yield Figure(meaning.role, amounts[0], meaning.sure - 0.1, (start, row.end), index, "right")


def _is_means(row: Row, header: Header | None, label: tuple[int, int], meaning: Meaning) -> bool:
    """Whether the words before an amount only tell how an entry of a table was paid, in a column of their own:
    "11/03/2025   Membership   MC *5518   139.00"; or only mark what a plan pays for: "COQ10 120CT  FSA*  39.99"."""
    if meaning.role in _PAYS and _ELIGIBLE.fullmatch(row.text, label[0] - row.start, label[1] - row.start):
        first = row.cells[0]
        return first.end <= label[0] and sum(c.isalpha() for c in first.text) >= _WORDED and not meaning_of(first.text)
    if header is None or meaning.role not in _PAYS or len(row.cells) != len(header.columns):
        return False
    said = next((n for n, cell in enumerate(row.cells) if cell.start <= label[0] < cell.end), None)
    what = next((n for n, column in enumerate(header.columns) if column.holds == "description"), None)
    if said is None or what is None or said == what or header.columns[said].holds == "description":
        return False
    described = row.cells[what].text
    return sum(c.isalpha() for c in described) >= _WORDED and meaning_of(described) is None


_ELIGIBLE = re.compile(r"\W*(?:fsa|hsa)(?:\s?[/&]\s?(?:fsa|hsa))?(?: ?(?:elig\w*|ok|item))?\W*", re.IGNORECASE)
_PAYS: Final = frozenset(("card", "tendered", "amount_paid"))
_WORDED: Final = 4  # letters


_OF_A_LIMIT = re.compile(
    r"\$?\d[\d,]*(?:\.\d\d)? (?:of|out of) (?:your |the |a )?\$?\d[\d,]*\.\d\d\b|\$\d[\d,]* of \$\d"
)


def _opens_with_code(text: AnnotatedText, row: Row, header: Header | None) -> bool:
    """ "98941 ADJUSTMENT  65.00": what a chiropractor did, and nothing that a plan took off."""
    written = written_code(text, row.start, row.end) if header is None and row.text[:1].isalnum() else None
    return written is not None and bool(_LINE_NUMBER.fullmatch(row.text[: written.cover[0] - row.start]))


_LINE_NUMBER = re.compile(r"\W*(?:\d{1,2}[.)]\W*)?")


def _announced(row: Row, meaning: Meaning, amount: Amount) -> bool:
    """ "Checks to Ridge Co. A $25 fee applies ...": nothing was paid."""
    pays = meaning.role in ("card", "amount_paid", "tendered")
    return pays and bool(_FEE_BEHIND.match(row.text, amount.end - row.start))


_FEE_BEHIND = re.compile(r"\s(?:[a-z-]+ ){0,2}(?:fee|charge|surcharge|penalty)\b")


def _sums_alone(sheet: Sheet, labelled: set[int]) -> Iterator[Figure]:
    """An amount without a word, right below a column of others that it adds up: the total of a bill in few words."""
    run: list[int] = []
    for index, (row, amounts) in enumerate(zip(sheet.rows, sheet.amounts, strict=True)):
        worded = any(c.isalpha() for c in row.text)
        if amounts and worded and index not in labelled:
            run.append(amounts[-1].cents)
        elif len(amounts) == 1 and not worded and len(run) > 1 and amounts[0].cents == sum(run):
            yield Figure("total", amounts[0], STRONG + 0.1, (row.start, row.end), index, "below")
            run = []
        elif worded or amounts:
            run = []


def _itemised(text: AnnotatedText, sheet: Sheet, header: Header, index: int) -> bool:
    """A row with a price for one and for all, or with a procedure's code, is a line of the table, whatever it says."""
    columns = sheet.columns_of(text, header, index, sheet.amounts[index])
    if "unit_price" in columns and "amount" in columns:
        return True
    code = next((column for column in header.columns if column.holds == "code"), None)
    if code is None:
        return False
    cells = [c for c in sheet.rows[index].cells if c.box.left < code.right + 0.01 and code.left - 0.01 < c.box.right]
    return any(_CODE_FIRST.match(cell.text) for cell in cells)


def _stacks(sheet: Sheet) -> Iterator[Figure]:
    """Labels one below the other, then as many amounts one below the other."""
    index = 0
    while index < len(sheet.rows):
        labels: list[tuple[Row, Meaning]] = []
        while index + len(labels) < len(sheet.rows):
            row = sheet.rows[index + len(labels)]
            meaning = None if sheet.amounts[index + len(labels)] else meaning_of(row.text)
            if meaning is None or meaning.sure < STRONG:
                break
            labels.append((row, meaning))
        first = index + len(labels)
        amounts = sheet.amounts[first : first + len(labels) + 1]
        bare = [sum(c.isalpha() for c in row.text) < 3 for row in sheet.rows[first : first + len(labels)]]
        alone = [len(found) == 1 for found in amounts]
        if (
            len(labels) > 1
            and all(bare)
            and alone[: len(labels)] == [True] * len(labels)
            and alone[len(labels) :] != [True]
        ):
            for (row, meaning), (amount,), place in zip(
                labels, amounts, range(first, first + len(labels)), strict=False
            ):
                yield Figure(meaning.role, amount, meaning.sure - 0.15, (row.start, row.end), place, "above")
        index = first + 1 if not labels else first


def _rate_of_words(row: Row, label: tuple[int, int]) -> bool:
    """ "Wobble cushion   20%   80.00": the label is but the line's rate of tax."""
    before, said = row.text[: label[0] - row.start], row.text[label[0] - row.start : label[1] - row.start]
    return sum(c.isalpha() for c in before) >= 3 and not any(c.isalpha() for c in said)


def _signed(role: Role, amount: Amount) -> Role:
    """ "Free shipping -3.99" takes away."""
    return "discount" if role in ("shipping", "service_charge") and amount.value < 0 else role


def _grouped(row: Row, amounts: Sequence[Amount]) -> list[tuple[tuple[int, int], Meaning | None, list[Amount]]]:
    """The amounts of a row with the words before them; amounts side by side share their words."""
    groups: list[tuple[tuple[int, int], Meaning | None, list[Amount]]] = []
    before = row.start
    for amount in amounts:
        between = row.text[before - row.start : amount.start - row.start]
        if groups and sum(c.isalpha() for c in between) < 3:
            groups[-1][2].append(amount)
        else:
            label, meaning = _label(row, before, amount.start)
            groups.append((label, meaning, [amount]))
        before = amount.end
    return groups


_KEYWORD = re.compile(r"(?<=\s)(?:sub|grand|nett?|total|balance|amount|cash|change|tax|gst|round)", re.IGNORECASE)


def _label(row: Row, start: int, end: int) -> tuple[tuple[int, int], Meaning | None]:
    """The words right before an amount that say what it is: all of them, else the last of them."""
    words = row.text[start - row.start : end - row.start]
    starts = [start]
    starts += [cell.start for cell in row.cells if start < cell.start < end]
    cells = set(starts)
    starts += [start + match.end() for match in re.finditer(r"[.;:!)]\s+|\s\d+\s+", words)]
    keywords = {start + match.start() for match in _KEYWORD.finditer(words)} - set(starts)
    if not row.text[:1].isdigit() or len(row.cells) < 4:  # an entry of a table: its words are not a label's rest
        starts += sorted(keywords)
    composed: tuple[tuple[int, int], Meaning] | None = None
    whole = hinted(words)
    last = max((start + match.end() for match in re.finditer(r"[.;!]\s+(?=[A-Z])", words)), default=end)
    meaning = meaning_of(row.text[last - row.start : end - row.start])
    if last < end and meaning is not None and meaning.sure >= STRONG:  # "Payment was due 1/21. Remaining: 0.00"
        return (last, last + len(row.text[last - row.start : end - row.start].rstrip())), meaning
    for begin in dict.fromkeys(starts):
        first = begin
        said = row.text[first - row.start : end - row.start]
        meaning = meaning_of(said)
        if meaning is None:
            continue
        first += len(said) - len(said.lstrip())
        found = (first, first + len(said.strip())), meaning
        if begin in keywords and whole is not None and whole.role == "discount":
            meaning = Meaning("discount", 0.7, composed=True)  # "10% off, cash-pay": not cash
            return (start, end), meaning
        if not meaning.composed and composed is not None and composed[1].role == "insurance_paid":
            return composed  # "What your insurance (Wellmark) paid"
        if not meaning.composed:
            return found
        if begin in cells and (composed is None or meaning.sure > composed[1].sure):
            composed = found
    if composed is not None:
        return composed
    stripped = words.strip()
    first = start + len(words) - len(words.lstrip())
    return (first, first + len(stripped)), None


def _without_decimals(sheet: Sheet, index: int) -> Iterator[Figure]:
    """ "TOTAL 85", "Total 28 50": a number is an amount beside words that ask for one."""
    row = sheet.rows[index]
    nothing = _NOTHING.search(row.text)
    if nothing is not None:
        label, meaning = _label(row, row.start, row.start + nothing.start())
        if meaning is not None and meaning.sure >= STRONG and meaning.role == "balance_due":
            zero = Amount(row.start + nothing.start("nil"), row.start + nothing.end("nil"), Decimal(0), whole=True)
            yield Figure(meaning.role, zero, meaning.sure - 0.05, label, index, "left")
            return
    loose = loose_amount(row.text, row.start)
    if loose is not None:
        label, meaning = _label(row, row.start, loose.start)
        if meaning is not None and meaning.sure >= STRONG and not _is_count(sheet, meaning, loose):
            yield Figure(meaning.role, loose, meaning.sure - 0.15, label, index, "left")
            return
    if sum(not amount.whole for amounts in sheet.amounts for amount in amounts) >= 3:
        return  # where amounts have cents, a bare number is what is left of one
    bare = amounts_in(row.text, row.start, whole=True)
    if len(bare) == 1 and row.end - bare[0].end <= 2:
        label, meaning = _label(row, row.start, bare[0].start)
        counted = meaning is not None and _is_count(sheet, meaning, bare[0])
        if meaning is not None and meaning.sure >= 0.85 and meaning.role in _BARE_ROLES and not counted:
            yield Figure(meaning.role, bare[0], meaning.sure - 0.3, label, index, "left")


def _is_count(sheet: Sheet, meaning: Meaning, amount: Amount) -> bool:
    """ "Left: 6" on a card of ten classes, whose price is printed with its currency or cents: no money."""
    few = meaning.role == "balance_due" and amount.value < _MOST_LEFT and any(sheet.amounts)
    return few and any(_SOLD_TOGETHER.search(row.text) for row in sheet.rows)


_MOST_LEFT: Final = 60
_SOLD_TOGETHER = re.compile(
    r"\b\d{1,2}[- ]?(?:\w+ )?(?:sessions?|class(?:es)?|visits?|lessons?|treatments?|punch(?:es)?|pack|pass)\b|"
    r"\b(?:(?:punch|class|visit|session|lesson|stamp) ?card|package|(?:class|visit|session)? ?pass|series|bundle)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:(?<=[:=\t])|(?<=[a-z.]\s)|(?<=\s\s))\s*(?P<nil>-\s?0\s?-|0|[-–—]{1,2}|nil|none|zero|nothing|ø)\W*$",
    re.IGNORECASE,
)
"""How people write that nothing is left: "bal -0-", "Balance due: none"."""
_BARE_ROLES = frozenset(("total", "subtotal", "balance_due", "patient_responsibility"))


_REMNANT = re.compile(r"(?<![\w.,])(?:RM|[$€£])?\s?\d{1,5}\s?[.,]\s?\d?\W{0,2}$|[^\w\s]\s\d\d\W{0,2}$")
"""What is left of an amount of which not all was read: the amount above or below is another's."""


def _alone(sheet: Sheet, index: int, taken: set[int]) -> Iterator[Figure]:
    """Labels without an amount on their row: the amount stands below, or above, or on a row that lies askew."""
    row = sheet.rows[index]
    if sheet.amounts[index] or _REMNANT.search(row.text):
        return
    above = sheet.rows[index - 1] if index else None
    if (
        above is not None
        and not sheet.amounts[index - 1]
        and len(row.cells) == 1
        and meaning_of(above.text) is not None
        and not _VALUE_ENDS.search(above.text)
    ):
        return  # a stack of labels: which amount is whose is not shown
    for cell in row.cells:
        meaning = meaning_of(cell.text)
        if meaning is None or meaning.sure < STRONG or sum(c.isalpha() for c in cell.text) < 3:
            continue
        if meaning.role == "aside" and re.search(r"\d\W*$", cell.text):
            continue  # "ITEM(S) : 4" has its number
        last = cell is row.cells[-1]
        dated = re.search(r"\d\s?[/-]\s?\d", cell.text) is not None  # a day of its own is what it labels
        for other, place in ((index + 1, "below"), (index - 1, "above"))[: 1 if dated else 2]:
            amount = _near(sheet, row, cell, other, taken, alone=last)
            if amount is not None:
                yield Figure(
                    meaning.role, amount, meaning.sure - (0.05 if place == "below" else 0.15), (cell.start, cell.end),
                    other, "above" if place == "below" else "below",
                )  # fmt: skip
                break


_VALUE_ENDS = re.compile(r"\b(?:ending(?: in)?|[x*•.]{2,}) ?\d{4}\W*$", re.IGNORECASE)
"""A card under its last digits is what a label above it asks for, and no label."""


def _only_a_day(text: str, end: int) -> bool:
    """Whether nothing but a date, an hour or signs stands before an amount."""
    return bool(re.search(r"\d", text[:end])) and sum(c.isalpha() for c in _TIME.sub("", text[:end])) == 0


_TIME = re.compile(rf"{MONTH_BEGUN}|\b[ap]\.?m\b\.?|\bat\b|\bon\b", re.IGNORECASE)


def _goes_on_below(sheet: Sheet, index: int, piece: Piece) -> bool:
    """Whether another amount with words of its own that label no sum stands right below: what is over both heads a
    column, "Purchase  Paid  Date"."""
    below = [n for n in range(index + 1, min(index + 3, len(sheet.rows))) if sheet.amounts[n]]
    for row in (sheet.rows[n] for n in below[:1]):
        under = [cell for cell in row.cells if abs(cell.box.right - piece.box.right) < _IN_COLUMN]
        under = under or [cell for cell in row.cells if abs(cell.box.left - piece.box.left) < _IN_COLUMN]
        words = [cell for cell in row.cells if under and cell.box.left < under[0].box.left]
        labelled = any((m := meaning_of(cell.text)) is not None and m.sure >= STRONG for cell in words)
        return sum(c.isalpha() for cell in words for c in cell.text) > 3 and not labelled
    return False


def _near(sheet: Sheet, row: Row, cell: Piece, index: int, taken: set[int], *, alone: bool) -> Amount | None:
    if not 0 <= index < len(sheet.rows) or sheet.rows[index].page is not row.page:
        return None
    other = sheet.rows[index]
    height = max(row.height, other.height)
    if abs(other.box.top - row.box.top) > 2.6 * height:
        return None
    for piece in other.cells:
        found = [a for a in sheet.amounts[index] if piece.start <= a.start < piece.end and a.start not in taken]
        if not found:
            continue
        beside_it = piece.text[: found[0].start - piece.start] + piece.text[found[-1].end - piece.start :]
        if sum(c.isalpha() for c in beside_it) > 3:
            continue
        meaning = meaning_of(cell.text)
        pays = meaning is not None and meaning.role in ("amount_paid", "card", "tendered")
        if pays and alone and piece.box.left >= cell.box.left and _only_a_day(other.text, found[0].start - other.start):
            return found[0]  # how it was paid, and below it when and how much
        words_before = any(sum(c.isalpha() for c in p.text) >= 3 for p in other.cells if p.box.left < piece.box.left)
        if words_before and (len(row.cells) == 1 or _goes_on_below(sheet, index, piece)):
            continue  # the amount has words of its own
        beneath = piece.box.left < cell.box.right and cell.box.left < piece.box.right
        worded = [p for p in other.cells if any(c.isalpha() for c in p.text)]  # a day and an hour are no words
        beside = alone and not worded and piece.box.left > cell.box.right
        if beneath or (beside and abs(other.box.top - row.box.top) < 1.2 * height):
            return found[0]
    return None
