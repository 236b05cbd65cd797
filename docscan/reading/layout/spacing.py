"""What stands between the parts of a word, and between words: leaders are no words, and a point parts no code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from docscan.reading.geometry import Seen

_LEADER = re.compile(r"[.·•∙․…]{4,}|…{2,}")
_LED = re.compile(rf"(?P<what>[^\s.·•∙․…].*?[\w:)%])?(?:{_LEADER.pattern})(?P<amount>[$(-]?\d.*)?")
_POINTS = ".·•∙․…"
_DOTS = re.compile(rf"[{_POINTS}]{{1,3}}")
_FEWEST = 5  # words that are nothing but dots, side by side
_NEAR = 0.8  # of a word's height: parts of a code are nearer
_CODE = re.compile(r"[A-TV-Z]\d[0-9AB]")  # an ICD-10-CM category
_POINT = re.compile(r"[.,·]")
_REST = re.compile(r"(?=.{0,3}\d)[0-9A-Z]{1,4}[;,)]?")


def mended(words: Iterable[Seen]) -> list[Seen]:
    """The words of a frame, those of a strand in order: without dot leaders, which may have run into words, and with
    diagnosis codes whole that were read off a picture in parts ("M54 . 50")."""
    found: list[Seen] = []
    for word in words:
        if "." in word.text or "…" in word.text or "·" in word.text:
            led = _LED.fullmatch(word.text)
            if led:
                found += _parts(word, led)
                continue
        found.append(word)
    return _joined(_without_dots(found))


def _parts(word: Seen, led: re.Match[str]) -> list[Seen]:
    """What stands before and after a leader, each with its share of the word's box."""
    each = word.width / len(word.text)
    return [
        replace(
            word,
            text=led[name],
            left=word.left + each * led.start(name),
            right=word.left + each * led.end(name),
        )
        for name in ("what", "amount")
        if led[name]
    ]


def _without_dots(words: list[Seen]) -> list[Seen]:
    """Without long runs of words that are nothing but a dot or three."""
    if sum([word.text[0] in _POINTS for word in words]) < _FEWEST:
        return words
    kept: list[Seen] = []
    run: list[Seen] = []
    for word in words:
        if _DOTS.fullmatch(word.text) and (not run or run[-1].strand == word.strand):
            run.append(word)
            continue
        kept += run if len(run) < _FEWEST else []
        run = [word] if _DOTS.fullmatch(word.text) else []
        kept += [] if run else [word]
    return kept + (run if len(run) < _FEWEST else [])


def _joined(words: list[Seen]) -> list[Seen]:
    if all(word.confidence is None for word in words):  # of a file's own text: no code was read in parts
        return words
    kept: list[Seen] = []
    for word in words:
        kept.append(word)
        for count in (3, 2):
            if len(kept) >= count and _one_code(kept[-count:]):
                kept[-count:] = [_whole(kept[-count:])]
                break
    return kept


def _one_code(parts: list[Seen]) -> bool:
    first, last = parts[0], parts[-1]
    if first.confidence is None or not _CODE.fullmatch(first.text):
        return False
    if any(b.strand != a.strand or not 0 <= b.left - a.right < _NEAR * _height(a, b) for a, b in pairwise(parts)):
        return False
    if len(parts) == 3:
        return bool(_POINT.fullmatch(parts[1].text) and _REST.fullmatch(last.text))
    return last.text[0] == "." and _REST.fullmatch(last.text[1:]) is not None


def _height(one: Seen, other: Seen) -> float:
    return max(one.height, other.height)


def _whole(parts: list[Seen]) -> Seen:
    sure = [part.confidence for part in parts if part.confidence is not None]
    return Seen(
        f"{parts[0].text}.{parts[-1].text.lstrip('.')}",
        parts[0].left,
        min(part.top for part in parts),
        parts[-1].right,
        max(part.bottom for part in parts),
        min(sure),
        parts[0].strand,
    )
