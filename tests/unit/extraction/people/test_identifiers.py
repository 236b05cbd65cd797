"""Numbers that identify."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.people.identifiers import identifiers
from docscan.extraction.text.annotated import AnnotatedText

Told = Callable[..., list[Any]]

CASES = [
    ("NPI: 1234567893", "provider_npi", ["1234567893"]),
    ("NPI # 12345 67893", "provider_npi", ["1234567893"]),
    ("National Provider Identifier (NPI)\n1234567893", "provider_npi", ["1234567893"]),
    ("Date   J. Rendering NPI\n03 16 2026   1234567893", "provider_npi", ["1234567893"]),
    ("NPI: 12345678g3", "provider_npi", []),
    ("NPI: 123456789O", "provider_npi", [None]),
    ("Call 1234567893", "provider_npi", []),
    ("State and license number\nVT PTL412", "provider_license", ["VT PTL412"]),
    ("Idaho license no. [ME52343]", "provider_license", ["ID ME52343"]),
    ("Sincerely,\n\nAna Roe, DO\nTN 1069 / NPI 1234567893", "provider_license", ["TN 1069"]),
    ("License: State TX  No. M4471", "provider_license", ["TX M4471"]),
    ("License issued by Nevada, number 12883", "provider_license", ["NV 12883"]),
    (
        "May 31, 2019 08:14   FROM: GOLDEN HILL EYE 915 555 0173   TO: CLAIMS   P. 01/01\n\n"
        "GOLDEN HILL EYE ASSOCIATES\nT 915 555 0178\n\nDear Reviewer:\n\nShe needs a filter.",
        "provider_fax",
        ["+19155550173"],
    ),
    (
        "FAX  to: HSA desk  fm: Elm Court Psychiatry 503.555.0158  pgs: 1\n\n"
        "ELM COURT PSYCHIATRY\nph 503.555.0187\n\nHe needs coaching.",
        "provider_fax",
        ["+15035550158"],
    ),
    (
        "May 31, 2019 08:14   TO: PLAN ONE CLAIMS 915 555 0173   P. 01/01\n\nGOLDEN HILL EYE\nT 915 555 0178",
        "provider_fax",
        [],
    ),
    (
        "May 31, 2019 08:14   FROM: COPY SHOP 915 555 0173   P. 01/01\n\nGOLDEN HILL EYE\nT 915 555 0178",
        "provider_fax",
        [],
    ),
    ("License No: OH 35.108842", "provider_license", ["OH 35.108842"]),
    ("Ohio Medical License #35-108842", "provider_license", ["OH 35-108842"]),
    ("Lic. A12345, CA", "provider_license", ["CA A12345"]),
    ("License number: PT12345 (Texas)", "provider_license", ["TX PT12345"]),
    ("License Number      State\nG98765              CA", "provider_license", ["G98765"]),
    ("I am licensed in Oregon under 497912.", "provider_license", ["OR 497912"]),
    ("My Alabama license is DC-441563.", "provider_license", ["AL DC-441563"]),
    ("State / License no.:   TN / 1069", "provider_license", ["TN 1069"]),
    ("OREGON LIC 6875", "provider_license", ["OR 6875"]),
    ("Sincerely,\n\nAna Roe, DPM\nIdaho DC-368669", "provider_license", ["ID DC-368669"]),
    ("Lic. 35.108842\n12 Main St, Akron, OH 44301", "provider_license", ["OH 35.108842"]),
    ("Licensed to practice medicine in the State of Ohio, no. 35.108842", "provider_license", ["OH 35.108842"]),
    ("license of Wyoming no. 4411-A", "provider_license", ["WY 4411-A"]),
    ("Rita Moss, PA-C\nMontana PA license MED-PAC-1182", "provider_license", ["MT MED-PAC-1182"]),
    ("License PA MED-PAC-1182 (Montana)", "provider_license", ["MT MED-PAC-1182"]),
    ("Jane Poe, MD License 4410-77\n12 Main St, Akron, OH 44301", "provider_license", ["OH 4410-77"]),
    ("Jane Poe, MD\nOhio medical license 35.108842", "provider_license", ["OH 35.108842"]),
    ("Licensed Psychologist, OH 55121", "provider_license", ["OH 55121"]),
    ("A. Roe OTR/L     OH 526144     NPI 1234567893", "provider_license", ["OH 526144"]),
    ("Akron, OH 44301     NPI 1234567893", "provider_license", []),
    ("(614) 555-0142 ph      (614) 555-0143 fx", "provider_phone", ["+16145550142"]),
    ("(614) 555-0142 ph      (614) 555-0143 fx", "provider_fax", ["+16145550143"]),
    ("Telephone\n614/555/0142\n\nFax\n614/555/0143", "provider_fax", ["+16145550143"]),
    ("P/F 614-555-0142", "provider_fax", ["+16145550142"]),
    ("AKRON OUTPATIENT CLINIC\n12 Main St, Akron, OH 44301\nComm (614) 555 0142", "provider_phone", ["+16145550142"]),
    ("Driver's license 12345678", "provider_license", []),
    ("She is licensed and insured.", "provider_license", []),
    ("Phone: (614) 555-0142", "provider_phone", ["+16145550142"]),
    ("Tel 614.555.0142  Fax: 614-555-0143", "provider_phone", ["+16145550142"]),
    ("(614) 555-0142 · F (614) 555-0143", "provider_fax", ["+16145550143"]),
    ("Tel 614.555.0142  Fax: 614-555-0143", "provider_fax", ["+16145550143"]),
    ("P: 614-555-0142 | F: 614-555-0143", "provider_fax", ["+16145550143"]),
    ("Tel(614) 555-0142", "provider_phone", ["+16145550142"]),
    ("ORDER # LQ-220205-7743", "provider_phone", []),
    ("T (503) 555-0197, x4512     F (503) 555-0151", "provider_fax", ["+15035550151"]),
    ("01-MAY-2023 16:42   FROM: EL PASO IM   FAX 915/555-0164   TO: BENEFITS   P. 1", "provider_fax", ["+19155550164"]),
    ("Patient phone: 614-555-0142", "provider_phone", []),
    ("Fax this form to 800-555-0100", "provider_fax", []),
    ("DEA # AP5836727", "provider_dea", ["AP5836727"]),
    ("Last 4 of SSN: 6789", "member_id", ["6789"]),
    ("Member ID: W123456789", "member_id", ["W123456789"]),
    ("Username: jdoe22", "member_id", ["jdoe22"]),
    ("SSN: XXX-XX-6789", "member_id", ["6789"]),
    ("SSN: 123-45-6789", "ssn_visible", [True]),
    ("SSN: XXX-XX-6789", "ssn_visible", []),
    ("Social Security Number\n900-12-6789", "ssn_visible", [True]),
    ("Last 4 digits of SSN or User Name: 6789", "member_id", ["6789"]),
    ("Participant's ID: AB-12345", "member_id", ["AB-12345"]),
    ("EIN 12-3456789", "ssn_visible", []),
    ("Phone 614-555-0142", "ssn_visible", []),
]


@pytest.mark.parametrize(("printed", "name", "values"), CASES)
def test_identifiers_are_told_apart(told: Told, printed: str, name: str, values: list[Any]) -> None:
    assert told(identifiers, printed, name) == values


def test_a_social_security_number_is_not_shown(typed: Callable[..., AnnotatedText]) -> None:
    found = list(identifiers(typed("SSN: 123-45-6789")))
    assert {evidence.text for extraction in found for evidence in extraction.evidence} == {"6789"}
    assert all("123-45" not in extraction.raw for extraction in found)


def test_a_wrong_check_digit_is_told(typed: Callable[..., AnnotatedText]) -> None:
    (found,) = identifiers(typed("NPI: 1234567890"))
    assert (found.value, found.resolved) == ("1234567890", {"check_digit": False})


OTHER_HANDS: list[tuple[str, dict[str, list[str]]]] = [
    (
        "Physician phone/fax: 303-555-0118 / 303-555-0119",
        {"provider_phone": ["+13035550118"], "provider_fax": ["+13035550119"]},
    ),
    (
        "Fax and phone: 303-555-0118, 303-555-0119",
        {"provider_phone": ["+13035550119"], "provider_fax": ["+13035550118"]},
    ),
    ("phone and fax, same line: 207.555.0145", {"provider_phone": ["+12075550145"], "provider_fax": ["+12075550145"]}),
    (
        "Marsh Neurology\n\nHorizon Benefits\nMedical Review\nFax 888-555-0150\n\nDear Sir:\n\nCall me: 413-555-0122",
        {"provider_phone": ["+14135550122"], "provider_fax": []},
    ),
    ("[Jane Roe, MD]\nNPI: [1234567893]", {"provider_npi": ["1234567893"]}),
    (
        "TAKU ALLERGY, ASTHMA & SLEEP\n789 Linden Street, Suite 412\nJuneau, AK 99801-4473\n907·555·0187 (main)  "
        "   907·555·0100 (fax)\n\nSeptember 25, 2025\n\nDear reviewer,\n\nJane Roe, PA-C",
        {"provider_phone": ["+19075550187"], "provider_fax": ["+19075550100"]},
    ),
    (
        "MAUMEE VALLEY ARTHRITIS GROUP\n5606 Keystone Ave, Toledo, OH 43604\nVoice: 419-555-0103      Telefax: "
        "419-555-0166\n\nSincerely,\nJane Roe, MD\nNPI: 1172607206     OH ME990420",
        {"provider_phone": ["+14195550103"], "provider_fax": ["+14195550166"], "provider_license": ["OH ME990420"]},
    ),
    (
        "* * *  FINGER LAKES SPINE & VITALITY  * * *\nCall 607 / 555 / 0105   Fax 607 / 555 / 0142\n\nApril 2, 2025",
        {"provider_phone": ["+16075550105"], "provider_fax": ["+16075550142"]},
    ),
    (
        "If you need my numbers, the national one is 1773557149.\n\nYours truly,\nJane Roe, M.D.",
        {"provider_npi": ["1773557149"]},
    ),
    (
        "MOORHEN HAND THERAPY\n3 Oak St, Visalia, CA 93291\nP (559) 555-0131  ~  F (559) 555-0107",
        {"provider_phone": ["+15595550131"], "provider_fax": ["+15595550107"]},
    ),
    ("/s/ Jane Roe, MD\nNPI 1234567893, FL ME118822", {"provider_license": ["FL ME118822"]}),
    ("NPI 1234567893, 3 Oak St, Troy, NY 12180", {"provider_license": []}),
    ("Phone 216/555/0123, the ratio 120/808/1234 is none", {"provider_phone": ["+12165550123"]}),
]


@pytest.mark.parametrize(("printed", "numbers"), OTHER_HANDS)
def test_numbers_are_read_with_any_separators_and_labels(
    told: Told, printed: str, numbers: dict[str, list[str]]
) -> None:
    assert {name: told(identifiers, printed, name) for name in numbers} == numbers
