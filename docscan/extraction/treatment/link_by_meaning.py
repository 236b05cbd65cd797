"""A sentence that says how the treatment helps, in words that no rule knows: asked of the reader of meaning.

"On horseback the hips get rocked as in walking and the weak side has to answer": no verb of healing, no illness named.
Asked only of letters that prescribe something for an illness of the patient, and where no rule found a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from docscan.extraction.text.spans import Span
from docscan.extraction.treatment import vocabulary
from docscan.extraction.treatment.acting import HISTORY
from docscan.neural.meaning import of_sentences

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_SURE: Final = 0.9
_ASKED: Final = 0.8
"""How likely a sentence must be a link, anywhere and behind the question how it helps; both from documents that the
reader was not shown."""
_FEWEST: Final = 4  # words
_MOST: Final = 60  # sentences


def likeliest_link(text: AnnotatedText, sentences: Iterable[tuple[Span, bool]]) -> tuple[Span, str] | None:
    """The sentence that surest ties the treatment to the illness, and the word that does; `sentences` with whether they
    answer the question why."""
    best: tuple[float, Span] | None = None
    for sentence, why in list(sentences)[:_MOST]:
        printed = " ".join(text.flat[sentence.start : sentence.end].split())
        if len(printed.split()) < _FEWEST or HISTORY.search(printed.lower()):
            continue
        for said in of_sentences([printed]):
            chance = said["link"]
            if chance >= (_ASKED if why else _SURE) and (best is None or chance > best[0]):
                best = (chance, sentence)
    return None if best is None else (best[1], _verb(text.flat[best[1].start : best[1].end].lower().split()))


def _verb(words: Sequence[str]) -> str:
    known = (re.sub(r"\W+$", "", word) for word in words)
    return next((word for word in known if word in vocabulary.verbs()), "helps")
