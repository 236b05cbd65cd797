"""National Provider Identifiers: ten digits, the first 1 or 2, the last a check digit.

The check is Luhn's over the number with 80840 before it (45 CFR 162.406; CMS' "Requirements for National Provider
Identifier and NPI check digit"). One ten-digit number in ten passes by chance, so passing proves little; offline
nothing tells whether a number was ever given out.
"""

from __future__ import annotations

import re

SAMPLES = frozenset({"1234567893", "1245319599", "1234567890"})
"""Numbers printed in manuals and forms as examples; nobody's."""

_PREFIX_SUM = 24  # what 80840 adds to Luhn's sum


def normalise(text: str) -> str | None:
    """The ten digits without spaces and dashes; None where there are not ten or the first is neither 1 nor 2."""
    digits = re.sub(r"[\s.\-]", "", text)
    return digits if re.fullmatch(r"[12][0-9]{9}", digits) else None


def check_digit_holds(npi: str) -> bool:
    """Whether the tenth digit is the one that the other nine ask for; False for what is no NPI at all."""
    digits = normalise(npi)
    if digits is None:
        return False
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[0:9:2])
    return (_PREFIX_SUM + sum(doubled) + sum(int(d) for d in digits[1:9:2]) + int(digits[9])) % 10 == 0


def is_sample(npi: str) -> bool:
    """A well-known example, or one digit repeated."""
    digits = normalise(npi)
    return digits is not None and (digits in SAMPLES or len(set(digits[:9])) == 1)
