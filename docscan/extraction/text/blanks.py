"""Answers typed upon lines to write on: "___Ana Roe___", "born __10/30/2006__, a child of __Ben Roe__".

Beside an answer the line becomes white space, so that a word ends where the answer ends. Offsets stay, and so does one
sign of the line at least: it closes a label as ":" does.
"""

from __future__ import annotations

import re

_LED = re.compile(
    r"(?:(?<![^\s(\[:])(?:_{2,}|_(?=[^_\n]{2,60}__))|_{3,})(?=[^\s_]{0,2}[^\W_])(?![xX]_)",
)
_FOLLOWED = re.compile(
    r"(?:(?<=[^\W_])|(?<=[.)\]\"”]))(?<!_[xX])(?:_{3,}|__(?=[\s.,;:)\]]|$))(?P<words>[ ]\w)?", re.MULTILINE
)


def set_apart(printed: str) -> str:
    """The text with a gap between every answer and the line that it stands on; as long as before."""
    if "__" not in printed:
        return printed
    return _FOLLOWED.sub(_shortened, _LED.sub(lambda match: "_".ljust(len(match.group())), printed))


def _shortened(match: re.Match[str]) -> str:
    if match["words"]:  # of "__ yes" the line would be a place for a tick
        return "_".rjust(len(match.group()) - 2) + match["words"]
    return " " + match.group()[1:]
