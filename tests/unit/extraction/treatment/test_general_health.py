"""General health, fitness and looks: put forward, denied, or only printed somewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.treatment.statements import statements

LETTER = """{head}

May 3, 2026

To Whom It May Concern:

Re: Ada Vance, born 02/03/1970

I prescribe supervised strength training for her knee osteoarthritis, twice a week for a year. {said}

Sincerely,

Bo Roe, MD
{foot}
"""

STATED = [
    "It will also improve her overall health.",
    "She would like to get in better shape.",
    "Besides, it is good for her general well-being.",
    "The goal is wellness and a healthier lifestyle.",
    "It helps her stay fit.",
    "She will look and feel younger.",
    "Exercise promotes general fitness.",
    "It is simply good for the whole body.",
    "He wants to tone up and trim his waistline before the wedding.",
    "This supports general health and wellness.",
    "It is for stress relief and relaxation.",
    "Her complexion will be brighter.",
    "It improves physical appearance.",
    "Everyone benefits from better overall fitness.",
    "The membership lets her keep healthy.",
    "She does it for enjoyment and for recreation.",
    "It supports longevity and vitality.",
    "It would improve her general physical condition and overall wellness.",
    "Not only does it help the knee, but it also serves her overall well-being.",
    "A bit of weight off, more energy and overall wellness come with it.",
    "I would like to see her lead a healthier lifestyle.",
    "Good health is reason enough.",
    "He will be fitter and feel good about himself.",
    "It builds vigor.",
    "It is part of her self-care.",
    "She hopes for an anti-aging effect.",
    "It keeps her looking her best.",
    "Her athletic performance should improve too.",
    "The treatments are for cosmetic purposes.",
    "It benefits health and well-being in general.",
    "As a bonus she will drop a dress size and feel fabulous.",
    "It is great for anyone's health.",
    "He would be healthier all around.",
    "Moving more makes for a longer, happier life.",
    "She will have more energy for the grandkids, sleep like a baby, and stay in great shape.",
    "Regular exercise is recommended for all adults.",
    "It promotes healthy aging.",
    "I want her in the best shape of her life.",
    "She will be slimmer and happier with her body.",
    "This gives her a boost in mood, muscle tone and overall health.",
    "It also improves her fitness level and body composition.",
    "He wants to bulk up a little.",
    "It benefits body, mind and spirit.",
    "It makes for good general conditioning.",
    "Also improves skin tone and gives a youthful look.",
    "A healthy weight and fit body are their own reward.",
    "General improvement of physical condition is expected.",
    "It's a healthy thing to do.",
    "I believe in wellness, and this is part of it.",
]
DENIED = [
    "This is not for general health.",
    "It is not intended for general wellness, fitness or appearance.",
    "None of this is for comfort, general health, or looks.",
    "It is neither cosmetic nor for general fitness.",
    "She does not do this for recreation.",
    "The training treats a disease rather than serving general health.",
    "It is not a cosmetic purchase, nor is it for wellness.",
    "It goes beyond general fitness.",
    "It is prescribed as treatment and not for general well-being.",
    "This isn't about wellness.",
    "It is not merely beneficial to general health.",
    "The request has nothing to do with looks.",
    "Not for general fitness, wellness or appearance.",
    "The purpose is medical, not recreational use.",
]
NOTHING = [
    "Risk factor teaching, nutrition and stress management.",
    "She trains at Lakeside Wellness Center.",
    "She goes to the campus fitness center.",
    "A fitness trainer gives the sessions.",
    "She is otherwise in good general health.",
    "Her overall health is fair.",
    "The wound has a healthy appearance at its edge.",
    "She had cosmetic surgery in 1999.",
    "Her annual wellness visit was in May.",
    "She feels stronger and sleeps better.",
    "I hope she gets back to her usual activities.",
    "She was seen by Harbor Wellness Associates.",
    "Cleared for work, fit for duty.",
    "Her cardiovascular fitness was tested on a treadmill.",
    "The employee wellness program has her on file.",
    "Quality of life is reduced by the pain.",
    "She is a health coach by trade.",
    "He looks well today.",
    "Less pain, better grip, better days.",
    "She uses a fitness tracker to count her steps.",
    "She will be more comfortable and keep her independence.",
    "IRS rules exclude expenses that are merely beneficial to general health.",
    "Expenses for general health are not eligible.",
    "She has general anesthesia planned.",
    "Her health insurance pays nothing.",
    "Her mental health is followed elsewhere.",
    "She appears her age.",
    "It lowers her blood pressure and eases her pain.",
    "Public health nurses visit weekly.",
    "Stress was high at work.",
    "The physical exam was normal.",
    "Her strength and endurance will return.",
    "She will be able to climb stairs.",
    "It keeps her out of the hospital.",
    "The trainer is a fitness professional.",
    "She lost weight after surgery.",
    "He lives a healthy life already.",
    "Bone health is at stake.",
    "Mental health services are separate.",
    "Her gut health was assessed.",
    "She is fit for surgery.",
    "Health savings account rules apply.",
    "The department of health licenses us.",
    "Wellness checks were normal.",
    "Her skin looks better already.",
    "Better sleep and less pain are expected.",
    "Her heart health depends on it.",
    "Cosmetic results were poor after the burn.",
    "The appearance of the x-ray is typical.",
    "A healthy diet was tried without effect.",
    "Home health aides visit.",
]


def _said(typed: Callable[..., AnnotatedText], printed: str) -> list[str]:
    return [e.assertion for e in statements(typed(printed)) if e.name == "general_health_statement"]


@pytest.mark.parametrize("said", STATED)
def test_it_is_put_forward(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert "stated" in _said(typed, LETTER.format(head="Elm Street Clinic", said=said, foot=""))


@pytest.mark.parametrize("said", DENIED)
def test_it_is_denied(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert set(_said(typed, LETTER.format(head="Elm Street Clinic", said=said, foot=""))) == {"negated"}


@pytest.mark.parametrize("said", NOTHING)
def test_it_is_no_purpose(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert _said(typed, LETTER.format(head="Elm Street Clinic", said=said, foot="")) == []


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Harbor Health & Wellness\nYour partner in whole-body wellness", ""),
        ("VITALITY MEDICAL GROUP\nbetter health, every day", ""),
        ("Elm Street Clinic", "Ask us about our wellness packages! Look and feel younger."),
        ("Elm Street Clinic", "Statements about general health have not been evaluated."),
        ("The Glow Suite\nfor looks and longevity", "Gift cards available. Relaxation for two."),
    ],
)
def test_slogans_of_the_paper_say_nothing(typed: Callable[..., AnnotatedText], head: str, foot: str) -> None:
    assert _said(typed, LETTER.format(head=head, said="", foot=foot)) == []


@pytest.mark.parametrize(
    ("form", "assertions"),
    [
        ("Is the service for general health or wellness?   [x] Yes   [ ] No", ["stated"]),
        ("Is the service for general health or wellness?   [ ] Yes   [x] No", ["negated"]),
        ("12. Is it for cosmetic reasons?\n    [ ] Yes     [x] No - it treats a disease", ["negated"]),
        ("Is the service for general health?   [ ] Yes   [ ] No", []),
        ("[x] This is not for general health, fitness or cosmetic reasons.", ["negated"]),
        ("[ ] This is for general health.", []),
        ("Cosmetic? ...... No. It treats a disease.", ["negated"]),
    ],
)
def test_forms_ask_for_it(typed: Callable[..., AnnotatedText], form: str, assertions: list[str]) -> None:
    assert _said(typed, form) == assertions


@pytest.mark.parametrize(
    "said",
    [
        '3. Give the condition. "Wellness" or "fitness" is not a condition.',
        "Current self-care: pool walking on Saturdays, stretching nightly.",
    ],
)
def test_a_word_that_a_form_speaks_of_and_a_habit_are_no_purpose(
    typed: Callable[..., AnnotatedText], said: str
) -> None:
    assert "stated" not in _said(typed, LETTER.format(head="Elm Street Clinic", said=said, foot=""))


@pytest.mark.parametrize(
    "said",
    [
        "Not gen'l health / not cosmetic / not for fun.",
        "She was not told to buy this for general good health,\n     for appearance or as a gift.",
    ],
)
def test_short_forms_and_broken_lines_deny_it_too(typed: Callable[..., AnnotatedText], said: str) -> None:
    found = _said(typed, LETTER.format(head="Elm Street Clinic", said=said, foot=""))
    assert set(found) == {"negated"}


@pytest.mark.parametrize("said", ["It keeps him as active and strong as he is.", "It would do him a world of good."])
@pytest.mark.parametrize(("known", "found"), [("He has chronic heart failure.", False), ("He is well.", True)])
def test_what_anybody_would_gladly_have_is_a_purpose_where_no_illness_is_known(
    said: str, known: str, found: bool, typed: Callable[[str], AnnotatedText]
) -> None:
    text = typed(f"Dear reviewer:\n\n{known} I recommend a cycling class. {said}\n")
    assert ("general_health_statement" in {e.name for e in statements(text)}) is found
