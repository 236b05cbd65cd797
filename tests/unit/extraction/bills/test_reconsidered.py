"""What an amount is follows from what the others come to, where its own label misleads."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract
from docscan.extraction.learned.proposing import is_proposed

_HEAD = "Juniper Wellness\n12 Main St, Salem, OR 97301\nReceipt 5512\n\n"
_LINES = "Posture class          40.00\nFoam roller            25.00\n"


def _sums(text: str) -> dict[str, str]:
    """What the rules say."""
    found = extract(Document.from_text(_HEAD + text)).fields
    return {e.name: e.value for e in found if isinstance(e.value, str) and not is_proposed(e)}


@pytest.mark.parametrize("label", ["total charges", "Total fees", "TOTAL"])
def test_charges_are_a_subtotal_where_the_sum_with_tax_stands_below_without_a_word(label: str) -> None:
    found = _sums(f"{_LINES}{label}          65.00\nsales tax          5.20\n                       70.20\n")
    assert (found["subtotal"], found["total"]) == ("65.00", "70.20")


@pytest.mark.parametrize("card", ["less punch card", "Stamp card -10th visit", "VIP card"])
def test_a_card_that_the_total_counts_as_taken_off_is_a_discount(card: str) -> None:
    found = _sums(f"{_LINES}Subtotal          65.00\n{card}          -5.00\nTax          3.00\nTOTAL          63.00\n")
    assert (found["discount"], found["total"]) == ("5.00", "63.00")
    assert "amount_paid" not in found


def test_a_card_that_pays_stays_a_payment() -> None:
    found = _sums(f"{_LINES}TOTAL          65.00\nVisa 4471          65.00\n")
    assert found["amount_paid"] == "65.00"
    assert "discount" not in found


def test_after_discount_is_not_the_total_where_more_is_taken_off_on_the_way_to_it() -> None:
    found = _sums(
        f"{_LINES}Subtotal          65.00\nMember discount          -6.50\nAfter discount          58.50\n"
        "Insurance paid          -20.00\nTOTAL          38.50\n"
    )
    assert (found["total"], found["insurance_paid"]) == ("38.50", "20.00")


def test_a_balance_forward_that_closes_an_account_is_due() -> None:
    found = _sums(
        "Prior balance          45.00\nOffice visit          90.00\nPayment, check 118          -60.00\n"
        "Balance forward          75.00\n"
    )
    assert found["balance_due"] == "75.00"


def test_a_table_s_columns_are_summed_by_the_row_of_its_total_and_not_of_its_subtotal() -> None:
    text = (
        "EXPLANATION OF BENEFITS     THIS IS NOT A BILL\n\n"
        "Date           Service               Billed     Plan paid     You owe\n"
        "May 11 2026    Gait training          94.00         60.00       34.00\n"
        "May 18 2026    Wrist brace            50.00          0.00       50.00\n"
        "               Subtotal              144.00         60.00       84.00\n"
        "               Sales tax on brace      4.00                      4.00\n"
        "               TOTAL                 148.00         60.00       88.00\n"
    )
    found = extract(Document.from_text(text)).fields
    assert [e.value for e in found if e.name == "patient_responsibility"] == ["88.00"]


def test_patient_over_amounts_is_a_share_and_only_what_insurance_paid_is_its_payment() -> None:
    text = (
        "STATEMENT OF ACCOUNT\nTide Family Dentistry, PLC\n6 Quay St\nNorfolk, VA 23510\n\n"
        "Date          Procedure            Qty    Unit fee      Fee    Ins. adj    Ins. paid    Patient\n"
        "2026-01-17    Deep cleaning          2      200.00   400.00       60.00       280.00      60.00\n"
        "2026-01-24    White filling          1      230.00   230.00       40.00       150.00      40.00\n"
        "              Totals                                 630.00      100.00       430.00     100.00\n"
    )
    found = extract(Document.from_text(text)).fields
    by = {e.name: e.value for e in found}
    assert (by["total"], by["insurance_paid"], by["patient_responsibility"]) == ("630.00", "430.00", "100.00")
    assert [e.value["amount"] for e in found if e.name == "item"] == ["400.00", "230.00"]


@pytest.mark.parametrize("thing", ["Balance station", "BALANCE RE-ED", "Balance class", "Static balance work"])
def test_balance_that_is_trained_is_no_balance_that_is_owed(thing: str) -> None:
    found = extract(Document.from_text(f"{_HEAD}{thing}          40.00\nFoam roller          25.00\nTotal     65.00\n"))
    assert [e.value["amount"] for e in found.fields if e.name == "item"] == ["40.00", "25.00"]


@pytest.mark.parametrize("which", [", lines 6-7", " (line 2)", ", lines 1, 3", " for line 4"])
def test_which_lines_it_is_about_does_not_change_what_an_amount_is(which: str) -> None:
    found = _sums(
        f"{_LINES}Total     65.00\nInsurance adjustment{which}     -15.00\nInsurance paid{which}     -20.00\n"
    )
    assert found["insurance_paid"] == "20.00"
    assert "amount_paid" not in found


def test_a_line_that_the_account_below_a_claim_enters_again_counts_once_with_its_words() -> None:
    found = extract(
        Document.from_text(
            "HEALTH INSURANCE CLAIM FORM\n\n21. DIAGNOSIS   A. M45.A7\n\n"
            "24. A DATE(S) FROM   TO            B POS   C EMG   D CPT    E PTR   F CHARGES   G UNITS   J RENDERING\n"
            "    Feb 23 2026   Feb 23 2026      11              99213    A       90.00       1         J PARK MD\n\n"
            "28. TOTAL CHARGE   90.00\n29. AMOUNT PAID    60.00\n33. BILLING PROVIDER   217 5550198\n"
            "    LONE CREEK RHEUMATOLOGY SC\n    14 KEY WAY\n    URBANA IL 61801\n\n"
            "ACCOUNT SUMMARY (not part of claim)\n99213 est. pt office visit           90.00\n"
            "Pmt rec'd, check no. 2217           -60.00\n"
        )
    ).fields
    items = [e.value for e in found if e.name == "item"]
    assert [(one["description"], one["service_date"]) for one in items] == [("est. pt office visit", "2026-02-23")]
    assert [e.value for e in found if e.name == "merchant_name"] == ["LONE CREEK RHEUMATOLOGY SC"]


def test_a_fee_that_is_only_announced_is_no_payment_and_a_diagnosis_alone_no_price() -> None:
    found = _sums(
        f"Codes from the referral:\nI50.23\nM45.A6\n{_LINES}TOTAL          65.00\n"
        "Checks to Ridge Spine Co. A $25 fee applies to returned checks.\n"
    )
    assert found["total"] == "65.00"
    assert "amount_paid" not in found


@pytest.mark.parametrize("card", ["VISA xxxx 4471", "Visa XXXX4471", "VISA ****4471"])
def test_a_masked_card_is_how_it_was_paid(card: str) -> None:
    assert _sums(f"{_LINES}TOTAL          65.00\n{card}          65.00\n")["payment_method"] == "Visa ending 4471"


def test_paid_today_is_paid_on_the_day_of_the_bill() -> None:
    printed = f"Date of service: 05/04/2026\n{_LINES}Total     65.00\nPaid today, Mastercard ending 3086     65.00\n"
    (paid,) = extract(Document.from_text(_HEAD + printed)).named("payment_date")
    assert "2026-05-04" in (paid.value, *paid.readings)


def test_the_whole_name_at_the_head_is_preferred_to_its_beginning_on_the_slip() -> None:
    found = extract(
        Document.from_text(
            "IRON GATE FITNESS COLLECTIVE, LLC\n80 Mill Road\nToledo, OH 43604\n\nMEMBER STATEMENT\n\n"
            "Training hour          120.00\nDues          60.00\nBALANCE          180.00\n\n"
            "Make checks payable to Iron Gate Fitness\n"
        )
    ).fields
    assert [e.value for e in found if e.name == "merchant_name"] == ["IRON GATE FITNESS COLLECTIVE, LLC"]


def test_what_several_claims_came_to_gives_way_to_what_they_come_to_together() -> None:
    claims = "".join(
        f"Claim {n}     person {n}\n97110 Exercise     {billed}\n97140 Manual therapy     {more}\n"
        f"billed {both}     plan paid {paid}     your share {share}\n"
        for n, billed, more, both, paid, share in (
            (1, "60.00", "20.00", "80.00", "60.00", "20.00"),
            (2, "65.00", "20.00", "85.00", "60.00", "25.00"),
            (3, "50.00", "30.00", "80.00", "50.00", "30.00"),
        )
    )
    text = f"EXPLANATION OF BENEFITS\nThis is not a bill\n{claims}"
    text += "All claims billed   245.00\nPlan paid   170.00\nYour share   75.00\n"
    found = extract(Document.from_text(_HEAD + text)).fields
    names = ("total", "insurance_paid", "patient_responsibility", "subtotal")
    assert [(e.name, e.value) for name in names for e in found if e.name == name] == [
        ("total", "245.00"),
        ("insurance_paid", "170.00"),
        ("patient_responsibility", "75.00"),
    ]


def test_gross_is_a_subtotal_where_something_is_taken_off() -> None:
    found = _sums(f"{_LINES}GROSS          65.00\nINS PAID          -25.00\nYOU OWE          40.00\n")
    assert (found["subtotal"], found["insurance_paid"]) == ("65.00", "25.00")


def test_what_was_owed_before_a_payment_is_not_what_is_left_after_it() -> None:
    found = _sums(
        f"{_LINES}TOTAL     65.00\nINS PAID     -25.00\nYOU OWE     40.00\nVISA 4411     40.00\nLEFT TO PAY     0.00\n"
    )
    assert (found["patient_responsibility"], found["amount_paid"], found["balance_due"]) == ("40.00", "40.00", "0.00")


def test_a_refund_below_the_lines_is_one_of_them_and_what_is_left_the_total() -> None:
    found = _sums(
        f"{_LINES}                       65.00\nRETURN - old roller,\n  unused            -10.00\n"
        "                       55.00\n"
    )
    assert (found["subtotal"], found["refund"], found["total"]) == ("65.00", "10.00", "55.00")
    assert "discount" not in found
