"""The names of months and of weekdays, whole, abbreviated, and as far as print can be trusted."""

from __future__ import annotations

MONTHS = tuple("january february march april may june july august september october november december".split())
MONTHS_SHORT = tuple(month[:3] for month in MONTHS)
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
WEEKDAYS_SHORT = tuple(day[:3] for day in WEEKDAYS)

MONTH = rf"(?:{'|'.join(MONTHS)})"
"""A pattern for a month written out, in lower case."""
MONTH_OR_SHORT = rf"(?:{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in MONTHS if month != 'may')}|sept|may)"
"""A month written out or abbreviated, without its dot."""
MONTH_BEGUN = rf"(?:{'|'.join(MONTHS_SHORT)})[a-z]{{0,6}}\.?"
"""A word that begins as a month does, its dot with it: bears a misread end."""
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
WEEKDAY_BEGUN = rf"(?:{'|'.join(WEEKDAYS_SHORT)})[a-z]{{0,7}}"
"""A word that begins as a weekday does: "Mon", "Tues", "Wednesdays"."""
