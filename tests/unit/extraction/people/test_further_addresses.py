"""Whose address is it, however it is set?"""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (
            "HAMPTON FAMILY MEDICINE\n7138 Foxglove Way, Bldg B   |   Norfolk, VA 23510\n",
            "7138 Foxglove Way, Bldg B, Norfolk, VA 23510",
        ),
        (
            "TO: FSA claims    RE: Mary Aldridge, LMN\n\nSUNCREST MEDICINE\nHeal like you!\n"
            "1234 Granary Way, El Paso, TX 79901  |  915-555-0193\n",
            "1234 Granary Way, El Paso, TX 79901",
        ),
    ],
)
def test_the_practices_address_is_found_however_its_head_is_set(head: str, address: str) -> None:
    found = extract(Document.from_text(f"{head}\nJune 3, 2025\n\nMs. Lee has gout (M10.9).\n\nI. Tan, MD\n")).fields
    assert [e.value for e in found if e.name == "provider_address"] == [address]


def test_an_address_behind_dots_is_the_providers_where_the_lines_above_tell_of_the_provider() -> None:
    form = (
        "PART I. PATIENT\nPatient name ............ Ann Lee\nDate of birth ........... 08-14-1956\n"
        + "\n" * 14
        + "PART II. TO BE FILLED IN BY THE PRACTITIONER\n"
        + "NPI ..................... 1582741280\nFacility ................ Gem City Rehabilitation\n"
        "Address ................. 6516 Heron Way, Quincy, IL 62301\n"
    )
    found = extract(Document.from_text(form)).fields
    assert [(e.name, e.value) for e in found if e.name.endswith("address")] == [
        ("provider_address", "6516 Heron Way, Quincy, IL 62301")
    ]


LETTER = "\nJune 4, 2024\n\nRE: Mary Lee, DOB 02/11/1970\n\nMs. Lee has gout (M10.9). I recommend massage therapy.\n"
SIGNED = "\nSincerely,\n\n/s/ Ida Tan, MD\nIda Tan, MD\n"


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        (f"Lake Clinic\n418 Orchard Street, Suite 2\nDayton\n{LETTER}{SIGNED}", "418 Orchard Street, Suite 2, Dayton"),
        (
            f"Ida Tan, MD                              418 Orchard Street\n"
            f"Internal Medicine                        Dayton, OH 45402\n{LETTER}{SIGNED}",
            "418 Orchard Street, Dayton, OH 45402",
        ),
        (f"Lake Clinic\nFairmont Campus, Bldg 7\nDayton, OH 45402\n{LETTER}{SIGNED}",
         "Fairmont Campus, Bldg 7, Dayton, OH 45402"),
        (f"{LETTER}{SIGNED}NPI 1093817462\n418 Orchard Street, Dayton, OH\n", "418 Orchard Street, Dayton, OH"),
        (f"{LETTER}{SIGNED}Address: 418 Orchard St, Dayton OH\nPhone no. 937 555 0141\n", "418 Orchard St, Dayton OH"),
        (f"{LETTER}{SIGNED}You can reach me at my clinic, 418 Orchard Street, Dayton, on weekdays.\n",
         "418 Orchard Street, Dayton"),
    ],
)  # fmt: skip
def test_the_practices_address_is_found_wherever_it_stands(printed: str, address: str) -> None:
    found = extract(Document.from_text(printed)).fields
    assert [e.value for e in found if e.name == "provider_address"] == [address]


@pytest.mark.parametrize(
    "printed",
    [
        f"June 4, 2024\n\nMary Lee\n12 Elm Street\nAkron, OH 44301\n{LETTER}{SIGNED}",
        f"{LETTER}She lives at 12 Elm Street, Akron, and cannot drive to our clinic.\n{SIGNED}",
        f"{LETTER}She will go to Iron Gym, 55 Front Street, Akron.\n{SIGNED}",
        f"{LETTER}{SIGNED}\ncc: Mary Lee\n12 Elm Street\nAkron\n",
    ],
)
def test_somebody_elses_address_is_not_the_practices(printed: str) -> None:
    assert [e for e in extract(Document.from_text(printed)).fields if e.name == "provider_address"] == []
