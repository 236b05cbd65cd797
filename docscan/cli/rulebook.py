"""What does the command rules do?"""

from __future__ import annotations

import json

from docscan.checking import administrators, load
from docscan.cli.console import err, out, write
from docscan.presenting.rules import rule_in_full, rule_json, rules_table
from docscan.settings import settings


def show_rules(rule: str | None, *, administrator: str | None, as_json: bool) -> int:
    """List an administrator's rules, or tell one in full."""
    rules = load(administrator or settings().administrator)
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
