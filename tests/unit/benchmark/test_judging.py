"""What judging costs beside extracting is measured of documents and of packets; how much it is: the benchmark."""

from __future__ import annotations

import pytest

from docscan import checking
from tests.benchmark.judging import measure
from tests.golden.measure import read_goldens

pytestmark = pytest.mark.slow  # whole packets, several times


@pytest.mark.slow
def test_costs_are_measured_of_documents_and_of_packets() -> None:
    goldens = read_goldens("open")
    letters = [golden for golden in goldens if golden.truth.kind == "lmn"][:2]
    bills = [golden for golden in goldens if golden.truth.kind == "receipt"][:3]
    costs = list(measure([*letters, *bills], checking.load("generic-fsa")))
    assert {cost.name for cost in costs} >= {"lmn", "receipt", "all documents", "packets of a letter and 1 bills"}
    assert all(cost.documents and cost.extracting > 0 for cost in costs)
