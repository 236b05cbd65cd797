"""What is prescribed, what for, and with which goals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.treatment.treatment import treatment

Told = Callable[..., list[Any]]

TREATMENTS = [
    ("I recommend personal training sessions 3 times per week to treat her diabetes.", ["personal training sessions"]),
    ("Treatment: Massage therapy 2x/month for 12 months", ["Massage therapy"]),
    (
        "Recommended Treatment/Product:\n1. HEPA air purifier\n2. Hypoallergenic mattress cover",
        ["HEPA air purifier", "Hypoallergenic mattress cover"],
    ),
    ("I prescribe that Ms. Vance participate in a supervised exercise program.", ["supervised exercise program"]),
    ("A gym membership is medically necessary for him.", ["gym membership"]),
    ("I recommend strength training, aquatic therapy and yoga.", ["strength training", "aquatic therapy", "yoga"]),
    ("She would benefit from regular exercise.", ["regular exercise"]),
    ("Rx: Vitamin D3 2000 IU daily", ["Vitamin D3"]),
    ("It is my recommendation that Mr. Roe use a standing desk for his back.", ["standing desk"]),
    ("[x] Massage therapy   [ ] Acupuncture", ["Massage therapy"]),
    (
        "She should exercise under the guidance of a qualified trainer twice a week.",
        ["exercise under the guidance of a qualified trainer"],
    ),
    (
        "I have advised Mr. Cole to begin a supervised weight management program (weekly visits).",
        ["supervised weight management program"],
    ),
    (
        "The following services are prescribed:\n- Nutritional counseling, monthly\n- Strength training",
        ["Nutritional counseling", "Strength training"],
    ),
    ("PRODUCT OR SERVICE THAT YOU RECOMMEND\nHome CPAP machine, with mask and tubing", ["Home CPAP machine"]),
    ("Plan for which coverage is requested\nSupervised weight loss program", ["Supervised weight loss program"]),
    ("Rx\nPhysical therapy\n\nDispense as written", ["Physical therapy"]),
    ("Item(s) requested: 1) TENS unit 2) Replacement electrodes", ["TENS unit", "Replacement electrodes"]),
    ("My plan for her is massage therapy, 60 min, q 2 weeks x 6 months.", ["massage therapy"]),
    (
        "I prescribe personal training three times a week and massage therapy once a month for 6 months.",
        ["personal training", "massage therapy"],
    ),
    (
        "I recommend acupuncture weekly for 8 weeks and chiropractic care twice a month.",
        ["acupuncture", "chiropractic care"],
    ),
    ("I order massage therapy weekly and an office visit in three months.", ["massage therapy"]),
    ("Ms. Diaz is to attend Pilates twice per week.", ["Pilates"]),
    ("Air purifier w/ HEPA filter is needed in the bedroom.", ["Air purifier w/ HEPA filter"]),
    ("She asks to use her HSA funds for a gym membership due to obesity.", ["gym membership"]),
    ("I am prescribing a paraffin wax bath for home use.", ["paraffin wax bath"]),
    ("My patient is a candidate for a heated wobble cushion.", ["heated wobble cushion"]),
    ("It is medically necessary that she have access to a warm pool.", ["warm pool"]),
    ("A bed wedge is being prescribed for his reflux.", ["bed wedge"]),
    ("In my opinion an air cleaner in the bedroom is essential to the treatment of his asthma.", ["air cleaner"]),
    ("I am asking you to cover a reclining lift chair.", ["reclining lift chair"]),
    ("I want her to see Jo Bell for yoga, Mondays and Fridays.", ["yoga"]),
    ("I have started her on a low FODMAP nutrition program.", ["low FODMAP nutrition program"]),
    ("3. Item ........ Night splint, one (1)", ["Night splint"]),
    (
        "PRODUCT   USE   TERM\nBalance disc   daily   6 months\nGrip trainer   daily   6 months",
        ["Balance disc", "Grip trainer"],
    ),
    (
        "I order the following:\n\n(a) a knitted arm sleeve; and\n(b) drainage sessions, once a week.",
        ["knitted arm sleeve", "drainage sessions"],
    ),
    ("What do I prescribe?\nA nutrition program with a dietitian, ten visits.", ["nutrition program with a dietitian"]),
    (
        "Recommended: heating pad, resistance bands, light panel, and a step counter, to be used for a year.",
        ["heating pad", "resistance bands", "light panel", "step counter"],
    ),
    ("9. Treatment:  [ ] Massage therapy   [x] Acupuncture", ["Acupuncture"]),
    ("The program is medically necessary.", []),
    ("I recommend that this request be approved.", []),
    ("She is to keep her leg elevated.", []),
    ("Dr. Bell recommended a knee brace, which she declined.", []),
    ("Description of service: see attached", []),
    ("He does not require surgery.", []),
    ("He was previously prescribed opioids.", []),
    ("Please list the recommended treatment below.", []),
    ("Treatment: ____________", []),
    ("She is treated for hypertension.", []),
]


@pytest.mark.parametrize(("printed", "values"), TREATMENTS)
def test_treatments_are_named_as_printed(told: Told, printed: str, values: list[str]) -> None:
    assert told(treatment, printed, "treatment") == values


@pytest.mark.parametrize(
    ("printed", "specific", "item_class"),
    [
        ("I recommend personal training.", True, "training"),
        ("I recommend a HEPA air purifier.", True, "air_treatment"),
        ("I recommend regular exercise.", False, "unspecific"),
    ],
)
def test_a_treatment_is_classed(
    typed: Callable[..., AnnotatedText], printed: str, specific: bool, item_class: str
) -> None:
    (found,) = (e for e in treatment(typed(printed)) if e.name == "treatment")
    assert found.resolved == {"specific": specific, "class": item_class}


LINKS = [
    ("I recommend massage therapy to treat her fibromyalgia.", ("massage therapy", "fibromyalgia", "treat")),
    ("This program will help alleviate her hypertension.", ("This program", "hypertension", "alleviate")),
    ("I recommend acupuncture for her migraines.", ("acupuncture", "migraines", "for")),
    ("Myofascial work reduces the widespread pain of fibromyalgia.", ("Myofascial work", "fibromyalgia", "reduces")),
    (
        "She has asthma. I prescribe an air purifier. It removes the allergen that triggers attacks of asthma.",
        ("air purifier", "asthma", "removes"),
    ),
    (
        "He has lumbar stenosis. I order a lift chair in order to relieve the condition named above.",
        ("lift chair", "lumbar stenosis", "relieve"),
    ),
    ("7. Why ..... The splint unloads the joint and eases bruxism.", ("splint", "bruxism", "eases")),
    ("Weight reduction is a direct treatment of her hypertension.", ("Weight reduction", "hypertension", "treatment")),
    ("Physical therapy will reduce his osteoarthritis pain.", ("Physical therapy", "osteoarthritis", "reduce")),
]


@pytest.mark.parametrize(("printed", "link"), LINKS)
def test_a_link_has_both_ends_and_a_verb(told: Told, printed: str, link: tuple[str, str, str]) -> None:
    assert told(treatment, printed, "treatment_link") == [
        dict(zip(("treatment", "condition", "verb"), link, strict=True))
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "She has hypertension.",
        "I recommend massage therapy.",
        "He has tried massage to treat his back pain without relief.",
        "Metformin controls her diabetes.",
        "She will manage her diabetes.",
    ],
)
def test_one_end_is_no_link(told: Told, printed: str) -> None:
    assert told(treatment, printed, "treatment_link") == []
