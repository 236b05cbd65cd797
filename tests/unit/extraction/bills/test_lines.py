"""The priced lines of bills of many trades, printed, typed and read by OCR; each line counts, though it have twins."""

from __future__ import annotations

from typing import Any

import pytest

from docscan.document import Document
from docscan.extraction import extract
from docscan.extraction.bills.lines import lines_of
from docscan.extraction.text.annotated import AnnotatedText

_Said = tuple[str, str, float | None, str | None, str | None]  # amount, description, quantity, code, day


def _lines(text: str) -> list[_Said]:
    """Every line once, those alike too: what was merged has a piece of evidence for each."""
    fields = extract(Document.from_text(text)).fields
    items: list[tuple[int, dict[str, Any]]] = [
        (evidence.start or 0, one.value) for one in fields if one.name == "item" for evidence in one.evidence
    ]
    return [
        (v["amount"], v["description"], v["quantity"], v["code"], v["service_date"])
        for _, v in sorted(items, key=lambda item: item[0])
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(
            "HEALTH INSURANCE CLAIM FORM\n21. DIAGNOSIS\tICD Ind. 0\nA. M54.50\tB. M25.561\n"
            "24. A. DATE(S) OF SERVICE\tB. PLACE\tD. PROCEDURES\tE. DIAGNOSIS\tF.\tG. DAYS\n"
            "From\tTo\tOF SERVICE\tCPT/HCPCS\tMODIFIER\tPOINTER\t$ CHARGES\tOR UNITS\n"
            "04 02 26\t04 02 26\t11\t97110\tGP\tA\t130.00\t2\n04 02 26\t04 02 26\t11\t97140\tGP\tAB\t58.00\t1\n"
            "28. TOTAL CHARGE\t29. AMOUNT PAID\n$188.00\t$30.00\n",
            [("130.00", "97110", 2, "97110", "2026-04-02"), ("58.00", "97140", 1, "97140", "2026-04-02")],
            id="claim form of a professional",
        ),
        pytest.param(
            "ST. BRENDAN REGIONAL HOSPITAL\nUB-04\n42 REV. CD.\t43 DESCRIPTION\t44 HCPCS / RATE\t45 SERV. DATE\t"
            "46 SERV. UNITS\t47 TOTAL CHARGES\t48 NON-COVERED CHARGES\n"
            "0420\tPHYSICAL THERP\t97110\t031126\t2\t310.00\t\n0300\tLABORATORY\t80053\t031126\t1\t145.50\t\n"
            "0001\tPAGE 1 OF 1\tCREATION DATE 031526\tTOTALS\t455.50\n",
            [
                ("310.00", "PHYSICAL THERP", 2, "97110", "2026-03-11"),
                ("145.50", "LABORATORY", 1, "80053", "2026-03-11"),
            ],
            id="claim form of a hospital",
        ),
        pytest.param(
            "Maple & Main Dentistry\n22 Main Street, Concord, NH 03301\nPatient: Owen Tran\n"
            "Date\tTooth\tSurf\tADA\tDescription\tFee\tEst Ins\tEst Pat\n"
            "02/10/2026\t\t\tD0120\tPeriodic oral exam\t62.00\t62.00\t0.00\n"
            "02/10/2026\t14\tMOD\tD2393\tResin composite 3 surf\t295.00\t236.00\t59.00\nTotals\t357.00\t298.00\t59.00",
            [
                ("62.00", "Periodic oral exam", None, "D0120", "2026-02-10"),
                ("295.00", "Resin composite 3 surf", None, "D2393", "2026-02-10"),
            ],
            id="dentist's columns, of which some are empty",
        ),
        pytest.param(
            "Lakeview Fitness\nReceipt 3/3/2026\nItem\tQty\tPrice\tAmount\nPersonal training\t1\t70.00\t70.00\n"
            "Personal training\t1\t70.00\t70.00\nTotal\t140.00",
            [("70.00", "Personal training", 1, None, None)] * 2,
            id="two lines alike in everything",
        ),
        pytest.param(
            "River Bend Clinic\n5/4/2026\nSpeech lesson, 45 minutes\nroom 4\t$140.00\n"
            "5/4/2026\nSpeech lesson, 45 minutes\nroom 4\t$140.00\nTotal\t$280.00",
            [("140.00", "room 4", None, None, "2026-05-04")] * 2,
            id="two alike under a date of their own",
        ),
        pytest.param(
            "Oakwood Therapy LLC\nINVOICE\nDate\tCode\tDescription\tOty\tRate\tAm0unt\n"
            "O3/O4/2026\t9711O\tTherapeutic exercise\t2\tS45.00\tS90,00\n03/04/2026\t97140\tManual therapy\tl\t$5O.00\t"
            "$50.00\n03/11/2026\tGO283\tElectrical stimulation\t1\t48. 00\t48.00\nTOTAL DUE\t$188,00",
            [
                ("90.00", "Therapeutic exercise", 2, "97110", "2026-03-04"),
                ("50.00", "Manual therapy", 1, "97140", "2026-03-04"),
                ("48.00", "Electrical stimulation", 1, "G0283", "2026-03-11"),
            ],
            id="letters read for digits, commas for points",
        ),
        pytest.param(
            "Cedar Hill Counseling\nInvoice 0091\nDate\tService\tQty\tRate\tAmount\n"
            "2/3/2026\tIndividual therapy\t1 120.00\t120.00\n2/10/2026\tIndividual therapy\t1 120.00 120.00\n"
            "2/17/2026\tGroup therapy\t2\t40.00 80.00\nTotal\t320.00",
            [
                ("120.00", "Individual therapy", 1, None, "2026-02-03"),
                ("120.00", "Individual therapy", 1, None, "2026-02-10"),
                ("80.00", "Group therapy", 2, None, "2026-02-17"),
            ],
            id="cells run together",
        ),
        pytest.param(
            "TruForm Orthotics\nInvoice\nDescription\tQty\tEach\tAmount\nCustom foot orthotic\tT\t225.00\t225.00\n"
            "Compression sleeve\t\t30.00\t60.00\nFitting fee\t1\t45.00\t45.00\nTotal\t330.00",
            [
                ("225.00", "Custom foot orthotic", 1, None, None),
                ("60.00", "Compression sleeve", 2, None, None),
                ("45.00", "Fitting fee", 1, None, None),
            ],
            id="a quantity that was lost or misread follows from the prices",
        ),
        pytest.param(
            "Greenfield Acupuncture\nRECEIPT\n4/22/26 Acupuncture 97810 ....... 75.00\n"
            "4/22/26 Acup addl 15 97811 ....... 35.00\n4/22/26 Herbs: Jade Screen ....... 28.00\nTotal ........ 138.00",
            [
                ("75.00", "Acupuncture", None, "97810", "2026-04-22"),
                ("35.00", "Acup addl 15", None, "97811", "2026-04-22"),
                ("28.00", "Herbs: Jade Screen", None, None, "2026-04-22"),
            ],
            id="codes at the end of the words",
        ),
        pytest.param(
            "KAW VALLEY INTERNAL MEDICINE\nSUPERBILL\nSeen: 2/14/2025\nZ96.82 has a neurostimulator\nCHARGES\n"
            "99214\t148.00\n36415\t11.00\nTotal\t159.00",
            [("148.00", "99214", None, "99214", "2025-02-14"), ("11.00", "36415", None, "36415", "2025-02-14")],
            id="a list of codes under a heading of one word",
        ),
        pytest.param(
            "Order placed: December 11, 2025\nOrder Summary\n1 of: Foam roller, 18 inch\nSold by: HealthHub Direct\n"
            "$24.99\n2 of: Resistance bands, set of 5\nSold by: HealthHub Direct\n$15.50\nItem(s) Subtotal:\t$55.99\n"
            "Estimated tax:\t$4.48\nGrand Total:\t$60.47",
            [
                ("24.99", "Foam roller, 18 inch", 1, None, None),
                ("31.00", "Resistance bands, set of 5", 2, None, None),
            ],
            id="counted on a line above the price of one",
        ),
        pytest.param(
            "BRIGHT EYES OPTICAL\nInvoice 5512 Date 9/9/2025\nFrame: Tessel 4402\t189.00\nLens: poly AR\t145.00\n"
            "Frame allowance\t-130.00\nNet due\t204.00\nPaid HSA card\t204.00",
            [("189.00", "Frame: Tessel 4402", None, None, None), ("145.00", "Lens: poly AR", None, None, None)],
            id="a plan's allowance takes off",
        ),
        pytest.param(
            "GOOD FAITH ESTIMATE\nSummit Sleep Clinic\nService/Item\tDx\tService code\tQuantity\tExpected cost\n"
            "Sleep consult\tG47.33\t99204\t1\t$310.00\nHome sleep test\tG47.33\t95806\t1\t$275.00\n"
            "Total expected charges\t$585.00",
            [("310.00", "Sleep consult", 1, "99204", None), ("275.00", "Home sleep test", 1, "95806", None)],
            id="estimate",
        ),
    ],
)  # fmt: skip
def test_each_line_is_read_and_counts_once(text: str, lines: list[_Said]) -> None:
    assert _lines(text) == lines


def _read(text: str) -> list[tuple[str, float | None, str | None, str]]:
    lines = lines_of(AnnotatedText(Document.from_text(text.strip("\n"))))
    return [(line.description, line.quantity, line.code, f"{line.amount.value:.2f}") for line in lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            """
NO   ARRIVED   LEFT    SERVICE            RESULT     PRICE
1    8:00      8:50    Row class          SHOWED     30.00
2    10:00     10:50   Reformer basics    LATE 5m    40.00
""",
            [("Row class", None, None, "30.00"), ("Reformer basics", None, None, "40.00")],
            id="a log with columns of its own",
        ),
        pytest.param(
            """
2025-06-15    mat class             20
2025-06-16    one to one, tower     65
2025-06-17    mat class             20
                                   105
""",
            [
                ("mat class", None, None, "20.00"),
                ("one to one, tower", None, None, "65.00"),
                ("mat class", None, None, "20.00"),
            ],
            id="bare numbers that add up",
        ),
        pytest.param(
            """
Mon 3/3/25  8:00a-8:45a  Ther ex 97110 x3 units w/ K. Lund DPT        $135.00
Fri 3/7/25  9:15a-10:00a Gait training - CPT 97116 - 2 units           $90.00
""",
            [("Ther ex", 3, "97110", "135.00"), ("Gait training", 2, "97116", "90.00")],
            id="times, codes, counts and names amid words",
        ),
        pytest.param(
            "STARTER LESSON, 97110\n   4 @ 15.00          60.00\nTOTAL      60.00",
            [("STARTER LESSON", 4, "97110", "60.00")],
            id="a code above its price",
        ),
        pytest.param(
            """
Service             Amount
Cupping             90.00
Subtotal            90.00
Deposit received
02/14/2023 14:40   -30.00
""",
            [("Cupping", None, None, "90.00")],
            id="a deposit over its day is no item",
        ),
        pytest.param(
            """
Jan 31 2026
- Jan 6: row class, 1 hr - $75
- Jan 13: no show - $40
""",
            [("row class, 1 hr", None, None, "75.00"), ("no show", None, None, "40.00")],
            id="dashes that part words from prices",
        ),
        pytest.param(
            """
Feb 2026 invoice
Feb 3    PT 60     80
Feb 10   PT 60     80
total             160
""",
            [("PT 60", None, None, "80.00"), ("PT 60", None, None, "80.00")],
            id="days without a year, abbreviations",
        ),
        pytest.param(
            """
Visit 04/02/2025 - Dr. Amy Sloan
   Long consultation      180.00
97810 - Needles, 15 min
   1 unit at 65.00         65.00
""",
            [("Long consultation", None, None, "180.00"), ("Needles, 15 min", 1, "97810", "65.00")],
            id="lines of one visit",
        ),
        pytest.param(
            """
Description          Hrs    Rate     Total
Balance drills       0.75   $80.00   $60.00
""",
            [("Balance drills", 0.75, None, "60.00")],
            id="parts of an hour",
        ),
        pytest.param("Table time, 10 min  13.35", [("Table time, 10 min", None, None, "13.35")], id="a spa's table"),
        pytest.param(
            """
DATE       CODE    SERVICE                     FEE
02/03/26   97140   Hands-on treatment of
                   lumbar spine               62.00
02/03/26   97110   Strength work              55.00
""",
            [("Hands-on treatment of lumbar spine", None, "97140", "62.00"), ("Strength work", None, "97110", "55.00")],
            id="a code and a day on the first of two rows",
        ),
        pytest.param("Joining fee, one time   45.00", [("Joining fee, one time", None, None, "45.00")], id="one time"),
        pytest.param(
            """
Patient: Odo Brand
Insurance Provider: Larch Mutual
Nail trim                    $30.00
INSURANCE ADJUSTMENTS:
Insurance Payment:           -$10.00
Billed to:
""",
            [("Nail trim", None, None, "30.00")],
            id="labels with words of columns head no table",
        ),
        pytest.param(
            """
FROM                          BILLED TO
Row House                     Odo Brand
Salem, OR 97301               Salem, OR 97302
Item                          Price
Erg class                     $20.00
""",
            [("Erg class", None, None, "20.00")],
            id="addresses side by side",
        ),
        pytest.param(
            """
CPT: 97110 for the patient
97110 Loading and balance
      for the ankle, 15 min       2    41.00    82.00
03/04/26  97140, neck,
          both sides                            $50.00
""",
            [("Loading and balance for the ankle, 15 min", 2, "97110", "82.00"),
             ("neck, both sides", None, "97140", "50.00")],
            id="a line that begins above its amounts",
        ),
        pytest.param(
            """
FOAM ROLLER 90CM
KT-55 - 12
8970669            2 X 19.00     38.00
WRIST WRAP PAIR
6935818350846      1 X 3.88       3.88
ITEM(S) : 2        QTY(S) : 3
""",
            [("FOAM ROLLER 90CM", 2, None, "38.00"), ("WRIST WRAP PAIR", 1, None, "3.88")],
            id="stock numbers under the names",
        ),
        pytest.param(
            """
Service           Billed      Paid
Office visit      $250.00     $144.00
CPT: 99214
Knee X-ray        $180.00     $96.00
Code 73564
""",
            [("Office visit", None, "99214", "250.00"), ("Knee X-ray", None, "73564", "180.00")],
            id="codes below",
        ),
        pytest.param(
            """
1. CPT 99285 - Emergency visit     $245.00
2. Nursing care                    $89.00
Fee charged:                       $334.00
""",
            [("Emergency visit", None, "99285", "245.00"), ("Nursing care", None, None, "89.00")],
            id="numbered lines; a fee alone names nothing",
        ),
        pytest.param(
            """
Splint                         $30.00
ICD-10: M25.50, I10.90, I25.10, E78.5, I10
Z12.31 - Encounter for screening
""",
            [("Splint", None, None, "30.00")],
            id="diagnoses are no prices",
        ),
        pytest.param(
            """
NPI 1995823915

1   L1970  ankle brace, plastic,
    hinged, cast + fit          $1,263.47
Herbal formula, two bottles,
  take-home                        46.00
Orthotics for the left and
right foot                        120.00
REFUND - turmeric caps,
  brought back unopened           -50.00
""",
            [("ankle brace, plastic, hinged, cast + fit", 1, "L1970", "1263.47"),
             ("Herbal formula, two bottles, take-home", None, None, "46.00"),
             ("Orthotics for the left and right foot", None, None, "120.00"),
             ("REFUND - turmeric caps, brought back unopened", None, None, "-50.00")],
            id="words that are not at their end go on below",
        ),
        pytest.param(
            """
Patient: J. Amory      DOS 5/5/2025
1) 83036 A1C          1    18.00    18.00
2) 98941 ADJUSTMENT   1    65.00    65.00
""",
            [("A1C", 1, "83036", "18.00"), ("ADJUSTMENT", 1, "98941", "65.00")],
            id="short names beside codes; what a chiropractor adjusts is no insurer's adjustment",
        ),
        pytest.param("DOS  CPT  Amount\n3/2/26  97O12  35.00", [("97012", None, "97012", "35.00")], id="O for 0"),
    ],
)  # fmt: skip
def test_what_rows_say(text: str, expected: list[tuple[str, float | None, str | None, str]]) -> None:
    assert _read(text) == expected


def test_a_price_of_one_below_a_line_is_the_lines() -> None:
    (line,) = lines_of(AnnotatedText(Document.from_text("Mat class x 2     $36.00\n  $18.00 each\nTotal   $36.00")))
    assert (line.quantity, str(line.unit_price)) == (2, "18.00")


def test_days_from_and_to_run_together_are_two() -> None:
    (line,) = lines_of(AnnotatedText(Document.from_text("10/06/2025-10/07/2025    Row class     $130.00")))
    assert line.description == "Row class"
    assert line.day is not None
    assert line.day.iso == "2025-10-06"
