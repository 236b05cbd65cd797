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
    ("PATIENT  Vance, Marisol        BORN  1980-01-01", "Vance, Marisol"),
    ("   Last, First:  VANCE, Marisol        Born:  January 1, 1980", "VANCE, Marisol"),
    ("VANCE, MARISOL T   F  54y   MRN 00831774   PCP: Stelter, K\n\nTo whom it may concern", "VANCE, MARISOL T"),
    ("+---------+-----+\n| Patient | Ref |\n+---------+-----+\n| Ann Lee | J. Roe, MD |\n+---------+-----+", "Ann Lee"),
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
    ("Sincerely,\nRobert T. Roe, M.D., P.A.", "Robert T. Roe", "MD"),
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


OTHER_HANDS: list[tuple[str, dict[str, list[str]]]] = [
    (
        "Dear Sir,\n\nAna Lopez came by last week with a sore back, and I would like her to have massage therapy "
        "twice a month.\n\nJane Roe, MD",
        {"patient_name": ["Ana Lopez"], "signer_name": ["Jane Roe"]},
    ),
    (
        "Dear Sir,\n\nNow Ana has what the book calls lumbago. Ana Lopez is my patient. If Ana had asked I would "
        "have said so.\n\nBest,\nJane Roe, MD",
        {"patient_name": ["Ana Lopez"]},
    ),
    (
        "Patient: Ana Lopez\nEmployee / policy:   Carlos Lopez (husband of patient)\n\nJane Roe, MD",
        {"patient_name": ["Ana Lopez"], "participant_name": ["Carlos Lopez"]},
    ),
    (
        "Patient            Ana Lopez\nSubscriber         Carlos Lopez (domestic partner)\nNPI                "
        "1972606207",
        {"patient_name": ["Ana Lopez"], "participant_name": ["Carlos Lopez"]},
    ),
    (
        "I am treating Ana Lopez. Her coverage runs through her spouse, Carlos Vega, whose number you have.\n\n"
        "Jane Roe, MD",
        {"patient_name": ["Ana Lopez"], "participant_name": ["Carlos Vega"]},
    ),
    (
        "I am treating Ana Lopez, whose plan is carried by a parent, Carlos Vega.\n\nJane Roe, MD",
        {"patient_name": ["Ana Lopez"], "participant_name": ["Carlos Vega"]},
    ),
    (
        "Ana Lopez is insured through the employment of her father, Carlos Vega. I follow Ana Lopez for asthma."
        "\n\nJane Roe, MD",
        {"patient_name": ["Ana Lopez"], "participant_name": ["Carlos Vega"]},
    ),
    (
        "Account belongs to: Carlos Vega (son)\nPatient: Ana Lopez",
        {"patient_name": ["Ana Lopez"], "participant_name": ["Carlos Vega"]},
    ),
    (
        "Physician?\n  Jane Roe, DO      Date: 05-08-2026\nPatient? Ana Lopez",
        {"signer_name": ["Jane Roe"], "patient_name": ["Ana Lopez"]},
    ),
    (
        "Q: You are?  A: Ana Lopez, 7/29/1960\nQ: Last video call with us?  A: 8/26/2025\n\nJane Roe, MD",
        {"patient_name": ["Ana Lopez"]},
    ),
    (
        "Trainer: Sam Poe, CSCS [e-signed 02/24/24]\nClient: Ana Lopez [e-signed 02/24/24]",
        {"trainer_name": ["Sam Poe"], "signer_name": ["Sam Poe"]},
    ),
    (
        "Prepared by: Lynn Oduya, RN\nfor\nJane Roe, MD\n\nSincerely,\n\nJane Roe, MD\ncc: Paul Mint, DPT; Ana Lopez",
        {"signer_name": ["Jane Roe"], "provider_name": ["Jane Roe"]},
    ),
    (
        "Patient: Ana Lopez\n\nSincerely,\n\nJane Roe, MD                 Tom Fay, PT, DPT\nFamily Medicine      "
        "        Rehabilitation",
        {"signer_name": ["Jane Roe", "Tom Fay"]},
    ),
    (
        "Jane Roe, M.D. · Treasure Valley Internal Medicine\n5003 Ashford Way, Ste 254, Boise, Idaho 83702 · "
        "208-555-0134, fax 208-555-0141\n\nMarch 2nd, 2025\n\nDear people,",
        {"practice_name": ["Treasure Valley Internal Medicine"]},
    ),
    (
        "MyGlandPortal  |  Copperfield Endocrine Associates                 Printed on 5/29/2022 7:52 AM\n900 "
        "Copperfield Ave, Toledo, OH 43604-1187   ·   419.555.0189\n\nPatient: Ana Lopez",
        {"practice_name": ["Copperfield Endocrine Associates"]},
    ),
    (
        "To: Optum Financial\nFrom: Jane Roe, FNP-BC, Lakeside Women's Health\nRe: Ana Lopez\n\nPlease reimburse.",
        {"patient_name": ["Ana Lopez"], "practice_name": ["Lakeside Women's Health"]},
    ),
    (
        "Member Name (Last, First): Lopez, Ana\nDependent name: Lopez, Mia\nPatient (check one): [ ] Member [x] "
        "Dependent",
        {"participant_name": ["Lopez, Ana"]},
    ),
    (
        "Account holder name   Ana Lopez\nPatient name (if different)   Mia Lopez\nRelationship to account "
        "holder   Daughter\nProvider (please print)   Jane Roe, MD",
        {"participant_name": ["Ana Lopez"], "patient_name": ["Mia Lopez"], "provider_name": ["Jane Roe"]},
    ),
    (
        "To Whom It May Concern:\n\nThis is to certify that Mr. John A. Smith, 54, is under my care for lumbar "
        "stenosis.\n\nJane Roe, D.C.\nLic. No. 12345 (Ohio)",
        {"patient_name": ["John A. Smith"]},
    ),
    ("Sincerely,\n\nJane Roe, MD, MPH, FACP\n(dictated but not read)\n/lmo", {"signer_name": ["Jane Roe"]}),
]


@pytest.mark.parametrize(("printed", "roles"), OTHER_HANDS)
def test_plans_of_relatives_signatures_in_rows_and_split_letterheads_name_the_right_people(
    told: Told, printed: str, roles: dict[str, list[str]]
) -> None:
    assert {name: set(told(people, printed, name)) for name in roles} == {n: set(v) for n, v in roles.items()}


@pytest.mark.parametrize(
    ("printed", "specialty"),
    [
        ("Provider name: Jane Roe, MD\nSpecialty: Endocrinology\nLicense: NE 28815", "Endocrinology"),
        ("Name: Jane Roe, MD\nProvider's specialty: Sleep medicine", "Sleep medicine"),
        ("With thanks,\n\nJane Roe, MD, Neurology\nNPI 1003000126", "Neurology"),
        ("Provider's name and title\nSimon Ackley, D.O., Oncology", "Oncology"),
    ],
)
def test_the_specialty_stands_behind_its_label_or_the_credentials(told: Told, printed: str, specialty: str) -> None:
    assert specialty in told(people, printed, "specialty")


@pytest.mark.parametrize("label", ["Patient's fuit name", "Patient's tull name", "Patient's full name"])
def test_a_label_bears_a_misread_word(told: Told, label: str) -> None:
    assert told(people, f"1. {label}\nYolanda R. Pembroke", "patient_name") == ["Yolanda R. Pembroke"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        (
            "She needs cupping.\n\nTREATMENT\n  Cupping, given by Luis Poe, LAc\n\nSincerely,\n\nJane Roe, ND",
            ["Luis Poe"],
        ),
        (
            "She needs care.\n\nTREATMENT\n  Adjustments, given by Luis Poe, DC\n\nSincerely,\n\nJane Roe, ND",
            ["Luis Poe"],
        ),
        ("Last year care was given by Luis Poe, DC, without relief.\n\nSincerely,\n\nJane Roe, ND", []),
        ("I order massage by <<WHO>> Luis Poe, LMT, weekly.\n\nSincerely,\n\nJane Roe, MD", ["Luis Poe"]),
    ],
)
def test_who_gives_what_another_prescribes_trains(told: Told, printed: str, name: list[str]) -> None:
    assert told(people, printed, "trainer_name") == name


@pytest.mark.parametrize(
    "sentence",
    [
        "You're the account holder, so I am sending it to you.",
        "You are listed as the person paying for this account.",
        "You were named as the guarantor.",
        "You have been registered as the responsible party.",
    ],
)
def test_to_whom_it_is_said_that_they_pay_is_the_participant(told: Told, sentence: str) -> None:
    head = "From: office@clinic.example\nTo: Ines Poe\nSubject: the letter"
    printed = f"{head}\n\n{sentence}\n\nRegarding my patient Otto Poe, born 1999-09-02."
    assert told(people, printed, "participant_name") == ["Ines Poe"]
    assert told(people, printed, "patient_name") == ["Otto Poe"]


def test_the_letters_of_a_licence_are_nobody(told: Told) -> None:
    printed = "Prescriber (print)\nIda Roe, MD\n\nState and license number\nVT PTL412\n\nSignature\n\n______________"
    assert told(people, printed, "provider_name") == ["Ida Roe"]


@pytest.mark.parametrize(
    ("head", "practice"),
    [
        ("Cedar Bend Teaching Clinic          Graduate Medical Education Service", "Cedar Bend Teaching Clinic"),
        ("QuickVisit Health Corner - inside the Corn Market", "QuickVisit Health Corner"),
        ("SECURE MESSAGE                      Cedar Bend Rheumatology", "Cedar Bend Rheumatology"),
    ],
)
def test_a_practice_is_named_without_the_place_and_the_part_beside_it(told: Told, head: str, practice: str) -> None:
    printed = f"{head}\n8320 Main Street, Casper, WY 82601\nPhone: (307) 555-0144\n\nDear Reviewer,\n\nShe needs yoga."
    assert told(people, printed, "practice_name") == [practice]
