"""What do the words of a priced row say: its description, quantity, code, and whom it is for?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from docscan.extraction.bills.billing import is_clinical
from docscan.extraction.bills.days import bill_days
from docscan.extraction.bills.descriptions import cleaned, letters, without_person
from docscan.extraction.bills.line_codes import written_code
from docscan.extraction.bills.money import Amount, amounts_in
from docscan.extraction.bills.products import product_in
from docscan.extraction.bills.rows import Piece, Row, span_box
from docscan.extraction.bills.tables import Column, Header
from docscan.extraction.dates.dates import DateMention
from docscan.extraction.text.month_names import MONTH_OR_SHORT
from docscan.extraction.text.numerals import NUMBER_WORD
from docscan.extraction.text.numerals import number_of as spelt
from docscan.reference import procedure_codes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

CODE = re.compile(
    r"(?<![\w.$#/-])(?P<code>\d{5}|\d{4}[AFMTU]|[A-CE-HJ-MP-V]\d{4}|D\d{4})"
    r"(?:[-–: ](?P<mod>[A-Z]{2}|\d{2}|X[EPSU])|[A-Z]{2})?(?![\w/]|[.,]\d)"
)
_TIMES = re.compile(
    r"(?<=[a-z)])\s[x×]\s?(?P<after>\d{1,2})$|"
    r"(?<![\w.])(?!\d{1,2}[xX×]\d{1,2}(?![\d.]))(?P<count>\d{1,3})\s?(?:x|X|×|@|\*)[.,]?\s?(?=[$€£RU\d]|$)"
    r"|(?:(?<![\w.])|(?<=\bx))(?P<each>\d{1,3})\s?(?:ea|EA|pcs|PCS|unit|UNIT|UNITS|units)\b"
)
_COUNT_OF = re.compile(r"^\s*(?P<count>\d{1,3}) of:\s*")
_LEADING = re.compile(
    r"^\s*(?:\[(?=\d+\]))?(?P<count>\d{1,3})\s*(?:x|X|×|[)\]])?(?:\s+(?:EA|ea|PCS?|pcs?|PRS?|prs?)\b\.?)?\s+"
    rf"(?=[A-Za-z(\"'*&])(?!(?i:{MONTH_OR_SHORT})\b\.?\s*(?:\W|$))"
)
_NUMBERS_LINE = re.compile(r"^\s*\d{1,2}\s+(?=[A-Za-z])")
_COUNTED_CELL = re.compile(
    r"(?P<count>\d{1,3}(?:\.\d{1,2})?)\s?(?:h|hrs?|hours?|ea|each|pcs?|prs?|units?)\.?",
    re.IGNORECASE,
)
"""A count with what it counts in a cell of its own: "2 h", "6 ea"."""
_COUNT_IN_WORDS = re.compile(
    rf"(?P<count>{NUMBER_WORD})\s+(?!(?:and|to|on|of|by|or|no|dollars?|hundred|thousand)\b|[a-z]+\s*$)(?=[a-z])"
)
"""A count before what a letter names: "six jars of broth at 9 dollars"."""
_LEADERS = re.compile(r"\s*(?:\.{3,}|_{3,}|(?:\s\.){3,})\s*$")
_BULLET = re.compile(r"^\s*(?:[>+*•▪◦»]+\s+)+")
_DIAGNOSIS = re.compile(r"[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}")
_COUNTED = re.compile(r"\s*(?:[A-Za-z-]+\s){0,2}(?:sessions?|visits?|classes|lessons?|pack)\b", re.IGNORECASE)
_TIME_LONG = re.compile(r"[\s-]*(?:minutes?|mins?|hours?|hrs?|months?|weeks?|days?|years?)\b", re.IGNORECASE)
_CLOCK = r"\d{1,2}(?:[:.]\d\d\s?(?:[ap]\.?m\b\.?|[ap]\b)?|\s?[ap]\.?m\b\.?)"
_TIME_OF_DAY = re.compile(rf"^\W*(?:{_CLOCK}(?:\s?(?:[-–]|to)\s?{_CLOCK})?\s*)+", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}(?:\.\d)?")
_ONE = re.compile(r"[Il|!i]")
"""How OCR sees a 1 that stands alone."""
_FLAG = re.compile(r"[A-Z]{1,2}|[*.·]")
"""A till's mark of what is taxed or eligible, or what OCR saw where a number stood, in a cell of its own."""
_NOT_DESCRIBING = frozenset(("provider", "aside", "diagnosis", "code", "duration", "date"))
_RATE = re.compile(r"\|?\d{1,2}(?:\.\d{1,2})?%\|?")
"""What a column of discounts or taxes holds."""
_TRAILING = re.compile(r"(?<![\w.$-])(?P<count>\d{1,3})\s*$")
QUANTITY_SAID = re.compile(r"\b(?:qty|quantity)\b\.?:?\s*(?P<count>\d{1,3})\b", re.IGNORECASE)


class LineWords:
    """The words of a line's row: description, quantity, code, whom it is for."""

    def __init__(
        self,
        text: AnnotatedText,
        row: Row,
        amounts: Sequence[Amount],
        day: DateMention | None,
        header: Header | None,
        *,
        coded: bool,
        amount: Amount,
    ) -> None:
        self.code: str | None = None
        self.code_span: tuple[int, int] | None = None
        self.quantity: float | None = None
        self.person: tuple[int, int] | None = None
        self.leading: int | None = None
        self.unit_price: Decimal | None = None
        self.text, self._row, self._header, self._amounts = text, row, header, amounts
        self._order = header.by_order(row, amounts) if header is not None else None
        holes = [(a.start, a.end) for a in amounts]
        here = [d for d in bill_days(text) if row.start <= d.start < row.end]
        holes += [(d.start, d.end) for d in here if not _amid_words(text, row, d)] if day is not None else []
        if len(here) > 1 and re.fullmatch(r"\W*(?:to|through|thru)?\W*", text.text[here[0].end : here[1].start]):
            holes.append((here[0].end, here[1].start))
        if (product := product_in(text.text[row.start : amount.start], amount.value, row.start)) is not None:
            self.quantity, self.unit_price = product.quantity, product.price
            holes.append(product.cover)
        last = row.end if header is not None else max(amount.end for amount in amounts)
        words = [w for w in text.document.words_between(row.start, last) if not _inside(w.start, w.end, holes)]
        coded = coded or text.kind[0] in ("superbill", "eob")
        clinical = is_clinical(text)
        kept: list[tuple[int, int]] = []
        elsewhere: list[tuple[int, int]] = []
        askew: list[tuple[int, int]] = []  # words under the heading of another column, which holds codes
        for word in words:
            column = self._column(word.start, word.end)
            opens = clinical and (column == "aside" or _TIME_OF_DAY.fullmatch(self._said(kept) or "0:00"))
            if not self._taken(word.start, word.end, column, coded=bool(coded or opens)):
                (elsewhere if column in _NOT_DESCRIBING else kept).append((word.start, word.end))
                askew += [(word.start, word.end)] if column == "code" else []
        described = [cell for cell in row.cells if any(cell.start <= start < cell.end for start, _ in kept)]
        kept = sorted({*kept, *(s for s in askew if any(cell.start <= s[0] < cell.end for cell in described))})
        elsewhere = [span for span in elsewhere if span not in kept]
        if not (header is not None and header.has("description") and letters(self._said(kept)) >= 3):
            kept = sorted(elsewhere + kept)
        if header is None and self.quantity is None and len(kept) > 1:
            start, end = kept[-1]
            alone = any(cell.start == start and cell.end == end for cell in row.cells)
            if alone and re.fullmatch(r"\d{1,2}", text.text[start:end]):
                self.quantity = number_of(text.text[start:end])
                kept.pop()
        if self.quantity is None and header is not None and header.counts_before_money():
            kept = self._counted_beside(kept, amounts[0])
        kept = self._without_code(kept, amounts[0].start)
        kept = self._without_flag(kept)
        description = self._said(kept)
        if day is not None or (header is not None and header.has("date")):
            description = _TIME_OF_DAY.sub("", description)
        self.description = self._counted(description, amounts)

    def _taken(self, start: int, end: int, column: Column | None, *, coded: bool) -> bool:
        """Whether a word is a quantity, a code, a name or nothing rather than a part of the description."""
        printed = self.text.text[start:end]
        number = bool(_NUMBER.fullmatch(printed))
        if self._counts(start, printed, column):
            return True
        if number and column in ("aside", "duration", "diagnosis", "unit_price", "amount", "code"):
            if column == "unit_price" and self._order is not None:
                self.unit_price = self.unit_price or Decimal(printed)
            return True
        match = CODE.fullmatch(_as_code(printed.strip(",;:()")))
        if match and self.code is None and not self._is_zip(self.text, start):
            own = any(cell.start == start and cell.end == end for cell in self._row.cells)
            aside = column == "aside" and self._order is not None and "code" in self._order
            if (
                column == "code"
                or (coded and not aside)
                or (own and not aside and procedure_codes.service_class(match["code"]) is not None)
            ):
                self.code, self.code_span = match["code"], (start, end)
                return True
        if column == "person":
            self.person = (self.person[0] if self.person else start, end)
            return True
        if column in _NOT_DESCRIBING:
            return not re.search(r"[A-Za-z]{3}", printed)
        return self._is_a_rate(start, printed) or (coded and bool(_DIAGNOSIS.fullmatch(printed.strip(",;:()"))))

    def _counts(self, start: int, printed: str, column: Column | None) -> bool:
        """Whether a word of a table is the quantity, or stands in a cell that only counts: "2 h" before a price."""
        if column == "quantity" and self.quantity is None and (_NUMBER.fullmatch(printed) or _ONE.fullmatch(printed)):
            self.quantity = number_of(printed) if _NUMBER.fullmatch(printed) else 1
            return True
        cell = next((c for c in self._row.cells[1:] if c.start <= start < c.end), None)
        counts = self._header is not None and self._header.has("quantity") and cell is not None
        counted = _COUNTED_CELL.fullmatch(cell.text) if counts and cell is not None else None
        if counted is not None:
            self.quantity = self.quantity or number_of(counted["count"])
        return counted is not None

    def _is_a_rate(self, start: int, printed: str) -> bool:
        """ "25%" behind a price in a table that has a column of discounts or taxes."""
        told = self._header is not None and self._header.has("discount", "tax") and _RATE.fullmatch(printed)
        return bool(told) and any(amount.end <= start for amount in self._amounts)

    def _counted_beside(self, kept: list[tuple[int, int]], first: Amount) -> list[tuple[int, int]]:
        """The words but for the bare number in the cell left of the amounts, which counts, though it stand askew."""
        cells = [cell for cell in self._row.cells if cell.end <= first.start]
        if len(cells) > 1 and re.fullmatch(r"\d{1,2}", cells[-1].text):
            self.quantity = number_of(cells[-1].text)
            return [span for span in kept if span[0] != cells[-1].start]
        return kept

    def _without_code(self, kept: list[tuple[int, int]], last: int) -> list[tuple[int, int]]:
        """The words but for a code that they write, and for what announces one."""
        if self.code is None and (written := written_code(self.text, self._row.start, last)) is not None:
            self.code, self.code_span = written.code, written.span
            self.quantity = self.quantity or written.times
            kept = [rest for span in kept for rest in _outside(span, written.cover)]
        announced = ("CPT", "HCPCS") if self.code is not None else ()
        return [span for span in kept if self.text.text[slice(*span)].rstrip(":#").upper() not in announced]

    def _without_flag(self, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The words but for a mark that stands in a cell of its own behind them."""
        flags = self.text.once("flags of a till", lambda: _flags(self.text.text))
        while len(kept) > 1 and letters(self._said(kept[:-1])) >= 3:
            start, end = kept[-1]
            alone = any(cell.start == start and cell.end == end for cell in self._row.cells)
            printed = self.text.text[start:end]
            if not _FLAG.fullmatch(printed) or not (alone or printed in flags):
                break
            kept = kept[:-1]
        return kept

    def _said(self, spans: Iterable[tuple[int, int]]) -> str:
        return " ".join(self.text.text[start:end] for start, end in spans)

    def _column(self, start: int, end: int) -> Column | None:
        """The column that a word stands in. A number amid words is one of them, whatever stands above it."""
        cell = next((c for c in self._row.cells if c.start <= start < c.end), None)
        if self._header is None or cell is None:
            return None
        box = span_box(self.text, start, end)
        if self._order is not None:
            return self._order[self._row.cells.index(cell)]
        if _NUMBER.fullmatch(self.text.text[start:end]):
            near = self._header.of_number(box.left, box.right)
            at_edge = start == cell.start or end == cell.end
            if (start, end) == (cell.start, cell.end) or (near is not None and at_edge and not self._described(cell)):
                return near
            if at_edge and near is not None and self._header.stands_under(near, box.left, box.right):
                return near
        column = self._header.of_word(box.left, cell.box)
        if column == "aside" and self._shares_cell(start, cell):
            column = "description"
        begins = column == "date" and self._described(cell) and not self._dated(cell)
        return "description" if begins and self._header.has("description") else column  # all that the cell says is one

    def _shares_cell(self, start: int, cell: Piece) -> bool:
        """Whether the words of a cell stand under the heading of what was done, but for those at its end, or but for
        words at its beginning."""
        if self._header is None or not self._described(cell):
            return False
        words = self.text.document.words_between(cell.start, cell.end)
        under = [self._header.of_word(span_box(self.text, w.start, w.end).left, cell.box) for w in words]
        opening = next((n for n, one in enumerate(under) if one == "description"), None)
        here = next(n for n, w in enumerate(words) if w.end > start)
        if opening is None:
            return False
        return here > opening or all(self.text.text[w.start : w.end].isalpha() for w in words[:opening])

    def _dated(self, cell: Piece) -> bool:
        return any(cell.start <= day.start < cell.end for day in bill_days(self.text))

    @staticmethod
    def _described(cell: Piece) -> bool:
        return letters(cell.text) >= 3

    @staticmethod
    def _is_zip(text: AnnotatedText, start: int) -> bool:
        return bool(re.search(r"(?<![A-Za-z])[A-Z]{2},?[ ]{1,2}$", text.text[max(0, start - 8) : start]))

    def _counted(self, description: str, amounts: Sequence[Amount]) -> str:
        """Take the quantity out of a description, and what stands before it."""
        description = _LEADERS.sub("", _BULLET.sub("", description))
        if self.quantity is not None and re.fullmatch(r"\d{1,2}", self._row.cells[0].text):
            description = _NUMBERS_LINE.sub("", description)
        told = _COUNT_IN_WORDS.match(description) if self.quantity is None else None
        if told is not None and not _TIME_LONG.match(description[told.end("count") :]):
            self.quantity, description = spelt(told["count"]), description[told.end() :]
        for pattern in (QUANTITY_SAID, _COUNT_OF, _TIMES, _LEADING, _TRAILING):
            match = pattern.search(description)
            if match is None or self.quantity is not None:
                continue
            if pattern is _LEADING:
                self.leading = int(match["count"])
            if pattern is _LEADING and _TIME_LONG.match(description[match.end("count") :]):
                continue
            count = int(next(value for value in match.groupdict().values() if value))
            if not 0 < count < 500:
                continue
            rest = description[: match.start()] + " " + description[match.end() :]
            if pattern is _TRAILING and not any(abs(a.cents) * count == abs(amounts[-1].cents) for a in amounts[:-1]):
                continue
            self.quantity = count
            if not (pattern is _LEADING and _COUNTED.match(rest)):
                description = rest
        return without_person(cleaned(description))


def _flags(text: str) -> frozenset[str]:
    """The marks that a till prints beside its prices, or explains: "F 13.49", "8.99 T", "H = health item"."""
    return frozenset(match["before"] or match["behind"] or match["told"] for match in _TILL_FLAG.finditer(text))


_TILL_FLAG = re.compile(
    r"\t(?P<before>[A-Z])[ \t]+\d+\.\d\d$|\d\.\d\d[ \t]?(?P<behind>[A-Z])$|^[ \t]*(?P<told>[A-Z])[ ]?=[ ]?[A-Za-z]{3}",
    re.MULTILINE,
)


def _as_code(printed: str) -> str:
    """A procedure's code whose digits were read as letters: "9711O", "GO283"."""
    head, rest = printed[:1], printed[1:5]
    if len(printed) < 5 or sum(c.isdigit() for c in printed[:5]) < 3:
        return printed
    head = head if head in "ABCDEGHJKLMPQRSTV" else head.translate(_DIGITS)
    return (
        head
        + rest[:3].translate(_DIGITS)
        + (rest[3] if rest[3] in "FTMU" else rest[3].translate(_DIGITS))
        + printed[5:]
    )


_DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})


def _amid_words(text: AnnotatedText, row: Row, day: DateMention) -> bool:
    """ "Late cancellation fee, 5/14/2026 appointment": the date belongs to the description."""
    cell = next((c for c in row.cells if c.start <= day.start and day.end <= c.end), None)
    if cell is None:
        return False
    before, after = text.text[cell.start : day.start], text.text[day.end : cell.end]
    return letters(before) >= 3 and bool(re.match(r"\s[A-Za-z]{4}", after)) and not amounts_in(after)


def number_of(printed: str) -> float | None:
    """A quantity: a whole number where it is one, None for nought."""
    value = float(printed)
    return int(value) if value == int(value) and value else value or None


def _outside(span: tuple[int, int], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """What is left of a span where a hole was cut into it."""
    (start, end), (first, last) = span, hole
    if end <= first or last <= start or first == last:
        return [span]
    return [part for part in ((start, first), (last, end)) if part[0] < part[1]]


def _inside(start: int, end: int, holes: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in holes)
