"""Statements that somebody signed electronically, and what only speaks of that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.paper import electronic
from docscan.extraction.paper.signature import signature
from docscan.extraction.text.annotated import AnnotatedText

Typed = Callable[..., AnnotatedText]
Told = Callable[..., list[Any]]

LETTER = "Dear plan,\n\nMassage treats her low back pain and is medically necessary for twelve months.\n\n"


@pytest.mark.parametrize(
    "printed",
    [
        "Electronically signed by: Jane Roe, MD on 3/3/2026 4:52 PM",
        "ELECTRONICALLY SIGNED BY JANE ROE, MD 03/03/2026",
        "Electronicaliy sigued by Jane Roe, MD 3/3/2026",
        "Electronicallysigned by Jane Roe, MD",
        "E1ectronical1y s1gned by Jane Roe, MD",
        "Signed electronically by Jane Roe on 2026-03-03 at 14:20 ET.",
        "This letter has been electronically\nsigned by Jane Roe, MD.",
        "I have electronically signed this letter on March 3, 2026.",
        "Jane Roe, MD\nElectronically signed 03/03/2026 10:22 AM",
        "Jane Roe, MD\n(electronically signed)",
        "Signature of provider (no stamps)\nJane Roe, MD\n(electronically signed)",
        "Jane Roe, MD\nDate: 03/03/2026\nDigitally signed",
        "Digitally signed by Jane Roe\nDate: 2026.03.03 10:22:31 -05'00'",
        "Electronically authenticated by Jane Roe, DO 03/03/2026",
        "Authenticated by Jane Roe, MD on 03/03/2026 at 10:22",
        "E-signed by Jane Roe on 2026-03-03 10:22 GMT",
        "eSignature: Jane Roe, PA-C  2026-03-03 09:11",
        "Electronic signature: Jane Roe, MD",
        "DocuSigned by:\nJane Roe\n3F2A9C81D7E44B0",
        "Signed by Jane Roe, MD   Signature ID: 8F2C-11A9-77B0",
        "Signed by Jane Roe, MD  03/03/2026 10:22:05 AM PST",
        "Signed by Jane Roe using Dropbox Sign",
        "/s/ Jane Roe, MD",
        "/S/Jane Roe",
        "//s// Jane Roe, MD",
        "Is/ Jane Roe, MD",
        "/s! Jane Roe, MD",
        "Provider signature: /s/ Jane Roe   Date: 03/03/2026",
        "Signature: Electronically signed by Jane Roe   Date: 03/03/2026",
        "Sincerely,\n\n1sl Jane Roe, MD",
        "Provider signature: _/s/ Jane Roe   Date:",
        "/es/ JANE ROE, MD\nSigned: 03/03/2026 14:22",
        "DocuSigned by: Jane Roe\nSigner ID: 5C2B1F0A9E",
        "Sincerely,\n\nJane Roe (Mar 3, 2026 10:22 EST)\nJane Roe, MD",
        "Verified by Jane Roe, MD on 03/03/2026 10:22 AM",
        "Finalized by: Jane Roe, NP 03/03/2026 at 10:22",
        "Electronically signed by:\nJane Roe, MD\nDate: 03/03/2026\nTime: 10:22 AM",
        "Signed by: Jane Roe\nSigned at: 2026-03-03 10:22:45 -0500\nReason: I approve this document",
        "Patient: Ann Lee\nPatient signature: e-signed by Ann Lee 03/02/2026\n\n\n\n\n"
        "Electronically signed by Jane Roe, MD 03/03/2026",
    ],
)
def test_a_statement_of_who_or_when_is_an_electronic_signature(told: Told, printed: str) -> None:
    assert told(signature, LETTER + printed, "signature") == [{"present": True, "form": "electronic"}]


@pytest.mark.parametrize(
    "printed",
    [
        "Electronic signatures are accepted by the plan.",
        "Letters may be signed electronically.",
        "The provider can sign and date this form, or it may be\nelectronically signed.",
        "This letter is not valid unless electronically signed by the physician.",
        "Please have it digitally signed by the provider before 03/31/2026.",
        "A letter must be electronically signed by Jane Roe, MD before we pay.",
        "Electronic signature: ______________   Date: ________",
        "Electronic signature is not accepted.",
        "Electronically transmitted on 3/3/2026 by Jane Roe, MD",
        "The rules/Standards of Jane Roe apply.",
        "The form was signed by Jane Roe, MD.",
        "Sincerely,\n\nSignature on file\nJane Roe, MD",
        "Benefits verified by Jane Roe on 03/03/2026 10:22 AM",
        "Identity verified by Jane Roe, RN",
        "Jane Roe (see note of 3 March)",
    ],
)
def test_what_only_speaks_of_signing_is_none(typed: Typed, printed: str) -> None:
    assert electronic.said(typed(LETTER + printed)) == ()


@pytest.mark.parametrize(
    "printed",
    [
        "Electronically signed by the patient, Ann Lee, on 03/03/2026",
        "Patient: Ann Lee\nElectronically signed by Ann Lee on 03/03/2026 10:22",
        "Patient signature: /s/ Ann Lee",
        "Account holder signature: Ann Lee\nElectronically signed 03/03/2026",
        "Participant certification\nI authorize my employer to release this.\nSignature: e-signed 03/03/2026",
    ],
)
def test_what_the_patient_signed_is_not_the_providers(told: Told, printed: str) -> None:
    whole = f"{LETTER}{printed}\n\n\n\n\nProvider signature: ____________   Date: ________"
    assert told(signature, whole, "signature") == [{"present": False, "form": None}]


def test_a_typed_name_stays_one_on_a_page_that_speaks_of_electronic_signatures(told: Told) -> None:
    printed = LETTER + "Letters may be signed electronically.\n\nSincerely,\n\nJane Roe, MD"
    assert told(signature, printed, "signature") == [{"present": True, "form": "typed"}]


def test_who_and_when_are_kept_as_evidence(typed: Typed) -> None:
    (found,) = signature(typed(LETTER + "Electronically signed by Jane Roe, MD on 3/3/2026"))
    assert found.evidence[0].text.startswith("Electronically signed by Jane Roe")
