"""Diagnoses in words: found in labels, entries and running text, bounded, and linked to their codes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.document import Extraction
from docscan.extraction.diagnoses.diagnoses import diagnoses
from docscan.extraction.text.annotated import AnnotatedText

DATED = "March 3, 2026\n\n"


def _told(text: AnnotatedText) -> list[Extraction]:
    return [e for e in diagnoses(text) if e.name == "diagnosis"]


LINKED = [
    ("lipids up  E78.5", "lipids up", ["E78.5"]),
    ("1. tired blood, D64.9", "tired blood", ["D64.9"]),
    ("G62.1   nerve damage from drink   Active", "nerve damage from drink", ["G62.1"]),
    ("F90.0 (attention deficit, inattentive type), I73.9", "attention deficit, inattentive type", ["F90.0"]),
    ("Dx: hypertension, obesity E66.9", "obesity", ["E66.9"]),
    ("She has an enthesopathy of the left hip (M76.892).", "enthesopathy of the left hip", ["M76.892"]),
    (
        "It's a pinched root where the neck meets the back (M47.23).",
        "pinched root where the neck meets the back",
        ["M47.23"],
    ),
    ("dx: E78.1 pure hyperglyceridemia\nlast in: 19.12.2025", "pure hyperglyceridemia", ["E78.1"]),
    ("Diagnosis: type 1 diabetes  E11.9", "type 1 diabetes", ["E11.9"]),
    (
        "Diagnosis:   ICD10: M48.061: Spinal stenosis, lumbar region without neurogenic claudication\n"
        "   ICD10: R26.81: Unsteadiness on feet",
        "Spinal stenosis, lumbar region without neurogenic claudication",
        ["M48.061"],
    ),
    ("Dx: M62.81 Muscle weakness (generalized) | R29.3 Abnormal posture", "Muscle weakness (generalized)", ["M62.81"]),
    ("1. Mixed hyperlipidemia - E78.2 (Primary)", "Mixed hyperlipidemia", ["E78.2"]),
]


@pytest.mark.parametrize(("printed", "words", "codes"), LINKED)
def test_words_are_linked_to_the_code_that_stands_for_them(
    typed: Callable[..., AnnotatedText], printed: str, words: str, codes: list[str]
) -> None:
    found = {str(e.value): (e.resolved or {})["codes"] for e in _told(typed(DATED + printed))}
    assert found.get(words) == codes


def test_the_code_of_the_next_line_is_not_linked(typed: Callable[..., AnnotatedText]) -> None:
    printed = (
        "Problems\n\nR32   Urinary incontinence\nM48.17   Forestier's disease, lumbosacral\nN18.9   kidney disease"
    )
    found = {str(e.value): (e.resolved or {})["codes"] for e in _told(typed(DATED + printed))}
    assert found["Urinary incontinence"] == ["R32"]


BOUNDED = [
    ("Diagnosis: lumbar radiculopathy since 2021, seen on MRI", ["lumbar radiculopathy"]),
    ("Dx: iron deficiency anemia (D50.9). Last winter we tried tablets and she felt no better.",
     ["iron deficiency anemia"]),
    ("[x] R26.89 gait abnormality   [ ] M25.561 right knee pain", ["gait abnormality"]),
    ("Spoke with the American Heart Association about her asthma.", ["asthma"]),
    ("TIDEWATER ALLERGY, ASTHMA & IMMUNOLOGY, P.C.", []),
    ("Invoice\nTrail shoe\nCondition: Like new   1   $49.00\nTotal   $49.00\nPaid by card 03/02/2026", []),
    ("OD -1.25  ADD +2.00\nFrame   $120.00\nTotal   $120.00\nReceipt 03/02/2026, paid", []),
    ("HILLSIDE ALLERGY, ASTHMA & SINUS\n14 Low Rd, Ames, IA 50010", []),
    ("Visit Diagnoses\nChronic pain of both knees - Primary   M25.561, M25.562", ["Chronic pain of both knees"]),
    ("Ask about our diabetes education program and the weight clinic.", []),
    ("What are you treating?\nA torn sinew in the left thumb, now in a splint", ["A torn sinew in the left thumb"]),
    ("What is she being treated for?\nWeak ankles since the war", ["Weak ankles"]),
    ("How does it help this condition?\nEach pound lost takes load off the knee and the ankle.", []),
    ("Reason for the request: needs a letter for the plan", []),
    ("Dx 1:         L artificial hip joint       Code:   Z96.642", ["L artificial hip joint"]),
    ("DIAGNOSIS\n- A calf muscle that gave way by itself; nobody knows when\n- Gout",
     ["calf muscle that gave way by itself", "Gout"]),
    ("PROBLEMS ADDRESSED\n  1. Long-standing kidney trouble, cause never found. Scan of 2021 was clean.",
     ["Long-standing kidney trouble"]),
    ("PROBLEMS ADDRESSED\n  1. She was glad to be asked and sends her regards to all.", []),
    ("(1) J45.20, wheezes with exercise;\n(2) M21.41, both feet gone flat that hurt her at work.",
     ["wheezes with exercise", "both feet gone flat"]),
    ("She has tendinitis at the tip of the left elbow.", ["tendinitis at the tip of the left elbow"]),
    ("He has gout of another kind.", ["gout of another kind"]),
    ("She has migraine with status migrainosus.", ["migraine with status migrainosus"]),
    ("She has Bouchard's nodes in both hands.", ["Bouchard's nodes in both hands"]),
    ("She has obesity at the bottom of it all.", ["obesity"]),
    ("E03.9   Hypothyroidism NOS (TSH 6.8 on 03/28/2024)", ["Hypothyroidism NOS"]),
    ("M15.3 - secondary multiple arthritis, which turned up on a check", ["secondary multiple arthritis"]),
    ("ASSESSMENT\n1) Overweight\n2) Right carpal tunnel", ["Overweight", "Right carpal tunnel"]),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "words"), BOUNDED)
def test_a_diagnosis_is_its_name_alone(typed: Callable[..., AnnotatedText], printed: str, words: list[str]) -> None:
    assert [str(e.value) for e in _told(typed(DATED + printed))] == words


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Dx         LBP  M54.50\nImaging    X-ray L4-L5: mild facet changes", ["LBP"]),
        ("IMPRESSION\n  Chronic plaque psoriasis, L40.0, elbows, BSA 7%.", ["Chronic plaque psoriasis"]),
        ("Dx: Asthma J45.40\nVaccines: pneumonia 2022, shingles 2023", ["Asthma"]),
        ("Dx: Lymphedema I97.2\n  L8010  mastectomy sleeve    1", ["Lymphedema"]),
    ],
)
def test_findings_vaccines_and_goods_are_no_diagnosis(
    typed: Callable[..., AnnotatedText], printed: str, words: list[str]
) -> None:
    assert [str(e.value) for e in _told(typed(DATED + printed))] == words


def test_a_name_is_ruled_out_with_the_code_behind_its_leader(typed: Callable[..., AnnotatedText]) -> None:
    found = _told(typed(DATED + "Dx\n   hay fever ...... J30.1\n   asthma ......... J45.909  RULED OUT (normal test)"))
    assert [(str(e.value), e.assertion) for e in found] == [("hay fever", "stated"), ("asthma", "negated")]


@pytest.mark.parametrize(
    "printed",
    [
        "INVOICE\nCode      Diag       Description                    Fee         Patient\n"
        "V2020     H52.223    Frame Oldham 4471 tortoise     219.00      69.00\nTotal   219.00",
        "CLAIM\n21. DIAGNOSIS  ICD IND. 0     A. M72.2     B. M76.61\n"
        "09 15 2026   11     99203   AB   210.00\nTOTAL CHARGE   210.00",
    ],
)
def test_what_was_billed_for_a_code_is_no_diagnosis(typed: Callable[..., AnnotatedText], printed: str) -> None:
    assert [str(e.value) for e in _told(typed(printed))] == []
