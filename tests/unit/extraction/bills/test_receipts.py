"""Who issued a bill, for whom, by whom, when, how it was paid, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Document, Extraction
from docscan.extraction.bills.dates import bill_dates
from docscan.extraction.bills.merchant import issuers
from docscan.extraction.bills.parties import parties
from docscan.extraction.bills.payments import bill_numbers, payments
from docscan.extraction.bills.statements import bill_statements
from docscan.extraction.text.annotated import AnnotatedText

Extractor = Callable[[AnnotatedText], Iterable[Extraction]]
EVERY: tuple[Extractor, ...] = (issuers, bill_dates, parties, payments, bill_numbers, bill_statements)


def _bill(text: str, kind: str = "receipt") -> AnnotatedText:
    annotated = AnnotatedText(Document.from_text(text.strip("\n")))
    annotated.kind = (kind, 1.0, ())  # type: ignore[assignment]
    return annotated


def _said(extractor: Extractor, text: str, kind: str = "receipt") -> list[tuple[str, Any]]:
    return [(e.name, e.value) for e in extractor(_bill(text, kind))]


def _values(extractor: Extractor, name: str, text: str, kind: str = "receipt") -> list[Any]:
    return [value for field, value in _said(extractor, text, kind) if field == name]


@pytest.mark.parametrize(
    ("text", "merchant"),
    [
        (
            "Riverbend Athletic Club\n14 Mill Road, Salem, OR 97301\nTel (503) 555-0133\nReceipt 88",
            "Riverbend Athletic Club",
        ),
        ("RECEIPT\nDate: 3/4/2026\nQuiet Hands Bodywork\nMassage 90.00", "Quiet Hands Bodywork"),
        ("20180304\nKEDAI UBAT SENTOSA\nSDN BHD\n(123456-X)\nNO 5 JALAN MAWAR", "KEDAI UBAT SENTOSA SDN BHD"),
        ("BLUE MOON\nTASTY KITCHEN SDN BHD (99887-A)\nLOT 4 JALAN SATU", "TASTY KITCHEN SDN BHD"),
        ("INVOICE #12\nBill to: Joe Hart\nAmount 5.00\nMake checks payable to Corner Yoga LLC", "Corner Yoga LLC"),
        ("Sold by: Ridge Equipment Inc\nBand set 12.00", "Ridge Equipment Inc"),
        (
            "Bill from:\tOakfell Practice Group\nDept:\tSleep Medicine\nPatient:\tAna Roe\nVisit\t85.00",
            "Oakfell Practice Group",
        ),
        (
            "Thank you\nService\tTherapy visit\nCharge\t$28.00\nThis mail was sent by DeskMate on behalf of Tiny Steps "
            "Therapy Collective.\nDo not reply. DeskMate LLC, 1 Server Way.",
            "Tiny Steps Therapy Collective",
        ),
        (
            "OAK HOSPITAL - ACCOUNTS\n2955 Quarry Blvd\nPAY TO THE\nORDER OF\tAda Stone\t$18.40\nPayee:\tAda Stone\n"
            "Refund 18.40",
            "OAK HOSPITAL",
        ),
        ("MEGAMART #2210\nMGR RICK ODD\nST 02210\nBANDAGE 3.97\nTOTAL 3.97", "MEGAMART #2210"),
        ("HSA receipt\nMerchant of record ...... Cadence Sleep Inc\nTotal paid .... 36.52", "Cadence Sleep Inc"),
        (
            "Package invoice\n\nSigrun Adler\n\nBoot session\t$35.00\nTotal $35.00\n\n"
            "Velo Recovery Lab | velorecovery.example",
            "Velo Recovery Lab",
        ),
        ("Your receipt from Northlight Coaching\nAmount paid $20.00", "Northlight Coaching"),
        ("Total Wellness Studio\nYoga class 20.00", "Total Wellness Studio"),
        (
            "≡ Menu     Dashboard     Payments     Sign out\n\n« Back to Payments\n\n"
            "Kestrel Weight Clinic, 8102 Mill Ave, Salem, OR 97301\n503.555.0133\nMember  Zeb M. Quist\nVisit 90.00",
            "Kestrel Weight Clinic",
        ),
        (">> ANVIL & MOSS <<   lift kind. lift strong.\n\nINVOICE\nClient: Ole Brandt\nClass 40.00", "ANVIL & MOSS"),
        ("Peak Form\n$85.00\nTraining $85.00\nTotal $85.00\nPeak Form\n22 Burnet Rd\nAustin, TX 78757", "Peak Form"),
        ("Physiotherapie am Park\nInh. Jonas Keller\nParkstraße 12, 80331 München", "Physiotherapie am Park"),
        ("Walgreens\nCALLOWAY, RUTH J\nRX# 1882217", "Walgreens"),
        ("thank you for shopping\nwww.shop.example\nPELICAN PHARMACY #44\n(503) 555-0100", "PELICAN PHARMACY #44"),
        ("KEDAI BUNGA MEKAR SON BHD\n(882190-T)\n12 JALAN MAWAR 3\nTOTAL 5.00", "KEDAI BUNGA MEKAR SDN BHD"),
        ("PASAR LIMA 5/8 (99120: X)\nLOT 4, JALAN DUA,\nTAMAN SATU\nTOTAL 5.00", "PASAR LIMA S/B"),
        ("MR. BOLT (M) SDN BHD (860671-D)\nLOT 1851, JALAN DUA,\nTAMAN SATU\nTOTAL 5.00", "MR. BOLT (M) SDN BHD"),
        ("PASAR LIMA $/E (99120-X)\nLOT 4, JALAN DUA,\nTAMAN SATU\nTOTAL 5.00", "PASAR LIMA S/B"),
        ("Square\n$132.00\nTip 22.00\nOak Massage\nAda Lind, LMT\n304 Birch Ln\nAsheville, NC 28801", "Oak Massage"),
        ("RECElPT  No. 4471\nTotal 5.00\nby A. Sato\tSato Acupuncture, 12 Pine St, Bend OR", "Sato Acupuncture"),
        ("Cascade Spine\nA division of Rehab Partners, Inc.\n910 Hoyt St\nTotal 5.00", "Cascade Spine"),
        ("N O R T H W A Y   O P T I C A L\n310 Division St\nNorthfield, MN 55057\nTotal 5.00", "NORTHWAY OPTICAL"),
        (
            "PAYMENT RECEIPT\nAmount: $75.00\nDate: 12 May 2025\nRidge Speech, LLC  |  EIN 46-1188203",
            "Ridge Speech, LLC",
        ),
        ("[ COPPER HERON ]     training for late starters\nINVOICE\nAmount 5.00", "COPPER HERON"),
        ('Fern Hollow Grocers, "fresh since the bridge went up"\n12 Mill Rd\nTotal 5.00', "Fern Hollow Grocers"),
        ("Mr. Omar Haddad\nDear Mr. Haddad,\nTotal 5.00\nFern Hollow Grocers\n12 Mill Road", "Fern Hollow Grocers"),
        ("INVOICE\nBILL FROM\tBILL TO\nQuill Bodywork\tAda Stone\n6 Heron St\nTotal 5.00", "Quill Bodywork"),
        ("* T E A L   M O O N   Y O G A *\n9 Elm St, Bend OR\nTotal 5.00\nTeal Moon Yoga thanks you", "Teal Moon Yoga"),
        ("SESSION ATTENDANCE LOG\nBILL FROM\tBILL TO\nQuill Bodywork\tAda Stone\nTotal 5.00", "Quill Bodywork"),
        ("CLASS ROSTER\nElmwood Pilates\n9 Elm St, Bend OR\nTotal 5.00", "Elmwood Pilates"),
        (
            "rest & reset bodywork\n(Ada Lind, massage)\n9 Elm St\nTotal 5.00\nrestandreset.example",
            "rest & reset bodywork",
        ),
        ("CalmPath(TM)\nSubscription\nTotal 5.00", "CalmPath"),
        ("Fern Dental®\n9 Elm St\nTotal 5.00", "Fern Dental"),
        (
            "MAKE CHECK PAYABLE TO\nOak Anesthesia\nPO Box 3\nFacility: Lake Surgery Center\nTotal 5.00",
            "Oak Anesthesia",
        ),
        ("2/8/2026\tHarbor Mail - Your superbill\nYour superbill from Harbor Physio\nTotal 5.00", "Harbor Physio"),
        (
            "Blue Heron Dermatology PC\nc/o MedBill Services\n410 Main St\nTulsa OK 74103\n\nStatement\n"
            "Pay this amount  $40.00\n\nGERALDINE OKAFOR\n17 Elm Ct\nTulsa OK 74105",
            "Blue Heron Dermatology PC",
        ),
        ("Ana Roe, tobacco treatment specialist\n523 Larkspur Ave\nTulsa, OK 74103\nTotal 5.00", "Ana Roe"),
        ("LUNA BED GALLERY   #14\nRte 9 Outlet Center, Halsted, PA   (724) 555-0104\nTotal 5.00", "LUNA BED GALLERY"),
        (
            "Rec'd from  Ana Roe\nFor lessons  $40.00\nTotal 40.00\nBy   P. Amory, Amory Speech & Language",
            "Amory Speech & Language",
        ),
    ],
)
def test_the_merchant(text: str, merchant: str) -> None:
    assert _values(issuers, "merchant_name", text) == [merchant]


@pytest.mark.parametrize(
    "head",
    [
        "2142 Marigold Street\nFargo, ND 58102",
        "ITEMIZED CHARGES\n8274 Juniper Pkwy, Bldg B",
        "Schedule\nItems ordered",
        "Salesperson   Rhea Adler\nStore hours 8-9 daily",
        "Prepared for\nGuarantor name",
        "RECIBO\nAsheville NC",
    ],
)
def test_a_logo_that_was_not_read_leaves_no_merchant(head: str) -> None:
    assert (
        _values(issuers, "merchant_name", f"{head}\n\nReceipt 05/02/2026\nMassage 60 min  $95.00\nTotal  $95.00") == []
    )


@pytest.mark.parametrize(
    ("text", "kind", "merchant"),
    [
        ("You paid Dana Wu\n$80.00\nVenmo", "card_slip", "Dana Wu"),
        ("Pay to the order of  Quiet Hands Bodywork   $90.00", "card_slip", "Quiet Hands Bodywork"),
        ("Blue Lakes Health Plan\nEXPLANATION OF BENEFITS\nProvider\tSalem Spine", "eob", "Blue Lakes Health Plan"),
        ("Tri-County Mutual\nEXPLANATION OF BENEFITS\nProvider: Salem Orthopedics", "eob", "Tri-County Mutual"),
        ("EXPLANATION OF BENEFITS\nPatient: Ida Lund\nProvider: Salem Orthopedics", "eob", "Salem Orthopedics"),
        (
            "MARSH & COLE DENTISTRY\n9 Elm St\nPAY TO THE\nORDER OF  Ida Lund   $18.40",
            "card_slip",
            "MARSH & COLE DENTISTRY",
        ),
        (
            "First Coastal Bank\nMERIDIAN REHAB HOSPITAL\nPAY TO THE ORDER OF  Felix Arroyo  $42.10",
            "card_slip",
            "MERIDIAN REHAB HOSPITAL",
        ),
        ("K O I N U P\nPAID  $80.00\nTo: Dana Wu Yoga\nFrom: Ida Lund", "card_slip", "Dana Wu Yoga"),
    ],
)
def test_on_other_papers_about_money_who_issued_it_or_was_paid_counts(text: str, kind: str, merchant: str) -> None:
    assert _values(issuers, "merchant_name", text, kind) == [merchant]


def test_address_telephone_and_tax_number() -> None:
    text = """
Riverbend Athletic Club LLC
14 Mill Road, Suite 3
Salem, OR 97301
Tel (503) 362-0133   Fax (503) 362-0134
EIN: 47-1234567
Membership     $50.00
"""
    said = dict(_said(issuers, text))
    assert said["merchant_address"] == "14 Mill Road, Suite 3, Salem, OR 97301"
    assert said["merchant_phone"] == "+15033620133"
    assert said["tax_id"] == "47-1234567"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "Riverside Bodywork\nReceipt 12\nClient: Nora Bell\nMassage 80.00\nTotal 80.00\n\n"
            "77 Alder Street, Salem, OR 97301\n503 555 0131",
            ["77 Alder Street, Salem, OR 97301"],
        ),
        (
            "BRACE DEPOT\nwww.brace.example  |  9 Depot Way, Reno, NV 89502  |  775-555-0119\nBrace 40.00\nTotal 40.00",
            ["9 Depot Way, Reno, NV 89502"],
        ),
        (
            "Corner Gym\n16 Mill Road, Ithaca, NY 14850   607-555-0190\nDues 40.00\nTotal 40.00",
            ["16 Mill Road, Ithaca, NY 14850"],
        ),
        ("Corner Gym\nBill to:\nNora Bell\n16 Mill Road, Ithaca, NY 14850\nDues 40.00\nTotal 40.00", []),
    ],
)
def test_where_the_merchant_is(text: str, address: list[str]) -> None:
    assert _values(issuers, "merchant_address", text) == address


def test_a_member_number_is_no_address() -> None:
    said = dict(_said(issuers, "ANYTIME CLUB\nMember ID 88213\nDues $44.99"))
    assert "merchant_address" not in said


def test_a_foreign_telephone_is_read_by_the_countrys_plan_and_a_tax_registration_is_no_telephone() -> None:
    text = "KEDAI MAJU SDN BHD\nJALAN SATU 47400 PETALING JAYA\nGST ID: 000136577024\nTEL : 03-8079 0255\nTOTAL RM 5.00"
    said = dict(_said(issuers, text))
    assert said["merchant_phone"] == "+60380790255"
    assert "tax_id" not in said


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        pytest.param("CITY MART\n03/14/26 14:22\nMILK 2.49\nTOTAL $2.49", "receipt", [("service_date", "2026-03-14")],
                     id="the only date of a till slip"),
        pytest.param("KEDAI SDN BHD\nDATE : 10/03/2018 5:41:06\nTOTAL RM 2.00", "receipt",
                     [("service_date", "2018-03-10")],
                     id="day first in Malaysia"),
        pytest.param("Date of service: 2/3/2026\nDate paid: 2/9/2026\nDue date: 3/1/2026\nMassage $80.00", "receipt",
                     [("service_date", "2026-02-03"), ("payment_date", "2026-02-09"), ("due_date", "2026-03-01")],
                     id="labels left"),
        pytest.param("Invoice date      Due date\n02/01/2026        03/01/2026\nBill to: Al Bo\nCoaching  $90.00",
                     "receipt",
                     [("statement_date", "2026-02-01"), ("due_date", "2026-03-01")], id="labels above"),
        pytest.param("INVOICE     Date: 02/28/2026\nDate     Service   Fee\n02/03/2026  Session  $80.00\n"
                     "02/10/2026  Session  $80.00", "receipt",
                     [("service_date", "2026-02-03"), ("service_date", "2026-02-10"), ("statement_date", "2026-02-28")],
                     id="an invoice with session lines"),
        pytest.param("Gym dues\nFeb 1, 2026 - Feb 28, 2026\nDues $50.00\nPaid on Feb 1, 2026", "receipt",
                     [("service_period", {"start": "2026-02-01", "end": "2026-02-28"}), ("payment_date", "2026-02-01")],
                     id="a period"),
        pytest.param("SALE\nVISA 03/02/2026 10:14\nTOTAL $85.00", "card_slip", [("payment_date", "2026-03-02")],
                     id="a card slip proves a payment"),
        pytest.param("Statement date 02/28/2026\nBalance due $212.00\nPlease pay by 03/20/2026", "statement",
                     [("due_date", "2026-03-20"), ("statement_date", "2026-02-28")], id="a statement"),
        pytest.param("RX# 12345  Date filled: 01/15/2026\nRefills: 2 before 01/15/2027\nYOU PAY $10.00", "receipt",
                     [("service_date", "2026-01-15")], id="a pharmacy label"),
        pytest.param("DOB 07/07/1988\nDOS 01/05/2026\nFee $90.00", "superbill", [("service_date", "2026-01-05")],
                     id="a date of birth is none of these"),
        pytest.param("Jan 5 2026  training $85.00\nJan 7  training $85.00\nTotal $170.00", "receipt",
                     [("service_date", "2026-01-05"), ("service_date", "2026-01-07")], id="a line without a year"),
        pytest.param("Rechnungsdatum: 05.03.2026\ngeb. 12.07.1979\nZahlbar bis 19.03.2026\nMassage 80,00 €", "receipt",
                     [("statement_date", "2026-03-05"), ("due_date", "2026-03-19")], id="German labels"),
        pytest.param("Receipt 3-14-26\nFor 4 sessions Feb 2, 9, 16 and 23\nTotal $240.00", "receipt",
                     [("service_date", "2026-02-02"), ("service_date", "2026-02-09"), ("service_date", "2026-02-16"),
                      ("service_date", "2026-02-23"), ("statement_date", "2026-03-14")], id="a list of days"),
        pytest.param("Dates of service: 2/3, 2/10\nPaid 2/28/2026\nTotal $240.00", "receipt",
                     [("service_date", "2026-02-03"), ("service_date", "2026-02-10"), ("payment_date", "2026-02-28")],
                     id="a list of days with slashes"),
        pytest.param("total $435\npaid venmo 2/1/26", "receipt", [("payment_date", "2026-02-01")], id="paid by an app"),
        pytest.param("DATE: 1O/O3/2018\nTOTAL RM 2.00", "receipt", [("service_date", "2018-03-10")],
                     id="letters for digits"),
        pytest.param("Datum 14.02.26\nSumme 49,88 EUR", "receipt", [("service_date", "2026-02-14")],
                     id="dots and two digits"),
    ],
)  # fmt: skip
def test_dates_have_roles(text: str, kind: str, expected: list[tuple[str, Any]]) -> None:
    assert sorted(_said(bill_dates, text, kind), key=str) == sorted(expected, key=str)


def test_a_package_of_which_nothing_was_used_has_no_day_of_service() -> None:
    text = (
        "Elm Street Pilates\nHello Nora Bell,\nOrder date   March 3, 2026\n10-session training package   $700.00\n"
        "Sessions may be booked from April 1, 2026 and expire on September 30, 2026.\nTotal charged   $700.00"
    )
    assert _said(bill_dates, text) == [("payment_date", "2026-03-03")]
    assert _values(parties, "patient_name", text) == ["Nora Bell"]


def test_a_package_whose_sessions_are_listed_was_given() -> None:
    text = (
        "Elm Street Pilates\nInvoice date: March 31, 2026\n4-session training package   $280.00\n"
        "Sessions held: 3/3, 3/10, 3/17, 3/24\nTotal   $280.00"
    )
    assert _values(bill_dates, "service_date", text) == ["2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24"]


def test_who_paid_and_when_in_one_sentence() -> None:
    text = "Brook Studio\nReceived from Nora Bell  $480.00 on April 2, 2026\nFor: massage, March 2 to March 30, 2026"
    assert _said(bill_dates, text) == [
        ("service_period", {"start": "2026-03-02", "end": "2026-03-30"}),
        ("payment_date", "2026-04-02"),
    ]


def test_the_member_of_a_plan_need_not_be_the_patient() -> None:
    assert _values(parties, "patient_name", "Member: Ada Bell\nPatient: Nora Bell\nPlan paid $5.00", "eob") == [
        "Nora Bell"
    ]


def test_a_pharmacys_label_names_the_patient_before_the_date_of_birth() -> None:
    label = "Corner Drug   Rx 7712345\nBELL, NORA K _ DOB 04/05/1961\nYOUR CO-PAY   $8.00"
    assert _values(parties, "patient_name", label) == ["BELL, NORA K"]


@pytest.mark.parametrize(
    "printed",
    [
        "2 dic 2025",
        "2 dic. 2025",
        "2 de dic. de 2025",
        "2-dic-2025",
        "diciembre 2, 2025",
        "2 déc. 2025",
        "2. Dez. 2025",
    ],
)
def test_months_in_other_tongues(printed: str) -> None:
    assert _values(bill_dates, "service_date", f"Clínica del Valle\n{printed}   Terapia   $95.00\n") == ["2025-12-02"]


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("Seen 2019-05-28 and 2019-05-30", ["2019-05-28", "2019-05-30"]),
        ("Visits 1/6/2026, 1/13/2026 and 1/20/2026", ["2026-01-06", "2026-01-13", "2026-01-20"]),
        ("We saw you on 3, 10 and 17 November 2025.", ["2025-11-03", "2025-11-10", "2025-11-17"]),
    ],
)
def test_what_is_said_of_the_first_of_several_days_is_said_of_all(printed: str, days: list[str]) -> None:
    assert _values(bill_dates, "service_date", f"Rose Clinic\n{printed}\nVisits  $184.00\n") == days


def test_a_number_above_a_date_is_no_day_of_its_month() -> None:
    found = _values(bill_dates, "service_date", "Rose Clinic\ncovered person 3\nMay 26 2023   Massage   60.00\n")
    assert found == ["2023-05-26"]


def test_a_slip_that_lists_what_was_sold_has_days_of_service() -> None:
    slip = "Larch Studio\nMERCHANT COPY\n8 Mar 2026\n{}TOTAL   USD  120.00\nAPPROVED  AUTH 09134F\n"
    sold = slip.format(" MEAL PLAN\n 2 @ 60.00          120.00\n")
    assert _values(bill_dates, "service_date", sold, "card_slip") == ["2026-03-08"]
    assert _values(bill_dates, "service_date", slip.format(""), "card_slip") == []


def test_a_trainers_log_has_the_days_of_its_rows() -> None:
    log = (
        "SESSION LOG\nClient: Nora Bell\nDate   Min   Work\n"
        "03/03/26   45   Leg press\n03/10/26   45   Rowing\nSent 03/12/26."
    )
    assert _said(bill_dates, log, "trainer_documentation") == [
        ("service_date", "2026-03-03"),
        ("service_date", "2026-03-10"),
    ]
    assert _said(bill_dates, "Dear Dr. Hall,\n03/03/26 was the first session.", "trainer_documentation") == []


def test_a_payment_in_a_ledger_has_its_own_day() -> None:
    ledger = (
        "Harbor Fitness\nDate   Transaction   Charge   Payment   Balance\n"
        "05/04/2026   Exercise class   $15.00      15.00\n"
        "05/06/2026   Payment - check 118      15.00   0.00"
    )
    assert ("payment_date", "2026-05-06") in _said(bill_dates, ledger)
    assert _values(bill_dates, "service_date", ledger) == ["2026-05-04"]


def test_a_swapped_date_that_nothing_settles_has_readings_and_no_value() -> None:
    (found,) = bill_dates(_bill("Studio\nDate 03/04/2026\nMassage 80.00"))
    assert found.value is None
    assert set(found.readings) == {"2026-03-04", "2026-04-03"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Date 03/04/2026\nMassage $80.00", "2026-03-04"),
        ("Date 03/04/2026\nMassage 80,00 EUR", "2026-04-03"),
        ("Date 03/04/2026\nPrinted 25/04/2026\nMassage 80.00", "2026-04-03"),
    ],
)
def test_the_page_settles_a_swapped_date(text: str, value: str) -> None:
    assert value in _values(bill_dates, "service_date", text)


def test_weekly_sessions_settle_the_order_of_day_and_month() -> None:
    text = "Client: Bo Li\n03/02/2026  massage  80.00\n03/09/2026  massage  80.00\nTotal 160.00"
    assert _values(bill_dates, "service_date", text) == ["2026-03-02", "2026-03-09"]


def test_a_date_that_no_calendar_has_is_offered_as_what_it_may_be() -> None:
    (found,) = bill_dates(_bill("KEDAI SDN BHD\nDate: 45/07/2017 12:07\nTOTAL RM 1.00"))
    assert found.value is None
    assert "2017-07-15" in found.readings


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_any_american_date_is_read_back(day: date) -> None:
    assert _values(bill_dates, "service_date", f"Corner Gym\n{day:%m/%d/%Y}\nPass $5.00") == [day.isoformat()]


@given(st.dates(date(2010, 1, 1), date(2039, 12, 31)), st.integers(1, 28))
def test_a_date_is_what_it_is_labelled(day: date, later: int) -> None:
    due = day + timedelta(days=later)
    said = _said(bill_dates, f"Date of service: {day:%B %d, %Y}\nDue date: {due:%B %d, %Y}\nVisit $5.00")
    assert sorted(said) == [("due_date", due.isoformat()), ("service_date", day.isoformat())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Member: Bo Lindqvist\nDues $50.00", [("patient_name", "Bo Lindqvist")]),
        ("Bill to: Bo Lindqvist\nDues $50.00", [("patient_name", "Bo Lindqvist")]),
        (
            "Patient: Al Bo\nBill to: Bo Lindqvist\nDues $50.00",
            [("patient_name", "Al Bo"), ("participant_name", "Bo Lindqvist")],
        ),
        ("Therapist: Jo Marsh, LMT\nMassage $50.00", [("provider_name", "Jo Marsh"), ("provider_credential", "LMT")]),
        (
            "Rendered by: Sue Yang, DC\nAdjustment $50.00",
            [("provider_name", "Sue Yang"), ("provider_credential", "DC")],
        ),
        ("Received from Bo Lindqvist   $50.00", [("patient_name", "Bo Lindqvist")]),
        (
            "BILL TO              INVOICE   1042\nBo Lindqvist         DATE      03/01/2026",
            [("patient_name", "Bo Lindqvist")],
        ),
        ("Customer service 800-555-0100\nDues $50.00", []),
        ("Member since 2019\nMember ID 4421\nDues $50.00", []),
        ("Client 6620  LINDQVIST, BO M\nDues $50.00", [("patient_name", "LINDQVIST, BO M")]),
        ("MEMBER LINDQVIST B  #D20991\nDues $50.00", [("patient_name", "LINDQVIST B")]),
        ("To: Bo Lindqvist, 88 Lorane Loop, Eugene OR\nDues $50.00", [("patient_name", "Bo Lindqvist")]),
        ("PT 1: NORA P. BELL\nSplint $50.00", [("patient_name", "NORA P. BELL")]),
        ("Dear Mr. Bo Lindqvist,\nMassage $50.00", [("patient_name", "Bo Lindqvist")]),
        ("Mr. Bo Lindqvist\n\nDear Mr. Lindqvist,\n\nYou bought pills for $50.00", [("patient_name", "Bo Lindqvist")]),
        (
            "Recd from   Bo Lindqvist\nFor   Nora Bell - saw Dr. Yang\nMassage $50.00",
            [("patient_name", "Nora Bell"), ("participant_name", "Bo Lindqvist")],
        ),
        (
            "RIDE FOR: Nora Bell\nCREW: Sue Yang, EMT-Z  + driver\nMiles $50.00",
            [("patient_name", "Nora Bell"), ("provider_name", "Sue Yang")],
        ),
        (
            "Patient: Nora Bell\nTO\nBo Lindqvist\n(responsible party)\nDues $50.00",
            [("patient_name", "Nora Bell"), ("participant_name", "Bo Lindqvist")],
        ),
    ],
)
def test_people(text: str, expected: list[tuple[str, str]]) -> None:
    assert _said(parties, text) == expected


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Paid - Visa ending 4242   $610.75", ["Visa ending 4242"]),
        ("VISA ************1881   19.49", ["Visa ending 1881"]),
        ("Charged to Amex ending in 1009", ["Amex ending 1009"]),
        ("Payment method: Mastercard - 9921", ["Mastercard ending 9921"]),
        ("Paid by check #1182", ["check 1182"]),
        ("CASH  50.00\nCHANGE 5.00", ["cash"]),
        ("Received with thanks by Zelle", ["Zelle"]),
        ("HSA card ending 0031  $80.00", ["HSA card ending 0031"]),
        ("HSA MASTERCARD   37.48\n*********6610   RF", ["HSA Mastercard ending 6610"]),
        ("Payment Method: Visa | Last digits: 4242", ["Visa ending 4242"]),
        ("Amex *1009   $168.00", ["Amex ending 1009"]),
        ("We accept Visa, Mastercard and Amex", []),
        ("NO CASH REFUND", []),
        ("Check-in 08:02", []),
        ("Cashier: AMI", []),
        ("Auto-pay 3/31/2026, Mastercard x8810 -$90.00", ["Mastercard ending 8810"]),
        ("From\tChecking **3310", ["Checking ending 3310"]),
        ("Refund issued to Visa ending 1007: $64.00", ["Visa ending 1007"]),
        ("Cashew butter 5.00", []),
    ],
)
def test_payment_methods(text: str, method: list[str]) -> None:
    assert _values(payments, "payment_method", text) == method


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Invoice #  10233", "invoice_number", ["10233"]),
        ("Receipt #2041-8830", "invoice_number", ["2041-8830"]),
        ("INVOICE NO : 18124/102/T0146", "invoice_number", ["18124/102/T0146"]),
        ("RECEIPT  No. 0419", "invoice_number", ["0419"]),
        ("INVOICE        1042", "invoice_number", ["1042"]),
        ("Check # 2207", "invoice_number", []),
        ("Invoice date: 02/01/2026", "invoice_number", []),
        ("Invoice total 610.75", "invoice_number", []),
        ("RX# 7781203", "rx_number", ["7781203"]),
        ("Rx No: 88123-02", "rx_number", ["88123-02"]),
        ("RxBIN 610014", "rx_number", []),
    ],
)
def test_numbers(text: str, name: str, value: list[str]) -> None:
    assert _values(bill_numbers, name, text) == value


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("Previous balance $412.00\nPayments received -$200.00", "statement", ["prior_balance"]),
        ("Balance forward $0.00\nMassage $80.00", "receipt", []),
        ("Payment on account $50.00", "receipt", ["prior_balance"]),
        ("COST ESTIMATE\nCrown 1,400.00", "estimate", ["estimate_statement"]),
        ("PRO FORMA INVOICE\nBike 900.00", "receipt", ["estimate_statement"]),
        ("Massage $80.00\nTotal $80.00", "receipt", []),
        ("SALE\nApproval code: 07133B\n$95.00", "card_slip", ["card_slip_statement"]),
        ("Massage 80.00\nVISA 80.00 AUTH CODE 07133B", "receipt", []),
    ],
)
def test_what_a_bill_says_of_itself(text: str, kind: str, names: list[str]) -> None:
    assert [name for name, value in _said(bill_statements, text, kind) if value is True] == names


@pytest.mark.parametrize("extractor", EVERY, ids=lambda extractor: extractor.__name__)
@given(text=st.text(max_size=250))
def test_any_text_is_survived_and_quoted_to_the_letter(extractor: Extractor, text: str) -> None:
    bill = _bill(text)
    for found in extractor(bill):
        for evidence in found.evidence:
            assert evidence.text == bill.text[evidence.start : evidence.end]


@pytest.mark.parametrize("extractor", EVERY, ids=lambda extractor: extractor.__name__)
def test_nothing_is_said_of_letters(extractor: Extractor) -> None:
    text = "Acme Clinic\nInvoice # 12\nBill to: Bo Li\n03/04/2026\nVisa ending 4242\nBalance forward $5.00\nEstimate"
    assert list(extractor(_bill(text, "lmn"))) == []


LONG = [
    "A" * 3000,
    "Abc " * 1000,
    "1" * 3000,
    "1 " * 1000,
    "-" * 3000,
    "(1 " * 1000,
    "9." * 1000,
    "total " * 600,
    "$" * 2000,
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:6])
def test_no_text_makes_a_search_run_away(text: str) -> None:
    bill = _bill(text)
    start = process_time()
    for extractor in EVERY:
        list(extractor(bill))
    assert process_time() - start < 5
