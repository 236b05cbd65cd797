"""Writes training documents: blocks of wording in a skeleton's order, filled with a case, laid out, perhaps misread."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any, NamedTuple

from models.tagger.invent import HERE, Case

LABELS = (
    "patient", "participant", "provider", "signer", "treatment", "merchant", "other_person",
    "link_condition", "link_treatment",
)  # fmt: skip


class Span(NamedTuple):
    start: int
    end: int
    label: str


@dataclass
class Written:
    """A document's text and what stands where in it."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)

    def add(self, text: str, roles: Sequence[str] = (), inner: tuple[int, int] | None = None) -> None:
        first, last = inner or (0, len(text))
        start = len(self.text)
        self.text += text
        self.spans += [Span(start + first, start + last, role) for role in roles]

    def append(self, other: Written) -> None:
        start = len(self.text)
        self.text += other.text
        self.spans += [Span(one.start + start, one.end + start, one.label) for one in other.spans]


@cache
def settings() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "settings.toml").read_text("utf-8"))


@cache
def _wording() -> Mapping[str, Mapping[str, Sequence[str]]]:
    read = tomllib.loads((HERE / "wording.toml").read_text("utf-8"))
    return {
        part: {key: [line for line in text.strip().split("\n") if line] for key, text in blocks.items()}
        for part, blocks in read.items()
    }


@cache
def _skeletons(part: str) -> Sequence[str]:
    return [line for line in settings()["skeletons"][part].strip().split("\n") if line]


def documents(seed: int, number: int) -> Iterator[Written]:
    """So many documents; the same for the same seed."""
    dice = Random(seed)
    for _ in range(number):
        yield document(dice)


def marked(written: Written) -> str:
    """The text with its labels, for people: `⟦patient: Jane Roe⟧`."""
    text = written.text
    marks = [(one.start, 1, f"⟦{one.label}: ") for one in written.spans] + [(one.end, 0, "⟧") for one in written.spans]
    for place, _, mark in sorted(marks, key=lambda one: one[:2], reverse=True):
        text = text[:place] + mark + text[place:]
    return text.replace("\t", "   →   ")


def document(dice: Random) -> Written:
    mixture = settings()["mixture"]
    bill = dice.random() < mixture["bills"]
    skeleton = dice.choice(_skeletons("bills" if bill else "letters"))
    proxy = 1.0 if "signfor" in skeleton else 0.35 if re.search(r"form|note|portal|mail|rx", skeleton) else 0.03
    written = _laid_out(skeleton, Case(dice, mixture, bill=bill, proxy=proxy), dice, bill=bill)
    if not any(one.label == "provider" for one in written.spans):  # who writes the letter is who treats
        written.spans += [one._replace(label="provider") for one in written.spans if one.label == "signer"]
    turn = dice.random()
    if turn < mixture["capitals"]:
        written.text = "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in written.text)
    elif turn < mixture["capitals"] + mixture["lower"]:
        written.text = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in written.text)
    return misread(written, dice) if dice.random() < mixture["noise"] else written


def _laid_out(skeleton: str, case: Case, dice: Random, *, bill: bool) -> Written:
    blocks = _wording()["bill"] if bill else _wording()["letter"]
    others = _wording()["letter"]
    width = dice.choice((62, 74, 80, 88, 96, 110, 10_000))
    between = dice.choice(("\n\n", "\n\n", "\n\n", "\n"))
    within = dice.choice(("\n", "\n", "\n", "\n", "\n", "\n\n", "\n\n", "\t"))
    whole = Written()
    for block in _lengthened(skeleton, dice, bill=bill):
        if block.endswith("?") and dice.random() < 0.5:
            continue
        names = block.rstrip("?").split("+")
        one = Written()
        for index, name in enumerate(names):
            bare, _, times = name.partition("*")
            choice = blocks.get(bare) or others[bare]
            for turn, line in enumerate(dice.sample(list(choice), min(int(times or 1), len(choice)))):
                if index or turn:
                    one.add(" " if len(names) > 1 else within)
                one.append(_filled(line, case, dice))
        if whole.text:
            whole.add("\f" if dice.random() < 0.02 else between)
        whole.append(_wrapped(one, width))
    return whole


_MORE = (
    "history",
    "history",
    "tried",
    "other",
    "course",
    "goals",
    "necessity",
    "prescribe",
    "link",
    "trainer",
    "assess",
)


def _lengthened(skeleton: str, dice: Random, *, bill: bool) -> Iterator[str]:
    """The blocks of a skeleton; in some documents with more of what such documents go on about."""
    long = dice.random() < settings()["mixture"]["long"]
    for block in skeleton.split():
        yield block
        if not long or dice.random() < 0.3:
            continue
        if block.startswith("items"):
            yield f"items*{dice.randint(3, 9)}"
        elif bill and re.match(r"head|pay|foot|meta", block):
            yield f"{dice.choice(('meta', 'foot', 'pay', 'statement', 'parties'))}*{dice.randint(1, 3)}"
        elif not bill and re.match(r"intro|history|tried|prescribe|link|course|assess|necessity", block):
            yield "+".join(dice.choice(_MORE) for _ in range(dice.randint(3, 11)))


_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_LABEL_BEFORE = re.compile(r"(?:[:_.-]\s*|[\t\n])$")


def _chosen(wording: str, dice: Random) -> str:
    while True:
        wording, changes = _CHOICE.subn(lambda match: dice.choice(match[1].split("|")), wording, count=1)
        if not changes:
            return wording


def _filled(wording: str, case: Case, dice: Random) -> Written:
    written = Written()
    wording = _chosen(wording, dice)
    place = 0
    for match in _SLOT.finditer(wording):
        written.add(_signs(wording[place : match.start()]))
        slot = case.slot(match[1], labelled=bool(_LABEL_BEFORE.search(written.text)))
        text = _signs(slot.text)
        if not written.text and not slot.roles:
            text = text[:1].upper() + text[1:]
        if not text and written.text.endswith(", "):
            written.text = written.text[:-2]
        written.add(text, slot.roles, slot.inner)
        place = match.end()
    written.add(_signs(wording[place:]))
    return written


def _signs(text: str) -> str:
    return text.replace("¶", "\n").replace("→", "\t")


def _wrapped(written: Written, width: int) -> Written:
    """Lines of at most `width` letters; spans stay where they are."""
    letters = list(written.text)
    start, last_space = 0, -1
    for index, letter in enumerate(letters):
        if letter in "\n\t":
            start, last_space = index + 1, -1
        elif letter == " ":
            last_space = index
        if index - start >= width and last_space >= 0:
            letters[last_space] = "\n"
            start, last_space = last_space + 1, -1
    return Written("".join(letters), written.spans)


_TAKEN_FOR = {
    "l": "1I|t", "1": "lI|", "I": "l1|", "O": "0QD", "0": "OoD", "o": "0ce", "S": "5$", "5": "Ss", "B": "8R", "8": "B3",
    "e": "co", "c": "eo", "a": "eou", "n": "ru", "m": "n", "h": "bn", "b": "h6", "g": "q9", "q": "g", "t": "fl",
    "f": "t", "i": "lj1", "r": "nt", "u": "un", "v": "yu", "y": "v", "w": "v", "Z": "2", "2": "Z", "G": "C6", "C": "GO",
    "D": "O", "E": "F", "F": "EP", "P": "F", "R": "B", "T": "7I", "V": "Y", "W": "VV", "M": "N", "N": "M", "H": "N",
    "A": "4", "s": "5",
}  # fmt: skip
_SIGNS = frozenset(".,;:-'’\"()/#_|")


def misread(written: Written, dice: Random) -> Written:  # noqa: PLR0912 - one branch for each kind of mistake
    """The document as a bad reader gives it; spans keep to what is left of their text."""
    rates: Mapping[str, float] = settings()["noise_rates"]
    badly = dice.random()
    rate = {key: value * badly for key, value in rates.items()}
    flat = dice.random() < rates["lost_line"]
    out: list[str] = []
    places = []
    size = 0
    for letter in written.text:
        places.append(size)
        piece = letter
        turn = dice.random()
        if letter in " \n\t":
            if letter == " " and turn < rate["lost_space"]:
                piece = ""
            elif flat and letter != " ":
                piece = " " if letter == "\t" else "" if out and out[-1] == "\n" else letter
        elif letter in _SIGNS and turn < rate["lost_sign"]:
            piece = "" if letter not in "-|" else " "
        elif turn < rate["swapped"]:
            piece = dice.choice(_TAKEN_FOR.get(letter, "rnlic"))
        elif turn < rate["swapped"] + rate["split"]:
            piece = letter + " "
        elif turn < rate["swapped"] + rate["split"] + rate["added"]:
            piece = letter + dice.choice("~.'|,-_")
        if piece:
            out.append(piece)
            size += len(piece)
    places.append(size)
    text = "".join(out)
    spans = []
    for one in written.spans:
        start, end = places[one.start], places[one.end]
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and text[end - 1] in " \n\t":
            end -= 1
        if start < end:
            spans.append(Span(start, end, one.label))
    return Written(text, spans)
