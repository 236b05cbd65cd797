"""Which fields are told together, and what is aimed at: F1 from true text and from pictures of it."""

from __future__ import annotations

from typing import NamedTuple


class Aim(NamedTuple):
    text: float
    pictures: float


GROUPS: dict[str, tuple[tuple[str, ...], Aim | None]] = {
    "diagnosis codes": (("diagnosis_code", "diagnosis_code_icd9"), Aim(0.99, 0.97)),
    "frequency, duration, session length": (("frequency", "duration", "session_length"), Aim(0.95, 0.93)),
    "patient, provider, credential, NPI": (
        ("patient_name", "provider_name", "provider_credential", "provider_npi"), Aim(0.96, 0.93),
    ),
    "other people": (("participant_name", "signer_name", "trainer_name", "practice_name"), None),
    "dates of letters": (("letter_date", "service_date", "start_date", "end_date"), Aim(0.96, 0.94)),
    "other dates": (
        ("signature_date", "visit_date", "date_of_birth", "payment_date", "due_date", "statement_date", "print_date",
         "fax_date"), None,
    ),
    "total, service date, merchant": (("total", "service_date", "merchant_name"), Aim(0.97, 0.94)),
    "line items": (("item",), Aim(0.92, 0.88)),
    "other money": (
        ("subtotal", "tax", "tip", "discount", "shipping", "insurance_paid", "patient_responsibility", "amount_paid",
         "balance_due", "refund", "currency"), None,
    ),
    "other numbers": (
        ("provider_license", "provider_phone", "provider_fax", "merchant_phone", "tax_id", "provider_dea",
         "procedure_code", "invoice_number"), None,
    ),
    "statements": (
        ("general_health_statement", "necessity_statement", "self_report_disclaimer", "practice_disclaimer",
         "not_already_member"), None,
    ),
    "diagnoses in words": (("diagnosis",), None),
}  # fmt: skip
"""A field may stand in two groups: a service date belongs to the dates and to what proves a sale."""

DECISION_AIM = 0.93
ASSERTION_AIM = 0.95
KIND_AIM = 0.97
CALIBRATION_AIM = 0.05  # at most
RANKING_AIM = 0.85
CPU_AIM = 0.2  # of reading the same page from a clean scan, at most
