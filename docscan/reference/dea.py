"""DEA registration numbers: two letters (or a letter and 9) and seven digits, the last a check digit (21 CFR 1301.03).

Sensitive: never asked for, and shown to nobody who does not have to see it.
"""

from __future__ import annotations

import re


def normalise(text: str) -> str | None:
    """Nine characters, upper case; None where the shape is another."""
    code = re.sub(r"[\s\-]", "", text).upper()
    return code if re.fullmatch(r"[A-HJ-NPR-UX][A-Z9][0-9]{7}", code) else None


def check_digit_holds(dea: str) -> bool:
    """Whether (1st + 3rd + 5th) + 2 × (2nd + 4th + 6th digit) ends in the 7th digit."""
    code = normalise(dea)
    if code is None:
        return False
    d = [int(c) for c in code[2:]]
    return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6]


def fits_name(dea: str, surname: str) -> bool | None:
    """Whether the second character is the surname's first letter; None where it is 9 (a business) or unknown."""
    code = normalise(dea)
    first = next((c for c in surname.upper() if c.isalpha()), None)
    return None if code is None or first is None or code[1] == "9" else code[1] == first
