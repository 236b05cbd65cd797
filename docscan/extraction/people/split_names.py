"""Names of which a form asks part by part: "Last name | First name | MI", in cells of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from docscan.extraction.text.names import Person, person_at
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.labels import Labelled

_I = re.IGNORECASE
Part: TypeAlias = Literal["first", "last", "middle"]
_OF = (
    r"(?:(?:patient|participant|employee|member|subscriber|dependent|account ?holder|provider|physician)(?:['’]?s)?"
    r"[ ]+)?"
)
_PARTS: tuple[tuple[Part, str], ...] = (
    ("first", rf"{_OF}(?:first|given)(?:[ ]+name)?"),
    ("last", rf"{_OF}(?:(?:last|family)(?:[ ]+name)?|surname)"),
    ("middle", rf"{_OF}(?:middle(?:[ ]+(?:name|initial|init\.?))?|m\.?[ ]?i\.?)"),
)
_LABELS = {
    part: re.compile(rf"(?<![\w,/&][ ])(?<![\w,/&]){words}(?=\s*[:_\t\n]|\s*$)", _I | re.MULTILINE)
    for part, words in _PARTS
}
_WHOLE = {part: re.compile(words, _I) for part, words in _PARTS}
_ROWS_APART = 2  # lines from the label of one part to that of another


class SplitName(NamedTuple):
    """A name put together. `words`: the label of its given name, which stands at `at`."""

    person: Person
    words: str
    at: int


def part_of_a_name(label: str) -> Part | None:
    """Which part of a name a label asks for."""
    return next((part for part, words in _WHOLE.items() if words.fullmatch(label.strip(" .:"))), None)


def split_names(text: AnnotatedText) -> tuple[SplitName, ...]:
    """Every name that is told in parts."""
    return text.once("names in parts", lambda: tuple(_found(text)))


def _found(text: AnnotatedText) -> Iterator[SplitName]:
    asked = {part: [item for item in text.labelled(label) if item.value] for part, label in _LABELS.items()}
    for first in asked["first"]:
        last = _nearest(text, first, asked["last"])
        one, other = _part(text, first), _part(text, last)
        if one is None or other is None:
            continue
        middle = _part(text, _nearest(text, first, asked["middle"]), short=True)
        parts = [one, *([middle] if middle else []), other]
        name = " ".join(part.name for part in parts)
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        yield SplitName(Person(name, start, end, "", other.letters), text[first.label], first.label.start)


def _nearest(text: AnnotatedText, first: Labelled, others: list[Labelled]) -> Labelled | None:
    row = text.line_index(first.label.start)
    apart = {one.label.start: abs(text.line_index(one.label.start) - row) for one in others if one.page is first.page}
    near = [one for one in others if apart.get(one.label.start, _ROWS_APART + 1) <= _ROWS_APART]
    return min(near, key=lambda one: (apart[one.label.start], abs(one.label.start - first.label.start)), default=None)


def _part(text: AnnotatedText, item: Labelled | None, *, short: bool = False) -> Person | None:
    """A part as it stands: one or two words of a name, or an initial."""
    if item is None or item.value is None:
        return None
    value: Span = item.value
    initial = re.match(r"[A-Z]\.?(?=\s|$)", text[value])
    if short:
        whole = initial or re.fullmatch(r"[A-Z][a-z]+", text[value])
        if whole is None or (item.place == "below" and item.sign):
            return None
        return Person(whole.group(), value.start, value.start + whole.end(), "", ())
    return person_at(text, *value, tolerant=True)
