"""What the columns of a bill hold, from the words that head them, wherever they stand on the page.

A heading that no word explains ("What we did", "Ref") is told by what stands below it: words describe, where no other
column does; the rest is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from docscan.document import Box
from docscan.extraction.bills.labels import labels
from docscan.extraction.bills.money import Amount, amounts_in
from docscan.extraction.bills.ordered import is_askew, is_set_off, laid_along, totals_along
from docscan.extraction.bills.rows import Piece, Row, span_box
from docscan.extraction.text.spelling import respell, words_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

Column: TypeAlias = Literal[
    "date", "description", "code", "diagnosis", "quantity", "unit_price", "amount", "duration", "provider", "person",
    "aside", "tax", "discount", "paid", "insurance", "patient", "balance", "unknown",
]  # fmt: skip

MONEY: Final[frozenset[str]] = frozenset(
    ("unit_price", "amount", "tax", "discount", "paid", "insurance", "patient", "balance", "aside")
)
TEXT: Final[frozenset[str]] = frozenset(
    ("date", "description", "code", "diagnosis", "duration", "provider", "person", "aside")
)

_ONLY_CURRENCY = re.compile(r"\W*(?:rm|usd|eur|gbp|\$|£|€)\W*")
_SOON = 12  # rows under a heading of which one has an amount; half as many where it names but two columns
_LINES = 30  # rows under a heading that tell what an unknown column holds


@dataclass(frozen=True, slots=True)
class Heading:
    """What one column holds, and where its heading stands from left to right. `worded`: nobody prints amounts in it."""

    holds: Column
    left: float
    right: float
    start: int
    end: int
    said: str = ""
    worded: bool = False

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table from left to right. `first`, `last`: the rows that they stand on.

    `askew`: what stands below stands in no columns; only the order of its cells is kept. `totals`: of such rows that
    sum up others, where they begin and under which headings their cells belong.
    """

    columns: tuple[Heading, ...]
    first: int
    last: int
    askew: bool = False
    totals: Mapping[int, tuple[int, ...]] = field(default_factory=dict, compare=False)

    def has(self, *columns: Column) -> bool:
        return any(column.holds in columns for column in self.columns)

    def by_order(self, row: Row, amounts: Sequence[Amount]) -> tuple[Column, ...] | None:
        """What each cell of a row is, where it has one for each heading and they can hold what they should; of a row
        that stands in no columns, where it can be laid along the headings."""
        places = (self.totals.get(row.start) or laid_along(self.columns, row)) if self.askew else None
        if places is not None:
            return tuple(self.columns[place].holds for place in places)
        if len(row.cells) != len(self.columns) or len(row.cells) < 3:
            return None
        for cell, column in zip(row.cells, self.columns, strict=True):
            priced = any(cell.start <= amount.start < cell.end for amount in amounts)
            if priced != (column.holds in MONEY) and column.holds != "aside" and not _is_empty(cell, column):
                return None
        return tuple(column.holds for column in self.columns)

    def counts_before_money(self) -> bool:
        """Whether the quantity stands right before the first column of money."""
        holds = [column.holds for column in self.columns]
        first = next((n for n, one in enumerate(holds) if one in MONEY and one != "aside"), 0)
        return first > 0 and holds[first - 1] == "quantity"

    def of_amounts(self, amounts: Sequence[tuple[Amount, float, float]]) -> list[Column | None]:
        """What each amount of a row is, given with its left and right edge."""
        money = [column for column in self.columns if column.holds in MONEY and not column.worded]
        if len(amounts) == len(money):
            return [column.holds for column in money]
        under = [_right_under(money, right) for _, _, right in amounts]
        if all(under) and len({column.start for column in under if column}) == len(under):
            return [column.holds if column else None for column in under]
        sure = [column for column in money if column.holds != "aside"]
        if len(amounts) == len(sure):
            return [column.holds for column in sure]
        found: list[Column | None] = []
        for _, left, right in amounts:
            near = min(
                money,
                key=lambda c: min(abs(c.right - right), abs(c.middle - (left + right) / 2), abs(c.left - left)),
                default=None,
            )
            found.append(near.holds if near else None)
        return found

    def of_word(self, left: float, cell: Box) -> Column | None:
        """The column of words in which a word that starts at `left` in a cell stands.

        It starts where its heading starts; under a heading that is set in the middle it starts further left.
        """
        before = [c for c in self.columns if c.holds in TEXT and c.left <= left + 0.012]
        nearest = max(before, key=lambda c: c.left, default=None)
        if nearest is None or nearest.right < cell.left:
            within = [c for c in self.columns if c.holds in TEXT and cell.left < c.middle < cell.right]
            nearest = within[0] if within else nearest
        return nearest.holds if nearest else None

    def stands_under(self, column: Column, left: float, right: float) -> bool:
        """Whether a number stands right under a heading for this."""
        return any(c.holds == column and c.left - 0.01 < (left + right) / 2 < c.right + 0.01 for c in self.columns)

    def of_number(self, left: float, right: float) -> Column | None:
        """The column that a bare number stands under; None where it stands under none."""
        middle = (left + right) / 2
        near = min(self.columns, key=lambda c: min(abs(c.middle - middle), abs(c.right - right), abs(c.left - left)))
        distance = min(abs(near.middle - middle), abs(near.right - right), abs(near.left - left))
        return near.holds if distance < 0.05 else None


def _is_empty(cell: Piece, column: Heading) -> bool:
    """A dash in place of anything, or the price of one without its cents."""
    return not any(c.isalnum() for c in cell.text) or (column.holds == "unit_price" and cell.text.isdigit())


def _right_under(money: Sequence[Heading], right: float) -> Heading | None:
    """The column of money that ends right where an amount ends."""
    near = min(money, key=lambda c: abs(c.right - right), default=None)
    return near if near is not None and abs(near.right - right) < _FLUSH else None


_FLUSH = 0.012  # of the page's width


def headers_of(
    text: AnnotatedText, rows: Sequence[Row], amounts: Sequence[Sequence[Amount]] = ()
) -> tuple[Header, ...]:
    """The table headings of a document; one that is set on two rows is one.

    Words of columns alone make no table: where none of the next rows has an amount, they head none.
    """
    found: list[Header] = []
    index = 0
    while index < len(rows):
        header = _header(text, rows, index)
        if header is None or (amounts and not _has_rows(header, rows, amounts)):
            index += 1
            continue
        found.append(header)
        index = header.last + 1
    ends = [*(header.first for header in found), len(rows)][1:]
    return tuple(
        _explained(header, rows[header.last + 1 : end]) for header, end in zip(found, ends, strict=bool(found))
    )


def _has_rows(header: Header, rows: Sequence[Row], amounts: Sequence[Sequence[Amount]]) -> bool:
    """Whether rows with amounts, or with bare numbers, stand under a heading, soon and on its page."""
    soon = _SOON if len(header.columns) > 2 else _SOON // 2
    below = range(header.last + 1, min(header.last + 1 + soon, len(rows)))
    here = [index for index in below if rows[index].page is rows[header.last].page]
    return any(amounts[index] or re.search(r"(?<!\S)\d{1,4}$", rows[index].text) for index in here)


def _explained(header: Header, below: Sequence[Row]) -> Header:
    """Headings of unknown meaning by what stands under them, then all of them by what stands beside."""
    if is_askew(header.columns, below[:_LINES]):
        header = replace(header, askew=True, totals=totals_along(header.columns, below))
    header = _by_contents(_as_money(header, below), below)
    letters: dict[int, int] = {}
    priced: set[int] = set()
    for index, column in enumerate(header.columns):
        if column.holds == "unknown":
            cells = list(_under(header, column, below))
            letters[index] = sum(sum(c.isalpha() for c in cell) for cell in cells)
            if _mostly_money(cells):
                priced.add(index)
    described = any(column.holds == "description" for column in header.columns)
    counted = any(column.holds == "amount" for column in header.columns)
    words = {index: count for index, count in letters.items() if index not in priced}
    most = max(words, key=lambda index: words[index], default=None) if not described else None
    amount = max(priced) if priced and not counted else None
    named: list[Heading] = []
    for index, column in enumerate(header.columns):
        if column.holds != "unknown":
            named.append(column)
        else:
            holds: Column = "description" if index == most else "amount" if index == amount else "aside"
            named.append(replace(column, holds=holds))
    settled = (_worded(header, column, below) if column.holds == "aside" else column for column in _settled(named))
    return replace(header, columns=tuple(settled))


def _worded(header: Header, column: Heading, below: Sequence[Row]) -> Heading:
    """A column set aside with what stands in it: amounts, or words and signs alone ("Yes", "A")."""
    first, last = header.columns[0], header.columns[-1]
    cells = [
        cell.text for row in below[:_LINES] if amounts_in(row.text) for cell in row.cells
        if cell.box.left < column.right and column.left < cell.box.right and first.left - 0.05 < cell.box.left
    ] if column is not last or not header.askew else []  # fmt: skip
    return replace(column, worded=bool(cells) and not any(amounts_in(cell) for cell in cells))


def _as_money(header: Header, below: Sequence[Row]) -> Header:
    """ "Patient" over amounts is what the patient bears, and of two columns of insurance one only took off."""
    paid = [c for c in header.columns if c.holds == "insurance" and not _TAKEN_OFF.search(c.said)]
    if not paid and header.has("patient"):
        header = replace(header, columns=tuple(_by_name(column) for column in header.columns))
    procedures = header.askew and any(c.holds == "code" and _PROCEDURE.search(c.said) for c in header.columns)
    columns: list[Heading] = []
    for column in header.columns:
        if column.holds == "code" and procedures and not _PROCEDURE.search(column.said):
            columns.append(replace(column, holds="aside"))  # "Test code" beside "CPT"
            continue
        if column.holds == "person" and _mostly_money(list(_under(header, column, below))):
            columns.append(replace(column, holds="patient"))
        elif column.holds == "insurance" and paid and _TAKEN_OFF.search(column.said):
            columns.append(replace(column, holds="aside"))
        elif column.holds == "paid" and _mostly_words(list(_in_order(header, column, below))):
            columns.append(replace(column, holds="aside"))  # "Payment" over "Visa 7719"
        else:
            columns.append(column)
    return replace(header, columns=tuple(columns))


def _by_contents(header: Header, below: Sequence[Row]) -> Header:
    """What is headed as money and holds words tells what was done, or nothing ("Benefit" over "Eye exam"); what is
    headed as words and holds codes is their column ("Procedure" over "92014")."""
    held = {n: list(_in_order(header, column, below)) for n, column in enumerate(header.columns)}
    coded = [
        n for n, column in enumerate(header.columns)
        if column.holds == "description" and held[n] and all(_CODE.fullmatch(cell) for cell in held[n])
    ]  # fmt: skip
    worded = [
        n for n, column in enumerate(header.columns)
        if column.holds in ("insurance", "unknown") and _mostly_words(held[n]) and not _CODE.fullmatch(held[n][0])
    ]  # fmt: skip
    if not coded or not worded or sum(c.holds == "description" for c in header.columns) != len(coded):
        return header
    most = max(worded, key=lambda n: sum(c.isalpha() for cell in held[n] for c in cell))
    told: dict[int, Column] = {**dict.fromkeys(coded, "code"), most: "description"}
    columns = tuple(replace(c, holds=told[n]) if n in told else c for n, c in enumerate(header.columns))
    return replace(header, columns=columns)


_CODE = re.compile(r"(?:[A-Z]?\d{4,5}|\d{4}[A-Z])(?:[- ][A-Z0-9]{2})*")
_PROCEDURE = re.compile(r"cpt|hcpcs|proc|cdt", re.IGNORECASE)


def _by_name(column: Heading) -> Heading:
    """ "Kestrel paid" beside what the patient owes: what the plan of that name paid."""
    names = column.holds == "paid" and _SOMEBODY_PAID.fullmatch(column.said)
    return replace(column, holds="insurance") if names else column


_SOMEBODY_PAID = re.compile(
    r"(?!(?:amount|patient|pt|client|customer|member|you|date|total|family|self)\b)"
    r"[a-z][\w&.'’]+ (?:[a-z][\w&.'’]+ )?(?:paid|pays)"
)
_TAKEN_OFF = re.compile(r"\badj|\bwrite|\bdisc", re.IGNORECASE)


def _mostly_words(cells: Sequence[str]) -> bool:
    worded = [sum(c.isalpha() for c in cell) >= 2 and not amounts_in(cell) for cell in cells]
    return len(cells) > 1 and sum(worded) * 3 > 2 * len(cells)


def _mostly_money(cells: Sequence[str]) -> bool:
    return sum(bool(amounts_in(cell)) for cell in cells) * 2 > len(cells)


def _in_order(header: Header, column: Heading, below: Sequence[Row]) -> Iterable[str]:
    """What stands in a column on the rows that have a cell for each heading."""
    place = header.columns.index(column)
    yield from (row.cells[place].text for row in below[:_LINES] if len(row.cells) == len(header.columns) > 2)


def _under(header: Header, column: Heading, below: Sequence[Row]) -> Iterable[str]:
    next_left = min((c.left for c in header.columns if c.left > column.left), default=1.0)
    for row in below[:_LINES]:
        if header.askew:
            places = laid_along(header.columns, row) or ()
            yield from (c.text for c, n in zip(row.cells, places, strict=False) if header.columns[n] == column)
            continue
        for cell in row.cells:
            if cell.box.left < column.right and column.left - 0.03 < cell.box.right and cell.box.left < next_left:
                yield cell.text


def _header(text: AnnotatedText, rows: Sequence[Row], index: int) -> Header | None:
    single = _headings(text, rows[index])
    if index + 1 < len(rows) and _follows(rows[index], rows[index + 1]):
        both = _stacked(rows[index], rows[index + 1])
        if len(both) > len(single) or (both and len(both) == len(single) and len(_headings(text, rows[index + 1])) > 1):
            return _table(both, index, index + 1)
    return _table(single, index, index)


def _table(columns: Sequence[Heading], first: int, last: int) -> Header | None:
    known = [column for column in columns if column.holds != "unknown"]
    kinds = {column.holds for column in known}
    if (
        len(known) < 2
        or (len(columns) - len(known) > len(known) and not {"description", "amount"} <= kinds)
        or not kinds & (MONEY - {"aside"})
        or not kinds & {"description", "date", "code", "quantity", "unit_price", "insurance", "patient"}
    ):
        return None
    return Header(tuple(columns), first, last)


def _settled(columns: Sequence[Heading]) -> Iterable[Heading]:
    """ "Price" is the amount where no other column is; "Rate" alone is too. "Balance" alone is no amount."""
    plain = [c for c in columns if c.holds == "amount"]
    rates = [c for c in columns if c.holds == "unit_price"]
    counts = [c for c in columns if c.holds == "quantity"]
    for column in columns:
        if len(counts) > 1 and not rates and plain and column is counts[-1]:
            yield replace(column, holds="unit_price")  # "Qty  Unit  Amount"
        elif not plain and rates and column is rates[-1]:
            yield replace(column, holds="amount")
        elif (
            len(plain) > 1
            and column in plain
            and column is not plain[-1]
            and not any(c.holds in ("insurance", "patient") for c in columns)
        ):
            counted = any(c.holds == "quantity" for c in columns)
            yield replace(column, holds="unit_price" if counted else "aside")
        elif (
            len(plain) > 1
            and column in plain
            and column is not plain[0]
            and any(c.holds in ("insurance", "patient") for c in columns)
        ):
            yield replace(column, holds="aside")
        else:
            yield column


def _headings(text: AnnotatedText, row: Row) -> list[Heading]:
    if amounts_in(row.text) or re.search(r"\d{3}|\d[/-]\d", row.text):
        return []
    if len(row.cells) == 1 and re.search(r"[a-z]{3}.*:(?:$|\s+\S)", row.text, re.IGNORECASE):
        return []  # a label, with its value or over what it announces: "Insurance Provider: Aetna"
    respelt = respell(row.text, _vocabulary())
    found: list[Heading] = []
    letters = sum(c.isalpha() for c in respelt.text)
    covered = 0
    for match in _pattern().finditer(respelt.text):
        if match.end() == match.start():
            continue
        start, end = respelt.span(match.start(), match.end())
        if _ONLY_CURRENCY.fullmatch(match.group()) and found and row.start + start - found[-1].end <= 1:
            continue
        covered += sum(c.isalpha() for c in match.group())
        holds = next(column for column, _ in _names() if match[column])
        box = span_box(text, row.start + start, row.start + end)
        found.append(Heading(holds, box.left, box.right, row.start + start, row.start + end, match.group()))
    if len(row.cells) < 3:
        return found if covered * 10 >= letters * 6 else []
    known = sum(1 for cell in row.cells if any(cell.start <= h.start < cell.end for h in found))
    few = covered * 10 >= letters * 4 if known >= 3 else _is_log(row, found)
    few = few or _is_named(row)
    if covered * 10 < letters * 6 and not few:
        return []
    set_off = is_set_off([cell.box for cell in row.cells])
    return [heading for cell in row.cells for heading in _of_cell(cell, found, whole=set_off)]


def _is_log(row: Row, found: Sequence[Heading]) -> bool:
    """Short words side by side, among them what was done and what it cost: the other columns are the log's own."""
    holds = {heading.holds for heading in found}
    return (
        {"description", "amount"} <= holds and len(row.cells) >= 5 and all(len(c.text.split()) < 4 for c in row.cells)
    )


def _is_named(row: Row) -> bool:
    """Names of columns and of nothing else in all cells but one, among them money and another: the last says at length
    what was sold ("Drug / directions on label")."""
    names = [_name(cell.text) for cell in row.cells]
    holds = {name for name in names if name is not None}
    return len(names) >= 4 and names.count(None) <= 1 and bool(holds & MONEY - {"aside"}) and len(holds) >= 3


def _of_cell(cell: Piece, headings: Sequence[Heading], *, whole: bool) -> Iterable[Heading]:
    """The headings in a cell: the only one is as wide as the cell; where none is known, it is one all the same.

    `whole`: every cell is one heading, of however many words: "Provider charge", "Allowed amt".
    """
    here = [h for h in headings if cell.start <= h.start < cell.end]
    if len(here) > 1 and whole:
        aside = any(h.holds == "aside" for h in here)
        holds: Column = (
            "aside" if aside else next((h.holds for h in reversed(here) if h.holds in MONEY), here[-1].holds)
        )
        yield Heading(holds, cell.box.left, cell.box.right, cell.start, cell.end, cell.text.lower())
    elif len(here) > 1:
        yield from here
    elif here:
        named = replace(here[0], left=cell.box.left, right=cell.box.right)
        yield replace(named, said=cell.text.lower()) if named.holds == "paid" else named
    elif sum(c.isalpha() for c in cell.text) >= 2:
        yield Heading("unknown", cell.box.left, cell.box.right, cell.start, cell.end)


def _stacked(upper: Row, lower: Row) -> list[Heading]:
    """Headings on two rows: cells that stand one above the other are one heading, "Deduct-" above "ible" one word."""
    if amounts_in(lower.text) or amounts_in(upper.text) or re.search(r"\d{3}", upper.text + lower.text):
        return []
    under: dict[int, Piece] = {}
    for cell in lower.cells:
        above = max(upper.cells, key=lambda c: _shared(c, cell))
        if _shared(above, cell) > 0 and above.start not in under:
            under[above.start] = cell
    found: list[Heading] = []
    words = letters = joined = 0
    for cell in (*upper.cells, *(c for c in lower.cells if c not in under.values())):
        below = under.get(cell.start)
        both = _joined(cell.text, below.text) if below else cell.text
        named = next((name for name in (both, cell.text, below.text if below else "") if _name(name)), None)
        box = Box.around([cell.box, below.box]) if below else cell.box
        told = sum(c.isalpha() for c in both)
        letters += told
        words += sum(c.isalpha() for c in named) if named else 0
        joined += below is not None and named == both
        holds: Column = (_name(named) if named else None) or "unknown"
        if told > 1:
            found.append(Heading(holds, box.left, box.right, cell.start, cell.end, (named or both).lower()))
    if len(under) == 1 and _table(_named_alone(lower), 0, 0) is not None:
        return []  # what announces a table, above it
    named_all = words * 10 >= letters * 7
    if not under or not (named_all or _is_one_table(upper, lower, under, joined)):
        return []
    return sorted(found, key=lambda heading: heading.left)


def _named_alone(row: Row) -> list[Heading]:
    return [
        Heading(_name(cell.text) or "unknown", cell.box.left, cell.box.right, cell.start, cell.end)
        for cell in row.cells
    ]  # fmt: skip


def _is_one_table(upper: Row, lower: Row, under: Mapping[int, Piece], joined: int) -> bool:
    """Whether most of what stands below names the columns on: at least two names are whole only on both rows."""
    return joined > 1 and len(upper.cells) > 2 and len(under) * 3 > 2 * len(lower.cells)


def _shared(upper: Piece, lower: Piece) -> float:
    return min(upper.box.right, lower.box.right) - max(upper.box.left, lower.box.left)


def _joined(upper: str, lower: str) -> str:
    return upper[:-1] + lower if upper.endswith("-") and lower[:1].islower() else f"{upper} {lower}"


def _follows(upper: Row, lower: Row) -> bool:
    return upper.page is lower.page and 0 < lower.box.top - upper.box.top < 2.2 * max(upper.height, lower.height)


def _name(cell: str) -> Column | None:
    text = _BOX.sub("", " ".join(respell(cell, _vocabulary()).text.split()))
    match = _pattern().fullmatch(text.strip(" .:*#"))
    return next(column for column, _ in _names() if match[column]) if match else None


_BOX = re.compile(r"^(?:\d{2}\.? ?(?:[a-j]\. ?)?|[a-j]\. ?)(?=[a-z$])")
"""What numbers the boxes of a claim form: "24. A. Date(s) of service", "47 Total charges"."""


@cache
def _names() -> tuple[tuple[Column, str], ...]:
    return tuple((entry["holds"], "|".join(entry["patterns"])) for entry in labels()["column"])


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _names())
    return re.compile(rf"(?<![a-z])(?:{names})(?![a-z])")


@cache
def _vocabulary() -> frozenset[str]:
    return words_of(pattern for _, pattern in _names()) | {"coinsurance", "copayment"}
