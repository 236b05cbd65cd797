"""Whose words are these? What a form alone prints is no fact; what is filled in is, however form-like."""

from __future__ import annotations

from typing import Any

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract


def said(printed: str, *names: str) -> dict[str, list[Any]]:
    found = extract(Document.from_text(printed)).fields
    return {name: [e.value for e in found if e.name == name and e.value is not None] for name in names}


HEAD = "Letter of Medical Necessity\nPatient Name: Marta Kessling\n"


@pytest.mark.parametrize(
    ("menu", "codes"),
    [
        ("□ Malabsorption   K90.9\n☒ Reflux disease   K21.9\n□ Underweight   R63.6", ["K21.9"]),
        ("□ Malabsorption   K90.9\n■ Reflux disease   K21.9", ["K21.9"]),
        ("☐ Malabsorption K90.9\n☐ X Reflux disease K21.9", ["K21.9"]),
        ("[ ] Neck pain M54.2   [x] Low back pain M54.50   [ ] Asthma J45.909", ["M54.50"]),
        ("___ Neck pain M54.2\n_X_ Low back pain M54.50\n___ Asthma J45.909", ["M54.50"]),
        ("O Neck pain M54.2\n● Low back pain M54.50\nO Asthma J45.909", ["M54.50"]),
        ("□ Malabsorption   K90.9\n□ Reflux disease   K21.9\n□ Other, please specify:", []),
        ("Please check all diagnoses that apply:\nNeck pain M54.2\nLow back pain M54.50\nAsthma J45.909", []),
        ("_ M54.2 Neck pain        X M54.50 Low back pain\n_ J45.909 Asthma        _ K90.9 Malabsorption", ["M54.50"]),
        ("Asthma J45.909 ___      Neck pain M54.2 ___\nLow back pain M54.50 _X_", ["M54.50"]),
        ("⬜ Asthma J45.909 ⬛ Neck pain M54.2 ⬜ Obesity E66.9", ["M54.2"]),
        ("[√] Low back pain (M54.50)\n[ ] Asthma (J45.909)", ["M54.50"]),
        ("Please circle the conditions treated:\nNeck pain M54.2      Asthma J45.909", []),
        ("K90.9   [ ] Malabsorption\nK21.9   [x] Reflux disease", ["K21.9"]),
        ("Diagnoses:\n• Neck pain M54.2\n• Low back pain M54.50", ["M54.2", "M54.50"]),
        ("■ Neck pain M54.2\n■ Low back pain M54.50", ["M54.2", "M54.50"]),
    ],
)
def test_only_what_was_ticked_is_said(menu: str, codes: list[str]) -> None:
    assert said(HEAD + menu, "diagnosis_code")["diagnosis_code"] == codes


def test_the_sign_of_a_box_is_no_part_of_a_name() -> None:
    found = said(HEAD + "□ Malabsorption   K90.9\n■ Gastroesophageal reflux disease   K21.9", "diagnosis")
    assert found["diagnosis"] == ["Gastroesophageal reflux disease"]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Frequency (circle one): daily / weekly / monthly", 0),
        ("Frequency: daily / weekly / monthly", 0),
        ("Frequency: □ weekly ■ twice monthly □ monthly", 1),
        ("Frequency: twice a week", 1),
        ("Frequency:  1x  2x  3x  per week", 0),
        ("Frequency: ___ daily  _X_ weekly  ___ monthly", 1),
    ],
)
def test_a_choice_of_times_says_nothing_until_one_is_chosen(line: str, count: int) -> None:
    assert len(said(HEAD + "Treatment: Massage therapy\n" + line, "frequency")["frequency"]) == count


@pytest.mark.parametrize(
    "guidance",
    [
        "An updated Letter of Medical Necessity is required each year.",
        "Claims will not be paid until the form and the documentation are received.",
        'Be specific; terms such as "lifetime" may not be sufficient.',
        'A diagnosis of "hypercholesterolemia" is specific.',
        "Garments are warranted for one year.",
        'For example, "massage twice a week for 6 months for fibromyalgia" is acceptable.',
        "Your provider must name the treatment, for instance exercise for obesity, and its frequency, such as daily.",
        "This form takes an average of 20 minutes per response and must be renewed every 12 months.",
        "Approvals are limited to 90 days.",
        "Examples of acceptable conditions: arthritis, obesity, hypertension.",
        "Coverage ends on the last day of the plan year.",
        "Visits beyond 12 in a calendar year require review.",
        "Orthopedic shoes, for instance, are reimbursable when prescribed for flat feet for at most one year.",
    ],
)
def test_guidance_and_terms_are_no_facts(guidance: str) -> None:
    found = said(HEAD + "\n" + guidance + "\n", "diagnosis", "frequency", "duration", "treatment", "session_length")
    assert found == {name: [] for name in found}


@pytest.mark.parametrize(
    ("answer", "name", "value"),
    [
        ("Diagnosis (please list the ICD-10 code): Low back pain, M54.50", "diagnosis_code", "M54.50"),
        ("How long must the patient be treated? 6 months", "duration", {"value": 6, "unit": "mo"}),
        ("I recommend that she use massage therapy for 6 months; please note the claim.", "duration",
         {"value": 6, "unit": "mo"}),
        ("Length of treatment: [6 months]", "duration", {"value": 6, "unit": "mo"}),
        ("Diagnosis: [Low back pain, M54.50]", "diagnosis_code", "M54.50"),
    ],
)  # fmt: skip
def test_answers_are_the_writers_however_form_like(answer: str, name: str, value: Any) -> None:
    assert said(HEAD + answer + "\n", name)[name] == [value]


def test_a_blank_template_gives_no_people_treatments_or_courses() -> None:
    printed = (
        "Re: Letter of Medical Necessity for [Product]\nPatient: [Patient Name]\n\nDear [Insert contact name]:\n\n"
        "[PATIENT NAME] has been diagnosed with [DIAGNOSIS] and has tried [PREVIOUS THERAPIES]. I am prescribing "
        "[Product], to be used [frequency] for [duration].\n\nSincerely,\n[Physician Name]\n"
        "Enclosures:\nPrescribing Information\n"
    )
    names = ("patient_name", "provider_name", "signer_name", "treatment", "alternatives_tried", "duration", "frequency")
    assert said(printed, *names) == {name: [] for name in names}
    assert said(printed, "placeholder")["placeholder"]


def test_a_specimens_name_is_nobody() -> None:
    assert said("SAMPLE LETTER\nPatient: JANE SAMPLE\nDiagnosis: ____\n", "patient_name")["patient_name"] == []


def test_a_half_filled_template_gives_what_is_filled_and_shows_the_rest() -> None:
    found = said(
        "Letter of Medical Necessity\nPatient: [Patient Name]\nDiagnosis: Plantar fasciitis, M72.2\n"
        "Treatment: custom orthotics\nDuration: 12 months\n",
        "patient_name", "diagnosis_code", "treatment", "placeholder",
    )  # fmt: skip
    assert found == {
        "patient_name": [], "diagnosis_code": ["M72.2"], "treatment": ["custom orthotics"],
        "placeholder": ["[Patient Name]"],
    }  # fmt: skip


def test_words_before_a_blank_of_a_template_are_filled_in() -> None:
    found = said(
        "Letter of Medical Necessity\nMy patient has [diagnosis]. I recommend aquatic therapy [number] times per week "
        "for [duration].\n", "treatment", "diagnosis", "frequency", "duration",
    )  # fmt: skip
    assert found == {"treatment": ["aquatic therapy"], "diagnosis": [], "frequency": [], "duration": []}


def test_an_offered_row_without_any_entry_is_not_ordered() -> None:
    table = (
        "Service   Frequency   Duration\nPhysical Therapy   2 x/week   6 mo\nSpeech Therapy   ____ x/____   ____ mo\n"
    )
    assert said(HEAD + table, "treatment")["treatment"] == ["Physical Therapy"]


def test_codes_without_a_fee_in_a_printed_price_list_were_not_done() -> None:
    grid = (
        "SUPERBILL\nPatient Name: Nell Farrow   Date of service: 03/02/2026\n"
        "CODE    DESCRIPTION        FEE      CODE    DESCRIPTION      FEE\n"
        "99202   Brief                       97124   Massage          38.00\n"
        "99203   Limited                     97035   Ultrasound\n"
        "99213   Limited            85.00    97010   Hot pack\n"
        "TOTAL FEES: $123.00\n"
    )
    found = said(grid, "procedure_code")["procedure_code"]
    assert "99213" in found
    assert not {"99202", "99203", "97035", "97010"} & set(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "A new statement is needed each year and whenever the treatment changes.",
        "An updated statement must be sent in every six months.",
        'A diagnosis such as hypertension is specific; "wellness" is not.',
        "An answer like back pain is too vague.",
        "I declare that these expenses are for acupuncture twice a week and have not been reimbursed.",
    ],
)
def test_what_a_form_asks_for_is_no_course_and_no_illness(sentence: str) -> None:
    found = said(HEAD + sentence + "\nTreatment: massage therapy", "frequency", "general_health_statement")
    assert found == {"frequency": [], "general_health_statement": []}


@pytest.mark.parametrize(
    "sentence",
    [
        "I attest that massage therapy twice a week is medically necessary to treat her fibromyalgia.",
        "I declare that she needs massage therapy twice a week for her fibromyalgia.",
        "We consider massage therapy twice a week a needed part of your treatment plan for fibromyalgia.",
        "Your prevention plan calls for massage therapy twice a week.",
    ],
)
def test_who_attests_or_writes_to_the_patient_is_still_the_writer(sentence: str) -> None:
    assert said(HEAD + sentence, "frequency")["frequency"][0]["frequency"] == 2
