"""Numbers in words: "seven", "twenty-four", "third"."""

from __future__ import annotations

from collections.abc import Mapping

ONES = tuple("one two three four five six seven eight nine".split())
TEENS = tuple("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())
TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())
ORDINALS = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth".split()
)
VALUES: Mapping[str, int] = {
    **{word: value for value, word in enumerate((*ONES, *TEENS), 1)},
    **{word: 10 * value for value, word in enumerate(TENS, 2)},
}
"""What each word is worth."""

BELOW_TWENTY = rf"(?:{'|'.join(sorted((*ONES, *TEENS), key=len, reverse=True))})"
"""A pattern for a number from one to nineteen, in lower case: of weeks or pages, seldom of years of age."""
NUMBER_WORD = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES)}))?|{BELOW_TWENTY})"
"""A pattern for a number from one to ninety-nine, in lower case."""


def number_of(printed: str) -> int:
    """What digits, or one of the words above in lower case, stand for. Raises ValueError where it is neither."""
    if printed.isdigit():
        return int(printed)
    parts = printed.replace("-", " ").split()
    if not parts or any(part not in VALUES for part in parts):
        raise ValueError(printed)
    return sum(VALUES[part] for part in parts)
