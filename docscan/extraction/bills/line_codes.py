"""Which procedure code do the words of a priced row write: in brackets, before or behind them, or run together?

Five digits may as well be a lot, an article's or a postal number: a code counts where something says that it is one.
That is "CPT" before it, a modifier behind it, or its known use; else its place in CPT's section of medicine, set off
from the words on a bill that speaks of patients and diagnoses (sections: AMA, "CPT overview and code approval").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docscan.extraction.bills.billing import is_clinical
from docscan.reference import icd10cm, procedure_codes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_WRITTEN = re.compile(
    r"(?<![\w.$€£#/-])(?P<said>(?:(?:CPT|HCPCS)(?:/HCPCS)?(?: ?codes?)?|"
    r"(?:(?:billing|procedure|service) |(?<=, )|(?<=\())code)[:#\s]*)?"
    r"(?P<code>\d{5}|[A-EGHJ-MP-V]\d{4}|\d{4}[FTU])"
    r"(?P<modifiers>(?:[-–/, ]{1,2}(?:[A-Z]{2}|\d{2}|X[EPSU])(?!\w))*)"
    r"(?:\s?[x×]\s?(?P<times>\d{1,2})(?!\w)(?:\s?units?\b)?)?(?![\w/]|[.,-]\d)",
)
_MODIFIERS = frozenset(
    "22 24 25 26 50 51 52 53 57 58 59 62 76 77 78 79 80 90 91 93 95 96 97 GA GN GO GP GT GY GZ KX LT RT TC CQ CO "
    "NU RR UE XE XP XS XU AT AS Q5 Q6 FQ SA HO HN".split()
)
"""Modifiers that the bills of offices and of suppliers bear (CMS, "HCPCS modifiers")."""
_NUMBERS = re.compile(
    r"\b(?:lot|zip|box|ext|chart|mrn|acct|account|order|claim|ref|no|suite|ste|id|phone|fax|sku|item|upc|rx|invoice|"
    r"check|ck|batch|serial|model|member|auth|room|rm)\b\W*$",
    re.IGNORECASE,
)
_STATE = re.compile(r"(?<![A-Za-z])[A-Z]{2},?\s{1,2}$")
"""What stands before a postal number."""
_MEDICINE = range(90281, 99608)
_TESTS = range(70010, 89399)  # radiology, pathology and laboratory


class WrittenCode(NamedTuple):
    """A code, where it stands, and where all that belongs to it stands: brackets, "CPT", modifiers."""

    code: str
    span: tuple[int, int]
    cover: tuple[int, int]
    times: int | None  # how often it was done, where that stands behind it: "97110 x3"


def written_code(text: AnnotatedText, first: int, last: int) -> WrittenCode | None:
    """The first code among the words from `first` to `last`."""
    words = text.text[first : max(first, last)]
    for match in _WRITTEN.finditer(words):
        before = words[: match.start()].rpartition("\n")[2]
        if _NUMBERS.search(before[-14:]) or (_STATE.search(before) and not match["said"] and "," in before[-5:]):
            continue
        start, end = match.start(), match.end()
        bracketed = before[-1:] in ("(", "[") and words[end : end + 1] in (")", "]")
        apart = bracketed or before.rstrip()[-1:] in (",", ":", ";", "-", "–", "|", "(", "[")
        opens = not re.sub(r"^\W*(?:\d{1,2}[.)]|\d{1,2}/\d{1,2}/\d{2,4}\s)", "", before).strip()
        behind = words[end:].strip(" .,;)_$-")
        clinical = is_clinical(text)
        if not (bracketed and clinical and match["code"].isdigit()) and not _is_procedure(
            match, apart=apart, opens=opens, ends=not behind, clinical=clinical
        ):
            continue
        if bracketed:
            start, end = start - 1, end + 1
        elif before[-1:] in ("(", "["):
            start, end = match.end("code"), match.end("code")  # "(97124 rub-down)": the brackets hold words
        span = (first + match.start("code"), first + match.end("code"))
        times = int(match["times"]) if match["times"] else None
        return WrittenCode(match["code"], span, (first + start, first + end), times)
    return None


def _is_procedure(match: re.Match[str], *, apart: bool, opens: bool, ends: bool, clinical: bool) -> bool:
    if match["code"][0] == "D":  # dentists' codes, which look like others' stock numbers
        return bool(match["said"]) or (opens and not match["code"].startswith("D00"))
    code, modifiers = match["code"], re.findall(r"[A-Z0-9]{2}", match["modifiers"])
    if code[0].isalpha() and icd10cm.history(f"{code[:3]}.{code[3:]}"):
        return bool(match["said"])
    if match["said"] or procedure_codes.service_class(code) is not None:
        return True
    if modifiers and all(one in _MODIFIERS for one in modifiers):
        return clinical or not code.isdigit() or int(code) in _MEDICINE
    if code.isdigit():
        inside = int(code) in _MEDICINE or (opens and int(code) in _TESTS)
        return inside and clinical and (apart or opens or ends)
    return clinical and (apart or opens or ends)
