"""The lines of a bill: what, when, how many, for how much."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Document, Extraction
from docscan.extraction.bills.codes import procedure_codes_printed
from docscan.extraction.bills.items import line_items
from docscan.extraction.text.annotated import AnnotatedText


def _bill(text: str, kind: str = "receipt") -> AnnotatedText:
    annotated = AnnotatedText(Document.from_text(text.strip("\n")))
    annotated.kind = (kind, 1.0, ())  # type: ignore[assignment]
    return annotated


def _items(text: str, kind: str = "receipt") -> list[dict[str, Any]]:
    return [item.value for item in line_items(_bill(text, kind))]


def _short(items: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(i["description"], i["quantity"], i["unit_price"], i["amount"]) for i in items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            """
Acme Gym LLC
Description                  Qty    Unit price    Amount
Personal training session     4       $80.00     $320.00
Heart rate strap              1       $45.50      $45.50
Subtotal                                         $365.50
Sales tax                                          $3.75
Total                                            $369.25
""",
            [("Personal training session", 4, "80.00", "320.00"), ("Heart rate strap", 1, "45.50", "45.50")],
            id="columns",
        ),
        pytest.param(
            """
Brace Depot LLC
Qty    Item                          Each       Amount
1      Back brace, size S            $64.00     $64.00
1      Back brace, size L (RETURNED) $64.00     -$64.00
Merchandise                                     $0.00
""",
            [("Back brace, size S", 1, "64.00", "64.00"), ("Back brace, size L (RETURNED)", 1, "64.00", "-64.00")],
            id="a line that was taken back",
        ),
        pytest.param(
            """
Description           Qty    Unit      Amount
Custom insoles        1      310.00    310.00
Fitting               2      40.00     80.00
Total                                  390.00
""",
            [("Custom insoles", 1, "310.00", "310.00"), ("Fitting", 2, "40.00", "80.00")],
            id="unit beside quantity is a price",
        ),
        pytest.param(
            """
Quiet Hands Bodywork
I  Back massage, 60 minutes                       $90.00
Late arrival, 5/14/2026 appointment               $35.00
Total                                             $125.00
""",
            [
                ("Back massage, 60 minutes", None, None, "90.00"),
                ("Late arrival, 5/14/2026 appointment", None, None, "35.00"),
            ],
            id="a speck at the edge, a date amid words",
        ),
        pytest.param(
            """
Service                Hours   Rate    Fee
Deep tissue massage    1.5     90.00   135.00
with hot stones
Aroma oil              1       8.00    8.00
Total                                  143.00
""",
            [("Deep tissue massage with hot stones", 1.5, "90.00", "135.00"), ("Aroma oil", 1, "8.00", "8.00")],
            id="a description that goes on below",
        ),
        pytest.param(
            """
CITY MART
2 BANANA            1.20
1 WHOLE MILK 1L     2.49
FLOSS MINT 50M
  2 x 3.00          6.00
TOTAL               9.69
CASH               20.00
CHANGE             10.31
""",
            [("BANANA", 2, None, "1.20"), ("WHOLE MILK 1L", 1, None, "2.49"), ("FLOSS MINT 50M", 2, "3.00", "6.00")],
            id="a till slip, one description above its amounts",
        ),
        pytest.param(
            """
10-session package             $750.00
Enrollment fee                  $49.00
Member discount                -$75.00
Total due                      $724.00
""",
            [("10-session package", None, None, "750.00"), ("Enrollment fee", None, None, "49.00")],
            id="a discount is no item",
        ),
        pytest.param(
            """
REFUND RECEIPT
Yoga mat returned             -$32.00
Refund total                  -$32.00
""",
            [("Yoga mat returned", None, None, "-32.00")],
            id="a returned thing is negative",
        ),
        pytest.param(
            """
Item            Total
Recovery boots  $1,299.00
Total           $1,299.00
Apple Pay       $1,299.00
""",
            [("Recovery boots", None, None, "1299.00")],
            id="payment rows are no items",
        ),
        pytest.param(
            """
Services rendered March            $240.00
Balance forward                     $60.00
Amount due                         $300.00
""",
            [("Services rendered March", None, None, "240.00")],
            id="an old balance is no item",
        ),
        pytest.param(
            """
Description          Qty   Amount
Consultation          1       150
Training block       12     1,140
Total                       1,290
""",
            [("Consultation", 1, None, "150.00"), ("Training block", 12, None, "1140.00")],
            id="amounts without decimals under their heading",
        ),
        pytest.param(
            """
Artikel               Menge   Preis    Betrag
Kniebandage             1     39,90     39,90
Tape 5 m                3      4,50     13,50
Summe                                   53,40
""",
            [("Kniebandage", 1, "39.90", "39.90"), ("Tape 5 m", 3, "4.50", "13.50")],
            id="comma decimals",
        ),
        pytest.param(
            """
Order Total: $63.49
Items Ordered                              Price
2 of: Resistance bands                    $27.99
Item(s) Subtotal:     $55.98
Shipping & Handling:   $7.51
Total:                $63.49
""",
            [("Resistance bands", 2, "27.99", "55.98")],
            id="a price of one, where only that adds up",
        ),
        pytest.param(
            """
Peak Form
$85.00
1:1 training (60 min)       $85.00
Total                       $85.00
""",
            [("1:1 training (60 min)", None, None, "85.00")],
            id="the sum at the head of an app's receipt is no item",
        ),
        pytest.param(
            """
Receipt                 No. 331
Received from Al Bo
For: 4 training sessions
Amount: $240.00
""",
            [("4 training sessions", None, None, "240.00")],
            id="a receipt book",
        ),
        pytest.param(
            """
DATE         ACTIVITY    DESCRIPTION             QTY    RATE    AMOUNT
02/03/2026   Coaching    Strength session        0.5    70.00    35.00
                         incl. balance drills
BALANCE DUE                                                     $35.00
""",
            [("Coaching Strength session incl. balance drills", 0.5, "70.00", "35.00")],
            id="two columns of words and half an hour",
        ),
        pytest.param(
            """
Description                 Amount

Massage for a lumbar
strain (follow-up)          $95.00

Kinesio tape                 $5.00
Total                      $100.00
""",
            [("Massage for a lumbar strain (follow-up)", None, None, "95.00"), ("Kinesio tape", None, None, "5.00")],
            id="the amount beside a description's last line",
        ),
        pytest.param(
            "Patient: Ruth Sims\n4 private sessions @ 70.00 = 280.00\nLess 10% = -28.00\nTotal 252.00",
            [("4 private sessions", 4, "70.00", "280.00")],
            id="prose with a price of one",
        ),
        pytest.param(
            "90 Minute Massage   $140.00\n3 visits             $90.00\nTotal $230.00",
            [("90 Minute Massage", None, None, "140.00"), ("3 visits", 3, None, "90.00")],
            id="minutes are no quantity, visits are",
        ),
        pytest.param(
            "coaching sessions (5)  $375\nassessment  $60\ntotal  $435",
            [("coaching sessions (5)", None, None, "375.00"), ("assessment", None, None, "60.00")],
            id="dollars without cents",
        ),
        pytest.param(
            "Kai Strength LLC\nPersonal training 60.00 per session\nDates: 3/4, 3/6, 3/11, 3/13 2025\nTotal due 240.00",
            [("Personal training", 4, "60.00", "240.00")],
            id="a price told once for all days",
        ),
        pytest.param(
            "Ana Roe\n3/4/25 training 60\n3/6/25 training 60\ntotal 120 pd venmo",
            [("training", None, None, "60.00"), ("training", None, None, "60.00")],
            id="bare numbers that a sum bears out",
        ),
        pytest.param(
            "Client Ana Roe\n1/9/25\t60 min massage\t80\n2/6/25\t90 min massage 110\nTotal 2025\t$190",
            [("60 min massage", None, None, "80.00"), ("90 min massage", None, None, "110.00")],
            id="bare numbers that a sum with a currency bears out",
        ),
        pytest.param(
            "FEE NOTE\nTutoring (reading)\t2 h @ 50\t100\nSupervision (lead)\t1 h @ 90\t90\n------\n190\nDue soon",
            [("Tutoring (reading)", 2, "50.00", "100.00"), ("Supervision (lead)", 1, "90.00", "90.00")],
            id="hours at a rate without cents over a sum without a word",
        ),
        pytest.param(
            "INVOICE\nLine Description\tQty\tPrice\n1\tFan unit FX-90\t1\t900.00\n2\tWiring labor\t2 h\t160.00\n"
            "3\tSpare belt\t2\t40.00\nInvoice Amount\t1,100.00",
            [
                ("Fan unit FX-90", 1, None, "900.00"),
                ("Wiring labor", 2, None, "160.00"),
                ("Spare belt", 2, None, "40.00"),
            ],
            id="numbered lines, and a count with what it counts",
        ),
        pytest.param(
            'Ln Stock#\tDescription\tUM\tOrd Shp\tPrice\tExt\n01 ZX-1\tWATER FILTER 10" CART\tEA\t3\t2\t15.00\t30.00\n'
            "02 ZX-2\tGASKET SET\tEA\t1\t1\t7.00\t7.00\nTOTAL\t37.00",
            [('WATER FILTER 10" CART', 2, "15.00", "30.00"), ("GASKET SET", 1, "7.00", "7.00")],
            id="words of a cell are one description whatever heading some of them stand under",
        ),
        pytest.param(
            "Service\tHrs\tRate\tAmt\nCoaching visit - first\t2.0\t60\t120.00\nPlan, written\t—\t—\t60.00\n"
            "TOTAL\t$180.00",
            [("Coaching visit - first", 2, "60.00", "120.00"), ("Plan, written", None, None, "60.00")],
            id="cells that hold a dash, and a rate without cents",
        ),
        pytest.param(
            "BARN DRUG\nASPIRIN 81MG 100CT F\t8.99\nKNEE TAPE BLUE\tF 13.49\nBP CUFF 004410022\t44.88 F\n"
            "> 2 x Heat lamp, red\t20.00\n[4] Foam wedge\t30.00\n3 PR HEEL CUP\t12.00\nTOTAL\t129.36",
            [
                ("ASPIRIN 81MG 100CT", None, None, "8.99"),
                ("KNEE TAPE BLUE", None, None, "13.49"),
                ("BP CUFF", None, None, "44.88"),
                ("Heat lamp, red", 2, None, "20.00"),
                ("Foam wedge", 4, None, "30.00"),
                ("HEEL CUP", 3, None, "12.00"),
            ],
            id="what a till prints around the name of goods",
        ),
        pytest.param(
            "LINE | WHAT\t| WHEN\t| HRS | $/HR | $\n-----+-----+-----+-----+-----+----\n"
            "1\t| Reading lesson\t| Mar 2\t| 1.5 | 60\t| 90\n2\t| Spelling lesson\t| Mar 9\t| 1.5 | 60\t| 90\n"
            "\t|\t|\t|\t| SUM | 180",
            [("Reading lesson", 1.5, "60.00", "90.00"), ("Spelling lesson", 1.5, "60.00", "90.00")],
            id="a typed table of bars without a frame",
        ),
        pytest.param(
            "Mon\tWed\n3/2 Aqua class 40\t3/4 Aqua yoga 45\n3/9 Aqua class 40\t3/11 closed\n\ntotal 125",
            [
                ("3/2 Aqua class", None, None, "40.00"),
                ("3/4 Aqua yoga", None, None, "45.00"),
                ("3/9 Aqua class", None, None, "40.00"),
            ],
            id="weeks, their days side by side",
        ),
        pytest.param(
            "Dear Ada, you bought from my kitchen:\n\nsix jars of broth at 9 dollars\n"
            "two loaves of rye bread at 11 dollars\n"
            "one meal box, 62 dollars\n\nwhich comes to $138.00.",
            [
                ("jars of broth", 6, "9.00", "54.00"),
                ("loaves of rye bread", 2, "11.00", "22.00"),
                ("meal box", 1, None, "62.00"),
            ],
            id="counts and money in words",
        ),
        pytest.param(
            "Rec'd of Mae Town $70 cash for one hour massage 3/3/26. Lora Cobb LMT",
            [("one hour massage", None, None, "70.00")],
            id="a receipt in one sentence",
        ),
        pytest.param(
            "To the plan: Enrico Salas attended and paid for four swimming lessons in my pool on March 2, 9, 16 "
            "and 23, at 45 dollars each, in all $180.",
            [("swimming lessons", 4, "45.00", "180.00")],
            id="a receipt in one sentence, with what one cost",
        ),
        pytest.param(
            "hey, proof: Devon Carr paid me $400 on 1/12/26 for a month of online coaching (january). coach Tam Oje",
            [("month of online coaching", None, None, "400.00")],
            id="a receipt in a message",
        ),
        pytest.param(
            "I got your payment of $120 today. Thanks for your trust, and see you on Monday for more of the work.",
            [],
            id="a message that does not say what was paid for",
        ),
        pytest.param(
            "Received from\tLeo Roe\nFor\tSasha Roe, age 9\nProgram\tSwim lessons Level 2\nFee\t$128.00\n"
            "Total paid\t$128.00",
            [("Swim lessons Level 2", None, None, "128.00")],
            id="for whom it was is not what was done",
        ),
    ],
)
def test_items(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert _short(_items(text)) == expected


SESSIONS = """
Date        Service              Duration   Trainer       Code     Fee
01/05/2026  Exercise session     60 min     L. Brandt     97110    $85.00
01/13/2026  Exercise session     60 min     L. Brandt     97110    $85.00
01/20/2026  Late cancellation                             -        $40.00
Total                                                              $210.00
"""


def test_session_lines_have_dates_and_codes_and_no_trainers_name_in_the_description() -> None:
    items = _items(SESSIONS)
    assert [i["service_date"] for i in items] == ["2026-01-05", "2026-01-13", "2026-01-20"]
    assert [i["code"] for i in items] == ["97110", "97110", None]
    assert all("Brandt" not in i["description"] for i in items)
    assert [i["amount"] for i in items] == ["85.00", "85.00", "40.00"]
    assert items[2]["class"] == "cancellation_fee"


SUPERBILL = """
Dx: M54.50
DOS        Procedure   Units   Charge
2/3/2026   97110-GP      2      90.00
2/3/2026   97140         1      45.00
Portland, OR 97110
Total                          135.00
"""


def test_codes_of_billed_lines_count_and_a_zip_code_does_not() -> None:
    codes = [c.value for c in procedure_codes_printed(_bill(SUPERBILL, "superbill"))]
    assert codes == ["97110", "97140"]


def test_a_code_is_classed_by_what_it_is_for() -> None:
    items = _items(SUPERBILL, "superbill")
    assert [i["class"] for i in items] == ["physical_therapy", "physical_therapy"]
    assert [i["quantity"] for i in items] == [2, 1]


EOB = """
             Amount     Plan       Plan     You may
Service      billed     discount   paid     owe
Office visit 200.00     60.00      112.00   28.00
"""


def test_a_code_in_brackets_counts_where_its_use_is_known() -> None:
    items = _items("Acupuncture follow-up (97811)  $95.00\nLot (48213)  $5.00\nTotal  $100.00")
    assert [i["code"] for i in items] == ["97811", None]


def test_an_eob_line_has_the_billed_amount() -> None:
    (item,) = _items(EOB, "eob")
    assert (item["description"], item["amount"]) == ("Office visit", "200.00")


def test_a_pharmacy_label_names_a_drug_and_what_was_paid() -> None:
    (item,) = _items("Oak Pharmacy\nRx# 88123   03/02/2026\nATORVASTATIN 20 MG TABLET  QTY 30\nCopay: $4.00")
    assert (item["description"], item["quantity"], item["amount"], item["class"]) == (
        "ATORVASTATIN 20 MG TABLET", 30, "4.00", "drug",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "TEL 03-8079 0255\nGST ID 000136577024\nRoom 204\n10:30 am",
        "Points earned 120.00\nYou saved 4.00",
        "Visa ending 4242  $80.00\nApproval code 123456",
        "Total $12.00",
    ],
)
def test_traps_are_no_items(text: str) -> None:
    assert _items(text) == []


def test_the_date_of_a_missed_session_is_no_day_of_service() -> None:
    ledger = """
Harbor Medical Fitness
Date          Transaction                    Charge     Payment    Balance
05/04/2026    Supervised exercise            15.00                 15.00
05/06/2026    Payment - check 118                       15.00      0.00
05/11/2026    Supervised exercise            15.00                 15.00
05/13/2026    Missed session fee             10.00                 25.00
"""
    assert [(i["description"], i["amount"], i["service_date"]) for i in _items(ledger)] == [
        ("Supervised exercise", "15.00", "2026-05-04"),
        ("Supervised exercise", "15.00", "2026-05-11"),
        ("Missed session fee", "10.00", None),
    ]


def test_a_service_on_a_line_of_its_own_has_the_bills_one_price() -> None:
    invoice = """
Elm Street Movement
Nora Hale, trainer
Invoice 2026-031
Client: Nora Bell
Medical exercise training, 4 one-on-one sessions
Rate: $70.00 per session
Subtotal   $280.00
Discount   -$20.00
Total   $260.00
"""
    assert [(i["description"], i["amount"]) for i in _items(invoice)] == [
        ("Medical exercise training, 4 one-on-one sessions", "280.00")
    ]


def test_a_month_named_before_a_quantity_is_no_date() -> None:
    bill = """
Date          Description           Qty    Price    Amount
03/01/2026    Gym dues - March      1      40.00    $40.00
"""
    assert [(i["description"], i["quantity"], i["service_date"]) for i in _items(bill)] == [
        ("Gym dues - March", 1, "2026-03-01")
    ]


def test_a_pharmacys_usual_price_is_no_item() -> None:
    label = """
Corner Drug   Rx 7712345   QTY 30
BELL, NORA K   DOB 04/05/1961
LISINOPRIL 10 MG TABLET
Date filled: 06/02/2026   Orig. date 05/30/2026
Usual and customary price   $22.10
Insurance paid   $14.10
YOUR CO-PAY   $8.00
"""
    assert [(i["description"], i["quantity"], i["service_date"]) for i in _items(label)] == [
        ("LISINOPRIL 10 MG TABLET", 30, "2026-06-02")
    ]


def test_a_misread_amount_is_mended_only_where_price_quantity_and_sum_say_so_and_it_was_read_from_a_picture() -> None:
    text = "Corner Shop LLC\nHEATING PAD\n2 @ 34.50   69.09\nSOCKS   5.00\nSUBTOTAL   74.00"
    assert [i["amount"] for i in _items(text)] == ["69.09", "5.00"]
    bill = _bill(text)
    pages = tuple(
        replace(page, words=tuple(replace(w, confidence=0.9) for w in page.words)) for page in bill.document.pages
    )
    read = AnnotatedText(replace(bill.document, pages=pages))
    read.kind = ("receipt", 1.0, ())
    assert [(i.value["amount"], i.value["unit_price"]) for i in line_items(read)] == [
        ("69.00", "34.50"),
        ("5.00", None),
    ]


@pytest.mark.parametrize("kind", ["lmn", "statement", "card_slip", "other"])
def test_only_bills_that_itemise_have_items(kind: str) -> None:
    assert _items("Massage  $80.00\nTotal  $80.00", kind) == []


def test_the_evidence_is_the_documents_own_text() -> None:
    bill = _bill(SESSIONS)
    items: list[Extraction] = list(line_items(bill))
    assert len(items) == 3
    for item in items:
        for evidence in item.evidence:
            assert evidence.text == bill.text[evidence.start : evidence.end]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_survived(text: str) -> None:
    list(line_items(_bill(text)))
    list(procedure_codes_printed(_bill(text, "superbill")))


WORDS = st.lists(
    st.sampled_from("massage training session tape visit brace class program".split()), min_size=1, max_size=3
)
PRICES = st.decimals(min_value=1, max_value=900, places=2)


@given(st.lists(st.tuples(WORDS, PRICES), min_size=1, max_size=8))
def test_every_line_of_a_plain_bill_is_read_back(lines: list[tuple[list[str], Any]]) -> None:
    body = "\n".join(f"{' '.join(words):<40}{price:>10.2f}" for words, price in lines)
    total = sum(price for _, price in lines)
    items = _items(f"Corner Studio LLC\n{body}\n{'Total':<40}{total:>10.2f}")
    assert [i["amount"] for i in items] == [f"{price:.2f}" for _, price in lines]
    assert [i["description"] for i in items] == [" ".join(words) for words, _ in lines]


def test_what_an_insurer_is_expected_to_pay_is_no_item() -> None:
    bill = """
Walkout
03/19/2025  Oral check     62.00
03/19/2025  Films          78.00
Est. insurance           -104.00
Balance                    36.00
"""
    assert [i["amount"] for i in _items(bill)] == ["62.00", "78.00"]


def test_shares_and_sums_of_some_lines_are_no_items() -> None:
    text = """
Dx: E03.9
99214  Office visit               $175.00
82306  Vitamin D, 25-hydroxy       $95.00
       Thyroid formula             $42.00
       Iron 90ct                   $28.00
SUPPLEMENTS (self-pay)             $70.00
Insurance copay                    $35.00
"""
    items = _items(text, "superbill")
    assert [i["description"] for i in items] == [
        "Office visit",
        "Vitamin D, 25-hydroxy",
        "Thyroid formula",
        "Iron 90ct",
    ]
    assert items[1]["class"] == "medical_service"


BOOK = """
RECEIPT          No. 118
Date   June 3, 2025
Received from   Ana Ruiz
Amount   Ninety-five and no/100        $95.00
For   Deep tissue massage, 60 min
[x] cash
By   K. Marsh
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(BOOK, [("Deep tissue massage, 60 min", None, None, "95.00")], id="a page of a receipt book"),
        pytest.param(
            BOOK.replace("Amount   Ninety-five and no/100        $95.00", "The sum of   Ninety-five dollars   $95.00"),
            [("Deep tissue massage, 60 min", None, None, "95.00")],
            id="the sum of so many dollars",
        ),
        pytest.param(
            """
No. 0221          RECEIPT
Date  11/4/2024
From  Harriet Cole                       $ 80.00
Eighty and no/100 ------------------------- Dollars
For  Knee strengthening session
""",
            [("Knee strengthening session", None, None, "80.00")],
            id="an amount beside who paid it",
        ),
        pytest.param(
            """
Orders at Vale Pharmacy
Magnesium glycinate 200 mg, 60 caps
  Qty 3 x $12.50 ............... $37.50
Total $37.50
""",
            [("Magnesium glycinate 200 mg, 60 caps", 3, "12.50", "37.50")],
            id="how many on the row below",
        ),
        pytest.param(
            """
Vale Pilates
What you booked                     Qty      Each      Line
Private reformer session, 50 min     3     $70.00    $210.00
(held June 3, 10 and 17)

Items   $210.00
""",
            [("Private reformer session, 50 min", 3, "70.00", "210.00")],
            id="a last column of another name, and the days below",
        ),
        pytest.param(
            """
Vale Strength
Item                                Qty     Rate       Amount
06/03/2025   Training, 45 min         8     60.00      480.00
06/03/2025   Loyalty discount         1    -40.00      -40.00
Total 440.00
""",
            [("Training, 45 min", 8, "60.00", "480.00")],
            id="a discount with a price of its own",
        ),
    ],
)
def test_an_item_is_what_was_sold_and_what_it_came_to(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert _short(_items(text)) == expected


def test_what_one_visit_costs_is_charged_for_each_of_its_days() -> None:
    bill = "Reedy Exercise\nReceipt\n\n4/14/25   Cardiac rehab class   $30.00\n4/28/25\n5/12/25\n\nTotal   $90.00\n"
    assert _short(_items(bill)) == [("Cardiac rehab class", 3, "30.00", "90.00")]


def test_the_total_says_which_of_several_columns_was_charged() -> None:
    bill = (
        "Pantry Orders\nItem                 Price     Same w/ gluten    Excess\n"
        "GF bread bundle      $34.00    $14.50            $19.50\n"
        "GF flour blend       $21.75    $6.25             $15.50\n\n"
        "Order total     $55.75\nOf which excess over regular price     $35.00\n"
    )
    assert [i["amount"] for i in _items(bill)] == ["34.00", "21.75"]


def test_a_notice_s_days_are_lines_though_only_a_mark_says_what_was_done() -> None:
    notice = (
        "Date of service    Amount billed    Allowed    Plan paid    You owe    Note\n"
        "12/13/2024         $85.00           $70.00     $42.00       $28.00     A1\n"
        "12/16/2024         $85.00           $70.00     $42.00       $28.00     A1\n"
        "Totals             $170.00          $140.00    $84.00       $56.00\n\n"
        "A1  Hair prosthesis services are paid at 60% of the allowed amount.\n"
    )
    found = [(i["description"], i["service_date"]) for i in _items(notice, "eob")]
    assert found == [("Hair prosthesis services", "2024-12-13"), ("Hair prosthesis services", "2024-12-16")]


def test_a_column_of_days_and_prices_is_what_stands_over_it() -> None:
    items = _items(
        "Date: August 30, 2024\n\n5 x private Pilates, 50 min\n   Mon 8/5/24\t$75.00\n   Mon 8/12/24\t$75.00\n"
        "   Wed 8/14/24 no-show\t$40.00\n   Mon 8/19/24\t$75.00\nTotal\t$265.00\n"
    )
    assert [(i["service_date"], i["amount"]) for i in items] == [
        ("2024-08-05", "75.00"), ("2024-08-12", "75.00"), ("2024-08-14", "40.00"), ("2024-08-19", "75.00"),
    ]  # fmt: skip
    assert [i["description"] for i in items].count("private Pilates, 50 min") == 3


def test_thanks_behind_what_was_paid_for_are_no_part_of_it() -> None:
    items = _items(
        "Account for May 2025\n5/6   hippotherapy 45 min    90.00\n      stable fund, thanks so much     15.00\n"
        "May total     105.00\n"
    )
    assert [i["description"] for i in items] == ["hippotherapy 45 min", "stable fund"]


def test_as_many_days_at_so_much_each_are_worth_that_whatever_the_sum_says() -> None:
    (item,) = _items(
        "RECEIPT  No. 12\nDate  Feb 28 '23\nFrom  Wes Doyle\nFor  acupuncture\n     Feb 7, 14, 21, 28\n     4 @ 80\n"
        "Amount  $ 340.00\nBy  L. Chan\n"
    )
    assert (item["quantity"], item["unit_price"], item["amount"]) == (4, "80.00", "320.00")
