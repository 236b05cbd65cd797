"""Stated, negated, hypothetical, historical, about another person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText

CASES = [
    ("She has <hypertension>.", "stated"),
    ("She denies <diabetes>.", "negated"),
    ("No evidence of <diabetes>.", "negated"),
    ("<Diabetes> was ruled out.", "negated"),
    ("Negative for <diabetes>, but has obesity.", "negated"),
    ("Negative for diabetes, but has <obesity>.", "stated"),
    ("She has no history of <diabetes>.", "negated"),
    ("History of <breast cancer>.", "historical"),
    ("He has a long history of <hypertension>.", "stated"),
    ("His <depression> resolved in 2019.", "historical"),
    ("Her mother had <diabetes>.", "other_person"),
    ("Family history of <heart disease>.", "other_person"),
    ("FAMILY HISTORY\nDiabetes and <stroke>", "other_person"),
    ("She is at risk for <stroke>.", "hypothetical"),
    ("to prevent <diabetes>", "hypothetical"),
    ("If <hypertension> develops, call.", "hypothetical"),
    ("Possible <fibromyalgia>.", "hypothetical"),
    ("She has not only <hypertension> but also obesity.", "stated"),
    ("Her <hypertension> is not well controlled.", "stated"),
    ("No relief from massage for her <back pain>.", "stated"),
    ("This is not for <general health>.", "negated"),
    ("She does not smoke; she has <asthma>.", "stated"),
    ("Ulcer of the stomach without bleeding (<K25.9>)", "stated"),
    ("The patient is without angina (<I20.9>)", "negated"),
    ("I would not ask for it if she did not have <arthritis>.", "stated"),
    ("Criteria for <fibromyalgia> were not met.", "negated"),
    ("<Gout> (M10.9) was considered and ruled out.", "negated"),
    ("I considered <F43.10> but the criteria were not met.", "negated"),
    ("Her mother had gout, and she has <asthma>.", "stated"),
    ("She was diagnosed with <obesity> and denies smoking.", "stated"),
    ("He has no gout, lupus or <scleroderma>.", "negated"),
    ("X-rays rule out <vertebral fracture>.", "negated"),
    ("r/o <celiac disease>", "hypothetical"),
    ("We cannot exclude <sarcoidosis>.", "hypothetical"),
    ("<Sarcoidosis> cannot be excluded.", "hypothetical"),
    ("The films raised <sarcoidosis> as a possibility.", "hypothetical"),
    ("Weight training to hold off <osteoporosis>", "hypothetical"),
    ("<Lyme disease> titer came back negative.", "negated"),
    ("<Lupus> was a worry at first. That has since been ruled out.", "negated"),
    ("He wondered about <bursitis>; orthopedics examined him and ruled it out.", "negated"),
    ("<Kidney stones>, resolved 2014 after lithotripsy.", "historical"),
    ("Her <asthma> as a child was mild.", "historical"),
    ("<Bladder stones> were removed in 2011.", "historical"),
    ("<Multiple myeloma>, in remission", "stated"),
    ("An aunt had <glaucoma>.", "other_person"),
    ("It is her SISTER who has <asthma>.", "other_person"),
    ("Brought in by her daughter for <back pain>.", "stated"),
    ("He lives with his wife and has <COPD>.", "stated"),
    ("<Breast cancer> in his mother", "other_person"),
    ("She does not tolerate ibuprofen for her <arthritis>.", "stated"),
    ("He has not been helped by braces for <scoliosis>.", "stated"),
    ("She cannot climb stairs because of <asthma>.", "stated"),
    ("He is not <diabetic>.", "negated"),
    ("She never had <gout>.", "negated"),
    ("No treatment so far for the <sciatica>.", "stated"),
    ("Not only <gout> but also asthma", "stated"),
    ("Negative for improvement of <eczema>", "stated"),
    ("PMH: <hypertension>, appendectomy", "stated"),
    ("PMH: hypertension, <pneumonia>", "historical"),
    ("Resolved: <pneumonia>, shingles", "historical"),
    ("Old, resolved: gout. Father: <glaucoma>.", "other_person"),
    ("Ruled out at this visit: gout, <lupus>", "negated"),
    ("PAST MEDICAL HISTORY\nType 2 diabetes\n<Pneumonia>", "historical"),
    ("PAST MEDICAL HISTORY\n<Type 2 diabetes>\nPneumonia", "stated"),
    ("RULED OUT\n<Gout>\n\nCURRENT PROBLEMS\nAsthma", "negated"),
    ("RULED OUT\nGout\n\nCURRENT PROBLEMS\n<Asthma>", "stated"),
    ("Rheumatoid arthritis     Active\n<Gout>     Ruled out", "negated"),
    ("Gastritis     Resolved 2019\n<Asthma>     Active", "stated"),
    ("ACTIVE            RESOLVED\n\nAsthma, mild      <Gastritis>, eradicated", "historical"),
    ("ACTIVE            RESOLVED\n\n<Asthma>, mild      Gastritis, eradicated", "stated"),
    ("Paroxysmal hemicrania, not intractable (<G44.039>)", "stated"),
    ("Osteoarthritis of the knee, side not given (<M17.9>)", "stated"),
]


@pytest.mark.parametrize(("printed", "assertion"), CASES)
def test_the_words_around_decide(typed: Callable[..., AnnotatedText], printed: str, assertion: str) -> None:
    before, _, rest = printed.partition("<")
    name, _, after = rest.partition(">")
    text = typed(before + name + after)
    start = text.text.index(name)  # wide gaps are tabs there
    assert text.assertion_at(start, start + len(name)) == assertion
