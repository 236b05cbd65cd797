"""Sums that a bill tells in sentences: "That comes to $370.00, less ten percent, so you paid $333.00."

The words around an amount say what it is, each amount having those between it and its neighbours to itself. What is
only possible ("returned checks are charged $30", "if you cancel") is no sum of this bill. What follows a sum tells
whether it was the last: one from which something is taken off is a subtotal.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from docscan.extraction.bills.labels import Role
from docscan.extraction.bills.money import Amount
from docscan.extraction.bills.rows import Row

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FEWEST = 7  # words that make a line one of prose


class _Words(NamedTuple):
    """The patterns of `told.toml`."""

    not_so: re.Pattern[str]
    one_each: re.Pattern[str]
    nothing_owed: re.Pattern[str]
    nothing_from_plan: re.Pattern[str]
    before: tuple[tuple[str, re.Pattern[str]], ...]
    after: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _words() -> _Words:
    data = tomllib.loads(files(__package__).joinpath("told.toml").read_text("utf-8"))

    def any_of(words: list[str], opening: str = r"\b") -> re.Pattern[str]:
        return re.compile(rf"{opening}(?:{'|'.join(words)})\b", _I)

    return _Words(
        any_of(data["not_so"]),
        any_of(data["one_each"], r"\W*"),
        re.compile(rf"{any_of(data['nothing_owed']).pattern}(?![^.\n]{{0,30}}\b(?:until|unless|before|if)\b)", _I),
        any_of(data["nothing_from_plan"]),
        tuple((entry["says"], any_of(entry["words"])) for entry in data["before"]),
        tuple((entry["says"], any_of(entry["words"], r"[^\w;.!?]*")) for entry in data["after"]),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """An amount in a sentence and what the sentence says that it is. `label`: the words that say so."""

    role: Role
    amount: Amount
    label: tuple[int, int]
    row: int


class _Cue(NamedTuple):
    says: str
    amount: Amount
    label: tuple[int, int]
    row: int


def told_sums(text: AnnotatedText, rows: Sequence[Row], amounts: Sequence[Sequence[Amount]]) -> tuple[Told, ...]:
    """The sums that the sentences of a bill name, in order."""
    prose = _prose(rows)
    if not any(amounts[index] for index in prose):
        return ()
    return tuple(_with_roles(list(_cues(text, rows, amounts, prose)), by_plan=text.kind[0] == "eob"))


def settled(text: AnnotatedText) -> tuple[int, int] | None:
    """Where a sentence says that nothing is owed any more."""
    match = next(text.find(_words().nothing_owed), None)
    return match.span() if match else None


def unpaid_by_plan(text: AnnotatedText) -> tuple[int, int] | None:
    """Where an insurer says that it paid nothing."""
    match = next(text.find(_words().nothing_from_plan), None)
    return match.span() if match else None


def _prose(rows: Sequence[Row]) -> list[int]:
    """Rows that are lines of a sentence: of many words in one cell, and what such a line goes on in."""
    found: list[int] = []
    for index, row in enumerate(rows):
        words = len(re.findall(r"[^\W\d_]{2,}", row.text))
        goes_on = bool(found) and found[-1] == index - 1 and not re.search(r"[.:!?]\W*$", rows[index - 1].text)
        if (
            len(row.cells) == 1
            and not re.search(r"[|•·]", row.text)
            and (
                words >= _FEWEST
                or (goes_on and (words > 1 or (words and row.text.rstrip().endswith("."))))
                or (words > 3 and _ENDS.search(row.text))
            )
        ):
            found.append(index)
    return found


_ENDS = re.compile(r"[a-z\d]\.\W*$")
_FACTOR = re.compile(r"\s*=")
"""The price of one, before what it makes: "6 x $50.00 = $300.00"."""
_BASE = re.compile(
    r"(?<!payment )(?<!deposit )(?<!sum )(?<!amount )(?<!balance )(?<!total )"
    r"\b(?:of|on|from|out of|against) (?:the|that|this|those|your|which) (?:remaining |other |full |whole |first |"
    r"original |same )*$",
    _I,
)
"""What a part is taken of: "of the remaining $360 your plan covers 80 percent"."""
_AND_THIS = re.compile(r"\W*(?:and|which|that)\b", _I)
_OWED: Final = frozenset(("sum", "makes", "leaves", "patient_responsibility", "balance_due"))
_NEAR: Final = 140  # letters, within which "it" is the last amount
_IT_WAS_PAID = re.compile(
    r"\b(?:it|this|that|which|and|the (?:amount|sum|share)|your share|all of (?:it|this|that))(?: all)? "
    r"(?:was|has been|is) (?:then |since |also |all |already |just )*(?:taken|charged|paid|settled|put|run|billed|"
    r"collected|debited)(?: (?:in full|off|out|up))?(?: (?:from|to|on|by|with|in|through))? "
    r"(?:your|the|a|an|his|her|my|cash|check|cheque|card|visa|hsa|fsa|debit|credit)\b(?! (?:plan|insur|carrier))"
    r"(?: (?:[a-z]+ )?(?:card|account|hsa|fsa|visa)\b)?|"
    r"\b(?:you|he|she|they|i|we|your \w+)(?: (?:then|have|has|had|already|since|kindly|just|promptly))* "
    r"(?:put|paid|charged|settled|cleared|covered|ran|handed over|took care of) (?:all )?(?:of )?"
    r"(?:that|this|it|the rest|the remainder|the balance|your share|which)(?: (?:all|in full|off))? "
    r"(?:on|with|by|in|from|using|through|to|that (?:same )?day|the same day|today)\b",
    _I,
)


def _cues(
    text: AnnotatedText, rows: Sequence[Row], amounts: Sequence[Sequence[Amount]], prose: Sequence[int]
) -> Iterator[_Cue]:
    """What is said of each amount, by the words before it up to the last one, else by those after it."""
    words = _words()
    here = [(index, amount) for index in prose for amount in amounts[index]]
    ends = {rows[index].start for index in prose if index - 1 not in prose}
    for place, (index, amount) in enumerate(here):
        sentence = text.sentence_at(amount.start)
        opened = max([sentence.start, *(end for end in ends if end <= amount.start)])
        previous = here[place - 1][1].end if place else 0
        following = here[place + 1][1].start if place + 1 < len(here) else len(text.text)
        begin = max(opened, previous)
        before = text.flat[begin : amount.start]
        after = text.flat[amount.end : max(amount.end, min(sentence.end, following, amount.end + 40))]
        clause = re.split(r"[.!?;]\s+(?=[A-Z(])", text.flat[opened : amount.start])[-1]
        if words.not_so.search(clause) or words.one_each.match(after) or _FACTOR.match(after) or _BASE.search(before):
            continue
        said = next((says for says, pattern in words.after if pattern.match(after)), None)
        start, end = amount.end, amount.end + len(after)
        if said is None or (said == "amount_paid" and _AND_THIS.match(after)):
            spoken = [
                (match.end(), -rank, says, match)
                for rank, (says, pattern) in enumerate(words.before)
                for match in pattern.finditer(before)
            ]
            if spoken:
                _, _, says, match = max(spoken, key=lambda one: one[:2])
                if said is None:
                    said, start, end = says, begin + match.start(), begin + match.end()
                elif says in _OWED:  # "which makes $440, and this was taken from your card"
                    yield _Cue(says, amount, (begin + match.start(), begin + match.end()), index)
        if said is not None:
            yield _Cue(said, amount, (start, end), index)
        if said in _OWED:
            limit = min(following, amount.end + _NEAR)
            paid = _IT_WAS_PAID.search(text.flat[amount.end : limit])
            if paid is not None:
                yield _Cue("amount_paid", amount, (amount.end + paid.start(), amount.end + paid.end()), index)


_MORE: Final = frozenset(("tax", "tip", "shipping", "previous_balance"))


def _run_up(cues: Sequence[_Cue]) -> set[int]:
    """What the sums told so far have come to with all that was added to the last of them and taken off."""
    reached: set[int] = set()
    for place, cue in enumerate(cues):
        if cue.says in ("sum", "leaves", "makes"):
            after = cues[place + 1 :]
            added = sum(abs(one.amount.cents) for one in after if one.says in _MORE)
            less = sum(abs(one.amount.cents) for one in after if one.says == "discount")
            reached |= {abs(cue.amount.cents) + added - less} if added or less else set()
    return reached


def _of_a_part(cues: Sequence[_Cue], place: int) -> bool:
    """A sum before a greater one, to which nothing that was told between them brings it."""
    this = abs(cues[place].amount.cents)
    for n, later in enumerate(cues[place + 1 :], start=place + 1):
        if later.says == "sum" and abs(later.amount.cents) > this:
            between = cues[place + 1 : n]
            added = sum(abs(one.amount.cents) for one in between if one.says in _MORE)
            less = sum(abs(one.amount.cents) for one in between if one.says == "discount")
            return this + added - less != abs(later.amount.cents)
    return False


def _less(cues: Sequence[_Cue], place: int) -> bool:
    """Whether all discounts together bring a sum down to something that is told after it."""
    less = sum(abs(one.amount.cents) for one in cues if one.says == "discount")
    rest = abs(cues[place].amount.cents) - less
    return bool(less) and any(abs(one.amount.cents) == rest for one in cues[place + 1 :])


def _with_roles(cues: Sequence[_Cue], *, by_plan: bool) -> Iterator[Told]:
    """Sums take their names from what follows; a payment that is the sum of those before it stands for them all.

    An insurer (`by_plan`) takes its discount off the total.
    """
    paid: list[Told] = []
    found: list[Told] = []
    for place, cue in enumerate(cues):
        later = [one.says for one in cues[place + 1 :]]
        first = next((says for says in later if says in ("discount", "tax", "tip", "amount_paid", "balance_due")), None)
        earlier = [one.says for one in cues[:place]]
        role = cue.says
        if cue.says == "makes":
            added = place and cues[place - 1].says in _MORE
            if not added and abs(cue.amount.cents) not in _run_up(cues[:place]):
                continue  # what one of the things came to
            role = "total"
        elif cue.says == "leaves":
            role = "balance_due" if {"amount_paid", "insurance_paid"} & set(earlier) else "total"
            role = role if "discount" in earlier or "sum" in earlier or role == "balance_due" else "balance_due"
            if any(one.says == "amount_paid" and one.amount.value == cue.amount.value for one in cues[place + 1 :]):
                if "insurance_paid" not in earlier or "amount_paid" in earlier or "patient_responsibility" in earlier:
                    continue  # what was left was paid
                role = "patient_responsibility"
            if role == "total" and any(
                one.says in ("sum", "makes", "leaves") and {x.says for x in cues[place + 1 : place + 1 + n]} & _MORE
                for n, one in enumerate(cues[place + 1 :])
            ):
                continue  # on the way to a sum that more was added to
        elif cue.says == "sum":
            change = next((n for n, says in enumerate(later) if says not in ("sum", "leaves")), len(later))
            if any(
                one.says == "sum" and abs(one.amount.value) > abs(cue.amount.value)
                for one in cues[place + 1 : place + 1 + change]
            ):
                continue  # what one of the things came to, before all of them
            if _of_a_part(cues, place):
                continue
            changing = ("tax", "tip") if by_plan else ("discount", "tax", "tip")
            role = "subtotal" if first in changing or _less(cues, place) else "total"
        one = Told(role, cue.amount, cue.label, cue.row)  # type: ignore[arg-type]
        if role == "amount_paid":
            if len(paid) > 1 and sum(abs(p.amount.cents) for p in paid) == abs(cue.amount.cents):
                found = [other for other in found if other not in paid]
            paid.append(one)
        found.append(one)
    yield from found
