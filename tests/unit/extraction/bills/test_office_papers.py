"""Bills of offices and insurers as their systems print them: what becomes of each row."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction import extract

_EOB = """MERIDIAN STATE HEALTH COOPERATIVE
Explanation of Benefits                                   Notice date: 03/19/2026
This is not a bill
Patient: ANSEL LINDQVIST        Member ID: MSH 220 118 904
Provider: Blue Heron Pediatric Therapy   Received 03/11/2026   Finalized 03/17/2026

Svc Date   Code   Service   Provider Charge   Reduction   Allowed Amt   Copay   Deduct   Plan Paid   Member Owes   Note
02/24/26   92507   Speech therapy, individual   160.00   71.20   88.80   25.00      63.80   25.00   N3
03/10/26   92523   Speech and language evaluation   310.00   112.00   198.00      198.00   0.00   198.00   N3, D1
Totals            470.00   183.20   286.80   25.00   198.00   63.80   223.00

Deductible this year: $198.00 of $750.00 used"""
_BLOCKS = """Claim summary - MyPlan by Larkfield
Claim 5520-1193-A
Processed August 27, 2026

Patient
Corwin Adeyemi-Blake

Service date
August 11, 2026

Service
Acupuncture, initial 15 minutes (97810)

Amount billed
$95.00

Amount allowed
$64.00

Your plan paid
$44.00

Your responsibility
$20.00

This is not a bill."""
_TICKED = """LAKESHORE FAMILY EYECARE                                 Fee slip 20931
Dr. Benedikt Asante, O.D.    NPI 1407733290
Patient: Yolanda Petrosyan           Date of service: 05/06/2026

( ) 92004 Comprehensive, new   165.00
(x) 92014 Comprehensive, established   140.00
( ) 92012 Intermediate, established   95.00
(x) 92015 Refraction   40.00
DX   ( ) H52.13   (x) H40.013

Total charges   180.00
Paid today   180.00   (x) Visa 7714   ( ) cash
Amount due   0.00"""
_LEDGER = """Fernbrook Massage Therapy                     ACCOUNT HISTORY
212 Mill St, Ithaca NY 14850                  Printed on: 10/14/2026
Client: Imogen Castellanos     Client no. 0381

Date   Type   Details   Debit   Credit   Balance
06/09/2026   SVC   Therapeutic massage 60 min   105.00      105.00
06/09/2026   PAY   Payment, Visa 2290      105.00   0.00
07/21/2026   SVC   Therapeutic massage 90 min   145.00      145.00
09/02/2026   PAY   Payment, check 1184      145.00   0.00
Totals for period      250.00   250.00   0.00"""
_PHARMACY = """                    PRESCRIPTION PROFILE FOR TAX / INSURANCE
Store:   Copperline Drug                          Customer:   Haldane, Priscilla
         800 Quincy St, Hancock, MI 49930         (906) 555-0139

Date   Rx #   Medication   Qty   Days   Doctor   Plan paid   You paid   Price
01/14/2026   R 700118   SERTRALINE 50 MG TAB   30   30   LOWRY, ADA   4.12   8.00   12.12
05/30/2026   R 718840   AMOXICILLIN 500 MG CAP   21   7   PEREZ, HUGO   2.40   6.35   8.75
2 prescriptions      Total:   6.52   14.35   20.87"""
_LAB = """Bluegrass Clinical Laboratories                          Patient Bill
Date collected   06/02/2026          Patient name   Theo Vanterpool

Test code   CPT   Test   Billed   Contract Adj   Ins Paid   You Owe
20884   84443   TSH   118.00   93.20   24.80   0.00
20990   82607   Vitamin B12   96.00   61.30   0.00   34.70
Totals         214.00   154.50   24.80   34.70"""


def _said(text: str, name: str) -> list[object]:
    return [e.value for e in extract(Document.from_text(text)).fields if e.name == name and e.value is not None]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(
            _EOB,
            [
                ("Speech therapy, individual", "160.00", "2026-02-24", "92507"),
                ("Speech and language evaluation", "310.00", "2026-03-10", "92523"),
            ],
            id="cells in order, some of them empty",
        ),
        pytest.param(
            _BLOCKS, [("Acupuncture, initial 15 minutes", "95.00", "2026-08-11", "97810")], id="names over their values"
        ),
        pytest.param(
            _TICKED,
            [
                ("Comprehensive, established", "140.00", "2026-05-06", "92014"),
                ("Refraction", "40.00", "2026-05-06", "92015"),
            ],
            id="only what was ticked, on the day of the visit",
        ),
        pytest.param(
            _LEDGER,
            [
                ("Therapeutic massage 60 min", "105.00", "2026-06-09", None),
                ("Therapeutic massage 90 min", "145.00", "2026-07-21", None),
            ],
            id="charges of a ledger",
        ),
        pytest.param(
            _LAB,
            [("TSH", "118.00", "2026-06-02", "84443"), ("Vitamin B12", "96.00", "2026-06-02", "82607")],
            id="a laboratory's own codes beside CPT",
        ),
    ],
)
def test_lines_are_what_was_charged(text: str, lines: list[tuple[str | None, ...]]) -> None:
    items = [item for item in _said(text, "item") if isinstance(item, dict)]
    assert [(i["description"], i["amount"], i["service_date"], i["code"]) for i in items] == lines


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        (_EOB, "total", ["470.00"]),
        (_EOB, "insurance_paid", ["63.80"]),
        (_EOB, "patient_responsibility", ["223.00"]),
        (_EOB, "payment_date", []),
        (_BLOCKS, "insurance_paid", ["44.00"]),
        (_LEDGER, "amount_paid", ["105.00", "145.00"]),
        (_LEDGER, "payment_date", ["2026-06-09", "2026-09-02"]),
        (_PHARMACY, "rx_number", ["700118", "718840"]),
        (_PHARMACY, "insurance_paid", ["6.52"]),
        (_LAB, "procedure_code", ["84443", "82607"]),
    ],
)
def test_sums_and_numbers_belong_to_their_columns(text: str, name: str, values: list[object]) -> None:
    assert _said(text, name) == values
