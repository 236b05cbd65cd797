"""What does a packet's report say, in the order in which a person asks? Is it complete, which days does a letter cover,
how much money do the documents support, and what is to be done. Pure; the same for terminal, HTML and web pages."""

from __future__ import annotations

from calendar import SUNDAY, Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any, Final, Literal, TypeAlias

from docscan.checking.facts import LETTERS
from docscan.checking.wording import listed
from docscan.document import Coverage, Finding, PacketEvidence, PacketFinding, PacketReport, Report
from docscan.presenting import wording
from docscan.presenting.changes import WHO, Change, Who, changes
from docscan.presenting.outline import Outline, files_of, outline
from docscan.reference import in_words, publication_502

Standing: TypeAlias = Literal["covered", "not_covered", "unclear"]
MoneyStanding: TypeAlias = Literal["supported", "conditional", "unsupported", "unclear"]

STANDING: Final[Mapping[Standing, str]] = {
    "covered": "covered by a letter",
    "not_covered": "not covered",
    "unclear": "not clear",
}
MONEY: Final[Mapping[MoneyStanding, str]] = {
    "supported": "Supported by the documents",
    "conditional": "Depends on a condition",
    "unsupported": "Not supported by the documents",
    "unclear": "Not clear",
}
MONEY_IN_A_WORD: Final[Mapping[MoneyStanding, str]] = {
    "supported": "Supported",
    "conditional": "Depends",
    "unsupported": "Not supported",
    "unclear": "Not clear",
}
_GRAVEST: Final[tuple[Standing, ...]] = ("not_covered", "unclear", "covered")
_SUNDAY_FIRST = Calendar(SUNDAY)


@dataclass(frozen=True, slots=True)
class Titled:
    """A document of the packet as it is called: `short` in a sentence, `kind` in words, `file` as the caller named it
    ("" where nobody did), `before_page` where a page of the file is named."""

    number: int
    short: str
    kind: str
    file: str
    before_page: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month. `standing` is None where no service was given; of several services the worst counts."""

    day: date
    standing: Standing | None
    services: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month with service days, in weeks from Sunday to Saturday; None where a day is of another month."""

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Service days that no letter covers, or of which it is not clear, for one reason."""

    standing: Standing
    days: tuple[date, ...]
    reports: tuple[int, ...]
    descriptions: tuple[str, ...]
    amount: str
    reason: str


@dataclass(frozen=True, slots=True)
class LetterUse:
    """What one letter of the packet covers; no days where it covers none. `partly`: those of the days on which there
    was something that no letter covers, too."""

    report: int
    days: tuple[date, ...]
    partly: tuple[date, ...]
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Lines of one receipt that say the same but for their day: `amount` is their sum, `each` of one of `count`."""

    report: int | None
    description: str
    count: int
    amount: str
    each: str
    days: str
    entry: str
    standing: MoneyStanding
    letter: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExcessCost:
    """A special thing that replaces an ordinary one, of which only the extra cost counts."""

    description: str
    price: str
    ordinary: str
    excess: str
    reason: str


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts for a person ("$360.00"). `totals` in a fixed order, `lines` the ones to look at first."""

    totals: tuple[tuple[MoneyStanding, str, bool], ...]
    """Standing, amount, and whether it is more than nothing."""
    all: str
    lines: tuple[MoneyLine, ...]
    excess: tuple[ExcessCost, ...]
    deduction: tuple[tuple[str, str], ...]
    deduction_reason: str


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to do. `reports`: the documents that it is about; `rules`: those that it answers."""

    say: str
    reports: tuple[int, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """All that one person can do: one question to a provider, one new copy, one look."""

    title: str
    points: tuple[Point, ...]


def titles(reports: Sequence[Report], names: Sequence[str] = ()) -> tuple[Titled, ...]:
    """How the documents are called: by their file where it is named, else by their number and kind.

    `names`: of each one's file; one of several documents of a file is called by its pages too.
    """
    files = files_of(reports)
    found = []
    for number, report in enumerate(reports, start=1):
        kind = wording.KIND[report.document.kind]
        file = wording.clean(names[number - 1]) if names else ""
        base = file.rsplit("/", 1)[-1]
        short = base or f"document {number} ({_KIND.get(report.document.kind) or _in_a_sentence(kind)})"
        if base and files.count(files[number - 1]) > 1:
            short = f"{base}, {wording.part(report)}"
        found.append(Titled(number, short, kind, file, base or short))
    return tuple(found)


_KIND: Final[Mapping[str, str]] = {"lmn": "letter", "receipt": "receipt", "other": "of another kind"}
"""Short words for the kinds that are most often named."""


def places_of(finding: Finding) -> tuple[PacketEvidence, ...]:
    """A finding's places in the packet; none where it is about a document alone."""
    return finding.evidence if isinstance(finding, PacketFinding) else ()


def places(evidence: Iterable[PacketEvidence], called: Sequence[Titled]) -> str:
    """ "letter.pdf, page 1; receipt.pdf, pages 1 and 2"."""
    pages: dict[int, list[int]] = {}
    for one in evidence:
        pages.setdefault(one.report, []).append(one.page)
    return "; ".join(
        f"{called[report].before_page}, {wording.pages(numbers)}" for report, numbers in sorted(pages.items())
    )


def standing(covered: bool | None) -> Standing:
    """What `Coverage.covered` means."""
    return "unclear" if covered is None else "covered" if covered else "not_covered"


def months(coverage: Iterable[Coverage]) -> tuple[Month, ...]:
    """The months in which a service was given, oldest first. Those between without any are left out."""
    by_day: dict[date, list[Coverage]] = {}
    for one in coverage:
        if one.service_date:
            by_day.setdefault(one.service_date, []).append(one)
    told = []
    for year, month in sorted({(day.year, day.month) for day in by_day}):
        weeks = tuple(
            tuple(_day(day, by_day.get(day, ())) if day.month == month else None for day in week)
            for week in _SUNDAY_FIRST.monthdatescalendar(year, month)
        )
        told.append(Month(f"{date(year, month, 1):%B %Y}", weeks))
    return tuple(told)


def _day(day: date, services: Iterable[Coverage]) -> Day:
    found = tuple(services)
    worst = min((standing(one.covered) for one in found), key=_GRAVEST.index, default=None)
    return Day(day, worst, found)


def covered_days(coverage: Iterable[Coverage]) -> tuple[int, int]:
    """How many service days are covered by a letter, and how many there are."""
    days = [day for month in months(coverage) for week in month.weeks for day in week if day and day.standing]
    return sum(day.standing == "covered" for day in days), len(days)


def gaps(coverage: Iterable[Coverage]) -> tuple[Gap, ...]:
    """The services that are not covered, then those that are not clear, together where the reason is one; what has no
    day comes last."""
    found: dict[tuple[Standing, str], list[Coverage]] = {}
    for one in sorted(coverage, key=_by_day):
        if one.covered is not True:
            found.setdefault((standing(one.covered), _without_day(one.reason, one.service_date)), []).append(one)
    ordered = sorted(found.items(), key=lambda item: (_GRAVEST.index(item[0][0]), _by_day(item[1][0])))
    return tuple(
        Gap(
            standing=how,
            days=tuple(dict.fromkeys(c.service_date for c in ones if c.service_date)),
            reports=tuple(sorted({c.report for c in ones})),
            descriptions=tuple(dict.fromkeys(wording.clean(c.description) for c in ones if c.description)),
            amount=_sum(c.amount for c in ones if c.amount),
            reason=wording.clean(ones[0].reason) if len(ones) == 1 else _of_each(reason),
        )
        for (how, reason), ones in ordered
    )


def _by_day(one: Coverage) -> tuple[date, int]:
    return one.service_date or date.max, one.report


_DAY = "\0"


def _without_day(reason: str, day: date | None) -> str:
    """The reason with a mark where it begins with the day, so that many days of one reason are told once."""
    said = in_words.day(day) if day else ""
    return f"{_DAY}{reason.removeprefix(said)}" if said and reason.startswith(said) else reason


def _of_each(reason: str) -> str:
    return wording.clean(reason.replace(_DAY, "Each of these days"))


def letter_uses(packet: PacketReport) -> tuple[LetterUse, ...]:
    """Each letter with the days it covers."""
    used = {n for n, report in enumerate(packet.reports) if report.document.kind in LETTERS}
    used |= {one.letter for one in packet.coverage if one.letter is not None}
    wanting = {one.service_date for one in packet.coverage if not one.covered}
    told = []
    for number in sorted(used):
        ones = [one for one in packet.coverage if one.letter == number and one.covered]
        days = tuple(sorted({one.service_date for one in ones if one.service_date}))
        partly = tuple(day for day in days if day in wanting)
        told.append(LetterUse(number, days, partly, tuple(sorted({one.report for one in ones}))))
    return tuple(told)


def days_said(days: Iterable[date]) -> str:
    """ "March 5, 12 and 19, and April 2, 2026": few words for many days."""
    years = []
    for year, of_year in groupby(sorted(set(days)), key=lambda day: day.year):
        by_month = [
            f"{month:%B} {listed((str(day.day) for day in inner), most=31)}"
            for month, inner in (
                (date(year, number, 1), list(ones)) for number, ones in groupby(of_year, key=lambda day: day.month)
            )
        ]
        years.append(f"{'; '.join(by_month)}, {year}")
    return "; ".join(years)


def money_of(packet: PacketReport) -> Money | None:
    """The packet's money for a person; None where nothing is known of it."""
    told = packet.money
    given = list(told.get("lines") or ())
    lines = list(_money_lines(given))
    excess = tuple(_excess(one, given) for one in told.get("excess_cost") or ())
    deduction = told.get("deduction") or {}
    if not lines and not deduction and not any(told.get(key) for key in MONEY):
        return None
    order = ("unsupported", "unclear", "conditional", "supported")
    totals = tuple((key, in_words.money(str(told.get(key) or "0.00")), _is_some(told.get(key))) for key in MONEY)
    return Money(
        totals=totals,
        all=_sum(str(told.get(key) or "0.00") for key in MONEY),
        lines=tuple(sorted(lines, key=lambda line: order.index(line.standing))),
        excess=excess,
        deduction=tuple(
            (label, _percent(deduction[key]) if key == "percent" else in_words.money(str(deduction[key])))
            for key, label in _DEDUCTION.items()
            if deduction.get(key) is not None
        ),
        deduction_reason=wording.clean(str(deduction.get("reason") or "")),
    )


_DEDUCTION: Final = {
    "income": "Income given",
    "percent": "Share of the income that does not count",
    "floor": "What does not count",
    "expenses": "Expenses that the documents support",
    "above_floor": "Above that share",
}


def _percent(share: Any) -> str:
    return f"{in_words.number(float(share))}%"


def _money_lines(given: Iterable[Mapping[str, Any]]) -> Iterable[MoneyLine]:
    """The lines, those that say the same of many days as one."""
    alike: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for line in given:
        reason = _without_day(str(line.get("reason") or ""), _day_of(line))
        names = ("report", "description", "amount", "entry", "standing", "letter")
        alike.setdefault((*(line.get(name) for name in names), reason), []).append(line)
    for (*_, reason), those in alike.items():
        yield _money_line(those, reason)


def _money_line(those: Sequence[Mapping[str, Any]], reason: str) -> MoneyLine:
    first = those[0]
    how: MoneyStanding = first["standing"] if first.get("standing") in MONEY else "unclear"
    each = in_words.money(str(first["amount"])) if first.get("amount") else ""
    return MoneyLine(
        report=first.get("report"),
        description=wording.clean(str(first.get("description") or "")) or "Not described",
        count=len(those),
        amount=(_sum(str(line["amount"]) for line in those) or each) if each else "not clear",
        each=each,
        days=days_said(filter(None, map(_day_of, those))),
        entry=_entry(first.get("entry")),
        standing=how,
        letter=first.get("letter"),
        reason=wording.clean(str(first.get("reason") or "")) if len(those) == 1 else _of_each(reason),
    )


def counted(line: MoneyLine) -> str:
    """ " (6 times $72.00)"; "" for a single line."""
    return f" ({line.count} times {line.each})" if line.count > 1 and line.each else ""


def _day_of(line: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(line["service_date"]) if line.get("service_date") else None
    except (TypeError, ValueError):
        return None


def _entry(name: str | None) -> str:
    try:
        return publication_502.entry(name).title if name else ""
    except KeyError:  # of a newer docscan
        return ""


def _excess(one: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> ExcessCost:
    def said(key: str) -> str:
        return in_words.money(str(one[key])) if one.get(key) else "not known"

    at = one.get("line")
    known = str(lines[at].get("description") or "") if isinstance(at, int) and 0 <= at < len(lines) else ""
    reason = wording.clean(one.get("reason") or "")
    return ExcessCost(wording.clean(known), said("price"), said("ordinary_cost"), said("excess"), reason)


def _is_some(amount: Any) -> bool:
    return bool(amount) and bool(str(amount).strip("0. "))


def _sum(amounts: Iterable[str]) -> str:
    """Their sum for a person; "" where none is known."""
    known = []
    for amount in filter(None, amounts):
        try:
            known.append(Decimal(amount))
        except InvalidOperation:
            continue
    return in_words.money(f"{sum(known, Decimal()):.2f}") if known else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The one answer: what to do in a line; what the documents lack together; what they lack by themselves."""

    todo: str
    together: str
    alone: str


def answer(packet: PacketReport) -> Answer:
    """What is said first: documents that are each in order may still not fit together."""
    together = outline(packet.findings)
    alone = [outline(report.findings) for report in packet.reports]
    fix = len(together.mend) + sum(len(one.mend) for one in alone)
    check = together.checks + sum(one.checks for one in alone)
    return Answer(wording.to_do(packet.verdict, fix=fix, check=check), _fit(packet, together), _alone(packet.reports))


def _fit(packet: PacketReport, told: Outline) -> str:
    if told.mend:
        return f"They do not fit together: {wording.count(len(told.mend), 'thing')} to fix."
    if told.checks:
        return f"Whether they fit together is not clear: {wording.count(told.checks, 'thing')} to check."
    if told.met:
        return "They fit together."
    return (
        "There was nothing to compare."
        if len(packet.reports) > 1
        else "It is one document: there was nothing to compare."
    )


def _alone(reports: Sequence[Report]) -> str:
    wanting = sum(report.verdict != "complete" for report in reports)
    if not wanting:
        those = "The document" if len(reports) == 1 else f"Each of the {len(reports)} documents"
        return f"{those} is in order by itself."
    return (
        f"By itself, {wanting} of {wording.count(len(reports), 'document')} is not in order yet."
        if wanting == 1
        else (f"By themselves, {wanting} of {len(reports)} documents are not in order yet.")
    )


def coverage_said(packet: PacketReport) -> str:
    """ "12 of 14 service days are covered by a letter."; "" where no service is known."""
    covered, days = covered_days(packet.coverage)
    undated = sum(one.service_date is None for one in packet.coverage)
    said = []
    if days == 1:
        of_day = {standing(one.covered) for one in packet.coverage if one.service_date}
        partly = "covered by a letter only in part" if len(of_day) > 1 and "covered" in of_day else None
        said.append(f"The one service day is {partly or STANDING[min(of_day, key=_GRAVEST.index)]}.")
    elif days:
        some = "All" if covered == days else covered or "None"
        said.append(f"{some} of {days} service days {'is' if covered == 1 else 'are'} covered by a letter.")
    if undated:
        said.append(f"{wording.count(undated, 'service')} {'has' if undated == 1 else 'have'} no day.")
    return " ".join(said)


def money_said(money: Money) -> str:
    """ "$360.00 of $405.00 is supported by the documents."."""
    supported = next(amount for key, amount, _ in money.totals if key == "supported")
    if supported == money.all:
        return f"All of {money.all} is supported by the documents."
    return f"{supported} of {money.all} is supported by the documents."


def document_todo(report: Report) -> tuple[Outline, str]:
    """A document's findings in order, and what is to be done about it in a line."""
    told = outline(report.findings)
    return told, wording.to_do(report.verdict, fix=len(told.mend), check=told.checks)


def steps(packet: PacketReport) -> tuple[Step, ...]:
    """What to do next: the smallest set of changes, in as few steps as there are people to ask. What several documents
    lack alike is one point."""
    asked: dict[tuple[Who, str], dict[str, list[Change]]] = {}
    for change in changes(packet):
        of_one = asked.setdefault((change.who, _whose(packet, change)), {})
        of_one.setdefault(wording.clean(change.say), []).append(change)
    return tuple(
        Step(
            WHO[who] + (f" ({name})" if name else ""),
            tuple(_point(say, alike) for say, alike in points.items()),
        )
        for (who, name), points in asked.items()
    )  # fmt: skip


def _point(say: str, alike: Sequence[Change]) -> Point:
    reports = {one.document for one in alike if one.document is not None}
    for change in alike:
        if change.document is None:
            reports |= {place.report for finding in change.findings for place in places_of(finding)}
    return Point(say, tuple(sorted(reports)), tuple(dict.fromkeys(rule for one in alike for rule in one.rules)))


def _whose(packet: PacketReport, change: Change) -> str:
    """Who wrote the letter or the bill that is to be changed; "" where that is not known or does not matter."""
    names = {
        "provider": ("provider_name", "signer_name", "practice_name"),
        "seller": ("merchant_name", "practice_name", "provider_name"),
    }.get(change.who, ())
    if change.document is None:
        return ""
    for name in names:
        for one in packet.reports[change.document].named(name):
            if isinstance(one.value, str) and one.value.strip():
                return wording.clean(one.value)
    return ""


def covers_said(use: LetterUse) -> str:
    """ "3 service days: April 2, 7 and 9, 2026"; of many days the first and the last."""
    counted = wording.count(len(use.days), "service day")
    part = f"; {days_said(use.partly)} only in part" if use.partly else ""
    if len(use.days) > _FEW_DAYS:
        return f"{counted}, the first on {in_words.day(use.days[0])}, the last on {in_words.day(use.days[-1])}{part}"
    if use.partly == use.days:
        return f"{counted} only in part: {days_said(use.days)}"
    return f"{counted}: {days_said(use.days)}{part}"


_FEW_DAYS = 12


def _in_a_sentence(kind: str) -> str:
    """ "Receipt or invoice" as it stands within a sentence; a name ("Letter of Medical Necessity") stays one."""
    return kind if any(word[:1].isupper() for word in kind.split()[1:]) else kind[:1].lower() + kind[1:]
