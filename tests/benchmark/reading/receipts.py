"""Totals and dates of real receipts (a folder of the form that `tests.benchmark.receipts` describes).

A receipt's total and date are right where a token that prints them stands exactly among the words that were read: the
tokens are those of the truth's own lines that mean the total's amount and the date's day. Currency signs and
punctuation at a token's ends do not matter, nor does case (the data set's transcripts are in capitals, whatever is
printed: "24 Mar 2018" is "24 MAR 2018" in them); any one of the places where a value is printed will do.

Receipts of one shop look alike, so that a shop's receipts are all in one split: a hash of its name says which.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.benchmark.reading.exactness import plain_key
from tests.benchmark.reading.manifest import SPLITS, Split


@dataclass(frozen=True, slots=True)
class Receipt:
    """`totals`, `dates`: every way in which the receipt prints them, as the words they consist of."""

    path: Path
    shop: str
    totals: frozenset[tuple[str, ...]]
    dates: frozenset[tuple[str, ...]]

    @property
    def split(self) -> Split:
        return split_of(self.shop)


_LEGAL = re.compile(r"\([^)]*\)|\b(?:sdn|bhd|s/b|sb|own by.*|enterprise|trading|company|co|ltd|inc|llc)\b")


def shop_of(merchant: str) -> str:
    """A shop's name without its branch, its legal form and the ways in which names are spaced and dotted."""
    folded = merchant.casefold()
    return re.sub(r"[\W_]", "", _LEGAL.sub(" ", folded)) or re.sub(r"\W", "", folded)


def split_of(shop: str) -> Split:
    """The part in which all receipts of a shop are."""
    return SPLITS[hashlib.sha256(shop.encode()).digest()[0] % len(SPLITS)]


def read_receipts(folder: Path) -> list[Receipt]:
    """All receipts of a folder. Raises ValueError where there is no truth.jsonl."""
    path = folder / "truth.jsonl"
    if not path.is_file():
        raise ValueError(f"{path} does not exist")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [_receipt(folder, row) for row in rows]


def _receipt(folder: Path, row: Mapping[str, Any]) -> Receipt:
    lines = row.get("lines") or []
    return Receipt(
        folder / "images" / row["image"],
        shop_of(row.get("merchant_name") or row["image"]),
        frozenset(_totals(lines, row["total"])) if row.get("total") else frozenset(),
        frozenset(_dates(lines, date.fromisoformat(row["date"]))) if row.get("date") else frozenset(),
    )


_CURRENCY = re.compile(r"^(?:RM|MYR|USD|DH|EUR|GBP)(?=[\d.-])|(?<=\d)(?:RM|MYR|USD|DH|EUR|GBP)$", re.I)
_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d\d|-?\d+(?:\.\d\d)?")


def bare(word: str) -> str:
    """A word as tokens of receipts are compared; a minus before a figure stays."""
    stripped = _CURRENCY.sub("", plain_key(word)).upper()
    return f"-{stripped}" if re.match(r"\W{0,2}[-−]\W?\d", word) and stripped[:1].isdigit() else stripped


def _totals(lines: Iterable[str], total: str) -> Iterable[tuple[str, ...]]:
    amount = Decimal(total.replace(",", ""))
    for word in (bare(word) for line in lines for word in line.split()):
        if _AMOUNT.fullmatch(word) and "." in word and Decimal(word.replace(",", "")) == amount:
            yield (word,)


_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_PRINTED_DATES = (
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})[/.-](?P<m>\d{1,2})[/.-](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[ /.-]?(?P<m>[a-z]{3})[a-z]*\.?,?[ /.-]?(?P<y>\d{4}|\d\d)(?!\d)", re.I),
    re.compile(r"\b(?P<m>[a-z]{3})[a-z]*\.? (?P<d>\d{1,2}),? (?P<y>\d{4}|\d\d)(?!\d)", re.I),
)


def _dates(lines: Iterable[str], day: date) -> Iterable[tuple[str, ...]]:
    """Each printing of the day: by itself, and with what is printed on to it without a space."""
    for line in lines:
        for shape in _PRINTED_DATES:
            for match in shape.finditer(line):
                if _day(match) == day:
                    yield tuple(bare(word) for word in match.group().split())
                    end = line.find(" ", match.end())
                    whole = line[line.rfind(" ", 0, match.start()) + 1 : end if end >= 0 else len(line)]
                    yield tuple(bare(word) for word in whole.split())


def _day(match: re.Match[str]) -> date | None:
    month = match["m"]
    number = int(month) if month.isdigit() else _MONTHS.get(month.casefold(), 0)
    year = int(match["y"])
    try:
        return date(year + 2000 if year < 100 else year, number, int(match["d"]))
    except ValueError:
        return None


def stands(ways: Iterable[Sequence[str]], read: Sequence[str]) -> bool:
    """Whether one of the ways of printing a value stands, word for word, among the words that were read."""
    words = [word for word in map(bare, read) if word]
    return any(words[n : n + len(way)] == list(way) for way in ways for n in range(len(words) - len(way) + 1))


def stands_within(ways: Iterable[Sequence[str]], read: Sequence[str]) -> bool:
    """Whether one stands there at least as part of longer words: "DATE:10/03/2018"."""
    text = " ".join(read).upper()
    return any(re.search(rf"(?<![\d.,/-]){re.escape(' '.join(way))}(?!\d|[.,/-]\d)", text) for way in ways)
