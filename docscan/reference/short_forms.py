"""What words are short for: "PERS TRNG" is "personal training" (`short_forms.txt`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files


@lru_cache(maxsize=4096)
def in_full(text: str) -> str:
    """The text with every short form in it in full."""
    return _short().sub(lambda match: _forms()[_GAP.sub(" ", match[1].lower())], text)


_GAP = re.compile(r"\.? +")
"""Between the words of a short form of two: "SUPV. EX"."""


@cache
def _short() -> re.Pattern[str]:
    told = "|".join(re.escape(short).replace(r"\ ", _GAP.pattern) for short in sorted(_forms(), key=len, reverse=True))
    return re.compile(rf"\b({told})\b\.?", re.IGNORECASE)


@cache
def _forms() -> Mapping[str, str]:
    lines = files(__package__).joinpath("short_forms.txt").read_text("utf-8").splitlines()
    told = (line.partition(" = ") for line in lines if line and not line.startswith("#"))
    return {short: full for short, _, full in told}
