"""Who is who."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.people.people import people, same_person

Told = Callable[..., list[Any]]

PATIENTS = [
    ("Patient Name: Marisol T. Vance", "Marisol T. Vance"),
    ("Patient: VANCE, MARISOL   DOB: 1/1/1980", "VANCE, MARISOL"),
    ("Patient Name      Date of Birth\nMarisol Vance     1/1/1980", "Marisol Vance"),
    ("Name of Patient: Ms. Marisol Vance", "Marisol Vance"),
    ("RE: Marisol Vance, DOB 1/1/1980", "Marisol Vance"),
    ("Re: Letter of Medical Necessity for Marisol Vance", "Marisol Vance"),
    ("To whom it may concern: my patient, Mr. José García-López, needs massage.", "José García-López"),
    ("I am writing on behalf of my patient Ann O'Brien.", "Ann O'Brien"),
    ("Juan de la Cruz is a 45-year-old man with hypertension.", "Juan de la Cruz"),
    ("Patient First Name: Ann     Patient Last Name: Lee", "Ann Lee"),
    ("PATIENT INFORMATION\nName: Ann Lee\nDOB: 1/1/1980", "Ann Lee"),
    ("Participant Name: Ann Lee\nPatient Name: Self", "Ann Lee"),
    ("Ms. Vance has diabetes. Ms. Vance needs exercise.", "Vance"),
    ("This letter is for Ann Lee (dob 12/12/1986), whom I know well.", "Ann Lee"),
    ("Patient Name: Robert Downing Jr.", "Robert Downing Jr."),
]


@pytest.mark.parametrize(("printed", "name"), PATIENTS)
def test_the_patient_is_found(told: Told, printed: str, name: str) -> None:
    assert told(people, printed, "patient_name") == [name]


NOT_PATIENTS = [
    "Provider Name: Jane Roe, MD",
    "Her mother, Mrs. Rosa Vance, had diabetes.",
    "Participant Name: Ann Lee\nPatient Name: ______________",
    "Dr. Jane Roe is a board certified physician.",
    "Patient Name: ____________\nDate: 3/3/2026",
    "Please have the patient sign below.",
]


@pytest.mark.parametrize("printed", NOT_PATIENTS)
def test_others_are_not_the_patient(told: Told, printed: str) -> None:
    assert told(people, printed, "patient_name") == []


PROVIDERS = [
    ("Provider Name: Dr. Susan O'Brien-Lee, PA-C", "Susan O'Brien-Lee", "PA-C"),
    ("Name of Licensed Practitioner: Jane Roe, M.D.", "Jane Roe", "MD"),
    ("Sincerely,\n\nJonathan Q. Roe, M.D., FACP\nInternal Medicine", "Jonathan Q. Roe", "MD, FACP"),
    ("Respectfully,\n\n\nAnna Kowalski, MSN, FNP-BC", "Anna Kowalski", "MSN, FNP-BC"),
    ("Electronically signed by: Jane Roe, DO on 3/3/2026", "Jane Roe", "DO"),
    ("Provider: Roe, Jane MD", "Roe, Jane", "MD"),
    ("PROVIDER INFORMATION\nName: Jane Roe      Credentials: DC", "Jane Roe", "DC"),
    ("Sincerely,\nJane Roe\nPhysician Assistant", "Jane Roe", "PA"),
    ("Kind regards,\n/s/ Jane Roe, PT, DPT", "Jane Roe", "PT, DPT"),
]


@pytest.mark.parametrize(("printed", "name", "credential"), PROVIDERS)
def test_the_provider_is_found_with_credential(told: Told, printed: str, name: str, credential: str) -> None:
    assert told(people, printed, "provider_name") == [name]
    assert told(people, printed, "provider_credential") == credential.split(", ")


def test_the_signer_is_the_one_under_the_closing(told: Told) -> None:
    printed = "Treating physician: Jane Roe, MD\n\nSincerely,\n\nKim Park, NP"
    assert told(people, printed, "signer_name") == ["Kim Park"]
    assert "Jane Roe" in told(people, printed, "provider_name")


def test_who_is_named_alone_below_the_last_sentence_signs(told: Told) -> None:
    prose = "I prescribe a lift chair for her and she is to use it every day.\n\n"
    assert told(people, prose + "In health,\n\nAna Roe, ND", "signer_name") == ["Ana Roe"]
    assert told(people, prose + "A. Van Roe\nNPI no. 1415790074", "signer_name") == ["A. Van Roe"]
    assert told(people, prose + "Ana Roe\nReceptionist", "signer_name") == []


def test_a_referring_physician_is_not_the_provider(told: Told) -> None:
    printed = "Referring physician: Al Hart, MD\nProvider Name: Jane Roe, MD"
    assert told(people, printed, "provider_name") == ["Jane Roe"]


def test_roles_beside_patient_and_provider(told: Told) -> None:
    printed = (
        "Participant Name: John A. Doe   Employer: Acme Widgets, Inc.\n\n"
        "Training is with Kelly Stone, ACSM-CEP, under the supervision of Dr. Alan Park."
    )
    assert told(people, printed, "participant_name") == ["John A. Doe"]
    assert told(people, printed, "employer_name") == ["Acme Widgets, Inc."]
    assert told(people, printed, "trainer_name") == ["Kelly Stone"]
    assert told(people, printed, "supervisor_name") == ["Alan Park"]


def test_the_practice_is_the_letterheads(told: Told) -> None:
    printed = "Lakeside Family Medicine\n12 Main St, Akron, OH 44301\n\nDear Sir or Madam:\nShe needs massage."
    assert told(people, printed, "practice_name") == ["Lakeside Family Medicine"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Marisol T. Vance", "Marisol Vance", True),
        ("VANCE, MARISOL", "Marisol Vance", True),
        ("M. Vance", "Marisol Vance", True),
        ("Vance", "Marisol Vance", True),
        ("Maria Vance", "Marisol Vance", False),
        ("Marisol Vance", "Marisol Lee", False),
        ("Robert Downing Jr.", "Robert Downing", True),
    ],
)
def test_two_ways_of_writing_one_name(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
