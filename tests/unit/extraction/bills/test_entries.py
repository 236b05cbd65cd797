"""Services that an account tells one by one."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.bills.items import items_of
from docscan.extraction.text.annotated import AnnotatedText

CASES = [
    (
        "a block for each line, its amounts below labels",
        """
BlueRiver Mutual
EXPLANATION OF BENEFITS

For: Ola Brandt
Claim 77-1281-9 received 07/02/2025

Line 1
  Date of service: 06/02/2025
  Type of service: Massage therapy 97124
  Amount billed: $95.00
  Not covered: $35.00
  We paid: $40.00
  What you owe: $20.00
Line 2
  Date of service: 06/05/2025
  Type of service: Massage therapy 97124
  Amount billed: $95.00
  Not covered: $35.00
  We paid: $40.00
  What you owe: $20.00
Line 3
  Date of service: 06/12/2025
  Type of service: Massage therapy 97124
  Amount billed: $95.00
  Not covered: $35.00
  We paid: $40.00
  What you owe: $20.00

Total you owe: $60.00
""",
        [
            "2025-06-02 Massage therapy 95.00 97124",
            "2025-06-05 Massage therapy 95.00 97124",
            "2025-06-12 Massage therapy 95.00 97124",
        ],
    ),
    (
        "a sentence a visit",
        """
Your claims at a glance                    Evergreen Health

Here is what happened with your visits to Dana Wu, LAc

Jun 2, 2025    acupuncture visit     billed $95    our price $60    you pay $20
Jun 5, 2025    acupuncture visit     billed $95    our price $60    you pay $20
Jun 9, 2025    acupuncture visit     billed $95    our price $60    you pay $20

This is an explanation of benefits. It is not a bill.
You pay in all: $60
""",
        [
            "2025-06-02 acupuncture visit 95.00 None",
            "2025-06-05 acupuncture visit 95.00 None",
            "2025-06-09 acupuncture visit 95.00 None",
        ],
    ),
    (
        "amounts on the line below",
        """
SUMMIT STATE EMPLOYEES PLAN    EOB
Member Ola Brandt

06/02/2025  97810  Acupuncture, initial 15 min
            Submitted 95.00   Allowed 60.00   Paid 40.00   Your share 20.00   Remark A1
06/05/2025  97810  Acupuncture, initial 15 min
            Submitted 95.00   Allowed 60.00   Paid 40.00   Your share 20.00   Remark A1
06/09/2025  97810  Acupuncture, initial 15 min
            Submitted 95.00   Allowed 60.00   Paid 40.00   Your share 20.00   Remark A1

Total responsibility 60.00
""",
        [
            "2025-06-02 Acupuncture, initial 15 min 95.00 97810",
            "2025-06-05 Acupuncture, initial 15 min 95.00 97810",
            "2025-06-09 Acupuncture, initial 15 min 95.00 97810",
        ],
    ),
    (
        "a claim a line",
        """
Explanation of Benefits
Harvest Plains Insurance Co.           Statement date 7/15/2025
Patient: Ola Brandt
Provider: Rehab & Motion Center

Claim 1001   DOS 6/2/2025    Therapeutic exercise (97110)   Charged $110.00  Allowed $70.00  Plan $50.00  You $20.00
Claim 1002   DOS 6/5/2025    Therapeutic exercise (97110)   Charged $110.00  Allowed $70.00  Plan $50.00  You $20.00
Claim 1003   DOS 6/9/2025    Therapeutic exercise (97110)   Charged $110.00  Allowed $70.00  Plan $50.00  You $20.00
Claim 1004   DOS 6/12/2025   Therapeutic exercise (97110)   Charged $110.00  Allowed $70.00  Plan $50.00  You $20.00
                                                            Total you owe $80.00
""",
        [
            "2025-06-02 Therapeutic exercise 110.00 97110",
            "2025-06-05 Therapeutic exercise 110.00 97110",
            "2025-06-09 Therapeutic exercise 110.00 97110",
            "2025-06-12 Therapeutic exercise 110.00 97110",
        ],
    ),
    (
        "one service on several days",
        """
MERIDIAN HEALTH EXPLANATION OF BENEFITS
Patient name: Ola Brandt
Claim number: 5512        Provider: Osprey Chiropractic
Service: Chiropractic manipulation 98941
Dates: 06/02/25, 06/05/25, 06/09/25, 06/12/25
Charges (4 x $65.00): $260.00
Plan allowance: $200.00
Plan paid: $120.00
Your responsibility: $80.00
""",
        ["None Chiropractic manipulation 260.00 98941"],
    ),
    (
        "days over the columns",
        """
Coastal Care Network
Summary of Health Benefits Paid
Ola Brandt          Week of 6/2/2025 - 6/13/2025

                     6/2      6/5      6/9      6/12     Total
Massage therapy      95.00    95.00    95.00    95.00    380.00
Network savings     -35.00   -35.00   -35.00   -35.00   -140.00
Paid by plan        -40.00   -40.00   -40.00   -40.00   -160.00
Your part            20.00    20.00    20.00    20.00     80.00

This is not a bill
""",
        [
            "2025-06-02 Massage therapy 95.00 None",
            "2025-06-05 Massage therapy 95.00 None",
            "2025-06-09 Massage therapy 95.00 None",
            "2025-06-12 Massage therapy 95.00 None",
        ],
    ),
    (
        "leaders",
        """
PIONEER VALLEY HEALTH COOPERATIVE
Explanation of Benefits

Member: Reza Amini     Patient: Reza Amini

VISIT ON 04/03/2025 - Medical nutrition therapy (97802)
    Provider billed ........ $130.00
    Plan discount .......... $30.00
    Plan paid .............. $80.00
    You may owe ............ $20.00

VISIT ON 04/17/2025 - Medical nutrition therapy (97803)
    Provider billed ........ $110.00
    Plan discount .......... $25.00
    Plan paid .............. $65.00
    You may owe ............ $20.00

Total you may owe: $40.00
""",
        ["2025-04-03 Medical nutrition therapy 130.00 97802", "2025-04-17 Medical nutrition therapy 110.00 97803"],
    ),
    (
        "columns of labels and answers",
        """
KEYSTONE MUTUAL EXPLANATION OF BENEFITS
Patient          Reza Amini
Provider         Willow Acupuncture
Date(s) of service    04/03/2025 - 04/17/2025
Procedure        97810 acupuncture
Number of visits 3
Amount charged   $285.00
Amount allowed   $210.00
Plan payment     $150.00
Your share       $60.00
""",
        ["None acupuncture 285.00 97810"],
    ),
    (
        "bars between amounts",
        """
Explanation of Benefits (EOB)
High Desert Health Plan
For services to: REZA AMINI

1) 04-03-2025  Psychotherapy, 60 minutes, 90837
   Billed by provider 175.00 | Plan rate 120.00 | Plan paid 90.00 | Your cost 30.00
2) 04-10-2025  Psychotherapy, 60 minutes, 90837
   Billed by provider 175.00 | Plan rate 120.00 | Plan paid 90.00 | Your cost 30.00

Your total cost 60.00
""",
        ["2025-04-03 Psychotherapy, 60 minutes 175.00 90837", "2025-04-10 Psychotherapy, 60 minutes 175.00 90837"],
    ),
    (
        "abbreviated headings",
        """
Explanation of benefits - Tallow Creek Plan
Patient: Amini, Reza      Provider: Stoneway PT

Svc date     Svc code   Description           Chg      Alwd     Ded     Copay   Pd      Pt owes
04/03/2025   97110      Ther exercise         85.00    62.00    0.00    25.00   37.00   25.00
04/03/2025   97140      Manual therapy        60.00    44.00    0.00    0.00    44.00   0.00
04/10/2025   97110      Ther exercise         85.00    62.00    0.00    25.00   37.00   25.00
Claim total                                   230.00   168.00   0.00    50.00   118.00  50.00
""",
        [
            "2025-04-03 Ther exercise 85.00 97110",
            "2025-04-03 Manual therapy 60.00 97140",
            "2025-04-10 Ther exercise 85.00 97110",
        ],
    ),
    (
        "claims of several facts, the service behind its code",
        """
Gulfstream Shield - Member Health Statement. This is not a bill.
At a glance
Your providers charged   $528.40

CLAIM 1 OF 2
Claim ID: H26280 04471 00
Seen by: Anneliese Brandvold, LMHC
Date of service: 10/06/2026
Status: Paid

90837 - Talk therapy visit, longer
Amount charged: $210.00
Allowed by contract: $142.50
Paid by Gulfstream Shield: $107.50
Your share of this claim: $35.00

CLAIM 2 OF 2
Claim ID: H26275 91130 00
Seen by: Suncoast Reference Laboratories Inc
Date of service: 09/28/2026
Status: Processed - applied to deductible

83036 - Three-month sugar test
Amount charged: $318.40
Allowed by contract: $44.12
Paid by Gulfstream Shield: $0.00
Your share of this claim: $44.12
""",
        ["2026-10-06 Talk therapy visit, longer 210.00 90837", "2026-09-28 Three-month sugar test 318.40 83036"],
    ),
]


@pytest.mark.parametrize(("text", "items"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_service_has_its_day_its_words_and_what_was_billed(text: str, items: list[str]) -> None:
    found = items_of(AnnotatedText(Document.from_text(text.strip("\n"))))
    told = [f"{i.day.iso if i.day else None} {i.description} {i.amount.value:.2f} {i.code}" for i in found]
    assert told == items


@pytest.mark.parametrize(
    "head",
    [
        "{day}",
        "Visit of {day}",
        "Claim 2   Service date {day}   Lake Clinic",
        "Patient: Ana Roe   Claim # 77-2   Received 08/20/2026   Date(s) of service {day}",
    ],
)
def test_the_day_over_each_claim_is_that_of_its_lines(head: str) -> None:
    columns = "Service description   Billed   Discount   Plan paid   You owe\n"
    told = AnnotatedText(Document.from_text(
        "NORTHGATE HEALTH\nExplanation of Benefits\nTHIS IS NOT A BILL\nStatement date: October 19, 2026\n\n"
        + head.format(day="07/30/2026") + "\n" + columns + "Office visit 99213   150.00   50.00   80.00   20.00\n\n"
        + head.format(day="08/12/2026") + "\n" + columns + "Lab 83036   48.00   20.00   28.00   0.00"
    ))  # fmt: skip
    days = [(item.cents, item.day and item.day.iso) for item in items_of(told)]
    assert days == [(15000, "2026-07-30"), (4800, "2026-08-12")]
