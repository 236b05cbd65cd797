"""What the words beside an amount of a bill say that the amount is. The words are in `labels.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from docscan.extraction.text.spelling import respell, words_of

Role: TypeAlias = Literal[
    "aside", "previous_balance", "change", "rounding", "service_charge", "subtotal", "tax", "tip", "shipping", "refund",
    "patient_responsibility", "adjustment", "insurance_paid", "discount", "total", "balance_due", "amount_paid", "card",
    "tendered",
]  # fmt: skip
"""What an amount is. "adjustment": what an insurer's contract takes off. "card": what
a card was charged. "tendered": cash handed over, of which there may be change."""

_SIGNS = re.compile(r"^[\s.,:;=*_\-–—>|~'\"#@)\]]+|[\s.,:;=*_\-–—>|~'\"#@(\[$€£]+$|\.{2,}")

_BRACKETS = str.maketrans("{}[]", "()()")
_CURRENCY_BESIDE = re.compile(r"[a-z]{3}.*\b(?:rm|myr|usd|eur|sgd)\b|\b(?:rm|myr|usd|eur|sgd)\b.*[a-z]{3}")
_SHORT = re.compile(r"\bam(?:oun)?t\b\.?|\bamnt\b\.?")
_ALSO = frozenset(
    "subtotal cash card visa mastercard amex discover debit credit rounded amount excluding exclusive inclusive "
    "including adjustment tendered received payments discounts charges returned before after".split()
)


_OF_LINES = re.compile(
    r"(?<=[a-z])[,:]? \(?(?:on |for |of )?(?:lines?|rows?|nos?\.?|items?) #?\d{1,2}"
    r"(?: ?(?:-|–|to|thru|and|&|,) ?\d{1,2})*\)?$"
)
"""Which lines it is about: "Insurance adjustment, lines 6-7"."""
_OWN_MEANS = re.compile(r"\b(?:card|visa|master ?card|mc|amex|discover|hsa|fsa|cash|you|patient|member|client)\b")
"""Who paid was the one who was served."""
_REMARK = re.compile(r"\s?\([^()]{2,40}\)$")
"""What somebody adds to a label: "Tip (coach)", "Gratuity (never covered)"."""
_VAGUE = 0.45  # words that begin like a label: "total ..."
_ALL_KNOWN = 0.75  # all words of a label were understood, or nearly so


@dataclass(frozen=True, slots=True)
class Meaning:
    """The role that a label gives its amount, and how surely, 0..1.

    `composed`: told by single words of the label, of which others may mean something else.
    """

    role: Role
    sure: float
    composed: bool = False


_PAID_BY = re.compile(
    r"\W*(?i:(?:rec(?:eived|eipt|[’']?v?[’']?d)\.?,? )?(?:from|of)):?\s+(?:[A-Z][\w.'’-]*[ ,]*){2,4}"
    r"(?i:the sum of)?[\s$.:_-]*"
)
"""Whose money it was: "From Ana Roe", "Received of Ana Roe"."""
_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand)"
)
_MONEY_WORDS = re.compile(
    rf"(?:\bthe sum of\b\W*)?\b{_NUMBER_WORD}(?:[\s,-]+(?:and\s+)?{_NUMBER_WORD})*"
    r"(?:\W+(?:and|&)?\W*(?:(?:no|xx|\d\d?|zero|00)\s?/\s?(?:100|xx))|\W+(?:us )?dollars?\b(?: and (?:no|zero) cents)?"
    r"|(?=\W*$))+(?:\W*(?:us )?dollars?\b)?(?:\W+only\b)?\W*$",
    re.IGNORECASE,
)


def without_words_of_money(label: str) -> str:
    """A label but for an amount written in words at its end: "Amount  One hundred thirty-five and no/100"."""
    found = _MONEY_WORDS.search(label)
    if found is None or not re.search(r"hundred|thousand|dollars?|/", found.group(), re.IGNORECASE):
        return label
    return label[: found.start()].rstrip()


@lru_cache(maxsize=4_000)
def meaning_of(label: str) -> Meaning | None:
    """What a label says that its amount is; None for words that are no label, such as a description."""
    if _PAID_BY.fullmatch(label):
        return Meaning("amount_paid", 0.8)
    label = without_words_of_money(label) or ("amount" if label.strip() else "")
    text = " ".join(respell(label, _vocabulary(), shortest=5).text.split())
    text = _SIGNS.sub("", text.translate(_BRACKETS))
    text = _SHORT.sub("amount", re.sub(r"(?<=[a-z]{3})[.:;,](?= )", "", text)).strip()
    text = re.sub(r"(?<![a-z])(?:t o t a l|ttl\.?)(?![a-z])", "total", text)
    text = re.sub(r"\(?\b(?:rm|myr|usd|us\$|eur|sgd)\b\)?", " ", text) if _CURRENCY_BESIDE.search(text) else text
    text = _OF_LINES.sub("", text)
    text = re.sub(r"(?<=total )r[hnk]$", "", text)  # "RM" misread
    text = re.sub(r"\bnett\b", "net", " ".join(text.split())).strip(" :;=-")
    text = re.sub(r"\bpl[sz]\b", "please", text)
    if not text or len(text) > 60:
        return None
    found = _understood(text)
    if found is None and (remark := _REMARK.search(text)) is not None and remark.start() > 2:
        found = _understood(text[: remark.start()])
        found = None if found is None or found.role in ("card", "aside") or found.sure <= _VAGUE else found
    return found


def _understood(text: str) -> Meaning | None:
    said, composed = _worded(text), None
    if said is not None and said.role == "amount_paid":
        composed = _composed(text)
        if composed is not None and composed.role == "insurance_paid" and not _OWN_MEANS.search(text):
            return composed  # "paid by Aetna"
    if said is not None and said.sure > _VAGUE:
        return said
    composed = composed or _composed(text)
    if composed is not None and composed.sure >= _ALL_KNOWN:
        return composed
    core = _without_filler(text)
    if core and core != text and (found := _worded(core)) is not None and found.sure > _VAGUE:
        return Meaning(found.role, found.sure - 0.05)
    return composed or said


def _worded(text: str) -> Meaning | None:
    return next((meaning for meaning, pattern in _patterns() if pattern.fullmatch(text)), None)


def hinted(label: str) -> Meaning | None:
    """What a label says by any word of it, for places where nothing but a label can stand."""
    return meaning_of(label) or _composed(" ".join(respell(label, _vocabulary(), shortest=5).text.split()), least=0.15)


def _composed(text: str, *, least: float = 0.5) -> Meaning | None:
    """What the words of a label mean together: "insurer settled direct" is paid by insurance, though nobody said so
    before in these words. The more of its words speak of something else, the less sure it is."""
    spoken: set[str] = set()
    known = 0
    for match in _concept().finditer(text):
        concept = match.lastgroup or ""
        known += sum(c.isalpha() for c in match.group())
        if concept != "neutral":
            spoken.add(concept)
    letters = sum(c.isalpha() for c in re.sub(r"(?<![a-z])[a-z](?![a-z])", "", text))
    if not letters or known < least * letters:
        return None
    for compound in _compounds():
        if compound.has <= spoken and not compound.lacks & spoken:
            return Meaning(compound.role, compound.sure - 0.6 * max(0.0, 1 - known / letters), composed=True)
    return None


def _without_filler(text: str) -> str:
    words = [word for word in re.sub(r"[()\[\]]", " ", text).split() if not re.fullmatch(r"[\d.,%/-]+", word)]
    while words and words[-1].strip(".,:") in _filler():
        words.pop()
    while len(words) > 1 and words[0].strip(".,:") in _filler():
        words.pop(0)
    return " ".join(words).strip(" .,:;=-")


@cache
def labels() -> dict[str, Any]:
    """The tables of `labels.toml`."""
    return tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))


@cache
def _patterns() -> tuple[tuple[Meaning, re.Pattern[str]], ...]:
    return tuple(
        (
            Meaning(label["role"], label["sure"]),
            re.compile("|".join(f"(?:{_run_together(p)})" for p in label["patterns"])),
        )
        for label in labels()["label"]
    )


def _run_together(pattern: str) -> str:
    """OCR loses spaces: "NETTOTAL"."""
    return re.sub(r" (?![?*+{])", " ?", pattern)


@dataclass(frozen=True, slots=True)
class _Compound:
    has: frozenset[str]
    lacks: frozenset[str]
    role: Role
    sure: float


@cache
def _compounds() -> tuple[_Compound, ...]:
    return tuple(
        _Compound(frozenset(c["has"]), frozenset(c["lacks"]), c["role"], c["sure"]) for c in labels()["compound"]
    )


@cache
def _concept() -> re.Pattern[str]:
    """Any word that speaks of something, under the name of what it speaks of; longer wordings before shorter ones."""
    spoken = [(name, words.replace("\n", "")) for name, words in labels()["concept"].items()]
    return re.compile(r"(?<![a-z'])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in spoken) + r")(?![a-z'])")


@cache
def _filler() -> frozenset[str]:
    return frozenset(labels()["words"]["filler"].split())


@cache
def _vocabulary() -> frozenset[str]:
    known = words_of(pattern for label in labels()["label"] for pattern in label["patterns"]) | _ALSO
    return known | words_of(labels()["concept"].values())
