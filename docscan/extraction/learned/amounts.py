"""What is each amount of a bill, by the words around it and by how it compares with the others?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.bills.figures import Sheet, sheet_of
from docscan.extraction.linear import Features, pairs, readers, words

if TYPE_CHECKING:
    from docscan.extraction.bills.money import Amount
    from docscan.extraction.text.annotated import AnnotatedText

NAME = "amounts"
ROLES: Final = (
    "total", "subtotal", "tax", "tip", "discount", "shipping", "insurance_paid", "patient_responsibility",
    "amount_paid", "balance_due", "refund", "item",
)  # fmt: skip
_NEAR = 8  # words
_RANKS = 5
_MOST = 120  # amounts of a document that are looked at


class Seen(NamedTuple):
    """An amount with what is seen of it."""

    amount: Amount
    features: Features

    @property
    def cents(self) -> int:
        return abs(self.amount.cents)


def seen(text: AnnotatedText) -> tuple[Seen, ...]:
    """Every amount of a document, in order."""
    return text.once("amounts seen", lambda: tuple(_seen(text, sheet_of(text))))


def _seen(text: AnnotatedText, sheet: Sheet) -> Iterator[Seen]:
    listed = [(index, amount) for index, amounts in enumerate(sheet.amounts) for amount in amounts][:_MOST]
    values = [abs(amount.cents) for _, amount in listed]
    rank = {value: place for place, value in enumerate(sorted(set(values), reverse=True))}
    often, last = Counter(values), {value: place for place, value in enumerate(values)}
    kind = text.kind[0]
    for place, ((index, amount), value) in enumerate(zip(listed, values, strict=True)):
        compared = [
            f"rank {min(rank[value], _RANKS)}",
            f"of {kind} rank {min(rank[value], _RANKS)}",
            f"often {min(often[value], 4)}",
            f"at {6 * place // len(listed)}",
            f"last {last[value] == place}",
            f"nothing {value == 0}",
            f"less {amount.cents < 0}",
            f"comes to {_comes_to(value, values[:place])}",
            f"of {kind} comes to {_comes_to(value, values[:place])}",
            f"kind {kind}",
        ]
        yield Seen(amount, [*_around(text, sheet, index, amount), *compared])


def _around(text: AnnotatedText, sheet: Sheet, index: int, amount: Amount) -> Iterator[str]:
    row = sheet.rows[index]
    beside = sheet.amounts[index]
    place = next(n for n, other in enumerate(beside) if other.start == amount.start)
    since = beside[place - 1].end if place else row.start
    near = words(text.text[since : amount.start])[-_NEAR:]
    row_words = words(text.text[row.start : beside[0].start])
    yield from (f"left {word}" for word in near)
    yield from (f"left {pair}" for pair in pairs(near))
    yield "label " + " ".join(word for word in near if word.isalpha())
    yield from (f"row {word}" for word in row_words)
    yield from (f"after {word}" for word in words(text.text[amount.end : row.end])[:3])
    yield f"{min(place, 4)} of {min(len(beside), 5)}"
    if not any(word.isalpha() for word in row_words) and index:
        above = sheet.rows[index - 1]
        yield from (f"above {word}" for word in words(text.text[above.start : above.end])[-_NEAR:])
    if index + 1 < len(sheet.rows):
        below = sheet.rows[index + 1]
        yield from (f"below {word}" for word in words(text.text[below.start : below.end])[:3])
    header = sheet.header_above(index)
    if header is not None:
        column = sheet.columns_of(text, header, index, beside)[place]
        yield f"column {column}"


def _comes_to(value: int, before: Sequence[int]) -> bool:
    """Whether some of the amounts right before it, two or more, come to this one."""
    total = 0
    for count, earlier in enumerate(reversed(before), start=1):
        total += earlier
        if count > 1 and total == value:
            return True
        if total > value:
            return False
    return False


def weighed(text: AnnotatedText) -> tuple[tuple[Seen, Mapping[str, float]], ...]:
    """Every amount with how much is said for each role, as log-odds; nothing where there is no reader."""
    reader = readers().get(NAME)
    if reader is None:
        return ()
    return text.once("amounts weighed", lambda: tuple(
        (one, dict(zip(reader.labels, reader(one.features).tolist(), strict=True))) for one in seen(text)
    ))  # fmt: skip
