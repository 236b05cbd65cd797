"""What do the commands rules, rules new and rules test do?"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from pathlib import Path

from docscan.checking import Ran, Ruleset, administrators, load, load_file, run_examples
from docscan.checking.checks import CHECKS
from docscan.cli.console import busy, err, out, write
from docscan.errors import RulebookError, UsageError
from docscan.presenting.rule_table import severity_table, table_for_terminal, table_json
from docscan.presenting.rules import (
    check_json,
    checks_table,
    example_json,
    failed_example,
    fields_table,
    rule_in_full,
    rule_json,
    rules_table,
)
from docscan.reference.fields import FIELDS
from docscan.settings import settings


def show_rules(
    rule: str | None, *, administrator: str | None, as_json: bool, table: bool, checks: bool, fields: bool
) -> int:
    """List an administrator's rules, tell one in full, set all administrators side by side, or tell what rules are made
    of."""
    if sum((rule is not None, table, checks, fields)) > 1:
        raise UsageError("Only one of ID, --table, --checks and --fields can be asked for.", "Leave the others out.")
    if table:
        return _show_table(as_json=as_json)
    if checks:
        return _show_checks(as_json=as_json)
    if fields:
        return _show_fields(as_json=as_json)
    rules = load(administrator or settings().administrator)
    told = rules.rules if rule is None else (rules.rule(rule),)
    severities = severity_table() if as_json or rule is not None else None
    if as_json:
        for one in told:
            write(json.dumps(rule_json(one, severities)))
    elif rule is not None:
        out().print(rule_in_full(told[0], severities))
    else:
        out().print(rules_table(rules))
        others = [name for name in administrators() if name != rules.administrator]
        err().print()
        err().print(
            "docscan rules ID tells one in full, docscan rules --table all administrators side by side.", markup=False
        )
        if others:
            err().print(f"Other rules, by --administrator: {', '.join(others)}.", markup=False)
    return 0


def _show_table(*, as_json: bool) -> int:
    table = severity_table()
    if as_json:
        for row in table_json(table):
            write(json.dumps(row))
    else:
        out().print(table_for_terminal(table))
    return 0


def test_rules(target: str | None, *, as_json: bool) -> int:
    """Run the examples of a file's own rules and changes, or of all rules of an administrator."""
    path = Path(target) if target is not None and _is_path(target) else None
    try:
        rules = load_file(path) if path else load(target or settings().administrator)
    except RulebookError as wrong:
        if not as_json:
            raise
        for each in (wrong, *wrong.more):
            write(json.dumps({"schema": "docscan.error/1", "file": target, "error": each.to_dict()}))
        return wrong.exit_status
    with busy("Running the examples"):
        ran = list(_run(rules, own=path is not None))
    failed = [one for one in ran if not one.as_expected]
    if as_json:
        for one in ran:
            write(json.dumps(example_json(one)))
    else:
        for one in failed:
            out().print(failed_example(one))
            out().print()
        out().print(_summed_up(rules, ran, len(failed), own=path is not None), markup=False)
    return RulebookError.exit_status if failed else 0


def _is_path(target: str) -> bool:
    return target.endswith(".toml") or os.sep in target


def _run(rules: Ruleset, *, own: bool) -> Iterator[Ran]:
    from docscan.pipeline import understand_text

    mine = tuple(rule for rule in rules.rules if not own or rules.administrator in (rule.rulebook, rule.changed_by))
    return run_examples(replace(rules, rules=mine), cache(understand_text))


def _summed_up(rules: Ruleset, ran: list[Ran], failed: int, *, own: bool) -> str:
    ids = len({one.rule.id for one in ran})
    number = "1 rule" if ids == 1 else f"{ids} rules"
    whose = "that it brings or changes" if own else f"of {rules.administrator}"
    if not ran:
        return f"{rules.title} loads. It brings and changes no rule."
    if failed:
        return f"{failed} of {len(ran)} examples of {number} {whose} came out otherwise."
    return f"All {len(ran)} examples of {number} {whose} came out as expected."


def new_rules(name: str, *, extends: str, folder: Path | None) -> int:
    """Write a rulebook that loads, for its author to change."""
    from docscan.presenting.plan import plan

    base = load(extends)
    if not re.fullmatch("[a-z][a-z0-9-]*", name):
        raise UsageError(
            f"{name} cannot be the name of a rulebook.", "Write small letters, digits and dashes: my-plan."
        )
    if name in administrators():
        raise UsageError(f"There is an administrator called {name} already.", "Choose another name.")
    place = folder or settings().rulebooks or Path()
    path = place / f"{name}.toml"
    if path.exists():
        raise UsageError(f"{path} is there already.", "Choose another name, or move that file away.")
    place.mkdir(parents=True, exist_ok=True)
    path.write_text(plan(name, base, file=str(path), today=date.today()), "utf-8")
    load_file(path)  # what is written is right, or is told at once
    out().print(f"{path} is written. Change it, then run: docscan rules test {path}", markup=False, soft_wrap=True)
    known = settings().rulebooks
    if known is None or place.resolve() != known.resolve():
        used = f"DOCSCAN_RULEBOOKS={place.resolve()} docscan check --administrator {name} FILE"
        out().print(f"To check by it: {used}", markup=False, soft_wrap=True)
    return 0


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
