"""What does docscan call it in plain words? One wording for every door: terminal, HTML, web pages, tables.

Everything here returns text for people. Document text passes through `clean` on its way, because a file may be hostile:
its words may carry terminal escapes or characters that reverse the direction of a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Literal, TypeAlias

from docscan.document import (
    Assertion,
    Extraction,
    Kind,
    Outcome,
    PageSource,
    PageSummary,
    ProblemCategory,
    Purpose,
    Report,
    Score,
    Verdict,
)
from docscan.reference import in_words

clean: Final = in_words.clean
day: Final = in_words.day
SEVERITY: Final = in_words.SEVERITY

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
    "ineligible": "Ruled out",
    "unreadable": "Not readable",
}

VERDICT_MEANS: Final[Mapping[Verdict, str]] = {
    "complete": "Everything that these rules must have was found.",
    "needs_review": "A person should look at it: something important is not clear.",
    "incomplete": "Something that these rules ask for is missing or wrong.",
    "ineligible": "These rules leave this kind of expense out. The plan, the account holder or the IRS decides.",
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

NOT_FOUND: Final = "Not found: look at the page first"
"""The heading over what is to be fixed, where all of it was merely not found on pages that were read in part."""

ADVICE_LEAD: Final[Mapping[Outcome, str]] = {
    "met": "",
    "not_met": "What to do:",
    "uncertain": "If the page does not show this:",
    "not_applicable": "",
}
"""What stands before a rule's advice: it is meant for where the rule is not met, which nobody knows where undecided."""

UNCONFIRMED: Final = "exact wording not confirmed"
"""Said of a source whose wording could not be held against a copy of it."""

PERHAPS_THERE: Final = (
    "Something that these rules ask for was not found. Not all of the document could be read, so it may still be there."
)
"""What stands for the meaning of "incomplete" where all that is missing was merely not found on pages read in part."""

SCORE_MEANS: Final = "share of the rules met, weighted by importance"

ALSO_A_PACKET: Final = "Each is told by itself here. Whether they fit together: docscan packet, with the same file."

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
    "deduction": "itemized deduction",
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
    "file": "The file",
}

_ACRONYMS = {"npi": "NPI", "dea": "DEA", "icd9": "(ICD-9)", "id": "ID", "ssn": "social security number", "rx": "Rx"}
_FIELD = {
    "diagnosis_code": "Diagnosis code (ICD-10-CM)",
    "procedure_code": "Procedure code",
    "date_of_birth": "Date of birth",
    "page_of": "Page count printed",
    "see_attached": "“See attached”",
    "ssn_visible": "Full social security number visible",
    "account_number_visible": "Full account or card number visible",
    "file_created": "File made on",
    "file_program": "File made with",
    "rx_number": "Prescription number",
    "handwritten": "Filled in by hand",
}
_CODE_STATUS = {
    "header": "more characters are needed",
    "unknown": "not a known code",
    "not_yet": "not in force yet on that date",
    "retired": "no longer in force on that date",
}


def least(number: int) -> str:
    """The heading over the smallest set of changes that would leave nothing to fix."""
    return f"What would make it complete: {count(number, 'change')}"


def field_label(name: str) -> str:
    """ "provider_npi" is "Provider NPI"."""
    if name in _FIELD:
        return _FIELD[name]
    words = " ".join(_ACRONYMS.get(word, word) for word in name.split("_"))
    return words[:1].upper() + words[1:]


def nothing_to_fix(verdict: Verdict) -> str:
    """What stands where the first thing to fix would stand, for a report without one."""
    return "nothing" if verdict == "complete" else "a person should look at it"


def to_do(verdict: Verdict, *, fix: int, check: int, perhaps: bool = False) -> str:
    """What a person has to do, in a line: "2 things to fix, 1 to check". `perhaps`: what is to be fixed was merely not
    found on pages that were read in part."""
    if perhaps and verdict == "incomplete":
        return f"{count(fix, 'thing')} not found" + (f", {check} to check" if check else "")
    if verdict == "unreadable":
        return "Send a clearer copy"
    if verdict == "ineligible":
        return "Left out by these rules"
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


def nowhere(pages_count: int, places: Mapping[int, int], share: float, page: int) -> str:
    """What stands where the link to the page would stand, for what was not found: never that it is not there.

    `places`: how many places could not be read, by page. `share`: of the worst read page `page`, not read reliably.
    """
    found = "docscan did not find it"
    if places:
        number = sum(places.values())
        return f"{found}; {count(number, 'place')} on {pages(list(places))} could not be read:"
    if share >= 1:
        return f"{found}; page {page} could not be read, so it may stand there."
    if share:
        return f"{found}; about {max(1, round(100 * share))}% of page {page} was not read reliably."
    return f"{found} on the {'page' if pages_count == 1 else 'pages'}."


def places_unread(number: int) -> str:
    """ "3 places could not be read"; "" for none."""
    return f"{count(number, 'place')} could not be read" if number else ""


def page_read(page: PageSummary) -> str:
    """How a page was read, and what was done to show it: "read from the picture, about 97% of it reliably"."""
    said = [PAGE_SOURCE[page.source]]
    if page.quality is not None:
        said.append(f"about {page.quality:.0%} of it reliably")
    if page.rotation % 360:
        said.append("turned upright here")
    if page.stretch != 1:
        said.append("its dots made square here")
    return ", ".join(said)


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
        return "No checklist score: no rule that counts in it applied."
    said = f"Checklist score {score(value)}: {SCORE_MEANS}."
    return said if value.low == value.high else f"{said} The range is what could not be checked."


def score(value: Score | None) -> str:
    """ "82 of 100"; "70 to 85 of 100" where something could not be decided; "no score" where no rule applied."""
    if value is None:
        return "no score"
    low, high = in_words.number(value.low), in_words.number(value.high)
    return f"{low} of 100" if low == high else f"{low} to {high} of 100"


def value(extraction: Extraction) -> str:
    """An extraction's value for a person; "A or B" where nothing decides between readings."""
    if extraction.value is None:
        if extraction.readings:
            return " or ".join(in_words.value(extraction.name, reading) for reading in extraction.readings)
        return f"not sure: “{clean(extraction.raw)}”"
    return in_words.value(extraction.name, extraction.value)


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
        said.append(
            "may also be " + " or ".join(in_words.value(extraction.name, reading) for reading in extraction.readings)
        )
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


def part(report: Report) -> str:
    """Where a document stands in its file: "pages 1 and 2"; "page 1, on the left" for one of several on a photo."""
    of = report.document.part
    said = pages(of.pages)
    if of.region is None:
        return said
    page = next((page for page in report.document.pages if page.number in of.pages), None)
    box = of.region.turned(page.rotation if page else 0)
    across, down = (box.left + box.right) / 2 - 0.5, (box.top + box.bottom) / 2 - 0.5
    if max(abs(across), abs(down)) < _IN_THE_MIDDLE:
        return f"{said}, in the middle"
    if abs(across) >= abs(down):
        return f"{said}, on the {'left' if across < 0 else 'right'}"
    return f"{said}, at the {'top' if down < 0 else 'bottom'}"


_IN_THE_MIDDLE = 0.05  # of the page, from its middle


def count(number: int, thing: str, things: str | None = None) -> str:
    """ "1 page", "2 pages"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
