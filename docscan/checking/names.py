"""Are two printed names one person's, and what would explain the difference?"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from nicknames import NickNamer

Likeness: TypeAlias = Literal["same", "possible", "different"]
Difference: TypeAlias = Literal[
    "none",
    "initial",  # M. Vance
    "short_form",  # Bob for Robert
    "slip",  # letters that look alike, or one letter of the family name
    "letter",  # one letter of the given name, which may make another name
    "joined",  # Smith-Jones for Jones
    "one_name",  # Marisol alone, or Vance alone
    "family_name_dropped",  # Ana Ruiz for Ana Ruiz López
    "middle",  # John A., John B.
    "family_name",  # Anna Smith, Anna Jones
    "generation",  # Jr., Sr.
    "other",
]

_TITLES = frozenset("mr mrs ms miss mx dr doctor prof sir esq md do np pa dc phd".split())
_GENERATION = {"jr": 2, "junior": 2, "sr": 1, "senior": 1, "ii": 2, "iii": 3, "iv": 4}
_SHORT = (
    "alejandro alex", "antonio tony tono", "beatriz bea", "concepcion concha", "dolores lola", "eduardo eddie lalo",
    "enrique kike", "fernando nando", "francisco paco pancho frank", "guadalupe lupe", "guillermo memo",
    "ignacio nacho", "isabel isabella bella chabela", "jesus chuy chucho", "jose joseph joe pepe", "juan john",
    "luis louis lou", "manuel manny manolo", "maria mary", "miguel michael mike", "rafael rafa ralph",
    "ricardo richard rick", "roberto robert bob beto", "rosario chayo", "santiago jim diego", "jonathan jon",
    "elizabeth liz beth betsy eliza", "william will bill billy liam", "katherine kate katie kathy",
    "catherine kate katie cathy cate", "margaret maggie meg peggy", "theodore ted theo", "henry hank",
    "john jack johnny", "james jim jimmy jamie", "charles charlie chuck", "mohammed mohammad muhammad mohamed",
    "aleksandr alexander sasha", "yekaterina katya", "kathryn katherine catherine kathy kate katie",
    "steven stephen steve", "sara sarah", "geoffrey jeffrey jeff geoff", "eric erik", "brian bryan",
    "alan allen allan al", "ann anne", "marc mark", "philip phillip phil", "teresa theresa", "kristen kristin",
    "nicolas nicholas nick", "sean shawn shaun", "dmitri dmitry dima", "mikhail misha", "robert bob rob bobby",
    "richard dick rick rich",
)  # fmt: skip
"""Short forms and spellings beside those of the `nicknames` library (Apache-2.0), which knows English ones."""
_FAMILIES: dict[str, set[int]] = {}
for _number, _family in enumerate(_SHORT):
    for _name in _family.split():
        _FAMILIES.setdefault(_name, set()).add(_number)

_FEW_LETTERS = 4  # below it one wrong letter makes another name
_LIKE_SHAPES = (
    ("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("|", "l"), ("i", "l"), ("j", "l"), ("5", "s"),
    ("8", "b"), ("2", "z"), ("6", "g"),
)  # fmt: skip
"""Letters and digits that OCR takes for one another."""


class Comparison(NamedTuple):
    """How alike two names are, and what explains the difference."""

    likeness: Likeness
    difference: Difference


def compare(a: str, b: str) -> Likeness:
    """ "same": equal but for case, accents, order, middle names; "possible": an initial, a short form, a changed family
    name or a letter misread could explain the difference; "different": nothing does."""
    return explain(a, b).likeness


@lru_cache(maxsize=4096)
def explain(a: str, b: str) -> Comparison:
    """How alike two names are, and what would explain the difference."""
    first, second = parts(a), parts(b)
    if not first or not second:
        return Comparison("possible", "one_name")
    ages = (generation(a), generation(b))
    if None not in ages and ages[0] != ages[1]:
        return Comparison("different", "generation")
    if sorted(first) == sorted(second) or "".join(first) == "".join(second):
        return Comparison("same", "none")
    if _shape("".join(first)) == _shape("".join(second)):
        return Comparison("possible", "slip")
    if min(len(first), len(second)) == 1:
        lone, other = (first, second) if len(first) == 1 else (second, first)
        alike = any(_alike(lone[0], part) != "other" for part in other)
        return Comparison("possible", "one_name") if alike else Comparison("different", "other")
    told = _of_full_names(first, second)
    for one, other in ((first, second), (second, first)):
        if told.likeness == "different" and one[0] == other[-1]:  # "VANCE MARISOL T", "Vance M"
            turned = _of_full_names([*one[1:], one[0]], other)
            told = turned if turned.difference in _TURNED else told
    return told


_TURNED: tuple[Difference, ...] = ("none", "initial", "short_form")
"""What may be between a name and one that has the family name first."""


def _of_full_names(first: list[str], second: list[str]) -> Comparison:
    given, family = _alike(first[0], second[0]), _alike(first[-1], second[-1])
    if given == family == "none":
        middle = {part[0] for part in first[1:-1]} ^ {part[0] for part in second[1:-1]}
        contradict = len(first) > 2 and len(second) > 2 and middle
        return Comparison("possible", "middle") if contradict else Comparison("same", "none")
    if "other" not in (given, family):
        if family == "letter":
            family = "slip"
        return Comparison("possible", given if given != "none" else family)
    if given == "none" and set(first[1:]) & set(second[1:]):
        return Comparison("possible", "family_name_dropped")
    if family == "none" and (_alike(first[0], second[1]) == "none" or _alike(first[1], second[0]) == "none"):
        return Comparison("possible", "short_form")  # called by the middle name
    if given in ("none", "short_form") and family == "other":
        return Comparison("different", "family_name")
    return Comparison("different", "other")


def parts(name: str) -> list[str]:
    """Lower case, without accents, titles and letters after the name, the family name last ("Vance, Marisol")."""
    plain = _plain(name)
    before, comma, after = plain.partition(",")
    if comma and [w for w in _words(after) if w not in _TITLES and w not in _GENERATION]:
        plain = f"{after} {before}"
    words = _words(plain)
    return [w for w in words if w not in _TITLES and w not in _GENERATION] or words


def generation(name: str) -> int | None:
    """ "Jr." and "II" are 2, "Sr." is 1; None where the name says nothing."""
    found = [_GENERATION[w] for w in _words(_plain(name))[1:] if w in _GENERATION]
    return found[-1] if found else None


def family_name(name: str) -> str:
    """The last part of a person's name; "" where there is none."""
    found = parts(name)
    return found[-1] if found else ""


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9|]*[a-z][a-z0-9|]*(?:['’-][a-z0-9]+)*", text)


def _alike(a: str, b: str) -> Difference:
    if a == b:
        return "none"
    if len(a) == 1 or len(b) == 1:
        return "initial" if a[0] == b[0] else "other"
    if _short_form(a, b):
        return "short_form"
    if _shape(a) == _shape(b) or _misread(a, b):
        return "slip" if _shape(a) == _shape(b) else "letter"
    return "joined" if a in re.split(r"['’-]", b) or b in re.split(r"['’-]", a) else "other"


def _short_form(a: str, b: str) -> bool:
    if _FAMILIES.get(a, set()) & _FAMILIES.get(b, set()):
        return True
    if a in _nicknames().nicknames_of(b) or b in _nicknames().nicknames_of(a):
        return True
    return _cut_short(*sorted((a, b), key=len))


def _cut_short(short: str, full: str) -> bool:
    """Whether a name is the beginning of another and none of its own: "Flori" for Florian, not Michel for Michelle."""
    rest = full.removeprefix(short)
    cut = rest != full and len(short) >= _FEW_LETTERS and len(rest) > 1 and rest not in _ENDINGS
    return cut and not _nicknames().nicknames_of(short) and short not in _FAMILIES


_ENDINGS = frozenset("la le lla lle na ne nna nne ia ina ine ta te tta tte ita ella elle etta ette".split())
"""What makes a man's name a woman's."""


@cache
def _nicknames() -> NickNamer:
    from nicknames import NickNamer

    return NickNamer()


def _shape(word: str) -> str:
    """The word with each of the letters that OCR takes for one another written alike."""
    for printed, meant in _LIKE_SHAPES:
        word = word.replace(printed, meant)
    return word


def _misread(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= _FEW_LETTERS and OSA.distance(a, b, score_cutoff=1) <= 1
