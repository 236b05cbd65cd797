"""Pages as clinics, plans and shops lay them out, set with reportlab, each with the lines that a person reads.

In the expected lines `|` is a wide gap. Everybody on these pages is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 612.0, 792.0


@dataclass
class Sheet:
    """A letter-size page under way; y counts points from the top to a line's base."""

    texts: list[tuple[float, float, str, str, float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def put(
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        *,
        size: float = 10,
        leading: float | None = None,
        font: str = "Helvetica",
        right: bool = False,
    ) -> list[str]:
        """Print lines one under the other; gives them back."""
        lines = lines.split("\n") if isinstance(lines, str) else list(lines)
        for number, line in enumerate(lines):
            at = x - stringWidth(line, font, size) if right else x
            self.texts.append((at, y + number * (leading or 1.2 * size), line, font, size))
        return [line for line in lines if line.strip()]

    def prose(
        self, x: float, y: float, width: float, text: str, *, size: float = 10, leading: float | None = None,
        font: str = "Times-Roman", justified: bool = False,
    ) -> list[str]:  # fmt: skip
        """Print paragraphs (parted by an empty line) wrapped to a width; gives their lines back."""
        leading = leading or 1.25 * size
        printed: list[str] = []
        for paragraph in text.split("\n\n"):
            lines = wrapped(paragraph, width, font, size)
            for line in lines:
                if justified and line != lines[-1]:
                    self._justify(x, y, width, line, font, size)
                else:
                    self.texts.append((x, y, line, font, size))
                y += leading
            y += 0.6 * leading
            printed += lines
        return printed

    def _justify(self, x: float, y: float, width: float, line: str, font: str, size: float) -> None:
        words = line.split()
        spare = (width - sum(stringWidth(word, font, size) for word in words)) / max(1, len(words) - 1)
        for word in words:
            self.texts.append((x, y, word, font, size))
            x += stringWidth(word, font, size) + spare

    def row(self, y: float, *cells: tuple[float, str], size: float = 10, font: str = "Helvetica") -> str:
        """Cells on one base line; a negative x is a right edge."""
        for x, text in cells:
            self.put(abs(x), y, text, size=size, font=font, right=x < 0)
        return " | ".join(text for _, text in cells)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        self.rules += [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]

    def rect(self, left: float, top: float, right: float, bottom: float) -> None:
        self.boxes.append((left, top, right, bottom))

    def pdf(self) -> bytes:
        file = BytesIO()
        canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=True)
        canvas.setLineWidth(0.8)
        for left, top, right, bottom in self.rules:
            canvas.line(left, HEIGHT - top, right, HEIGHT - bottom)
        for left, top, right, bottom in self.boxes:
            canvas.rect(left, HEIGHT - bottom, right - left, bottom - top)
        for x, y, text, font, size in self.texts:
            canvas.setFont(font, size)
            canvas.drawString(x, HEIGHT - y, text)
        canvas.save()
        return file.getvalue()


def wrapped(text: str, width: float, font: str, size: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and stringWidth(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


PARAGRAPHS = """I have treated Ms. Marisol Vance since March of this year for chronic pain of the lower back. She has \
tried rest, ice, two courses of medication and a home program of stretching, and none of these has given her relief \
that lasted more than a few days.

I recommend therapeutic massage twice a week for six months, together with supervised exercise. The treatment is \
medically necessary to lessen the spasm of the muscles along the spine and to let her return to full duties at work; \
it is not meant for general health.

We will see her again in eight weeks and will adjust the plan if her pain has not become less by then. Please call \
our office with any question that you may have about this request."""

INSTRUCTIONS = """Keep the dressing dry for two days and change it after that once a day with clean hands. A little \
clear fluid is normal during the first week, but call us at once when it turns yellow or when the skin around it gets \
red and warm.

Walk as often as you can from the second day on, first around the house and then outside. Use the stairs only with a \
rail, and do not drive until we have seen you again, because the pain medicine slows your reactions more than you feel.

Take the tablets with food. If you forget one, do not take two of them the next time; simply go on with the usual \
plan and tell us about it when you come back to the clinic for your visit."""


def rail_left(s: Sheet) -> list[str]:
    rail = s.put(40, 70, "Juniper Valley\nFamily Medicine", size=12, font="Helvetica-Bold")
    rail += s.put(
        40,
        130,
        "PHYSICIANS\nAnselm Roche, MD\nBeatriz Oduya, DO\nPriya Natarajan, MD\nColm Fairweather, MD\n"
        "\nNURSE PRACTITIONERS\nDelphine Aker, FNP-C\nTobias Lund, ANP\n\nOFFICE\n418 Quarry Road\nSuite 210\n"
        "Alder Bend, OR 97003\n\nTel 503-555-0147\nFax 503-555-0148\nNPI 1234567893",
        size=7.5,
        leading=10.3,
    )
    body = s.put(190, 92, "May 4, 2026", size=10.5)
    body += s.put(190, 124, "Re: Marisol Vance, born 03/14/1984", size=10.5)
    body += s.put(190, 150, "To whom it may concern:", size=10.5)
    body += s.prose(190, 176, 370, PARAGRAPHS, size=10.5, leading=14.2)
    body += s.put(190, 440, "Sincerely,", size=10.5) + s.put(190, 490, "Anselm Roche, MD", size=10.5)
    return rail + body


def rail_right(s: Sheet) -> list[str]:
    rail = s.put(
        462,
        72,
        "Orchard Hill Spine Center\n2200 Mill Race Drive\nSuite 4\nCedar Notch, VT 05031\n\nPhone\n"
        "802-555-0122\nFax\n802-555-0129\n\nwww.example.org\n\nNPI\n1245319599\nTax ID\n03-5550188\n\nHours\n"
        "Mon - Thu 8 to 6\nFri 8 to noon",
        size=8,
        leading=13,
    )
    body = s.put(60, 72, "June 9, 2026", size=10, font="Times-Roman")
    body += s.put(60, 98, "Dear Reviewer,", size=10, font="Times-Roman")
    body += s.prose(60, 124, 370, PARAGRAPHS, leading=13)
    body += s.put(60, 372, "Yours truly,", font="Times-Roman")
    body += s.put(60, 420, "Emeric Salgado, DC", font="Times-Roman")
    return rail + body


def rail_beside_labels(s: Sheet) -> list[str]:
    rail = s.put(36, 80, "Tern Harbor\nPhysical Therapy", size=11, font="Helvetica-Bold")
    rail += s.put(
        36,
        118,
        "Curtis Amadi, PT\nWilla Strand, DPT\nJun Takeda, PTA\n\n77 Breakwater Lane\nTern Harbor, ME 04609"
        "\n207-555-0175\n207-555-0176 fax\n\nOpen weekdays\n7 am to 6 pm",
        size=7,
        leading=9.1,
    )
    body = s.put(200, 84, "LETTER OF MEDICAL NECESSITY", size=13, font="Helvetica-Bold")
    at = 116.0
    for label, value in (
        ("Patient:", "Gideon Marsh"),
        ("Date of birth:", "11/02/1971"),
        ("Diagnosis:", "M75.41"),
        ("Treatment:", "Supervised exercise"),
        ("Frequency:", "Twice a week"),
        ("Duration:", "12 weeks"),
        ("Start date:", "02/02/2026"),
    ):
        body.append(s.row(at, (200, label), (300, value), size=10))
        at += 17.3
    return rail + body


def two_columns(s: Sheet) -> list[str]:
    left = s.prose(50, 90, 240, PARAGRAPHS)
    right = s.prose(322, 90, 240, INSTRUCTIONS)
    return left + right


def three_columns(s: Sheet) -> list[str]:
    head = s.put(50, 60, "Going home after your operation: what to do and what to look out for", size=14)
    one, two, three = INSTRUCTIONS.split("\n\n")
    columns = [s.prose(x, 96, 158, text, size=9) for x, text in ((48, one), (226, two), (404, three))]
    foot = s.put(
        50,
        320,
        "Marlow Surgical Group keeps an answering service for nights, weekends and holidays at 555-0133.",
        size=10,
    )
    return head + columns[0] + columns[1] + columns[2] + foot


def columns_under_a_heading(s: Sheet) -> list[str]:
    head = s.put(50, 60, "Summary of the visit of April 21, 2026 with recommendations", size=13, font="Helvetica-Bold")
    head += s.put(
        50, 80, "Patient: Gideon Marsh     Date of birth: 11/02/1971     Clinician: Dr. Beatriz Oduya", size=9
    )
    one, two, three = PARAGRAPHS.split("\n\n")
    left = s.put(50, 112, "Findings", font="Helvetica-Bold") + s.prose(50, 128, 245, one)
    right = s.put(320, 112, "Plan", font="Helvetica-Bold") + s.prose(320, 128, 245, two)
    foot = s.prose(50, 270, 515, three)
    return head + left + right + foot


def columns_at_different_heights(s: Sheet) -> list[str]:
    head = s.put(50, 50, "Harbor Rehabilitation Associates", size=15, font="Times-Bold")
    left = s.prose(50, 140, 240, PARAGRAPHS)
    right = s.prose(320, 92, 245, INSTRUCTIONS)
    return head + left + right


def letterhead_in_two_blocks(s: Sheet) -> list[str]:
    rows = [
        s.row(50 + 13 * n, (50, a), (-560, b))
        for n, (a, b) in enumerate(
            (
                ("Larch Street Pediatrics", "900 Larch Street"),
                ("Ines Calloway, MD", "Boulder Mills, CO 80309"),
                ("Rafe Dunmore, PA-C", "Phone 303-555-0191"),
                ("NPI 1003000126", "Fax 303-555-0192"),
            )
        )
    ]
    rows += s.put(50, 140, "August 3, 2026") + s.put(50, 170, "To whom it may concern:")
    return rows + s.prose(50, 196, 510, PARAGRAPHS, size=11)


def letterhead_out_of_step(s: Sheet) -> list[str]:
    left = s.put(50, 60, "Silver Birch\nOrthopaedics", size=20, leading=24, font="Times-Bold")
    right = s.put(
        400,
        46,
        "1830 Foundry Avenue, Floor 3\nGlenmoor, PA 19008\nTelephone (610) 555-0153\n"
        "Facsimile (610) 555-0154\nLicense MD 448210",
        size=8,
        leading=10,
    )
    rest = s.put(50, 130, "September 15, 2026") + s.prose(50, 160, 500, PARAGRAPHS, size=11)
    return left + right + rest


def table_with_wrapped_cells(s: Sheet) -> list[str]:
    head = s.put(50, 60, "Explanation of Benefits", size=14)
    xs, ys = (50, 120, 270, 340, 420, 490, 562), (90, 118, 138, 166, 186, 206)
    s.grid(xs, ys)
    for x, lines in zip(
        xs, ("Date of\nservice", "Description", "Code", "Amount\nbilled", "Plan\npaid", "You\nowe"), strict=False
    ):
        s.put(x + 4, 101 if "\n" in lines else 107, lines, size=8.5, leading=10.5)
    rows = ["Date of service | Description | Code | Amount billed | Plan paid | You owe"]
    for top, bottom, cells in (
        (118, 138, ("01/06/2026", "Office visit", "99213", "$180.00", "$120.00", "$60.00")),
        (
            138,
            166,
            (
                "01/13/2026",
                "Therapeutic exercise with\nneuromuscular training",
                "97112",
                "$210.00",
                "$140.00",
                "$70.00",
            ),
        ),
        (166, 186, ("01/20/2026", "Manual therapy", "97140", "$95.00", "$70.00", "$25.00")),
        (186, 206, ("", "Total", "", "$485.00", "$330.00", "$155.00")),
    ):
        for x, text in zip(xs, cells, strict=False):
            y = (top + bottom) / 2 + 3 - 5.25 * text.count("\n")
            s.put(x + 4, y, text, size=8.5, leading=10.5)
        rows.append(" | ".join(text.replace("\n", " ") for text in cells if text))
    return head + rows + s.put(50, 230, "This is not a bill. Keep it for your records.", size=9)


def boxes_with_labels_above(s: Sheet) -> list[str]:
    lines = s.put(50, 56, "STATEMENT OF MEDICAL NECESSITY", size=13, font="Helvetica-Bold")
    at = 76.0
    for boxes in (
        (
            (50, 300, "Patient name", "Rosalind Teague"),
            (300, 420, "Date of birth", "07/19/1962"),
            (420, 562, "Member ID", "QX 4471 882"),
        ),
        ((50, 220, "Employer", "Calder Paper Works"), (220, 562, "Address", "14 Tannery Court, Elmsford, NY 10523")),
        ((50, 380, "Diagnosis", "Primary osteoarthritis, right knee"), (380, 562, "ICD-10 code", "M17.11")),
        (
            (50, 230, "Treatment", "Aquatic therapy"),
            (230, 400, "Frequency", "3 times a week"),
            (400, 562, "Duration", "6 months"),
        ),
        ((50, 350, "Provider name and credential", "Osric Bellamy, DO"), (350, 562, "NPI", "1861497053")),
    ):
        for left, right, label, value in boxes:
            s.rect(left, at, right, at + 32)
            lines += s.put(left + 4, at + 9, label, size=6.5) + s.put(
                left + 6, at + 25, value, size=10.5, font="Courier"
            )
        at += 32
    return lines


def labels_in_two_columns(s: Sheet) -> list[str]:
    lines = s.put(50, 56, "Patient registration", size=14)
    for n, (a, b, c, d) in enumerate(
        (
            ("Patient:", "Vesper Quill", "Insured:", "Hollis Quill"),
            ("Date of birth:", "04/30/1990", "Relationship:", "Spouse"),
            ("Phone:", "401-555-0166", "Group number:", "88-4410"),
            ("Email:", "v.quill@example.org", "Plan:", "Choice PPO 1500"),
            ("Primary care:", "Dr. Ines Calloway", "Effective:", "01/01/2026"),
        )
    ):
        lines.append(s.row(90 + 18 * n, (50, a), (140, b), (330, c), (430, d)))
    return lines


CODES = (
    (("97110", "Therapeutic exercise"), ("99202", "New patient, 15 min"), ("98940", "Adjustment, 1-2 areas")),
    (("97112", "Neuromuscular re-education"), ("99203", "New patient, 30 min"), ("98941", "Adjustment, 3-4 areas")),
    (("97140", "Manual therapy, 15 min"), ("99212", "Established, 10 min"), ("98942", "Adjustment, 5 areas")),
    (("97530", "Therapeutic activities"), ("99213", "Established, 20 min"), ("97012", "Traction, mechanical")),
    (("97035", "Ultrasound to one area"), ("99214", "Established, 30 min"), ("97014", "Electrical stimulation")),
    (("97010", "Hot or cold packs"), ("99215", "Established, 40 min"), ("97124", "Massage, 15 min")),
)  # fmt: skip


def _code_grid(s: Sheet, *, ruled: bool) -> list[str]:
    lines = s.put(50, 60, "SUPERBILL", size=14, font="Helvetica-Bold")
    lines.append(s.row(84, (50, "Patient: Vesper Quill"), (300, "Date of service: 03/12/2026")))
    if ruled:
        s.grid((46, 221, 391, 566), [104 + 16 * n for n in range(7)])
    for n, codes in enumerate(CODES):
        y = 115 + 16 * n
        for x, (code, text) in zip((50, 225, 395), codes, strict=True):
            s.rect(x, y - 7, x + 7, y)
            s.put(x + 12, y, code, size=8.5)
            s.put(x + 42, y, text, size=8.5)
        lines.append(" | ".join(f"{code} {text}" for code, text in codes))
    lines.append(s.row(230, (50, "Total charges"), (-560, "$185.00")))
    return lines


def code_grid(s: Sheet) -> list[str]:
    return _code_grid(s, ruled=False)


def code_grid_ruled(s: Sheet) -> list[str]:
    return _code_grid(s, ruled=True)


def bill_with_far_amounts(s: Sheet) -> list[str]:
    lines = s.put(50, 60, "Willow Creek Dental and Orofacial Pain", size=14)
    lines.append(s.row(90, (50, "Invoice 20418"), (-562, "March 3, 2026")))
    for n, (what, amount) in enumerate(
        (
            ("Examination, limited, problem focused", "85.00"),
            ("Panoramic radiographic image", "140.00"),
            ("Occlusal guard, hard appliance, full arch", "650.00"),
            ("Adjustment of the occlusal guard after two weeks", "75.00"),
            ("Courtesy adjustment for payment on the day", "-50.00"),
            ("Total due from the patient today", "900.00"),
        )
    ):
        lines.append(s.row(124 + 15 * n, (50, what), (-562, amount)))
    return lines


def receipt(s: Sheet) -> list[str]:
    lines = s.put(230, 60, "MAPLE CORNER PHARMACY", font="Courier", size=9) + s.put(
        245, 72, "Store 0418  555-0162", font="Courier", size=9
    )
    for n, (what, amount) in enumerate(
        (
            ("Rx 7741032 NAPROXEN 500", "12.40 F"),
            ("KNEE BRACE ELASTIC M", "24.99 F"),
            ("COLD PACK REUSABLE", "8.49"),
            ("SUBTOTAL", "45.88"),
            ("TAX 6.25%", "0.53"),
            ("TOTAL", "46.41"),
            ("VISA ************4418", "46.41"),
            ("CHANGE DUE", "0.00"),
        )
    ):
        lines.append(s.row(96 + 11.5 * n, (210, what), (-400, amount), size=9, font="Courier"))
    return lines + s.put(235, 200, "04/18/2026 14:22 Reg 3", font="Courier", size=9)


def labels_beside_paragraphs(s: Sheet) -> list[str]:
    lines = s.put(50, 60, "Certification by the treating provider", size=13)
    at = 90.0
    one, two, three = PARAGRAPHS.split("\n\n")
    for label, text in (("History", one), ("Recommendation", two), ("Follow-up", three), ("Allergies", "None known.")):
        printed = s.prose(180, at, 370, text)
        s.put(50, at, label, font="Helvetica-Bold")
        lines += [f"{label} | {printed[0]}", *printed[1:]]
        at += 12.5 * len(printed) + 9
    return lines


def signature_row(s: Sheet) -> list[str]:
    lines = s.prose(50, 80, 500, PARAGRAPHS, size=11)
    s.rules += [(50, 380, 260, 380), (330, 380, 450, 380)]
    lines.append(s.row(376, (60, "Emeric Salgado, DC"), (340, "06/09/2026")))
    lines.append(s.row(391, (50, "Signature of provider"), (330, "Date"), size=8))
    s.rules += [(50, 424, 260, 424), (330, 424, 450, 424)]
    lines.append(s.row(420, (60, "DC 0048821"), (340, "1245319599")))
    lines.append(s.row(435, (50, "License number and state"), (330, "NPI"), size=8))
    return lines


def invoice_with_wrapped_items(s: Sheet) -> list[str]:
    lines = [s.row(60, (50, "Kestrel Nutrition Counseling"), (-562, "INVOICE"), size=14)]
    lines.append(s.row(80, (50, "21 Brook Street, Ashfield, MA 01330"), (-562, "No. 2026-118")))
    lines.append(s.row(120, (50, "Date"), (120, "Service"), (-440, "Hours"), (-500, "Rate"), (-562, "Amount")))
    lines.append(
        s.row(
            140,
            (50, "02/03/2026"),
            (120, "Medical nutrition therapy, initial"),
            (-440, "1.5"),
            (-500, "120.00"),
            (-562, "180.00"),
        )
    )
    lines += s.put(120, 152, "assessment and plan for diabetes")
    lines.append(
        s.row(
            172,
            (50, "02/17/2026"),
            (120, "Medical nutrition therapy,"),
            (-440, "0.5"),
            (-500, "120.00"),
            (-562, "60.00"),
        )
    )
    lines += s.put(120, 184, "follow-up by video")
    lines.append(s.row(214, (430, "Subtotal"), (-562, "240.00")))
    lines.append(s.row(228, (430, "Paid"), (-562, "240.00")))
    lines.append(s.row(242, (430, "Balance"), (-562, "0.00")))
    return lines


def hanging_numbers(s: Sheet) -> list[str]:
    lines = s.put(50, 60, "The treatment is requested for these reasons:", size=11)
    at = 84.0
    for number, text in enumerate(PARAGRAPHS.split("\n\n"), start=1):
        printed = s.prose(90, at, 460, text, size=11)
        s.put(58, at, f"{number}.", size=11)
        lines += [f"{number}. | {printed[0]}", *printed[1:]]
        at += 13.75 * len(printed) + 5
    return lines


def justified(s: Sheet) -> list[str]:
    return s.prose(150, 80, 300, PARAGRAPHS + "\n\n" + INSTRUCTIONS, size=12, justified=True)


def vitals_beside_prose(s: Sheet) -> list[str]:
    head = s.put(50, 50, "Progress note", size=14, font="Helvetica-Bold")
    side = s.put(
        440,
        84,
        "VITALS\nBP 128/82\nPulse 71\nTemp 98.2 F\nWeight 184 lb\nBMI 29.7\n\nMEDICATIONS\nNaproxen 500 mg\n"
        "Lisinopril 10 mg\nMetformin 850 mg\n\nALLERGIES\nPenicillin\nSulfa",
        size=8,
        leading=11,
    )
    body = s.prose(50, 84, 350, PARAGRAPHS, size=10.5, leading=13.6)
    return head + body + side


def names_left_and_right(s: Sheet) -> list[str]:
    lines = s.put(210, 50, "Fen Meadow Women's Health", size=14, font="Times-Bold")
    for n, (a, b) in enumerate(
        (
            ("Tamar Osei, MD, FACOG", "Lena Brandt, CNM"),
            ("Ruth Holloway, MD", "Imani Cole, WHNP-BC"),
            ("DEA BO1234563", "NPI 1487654329"),
        )
    ):
        lines.append(s.row(72 + 12 * n, (60, a), (-552, b), size=9))
    lines += s.put(200, 114, "510 Canal Road, Fen Meadow, IL 60411", size=9)
    lines.append(s.row(150, (60, "Name: Juno Abara"), (360, "Date: 10/02/2026")))
    lines += s.put(80, 190, "Compression stockings, knee high, 20-30 mmHg") + s.put(
        80, 206, "Two pairs, wear daily, for varicose veins I83.813"
    )
    lines.append(s.row(260, (60, "Refills: 3"), (360, "Dispense as written")))
    return lines


def wide_and_narrow_columns_of_a_note(s: Sheet) -> list[str]:
    """Two columns whose gutter is hardly wider than a gap between words, as word processors make them."""
    head = s.put(50, 60, "To our patients: how the clinic handles requests for letters and for records", size=12)
    left = s.prose(50, 90, 252, PARAGRAPHS, size=11, justified=True)
    right = s.prose(315, 90, 247, INSTRUCTIONS, size=11, justified=True)
    return head + left + right


LAYOUTS: tuple[Callable[[Sheet], list[str]], ...] = (
    rail_left, rail_right, rail_beside_labels, two_columns, three_columns, columns_under_a_heading,
    columns_at_different_heights, letterhead_in_two_blocks, letterhead_out_of_step, table_with_wrapped_cells,
    boxes_with_labels_above, labels_in_two_columns, code_grid, code_grid_ruled, bill_with_far_amounts, receipt,
    labels_beside_paragraphs, signature_row, invoice_with_wrapped_items, hanging_numbers, justified,
    vitals_beside_prose, names_left_and_right, wide_and_narrow_columns_of_a_note,
)  # fmt: skip


def sheet(layout: Callable[[Sheet], list[str]]) -> Sheet:
    made = Sheet()
    made.expected = [" ".join(line.replace("|", " ").split()) for line in layout(made)]
    return made
