"""The writer's own words beside a code, illnesses spoken of in general, and what only sounds like an illness."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docscan.extraction.diagnoses.diagnoses import diagnoses
from docscan.extraction.text.annotated import AnnotatedText

Typed = Callable[..., AnnotatedText]

OWN_WORDS = [
    ("She is troubled by tear ducts not draining (H04.553).", "tear ducts not draining"),
    ("She gets dizzy whenever she turns her head (H81.10).", "dizzy whenever she turns her head"),
    ("He has asthma (J45.909) and her ears ring all day (H93.13).", "ears ring all day"),
    ("He has a bladder that will not hold (N39.46).", "bladder that will not hold"),
    ("She stops breathing at night (G47.33).", "stops breathing at night"),
    ("R53.2        cannot move her arms or legs in any useful way", "cannot move her arms or legs in any useful way"),
    ("She was covered in guttate psoriasis as a student (L40.4), which went away.", "guttate psoriasis"),
    ("She reports persistent symptoms of anxiety (F41.9).", "anxiety"),
    ("She has hip subluxation secondary to cerebral palsy.", "hip subluxation"),
    ("Diagnosis: F41.1 — Generalized Anxiety Disorder", "Generalized Anxiety Disorder"),
]
NOBODYS = [
    "Untreated sleep apnea can cause stroke, osteoporosis and heart failure.",
    "People with cystic fibrosis are prone to pneumonia and lung infections.",
    "Complications of obesity include hypertension, gout and sleep apnea.",
    "Studies have shown that exercise reduces depression in adults with osteoarthritis.",
    "Massage has been shown to help chronic low back pain and fibromyalgia.",
    "2. Jones A. Aerobic training and fibromyalgia: a randomized trial. J Rheumatol. 2020.",
    "He was exposed to burn pits during deployment.",
    "92928 Coronary Stent placement      $12,400.00",
    "Anesthesia      45.00",
    "Stop and tell your trainer if you feel palpitations, dizziness or chest pain.",
    "An MRI is required to identify the specific cause of the pain (disc herniation, spinal stenosis, or other).",
    "The findings are consistent with rheumatoid arthritis.",
    "Consider spinal stenosis.",
]


@pytest.mark.parametrize(("printed", "name"), OWN_WORDS)
def test_the_words_beside_a_code_are_its_name(typed: Typed, printed: str, name: str) -> None:
    assert name in [found.value for found in diagnoses(typed(printed)) if found.name == "diagnosis"]


@pytest.mark.parametrize("printed", NOBODYS)
def test_what_is_nobodys_illness_is_not_stated(typed: Typed, printed: str) -> None:
    assert not [f.value for f in diagnoses(typed(printed)) if f.name == "diagnosis" and f.assertion == "stated"]
