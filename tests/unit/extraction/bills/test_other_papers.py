"""Whole bills as shops and clinics write them: what is read of each, all stages together."""

from __future__ import annotations

from typing import Any

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract
from docscan.extraction.learned.proposing import is_proposed


def _read(text: str, name: str) -> list[Any]:
    """What the rules say."""
    fields = [
        field
        for field in extract(Document.from_text(text)).fields
        if field.name == name and field.value and not is_proposed(field)
    ]
    if name == "item":
        return [(f.value["description"], f.value["quantity"], f.value["amount"]) for f in fields]
    return [field.value for field in fields]


_PHARMACY = """HOLLOWAY PHARMACY
12 Mill Street, Salem, OR 97301
RECEIPT
Filled 03/04/2025

Rx number   Medicine and how to take it              Qty   Dx       Your price
8812001     Lisinopril 10 mg tab - 1 each morning    30    I10.00   12.40
8812002     Metformin 500 mg tab - 1 twice a day     60    E11.9    18.10

Total                                                                30.50
"""
_FOOD_SHOP = """BRACKEN NUTRITION
RECEIPT
6/14/2025
  whey isolate
  2 tubs @ 30.00             60.00
  less neighbor deal         -6.00
                            ------
                             54.00
  TX 8.25%                    4.46
  you paid                   58.46
"""
_SPA = """From: hello@stillwaterbody.example
Subject: Your receipt

Thank you for choosing Stillwater Bodywork Studio. See you soon!

Foot bath, 20 min          05/02/2025          $40.00
Back massage               05/09/2025          $80.00

May promo ROSE          -$12.00
Sales tax (5%)          $5.40
Charged to Visa ending 1881          $113.40
"""
_MAIL_ORDER = """GREENFIELD ORTHOTICS
Invoice GO-5512
Customer          Ida Marsh
Shipped           2025-02-03
Invoice created   2025-02-06

Heel cups, pair          2 x 14.00      28.00
Wrist splint             1 x 31.00      31.00

Total                                   59.00
"""
_CANADIAN = """TIDEWATER FOOTCARE
Date         Description                  Amount
02/11/25     Arch supports, pair           50.00
             Senior's discount 10%         -5.00
             HST 15%                        6.75
             This invoice                  51.75
             Carried over from last bill   10.00
             Owing                         61.75
"""
_FAMILY = """OAK HILL PHYSICAL THERAPY INC
513 Keystone Way, Visalia, CA 93291
RECEIPT
------------------------------
03/11/25  NORA PELL
MANUAL THERAPY
   2 @ 60.00              120.00
03/12/25  ADAM PELL
GAIT TRAINING
   1 @ 55.00               55.00
------------------------------
TOTAL                     175.00
"""
_LETTER = """Fennel Dietetics
44 Juniper Road, Chattanooga, TN 37402
(423) 555-0139

October 2 2024

REFERRAL ORDER AND ACCOUNT

Dear Odile,

Here is what Marta's visits came to, as her doctor referred her. On Sep 3 2024 we had the first sit-down (97802) at
$120.00. On Sep 10 2024 came a follow-up (97803) for $90.00, and another on Sep 17 2024, also $90.00. Altogether that
makes $300.00.

Her insurance has paid $220.00, which left $80.00. Your check no. 512 for $80.00 arrived on Friday, so nothing is owed.
"""
_LAB = """Tamarack Reference Laboratory Inc
12 Cinnabar Street, Macon, GA 31201

LAB RESULT / CHARGE

Ines Holm
collected 7/9/2025
dx J84.178

ferritin, serum    84 ng/ml    normal

82728    ferritin    31.20
due      31.20
"""
_CHECK = """CHECK    No. 004417
DATE 08/14/24

PAY TO   Pine Ridge Hearing Clinic
AMT      $95.00
Ninety-five and 00/100

- - - - detach - - - -
Svc      08/02/24
Hearing test            95.00
TOTAL                   95.00
CHECK 004417           -95.00
OWED                     0.00
"""
_CLAIM = """SIGNAL HOME SUPPLY                      CLAIM / INVOICE
Chattanooga, TN 37402                   No. SH-0044127
                                        Type of bill: 0321
Date of service: 08/28/2025
Line-care kit                  109.74
Total                          109.74
BALANCE DUE                    109.74
Please pay within 30 days. Returned payments add $25.
"""
_STUDIO = """THE IRON LANTERN
Movement studio
55 Juniper Road, Rutland, VT 05701

Receipt IL-331

On 03/09/23 we sold you the Thirty Class Pass at $500.00, and on 03/16/23 you added the Barre Add-On Pass, which is
$100.00. Together that makes $600.00. Sales tax at 7% put another $42.00 on top, for $642.00 in all. Your health insurer
then paid $400.00, leaving $242.00. You put that on the Visa ending in 0932, so you owe us nothing.
"""
_LEDGER = """SUMMIT SPINE & SPORT
900 Larch Ave, Bend, OR 97701
PATIENT LEDGER

Posted      Service       Proc   Description                     Charges   Credits   Bal
03/06/25    03/04/25      98941  CMT 3-4 regions                   68.00             68.00
03/11/25                         PMT - VISA x4410                            68.00    0.00

Total charges  68.00     Payments  68.00     Amount you owe  0.00
"""
_TILL = """MERIDIAN PHARMACY
2210 Bridge Rd, Topeka, KS 66611
03/22/2025 5:41 PM   Reg 4
RX 6612093-00                 F    14.00
  ALBUTEROL HFA 90MCG
COUPON 2 OFF                        2.00-
before tax                         12.00
TX                                   .16
TO PAY                             12.16
CARD                               12.16
"""
_HOSPITAL = """HOSPITAL OUTPATIENT BILLING - Cedar Falls Regional Medical Center
PO Box 9912, Cedar Falls, IA 50613
Bill date: 05/01/2025     Visit: 04/02/2025
Therapeutic exercise (2 units) ..................... $196.00
Cold pack .......................................... $42.00
Total hospital charges ............................. $238.00
What your insurance (Wellmark) paid ................ -$155.80
What you still need to pay ......................... $82.20
"""
_NOTICE = """CLEARWATER HEALTH PLAN
EXPLANATION OF BENEFITS - this is not a bill
Service date  Service                 Billed    Discount   Allowed   We paid   You owe
01/28/2025    97110 Ther exercise     120.00    45.00      75.00     40.00     35.00
01/28/2025    97140 Manual therapy    110.00    42.00      68.00     54.40     13.60
Claim totals                          230.00    87.00     143.00     94.40     48.60
Payment of $94.40 sent to provider 02/18/2025
"""


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (_LEDGER, "service_date", ["2025-03-04"]),
        (_LEDGER, "payment_date", ["2025-03-11"]),
        (_TILL, "item", [("ALBUTEROL HFA 90MCG", None, "14.00")]),
        (_TILL, "tax", ["0.16"]),
        (_TILL, "subtotal", ["12.00"]),
        (_TILL, "total", ["12.16"]),
        (_TILL, "balance_due", []),
        (_HOSPITAL, "merchant_name", ["Cedar Falls Regional Medical Center"]),
        (_HOSPITAL, "insurance_paid", ["155.80"]),
        (_HOSPITAL, "amount_paid", []),
        (_HOSPITAL, "item", [("Therapeutic exercise", 2, "196.00"), ("Cold pack", None, "42.00")]),
        (_NOTICE, "amount_paid", []),
        (_NOTICE, "insurance_paid", ["94.40"]),
        (
            _PHARMACY,
            "item",
            [
                ("Lisinopril 10 mg tab - 1 each morning", 30, "12.40"),
                ("Metformin 500 mg tab - 1 twice a day", 60, "18.10"),
            ],
        ),
        (_PHARMACY, "patient_responsibility", []),
        (_FOOD_SHOP, "discount", ["6.00"]),
        (_FOOD_SHOP, "tax", ["4.46"]),
        (_FOOD_SHOP, "total", ["58.46"]),
        (_SPA, "discount", ["12.00"]),
        (_SPA, "total", ["113.40"]),
        (_SPA, "merchant_name", ["Stillwater Bodywork Studio"]),
        (_MAIL_ORDER, "service_date", ["2025-02-03"]),
        (_MAIL_ORDER, "statement_date", ["2025-02-06"]),
        (_MAIL_ORDER.replace("Shipped  ", "Ordered 2025-01-30\nShipped  "), "service_date", ["2025-01-30"]),
        (_CANADIAN, "item", [("Arch supports, pair", None, "50.00")]),
        (_CANADIAN, "discount", ["5.00"]),
        (_CANADIAN, "total", ["51.75"]),
        (_CANADIAN, "balance_due", ["61.75"]),
        (_LETTER, "service_date", ["2024-09-03", "2024-09-10", "2024-09-17"]),
        (_LETTER, "total", ["300.00"]),
        (_LETTER, "amount_paid", ["80.00"]),
        (_LETTER, "patient_responsibility", ["80.00"]),
        (_LAB, "item", [("ferritin", None, "31.20")]),
        (_LAB, "service_date", ["2025-07-09"]),
        (_LAB, "merchant_name", ["Tamarack Reference Laboratory Inc"]),
        (_CHECK, "payment_date", ["2024-08-14"]),
        (_CHECK, "service_date", ["2024-08-02"]),
        (_CHECK, "item", [("Hearing test", None, "95.00")]),
        (_CLAIM, "invoice_number", ["SH-0044127"]),
        (_CLAIM, "refund", []),
        (_CLAIM, "amount_paid", []),
        (_STUDIO, "merchant_name", ["THE IRON LANTERN"]),
        (_STUDIO, "item", [("Thirty Class Pass", None, "500.00"), ("Barre Add-On Pass", None, "100.00")]),
        (_STUDIO, "subtotal", ["600.00"]),
        (_STUDIO, "amount_paid", ["242.00"]),
    ],
)
def test_what_is_read(text: str, name: str, expected: list[Any]) -> None:
    assert _read(text, name) == expected


def test_a_day_over_the_lines_is_theirs_whoever_it_names() -> None:
    items = [f.value for f in extract(Document.from_text(_FAMILY)).fields if f.name == "item"]
    assert [(item["description"], item["service_date"]) for item in items] == [
        ("MANUAL THERAPY", "2025-03-11"),
        ("GAIT TRAINING", "2025-03-12"),
    ]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("In October 2025, on the 2nd, 9th and 16th", ["2025-10-02", "2025-10-09", "2025-10-16"]),
        ("On the 4th, 11th and the 18th of March 2025", ["2025-03-04", "2025-03-11", "2025-03-18"]),
        ("May 6th, 13th & 20th", ["2025-05-06", "2025-05-13", "2025-05-20"]),
        ("June 3 + 10, 2025", ["2025-06-03", "2025-06-10"]),
        ("Seen Feb 2, 9, and 16", ["2025-02-02", "2025-02-09", "2025-02-16"]),
    ],
)
def test_lists_of_days(words: str, days: list[str]) -> None:
    text = f"Acme Physical Therapy\nINVOICE\nInvoice date: 06/30/2025\n{words}: therapy   $240.00\nTotal $240.00\n"
    assert _read(text, "service_date") == days
