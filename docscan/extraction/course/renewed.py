"""The time that a second letter on the same paper adds: a renewal counts from its own date.

A file often holds the first letter and, below it, the one that renews it. Its "another six months" begin on the day of
the second letter, not of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dateutil.relativedelta import relativedelta

from docscan.document import Json
from docscan.extraction.dates.roles import roles
from docscan.extraction.paper.signature_blocks import signature_blocks

if TYPE_CHECKING:
    from docscan.extraction.course.times import Time
    from docscan.extraction.text.annotated import AnnotatedText

_UNITS = {"d": "days", "wk": "weeks", "mo": "months", "a": "years"}
_APART = timedelta(days=14)
_GOES_ON = re.compile(
    r"\b(?:renew\w*|continu\w+|another|further|additional|extend\w*|extension|re-?certif\w+|re-?authori[sz]\w+|updat\w+|"
    r"follow-?up letter|second letter|still (?:needs?|requires?))\b",
    re.IGNORECASE,
)


class Renewed(NamedTuple):
    """`value`: from its day to its end, in the shape of a duration."""

    value: Json
    start: int
    end: int


def renewed(text: AnnotatedText, lengths: Sequence[Time], all_lengths: Sequence[Time]) -> Iterator[Renewed]:
    """The times of the letters after the first. `lengths`: those that are prescribed; where the later letter has none,
    that of `all_lengths` in a sentence that goes on with something."""
    later = _later_letter(text)
    if later is None:
        return
    day, begins = later
    theirs = [time for time in lengths if time.start >= begins]
    for time in theirs or [time for time in all_lengths if _is_in_what_goes_on(text, time)]:
        value = time.value if isinstance(time.value, dict) else {}
        if time.start < begins or "value" not in value or value.get("unit") not in _UNITS:
            continue
        number = value.get("value_max") or value["value"]
        if not isinstance(number, int):
            continue
        end = day + relativedelta(**{_UNITS[value["unit"]]: number})  # type: ignore[arg-type]
        yield Renewed({"start": day.isoformat(), "end": end.isoformat()}, time.start, time.end)


def _is_in_what_goes_on(text: AnnotatedText, time: Time) -> bool:
    sentence = text.sentence_at(time.start)
    return _GOES_ON.search(text.flat, sentence.start, sentence.end) is not None


def _later_letter(text: AnnotatedText) -> tuple[date, int] | None:
    """The day of the last of several letters, and where it begins; None where there is one alone. Each is dated and
    signed, and the later says that it goes on with something."""
    signed = [block.opens for block in signature_blocks(text) if block.of == "provider"]
    dated = [
        (role.mention.value, role.mention.start)
        for role in roles(text)
        if role.name in ("letter_date", "signature_date") and role.mention.value is not None
    ]
    if len(dated) < 2 or len(signed) < 2:
        return None
    first = min(day for day, _ in dated)
    last = max(day for day, _ in dated)
    begins = min(start for day, start in dated if day == last)
    opened = min(start for day, start in dated if day == first)
    apart = last - first >= _APART and opened < begins
    both = min(signed) < begins < max(signed)
    return (last, begins) if apart and both and _GOES_ON.search(text.text, begins) else None
