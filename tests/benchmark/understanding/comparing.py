"""Which of the values that were found are right, which true values were found, and how each was asserted.

Values are compared as `tests/benchmark/score.py` does, every other wording that a label allows (`also`) as good as the
first. A value of a field that the label neither lists completely nor says to be absent is counted neither way. Of
diagnoses and their codes the value and its assertion are two questions, asked one by one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from docscan.document import Assertion, Extraction, Extractions
from tests.benchmark import score
from tests.benchmark.score import Counts
from tests.golden.measure import Golden, each_line

ASSERTED = ("diagnosis", "diagnosis_code")
"""The fields of which an assertion is asked."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A value that was found, and whether it is right (None where the label leaves that open)."""

    name: str
    confidence: float | None
    right: bool | None
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Missed:
    name: str
    value: Any
    assertion: Assertion


@dataclass(frozen=True, slots=True)
class Compared:
    """What was right and wrong in one document. `assertions`: for each true diagnosis that was found, the value, its
    true assertion and those that were said. `decisions`: by name, what is true and what was said."""

    counts: Mapping[str, Counts]
    judged: Sequence[Judged]
    missed: Sequence[Missed]
    assertions: Sequence[tuple[str, Assertion, tuple[Assertion, ...]]]
    decisions: Mapping[str, tuple[bool, bool]]
    kind: tuple[str | None, str]


def compared(golden: Golden, said: Extractions) -> Compared:
    """What the label says of what was found."""
    counts: dict[str, Counts] = {}
    judged: list[Judged] = []
    missed: list[Missed] = []
    asserted: list[tuple[str, Assertion, tuple[Assertion, ...]]] = []
    closed = golden.truth.complete | golden.truth.absent
    wordings = [(f, (f.value, *also)) for f, also in zip(golden.truth.fields, golden.also, strict=True)]
    for name in sorted(golden.truth.scored):
        true = [(f, ways) for f, ways in wordings if f.name == name]
        each_true = true
        if name in ASSERTED:
            true = list({json.dumps(f.value): (f, ways) for f, ways in reversed(true)}.values())[::-1]
        claims = [e for e in each_line(said.fields) if e.name == name]
        firm = [e for e in claims if e.value is not None]
        allowed = {"stated", *(f.assertion for f, _ in true)}
        pairs = _pairs([(f.assertion, ways) for f, ways in true], firm, name)
        for n, extraction in enumerate(firm):
            if n in pairs.values():
                right: bool | None = True
            elif any(
                _same(name, ways, extraction.value)
                for f, ways in true
                if name in ASSERTED or f.assertion == extraction.assertion
            ):
                right = None  # another mention of a value that is counted
            elif name in closed and (extraction.assertion in allowed or name in golden.truth.complete):
                right = False
            else:
                right = None
            judged.append(Judged(name, extraction.confidence, right, extraction))
        unfound = [(f, ways) for n, (f, ways) in enumerate(true) if n not in pairs]
        missed += [Missed(name, f.value, cast(Assertion, f.assertion)) for f, _ in unfound]
        offered = sum(any(_same(name, ways, r) for e in claims for r in e.readings) for _, ways in unfound)
        wrong = sum(j.right is False for j in judged if j.name == name)
        counts[name] = Counts(len(pairs), wrong, len(unfound), offered)
        if name in ASSERTED:
            asserted += _assertions(name, each_true, firm)
    return Compared(
        counts,
        judged,
        missed,
        asserted,
        _decisions(golden, said),
        (golden.truth.kind if said.kind not in golden.kinds else said.kind, said.kind),
    )


def _assertions(
    name: str, true: Sequence[tuple[Any, tuple[Any, ...]]], firm: Sequence[Extraction]
) -> list[tuple[str, Assertion, tuple[Assertion, ...]]]:
    """Of values that the label gives one assertion alone: which are said."""
    found = []
    for f, ways in true:
        others = [o for o, _ in true if o is not f and _same(name, ways, o.value)]
        said = tuple(e.assertion for e in firm if _same(name, ways, e.value))
        if said and not others:
            found.append((str(f.value), f.assertion, said))
    return found


def _decisions(golden: Golden, said: Extractions) -> dict[str, tuple[bool, bool]]:
    stated = [e for e in said.fields if e.assertion == "stated" and e.value is not None]
    answers = {
        "treatment_named": any(e.name == "treatment" and (e.resolved or {}).get("specific", True) for e in stated),
        "link_stated": any(e.name == "treatment_link" for e in stated),
        "general_health": any(e.name == "general_health_statement" for e in stated),
    }
    return {name: (true, answers[name]) for name, true in golden.decisions.items()}


def _same(name: str, ways: Sequence[Any], found: Any) -> bool:
    if name == "item":
        return any(score.same(name, way if isinstance(way, Mapping) else {**ways[0], "description": way}, found)
                   for way in ways)  # fmt: skip
    return any(score.same(name, way, found) for way in ways)


def _pairs(true: Sequence[tuple[str, tuple[Any, ...]]], found: Sequence[Extraction], name: str) -> dict[int, int]:
    """The found value of each true one (of the same assertion, but for `ASSERTED`)."""
    return score.paired(
        [
            [
                n
                for n, e in enumerate(found)
                if (name in ASSERTED or e.assertion == assertion) and _same(name, ways, e.value)
            ]
            for assertion, ways in true
        ]
    )
