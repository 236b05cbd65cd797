"""Where a text names an illness, the whole name: "idiopathic chronic venous hypertension with ulcer of the left leg".

A name is a head (osteoarthritis, disorder) with the words that describe it before it, and what tells it apart behind
it: a site ("of the left knee"), a company or cause ("with ...", "due to ..."), a kind ("..., unspecified"). Which
words those are, the official descriptions tell (`reference.illness_words`); lay names and abbreviations come from the
lexicon of conditions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docscan.extraction.text.lexicon import conditions_in
from docscan.extraction.text.relatives import COMPANIONS, FAMILY, MINORS, any_of
from docscan.extraction.text.spans import Span
from docscan.reference import us_states
from docscan.reference.illness_words import part

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_TOKEN = re.compile(
    r"\n\n|[\t\n\f]|\bw/o?(?=\s)|\b[a-zA-Z]/[a-zA-Z]\b|[A-Za-z]\d{1,2}(?:[-/][A-Za-z]?\d{1,2})+|"
    r"[^\W\d_]+(?:['’][a-z]+)?"
    r"(?:-[^\W\d_]+(?:['’]s)?)*|\d+[a-zA-Z]{0,2}|[^\s]"
)
_COUNTED = frozenset("type class stage grade phase level degree types stages".split())
_SIDES = frozenset("l r lt rt b bl b/l bil bilat rue lue rle lle ue le unsp unspec oth nos unspecified other".split())
_NUMBERS = re.compile(r"\d{1,2}[a-z]{0,2}|i{1,3}|iv|[a-z]\d{1,2}(?:[-/][a-z]?\d{1,2})+", re.IGNORECASE)
_OF_WHOM = frozenset(
    "the a an her his their my both your one each any its this that several many some two three multiple".split()
)
_BETWEEN = frozenset(("and", "or", "&", "/", "+"))
_SITES = frozenset(("of", "in", "at", "on", "over", "around", "along", "near"))
_COMPANY = frozenset(("with", "without", "w/", "w/o", "from", "after", "following"))
_CAUSES = frozenset(("due", "secondary", "related", "associated", "caused", "resulting", "2", "because"))
_OF_CAUSES = frozenset(("to", "with", "by", "from", "of", "/"))
_PLACES = frozenset("base back front top tip side end bottom inside outside part region area".split())
"""A place on a part of the body: "at the base of the thumb"."""
_FORMS = frozenset("form kind type sort variety".split())
_EVERYDAY = frozenset("bypass nipple saddle field".split())
"""Everyday words that tell illnesses apart beside the words of official names."""
_ADJECTIVE = re.compile(r"(?:oid|al|ic|ous|ive|ary|ar)$")
_NOBODYS_NAME = re.compile(
    rf"(?:{any_of(*FAMILY, MINORS, COMPANIONS)}|patient|doctor|physician|people|member|clinic|employer|women|men|world|"
    r"today|year|alzheimer)['’]s",
    re.IGNORECASE,
)
_SAYS_LITTLE = frozenset(
    "medical chronic other same current underlying specific health acute certain general condition conditions problem "
    "problems disease diseases disorder disorders illness symptom symptoms serious active primary secondary stated "
    "physical clinical severe both related total initial late single first second third new reaction injury injuries "
    "complication complications trouble pain discomfort stress excess growth exposure difficulty difficulties old past "
    "prior former previous earlier".split()
)
_NOT_FIRST = frozenset(
    "first second third fourth fifth new due wide large small light single total initial multiple low high other same "
    "both level site sites early related air cold old delay".split()
)
_MAYBE_FIRST = re.compile(
    r"(?:multiple sclerosis|multiple myeloma|low back|high blood|high chol|late effect|early onset)"
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    kind: str | None  # disease, general, describes, side, number; None for any other

    @property
    def low(self) -> str:
        return self.text.lower()


def illness_phrases(text: AnnotatedText) -> tuple[Span, ...]:
    """Names of illnesses, whole, in order, none overlapping another. What is said of them is not looked at."""
    return text.once("illness phrases", lambda: tuple(_found(text)))


def _found(text: AnnotatedText) -> list[Span]:
    tokens = _tokens(text)
    starts = [token.start for token in tokens]
    heads = {index for index, token in enumerate(tokens) if token.kind in ("disease", "general")}
    known: dict[int, int] = {}  # first token of a name of the lexicon -> its last
    for name in conditions_in(text):
        first, last = bisect_left(starts, name.start), bisect_right(starts, name.end - 1) - 1
        if first <= last < len(tokens) and not _is_a_state(text, name):
            known[first] = last
            heads.add(first)
    found: list[Span] = []
    done = -1
    for index in sorted(heads):
        if index <= done:
            continue
        named = _name(tokens, index, known, done)
        if named is not None:
            first, last = named
            found.append(Span(tokens[first].start, tokens[last].end))
            done = last
    return found


def _tokens(text: AnnotatedText) -> list[_Token]:
    flat = text.flat
    found = [_Token(m.group(), m.start(), m.end(), _kind(m.group())) for m in _TOKEN.finditer(flat)]
    for index, token in enumerate(found):
        if token.low in _SHORTENED or token.low in _HURT:
            beside = [found[i] for i in (index - 1, index + 1) if 0 <= i < len(found) and _touch(found, i, index)]
            ahead = beside[-1:] if token.low in _HURT else beside
            if any(other.kind in ("describes", "general") and other.text.isalpha() for other in ahead):
                found[index] = replace(token, kind="disease")
        elif token.kind == "describes" and index and _names_an_illness(found[index - 1]):
            if _touch(found, index - 1, index):
                found[index] = replace(token, kind="disease")  # "Heberden's nodes"
        elif (
            token.low == "status" and index + 1 < len(found) and part(found[index + 1].text) in ("disease", "describes")
        ):
            found[index] = replace(token, kind="describes")  # "status asthmaticus"
    return found


_EPONYM = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)*['’]s")
_SHORTENED = frozenset("ca fx dz".split())
"""Cancer, fracture and disease, where a site stands beside them: "CA prostate", "wrist fx"."""
_HURT = frozenset(
    "fractured broken torn sprained strained dislocated ruptured herniated pinched bulging slipped frozen "
    "shattered crushed "
    "amputated clogged leaky inflamed degenerated stretched".split()
)
"""What lay words say of the site behind them: "fractured wrist", "leaky heart valve"."""


def _names_an_illness(token: _Token) -> bool:
    """Whether somebody's name is one that illnesses are named after: "Heberden's"."""
    if not _EPONYM.fullmatch(token.text) or _NOBODYS_NAME.match(token.text):
        return False
    return part(token.text) is not None or token.low[:-2] in _EPONYMS


def _touch(tokens: list[_Token], one: int, other: int) -> bool:
    first, last = sorted((one, other))
    return tokens[last].start - tokens[first].end <= 1


def _kind(printed: str) -> str | None:
    low = printed.lower()
    if low in _SIDES:
        return "side"
    if printed[0].isalpha() and len(printed) > 2:
        known = part(printed)
        if known is not None:
            return known
    if low in _COUNTED or low in _EVERYDAY:
        return "describes"
    return "number" if _NUMBERS.fullmatch(printed) else None


def _is_a_state(text: AnnotatedText, name: Span) -> bool:
    printed = text[name]
    return us_states.normalise(printed) is not None and bool(
        re.match(r",?\s+\d{5}\b", text.text[name.end : name.end + 8])
        or re.search(r"[A-Z][a-z]+,\s*$", text.text[max(0, name.start - 14) : name.start])
    )


def _name(tokens: list[_Token], head: int, known: dict[int, int], done: int) -> tuple[int, int] | None:
    last = known.get(head, head)
    while (
        last + 1 < len(tokens) and tokens[last + 1].kind in ("disease", "general", "describes") and _near(tokens, last)
    ):
        last = known.get(last + 1, last + 1)
    first = _described_from(tokens, head, done)
    end = _told_apart_to(tokens, last, known)
    while end > max(first, head) and tokens[end].low in ("secondary", "related", "associated", "due", "resulting"):
        end -= 1
    if not _enough(tokens, first, end, head in known):
        return None
    return first, end


def _near(tokens: list[_Token], index: int) -> bool:
    """Whether the token after this one goes on without a sign between them."""
    return tokens[index + 1].start - tokens[index].end <= 1


def _described_from(tokens: list[_Token], head: int, done: int) -> int:
    first = index = head
    while index - 1 > done:
        token, after = tokens[index - 1], tokens[index]
        if after.start - token.end > 1:
            break
        if token.kind in ("describes", "side", "disease", "general") or _counts(tokens, index - 1):
            index -= 1
            first = index
            continue
        if _EPONYM.fullmatch(token.text) and _is_eponym(token, after):
            index -= 1
            first = index
            continue
        if (
            token.text[0].isupper()
            and token.text[1:].islower()
            and after.low == "syndrome"
            and len(token.text) > _SHORT
        ):
            index -= 1  # "Alström syndrome"
            first = index
            continue
        beyond = tokens[index - 2] if index - 2 > done else None
        joins = token.low in _BETWEEN or token.text in ("-", ",", "–")
        if (
            joins
            and beyond is not None
            and beyond.kind == "describes"
            and after.kind in ("describes", "disease", "general")
        ):
            if token.text == "," and not re.search(r"(?:ed|ic|al|ous|ive|ent|ant|ar)$|severe|mild", beyond.low):
                break
            index -= 1
            continue
        break
    if tokens[index].low in _BETWEEN or index > first:
        index = first
    while first < head and _is_loose(tokens, first, head):
        first += 1
    return first


_SHORT = 4  # letters of a word that opens a sentence rather than names a syndrome: "That syndrome"
_EPONYMS = frozenset(
    "hashimoto bell ludwig prinzmetal wegener sydenham huntington boxer ewing libman graves ménière meniere lou gehrig "
    "sjögren behçet behcet still takayasu buerger coats stargardt wallenberg erb klumpke".split()
)


def _is_eponym(token: _Token, after: _Token) -> bool:
    """ "Hashimoto's thyroiditis", "Menkes' disease", but not "Tom's autism"."""
    if _NOBODYS_NAME.match(token.text):
        return False
    return after.kind == "general" or part(token.text) is not None or token.low[:-2] in _EPONYMS


def _is_loose(tokens: list[_Token], first: int, head: int) -> bool:
    low = tokens[first].low
    if tokens[first].text in _BETWEEN or tokens[first].kind == "number":
        return True
    if low in _NOT_FIRST:
        words = " ".join(t.low for t in tokens[first : min(head + 2, first + 3)])
        return not _MAYBE_FIRST.match(words) and not (
            low in ("other", "early", "low", "high", "multiple", "old") and head - first >= 1
        )
    return low in ("b", "le", "ue", "nos", "to")


def _counts(tokens: list[_Token], index: int) -> bool:
    """A number that belongs to the name: "type 2 diabetes", "C4-C5 radiculopathy"."""
    token = tokens[index]
    if token.kind != "number":
        return False
    return re.search(r"[-/]", token.text) is not None or (index > 0 and tokens[index - 1].low in _COUNTED)


def _told_apart_to(tokens: list[_Token], last: int, known: dict[int, int]) -> int:
    """The last token of what stands behind the head and tells it apart."""
    end = last
    while end + 1 < len(tokens):
        further = _further(tokens, end, known)
        if further is None:
            return end
        end = further
    return end


def _further(tokens: list[_Token], end: int, known: dict[int, int]) -> int | None:
    token = tokens[end + 1]
    if token.start - tokens[end].end > 1:
        return None
    if token.low in _COUNTED and end + 2 < len(tokens) and tokens[end + 2].kind == "number":
        return end + 2
    if token.kind == "side" or (token.kind == "number" and tokens[end].low in _COUNTED):
        doubtful = token.low in ("b", "other", "le", "l", "r")
        return end + 1 if not doubtful or _ends(tokens, end + 2) else None
    if token.low in _SITES:
        form = _of_a_form(tokens, end + 1) if token.low == "of" else None
        site = _run(tokens, end + 2, known, heads=token.low == "of")
        return form or (None if site and token.low != "of" and _ADJECTIVE.search(tokens[site].low) else site)
    if token.low in _COMPANY:
        return _run(tokens, end + 2, known, heads=True)
    return _behind_a_sign(tokens, end, known)


def _of_a_form(tokens: list[_Token], index: int) -> int | None:
    """ "... of another form", "... of the mixed kind": the form's last token."""
    for place in range(index + 1, min(index + 5, len(tokens))):
        token = tokens[place]
        if token.low in _FORMS:
            return place if place > index + 1 else None
        if not (token.low in _OF_WHOM or token.low in ("another", "other", "no") or token.kind == "describes"):
            return None
    return None


_WENT = frozenset("spread gone moved travelled traveled progressed extended reached".split())


def _where_it_went(tokens: list[_Token], index: int, known: dict[int, int]) -> int | None:
    """ "... that has spread to the liver", "... that had gone to the lungs"."""
    while index < len(tokens) and tokens[index].low in ("has", "had", "have", "now", "since"):
        index += 1
    if index >= len(tokens) or tokens[index].low not in _WENT:
        return None
    index += 1
    while index < len(tokens) and tokens[index].low in (
        "all",
        "over",
        "to",
        "into",
        "through",
        "throughout",
        "across",
        "on",
    ):
        index += 1
    while index < len(tokens) and tokens[index].low in _OF_WHOM:
        index += 1
    if index < len(tokens) and tokens[index].low in ("body", "place", "places"):
        return index
    return _run(tokens, index, known, heads=False)


def _behind_a_sign(tokens: list[_Token], end: int, known: dict[int, int]) -> int | None:
    token = tokens[end + 1]
    if token.low in ("that", "which"):
        return _where_it_went(tokens, end + 2, known)
    if token.low in _CAUSES and end + 2 < len(tokens) and tokens[end + 2].low in _OF_CAUSES:
        return _run(tokens, end + 3, known, heads=True)
    if token.text == ",":
        return _kind_behind(tokens, end + 2)
    return _in_brackets(tokens, end + 2) if token.text == "(" else None


def _ends(tokens: list[_Token], index: int) -> bool:
    return index >= len(tokens) or tokens[index].text[0] in ".,;:()[]\n\t–—-/|" or tokens[index].low in ("and", "or")


def _run(tokens: list[_Token], index: int, known: dict[int, int], *, heads: bool) -> int | None:
    """The last of the words of a name's kind from `index` on; None where the first word is none."""
    while index < len(tokens) and tokens[index].low in _OF_WHOM:
        index += 1
    last: int | None = None
    while index < len(tokens):
        token = tokens[index]
        if token.low in _PLACES and index + 2 < len(tokens) and tokens[index + 1].low == "of":
            index += 2
            while index < len(tokens) and tokens[index].low in _OF_WHOM:
                index += 1
            if index >= len(tokens) or tokens[index].kind != "describes":
                break
            continue
        if index in known and heads:
            last, index = known[index], known[index] + 1
            continue
        fits = token.kind in ("describes", "side", "disease", "general") or _counts(tokens, index)
        if fits and (heads or token.kind not in ("disease",)):
            last = index
        elif not (
            last is not None and token.low in _BETWEEN and index + 1 < len(tokens) and _goes_on(tokens, index + 1)
        ):
            break
        index += 1
    return last


def _goes_on(tokens: list[_Token], index: int) -> bool:
    while index < len(tokens) and tokens[index].low in _OF_WHOM:
        return False
    return tokens[index].kind in ("describes", "disease", "general", "side")


_OF_A_KIND = frozenset("in with w/ of the and + / to without site".split())
_IS_NOT = frozenset("in intractable specified otherwise spec".split())


def _kind_behind(tokens: list[_Token], index: int) -> int | None:
    """After a comma: words that describe and name nothing new, up to a sign that ends them."""
    last: int | None = None
    while index + 1 < len(tokens) or (index < len(tokens) and tokens[index].kind):
        token = tokens[index]
        if token.kind in ("describes", "side") or token.low == "site" or _counts(tokens, index):
            last = index
        elif token.low not in _OF_A_KIND and not (token.low == "not" and tokens[index + 1].low in _IS_NOT):
            break
        index += 1
    return last if last is not None and index == last + 1 and _ends(tokens, index) else None


def _in_brackets(tokens: list[_Token], index: int) -> int | None:
    """A second name in brackets, where the name goes on behind it: "clubfoot (equinovarus), left"."""
    start = index
    while index < len(tokens) and tokens[index].kind in ("describes", "disease", "general", "side"):
        index += 1
    if index == start or index >= len(tokens) or tokens[index].text != ")":
        return None
    if index + 1 < len(tokens) and tokens[index + 1].text == ",":
        return index if _kind_behind(tokens, index + 2) is not None else None
    return None


def _enough(tokens: list[_Token], first: int, last: int, of_lexicon: bool) -> bool:
    """Whether the words say what the illness is: "chronic condition" and "other symptoms" do not."""
    if of_lexicon:
        return True
    words = [token for token in tokens[first : last + 1] if token.kind in ("disease", "general", "describes")]
    if any(word.kind == "disease" for word in words):
        return True
    return len(words) > 1 and any(word.low not in _SAYS_LITTLE for word in words)
