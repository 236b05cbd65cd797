"""The words of time: numbers, units, adverbs, Latin, days of the week, and phrases that stand for one word.

Each word has a kind and a meaning; `tokens` finds them in a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docscan.extraction.text.numerals import ORDINALS, VALUES

NUMBERS: Mapping[str, int] = {**VALUES, "fourty": 40}
UNITS: Mapping[str, tuple[str, ...]] = {
    "min": ("min", "mins", "minute", "minutes", "minuets"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "d": ("d", "day", "days"),
    "wk": ("w", "wk", "wks", "week", "weeks"),
    "mo": ("mo", "mos", "month", "months", "mth", "mths", "mnth", "mnths"),
    "a": ("y", "yr", "yrs", "year", "years", "annum"),
}
ADVERBS: Mapping[str, tuple[tuple[float, float, str], ...]] = {
    "daily": ((1, 1, "d"),), "nightly": ((1, 1, "d"),), "weekly": ((1, 1, "wk"),), "wkly": ((1, 1, "wk"),),
    "monthly": ((1, 1, "mo"),), "fortnightly": ((1, 2, "wk"),), "quarterly": ((1, 3, "mo"),), "qtrly": ((1, 3, "mo"),),
    "annually": ((1, 1, "a"),), "yearly": ((1, 1, "a"),), "semiweekly": ((2, 1, "wk"),),
    "semimonthly": ((2, 1, "mo"),), "semiannually": ((2, 1, "a"),), "thriceweekly": ((3, 1, "wk"),),
    "biweekly": ((2, 1, "wk"), (1, 2, "wk")), "bimonthly": ((2, 1, "mo"), (1, 2, "mo")),
    "triweekly": ((3, 1, "wk"), (1, 3, "wk")), "biannually": ((2, 1, "a"), (1, 2, "a")),
}  # fmt: skip
"""Times, period and unit; English has two readings of some: twice in one, or once in two."""
LATIN: Mapping[str, tuple[float, float, str]] = {
    "biw": (2, 1, "wk"), "tiw": (3, 1, "wk"), "qiw": (4, 1, "wk"), "bid": (2, 1, "d"), "tid": (3, 1, "d"),
    "qid": (4, 1, "d"), "qod": (1, 2, "d"), "eod": (1, 2, "d"), "qow": (1, 2, "wk"), "eow": (1, 2, "wk"),
    "qd": (1, 1, "d"), "qhs": (1, 1, "d"), "qam": (1, 1, "d"), "qpm": (1, 1, "d"), "qday": (1, 1, "d"),
    "qw": (1, 1, "wk"), "qwk": (1, 1, "wk"), "qweek": (1, 1, "wk"), "qmo": (1, 1, "mo"), "qmonth": (1, 1, "mo"),
}  # fmt: skip
WEEKDAYS: Mapping[str, int] = {
    word: day
    for day, words in enumerate(
        ("mon monday mondays mons", "tu tue tues tuesday tuesdays", "wed weds wednesday wednesdays",
         "th thu thur thurs thursday thursdays", "fri friday fridays", "sat saturday saturdays",
         "sun sunday sundays")
    )
    for word in words.split()
}  # fmt: skip
SESSIONS = frozenset(
    "session sessions sesion sesions sess visit visits treatment treatments tx txs class classes appointment"
    " appointments appt appts lesson lessons workout workouts meeting meetings encounter encounters".split()
)
"""What a course is counted in."""


def _vocabulary() -> dict[str, tuple[str, Any]]:
    words: dict[str, tuple[str, Any]] = {}

    def add(kind: str, printed: str, value: Any = None) -> None:
        for word in printed.split():
            words[word] = (kind, word if value is None else value)

    for word, number in NUMBERS.items():
        words[word] = ("number", number)
    for place, word in enumerate(ORDINALS, 1):
        words[word] = ("ordinal", place)
    for unit, printed in UNITS.items():
        for word in printed:
            words[word] = ("unit", unit)
    for word, rates in ADVERBS.items():
        words[word] = ("adverb", rates)
    for word, rate in LATIN.items():
        words[word] = ("latin", rate)
    for word, day in WEEKDAYS.items():
        words[word] = ("weekday", day)
    for word in SESSIONS:
        words[word] = ("session", word)
    add("often", "once", 1)
    add("often", "twice", 2)
    add("often", "thrice", 3)
    add("fortnight", "fortnight fortnights")
    add("daypart", "night nights nite nites morning mornings evening evenings afternoon afternoons weekday weekdays")
    add("times", "times time x")
    add("per", "per", "per")
    add("every", "every evry each any ea")
    add("article", "a an")
    add("apart", "apart interval intervals")
    add("the", "the this these his her their its my our your")
    add("other", "other alternate alternating")
    add("dozen", "dozen")
    add("hundred", "hundred")
    add("couple", "couple")
    add("half", "half", 0.5)
    add("quarter", "quarter quarters qtr qtrs", 0.25)
    add("vague", "few several some many multiple numerous")
    add(
        "opening",
        "coming next last final opening initial following remaining subsequent another additional rest remainder",
    )
    add("to", "to")
    add("or", "or")
    add("and", "and")
    add("for", "for over during across throughout x")
    add("through", "through thru thrugh")
    add("until", "until untill till til")
    add("q", "q")
    add("long", "long lasting")
    add("full", "full consecutive calendar whole entire successive straight more further single")
    words["x"] = ("times", "x")
    return words


WORDS = _vocabulary()
PHRASES: tuple[tuple[str, str, Any], ...] = (
    *(("needed", phrase, True) for phrase in (
        "as needed", "as necessary", "as required", "when needed", "when necessary", "if needed", "if necessary",
        "whenever needed", "as clinically needed", "as clinically indicated", "as medically necessary",
        "as medically needed", "when required", "on demand", "as often as needed", "prn", "as he needs",
        "as she needs", "as they need", "when he needs", "when she needs", "when they need", "as the need arises",
    )),
    *(("max", phrase, None) for phrase in (
        "up to", "no more than", "not more than", "at most", "a maximum of", "maximum of", "maximum", "max", "max of",
        "not to exceed", "no greater than", "not over", "not exceeding", "but no more than", "nor more than",
        "never more than", "not more often than", "no more often than", "never more often than",
        "no oftener than", "no longer than", "not longer than", "never longer than", "and no more than",
        "never over", "never above", "not beyond",
        "capped at", "limited to", "a limit of", "limit of", "a cap of", "cap of", "a ceiling of", "ceiling of",
        "at the very most", "at the most", "as much as",
        "as many as",
        "nor over", "as often as", "but not over", "not above", "may not exceed", "must not exceed",
        "shall not exceed", "should not exceed", "will not exceed", "cannot exceed", "never to exceed",
    )),
    *(("min", phrase, None) for phrase in (
        "at least", "a minimum of", "minimum of", "minimum", "min of", "no fewer than", "no less than", "not less than",
        "not fewer than", "as few as", "at the least", "at the very least", "never fewer than", "never less than",
        "a floor of",
    )),
    *(("about", phrase, None) for phrase in (
        "about", "around", "approximately", "approx", "roughly", "some", "nearly", "circa", "an average of",
        "on average", "close to", "or so",
    )),
    *(("hoped", phrase, None) for phrase in (
        "ideally", "preferably", "optimally", "hopefully", "better", "better yet",
    )),
    *(("between", phrase, None) for phrase in ("between", "from", "anywhere from", "anywhere between", "ranging from")),
    *(("inall", phrase, None) for phrase in (
        "in all", "in total", "total", "altogether", "all told", "all in all", "combined", "overall",
    )),
    *(("then", phrase, None) for phrase in (
        "then", "followed by", "thereafter", "after that", "after which", "afterwards", "afterward", "subsequently",
        "next", "decreasing to", "decrease to", "reducing to", "reduce to", "reduced to", "tapering to",
        "tapering down to", "taper to", "taper down to", "tapered to", "dropping to", "drops to", "drop to",
        "stepping down to", "increasing to", "increase to", "progressing to", "progress to", "transition to",
        "transitioning to", "moving to", "going to", "down to", "later", "falling to", "before dropping to",
    )),
    *(("adverb", f"{one} {also} {other}", ((2, 1, "d"),)) for one, other in (
        ("morning", "night"), ("morning", "evening"), ("mornings", "evenings"), ("mornings", "nights"),
        ("night", "morning"), ("am", "pm"),
    ) for also in ("and", "&")),
    *(("moment", phrase, often) for phrase, often in (
        ("at bedtime", 1), ("at bed time", 1), ("before bed", 1), ("before bedtime", 1), ("before sleep", 1),
        ("all waking hours", 1), ("during waking hours", 1), ("during all waking hours", 1),
        *((f"{when} {every}meal{'' if every else 's'}", 3)
          for when in ("before", "with", "after") for every in ("", "each ", "every ")),
    )),
    *(("clock", phrase, None) for phrase in ("24 / 7", "around the clock", "round the clock")),
    ("word", "year round", None),
    ("unit", "calendar week", "wk"),
    ("unit", "calendar month", "mo"),
    ("unit", "calendar year", "a"),
    *(("out", phrase, None) for phrase in ("out of", "of the", "of every", "of each")),
)  # fmt: skip
