"""What does the command rules do?"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache

from docscan.checking import administrators, load, run_examples
from docscan.checking.checks import CHECKS
from docscan.cli.console import busy, err, out, write
from docscan.errors import RulebookError, UsageError
from docscan.presenting.rules import (
    check_json,
    checks_table,
    failed_example,
    fields_table,
    rule_in_full,
    rule_json,
    rules_table,
)
from docscan.reference.fields import FIELDS
from docscan.settings import settings


def show_rules(
    rule: str | None, *, administrator: str | None, as_json: bool, test: bool, checks: bool, fields: bool
) -> int:
    """List an administrator's rules, tell one in full, run their examples, or tell what rules are made of."""
    if sum((rule is not None, test, checks, fields)) > 1:
        raise UsageError("Only one of ID, --test, --checks and --fields can be asked for.", "Leave the others out.")
    if checks:
        return _show_checks(as_json=as_json)
    if fields:
        return _show_fields(as_json=as_json)
    rules = load(administrator or settings().administrator)
    if test:
        return _test_rules(rules.administrator, as_json=as_json)
    told = rules.rules if rule is None else (rules.rule(rule),)
    if as_json:
        for one in told:
            write(json.dumps(rule_json(one)))
    elif rule is not None:
        out().print(rule_in_full(told[0]))
    else:
        out().print(rules_table(rules))
        others = [name for name in administrators() if name != rules.administrator]
        err().print()
        err().print("docscan rules ID tells one in full.", markup=False)
        if others:
            err().print(f"Other rules, by --administrator: {', '.join(others)}.", markup=False)
    return 0


def _test_rules(administrator: str, *, as_json: bool) -> int:
    from docscan.pipeline import understand_text

    with busy("Running the examples"):
        ran = list(run_examples(load(administrator), cache(understand_text)))
    failed = [one for one in ran if not one.as_expected]
    if as_json:
        for one in ran:
            told = {"rule": one.rule.id, "example": one.number, "expected": one.example.outcome, "outcome": one.outcome}
            write(json.dumps({**told, "message": one.message}))
    else:
        for one in failed:
            out().print(failed_example(one))
            out().print()
        rules = len({one.rule.id for one in ran})
        if failed:
            out().print(f"{len(failed)} of {len(ran)} examples of {rules} rules came out otherwise.", markup=False)
        else:
            out().print(f"All {len(ran)} examples of {rules} rules came out as expected.", markup=False)
    return RulebookError.exit_status if failed else 0


def _show_checks(*, as_json: bool) -> int:
    if as_json:
        for _, check in sorted(CHECKS.items()):
            write(json.dumps(check_json(check)))
    else:
        out().print(checks_table(CHECKS))
    return 0


def _show_fields(*, as_json: bool) -> int:
    if as_json:
        for field in FIELDS.values():
            write(json.dumps(asdict(field)))
    else:
        out().print(fields_table())
    return 0
