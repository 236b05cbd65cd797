"""The note for the doctor: what exactly is to be added to the letter or corrected, with blanks, on one page.

It asks for nothing but what a provider can write. It repeats what the letter states and invents no medical fact: what
the letter does not state is a blank. It says nothing of how the plan will decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from docscan.checking.advising import latest_end, longest
from docscan.checking.facts import LETTERS, SURE, Facts
from docscan.checking.judging import UNDECIDED
from docscan.document import Extraction, Finding, PacketReport, Report
from docscan.errors import UsageError
from docscan.presenting import administrators, paper, wording
from docscan.presenting.changes import Change, changes, rules_of, subjects_of
from docscan.presenting.paper import Item, Paper
from docscan.reference import in_words

_SHORT, _MIDDLE, _LONG = "_" * 6, "_" * 16, "_" * 30

ASK: Final[Mapping[str, str]] = {
    "kind": "A letter of medical necessity in place of this document",
    "new_letter": f"A new letter, dated on the day you sign it and not before, for the time from {_MIDDLE} "
    f"to {_MIDDLE}",
    "patient_name": f"The patient's full name: {_LONG}",
    "participant_name": f"The account holder's name: {_LONG}",
    "diagnosis": f"The illness that was diagnosed, in words: {_LONG}",
    "diagnosis_code": f"The diagnosis code (ICD-10-CM) that fits: {_MIDDLE}",
    "treatment": f"The treatment or product, by name: {_LONG}",
    "frequency": f"How often, or how much: {_SHORT} times a {_MIDDLE}, or the dose: {_MIDDLE}",
    "duration": f"How long: from {_MIDDLE} to {_MIDDLE}",
    "treatment_link": f"How the treatment helps with the illness: {_LONG}",
    "necessity_statement": "If you judge so: that the treatment is medically necessary for the illness, and not for "
    "general health or looks",
    "provider_name": f"The printed name of the licensed provider who signs: {_LONG}",
    "provider_credential": f"The credential of the licensed provider who signs, such as MD, DO, NP or PA: {_MIDDLE}",
    "signature": "Your signature, by hand or electronic",
    "letter_date": f"The day on which you sign: {_MIDDLE}",
    "provider_npi": f"Your NPI: {_MIDDLE}",
    "provider_license": f"Your license number, with its state: {_MIDDLE}",
    "provider_address": f"The address of your practice: {_LONG}",
    "provider_phone": f"The phone number of your practice: {_MIDDLE}",
    "letterhead": "The letter on the letterhead of your practice, or on the plan's form",
    "specialty": f"Your specialty: {_LONG}",
    "goal": f"A goal that can be measured: {_LONG}",
    "trainer_credential": f"Who trains or supervises, and with what qualification: {_LONG}",
    "alternatives_tried": f"Other treatments that were tried, if any: {_LONG}",
    "not_already_member": "Whether the patient was a member of the gym before the diagnosis",
    "no placeholder": "Every blank filled in, and template text taken out",
    "no see_attached": f"The treatment on the letter itself: {_LONG}",
}
"""What the provider is asked for, by what a change is about."""

_HELPS: Final[Mapping[str, str]] = {
    "diagnosis_code": "the ICD-10-CM code of the diagnosis",
    "provider_npi": "your NPI or license number",
    "provider_address": "the address of your practice",
    "provider_phone": "its phone number",
    "letterhead": "your letterhead",
    "goal": "a goal that can be measured",
    "trainer_credential": "who trains or supervises, and with what qualification",
    "treatment": "the name of each product",
    "alternatives_tried": "treatments that were tried before",
    "frequency": "how often, or how much",
    "duration": "how long",
}
_FOR_PACKETS = ("service_in_letters_time", "letter_before_service")
_DIRECT: Final = (
    (re.compile(r"^Ask (?:the|a) provider to "), "Please "),
    (re.compile(r"^Ask (?:the|a) provider for "), "Please give "),
    (re.compile(r"^Ask for "), "Please give "),
)


def note(report: Report | PacketReport) -> Paper:
    """The note about the report's letter: of several, the first that lacks something.

    Raises `UsageError` where there is no letter, or nothing in it for a provider to change.
    """
    singles = report.reports if isinstance(report, PacketReport) else report.documents()
    letters = [n for n, single in enumerate(singles) if single.document.kind in LETTERS]
    if not letters:
        raise UsageError("There is no letter here.", "A note is for the provider who wrote one; give the letter.")
    made = changes(report)
    for number in letters:
        asked = [*_asked_of_provider(made, number), *_asked_by_dates(report, number)]
        if asked:
            return _note(singles[number], asked)
    raise UsageError(
        "There is nothing in this letter that the provider has to change.",
        "See the report for what others can do: docscan check.",
    )


def has_note(report: Report | PacketReport) -> bool:
    """Whether `note` has anything to ask for."""
    try:
        return bool(note(report))
    except UsageError:
        return False


def _asked_of_provider(made: Iterable[Change], number: int) -> list[Change]:
    """What is to be changed, and the signature where only a typed name stands for it. What was merely not read surely
    is no matter for the provider."""
    here = [change for change in made if change.document == number]
    typed = [change for change in here if change.who == "reviewer" and change.subjects == ("signature",)]
    return [*(change for change in here if change.who == "provider"), *typed]


def _asked_by_dates(report: Report | PacketReport, number: int) -> list[Change]:
    """What the receipts show of the letter's time: services that it does not cover. The first letter answers."""
    if not isinstance(report, PacketReport):
        return []
    rules = rules_of(report.administrator)
    first = next((n for n, single in enumerate(report.reports) if single.document.kind in LETTERS), None)
    outside = [
        f for f in report.findings
        if f.outcome == "not_met" and f.rule in rules and rules[f.rule].check in _FOR_PACKETS
    ]  # fmt: skip
    return [Change("provider", ("new_letter",), "", tuple(outside), number)] if outside and number == first else []


def _note(report: Report, asked: Sequence[Change]) -> Paper:
    facts = Facts.of(report, as_of=report.as_of, claim=report.claim)
    subjects = list(dict.fromkeys(subject for change in asked for subject in change.subjects))
    plan = administrators.called(report.administrator)
    told = _Told(facts, subjects, how_often=_asks_how_often(report))
    items = tuple(_items(asked, report, facts))
    wanted = "write a new letter" if {"kind", "new_letter"} & set(subjects) else "send me a corrected letter"
    few = "One point of your letter needs" if len(items) == 1 else f"{_number(len(items))} points of your letter need"
    blocks: list[paper.Block] = [
        paper.Facts((
            ("To", told.provider or f"the provider who treats the patient, {_LONG}"),
            ("Patient", told.patient or _LONG),
            ("About", _called(report, facts)),
            ("Rules of", f"{plan}, as of {wording.day(report.as_of)}"),
        )),
        paper.Words(f"Dear {told.provider or 'provider'},"),
        paper.Words(
            f"Thank you for your help. I would like to use a health account for this treatment. {few} a change. "
            f"Please {wanted}. Write only what is true for the patient and what you judge yourself."
        ),
        paper.Items("What to add or correct", items),
    ]  # fmt: skip
    if helpful := _helpful(report, subjects):
        blocks.append(paper.Words(f"Helpful too, if you can: {'; '.join(helpful)}.", small=True))
    blocks += [
        paper.Template("Words that you can adapt, if they say what you judge", told.paragraph()),
        paper.Signing(("Patient or account holder", "Phone or email for questions")),
    ]
    return Paper(
        title="A note for the doctor: the letter for the health plan",
        blocks=tuple(blocks),
        foot="This note lists what these rules ask for, each with its source. It is no medical advice and no decision: "
        "what to write is for the provider, and what to pay is for the plan or account holder. Made with docscan.",
        one_page=True,
    )  # fmt: skip


def _asks_how_often(report: Report) -> bool:
    """Whether the rules ask how often: not of a thing that is bought once."""
    rules = rules_of(report.administrator)
    of_it = {name for name, rule in rules.items() if getattr(rule.parameters, "field", None) == "frequency"}
    asked = [finding.outcome for finding in report.findings if finding.rule in of_it]
    return not asked or any(outcome != "not_applicable" for outcome in asked)


def _number(count: int) -> str:
    return _NUMBERS[count - 1] if count <= len(_NUMBERS) else str(count)


_NUMBERS: Final = "One Two Three Four Five Six Seven Eight Nine".split()


def _called(report: Report, facts: Facts) -> str:
    days = facts.dates("letter_date", "signature_date")
    kind = wording.KIND[report.document.kind]
    return f"{kind} of {wording.day(days[0][0])}" if days else f"{kind}; no date was read on it"


def _items(asked: Sequence[Change], report: Report, facts: Facts) -> Iterable[Item]:
    rules = rules_of(report.administrator)
    new = any("new_letter" in change.subjects for change in asked)
    limit = longest(rules.values())
    latest = None if new else latest_end(facts, rules.values())
    done: set[str] = set()
    for change in asked:
        for subject in change.subjects:
            if subject in done or (new and subject in ("duration", "letter_date")):  # the new letter asks for them
                continue
            done.add(subject)
            finding = _about(change, subject, report, facts)
            ask = ASK.get(subject) or _direct(change.say or finding.advice or finding.message)
            if subject in ("duration", "new_letter") and limit:
                end = f"no later than {wording.day(latest)}" if latest else f"at most {wording.count(limit, 'month')}"
                ask = f"{ask} ({end})"
            dated = [f for f in _of_dates(asked, subject) if f.rule != finding.rule]
            yield Item(wording.clean(ask), _why(finding, *dated), *source_of(finding, *dated))


def _about(change: Change, subject: str, report: Report, facts: Facts) -> Finding:
    """Of the rules that a change answers, the gravest that is about this subject alone."""
    rules = rules_of(report.administrator)
    alone = [f for f in change.findings if subjects_of(rules.get(f.rule), f, facts) == ((subject,),)]
    return (alone or list(change.findings))[0]


def _of_dates(asked: Iterable[Change], subject: str) -> list[Finding]:
    """What the receipts show of the letter's time, beside what the letter shows of it itself."""
    if subject != "new_letter":
        return []
    return list(dict.fromkeys(f for change in asked if not change.say for f in change.findings))


_TO_REVIEWERS: Final = re.compile(r" ?A person must (?:say|look|read)[^.]*\.")


def _why(*findings: Finding) -> str:
    said = " ".join(finding.message.removeprefix(f"{UNDECIDED} ") for finding in findings)
    return wording.clean(_TO_REVIEWERS.sub("", said)).strip()


def source_of(finding: Finding, *more: Finding) -> tuple[str, str | None]:
    """Where a rule comes from, on a line, and its address. `more`: rules that are told with it."""
    cited = finding.citation
    said = ", ".join(filter(None, (cited.title, cited.locator)))
    unsure = "" if cited.verified else f" ({wording.UNCONFIRMED})"
    return wording.clean(f"{', '.join(f.rule for f in (finding, *more))}: {said}{unsure}"), cited.url


def _direct(advice: str) -> str:
    """Advice for the patient, said to the provider."""
    for pattern, said in _DIRECT:
        if pattern.match(advice):
            return pattern.sub(said, advice)
    return advice


def _helpful(report: Report, subjects: Sequence[str]) -> list[str]:
    facts = Facts.of(report, as_of=report.as_of, claim=report.claim)
    rules = rules_of(report.administrator)
    wanted = [
        subject
        for f in report.findings if f.outcome == "not_met" and f.severity == "recommended"
        for group in subjects_of(rules.get(f.rule), f, facts)
        for subject in group[:1]
    ]  # fmt: skip
    return [_HELPS[one] for one in dict.fromkeys(wanted) if one in _HELPS and one not in subjects]


class _Told:
    """What the letter states surely and nobody asks to change; the rest is blank."""

    def __init__(self, facts: Facts, subjects: Sequence[str], *, how_often: bool = True) -> None:
        self._facts = facts
        self._asked = frozenset(subjects)
        self._how_often = how_often

    @property
    def patient(self) -> str:
        return self._only("patient_name")

    @property
    def provider(self) -> str:
        """The name with its credential; nobody where another must sign."""
        if self._asked & {"provider_name", "provider_credential"}:
            return ""
        name = self._first("signer_name", "provider_name")
        return ", ".join(filter(None, (name, self._first("provider_credential")))) if name else ""

    def paragraph(self) -> str:
        """Words for the letter, with what it states in place."""
        code = self._only("diagnosis_code")
        coded = f"(ICD-10-CM {code or _SHORT})"
        long = self._only("duration")
        rate = self._only("frequency") or (f"{_SHORT} times a {_MIDDLE}" if self._how_often else "")
        span = f"from {_MIDDLE} to {_MIDDLE}" if not long or self._asked & {"new_letter"} else _for(long)
        how = f" It is meant to help with this illness by {_LONG}." if "treatment_link" in self._asked else ""
        return (
            f"{self.patient or _LONG} is under my care. The diagnosis is {self._only('diagnosis') or _LONG} {coded}. "
            f"I recommend {', '.join(filter(None, (self._only('treatment') or _LONG, rate, span)))}, to "
            f"treat this illness.{how} In my medical judgment this treatment is medically necessary for it, and it is "
            "not for general health or looks."
        )

    def _only(self, name: str) -> str:
        """The one value that is stated, in its longest words; "" where there are none or several, or where it is to be
        changed."""
        told = [in_words.value(name, e.value) for e in self._facts.stated(name) if _clear(e)]
        longest = max(told, key=len, default="")
        one = all(each.casefold() in longest.casefold() for each in told)
        return longest if one and name not in self._asked and len(longest) <= _LONGEST else ""

    def _first(self, *names: str) -> str:
        there = [e for e in self._facts.stated(*names) if _clear(e)]
        return in_words.value(there[0].name, there[0].value) if there else ""


_LONGEST = 90
"""What is longer was hardly one thing."""
_SHOWN = 0.6
"""What is told as a fact in a letter to others must be surer than what a rule is decided on."""


def _clear(extraction: Extraction) -> bool:
    return not extraction.readings and (extraction.confidence is None or extraction.confidence >= max(_SHOWN, SURE))


def _for(long: str) -> str:
    if long.startswith(("from ", "until ", "through ", "for ")):
        return long
    return f"from {long}" if " to " in long and long[:1].isalpha() else f"for {long}"
