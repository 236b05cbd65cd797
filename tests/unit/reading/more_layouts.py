"""More pages, of the kinds that `layouts` has, in other hands: other type, other widths, other habits."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.reading.layouts import INSTRUCTIONS, Sheet

LETTER = """Mr. Teodor Blaskovic is under my care for obstructive sleep apnea and for obesity of class two. Since the \
sleep study of last November he has used a mask every night, yet his oxygen still falls on most nights and he is too \
tired to drive by the afternoon.

A supervised program of weight loss, with a visit to a dietitian every two weeks and two sessions of strength training \
a week, is needed for the next nine months. It is part of his medical treatment. Without it the only choice that is \
left to us would be an operation."""


def typed_letter_beside_a_rail(s: Sheet) -> list[str]:
    rail = s.put(30, 60, "NORTH FORK\nINTERNAL\nMEDICINE", size=13, font="Times-Bold", leading=15)
    rail += s.put(30, 150, "Oona Fairbairn, MD\nKwame Asante, MD\nLi Zhen, PA-C", size=8, leading=12)
    rail += s.put(30, 220, "1290 River Street\nNorth Fork, ID 83466", size=8, leading=12)
    rail += s.put(30, 262, "T 208-555-0118\nF 208-555-0119", size=8, leading=12)
    body = s.put(170, 74, "January 12, 2026", size=10, font="Courier") + s.put(
        170, 110, "RE: Teodor Blaskovic", size=10, font="Courier"
    )
    body += s.prose(170, 146, 400, LETTER, size=10, font="Courier", leading=18)
    body += s.put(170, 470, "Sincerely,", font="Courier") + s.put(170, 530, "Oona Fairbairn, MD", font="Courier")
    return rail + body


def rail_on_the_right_and_a_list(s: Sheet) -> list[str]:
    head = s.put(60, 48, "Riverside Lymphedema Clinic", size=18, font="Times-Italic")
    rail = s.put(
        470,
        96,
        "Gwen Sorrell, OT, CLT\nPatrice Mbeki, PT\nDana Whitlow, MD\n\n6 Ferry Landing\nPort Ellery, NJ 08070\n"
        "(856) 555-0131\n\nMonday to Friday\nby appointment",
        size=8.5,
        leading=11.4,
    )
    body = s.put(60, 96, "March 30, 2026", font="Times-Roman", size=11) + s.put(
        60, 122, "To the plan administrator:", font="Times-Roman", size=11
    )
    one, two = LETTER.split("\n\n")
    body += s.prose(60, 148, 380, one, size=11)
    for n, item in enumerate(
        ("compression sleeve, two pieces", "manual drainage, twice a week", "exercise at home, every day")
    ):
        body.append(f"• {item}")
        s.put(72, 232 + 15 * n, f"• {item}", font="Times-Roman", size=11)
    body += s.prose(60, 284, 380, two, size=11) + s.put(60, 380, "Gwen Sorrell, OT, CLT", font="Times-Roman", size=11)
    return head + rail + body


def columns_then_a_signature(s: Sheet) -> list[str]:
    head = s.put(120, 50, "CONSENT AND TREATMENT PLAN", size=15, font="Helvetica-Bold")
    left = s.prose(48, 84, 250, LETTER, font="Helvetica", size=9.5)
    right = s.prose(324, 84, 244, INSTRUCTIONS, font="Helvetica", size=9.5)
    foot = [s.row(420, (48, "Patient: Teodor Blaskovic"), (324, "Date: 01/12/2026"))]
    foot.append(s.row(440, (48, "Witness: Li Zhen, PA-C"), (324, "Time: 10:40 AM")))
    return head + left + right + foot


def three_columns_with_headings(s: Sheet) -> list[str]:
    texts = INSTRUCTIONS.split("\n\n")
    head = s.put(48, 50, "Your recovery, week by week", size=16)
    lines = []
    for x, wide, title, text in (
        (48, 150, "Wound care", texts[0]),
        (216, 180, "Moving", texts[1]),
        (414, 150, "Medicine", texts[2]),
    ):
        lines += s.put(x, 80, title, font="Helvetica-Bold", size=11) + s.prose(
            x, 98, wide, text, size=10, justified=True
        )
    return head + lines


def benefits_ruled_across(s: Sheet) -> list[str]:
    lines = [s.row(50, (48, "Summit Mutual Health"), (-564, "Explanation of Benefits"), size=13)]
    lines.append(s.row(76, (48, "Member: Ilse Brandvold"), (330, "Claim: 2026-00417-88")))
    lines.append(s.row(90, (48, "Group: 77120"), (330, "Processed: 02/20/2026")))
    s.rules += [(48, y, 564, y) for y in (104, 122, 140, 158, 176)]
    for n, row in enumerate(
        (
            ("Service date", "Service", "Billed", "Allowed", "Paid", "You owe"),
            ("02/03/2026", "Physical therapy 97110", "$120.00", "$84.00", "$67.20", "$16.80"),
            ("02/10/2026", "Physical therapy 97140", "$110.00", "$79.00", "$63.20", "$15.80"),
            ("Total", "", "$230.00", "$163.00", "$130.40", "$32.60"),
        )
    ):
        cells = [(x, text) for x, text in zip((50, 130, -340, -410, -480, -562), row, strict=True) if text]
        lines.append(s.row(117 + 18 * n, *cells, size=9))
    return lines + s.put(48, 200, "The amount in the last column may be billed to you by the provider.", size=9)


def numbered_boxes(s: Sheet) -> list[str]:
    lines = s.put(180, 44, "HEALTH INSURANCE CLAIM", size=12, font="Helvetica-Bold")
    at = 60.0
    for boxes in (
        (
            (40, 260, "1. INSURED'S I.D. NUMBER", "884 22 1907 A"),
            (260, 420, "2. PATIENT'S NAME", "BLASKOVIC TEODOR"),
            (420, 572, "3. BIRTH DATE", "05 17 1968"),
        ),
        ((40, 320, "4. PATIENT'S ADDRESS", "31 QUARRY LANE"), (320, 572, "5. CITY, STATE, ZIP", "NORTH FORK ID 83466")),
        (
            (40, 150, "21. DIAGNOSIS A", "G47.33"),
            (150, 260, "B", "E66.812"),
            (260, 370, "C", "Z68.37"),
            (370, 572, "23. AUTHORIZATION", "P-40918"),
        ),
        (
            (40, 230, "25. FEDERAL TAX I.D.", "82-5550133"),
            (230, 400, "28. TOTAL CHARGE", "$ 240.00"),
            (400, 572, "29. AMOUNT PAID", "$ 60.00"),
        ),
    ):
        for left, right, label, value in boxes:
            s.rect(left, at, right, at + 28)
            lines += s.put(left + 3, at + 8, label, size=6) + s.put(
                left + 8, at + 22, value, size=10, font="Courier-Bold"
            )
        at += 28
    return lines


def codes_with_fees(s: Sheet) -> list[str]:
    lines = [s.row(50, (40, "Tern Harbor Physical Therapy"), (420, "Encounter form"), size=12)]
    lines.append(s.row(76, (40, "Evaluation"), (216, "Treatment"), (396, "Supplies"), font="Helvetica-Bold"))
    for n, row in enumerate(
        (
            ("97161 Low complexity", "$130", "97110 Exercise, 15 min", "$45", "A4466 Elastic belt", "$28"),
            ("97162 Moderate", "$150", "97112 Balance, 15 min", "$48", "L1812 Knee sleeve", "$60"),
            ("97163 High complexity", "$175", "97140 Manual, 15 min", "$46", "E0730 Stimulator", "$95"),
            ("97164 Re-evaluation", "$90", "97530 Activities", "$52", "A4595 Electrodes", "$22"),
        )
    ):
        y = 94 + 15 * n
        for x in (40, 216, 396):
            s.rect(x, y - 7, x + 7, y)
        cells = ((52, row[0]), (-200, row[1]), (228, row[2]), (-376, row[3]), (408, row[4]), (-560, row[5]))
        lines.append(s.row(y, *cells, size=8.5))
    return [*lines, s.row(176, (40, "Paid by card"), (-560, "$97.00"))]


def statement_with_ages(s: Sheet) -> list[str]:
    left = s.put(48, 50, "Harbor Sleep Center", size=17, font="Times-Bold")
    right = s.put(410, 44, "Statement of account\nAccount 40-1187\nDate 03/31/2026", size=8.5, leading=11)
    lines = left + right
    for n, row in enumerate(
        (
            ("Date", "Description", "Charge", "Payment", "Balance"),
            ("02/14/2026", "Titration study 95811", "$980.00", "", "$980.00"),
            ("03/02/2026", "Insurance payment", "", "-$784.00", "$196.00"),
        )
    ):
        lines.append(
            s.row(110 + 15 * n, *((x, t) for x, t in zip((48, 130, -380, -470, -564), row, strict=True) if t), size=9)
        )
    s.grid((48, 177, 306, 435, 564), (170, 186, 202))
    lines.append(s.row(181, (60, "Current"), (190, "31-60 days"), (320, "61-90 days"), (450, "Over 90"), size=9))
    lines.append(s.row(197, (60, "$196.00"), (190, "$0.00"), (320, "$0.00"), (450, "$0.00"), size=9))
    return [*lines, s.row(230, (48, "Please pay this amount"), (-564, "$196.00"))]


def ruled_labels_and_wrapped_values(s: Sheet) -> list[str]:
    lines = s.put(48, 50, "Certificate of medical necessity", size=13)
    s.grid((48, 190, 564), (70, 88, 106, 136, 154, 172))
    for (top, bottom), label, value in (
        ((70, 88), "Patient", "Ilse Brandvold"),
        ((88, 106), "Diagnosis", "I89.0 Lymphedema of the left arm"),
        (
            (106, 136),
            "Item prescribed",
            "Compression garment, custom made, 30-40 mmHg, with\na spare for the days on which the first is washed",
        ),
        ((136, 154), "Quantity", "2 every six months"),
        ((154, 172), "Length of need", "12 months"),
    ):
        y = (top + bottom) / 2 + 3.5
        s.put(54, y, label, size=9.5, font="Helvetica-Bold")
        s.put(196, y - 6 * value.count("\n"), value, size=9.5, leading=12)
        lines.append(f"{label} | {value}".replace("\n", " "))
    return lines


def medicines_in_a_ruled_table(s: Sheet) -> list[str]:
    lines = s.put(48, 50, "Medication list at discharge", size=13)
    xs, ys = (48, 180, 260, 460, 564), (66, 84, 114, 132, 162)
    s.grid(xs, ys)
    rows = (
        ("Medication", "Dose", "How to take it", "Next dose"),
        ("Torsemide", "20 mg", "One tablet in the morning, with\nfood, before ten", "Tomorrow"),
        ("Potassium", "10 mEq", "One tablet with water", "Tonight"),
        ("Melatonin", "3 mg", "One tablet an hour before\nthe lights go out", "Tonight"),
    )
    for top, row in zip(ys, rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            s.put(x + 5, top + 12.5, text, size=9, leading=11.5)
        lines.append(" | ".join(row).replace("\n", " "))
    return lines


def fees_with_leaders(s: Sheet) -> list[str]:
    lines = s.put(60, 60, "Fees for services without insurance", size=13, font="Times-Bold")
    for n, (what, amount) in enumerate(
        (
            ("First visit, sixty minutes", "$180.00"),
            ("Later visit, thirty minutes", "$95.00"),
            ("Group class, for each person", "$25.00"),
            ("Letter or form for a plan", "$40.00"),
        )
    ):
        y = 90 + 16 * n
        s.put(60, y, what, font="Times-Roman", size=11)
        s.put(230, y, "." * 80, font="Times-Roman", size=11)
        s.put(500, y, amount, font="Times-Roman", size=11, right=True)
        lines.append(f"{what} | {amount}")
    return lines


def letterhead_and_two_addresses(s: Sheet) -> list[str]:
    lines = s.put(190, 48, "Linden Court Acupuncture", size=16, font="Times-Bold") + s.put(
        210, 62, "NCCAOM 118204 - Lic. AC 00931 - NPI 1730184429", size=8
    )
    lines += s.put(48, 100, "April 2, 2026", font="Times-Roman", size=11)
    lines += s.put(
        48,
        126,
        "Northern Benefit Services\nClaims Department\nP.O. Box 3391\nDuluth, MN 55803",
        font="Times-Roman",
        size=11,
    )
    lines.append(s.row(196, (48, "Patient:"), (120, "Ilse Brandvold"), font="Times-Roman", size=11))
    lines.append(s.row(210, (48, "Member ID:"), (120, "SM 7712-0"), font="Times-Roman", size=11))
    lines += s.prose(48, 240, 510, LETTER, size=11)
    lines.append(s.row(380, (48, "Hana Kobayashi, L.Ac."), (330, "April 2, 2026"), font="Times-Roman", size=11))
    return lines


LAYOUTS: tuple[Callable[[Sheet], list[str]], ...] = (
    typed_letter_beside_a_rail, rail_on_the_right_and_a_list, columns_then_a_signature, three_columns_with_headings,
    benefits_ruled_across, numbered_boxes, codes_with_fees, statement_with_ages, ruled_labels_and_wrapped_values,
    medicines_in_a_ruled_table, fees_with_leaders, letterhead_and_two_addresses,
)  # fmt: skip
