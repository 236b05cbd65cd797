"""What a letter means when it does not repeat itself: the thing by its role, the two ends of a link, the goal asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.treatment.goals import goals
from docscan.extraction.treatment.treatment import treatment

LETTER = """LETTER OF MEDICAL NECESSITY

March 3, 2026

To Whom It May Concern:

Re: Ada Quill

Ms. Quill has fibromyalgia (M79.7).

{said}

Sincerely,
Jo Marsh, MD
"""

NAMED = [
    ("The remedy I have in mind is a course of craniosacral therapy, once a week.", ["craniosacral therapy"]),
    ("The service is one coached lesson on a rowing machine, monthly.", ["coached lesson on a rowing machine"]),
    ("Kindly let her buy a zero-gravity recliner out of the account.", ["zero-gravity recliner"]),
    ("What this letter is about is warm-water therapy.", ["warm-water therapy"]),
    ("She would do well with an ergonomic desk chair.", ["ergonomic desk chair"]),
    ("I prescribe water exercise classes. These classes are medically necessary.", ["water exercise classes"]),
    ("He began reformer Pilates w/ an instr. on 3/11 and I want this cont'd as tx.", ["reformer Pilates"]),
    ("Dry needling was begun on 2/3 with our therapist and shall go on weekly.", ["Dry needling"]),
    ("So she has to eat gluten-free bread and pasta in place of the ordinary kinds.", ["gluten-free bread and pasta"]),
    ("2f. Device requested:   Oska Pulse PEMF unit", ["Oska Pulse PEMF unit"]),
    (
        "Previous treatments\n[x] Acupuncture\n[x] Naproxen\nRecommended now\n[x] Personal training",
        ["Personal training"],
    ),
    ("Imaging   [ ] none   [x] MRI\nWhat I order   [ ] Gym   [x] Massage therapy", ["Massage therapy"]),
    ("Hx of tx: clobetasol ointment, partial.\nRx: light therapy", ["light therapy"]),
    ("This program is medically necessary. Yours truly, Nils Peterson", []),
    ("Her mother had great success with hypnosis. I make no such request for her.", []),
    ("Treatment: none at this time.", []),
]


@pytest.mark.parametrize(("said", "things"), NAMED)
def test_a_treatment_is_named_by_its_role(typed: Callable[..., AnnotatedText], said: str, things: list[str]) -> None:
    found = treatment(typed(LETTER.format(said=said)))
    specific = [e.value for e in found if e.name == "treatment" and (e.resolved or {}).get("specific")]
    assert specific == things


ENDS = [
    ("I prescribe acupuncture. Needling quiets the ache and stiffness.", "acupuncture", "fibromyalgia"),
    ("I order dry needling. It eases the soreness that comes with her condition.", "dry needling", "fibromyalgia"),
    ("I order a heated pool class. These sessions relieve her stiffness.", "heated pool class", "fibromyalgia"),
    ("To treat the fibromyalgia I am ordering a vibration plate.", "vibration plate", "fibromyalgia"),
    ("Item: massage chair\nHow often: daily\nFor: fibromyalgia", "massage chair", "fibromyalgia"),
]


@pytest.mark.parametrize(("said", "thing", "illness"), ENDS)
def test_both_ends_of_a_link_are_told_by_their_names(
    typed: Callable[..., AnnotatedText], said: str, thing: str, illness: str
) -> None:
    links = [e.value for e in treatment(typed(LETTER.format(said=said))) if e.name == "treatment_link"]
    assert (thing, illness) in [(link["treatment"], link["condition"]) for link in links]


AIMS = [
    ("Outcome sought: FIQR score under 40 by August.", "FIQR score under 40 by August"),
    ("2f. Measurable goals, if any:\n    - morning pain 7/10 down to 3/10", "morning pain 7/10 down to 3/10"),
    ("7.  What we will measure.\n    (a) stiffness cut from 60 minutes to 20;", "stiffness cut from 60 minutes to 20"),
    ("F.  TARGET\n    Sit 60 minutes without standing up.", "Sit 60 minutes without standing up"),
    ("I would like her lifting the arm to 90 degrees.", "lifting the arm to 90 degrees"),
    ("The mark we have agreed on is 11 pounds off the scale.", "11 pounds off the scale"),
    ("Our hope is fewer than two flares a season.", "fewer than two flares a season"),
    ("By autumn she ought to manage a full shift standing.", "manage a full shift standing"),
    ("The purpose of the sessions is to walk a mile without pain.", "walk a mile without pain"),
]


@pytest.mark.parametrize(("said", "aim"), AIMS)
def test_a_goal_is_told_however_it_is_asked_for(typed: Callable[..., AnnotatedText], said: str, aim: str) -> None:
    assert aim in [e.value for e in goals(typed(LETTER.format(said=said)))]


@pytest.mark.parametrize(
    "said", ["By Friday she should call the office.", "I expect the need to be long term.", "By May she is to return."]
)
def test_an_errand_is_no_goal(typed: Callable[..., AnnotatedText], said: str) -> None:
    assert not list(goals(typed(LETTER.format(said=said))))
