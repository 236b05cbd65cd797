"""What kind of document this is, how sure that is, and which words say so.

What a document does (`letters.py`, `bills.py`), its titles, its wording, all its words together (`all_words.py`) and
what the tagger takes it for are weighed as evidence for one kind or against it; the kind with most evidence wins. Where
they say next to nothing, what single lines and sentences mean is asked (`by_meaning.py`). A clinician who tells one who
pays why a patient needs something writes a letter of medical necessity, whatever its title and its words; a bill is
told from a balance, a card slip and an estimate by whether it itemises what was done or sold. The confidence grows with
the lead over the next kind; it is the share of documents by unknown writers that were filed rightly with such a lead.
Several documents in one file are told apart in `packets.py`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

from docscan.document import Document, Evidence, Kind
from docscan.extraction.kinds import by_meaning
from docscan.extraction.kinds.all_words import chances
from docscan.extraction.kinds.bills import bill_acts, bill_points, priced
from docscan.extraction.kinds.letters import letter_acts, letter_points, pleads
from docscan.extraction.kinds.of_money import BILLS, is_account_list
from docscan.extraction.kinds.weighing import spaced
from docscan.extraction.text import language
from docscan.extraction.text.messages import letter_message
from docscan.extraction.text.spans import Span
from docscan.extraction.text.spelling import Respelt, respell, words_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

DECIDED: Final[tuple[Kind, ...]] = (
    "lmn", "prescription", "referral", "recommendation", "receipt", "superbill", "eob", "estimate", "card_slip",
    "statement", "trainer_documentation", "lab_report", "other",
)  # fmt: skip
"""Every kind that `kind_of` gives."""

_TITLE_LINES = 14  # a title stands this high on the first page
_TITLE_WORDS = 9
_UNSEEN = 0.3  # how often the kind is right where its lead says nothing, measured on writers never used for tuning
_SPREAD = 1.3  # how many points of evidence make one kind e times as likely as another
_ITEMISED_STATEMENT = (
    0.4  # of what speaks for a balance: an account that itemises services is a bill, whatever its title
)
_PLEADED = 0.5  # of what speaks for a note or a denial
_BILL = 4  # amounts, from which on a document is about money and no letter
_LISTED = 2.0  # points by which an account's list of what a card was charged leads
_ENOUGH = 1.6  # points below which nothing is known
_LEARNED_MOST = 2.5  # points that all words together can give to a kind or take from it
_TAGGED_MOST = 4.0  # points that the tagger can give or take
_TAGGED_NOTE = 1.0  # points that it can where the rest speaks for another paper than letters and bills: of real
# clinical notes, of which it learned from few, it takes every other for a letter
_TAGGED_BILL = 1.0  # points that it can for one kind of bill among the others
_TAGGED_WORTH = 0.8  # of what it says: fitted to documents that it did not learn from


@dataclass(frozen=True, slots=True)
class KindFound:
    """The kind of a document.

    `scores`: points of evidence for every kind, for explaining and testing. `titles`: those that name a kind, in lower
    case.
    """

    kind: Kind
    confidence: float
    evidence: tuple[Evidence, ...]
    scores: dict[Kind, float] = field(default_factory=dict, compare=False)
    titles: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class _Cue:
    """Wording that speaks for kinds, as `kind_cues.toml` describes it."""

    pattern: re.Pattern[str]
    points: Mapping[Kind, float]
    title: float = 1.0
    only_title: bool = False
    most: int = 1


_PART_OF_TITLE = re.compile(r"(?:[^-–—/|&(),.\s]|(?<=\w)[-/](?=\w)| (?![-–—/|&(]))+")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("kind_cues.toml").read_text("utf-8"))


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(
            re.compile(spaced("|".join(cue["patterns"])), re.MULTILINE),
            cue["points"],
            cue.get("title", 1.0),
            cue.get("only_title", False),
            cue.get("most", 1),
        )
        for cue in _data()["cue"]
    )


@cache
def _vocabulary() -> frozenset[str]:
    return words_of(pattern for cue in _data()["cue"] for pattern in cue["patterns"])


def document_kind(text: AnnotatedText) -> tuple[Kind, float, tuple[Evidence, ...]]:
    """The kind of a document, how sure that is (0..1), and the words that say so."""
    tagged = text.once("tags", lambda: language.tagged(text.doc))
    found = kind_of(text.document, letter_message(text), tagged.kinds if tagged else None)
    return found.kind, found.confidence, found.evidence


def kind_of(document: Document, within: Span | None = None, tagged: Mapping[str, float] | None = None) -> KindFound:
    """The kind with most evidence. A document without words is "other" with confidence 0: nothing is known of it.

    `within`: the part that is asked alone, of a thread the message that is the letter. `tagged`: how likely the tagger
    takes it for each kind, as logarithms."""
    words = _part(document.text, within)
    text = _closed_up(respell(words, _vocabulary()))
    if not text.text.strip():
        return KindFound("other", 0.0, ())
    scores: dict[Kind, float] = dict.fromkeys(DECIDED, 0.0)
    seen: dict[Kind, list[tuple[float, int, int]]] = defaultdict(list)
    titles = _title_spans(text.text)
    named: list[str] = []
    for cue in _cues():
        for found in _found(cue, text.text, titles):
            start, end, weight = found
            if (cue.only_title or cue.title != 1.0) and weight == cue.title:
                named.append(text.text[start:end])
            for kind, points in cue.points.items():
                scores[kind] += points * weight
                if points > 0:
                    seen[kind].append((points * weight, start, end))
    letter, amounts = letter_acts(text.text), priced(text.text)
    if pleads(letter):
        scores["other"] *= _PLEADED
    if len(amounts.lines) > 1:
        scores["statement"] *= _ITEMISED_STATEMENT
    acts = list(bill_points(text.text, bill_acts(text.text), amounts))
    if amounts.amounts < _BILL:
        acts += letter_points(text.text, letter, money=amounts.amounts > 0)
    for point in acts:
        scores[point.kind] += point.points
        if point.points > 0 and point.place:
            seen[point.kind].append((point.points, *point.place))
    _hear_all_words(words, scores, amounts.amounts > 1)
    _hear_tagger(tagged or {}, scores)
    _ask_what_it_means(words, scores)
    if is_account_list(words):
        scores["card_slip"] = max(scores.values()) + _LISTED
    return replace(_decided(document, text, scores, seen), titles=tuple(named))


def _part(words: str, within: Span | None) -> str:
    """The words of a part alone, each where it stood."""
    if within is None:
        return words
    before, after = words[: within.start], words[within.end :]
    return _GONE.sub(" ", before) + words[within.start : within.end] + _GONE.sub(" ", after)


_GONE = re.compile(r"[^\n\f]")
_SPACED_OUT = re.compile(r"(?<![^\W_])[a-z](?: [a-z]){3,}(?![^\W_])")


def _closed_up(text: Respelt) -> Respelt:
    """The text with words that have room between their letters ("S U P E R B I L L") closed up, no place moved."""
    closed = _SPACED_OUT.sub(lambda found: found.group().replace(" ", "").ljust(len(found.group())), text.text)
    return replace(text, text=closed)


def _hear_all_words(text: str, scores: dict[Kind, float], money: bool) -> None:
    """Add what was learned from other documents' words; where nothing else is known, only of which bill it is."""
    known = max(scores.values()) >= _ENOUGH
    for kind, times in chances(text).items() if known or money else ():
        if known or kind in BILLS:
            scores[kind] += min(_LEARNED_MOST, max(-_LEARNED_MOST, _SPREAD * times))


def _hear_tagger(told: Mapping[str, float], scores: dict[Kind, float]) -> None:
    """Add for how many times as likely as on average the tagger takes each kind: each kind of bill as likely as all of
    them, and of which it is a word alone, as that hangs on a few lines."""
    billed = sum(math.exp(told[kind]) for kind in BILLS) if told else 0.0
    most = _TAGGED_NOTE if scores["other"] >= max(_ENOUGH, *scores.values()) else _TAGGED_MOST
    for kind in cast("Iterable[Kind]", told):
        likely = _times(math.log(billed / len(BILLS)) if kind in BILLS else told[kind], len(told))
        scores[kind] += min(most, max(-most, likely))
        if kind in BILLS:
            among = _times(told[kind] - math.log(billed), len(BILLS))
            scores[kind] += min(_TAGGED_BILL, max(-_TAGGED_BILL, among))


def _times(sure: float, many: int) -> float:
    """Points for how many times as likely as each of so many is on average."""
    return _TAGGED_WORTH * _SPREAD * (sure + math.log(many))


def _ask_what_it_means(text: str, scores: dict[Kind, float]) -> None:
    """Where nothing is known, add what single lines and sentences speak for."""
    if max(scores.values()) < _ENOUGH:
        for point in by_meaning.points(text):
            scores[point.kind] = max(0.0, scores[point.kind]) + point.points


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
    return KindFound(best, round(_UNSEEN + (0.99 - _UNSEEN) * share * known, 3), tuple(dict.fromkeys(evidence)), scores)


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
                offset = page.start() + line.start()
                if len(cell.group().split()) <= _TITLE_WORDS and not cell.group().rstrip().endswith("?"):
                    spans.append((offset + cell.start(), offset + cell.end()))
                    parts = list(_PART_OF_TITLE.finditer(cell.group()))
                    if len(parts) > 1:  # "Referral - physical therapy", "VAT receipt / invoice"
                        spans += ((offset + cell.start() + p.start(), offset + cell.start() + p.end()) for p in parts)
    return tuple(spans)
