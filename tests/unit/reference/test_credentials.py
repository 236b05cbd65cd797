"""Letters after names."""

from __future__ import annotations

import pytest

from docscan.reference import credentials


@pytest.mark.parametrize(
    ("text", "written", "tier"),
    [
        ("M.D.", "MD", "T1"),
        ("D.O.", "DO", "T1"),
        ("PA-C", "PA-C", "T2"),
        ("PA - C", "PA-C", "T2"),
        ("F.N.P.-B.C.", "FNP-BC", "T2"),
        ("nurse practitioner", "NP", "T2"),
        ("D.C.", "DC", "T2"),
        ("OTR/L", "OTR/L", "T3"),
        ("L.Ac.", "LAC", "T3"),
        ("registered dietitian", "RD", "T3"),
        ("ACSM-CEP", "ACSM-CEP", "T0"),
        ("ACSM Certified Clinical Exercise Physiologist®", "ACSM-CEP", "T0"),
        ("ACSM-CPT", "ACSM-CPT", "T0"),
        ("Medical Exercise Specialist", "MES", "T0"),
        ("NASM", "NASM", "T0"),
        ("Ph.D.", "PHD", None),
    ],
)
def test_letters_have_a_tier(text: str, written: str, tier: str | None) -> None:
    found = credentials.look_up(text)
    assert found is not None
    assert found.tier == tier
    assert credentials.normalise(text) == written


@pytest.mark.parametrize("text", ["", "Jones", "Suite", "LLC", "Current Procedural Terminology"])
def test_other_words_are_no_credentials(text: str) -> None:
    assert credentials.look_up(text) is None


def test_only_physicians_and_their_like_may_diagnose() -> None:
    may = {code for code in ("MD", "DO", "NP", "PA-C", "PT", "LMT", "RD", "CPT", "ACSM-CEP", "PhD")
           if (found := credentials.look_up(code)) and found.may_diagnose}  # fmt: skip
    assert may == {"MD", "DO", "NP", "PA-C"}


def test_letters_that_are_also_words_say_so() -> None:
    for text in ("DO", "PA", "PT", "MA", "CPT", "ND"):
        found = credentials.look_up(text)
        assert found is not None
        assert found.doubtful
    clear = credentials.look_up("PA-C")
    assert clear is not None
    assert not clear.doubtful


def test_a_list_of_letters_is_taken_apart() -> None:
    assert [c.code for c in credentials.split("M.D., FACC")] == ["MD", "FACC"]
    assert [c.code for c in credentials.split("PT DPT OCS")] == ["PT", "DPT", "OCS"]
    assert [c.code for c in credentials.split("MD/PhD")] == ["MD", "PhD"]
    best = credentials.highest(credentials.split("PhD, RD, MD"))
    assert best is not None
    assert best.code == "MD"


def test_a_trainers_clinical_certificate_differs_from_a_plain_one() -> None:
    clinical, plain = credentials.look_up("ACSM-CEP"), credentials.look_up("ACSM-CPT")
    assert clinical is not None
    assert plain is not None
    assert (clinical.clinical, plain.clinical) == (True, False)
