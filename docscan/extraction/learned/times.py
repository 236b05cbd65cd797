"""Is a time that is told the prescribed one, by the words around it?"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.course.dated import written_on
from docscan.extraction.course.placing import all_times
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.linear import Features, around, readers, words

if TYPE_CHECKING:
    from docscan.extraction.course.times import Time, TimeKind
    from docscan.extraction.text.annotated import AnnotatedText

NAME = "times"
FIELDS: Final[Mapping[TimeKind, str]] = {"frequency": "frequency", "duration": "duration", "length": "session_length"}
ROLES: Final = tuple(FIELDS.values())
_MOST = 120


class Seen(NamedTuple):
    """A time with what is seen of it."""

    time: Time
    features: Features

    @property
    def field(self) -> str:
        return FIELDS[self.time.kind]


def seen(text: AnnotatedText) -> tuple[Seen, ...]:
    """Every time that is told, in order; on bills none, as they prescribe nothing."""
    return text.once("times seen", lambda: () if is_surely_bill(text) else tuple(_seen(text)))


def _seen(text: AnnotatedText) -> Iterator[Seen]:
    told = [time for time in all_times(text, written_on(text)) if time.kind in FIELDS and time.value is not None][
        :_MOST
    ]
    often = Counter((time.kind, json.dumps(time.value, sort_keys=True)) for time in told)
    of_kind = Counter(time.kind for time in told)
    kind = text.kind[0]
    for time in told:
        same = often[time.kind, json.dumps(time.value, sort_keys=True)]
        keys = " ".join(sorted(key for key, value in time.value.items() if value is not None))
        unit = str(time.value.get("unit") or time.value.get("period_unit"))
        own = [f"{time.kind} {one}" for one in (
            keys, unit, f"in {kind}", f"of {min(of_kind[time.kind], 4)}", f"often {min(same, 3)}", f"by {time.before}",
            f"counts {time.what.lower()}", f"sure {round(time.sure, 1)}",
        )]  # fmt: skip
        yield Seen(time, [*around(text.text, time.start, time.end), *_in_sentence(text, time), *own])


def _in_sentence(text: AnnotatedText, time: Time) -> Iterator[str]:
    """The words of its sentence, those of its clause once more."""
    sentence = text.sentence_at(time.start)
    before, after = text.flat[sentence.start : time.start], text.flat[time.end : sentence.end]
    yield from (f"said before {word}" for word in words(before))
    yield from (f"said after {word}" for word in words(after))
    clause = words(re.split(r"[,;:(]|\b(?:and|but|while|who|which)\b", before)[-1])
    yield from (f"clause {word}" for word in clause)
    yield "clause " + " ".join(clause[:3])


def weighed(text: AnnotatedText) -> tuple[tuple[Seen, float], ...]:
    """Every time with how much is said for its being prescribed, as log-odds; nothing where there is no reader."""
    reader = readers().get(NAME)
    if reader is None:
        return ()
    return text.once("times weighed", lambda: tuple(
        (one, float(reader(one.features)[reader.labels.index(one.field)])) for one in seen(text)
    ))  # fmt: skip
