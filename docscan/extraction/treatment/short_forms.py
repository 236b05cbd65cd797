"""The short forms of telegraphic notes in full ("PT", "massage tx", "wt loss prog"), and what they then name."""

from __future__ import annotations

import re

from docscan.reference import item_classes

_I = re.IGNORECASE
_FULL = {
    "wt": "weight", "mgmt": "management", "mgt": "management", "tx": "therapy", "txs": "therapy", "rx": "therapy",
    "thx": "therapy", "ther": "therapy", "prog": "program", "programme": "program", "programmes": "programs",
    "prgm": "program", "pgm": "program", "ex": "exercise", "exs": "exercises", "exer": "exercise", "w": "with",
    "grp": "group", "indiv": "individual", "acu": "acupuncture", "acupunct": "acupuncture", "chiro": "chiropractic",
    "nutr": "nutrition", "couns": "counseling", "counselling": "counseling", "mbrshp": "membership",
    "memb": "membership", "msg": "massage", "sess": "sessions", "supv": "supervised", "supvd": "supervised",
    "superv": "supervised", "trng": "training", "trn": "training", "strgth": "strength", "psych": "psychotherapy",
    "psychotx": "psychotherapy", "equip": "equipment", "compr": "compression", "hose": "stockings",
    "rehab": "rehabilitation", "aquatics": "aquatic therapy", "cess": "cessation", "cardio": "cardiac",
    "lymph": "lymphatic", "orthotic": "orthotics",
}  # fmt: skip
_CAPITALS = {
    "PT": "physical therapy", "OT": "occupational therapy", "ST": "speech therapy", "MT": "massage therapy",
    "CBT": "cognitive behavioral therapy", "AT": "aquatic therapy", "MNT": "medical nutrition therapy",
    "PFPT": "pelvic floor physical therapy", "MLD": "manual lymphatic drainage",
}  # fmt: skip
_SHORT_FORM = re.compile(rf"\b(?:{'|'.join(sorted(_FULL, key=len, reverse=True))})\b\.?", _I)
_IN_CAPITALS = re.compile(rf"\b(?:P\.T\.|O\.T\.|S\.T\.|(?:{'|'.join(_CAPITALS)})(?![\w'’]))")


def class_of(printed: str) -> str | None:
    """The class of what words name, as printed or else with short forms in full; see `item_classes.classify`."""
    known = item_classes.classify(printed)
    if known not in {None, "unspecific"}:
        return known
    spelt = spelt_out(printed)
    return known if spelt == printed else item_classes.classify(spelt)


def spelt_out(printed: str) -> str:
    """Words with their short forms in full; "PT" only in capitals."""
    full = _SHORT_FORM.sub(lambda m: _FULL.get(m.group().lower().rstrip("."), m.group()), printed)
    return _IN_CAPITALS.sub(lambda m: _CAPITALS[m.group().replace(".", "")], full)
