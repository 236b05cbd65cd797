"""Codes by date."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.reference import build_icd10cm, icd10cm
from docscan.reference.icd10cm import look_up, normalise, repairs, search_description

DAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("code", "on", "status"),
    [
        ("E11.9", DAY, "billable"),
        ("E119", DAY, "billable"),
        ("e11.9", DAY, "billable"),
        ("E11", DAY, "header"),
        ("M54.5", date(2021, 9, 30), "billable"),
        ("M54.5", date(2021, 10, 1), "header"),
        ("M54.50", date(2021, 9, 30), "not_yet"),
        ("M54.50", date(2021, 10, 1), "billable"),
        ("U07.1", date(2020, 3, 31), "not_yet"),
        ("U07.1", DAY, "billable"),
        ("QA0.0109", DAY, "billable"),
        ("QA0.0109", date(2025, 9, 30), "not_yet"),
        ("E66.8", date(2024, 9, 30), "billable"),
        ("E66.8", date(2024, 10, 1), "header"),
        ("Z22.59", date(2016, 9, 30), "billable"),
        ("Z22.59", date(2016, 10, 1), "retired"),
        ("E11.9", date(2014, 1, 1), "not_yet"),
        ("E11.99", DAY, "unknown"),
        ("F45", DAY, "header"),
        ("L4-L5", DAY, "unknown"),
        ("", DAY, "unknown"),
    ],
)
def test_a_code_has_its_status_on_its_day(code: str, on: date, status: str) -> None:
    assert look_up(code, on).status == status


def test_a_header_names_the_codes_to_use_instead() -> None:
    assert look_up("M54.5", DAY).successors == ("M54.50", "M54.51", "M54.59")
    assert look_up("E66.8", DAY).successors == ("E66.811", "E66.812", "E66.813", "E66.89")
    assert look_up("E11.9", DAY).successors == ()


def test_a_header_with_very_many_codes_names_the_level_below() -> None:
    successors = look_up("E11", DAY).successors
    assert "E11.6" in successors
    assert all(len(code) == len("E11.6") for code in successors)


def test_beyond_the_newest_release_an_unknown_code_may_be_real() -> None:
    assert icd10cm.newest_release() == date(2026, 4, 1)
    assert not look_up("E66.91", date(2026, 9, 30)).after_newest_release
    assert look_up("E66.91", date(2026, 10, 1)).after_newest_release
    assert look_up("E11.9", date(2026, 10, 1)).status == "billable"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E11.9", "E11.9"),
        ("e119", "E11.9"),
        (" E11 . 9 ", "E11.9"),
        ("E11,9", "E11.9"),
        ("I10", "I10"),
        ("S83.511A", "S83.511A"),
        ("QA00109", "QA0.0109"),
        ("97110", None),
        ("P90X", "P90.X"),
        ("F45 class", None),
        ("E1", None),
        ("E11.99999", None),
        ("E11..9", None),
    ],
)
def test_codes_are_written_with_their_dot(text: str, code: str | None) -> None:
    assert normalise(text) == code


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        ("E11.9", ("E11.9",)),
        ("EI1.9", ("E11.9",)),
        ("110", ("I10",)),
        ("lI0", ("I10",)),
        ("M54,50", ("M54.50",)),
        ("M54 50", ("M54.50",)),
        ("$83.511A", ("S83.511A",)),
        ("G43.9O9", ("G43.909",)),
        ("F4I.1.", ("F41.1",)),
        ("2025", ("Z02.5",)),
        ("hello", ()),
        ("E1", ()),
        ("1234567893", ()),
        ("E11.9.9", ()),
    ],
)
def test_ocr_slips_are_mended_to_billable_codes_only(raw: str, codes: tuple[str, ...]) -> None:
    assert repairs(raw, DAY) == codes


def test_a_repair_follows_the_date() -> None:
    assert repairs("M54.S", date(2020, 1, 1)) == ("M54.5",)
    assert repairs("M54.S", DAY) == ()


@given(st.text(max_size=12), st.dates(date(2010, 1, 1), date(2040, 1, 1)))
def test_whatever_is_asked_there_is_an_answer(text: str, on: date) -> None:
    status = look_up(text, on)
    assert (status.description is None) == (status.status == "unknown")
    written = normalise(text)
    assert written is None or normalise(written) == written
    assert all(look_up(code, on).status == "billable" for code in repairs(text, on))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("type 2 diabetes mellitus without complications", "E11.9"),
        ("essential hypertension", "I10"),
        ("generalized anxiety disorder", "F41.1"),
        ("palmar fibromatosis", "M72.0"),
        ("lumbar radiculopathy", "M54.16"),
        ("obstructive sleep apnea", "G47.33"),
    ],
)
def test_a_description_finds_its_code(text: str, code: str) -> None:
    assert code in [found.code for found in search_description(text, DAY, most=3)]


def test_words_of_no_description_find_nothing() -> None:
    assert search_description("quarterly invoice zzyzx", DAY, most=3) == () or all(
        "invoice" not in found.description for found in search_description("quarterly invoice zzyzx", DAY)
    )
    assert search_description("", DAY) == ()


def test_every_code_of_a_packed_history_is_found_again() -> None:
    rows = [
        {"code": code, "billable": "1", "valid_from": "2015-10-01", "valid_to": "", "description": f"Thing {code}"}
        for code in (f"A{n:02}{m}" for n in range(100) for m in range(10))
    ]
    assert build_icd10cm.pack(rows, DAY).startswith(build_icd10cm.FORM)
    assert build_icd10cm.pack(rows, DAY) == build_icd10cm.pack(rows[::-1], DAY)


@pytest.mark.parametrize(
    "wrong",
    [{"billable": "yes"}, {"code": "11.9"}, {"valid_to": "2015-10-01"}, {"valid_from": "1 Oct"}, {"code": "E119\t"}],
)
def test_a_history_with_a_nonsensical_row_is_refused(wrong: dict[str, str]) -> None:
    row = {"code": "E119", "billable": "1", "valid_from": "2015-10-01", "valid_to": "", "description": "x"}
    with pytest.raises(ValueError, match=r"not a row|Invalid isoformat"):
        build_icd10cm.pack([row | wrong], DAY)


def test_children_are_one_level_below_on_the_day() -> None:
    assert [c.code for c in icd10cm.children("M54.5", DAY)] == ["M54.50", "M54.51", "M54.59"]
    assert icd10cm.children("M54.5", date(2020, 1, 1)) == ()
    assert "E66.8" in [c.code for c in icd10cm.children("E66", DAY)]


def test_the_first_look_up_takes_milliseconds_and_little_is_imported() -> None:
    asked = (
        "import sys, time; from datetime import date; from docscan.reference import icd10cm;"
        "start = time.perf_counter();"
        "icd10cm.look_up('E11.9', date(2026, 3, 3)); took = time.perf_counter() - start;"
        "print(took, 'rapidfuzz' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    took, *loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert float(took) < 0.25  # 4 ms on an idle machine
    assert loaded == ["False", "False"]


def test_a_thousand_look_ups_take_a_moment() -> None:
    start = time.perf_counter()
    for number in range(1000):
        look_up(f"E{number % 90:02}.9", DAY)
    assert time.perf_counter() - start < 2
