"""Whether a document bills something: by its kind, or because it prints priced lines with their sum.

A referral slip or a laboratory's report may carry the charges along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations
from typing import TYPE_CHECKING, Final

from docscan.extraction.kinds.of_money import is_bill

if TYPE_CHECKING:
    from docscan.extraction.bills.figures import Figure
    from docscan.extraction.text.annotated import AnnotatedText

_CLINICAL = re.compile(
    r"\b(?:(?i:NPI|CPT|HCPCS|ICD|Dx|DOS|superbill|patients?|diagnos[ie]s|claim|D\.?D\.?S|D\.?P\.?T|"
    r"medicare|medicaid|provider|physician|clinician|an(?:a)?esthesi\w+|insurance (?:paid|payments?))|"
    r"[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})\b"
)


_COUNTS_CODES: Final = frozenset(("superbill", "eob"))


def is_billed(text: AnnotatedText) -> bool:
    """Whether there are charges to look for."""
    return text.once("is billed", lambda: is_bill(text) or _adds_up(text))


def is_mere_slip(text: AnnotatedText) -> bool:
    """Whether it only proves a payment. A terminal's slip that lists what was sold, with counts, prices or codes that
    its total adds up, is a receipt in all but its name."""
    return text.kind[0] == "card_slip" and not text.once("itemised slip", lambda: _lists(text))


def _lists(text: AnnotatedText) -> bool:
    from docscan.extraction.bills.foot import foot_of
    from docscan.extraction.bills.prose import told_items

    foot = foot_of(text)
    sold = any(line.unit_price is not None or line.code for line in foot.lines)
    return (foot.confirmed and sold) or len(told_items(text)) > 1


def is_clinical(text: AnnotatedText) -> bool:
    """Whether a number of five digits before a description may be a procedure's code."""
    return text.once("is clinical", lambda: text.kind[0] in _COUNTS_CODES or bool(_CLINICAL.search(text.text)))


def _adds_up(text: AnnotatedText) -> bool:
    """Lines that a printed sum adds up, or sums of three kinds and more of which one is what two others leave."""
    from docscan.extraction.bills.figures import STRONG, sheet_of
    from docscan.extraction.bills.foot import foot_of
    from docscan.extraction.bills.plain import product_of

    foot = foot_of(text)
    if text.kind[0] == "trainer_documentation" and product_of(sheet_of(text)) is not None:
        return True  # "5 x 55.00 = 275.00" below a log of sessions
    marked = any(line.own_marks for line in foot.lines)
    if foot.confirmed and (marked or len(foot.lines) + len(foot.figures) > 2):
        return True
    figures = [f for f in foot.figures if f.sure >= STRONG and f.cents and f.role != "aside"]
    if any(line.code for line in foot.lines) and any(
        f.role in _ASKED and f.cents == sum(line.cents for line in foot.lines) for f in figures
    ):
        return True  # a coded line, and what is asked for it
    return len({f.role for f in figures}) >= _ROLES and _coheres(figures)


def _coheres(figures: Sequence[Figure]) -> bool:
    """Whether one of the sums is what others leave of a third, or all that was taken off and paid is the whole."""
    sums = sorted({(f.role, f.cents) for f in figures})
    if any(a - b in {0, c} for (one, a), (two, b), (_, c) in permutations(sums[:_MOST], 3) if one != two):
        return True
    taken = sum(cents for role, cents in sums if role in _TAKEN)
    rests = {0, *(cents for role, cents in sums if role in ("balance_due", "patient_responsibility"))}
    return any(cents - taken in rests for role, cents in sums if role in ("total", "subtotal") and taken)


_TAKEN: Final = frozenset(("insurance_paid", "adjustment", "discount", "amount_paid", "card", "tendered", "refund"))
_ASKED: Final = frozenset(("total", "balance_due", "patient_responsibility"))
_ROLES: Final = 3
_MOST: Final = 8
