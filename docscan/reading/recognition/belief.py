"""How likely is it that what the readers say is printed there?

An engine's own confidence is no probability. Logistic models turn what is known of a word (how sure each reader is,
whether they agree, whether it is an English word, whether its letters and figures mix as print does not) into one. The
coefficients are in `belief.toml`, written by `python -m tests.benchmark.reading.fit` from pages of known text; the file
says which. What the models promise is measured on other pages: see the README.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

from docscan.reference import icd10cm, npi

Case: TypeAlias = Literal[
    "unasked",
    "agree",
    "differ_first",
    "differ_second",
    "first_only",
    "second_only",
    "checked_agree",
    "checked_first",
    "checked_second",
]

_BOTH = ("first", "second", "page", "known_first", "known_second", "odd_first", "odd_second",
         "sound_first", "sound_second", "longer")  # fmt: skip
FEATURES: dict[Case, tuple[str, ...]] = {
    "unasked": ("first", "page", "known_first", "odd_first", "short_first", "sound_first"),
    "agree": ("first", "second", "page", "known_first", "odd_first", "short_first", "sound_first"),
    "differ_first": _BOTH,
    "differ_second": _BOTH,
    "first_only": ("first", "page", "known_first", "short_first", "signs_first"),
    "second_only": ("second", "page", "known_second", "short_second", "signs_second"),
    "checked_agree": ("first", "second", "page", "odd_first", "sound_first"),
    "checked_first": ("first", "sound_first", "sound_second", "longer"),
    "checked_second": ("second", "sound_first", "sound_second", "longer"),
}
"""What each model looks at, beside a constant. Checked: "first" is what was settled on before, with its probability,
"second" what the second reader saw when it looked at that word by itself."""

PAGE_FEATURES = ("words", "figures", "covered")
"""What the model of a page looks at: the mean probability of its words, that of its words with figures, and the share
of its print that lies in words."""

_CERTAIN = 0.002  # a confidence is taken for no closer to 0 or 1 than this
_ODD = re.compile(r"[^\W\d_]\d[^\W\d_]|\d[^\W\d_]\d|[a-z][A-Z][a-z]?|[|_~]")
_PLAIN = re.compile(r"A1c")  # hemoglobin A1c: the one mix that letters of necessity are full of


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of one place on a page. A reader that saw nothing there says "" and is sure of it by 0."""

    first: str
    first_sure: float
    second: str
    second_sure: float
    page: float
    """How sure the first reader was on this page, letter by letter."""


def likely(case: Case, said: Said) -> float:
    """The probability, 0..1, that the word is printed there as this reader says."""
    weights = _weights()[case]
    total = weights["constant"] + sum(weights[name] * _feature(name, said) for name in FEATURES[case])
    return 1 / (1 + math.exp(-total))


def features(case: Case, said: Said) -> list[float]:
    return [1.0, *(_feature(name, said) for name in FEATURES[case])]


def _feature(name: str, said: Said) -> float:
    kind, _, whose = name.partition("_")
    return _FEATURES[kind](said, said.second if whose == "second" else said.first)


def _longer(said: Said, _: str) -> float:
    return (len(said.second) - len(said.first)) / max(1, len(said.first), len(said.second))


def _odd(_: Said, word: str) -> float:
    return float(_ODD.search(_PLAIN.sub("", word)) is not None)


def _signs(_: Said, word: str) -> float:
    return sum(not character.isalnum() for character in word) / max(1, len(word))


_FEATURES: dict[str, Callable[[Said, str], float]] = {
    "first": lambda said, _: _log_odds(said.first_sure),
    "second": lambda said, _: _log_odds(said.second_sure),
    "page": lambda said, _: _log_odds(said.page),
    "known": lambda _, word: _known(word),
    "odd": _odd,
    "sound": lambda _, word: sound(word),
    "short": lambda _, word: 1 / max(1, len(word)),
    "signs": _signs,
    "longer": _longer,
}


def _log_odds(share: float) -> float:
    share = min(1 - _CERTAIN, max(_CERTAIN, share))
    return math.log(share / (1 - share))


def _known(word: str) -> float:
    """1 for a word of the English dictionary, -1 for what looks like a word and is none, 0 for all else."""
    bare = re.sub(r"^\W+|\W+$|['’]s\W*$", "", word)
    if len(bare) < 3 or not bare.isalpha():
        return 0.0
    return 1.0 if is_english(bare) else -1.0


_CODE = re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?")
_MISREAD_CODE = re.compile(r"\d{3}\.\d{3,4}|[0-9A-Z]{3}[.,]\d{1,3}[A-Z]?")
_NPI = re.compile(r"1\d{9}")  # they begin with 1 or 2; telephone numbers never with 1
_DAY = re.compile(r"(\d{1,4})([/-])(\d{1,2})\2(\d{1,4})")


def sound(word: str) -> float:
    """1 for a code that can be billed, a day of the calendar and a number with its check digit, -1 for what looks like
    one and is none, 0 for all else: also for a code that is only the beginning of others."""
    bare = re.sub(r"^\W+|\W+$", "", word)
    if _NPI.fullmatch(bare):
        return 1.0 if npi.check_digit_holds(bare) else -1.0
    if match := _DAY.fullmatch(bare):
        return 1.0 if _is_day(match[1], match[3], match[4]) else -1.0
    if _CODE.fullmatch(bare):
        statuses = {one.status for one in icd10cm.history(bare)}
        return 1.0 if "billable" in statuses else 0.0 if statuses else -1.0
    return -1.0 if any(map(str.isdigit, bare)) and _MISREAD_CODE.fullmatch(bare) and not bare.isdigit() else 0.0


def is_beginning(word: str) -> bool:
    """Whether it is a code of which longer ones exist, and no bill: the end of it may have got lost."""
    bare = re.sub(r"^\W+|\W+$", "", word)
    return _CODE.fullmatch(bare) is not None and sound(bare) == 0


def _is_day(one: str, middle: str, other: str) -> bool:
    """Whether three numbers are a day: year, month, day, or the year last and the others in either order."""
    year, month, day = (one, middle, other) if len(one) == 4 else (other, *sorted((one, middle), key=int))
    if len(year) not in (2, 4) or (len(year) == 4 and not 1900 <= int(year) <= 2100):
        return False
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def is_english(word: str) -> bool:
    """Whether a word is in the English dictionary or in that of diagnoses."""
    return word.lower() in _english() or icd10cm.is_word(word)


@cache
def _english() -> frozenset[str]:
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.dictionary)


@cache
def _weights() -> dict[str, dict[str, float]]:
    table = tomllib.loads(files("docscan.reading.recognition").joinpath("belief.toml").read_text("utf-8"))
    weights: dict[str, dict[str, float]] = table["weights"]
    return weights


def share_right(words: Sequence[tuple[str, float]], covered: float) -> float:
    """The share of a page's words, 0..1, that were probably read rightly: from each word's text and probability, and
    the share of the page's print that lies in words. 0 where there are no words."""
    if not words:
        return 0.0
    weights = _weights()["page"]
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights.values(), page_features(words, covered), strict=True))))


def page_features(words: Sequence[tuple[str, float]], covered: float) -> list[float]:
    """A constant and `PAGE_FEATURES`."""
    every = mean_sure([(sure, len(text)) for text, sure in words])
    figures = [(sure, len(text)) for text, sure in words if any(sign.isdigit() for sign in text)]
    return [1.0, _log_odds(every), _log_odds(mean_sure(figures) if figures else every), _log_odds(covered)]


def mean_sure(sure: Sequence[tuple[float, int]]) -> float:
    """The mean of confidences, each counted as often as its word has letters."""
    letters = sum(count for _, count in sure)
    return sum(share * count for share, count in sure) / letters if letters else 0.0
