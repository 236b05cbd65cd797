"""State licence numbers. Every board writes its own and none is checkable offline: shape only, never "valid"."""

from __future__ import annotations

import re

from docscan.reference import us_states

_NUMBER = re.compile(r"(?=[^0-9]*[0-9])[A-Z0-9][A-Z0-9 .\-/]{1,18}[A-Z0-9]")


def normalise(number: str, state: str | None = None) -> str | None:
    """ "OH 35.108842", or the number alone where no state is known; None where it cannot be a licence number.

    Four to twelve letters and digits, a digit among them, besides dots, dashes and spaces, which stay as printed.
    """
    text = re.sub(r"\s+", " ", number.strip(" #:.,;")).upper()
    code = us_states.normalise(state) if state else None
    leading = re.match(r"([A-Z]{2})[ \-]+(?=.*[0-9])", text)
    if code is None and leading and leading[1] in us_states.NAMES:
        code, text = leading[1], text[leading.end() :]
    elif code is not None:
        text = re.sub(rf"^{code}[ \-]+", "", text)
    alphanumeric = re.sub(r"[^A-Z0-9]", "", text)
    if not _NUMBER.fullmatch(text) or not 4 <= len(alphanumeric) <= 12:
        return None
    return f"{code} {text}" if code else text
