"""What stands before a name to address somebody: "Mrs.", "Dr.", "Prof."."""

from __future__ import annotations

TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr(?:\.? ?(?:med|phil|dent)\b)?|Doctor|Prof|Professor|Sr|Sra|Coach|Nurse|Rev|Capt|LTC|"
    r"LCDR|CDR|Col|Lt|Sgt|Maj)\b\.?"
)
"""Any title, capitalised as printed."""
COURTESIES = ("mr", "mrs", "ms", "miss", "mx")
"""Titles of those who bear no other: patients, mostly; in lower case."""
COURTESY = rf"(?:{'|'.join(sorted(COURTESIES, key=len, reverse=True))})\b\.?"
"""A pattern for them."""
