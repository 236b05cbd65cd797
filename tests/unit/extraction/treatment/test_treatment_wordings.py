"""A treatment is named in many writers' words, or only spoken of as "a program", in a whole letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.treatment.treatment import treatment

LETTER = """Elm Clinic

May 3, 2026

To Whom It May Concern:

Re: Ada Vance, letter of medical necessity

Diagnosis: knee osteoarthritis, M17.11

{said}

Sincerely,

Bo Roe, MD
"""
NAMED = [
    "I'd like Ms. Roe to start medical massage.",
    "My plan is to have her swim with a coach twice weekly at the Y.",
    "Kindly reimburse the cost of a weighted blanket.",
    "He ought to be in a supervised walking group.",
    "After long thought I settled on acupuncture for her, weekly.",
    "The remedy I have in mind is a lumbar support cushion.",
    "I have written her an order for compression stockings, 20-30 mmHg.",
    "Her regimen will consist of Pilates on the reformer.",
    "Script: gel insoles, one pair, replace q6mo.",
    "Order written for: rollator walker",
    "Service type: Personal training",
    "What should the plan pay for?\nA recumbent bike for home.",
    "Item needed: CPAP cleaner",
    "Requested product: Dehumidifier, 50 pint",
    "TREATMENT PLAN\n1. Aquatic exercise twice weekly\n2. Diet counseling monthly",
    "Please allow the purchase of a standing desk.",
    "This letter certifies the need for orthotics.",
    "I strongly urge approval of her yoga therapy.",
    "She has been told to take up tai chi.",
    "She'll be doing reformer Pilates with Ann Lee.",
    "We are sending him for dry needling, 6 visits.",
    "I am of the opinion that he must have an elliptical trainer at home.",
    "Authorization is sought for HEPA filters.",
    "Rec: MNT x 6 visits",
    "Tx: massage 2x/mo",
    "Needs: TENS unit, electrodes.",
    "The attached invoice is for the hearing aids I prescribed.",
    "I want him on a low-FODMAP diet with a dietitian's guidance.",
    "My prescription is simple: a firm mattress.",
    "For this I have chosen light therapy.",
    "Therapy with a vestibular specialist is what she needs.",
    "She qualifies for a service dog.",
]
VAGUE = [
    "An exercise program is recommended.",
    "I recommend that she exercise.",
    "I prescribe the treatment discussed.",
    "Please cover this item.",
    "Treatment: as discussed",
    "Service requested: see attached",
    "I've put her on a program, thrice weekly.",
    "She needs regular physical activity.",
    "What I'm ordering: A program",
    "The therapy is necessary.",
    "Recommended: lifestyle changes",
    "I recommend wellness services.",
    "She takes lisinopril. She had massage last year. The program is medically necessary.",
    "Order: the item she chose with our staff, monthly.",
    "Rx: activity, 3x/week",
    "I advise her to remain active.",
    "Needs it for a year.",
    "We recommend continued care.",
    "Treatment: exercise",
    "Physical therapy ended in May. I prescribe a program.",
]


def _named(typed: Callable[..., AnnotatedText], said: str) -> bool:
    found = [e for e in treatment(typed(LETTER.format(said=said))) if e.name == "treatment" and e.assertion == "stated"]
    return any(e.resolved is not None and e.resolved["specific"] for e in found)


@pytest.mark.parametrize("said", NAMED)
def test_a_thing_is_named(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert _named(typed, said)


@pytest.mark.parametrize("said", VAGUE)
def test_none_is_named(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert not _named(typed, said)


ASKED = [
    ("4b. Requested service. Be specific; do not write \"therapy\".\nScapular control training (bands, mirror)",
     "scapular control training"),
    ("5. Treatment ordered. Use one line.\nLaryngeal desensitization therapy", "laryngeal desensitization therapy"),
    ("2. What is recommended?\n[ ] Massage\n[x] Folding (collapsible) ramp, with rails", "ramp"),
    ("3. Kind of item:\n[ ] Massage   [x] Equipment (specify): gait belt, reacher", "gait belt"),
    ("3. Service requested:\n[ ] Massage   [x] Other: paraffin hand bath", "paraffin hand bath"),
    ("Warm-sand therapy pool class at the county center, with an instructor.\n2x / wk\nfor the plan yr", "class"),
    ("Medical massage\nMon + Fri\nthru end of plan year", "medical massage"),
    ("What I am asking for is enrollment in the chair yoga circle at the library.", "chair yoga"),
]  # fmt: skip
UNSAID = [
    "Order:      hands-on sessions, as arranged by the patient\n            once each day\n            90 days",
    "Rx: supervised program, adapted to her level, w/ her instructor.\n#20 visits total. Spa to bill pt; pt submits.",
    "P: this program w/ Ximena R. de los Santos, ACSM-CEP. 60 min/session.",
    "I certify that the service or item listed is medically necessary to treat the condition.",
    "I regard the foregoing as necessary and ask that it be allowed.",
    "The program we ordered keeps her from falling.",
    "Had: PT here 2x/wk, 8 wks (done). Naproxen\nbid. Home health PT daily for 2 wks.",
]


@pytest.mark.parametrize(("said", "thing"), ASKED)
def test_an_answer_a_tick_and_a_line_above_its_course_name_it(
    typed: Callable[..., AnnotatedText], said: str, thing: str
) -> None:
    found = [e for e in treatment(typed(LETTER.format(said=said))) if e.name == "treatment" and e.assertion == "stated"]
    assert any(thing in str(e.value).lower() and (e.resolved or {}).get("specific") for e in found)


@pytest.mark.parametrize("said", UNSAID)
def test_words_that_only_point_name_nothing(typed: Callable[..., AnnotatedText], said: str) -> None:
    found = [e for e in treatment(typed(LETTER.format(said=said))) if e.name == "treatment" and e.assertion == "stated"]
    assert not any((e.resolved or {}).get("specific") for e in found)
