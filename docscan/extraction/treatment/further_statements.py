"""Does it say that a food is no ordinary food, that it counts from before its date, that nobody else pays?

The evidence is the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "further_statements"

_SPECIAL_FOOD = re.compile(
    r"\b(?:(?:not|n['’]t|nor|never|beyond|in addition to|on top of|over and above|apart from|instead of|no) "
    r"(?:\w+ ){0,5}?(?:normal|regular|ordinary|usual|everyday|daily|general|basic) "
    r"(?:(?:daily|dietary|nutritional|food) )?(?:nutrition(?:al)?|diet(?:ary)?|food|needs?|requirements?|meals?)|"
    r"(?:dearer|cost(?:s|ing)? more|more expensive|excess cost|extra cost|cost above|cost over|additional cost)"
    r"(?: \w+){0,8}? (?:food|diet|version|bread|flour|formula|product|groceries)|"
    r"(?:sole|only|primary|main) source of (?:nutrition|nourishment|feeding|calories)|medical food|"
    r"(?:amino[- ]acid[- ]based|elemental|(?:extensively )?hydroly[sz]ed|hypoallergenic|metabolic|"
    r"low[- ]protein modified) (?:\w+ )?(?:formula|food)|(?:tube|enteral) (?:feeding|nutrition|formula))\b",
    _I,
)  # Publication 502, Weight-Loss Program: special food that does not satisfy normal nutritional needs
_RETROACTIVE = re.compile(
    r"\b(?:retro-?active(?:ly)?|back-?dat(?:ed|e|ing)(?! of the pain)|effective (?:as of |from )?before the date of "
    r"th(?:is|e) letter|nunc pro tunc)\b",
    _I,
)
_NOT_REIMBURSED = re.compile(
    r"\b(?:(?:has|have|had|is|are|was|were|will) (?:not|never) (?:already )?(?:been |be |being )?"
    r"(?:(?:or|and|nor) (?:will|shall) (?:not |never )?be )?(?:reimbursed|reimbursable|paid(?: back)?|claimed|covered|"
    r"submitted)|"
    r"(?:will|do|does|did|have|has|shall) not "
    r"(?:\w+ ){0,6}?(?:seek|sought|claim|claimed|request|requested|received?|obtain) (?:\w+ ){0,3}?reimbursements?|"
    r"not (?:been )?(?:reimbursed|reimbursable|paid) (?:\w+ ){0,3}?(?:by|from|under|through) "
    r"(?:any|another|other|my|our|insurance))\b",
    _I,
)
_ELSEWHERE = re.compile(
    r"\b(?:any ?(?:where|one)? (?:other|else)|another|other|elsewhere|insurance|plan|source|tax return|deduct\w*)\b", _I
)
_PROMISED = re.compile(
    r"\b(?:I|we|undersigned|participant|employee|account ?holder|member|claimant)\b(?:.{0,60}?)"
    r"\b(?:certif\w+|attest\w*|declare\w*|confirm\w*|affirm\w*|state|agree\w*|understand|have|has|will)\b",
    _I | re.DOTALL,
)


def _left_open(text: AnnotatedText, sentence: Span) -> bool:
    """Whether the box that closes a sentence's line is empty: nobody has certified what it says."""
    line = text.lines[text.line_index(sentence.end - 1)]
    behind = [
        (box.at.end, box.ticked) for box in text.check_boxes if box.at and sentence.start < box.at.start < line.end
    ]
    return len(behind) == 1 and not behind[0][1] and not text.text[behind[0][0] : line.end].strip()


def further_statements(text: AnnotatedText) -> Iterator[Extraction]:
    """special_food_statement, retroactive_statement, not_reimbursed_statement."""
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        if len(printed) < 6 or text.box_state(sentence.start) is False or printed.endswith("?"):
            continue
        for name, words in (("special_food_statement", _SPECIAL_FOOD), ("retroactive_statement", _RETROACTIVE)):
            match = words.search(printed)
            if match is None:
                continue
            start, end = sentence.start + match.start(), sentence.start + match.end()
            # "Not part of a normal diet" holds its own "not": only its supposing or recalling takes it back.
            said = text.assertion_at(start, end)
            if name == "special_food_statement" and said == "negated":
                said = "stated"
            yield text.extraction(
                name, True, *sentence, found_by=_FOUND_BY, strength=0.85, assertion=said,
                certainty=text.certainty(start, end),
            )  # fmt: skip
        match = _NOT_REIMBURSED.search(printed)
        if match and _left_open(text, sentence):
            continue
        if match and _ELSEWHERE.search(printed, match.start()) and _PROMISED.search(printed):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            yield text.extraction(
                "not_reimbursed_statement", True, *sentence, found_by=_FOUND_BY, strength=0.85,
                certainty=text.certainty(start, end),
            )  # fmt: skip
