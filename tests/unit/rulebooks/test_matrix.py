"""Each administrator differs from what is usual just where the research says so, and each difference has a source."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from docscan.checking import Rule, Ruleset
from docscan.checking.rulebook.administrator import administrator_names, read_administrator

MATRIX = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text("utf-8"))
USUAL = {rule: severity for severity, rules in MATRIX.pop("usual").items() for rule in rules}
BASE = "generic-fsa"
_COMPARED = ("severity", "applies_to", "purpose", "first", "when_class", "asked_of_class", "unless_class")


def by_id(rules: Ruleset) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules.rules}


def differences(usual: Rule, rule: Rule) -> dict[str, Any]:
    """What decides otherwise: severity, whom it is asked of, the check's parameters."""
    before, after = _plain(asdict(usual.parameters)), _plain(asdict(rule.parameters))
    found = {name: value for name, value in after.items() if before[name] != value}
    found |= {name: _plain(getattr(rule, name)) for name in _COMPARED if getattr(usual, name) != getattr(rule, name)}
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value


def expected(administrator: str) -> dict[str, dict[str, Any]]:
    told = {rule: dict(entry) for rule, entry in MATRIX[administrator].items() if rule != "only"}
    for entry in told.values():
        assert entry.pop("cell"), "every difference is a cell"
    return told


def test_every_administrator_is_in_the_matrix() -> None:
    assert set(MATRIX) | {BASE} == set(administrator_names())


def test_what_is_usual_counts_as_the_catalogue_says() -> None:
    found = {rule.id: rule.severity for rule in read_administrator(BASE).rules}
    assert {rule: found.get(rule) for rule in USUAL} == USUAL
    of_all_plans = {rule for rule in found if rule[:3] in ("LMN", "PRV", "COD", "RCT", "IRS")}
    assert of_all_plans <= set(USUAL)


@pytest.mark.parametrize("administrator", sorted(MATRIX))
def test_an_administrator_differs_just_where_the_matrix_says_so(administrator: str) -> None:
    usual, here = by_id(read_administrator(BASE)), by_id(read_administrator(administrator))
    found: dict[str, dict[str, Any]] = {}
    for id_, rule in usual.items():
        if id_ not in here:
            found[id_] = {"off": True}
        elif different := differences(rule, here[id_]):
            found[id_] = different
    only = MATRIX[administrator].get("only")
    if only:
        assert set(here) == set(only["rules"])
        found = {id_: different for id_, different in found.items() if different != {"off": True}}
    assert found == expected(administrator)
    assert set(here) <= set(usual)


@pytest.mark.parametrize("administrator", sorted(MATRIX))
def test_every_difference_is_a_change_that_names_its_source(administrator: str) -> None:
    rules = read_administrator(administrator)
    assert {change.rule for change in rules.changes if change.decides} == set(expected(administrator))
    for change in rules.changes:
        assert change.by == administrator
        assert change.retrieved == rules.checked
        assert change.citation.locator
        assert change.citation.url or not change.citation.verified
        assert change.citation.kind in ("law", "guidance", "plan practice")
        if not change.off:
            assert rules.rule(change.rule).changed_by == administrator


def test_tax_law_alone_asks_nothing_that_only_plans_ask() -> None:
    for rule in read_administrator("irs-core").rules:
        assert rule.citation.kind in ("law", "guidance"), f"{rule.id} rests on {rule.citation.title}"


def test_what_a_vendor_says_of_a_plan_is_not_taken_for_confirmed() -> None:
    for administrator in MATRIX:
        for change in read_administrator(administrator).changes:
            vendor = "vendor" in change.citation.title or "old edition" in change.citation.title
            assert not (vendor and change.citation.verified), f"{administrator}: {change.rule}"


@pytest.mark.parametrize("administrator", sorted(MATRIX))
def test_a_plans_own_words_are_cited_for_rules_that_it_does_not_change(administrator: str) -> None:
    rules = read_administrator(administrator)
    usual = {(rule.id, rule.effective_from): rule for rule in read_administrator(BASE).rules}
    for rule in rules.rules:
        if rule.changed_by is None:
            assert rule.changed == ()
            assert differences(usual[rule.id, rule.effective_from], rule) == {}
