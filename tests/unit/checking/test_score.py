"""The score is an interval of what may be met; the verdict is the first that fits."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.checking.score import WEIGHT, Judged, score, verdict, worst
from docscan.document import Kind, PageSummary, Problem, Verdict

OUTCOMES = ("met", "not_met", "uncertain", "not_applicable")
SEVERITIES = ("fatal", "required", "recommended", "info")
judged = st.builds(
    lambda outcome, severity, about: Judged(outcome, severity, WEIGHT[severity], about),
    st.sampled_from(OUTCOMES),
    st.sampled_from(SEVERITIES),
    st.sampled_from(("completeness", "eligibility", "integrity")),
)
several = st.lists(judged, max_size=30)


@given(several)
def test_low_is_never_above_high_and_both_are_a_share(findings: list[Judged]) -> None:
    found = score(findings)
    if found is None:
        assert not any(f.weight and f.outcome != "not_applicable" for f in findings)
    else:
        assert 0 <= found.low <= found.high <= 100


@given(several, st.sampled_from(SEVERITIES))
def test_one_more_rule_met_never_lowers_the_score(findings: list[Judged], severity: Any) -> None:
    before = score(findings)
    after = score([*findings, Judged("met", severity, WEIGHT[severity], "completeness")])
    if before is not None:
        assert after is not None
        assert after.low >= before.low
        assert after.high >= before.high


@given(several)
def test_the_bounds_are_what_deciding_the_uncertain_rules_would_give(findings: list[Judged]) -> None:
    found = score(findings)
    if found is not None:
        as_if = [
            [f._replace(outcome=to) if f.outcome == "uncertain" else f for f in findings] for to in ("not_met", "met")
        ]
        decided = [score(each) for each in as_if]
        assert [d.low for d in decided if d] == [found.low, found.high]


@given(several)
def test_rules_that_do_not_apply_change_nothing(findings: list[Judged]) -> None:
    assert score(findings) == score([*findings, Judged("not_applicable", "fatal", 3, "completeness")])


def of(*findings: tuple[Any, Any, Any], kind: Kind = "lmn", pages: Sequence[PageSummary] = ()) -> Verdict:
    return verdict([Judged(o, s, 1, a) for o, s, a in findings], kind=kind, pages=pages)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([("not_met", "fatal", "eligibility"), ("not_met", "fatal", "completeness")], "ineligible"),
        ([("not_met", "required", "eligibility")], "incomplete"),
        ([("not_met", "fatal", "completeness"), ("uncertain", "fatal", "completeness")], "incomplete"),
        ([("not_met", "required", "completeness")], "incomplete"),
        ([("uncertain", "required", "completeness"), ("met", "fatal", "completeness")], "needs_review"),
        ([("met", "fatal", "completeness"), ("not_met", "recommended", "integrity")], "needs_review"),
        ([("met", "fatal", "completeness"), ("not_met", "fatal", "integrity")], "incomplete"),
        ([("met", "fatal", "completeness"), ("not_met", "recommended", "completeness")], "complete"),
        ([("met", "fatal", "completeness"), ("uncertain", "recommended", "completeness")], "complete"),
        ([("not_applicable", "fatal", "completeness")], "needs_review"),
        ([], "needs_review"),
    ],
)
def test_the_verdict_is_the_first_that_fits(findings: list[tuple[Any, Any, Any]], expected: str) -> None:
    assert of(*findings) == expected


def test_what_is_left_out_can_be_added_so_it_is_not_hopeless() -> None:
    left_out = Judged("not_met", "fatal", 3, "eligibility", absent=True)
    assert verdict([left_out], kind="lmn", pages=()) == "incomplete"
    assert verdict([left_out._replace(absent=False)], kind="lmn", pages=()) == "ineligible"


def test_another_kind_of_document_needs_a_person() -> None:
    assert of(("met", "fatal", "completeness"), kind="other") == "needs_review"


def test_only_a_document_without_any_page_that_could_be_read_is_unreadable() -> None:
    lost = PageSummary(1, 1.0, 1.0, "ocr", None, 0, None, Problem("page_unreadable", 1, "Nothing.", "Again."))
    good = PageSummary(2, 1.0, 1.0, "ocr", None, 0, 0.9, None)
    assert of(("not_met", "fatal", "eligibility"), pages=(lost,)) == "unreadable"
    assert of(("met", "fatal", "eligibility"), pages=(lost, good)) == "complete"


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["complete", "complete"], "complete"),
        (["complete", "needs_review"], "needs_review"),
        (["incomplete", "needs_review", "unreadable"], "incomplete"),
        (["complete", "unreadable"], "needs_review"),
        (["unreadable"], "unreadable"),
        (["ineligible", "incomplete"], "ineligible"),
        ([], "needs_review"),
    ],
)
def test_a_packet_is_as_good_as_its_worst_document(verdicts: Any, expected: str) -> None:
    assert worst(verdicts) == expected
