"""Stands in for `docscan.pipeline` in tests of the service: quick, and as ill-behaved as the file's first line says.

A file is text. Its first line may be `slow SECONDS`, `hang`, `die`, `die once`, `break`, `refuse`, or `refuse at once`;
whatever else it says, the report is that of one made-up letter, with true offsets and boxes.
"""

from __future__ import annotations

import io
import os
import signal
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from docscan.document import (
    Citation,
    Claim,
    Document,
    DocumentSummary,
    Evidence,
    Extraction,
    Finding,
    LawDate,
    Outcome,
    PageSummary,
    Part,
    Problem,
    Report,
    RulebookVersion,
    Score,
    Severity,
    SourceFile,
)
from docscan.errors import EmptyFile, Encrypted, UnknownName, Unsupported

LETTER = """Riverside Family Medicine
418 Alder Street, Dayton, OH 45402
Phone (614) 555-0142

March 3, 2026

Re: Marisol T. Vance            Date of birth: 04/17/1981

To whom it may concern:

I treat Ms. Vance for type 2 diabetes mellitus without
complications (E11.9) and essential hypertension.

I recommend supervised exercise training with a certified
personal trainer, three times a week, to lower her blood
glucose and her blood pressure. She would not need this
training if it were not for these conditions.

Without it her medication would have to be raised.

Sincerely,


Adaeze Okafor, MD
NPI 1234567893\fRiverside Family Medicine            Page 2 of 2

Continued for: Marisol T. Vance

Progress will be measured by her A1c every three months."""


def _take(path: Path) -> tuple[SourceFile, bytes]:
    data = Path(path).read_bytes()
    if not data:
        raise EmptyFile("The file is empty.", "Save or send it again, then upload it.")
    if data.startswith(b"PK"):
        raise Unsupported("This is a ZIP archive, which cannot be checked.", "Upload a PDF or a picture.")
    if data.startswith(b"refuse at once"):
        raise Encrypted("The file needs a password.", "Save a copy without a password, then upload that.")
    return SourceFile("0" * 64, "text/plain", len(data), 2), data


intake = SimpleNamespace(take=_take)


def check(source: Path, *, as_of: date, administrator: str, claim: Claim) -> Report:
    _, data = _take(source)
    word, _, rest = data.decode().partition("\n")[0].partition(" ")
    if word == "slow":
        time.sleep(float(rest))
    elif word == "hang":
        time.sleep(3600)
    elif word == "die":
        mark = source.with_name("died-once")
        if rest != "once" or not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGSEGV)
    elif word == "break":
        raise ValueError("Marisol T. Vance has diabetes")
    elif word == "refuse":
        raise Encrypted("The file needs a password.", "Save a copy without a password, then upload that.")
    elif word == "limit":
        from docscan.settings import settings

        raise Unsupported(f"The limit is {settings().max_pages} pages.", "None.")
    elif word == "threads":
        raise Unsupported(f"OMP_THREAD_LIMIT={os.environ['OMP_THREAD_LIMIT']}.", "None.")
    return _report(as_of, administrator, claim)


def page_picture(source: Path, number: int, *, max_side: int) -> bytes:
    """The letter's words, drawn where their boxes are."""
    from PIL import Image, ImageDraw, ImageFont

    _take(source)
    document = Document.from_text(LETTER)
    if not 1 <= number <= len(document.pages):
        raise UnknownName(f"There is no page {number}.", f"The file has {len(document.pages)} pages.")
    page = document.pages[number - 1]
    width, height = round(max_side * page.width / page.height), max_side
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    for word in page.words:
        tall = word.box.height * height
        font = ImageFont.load_default(size=tall * 0.9)
        drawn = draw.textlength(word.text, font=font)
        if drawn > word.box.width * width:
            font = ImageFont.load_default(size=tall * 0.9 * word.box.width * width / drawn)
        draw.text((word.box.left * width, word.box.top * height), word.text, "#222", font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _report(as_of: date, administrator: str, claim: Claim) -> Report:
    document = Document.from_text(LETTER)
    unread = Problem(
        "low_quality", 2, "The lower half of page 2 is too dark to read well.", "Take the picture again in daylight."
    )

    def at(text: str) -> tuple[Evidence, ...]:
        start = document.text.index(text)
        return document.evidence(start, start + len(text), found_by="stand_in")

    def fact(name: str, value: Any, text: str, **more: Any) -> Extraction:
        return Extraction(name, value, text, confidence=0.97, evidence=at(text), **more)

    law = Citation(
        "Internal Revenue Code", "section 213(d)(1)(A)", "https://www.law.cornell.edu/uscode/text/26/213", "law"
    )
    practice = Citation(
        "FSAFEDS, frequently asked questions", "Letter of Medical Necessity", None, "plan practice", False
    )

    def finding(
        rule: str,
        outcome: Outcome,
        severity: Severity,
        title: str,
        message: str,
        advice: str | None = None,
        text: str | None = None,
        citation: Citation = practice,
    ) -> Finding:
        return Finding(rule, title, outcome, severity, message, advice, citation, at(text) if text else ())

    return Report(
        document=DocumentSummary(
            sha256="0" * 64,
            media_type="text/plain",
            kind="lmn",
            kind_confidence=0.98,
            kind_evidence=at("To whom it may concern:"),
            pages=tuple(PageSummary.of(page) for page in document.pages),
            part=Part((1, 2)),
        ),
        administrator=administrator,
        as_of=as_of,
        law_date=LawDate(date(2026, 3, 3), "the letter's date"),
        claim=claim,
        rulebooks=(RulebookVersion("lmn", "2026.1"), RulebookVersion(administrator, "2026.1")),
        fields=(
            fact("patient_name", "Marisol T. Vance", "Marisol T. Vance"),
            fact("provider_name", "Adaeze Okafor", "Adaeze Okafor"),
            fact("provider_credential", "MD", "MD"),
            fact("practice_name", "Riverside Family Medicine", "Riverside Family Medicine"),
            fact("treatment", "supervised exercise training", "supervised exercise training"),
            fact(
                "frequency",
                {"frequency": 3, "frequency_max": None, "period": 1, "period_unit": "wk"},
                "three times a week",
            ),
            fact(
                "diagnosis",
                "type 2 diabetes mellitus without complications",
                "type 2 diabetes mellitus without\ncomplications",
            ),
            fact(
                "diagnosis_code",
                "E11.9",
                "E11.9",
                resolved={
                    "description": "Type 2 diabetes mellitus without complications",
                    "valid_on": True,
                    "status": "billable",
                    "successors": [],
                    "repaired": False,
                },
            ),
            fact("letter_date", "2026-03-03", "March 3, 2026"),
            fact("date_of_birth", None, "04/17/1981", readings=("1981-04-17",)),
            fact("provider_npi", "1234567893", "1234567893"),
        ),
        findings=(
            finding(
                "LMN-01",
                "met",
                "fatal",
                "The patient is named",
                "The letter names the patient.",
                text="Marisol T. Vance",
            ),
            finding(
                "LMN-03",
                "met",
                "fatal",
                "A specific condition is diagnosed",
                "A diagnosed condition is named.",
                text="type 2 diabetes mellitus without\ncomplications",
                citation=law,
            ),
            finding(
                "LMN-06",
                "met",
                "fatal",
                "The treatment is described",
                "The letter describes the treatment.",
                text="supervised exercise training",
            ),
            finding(
                "LMN-08",
                "met",
                "required",
                "The letter says how often",
                "A frequency is given.",
                text="three times a week",
            ),
            finding(
                "LMN-10",
                "not_met",
                "fatal",
                "The letter says how long the treatment lasts",
                "No duration of treatment was found.",
                'Ask the provider to add, for example, "for 12 months from March 3, 2026".',
            ),
            finding(
                "LMN-14",
                "uncertain",
                "required",
                "The provider signed",
                "Page 2 could not be read well enough to tell whether the letter is signed.",
                "Take the picture of page 2 again in daylight.",
                text="Sincerely,",
            ),
            finding(
                "LMN-17",
                "not_met",
                "recommended",
                "The provider's licence number is given",
                "No licence number was found.",
                "Ask the provider to add the licence number with its state.",
                text="Adaeze Okafor, MD",
            ),
            finding(
                "LMN-20",
                "met",
                "recommended",
                "The letter links the treatment to the condition",
                "The link is stated.",
                text="She would not need this\ntraining if it were not for these conditions.",
                citation=law,
            ),
            finding(
                "LMN-22", "not_applicable", "info", "The letter has not expired", "Without a duration it cannot expire."
            ),
            finding(
                "COD-01",
                "met",
                "required",
                "The diagnosis code is valid",
                "E11.9 was valid and billable on the letter's date.",
                text="E11.9",
            ),
        ),
        score=Score(61.5, 80.0),
        verdict="incomplete",
        problems=(unread,),
        timings={"reading": 0.1},
        versions={"docscan": "0.1.0"},
    )
