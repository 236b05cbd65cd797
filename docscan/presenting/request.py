"""The draft of a request for information: what an administrator would ask a member for before a claim is decided.

It holds what such a notice must carry: each reason, the rule and its source, what is missing and why it is needed,
until when it can be sent, and how to appeal later. It is a draft for a person to check, complete and send; it decides
nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from docscan import checking
from docscan.document import Citation, Finding, PacketReport, Report
from docscan.errors import DocscanError, UsageError
from docscan.presenting import administrators, paper, wording
from docscan.presenting.changes import Change, changes
from docscan.presenting.note import source_of
from docscan.presenting.paper import Item, Paper

_LONG, _MIDDLE = "_" * 30, "_" * 16
_PLANS = frozenset({"fsa", "hra", "limited_purpose_fsa", "insurer_claim"})


@dataclass(frozen=True, slots=True)
class Time:
    """A time that people are given: `days`, and `more` where it can be extended."""

    days: int
    said: str
    citation: Citation
    more: int = 0


@cache
def times() -> Mapping[str, Time]:
    """The times that a request names, by what they are for: supply, decide, appeal."""
    data = tomllib.loads(files(__package__).joinpath("notices.toml").read_text("utf-8"))
    return {name: _time(entry) for name, entry in data.items()}


def _time(entry: Mapping[str, Any]) -> Time:
    cited = entry["citation"]
    citation = Citation(
        cited["title"], cited["locator"], cited.get("url"), cited["kind"], cited.get("verified", True)
    )  # fmt: skip
    return Time(entry["days"], entry["said"], citation, entry.get("more", 0))


def request(report: Report | PacketReport) -> Paper:
    """The draft for a document, or for the documents of a claim.

    Raises `UsageError` where nothing is missing, and for rules under which nobody decides but the account holder.
    """
    _refuse_where_nobody_asks(report.administrator)
    asked = [change for change in changes(report) if change.who != "reviewer"]
    if not asked:
        raise UsageError(
            "Nothing is missing that could be asked for.", "See the report for what a person should look at."
        )
    singles = report.reports if isinstance(report, PacketReport) else report.documents()
    plan = administrators.called(report.administrator)
    clock = times()
    until = report.as_of + timedelta(days=clock["supply"].days)
    items = tuple(_items(asked, singles))
    blocks: tuple[paper.Block, ...] = (
        paper.Words("For a person to check, complete and send. It is not a decision on the claim.", small=True),
        paper.Facts((
            ("From", f"{_LONG} (name and address of the plan)"),
            ("To", _member(singles) or _LONG),
            ("Claim no.", _MIDDLE),
            ("Patient", wording.patients(singles) or _LONG),
            ("Documents", "; ".join(_document(single) for single in singles)),
            ("Rules of", plan),
            ("Date", wording.day(report.as_of)),
        )),
        paper.Words(f"Dear {_member(singles) or 'member'},"),
        paper.Words(
            "Thank you for sending your claim. More information is needed before the plan can decide on it. Below is "
            "what is missing, why it is needed, and the rule that asks for it."
        ),
        paper.Items("What is missing, and why it is needed", items),
        paper.Words(f"Terms of the plan that apply: {_LONG} {_LONG}"),
        paper.Words(
            f"Please send it by {wording.day(until)}, {clock['supply'].days} days from the date of this letter, to: "
            f"{_LONG}"
        ),
        paper.Words(
            f"The plan has {clock['decide'].days} days to decide on a claim, and up to {clock['decide'].more} more "
            "where something is missing. No decision has been made yet. If the plan denies the claim later, you will "
            f"be told why. You can then appeal in writing within {clock['appeal'].days} days of the day you are told. "
            f"Send the appeal, with anything that supports it, to: {_LONG}"
        ),
        paper.Words(f"Questions: phone {_MIDDLE}, email {_LONG}"),
        paper.Signing(("Name and title", "Signature", "Date sent")),
        paper.Words(
            "Before sending: check the times against the terms of your own plan, and correct the date above if this "
            f"is sent on another day. Their sources: {'; '.join(_time_source(time) for time in clock.values())}.",
            small=True,
        ),
    )  # fmt: skip
    return Paper(
        title="Request for more information",
        mark="Draft",
        blocks=blocks,
        foot="Prepared with docscan for the person who reviews the claim. docscan advises; the plan decides.",
    )


def _refuse_where_nobody_asks(administrator: str) -> None:
    try:
        purposes = set(checking.load(administrator).purpose)
    except DocscanError:
        return
    if not purposes & _PLANS:
        raise UsageError(
            "Under these rules nobody asks the account holder for more.",
            "Choose the rules of a plan: --administrator; docscan note drafts a note for the provider.",
        )


def _member(singles: Iterable[Report]) -> str:
    for single in singles:
        if single.claim.participant_name:
            return wording.clean(single.claim.participant_name)
        for one in single.named("participant_name"):
            if isinstance(one.value, str):
                return wording.clean(one.value)
    return ""


def _document(report: Report) -> str:
    days = next((e.value for e in report.named("letter_date", "service_date") if isinstance(e.value, str)), None)
    kind = wording.KIND[report.document.kind]
    return f"{kind}, {wording.value(report.named('letter_date', 'service_date')[0])}" if days else kind


def _items(asked: Sequence[Change], singles: Sequence[Report]) -> Iterator[Item]:
    for change in asked:
        told = min(change.findings, key=_ground, default=None)
        ask = change.say
        if change.document is not None and len(singles) > 1:
            ask = f"{wording.KIND[singles[change.document].document.kind]}: {ask}"
        yield Item(wording.clean(ask), told.message if told else "", *(source_of(told) if told else ("", None)))


def _ground(finding: Finding) -> tuple[bool, int]:
    """Of several rules, the one to name: a grave one, and of those one of the law before what plans do."""
    return finding.severity != "fatal", ("law", "guidance", "plan practice").index(finding.citation.kind)


def _time_source(time: Time) -> str:
    unsure = "" if time.citation.verified else f" ({wording.UNCONFIRMED})"
    span = f"{time.days} days" + (f" and {time.more} more" if time.more else "")
    return f"{span} {time.said}: {time.citation.title}{unsure}"
