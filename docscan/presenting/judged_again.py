"""What does it say that documents were judged again? What came out otherwise, rule by rule, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from docscan.document import Changes, Outcome, PacketReport, Report, RuleChange, Score, Severity, Turn
from docscan.presenting import administrators, wording
from docscan.presenting.terminal import SIGN, TONE, panel_title

SCHEMA = "docscan.judged/1"


def judged_json(report: Report | PacketReport, changes: Changes) -> dict[str, Any]:
    """A report that was judged again, and what that changed, for programs."""
    return {"schema": SCHEMA, "report": report.to_dict(), "changes": changes.to_dict()}


def changes_panel(changes: Changes, after: Report | PacketReport, *, name: str) -> RenderableType:
    """What was judged otherwise, what came of it, and each rule that changed, with why."""
    inner: list[RenderableType] = [*_lines("Judged by", changes.by, "Nothing else than before.")]
    if not changes:
        inner += [Text(), Text("Nothing came out otherwise.", style="bold")]
    else:
        inner += [Text(), *_lines("What came out", changes.came_out, "The verdict and the score are as before.")]
    documents = len(after.documents() if isinstance(after, Report) else after.reports)
    for one in changes.rules:
        inner += [Text(), *_rule(one, documents)]
    return Panel(
        Group(*inner),
        title=panel_title(name, after.administrator),
        title_align="left",
        subtitle=Text(f"{after.administrator}, as of {after.as_of.isoformat()}", style="dim"),
        subtitle_align="right",
        border_style=TONE[after.verdict],
        padding=(0, 1),
    )


def _lines(heading: str, turns: Iterable[Turn], otherwise: str) -> Iterable[RenderableType]:
    yield Text(heading, style="bold underline")
    told = list(turns)
    if not told:
        yield Text(otherwise, style="dim")
    for one in told:
        before, after = _said(one.what, one.before), _said(one.what, one.after)
        yield Text.assemble((f"{_called(one.what)}: ", "dim"), (f"{before} → ", "dim"), after)


def _rule(change: RuleChange, documents: int) -> Iterable[RenderableType]:
    where = "" if documents == 1 and change.document == 0 else (
        ", the documents together" if change.document is None else f", document {change.document + 1}"
    )  # fmt: skip
    yield Text.assemble((change.rule, "bold"), f"  {wording.clean(change.title)}", (where, "dim"))
    lines = [
        Text.assemble(
            *_outcome(change.before, change.severity_before), (" → ", "dim"),
            *_outcome(change.after, change.severity_after),
        ),
        Text(wording.clean(change.message)),
        *(Text(f"Why: {wording.clean(cause.said)}", style="dim") for cause in change.causes),
    ]  # fmt: skip
    yield Padding(Group(*lines), (0, 0, 0, 2))


def _outcome(outcome: Outcome | None, severity: Severity | None) -> tuple[Any, ...]:
    if outcome is None:
        return (("not asked", "dim"),)
    sign, style = SIGN[outcome]
    weight = f" ({wording.SEVERITY[severity]})" if severity else ""
    return ((f"{sign} {wording.OUTCOME[outcome].lower()}", style), (weight, "dim"))


_CALLED = {
    "administrator": "Rules",
    "as_of": "Day of the check",
    "law_date": "Law of",
    "verdict": "Verdict",
    "score": "Score",
    "versions.judging": "docscan",
    "versions.judging_icd10cm": "Newest diagnosis codes",
}


def _called(what: str) -> str:
    head, _, rest = what.partition(".")
    if what in _CALLED:
        return _CALLED[what]
    if head == "reports":
        number, _, name = rest.partition(".")
        return f"Document {int(number) + 1}, {_CALLED.get(name, name).lower()}"
    return f"Rulebook {rest}" if head == "rulebooks" else f"{head.capitalize()}, {rest.replace('_', ' ')}"


def _said(what: str, value: Any) -> str:  # noqa: PLR0911 - one for each sort of value
    if value is None:
        return "none"
    name = what.rpartition(".")[2]
    if what == "administrator":
        return f"{administrators.called(value)} ({value})" if value else "none"
    if name == "verdict":
        return wording.VERDICT[value]
    if name == "score":
        return wording.score(Score(value["low"], value["high"]))
    if what.startswith("rulebooks."):
        return wording.clean(str(value))
    if isinstance(value, Mapping):
        return " to ".join(_said("", inner) for inner in value.values())
    return _day(str(value))


def _day(text: str) -> str:
    try:
        return wording.day(date.fromisoformat(text))
    except ValueError:
        return wording.clean(text)
