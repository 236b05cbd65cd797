"""How is a field's value told to a person? Once, for findings, reports and tables alike.

Everything here returns text on one line, without characters that a screen obeys instead of showing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from docscan.document import Json, Severity
from docscan.reference.fields import FIELDS

SEVERITY: Final[Mapping[Severity, str]] = {
    "fatal": "must have",
    "required": "needed",
    "recommended": "helpful",
    "info": "good to know",
}

_UNIT = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONEY = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_US_PHONE = re.compile(r"\+1(\d{3})(\d{3})(\d{4})")


def clean(text: str) -> str:
    """Text on one line, white space as single spaces, without characters that a screen obeys instead of showing.

    Control, direction and unassigned characters become "\ufffd"; soft hyphens go.
    """
    spaced = " ".join(text.replace("\u00ad", "").split())
    if spaced.isprintable():
        return spaced
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") else c for c in spaced)


def day(value: date) -> str:
    """ "March 3, 2026": cannot be misread by a day that looks like a month."""
    return f"{value:%B} {value.day}, {value.year}"


def value(name: str, content: Json) -> str:
    """A field's value for a person, whatever its shape."""
    known = FIELDS.get(name)
    shape = known.shape if known else "object"
    if isinstance(content, bool):
        said = "yes" if content else "no"
    elif isinstance(content, str):
        said = money(content) if shape == "money" else _text(content)
    elif isinstance(content, int | float):
        said = number(content)
    elif isinstance(content, Mapping):
        said = _OBJECTS.get(name, _OBJECTS.get(shape, _object))(content)
    elif isinstance(content, list | tuple):
        said = ", ".join(value(name, inner) for inner in content)
    else:
        said = "" if content is None else clean(str(content))
    return said


def _object(content: Mapping[str, Json]) -> str:
    if "start" in content and "end" in content:
        return f"{_text(str(content['start']))} to {_text(str(content['end']))}"
    return ", ".join(
        f"{clean(str(key)).replace('_', ' ')} {value('', inner)}" for key, inner in content.items() if inner
    )


def money(value: Decimal | str) -> str:
    """ "$1,250.00"; what is no number stays as it is."""
    if not _MONEY.fullmatch(str(value)):
        return clean(str(value))
    amount = Decimal(value)
    return f"-${-amount:,.2f}" if amount < 0 else f"${amount:,.2f}"


def _link(content: Mapping[str, Json]) -> str:
    return " → ".join(clean(str(content[part])) for part in ("treatment", "verb", "condition") if content.get(part))


def _session_length(content: Mapping[str, Json]) -> str:
    return _lasting(content)


def _lasting(content: Mapping[str, Json]) -> str:
    """ "45 minutes", "6 to 8 weeks"."""
    high = content.get("value_max")
    if high is None:
        return amount(content.get("value"), content.get("unit"))
    return f"{number(content.get('value'))} to {amount(high, content.get('unit'))}"


def _page_of(content: Mapping[str, Json]) -> str:
    return f"page {value('', content.get('page'))} of {value('', content.get('of'))}"


def _text(content: str) -> str:
    if _ISO_DATE.fullmatch(content):
        try:
            return day(date.fromisoformat(content))
        except ValueError:
            return content
    if phone := _US_PHONE.fullmatch(content):
        return f"({phone[1]}) {phone[2]}-{phone[3]}"
    return clean(content)


def number(content: Any) -> str:
    """ "3", "2.5"."""
    return f"{content:.1f}".removesuffix(".0") if isinstance(content, float) else clean(str(content))


def amount(quantity: Any, unit: Any) -> str:
    """ "1 month", "6 months": a number of a unit as FHIR writes it, or of anything else."""
    name = _UNIT.get(str(unit), clean(str(unit)))
    return f"{number(quantity)} {name}" if quantity == 1 else f"{number(quantity)} {name}s"


def _signature(content: Mapping[str, Json]) -> str:
    if not content.get("present"):
        return "none seen"
    form = {"ink": "by hand", "electronic": "electronic", "typed": "typed name only"}
    return form.get(str(content.get("form")), "present")


def _frequency(content: Mapping[str, Json]) -> str:
    if content.get("phases"):
        phases = [
            ", ".join(filter(None, (_frequency(phase.get("frequency") or {}), duration(phase.get("duration") or {}))))
            for phase in content["phases"]
        ]
        return "; then ".join(phases)
    said = []
    if content.get("count") is not None:
        most = content.get("count_max")
        count = amount(content["count"] if most is None else most, "session")
        said.append(count if most is None else f"{number(content['count'])} to {count}")
    if content.get("frequency") is not None:
        times = number(content["frequency"])
        if content.get("frequency_max") is not None:
            times += f" to {number(content['frequency_max'])}"
        times = {"1": "once", "2": "twice"}.get(times, f"{times} times")
        period = content.get("period") or 1
        unit = content.get("period_unit")
        said.append(f"{times} a {_UNIT.get(str(unit), unit)}" if period == 1 else f"{times} in {amount(period, unit)}")
    if content.get("duration") is not None:  # an amount: so many hours a week
        most = content.get("duration_max")
        said.append(amount(content["duration"] if most is None else most, content.get("duration_unit")))
        if most is not None:
            said[-1] = f"{number(content['duration'])} to {said[-1]}"
        said[-1] += f" a {_UNIT.get(str(content.get('period_unit')), content.get('period_unit'))}"
    if content.get("as_needed"):
        said.append("as needed")
    return ", ".join(said)


def duration(content: Mapping[str, Json]) -> str:
    said = []
    if content.get("value") is not None:
        said.append(_lasting(content))
    if content.get("start") and content.get("end"):
        said.append(f"{_text(str(content['start']))} to {_text(str(content['end']))}")
    elif content.get("start"):
        said.append(f"from {_text(str(content['start']))}")
    elif content.get("end"):
        said.append(f"until {_text(str(content['end']))}")
    if content.get("until"):
        said.append(f"until {_text(str(content['until']))}")
    if content.get("until_condition"):
        said.append(clean(str(content["until_condition"])))
    if content.get("indefinite"):
        said.append("without an end")
    if content.get("relative_to"):
        said.append(f"from the {str(content['relative_to']).replace('_', ' ')}")
    return ", ".join(said)


def _item(content: Mapping[str, Json]) -> str:
    said = clean(str(content.get("description") or "item"))
    if content.get("code"):
        said += f" [{clean(str(content['code']))}]"
    if content.get("service_date"):
        said += f", {_text(str(content['service_date']))}"
    quantity, price, total = content.get("quantity"), content.get("unit_price"), content.get("amount")
    if quantity not in (None, 1, "1") and price:
        said += f", {value('', quantity)} × {money(str(price))}"
    if total:
        said += f": {money(str(total))}"
    return said


_OBJECTS: Final[Mapping[str, Callable[[Mapping[str, Json]], str]]] = {
    "signature": _signature,
    "frequency": _frequency,
    "duration": duration,
    "letter_validity": duration,
    "session_length": _session_length,
    "item": _item,
    "treatment_link": _link,
    "page_of": _page_of,
}
