"""Every sample document has a truth file that can be believed: shapes are those of the field table, words are there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow  # every sample against its truth

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "sample_docs"
TRUTHS = sorted(FOLDER.glob("*.toml"))
KINDS = {
    "lmn", "prescription", "referral", "recommendation", "receipt", "superbill", "eob", "estimate", "card_slip",
    "statement", "trainer_documentation", "lab_report", "other", "packet",
}  # fmt: skip
ASSERTIONS = {"stated", "negated", "hypothetical", "historical", "other_person"}
OUTCOMES = {"met", "not_met", "uncertain", "not_applicable"}
UNITS = {"d", "wk", "mo", "a"}
FIELDS: dict[str, str] = {
    name: about["shape"]
    for group in tomllib.loads((ROOT / "docscan/reference/fields.toml").read_text()).values()
    for name, about in group.items()
}


def _known(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


def _cases() -> list[Any]:
    return [pytest.param(_known(path), id=path.stem) for path in TRUTHS]


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def _is_duration(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("relative_to") not in {None, "first_session"}:
        return False
    keys = set(value) - {"relative_to"}
    if keys == {"value", "unit"}:
        return isinstance(value["value"], int) and value["unit"] in UNITS
    if keys in ({"start", "end"}, {"until"}):
        return all(_is_date(value[key]) for key in keys)
    return value.get("indefinite") is True or (
        keys == {"until_condition"} and isinstance(value["until_condition"], str)
    )


def _is_frequency(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if "phases" in value:
        return all(_is_frequency(p["frequency"]) and _is_duration(p["duration"]) for p in value["phases"])
    if "period" in value:
        return (
            set(value) <= {"frequency", "frequency_max", "period", "period_unit"}
            and isinstance(value["frequency"], int)
            and value["period_unit"] in UNITS
        )
    return isinstance(value.get("count"), int) or value.get("as_needed") is True


SHAPES: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str) and value == value.strip() and bool(value),
    "code": lambda value: isinstance(value, str) and bool(re.fullmatch(r"[\w+*./ -]+", value)),
    "date": _is_date,
    "flag": lambda value: value is True,
    "money": lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d+\.\d\d", value)),
    "frequency": _is_frequency,
    "duration": _is_duration,
    "period": lambda value: set(value) == {"start", "end"} and all(map(_is_date, value.values())),
    "object": lambda value: isinstance(value, dict) and bool(value),
}


def test_every_document_has_a_truth_file_and_the_other_way_round() -> None:
    documents = {p.name for p in FOLDER.iterdir() if p.is_file() and p.suffix not in {".toml", ".md", ".py"}}
    assert documents == {_known(path)["file"] for path in TRUTHS}
    assert all(Path(_known(path)["file"]).stem == path.stem for path in TRUTHS)


@pytest.mark.parametrize("known", _cases())
def test_the_head_is_complete(known: dict[str, Any]) -> None:
    assert known["schema"] == "docscan.truth/1"
    assert known["kind"] in KINDS
    assert isinstance(known["as_of"], date)
    assert known["origin"] and known["licence"] and known["story"] and known["damage"]
    assert known["text"].strip()
    assert set(known["outcomes"].values()) <= OUTCOMES


@pytest.mark.parametrize("known", _cases())
def test_fields_have_the_names_and_shapes_of_the_field_table(known: dict[str, Any]) -> None:
    for field in known["fields"]:
        assert SHAPES[FIELDS[field["name"]]](field["value"]), field
        assert field.get("assertion", "stated") in ASSERTIONS
    stated = {field["name"] for field in known["fields"] if field.get("assertion", "stated") == "stated"}
    assert not stated & set(known["absent"])
    assert set(known["absent"]) <= set(FIELDS)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


_PARTS = {"item": "description", "treatment_link": "condition"}


@pytest.mark.parametrize("known", _cases())
def test_what_is_true_stands_on_the_page(known: dict[str, Any]) -> None:
    """Names, words, codes and money as printed; an address or name may run over lines."""
    page = _letters(known["text"])
    for field in known["fields"]:
        shape, value = FIELDS[field["name"]], field["value"]
        match shape:
            case "money":
                printed = [value, f"{float(value):,.2f}"]
            case "code" if field["name"].endswith(("phone", "fax")):
                printed = [value.removeprefix("+1")]
            case "code" if field["name"] == "provider_license":
                printed = [value.split(maxsplit=1)[-1]]
            case "object" if field["name"] in _PARTS:
                printed = [value[_PARTS[field["name"]]]]
            case "text" | "code" if field["name"] != "currency":
                printed = [value]
            case _:
                continue
        assert any(_letters(each) in page for each in printed), field


@pytest.mark.parametrize("known", _cases())
def test_dates_stand_on_the_page_by_their_year_or_day(known: dict[str, Any]) -> None:
    numbers = {int(number) for number in re.findall(r"\d+", known["text"])}
    for field in known["fields"]:
        if FIELDS[field["name"]] == "date":
            day = date.fromisoformat(field["value"])
            assert day.day in numbers, field


def test_npis_of_letters_pass_the_check_digit_unless_the_story_plants_a_wrong_one() -> None:
    def sum_of(npi: str) -> int:
        doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(npi))]
        return 24 + sum(d - 9 if d > 9 else d for d in doubled)

    for path in TRUTHS:
        known = _known(path)
        for field in known["fields"]:
            if field["name"] == "provider_npi":
                right = sum_of(field["value"]) % 10 == 0
                assert right == (known["outcomes"].get("PRV-01") != "not_met"), path.name


@pytest.mark.parametrize("known", _cases())
def test_telephone_numbers_are_of_the_range_kept_for_fiction(known: dict[str, Any]) -> None:
    numbers = re.findall(r"\d{3}\)?[-. ]{0,2}\d{3}[-. ]?\d{4}\b", known["text"])
    dialled = [number for number in numbers if re.search(r"\d{3}\D+\d{3}\D+\d{4}", number)]
    assert all(re.search(r"555\D01\d\d$", number) for number in dialled), dialled


@pytest.mark.parametrize("known", _cases())
def test_sums_come_out_unless_a_wrong_one_is_planted(known: dict[str, Any]) -> None:
    def of(name: str) -> list[Decimal]:
        return [Decimal(field["value"]) for field in known["fields"] if field["name"] == name]

    amounts = [field["value"].get("amount") for field in known["fields"] if field["name"] == "item"]
    if not amounts or None in amounts or not of("total"):
        return
    charged = sum(map(Decimal, amounts)) + sum(of("tax") + of("tip")) - sum(of("discount"))
    assert (charged == sum(of("total"))) == (known["outcomes"].get("RCT-19") != "not_met")


def test_all_documents_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 12_500_000


def test_the_readme_lists_every_document() -> None:
    readme = (FOLDER / "README.md").read_text()
    missing = [known["file"] for known in map(_known, TRUTHS) if f"| {known['file']} |" not in readme]
    assert not missing
