"""Whether a document bills something: by its kind, or because it prints priced lines with their sum.

A referral slip or a laboratory's report may carry the charges along.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.kinds.of_money import is_bill

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_CLINICAL = re.compile(
    r"\b(?:(?i:NPI|CPT|HCPCS|ICD|Dx|DOS|superbill|patients?|diagnos[ie]s|claim|D\.?D\.?S|D\.?P\.?T)|"
    r"[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})\b"
)


def is_billed(text: AnnotatedText) -> bool:
    """Whether there are charges to look for."""
    return text.once("is billed", lambda: is_bill(text) or _adds_up(text))


def is_clinical(text: AnnotatedText) -> bool:
    """Whether a number of five digits before a description may be a procedure's code."""
    return text.once("is clinical", lambda: bool(_CLINICAL.search(text.text)))


def _adds_up(text: AnnotatedText) -> bool:
    from docscan.extraction.bills.foot import foot_of

    foot = foot_of(text)
    return foot.confirmed and len(foot.lines) + len(foot.figures) > 2
