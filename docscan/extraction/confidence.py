"""How likely is it that a value is right?

A value is right if its words were read rightly, and if they mean what they were taken for. The first is the words'
own probability. For the second, what an extractor says of its reasoning (a label, a shape, a look-up) is none, and
knows nothing of what the others found: logistic models turn both into one. Their coefficients are in
`confidence.toml`, written by `python -m tests.benchmark.understanding.fit` from documents whose values are known; the
file says which. What comes of it is measured on documents by other hands: see the README.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from docscan.document import Extraction
from docscan.extraction.agreeing import Others
from docscan.extraction.learned import proposing, tags

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

GROUPS: Mapping[str, tuple[str, ...]] = {
    "codes": ("diagnosis_code", "diagnosis_code_icd9", "procedure_code"),
    "course": ("frequency", "duration", "session_length"),
    "people": ("patient_name", "participant_name", "provider_name", "signer_name", "trainer_name", "practice_name",
               "provider_credential", "merchant_name", "supervisor_name", "employer_name"),
    "dates": ("letter_date", "signature_date", "visit_date", "start_date", "end_date", "date_of_birth", "service_date",
              "payment_date", "due_date", "statement_date", "fax_date", "print_date"),
    "numbers": ("provider_npi", "provider_license", "provider_phone", "provider_fax", "merchant_phone", "tax_id",
                "provider_dea", "member_id", "rx_number", "invoice_number"),
    "money": ("subtotal", "tax", "tip", "discount", "shipping", "insurance_paid", "patient_responsibility", "total",
              "amount_paid", "balance_due", "refund", "currency"),
    "items": ("item",),
}  # fmt: skip
"""Fields that are alike in what makes them right; what stands in none is judged as one group, "rest"."""

_EXACT = frozenset({"codes", "dates", "numbers", "money"})
_GUESSED = frozenset({"course", "dates", "people"})
GUESS: float = 0.45
"""Of values of these groups that are less likely right than this, fewer than one in three was; in others most were."""
NO_LINE: float = 0.3
"""Of lines that are less likely right than this, on bills with likelier ones, none was one."""
_MANY_DAYS = frozenset({"service_date", "payment_date", "visit_date"})  # a further one is none too many
_LEGIBLE = 0.65  # a word less likely read rightly than this may as well be another
_BESIDE = 0.02  # of the page's width

FEATURES = ("reasoning", "mentions", "rivals", "checked", "agrees", "kind", "labelled", "length", "digital", "top",
            "learned", "proposed", "tagged")  # fmt: skip
"""What each model looks at, beside a constant and one more of each field of its group."""

_SUREST = 0.995  # nothing is certain of which a few hundred cases are known
_CERTAIN = 0.01  # a share is taken for no closer to 0 or 1 than this
_MANY = 3
_WORDY = 8  # words of a line's description


def judged(text: AnnotatedText, kind_sure: float, found: Sequence[Extraction]) -> Iterator[Extraction]:
    """Each extraction with the probability that it is right for its confidence, 0..1."""
    others = Others(found)
    sure_of: list[Extraction] = []
    lines: dict[int, float] = {}
    for one in found:
        legible, meant = read(text, one), likely(one.name, features(text, kind_sure, one, others))
        if one.name == "item":
            lines[len(sure_of)] = meant
        sure = replace(one, confidence=round(min(_SUREST, meant * legible), 3))
        sure_of.append(_settled(text, sure) if legible < _LEGIBLE else sure)
    sure_of = _of_one_column(found, _of_one_list(text, sure_of))
    told = {one.name for one in sure_of if one.assertion == "stated" and (one.confidence or 0.0) > 1 - GUESS}
    for index, one in enumerate(sure_of):
        if lines.get(index, 1.0) < NO_LINE and max(lines.values()) >= GUESS:
            continue
        certain = one.assertion != "stated" or (one.confidence or 0.0) >= GUESS
        if certain or (group_of(one.name) not in _GUESSED and not (one.name == "treatment" and one.name in told)):
            yield one
        elif one.name not in told or one.name in _MANY_DAYS:
            yield _undecided(one)


_LISTED = re.compile(r"[\s,;:/|·&+-]*(?:and)?[\s,;|]*")


def _of_one_list(text: AnnotatedText, found: Sequence[Extraction]) -> list[Extraction]:
    """Days that stand side by side, with nothing between them, are all what the surest of them is."""
    days = [one for one in found if one.name in _MANY_DAYS and one.value is not None and len(one.evidence) == 1]
    lists: list[list[Extraction]] = []
    for one in sorted(days, key=lambda one: (one.name, one.evidence[0].start or 0)):
        if lists and lists[-1][-1].name == one.name and _side_by_side(text, lists[-1][-1], one):
            lists[-1].append(one)
        else:
            lists.append([one])
    surest = {(one.name, str(one.value)): max(o.confidence or 0.0 for o in own) for own in lists for one in own}
    return [
        replace(one, confidence=surest.get((one.name, str(one.value)), one.confidence)) if one in days else one
        for one in found
    ]


def _of_one_column(found: Sequence[Extraction], judged_so: Sequence[Extraction]) -> list[Extraction]:
    """Days one below the other in a column, read there for the same reason ("Paid on"), are all as sure as the surest;
    `found`: the same extractions, with how sure their reasoning was."""
    columns: defaultdict[tuple[str, float | None, int, int], list[float]] = defaultdict(list)
    places = [_column_of(one) for one in found]
    for place, one in zip(places, judged_so, strict=True):
        if place is not None:
            columns[place].append(one.confidence or 0.0)
    return [
        replace(one, confidence=max(columns[place])) if place is not None and len(columns[place]) >= _MANY else one
        for place, one in zip(places, judged_so, strict=True)
    ]


def _column_of(one: Extraction) -> tuple[str, float | None, int, int] | None:
    if one.name != "payment_date" or one.value is None or len(one.evidence) != 1 or not one.evidence[0].boxes:
        return None
    box = one.evidence[0].boxes[0]
    return one.name, one.confidence, one.evidence[0].page, round(box.left / _ASKEW)


_ASKEW = 0.01  # of the page's width


def _side_by_side(text: AnnotatedText, one: Extraction, other: Extraction) -> bool:
    end, start = one.evidence[0].end, other.evidence[0].start
    return end is not None and start is not None and bool(_LISTED.fullmatch(text.text[end:start]))


def _undecided(one: Extraction) -> Extraction:
    """A guess is no fact: its value is a reading."""
    if one.value is None:
        return one
    return replace(one, value=None, readings=(one.value, *(r for r in one.readings if r != one.value)), resolved=None)


def _settled(text: AnnotatedText, one: Extraction) -> Extraction:
    """What is exact and hardly read where somebody wrote by hand is no value but a reading.

    Of what is printed nine in ten such values are right all the same.
    """
    return _undecided(one) if group_of(one.name) in _EXACT and _among_handwriting(text, one) else one


def _among_handwriting(text: AnnotatedText, one: Extraction) -> bool:
    """Whether handwriting stands on the line of every mention, at its side or over it."""
    pages = {page.number: page for page in text.document.pages}
    return bool(one.evidence) and all(
        any(
            mark.kind in ("handwriting", "ink")
            and min(mark.box.bottom, box.bottom) - max(mark.box.top, box.top) > 0.5 * box.height
            and max(mark.box.left, box.left) - min(mark.box.right, box.right) < _BESIDE
            for mark in pages[evidence.page].marks
            for box in evidence.boxes
        )
        for evidence in one.evidence
    )


def read(text: AnnotatedText, one: Extraction) -> float:
    """The probability that the words of a value were read rightly: of its best mention the least sure word's.

    An extractor that knows better (a code that the diagnosis beside it confirms) has said so by its confidence.
    """
    spans = [(e.start, e.end) for e in one.evidence if e.start is not None and e.end is not None]
    certain = [text.certainty(start, end, one.name) for start, end in spans]
    return max([*certain, one.confidence or 0.0], default=1.0)


def likely(name: str, looked_at: Sequence[float]) -> float:
    """The probability that a value of this field is right, if its words are."""
    weights = _weights()[group_of(name)]
    total = weights["constant"] + weights.get(f"is_{name}", 0.0)
    total += sum(weights.get(feature, 0.0) * value for feature, value in zip(FEATURES, looked_at, strict=True))
    return 1 / (1 + math.exp(-total))


def group_of(name: str) -> str:
    return next((group for group, names in GROUPS.items() if name in names), "rest")


def features(text: AnnotatedText, kind_sure: float, one: Extraction, others: Others) -> list[float]:
    """What the models look at, in the order of `FEATURES`."""
    spans = [(e.start, e.end) for e in one.evidence if e.start is not None and e.end is not None]
    said = one.confidence if one.confidence is not None else 0.5
    first = spans[0][0] if spans else 0
    page = text.document.page_of(first) if spans else None
    before = text.text[max(0, first - 3) : first]
    boxes = one.evidence[0].boxes if one.evidence else ()
    return [
        _log_odds(min(1.0, said / max(read(text, one), _CERTAIN))),
        min(_MANY, len(one.evidence)) - 1.0,
        float(min(_MANY, max(0, others.many[one.name] - 1))),
        _checked(one),
        others.agree(one),
        _log_odds(kind_sure),
        float(":" in before or "\t" in before or "#" in before),
        min(12, len(one.raw.split())) / 6,
        float(page is not None and page.source == "text_layer"),
        boxes[0].top if boxes else 0.5,
        proposing.odds_of(text, one) / 2,
        float(proposing.is_proposed(one)),
        tags.odds_of(text, one) / 2,
    ]


_MEASURED = re.compile(
    r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d[\d,.]*[- ]?(?:min(?:ute)?s?|m|hours?|hrs?|mg|mcg|g|iu|ml|oz|ct|count|"
    r"softgels|caps(?:ules)?|tab(?:let)?s|lbs?|in|inch(?:es)?|ft|visits?|sessions?)\b",
    re.IGNORECASE,
)
"""When, how long or how much: what a description says in figures and everybody understands."""


def _checked(one: Extraction) -> float:
    """1 where a look-up or a check digit speaks for the value, -1 where it speaks against it, 0 where nothing does."""
    if one.name == "item":  # figures and whole sentences in a description are parts of the line that nobody understood
        told = str(one.value.get("description") or "") if isinstance(one.value, Mapping) else ""
        return -1.0 if re.search(r"\d\d", _MEASURED.sub("", told)) or len(told.split()) > _WORDY else 0.0
    known: Mapping[str, Any] = one.resolved or {}
    if "check_digit" in known:
        return 1.0 if known["check_digit"] else -1.0
    if "status" in known:
        return {"billable": 1.0, "header": 0.0}.get(str(known["status"]), -1.0) - 0.5 * bool(known.get("repaired"))
    if known.get("specificity"):
        return 1.0 if known["specificity"] in ("coded", "named") else -0.5
    return 0.0


def _log_odds(share: float) -> float:
    share = min(1 - _CERTAIN, max(_CERTAIN, share))
    return math.log(share / (1 - share))


@cache
def _weights() -> dict[str, dict[str, float]]:
    data = tomllib.loads(files(__package__).joinpath("confidence.toml").read_text("utf-8"))
    weights: dict[str, dict[str, float]] = data["weights"]
    return weights
