"""Typed pages as extractors see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from docscan.document import Document, Extraction, Mark
from docscan.extraction.extractors import merged
from docscan.extraction.text.annotated import AnnotatedText

Reader = Callable[[AnnotatedText], Iterable[Extraction]]


@pytest.fixture
def typed() -> Callable[..., AnnotatedText]:
    """A text as if typed, with marks on its first page where a test needs some."""

    def make(printed: str, marks: tuple[Mark, ...] = ()) -> AnnotatedText:
        document = Document.from_text(printed)
        if marks:
            document = replace(document, pages=(replace(document.pages[0], marks=marks), *document.pages[1:]))
        return AnnotatedText(document)

    return make


@pytest.fixture
def told(typed: Callable[..., AnnotatedText]) -> Callable[..., list[Any]]:
    """The values that an extractor gives for one field: (extractor, text, field, assertion) -> values."""

    def values(reader: Reader, printed: str, name: str, assertion: str | None = "stated") -> list[Any]:
        found = merged(reader(typed(printed)))
        return [e.value for e in found if e.name == name and assertion in (None, e.assertion)]

    return values
