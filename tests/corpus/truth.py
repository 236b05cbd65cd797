"""Which of the printed words are key tokens: codes, dates, amounts and NPIs, by their shape alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENDS = "()[]{}.,;:!?\"'“”‘’*~|"
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = re.compile("|".join(rf"{m[:3]}(?:{m[3:]})?" for m in _MONTHS) + "|Sept", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}")
_CODE = re.compile(r"[A-TV-Z]\d[\dA-Z](?:\.[\dA-Z]{1,4})?")
_BARE = re.compile(r"[A-TV-Z]\d\d")  # without a point: "K90", but "A3B" is not taken for a code
_AMOUNT = re.compile(r"-?[$€£]?-?\d{1,3}(?:,\d{3})*\.\d{2}|-?[$€£]-?\d[\d,]*(?:\.\d{2})?|-?\d+\.\d{2}")
_NPI = re.compile(r"[12]\d{9}")
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def key_tokens(words: Sequence[str]) -> list[dict[str, str]]:
    """The key tokens among `words`, as printed. Of a written date the year and the day count, next to the month."""
    bare = [word.strip(_ENDS) for word in words]
    found = []
    for index, (word, text) in enumerate(zip(words, bare, strict=True)):
        kind = _kind(text) or ("date" if _part_of_a_written_date(bare, index) else None)
        if kind:
            found.append({"kind": kind, "text": word})
    return found


def _kind(text: str) -> str | None:
    if _DATE.fullmatch(text):
        return "date"
    if _NPI.fullmatch(text):
        return "npi"
    if _AMOUNT.fullmatch(text):
        return "amount"
    if _BARE.fullmatch(text) or ("." in text and _CODE.fullmatch(text)):
        return "code"
    return None


def _part_of_a_written_date(bare: Sequence[str], index: int) -> bool:
    """`6 June 2026`, `June 6, 2026`, `June 2026`: the day beside the month, the year after it with or without a day."""
    text = bare[index]

    def month(at: int) -> bool:
        return 0 <= at < len(bare) and bool(_MONTH.fullmatch(bare[at]))

    if _DAY.fullmatch(text):
        return month(index - 1) or (
            month(index + 1) and index + 2 < len(bare) and bool(_YEAR.fullmatch(bare[index + 2]))
        )
    if _YEAR.fullmatch(text):
        return month(index - 1) or (month(index - 2) and bool(_DAY.fullmatch(bare[index - 1])))
    return False
