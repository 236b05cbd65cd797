"""Who is who on letters and forms by many hands: names of many origins, relatives, scribes, account holders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.people.labels import role_of
from docscan.extraction.people.people import people
from docscan.extraction.people.persons import same_person

Told = Callable[..., list[Any]]

LETTERS: list[tuple[str, dict[str, list[str]]]] = [
    (
        "Edith Cope's husband, Ray Cope, has the flexible spending account at work. Edith has fibromyalgia and I "
        "prescribe warm water therapy.\n\nHugo Lenz, MD",
        {"patient_name": ["Edith Cope"], "participant_name": ["Ray Cope"]},
    ),
    (
        "I look after my patient Rosa Tamm. Rosa has COPD. Her daughter Liis Tamm carries the insurance."
        "\n\nKofi Mensah, FNP",
        {"patient_name": ["Rosa Tamm"], "participant_name": ["Liis Tamm"]},
    ),
    ("Patient - Ola Berg\nPhysician - Sam Reed MD", {"patient_name": ["Ola Berg"], "provider_name": ["Sam Reed"]}),
    (
        "SECTION 1 - PATIENT INFORMATION\n\nParticipant (employee) name:   Ana Roe\nPatient name:   Tom Roe",
        {"patient_name": ["Tom Roe"], "participant_name": ["Ana Roe"]},
    ),
    (
        "My patient, Mr. Aurelio Pinto, lives with spinal stenosis.\n\nYours,\nDr. med. Heike Sommer",
        {"patient_name": ["Aurelio Pinto"], "signer_name": ["Heike Sommer"]},
    ),
    (
        "Ola Berg, 11/19/78 (FSA: Patricia Berg, wife). Seen 11/27/22 for asthma, needs coaching.",
        {"patient_name": ["Ola Berg"]},
    ),
    (
        "Dear Reviewer,\n\n"
        "Mr. Tāne Whāanga-Ngāti came under my care in May and needs a walker for his stroke.\n\n"
        "With aloha,\nLeilani Kealoha, MD",
        {"patient_name": ["Tāne Whāanga-Ngāti"], "signer_name": ["Leilani Kealoha"]},
    ),
    (
        "To: FSA Store\nFrom: Dr. Siobhán Ní Dhomhnaill\nRe: Ngozi Okonjo-Adeyemi, DOB 4/4/1971\n\n"
        "Ngozi has lupus. I recommend UV clothing.\n\nSiobhán Ní Dhomhnaill, MB BCh\nRheumatology",
        {"patient_name": ["Ngozi Okonjo-Adeyemi"], "provider_name": ["Siobhán Ní Dhomhnaill"]},
    ),
    (
        "I have been treating Jean-Luc de Villiers (born 12 May 1960) for gout since 2019.\n\n"
        "Yours faithfully,\n\nP. K. Subramaniam, MBBS",
        {
            "patient_name": ["Jean-Luc de Villiers"],
            "signer_name": ["P. K. Subramaniam"],
            "provider_credential": ["MBBS"],
        },
    ),
    (
        "Patient: NGUYEN, THI MAI   DOB 1/2/1990\nSubscriber: NGUYEN, VAN HUNG\nProvider: TRAN, KIM-LY DO",
        {
            "patient_name": ["NGUYEN, THI MAI"],
            "participant_name": ["NGUYEN, VAN HUNG"],
            "provider_name": ["TRAN, KIM-LY"],
            "provider_credential": ["DO"],
        },
    ),
    (
        "This letter is written at the request of Maria Elena Fuentes Ortega, who has plantar fasciitis "
        "and is followed in my office.\n"
        "\nBest,\nBo Li, DPM",
        {"patient_name": ["Maria Elena Fuentes Ortega"], "signer_name": ["Bo Li"]},
    ),
    (
        "My patient's mother, Agnes Tull, asked me to write about her son, Peter Tull, age 9, who has "
        "asthma.\n"
        "\nSincerely,\nOmar Haddad, MD",
        {"patient_name": ["Peter Tull"]},
    ),
    (
        "RE: Account of Grace Oyelaran; patient is her husband, Samuel Oyelaran (DOB 2/2/1966)\n\n"
        "Samuel has sleep apnea.\n\nSincerely,\nAna Roe, NP",
        {"patient_name": ["Samuel Oyelaran"], "participant_name": ["Grace Oyelaran"]},
    ),
    (
        "Employee Name: Kwame Asante\nPatient Name: Efua Asante\nRelationship: Daughter\n"
        "Physician Name: Dr. Yaw Boateng\nPhysician Signature: ____________",
        {"patient_name": ["Efua Asante"], "participant_name": ["Kwame Asante"], "provider_name": ["Yaw Boateng"]},
    ),
    (
        "Member: Ingrid Sørensen\nDate of birth: 3/3/1980\nDiagnosis: obesity\n\nSincerely,\nPål Østby, MD",
        {"patient_name": ["Ingrid Sørensen"], "participant_name": ["Ingrid Sørensen"]},
    ),
    (
        "Scribed by Tina Marsh, MA for Dr. Rafael Ibarra\n"
        "Electronically signed by Rafael Ibarra, MD 3/4/2026 10:11 AM\nPatient: Lou Ann Beck",
        {"patient_name": ["Lou Ann Beck"], "provider_name": ["Rafael Ibarra"], "signer_name": ["Rafael Ibarra"]},
    ),
    (
        "Dictated by: Helga Brandt, DO\nTranscribed by: Pat Moss\nPt: Hee-Jin Park",
        {"patient_name": ["Hee-Jin Park"], "provider_name": ["Helga Brandt"]},
    ),
    (
        "Ms. D'Angelo is a 52-year-old teacher whom I follow for migraine. Ms. D'Angelo should have a "
        "TENS unit.\n"
        "\nCordially,\n\nWm. H. Oakes III, M.D.",
        {"patient_name": ["D'Angelo"], "signer_name": ["Wm. H. Oakes III"]},
    ),
    (
        "Referring physician: Alan Hart, MD\nPCP: Jo Weir, MD\nTreating provider: Mei Chen, L.Ac.\nPatient: Sol Stein",
        {"provider_name": ["Mei Chen"], "provider_credential": ["LAC"]},
    ),
    (
        "Emergency contact: Bob Stone\nGuardian: Rita Stone\nChild's name: Milo Stone",
        {"patient_name": ["Milo Stone"], "participant_name": ["Rita Stone"]},
    ),
    (
        "Name (Last, First, MI): O'Connor, Fionnuala T.     DOB: 9/9/1999",
        {"patient_name": ["O'Connor, Fionnuala T."]},
    ),
    (
        "First Name: Ana     Last Name: de Souza\nDOB: 1/1/1970",
        {"patient_name": ["Ana de Souza"]},
    ),
    (
        "Ana Lima, PT, will oversee the sessions; they are led by Marcus Webb, CSCS.\n\n"
        "Sincerely,\nRuth Adler, MD\n(for patient Ida Novak)",
        {"trainer_name": ["Marcus Webb"], "signer_name": ["Ruth Adler"]},
    ),
    (
        "She trains with Coach Dmitri Volkov twice a week under the supervision of Dr. Lena Horvath.\n"
        "\nSincerely,\nLena Horvath, MD",
        {"trainer_name": ["Dmitri Volkov"], "supervisor_name": ["Lena Horvath"]},
    ),
    (
        "I, Priya Raghunathan, MD, certify that Tomasz Wójcik requires a CPAP.",
        {"patient_name": ["Tomasz Wójcik"], "provider_name": ["Priya Raghunathan"]},
    ),
    (
        "To whom it may concern: Jane Roe, MD, has asked me to write. My patient is Carlos Peña.\n"
        "\nThank you,\n\nLuz Marín, PA-C",
        {"patient_name": ["Carlos Peña"], "signer_name": ["Luz Marín"]},
    ),
    (
        "The flexible spending account belongs to his father, Hideo Tanaka.\n\n"
        "Patient: Ken Tanaka\n\nSincerely,\nA. Ruiz, DC",
        {"patient_name": ["Ken Tanaka"], "participant_name": ["Hideo Tanaka"]},
    ),
    (
        "Patient Name\nAbdul-Rahman al-Fayed\nDate of Birth\n01/01/1980",
        {"patient_name": ["Abdul-Rahman al-Fayed"]},
    ),
    (
        "cc: Ben Ali, MD\n\nRe: Zoë Quinn\n\nZoë is doing well.\n\nSincerely,\n\nKai Lund, PsyD\nLicensed Psychologist",
        {"patient_name": ["Zoë Quinn"], "provider_name": ["Kai Lund"], "provider_credential": ["PSYD"]},
    ),
    (
        "Dear Ms. Ortiz,\n\n"
        "You asked me for a letter. Leon Ortiz has scoliosis and I prescribe a brace.\n\nRegards,\n"
        "Uma Rao, MD",
        {"patient_name": ["Leon Ortiz"]},
    ),
    (
        "Dear Mr. Kim:\n\nI am writing about my patient Sook Kim.\n\nSincerely\nJo Day, RDN, LD",
        {"patient_name": ["Sook Kim"], "provider_credential": ["RDN", "LD"]},
    ),
    (
        "St. Mary's Family Practice\n1 Elm St, Erie, PA 16501\n\nPATIENT: MARY ST. JOHN\n\n"
        "Sincerely,\nJOHN ST. CLAIR JR., M.D.",
        {
            "patient_name": ["MARY ST. JOHN"],
            "signer_name": ["JOHN ST. CLAIR JR."],
            "practice_name": ["St. Mary's Family Practice"],
        },
    ),
    (
        "Eugene Fox Chiropractic\n12 Oak Ave, Reno, NV 89501\n\nRe: Eve Fox\n\nSincerely,\n\nEugene Fox, D.C.",
        {"patient_name": ["Eve Fox"], "practice_name": ["Eugene Fox Chiropractic"], "provider_name": ["Eugene Fox"]},
    ),
    (
        "Prepared by Nora Lee, RN on behalf of Dr. Ivan Petrov\n\nPatient: Sam Hill\n\nIvan Petrov, MD",
        {"provider_name": ["Ivan Petrov"], "patient_name": ["Sam Hill"]},
    ),
    (
        "Please allow Virginia Woods to buy a hot tub for her arthritis. Virginia Woods has tried pills.\n"
        "\nSincerely,\nApril May, NP",
        {"patient_name": ["Virginia Woods"], "signer_name": ["April May"]},
    ),
    (
        "Patient Has hypertension\nProvider Name: Lee Ann Moe, Nurse Practitioner",
        {"patient_name": [], "provider_name": ["Lee Ann Moe"], "provider_credential": ["NP"]},
    ),
    (
        "Concerning the above-named patient, Yusuf bin Ismail, I write in support of massage therapy.\n"
        "\nSincerely,\nMary-Kate O’Malley-Ruiz, D.O.",
        {"patient_name": ["Yusuf bin Ismail"], "signer_name": ["Mary-Kate O’Malley-Ruiz"]},
    ),
    (
        "Patient: J. R. Ewing     DOB 5/5/55\nDoctor: Sue Ellen Barnes, Doctor of Osteopathic Medicine",
        {"patient_name": ["J. R. Ewing"], "provider_credential": ["DO"]},
    ),
    (
        "Authorized by: Q. Xu, PharmD\nPatient: Pia Bo",
        {"signer_name": ["Q. Xu"], "patient_name": ["Pia Bo"]},
    ),
    (
        "HSA owner: Hal Ito (patient's spouse)\nPatient: Kei Ito",
        {"participant_name": ["Hal Ito"], "patient_name": ["Kei Ito"]},
    ),
    (
        "It is my opinion that Bartholomew Nwachukwu-Jones would benefit from acupuncture for sciatica.\n"
        "\nMany thanks,\nEsi Owusu, licensed acupuncturist",
        {"patient_name": ["Bartholomew Nwachukwu-Jones"], "provider_credential": ["LAC"]},
    ),
    (
        "Jane Doe was seen by my colleague Dr. Paul Voss last year and referred to me.\n\nSincerely,\nAmy Tan, MD",
        {"patient_name": ["Jane Doe"], "provider_name": ["Amy Tan"]},
    ),
    (
        "ATTN: Janet Lowe, Claims\n\nRE: Luis Vega\n\nSincerely,\nTheo Kraus, MD",
        {"patient_name": ["Luis Vega"]},
    ),
    (
        "Patient name:\nPrewitt-\n\nProvider name (print):\nValentina\nPrewitt-Osborne, MD\n",
        {"provider_name": ["Valentina Prewitt-Osborne"], "provider_credential": ["MD"]},
    ),
    (
        "Signed: Ola Berg, MD     Date: 3/3/2026\nPatient signature: Finn Dahl",
        {"signer_name": ["Ola Berg"]},
    ),
]


@pytest.mark.parametrize(("printed", "roles"), LETTERS)
def test_everybody_has_the_right_role(told: Told, printed: str, roles: dict[str, list[str]]) -> None:
    assert {name: sorted(told(people, printed, name)) for name in roles} == {n: sorted(v) for n, v in roles.items()}


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Patient's physician", "provider"),
        ("Name and birth date of person receiving care", "patient"),
        ("Who's it for", "patient"),
        ("Whose account", "participant"),
        ("Name of account holder and relationship", "participant"),
        ("Person preparing form", "other"),
        ("Attending co-sign", "signer"),
        ("Who runs the rides", "trainer"),
        ("Supervising physician", "supervisor"),
        ("Primary care physician", "other"),
        ("Name (type or print)", "name"),
        ("Patient's date of birth", None),
        ("Patient signature", None),
        ("Member ID", None),
        ("Who holds the spending account", "participant"),
        ("Whose FSA is it", "participant"),
        ("Responsible party for", "patient"),
        ("Who is treating the patient", "provider"),
    ],
)
def test_a_label_is_understood_by_its_sense(label: str, role: str | None) -> None:
    assert role_of(label) == role


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Marisol Vance-Lopez", "Marisol Vance", True),
        ("Zach Bielski", "Zachariah Bielski", True),
        ("Van der Berg, Nnamdi", "Nnamdi Van der Berg", True),
        ("H. Jaramillo", "Henrietta Jaramillo", True),
        ("Katarzyna Wojcik", "Katarzyna Wojclk", True),
        ("Mario Vance", "Maria Vance", False),
        ("Hideo Kowalczyk", "Vikram Kowalczyk", False),
        ("Grace Oyelaran", "Samuel Oyelaran", False),
    ],
)
def test_relatives_are_two_and_misread_names_are_one(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("V É R A N D A   M E D I C I N E\n12 Elm St, Fargo, ND 58102", "VÉRANDA MEDICINE"),
        ("DOGWOOD PAIN & SPINE, PC      660 Tollgate Street, Macon GA 31201", "DOGWOOD PAIN & SPINE, PC"),
        ("FROM: Ana Roe, NP -- Three Rivers Acupuncture & Nursing\nTO: Plan", "Three Rivers Acupuncture & Nursing"),
        ("Practice: Ridgecut Weight Center, 6853 Copper Way, Suite 30", "Ridgecut Weight Center"),
        ("FULFILLED BY: CASCADE TELENUTRITION GROUP\n9 GRANARY STREET   SALEM OR 97301", "CASCADE TELENUTRITION GROUP"),
        ("TREASURE VALLEY FOOT & ANKLE\n5256 Heron Road * Boise ID 83702", "TREASURE VALLEY FOOT & ANKLE"),
    ],
)
def test_a_practice_is_named_without_its_address(told: Told, printed: str, name: str) -> None:
    assert told(people, printed, "practice_name") == [name]


@pytest.mark.parametrize(
    "printed",
    [
        "TRELLIS BENEFIT ADMINISTRATORS\n12 Elm St, Fargo, ND 58102\n\nPatient: Ann Lee",
        "Letter of Medical Necessity\n\nPatient: Ann Lee",
        "Type of office:   [ ] MD/DO   [x] Chiropractic\nLAST SEEN IN CLINIC:   4-MAY-2023",
    ],
)
def test_forms_and_administrators_are_no_practices(told: Told, printed: str) -> None:
    assert told(people, printed, "practice_name") == []


PLACES_ON_THE_PAGE: list[tuple[str, dict[str, list[str]]]] = [
    ("RE: ABA services for Theodore \"Teddy\" Brandt\n\nTeddy Brandt needs them.\n\nSincerely,\nAnn Ode, MD",
     {"patient_name": ['Theodore "Teddy" Brandt']}),
    ("RE: Nexus letter for John D. Marsh, DOB: 03/15/1975", {"patient_name": ["John D. Marsh"]}),
    ("Re: Level 2 appeal, file 24-7, Beatrix Bale (born 26 June 1990)", {"patient_name": ["Beatrix Bale"]}),
    ("RE: Patient's Name and Address:\nJohn Harrow\nRR 1", {"patient_name": ["John Harrow"]}),
    ("LETTER\nMichael Jurgens, *21.06.1952\n\nMr. Jurgens falls.", {"patient_name": ["Michael Jurgens"]}),
    ("2. Whom is the service for?\nOlek Mallister", {"patient_name": ["Olek Mallister"]}),
    ("Patient: Peter High\nPhysician: Laura Street, DO",
     {"patient_name": ["Peter High"], "provider_name": ["Laura Street"]}),
    ("Dr. Howard Teller\nMedical Director\nSummit Health Plan\nPatient: Lorraine Ostrow\nDear Dr. Teller:\n"
     "I treat her for gout.\nSincerely,\nAnil Desh, MD",
     {"provider_name": ["Anil Desh"], "signer_name": ["Anil Desh"], "patient_name": ["Lorraine Ostrow"]}),
    ("Ada Quist\nClaims Examiner\nPacific Flex Benefits\n\nDear Ms. Quist:\n\n"
     "I write concerning our patient Tobias Lind.\n\nSincerely,\nIngrid Solheim, NP-C",
     {"patient_name": ["Tobias Lind"], "provider_name": ["Ingrid Solheim"]}),
    ("Account holder: [Linda Font]\nPatient: [Sorcha Young]\n\nThank you for your time,\n\n[Ray E. McAll, DO]",
     {"participant_name": ["Linda Font"], "patient_name": ["Sorcha Young"], "signer_name": ["Ray E. McAll"]}),
    ("Patient: [Patient's Name]\nProvider: [Name of provider]", {"patient_name": [], "provider_name": []}),
    ("Subject: FW: LMN for Linda Young (subscriber Undine G. Hill)\nPatient: Linda Young",
     {"patient_name": ["Linda Young"], "participant_name": ["Undine G. Hill"]}),
    ("Denise Fowl\n18 Maple Ct\n330-555-0166\n\nDear Appeals Committee,\n"
     "I am writing to appeal the denial of my claim, as my doctor asks.\n\nSincerely,\nDenise Fowl",
     {"patient_name": ["Denise Fowl"], "provider_name": [], "signer_name": [], "practice_name": []}),
    ("Date 1/8/26\nName  Rosalind Thack\nAddress  9 Pine Ct\nRx: standing desk\n__________\nDesmond Okoro, MD",
     {"patient_name": ["Rosalind Thack"]}),
    ("Patient: Low, Ann      DOB 3.3.1983", {"patient_name": ["Low, Ann"]}),
    ("From: Dr. Lucy Okafor, Arbor Women's Health\nRegarding: Bea Wong", {"provider_name": ["Lucy Okafor"]}),
    ("Section A - Employee\nLast name: Drum     First name: Keziah\nSection B - Patient\n"
     "Last name: Drum     First name: Ezra    DOB: 12/12/2012",
     {"patient_name": ["Ezra Drum"], "participant_name": ["Keziah Drum"]}),
    ("Participant Name: Olga Ivan (same as patient)",
     {"patient_name": ["Olga Ivan"], "participant_name": ["Olga Ivan"]}),
    ("Sincerely,\n\n____________\nPhysician Signature\n\nEnclosures:\nClinical Trial Summary\nSafety Information",
     {"provider_name": [], "signer_name": []}),
    ("Patient being referred: Ella Voss", {"patient_name": ["Ella Voss"]}),
    ("Ms. Lula Grey\n77 Birch Rd\nBend, OR 97701\n\n"
     "Dear Lula,\n\nYou have been treated here since you were diagnosed.\n"
     "\nBest,\nNiall Gall, DMD\nDeschutes Dental Arts",
     {"patient_name": ["Lula Grey"], "practice_name": ["Deschutes Dental Arts"]}),
    ("I have been Calla Stavros's psychiatrist since 2019.\n\nFran Acht, MD", {"patient_name": ["Calla Stavros"]}),
    ("For: feel better\nPatient: Al Bo", {"patient_name": ["Al Bo"]}),
    ("Reason for: more energy\nFor: CLINIC-RUN PROGRAM", {"patient_name": []}),
    ("3c. Practice: Muskingum Weight Surgery Associates", {"practice_name": ["Muskingum Weight Surgery Associates"]}),
    ("Hi, pasting the letter below.\n\n-----\n\nPenobscot Allergy & Asthma\n4252 Copper Way\n"
     "Bangor ME 04401\n\nPatient: Al Bo",
     {"practice_name": ["Penobscot Allergy & Asthma"]}),
    ("Subject: note\nFrom: Una Ash, DO\n\nHi Tom,\n\nYou can print this message and show it to them.\n\nUna Ash, DO\n"
     "Taproot Functional Medicine\n9500 Fox Blvd, Rutland, VT 05701",
     {"practice_name": ["Taproot Functional Medicine"]}),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "roles"), PLACES_ON_THE_PAGE)
def test_blocks_of_the_page_and_reference_lines_say_who_is_who(
    told: Told, printed: str, roles: dict[str, list[str]]
) -> None:
    found = {name: sorted({*told(people, printed, name)}) for name in roles}
    assert found == {n: sorted(v) for n, v in roles.items()}


STRANGE_HANDS: list[tuple[str, dict[str, list[str]]]] = [
    (
        "His wife Marta Quill is the policyholder. I treat Owen Quill for gout.\n\nSincerely,\nJane Roe, MD",
        {"patient_name": ["Owen Quill"], "participant_name": ["Marta Quill"]},
    ),
    (
        "Prepared for: Ana Lopez\nPrepared by: Jane Roe, DC\n\nMs. Lopez needs a brace for her back pain.",
        {"patient_name": ["Ana Lopez"], "provider_name": ["Jane Roe"]},
    ),
    (
        "Ana Lopez has asthma and needs an air purifier at home every night.\n\n- Dr. Omar Haddad, 3/4/2026",
        {"patient_name": ["Ana Lopez"], "signer_name": ["Omar Haddad"]},
    ),
    (
        "Ana Lopez has sleep apnea and needs a wedge pillow at home every night.\n\nDr. Omar Haddad, Sleep "
        "Medicine, 3/4/2026",
        {"patient_name": ["Ana Lopez"], "signer_name": ["Omar Haddad"]},
    ),
    (
        "To the plan:\n\nLena Brandt's severe asthma requires an air purifier in the bedroom.\n\nThank "
        "you,\nOmar Haddad, MD",
        {"patient_name": ["Lena Brandt"], "signer_name": ["Omar Haddad"]},
    ),
    (
        "Subject: LMN - Lena Brandt\n\nShe has plantar fasciitis.\n\nThank you,\nOmar Haddad, DPM",
        {"patient_name": ["Lena Brandt"]},
    ),
    (
        "Patient: Lena Brandt\nDx: lumbago\nRx: massage\n\nSigned/dated: Omar Haddad, DC 3/4/2026",
        {"patient_name": ["Lena Brandt"], "signer_name": ["Omar Haddad"]},
    ),
    (
        "FROM: CEDAR MILL MED CENTER 5035550144  TO: HSA DESK  P. 1/1\n\nPatient: Lena Brandt\nProvider: Jane Roe, MD",
        {"patient_name": ["Lena Brandt"], "provider_name": ["Jane Roe"]},
    ),
    (
        "6. Account holder's name, if other than the patient\nCarl Brandt\n7. Patient\nLena Brandt",
        {"patient_name": ["Lena Brandt"], "participant_name": ["Carl Brandt"]},
    ),
    (
        "Patient: Lena Brandt (daughter)\nMember covering her: Carl Brandt",
        {"patient_name": ["Lena Brandt"], "participant_name": ["Carl Brandt"]},
    ),
    (
        "Employee name: Carl Brandt\nPatient name: same\n\nPage 2    Patient: C. Brandt\n\nProvider: Jane Roe, MD",
        {"patient_name": ["Carl Brandt"], "participant_name": ["Carl Brandt"]},
    ),
    (
        "Flexible Spending Accounts Division\nPO Box 4\n\nIn the matter of Miss Lena Brandt\n\nShe has "
        "gout.\n\nJane Roe, MD",
        {"patient_name": ["Lena Brandt"], "participant_name": []},
    ),
    (
        "March 3, 2026\n\nLena Brandt, May 9, 1961. R knee arthritis. Aquatic exercise daily for 8 "
        "weeks.\n\nJane Roe, MD",
        {"patient_name": ["Lena Brandt"]},
    ),
    (
        "Dear Claims,\n\nThis is a letter in favor of Lena Brandt, one of my long-time patients, who has "
        "vertigo.\n\nJane Roe, PT",
        {"patient_name": ["Lena Brandt"]},
    ),
    (
        "To: Benefits\nFr: Jane Roe, LAc\nRe: pt Lena Brandt / FSA is spouse's (Carl Brandt)\n\nNeck pain.",
        {"patient_name": ["Lena Brandt"], "participant_name": ["Carl Brandt"], "provider_name": ["Jane Roe"]},
    ),
    (
        "My name is Jane Roe and I am a licensed acupuncturist. For the last year Lena Brandt has come to me "
        "for migraine.\n\nJane Roe, LAc",
        {"patient_name": ["Lena Brandt"], "provider_name": ["Jane Roe"]},
    ),
    (
        "Clinician: Jane Roe, NP (for Dr. Omar Haddad)\nClient: Lena Brandt\nInsured: Carl Brandt",
        {"patient_name": ["Lena Brandt"], "participant_name": ["Carl Brandt"]},
    ),
    (
        "With this note I order a shower chair for Lena Brandt (79). Call the office with questions.\n\nJ. Roe MD",
        {"patient_name": ["Lena Brandt"], "signer_name": ["J. Roe"]},
    ),
    (
        "Re: ABA services for Timmy Brandt\n\nTimmy has autism. His father, Carl Brandt, has the HSA.\n\nJane "
        "Roe, BCBA",
        {"patient_name": ["Timmy Brandt"], "participant_name": ["Carl Brandt"]},
    ),
    (
        "Re: Nexus Letter for Lena Brandt\n\nSolaris TributeNight garment was fitted.\n\nJane Roe, MD",
        {"patient_name": ["Lena Brandt"]},
    ),
]


@pytest.mark.parametrize(("printed", "roles"), STRANGE_HANDS)
def test_whose_plan_who_signs_and_what_is_no_name_is_told_in_many_words(
    told: Told, printed: str, roles: dict[str, list[str]]
) -> None:
    assert {name: set(told(people, printed, name)) for name in roles} == {n: set(v) for n, v in roles.items()}


@pytest.mark.parametrize(
    "printed",
    [
        "Cedar Mill Imaging",
        "LEX HCFSA",
        "Flexible Spending Accounts Division",
        "Prairie Guard Troop Medical Clinic",
        "A. Rahman Campus",
        "Apollo Hospitals, Pune",
    ],
)
def test_firms_plans_and_places_are_nobodys_name(told: Told, printed: str) -> None:
    fields = ("patient_name", "participant_name", "provider_name", "signer_name")
    assert [told(people, f"Patient: Lena Brandt\n\n{label}: {printed}\n", name) for name in fields[2:]
            for label in ("Provider", "From")] == [[]] * 4  # fmt: skip


SHORTENED_SHARED_AND_DECLARED: list[tuple[str, dict[str, list[str]]]] = [
    (
        "RE Okafor, Linda -- dob 3/9/1961\n\nLinda has gout. I prescribe a pool program.\n\nSincerely,\nHana Weiss, MD",
        {"patient_name": ["Okafor, Linda"], "provider_name": ["Hana Weiss"]},
    ),
    ("Name  Theo Abara     Born 01.02.1990\nAcct  Grace Abara (mother)\n\nRx: acupuncture weekly for migraine",
     {"patient_name": ["Theo Abara"], "participant_name": ["Grace Abara"]}),
    ("Pt: Karim L. Dunn, M, DOB 7/7/1977\nDx sciatica. Needs traction table.\nOwen Price, DC",
     {"patient_name": ["Karim L. Dunn"]}),
    ("Account: Mina Sand\nPatients: Mina S. / Otto Sand\nPT: Jana Kolar, PT, DPT\n\nTherapy 90.00",
     {"patient_name": ["Mina Sand", "Otto Sand"], "participant_name": ["Mina Sand"]}),
    ("This is to certify that Ola Berg, a member of your plan, has vertigo.\n\nBirgit Lang, AuD",
     {"patient_name": ["Ola Berg"]}),
    ("Jon Weld, who gets his coverage through his wife Clara Weld's employer, lives with gout.\n\nIngrid Sato, MD",
     {"patient_name": ["Jon Weld"], "participant_name": ["Clara Weld"]}),
    ("FSA Appeals, Second Level\nVIA FAX\n\nRe: Leo Castle, date of birth 11/8/1988", {"participant_name": []}),
    ("RE: T. Weld\n\nWeld, Thomas   dob May 23, 1951\n\nHe needs a bicycle.", {"patient_name": ["Weld, Thomas"]}),
    ("I, Bruno Ekholm, agree to pay $80 a month for unlimited classes.",
     {"patient_name": ["Bruno Ekholm"], "provider_name": []}),
    ("Patient: Tessa Moreau    DOB 5/5/1980\nRelationship to employee: Self\nDiagnosis: asthma",
     {"patient_name": ["Tessa Moreau"], "participant_name": ["Tessa Moreau"]}),
    ("Patient: Tessa Moreau    DOB 5/5/1980\nRelationship to employee: [ ] Self  [x] Spouse\nDiagnosis: asthma",
     {"participant_name": []}),
    ("My patient Ida Lund has arthritis. Tom Archer, LMT, has offered to work with her twice a week.\n\nNadia Roth, MD",
     {"patient_name": ["Ida Lund"], "trainer_name": ["Tom Archer"]}),
    ("My patient Ida Lund has arthritis. Until then Kim Lowe, our assistant, can take your call.\n\nNadia Roth, MD",
     {"patient_name": ["Ida Lund"], "trainer_name": []}),
    ("Patient: Milo Castle\nWhat are you treating? Give ICD-10.\nM15.3 - arthritis", {"provider_name": []}),
    ("The Claims Department\nFlexible Benefit Plans\n\nRe: Leo Castle, date of birth 11/8/1988",
     {"participant_name": []}),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "roles"), SHORTENED_SHARED_AND_DECLARED)
def test_shortened_names_shared_accounts_and_declarations_are_understood(
    told: Told, printed: str, roles: dict[str, list[str]]
) -> None:
    assert {name: set(told(people, printed, name)) for name in roles} == {n: set(v) for n, v in roles.items()}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("[Jane Roe, MD]\n[Moorhen Private Medicine, by membership only]\n[12 Oak St, Quincy, IL 62301]",
         "Moorhen Private Medicine"),
        ("Practice:   Moorhen Pool & Joint Physical Therapy (owner)", "Moorhen Pool & Joint Physical Therapy"),
        ("From: Jane Roe, PsyD (Psychology), Moorhen Mind & Body Counseling\nTo: Leo Castle\nSent: 5/20/2024\n\nHi,",
         "Moorhen Mind & Body Counseling"),
    ],
)  # fmt: skip
def test_a_practice_is_named_without_what_is_said_of_it(told: Told, printed: str, name: str) -> None:
    assert told(people, printed, "practice_name") == [name]


@pytest.mark.parametrize(
    ("told_of", "name"),
    [
        ("Brandt, Lena. *09.06.2003. Chart 5520", "Brandt, Lena"),
        ("Req no. 77. Ordered today. Pt BRANDT, LENA, F, 09/06/2003, MRN 0047716.", "BRANDT, LENA"),
        ("Collected 0740, fasting. Patient Brandt, Lena (F) 09/06/2003, room 4.", "Brandt, Lena"),
        ("Lab slip no. 9 - pt: Brandt, Lena, female, born 2003", "Brandt, Lena"),
        ("Chart 71 / Brandt, Lena / F / 09/06/2003", "Brandt, Lena"),
        ("Client BRANDT, LENA M. 22F, MRN 71", "BRANDT, LENA M."),
        ("Order for BRANDT, LENA, DOB 09/06/2003, left knee.", "BRANDT, LENA"),
        ("Regarding Lena Brandt", "Lena Brandt"),
        ("Concerning Ms. Lena Brandt", "Lena Brandt"),
        ("Re Lena Brandt", "Lena Brandt"),
        ("REGARDING LENA BRANDT", "LENA BRANDT"),
        ("About Lena Brandt, 09/06/2003", "Lena Brandt"),
        ("Regarding Brandt, Lena", "Brandt, Lena"),
        ("Lena Brandt, F, 09/06/2003", "Lena Brandt"),
        ("Lena Brandt - 09/06/2003 - female", "Lena Brandt"),
        ("Subject Lena Brandt", "Lena Brandt"),
    ],
)
def test_name_and_birth_told_in_one_breath_are_the_patients(told: Told, told_of: str, name: str) -> None:
    page = f"ELM CLINIC\n12 Main St, Reno, NV 89501\n\n{told_of}\n\nThe knee is sore on most days.\n\nJane Roe, MD"
    assert told(people, page, "patient_name") == [name]


@pytest.mark.parametrize(
    "line",
    [
        "Regarding Medical Necessity",
        "Concerning Flexible Spending",
        "About Elm Clinic",
        "Signed at Reno, Nevada, 09/06/2003",
        "Weighed with Smart Scale, Model M, 09/06/2003",
    ],
)
def test_what_a_line_is_about_need_be_nobody(told: Told, line: str) -> None:
    page = f"ELM CLINIC\n12 Main St, Reno, NV 89501\n\n{line}\n\nThe knee is sore on most days.\n\nJane Roe, MD"
    assert told(people, page, "patient_name") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Brandt, whose expenses run through the spending account of his partner Ines Poe, has been under our care.",
        "Mr. Brandt, who is covered by the HSA of his wife Ines Poe, is a 61-year-old man with asthma.",
        "Mr. Brandt, insured through his wife Ines Poe, has been followed here since March.",
        "Mr. Brandt, whose account is held by his wife Ines Poe, needs massage for his asthma.",
        "Mr. Brandt, who came with his wife Ines Poe, was seen by me for asthma.",
        "Mr. Brandt (whose wife, Ines Poe, has the FSA) is my patient.",
        "Mr. Brandt, dependent on the FSA of his mother Ines Poe, needs massage for asthma.",
        "Mr. Brandt, a beneficiary under the HRA that his wife Ines Poe carries, has had asthma for years.",
        "Mr. Brandt, who is on the plan of his wife, Ines Poe, lives with asthma.",
        "Mr. Brandt, who uses the flexible spending account of his wife, Ines Poe, suffers from asthma.",
    ],
)
def test_behind_a_clause_the_sentence_goes_on_about_its_subject(told: Told, sentence: str) -> None:
    page = f"Elm Clinic\n\nRegarding Carl Brandt\n\nTo the plan,\n\n{sentence}\n\nSincerely,\n\nJane Roe, MD"
    assert told(people, page, "patient_name") == ["Carl Brandt"]
    short = page.replace("Regarding Carl Brandt\n\n", "").replace("Mr. Brandt", "Carl Brandt")
    assert told(people, short, "patient_name") == ["Carl Brandt"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sessions will give Ines Poe, LMT, with yoga certificate also.",
        "The classes will be taught twice a week, and will teach them Ines Poe, CPT.",
        "Training will lead our Ines Poe, ACSM-CEP.",
        "For the sessions she goes to Ines Poe, ACSM-CPT.",
        "The exercise visits will be with Ines Poe, LMT.",
    ],
)
def test_who_will_give_the_sessions_is_told_in_any_order(told: Told, sentence: str) -> None:
    page = f"Elm Clinic\n\nRe: Carl Brandt\n\nHe needs yoga for his back.\n\n{sentence}\n\nSincerely,\n\nJane Roe, MD"
    assert told(people, page, "trainer_name") == ["Ines Poe"]


@pytest.mark.parametrize(
    ("end", "signer"),
    [
        ("Prescriber: Jane Roe, DO\nNPI: 1224823512\n\nCompleted by: Jane Roe, DO", ["Jane Roe"]),
        ("Form completed by: Jane Roe, MD", ["Jane Roe"]),
        ("Form filled in by Jane Roe, MD on 03/03/2026", ["Jane Roe"]),
        ("Prescriber: Jane Roe, DO\n\nFilled out by: Jane Roe, DO     03/03/2026", ["Jane Roe"]),
        ("Prescriber: Jane Roe, DO\n\nCompleted by: Otto Poe, front desk", []),
        ("Prescriber: Jane Roe, DO\n\nPrepared by: Otto Poe", []),
        ("Completed by: Otto Poe, RN\n\nSigned: Jane Roe, MD", ["Jane Roe"]),
    ],
)
def test_who_completes_a_form_that_nobody_else_signs_has_signed_it(told: Told, end: str, signer: list[str]) -> None:
    page = f"ELM LIMB & BRACE\n\nPatient name:     Lena Brandt\nReason:     sore ankle\nHow often:     weekly\n\n{end}"
    assert told(people, page, "signer_name") == signer


@pytest.mark.parametrize(
    ("head", "practice"),
    [
        ("CEDAR GATE INTERNAL MEDICINE -- LAB REQUISITION", "CEDAR GATE INTERNAL MEDICINE"),
        ("Cedar Gate Internal Medicine - Letter of Medical Necessity", "Cedar Gate Internal Medicine"),
        ("Cedar Gate Clinic — Progress Note", "Cedar Gate Clinic"),
        ("CEDAR GATE CLINIC: VISIT SUMMARY", "CEDAR GATE CLINIC"),
        ("Cedar Gate Clinic | Discharge Instructions", "Cedar Gate Clinic"),
        ("ORDER FORM - CEDAR GATE CLINIC", "CEDAR GATE CLINIC"),
        ("Cedar Gate Clinic – Rx", "Cedar Gate Clinic"),
        ("Cedar Gate Medical Group // Referral", "Cedar Gate Medical Group"),
        ("Cedar Gate Physical Therapy - Plan of Care", "Cedar Gate Physical Therapy"),
        ("Cedar Gate Clinic -- Prior Authorization Request", "Cedar Gate Clinic"),
        ("Cedar Gate Clinic - Fax Cover Sheet", "Cedar Gate Clinic"),
        ("Cedar Gate Clinic, After-Visit Summary", "Cedar Gate Clinic"),
        ("Cedar Gate Clinic ... Visit Record", "Cedar Gate Clinic"),
        ("Cedar Gate Clinic - North Campus", "Cedar Gate Clinic - North Campus"),
        ("Roe-Poe Family Medicine", "Roe-Poe Family Medicine"),
        ("Cedar Gate Notes Recovery Center", "Cedar Gate Notes Recovery Center"),
    ],
)
def test_a_practice_is_named_without_the_title_of_its_paper(told: Told, head: str, practice: str) -> None:
    page = (
        f"{head}\n12 Main St, Reno, NV 89501. Line (915) 555-0126.\n\nPt: Lena Brandt\n\nThe knee is sore on most days."
    )
    assert told(people, page, "practice_name") == [practice]


@pytest.mark.parametrize(
    "specialty",
    [
        "Hospice and Palliative Medicine",
        "Pulmonary & Critical Care Medicine",
        "Physical Medicine and Rehabilitation",
        "Obstetrics and Gynecology",
        "Family and Community Medicine",
        "Endocrinology, Diabetes & Metabolism",
        "Allergy and Immunology",
        "Child and Adolescent Psychiatry",
        "Internal Medicine / Pediatrics",
        "Hematology-Oncology",
        "Orthopedic Surgery & Sports Medicine",
        "Department of Internal Medicine",
        "Pain Medicine",
        "Preventive and Occupational Medicine",
        "Ear, Nose & Throat Surgery",
    ],
)
def test_what_a_signer_practises_is_not_where(told: Told, specialty: str) -> None:
    letter = (
        f"To the plan,\n\nShe needs massage for her back.\n\nSincerely,\n\nJane Roe, MD\n{specialty}\nNPI 1117132914"
    )
    head = "Lantern Bay Doctors\n7645 Heron Way, Duluth, MN 55802\noffice 218 555-0175\n\n"
    assert told(people, letter, "practice_name") == []
    assert told(people, head + letter, "practice_name") == ["Lantern Bay Doctors"]


@pytest.mark.parametrize(
    "signed",
    ["Signed: Lena Brandt     12/09/25", "Signed by: Lena Brandt, 12/09/25", "Signed by member: Lena Brandt"],
)
def test_whom_a_contract_serves_signs_it(told: Told, signed: str) -> None:
    page = (
        "ELM MEDICAL FITNESS, LLC\n12 Main St, Reno, NV 89501\n\nMEMBERSHIP AGREEMENT\n\nMember:     Lena Brandt\n"
        "Invoice no.:     INV-25-6094\n\nDues, first quarter          238.47\nLocker          100.00\n"
        f"Total          338.47\nPaid by card          338.47\n\n{signed}"
    )
    assert told(people, page, "signer_name") == ["Lena Brandt"]
    assert told(people, page, "provider_name") == []
