"""The truth files of this folder are sound: what they say a document says, it says. No part of docscan is asked."""

from __future__ import annotations

import json
import re
import tomllib
import typing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from docscan.document import Assertion, Kind, Outcome
from docscan.reference.fields import FIELDS, ITEM_CLASSES
from tests.benchmark.score import is_loose

pytestmark = pytest.mark.slow  # a thousand documents; they change seldom

FOLDER = Path(__file__).parent
PATHS = sorted(FOLDER.glob("[bl]*/*.toml"))  # bills and letters
LOADED: dict[Path, dict[str, Any]] = {path: tomllib.loads(path.read_text("utf-8")) for path in PATHS}
KEYS = {"schema", "kind", "as_of", "administrator", "split", "writer", "text", "absent", "complete", "fields",
        "outcomes"}  # fmt: skip
MONTHS = "january february march april may june july august september october november december".split()
SPANISH = "ene feb mar abr may jun jul ago sep oct nov dic".split()
ORDINALS = dict(zip(
    "first second third fourth fifth sixth seventh eighth ninth tenth".split(), range(1, 11), strict=True,
))  # fmt: skip
UNITS = {"min", "h", "d", "wk", "mo", "a"}
ADDRESSES = {"provider_address", "merchant_address", "patient_address"}


def folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def wordings(field: dict[str, Any]) -> list[Any]:
    return [field["value"], *field.get("also", [])]


def a_truth_file_has_the_documented_keys(path: Path) -> None:
    data = LOADED[path]
    assert data["schema"] == "docscan.truth/1"
    assert KEYS <= data.keys() <= KEYS | {"note", "kind_also", "decisions"}
    assert {data["kind"], *data.get("kind_also", ())} <= {*typing.get_args(Kind)}
    assert data.get("decisions", {}).keys() <= {"treatment_named", "link_stated", "general_health"}
    assert data["split"] in ("open", "calibration", "held_out")
    assert isinstance(data["as_of"], date)
    assert data["writer"] and data["text"].strip()
    for f in data["fields"]:
        assert f.keys() <= {"name", "value", "also", "assertion"}
        assert f.get("assertion", "stated") in typing.get_args(Assertion)


def every_name_is_a_field_and_no_field_is_both_absent_and_given(path: Path) -> None:
    data = LOADED[path]
    given = {f["name"] for f in data["fields"]}
    stated = {f["name"] for f in data["fields"] if f.get("assertion", "stated") == "stated"}
    assert {*given, *data["absent"], *data["complete"]} <= FIELDS.keys()
    assert not stated & set(data["absent"])
    assert len(data["absent"]) == len(set(data["absent"])) and len(data["complete"]) == len(set(data["complete"]))
    listed = [json.dumps([f["name"], f["value"], f.get("assertion")]) for f in data["fields"]]
    # Two lines of a bill may be alike in everything; no other value is listed twice.
    assert len([x for x in listed if '["item"' not in x]) == len({x for x in listed if '["item"' not in x})


def outcomes_are_of_rules_and_of_the_four_kinds(path: Path) -> None:
    for rule, outcome in LOADED[path]["outcomes"].items():
        assert re.fullmatch(r"(LMN|RCT|PRV|COD|IRS|INT|PKT)-\d\d", rule)
        assert outcome in typing.get_args(Outcome)


def every_value_has_its_field_s_shape(path: Path) -> None:
    for f in LOADED[path]["fields"]:
        for value in [f["value"]] if f["name"] == "item" else wordings(f):
            check_shape(f["name"], value)


def check_shape(name: str, value: Any) -> None:
    shape = FIELDS[name].shape
    if shape in ("text", "code"):
        assert isinstance(value, str) and value == value.strip() != ""
        check_code(name, value)
    elif shape == "flag":
        assert value is True
    elif shape == "date":
        assert date.fromisoformat(value)
    elif shape == "period":
        assert date.fromisoformat(value["start"]) <= date.fromisoformat(value["end"])
    elif shape == "money":
        assert re.fullmatch(r"\d+\.\d\d", value)
    elif shape == "frequency":
        check_frequency(value)
    elif shape == "duration":
        check_duration(value)
    else:
        check_object(name, value)


def check_code(name: str, value: str) -> None:
    patterns = {
        "diagnosis_code": r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?",
        "diagnosis_code_icd9": r"[0-9EV]\d\d(\.\d{1,2})?",
        "procedure_code": r"\d{4}[0-9FT]|[A-Z]\d{4}",
        "provider_npi": r"\d{10}",
        "provider_phone": r"\+\d{8,14}",
        "provider_fax": r"\+\d{8,14}",
        "merchant_phone": r"\+\d{8,14}",
        "tax_id": r"\d\d-\d{7}",
        "provider_dea": r"[A-Z][A-Z9]\d{7}",
        "currency": r"[A-Z]{3}",
    }
    if name in patterns:
        assert re.fullmatch(patterns[name], value), value
    if name in ("provider_phone", "provider_fax", "merchant_phone") and value.startswith("+1"):
        assert value[5:10] == "55501", "an invented number"


def check_frequency(value: dict[str, Any]) -> None:
    if "phases" in value:
        for phase in value["phases"]:
            check_frequency(phase["frequency"])
            if phase.get("duration"):
                check_duration(phase["duration"])
        return
    assert value.keys() <= {"frequency", "frequency_max", "period", "period_max", "period_unit", "count", "as_needed"}
    assert "count" in value or "as_needed" in value or {"frequency", "period", "period_unit"} <= value.keys()
    assert value.get("period_unit", "wk") in UNITS


def check_duration(value: dict[str, Any]) -> None:
    value = {k: v for k, v in value.items() if k != "relative_to"}
    if "value" in value:
        assert value.keys() <= {"value", "value_max", "unit"} and value["unit"] in UNITS
    elif "until_condition" in value:
        assert value["until_condition"]
    elif "indefinite" in value:
        assert value == {"indefinite": True}
    elif "until" in value:
        assert value.keys() == {"until"} and date.fromisoformat(value["until"])
    else:
        assert date.fromisoformat(value["start"]) <= date.fromisoformat(value["end"])


def check_object(name: str, value: dict[str, Any]) -> None:
    keys = {
        "item": {"description", "quantity", "unit_price", "amount", "service_date", "code", "class"},
        "session_length": {"value", "value_max", "unit"},
        "treatment_link": {"treatment", "condition", "verb"},
        "signature": {"present", "form"},
        "page_of": {"page", "of"},
    }
    assert value.keys() <= keys[name]
    if name == "item":
        assert value.get("class", "other") in ITEM_CLASSES
        for money in (value.get("amount"), value.get("unit_price")):
            assert money is None or re.fullmatch(r"-?\d+\.\d\d", money)


def every_value_stands_in_the_text(path: Path) -> None:
    text = LOADED[path]["text"]
    for f in LOADED[path]["fields"]:
        assert stands(f, text), f


def stands(field: dict[str, Any], text: str) -> bool:  # noqa: PLR0911, PLR0912 (one answer a shape)
    name, value, shape = field["name"], field["value"], FIELDS[field["name"]].shape
    if shape == "date":
        return date_stands(value, text)
    if shape == "money":
        return money_stands(value, text)
    if name in ("provider_phone", "provider_fax", "merchant_phone"):
        return digits(value)[-10:] in digits(text) or digits(value)[2:] in digits(text)
    if name == "provider_license":
        return folded(value) in folded(text) or folded(value)[2:] in folded(text)
    if name == "currency":
        return value in text or {"USD": "$", "EUR": "€", "GBP": "£"}.get(value, "\0") in text
    if name in ADDRESSES:
        return all(folded(word) in folded(text) for word in value.split())
    if is_loose(name):  # a reader's short words for it: nearly all of them are the writer's
        return any(words_stand(wording, text) for wording in wordings(field))
    if shape in ("text", "code"):
        return folded(value) in folded(text) or all(folded(word) in folded(text) for word in value.split())
    if name == "item":
        described = any(
            all(folded(w) in folded(text) for w in d.split())
            for d in (value.get("description", ""), *field.get("also", []))
        )
        amounts = [value[k].lstrip("-") for k in ("amount", "unit_price") if k in value]
        dates = [value["service_date"]] if "service_date" in value else []
        return (
            described
            and all(money_stands(m, text) for m in amounts)
            and all(date_stands(d, text) for d in dates)
            and str(value.get("code", "")) in text
        )
    if name == "treatment_link":
        return any(words_stand(part, text) for part in value.values())
    if shape == "duration" and any("until_condition" in wording for wording in wordings(field)):
        return True  # a holiday, or the day on which it falls
    if shape == "duration" and "start" in value:
        return date_stands(value["start"], text) and date_stands(value["end"], text)
    if shape == "duration" and "until" in value:
        return date_stands(value["until"], text)
    return True


def words_stand(words: str, text: str) -> bool:
    """Whether most of some words stand in the text, each in any of its forms."""
    known = [folded(word)[:5] in folded(text) for word in re.findall(r"\w{3,}", words)]
    return not known or sum(known) >= 0.6 * len(known)


def date_stands(value: str, text: str) -> bool:
    day = date.fromisoformat(value)
    month = MONTHS[day.month - 1]
    words = "|".join(w for w, n in ORDINALS.items() if n == day.day)
    d = rf"(?:0?{day.day}(?:st|nd|rd|th)?{'|' + words if words else ''})"
    m = rf"(?:0?{day.month}|{month}|{month[:3]}\.?|{month[:4]}\.?|{SPANISH[day.month - 1]}[a-z]*\.?)"
    sep = r"(?:[\s./,|-]|of|day)+"
    others = r"(?:\d{1,2}(?:,|\s*&|\s+and)\s*)*"  # "Oct 1, 8 and 15"
    printed = rf"(?<!\d){d}{sep}{m}(?![a-z\d])|(?<![\da-z]){m}{sep}{others}{d}(?!\d)|{day:%Y%m%d}"
    if (day + timedelta(days=1)).day == 1:
        printed += rf"|end\s+of\s+{month}"
    if (day.month, day.day) == (12, 31):
        printed += r"|end\s+of\s+(?:this|the)\s+(?:calendar\s+)?year"
    year = rf"{day.year}|(?<!\d)'?{day.year % 100:02d}(?!\d)"
    return bool(re.search(printed, text, re.IGNORECASE)) and bool(re.search(year, text))


def money_stands(value: str, text: str) -> bool:
    whole, cents = value.split(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", "[., ']?", whole) if whole != "0" else "0?"
    shown = rf"(?<!\d){grouped}[., ]{cents}(?!\d)"
    if value == "0.00" and re.search(
        r"\b(?:nothing|nil|none|zero|paid in full|settled|no (?:balance|payment|amount))\b", text, re.IGNORECASE
    ):
        return True
    return bool(re.search(shown + (rf"|(?<!\d){grouped}(?![\d.,]*\d)" if cents == "00" else ""), text))


def dates_follow_one_another(path: Path) -> None:
    data = LOADED[path]
    if data["outcomes"].get("INT-09") == "not_met":
        return
    by_name: dict[str, list[date]] = {}
    for f in data["fields"]:
        if FIELDS[f["name"]].shape == "date" and f.get("assertion", "stated") == "stated":
            by_name.setdefault(f["name"], []).append(date.fromisoformat(f["value"]))
    written = by_name.get("letter_date", by_name.get("signature_date", [data["as_of"]]))[0]
    if data["outcomes"].get("LMN-17") != "not_met":
        assert written <= data["as_of"]
    assert all(born < written for born in by_name.get("date_of_birth", []))
    assert all(seen <= written for seen in by_name.get("visit_date", []))


def check_digits_agree_with_the_rule_about_them(path: Path) -> None:
    data = LOADED[path]
    npis = [f["value"] for f in data["fields"] if f["name"] == "provider_npi"]
    if "PRV-01" in data["outcomes"]:
        said = data["outcomes"]["PRV-01"]
        true = "not_applicable" if not npis else "met" if all(map(passes, npis)) else "not_met"
        assert said == true
    elif data["outcomes"]:
        assert all(map(passes, npis))


def passes(npi: str) -> bool:
    total = 0
    for n, c in enumerate(reversed("80840" + npi)):
        doubled = int(c) * (1 + n % 2)
        total += doubled - 9 * (doubled > 9)
    return npi[0] in "12" and total % 10 == 0


@pytest.mark.parametrize("folder", ["letters", "bills"])
def test_enough_of_each_folder_is_looked_at_by_nobody(folder: str) -> None:
    splits = [data["split"] for path, data in LOADED.items() if path.parent.name == folder]
    assert splits.count("held_out") >= 30
    assert splits.count("calibration") >= 8


def test_the_codes_are_many() -> None:
    codes = {f["value"] for data in LOADED.values() for f in data["fields"] if f["name"] == "diagnosis_code"}
    assert len(codes) >= 60


def test_no_two_documents_are_the_same_hand() -> None:
    writers = [data["writer"] for data in LOADED.values()]
    assert len(set(writers)) == len(writers)


SOUND = (
    a_truth_file_has_the_documented_keys,
    every_name_is_a_field_and_no_field_is_both_absent_and_given,
    outcomes_are_of_rules_and_of_the_four_kinds,
    every_value_has_its_field_s_shape,
    every_value_stands_in_the_text,
    dates_follow_one_another,
    check_digits_agree_with_the_rule_about_them,
)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_truth_file_is_sound(path: Path) -> None:
    for holds in SOUND:
        holds(path)
