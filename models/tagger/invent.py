"""Invents what a document is about: who is who, what is prescribed for what, numbers and dates.

All of it comes from the dice that are handed in, so the same seed gives the same documents. Nobody here exists.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

HERE = Path(__file__).parent
_REFERENCE = HERE.parent.parent / "docscan" / "reference"


class Slot(NamedTuple):
    """What fills a slot; `roles`: the labels its text bears. `inner`: where the labelled part starts and ends."""

    text: str
    roles: tuple[str, ...] = ()
    inner: tuple[int, int] | None = None


class Name(NamedTuple):
    given: str
    middle: str
    family: str
    suffix: str
    female: bool

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.given, self.middle, self.family) if part) + self.suffix

    @property
    def last_first(self) -> str:
        return f"{self.family}, {self.given}" + (f" {self.middle}" if self.middle else "")


CREDENTIALS = (
    "MD MD MD DO NP PA-C FNP-BC APRN DNP DC PT DPT ND DPM PhD PsyD LCSW RD OD DDS DMD M.D. D.O. FNP ARNP LAc OTR/L "
    "MD,_FACP MD,_MPH PT,_DPT MSN,_FNP-C DO,_FAAFP MD,_PhD RDN CNM"
).split()
_STATES = "CA TX NY FL IL OH WA OR CO GA NC PA MI AZ MA VA TN MN WI NJ MO IN MD UT NM KY".split()
_PLAN_WORDS = (
    "Summit Keystone Meridian Pinnacle Horizon Anchor Beacon Crest Liberty Evergreen Cobalt Atlas Prairie".split()
)


_MONTHS = "January February March April May June July August September October November December".split()

_SEPARATORS = (": ", ": ", ": ", ":→", "→", "¶", ": __", " - ", ":¶", " ", ":  ", " ....... ", "_: ")


_LABELS = ("patient_l", "holder_l", "provider_l", "treat_l")


@cache
def _things() -> Mapping[str, Sequence[str]]:
    read = tomllib.loads((HERE / "things.toml").read_text("utf-8"))
    lists = read.pop("labels") | read
    return {key: value.replace("\n", "").split("|") for key, value in lists.items()}


def _one(dice: Random, key: str) -> str:
    return dice.choice(_things()[key])


@cache
def _names() -> Mapping[str, Sequence[str]]:
    read = tomllib.loads((HERE / "names.toml").read_text("utf-8"))
    return {key: value.split() for key, value in read.items()}


@cache
def conditions() -> Sequence[str]:
    """Names of conditions, as the reference lists them, and their other names."""
    with (_REFERENCE / "conditions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(line for line in file if not line.startswith("#")) if row]
    found = []
    for row in rows[1:]:
        found += [row[0], row[0], *(one.strip() for one in row[1].split("|"))]
    return [one for one in found if len(one) > 2]


def name(dice: Random, *, made_up: float, family: str = "") -> Name:
    """Somebody's name; with `family`, a relative's."""
    known = _names()

    def word() -> str:
        begin, core, close = (dice.choice(known[key]) for key in ("onsets", "cores", "closes"))
        between = dice.choice(known["onsets"]) + dice.choice(known["cores"]) if dice.random() < 0.25 else ""
        return (begin + core + between + close).capitalize()

    first = word() if dice.random() < made_up else dice.choice(known["given"])
    last = family or (word() if dice.random() < made_up else dice.choice(known["family"]))
    if not family:
        turn = dice.random()
        if turn < 0.05:
            last += "-" + dice.choice(known["family"])
        elif turn < 0.08:
            last = dice.choice(("de la ", "van ", "De ", "von ", "Al-", "O'", "St. ", "del ", "El ", "Mc", "D'")) + last
        elif turn < 0.1:
            last = dice.choice(known["family"]) + " " + last
    middle = ""
    turn = dice.random()
    if turn < 0.22:
        middle = dice.choice("ABCDEFGHIJKLMNOPRSTVWY") + dice.choice((".", ".", ""))
    elif turn < 0.27:
        middle = dice.choice(known["given"])
    elif turn < 0.29:
        middle = f'"{dice.choice(known["given"])[:5]}"'
    suffix = dice.choice((" Jr.", ", Jr.", " III", " Sr.", " II")) if dice.random() < 0.025 else ""
    return Name(first, middle, last, suffix, dice.random() < 0.55)


def _practice(dice: Random, someone: Sequence[Name]) -> str:
    turn = dice.random()
    who = dice.choice(someone)
    if turn < 0.3:
        lead = who.family + (
            f" {dice.choice(('&', 'and'))} {name(dice, made_up=0.2).family}" if dice.random() < 0.5 else ""
        )
    elif turn < 0.38:
        lead = f"{dice.choice(('Dr. ', ''))}{who.given} {who.family}"
    elif turn < 0.45:
        lead = dice.choice(("St. ", "Saint ")) + dice.choice(_names()["given"])
    else:
        lead = dice.choice((_one(dice, 'cities'), f"{_one(dice, 'streets')} {dice.choice(('Street', 'Park', 'Hill'))}",
                            *(_PLAN_WORDS[:6]), "North", "Tri-County", "Advanced", "Integrated"))  # fmt: skip
    return f"{lead} {_one(dice, 'places')}{_one(dice, 'legal')}"


def _merchant(dice: Random, someone: Sequence[Name]) -> str:
    turn = dice.random()
    if turn < 0.5:
        return _practice(dice, someone)
    who = dice.choice(someone)
    lead = dice.choice((
        _one(dice, "cities"), who.family + dice.choice(("'s", "", " Brothers")), who.given + "'s",
        "The " + dice.choice(_PLAN_WORDS), dice.choice(_PLAN_WORDS), f"{who.given} {who.family}",
        "Body" + dice.choice(("Works", "Lab", "Wise")),
        dice.choice(("Iron", "Blue", "Green", "Red", "Urban", "Peak", "Core", "True", "Vital")) + dice.choice((" ", ""))
        + dice.choice(("Temple", "Leaf", "Lotus", "Stone", "Barn", "Motion", "Path", "Room")),
    ))  # fmt: skip
    shop = _one(dice, "shops")
    if turn > 0.97:
        return name(dice, made_up=0.7).family.upper()[:8] + dice.choice(("", " " + shop, "-MART", " MED", "FIT"))
    if turn > 0.94:
        return (lead + shop).replace(" ", "").upper()
    return f"{lead} {shop}{_one(dice, 'legal')}"


def _date(dice: Random, first: int = 2019, last: int = 2027) -> str:
    year, month, day = dice.randint(first, last), dice.randint(1, 12), dice.randint(1, 28)
    full, short = _MONTHS[month - 1], _MONTHS[month - 1][:3]
    return dice.choice((
        f"{month}/{day}/{year}", f"{month:02}/{day:02}/{year}", f"{full} {day}, {year}", f"{short} {day}, {year}",
        f"{day} {full} {year}", f"{year}-{month:02}-{day:02}", f"{month}-{day}-{year % 100:02}",
        f"{day} {short} {year}",
        f"{month}/{day}/{year % 100:02}", f"{full} {day} {year}",
    ))  # fmt: skip


def _phone(dice: Random) -> str:
    area, last = dice.randint(201, 989), dice.randint(100, 199)
    return dice.choice((f"({area}) 555-0{last}", f"{area}-555-0{last}", f"{area}.555.0{last}", f"{area} 555 0{last}"))


def _treatment(dice: Random) -> str:
    return " ".join(filter(None, (_one(dice, "modifiers"), _one(dice, "treatments")))) + _one(dice, "endings")


def _address(dice: Random) -> str:
    street = f"{dice.randint(1, 9900)} {_one(dice, 'streets')} {_one(dice, 'ways')}"
    suite = dice.choice(("", "", f", Suite {dice.randint(1, 900)}", f" #{dice.randint(1, 90)}"))
    zip_code = f"{_one(dice, 'cities')}, {dice.choice(_STATES)} {dice.randint(10000, 99000)}"
    return f"{street}{suite}{dice.choice((', ', '¶', ' · '))}{zip_code}"


def _code(dice: Random) -> str:
    tail = dice.choice(("", f".{dice.randint(0, 9)}", f".{dice.randint(10, 99)}"))
    return f"{dice.choice('EFGIJKMNRSZ')}{dice.randint(0, 99):02}{tail}"


def _number(dice: Random) -> str:
    return dice.choice((str(dice.randint(1000, 9999999)), f"{dice.choice('ABHWX')}{dice.randint(100, 99999)}"))


def _money(dice: Random) -> str:
    return f"{dice.choice(('$', '$', ''))}{dice.randint(3, 900)}.{dice.choice(('00', '00', '50', '99', '25'))}"


_LISTED = {"u": "treatments", "spec": "specialties", "item": "items", "freq": "frequencies", "dur": "durations",
           "len": "lengths"}  # fmt: skip
_PROCEDURES = "97110 99213 97140 98941 D1110 97124 90834 99203 97810".split()
_DRAWN: Mapping[str, Callable[[Random], str]] = {
    "addr": _address,
    "date": _date,
    "dob": lambda dice: _date(dice, 1935, 2018),
    "year": lambda dice: str(dice.randint(1998, 2026)),
    "age": lambda dice: str(dice.randint(4, 88)),
    "phone": _phone,
    "npi": lambda dice: str(dice.randint(1_000_000_000, 1_999_999_999)),
    "lic": lambda dice: f"{dice.choice(('', 'MD', 'A', 'G', 'PT-', 'OH '))}{dice.randint(10000, 999999)}",
    "ein": lambda dice: f"{dice.randint(10, 98)}-{dice.randint(1000000, 9999999)}",
    "code": _code,
    "cpt": lambda dice: dice.choice(_PROCEDURES),
    "num": _number,
    "num2": lambda dice: str(dice.randint(1, 40)),
    "num4": lambda dice: f"{dice.randint(0, 9999):04}",
    "qty": lambda dice: str(dice.randint(1, 3)),
    "money": _money,
    "mail": lambda dice: f"{dice.choice(_names()['family']).lower()}@example.org",
    "init": lambda dice: dice.choice("abcdejkmst") + dice.choice("abdhlmrs"),
}


class Case:
    """The facts of one document. `slot` tells what a slot of the wording is filled with; numbers differ each time."""

    def __init__(self, dice: Random, mixture: Mapping[str, float], *, bill: bool, proxy: float) -> None:
        """`proxy`: how likely somebody else signs than the clinician who treats."""
        self._dice, self._bill = dice, bill
        made_up = mixture["made_up_names"]

        def new(family: str = "") -> Name:
            return name(dice, made_up=made_up, family=family)

        self.patient, self.provider = new(), new()
        self.holder = self.patient if dice.random() < 0.3 else new(self.patient.family if dice.random() < 0.7 else "")
        self.signer = new() if dice.random() < proxy else self.provider
        self.relative = new(self.patient.family if dice.random() < 0.6 else "")
        self.assistant, self.former, self.trainer, self.supervisor, self.other = new(), new(), new(), new(), new()
        if dice.random() < 0.3:
            self.other = self.holder
        self._credential, self._signers = dice.choice(CREDENTIALS).replace("_", " "), ""
        self._signers = self._credential if self.signer is self.provider else dice.choice(CREDENTIALS).replace("_", " ")
        self._practice = _practice(dice, (self.provider, self.provider, self.former))
        self._merchant = _merchant(dice, (self.provider, self.trainer, self.former))
        self._employer = f"{dice.choice((*_PLAN_WORDS, *_things()['cities'][:8]))} {_one(dice, 'employers')}"
        self._treatment = _treatment(dice)
        self._conditions = [dice.choice(conditions()) for _ in range(2)]
        self._treatments = [self._treatment, self._treatment, self._treatment, _one(dice, "treatments")]
        self.separator = dice.choice(_SEPARATORS)
        self._last_first = dice.random() < mixture["last_first"]
        self._capital = dice.random() < mixture["capital_names"]
        self._merchant_capital = dice.random() < 0.3
        self._fixed = {key: dice.choice(_things()[key]) for key in _LABELS}
        self._no_credentials = dice.random() < 0.08

    def slot(self, key: str, *, labelled: bool) -> Slot:
        """`labelled`: a label stands before the slot, where forms print "Last, First"."""
        if key in _ROLES:
            return self._person(key, labelled)
        if key in ("p", "d", "P1", "X1", "PLast", "PFirst"):
            return self._short(key)
        if key in ("T", "t"):
            text = self._treatment if key == "T" or labelled else self._dice.choice(self._treatments)
            if labelled and self._dice.random() < 0.6:
                text = text[:1].upper() + text[1:]
            return Slot(text, ("treatment", "link_treatment") if key == "T" else ("treatment",))
        if key == "C":
            return Slot(self._condition(), ("link_condition",))
        if key == "M":
            shout = self._capital or self._merchant_capital
            return Slot(self._merchant.upper() if shout else self._merchant, ("merchant",))
        return Slot(self._plain(key))

    def _person(self, key: str, labelled: bool) -> Slot:
        who: Name = getattr(self, _ROLES[key][0])
        roles = _ROLES[key][1]
        if key == "S" and (self.signer is self.provider):
            roles = ("signer", "provider")
        if key == "O" and self.other is self.holder and not self._bill:
            roles = ("participant",)
        text = who.last_first if self._last_first and labelled and key in "PAORD" else who.full
        title = ""
        if self._dice.random() < (0.2 if key in "DFV" else 0.04 if key in "PAROX" else 0.0):
            title = "Dr. " if key in "DFV" else self._dice.choice(("Ms. ", "Mrs. ", "Miss ")) if who.female else "Mr. "
        text = self._cased(text)
        return Slot(title + text, roles, (len(title), len(title) + len(text)))

    def _short(self, key: str) -> Slot:
        who = {"d": self.provider, "X1": self.assistant}.get(key, self.patient)
        roles = {"d": ("provider",), "X1": ("other_person",)}.get(key, ("patient",))
        if key in ("P1", "X1", "PFirst", "PLast"):
            return Slot(self._cased(who.family if key == "PLast" else who.given), roles)
        if key == "p" and self._dice.random() < 0.35:
            return Slot(self._dice.choice(("the patient", "this patient", "she" if who.female else "he", "pt")))
        title = "Dr. " if key == "d" else self._dice.choice(("Ms. ", "Mrs. ")) if who.female else "Mr. "
        return Slot(title + who.family, roles, (len(title), len(title) + len(who.family)))

    def _cased(self, text: str) -> str:
        return text.upper() if self._capital else text

    def _condition(self) -> str:
        return self._dice.choice(("", "", "", "chronic ", "severe ", "moderate ")) + self._dice.choice(self._conditions)

    def _plain(self, key: str) -> str:
        female = self.patient.female
        own = {
            **self._fixed, "sep": self.separator, "W": self._cased(self._practice), "M0": self._merchant,
            "E": self._employer, "cred": "" if self._no_credentials else self._credential,
            "scred": "" if self._no_credentials else self._signers,
            "she": "she" if female else "he", "She": "She" if female else "He",
            "her": "her" if female else "his", "Her": "Her" if female else "His",
            "site": f"{''.join(w for w in self._practice.lower() if w.isalnum())[:14]}.example",
        }  # fmt: skip
        if key in own:
            return own[key]
        if key == "c":
            return self._condition()
        if key == "scribble":
            initial = f"{self.signer.given[:1]}. {self.signer.family}"
            return self._dice.choice(("~~~", "[signature]", "(signed)", initial))
        return _one(self._dice, _LISTED[key]) if key in _LISTED else _DRAWN[key](self._dice)


_ROLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "P": ("patient", ("patient",)),
    "A": ("holder", ("participant",)),
    "D": ("provider", ("provider",)),
    "S": ("signer", ("signer",)),
    "X": ("assistant", ("other_person",)),
    "R": ("relative", ("other_person",)),
    "F": ("former", ("other_person",)),
    "N": ("trainer", ("other_person",)),
    "V": ("supervisor", ("other_person",)),
    "O": ("other", ("other_person",)),
}
