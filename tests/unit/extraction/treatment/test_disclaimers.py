"""What a letter says that it is not, and that it rests on the patient's own answers."""

from __future__ import annotations

import pytest

from docscan.extraction.treatment.disclaimers import disowns, rests_on_answers

DISOWNING = (
    "Nothing I write here should be taken as a diagnosis or a promise of results.",
    "Our note cannot replace an examination.",
    "Nothing in this letter takes the place of the judgment of your own clinician.",
    "A message is guidance; it doesn't replace a visit.",
    "The letter offers guidance to the plan and should not be read as a promise about outcome.",
    "This note is given for orientation and does not stand in for an examination.",
    "Use of this letter does not make me your doctor.",
    "No treatment relationship arises from this letter.",
    "The foregoing is general information, not a medical order.",
    "This document should not be taken for medical advice.",
    "We make no promise of results.",
    "Kindly regard this statement as an opinion only.",
    "Per her questionnaire; guidance only.",
    "Advisory only.",
    "Opinion only, no exam was done.",
    "This note gives no guarantee of a cure.",
)
NOT_DISOWNING = (
    "Medication does not take the place of exercise in her case.",
    "The program is given under the guidance of a certified trainer.",
    "The trainer offers guidance on form and load.",
    "This message is confidential and not intended for anyone but the addressee.",
    "This form does not guarantee reimbursement.",
    "This letter replaces my letter of 3 March.",
    "Submission of this form is no guarantee of reimbursement.",
    "This is not a guarantee that the plan will pay.",
    "She may swim under guidance only from her trainer.",
    "They aren't her diagnosis and we don't bill them.",
    "She has no ongoing relationship with a gym.",
)
RESTING = (
    "Symptoms below are as entered by the member in our app.",
    "Caveat: I relied on intake forms that Mrs. Adeyemi completed herself.",
    "The description was taken from a health questionnaire returned by the patient.",
    "I have worked from the checklist that she filled in at home.",
    "Statements about pain come from a web form Mr. Ortega submitted.",
    "The history was drawn from answers the member gave on our site.",
    "Hx via online questionnaire.",
    "As per the patient's intake form.",
    "It rests on details the client provided by chat.",
    "Prepared following an online health questionnaire and provider review",
    "QUESTIONNAIRE SUMMARY",
    "Type of visit   Asynchronous questionnaire",
)
NOT_RESTING = (
    "Her Oswestry questionnaire score, which she completed in May, fell to 20.",
    "I examined her and took the history myself.",
    "He filled the prescription at the pharmacy.",
    "She completed physical therapy in June.",
    "Based on the MRI and what the surgeon told me, rest is needed.",
    "PHQ-9 per questionnaire 12.",
    "He keeps a pain diary.",
)


@pytest.mark.parametrize("sentence", DISOWNING)
def test_a_paper_that_calls_itself_no_medicine_disowns(sentence: str) -> None:
    assert disowns(sentence)


@pytest.mark.parametrize("sentence", NOT_DISOWNING)
def test_what_is_said_of_treatments_plans_and_readers_disowns_nothing(sentence: str) -> None:
    assert not disowns(sentence)


@pytest.mark.parametrize("sentence", RESTING)
def test_a_letter_that_was_told_by_its_patient_rests_on_their_answers(sentence: str) -> None:
    assert rests_on_answers(sentence)


@pytest.mark.parametrize("sentence", NOT_RESTING)
def test_scores_and_findings_are_no_answers_of_the_patient(sentence: str) -> None:
    assert not rests_on_answers(sentence)
