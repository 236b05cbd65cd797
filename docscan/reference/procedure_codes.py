"""CPT and HCPCS level II: the shapes of codes, what a few are for in our own words, which diagnoses they fit.

CPT's descriptors are copyright of the American Medical Association and are not here. Shapes: CMS, "HCPCS general
information". Whether a code of the right shape exists is not known offline.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

System: TypeAlias = Literal["cpt", "cpt_category_2", "cpt_category_3", "cpt_other", "hcpcs"]

_SHAPES: tuple[tuple[System, str], ...] = (
    ("cpt", r"[0-9]{5}"),
    ("cpt_category_2", r"[0-9]{4}F"),
    ("cpt_category_3", r"[0-9]{4}T"),
    ("cpt_other", r"[0-9]{4}[AMU]"),
    ("hcpcs", r"[A-CE-HJ-MP-V][0-9]{4}"),
)
"""Dental codes (D and four digits) are the American Dental Association's and have the shape of HCPCS codes."""

MODIFIER = r"[A-Z0-9]{2}"

_CLASSES: dict[str, str] = {
    "97110": "exercise", "97112": "exercise", "97113": "exercise", "97116": "exercise", "97150": "exercise",
    "97530": "exercise", "97140": "manual_therapy", "97124": "massage", "97010": "therapy_other",
    "97014": "therapy_other", "97032": "therapy_other", "97035": "therapy_other", "97161": "therapy_evaluation",
    "97162": "therapy_evaluation", "97163": "therapy_evaluation", "97164": "therapy_evaluation",
    "97165": "therapy_evaluation", "97166": "therapy_evaluation", "97167": "therapy_evaluation",
    "97802": "nutrition", "97803": "nutrition", "97804": "nutrition", "G0270": "nutrition", "S9452": "nutrition",
    "S9470": "nutrition", "97810": "acupuncture", "97811": "acupuncture", "97813": "acupuncture",
    "97814": "acupuncture", "98940": "chiropractic", "98941": "chiropractic", "98942": "chiropractic",
    "98943": "chiropractic", "93797": "cardiac_rehabilitation", "93798": "cardiac_rehabilitation",
    "S9451": "exercise_class", "S9449": "weight_loss", "G0447": "weight_loss", "90791": "mental_health",
    "90832": "mental_health", "90834": "mental_health", "90837": "mental_health", "90846": "mental_health",
    "90847": "mental_health", "90853": "mental_health",
    **dict.fromkeys(("99202", "99203", "99204", "99205", "99211", "99212", "99213", "99214", "99215"), "office_visit"),
    **dict.fromkeys(("94625", "94626", "G0237", "G0238", "G0239"), "pulmonary_rehabilitation"),
}  # fmt: skip

_EXERCISE_FITS = tuple(
    """
    E08 E09 E10 E11 E13 E66 E78 E88.81 G12 G14 G20 G21 G35 G80 G81 G82 G89 F32 F33 F41 I10 I11 I12 I13 I15
    I16 I20 I21 I22 I23 I24 I25 I50 I63 I69 I73 J44 M R26 R29.6 R53.81 R73.03 S T84 U09.9 Z47 Z48 Z89 Z95
    Z96 Z98 C N39.3 N81 O26 Q66 Q79.6
    """.split()
)
_MUSCULOSKELETAL = (
    "M",
    "S",
    "G43",
    "G44",
    "G54",
    "G56",
    "G57",
    "G89",
    "R51",
    "R52",
    "Z47",
    "Z96",
    "O26",
    "Q",
    "T84",
    "I89",
    "I97",
)
_FITS: dict[str, tuple[str, ...]] = {
    "exercise": _EXERCISE_FITS,
    "exercise_class": _EXERCISE_FITS,
    "manual_therapy": _MUSCULOSKELETAL,
    "massage": (*_MUSCULOSKELETAL, "F41", "F43", "C"),
    "chiropractic": _MUSCULOSKELETAL,
    "nutrition": ("E", "I", "K", "N18", "R73", "O24", "F50", "C", "Z68", "Z71.3", "T78", "R63", "D50", "Q"),
    "weight_loss": ("E66", "E11", "E78", "E88", "I", "G47.3", "K76", "R73", "Z68", "M"),
    "cardiac_rehabilitation": ("I", "Z94", "Z95", "Z98"),
    "pulmonary_rehabilitation": ("J", "U09", "I27", "Z94", "C34", "E84"),
    "mental_health": ("F", "G47", "R45", "Z63", "Z71"),
}
"""Diagnoses that a class of services plausibly treats. Our own judgement, wide on purpose: only a glaring misfit
shows."""


def normalise(text: str) -> str | None:
    """The code in capitals without its modifiers ("97110-GP" → "97110"); None where the shape is another."""
    match = re.fullmatch(rf"([0-9A-Z]{{5}})(?:[\s,:\-]+{MODIFIER})*", text.strip().upper())
    return match[1] if match and system(match[1]) else None


def system(code: str) -> System | None:
    """Which family the code's shape belongs to."""
    return next((name for name, shape in _SHAPES if re.fullmatch(shape, code)), None)


_SECTIONS = (
    ("A0021", "A9999"), ("B4034", "B9999"), ("C1052", "C9899"), ("E0100", "E8002"), ("G0008", "G9999"),
    ("H0001", "H2041"), ("J0120", "J9999"), ("K0001", "K1399"), ("L0112", "L9900"), ("M0001", "M1399"),
    ("P2028", "P9999"), ("Q0035", "Q9999"), ("R0070", "R0076"), ("S0012", "S9999"), ("T1000", "T5999"),
    ("U0001", "U0005"), ("V2020", "V5364"),
)  # fmt: skip
"""The numbers in use by letter. Source: CMS, the sections of the HCPCS level II release."""


def of_hcpcs(code: str) -> bool:
    """Whether a code lies within a section of HCPCS level II: of its shape, and of a number in use for its letter."""
    return system(code) == "hcpcs" and any(first[0] == code[0] and first <= code <= last for first, last in _SECTIONS)


def service_class(code: str) -> str | None:
    """What the code is for, in our own words; None for most codes."""
    return _CLASSES.get(code)


def fits(code: str, diagnosis_code: str) -> bool | None:
    """Whether the service plausibly treats the diagnosis; None where our small map does not say."""
    prefixes = _FITS.get(_CLASSES.get(code, ""))
    return None if prefixes is None else diagnosis_code.upper().startswith(prefixes)


def looks_like_zip(code: str, before: str, after: str) -> bool:
    """Whether five digits are rather a ZIP code than a procedure: the text before ends in a state, or +4 follows.

    97110, 97124 and 97530 are both in use as procedure codes and as postal codes of Oregon.
    """
    from docscan.reference import us_states

    if not re.fullmatch(r"[0-9]{5}", code):
        return False
    last = re.search(r"([A-Za-z.]+(?: [A-Za-z.]+)?)[,\s]*$", before)
    words = last[1].split(" ") if last else []
    states = [us_states.normalise(" ".join(words[n:])) for n in range(len(words))]
    in_capitals = bool(words) and (words[-1].replace(".", "").isupper() or len(words[-1]) > 3)
    return re.match(r"-[0-9]{4}(?![0-9])", after) is not None or (in_capitals and us_states.of_zip(code) in states)
