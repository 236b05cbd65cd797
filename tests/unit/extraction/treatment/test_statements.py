"""What a letter says about its purpose and itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.treatment.statements import statements

CASES: list[tuple[str, str, str | None]] = [
    ("This treatment is medically necessary to treat her condition.", "necessity_statement", "stated"),
    ("It is necessary for the treatment of hypertension.", "necessity_statement", "stated"),
    ("The treatment is not medically necessary.", "necessity_statement", "negated"),
    ("LETTER OF MEDICAL NECESSITY", "necessity_statement", None),
    ("This letter of medical necessity is for Ann Lee.", "necessity_statement", None),
    ("[ ] The treatment is medically necessary.", "necessity_statement", None),
    ("[x] The treatment is medically necessary.", "necessity_statement", "stated"),
    ("Please state why the treatment is medically necessary.", "necessity_statement", None),
    (
        "I certify that this treatment is medically necessary and is not for general health.",
        "necessity_statement",
        "stated",
    ),
    (
        "I certify that this treatment is medically necessary and is not for general health.",
        "general_health_statement",
        "negated",
    ),
    ("This is not merely beneficial to general health.", "general_health_statement", "negated"),
    ("I recommend it for overall wellness and stress relief.", "general_health_statement", "stated"),
    ("Lakeside Wellness Center", "general_health_statement", None),
    ("She was seen for her annual wellness visit.", "general_health_statement", None),
    ("It is for cosmetic purposes.", "general_health_statement", "stated"),
    ("Exercise helps prevent future heart attacks.", "prevention_statement", "stated"),
    ("He would like to lower his own odds of getting it.", "prevention_statement", "stated"),
    ("His glucose is normal, and we wish to keep it that way.", "prevention_statement", "stated"),
    ("Her pain prevents her from working.", "prevention_statement", None),
    (
        "This letter is based on information you provided in an online questionnaire.",
        "self_report_disclaimer",
        "stated",
    ),
    ("His self-reported symptoms were reviewed asynchronously.", "self_report_disclaimer", "stated"),
    ("Her Oswestry disability questionnaire score was 40.", "self_report_disclaimer", None),
    ("This does not constitute the practice of medicine.", "practice_disclaimer", "stated"),
    ("It is general health guidance and no duty of care is created.", "practice_disclaimer", "stated"),
    ("The patient was not previously a member of any gym.", "not_already_member", "stated"),
    ("Her family members were present.", "not_already_member", None),
    ("She has been under my care since 2019.", "medical_history", "stated"),
    ("Medically necessary.", "necessity_statement", "stated"),
    ("Medical Necessity", "necessity_statement", None),
    ("I prescribe Pilates. Needed.", "necessity_statement", "stated"),
    ("Necessary: one-on-one exercise training, ten sessions.", "necessity_statement", "stated"),
    ("Necessary: a signature below.", "necessity_statement", None),
    ("I call it, without reservation, medically necessary.", "necessity_statement", "stated"),
    ("As she is not able to drive, a ramp is medically necessary.", "necessity_statement", "stated"),
    ("I am not able to state, at this time, that the chair is medically necessary.", "necessity_statement", "negated"),
    ("It is not clear to me whether massage is medically necessary.", "necessity_statement", "negated"),
    ("Without them it returns; they are therefore a medical necessity.", "necessity_statement", "stated"),
    ("Since no drug has helped, the massage is medically necessary.", "necessity_statement", "stated"),
    ("I cannot certify that it is medically necessary.", "necessity_statement", "negated"),
    ("I do not consider the massage to be medically necessary.", "necessity_statement", "negated"),
    ("No. It is medically necessary for the prediabetes above.", "necessity_statement", "stated"),
    ("None of the above is medically necessary.", "necessity_statement", "negated"),
    (
        "The ordered therapy constitutes a required component of her medical treatment.",
        "necessity_statement",
        "stated",
    ),
    ("This cannot be dispensed with in the medical management of her disease.", "necessity_statement", "stated"),
    ("Your signature is needed as part of the review.", "necessity_statement", None),
    ("Medical1y necessary?     Yes  [x]    No  [  ]", "necessity_statement", "stated"),
    ("Medically necessary    ( ) Yes  (X) No", "necessity_statement", "negated"),
    ("Medicamente necesario / Medically necessary:   [X] Si / Yes   [ ] No", "necessity_statement", "stated"),
    ("Medically necessary: yes", "necessity_statement", "stated"),
    ("Is it medically necessary?\nIt is, in my opinion.", "necessity_statement", "stated"),
    ("Is this treatment essential?\nVery much so.", "necessity_statement", "stated"),
    ("Is the program medically necessary?\nIt is not.", "necessity_statement", "negated"),
    ("Necessary? [x] yes [ ] no", "necessity_statement", "stated"),
    ("This is medically necessary - please do not call it a luxury!", "necessity_statement", "stated"),
    ("Is it for general health?   [ ] Yes   [x] No", "general_health_statement", "negated"),
    ("Is it for general health?   [x] Yes   [ ] No", "general_health_statement", "stated"),
    ("Is it for general health?   [ ] Yes   [ ] No", "general_health_statement", None),
    ("Did the patient belong to a gym before?   [ ] Yes   [x] No", "not_already_member", "stated"),
    ("Cosmetic? ...... No. It treats a disease.", "general_health_statement", "negated"),
    ("10. Medically necessary?  Y/N           Y", "necessity_statement", "stated"),
    ("Necessary for medical care?  (Y/N)  N", "necessity_statement", "negated"),
    ("Medically necessary (circle)  Y / N", "necessity_statement", None),
    ("This letter is not the endorsement of a pastime.", "general_health_statement", None),
    ("11. General health only?  Y/N           N", "general_health_statement", "negated"),
    ("She needs it for the paralysis, medically, and not as an outing.", "necessity_statement", "stated"),
    ("Medically speaking she cannot do without it.", "necessity_statement", "stated"),
    ("I do not think she needs it medically.", "necessity_statement", None),
    ("She was diagnosed with lupus in 2015.", "medical_history", "stated"),
    ("Treatment: see attached", "see_attached", "stated"),
    ("Please see the attached lab results for details of her glucose.", "see_attached", None),
]


@pytest.mark.parametrize(("printed", "name", "assertion"), CASES)
def test_statements_are_told_with_their_assertion(
    typed: Callable[..., AnnotatedText], printed: str, name: str, assertion: str | None
) -> None:
    found: list[Any] = [
        e.assertion for e in statements(typed("Dear Sir:\n\n\n\n\n\n\n\n\n\n" + printed)) if e.name == name
    ]
    assert found == ([] if assertion is None else [assertion])


def test_the_evidence_is_the_sentence(typed: Callable[..., AnnotatedText]) -> None:
    (found,) = statements(typed("She is well known here. This is medically necessary for her care. Call me."))
    assert found.evidence[0].text == "This is medically necessary for her care."
