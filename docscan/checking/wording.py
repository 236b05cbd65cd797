"""Values in the plain words of a message: "March 3, 2026", "6 months", "3 times a week", "$125.00"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from docscan.document import Extraction, Json, Kind
from docscan.reference.fields import FIELDS

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

_UNIT = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_LONGEST_QUOTE = 140
_NAME = {
    "diagnosis_code": "diagnosis code",
    "provider_npi": "NPI",
    "provider_dea": "DEA number",
    "diagnosis_code_icd9": "ICD-9 code",
    "insurance_paid": "insurance payment",
    "hsa_opened_on": "day on which the HSA was set up",
}


def day(value: date) -> str:
    return f"{value:%B} {value.day}, {value.year}"


def money(value: Decimal | str) -> str:
    """ "$1,250.00"; what is no number stays as it is."""
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return one_line(str(value))
    if not amount.is_finite():
        return one_line(str(value))
    return f"-${-amount:,.2f}" if amount < 0 else f"${amount:,.2f}"


def listed(parts: Iterable[str], *, most: int = 4, join: str = "and") -> str:
    """ "a, b and c"; what is beyond `most` is counted."""
    found = list(dict.fromkeys(parts))
    if len(found) > most:
        found = [*found[: most - 1], f"{len(found) - most + 1} more"]
    return f" {join} ".join(filter(None, (", ".join(found[:-1]), found[-1]))) if found else ""


def pages(numbers: Iterable[int]) -> str:
    found = [str(number) for number in sorted(set(numbers))]
    return ("page " if len(found) == 1 else "pages ") + listed(found, most=20)


def one_line(text: str) -> str:
    short = " ".join(text.split())
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
    """A field's value; a flag's is empty, as its sentence is its evidence."""
    shape = FIELDS[field].shape if field in FIELDS else "text"
    if isinstance(content, str):
        return _text(content, shape)
    if isinstance(content, Mapping):
        if field in _OBJECT:
            return _OBJECT[field](content)
        if shape == "duration":
            return duration(content)
        if shape == "frequency":
            return _frequency(content)
        if shape == "period":
            return f"{_date(content.get('start'))} to {_date(content.get('end'))}"
    return ""


def duration(content: Mapping[str, Json]) -> str:
    if content.get("indefinite"):
        return "without an end"
    if content.get("value") is not None:
        length = _amount(content["value"], content.get("unit"))
        return f"{length} from the first session" if content.get("relative_to") == "first_session" else length
    if content.get("start") and content.get("end"):
        return f"{_date(content['start'])} to {_date(content['end'])}"
    if last := content.get("until") or content.get("end"):
        return f"until {_date(last)}"
    return one_line(str(content.get("until_condition") or ""))


def _text(content: str, shape: str) -> str:
    if shape == "money" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", content):
        return money(content)
    if shape == "date":
        return _date(content)
    return one_line(content)


def _date(content: Json) -> str:
    try:
        return day(date.fromisoformat(str(content)))
    except ValueError:
        return one_line(str(content))


def _amount(number: Json, unit: Json) -> str:
    word = _UNIT.get(str(unit), str(unit))
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _frequency(content: Mapping[str, Json]) -> str:
    parts = []
    if content.get("frequency") is not None:
        times = str(content["frequency"])
        if content.get("frequency_max"):
            times += f" to {content['frequency_max']}"
        times = {"1": "once", "2": "twice"}.get(times, f"{times} times")
        period = content.get("period") or 1
        unit = _UNIT.get(str(content.get("period_unit")), "")
        parts.append(
            f"{times} a {unit}" if period == 1 else f"{times} in {_amount(period, content.get('period_unit'))}"
        )
    if content.get("count"):
        parts.append(_amount(content["count"], "session"))
    if content.get("as_needed"):
        parts.append("as needed")
    for phase in content.get("phases") or ():
        parts.append(f"{_frequency(phase.get('frequency') or {})} for {duration(phase.get('duration') or {})}")
    return ", ".join(parts)


def _item(content: Mapping[str, Json]) -> str:
    description = one_line(str(content.get("description") or content.get("code") or "a line"))
    return f"{description} {money(str(content['amount']))}" if content.get("amount") else description


def _session_length(content: Mapping[str, Json]) -> str:
    return _amount(content.get("value"), content.get("unit"))


def _link(content: Mapping[str, Json]) -> str:
    return one_line(" ".join(str(content.get(part) or "") for part in ("treatment", "verb", "condition")))


_OBJECT: Mapping[str, Callable[[Mapping[str, Json]], str]] = {
    "item": _item,
    "session_length": _session_length,
    "treatment_link": _link,
}
