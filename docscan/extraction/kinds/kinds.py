"""What kind of document this is, how sure that is, and which words say so.

Titles, structure and wording are weighed as evidence for one kind or against it; the kind with most evidence wins and
its lead over the next is the confidence. A letter that orders a named treatment for a diagnosis is a letter of medical
necessity whatever its title; a bill is told from a balance, a card slip and an estimate by whether it itemises what
was done or sold. Several documents in one file ("packet") are not decided here.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from docscan.document import Document, Evidence, Kind
from docscan.extraction.text.spelling import Respelt, respell, words_of
from docscan.reference import conditions

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

DECIDED: Final[tuple[Kind, ...]] = (
    "lmn", "prescription", "referral", "recommendation", "receipt", "superbill", "eob", "estimate", "card_slip",
    "statement", "trainer_documentation", "lab_report", "other",
)  # fmt: skip
"""Every kind that `kind_of` gives."""

_TITLE_LINES = 14  # a title stands this high on the first page
_TITLE_WORDS = 9
_SPREAD = 1.3  # how many points of evidence make one kind e times as likely as another
_ENOUGH = 1.6  # points below which nothing is known


@dataclass(frozen=True, slots=True)
class KindFound:
    """The kind of a document. `scores`: points of evidence for every kind, for explaining and testing."""

    kind: Kind
    confidence: float
    evidence: tuple[Evidence, ...]
    scores: dict[Kind, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class _Cue:
    """Wording that speaks for kinds, as `kind_cues.toml` describes it."""

    pattern: re.Pattern[str]
    points: Mapping[Kind, float]
    title: float = 1.0
    only_title: bool = False
    most: int = 1


_AMOUNT = (
    r"(?:(?<![\w.,/-])(?:rm|us\$|usd|eur|gbp|[$€£])?\s?-?\d{1,3}(?:[,. ]?\d{3})*[.,]\d{2}(?![\d%/]|[.,]\d)"
    r"|(?<!\w)(?:rm|us\$|usd|eur|gbp|[$€£])\s?\d[\d,]{0,6}(?![\d.,%/]))"
)
_ITEM_LINE = re.compile(rf"^(?P<said>.*[a-z]{{3}}.*?)\s(?P<sum>{_AMOUNT})\W{{0,3}}[a-z]{{0,2}}\W*$", re.MULTILINE)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("kind_cues.toml").read_text("utf-8"))


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(
            re.compile(_spaced("|".join(cue["patterns"])), re.MULTILINE),
            cue["points"],
            cue.get("title", 1.0),
            cue.get("only_title", False),
            cue.get("most", 1),
        )
        for cue in _data()["cue"]
    )


@cache
def _parts() -> dict[str, re.Pattern[str]]:
    return {
        part["name"]: re.compile(_spaced("|".join(part["patterns"])), re.MULTILINE | re.DOTALL)
        for part in _data()["part"]
    }


@cache
def _vocabulary() -> frozenset[str]:
    return words_of(pattern for cue in _data()["cue"] for pattern in cue["patterns"])


def _spaced(pattern: str) -> str:
    return re.sub(r"(?<!\\) (?![?*+{])", r"\\s+", pattern)


def document_kind(text: AnnotatedText) -> tuple[Kind, float, tuple[Evidence, ...]]:
    """The kind of a document, how sure that is (0..1), and the words that say so."""
    found = kind_of(text.document)
    return found.kind, found.confidence, found.evidence


def kind_of(document: Document) -> KindFound:
    """The kind with most evidence. A document without words is "other" with confidence 0: nothing is known of it."""
    text = respell(document.text, _vocabulary())
    if not text.text.strip():
        return KindFound("other", 0.0, ())
    scores: dict[Kind, float] = dict.fromkeys(DECIDED, 0.0)
    seen: dict[Kind, list[tuple[float, int, int]]] = defaultdict(list)
    titles = _title_spans(text.text)
    for cue in _cues():
        for found in _found(cue, text.text, titles):
            start, end, weight = found
            for kind, points in cue.points.items():
                scores[kind] += points * weight
                if points > 0:
                    seen[kind].append((points * weight, start, end))
    for kind, points, start, end in _structure(text.text):
        scores[kind] += points
        if points > 0 and end > start:
            seen[kind].append((points, start, end))
    return _decided(document, text, scores, seen)


def _decided(
    document: Document, text: Respelt, scores: dict[Kind, float], seen: dict[Kind, list[tuple[float, int, int]]]
) -> KindFound:
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] < _ENOUGH:
        best = "other"
    weights = {kind: math.exp((points - max(scores.values())) / _SPREAD) for kind, points in scores.items()}
    share = weights[best] / sum(weights.values())
    known = 1 - math.exp(-max(scores[best], 0.3) / 2.0)
    evidence: list[Evidence] = []
    strongest = sorted(seen[best], reverse=True)[:6]
    for _, start, end in sorted(strongest, key=lambda place: place[1]):
        evidence += document.evidence(*text.span(start, end), found_by="kind")
    return KindFound(best, round(share * known, 3), tuple(dict.fromkeys(evidence)), scores)


def _found(cue: _Cue, text: str, titles: tuple[tuple[int, int], ...]) -> Iterable[tuple[int, int, float]]:
    """Places of a cue, each different wording once, at most `most`; one in a title counts more and comes first."""
    matches = [match for match in cue.pattern.finditer(text) if match.end() > match.start()]
    if cue.title != 1.0 or cue.only_title:
        for match in matches:
            if any(_fills(text, match, title) for title in titles):
                return [(match.start(), match.end(), cue.title)]
        if cue.only_title:
            return []
    different = list({match.group(): match for match in reversed(matches)}.values())
    return [(match.start(), match.end(), 1.0) for match in different[-cue.most :]]


def _fills(text: str, match: re.Match[str], title: tuple[int, int]) -> bool:
    """The match stands in this title and is most of it."""
    start, end = title
    if not (start <= match.start() and match.end() <= end):
        return False
    letters = sum(letter.isalpha() for letter in text[start:end])
    return 2 * sum(letter.isalpha() for letter in match.group()) >= letters


def _title_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Cells of a few words on the first lines of each page: where a title stands."""
    spans = []
    for page in re.finditer(r"[^\f]+", text):
        for count, line in enumerate(re.finditer(r"[^\n]+", page.group())):
            if count >= _TITLE_LINES:
                break
            for cell in re.finditer(r"[^\t]+", line.group()):
                if len(cell.group().split()) <= _TITLE_WORDS:
                    offset = page.start() + line.start()
                    spans.append((offset + cell.start(), offset + cell.end()))
    return tuple(spans)


def _structure(text: str) -> Iterable[tuple[Kind, float, int, int]]:
    """What no single wording shows: a letter that orders something for a condition, a bill that itemises."""
    opens, closes, clinician, condition, orders, course, links, hedges = (
        _parts()[name].search(text)
        for name in ("opens", "closes", "clinician", "condition", "orders", "course", "links", "hedges")
    )
    terse = bool(clinician and condition and orders and course and links)  # "Pt ... Dx ... Rx ... needed to relieve"
    letter = bool(opens or closes or terse)
    money = len(re.findall(_AMOUNT, text))
    lines = [m for m in _ITEM_LINE.finditer(text) if not _parts()["not_an_item"].search(m["said"])]
    if money == 0:
        yield "card_slip", -1.5, 0, 0
        yield "receipt", -2.5, 0, 0
        yield "superbill", -1.5, 0, 0
        yield "statement", -2.0, 0, 0
        yield "eob", -1.0, 0, 0
        yield "estimate", -1.5, 0, 0
    if letter and orders and clinician and money < 4:
        span = orders.span()
        if condition or any(mention.kind == "named" for mention in conditions.mentions(text)):
            yield "lmn", 2.0, *span  # enough by itself: whatever is wrong with it, a person wrote it to be a letter
            yield "lmn", 1.5 * bool(course) + 1.5 * bool(links) - 2.0 * bool(hedges), *span
        else:
            yield "recommendation", 2.5, *span
            yield "lmn", -1.5, 0, 0
        if hedges:
            yield "recommendation", 1.5, *hedges.span()
    elif letter and hedges and money < 4:
        yield "recommendation", 1.5, *hedges.span()
    if opens and closes:
        unlike: tuple[Kind, ...] = ("receipt", "card_slip", "statement", "prescription", "lab_report")
        for kind in unlike:
            yield kind, -1.0, 0, 0
    if clinician and condition and course and not letter and money == 0:
        yield "prescription", 1.0, *course.span()
    yield from _bill(text, lines, money)


def _bill(text: str, lines: list[re.Match[str]], money: int) -> Iterable[tuple[Kind, float, int, int]]:
    codes = list(
        re.finditer(r"(?<![\d.,$#-])(?:\d{5}|[a-hj-v]\d{4})(?:-[a-z0-9]{2})?(?=\s)(?=[^\n]*\d[.,]\d{2}\b)", text)
    )
    diagnosis = re.search(r"\bdiagnos[ie]s\b|\bdx\b|\bicd\b|\b[a-tv-z]\d[0-9a-z]\.[0-9a-z]{1,4}\b", text)
    if money >= 2:
        yield "receipt", min(1.5, 0.3 * money), 0, 0
    if lines:
        yield "receipt", min(2.5, 0.8 + 0.5 * len(lines)), *lines[0].span()
        yield "card_slip", -min(3.0, 1.0 + 0.6 * len(lines)), 0, 0
        yield "statement", -min(3.5, 1.2 + 0.8 * len(lines)), 0, 0
    elif money:
        yield "statement", 1.0, 0, 0
        yield "card_slip", 1.0, 0, 0
        yield "receipt", -1.0, 0, 0
    if codes and money:
        yield "superbill", 1.5, *codes[0].span()
        if diagnosis:
            yield "superbill", 3.5, *diagnosis.span()
            yield "receipt", -2.5, 0, 0
