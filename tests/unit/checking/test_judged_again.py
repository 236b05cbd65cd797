"""A stored report is judged again without reading, and tells what came out otherwise, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from docscan import checking, pipeline
from docscan.checking import Ruleset, changes_between, wording
from docscan.document import Changes, Claim, DateRange, Extraction, Report, RulebookVersion, RuleChange, Severity

AS_OF = date(2026, 11, 21)


@pytest.fixture
def generic() -> Ruleset:
    return checking.load("generic-fsa")


def judged(report: Report, rules: Ruleset, *, as_of: date = AS_OF, claim: Claim = Claim()) -> Report:  # noqa: B008
    return checking.judge(report, rules, as_of=as_of, claim=claim)


def of(changes: Changes, rule: str) -> RuleChange:
    return next(one for one in changes.rules if one.rule == rule)


def kinds(change: RuleChange) -> list[str]:
    return [cause.kind for cause in change.causes]


def without(report: Report, *names: str) -> Report:
    return replace(report, fields=tuple(e for e in report.fields if e.name not in names))


def test_nothing_changes_where_nothing_differs(good_letter: Report, generic: Ruleset) -> None:
    before = judged(good_letter, generic)
    changes = changes_between(before, judged(before, generic), (generic, generic))
    assert not changes
    assert changes == Changes((), (), ())


def test_another_administrator_tells_what_it_takes_otherwise_and_where_it_says_so(
    good_letter: Report, generic: Ruleset
) -> None:
    other = checking.load("healthequity")
    before = judged(without(good_letter, "duration"), generic)
    changes = changes_between(before, judged(before, other), (generic, other))
    assert ("administrator", "generic-fsa", "healthequity") in [(t.what, t.before, t.after) for t in changes.by]
    change = of(changes, "LMN-10")
    assert (change.before, change.after) == ("not_met", "not_met")
    assert (change.severity_before, change.severity_after) == ("fatal", "recommended")
    assert kinds(change) == ["administrator"]
    assert (
        "HealthEquity: the rule is “helpful”, and was “must have”. Source: HealthEquity help" in change.causes[0].said
    )
    assert [t.what for t in changes.came_out][:1] == ["verdict"]


def test_a_changed_parameter_is_told_with_both_values(tmp_path: Path, good_letter: Report, generic: Ruleset) -> None:
    from docscan.presenting.plan import plan

    text = plan("my-plan", generic, file="my-plan.toml", today=AS_OF)
    text = text.replace("months = 12", "months = 3").replace("value = 12", "value = 3").replace("for 12", "for 3")
    (tmp_path / "my-plan.toml").write_text(text)
    mine = checking.load_file(tmp_path / "my-plan.toml")
    before = judged(good_letter, generic)
    change = of(changes_between(before, judged(before, mine), (generic, mine)), "LMN-11")
    assert (change.before, change.after) == ("met", "not_met")
    assert "months is 3, and was 12" in change.causes[0].said
    assert "My plan: handbook" in change.causes[0].said


def test_a_rule_of_several_times_says_once_what_is_other(good_letter: Report, generic: Ruleset) -> None:
    other = checking.load("take-command-hra")
    before = judged(good_letter, generic)
    changes = changes_between(before, judged(before, other), (generic, other))
    said = of(changes, "LMN-06").causes[0].said
    assert said.count("the rule is “needed”") == 1


def test_a_rule_that_only_one_of_them_asks_is_told(good_letter: Report, generic: Ruleset) -> None:
    other = checking.load("irs-core")
    before = judged(good_letter, generic)
    change = of(changes_between(before, judged(before, other), (generic, other)), "LMN-10")
    assert (change.before, change.after, change.severity_after) == ("met", None, None)
    assert change.causes[0].said.startswith("Most FSA and HRA administrators asks this, and Tax law alone does not.")


def test_another_day_is_the_cause_of_what_it_changes(good_letter: Report, generic: Ruleset) -> None:
    before = judged(good_letter, generic)
    changes = changes_between(before, judged(before, generic, as_of=date(2027, 3, 4)), (generic, generic))
    change = of(changes, "LMN-27")
    assert (change.before, change.after) == ("met", "not_met")
    assert change.causes == (
        type(change.causes[0])("day", "The day of the check is March 4, 2027; it was November 21, 2026."),
    )


def test_a_claim_is_the_cause_of_what_it_changes(
    report: Callable[..., Report], extraction: Callable[..., Extraction], generic: Ruleset
) -> None:
    before = judged(report(extraction("service_date", "2026-04-02"), kind="receipt"), generic)
    claim = Claim(plan_year=DateRange(date(2025, 1, 1), date(2025, 12, 31)))
    changes = changes_between(before, judged(before, generic, claim=claim), (generic, generic))
    assert [(t.what, t.before, t.after) for t in changes.by] == [
        ("claim.plan_year", None, {"start": "2025-01-01", "end": "2025-12-31"})
    ]
    change = of(changes, "RCT-11")
    assert (change.before, change.after) == ("not_applicable", "not_met")
    assert [(c.kind, c.said) for c in change.causes] == [("claim", "The claim gives the plan year.")]


def test_of_two_things_that_differ_only_the_one_that_matters_is_the_cause(
    good_letter: Report, generic: Ruleset
) -> None:
    other = checking.load("hsa-owner")
    before = judged(without(good_letter, "frequency"), generic)
    after = judged(before, other, as_of=date(2027, 12, 1))
    changes = changes_between(before, after, (generic, other))
    assert kinds(of(changes, "LMN-27")) == ["administrator", "day"]  # another severity, and over
    assert kinds(of(changes, "LMN-11")) == ["administrator"]


def test_without_the_rules_everything_that_differs_may_be_the_cause(good_letter: Report, generic: Ruleset) -> None:
    before = judged(without(good_letter, "duration"), generic)
    after = judged(before, checking.load("healthequity"), as_of=date(2026, 11, 22))
    change = of(changes_between(before, after), "LMN-10")
    assert kinds(change) == ["administrator", "day"]
    assert change.causes[0].said == "The rules are those of healthequity; they were those of generic-fsa."


@pytest.mark.parametrize(
    ("stored", "kind", "said"),
    [
        ({"rulebooks": (RulebookVersion("lmn", "2025-01-01"),)}, "rules", "the rulebook lmn is of version"),
        ({"versions": {"docscan": "0.1.0", "icd10cm": "2019-10-01"}}, "codes", "it was of October 1, 2019"),
        ({"versions": {"docscan": "0.0.1", "icd10cm": "now"}}, "program", "it was docscan 0.0.1"),
        ({}, "rules", "without a new version"),
    ],
)
def test_what_was_stored_by_older_rules_codes_or_programs_is_told_as_such(
    good_letter: Report, generic: Ruleset, stored: Any, kind: str, said: str
) -> None:
    now = judged(good_letter, generic)
    versions = dict(stored.get("versions", now.versions))
    if versions.get("icd10cm") == "now":
        versions["icd10cm"] = now.versions["judging_icd10cm"]
    findings = tuple(replace(f, outcome="not_met") if f.rule == "LMN-10" else f for f in now.findings)
    before = replace(now, **{"findings": findings, **stored, "versions": versions})
    change = of(changes_between(before, judged(before, generic), (generic, generic)), "LMN-10")
    assert (change.before, change.after) == ("not_met", "met")
    assert kind in kinds(change)
    assert said in " ".join(cause.said for cause in change.causes)


def test_a_file_of_several_documents_counts_them(good_letter: Report, generic: Ruleset) -> None:
    whole = replace(
        good_letter, document=replace(good_letter.document, kind="packet"), fields=(),
        parts=(good_letter, without(good_letter, "duration")),
    )  # fmt: skip
    other = checking.load("healthequity")
    before = judged(whole, generic)
    changes = changes_between(before, judged(before, other), (generic, other))
    assert {one.document for one in changes.rules if one.rule == "LMN-10"} >= {1}
    assert "reports.1.verdict" in [turn.what for turn in changes.came_out]


def test_a_packet_is_judged_again_as_a_whole(
    good_letter: Report, report: Callable[..., Report], extraction: Callable[..., Extraction]
) -> None:
    receipt = report(
        extraction("patient_name", "Marisol Vance"), extraction("service_date", "2026-09-10"),
        extraction("item", {"description": "Personal training", "amount": "80.00", "class": "training"}),
        kind="receipt",
    )  # fmt: skip
    before = pipeline.judge_packet([good_letter, receipt], administrator="generic-fsa", as_of=AS_OF)
    claim = Claim(letter_approved_on=date(2026, 9, 20))
    after = pipeline.judge(before, administrator="healthequity", claim=claim)
    changes = pipeline.changes_between(before, after)
    change = next(one for one in changes.rules if one.rule == "PKT-04")
    assert change.document is None
    assert (change.before, change.after) == ("met", "not_met")
    assert change.causes
    assert after.as_of == AS_OF
    assert type(before).from_dict(json.loads(json.dumps(before.to_dict()))) == before
    assert pipeline.judge(after, administrator="generic-fsa", claim=Claim()) == before


def test_changes_survive_their_way_through_json(good_letter: Report, generic: Ruleset) -> None:
    other = checking.load("healthequity")
    before = judged(without(good_letter, "duration"), generic)
    changes = changes_between(before, judged(before, other, as_of=date(2027, 12, 1)), (generic, other))
    assert Changes.from_dict(json.loads(json.dumps(changes.to_dict()))) == changes


STORED = Path(__file__).parent / "stored_report.json"


def test_a_report_that_an_older_docscan_wrote_is_judged_as_well() -> None:
    """It lacks what pages tell today, and was judged by fewer rules."""
    data = json.loads(STORED.read_text("utf-8"))
    assert "unread" not in data["document"]["pages"][0]
    stored = Report.from_dict(data)
    again = pipeline.judge(stored)
    changes = pipeline.changes_between(stored, again)
    assert (again.as_of, again.administrator) == (stored.as_of, stored.administrator)
    assert next(f.outcome for f in again.findings if f.rule == "COD-02") == "not_met"
    assert all(one.causes for one in changes.rules)
    assert Report.from_dict(json.loads(json.dumps(again.to_dict()))) == again


def test_a_report_by_rules_that_are_gone_can_be_judged_by_others() -> None:
    stored = replace(Report.from_dict(json.loads(STORED.read_text("utf-8"))), administrator="our-old-plan")
    again = pipeline.judge(stored, administrator="wex")
    changes = pipeline.changes_between(stored, again)
    assert ("administrator", "our-old-plan", "wex") in [(t.what, t.before, t.after) for t in changes.by]
    assert all(one.causes for one in changes.rules)


def test_severities_are_called_as_in_reports() -> None:
    from docscan.presenting.wording import SEVERITY

    assert wording.SEVERITY == SEVERITY
    assert set(SEVERITY) == set(get_args(Severity))
