"""What kind of thing an ICD-10-CM code stands for: an illness, or something that alone justifies no treatment."""

from __future__ import annotations

from typing import Literal, TypeAlias

from docscan.reference import icd10cm

Nature: TypeAlias = Literal[
    "disease", "unspecified", "prediabetes", "weak", "symptom", "status", "not_a_disease", "external_cause"
]

_NOT_A_DISEASE = tuple(
    """
    Z00 Z01 Z02 Z04 Z10 Z11 Z12 Z13 Z23 Z28 Z41.1 Z55 Z56 Z57 Z58 Z59 Z60 Z62 Z63 Z64 Z65 Z68 Z69 Z70 Z71
    Z72.3 Z72.4 Z72.8 Z72.9 Z73 Z74 Z75 Z76
    """.split()
)
_STATUS = tuple(
    """
    Z14 Z15 Z16 Z17 Z18 Z19 Z20 Z21 Z22 Z42 Z43 Z44 Z45 Z46 Z47 Z48 Z49 Z51 Z52 Z53 Z66 Z67 Z72 Z77 Z78 Z79
    Z80 Z81 Z82 Z83 Z84 Z85 Z86 Z87 Z88 Z89 Z90 Z91 Z92 Z93 Z94 Z95 Z96 Z97 Z98 Z99 Z3 Z2 Z40 Z41 Z03 Z05
    Z08 Z09 Z29 Z61
    """.split()
)
_WEAK = ("E66.3", "M54.50", "M54.9", "M79.6", "M25.5", "M62.81")


def code_nature(code: str) -> Nature:
    """What the code stands for; of the longest prefix that is listed, so Z72.3 differs from Z72.0.

    not_a_disease: examinations, counselling, lifestyle, BMI, social circumstances (Z00, Z71.3, Z72.3, Z68.-): never
    enough alone. status: aftercare, implants, history (Z47.1, Z79, Z96): needs the condition beside it. symptom:
    chapter R, no definite diagnosis. prediabetes: R73.03, a finding that many accept. weak: an illness only in name
    (overweight, low back pain). unspecified: an illness of which the code leaves something open. external_cause: V
    to Y. Sources: ICD-10-CM Official Guidelines, section I.C.18, 20 and 21.
    """
    plain = (icd10cm.normalise(code) or code).upper()
    if plain.startswith("R73.03"):
        return "prediabetes"
    if plain[:1] == "R":
        return "symptom"
    if plain[:1] in tuple("VWXY"):
        return "external_cause"
    if plain[:1] == "Z":
        hard = max((len(p) for p in _NOT_A_DISEASE if plain.startswith(p)), default=0)
        soft = max((len(p) for p in _STATUS if plain.startswith(p)), default=0)
        return "not_a_disease" if hard >= soft else "status"
    if plain.startswith(_WEAK):
        return "weak"
    return "unspecified" if _unspecified(plain) else "disease"


def _unspecified(code: str) -> bool:
    described = icd10cm.history(code)
    return any("unspecified" in span.description.lower() for span in described if span.description)
