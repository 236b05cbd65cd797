"""The scorer gives no point that was not earned."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmark.score import Counts, Found, fields, outcomes, same, word_recall
from tests.benchmark.truth import TrueField, Truth, read_folder, read_truth


def truth(*listed: TrueField, absent: tuple[str, ...] = (), complete: tuple[str, ...] = (), **outcomes: str) -> Truth:
    return Truth(
        Path("x.pdf"), "scan", "lmn", None, None, None, listed, frozenset(absent), frozenset(complete),
        {rule.replace("_", "-"): outcome for rule, outcome in outcomes.items()},
    )  # fmt: skip


MASSAGE = "Massage 60 min"


@pytest.mark.parametrize(
    ("name", "true", "found", "expected"),
    [
        ("patient_name", "Marisol T. Vance", "MARISOL T VANCE", True),
        ("patient_name", "Marisol T. Vance", "Marisol Vance", False),
        ("patient_name", "Marisol T. Vance", "", False),
        ("provider_credential", "PA-C", "PAC", True),
        ("diagnosis_code", "E11.9", "E11.9", True),
        ("diagnosis_code", "E11.9", "E11.90", False),
        ("diagnosis_code", "E11.9", None, False),
        ("total", "57.80", "57.8", True),
        ("total", "57.80", "57.08", False),
        ("total", "57.80", "RM 57.80", False),
        ("letter_date", date(2026, 3, 3), "2026-03-03", True),
        ("letter_date", "2026-03-03", "2026-03-04", False),
        ("necessity_statement", True, True, True),
        ("necessity_statement", True, False, False),
        ("treatment", "training with a clinical physiologist", "Training with clinical physiologist", True),
        ("treatment", "training with a clinical physiologist", "training", False),
        ("treatment", "massage therapy", "personal training", False),
        ("treatment", "massage therapy", "", False),
        ("frequency", {"frequency": 3, "period": 1, "period_unit": "wk"},
         {"frequency": 3, "frequency_max": None, "period": 1, "period_unit": "wk"}, True),
        ("frequency", {"frequency": 3, "period": 1, "period_unit": "wk"},
         {"frequency": 3, "frequency_max": 5, "period": 1, "period_unit": "wk"}, False),
        ("duration", {"value": 6, "unit": "mo"}, {"value": 6, "unit": "wk"}, False),
        ("duration", {"until": date(2026, 12, 31)}, {"until": "2026-12-31"}, True),
        ("duration", {"until_condition": "until goals are met"}, {"until_condition": "goals are met"}, True),
        ("duration", {"until_condition": "goals are met"}, {"until_condition": "the plan year ends"}, False),
        ("duration", {"until_condition": "goals are met"}, {"until": "2026-12-31"}, False),
        ("signature", {"present": True}, {"present": True, "form": "ink"}, True),
        ("signature", {"present": True, "form": "ink"}, {"present": True, "form": "typed"}, False),
        ("signature", {"present": True}, {"present": False, "form": "ink"}, False),
        ("item", {"description": MASSAGE, "amount": "95.00"}, {"description": MASSAGE.upper(), "amount": "95"}, True),
        ("item", {"description": MASSAGE, "amount": "95.00"}, {"description": MASSAGE, "amount": "9.50"}, False),
        ("item", {"description": MASSAGE, "amount": "95.00"}, {"description": "Tip", "amount": "95.00"}, False),
        ("item", {"description": "Massage", "amount": "95.00"}, "Massage 95.00", False),
        ("treatment_link", {"treatment": "exercise", "condition": "diabetes", "verb": "treat"},
         {"treatment": "exercise", "condition": "back pain", "verb": "treat"}, False),
    ],
)  # fmt: skip
def test_values_are_the_same_or_not(name: str, true: Any, found: Any, expected: bool) -> None:
    assert same(name, true, found) is expected


CODE = TrueField("diagnosis_code", "E11.9")


def test_a_right_value_counts_once_however_often_it_is_claimed() -> None:
    said = [Found("diagnosis_code", "E11.9"), Found("diagnosis_code", "E11.9")]
    assert fields(truth(CODE), said)["diagnosis_code"] == Counts(right=1, wrong=1)


def test_another_wording_counts_neither_way_in_loose_text_alone() -> None:
    listed = TrueField("diagnosis", "type 2 diabetes mellitus")
    said = [
        Found("diagnosis", "type 2 diabetes"),
        Found("diagnosis", "Type 2 diabetes mellitus"),
        Found("diagnosis", "gout"),
    ]
    assert fields(truth(listed), said)["diagnosis"] == Counts(right=1, wrong=1)
    names = [Found("patient_name", "Jane Roe"), Found("patient_name", "JANE ROE")]
    assert fields(truth(TrueField("patient_name", "Jane Roe")), names)["patient_name"] == Counts(right=1, wrong=1)


def test_a_wrong_value_costs_precision_and_recall() -> None:
    counts = fields(truth(CODE), [Found("diagnosis_code", "I10")])["diagnosis_code"]
    assert counts == Counts(wrong=1, missed=1)
    assert (counts.precision, counts.recall, counts.f1) == (0, 0, 0)


def test_nothing_found_costs_recall_alone() -> None:
    counts = fields(truth(CODE), [])["diagnosis_code"]
    assert (counts.precision, counts.recall) == (None, 0)


def test_a_field_that_is_absent_must_not_be_found() -> None:
    assert fields(truth(absent=("duration",)), [])["duration"] == Counts()
    assert fields(truth(absent=("duration",)), [Found("duration", {"indefinite": True})])["duration"] == Counts(wrong=1)


def test_fields_of_which_the_truth_says_nothing_are_not_scored() -> None:
    assert set(fields(truth(CODE), [Found("patient_name", "Nobody")])) == {"diagnosis_code"}


def test_an_open_value_is_offered_and_not_right() -> None:
    said = [Found("diagnosis_code", None, readings=("E11.9", "E11.8"))]
    assert fields(truth(CODE), said)["diagnosis_code"] == Counts(missed=1, offered=1)
    other = [Found("diagnosis_code", None, readings=("I10",))]
    assert fields(truth(CODE), other)["diagnosis_code"] == Counts(missed=1)


def test_a_wrong_value_with_the_right_reading_is_wrong() -> None:
    said = [Found("diagnosis_code", "I10", readings=("E11.9",))]
    assert fields(truth(CODE), said)["diagnosis_code"] == Counts(wrong=1, missed=1, offered=1)


def test_the_assertion_must_be_right_too() -> None:
    negated = TrueField("general_health_statement", True, "negated")
    assert fields(truth(negated), [Found("general_health_statement", True)])["general_health_statement"] == Counts(
        wrong=1, missed=1
    )
    assert fields(truth(negated), [Found("general_health_statement", True, "negated")])[
        "general_health_statement"
    ] == Counts(right=1)


def test_other_assertions_count_only_where_the_truth_lists_all() -> None:
    said = [Found("diagnosis_code", "E11.9"), Found("diagnosis_code", "I10", "historical")]
    assert fields(truth(CODE), said)["diagnosis_code"] == Counts(right=1)
    assert fields(truth(CODE, complete=("diagnosis_code",)), said)["diagnosis_code"] == Counts(right=1, wrong=1)


def test_values_are_paired_so_that_most_are_right() -> None:
    wide, narrow = TrueField("treatment", "personal training"), TrueField("treatment", "personal training and massage")
    said = [Found("treatment", "personal training and massage"), Found("treatment", "personal training")]
    for listed in ((wide, narrow), (narrow, wide)):
        assert fields(truth(*listed), said)["treatment"] == Counts(right=2)


@given(st.lists(st.sampled_from(["E11.9", "I10", "M54.50"])), st.lists(st.sampled_from(["E11.9", "I10", "R52"])))
def test_nothing_is_counted_twice_or_lost(true: list[str], said: list[str]) -> None:
    listed = tuple(TrueField("diagnosis_code", code) for code in true)
    counts = fields(truth(*listed, complete=("diagnosis_code",)), [Found("diagnosis_code", c) for c in said])[
        "diagnosis_code"
    ]
    assert counts.right + counts.missed == len(true)
    assert counts.right + counts.wrong == len(said)


def test_word_recall_counts_words_not_sets() -> None:
    assert word_recall("the cat and the dog", "the dog") == pytest.approx(2 / 5)
    assert word_recall("the cat", "the the the cat") == 1
    assert word_recall("Total: $5.00", "total 5 00") == 1
    assert word_recall("", "anything") is None


def test_a_rule_that_said_nothing_does_not_agree() -> None:
    said = outcomes(truth(LMN_10="met", LMN_11="not_met"), {"LMN-11": ["not_met", "met"]})
    assert said == {"LMN-10": ("met", "none"), "LMN-11": ("not_met", "mixed")}


HEAD = 'schema = "docscan.truth/1"\nfile = "a.txt"\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('schema = "docscan.truth/2"\nfile = "a.txt"', "schema"),
        (HEAD + "fields_ = 1", "unknown keys"),
        ('schema = "docscan.truth/1"\nfile = "b.txt"', "no b.txt"),
        (HEAD + 'absent = ["durations"]', "no such fields"),
        (HEAD + 'absent = ["duration"]\n[[fields]]\nname = "duration"\nvalue = true', "absent and listed"),
    ],
)
def test_a_wrong_truth_file_is_refused_by_name(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "a.toml").write_text(text)
    with pytest.raises(ValueError, match=complaint) as refused:
        read_truth(tmp_path / "a.toml")
    assert "a.toml" in str(refused.value)


def test_a_folder_is_read_without_its_other_toml_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").touch()
    (tmp_path / "in" / "a.toml").write_text(HEAD)
    (tmp_path / "pyproject.toml").write_text("[project]")
    assert [t.path.name for t in read_folder(tmp_path)] == ["a.txt"]
