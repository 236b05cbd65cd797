"""Treatments and their necessity in words that no list of treatments knows: told by an act, a label, a table, a box."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.treatment.alternatives import alternatives
from docscan.extraction.treatment.goals import goals
from docscan.extraction.treatment.programs import programs
from docscan.extraction.treatment.statements import statements
from docscan.extraction.treatment.treatment import treatment

LETTER = """Elm Clinic

May 3, 2026

To Whom It May Concern:

Patient: Ada Vance, born 4/5/1970

Diagnosis: knee osteoarthritis, M17.11

{said}

Sincerely,

Bo Roe, MD
"""

BY_ACT = [
    ("I am sending her to a lymphedema therapist for manual drainage.", "manual drainage"),
    ("He is to wear a carbon-fiber ankle support through the workday.", "carbon-fiber ankle support"),
    ("We have put her on a ketogenic diet under the dietitian.", "ketogenic diet"),
    ("I want her fitted for a rocker-bottom shoe.", "rocker-bottom shoe"),
    ("I would therefore like her to have massage therapy: ten visits.", "massage therapy"),
    ("What will help him is hippotherapy.", "hippotherapy"),
    ("She will be going to equine therapy on Tuesdays.", "equine therapy"),
    ("Please get him into a neuro gym.", "neuro gym"),
    ("Enrol in our clinic-run weight-loss program.", "weight-loss program"),
    ("The answer for this man is a knee scooter.", "knee scooter"),
    ("I've asked him to have biofeedback with Dr. Lin for twelve weeks.", "biofeedback"),
    ("I would let her have a rowing machine at home.", "rowing machine"),
    ("I have her booked for hyperbaric oxygen, 30 dives.", "hyperbaric oxygen"),
    ("She's been set up with a cold therapy unit, rental, 6 weeks.", "cold therapy unit"),
    ("Fit with bilateral thumb spica splints.", "thumb spica splints"),
    ("I'm having him do Schroth exercises three times a week.", "Schroth exercises"),
    ("Her illness calls for a hospital-grade breast pump.", "breast pump"),
    ("Her treatment shall be cupping.", "cupping"),
    ("I consider a stair lift medically indicated.", "stair lift"),
    ("There is no substitute for aquatic therapy in her case.", "aquatic therapy"),
    ("She cannot do without her glucose sensor.", "glucose sensor"),
    ("He can't manage without a shower bench.", "shower bench"),
    ("I hold a raised toilet seat to be necessary.", "raised toilet seat"),
    ("Dispense: wrist cock-up splint, left.", "wrist cock-up splint"),
    ("Issue 1 pair of tinted FL-41 lenses.", "lenses"),
]
BY_ACT += [
    ("We are getting Mr. Vance into a tai chi class for his balance.", "tai chi"),
    ("I've started Ada on a DASH diet with our dietitian.", "DASH diet"),
    ("I'd like the patient to wear custom insoles in all shoes.", "custom insoles"),
    ("She has now been enrolled in water aerobics.", "water aerobics"),
    ("I am referring him to the studio on Main for reformer Pilates.", "reformer Pilates"),
    ("Ada ought to use a sit-stand desk at work.", "sit-stand desk"),
    ("There is simply no substitute for compression stockings here.", "compression stockings"),
    ("Her disease calls for daily phototherapy.", "phototherapy"),
    ("I'll have her do vestibular exercises with a therapist.", "vestibular exercises"),
    ("The right tool for this wrist is a vertical mouse.", "vertical mouse"),
    ("Begin acupuncture, weekly x 8.", "acupuncture"),
    ("We deem a portable oxygen concentrator essential.", "oxygen concentrator"),
    ("He has been fitted with a dynamic ankle brace.", "dynamic ankle brace"),
    ("I need her in a warm-water class.", "warm-water class"),
    ("I would like Ada to try dry needling.", "dry needling"),
]
BY_PLACE = [
    ("Asked for                Hand therapy\nSitting                  30 min", "Hand therapy"),
    ("What she is to get: Lymph drainage massage", "Lymph drainage massage"),
    ("Remedy: Sound therapy", "Sound therapy"),
    ("Modality: Dry needling", "Dry needling"),
    ("Care proposed: Graston technique", "Graston technique"),
    ("Wanted: Reformer Pilates", "Reformer Pilates"),
    ("To be furnished: Knee scooter", "Knee scooter"),
    ("Benefit sought: Speech therapy", "Speech therapy"),
    (
        "CATEGORY OF EXPENSE (one)\n[ ] Device     [x] Program     [ ] Travel\nDescribe: balance retraining program",
        "balance retraining program",
    ),
    (
        "S\nHurts on stairs.\n\nO\nCrepitus.\n\nA\n- knee osteoarthritis\n\nP\nFish oil supplement, taken regularly.",
        "Fish oil supplement",
    ),
    (
        "Service                    How many       Each visit     Runs through\n"
        "------------------------------------------------------------------\n"
        "Feldenkrais lessons        24 visits      90 minutes     Memorial Day 2027",
        "Feldenkrais lessons",
    ),
    (
        "Therapy           # of visits      Min       Until\nMyofascial release     12      30     June 2027",
        "Myofascial",
    ),
]
NONE = [
    "He wears a hearing aid and glasses.",
    "I am sending her to you for a second opinion.",
    "Send her to the front desk for the form.",
    "We have put her on the waiting list.",
    "He is to call us with questions.",
    "He is to use caution on the stairs.",
    "Start with the left side.",
    "What will help him is time.",
    "The answer is yes.",
    "She cannot do without her daughter.",
    "He cannot walk without pain.",
    "There is no substitute for patience.",
    "I have her booked for March 3.",
    "I sent her to the emergency room in May.",
    "I had him do a stress test last fall.",
    "Her mother has been put on a walker.",
    "Wanted: your signature",
    "Asked for                a copy of this letter",
    "Describe: pain in the left hip",
    "She has been set up with an appointment in six weeks.",
    "I am not sending her to aquatic therapy.",
    "The situation calls for patience.",
    "I consider her history important.",
    "P\nPage 1",
    "I am sending her chart for your review.",
    "I have put her at ease.",
    "We have asked her to have patience.",
    "She would like him to have a copy.",
    "Continue metformin.",
    "Continue current regimen.",
    "He cannot go without stopping.",
    "She is to take her time.",
    "Start: 6/1/2026",
    "I find her prognosis guarded and follow-up essential.",
    "Her brother is being fitted with a hearing aid.",
    "I have told him to start over.",
    "We are having him in for a visit.",
    "The answer to your question is no.",
    "He is to do nothing strenuous.",
    "Please have her bring a photo.",
]


def _named(text: AnnotatedText) -> list[str]:
    found = [e for e in treatment(text) if e.name == "treatment" and e.assertion == "stated"]
    return [str(e.value) for e in found if e.resolved is not None and e.resolved["specific"]]


@pytest.mark.parametrize(("said", "thing"), BY_ACT + BY_PLACE)
def test_a_treatment_is_named_by_an_act_or_a_place(typed: Callable[..., AnnotatedText], said: str, thing: str) -> None:
    assert any(thing.lower() in value.lower() for value in _named(typed(LETTER.format(said=said))))


@pytest.mark.parametrize("said", NONE)
def test_what_is_no_treatment_is_not_named(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert _named(typed(LETTER.format(said=said))) == []


NECESSARY = [
    "This equipment is required for her care.",
    "There is no substitute for this therapy in her illness.",
    "She has the pump at last and cannot do without it.",
    "I find the device medically indicated.",
    "Strength training twice weekly. necessary. pls process.",
    "It keeps the tendon from stiffening, which is the reason I consider it necessary rather than merely agreeable.",
    "Q: Is it medically necessary?  A: Yes. Physician reviewed.",
    "6. Is this treatment medically necessary?\n   * Yes, medically necessary",
    "PRESCRIBER'S DETERMINATION\n[x] Required        [ ] Optional        [ ] Unable to say",
    "In my judgment nothing else will do for his condition.",
    "The sessions are not optional; her spine depends on them.",
    "I hold the sauna indispensable for her psoriasis.",
    "I deem the classes a medical must.",
    "He needs this for medical reasons.",
    "It's a medical need, not a luxury.",
    "She has a medical requirement for cooled air.",
    "I would call it essential for his neuropathy.",
    "He must have the walker on medical grounds.",
    "No lesser measure will serve her lymphedema.",
    "These visits are clinically necessary.",
    "It is imperative that she receive massage therapy for the lymphedema.",
    "Aquatic therapy is a necessity for this man.",
    "Her lymphedema being what it is, these garments are indispensable.",
    "He can't get by without the nebulizer.",
    "I regard it as vital to her recovery.",
    "Nothing less will do.",
    "This program is, in my opinion, essential to controlling his diabetes.",
    "Is it medically needed? Yes",
    "She requires the chair on medical grounds.",
]
NOT_NECESSARY = [
    "It is necessary to bring your card.",
    "Payment is required for all visits.",
    "A signature is required for processing.",
    "The form is necessary for reimbursement.",
    "No further imaging is necessary.",
    "PRESCRIBER'S DETERMINATION\n[ ] Required        [x] Optional        [ ] Unable to say",
    "Q: Is it medically necessary?  A: No.",
    "If necessary, call us.",
    "Surgery is not indicated.",
    "Fasting is necessary before the lab draw.",
    "It is not necessary to come in person.",
    "I do not consider it necessary.",
    "She is not able to do without coffee.",
    "This is required for your records.",
    "There is no substitute for patience.",
    "Q: Is it medically necessary?  A:",
    "Is it essential that the card be shown?",
    "Her work is essential to her.",
    "This signature is required.",
    "It is essential that you reply by June.",
    "This information is necessary to pay the claim.",
    "I do not think this is essential.",
    "She thinks it necessary, I do not.",
    "These are required before the first visit.",
    "No referral is necessary for this service.",
    "Is it medically necessary? [ ] Yes [ ] No",
]


def _says_necessary(text: AnnotatedText) -> bool:
    return any(e.name == "necessity_statement" and e.assertion == "stated" for e in statements(text))


@pytest.mark.parametrize("said", NECESSARY)
def test_necessity_is_said(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert _says_necessary(typed(LETTER.format(said=said)))


@pytest.mark.parametrize("said", NOT_NECESSARY)
def test_necessity_is_not_said(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert not _says_necessary(typed(LETTER.format(said=said)))


@pytest.mark.parametrize(
    ("said", "goal"),
    [
        ("Q7. Goals?\n    * Stand 30 min at counter by week 12", "Stand 30 min at counter by week 12"),
        (
            "6. How will we know? Score down 6 points by week 12; two stairs without a rail.",
            "two stairs without a rail",
        ),
        ("We will judge success this way: read for 25 minutes straight; finish 80% of the visits.", "finish 80%"),
        ("How shall we measure progress?\nWalks 400 m without stopping.", "Walks 400 m without stopping"),
        ("We will know it worked when she climbs 12 stairs without a rail.", "climbs 12 stairs without a rail"),
        ("Progress will be measured by a Berg score above 45.", "Berg score above 45"),
    ],
)
def test_goals_are_asked_for_as_proof_of_success(typed: Callable[..., AnnotatedText], said: str, goal: str) -> None:
    assert any(goal in str(e.value) for e in goals(typed(LETTER.format(said=said))))


@pytest.mark.parametrize(
    "said",
    [
        "Taping was done twice weekly for three weeks; it ended with no lasting change.",
        "Before this you walked on a treadmill in a supervised class twice weekly, and took cilostazol 100 mg; "
        "the cramp came back.",
        "Naproxen did nothing for him.",
        "Her bracing came to nothing.",
    ],
)
def test_what_was_tried_without_change(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert any(e.assertion == "stated" for e in alternatives(typed(LETTER.format(said=said))))


@pytest.mark.parametrize(
    "said",
    [
        "I don't want the exercise to quit just because the formal therapy did.",
        "AFTER WE DISCHARGE HIM:     KEEPS UP SUPERVISED GYM GROUP HERE",
    ],
)
def test_exercise_outlives_the_therapy(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert any(e.name == "continuation_of_care" for e in programs(typed(LETTER.format(said=said))))


def test_a_letter_made_from_a_quiz_says_so(typed: Callable[..., AnnotatedText]) -> None:
    found = statements(typed(LETTER.format(said="AUTO-LETTER #7 FROM YOUR QUIZ")))
    assert any(e.name == "self_report_disclaimer" for e in found)
