"""What does docscan call it in plain words? One wording for every door: terminal, HTML, web pages, tables.

Everything here returns text for people. Document text passes through `clean` on its way, because a file may be hostile:
its words may carry terminal escapes or characters that reverse the direction of a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, Literal, TypeAlias

from docscan.document import (
    Assertion,
    Extraction,
    Json,
    Kind,
    Outcome,
    PageSource,
    ProblemCategory,
    Purpose,
    Report,
    Score,
    Severity,
    Verdict,
)
from docscan.reference.fields import FIELDS

ADVISORY: Final = (
    "docscan advises. It neither approves an expense nor says that it can be deducted: that is for the plan "
    "administrator, the account holder or the tax authority to decide. This is not legal, tax or medical advice."
)

KIND: Final[Mapping[Kind, str]] = {
    "lmn": "Letter of Medical Necessity",
    "prescription": "Prescription or order",
    "referral": "Referral",
    "recommendation": "Recommendation",
    "receipt": "Receipt or invoice",
    "superbill": "Superbill",
    "eob": "Explanation of Benefits",
    "estimate": "Estimate or quote",
    "card_slip": "Proof of payment only",
    "statement": "Account statement",
    "trainer_documentation": "Trainer's documentation",
    "lab_report": "Laboratory report",
    "other": "Another kind of document",
    "packet": "Several documents",
}

VERDICT: Final[Mapping[Verdict, str]] = {
    "complete": "Complete",
    "needs_review": "Needs a look",
    "incomplete": "Incomplete",
    "ineligible": "Does not qualify",
    "unreadable": "Not readable",
}

VERDICT_MEANS: Final[Mapping[Verdict, str]] = {
    "complete": "Everything that these rules must have was found.",
    "needs_review": "A person should look at it: something important is not clear.",
    "incomplete": "Something that these rules ask for is missing or wrong.",
    "ineligible": "Under these rules, this kind of expense does not qualify.",
    "unreadable": "No page could be read, so nothing could be checked. That does not mean that anything is missing.",
}

OUTCOME: Final[Mapping[Outcome, str]] = {
    "met": "Met",
    "not_met": "Not met",
    "uncertain": "Could not be decided",
    "not_applicable": "Does not apply",
}
"""The outcomes as whoever reads a rule calls them; whoever reads a report is told what to do instead."""

Todo: TypeAlias = Literal["fix", "check", "improve", "notice", "fine", "rest"]
"""What a person has to do about a finding; see `docscan.presenting.outline`."""

TODO: Final[Mapping[Todo, str]] = {
    "fix": "To fix",
    "check": "To check",
    "improve": "Would make it stronger",
    "notice": "Good to know",
    "fine": "Looks fine",
    "rest": "Does not apply",
}
"""The heading over the findings of which this is to be done."""

ADVICE_LEAD: Final[Mapping[Outcome, str]] = {
    "met": "",
    "not_met": "What to do:",
    "uncertain": "If the page does not show this:",
    "not_applicable": "",
}
"""What stands before a rule's advice: it is meant for where the rule is not met, which nobody knows where undecided."""

SEVERITY: Final[Mapping[Severity, str]] = {
    "fatal": "must have",
    "required": "needed",
    "recommended": "helpful",
    "info": "good to know",
}

UNCONFIRMED: Final = "exact wording not confirmed"
"""Said of a source whose wording could not be held against a copy of it."""

NOWHERE: Final = "Nothing to show: it was not found on the pages."
"""Stands where the link to the page would stand, for what is missing."""

SCORE_MEANS: Final = "share of the rules met, weighted by importance"

PROBLEM: Final[Mapping[ProblemCategory, str]] = {
    "page_failed": "The page could not be processed",
    "page_unreadable": "The page could not be read",
    "page_blank": "The page is blank",
    "low_quality": "The page is hard to read",
    "cut_off": "Part of the page is cut off",
    "handwriting": "Handwriting",
    "text_layer_ignored": "The file's own text was not used",
    "extractor_failed": "Something could not be looked for",
    "metadata": "About the file",
}

PAGE_SOURCE: Final[Mapping[PageSource, str]] = {
    "text_layer": "the file's own text",
    "ocr": "read from the picture",
    "mixed": "the file's own text and the picture",
}

ASSERTION: Final[Mapping[Assertion, str]] = {
    "stated": "",
    "negated": "the document denies it",
    "hypothetical": "only as a possibility",
    "historical": "of the past",
    "other_person": "about another person",
}

PURPOSE: Final[Mapping[Purpose, str]] = {
    "fsa": "health FSA",
    "hsa": "HSA",
    "hra": "HRA",
    "limited_purpose_fsa": "limited-purpose FSA",
    "deduction": "itemised deduction",
    "insurer_claim": "insurer's claim",
}

CITATION_KIND: Final[Mapping[str, str]] = {
    "law": "law",
    "guidance": "guidance",
    "plan practice": "plan practice",
}

GROUP: Final[Mapping[str, str]] = {
    "people": "People",
    "course": "Course of treatment",
    "diagnosis": "Diagnosis and codes",
    "dates": "Dates",
    "statements": "Statements",
    "identifiers": "Identifiers",
    "money": "Money",
    "items": "Items",
    "form": "Form of the document",
}

_ACRONYMS = {"npi": "NPI", "dea": "DEA", "icd9": "(ICD-9)", "id": "ID", "ssn": "social security number", "rx": "Rx"}
_FIELD = {
    "diagnosis_code": "Diagnosis code (ICD-10-CM)",
    "procedure_code": "Procedure code",
    "date_of_birth": "Date of birth",
    "page_of": "Page count printed",
    "see_attached": "“See attached”",
    "ssn_visible": "Full social security number visible",
    "rx_number": "Prescription number",
    "handwritten": "Filled in by hand",
}
_CODE_STATUS = {
    "header": "more characters are needed",
    "unknown": "not a known code",
    "not_yet": "not in force yet on that date",
    "retired": "no longer in force on that date",
}
_UNIT = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_US_PHONE = re.compile(r"\+1(\d{3})(\d{3})(\d{4})")


def clean(text: str) -> str:
    """Text on one line, white space as single spaces, without characters that a screen obeys instead of showing.

    Control, direction and unassigned characters become "\ufffd"; soft hyphens go.
    """
    spaced = " ".join(text.replace("\u00ad", "").split())
    if spaced.isprintable():
        return spaced
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") else c for c in spaced)


def field_label(name: str) -> str:
    """ "provider_npi" is "Provider NPI"."""
    if name in _FIELD:
        return _FIELD[name]
    words = " ".join(_ACRONYMS.get(word, word) for word in name.split("_"))
    return words[:1].upper() + words[1:]


def day(value: date) -> str:
    """ "March 3, 2026": cannot be misread by a day that looks like a month."""
    return f"{value:%B} {value.day}, {value.year}"


def nothing_to_fix(verdict: Verdict) -> str:
    """What stands where the first thing to fix would stand, for a report without one."""
    return "nothing" if verdict == "complete" else "a person should look at it"


def to_do(verdict: Verdict, *, fix: int, check: int) -> str:
    """What a person has to do, in a line: "2 things to fix, 1 to check"."""
    if verdict == "unreadable":
        return "Send a clearer copy"
    if verdict == "ineligible":
        return "Does not qualify under these rules"
    if fix and check:
        return f"{count(fix, 'thing')} to fix, {check} to check"
    if fix or check:
        return f"{count(fix or check, 'thing')} to {'fix' if fix else 'check'}"
    return "Nothing to fix" if verdict == "complete" else "A person should look at it"


def unread(pages_said: str, rules: int) -> tuple[str, str]:
    """What is said of pages ("page 1") for which rules wait: what was found, and what to do."""
    many = pages_said.startswith("pages")
    found = f"{pages_said[:1].upper()}{pages_said[1:]} could not be read well enough."
    copy = "clearer copies of these pages" if many else "a clearer copy of this page"
    waiting = f"{count(rules, 'rule')} {'waits' if rules == 1 else 'wait'} for {'them' if many else 'it'}."
    return found, f"Send {copy}, or the original file. {waiting}"


def patients(reports: Iterable[Report]) -> str:
    """Whom the documents name as the patient, as read; "" where nobody."""
    names = dict.fromkeys(
        value(one) for report in reports for one in report.named("patient_name") if isinstance(one.value, str)
    )
    return ", ".join(names)


def moment(value: datetime) -> str:
    """ "March 3, 2026, 2:05:09 PM", by the clock of this machine."""
    here = value.astimezone()
    return f"{day(here.date())}, {here:%I:%M:%S %p}".replace(", 0", ", ")


def told_score(value: Score | None) -> str:
    """The score as a sentence that says what it is."""
    if value is None:
        return "No checklist score: no rule applied."
    said = f"Checklist score {score(value)}: {SCORE_MEANS}."
    return said if value.low == value.high else f"{said} The range is what could not be checked."


def score(value: Score | None) -> str:
    """ "82 of 100"; "70 to 85 of 100" where something could not be decided; "no score" where no rule applied."""
    if value is None:
        return "no score"
    low, high = _number(value.low), _number(value.high)
    return f"{low} of 100" if low == high else f"{low} to {high} of 100"


def value(extraction: Extraction) -> str:
    """An extraction's value for a person; "A or B" where nothing decides between readings."""
    if extraction.value is None:
        if extraction.readings:
            return " or ".join(_value(extraction.name, reading) for reading in extraction.readings)
        return f"not sure: “{clean(extraction.raw)}”"
    return _value(extraction.name, extraction.value)


def note(extraction: Extraction) -> str:
    """What else a person should know of an extraction: whom or when it is about, other readings, a code's meaning."""
    said = [ASSERTION[extraction.assertion]]
    known = extraction.resolved or {}
    if known.get("description"):
        said.append(clean(str(known["description"])))
    if (status := str(known.get("status"))) in _CODE_STATUS:
        said.append(_CODE_STATUS[status])
    if known.get("check_digit") is False:
        said.append("its check digit is wrong")
    if extraction.value is not None and extraction.readings:
        said.append("may also be " + " or ".join(_value(extraction.name, reading) for reading in extraction.readings))
    return "; ".join(filter(None, said))


def pages(numbers: tuple[int, ...] | list[int]) -> str:
    """ "page 1", "pages 1 and 3", "pages 2 to 5"; "" for none."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ""
    if len(ordered) == 1:
        return f"page {ordered[0]}"
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"pages {ordered[0]} to {ordered[-1]}"
    return "pages " + ", ".join(map(str, ordered[:-1])) + f" and {ordered[-1]}"


def count(number: int, thing: str, things: str | None = None) -> str:
    """ "1 page", "2 pages"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def _value(name: str, value: Json) -> str:
    known = FIELDS.get(name)
    shape = known.shape if known else "object"
    if isinstance(value, bool):
        said = "yes" if value else "no"
    elif isinstance(value, str):
        said = _money(value) if shape == "money" else _text(value)
    elif isinstance(value, int | float):
        said = _number(value)
    elif isinstance(value, Mapping):
        said = _OBJECTS.get(name, _OBJECTS.get(shape, _object))(value)
    elif isinstance(value, list | tuple):
        said = ", ".join(_value(name, inner) for inner in value)
    else:
        said = "" if value is None else clean(str(value))
    return said


def _object(value: Mapping[str, Json]) -> str:
    if "start" in value and "end" in value:
        return f"{_text(str(value['start']))} to {_text(str(value['end']))}"
    return ", ".join(
        f"{clean(str(key)).replace('_', ' ')} {_value('', inner)}" for key, inner in value.items() if inner
    )


def _money(value: str) -> str:
    return clean(f"-${value[1:]}" if value.startswith("-") else f"${value}")


def _link(value: Mapping[str, Json]) -> str:
    return " → ".join(clean(str(value[part])) for part in ("treatment", "verb", "condition") if value.get(part))


def _session_length(value: Mapping[str, Json]) -> str:
    return _amount(value.get("value"), value.get("unit"))


def _page_of(value: Mapping[str, Json]) -> str:
    return f"page {_value('', value.get('page'))} of {_value('', value.get('of'))}"


def _text(value: str) -> str:
    if _ISO_DATE.fullmatch(value):
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value
    if phone := _US_PHONE.fullmatch(value):
        return f"({phone[1]}) {phone[2]}-{phone[3]}"
    return clean(value)


def _number(value: Any) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def _amount(number: Any, unit: Any) -> str:
    name = _UNIT.get(str(unit), str(unit))
    return f"{_number(number)} {name}" if number == 1 else f"{_number(number)} {name}s"


def _signature(value: Mapping[str, Json]) -> str:
    if not value.get("present"):
        return "none seen"
    form = {"ink": "by hand", "electronic": "electronic", "typed": "typed name only"}
    return form.get(str(value.get("form")), "present")


def _frequency(value: Mapping[str, Json]) -> str:
    if value.get("phases"):
        phases = [
            ", ".join(filter(None, (_frequency(phase.get("frequency") or {}), _duration(phase.get("duration") or {}))))
            for phase in value["phases"]
        ]
        return "; then ".join(phases)
    said = []
    if value.get("count") is not None:
        said.append(count(int(value["count"]), "session"))
    if value.get("frequency") is not None:
        times = _number(value["frequency"])
        if value.get("frequency_max") is not None:
            times += f" to {_number(value['frequency_max'])}"
        times = {"1": "once", "2": "twice"}.get(times, f"{times} times")
        period = value.get("period") or 1
        unit = value.get("period_unit")
        said.append(f"{times} a {_UNIT.get(str(unit), unit)}" if period == 1 else f"{times} in {_amount(period, unit)}")
    if value.get("as_needed"):
        said.append("as needed")
    return ", ".join(said)


def _duration(value: Mapping[str, Json]) -> str:
    said = []
    if value.get("value") is not None:
        said.append(_amount(value["value"], value.get("unit")))
    if value.get("start") and value.get("end"):
        said.append(f"{_text(str(value['start']))} to {_text(str(value['end']))}")
    elif value.get("start"):
        said.append(f"from {_text(str(value['start']))}")
    elif value.get("end"):
        said.append(f"until {_text(str(value['end']))}")
    if value.get("until"):
        said.append(f"until {_text(str(value['until']))}")
    if value.get("until_condition"):
        said.append(clean(str(value["until_condition"])))
    if value.get("indefinite"):
        said.append("no end named")
    if value.get("relative_to"):
        said.append(f"from the {str(value['relative_to']).replace('_', ' ')}")
    return ", ".join(said)


def _item(value: Mapping[str, Json]) -> str:
    said = clean(str(value.get("description") or "item"))
    if value.get("code"):
        said += f" [{clean(str(value['code']))}]"
    if value.get("service_date"):
        said += f", {_text(str(value['service_date']))}"
    quantity, price, amount = value.get("quantity"), value.get("unit_price"), value.get("amount")
    if quantity not in (None, 1, "1") and price:
        said += f", {_value('', quantity)} × {_money(str(price))}"
    if amount:
        said += f": {_money(str(amount))}"
    return said


_OBJECTS: Final[Mapping[str, Callable[[Mapping[str, Json]], str]]] = {
    "signature": _signature,
    "frequency": _frequency,
    "duration": _duration,
    "session_length": _session_length,
    "item": _item,
    "treatment_link": _link,
    "page_of": _page_of,
}
