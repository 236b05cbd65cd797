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
