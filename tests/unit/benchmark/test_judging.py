"""Judging costs at most a twentieth of extracting, of a document and of a packet."""

from __future__ import annotations

from docscan import checking
from tests.benchmark.judging import AIM, measure
from tests.golden.measure import read_goldens


def test_judging_costs_little_beside_extracting() -> None:
    goldens = read_goldens("open")
    letters = [golden for golden in goldens if golden.truth.kind == "lmn"][:2]
    bills = [golden for golden in goldens if golden.truth.kind == "receipt"][:3]
    costs = list(measure([*letters, *bills], checking.load("generic-fsa")))
    assert [cost.name for cost in costs if cost.ratio < AIM] == []
    assert {cost.name for cost in costs} >= {"lmn", "receipt", "all documents", "packets of a letter and 1 bills"}
