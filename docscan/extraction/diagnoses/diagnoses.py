"""Diagnoses in words and diagnosis codes.

A code is what has the shape of one and is known to the dated table on the document's date, or what stands where a
diagnosis code stands (after "ICD-10", "Dx", in brackets behind a diagnosis). Gyms, workouts, laboratory values,
vertebrae, vitamins and postal codes have the same shape and are none. What OCR may have misread is read anew only where
a code is expected and exactly one reading is a billable code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.dates.dates import dates_in
from docscan.extraction.diagnoses.codes import codes
from docscan.extraction.diagnoses.icd9 import icd9_codes
from docscan.extraction.diagnoses.words import diagnoses_in_words
from docscan.reference import icd10cm

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText


def diagnoses(text: AnnotatedText) -> Iterator[Extraction]:
    """diagnosis (words), diagnosis_code and diagnosis_code_icd9, each with its assertion; worked out once."""
    yield from text.once("diagnoses", lambda: tuple(_found(text)))


def _found(text: AnnotatedText) -> Iterator[Extraction]:
    on = document_date(text)
    found = list(codes(text, on))
    yield from found
    if on < icd10cm.FIRST_RELEASE:
        yield from icd9_codes(text)
    yield from diagnoses_in_words(text, found)


def document_date(text: AnnotatedText) -> date:
    """The day on which a code of this document is judged: its latest date that is no treatment's end, else today's.

    A letter bears its date at the top or beside the signature; dates of birth and of onset lie before it.
    """
    from docscan.extraction.dates.roles import roles

    by_role: dict[str, list[date]] = {}
    for role, mention, _ in roles(text):
        possible = mention.value or max(mention.readings, default=None)
        if possible:
            by_role.setdefault(role, []).append(possible)
    for role in (
        "letter_date",
        "signature_date",
        "service_date",
        "visit_date",
        "statement_date",
        "fax_date",
        "print_date",
    ):
        if role in by_role:
            return max(by_role[role])
    taken = {day for role in ("date_of_birth", "start_date", "end_date") for day in by_role.get(role, [])}
    others = [m.value for m in dates_in(text) if m.value and m.value not in taken]
    return max(others, default=date.today())
