"""What a bill comes to, and what its arithmetic says of doubtful digits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Document, Extraction
from docscan.extraction.bills.totals import sums
from docscan.extraction.text.annotated import AnnotatedText


def _bill(text: str, kind: str = "receipt", unsure: str = "") -> AnnotatedText:
    """`unsure`: a printed word that was read with little certainty."""
    document = Document.from_text(text.strip("\n"))
    if unsure:
        pages = tuple(
            replace(page, words=tuple(replace(w, confidence=0.5 if w.text == unsure else 0.95) for w in page.words))
            for page in document.pages
        )
        document = replace(document, pages=pages)
    annotated = AnnotatedText(document)
    annotated.kind = (kind, 1.0, ())  # type: ignore[assignment]
    return annotated


def _sums(text: str, kind: str = "receipt") -> dict[str, Any]:
    return {e.name: e.value for e in sums(_bill(text, kind)) if e.name != "currency"}


def _total(bill: AnnotatedText) -> Extraction:
    return next(e for e in sums(bill) if e.name == "total")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Visit  90.00\nTape  10.00\nTOTAL  100.00\nInsurance Estimate  60.00\nPatient portion  40.00",
            {"total": "100.00", "patient_responsibility": "40.00"},
            id="an estimate is no payment",
        ),
        pytest.param(
            "Visit  90.00\nTape  10.00\nTOTAL CHARGES  100.00\nInsurance Paid  60.00\nCopay  15.00\nBalance Due  25.00",
            {"total": "100.00", "insurance_paid": "60.00", "amount_paid": "15.00", "balance_due": "25.00"},
            id="a copay without which the balance would be greater",
        ),
        pytest.param(
            "Visit  90.00\nTape  10.00\nTOTAL DENTAL FEES 100.00\nMedigap payment 60.00\nBalance to insurance  40.00",
            {"total": "100.00", "insurance_paid": "60.00"},
            id="what the insurer still owes is nobody's balance",
        ),
        pytest.param(
            "Visit  90.00\nTape  10.00\n  100.00\nless spring special  -20.00\n  80.00\nbal. forward  5.00\n"
            "all in  85.00\nby card xx 8125  85.00",
            {"subtotal": "100.00", "discount": "20.00", "total": "85.00", "amount_paid": "85.00"},
            id="a special offer, an old balance and sums without a word",
        ),
        pytest.param(
            "Visit 90.00\nTape 10.00\nTotal 100.00\npd w/ card, tap, ending 6093\n  05/29/2025 15:41  100.00\nbal  -0-",
            {"total": "100.00", "amount_paid": "100.00", "balance_due": "0.00"},
            id="how it was paid, and below when and how much",
        ),
        pytest.param(
            "Visit  90.00\nTape  10.00\nOwing before payments  100.00\nReceived, thank you  -30.00\nSTILL OWING  70.00",
            {"total": "100.00", "amount_paid": "30.00", "balance_due": "70.00"},
            id="owed before payments",
        ),
        pytest.param(
            "Billed Amount  Rs. 1,84,500\nPlan Paid  Rs. 1,36,800\nPatient balance  Rs. 47,700",
            {
                "total": "184500.00",
                "insurance_paid": "136800.00",
                "balance_due": "47700.00",
                "patient_responsibility": "47700.00",
            },
            id="lakhs",
        ),
        pytest.param(
            "Massage   95.00\nSubtotal  95.00\nTax  0.00\nTip  19.00\nTotal  114.00\nPaid by Visa 114.00",
            {"subtotal": "95.00", "tax": "0.00", "tip": "19.00", "total": "114.00", "amount_paid": "114.00"},
            id="labels left",
        ),
        pytest.param(
            "Subtotal     Tax      Total\n$120.00      $9.90    $129.90",
            {"subtotal": "120.00", "tax": "9.90", "total": "129.90"},
            id="labels above",
        ),
        pytest.param(
            "Mat  25.00\n25.00  TOTAL",
            {"total": "25.00"},
            id="label right",
        ),
        pytest.param(
            "1 NOODLE 11.00\n2 TEA 4.00\nTOTAL SALES (INCL GST 6%) RM 15.02\nROUNDING ADJ -0.02\nTOTAL RM 15.00\n"
            "CASH 20.00\nCHANGE 5.00",
            {"total": "15.00", "amount_paid": "15.00"},
            id="a rounded total",
        ),
        pytest.param(
            "ITEM 8.99\nTotal Sales (Inclusive GST) RM 14.38\nRounding Adjustment RM .02\nRounding RM 14.40\n"
            "CASH RM 20.00\nCHANGE RM 5.60",
            {"total": "14.40", "amount_paid": "14.40"},
            id="the rounded total is called rounding",
        ),
        pytest.param(
            "Frames  300.00\nPlan discount  -60.00\nInsurance paid  -150.00\nPatient responsibility  90.00",
            {"discount": "60.00", "insurance_paid": "150.00", "patient_responsibility": "90.00"},
            id="insurance",
        ),
        pytest.param(
            "Training  $400.00\nTotal  $400.00\nDeposit paid  $100.00\nBalance due  $300.00",
            {"total": "400.00", "amount_paid": "100.00", "balance_due": "300.00"},
            id="partly paid",
        ),
        pytest.param(
            "Yoga block  -18.00\nRefund total  -18.00",
            {"refund": "18.00"},
            id="a refund is positive",
        ),
        pytest.param(
            "Bike  900.00\nShipping & handling  75.00\nDiscount 10%  -90.00\nGrand total  885.00",
            {"shipping": "75.00", "discount": "90.00", "total": "885.00"},
            id="shipping and discount",
        ),
        pytest.param(
            "Points 120.00\nItem count 3\nTotal qty 3\nYou saved 4.00\nTOTAL 17.50",
            {"total": "17.50"},
            id="points, counts and savings",
        ),
        pytest.param(
            "Bands  $55.98\nShipping & Handling:  $6.99\nFree Shipping:  -$3.99\nSales Tax:  $4.51\nTotal:  $63.49",
            {"shipping": "6.99", "discount": "3.99", "tax": "4.51", "total": "63.49"},
            id="shipping that is taken off again",
        ),
        pytest.param(
            "PRICE  $18.99\nINSURANCE PAID  $8.99\nCOPAY  $10.00",
            {"insurance_paid": "8.99", "patient_responsibility": "10.00"},
            id="a pharmacy's price before insurance is no total",
        ),
        pytest.param(
            "wax dip   50.00\nhands-on   40.00\nadds up to   90.00\ntax   3.30\ntip (gracias)   10.00\n   103.30\n"
            "pd cash   100.00\nstill owe   3.30",
            {
                "subtotal": "90.00",
                "tax": "3.30",
                "tip": "10.00",
                "total": "103.30",
                "amount_paid": "100.00",
                "balance_due": "3.30",
            },
            id="a sum under a stroke has no word",
        ),
        pytest.param(
            "intro private, mat            50\n"
            "open floor                    45\n"
            "private, barre                55\n"
            "                             150\n"
            "got thru the app             120\n"
            "left to pay                   30",
            {"total": "150.00", "amount_paid": "120.00", "balance_due": "30.00"},
            id="whole amounts that add up",
        ),
        pytest.param(
            "Consult  143.85\nTotal  143.85\nRefund - binder missing tabs  -20.00\nAmount to pay  123.85",
            {"total": "143.85", "refund": "20.00", "balance_due": "123.85"},
            id="a refund below the total",
        ),
        pytest.param(
            "Massage  610.40\nTOTAL  610.40\nDeposit received\n02/14/2023 14:40   -300.00\nBALANCE DUE  310.40",
            {"total": "610.40", "amount_paid": "300.00", "balance_due": "310.40"},
            id="the day of a payment stands between its label and its amount",
        ),
        pytest.param(
            "Exam  147.92\n28. TOTAL CHARGE  147.92\nDELTA DENTAL PAID  -100.00\nCARD ****6641  47.92",
            {"total": "147.92", "insurance_paid": "100.00", "amount_paid": "47.92"},
            id="an insurer by its name; a charge is no change",
        ),
        pytest.param(
            "Session  480.00\nScreen  120.00\nSubtotal  600.00\nReferral credit  -50.00\nTotal  550.00",
            {"subtotal": "600.00", "discount": "50.00", "total": "550.00"},
            id="a credit between subtotal and total is no refund",
        ),
        pytest.param(
            "Exam  214.00\nTotal  214.00\nEst. ins. portion  171.20\nPaid today  42.80\nBalance  171.20",
            {"total": "214.00", "amount_paid": "42.80", "balance_due": "171.20"},
            id="what insurance is expected to pay is not paid",
        ),
        pytest.param(
            "Exam  300.00\nTotal  300.00\nPayments by Select Health  -200.00\nCopay collected  30.00\nLeft  70.00",
            {"total": "300.00", "insurance_paid": "200.00", "amount_paid": "30.00", "balance_due": "70.00"},
            id="payments by an insurer and at the desk",
        ),
        pytest.param(
            "RX# 66102\nMETFORMIN ER 500MG TAB\nINS PAID 38.00\nYOUR COPAY $10.00",
            {"total": "10.00", "insurance_paid": "38.00", "patient_responsibility": "10.00"},
            id="what the patient pays for the only drug",
        ),
        pytest.param(
            "He came to see me on the 5th of May. My fee for each hour of listening is $90. He has paid $180 and "
            "nothing is owing.",
            {"total": "180.00", "amount_paid": "180.00", "balance_due": "0.00"},
            id="a payment after which nothing is owed, beside the fee for one hour",
        ),
        pytest.param("Amount due: $125", {"total": "125.00", "balance_due": "125.00"}, id="without decimals"),
        pytest.param(
            "Description  Qty  Amount\nSession  1  80.00\nTotal  1  80.00",
            {"total": "80.00"},
            id="a count between label and amount",
        ),
    ],
)
def test_sums(text: str, expected: dict[str, str]) -> None:
    assert _sums(text) == expected


def test_the_columns_of_an_eob_give_the_sums_of_its_totals_row() -> None:
    text = """
Service       Amount billed   Plan discount   Plan paid   You may owe
Visit              240.00           98.00       113.60         28.40
X-ray              100.00           40.00        60.00          0.00
Totals             340.00          138.00       173.60         28.40
"""
    assert _sums(text, "eob") == {
        "total": "340.00", "discount": "138.00", "insurance_paid": "173.60", "patient_responsibility": "28.40",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("label", "payer"),
    [("FUND PAID", "insurance_paid"), ("Paid to provider", "insurance_paid"), ("YOU PAID AT DESK", "amount_paid"),
     ("Paid, Visa ending 4417", "amount_paid")],
)  # fmt: skip
def test_on_an_insurers_notice_the_insurer_paid_unless_the_patient_did(label: str, payer: str) -> None:
    assert _sums(f"Office call  112.46\nBilled  112.46\n{label}  -70.00\n", "eob")[payer] == "70.00"


def test_an_eob_in_one_line_is_read_by_its_words() -> None:
    text = "Amount billed 410.00 | Discount 150.00 | What your plan paid 208.00 | What you owe 52.00"
    assert _sums(text, "eob") == {
        "total": "410.00", "discount": "150.00", "insurance_paid": "208.00", "patient_responsibility": "52.00",
    }  # fmt: skip


def test_a_payment_of_a_ledger_is_not_what_remains_after_it() -> None:
    ledger = (
        "Date   Activity   Charges   Payments   Balance\n03/05/2026   Previous balance         $293.40\n"
        "03/19/2026   Payment received - thank you      -$75.00   $218.40"
    )
    assert _sums(ledger, "statement")["amount_paid"] == "75.00"


def test_labels_in_one_stack_and_amounts_in_the_next_belong_together_in_order() -> None:
    stacked = "Tea   10.00\nRice   2.35\nTOTAL\nCASH\nCHANGE\n12.35\n20.00\n7.65"
    assert _sums(stacked) == {"total": "12.35", "amount_paid": "12.35"}


def test_a_line_that_gives_money_back_is_a_refund() -> None:
    assert _sums("Visit 3/4/2026   65.00\nVisit 3/9/2026   65.00\nRefund, visit of 3/9   (65.00)\nTotal   65.00")[
        "refund"
    ] == ("65.00")


def test_a_statement_has_a_balance_but_no_total() -> None:
    text = "Previous balance 412.00\nPayments received -200.00\nBalance due 212.00"
    assert _sums(text, "statement") == {"amount_paid": "200.00", "balance_due": "212.00"}


def test_a_total_that_adds_up_is_surer_than_one_that_does_not() -> None:
    adds_up = _total(_bill("Session 80.00\nTape 9.00\nTotal 89.00")).confidence
    does_not = _total(_bill("Session 80.00\nTape 9.00\nTotal 97.00")).confidence
    assert adds_up is not None
    assert does_not is not None
    assert adds_up > does_not


@pytest.mark.parametrize(
    ("text", "unsure", "value", "printed"),
    [
        (
            "Session 80.00\nTape 9.90\nSubtotal 89.90\nTax 5.00\nTotal 34.90\nCash 100.00\nChange 5.10",
            "34.90",
            "94.90",
            "34.90",
        ),
        (
            "Noodle 150.00\nService charge 15.00\nGST 9.90\nNET TOTAL 114.90\nCASH 200.00\nCHANGE 25.10",
            "114.90",
            "174.90",
            "114.90",
        ),
    ],
)
def test_arithmetic_decides_a_doubtful_digit_and_keeps_what_was_printed(
    text: str, unsure: str, value: str, printed: str
) -> None:
    total = _total(_bill(text, unsure=unsure))
    assert total.value == value
    assert printed in total.readings
    assert total.evidence[0].text.endswith(printed)


def test_a_clear_total_is_not_rewritten_because_items_were_missed() -> None:
    assert _total(_bill("Session 80.00\nTotal 280.00")).value == "280.00"


def test_where_items_and_change_agree_a_total_read_from_a_picture_gives_way_and_a_typed_one_does_not() -> None:
    text = "TEA   95.00\nRICE   95.00\nTotal   60.00\nCASH   200.00\nCHANGE   10.00"
    assert _total(_bill(text)).value == "60.00"
    read = _total(_bill(text, unsure="60.00"))
    assert (read.value, read.readings) == ("190.00", ("60.00",))


def test_a_total_that_could_not_be_read_is_unknown_and_not_missing() -> None:
    total = _total(_bill("Noodle 7.90\nTea 3.00\nCake 5.90\nGrand Total PV AS) 30"))
    assert total.value is None
    assert "Grand Total" in total.evidence[0].text


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("TEA  25.00\nSubTotal  25.00\nNet Total  25. 3", "25.00"),
        ("TEA  12.50\nRICE  129.00\nTotal (Inclusive GST)  RM 141.5¢\nCASH 150.00", "141.50"),
        ("TEA  11.00\nRICE  12.00\nGrand Total  PV AS) 30\nCash  30.30\nChange  1.00", "29.30"),
        ("TEA  25.00\nSubTotal  25.00\nNet Total  31. 3", None),
        ("5 X RM 15.80\nTotal Sales  RM 141.5¢", None),
    ],
)
def test_what_is_left_of_a_total_is_enough_where_one_sum_agrees(text: str, total: str | None) -> None:
    assert _total(_bill(text)).value == total


def test_several_totals_that_nothing_decides_between_are_told() -> None:
    total = _total(_bill("Total 80.00\nsee reverse side\nTotal 90.00"))
    assert {total.value, *total.readings} == {"80.00", "90.00"}
    assert total.confidence is not None
    assert total.confidence < 0.7


PRICES = st.lists(st.integers(100, 90_000), min_size=1, max_size=6)


@given(PRICES, st.integers(0, 9_000), st.integers(0, 5_000))
def test_what_adds_up_is_the_total(prices: list[int], tax: int, tip: int) -> None:
    lines = [f"{'Session':<30}{cents / 100:>10.2f}" for cents in prices]
    subtotal = sum(prices)
    total = subtotal + tax + tip
    lines += [f"{name:<30}{cents / 100:>10.2f}" for name, cents in
              (("Subtotal", subtotal), ("Sales tax", tax), ("Tip", tip), ("Total", total))]  # fmt: skip
    found = _total(_bill("\n".join(lines)))
    assert found.value == f"{total / 100:.2f}"
    assert found.confidence is not None
    assert found.confidence > 0.9


@given(st.text(max_size=300))
def test_any_text_is_survived_and_money_is_money(text: str) -> None:
    for found in sums(_bill(text)):
        if found.name != "currency" and found.value is not None:
            whole, cents = found.value.split(".")
            assert whole.isdigit()
            assert len(cents) == 2


def test_nothing_is_said_of_letters() -> None:
    assert list(sums(_bill("Total 80.00", "lmn"))) == []
