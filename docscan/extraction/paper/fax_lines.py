"""What shows that a line is a fax machine's own, printed over what was sent?"""

from __future__ import annotations

import re

_COUNT = re.compile(r"(?<![\d/.-])0{0,2}(?P<page>\d{1,2})\s?/\s?0{0,2}(?P<of>\d{1,2})(?![\d/.%-])\W*$")
_NUMBER = re.compile(
    r"(?<![\d.-])\+?(?:1[ .-]?)?\(?[2-9]\d\d\)?[ .-]{0,2}\d{3}[ .-]?\d{4}(?!\d)|(?:->|>>)|"
    r"(?:#|\bno\.?|\bjob)\s?\d{2,5}\b",
    re.IGNORECASE,
)
_FROM_A_NUMBER = re.compile(r"\b(?:from|fm)\b[ :]{1,3}\+?(?:1[ .-]?)?\(?[2-9]\d\d\)?[ .-]{0,2}\d{3}[ .-]?\d{4}", re.I)


def counts_pages_or_names_the_sender(printed: str) -> bool:
    """ "ELM CLINIC  801.555.0104  #0417  1/2": a number or a job, and which of how many pages at the end; or the number
    from which it was received."""
    count = _COUNT.search(printed)
    told = count is not None and 1 <= int(count["page"]) <= int(count["of"])
    return (told and _NUMBER.search(printed) is not None) or _FROM_A_NUMBER.search(printed) is not None
