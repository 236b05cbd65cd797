"""The runner counts as README.md says: a perfect answer has no mistake, what the truth leaves open costs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmark import score
from tests.benchmark.score import Counts, Found
from tests.benchmark.truth import TrueField, Truth
from tests.golden.measure import Golden, as_the_truth_counts, main, read_goldens

GOLDENS = read_goldens()


def test_a_perfect_answer_has_no_mistake() -> None:
    for golden in GOLDENS:
        perfect = [Found(f.name, f.value, f.assertion) for f in golden.truth.fields]
        total = sum(score.fields(golden.truth, list(as_the_truth_counts(golden, perfect))).values(), Counts())
        assert (total.wrong, total.missed, total.right) == (0, 0, len(perfect)), golden.truth.path


def test_every_other_wording_counts_as_the_value_itself() -> None:
    for golden in GOLDENS:
        for true, others in zip(golden.truth.fields, golden.also, strict=True):
            for wording in others:
                said = (
                    {**true.value, "description": wording}
                    if true.name == "item" and isinstance(wording, str)
                    else wording
                )
                counted = list(as_the_truth_counts(golden, [Found(true.name, said, true.assertion)]))
                assert [c.value for c in counted if c.name == true.name], golden.truth.path


TRUTH = Truth(
    path=Path("letter"),
    damage="open",
    kind="lmn",
    as_of=None,
    administrator=None,
    text=None,
    fields=(TrueField("goal", "A1c below 7.0"), TrueField("diagnosis_code", "E11.9")),
    absent=frozenset({"provider_npi"}),
    complete=frozenset({"diagnosis_code"}),
    outcomes={},
)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (Found("goal", "walk a mile without rest"), 0),  # listed, not complete
        (Found("diagnosis_code", "I10"), 1),  # complete
        (Found("provider_npi", "1234567893"), 1),  # absent
        (Found("specialty", "Cardiology"), 0),  # not spoken of
    ],
)
def test_a_value_beyond_those_listed_is_wrong_only_where_the_truth_is_closed(found: Found, wrong: int) -> None:
    golden = Golden(TRUTH, "", "open", ((), ()), {}, ("lmn",))
    counts = score.fields(TRUTH, list(as_the_truth_counts(golden, [found])))
    assert sum(c.wrong for c in counts.values()) == wrong


def test_mistakes_in_the_held_out_half_are_not_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--split", "all", "--verbose"])
    assert "open documents alone" in capsys.readouterr().err
