"""Which documents of a packet are letters, which are receipts, which are a trainer's record?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from docscan.checking import wording
from docscan.checking.facts import LETTERS, Facts, Result, class_of
from docscan.checking.period import Period, period, start_of
from docscan.document import Extraction, Kind
from docscan.reference.wording import tokens

RECEIPTS: frozenset[Kind] = frozenset({"receipt", "superbill", "eob"})
"""They show a service or a sale and what it cost."""

RECORDS: frozenset[Kind] = frozenset({"trainer_documentation"})
"""They show sessions, and seldom what those cost."""

MAY_BE_ONE = "A document of the packet could not be read; it may be the {one}."
NO_LETTER = "The packet holds no letter."
NOTE_ALONE = "A clinician's note stands in for the letter, which the packet lacks."
NO_RECEIPT = "The packet holds no receipt."


@dataclass(frozen=True)
class Letter:
    """A letter of the packet: its place among the documents, counted from 0, and what it says."""

    place: int
    facts: Facts

    @property
    def only_a_note(self) -> bool:
        """Whether it only stands in for a letter that is not there."""
        return self.facts.kind not in LETTERS

    @cached_property
    def period(self) -> Period | None:
        """The time that it states; None where it states none."""
        return period(self.facts)

    @cached_property
    def written(self) -> tuple[date, Extraction] | None:
        """The day on which it was written, and where that stands. An earlier start that it names would be
        backdating."""
        found = self.facts.dates("letter_date", "signature_date")
        return found[0] if found else None

    @cached_property
    def starts(self) -> tuple[date | None, str, Extraction | None]:
        """The day from which it counts: its start date, else its own date; what that is; where it stands."""
        return start_of(self.facts)

    @cached_property
    def treatments(self) -> tuple[Extraction, ...]:
        """What it asks for. "The supplements" is left out beside the supplements that it names, and a heading
        ("PART II")."""
        told = (e for e in self.facts.stated("treatment") if isinstance(e.value, str))
        found = tuple(e for e in told if not {t.plain for t in tokens(e.value)} <= _ANSWERS)  # "Treatment: No"
        found = tuple(e for e in found if not _HEADING.match(e.value))
        return tuple(e for e in found if not any(_says_more(other, e) for other in found))


@dataclass(frozen=True)
class Receipt:
    """A document of the packet that shows services or sales, and its place among the documents, counted from 0."""

    place: int
    facts: Facts


_ANSWERS = frozenset("no yes none n/a n a na not applicable see above below attached other".split())
_HEADS = frozenset("supplement vitamin medication medicine drug equipment product item device".split())

_HEADING = re.compile(
    r"\W*(?:part|section|page|item|step|box|question|no|number|form)\W*(?:\d+|[ivx]+|[a-z])\b\W*$", re.IGNORECASE
)

_BARE = (["supplement"], ["equipment"], ["product"], ["medication"], ["item"], ["device"])  # "supplements, as above"


def _says_more(one: Extraction, other: Extraction) -> bool:
    """Whether one names a thing of which the other gives only the class."""
    if one is other or class_of(one) != class_of(other):
        return False
    words = [t.plain for t in tokens(str(other.value))]
    bare = set(words) <= _HEADS or words[:1] in _BARE
    return bool(words) and bare and not {t.plain for t in tokens(str(one.value))} <= _HEADS


def letters(packet: Sequence[Facts]) -> list[Letter]:
    """The letters of medical necessity; where there is none, what stands in for one (a prescription, a referral); and
    where none of these is there either, a clinician's note that tells what is done for which illness. Whether a letter
    is there at all is asked of `attached`."""
    found = attached(packet)
    return (
        [letter for letter in found if letter.facts.kind == "lmn"]
        or found
        or [Letter(n, f) for n, f in enumerate(packet) if _tells_of_care(f)]
    )


def attached(packet: Sequence[Facts]) -> list[Letter]:
    """The letters, prescriptions, referrals and recommendations."""
    return [Letter(n, f) for n, f in enumerate(packet) if f.kind in LETTERS]


def _tells_of_care(facts: Facts) -> bool:
    ill = facts.stated("diagnosis", "diagnosis_code")
    return facts.kind == "other" and bool(ill and facts.stated("treatment") and facts.stated("provider_name"))


def receipts(packet: Sequence[Facts]) -> list[Receipt]:
    """The documents that show a service or a sale; a trainer's record too."""
    return [Receipt(n, f) for n, f in enumerate(packet) if f.kind in RECEIPTS | RECORDS or _itemises(f)]


def _itemises(facts: Facts) -> bool:
    """Whether an account's statement shows what was done on which day, and not what is owed alone."""
    if facts.kind != "statement":
        return False
    lines = [e.value for e in facts.stated("item") if isinstance(e.value, Mapping)]
    return any(v.get("description") and v.get("service_date") and v.get("class") not in _OWED for v in lines)


_OWED = frozenset({"prior_balance", "late_fee", "cancellation_fee"})


def nothing_to_hold(packet: Sequence[Facts], *, letter: bool = True) -> Result | None:
    """The result where there is no letter (unless it is not needed), or no receipt, to hold against the other; None
    where there are both. A document that could not be read may be the one that is missing."""
    lacking = "letter" if letter and not letters(packet) else "" if receipts(packet) else "receipt"
    if not lacking:
        return None
    if any(f.kind in ("other", "packet") and (f.lost or f.illegible) for f in packet):
        return Result("uncertain", why=MAY_BE_ONE.format(one=lacking), clearer_copy=True)
    return Result("not_applicable", why=NO_LETTER if lacking == "letter" else NO_RECEIPT)


def for_a_person(result: Result, told: Sequence[Letter]) -> Result:
    """The result, but where a letter can hardly be read, nothing is held against it."""
    lost = sorted({page for letter in told for page in letter.facts.lost})
    if result.outcome != "not_met" or not lost:
        return result
    return Result("uncertain", result.evidence, result.variables, wording.unread(lost), clearer_copy=True)


def bills(packet: Sequence[Facts]) -> list[Receipt]:
    """The documents that ask for money, or show that it was paid for something: receipts without records."""
    return [receipt for receipt in receipts(packet) if receipt.facts.kind not in RECORDS]


def records(packet: Sequence[Facts]) -> list[Receipt]:
    """The trainers' records."""
    return [receipt for receipt in receipts(packet) if receipt.facts.kind in RECORDS]
