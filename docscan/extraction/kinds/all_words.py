"""What kind of document do all of its words together speak for?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import numpy as np

from docscan.document import Kind
from docscan.extraction.linear import Features, readers, words

NAME = "kinds"
_HEAD = 90  # words: where titles and addressees stand
_LETTERS = (3, 4, 5)  # in a row
_LONGEST = 4000  # words
_ENOUGH = 150
"""Of fewer words the reader knows less: what it learned from were whole documents."""


def features(text: str) -> Features:
    """Each word, and letters that follow each other at the top, which outlast a misread one."""
    found = words(text)[:_LONGEST]
    head = " ".join(found[:_HEAD])
    return [*found, *(f"top {head[n : n + many]}" for many in _LETTERS for n in range(len(head) - many))]


def chances(text: str) -> Mapping[Kind, float]:
    """How likely each kind is by the words alone, as the logarithm of how many times as likely as on average; nothing
    where there is no reader."""
    reader = readers().get(NAME)
    found = features(text)
    if reader is None or not found:
        return {}
    said = reader(found).astype(np.float64)
    said -= np.logaddexp.reduce(said) - np.log(len(said))
    said *= min(1.0, len(words(text)) / _ENOUGH)
    return {cast(Kind, label): float(share) for label, share in zip(reader.labels, said, strict=True)}
