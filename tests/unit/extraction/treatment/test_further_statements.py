"""Statements on special food, on time past, and on who else pays."""

import pytest

from docscan import pipeline


def said(text: str, name: str) -> list[str]:
    report = pipeline.understand_text(f"Re: Marisol Vance\n\n{text}\n\nJonathan P. Reyes, MD\n")
    return [field.assertion for field in report.named(name, assertion=None)]


FOOD = (
    ("The gluten-free flour is not part of a normal diet.", True),
    ("It provides nutrition beyond what a regular diet can give.", True),
    ("These products cost more than ordinary bread and flour.", True),
    ("She needs an amino acid-based formula as her sole source of nutrition.", True),
    ("She should eat more vegetables and less salt.", False),
    ("A balanced diet and regular exercise are recommended.", False),
    ("Special food is medically necessary to treat her celiac disease.", False),
)


@pytest.mark.parametrize(("text", "told"), FOOD)
def test_food_beyond_a_normal_diet(text: str, told: bool) -> None:
    assert bool(said(text, "special_food_statement")) is told
    assert "negated" not in said(text, "special_food_statement")


BACK = (
    ("This letter applies retroactively to January 1, 2026.", True),
    ("Please treat this letter as retroactive to her first session.", True),
    ("I have backdated this letter to the start of treatment.", True),
    ("Her back pain dates from 2019.", False),
    ("Treatment starts on April 1, 2026.", False),
)


@pytest.mark.parametrize(("text", "told"), BACK)
def test_words_that_date_a_letter_back(text: str, told: bool) -> None:
    assert ("stated" in said(text, "retroactive_statement")) is told


ELSEWHERE = (
    ("I certify that these expenses have not been reimbursed and will not be reimbursed by any other plan.", True),
    ("I understand that I will not seek reimbursement for this expense from any other source.", True),
    ("The undersigned participant certifies that the amounts were not reimbursed by insurance.", True),
    ("Insurance has not been billed for this visit.", False),
    ("This service is not covered by your plan.", False),
    ("Claims that were not reimbursed can be appealed within 180 days.", False),
)


@pytest.mark.parametrize(("text", "told"), ELSEWHERE)
def test_who_certifies_that_nobody_else_pays(text: str, told: bool) -> None:
    assert bool(said(text, "not_reimbursed_statement")) is told
