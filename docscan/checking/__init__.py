"""Extractions meet a rulebook and become findings. The only package that reads rulebooks/.

A rulebook is TOML (`docscan/rulebooks/README.md`). A rule names a check, one of a closed set of pure functions. `judge`
looks at nothing but a report, the rules, a day and the caller's claim, so a stored report can be judged again.
"""

from __future__ import annotations

from pathlib import Path

from docscan.checking.examples import Ran, examples, run_example, run_examples
from docscan.checking.judged_again import changes_between
from docscan.checking.judging import judge
from docscan.checking.packets.judging import judge_packet
from docscan.checking.rulebook.administrator import administrator_names, read_administrator, read_file
from docscan.checking.rulebook.rules import Example, Rule, Ruleset
from docscan.settings import settings

__all__ = [
    "Example", "Ran", "Rule", "Ruleset", "administrators", "changes_between", "examples", "judge", "judge_packet",
    "load", "load_file", "run_example", "run_examples",
]  # fmt: skip


def load(administrator: str) -> Ruleset:
    """The rules of an administrator. Raises `UnknownName`, or `RulebookError` naming the file and the key."""
    return read_administrator(administrator, settings().rulebooks)


def load_file(path: Path) -> Ruleset:
    """The rules of a rulebook anywhere, which may extend built-in ones and those beside it. Raises `RulebookError`."""
    return read_file(path)


def administrators() -> tuple[str, ...]:
    """The names that `load` takes, sorted."""
    return administrator_names(settings().rulebooks)
