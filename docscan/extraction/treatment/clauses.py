"""The words of a sentence and how its verbs are used: where a clause begins, what its subject is.

A parser of the kind that these questions need: English letters, clauses joined by commas, "and" and dashes, verbs of
`vocabulary` only. What it cannot tell it leaves open (None).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from docscan.extraction.treatment import vocabulary

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

Use: TypeAlias = Literal["finite", "infinitive", "gerund", "passive", "perfect", "bare"]


class Word(NamedTuple):
    """A word or mark of a sentence: in lower case, and where it stands in the document."""

    plain: str
    start: int
    end: int


_TOKEN = re.compile(r"[A-Za-z][\w'’]*(?:[-/][A-Za-z]\w*)*|\d[\w.,/%]*|[;:()–—,.?&=+|-]")
MODALS = frozenset("will would should can could may might must shall does do 'll".split())
BE = frozenset("is are be being 's was were been".split())
HAVE = frozenset("has have had".split())
DETERMINERS = frozenset("the a an his her their its these those this that my our your any some all no each".split())
ADVERBS = frozenset(
    "also then both best still only further even just not never always often thus thereby therefore now more much so"
    " better greatly likely significantly too".split()
)
PRONOUNS = frozenset("it this that these those they both which them one ones other others same all".split())
HIM = frozenset("him her me us them you someone anyone people patients".split())
ENDS_OBJECT = frozenset(
    "because since so which who when while where but although though if unless whereas than".split()
)
_ADJECTIVES = frozenset(
    "free dull calm quiet clear cool warm steady open limit control help treat rest lower cut slow moderate halt temper"
    " move lift contact support benefit improve check target address block shield guard stop hold keep pump drive"
    " filter".split()
)
MARKS = frozenset(";:()–—.?|=")


def words_of(text: AnnotatedText, start: int, end: int) -> list[Word]:
    """The words and marks between two offsets."""
    return [
        Word(m.group().lower().replace("’", "'"), start + m.start(), start + m.end())
        for m in _TOKEN.finditer(text.flat[start:end])
    ]


def use_of(words: Sequence[Word], n: int) -> Use | None:
    """How a form of a verb is used; None where it is a noun, an adjective or tells of the past."""
    verb = vocabulary.verbs()[words[n].plain]
    k = n - 1
    while k >= 0 and (words[k].plain in ADVERBS or words[k].plain.endswith("ly")):
        k -= 1
    before = words[k].plain if k >= 0 else ""
    if before in {"help", "helps", "helping"} and k > 0:
        return use_of(words, k) if verb.form in {"base", "ing"} else None
    if before == "to" and k > 0 and words[k - 1].plain in {"help", "helps", "helping", "serve", "serves"}:
        helping = use_of(words, k - 1) if words[k - 1].plain in vocabulary.verbs() else None
        return helping or "infinitive"
    match verb.form:
        case "s":
            return _use_of_s(words, n, before)
        case "base":
            return _use_of_base(words, n, k)
        case "ing":
            return _use_of_ing(words, k, before)
    nearby = {w.plain for w in words[max(0, n - 4) : n]}
    return "passive" if nearby & BE else "perfect" if nearby & {"has", "have"} else None


def _use_of_s(words: Sequence[Word], n: int, before: str) -> Use | None:
    """ "Relieves": the plural of a noun after "the", "of", "her"."""
    following = words[n + 1].plain if n + 1 < len(words) else ""
    if (before in DETERMINERS and before not in PRONOUNS) or before in {"of", "in", "for", "with"}:
        return None
    if following in MODALS | BE | HAVE or following.endswith(("n't", "nnot")):
        return None  # "braces can't ..."
    return None if following in {"and", "of", "for"} and before not in PRONOUNS else "finite"


def _use_of_base(words: Sequence[Word], n: int, k: int) -> Use | None:
    """ "Relieve" after "will", "to", a subject in the plural, or at a sentence's beginning; else a noun ("help").

    `k`: the word before it that is no adverb.
    """
    before = words[k].plain if k >= 0 else ""
    if before in MODALS or before.endswith("'ll"):
        return "finite"
    if before == "to":
        return "infinitive"
    if before in {"", ".", ":", "-", "=", "?"}:
        following = words[n + 1].plain if n + 1 < len(words) else ""
        adjective = words[n].plain in _ADJECTIVES and following not in DETERMINERS | PRONOUNS
        return None if adjective else "bare"
    if before in {",", "&"} and k > 0:
        return _like_before(words, k)
    if before in {"and", "or"}:
        return _like_before(words, k) or _after_plural(words, k)
    plural = before.endswith("s") and not before.endswith(("ss", "us", "is", "'s"))
    plural = plural or before in {"they", "these", "those", "both", "which", "that"} or _after_joint(words, n)
    return "finite" if plural and not _noun_after(words, n) else None


def _use_of_ing(words: Sequence[Word], k: int, before: str) -> Use | None:
    if before in {"is", "are"}:
        return "finite"
    if before in {"by", "for", "of", "in", "at", "toward", "towards", "thereby", ","} or before in BE:
        return "gerund"
    return "gerund" if before in {"and", "or"} and _like_before(words, k) == "gerund" else None


def _noun_after(words: Sequence[Word], n: int) -> bool:
    """ "Symptoms control": a verb wants an object after it."""
    return n + 1 >= len(words) or words[n + 1].plain in MARKS or words[n + 1].plain in {"and", "of", "is", "are", "was"}


def _like_before(words: Sequence[Word], k: int) -> Use | None:
    """The use of the verb that "and" goes on from."""
    forms = vocabulary.verbs()
    for n in range(k - 1, -1, -1):
        plain = words[n].plain
        if plain in MODALS:
            return "finite"
        if plain == "to":
            return "infinitive"
        if plain in forms and n > 0 and forms[plain].form in {"base", "ing"} and (use := use_of(words, n)):
            return use
        if plain in {";", ":", "."}:
            break
    return None


def _after_plural(words: Sequence[Word], k: int) -> Use | None:
    """ "Drills wake the muscle and ease the pain": a subject in the plural opens the sentence."""
    start = sentence_part(words, k)
    opening = [w.plain for w in words[start : start + 4]]
    plural = any(w.endswith("s") and len(w) > 4 and not w.endswith(("ss", "us", "is", "'s")) for w in opening)
    return "finite" if plural and "to" not in opening else None


_PARTICLES = frozenset("down off up out away back".split())


def _after_joint(words: Sequence[Word], n: int) -> bool:
    """ "Magnesium and fish oil relieve the tingling": two things joined by "and" open the sentence, and an object
    follows."""
    after = n + 1 + (n + 1 < len(words) and words[n + 1].plain in _PARTICLES)
    if after >= len(words) or words[after].plain not in DETERMINERS | HIM:
        return False
    start = sentence_part(words, n)
    subject = [w.plain for w in words[start:n]]
    joined = "and" in subject[1:-1] and not set(subject) & {"to", "i", "we", "he", "she", "you", "if", "that", ","}
    return joined and not _has_verb(words, n)


def looks_finite(words: Sequence[Word], n: int) -> bool:
    """Whether a word is probably a finite verb in the present: what can open a predicate."""
    plain = words[n].plain
    verb = vocabulary.verbs().get(plain)
    if verb is not None:
        return use_of(words, n) == "finite"
    before = words[n - 1].plain
    return (
        plain.endswith("s") and not plain.endswith(("ss", "us", "is", "'s")) and len(plain) > 3
        and n + 1 < len(words) and words[n + 1].plain in DETERMINERS | HIM | {"on", "as", "to", "an"}
        and before not in DETERMINERS
    )  # fmt: skip


def sentence_part(words: Sequence[Word], n: int) -> int:
    """Where the part of a sentence begins that holds a word: after a semicolon, a colon, a dash, a full stop."""
    for k in range(n - 1, -1, -1):
        if words[k].plain in {";", ":", "–", "—", ".", "?", "|", "="}:
            return k + 1
    return 0


def clause_start(words: Sequence[Word], n: int) -> int:
    """Where the clause of a verb begins; right at the verb where "and" or a comma stands before it."""
    for k in range(n - 1, -1, -1):
        plain = words[k].plain
        if plain in {";", ":", "–", "—", ".", "?", "|", "=", "("}:
            return k + 1
        if plain in {"because", "since", "so", "while", "although", "though", "if", "but", "when", "whereas", "as"}:
            return k + 1
        if plain == "that" and k > 0 and words[k - 1].plain not in DETERMINERS and k + 1 < n:
            return k + 1
        if plain == "which":
            return k
        if plain in {"and", "&", "or", ",", "then"} and _opens_clause(words, k, n):
            return k + 1
    return 0


_SOMEBODY = frozenset({"i", "we", "he", "she", "you"})


def _opens_clause(words: Sequence[Word], k: int, n: int) -> bool:
    """Whether "and" or a comma opens a clause that has a subject of its own, or is all that stands before the verb."""
    inner = without_helpers(words[k + 1 : n])
    if not inner:
        return True
    comma, first = words[k].plain == ",", inner[0].plain
    if first in PRONOUNS | _SOMEBODY or (comma and first in DETERMINERS):
        return True
    return _has_verb(words, k) or (comma and first not in DETERMINERS and len(inner) <= 3 and k < 8)


def _has_verb(words: Sequence[Word], end: int) -> bool:
    start = sentence_part(words, end)
    return any(
        words[k].plain in MODALS | BE | HAVE or (k > start and looks_finite(words, k)) for k in range(start, end)
    )


_JOINING = frozenset("and , so then also that - thus or in addition both yet &".split())


def without_helpers(words: Sequence[Word]) -> Sequence[Word]:
    """A subject without the helping verbs and adverbs after it, and joining words before it."""
    first, last = 0, len(words)
    while last > first and (
        words[last - 1].plain in MODALS | BE | HAVE | ADVERBS | {"help", "helps", "to", "helping", "directly"}
        or words[last - 1].plain.endswith("ly")
        or words[last - 1].plain in {",", "been", "shown", "proven", "n't", "also"}
    ):
        last -= 1
    while first < last and words[first].plain in _JOINING and not (words[first].plain == "that" and last - first == 1):
        first += 1
    return words[first:last]
