"""How right an answer is. Pure functions: a truth and what docscan said go in, counts come out.

When two values are the same:

* names of people, practices and merchants, and credentials: the same letters and digits, case, spaces and marks aside;
* other text (treatments, goals, diagnoses in words, addresses, sentences): rapidfuzz' token_set_ratio of 85 and more,
  and the shorter has a third of the longer's words at least ("loose");
* money, dates, codes, flags, frequencies and durations: exactly, keys that are null or false aside; the words of a
  condition that ends a course ("goals are met") loosely;
* an item: what the truth gives of it, the description loosely and the rest exactly; a treatment_link: treatment
  and condition loosely; a signature: what the truth gives.

An extraction that leaves a value open (value null, several readings) claims nothing: it costs recall, not precision,
and is counted as offered where the true value is among its readings. Another wording of a true value counts neither
way where texts are compared loosely; any other value claimed beside the true ones is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import fuzz

from docscan.reference.fields import FIELDS
from tests.benchmark.truth import TrueField, Truth

LOOSE = 85
_LEAST_SHARE = 1 / 3
EXACT_TEXT = frozenset(
    "patient_name participant_name provider_name signer_name trainer_name supervisor_name practice_name merchant_name"
    " employer_name provider_credential trainer_credential handwritten".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """One extraction, as far as scoring needs it."""

    name: str
    value: Any
    assertion: str = "stated"
    readings: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """`right`: true values that were found. `wrong`: values claimed that are not true. `missed`: true values not found,
    `offered` of them as one of several readings."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    offered: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.offered + other.offered,
        )

    @property
    def precision(self) -> float | None:
        claimed = self.right + self.wrong
        return self.right / claimed if claimed else None

    @property
    def recall(self) -> float | None:
        true = self.right + self.missed
        return self.right / true if true else None

    @property
    def f1(self) -> float | None:
        everything = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / everything if everything else None


def is_loose(name: str) -> bool:
    """Whether values of this field are compared loosely."""
    return FIELDS[name].shape == "text" and name not in EXACT_TEXT


def same(name: str, true: Any, found: Any) -> bool:
    """Whether two values of a field are the same, by the rules above."""
    if found is None:
        return False
    if name in _OBJECTS:
        return isinstance(found, Mapping) and _OBJECTS[name](true, found)
    shape = FIELDS[name].shape
    if shape == "text":
        return loosely(true, found) if is_loose(name) else _folded(true) == _folded(found) != ""
    if shape == "money":
        return _money(true) == _money(found) is not None
    if shape == "duration" and isinstance(true, Mapping) and isinstance(found, Mapping) and _CONDITION in true:
        beside = {**found, _CONDITION: true[_CONDITION]}
        return loosely(true[_CONDITION], found.get(_CONDITION)) and bool(_bare(true) == _bare(beside))
    return bool(_bare(true) == _bare(found))


_CONDITION = "until_condition"


def loosely(true: Any, found: Any) -> bool:
    """The loose comparison of texts."""
    ours, theirs = _words(str(true or "")), _words(str(found or ""))
    short, long = sorted((len(ours), len(theirs)))
    if not short or short < _LEAST_SHARE * long:
        return False
    return fuzz.token_set_ratio(" ".join(ours), " ".join(theirs)) >= LOOSE


def _same_item(true: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    if true.get("description") and not loosely(true["description"], found.get("description")):
        return False
    if "amount" in true and _money(true["amount"]) != _money(found.get("amount")):
        return False
    rest = ("quantity", "service_date", "code", "class", "unit_price")
    return all(_bare(true[key]) == _bare(found.get(key)) for key in rest if true.get(key) is not None)


def _same_link(true: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return all(loosely(true.get(key), found.get(key)) for key in ("treatment", "condition"))


def _same_signature(true: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return all(found.get(key) == value for key, value in true.items())


_OBJECTS = {"item": _same_item, "treatment_link": _same_link, "signature": _same_signature}


def _folded(text: Any) -> str:
    plain = unicodedata.normalize("NFKD", str(text)).casefold()
    return "".join(c for c in plain if c.isalnum())


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))


def _money(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def _bare(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: _bare(v) for k, v in value.items() if v is not None and v is not False}
    if isinstance(value, list | tuple):
        return [_bare(v) for v in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return value


def fields(truth: Truth, found: Iterable[Found]) -> dict[str, Counts]:
    """Counts for every field of which the truth speaks.

    What was found under an assertion that the truth does not list (a former illness, say) counts neither way, unless
    the truth says that it lists all of that field.
    """
    everything = list(found)
    return {name: _one_field(truth, name, everything) for name in sorted(truth.scored)}


def _one_field(truth: Truth, name: str, everything: Sequence[Found]) -> Counts:
    true = [f for f in truth.fields if f.name == name]
    assertions = {"stated", *(f.assertion for f in true)}
    claims = [f for f in everything if f.name == name and (name in truth.complete or f.assertion in assertions)]
    firm = [f for f in claims if f.value is not None]
    pairs = _pairs(true, firm)
    unfound = [t for n, t in enumerate(true) if n not in pairs]
    used = set(pairs.values())
    spare = [f for n, f in enumerate(firm) if n not in used]
    wrong = [f for f in spare if not (is_loose(name) and any(_is(t, f, f.value) for t in true))]
    open_ones = [f for f in claims if f.value is None]
    offered = sum(any(_is(t, f, reading) for f in (*spare, *open_ones) for reading in f.readings) for t in unfound)
    return Counts(len(pairs), len(wrong), len(unfound), offered)


def _is(true: TrueField, found: Found, value: Any) -> bool:
    return true.assertion == found.assertion and same(true.name, true.value, value)


def _pairs(true: Sequence[TrueField], found: Sequence[Found]) -> dict[int, int]:
    return paired([[n for n, f in enumerate(found) if _is(t, f, f.value)] for t in true])


def paired(fits: Sequence[Sequence[int]]) -> dict[int, int]:
    """As many pairs of a true and a found value as there can be, each value once: the found one of each true one.

    `fits`: for each true value, the numbers of the found ones that are the same.
    """
    taken: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for n in fits[one]:
            if n not in tried:
                tried.add(n)
                if n not in taken or place(taken[n], tried):
                    taken[n] = one
                    return True
        return False

    for one in range(len(fits)):
        place(one, set())
    return {one: n for n, one in taken.items()}


def word_recall(truth: str, read: str) -> float | None:
    """The share of the true words that were read, order aside, case and marks aside; None where the truth has none."""
    true, got = Counter(_words(truth)), Counter(_words(read))
    total = sum(true.values())
    return sum((true & got).values()) / total if total else None


def outcomes(truth: Truth, found: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, str]]:
    """For each rule of which the truth speaks: the true outcome, and what was said ("none" where it said nothing).

    A rule that gave several findings said what all of them say, else "mixed".
    """
    said = {rule: (given[0] if len(set(given)) == 1 else "mixed") for rule, given in found.items() if given}
    return {rule: (true, said.get(rule, "none")) for rule, true in sorted(truth.outcomes.items())}
