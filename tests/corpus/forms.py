"""Drawn forms and superbills: ruled fields, check boxes, code grids, two columns, signatures.

Three houses draw them, one for each split, and share neither questions, codes, persons nor manner of drawing: what is
learnt from the forms of one split helps with those of another only where it is true of forms.
All persons and places are invented; telephone numbers are of the range kept for fiction; NPIs begin with 2 (no such
number has been given out) and have a right check digit. Descriptions of procedures are own words.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from tests.corpus import fonts, marks
from tests.corpus.fonts import Face
from tests.corpus.page import BLACK, WHITE, Box, CheckBox, Colour, Page, Signature, Stroke, Word


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    split: Literal["tune", "report", "sealed"]
    kind: Literal["form", "superbill"]
    set: Callable[[], Page]


@dataclass(frozen=True, slots=True)
class Hand:
    """How one document is drawn: its face, its boxes and its pen."""

    rng: random.Random
    family: str
    size: float
    box: float
    line: float
    tick: str
    accent: Colour
    filled_family: str  # what a typewriter or program put into the fields

    @property
    def face(self) -> Face:
        return Face(self.family)

    @property
    def bold(self) -> Face:
        return Face(self.family, bold=True)

    @property
    def filled(self) -> Face:
        return Face(self.filled_family)


# -- drawing


def write(page: Page, x: float, y: float, text: str, face: Face, size: float, colour: Colour = BLACK) -> float:
    """The words of `text` from `x` on base line `y`; gives the right edge."""
    space = fonts.width(" ", face, size)
    for token in text.split():
        word = Word(token, x, y, face, size, colour)
        page.words.append(word)
        x = word.right + space
    return x - space


def wrap(page: Page, x: float, y: float, right: float, text: str, face: Face, size: float) -> float:
    """`text` broken into lines from base line `y` on; gives the base line of the last."""
    line: list[str] = []
    for token in text.split():
        if line and fonts.width(" ".join([*line, token]), face, size) > right - x:
            write(page, x, y, " ".join(line), face, size)
            y, line = y + 1.3 * size, []
        line.append(token)
    write(page, x, y, " ".join(line), face, size)
    return y


def option(page: Page, x: float, y: float, label: str, hand: Hand, *, ticked: bool, size: float | None = None) -> float:
    """A check box with its label to the right; gives the right edge."""
    size = size or hand.size
    marks.check_box(
        page, x, y, hand.box, line=hand.line, tick=hand.tick if ticked else None, seed=hand.rng.randrange(1 << 30)
    )
    page.check_boxes.append(CheckBox(label, ticked))
    return write(page, x + hand.box + 4, y, label, hand.face, size)


def band(page: Page, left: float, right: float, y: float, text: str, hand: Hand, fill: Colour) -> float:
    """A filled heading across; gives the y below it."""
    light = sum(fill) > 380
    page.shapes.append(Box(left, y, right, y + hand.size * 1.5, fill=fill))
    write(page, left + 4, y + hand.size * 1.12, text, hand.bold, hand.size, BLACK if light else WHITE)
    return y + hand.size * 1.5


def grid(page: Page, edges: Sequence[float], rows: Sequence[float], line: float) -> None:
    """Ruling lines along all `edges` (x) and `rows` (y)."""
    for y in rows:
        page.shapes.append(Stroke(((edges[0], y), (edges[-1], y)), line))
    for x in edges:
        page.shapes.append(Stroke(((x, rows[0]), (x, rows[-1])), line))


def sign_here(page: Page, hand: Hand, x: float, y: float, name: str, state: Signature, *, wide: float = 190) -> None:
    """The place for a signature: a line, with ink over it, an electronic stamp, a typed name, or nothing."""
    page.signature = state
    if state == "ink":
        marks.sign(page, x, y, name, height=hand.rng.uniform(32, 46), most=wide - 10, seed=hand.rng.randrange(1 << 20))
    elif state == "electronic":
        day = hand.rng.randrange(1, 28)
        text = f"Electronically signed by {name} 09/{day:02d}/2026"
        size = min(hand.size, (wide - 4) * hand.size / fonts.width(text, hand.filled, hand.size))
        if size < 8.5:  # over the line in two rows
            write(page, x, y - 15, f"Electronically signed by {name}", hand.filled, 8.5)
            text, size = f"09/{day:02d}/2026", 8.5
        write(page, x, y - 3, text, hand.filled, size)
    elif state == "typed":
        write(page, x + 4, y - 3, name, hand.filled, hand.size)
    marks.rule(page, x, x + wide, y, 0.6)


# -- what is written into the fields


def person(rng: random.Random, first: str, last: str) -> str:
    return f"{rng.choice(first.split())} {rng.choice(last.split())}"


def npi(rng: random.Random) -> str:
    """An NPI with a right check digit (Luhn over 80840 and the number), of the range that is not given out."""
    nine = "2" + "".join(str(rng.randrange(10)) for _ in range(8))
    total = 24 + sum(sum(divmod(2 * int(d), 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(nine)))
    return nine + str(-total % 10)


def telephone(rng: random.Random) -> str:
    return f"({rng.choice((207, 312, 415, 503, 615, 719, 808, 919))}) 555-01{rng.randrange(100):02d}"


def day(rng: random.Random, start: date, span: int) -> date:
    return start + timedelta(days=rng.randrange(span))


def american(one: date) -> str:
    return one.strftime("%m/%d/%Y")


DIAGNOSES: dict[str, Sequence[tuple[str, str]]] = {
    "tune": (
        ("M54.50", "Low back pain, unspecified"),
        ("M54.2", "Cervicalgia"),
        ("E11.9", "Type 2 diabetes, no complication"),
        ("I10", "Essential hypertension"),
        ("E66.9", "Obesity, unspecified"),
        ("F41.1", "Generalized anxiety"),
        ("M25.511", "Pain in right shoulder"),
        ("M25.562", "Pain in left knee"),
        ("G43.909", "Migraine, unspecified"),
        ("E78.5", "Hyperlipidemia"),
        ("S83.512A", "Sprain of ACL, left knee"),
        ("Z96.651", "Right artificial knee joint"),
    ),
    "report": (
        ("M17.11", "Osteoarthritis, right knee"),
        ("M79.7", "Fibromyalgia"),
        ("E03.9", "Hypothyroidism"),
        ("K21.9", "Reflux without esophagitis"),
        ("J45.40", "Moderate persistent asthma"),
        ("R73.03", "Prediabetes"),
        ("M62.830", "Muscle spasm of back"),
        ("F32.1", "Major depression, moderate"),
        ("S13.4XXA", "Sprain of neck ligaments"),
        ("I25.10", "Coronary atherosclerosis"),
        ("O24.410", "Gestational diabetes, diet"),
        ("Z68.36", "BMI 36.0 to 36.9"),
    ),
    "sealed": (
        ("M16.12", "Coxarthrosis, left hip"),
        ("G47.33", "Obstructive sleep apnea"),
        ("L40.0", "Psoriasis vulgaris"),
        ("M81.0", "Age-related osteoporosis"),
        ("E55.9", "Vitamin D deficiency"),
        ("N39.3", "Stress incontinence"),
        ("M51.26", "Disc displacement, lumbar"),
        ("F43.10", "Post-traumatic stress"),
        ("S93.401D", "Ankle sprain, right, later visit"),
        ("I50.22", "Chronic systolic failure"),
        ("R26.81", "Unsteadiness on feet"),
        ("Z91.81", "History of falling"),
    ),
}
PROCEDURES: dict[str, Sequence[tuple[str, str, str]]] = {
    "tune": (
        ("99213", "Visit, known patient", "95.00"),
        ("99203", "Visit, new patient", "165.00"),
        ("97110", "Exercise for strength", "62.50"),
        ("97140", "Hands-on therapy", "58.00"),
        ("97530", "Activity training", "64.75"),
        ("98940", "Spine adjusted, 1-2 areas", "48.00"),
        ("98941", "Spine adjusted, 3-4 areas", "61.00"),
        ("97802", "Diet advice, first", "112.00"),
    ),
    "report": (
        ("97161", "PT first look, simple", "148.00"),
        ("97112", "Balance retraining", "66.20"),
        ("97124", "Massage, a quarter hour", "41.50"),
        ("97810", "Needles, first unit", "88.00"),
        ("97811", "Needles, further unit", "46.00"),
        ("99214", "Visit, longer", "139.00"),
        ("97035", "Ultrasound warmth", "27.40"),
        ("97803", "Diet advice, again", "79.00"),
    ),
    "sealed": (
        ("97116", "Walking training", "59.30"),
        ("97150", "In a group", "33.00"),
        ("97010", "Hot or cold pack", "18.75"),
        ("97014", "Current, not attended", "24.10"),
        ("90834", "Talk, three quarters", "131.00"),
        ("90837", "Talk, an hour", "172.00"),
        ("99204", "First visit, long", "214.00"),
        ("98942", "Whole spine adjusted", "74.00"),
    ),
}


def _hand(seed: str, families: Sequence[str], filled: Sequence[str], tick: str, box: float) -> Hand:
    rng = random.Random(seed)
    return Hand(
        rng=rng,
        family=rng.choice(families),
        size=rng.choice((9.5, 10, 10.5)),
        box=box,
        line=rng.choice((0.7, 0.9, 1.2, 1.8)),
        tick=tick,
        accent=rng.choice(((24, 58, 110), (96, 30, 40), (40, 40, 46), (18, 92, 80))),
        filled_family=rng.choice(filled),
    )


def _ticks(rng: random.Random, many: int, at_least: int = 1) -> list[bool]:
    chosen = set(rng.sample(range(many), k=min(many, max(at_least, round(many * rng.uniform(0.2, 0.5))))))
    return [i in chosen for i in range(many)]


# -- the house of `tune`: boxes with the label above the value, reversed bands


def tune_form(seed: str, tick: str, box: float, state: Signature) -> Page:
    hand = _hand(
        seed, ("Liberation Sans", "Open Sans", "Liberation Sans Narrow"), ("Liberation Mono", "Carlito"), tick, box
    )
    rng, page, size = hand.rng, Page(), hand.size
    left, right = 46.0, 566.0
    write(
        page,
        left,
        58,
        rng.choice(("Harbor Flex Administrators", "Blue Alder Benefits", "Trellis Spending Accounts")),
        hand.bold,
        15,
        hand.accent,
    )
    write(page, left, 76, "Letter of Medical Necessity Request", hand.bold, 12)
    write(page, right - 90, 58, f"Form HF-{rng.randrange(100, 999)}", hand.face, 9)
    patient = person(rng, "Ottilie Barnaby Zenobia Casimir", "Quillfeather Marsh Tolland Vesper")
    doctor = person(rng, "Leontyne Ambrose Ingrith Percival", "Hathersage Okafor Brandvold") + ", MD"
    code, words = rng.choice(DIAGNOSES["tune"])
    other, more = rng.choice(DIAGNOSES["tune"])
    start = day(rng, date(2026, 3, 1), 200)
    fields = [
        [
            ("Patient name", patient),
            ("Date of birth", american(day(rng, date(1948, 1, 1), 16000))),
            ("Member ID", f"HF{rng.randrange(10**6, 10**7)}"),
        ],
        [("Provider name", doctor), ("NPI", npi(rng)), ("Telephone", telephone(rng))],
        [("Diagnosis", f"{words}"), ("ICD-10 code", code), ("Second code", other if other != code else "none")],
        [
            ("Start date", american(start)),
            ("End date", american(start + timedelta(days=180))),
            ("Cost per month", f"${rng.randrange(60, 400)}.{rng.choice(('00', '50', '75'))}"),
        ],
    ]
    y = 92.0
    for title, rows in (("1. Person and provider", fields[:2]), ("2. Condition and term", fields[2:])):
        y = band(page, left, right, y + 6, title, hand, hand.accent)
        for row in rows:
            edges = [left, left + 230, left + 375, right]
            for x, (label, value) in zip(edges, row, strict=False):
                write(page, x + 4, y + 10, label, hand.face, 8.5)
                write(page, x + 4, y + 25, value, hand.filled, size)
            grid(page, edges, (y, y + 31), 0.7)
            y += 31
    y = band(page, left, right, y + 6, "3. This request is", hand, hand.accent) + 18
    x = left + 6
    for label, ticked in zip(("Initial request", "Renewal", "Change of treatment"), _ticks(rng, 3), strict=True):
        x = option(page, x, y, label, hand, ticked=ticked) + 26
    y += 24
    write(page, left + 6, y, "Is the treatment for a medical condition?", hand.face, size)
    yes = rng.random() < 0.7
    x = option(page, left + 300, y, "Yes", hand, ticked=yes) + 24
    option(page, x, y, "No", hand, ticked=not yes)
    y = band(page, left, right, y + 14, "4. Treatment recommended (check all that apply)", hand, hand.accent) + 18
    labels = (
        "Exercise program",
        "Massage therapy",
        "Acupuncture",
        "Nutrition counseling",
        "Orthotics",
        "Air purifier",
        "Weight loss program",
        "Home equipment",
        "Other device",
    )
    for i, (label, ticked) in enumerate(zip(labels, _ticks(rng, len(labels)), strict=True)):
        option(page, left + 6 + 175 * (i % 3), y + 20 * (i // 3), label, hand, ticked=ticked)
    y = band(page, left, right, y + 54, "5. How the treatment helps", hand, hand.accent) + 16
    y = wrap(
        page,
        left + 6,
        y,
        right - 8,
        f"The patient has {words.lower()} ({code}). The program lowers pain and restores function; without it "
        f"{more.lower()} may worsen. Sessions take place {rng.choice(('twice', 'three times'))} a week for 26 weeks, "
        f"begun on {start.strftime('%B')} {start.day}, {start.year}.",
        hand.filled,
        size,
    )
    y += 52
    write(page, left + 6, y, "Signature of provider", hand.face, 9)
    sign_here(page, hand, left + 112, y + 2, doctor.removesuffix(", MD"), state, wide=230)
    write(page, left + 370, y, "Date", hand.face, 9)
    write(page, left + 400, y, american(start - timedelta(days=9)), hand.filled, size)
    marks.rule(page, left + 396, right, y + 2)
    wrap(
        page,
        left,
        y + 34,
        right,
        "Keep a copy for your records. Send both sides of this page; an incomplete form delays payment.",
        hand.face,
        9,
    )
    return page


def tune_superbill(seed: str, tick: str, box: float, state: Signature) -> Page:
    hand = _hand(
        seed,
        ("Liberation Sans Narrow", "DejaVu Sans Condensed", "Carlito"),
        ("Liberation Mono", "Liberation Sans"),
        tick,
        box,
    )
    rng, page, size = hand.rng, Page(), hand.size
    left, right = 40.0, 572.0
    title = rng.choice(("Cedar Hollow Spine & Sport", "Kestrel Family Practice", "Lowland Rehab Partners"))
    wide = fonts.width(title, hand.bold, 16)
    write(page, (left + right - wide) / 2, 52, title, hand.bold, 16)
    address = (
        f"{rng.randrange(10, 990)} Foundry Lane, Suite {rng.randrange(2, 40)} | Tel {telephone(rng)} | NPI {npi(rng)}"
    )
    write(page, (left + right - fonts.width(address, hand.face, 9)) / 2, 66, address, hand.face, 9)
    service = day(rng, date(2026, 1, 5), 300)
    patient = person(rng, "Thaddea Osric Philomena Ludo", "Winterbourne Achterkirch Delacroix-Hay")
    edges, y = [left, left + 220, left + 350, left + 450, right], 78.0
    heads = (
        ("Patient", patient),
        ("Date of birth", american(day(rng, date(1950, 1, 1), 15000))),
        ("Date of service", american(service)),
        ("Account", f"A-{rng.randrange(1000, 9999)}"),
    )
    for x, (label, value) in zip(edges, heads, strict=False):
        write(page, x + 3, y + 10, label, hand.face, 8.5)
        write(page, x + 3, y + 23, value, hand.filled, size)
    grid(page, edges, (y, y + 28), 0.8)
    y += 36
    middle = (left + right) / 2
    codes = DIAGNOSES["tune"]
    step = max(15.0, hand.box + 4)
    for column, (a, b) in enumerate(((left, middle), (middle, right))):
        page.shapes.append(Box(a, y, b, y + 15, fill=(214, 214, 216)))
        write(page, a + 4, y + 11, ("Diagnosis codes ICD-10", "Diagnosis codes (continued)")[column], hand.bold, 9.5)
        part = codes[column * 6 : column * 6 + 6]
        for i, ((code, words), ticked) in enumerate(zip(part, _ticks(rng, 6), strict=True)):
            option(page, a + 5, y + 15 + step * (i + 0.78), f"{code}", hand, ticked=ticked)
            write(page, a + 78, y + 15 + step * (i + 0.78), words, hand.face, size)
    rows = [y, y + 15, *(y + 15 + step * (i + 1) for i in range(6))]
    grid(page, [left, middle, right], rows, 0.6)
    y = rows[-1] + 10
    edges = [left, left + 90, left + 330, left + 400, right]
    for x, label in zip(edges, ("Code", "Service", "Units", "Charge"), strict=False):
        write(page, x + 4, y + 11, label, hand.bold, 9.5)
    chosen = _ticks(rng, 8, 2)
    total, rows = 0.0, [y, y + 15]
    for (code, words, fee), ticked in zip(PROCEDURES["tune"], chosen, strict=True):
        base = rows[-1] + step * 0.78
        option(page, left + 4, base, code, hand, ticked=ticked)
        write(page, edges[1] + 4, base, words, hand.face, size)
        if ticked:
            units = rng.choice((1, 1, 2))
            write(page, edges[2] + 20, base, str(units), hand.filled, size)
            amount = f"{float(fee) * units:.2f}"
            total += float(amount)
            write(page, right - 6 - fonts.width(amount, hand.filled, size), base, amount, hand.filled, size)
        rows.append(rows[-1] + step)
    grid(page, edges, rows, 0.6)
    y = rows[-1] + 18
    for label, amount in (
        ("Total charges", f"${total:.2f}"),
        ("Paid today", f"${total:.2f}"),
        ("Balance due", "$0.00"),
    ):
        write(page, left + 330, y, label, hand.bold, size)
        write(page, right - 6 - fonts.width(amount, hand.filled, size), y, amount, hand.filled, size)
        y += 15
    write(page, left, y - 30, "Paid by", hand.bold, size)
    x = left + 50
    for label, ticked in zip(("Cash", "Check", "Card", "HSA card"), _ticks(rng, 4), strict=True):
        x = option(page, x, y - 30, label, hand, ticked=ticked) + 14
    y += 44
    doctor = person(rng, "Lavinia Cuthbert Rosamond", "Pell Stavros Imani")
    write(page, left, y, "Provider signature", hand.face, 9)
    sign_here(page, hand, left + 100, y + 2, doctor, state, wide=220)
    write(page, left + 350, y, "NPI", hand.face, 9)
    write(page, left + 380, y, npi(rng), hand.filled, size)
    return page


# -- the house of `report`: words before ruled lines, thin serif type, boxes in a row under each question


def report_form(seed: str, tick: str, box: float, state: Signature) -> Page:
    hand = _hand(seed, ("Caladea", "C059", "DejaVu Serif"), ("Nimbus Mono", "Liberation Serif"), tick, box)
    rng, page, size = hand.rng, Page(), hand.size
    left, right, y = 60.0, 552.0, 60.0
    title = "STATEMENT OF MEDICAL NEED"
    write(page, (left + right - fonts.width(title, hand.bold, 14)) / 2, y, title, hand.bold, 14)
    write(
        page,
        (left + right - fonts.width("to be completed by the treating clinician", Face(hand.family, italic=True), 10))
        / 2,
        y + 16,
        "to be completed by the treating clinician",
        Face(hand.family, italic=True),
        10,
    )
    marks.rule(page, left, right, y + 24, 1.4)
    marks.rule(page, left, right, y + 27, 0.5)
    y += 50
    claimant = person(rng, "Aurelio Hespera Wystan", "Bellweather Cortlandt Nakamura-Pike")
    doctor = person(rng, "Solveig Matthias Chidera", "Underhill Lindqvist Farrow")
    code, words = rng.choice(DIAGNOSES["report"])
    seen = day(rng, date(2026, 2, 1), 220)
    entries = [
        [("Name of employee", claimant, 0.62), ("Born", american(day(rng, date(1951, 1, 1), 15000)), 0.38)],
        [("Street and town", f"{rng.randrange(3, 900)} Quarry Row, Fernbank", 1.0)],
        [("Clinician", f"{doctor}, DO", 0.55), ("NPI number", npi(rng), 0.45)],
        [("Condition treated", words, 0.65), ("ICD-10", code, 0.35)],
        [
            ("Last seen on", american(seen), 0.4),
            ("Expected cost", f"${rng.randrange(1, 4)},{rng.randrange(100, 999)}.00", 0.6),
        ],
    ]
    for row in entries:
        x = left
        for label, value, share in row:
            end = x + share * (right - left) - 10
            after = write(page, x, y, label, hand.face, size) + 8
            write(page, after + 4, y - 1.5, value, hand.filled, size)
            marks.rule(page, after, end, y + 2, 0.5)
            x = end + 10
        y += 25
    questions = (
        ("A. The service is meant to", ("cure", "ease", "prevent", "treat a diagnosed illness")),
        ("B. How often", ("daily", "weekly", "every other week", "monthly")),
        ("C. For how long", ("3 months", "6 months", "12 months", "lifelong")),
        ("D. Has the person used the service before", ("never", "before the illness", "since the illness")),
        ("E. The service is chiefly cosmetic", ("true", "false")),
    )
    for question, answers in questions:
        write(page, left, y, question, hand.bold, size)
        y += max(17.0, hand.box + 6)
        x = left + 16
        chosen = rng.randrange(len(answers))
        for i, answer in enumerate(answers):
            x = option(page, x, y, answer, hand, ticked=i == chosen) + 24
        y += 24
    y = wrap(
        page,
        left,
        y,
        right,
        f"Reason: {words} ({code}) limits walking and sleep. A supervised course is expected to lower symptoms within "
        f"12 weeks; the next review is due on {american(seen + timedelta(days=84))}.",
        hand.filled,
        size,
    )
    y += 58
    sign_here(page, hand, left, y, doctor, state, wide=240)
    write(page, left, y + 12, "Signature of clinician", Face(hand.family, italic=True), 9)
    write(page, left + 330, y - 3, american(seen + timedelta(days=2)), hand.filled, size)
    marks.rule(page, left + 320, right, y)
    write(page, left + 330, y + 12, "Day signed", Face(hand.family, italic=True), 9)
    return page


def report_superbill(seed: str, tick: str, box: float, state: Signature) -> Page:
    hand = _hand(seed, ("Lato", "Cabin"), ("Inconsolata", "DejaVu Sans Mono"), tick, box)
    rng, page, size = hand.rng, Page(), hand.size
    left, right, y = 52.0, 560.0, 56.0
    write(
        page,
        left,
        y,
        rng.choice(("Thistledown Physical Medicine", "Ironwood Acupuncture Group")),
        hand.bold,
        17,
        hand.accent,
    )
    write(page, left, y + 16, f"Walk-out statement, {telephone(rng)}", hand.face, 10)
    number = f"Ticket {rng.randrange(10000, 99999)}"
    write(page, right - fonts.width(number, hand.face, 10), y, number, hand.face, 10)
    y += 32
    claimant = person(rng, "Emmeline Torvald Priscilla", "Ashgrove Mbeki-Lund Rowntree")
    page.shapes.append(Box(left, y, right, y + 40, fill=(232, 234, 236)))
    write(page, left + 8, y + 16, f"For {claimant}", hand.bold, size)
    write(page, left + 8, y + 31, f"born {american(day(rng, date(1949, 1, 1), 16000))}", hand.face, size)
    write(page, left + 300, y + 16, f"Seen {american(day(rng, date(2026, 1, 5), 300))}", hand.face, size)
    write(page, left + 300, y + 31, f"Rendering NPI {npi(rng)}", hand.face, size)
    y += 62
    write(page, left, y, "Why you came", hand.bold, 12, hand.accent)
    marks.rule(page, left, right, y + 4, 1.2, hand.accent)
    y += 20
    step = max(16.0, hand.box + 5)
    ticks = _ticks(rng, 12, 2)
    for i, ((code, words), ticked) in enumerate(zip(DIAGNOSES["report"], ticks, strict=True)):
        x, base = left + (i % 2) * 258, y + step * (i // 2)
        after = option(page, x, base, words, hand, ticked=ticked)
        write(page, max(after + 10, x + 178), base, code, hand.bold, size)
    y += step * 6 + 12
    write(page, left, y, "What was done", hand.bold, 12, hand.accent)
    marks.rule(page, left, right, y + 4, 1.2, hand.accent)
    y += 20
    total = 0.0
    for (code, words, fee), ticked in zip(PROCEDURES["report"], _ticks(rng, 8, 3), strict=True):
        after = option(page, left, y, f"{code} {words}", hand, ticked=ticked)
        price = fonts.width(fee, hand.filled, size)
        dots = right - price - 8
        write(
            page,
            after + 6,
            y,
            "." * max(3, int((dots - after - 8) / fonts.width(".", hand.face, size))),
            hand.face,
            size,
            (90, 90, 92),
        )
        write(page, right - price, y, fee, hand.filled, size)
        total += float(fee) * ticked
        y += step
    y += 8
    amount = f"${total:,.2f}"
    page.shapes.append(Box(right - 210, y - 4, right, y + 18, outline=BLACK, line=1.2))
    write(page, right - 202, y + 11, "Sum of the above", hand.bold, size)
    write(page, right - 8 - fonts.width(amount, hand.filled, size), y + 11, amount, hand.filled, size)
    y += 66
    doctor = person(rng, "Bertrand Yolande Anselm", "Greaves Tindall Osei")
    sign_here(page, hand, left, y, doctor, state, wide=230)
    write(page, left, y + 12, f"{doctor}, therapist in charge", hand.face, 9)
    return page


# -- the house of `sealed`: two columns side by side, each in its frame, questions at the left and boxes at the right


def sealed_form(seed: str, tick: str, box: float, state: Signature) -> Page:
    hand = _hand(seed, ("DejaVu Sans", "Carlito"), ("DejaVu Sans Mono", "Liberation Serif"), tick, box)
    rng, page, size = hand.rng, Page(), hand.size - 0.5
    left, right, middle = 42.0, 570.0, 306.0
    page.shapes.append(Box(left, 36, right, 66, fill=hand.accent))
    write(page, left + 10, 56, "HEALTH ACCOUNT CLAIM: CLINICIAN'S ANSWER", hand.bold, 13, WHITE)
    claimant = person(rng, "Isaura Godfrey Mirabel", "Thornquist Lacey Abendroth")
    doctor = person(rng, "Evander Sunniva Clement", "Rask Holloway Bramble")
    code, words = rng.choice(DIAGNOSES["sealed"])
    first = day(rng, date(2026, 1, 10), 240)
    columns: tuple[tuple[str, Sequence[tuple[str, str]]], ...] = (
        (
            "Claimant",
            (
                ("Full name", claimant),
                ("Birth date", american(day(rng, date(1955, 1, 1), 14000))),
                ("Account no.", str(rng.randrange(10**7, 10**8))),
                ("Amount claimed", f"${rng.randrange(40, 900)}.{rng.randrange(10, 99)}"),
            ),
        ),
        (
            "Clinician",
            (
                ("Full name", f"{doctor}, NP"),
                ("NPI", npi(rng)),
                ("Office", telephone(rng)),
                ("License", f"RN-{rng.randrange(10000, 99999)}"),
            ),
        ),
    )
    for x, (title, rows) in zip((left, middle + 6), columns, strict=True):
        end = x + middle - left - 6
        page.shapes.append(Box(x, 78, end, 78 + 22 + 24 * len(rows), outline=BLACK, line=1.0))
        write(page, x + 8, 94, title, hand.bold, size + 1, hand.accent)
        for i, (label, value) in enumerate(rows):
            base = 116 + 24 * i
            write(page, x + 8, base, label, hand.face, size)
            write(page, x + 96, base, value, hand.filled, size)
            marks.rule(page, x + 8, end - 8, base + 5, 0.4, (130, 130, 130))
    y = 224.0
    write(page, left, y, f"Illness: {words}", hand.face, size)
    write(page, middle + 6, y, f"Code: {code}", hand.bold, size)
    y += 26
    statements = (
        "The illness was diagnosed by a licensed clinician",
        "The remedy is needed to treat the illness",
        "The remedy would be bought without the illness",
        "Cheaper remedies were tried first",
        "The remedy serves looks or well-being only",
        "Another plan pays for the remedy",
        "The need will last longer than a year",
    )
    step = max(20.0, hand.box + 7)
    top = y - 14
    for statement in statements:
        write(page, left + 8, y, statement, hand.face, size)
        yes = rng.random() < 0.5
        option(page, right - 130, y, "agree", hand, ticked=yes, size=size)
        option(page, right - 66, y, "deny", hand, ticked=not yes, size=size)
        y += step
        marks.rule(page, left, right, y - step + 6, 0.4)
    page.shapes.append(Box(left, top, right, y - step + 6, outline=BLACK, line=hand.line))
    y += 10
    remedy = rng.choice(("compression garments", "a course of guided walking", "a wedge pillow"))
    text = (
        f"Remedy ordered: {remedy}, from {first.isoformat()} to {(first + timedelta(days=150)).isoformat()}. "
        f"It treats {words.lower()} and is reviewed after 8 weeks."
    )
    y = wrap(page, left, y, right, text, hand.filled, size + 0.5) + 30
    write(page, left, y, "Kind of remedy:", hand.bold, size)
    for i, (label, ticked) in enumerate(
        zip(("device", "course", "medicine", "appliance", "food", "lodging"), _ticks(rng, 6), strict=True)
    ):
        option(page, left + 6 + 120 * (i % 3), y + 20 + (i // 3) * step, label, hand, ticked=ticked, size=size)
    y += 20 + 2 * step + 44
    page.shapes.append(Box(left, y - 46, left + 300, y + 20, outline=BLACK, line=0.8))
    sign_here(page, hand, left + 12, y, doctor, state, wide=270)
    write(page, left + 12, y + 12, "Clinician signs in this box", hand.face, 8.5)
    write(page, left + 330, y, f"Signed on {american(first - timedelta(days=5))}", hand.face, size)
    return page


def sealed_superbill(seed: str, tick: str, box: float, state: Signature) -> Page:
    hand = _hand(seed, ("DejaVu Sans Condensed", "P052"), ("Liberation Mono", "Lato"), tick, box)
    rng, page, size = hand.rng, Page(), hand.size
    left, right, y = 36.0, 576.0, 48.0
    write(page, left, y, rng.choice(("OLD MILL CHIROPRACTIC", "VALE OF ELM THERAPY")), hand.bold, 14)
    page.shapes.append(Box(right - 150, y - 18, right, y + 4, fill=BLACK))
    write(page, right - 142, y - 2, "ENCOUNTER RECORD", hand.bold, 11, WHITE)
    y += 18
    claimant = person(rng, "Gwendal Orla Basil", "Fenwick Ztuart Marchetti")
    for label, value in (("Name", claimant), ("Visit", american(day(rng, date(2026, 1, 5), 300))), ("NPI", npi(rng))):
        write(page, left, y, label, hand.bold, size)
        write(page, left + 60, y, value, hand.filled, size)
        y += 15
    y += 6
    thirds = [left, left + 180, left + 360, right]
    step = max(17.0, hand.box + 5)
    codes = DIAGNOSES["sealed"]
    ticks = _ticks(rng, 12, 2)
    for i, x in enumerate(thirds[:3]):
        page.shapes.append(Box(x, y, thirds[i + 1], y + 16, fill=hand.accent))
        write(page, x + 5, y + 12, ("SPINE / LIMB", "GENERAL", "FOLLOW-UP")[i], hand.bold, 9.5, WHITE)
        for j, (code, words) in enumerate(codes[4 * i : 4 * i + 4]):
            base = y + 16 + 2 * step * j + 0.74 * step
            option(page, x + 5, base, code, hand, ticked=ticks[4 * i + j])
            write(page, x + 9 + hand.box, base + 0.82 * step, words, hand.face, 9)
    grid(page, thirds, [y, *(y + 16 + 2 * step * j for j in range(5))], hand.line)
    y += 16 + 8 * step + 14
    edges = [left, left + 270, right]
    total = 0.0
    chosen = _ticks(rng, 8, 2)
    for i, (code, words, fee) in enumerate(PROCEDURES["sealed"]):
        x = edges[i % 2]
        base = y + (i // 2) * step + 0.74 * step
        option(page, x + 5, base, f"{code}", hand, ticked=chosen[i])
        write(page, x + 70, base, words, hand.face, size)
        write(page, edges[i % 2 + 1] - 8 - fonts.width(fee, hand.filled, size), base, fee, hand.filled, size)
        total += float(fee) * chosen[i]
    grid(page, edges, [y + step * j for j in range(5)], 0.6)
    y += 4 * step + 22
    write(page, left + 290, y, "TOTAL OF CHECKED LINES", hand.bold, size)
    write(page, right - 8 - fonts.width(f"{total:.2f}", hand.filled, size), y, f"{total:.2f}", hand.filled, size)
    y += 54
    doctor = person(rng, "Ludmila Fergus", "Kirk Avery")
    write(page, left, y, "Signed:", hand.bold, size)
    sign_here(page, hand, left + 56, y + 2, doctor, state, wide=210)
    return page


_DRAWN: tuple[tuple[Literal["tune", "report", "sealed"], Literal["form", "superbill"], Callable[..., Page]], ...] = (
    ("tune", "form", tune_form),
    ("tune", "superbill", tune_superbill),
    ("report", "form", report_form),
    ("report", "superbill", report_superbill),
    ("sealed", "form", sealed_form),
    ("sealed", "superbill", sealed_superbill),
)
_STATES: tuple[Signature, ...] = ("ink", "electronic", "none", "typed")
_BOXES = (8.0, 14.0, 10.0, 12.0)


def _forms() -> tuple[Form, ...]:
    """Four forms and four superbills for `tune`, three of each for the others: each tick, box size and signature."""
    found = []
    for turn, (split, kind, draw) in enumerate(_DRAWN):
        for number in range(4 if split == "tune" else 3):
            name = f"{kind}-{split}-{number + 1}"
            tick = marks.TICKS[(number + turn) % 4]
            state = _STATES[(number + turn // 2 + (kind == "superbill")) % 4]
            found.append(Form(name, split, kind, partial(draw, name, tick, _BOXES[(number + turn) % 4], state)))
    return tuple(found)


FORMS = _forms()
