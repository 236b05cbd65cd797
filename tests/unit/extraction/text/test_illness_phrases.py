"""Names of illnesses, whole."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan.document import Document
from docscan.extraction.text.annotated import AnnotatedText
from docscan.extraction.text.illness_phrases import illness_phrases

NAMES = [
    ("He has an enthesopathy of the left hip.", ["enthesopathy of the left hip"]),
    ("spastic hemiplegic cerebral palsy", ["spastic hemiplegic cerebral palsy"]),
    (
        "I follow her for idiopathic chronic venous hypertension with ulcer of the left leg, and gout.",
        ["idiopathic chronic venous hypertension with ulcer of the left leg", "gout"],
    ),
    ("type 1 diabetes with proliferative retinopathy", ["type 1 diabetes with proliferative retinopathy"]),
    ("OA, left knee; RA", ["OA, left knee", "RA"]),
    ("Left hip and knee osteoarthritis since 2019", ["Left hip and knee osteoarthritis"]),
    ("chronic pain due to trauma", ["chronic pain due to trauma"]),
    ("Sever's disease in both heels", ["Sever's disease in both heels"]),
    ("asthma with good control", ["asthma"]),
    ("She sees us for a chronic condition and other symptoms.", []),
    ("The window was broken and the milk was cold.", []),
    ("Kalamazoo, MI 49007", []),
    ("acute lymphoblastic leukemia in remission", ["acute lymphoblastic leukemia in remission"]),
    ("CKD stage 3b", ["CKD stage 3b"]),
    ("no gout, lupus or scleroderma", ["gout", "lupus", "scleroderma"]),
]


@pytest.mark.parametrize(("printed", "names"), NAMES)
def test_a_name_has_its_head_and_what_tells_it_apart(
    typed: Callable[..., AnnotatedText], printed: str, names: list[str]
) -> None:
    text = typed(printed)
    assert [text[span] for span in illness_phrases(text)] == names


@given(st.text(alphabet="ab ,.()/-\n\tlLrR23", max_size=40), st.sampled_from(["asthma", "gout of left knee, with"]))
def test_names_lie_in_the_text_and_apart(before: str, name: str) -> None:
    text = AnnotatedText(Document.from_text(f"{before}\n\n{name} {before}"))
    spans = illness_phrases(text)
    assert all(0 <= a < b <= len(text.text) for a, b in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    head = name.partition(" ")[0]
    assert any(head in text.text[a:b] for a, b in spans)
