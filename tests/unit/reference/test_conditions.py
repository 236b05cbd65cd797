"""Illnesses in words, and whether a code says the same."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.reference import conditions, icd10cm
from docscan.reference.code_nature import code_nature
from docscan.reference.conditions import agrees, classify

DAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "specificity", "code"),
    [
        ("Type II diabetes mellitus", "named", "E11"),
        ("T2DM", "named", "E11"),
        ("diabetes, type 1", "named", "E10"),
        ("HTN", "named", "I10"),
        ("high blood pressure", "named", "I10"),
        ("Chronic low back pain", "named", "M54.5"),
        ("OA, left knee", "named", "M17"),
        ("Osteoarthritis of the left knee", "named", "M17"),
        ("Parkinson’s disease", "named", "G20"),
        ("Obstructive sleep apnoea", "named", "G47.33"),
        ("Obstrucitve sleep apnea", "named", "G47.33"),
        ("hypertensi0n", "named", "I10"),
        ("MAJOR DEPRESSIVE DISORDER, RECURRENT", "named", "F33"),
        ("prediabetes", "named", "R73.03"),
        ("post-surgical rehabilitation after total knee replacement", "named", "Z96.65"),
        ("erythromelalgia", "named", "I73.81"),
        ("E11.9 Type 2 diabetes", "coded", "E11.9"),
        ("lumbar radiculopathy (M54.16)", "coded", "M54.16"),
        ("back pain", "vague", "M54"),
        ("elevated cholesterol", "vague", "E78"),
        ("high BMI", "vague", "Z68"),
        ("overweight", "vague", "E66.3"),
        ("fatigue", "vague", "R53"),
        ("family history of diabetes", "vague", None),
        ("prevention of heart disease", "vague", None),
        ("at risk for type 2 diabetes", "vague", None),
        ("stress", "goal", None),
        ("get fit", "goal", None),
        ("general health and wellness", "goal", None),
        ("weight loss", "goal", None),
        ("Charcot-Marie-Tooth disease", "named", None),
        ("quarterly invoice", None, None),
        ("please add", None, None),
        ("", None, None),
    ],
)
def test_a_diagnosis_has_its_specificity(text: str, specificity: str | None, code: str | None) -> None:
    found = classify(text)
    assert found.specificity == specificity
    assert code is None or code in found.codes


@pytest.mark.parametrize(
    "text", ["F45 training", "A1C of 6.1", "vitamin B12", "L4-L5", "C5", "P90X workout", "T12 level"]
)
def test_what_looks_like_a_code_is_none(text: str) -> None:
    assert classify(text).specificity != "coded"


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("type 2 diabetes", "E11.9", True),
        ("DM2 with neuropathy", "E11.42", True),
        ("type 1 diabetes", "E11.9", False),
        ("T1DM", "E11.65", False),
        ("hypertension", "E11.9", False),
        ("HTN", "I10", True),
        ("Type 2 diabetes, obesity and hypertension", "E66.9", True),
        ("left knee osteoarthritis", "M17.12", True),
        ("left knee osteoarthritis", "M17.11", False),
        ("L knee OA", "M17.11", False),
        ("OA of both knees", "M17.0", True),
        ("knee pain", "M54.50", False),
        ("chronic low back pain", "M54.50", True),
        ("low back pain with sciatica", "M54.41", True),
        ("lumbar disc herniation", "M51.26", True),
        ("cervical radiculopathy", "M54.16", False),
        ("Obesity class 2", "E66.811", False),
        ("Obesity class II", "E66.812", True),
        ("CKD stage 3", "N18.4", False),
        ("CKD stage 3a", "N18.31", True),
        ("depression", "F41.1", False),
        ("major depression, severe", "F33.0", False),
        ("insomnia", "G47.33", False),
        ("asthma", "J30.9", False),
        ("acute bronchitis", "J42", False),
        ("rotator cuff tear, right", "M75.102", False),
        ("prediabetes", "R73.03", True),
        ("high cholesterol", "E78.5", True),
        ("something odd", "E11.9", None),
        ("type 2 diabetes", "E99.99", None),
        ("", "E11.9", None),
        ("fatigue", "G35", None),
    ],
)
def test_words_and_code_agree_or_contradict(text: str, code: str, expected: bool | None) -> None:
    assert agrees(text, code, DAY) is expected


def test_the_official_description_always_agrees_with_its_code_and_seldom_with_another() -> None:
    chance = random.Random(7)  # noqa: S311 - a sample, not a secret
    families = (f"{letter}{n}" for letter in "ACDEFGHIJKLMNQ" for n in range(10, 90))
    below = (c for family in families for c in icd10cm.children(family, DAY))
    codes = [c for c in below if icd10cm.look_up(c.code, DAY).status == "billable"]
    some = chance.sample(codes, 300)
    assert [c for c in some if agrees(c.description, c.code, DAY) is not True] == []
    wrong = [(a, b) for a, b in pairwise(some) if a.code[:3] != b.code[:3] and agrees(a.description, b.code, DAY)]
    assert len(wrong) <= 3


def test_mentions_stand_where_they_are_said_to() -> None:
    text = "Ms. Vance has type 2\ndiabetes and denies\nback pain. Her mother’s\n\nhigh blood pressure: controlled."
    assert [(text[m.start : m.end], m.name, m.kind) for m in conditions.mentions(text)] == [
        ("type 2\ndiabetes", "type 2 diabetes", "named"),
        ("back pain", "back pain", "vague"),
        ("high blood pressure", "hypertension", "named"),
    ]


@given(st.text(max_size=60), st.sampled_from(["knee osteoarthritis", "osteoarthritis of the knee"]))
def test_mentions_lie_within_the_text(before: str, name: str) -> None:
    text = f"{before}\n\n{name}"
    found = conditions.mentions(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert text[found[-1].start : found[-1].end] == name


def test_every_code_of_the_lexicon_exists() -> None:
    missing = [
        code
        for entry, _ in conditions._entries()
        for code in entry.codes
        if "." in code and icd10cm.look_up(code, DAY).status not in ("billable", "header", "retired")
    ]
    assert missing == []


def test_no_name_stands_for_two_illnesses() -> None:
    names = [phrase.lower() for _, phrases in conditions._entries() for phrase in phrases]
    assert sorted({n for n in names if names.count(n) > 1}) == []
    assert len(names) > 1500


def test_every_name_of_the_lexicon_is_recognised_as_its_own_kind() -> None:
    wrong = []
    for entry, phrases in conditions._entries():
        for phrase in phrases:
            found = classify(phrase.partition(" (")[0])
            if found.specificity != entry.kind and not (entry.kind == "vague" and "history of" in phrase):
                wrong.append((phrase, entry.kind, found.specificity))
    assert wrong == []


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    assert classify(text).specificity in ("goal", "vague", "named", "coded", None)
    assert agrees(text, "E11.9", DAY) in (True, False, None)


@pytest.mark.parametrize(
    ("code", "nature"),
    [
        ("Z00.00", "not_a_disease"),
        ("Z71.3", "not_a_disease"),
        ("Z71.82", "not_a_disease"),
        ("Z72.3", "not_a_disease"),
        ("Z68.35", "not_a_disease"),
        ("Z72.0", "status"),
        ("Z47.1", "status"),
        ("Z96.651", "status"),
        ("Z98.84", "status"),
        ("R53.83", "symptom"),
        ("R73.9", "symptom"),
        ("R73.03", "prediabetes"),
        ("E66.3", "weak"),
        ("M54.50", "weak"),
        ("J45.909", "unspecified"),
        ("E11.9", "disease"),
        ("e119", "disease"),
        ("W19.XXXA", "external_cause"),
    ],
)
def test_some_codes_stand_for_no_illness(code: str, nature: str) -> None:
    assert code_nature(code) == nature
