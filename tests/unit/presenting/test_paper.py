# ruff: noqa: E501 - a case is a line
"""A letter as text, page and PDF: the same words, blanks to write on, nothing loaded from anywhere."""

from __future__ import annotations

import html
import io
import re

import pypdfium2
import pytest

from docscan.errors import UsageError
from docscan.presenting.paper import FORMATS, Facts, Item, Items, Paper, Signing, Template, Words, as_html, rendered

PAPER = Paper(
    title="A letter",
    mark="Draft",
    blocks=(
        Facts((("To", "Dana R. Okafor, MD"), ("Patient", "____"))),
        Words("Please add what is true. " * 12),
        Items("What to add", (
            Item("How long: from ________________ to ________________", "It is not said.", "LMN-10: A source", "https://example.org/a"),
            Item("Your signature", "None was found.", "LMN-16: Another source"),
        )),
        Words("Helpful too.", small=True),
        Template("Words to adapt", "The diagnosis is ______________________________ (ICD-10-CM ______)."),
        Signing(("Name", "Phone")),
    ),
    foot="No decision.",
)  # fmt: skip


def plain(form: str) -> str:
    told = rendered(PAPER, form)
    if form == "pdf":
        pages = pypdfium2.PdfDocument(io.BytesIO(told))
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    text = told.decode()
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL).split())


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_says_the_same(form: str) -> None:
    text = plain(form)
    for said in ("A letter", "Dana R. Okafor, MD", "Please add what is true.", "What to add", "How long: from", "It is not said.",
                 "LMN-10: A source", "Your signature", "Helpful too.", "Words to adapt", "Name", "Phone", "No decision."):  # fmt: skip
        assert said in text, said
    assert "draft" in text.lower()


def test_a_form_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no format docx") as caught:
        rendered(PAPER, "docx")
    assert caught.value.remedy == "Choose one of html, pdf, text."


def test_text_keeps_to_its_width_and_its_blanks() -> None:
    text = rendered(PAPER, "text").decode()
    assert max(map(len, text.splitlines())) <= 78
    assert text.count("________________") >= 2
    assert text.endswith("\n")


def test_a_page_loads_nothing_and_its_policy_names_its_style() -> None:
    page = html.unescape(as_html(PAPER))
    assert "default-src 'none'" in page
    assert "script" not in page
    assert not re.search(r'(src|href)="(?!https://example\.org/a")', page)
    assert page.count('class="blank') == 5
    assert 'style="' not in page


def test_what_must_be_one_page_is_one_and_else_it_may_be_more() -> None:
    long = Paper("Long", tuple(Words("Many words stand here. " * 40) for _ in range(9)), "", one_page=True)
    assert len(pypdfium2.PdfDocument(io.BytesIO(rendered(long, "pdf")))) == 1
    free = Paper("Long", long.blocks, "")
    assert len(pypdfium2.PdfDocument(io.BytesIO(rendered(free, "pdf")))) > 1
