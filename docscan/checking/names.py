"""Are two printed names one person's?"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from rapidfuzz.distance import OSA

Likeness = Literal["same", "possible", "different"]

_TITLES = frozenset("mr mrs ms miss mx dr doctor prof sir jr sr ii iii iv esq md do np pa dc phd".split())
_SHORT = (
    "abigail abby", "alexander alex", "alexandra alex sandra", "andrew andy drew", "anthony tony", "barbara barb",
    "benjamin ben", "catherine kate katie cathy cate", "charles charlie chuck", "christina chris tina",
    "christopher chris", "daniel dan danny", "david dave", "deborah deb debbie", "donald don", "edward ed eddie ted",
    "elizabeth liz beth betsy eliza lizzie", "francis frank", "frederick fred", "gregory greg", "guadalupe lupe",
    "henry hank", "isabella isabel bella", "jacob jake", "james jim jimmy jamie", "jennifer jen jenny",
    "john jack johnny",
    "jonathan jon", "joseph joe jose", "joshua josh", "katherine kate katie kathy", "kenneth ken", "kimberly kim",
    "lawrence larry", "leonard leo len", "margaret maggie meg peggy", "maria mary", "matthew matt", "michael mike",
    "nathaniel nathan nate", "nicholas nick", "pamela pam", "patricia pat patty trish", "patrick pat", "peter pete",
    "philip phil", "raymond ray", "rebecca becky", "richard rick dick rich", "robert bob rob bobby", "ronald ron",
    "samantha sam", "samuel sam", "stephanie steph", "stephen steve steven", "susan sue susie", "theodore ted theo",
    "theresa terry tess", "thomas tom tommy", "timothy tim", "victoria vicky tori", "vincent vince", "walter walt",
    "william will bill billy liam", "zachary zach",
)  # fmt: skip
_FAMILIES: dict[str, set[int]] = {}
for _number, _family in enumerate(_SHORT):
    for _name in _family.split():
        _FAMILIES.setdefault(_name, set()).add(_number)

_FEW_LETTERS = 4  # below it one wrong letter makes another name


def compare(a: str, b: str) -> Likeness:
    """ "same": equal but for case, accents, order, middle names; "possible": an initial, a short form, a changed family
    name or a letter misread could explain the difference; "different": nothing does."""
    first, second = parts(a), parts(b)
    if not first or not second:
        return "possible"
    if sorted(first) == sorted(second) or "".join(first) == "".join(second):
        return "same"
    given, family = _alike(first[0], second[0]), _alike(first[-1], second[-1])
    if min(len(first), len(second)) == 1:
        lone, other = (first, second) if len(first) == 1 else (second, first)
        return "possible" if any(_alike(lone[0], part) != "different" for part in other) else "different"
    if given == family == "same":
        middle = {part[0] for part in first[1:-1]} ^ {part[0] for part in second[1:-1]}
        return "possible" if len(first) > 2 and len(second) > 2 and middle else "same"
    second_family_name_dropped = given == "same" and bool(set(first[1:]) & set(second[1:]))
    return "possible" if "different" not in (given, family) or second_family_name_dropped else "different"


def parts(name: str) -> list[str]:
    """Lower case, without accents, titles and letters after the name, the family name last ("Vance, Marisol")."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    before, comma, after = plain.partition(",")
    if comma and [w for w in _words(after) if w not in _TITLES]:
        plain = f"{after} {before}"
    words = _words(plain)
    return [word for word in words if word not in _TITLES] or words


def family_name(name: str) -> str:
    """The last part of a person's name; "" where there is none."""
    found = parts(name)
    return found[-1] if found else ""


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:['’-][a-z]+)*", text)


def _alike(a: str, b: str) -> Likeness:
    if a == b:
        return "same"
    if len(a) == 1 or len(b) == 1:
        return "possible" if a[0] == b[0] else "different"
    if _FAMILIES.get(a, set()) & _FAMILIES.get(b, set()) or _misread(a, b):
        return "possible"
    if a in re.split(r"['’-]", b) or b in re.split(r"['’-]", a):
        return "possible"  # one of two joined names
    return "different"


def _misread(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= _FEW_LETTERS and OSA.distance(a, b, score_cutoff=1) <= 1
