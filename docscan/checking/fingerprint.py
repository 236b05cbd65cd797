"""Do two letters say the same, word for word, but for the persons, numbers and dates in them?

A letter's mark is a simhash (Charikar 2002: similar texts differ in few bits) of the sentences that a report keeps as
evidence. It tells nothing of the letter: no word can be made out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from docscan.document import Extraction, Report

SENTENCES = (
    "treatment_link", "necessity_statement", "general_health_statement", "prevention_statement", "medical_history",
    "alternatives_tried", "goal", "continuation_of_care", "self_report_disclaimer", "practice_disclaimer",
    "not_already_member",
)  # fmt: skip
"""Fields whose evidence is a sentence of the writer's."""
FEWEST_WORDS = 24
"""Fewer say too little: two letters may share a sentence and nothing else."""
_BITS = 64
_DIFFERENT_BITS = 3
_OF_PERSONS = frozenset(
    "he she they him her them his hers their theirs himself herself themselves mr mrs ms miss mx dr patient".split()
)
_NAMES = ("patient_name", "participant_name", "provider_name", "signer_name", "practice_name", "trainer_name")


def fingerprint(report: Report) -> str | None:
    """The mark of a letter, 16 hexadecimal digits; None where it says too little to be told from others."""
    return of_fields(report.fields)


def of_fields(fields: Iterable[Extraction]) -> str | None:
    """The same, of a report's fields."""
    there = list(fields)
    persons = {word for e in there if e.name in _NAMES for word in _words(str(e.value))}
    told = [word for word in _told(there) if word not in persons]
    if len(told) < FEWEST_WORDS:
        return None
    weights = [0] * _BITS
    for shingle in {" ".join(told[n : n + 3]) for n in range(len(told) - 2)}:
        hashed = int.from_bytes(blake2b(shingle.encode(), digest_size=_BITS // 8).digest())
        for bit in range(_BITS):
            weights[bit] += 1 if hashed >> bit & 1 else -1
    return f"{sum(1 << bit for bit, weight in enumerate(weights) if weight > 0):016x}"


def alike(one: str, other: str) -> bool:
    """Whether two marks are of letters that say the same."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= _DIFFERENT_BITS


def _told(fields: Iterable[Extraction]) -> Iterator[str]:
    """The words of every sentence that is evidence, each sentence once, in the order of the text."""
    places = {
        (place.page, place.start or 0, place.text)
        for e in fields if e.name in SENTENCES for place in e.evidence
    }  # fmt: skip
    seen: set[str] = set()
    for _, _, text in sorted(places):
        if text not in seen:
            seen.add(text)
            yield from _words(text)


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", text.lower()) if word not in _OF_PERSONS]
