"""Amounts of money as printed: where they stand, what they say, and what else they may say where letters are doubtful.

An amount has two decimals, or a currency sign. Telephone and tax numbers, card digits, dates, times, percentages,
weights and room numbers are none. "1.234,56" and "1,234.56" are told apart by the last sign; "1.234" is an amount
only with a currency. Nothing here knows what an amount is for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

_CURRENCIES: Final[dict[str, str]] = {
    "us$": "USD", "usd": "USD", "$": "USD", "dollar": "USD", "dollars": "USD",
    "s": "USD", "eur": "EUR", "€": "EUR", "gbp": "GBP", "£": "GBP",
    "rm": "MYR", "myr": "MYR", "ca$": "CAD", "c$": "CAD", "cad": "CAD", "a$": "AUD", "au$": "AUD", "aud": "AUD",
    "nz$": "NZD", "nzd": "NZD", "s$": "SGD", "sgd": "SGD", "chf": "CHF", "inr": "INR", "rs": "INR", "rs.": "INR",
    "₹": "INR", "¥": "JPY", "jpy": "JPY", "mxn": "MXN", "hk$": "HKD", "hkd": "HKD", "sek": "SEK", "nok": "NOK",
    "dkk": "DKK", "rh": "MYR", "rn": "MYR", "rk": "MYR", "php": "PHP", "₱": "PHP",
}  # fmt: skip
"""What currencies are called on receipts, by ISO 4217; "$" is settled by the rest of the page."""

_SIGN = (
    r"(?:US\s?\$|CA\$|C\$|AU\$|A\$|NZ\$|S\$|HK\$|USD|EUR|GBP|RM|MYR|CAD|AUD|NZD|SGD|CHF|INR|Rs\.?|HKD|SEK|NOK|DKK|"
    r"PHP|MXN|JPY|[$€£₹¥₱]|R[HNK](?=\s?\d+[.,]))"
)
_D = r"[0-9OoIl|SBZ]"  # digits, and letters that OCR sees in their place
_AMOUNT = re.compile(
    rf"""
    (?<![A-WYZa-wyz0-9_/#]) (?<![xX*][xX*]) (?<!\d:) (?<!\d[.,-])
    (?P<before>[-–—−+(<][ ]?)?
    (?:(?P<sign>{_SIGN}|S(?=\d+[.,]\d\d\b))\s?(?P<minus>[-–−]\s?)?)?
    (?:
      (?P<decimal>
        (?: (?:(?=[^\s]{{0,12}}\d)|(?<=RM)|(?<=\$)){_D}{{1,3}}
            (?:(?P<group>[,.'’])(?=\d{{3}}(?!\d)){_D}{{3}}(?:(?P=group){_D}{{3}})*)
          | (?:(?=[^\s]{{0,12}}\d)|(?<=RM)|(?<=\$)){_D}{{1,7}} )
        (?:\s?\.\s?|,|,\.|\.,){_D}{{2}}
        | \d{{1,2}}(?:,\d\d)+,\d{{3}}\.\d\d
        | \d{{1,3}}(?:[  ]\d{{3}})+,\d{{2}}
        | (?<=[\s$€£M])\.\d\d
        | \d{{1,6}}[.,][-–—]{{1,2}}(?=\s|$)
      )
      | (?P<lakh>(?<=[₹sS.\s-])\d{{1,2}}(?:,\d\d)+,\d{{3}})
      | (?P<whole>(?<=[$€£₹¥₱MDRYFsS.\s-])\d{{1,3}}(?:[,.]\d{{3}})+ | (?<=[$€£₹¥₱MDRYFsS.\s-])\d{{1,6}})
    )
    (?P<after>[ ]?(?:[-–−](?![ ]?(?![A-Z](?:\s|$))[\d\w$€£])|\)|>|CR\b)|)
    (?P<code>\s?(?:USD|EUR|€|GBP|MYR|CAD|AUD|CHF|SGD|kr|[Dd]ollars?)\b|\s?€|)
    (?![.,/:]?\d)(?!\s?%)(?!\w{{3}})
    """,
    re.VERBOSE,
)  # fmt: skip
_BARE = re.compile(r"(?<![\w.,/:#-])(?<![.,] )(?:\d{1,3}(?:,\d{3})+(?![\w.,/:%-])|\d{1,6}(?![\w,/:%-]|\.\d))")
_LOOSE = re.compile(
    rf"(?<![\w.,/:#-])(?:RM|[$€£])?\s?(?P<whole>\d{_D}{{0,4}})"
    rf"(?:\s|\s?[.,:;'*]{{1,2}}\s?)(?P<cents>{_D}{{2}})\W{{0,3}}$"
)
_CODED = re.compile(r"\b(?:dx|icd\S*|diag\w*)\W*$", re.IGNORECASE)
"""What stands before a diagnosis: "DX I26.99"."""
_DIAGNOSIS = re.compile(r"[SZBIO]\d\d\.\d{1,2}(?:\s+(?:[-–—:]\s+)?[A-Za-z]{3}|[,;/]\s?[A-TV-Z]\d\d)")
_ALONE_CODE = re.compile(r"\W*[A-TV-Z]\d\d\.\d{1,2}\W*")
"""Nothing but a diagnosis on its line: an amount of which the first digit alone was misread has more beside it."""
"""A diagnosis before its words or before another: "Z96.82 has a neurostimulator", "I25.10, E78.5"."""
_UNIT = re.compile(
    r"\s?(?:kgs?|g|gm|lbs?|oz|ml|l|ltr|mg|mcg|min|mins|minutes?|hrs?|hours?|mi|miles?|km|cm|mm|in|ft|am|pm|a\.m|p\.m|"
    r"°|yrs?|cal|kcal|bpm|iu|ct|pcs|days?|weeks?|months?|sessions?|units?)\b",
    re.IGNORECASE,
)
_AS_DIGITS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
LOOK_ALIKE: Final[dict[str, str]] = {
    "0": "869", "1": "74", "2": "7", "3": "85", "4": "19", "5": "6389", "6": "058", "7": "12", "8": "3069", "9": "480",
}  # fmt: skip
"""Digits that OCR takes for one another."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in the text from `start` to `end`. `value` is negative where a sign or brackets say so.

    `currency`: ISO 4217, None where none is printed. `mended`: letters were taken for digits, or a space was left out.
    `whole`: printed without decimals.
    """

    start: int
    end: int
    value: Decimal
    currency: str | None = None
    mended: bool = False
    whole: bool = False

    @property
    def cents(self) -> int:
        return int(self.value * 100)


def amounts_in(text: str, offset: int = 0, *, whole: bool = False) -> tuple[Amount, ...]:
    """Every amount in a line of text, its place counted from `offset`.

    `whole`: also bare numbers without decimals or currency, for places where only an amount can stand.
    """
    found = _joined([amount for match in _AMOUNT.finditer(text) if (amount := _amount(match, text)) is not None], text)
    if whole and not found:
        found = [
            Amount(match.start(), match.end(), Decimal(match.group().replace(",", "")), whole=True)
            for match in _BARE.finditer(text)
        ]
    return tuple(replace(a, start=a.start + offset, end=a.end + offset) for a in found)


def _joined(amounts: list[Amount], text: str) -> list[Amount]:
    """ "$21 8.40": digits set wide apart are one amount where a currency stands before the first and cents end it."""
    found: list[Amount] = []
    for amount in amounts:
        before = found[-1] if found else None
        if (
            before is not None
            and before.whole
            and before.currency is not None
            and before.end + 1 == amount.start
            and re.fullmatch(r"[$€£]\d{1,3} \d{1,2}\.\d\d", text[before.start : amount.end])
        ):
            digits = re.sub(r"[^\d.]", "", text[before.start : amount.end])
            found[-1] = replace(before, end=amount.end, value=Decimal(digits), mended=True, whole=False)
        else:
            found.append(amount)
    return found


def loose_amount(text: str, offset: int = 0) -> Amount | None:
    """The amount at the end of a line whose label asks for one, where its point was misread: "28 50", "029, 30"."""
    match = _LOOSE.search(text)
    if match is None:
        return None
    value = Decimal(f"{match['whole'].translate(_AS_DIGITS)}.{match['cents'].translate(_AS_DIGITS)}")
    return Amount(offset + match.start("whole"), offset + match.end("cents"), value, mended=True)


def _is_flagged(match: re.Match[str], text: str) -> bool:
    """ "GEL PACK LG    7.99 FT": a till's marks of what is eligible and taxed end the line, no unit."""
    printed = match["decimal"] or ""
    if not re.fullmatch(r"\d+\.\d\d", printed) or not _FLAGS.fullmatch(text, match.end()):
        return False
    return bool(_SET_APART.search(text, 0, match.start()))


_FLAGS = re.compile(r" {1,2}(?:FT|G|L)\s*")
_SET_APART = re.compile(r"\w\W{0,2}(?:\t|\s{2})\s*$")


def _amount(match: re.Match[str], text: str) -> Amount | None:
    printed = match["decimal"] or match["whole"] or match["lakh"]
    sign = (match["sign"] or match["code"] or "").strip()
    if not match["decimal"] and not sign:
        return None
    if printed[0].isalpha() and not sign and _CODED.search(text, max(0, match.start() - 12), match.start()):
        return None
    coded = _DIAGNOSIS.match(text, match.start(), match.end() + 12) or _ALONE_CODE.fullmatch(text)
    if printed[0].isalpha() and not sign and coded:
        return None
    if _UNIT.match(text, match.end()) and not sign and not _is_flagged(match, text):
        return None
    number = next(name for name in ("decimal", "whole", "lakh") if match[name])
    start = match.start() if match["sign"] or match["before"] else match.start(number)
    end = match.end()
    digits = printed.translate(_AS_DIGITS)
    mended = digits != printed or bool(re.search(r"\s?\.\s|\s\.", printed)) or sign == "S"
    letters = sum(c.isalpha() and c not in "Oo" for c in printed)  # "6O.OO": noughts are seldom anything else
    if letters * 2 > sum(c.isalnum() for c in printed) and not sign:
        return None
    if re.search(r"[-–—]$", printed):  # "45.-"
        value = Decimal(re.sub(r"[^0-9]", "", digits))
    elif match["decimal"]:
        whole, cents = re.split(r"\s?[.,]{1,2}\s?(?=\d{2}$)", digits)
        value = Decimal(f"{re.sub(r'[^0-9]', '', whole) or 0}.{cents}")
    else:
        value = Decimal(re.sub(r"[^0-9]", "", digits))
    before, after = (match["before"] or "").strip(), match["after"].strip()
    bracketed = before in ("(", "<") and after in (")", ">")
    if before in ("(", "<") and not bracketed:
        start = match.start("sign") if match["sign"] else match.start(number)
    if after in (")", ">") and not bracketed:
        end -= len(text[match.end(number) : match.end()])
    if match["whole"] and sign and re.fullmatch(r" [-–—]", match["after"]) and match.end() == len(text.rstrip()):
        after = ""  # "$ 95 -": and no cents
    minus = bool({before, after} & {"-", "–", "—", "−", "CR"}) or bool(match["minus"]) or bracketed
    return Amount(
        start,
        end,
        -value if minus else value,
        _CURRENCIES.get(re.sub(r"\s", "", sign).lower()) if sign else None,
        mended,
        whole=not match["decimal"],
    )


def said(value: Decimal | int) -> str:
    """ "125.00": an amount as reports write it; an int is in cents."""
    amount = Decimal(value) / 100 if isinstance(value, int) else value
    return f"{amount:.2f}"


def other_readings(amount: Amount) -> Iterator[Decimal]:
    """What an amount may be if one sign of it was misread, likeliest first: a digit alike, "5" for "$" ..."""
    digits = f"{abs(amount.value):.2f}"
    for index, digit in enumerate(digits):
        for alike in LOOK_ALIKE.get(digit, ""):
            yield Decimal(digits[:index] + alike + digits[index + 1 :])
    if amount.currency is None and len(digits) > 4 and digits[0] in "58":
        yield Decimal(digits[1:])
    if amount.whole and len(digits) > 5:
        yield Decimal(abs(amount.value)) / 100
    for index, digit in enumerate(digits):
        for other in "0123456789":
            if digit != "." and other not in LOOK_ALIKE[digit] and other != digit:
                yield Decimal(digits[:index] + other + digits[index + 1 :])


def currency_of(text: str, amounts: tuple[Amount, ...]) -> tuple[str, Amount, float] | None:
    """The currency that a page speaks in, an amount that shows it, and how sure that is; None where none is printed."""
    counts = Counter(amount.currency for amount in amounts if amount.currency)
    if not counts:
        return _beside(text)
    currency = counts.most_common(1)[0][0]
    shown = next(amount for amount in amounts if amount.currency == currency)
    if currency != "USD" or re.search(r"\bUSD\b|US\s?\$", text):
        return currency, shown, 0.95
    for other, evidence in _DOLLARS.items():
        if evidence.search(text):
            return other, shown, 0.7
    return "USD", shown, 0.9 if _AMERICAN.search(text) else 0.75


_DOLLARS = {
    "CAD": re.compile(r"\b[A-CEGHJ-NPR-TVXY]\d[A-Z] \d[A-Z]\d\b|\bCanada\b|\bHST\b"),
    "AUD": re.compile(r"\bABN\b|\bAustralia\b|\b(?:NSW|QLD) \d{4}\b"),
    "NZD": re.compile(r"\bNew Zealand\b"),
    "SGD": re.compile(r"\bSingapore\b"),
}
_AMERICAN = re.compile(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\bUSA\b|\(\d{3}\) ?\d{3}-\d{4}|\bsales tax\b", re.IGNORECASE)
_ALONE = re.compile(
    r"(?<![\w$])(?:USD|GBP|EUR|MYR|CAD|AUD|CHF|SGD|NZD)(?!\w)|(?<!\w)\$(?=\s?[_.\s]{2,}|\s?$|\s?\))|£|€", re.MULTILINE
)


def _beside(text: str) -> tuple[str, Amount, float] | None:
    """A currency that heads a column or stands before a blank, where no amount bears one."""
    match = _ALONE.search(text)
    if match is None:
        return None
    currency = _CURRENCIES[match.group().lower()]
    return currency, Amount(match.start(), match.end(), Decimal(0), currency), 0.8
