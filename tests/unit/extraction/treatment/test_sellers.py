"""Whether the signer sells what the letter asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.treatment.sellers import sellers

Told = Callable[..., list[Any]]

LETTER = """{place}
778 Ashford Way, Fargo, ND 58102 | (701) 555-0110

August 31, 2025

Ms. Jalali has lumbar spinal stenosis. {said}
I recommend {what}, to ease the stenosis.

Sincerely,

/s/ Dirk Halloran
Dirk Halloran{title}
"""


def letter(title: str = "", said: str = "", what: str = "a massage chair", place: str = "RELAX RIGHT") -> str:
    return LETTER.format(title=title, said=said, what=what, place=place)


@pytest.mark.parametrize(
    "printed",
    [
        letter("\nStore Manager"),
        letter(", NASM-CPT", what="strength training"),
        letter("\nOwner, Iron Prairie Fitness"),
        letter("\nCertified Rest Consultant & Showroom Manager"),
        letter(said="Our chair kneads the low back."),
        letter(said="The customer tells us that she cannot sleep."),
        letter(", RD\nOwner, Halloran's Wheatless Pantry"),
        letter(", DC\nSales director, Rest Easy Mattress Store"),
        letter(", RN\nPresident, Halloran Home Medical Beds, Inc."),
        "Name (print): Dirk Halloran\nTitle: Account Executive\nSignature: /s/ Dirk Halloran\n",
    ],
)
def test_who_sells_what_the_letter_asks_for_is_its_seller(told: Told, printed: str) -> None:
    assert told(sellers, printed, "merchant_name") == ["Dirk Halloran"]


@pytest.mark.parametrize(
    "printed",
    [
        letter(", MD", said="She may buy one at a store."),
        letter(", PT, DPT\nClinic Owner", said="Our aquatic program unloads the spine.", what="our aquatic program"),
        letter("\nPractice Manager, for Ines Marek, MD"),
        letter(", NP\nSleep Specialist"),
        letter(", PT\nOwner, Halloran Therapy & Fitness Clinic"),
        letter(", MD\nFounder, Halloran Family Medicine"),
        letter(),
    ],
)
def test_clinicians_and_their_staff_sell_nothing(told: Told, printed: str) -> None:
    assert told(sellers, printed, "merchant_name") == []
