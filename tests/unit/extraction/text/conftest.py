"""Texts in which illnesses are marked by what is said of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from docscan.extraction.text.annotated import AnnotatedText

Told = list[tuple[str, str | None]]

_MARKED = re.compile(
    r"<(?P<historical>[^>]+)>|\{(?P<stated>[^}]+)\}|\[\[(?P<negated>[^\]]+)\]\]|~(?P<other_person>[^~]+)~|"
    r"\^(?P<hypothetical>[^^]+)\^"
)


@pytest.fixture
def asserted(typed: Callable[..., AnnotatedText]) -> Callable[[str], tuple[Told, Told]]:
    """Of a text with marks, <past>, {present}, [[denied]], ~kin's~ and ^doubted^: what the marks say of each name,
    and what is said of it where it is typed without them."""

    def told(printed: str) -> tuple[Told, Told]:
        text = typed(_MARKED.sub(lambda marked: str(marked[marked.lastgroup or 0]), printed))
        wanted: Told = []
        said: Told = []
        place = 0
        for marked in _MARKED.finditer(printed):
            name = str(marked[marked.lastgroup or 0])
            place = text.text.index(name, place)
            wanted.append((name, marked.lastgroup))
            said.append((name, text.assertion_at(place, place + len(name))))
            place += len(name)
        return wanted, said

    return told
