"""A clause speaks of the list it announces or closes: <past>, {present}, [[denied]], ~kin's~, ^doubted^."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BLOCKS = [
    (
        "The records say these were checked and excluded, so we did not use them: [[unstable angina]] "
        "([[I20.0]]), [[ankylosing spondylitis]] with no site named ([[M45.9]]), [[K50.111]]. The <left knee "
        "replacement> (<Z96.652>) and the <lung surfactant mutation> (<J84.83>) are listed as past history. "
        "Reported about relatives only: father's old ~right scapula dislocation~, ~S43.314S~."
    ),
    (
        "Our reviewer looked at the following and could not accept them, because the record shows they were "
        "ruled out: [[celiac disease]] (K90.0), [[gout]]."
    ),
    (
        "The following appear in the chart as old problems and were not considered: <pneumonia> (J18.9), "
        "<shingles> (<B02.9>)."
    ),
    "The <gout> (M10.9) and the <kidney stones> (<N20.0>) are carried in the chart as past problems.",
    "{Hypertension} (I10) and {obesity} (E66.9) are listed as current problems.",
    "The [[lupus]] (M32.9) and the [[sarcoidosis]] ([[D86.9]]) are listed as ruled out.",
    "[[Celiac disease]] (K90.0), [[Crohn's disease]] (K50.90) and [[gout]] ([[M10.9]]) were excluded.",
    "The ~stroke~ (I63.9) and the ~breast cancer~ (~C50.911~) are family history only.",
    "~Diabetes~ (E11.9) and ~glaucoma~ (~H40.9~) are about relatives only: a father and an aunt.",
    (
        "Asked about, client says no\n"
        "• any [[tendon or joint-lining disorder of the thigh]]\n"
        "\n"
        "Family\n"
        "• Aunt has ~peroneal nerve palsy~ on both sides"
    ),
    ("Patient denies\n- [[seizures]]\n- [[asthma]]"),
    ("Screened today, all negative:\n- [[depression]]\n- [[sleep apnea]]"),
    "Asked, answered no: [[gout]], [[psoriasis]]",
    ("She says she has never had\n• [[gout]]"),
    ("Looked into and excluded\n• infection of a mid-back disc: MRI negative, [[discitis]] ruled out"),
    "Neither applies: [[gout]] or [[psoriasis]].",
    "Codes we removed because the provider's notes do not support them: [[M32.9]], [[G35]].",
    "Diagnoses considered and not made: [[lupus]], [[gout]].",
    "The following diagnoses are no longer being treated: <gout> (M10.9), <asthma> (<J45.909>).",
    "The records list as inactive: <gout> (M10.9), <asthma> (<J45.909>).",
    "The chart also holds some that are over with: <gout> (M10.9) and <shingles>.",
    "Family only: ~gout~ (father), ~glaucoma~ (M)",
]


@pytest.mark.parametrize("printed", BLOCKS)
def test_a_clause_speaks_of_its_whole_list(asserted: Callable[[str], tuple[object, object]], printed: str) -> None:
    wanted, said = asserted(printed)
    assert wanted
    assert said == wanted
