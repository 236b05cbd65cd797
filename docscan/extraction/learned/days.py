"""What is each date of a document for, by the words around it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.dates.dates import DateMention, dates_in
from docscan.extraction.linear import Features, around, readers

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

NAME = "days"
ROLES: Final = (
    "letter_date", "signature_date", "visit_date", "start_date", "end_date", "date_of_birth", "service_date",
    "payment_date", "due_date", "statement_date", "fax_date", "print_date",
)  # fmt: skip
_MOST = 150


class Seen(NamedTuple):
    """A date with what is seen of it."""

    mention: DateMention
    features: Features


def seen(text: AnnotatedText) -> tuple[Seen, ...]:
    """Every date of a document, in order."""
    return text.once("days seen", lambda: tuple(_seen(text)))


def _seen(text: AnnotatedText) -> Iterator[Seen]:
    mentions = dates_in(text)[:_MOST]
    kind = text.kind[0]
    days = sorted({m.value for m in mentions if m.value})
    for number, mention in enumerate(mentions):
        rank = "none" if mention.value is None else _rank(days.index(mention.value), len(days))
        place = int(6 * mention.start / max(1, len(text.text)))
        compared = (
            f"rank {rank}", f"of {kind} at {place}", f"of {kind} rank {rank}", f"kind {kind}",
            f"number {min(number, 4)}", f"last {number == len(mentions) - 1}", f"words {mention.explicit}",
        )  # fmt: skip
        yield Seen(mention, [*around(text.text, mention.start, mention.end), *compared])


def _rank(place: int, count: int) -> str:
    return "only" if count == 1 else "first" if place == 0 else "last" if place == count - 1 else "between"


def weighed(text: AnnotatedText) -> tuple[tuple[Seen, Mapping[str, float]], ...]:
    """Every date with how much is said for each role, as log-odds; nothing where there is no reader."""
    reader = readers().get(NAME)
    if reader is None:
        return ()
    return text.once("days weighed", lambda: tuple(
        (one, dict(zip(reader.labels, reader(one.features).tolist(), strict=True))) for one in seen(text)
    ))  # fmt: skip
