"""What does a rulebook of one's own begin with? It says what the one below says, and how that can be changed."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docscan.checking import Ruleset

_LONGEST: Final = """
# How long a letter may run. Change the number; the examples then have to say what it decides.
[[change]]
rule = "LMN-11"
months = $months
citation = "handbook: how long a letter counts"
example = [
  { outcome = "met", fields = { duration = { value = $months, unit = "mo" } } },
  { outcome = "met", text = "Treatment is needed for $months months." },
  { outcome = "not_met", text = "Treatment is needed for $more months." },
]
"""


def plan(name: str, base: Ruleset, *, file: str, today: date) -> str:
    """The text of a rulebook that extends `base` and loads as it is; what it shows can be changed line by line."""
    rules = {rule.id: rule for rule in base.rules}
    longest = rules.get("LMN-11")
    months = getattr(longest.parameters, "months", None) if longest else None
    changes = Template(_LONGEST).substitute(months=months, more=months + 1) if months else ""
    others = [rule for rule in rules if rule != "LMN-11"]
    template = (files(__package__) / "templates" / "plan.toml").read_text("utf-8")
    return Template(template).substitute(
        id=name,
        title=name.replace("-", " ").capitalize(),
        base_title=base.title,
        extends=base.administrator,
        file=file,
        today=today.isoformat(),
        purpose=json.dumps(list(base.purpose)),
        changes=changes,
        severe="LMN-20" if "LMN-20" in rules else others[0],
        dropped="LMN-22" if "LMN-22" in rules else others[-1],
    )
