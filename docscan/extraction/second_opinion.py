"""Whom else the tagger would name: a reading beside each name that it disputes, so that a person looks.

One step over finished extractions, which never replaces a value; how sure a name is, `confidence` has weighed from both
voices. Without the tagger's file it changes nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from docscan.document import Extraction, Extractions, Problem
from docscan.extraction.learned.tags import tags_of
from docscan.extraction.tagger import Tagged
from docscan.extraction.text.annotated import AnnotatedText

FIELDS: Mapping[str, str] = {
    "patient_name": "patient",
    "provider_name": "provider",
    "signer_name": "signer",
    "merchant_name": "merchant",
}
"""The fields that are looked at a second time, and the tagger's labels for them."""


class Opinion(NamedTuple):
    """A value that the tagger would give; `sure` is its surest mention's."""

    value: str
    sure: float


def tagged_in(text: AnnotatedText) -> tuple[Tagged, ...] | None:
    """All that the tagger finds; nothing where there is no model, None where it failed."""
    told = tags_of(text)
    return None if told is None else told.spans


def says(text: AnnotatedText) -> Mapping[str, tuple[Opinion, ...]]:
    """By field: the values that the tagger would give, one for each person or shop, the fullest name of each."""
    tagged = tagged_in(text) or ()
    return {name: tuple(_distinct(text, [one for one in tagged if one.label == label], label != "merchant"))
            for name, label in FIELDS.items()}  # fmt: skip


def _distinct(text: AnnotatedText, tagged: Sequence[Tagged], people: bool) -> Iterator[Opinion]:
    kept: list[tuple[frozenset[str], Opinion]] = []
    for one in sorted(tagged, key=lambda one: one.start - one.end):  # the longest first
        value = " ".join(text.text[one.start : one.end].split()).strip(" ,;:.-|")
        words = frozenset(_folded(value).split())
        if not words or (people and (len(words) < 2 or any(sign.isdigit() for sign in value))):
            continue
        same = next((n for n, (known, _) in enumerate(kept) if words <= known), None)
        if same is None:
            kept.append((words, Opinion(value, one.sure)))
        elif kept[same][1].sure < one.sure:
            kept[same] = (kept[same][0], kept[same][1]._replace(sure=one.sure))
    yield from (opinion for _, opinion in kept)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(s if s.isalnum() else "" if s in ".'’" or unicodedata.combining(s) else " " for s in plain)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one person's or shop's, as far as words tell: one may be short for the other."""
    ours, theirs = (frozenset(_folded(name).split()) for name in (one, other))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def second_opinion(text: AnnotatedText, found: Extractions) -> Extractions:
    """The same extractions, with whom the tagger would name instead as readings. Its failure becomes a problem."""
    tagged = tagged_in(text)
    if tagged is None:
        problem = Problem("extractor_failed", None, "The text could not be read a second time (tagger).",
                          "Please report this. Names are as the rules found them.")  # fmt: skip
        return replace(found, problems=(*found.problems, problem))
    if not tagged:
        return found
    opinions = says(text)
    return replace(found, fields=tuple(_beside(one, found, opinions) for one in found.fields))


def _beside(one: Extraction, found: Extractions, opinions: Mapping[str, Sequence[Opinion]]) -> Extraction:
    if one.name not in FIELDS or not isinstance(one.value, str) or one.assertion != "stated":
        return one
    given = opinions[one.name]
    if any(same_name(one.value, other.value) for other in given):
        return one
    known = [e.value for e in found.named(one.name) if isinstance(e.value, str)]
    others = [o.value for o in given if not any(same_name(o.value, value) for value in known)]
    return replace(one, readings=(*one.readings, *(other for other in others if other not in one.readings)))
