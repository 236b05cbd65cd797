"""Typed names that stand for a signature, and lines to sign on that were left empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.document import Mark
from docscan.extraction.paper.signature import signature
from docscan.extraction.text.annotated import AnnotatedText

Typed = Callable[..., AnnotatedText]
Told = Callable[..., list[Any]]
LETTER = "Letter of medical necessity\nMs. Lee needs massage therapy every week for the pain in her lower back.\n\n"


@pytest.mark.parametrize(
    "printed",
    [
        "Signed:   Jane Q. Roe, PA-C\n          ___________________\n          Jane Q. Roe, PA-C\n          NPI 1",
        "Yours faithfully,\n\nJane Roe, DO\n--------------------------------\nJane Roe, DO",
        "Jane Roe, MD\n. . . . . . . . . . . . . . .\nJane Roe, MD\nRoe Family Practice",
        "J. Roe\n__________________\nJane Roe, MD",
        "Sincerely,\n\nJane\n\nJane Roe, MD\nFamily Medicine",
        "Best,\n\nDr. Roe\n\nJane Roe, DO",
        "With friendly greetings\n\nRoe\nJane Roe, M.D. (OH 35-012345)",
        "Sincerely,\n\n~ Jane Roe ~\nJane Roe, M.D.",
        "Jane Q Roe MD\n______________________________     3/3/2026\nProvider signature              Date",
        "Regards,\nJane Roe (signed)\nNPI 1896527664",
        "Respectfully,\n[handwritten signature]\nJane Roe, MD",
        "(Sgd.) Jane Roe, NP\nJane Roe, NP",
        "Jane Roe, MD\nNPI 1896527664\nSigned 09/23/19",
        "[Jane Roe, MD]\n[Signed 14-Oct-26]",
        "Jane Roe, MD\nSigned on\n07-18-2024",
        "Jane Roe, DO  |  Signed 04/02/2025 10:15 AM",
        "Signed this 2nd day of April, 2025\n\nJane Roe, DO",
        "Signed  J. Roe PA-C  04/05/24  1642h",
    ],
)
def test_a_name_set_as_a_signature_above_its_print_is_one(told: Told, printed: str) -> None:
    assert told(signature, LETTER + printed, "signature") == [{"present": True, "form": "electronic"}]


@pytest.mark.parametrize(
    "printed",
    [
        "Sincerely,\n\n______________________________\nJane Roe, MD\nNPI 1896527664",
        "Respectfully,\n\n\n_________________________          Date signed:  20 February 2021\nJane Roe, MD, FACS",
        "In good health,\n\nX_______________________________\nJane Roe, NP",
        "signature: ................   Jane Roe, DC    dated 2019-02-24",
        "Signed: ______________________ Jane Roe, DO    Date: ___________",
        "17. Provider name\nJane Roe, NP\n\n18. Provider signature\n\n\nx ____________________\n   Jane Roe, NP",
    ],
)
def test_a_line_to_sign_on_with_the_printed_name_below_was_left_empty(told: Told, printed: str) -> None:
    assert told(signature, LETTER + printed, "signature") == [{"present": False, "form": None}]


def test_dots_that_lead_to_every_answer_are_no_line_to_sign_on(told: Told) -> None:
    rows = "Signature ......... Jane Roe\nName .............. JANE ROE, PA-C\nPhone ............. 937-555-0144"
    assert told(signature, LETTER + rows, "signature") == [{"present": True, "form": "typed"}]


@pytest.mark.parametrize(
    "printed",
    [
        "Sincerely,\n\nJane Roe, MD\nRoe Family Medicine\n12 Elm St, Dayton, OH 45402",
        "Sincerely,\n\nJane Roe, MD\nJane Roe Acupuncture\n12 Elm St, Dayton, OH 45402",
        "Thank you,\nJANE ROE, DO\nNPI 1234567893",
        "Thank you,\nJane Roe, DO\nSignatures are kept on file.",
        "Thank you,\nJane Roe, DO\n____________________\nSuite 4, Dayton, OH",
    ],
)
def test_a_name_that_a_letter_closes_with_once_is_print(told: Told, printed: str) -> None:
    assert told(signature, LETTER + printed, "signature") == [{"present": True, "form": "typed"}]


def test_the_patients_name_set_twice_is_not_the_providers_signature(told: Told) -> None:
    printed = "Patient: Ann Lee\n\n" + LETTER + "Ann Lee\n________________\nAnn Lee"
    assert told(signature, printed, "signature") != [{"present": True, "form": "electronic"}]


@pytest.mark.parametrize(
    ("printed", "completed"),
    [
        ("Provider name (print):  Jane Roe, MD        NPI:  1644185534\nSignature:  Jane Roe", True),
        ("Signature:   Jane J. Roe\nDate:   07-10-2020", True),
        ("Signed: Jane Roe, MD", True),
        ("Provider signature: J. Roe MD    Date signed: July 3, 2025", True),
        ("Provider signature: Jane Roe, MD", False),
        ("Provider signature: Jane Roe, MD    Date: ________", False),
    ],
)
def test_a_typed_name_completes_a_line_to_sign_on_with_its_day_or_beside_its_print(
    typed: Typed, printed: str, completed: bool
) -> None:
    (found,) = signature(typed(LETTER + printed))
    assert found.value == {"present": True, "form": "typed"}
    assert (found.resolved == {"line": "completed"}) is completed


def test_a_name_typed_into_a_field_of_a_pdf_completes_nothing(typed: Typed) -> None:
    printed = LETTER + "Signed: Jane Roe, MD   Date: 03/03/2026"
    text = typed(printed)
    where = text.box_of(printed.index("Jane"), printed.index("MD") + 2)
    assert where is not None
    (found,) = signature(typed(printed, (Mark("form_field", where, "filled"),)))
    assert found.resolved is None


@pytest.mark.parametrize(
    "printed",
    [
        "Sincerely,\n\n[Signature]   Jane Roe\n\n[Printed name]   Jane Roe, MD",
        "Provider: [Jane Roe, DO]\nNPI: [1896527664]\n\nSigned: [Jane Roe, DO]",
        "License\n  OH 35-012345\nSigned\n  Jane Roe DNP      7/18/2025\n\nThe plan gives no tax advice.",
    ],
)
def test_a_name_typed_where_a_form_asks_to_sign_completes_it(told: Told, typed: Typed, printed: str) -> None:
    assert told(signature, LETTER + printed, "signature") == [{"present": True, "form": "typed"}]
    (found,) = signature(typed(LETTER + printed))
    assert found.resolved == {"line": "completed"}


@pytest.mark.parametrize("printed", ["Jane Roe, MD", "Dr. Jane Roe\n614-555-0101"])
def test_a_name_alone_at_a_letters_end_is_a_typed_name_that_a_person_must_look_at(told: Told, printed: str) -> None:
    assert told(signature, LETTER + printed, "signature") == [{"present": True, "form": "typed"}]
