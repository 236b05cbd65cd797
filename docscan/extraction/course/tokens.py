"""Words of time: a text as typed tokens, each with what it means.

"Twenty-four (24)" is a number, "wk" a unit, "thrice" a number of times, "BIW" a rate. What is no word of time stays a
word; what merely looks like a number of something (money, percent, clocks, telephones, dates) is opaque. Slips of OCR
are mended only where an anchor makes that safe: "rnonths" has no other reading, "l2" is twelve only before a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from docscan.extraction.course.vocabulary import ADVERBS, LATIN, NUMBERS, PHRASES, UNITS, WEEKDAYS, WORDS
from docscan.extraction.text.numerals import ONES, TENS


class Token(NamedTuple):
    """`kind`: what sort of word; `value`: what it means; `word`: as printed, in lower case.

    `tight`: nothing stands between it and the token before.
    """

    kind: str
    value: Any
    start: int
    end: int
    word: str
    tight: bool


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str, Any], ...]]:
    """By first word; longer ones first."""
    found: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
    for kind, phrase, value in PHRASES:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, kind, value))
    return {word: tuple(sorted(some, key=lambda p: -len(p[0]))) for word, some in found.items()}


_RANGED = frozenset(
    (first, second)
    for first in ("number", "weekday", "unit", "opaque", "year", "often", "times")
    for second in ("number", "weekday", "opaque", "year", "often")
)
"""Between what a dash is a range sign rather than a hyphen."""
_DASHES = "-–—‐‑−"
_RAW = re.compile(
    r"""
      (?P<opaque>[$€£]\s?\d[\d,.]*
        |(?-i:(?:(?<![^\n\t\f])|(?<=\s\s))\d{1,2}[a-z][.)](?=\s+[A-Z(\[])|(?<=\s)\d{1,2}[a-z][.)](?=\s+[A-Z][^:\n]{1,40}:))
        |\d+(?:\.\d+)?\s?%
        |\d{1,2}:\d\d(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.m\.|\d{1,2}\s?[ap]m\b
        |\d{1,4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{2,4}(?!\d)
        |\(?\d{3}\)?[-.\s/]{1,3}\d{3}[-.\s]\d{4}|\d{3}-\d{4}\b
        |\d+(?:\.\d+){2,}|\d{1,3}(?:,\d{3})+|\d+\s?/\s?\d{3,}|\d{3,}\s?/\s?\d+)
    | (?P<fraction>(?P<whole>\d+)?\s?(?P<sign>[½¼¾])|(?:(?P<whole2>\d+)\s)?(?P<over>[13])/(?P<under>[24])(?![\d/]))
    | (?P<dotted>\b[A-Za-z](?:\.[A-Za-z])+\b\.?|\b[qQ]\.(?=\s?\d))
    | (?P<joined>\b(?:bi|semi|tri)[-\s]?(?:weekly|monthly|annually|yearly)\b)
    | (?P<blank>_+(?=\d)|(?<=\d)_+)
    | (?P<decimal>\d+\.\d+)
    | (?P<word>[^\W_]+(?:['’](?:[a-z]{1,2}\b)?|\(e?s\))?)
    | (?P<break>[\n\t\f\r]+)
    | (?P<mark>[^\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SLIPS = str.maketrans({"0": "o", "1": "l", "|": "l", "5": "s"})
_RUNS = re.compile(r"\d+|[^\W\d]+")
_DIGITS = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0", "S": "5", "G": "6"})
_NUMBERLIKE = re.compile(r"(?=.*\d)[\dlIOo|SG]{1,3}|G[O0]|l")
_ONE_TIMES = re.compile(
    r"\s?/?\s?(?:per|a|an|each|every)?\s?(?:wk|week|mo|month|day|daily|weekly|monthly)\b", re.IGNORECASE
)
_ANCHOR = re.compile(
    r"\s?[-–]?\s?(?:x\b|×|times\b|\(|(?:m|rn)in|hours?\b|hrs?\b|days?\b|weeks?\b|wks?\b|(?:m|rn)onths?\b|(?:m|rn)os?\b|"
    r"sessions?\b|visits?\b)|(?<=\bl)\s?/\s?(?:wk|week|(?:m|rn)o(?:nth)?|day)\b",
    re.IGNORECASE,
)
_AFTER_A_NUMBER = re.compile(r"(?:[\d)]\s?-?|\b(?:per|each|every|a)\s)\Z", re.IGNORECASE)
_SHORTEST = 4
"""Letters of a word that two beside each other may be parts of have more."""
_MINUTES = re.compile(
    r"(?:30|45|50|60|75|90)(?:m\b|[\"”](?!\s?x\s?\d+\s?[\"”])(?=\s*(?:$|[,;./)\n\t]|x\s?\d|(?:per|each|every|q|weekly|sess\w*|tx)\b)))"
)
"""Minutes as some write them on a pad: 60\" or 30m."""
_LONG = tuple("minutes months weeks weekly monthly sessions session visits treatments daily times every month".split())


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order. Hyphens inside words are left out; range signs stay."""
    return _phrased(_bracketed(_hundreds(_spelt(_dashed(_joined(list(_raw(text))))))))


def _raw(text: str) -> Iterator[Token]:
    previous = 0
    for match in _RAW.finditer(text):
        kind, start, end = str(match.lastgroup), match.start(), match.end()
        if kind == "blank":
            continue  # "_3_": a blank that was filled in
        printed, tight = match.group(), match.start() == previous and match.start() > 0
        previous = end
        if match["fraction"]:
            whole = int(match["whole"] or match["whole2"] or 0)
            part = _FRACTIONS[match["sign"]] if match["sign"] else int(match["over"]) / int(match["under"])
            yield Token("number", whole + part, start, end, printed, tight)
        elif match["decimal"]:
            yield Token("number", float(printed), start, end, printed, tight)
        elif match["opaque"]:
            yield Token("opaque", None, start, end, printed.lower(), tight)
        elif match["dotted"]:
            yield _dotted(printed, start, end, tight)
        elif match["joined"]:
            word = re.sub(r"[-\s]", "", printed.lower())
            yield Token("adverb", ADVERBS.get(word, ((2, 1, "a"),)), start, end, word, tight)
        elif match["word"]:
            yield from _words(text, printed, start, tight)
        elif kind == "break":
            yield Token("break", None, start, end, printed, tight)
        else:
            yield _mark(printed, start, end, tight)


def _dotted(printed: str, start: int, end: int, tight: bool) -> Token:
    word = re.sub(r"[.\s]", "", printed.lower())
    if word in LATIN or word in {"prn", "q"}:
        kind, value = {"prn": ("needed", True), "q": ("q", "q")}.get(word) or ("latin", LATIN[word])
        return Token(kind, value, start, end, word, tight)
    return Token("word", word, start, end, word, tight)


def _mark(printed: str, start: int, end: int, tight: bool) -> Token:
    if printed in _DASHES:
        return Token("dash", None, start, end, "-", tight)
    if printed in {"×", "*"}:
        return Token("times", "x", start, end, "x", tight)
    if printed == "/":
        return Token("slash", None, start, end, "/", tight)
    if printed == "&":
        return Token("and", None, start, end, "&", tight)
    if printed == "~":
        return Token("about", None, start, end, "~", tight)
    if printed in "≥≤":
        return Token("min" if printed == "≥" else "max", None, start, end, printed, tight)
    return Token(printed if printed in "(),;:.#=+@?" else "mark", None, start, end, printed, tight)


def _words(text: str, printed: str, start: int, tight: bool) -> Iterator[Token]:
    """The tokens of one run of letters and digits: "3xweek" is three, "twiceweekly" two."""
    end = start + len(printed)
    bare = re.split(r"['’(]", printed)[0]
    lower = bare.lower()
    minutes_at = _MINUTES.match(text, start) if lower[:2].isdecimal() and not tight else None
    if minutes_at and minutes_at.end() >= end:
        yield Token("number", int(bare[:2]), start, start + 2, bare[:2], tight)
        yield Token("unit", "min", start + 2, minutes_at.end(), "min", tight=True)
        return
    if bare.isdecimal():
        number = int(bare)
        minutes = text[end - 1 : end] in {"'", "’"} and number in {15, 20, 30, 45, 50, 60, 75, 90}
        kind = "number" if number < 1000 else "year" if 1900 <= number < 2100 and len(bare) == 4 else "opaque"
        yield Token(kind, number, start, start + len(bare), lower, tight)
        if minutes:  # 45' are minutes
            yield Token("unit", "min", end - 1, end, "min", True)
        return
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)", lower):
        yield Token("ordinal", int(lower[:-2]), start, end, lower, tight)
        return
    known = _known(lower)
    if known is not None:
        yield Token(*known, start, end, lower, tight)
        return
    if bare in {"lx", "Ix"} and _ONE_TIMES.match(text, end):
        yield Token("number", 1, start, start + 1, "1", tight)
        yield Token("times", "x", start + 1, end, "x", tight=True)
        return
    if any(sign.isdecimal() for sign in bare) or bare in {"GO", "l"}:
        if _NUMBERLIKE.fullmatch(bare) and _ANCHOR.match(text, end):
            digits = bare.translate(_DIGITS)
            yield Token("number", int(digits), start, end, digits, tight)
            return
        parts = [p for run in _RUNS.findall(lower) for p in ([run] if run in WORDS or run.isdecimal() else _glued(run))]
        code = not lower[0].isdecimal() and len(parts[0] if parts else "") == 1 and lower[0] not in "xq"
        if code or "".join(parts) != lower:
            yield Token("word", lower, start, end, lower, tight)
            return
    else:
        parts = _glued(lower) if len(lower) >= 5 else []
    if not parts:
        anchored = _AFTER_A_NUMBER.search(text, max(0, start - 8), start) is not None
        mended = _mended(lower, after_number=anchored)
        yield Token(*(mended or ("word", lower)), start, end, lower, tight)
        return
    at = start
    for part in parts:
        kind, value = ("number", int(part)) if part.isdecimal() else WORDS[part]
        if kind == "number" and value >= 1000:
            kind = "opaque"
        yield Token(kind, value, at, at + len(part), part, tight if at == start else True)
        at += len(part)


def _known(word: str) -> tuple[str, Any] | None:
    found = WORDS.get(word)
    if found is None and not word.isalpha():
        found = WORDS.get(word.translate(_SLIPS)) if len(word) > 3 else None
    if found is None and "rn" in word:
        found = WORDS.get(word.replace("rn", "m"))
    return found


@lru_cache(maxsize=4096)
def _mended(word: str, *, after_number: bool) -> tuple[str, Any] | None:
    """The word of time that a misread word must be: only after a number, and only one letter off."""
    from rapidfuzz.distance import Levenshtein

    if len(word) >= 6 and re.search(r"days?$", word):
        days = [
            known for known in WEEKDAYS if len(known) > 5 and Levenshtein.distance(word, known, score_cutoff=2) <= 2
        ]
        if days and word[0] == days[0][0]:
            return WORDS[days[0]]
    if not after_number or len(word) < 5:
        return None

    near = [known for known in _LONG if Levenshtein.distance(word, known, score_cutoff=1) <= 1]
    return WORDS[near[0]] if near and word not in {"mouths", "tines", "dairy"} else None


_HEADS = ("x", "times", "time", "per", "every", "each", "once", "twice", "thrice", "a", "q", *NUMBERS)


@lru_cache(maxsize=4096)
def _glued(word: str) -> list[str]:
    """The words of time that were printed or read without the spaces between them: "xweek", "timesperweek"."""
    tails = {unit for printed in UNITS.values() for unit in printed if len(unit) > 1} | set(ADVERBS) | {"sessions"}
    for head in sorted(_HEADS, key=len, reverse=True):
        if word.startswith(head) and len(word) > len(head):
            rest = word[len(head) :]
            if rest in tails and (len(head) > 1 or head in {"x", "q"} or rest in {"week", "month", "day"}):
                return [head, rest]
            more = _glued(rest) if head not in {"a", "q"} else []
            if more:
                return [head, *more]
    return []


def _joined(found: list[Token]) -> list[Token]:
    """Words of time that were read with a space inside as one: "da ily", "m onths"."""
    kept: list[Token] = []
    for token in found:
        before = kept[-1] if kept else None
        if before and "word" in {before.kind, token.kind} and token.start == before.end + 1 and not before.tight:
            word = before.word + token.word
            known = WORDS.get(word) if len(word) > _SHORTEST and word.isalpha() else None
            if known is not None:
                kept[-1] = Token(*known, before.start, token.end, word, before.tight)
                continue
        kept.append(token)
    return kept


def _dashed(found: list[Token]) -> list[Token]:
    """Without the hyphens that bind words; the dash of a range or between phrases stays."""
    kept: list[Token] = []
    for index, token in enumerate(found):
        if token.kind == "dash" and kept and index + 1 < len(found):
            before, after = kept[-1], found[index + 1]
            letters = len(before.word) <= 2 and len(after.word) <= 2 and before.kind == after.kind == "word"
            ranged = letters or (before.kind, after.kind) in _RANGED
            bound = token.tight and after.tight and not ranged
            if bound:
                continue
        kept.append(token)
    return kept


def _spelt(found: list[Token]) -> list[Token]:
    """Numbers of two words as one: "twenty-four"."""
    kept: list[Token] = []
    index = 0
    while index < len(found):
        token = found[index]
        if token.kind == "number" and token.word in TENS:
            ahead = index + 1
            if ahead < len(found) and found[ahead].kind == "dash" and found[ahead].tight:
                ahead += 1
            ones = found[ahead] if ahead < len(found) else None
            if ones and ones.word in ONES and (ahead > index + 1 or not ones.tight):
                token = Token("number", token.value + ones.value, token.start, ones.end, token.word, token.tight)
                index = ahead
        kept.append(token)
        index += 1
    return kept


def _hundreds(found: list[Token]) -> list[Token]:
    """Numbers above ninety-nine as one: "one hundred and fifty", "a hundred twenty"."""
    kept: list[Token] = []
    index = 0
    while index < len(found):
        token = found[index]
        index += 1
        if token.kind == "hundred" and kept and kept[-1].kind in {"number", "article"}:
            first = kept.pop()
            value, end = 100 * (first.value if first.kind == "number" else 1), token.end
            more = index + (index < len(found) and found[index].kind == "and")
            if more < len(found) and found[more].kind == "number" and found[more].word.isalpha():
                value, end, index = value + found[more].value, found[more].end, more + 1
            token = Token("number", value, first.start, end, first.word, first.tight)
        kept.append(token)
    return kept


def _bracketed(found: list[Token]) -> list[Token]:
    """A number and the same in brackets as one: "three (3)", "twice (2x)"."""
    kept: list[Token] = []
    index = 0
    while index < len(found):
        token = found[index]
        kept.append(token)
        index += 1
        inner = found[index : index + 4]
        kinds = [t.kind for t in inner]
        if token.kind in {"number", "often", "dozen"} and kinds[:3] == ["(", "number", ")"]:
            kept[-1] = token._replace(end=inner[2].end)
            index += 3
        elif token.kind == "often" and kinds == ["(", "number", "times", ")"]:
            kept[-1] = token._replace(end=inner[3].end)
            index += 4
    return kept


def _phrased(found: list[Token]) -> list[Token]:
    """Fixed phrases as one token: "no more than", "as needed"."""
    kept: list[Token] = []
    index = 0
    phrases = _phrases()
    while index < len(found):
        token = found[index]
        for words, kind, value in phrases.get(token.word, ()):
            run = found[index : index + len(words)]
            if len(run) == len(words) and all(t.word == w for t, w in zip(run, words, strict=True)):
                if len(words) == 1 and token.kind == "opening" and kind == "then":
                    continue  # "the next four weeks" is not yet "then"
                kept.append(Token(kind, value, token.start, run[-1].end, " ".join(words), token.tight))
                index += len(words)
                break
        else:
            kept.append(token)
            index += 1
    return kept
