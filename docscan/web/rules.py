"""Whose rules are there, what are they, and what do they say of a stored report? As the pages and the API tell it."""

from __future__ import annotations

from datetime import date
from typing import Any

from docscan import checking
from docscan.checking import Ruleset
from docscan.document import Changes, Claim, Report
from docscan.errors import UnknownName
from docscan.presenting.administrators import administrator, administrator_json, administrators
from docscan.presenting.rule_table import severity_table, table_json
from docscan.presenting.rules import Told, rule_json, told

__all__ = ["administrator", "administrator_json", "administrators", "severity_table"]


def load(administrator: str) -> Ruleset:
    """An administrator's rules. Raises `UnknownName`."""
    return checking.load(administrator)


def judge_again(report: Report, administrator: str, as_of: date | None, claim: Claim | None) -> tuple[Report, Changes]:
    """A report judged by an administrator's rules, and what that changes; what is not given stays as it was."""
    told = load(administrator)
    after = checking.judge(report, told, as_of=as_of or report.as_of, claim=claim or report.claim)
    try:
        before = load(report.administrator)
    except UnknownName:  # the rules by which it was judged may be gone
        before = None
    return after, checking.changes_between(report, after, (before, told))


def titles() -> dict[str, str]:
    """What each administrator is called, by its name."""
    return {name: checking.load(name).title for name in checking.administrators()}


def as_json(rules: Ruleset, rule: str | None = None) -> list[dict[str, Any]]:
    """All rules, or the one of that id, for programs. Raises `UnknownName`."""
    table = severity_table()
    return [rule_json(one, table) for one in ((rules.rule(rule),) if rule else rules.rules)]


def table_as_json() -> list[dict[str, Any]]:
    """A row for each rule."""
    return table_json(severity_table())


def administrator_in_full(name: str) -> dict[str, Any]:
    """An administrator with its differences. Raises `UnknownName`."""
    one, rules = administrator(name), checking.load(name)
    return administrator_json(one) | {
        "changes": [
            {
                "rule": said.rule,
                "title": said.title,
                "says": list(said.says),
                "decides": said.decides,
                "citation": {
                    "title": change.citation.title,
                    "locator": change.citation.locator,
                    "url": change.citation.url,
                    "kind": change.citation.kind,
                    "verified": change.citation.verified,
                    "retrieved": change.retrieved.isoformat(),
                },
            }
            for said, change in zip(one.changes, rules.changes, strict=True)
        ]
    }


def page_of(rule: str, administrator: str) -> tuple[Told, str, bool]:
    """A rule as the administrator has it, whose it is, and whether anybody asks it without being told what a claim is
    for. Where the one named does not, as the first does that does.

    Raises `UnknownName`.
    """
    checking.load(administrator)  # a wrong name is told
    table = severity_table()
    row = table.row(rule.upper())
    asking = [
        name for name, severity in (row.by_administrator() if row else {}).items() if severity not in (None, "off")
    ]
    name = administrator if not asking or administrator in asking else asking[0]
    return told(checking.load(name).rule(rule), table), name, bool(asking)


def neighbours(rule: str) -> tuple[str | None, str | None]:
    """The rules before and after this one in the table."""
    ids = [row.rule for row in severity_table().rows]
    at = ids.index(rule)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)
