"""Of a thread of messages the one that is the letter is read; the others' senders and days are not the letter's."""

from __future__ import annotations

from typing import Any

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract

ANSWERED = """Inbox - Secure messages
From: Harold Beane
To: Dr. Imani Fairweather, MD
Sent: 03/02/2026 7:12 AM
Subject: note for my HSA

Good morning, my HSA asked for a letter about the massage. Can you do one? Harold

From: Imani Fairweather, MD
To: Harold Beane
Sent: 03/03/2026 12:40 PM
Subject: RE: note for my HSA

Harold Beane is my patient. He has chronic tension-type headache (G44.229). I prescribe massage therapy every two
weeks for six months to reduce the muscle tension that sets off his headaches. It is medically necessary.
Imani Fairweather, MD
"""
FORWARDED = """From: Lena Ortiz <lena@mail.example>
Sent: Tuesday, June 9, 2026 8:02 PM
To: claims@plan.example
Subject: FW: letter

Here is my letter. Lena

-----Original Message-----
From: Front Desk, Valley Ortho
Sent: Monday, June 8, 2026 4:15 PM
To: Lena Ortiz
Subject: letter

Valley Orthopedics
June 5, 2026
RE: Lena Ortiz, DOB 02/02/1980
Ms. Ortiz is treated here for knee osteoarthritis (M17.11). I recommend pool exercise three times a week for 12 weeks
to ease the pain of her osteoarthritis.
Kurt Amsel, DO
"""


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (ANSWERED, {"patient_name": "Harold Beane", "provider_name": "Imani Fairweather", "letter_date": "2026-03-03"}),
        (FORWARDED, {"patient_name": "Lena Ortiz", "provider_name": "Kurt Amsel", "letter_date": "2026-06-05"}),
    ],
)
def test_the_letter_of_a_thread_is_read(printed: str, names: dict[str, Any]) -> None:
    said = extract(Document.from_text(printed))
    assert said.kind == "lmn"
    for name, value in names.items():
        assert [one.value for one in said.fields if one.name == name] == [value]
