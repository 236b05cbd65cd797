"""Answers to why and how: what gets better, by whatever means, ties the treatment to the illness."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract

TYING = (
    (
        "Letter of medical necessity\n\n"
        "Dx: hemiplegia after a stroke (I69.351). I prescribe horse-riding therapy twice a week.\n"
        "In the saddle the hips are swung as in walking and the weak side has to answer at each of them.\n\n"
        "Ann Roe, MD"
    ),
    (
        "She has celiac disease, K90.0. I prescribe a gluten-free diet.\n"
        "Take the wheat away and the gut mends, the blisters dry up."
    ),
    (
        "My patient has low back pain. I prescribe yoga twice a week. Regular practice lowers his blood "
        "pressure and keeps the back pain from coming back."
    ),
    (
        "Diagnosis: sprain of the knee ligament\n"
        "What do you prescribe?\n"
        "Meal-replacement program\n"
        "\n"
        "How does it help this condition?\n"
        "Each pound he drops takes load off the healing ligament, relieves the pain and guards it."
    ),
    (
        "Diagnosis: peripheral vascular disease\n"
        "The recommended treatment is: [yoga class]\n"
        "Explain how the treatment will alleviate the condition: [The slow standing flows push blood "
        "into the legs and ease her claudication.]"
    ),
    (
        "Dx: venous leg ulcer\n"
        "Rx: health coaching, 2x/mo, ongoing.\n"
        "Why: coach keeps her in stockings + elevating, so ulcer heals & doesn't come back."
    ),
    (
        "She has lumbar stenosis. I am ordering massage therapy weekly. Loosening the deep muscles "
        "takes away the spasm that fires off her stenosis pain, so there are fewer attacks."
    ),
    (
        "Patient has gout. Recommended: nutrition counseling.\n"
        "How will the treatment treat or mitigate the medical condition?  Cutting purines brings the "
        "uric acid down and with it the attacks."
    ),
    (
        "Condition: asthma\n"
        "Treatment: air purifier\n"
        "How does this help?\n"
        "Fewer particles in the bedroom mean fewer attacks at night."
    ),
    ("Condition: lymphedema\nTreatment: compression pump\nRationale: Pumping moves the fluid out of the arm."),
    ("Dx: plantar fasciitis. Order: custom orthotics.\nReason: less pull on the fascia, less pain."),
    (
        "Dx MS. Order: cooling vest, daily use.\n"
        "Why needed: heat makes her legs give out; the vest keeps her core cool and the weakness away."
    ),
    (
        "I am treating Mr. Roe for COPD. I order pulmonary rehab for 12 weeks. A steady practice of "
        "paced breathing eases his breathlessness."
    ),
    (
        "DURABLE EQUIPMENT ORDER\n"
        "ITEMS ORDERED\n"
        "  E0143 folding walker\n"
        "DIAGNOSES SUPPORTING THE ORDER\n"
        "  G80.0 spastic cerebral palsy"
    ),
)
TYING_NOTHING = (
    ("Dx: asthma\nRx: yoga weekly.\nWhy: her insurer asked for a letter."),
    (
        "I treat Mrs. Roe for gout. She takes allopurinol, which lowers her uric acid. I recommend "
        "massage therapy monthly."
    ),
    "Our practice treats arthritis. I recommend yoga twice a week.",
    ("Condition: asthma\nTreatment: air purifier\nHow often will it be used?\nEvery night in the bedroom."),
    (
        "Patient is awake 4 times nightly & uses a rollator by noon. Coaching is medically necessary in "
        "her case. I have gone over it with the OT and I agree with the request. Dx: COPD. Rx: sleep "
        "coaching daily."
    ),
    (
        "Dx: egg allergy. I am prescribing personal training. In my judgment this is medically "
        "necessary, and I ask that it be approved."
    ),
    (
        "DIAGNOSIS: hepatic encephalopathy\n"
        "TREATMENT: chiropractic care\n"
        "RATIONALE\n"
        " The care named above is medically necessary for this patient.\n"
        " Already tried: lactulose, rifaximin and physical therapy.\n"
        " We hope he will feel more like himself."
    ),
)


def _is_linked(printed: str) -> bool:
    found = extract(Document.from_text(printed)).fields
    return any(one.name == "treatment_link" and one.assertion == "stated" for one in found)


@pytest.mark.parametrize("printed", TYING)
def test_an_answer_that_tells_what_gets_better_ties(printed: str) -> None:
    assert _is_linked(printed)


@pytest.mark.parametrize("printed", TYING_NOTHING)
def test_an_answer_without_an_effect_on_what_ails_ties_nothing(printed: str) -> None:
    assert not _is_linked(printed)
