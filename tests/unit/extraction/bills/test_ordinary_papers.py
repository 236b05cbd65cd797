"""Short papers that people keep of what they paid: slips, notes, punch cards, mails, pages of payment apps."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract


def _read(text: str, name: str) -> list[object]:
    return [f.value for f in extract(Document.from_text(text)).named(name) if f.value is not None]


_NOTE = """Swim lessons - Theo Marsh
June 2, 9, 16 2026
3 x 45 = 135 pd cash
thank you! Gail Petrie, swim coach"""
_CARD = """Bright Lotus Pilates
CLASS CARD - 5 classes - $125 paid 4/1/26
Name: Hana Sato
1) 4/3/26
2) 4/10/26
Left: 3"""
_FAMILY = """Meadow Family Chiropractic
Receipt      02/11/2026

Tom Halvorsen      adjustment      $50.00
Jill Halvorsen      adjustment      $45.00
Total      $95.00
Paid Mastercard      $95.00"""
_SLIP = """Juniper Massage
Asheville NC
Visa xx 1209  Tap
04/11/2026 2:31 PM
Base      $90.00
Tip      $18.00
Total      $108.00
Approved  00912B"""
_TILL = """VALUE PHARMACY 0231
ACETMN 500 CPL      6.49
GUM SPRMNT      3.29
SUBTOTAL      9.78
TAX      0.95
TOTAL      10.73
DEBIT      10.73"""
_MAIL = """Dear Celia Hartmann,

We got your payment of $40.00 for the counseling visit on 6/3/2026. Nothing more is due.

Reception, Blue Door Counseling"""
_UNPAID = """Bayside Nutrition LLC
INVOICE 55
06/02/2026
Bill to: Omar Voss
Nutrition consult, 60 min    1   120.00   120.00
Total   120.00
Amount due   $120.00
We accept Visa, Mastercard, checks and cash."""
_APP = """venmo
Tessa Grant paid Marco-Bodywork
"massage 6/2"
- $80.00
June 3, 2026, 9:15 AM
Status: Complete"""
_ORDER = """Order #99-1204 confirmed
SleepWell Supply
July 8, 2026
CPAP mask cushion   2   $28.00
Subtotal   $56.00
Tax   $4.06
Total   $60.06
Visa ending in 8827"""
_MESSAGE = """Trainer Gus
Jan 12, 2026 6:30 PM

Hi Lena, got your 90 for todays training session, paid in full. See you Monday"""
_BANK = """Savings ...0091   Account activity
Date      Description      Amount
03/02/2026      POS DEBIT RIVERBEND PILATES      -60.00
03/17/2026      POS DEBIT OAK ST CHIROPRAC      -45.00"""

_BOOKLET = """RECEIPT   No. 417
Received from   Wendy Marsh
For   Speech lessons - son Theo Marsh, Oct 5 + Oct 7 2021
                                    $ 120.00"""
_CHARTED = """OKORO-BELL, ADA M      MRN 0088213      F/44
LAKE DERMATOLOGY            Itemized receipt
DOS 07MAY2025
 99213  Est pt visit                          162.00
                       TOTAL CHARGES          162.00"""


@pytest.mark.parametrize(
    ("paper", "name", "values"),
    [
        (_NOTE, "amount_paid", ["135.00"]),
        (_NOTE, "total", ["135.00"]),
        (_NOTE, "merchant_name", ["Gail Petrie"]),
        (_NOTE, "patient_name", ["Theo Marsh"]),
        (_CARD, "amount_paid", ["125.00"]),
        (_CARD, "balance_due", []),
        (_CARD, "service_date", ["2026-04-03", "2026-04-10"]),
        (_CARD, "payment_date", ["2026-04-01"]),
        (_FAMILY, "patient_name", ["Tom Halvorsen", "Jill Halvorsen"]),
        (_SLIP, "amount_paid", ["108.00"]),
        (_SLIP, "patient_name", []),
        (_SLIP, "item", []),
        (_TILL, "patient_name", []),
        (_MAIL, "merchant_name", ["Blue Door Counseling"]),
        (_MAIL, "service_date", ["2026-06-03"]),
        (_UNPAID, "amount_paid", []),
        (_APP, "merchant_name", ["Marco-Bodywork"]),
        (_APP, "service_date", ["2026-06-02"]),
        (_APP, "payment_date", ["2026-06-03"]),
        (_ORDER, "amount_paid", ["60.06"]),
        (_MESSAGE, "amount_paid", ["90.00"]),
        (_MESSAGE, "merchant_name", ["Trainer Gus"]),
        (_BOOKLET, "patient_name", ["Theo Marsh"]),
        (_CHARTED, "patient_name", ["OKORO-BELL, ADA M"]),
        (_CHARTED, "service_date", ["2025-05-07"]),
        (_BANK, "amount_paid", ["60.00", "45.00"]),
    ],
)
def test_what_a_short_paper_says(paper: str, name: str, values: list[str]) -> None:
    assert _read(paper, name) == values


@pytest.mark.parametrize(("paper", "kind"), [(_SLIP, "card_slip"), (_BANK, "card_slip"), (_MESSAGE, "receipt")])
def test_kind_of_a_short_paper(paper: str, kind: str) -> None:
    assert extract(Document.from_text(paper)).kind == kind


_MARKET = """Brindle Market order 88-120
Delivered Sept 14, 2026

Room air purifier with HEPA filter
Sold by: Clean Nook
Condition: New                 $149.00
Order total: $149.00
"""
_FLAGGED = """HILLTOP DRUG
06/27/2026 10:12

HOT/COLD GEL PACK LG        7.99 FT
SUNSCREEN SPF50 6OZ        11.29 T
TOTAL                      19.28
"""
_ORDERED = """Harrow Supply
Order #5521

Contour Lumbar Pillow × 1
Charcoal / Standard size   $54.00

Compression Sock 20-30 mmHg × 3
Black / L   $66.00

Total   $120.00
"""
_SUBSCRIBED = """Your receipt from App Bazaar
Nov 4, 2026

Calm Pond Premium (Yearly)
Renews Nov 4, 2027
Write a Review | Report a Problem   $59.99

TOTAL   $59.99
"""


@pytest.mark.parametrize(
    ("paper", "things"),
    [
        (_ORDERED, ["Contour Lumbar Pillow", "Compression Sock 20-30 mmHg"]),
        (_SUBSCRIBED, ["Calm Pond Premium (Yearly)"]),
        (_MARKET, ["Room air purifier with HEPA filter"]),
        (_FLAGGED, ["HOT/COLD GEL PACK LG", "SUNSCREEN SPF50 6OZ"]),
    ],
)
def test_what_tells_more_of_goods_is_not_their_name(paper: str, things: list[str]) -> None:
    items = [one.value for one in extract(Document.from_text(paper)).fields if one.name == "item"]
    assert [item["description"] for item in items] == things


_AGENT = """DuesTrack Member Services   on behalf of   IRON FERRY FITNESS - LAKESIDE
Member:   Renwick Dalloway
Monthly dues   44.99
Total   44.99
"""
_DEALS_IN = """THE QUIET HOLD
Braces, Splints & Mastectomy Wear
9 Elm St, Rome, GA 30161
Wrist splint   $45.00
TOTAL   $45.00
"""
_ITS_PLACE = """HIGH MESA HEARING & BALANCE   PURCHASE INVOICE
3300 Juan Tafoya NE, Albuquerque, NM 87110
Clinic:   Uptown
Hearing aid   $1,850.00
Total   $1,850.00
"""
_PLATFORM = """Bookwell <no-reply@bookwell.example>
Payment receipt

Studio
Silver Birch Pilates
4 Oak St, Ames, IA 50010
Private session   $85.00
Amount charged   $85.00
"""
_STREET = """DROWSY OAK BEDS & HOME   SALES ORDER
7100 Carriage Pike, Dayton, OH 45414

SOLD TO   DELIVER TO
Hortense Abernathy   Hortense Abernathy
19 Quarry Bend   19 Quarry Bend
Dayton, OH 45415   Dayton, OH 45415

Adjustable base   1,099.00
Order total   1,099.00
"""


@pytest.mark.parametrize(
    ("paper", "merchant"),
    [
        (_AGENT, "IRON FERRY FITNESS - LAKESIDE"),
        (_DEALS_IN, "THE QUIET HOLD"),
        (_ITS_PLACE, "HIGH MESA HEARING & BALANCE"),
        (_PLATFORM, "Silver Birch Pilates"),
        (_STREET, "DROWSY OAK BEDS & HOME"),
    ],
)
def test_who_sold_is_neither_a_carrier_nor_a_street(paper: str, merchant: str) -> None:
    assert _read(paper, "merchant_name") == [merchant]


_BY_PLAN = """Bluff Street Rehab
Visit 09/10/2026
97161 PT evaluation   190.00
97110 Exercise   124.00
TOTAL CHARGES   314.00
TRI-LAKE CHOICE PAYMENT   -150.00
TRI-LAKE CHOICE CONTRACTUAL   -100.00
PATIENT PAYMENT - CHECK 5508   -30.00
ACCOUNT BALANCE   34.00
"""
_BORNE = """Verdigris Eye Care
Receipt 551  10/12/2026
Eye exam   107.00
Frames   600.00
Fees   707.00
Insurance (EyeAccord)   523.00
Patient portion   184.00
Deposit   100.00  Amex 1009
Balance at pickup   84.00
"""


@pytest.mark.parametrize(
    ("paper", "by_plan", "own"), [(_BY_PLAN, ["150.00"], ["30.00"]), (_BORNE, ["523.00"], ["100.00"])]
)
def test_what_a_plan_of_any_name_paid_is_not_the_patients_payment(
    paper: str, by_plan: list[str], own: list[str]
) -> None:
    assert (_read(paper, "insurance_paid"), _read(paper, "amount_paid")) == (by_plan, own)


_PUNCHED = """Otter Creek Pool
Water exercise 10-visit punch   62.00
Total   62.00
Paid by check #815

Visit history
Visit   Date   Time
1   09/15/2026   9:02A
2   09/17/2026   8:57A
"""


def test_visits_counted_in_a_column_are_days_of_service() -> None:
    assert _read(_PUNCHED, "service_date") == ["2026-09-15", "2026-09-17"]
