"""Which printed words ask for an answer, and do they stand over their answers or under them?

A form of ruled lines prints its labels under the lines ("Employee name" under "Ana Roe"). Two lines that touch, the
upper of answers and the lower of nothing but labels, are such a pair; where labels come first, they head their answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.known_labels import KNOWN_LABEL

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

_I = re.IGNORECASE
_COUNTER = re.compile(r"^\s*(?:[•●▪■◦·*]\s*|\(?[0-9]{1,2}[a-z]?[.)]\s*|\(?[a-zA-Z][.)]\s+)")
_HINT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASKING = frozenset(
    """name names birth birthdate birthday dob born age sex phone telephone tel fax facsimile number numbers no id npi
    ssn license licence credential credentials degree title specialty signature signed sign date dated employer company
    practice clinic facility office address street city state zip relationship relation email e-mail provider physician
    doctor practitioner clinician prescriber patient participant employee member subscriber insured dependent holder
    diagnosis diagnoses code codes condition icd treatment service services product item supply duration frequency
    often long length months sessions visits start end begin begins ends from through to until group plan sponsor
    account initial print location priority dispense refills sig
    owner cardholder retiree business organization stamp""".split()
)
"""Words of which at least one stands in a label."""
_BESIDE = frozenset(
    """of the a an and or for is in if on by with not your you this that her his their than other first last middle
    full legal mi m i printed print type typed please preferred contact home work daytime evening cell mobile office
    mailing medical health care healthcare treating attending prescribing licensed professional primary recommended
    prescribed required requested related being treated person will be how what when much many per each most recent
    area security social tax four digits same different if's self daily it its date's s e number's x who which use used
    using cm description describe specific expected estimated total therapy equipment need needed necessity printed
    soc sec dept department
    reason explain explanation covered seen visit visited examined receiving status type current new""".split()
)
"""Words that labels are made of besides."""
_MOST_WORDS = 9
_SHARE = 0.75  # of the words of a label that are words of labels
_ALIGNED = 0.03  # of the page's width, by which a caption may be set off from its answer


def is_printed_label(printed: str) -> bool:
    """Whether words ask for something, as those of a form's labels do: "Provider's telephone", "5. Date of birth"."""
    bare = _COUNTER.sub("", _HINT.sub(" ", printed), count=1).strip(" *:.#?_|")
    if not bare or len(bare) > 70:
        return False
    if KNOWN_LABEL.fullmatch(bare):
        return True
    if re.search(r"\d", re.sub(r"\bicd[\s-]?10\b|\blast 4\b", "", bare, flags=_I)) or re.search(r"[☐☑☒$@]", printed):
        return False
    words = [word.lower().replace("’", "'").removesuffix("'s").removesuffix("'") for word in _WORD.findall(bare)]
    if not 1 <= len(words) <= _MOST_WORDS or not any(word in _ASKING for word in words):
        return False
    return sum(word in _ASKING or word in _BESIDE for word in words) >= _SHARE * len(words)


def is_caption(text: AnnotatedText, cell: Cell) -> bool:
    """Whether a label stands in a line of labels under the line of their answers."""
    return text.line_index(cell.start) in _captions(text)


def answer_over(text: AnnotatedText, cell: Cell) -> Cell | None:
    """What was written over a caption."""
    above = text.lines[text.line_index(cell.start) - 1]
    return next((one for one in above.cells if _over(one, cell)), None)


def caption_under(text: AnnotatedText, cell: Cell) -> Cell | None:
    """The caption that tells what an answer is."""
    index = text.line_index(cell.start) + 1
    if index not in _captions(text):
        return None
    return next((one for one in text.lines[index].cells if _over(cell, one)), None)


def _over(answer: Cell, caption: Cell) -> bool:
    return abs(answer.box.left - caption.box.left) < _ALIGNED


def _captions(text: AnnotatedText) -> frozenset[int]:
    """The lines of captions; none where only one pair of one cell each looks so."""
    return text.once("lines of captions", lambda: _found(text))


_ENOUGH = 3  # pairs that show how a form is printed; a line of several labels counts as so many


def _found(text: AnnotatedText) -> frozenset[int]:
    found = {index for index in range(1, len(text.lines)) if _is_pair(text, index)}
    return frozenset(found) if sum(len(text.lines[index].cells) for index in found) >= _ENOUGH else frozenset()


def _is_pair(text: AnnotatedText, index: int) -> bool:
    line, over = text.lines[index], text.lines[index - 1]
    if not _asks(line) or not _touch(text, index) or not _answers(over) or len(line.cells) > len(over.cells) + 1:
        return False
    first = index - 1
    while first and _touch(text, first):
        first -= 1
    opening = text.lines[first]
    heads = _asks(opening) and not (len(opening.cells) == 1 and len(over.cells) > 1)
    return not heads and any(_over(one, other) for one in over.cells for other in line.cells)


def _touch(text: AnnotatedText, index: int) -> bool:
    """Whether a line follows the one above it without a gap."""
    above, line = text.lines[index - 1], text.lines[index]
    return above.page is line.page and text.text[above.end : line.start] == "\n"


def _asks(line: Line) -> bool:
    return all(is_printed_label(cell.text) and not cell.text.rstrip().endswith((":", "?")) for cell in line.cells)


def _answers(line: Line) -> bool:
    return not any(is_printed_label(cell.text) or re.match(r".{2,40}[:?](?:\s|$)", cell.text) for cell in line.cells)
