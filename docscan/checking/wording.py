"""How does a finding's message say it? Values as `docscan.reference.in_words` has them, short enough for a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from docscan.document import Extraction, Json, Kind
from docscan.reference import in_words
from docscan.reference.in_words import SEVERITY, clean, day, money

__all__ = [
    "KIND",
    "SEVERITY",
    "day",
    "listed",
    "money",
    "name",
    "one_line",
    "pages",
    "quote",
    "said",
    "unread",
    "unsure",
    "value",
]

KIND: Mapping[Kind, str] = {
    "lmn": "a letter of medical necessity",
    "prescription": "a prescription",
    "referral": "a referral",
    "recommendation": "a recommendation",
    "receipt": "an itemized receipt",
    "superbill": "a superbill",
    "eob": "an explanation of benefits",
    "estimate": "an estimate",
    "card_slip": "a proof of payment",
    "statement": "an account statement",
    "trainer_documentation": "a trainer's record",
    "lab_report": "a lab report",
    "other": "another kind of document",
    "packet": "several documents",
}

_LONGEST_QUOTE = 140
_NAME = {
    "diagnosis_code": "diagnosis code",
    "provider_npi": "NPI",
    "provider_dea": "DEA number",
    "diagnosis_code_icd9": "ICD-9 code",
    "insurance_paid": "insurance payment",
    "hsa_opened_on": "day on which the HSA was set up",
}


def listed(parts: Iterable[str], *, most: int = 4, join: str = "and") -> str:
    """ "a, b and c"; what is beyond `most` is counted."""
    found = list(dict.fromkeys(parts))
    if len(found) > most:
        found = [*found[: most - 1], f"{len(found) - most + 1} more"]
    return f" {join} ".join(filter(None, (", ".join(found[:-1]), found[-1]))) if found else ""


def pages(numbers: Iterable[int]) -> str:
    found = [str(number) for number in sorted(set(numbers))]
    return ("page " if len(found) == 1 else "pages ") + listed(found, most=20)


def unread(numbers: Iterable[int]) -> str:
    """The only reason why a rule is open; `docscan.presenting.outline` puts all such rules of a page into one line."""
    said = pages(numbers)
    return f"{said[:1].upper()}{said[1:]} could not be read well enough to tell."


def one_line(text: str) -> str:
    short = clean(text)
    return short if len(short) <= _LONGEST_QUOTE else short[: _LONGEST_QUOTE - 1].rstrip() + "…"


def quote(extraction: Extraction) -> str:
    return f"“{one_line(extraction.raw or value(extraction.name, extraction.value))}”"


def name(field: str) -> str:
    """ "letter_date" is "letter date"."""
    return _NAME.get(field, field.replace("_", " "))


def unsure(*extractions: Extraction) -> str:
    """Sentences about values that were not read surely."""
    open_ = [e for e in extractions if e.value is None and e.readings]
    said = [
        f"{quote(e)} can be read as {listed((value(e.name, r) for r in e.readings), join='or')}." for e in open_[:3]
    ]
    faint = [e for e in extractions if e not in open_]
    if faint:
        shown = listed((quote(e) for e in faint if e.raw), most=3)
        said.append(f"What was read of the {name(faint[0].name)} is not sure" + (f": {shown}." if shown else "."))
    return " ".join(said)


def said(extractions: Iterable[Extraction]) -> str:
    """The values, each once, of several extractions."""
    return listed(value(e.name, e.value) or one_line(e.raw) for e in extractions)


def value(field: str, content: Json) -> str:
    """A field's value on a short line; a flag's is empty, as its sentence is its evidence."""
    if isinstance(content, bool):
        return ""
    if isinstance(content, Mapping) and field in _IN_A_SENTENCE:
        return _IN_A_SENTENCE[field](content)
    return one_line(in_words.value(field, content))


def _item(content: Mapping[str, Json]) -> str:
    description = one_line(str(content.get("description") or content.get("code") or "a line"))
    return f"{description} {money(str(content['amount']))}" if content.get("amount") else description


def _link(content: Mapping[str, Json]) -> str:
    return one_line(" ".join(str(content.get(part) or "") for part in ("treatment", "verb", "condition")))


_IN_A_SENTENCE: Mapping[str, Callable[[Mapping[str, Json]], str]] = {"item": _item, "treatment_link": _link}
"""What a sentence says more shortly than a table."""
