"""Where a form, a heading or a question asks what is prescribed, and what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from docscan.extraction.course.prescribing import CUE, listed
from docscan.extraction.text.asking import asks_for_treatment, words_beside
from docscan.extraction.text.captions import is_printed_label
from docscan.extraction.text.enumerators import ENUMERATOR
from docscan.extraction.text.form_rows import is_question
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lines import Cell, Line
from docscan.extraction.text.spans import Span
from docscan.extraction.treatment.naming import kind_known

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_LABEL = re.compile(
    rf"(?:[•●▪■◦·*>«»|-]\s*)?(?:(?i:{ENUMERATOR})|\d{{1,2}}(?=\s+[A-Z]))?\s*"
    r"(?P<label>[A-Za-z](?:[^:?\t\n#=(]|\([^()\t\n]{0,80}\)){0,90}?)\s*(?P<sign>[:?#=]|\.{3,}|…|_{2,}|$)"
)
_SCHEDULE = re.compile(
    r"\b(?:how (?:many|often|long)|often|frequency|duration|times?|per|each|visits?|sessions?|min(?:ute)?s?|"
    r"length|until|"
    r"through|thru|starts?|ends?|dates?|begins?|weeks?|months?|qty|quantity|period|schedule)\b",
    _I,
)


def _asks_nothing_else(label: str) -> bool:
    """Whether no word of a label is left over: "Plan of treatment", "What I'm ordering"; not a firm's name."""
    rest = words_beside(label)
    return not re.search(r"[A-Za-z]{3,}", _LITTLE.sub(" ", rest))


_LITTLE = re.compile(
    r"\b(?:recommended|prescribed|proposed|requested|approved|suggested|authorized|medical(?:ly)?|necessary|specific|required|needed|physician'?s?|"
    r"doctor'?s?|provider'?s?|placed|provided|rendered|performed|furnished|planned|encounter|today(?:'s)?|visit|active|new|eligible|wanted|"
    r"this|and|the|for|i'm|we're|what|are|you|our|being|from|with|that|which|have|has|been|did|does|following|brand|"
    r"generic|strength|dose|name|"
    r"reimbursement|coverage)\b",
    _I,
)


def asked_for(text: AnnotatedText) -> Iterator[tuple[int, int, bool]]:
    """What stands where the treatment is asked for, entry by entry: start, end, and whether the label is surely one."""
    labels = _labels(text)
    if labels:
        pattern = re.compile("|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True)))
        for item in text.labelled(pattern, opening=True):
            if item.value is None or text.box_state(item.label.start) is not None:
                continue
            cell = text.cell_at(item.label.start)
            if cell is None or not _whole(text, cell, item.label):
                continue
            beside = _beside(text, cell) if not item.sign and item.place == "below" else None
            if item.place == "below" and beside is None and is_printed_label(text[item.value]):
                continue  # the next label of a list of labels
            value = beside or item.value
            block = text.block_below(value, lines=8)
            sure = bool(item.sign) or item.place == "below" or len(text[item.label].split()) > 1
            for start, end in (*_list_of(text, block), *_numbered_beside(text, value)):
                yield start, end, sure and not _tells_on(text, block, start)
    yield from _run_in(text)


_TELLS = re.compile(
    r"\b(?:i|we|he|she|they|it|this|is|was|were|has|have|had|will|would|keeps|wakes|remains|did|does|could)\b", _I
)
_CLOSES = re.compile(
    r"\W*(?:sincerely|respectfully|(?:best |kind |warm )?regards|(?:very truly |faithfully )?yours|signed|"
    r"electronically|"
    r"thank you|/s/|npi\b|licen[sc]e|prescriber|provider|physician)\b",
    _I,
)


def _tells_on(text: AnnotatedText, block: Span, start: int) -> bool:
    """Whether an entry is only a further sentence behind the answer: "Studio to bill pt", no point of a list."""
    entered = re.match(r"\(?(?:\d{1,2}|[a-z])[.)]\s", text.flat[start : start + 5], _I)
    return entered is None and _SENTENCE_ENDED.search(text.flat, block.start, start) is not None


_SENTENCE_ENDED = re.compile(r"(?<!\d)[A-Za-z\d/]{2,}\.\s+(?![•●▪*☐☑☒\[\d(-])")


def _list_of(text: AnnotatedText, block: Span) -> Iterator[tuple[int, int]]:
    """The entries of a labelled place up to where sentences tell of other things, or the letter closes."""
    for n, (start, end) in enumerate(_entries(text, block)):
        printed = text.flat[start:end]
        if _CLOSES.match(printed) or (
            n and _TELLS.search(printed) and len(printed.split()) > 6 and not CUE.search(printed)
        ):
            return
        yield start, end


def _labels(text: AnnotatedText) -> set[str]:
    """The labels of the document that ask for it, as printed."""
    found = set()
    charted = _is_chart(text)
    for cell in text.cells:
        match = _LABEL.match(cell.text)
        if charted and cell.text.strip(" :.)") in {"P", "Plan"}:
            found.add(cell.text.strip(" :.)"))
        elif match and _DESCRIBES.fullmatch(match["label"].strip()) and match["sign"]:
            if _of_treatment(text, cell):
                found.add(match["label"].rstrip(" ."))
        elif match and asks_for_treatment(match["label"]) and not _NAMED.search(match["label"]):
            label = match["label"].rstrip(" .")
            alone = not cell.text[match.end() :].strip()
            plain = alone and not re.search(r"[.;,]$", match["label"].strip()) and _asks_nothing_else(label)
            if match["sign"] or plain:
                found.add(label)
    return found


_NAMED = re.compile(r"(?:^|[.]\s+)an?\s", _I)
"""Of "A smoking cessation program: four sessions a month": what is prescribed, not a question for it."""
_DESCRIBES = re.compile(r"(?:please )?(?:describe|description|specify|details?|which(?: one)?|name it|namely)", _I)
_OF_A_KIND = re.compile(r"\b(?:category|kind|type|class) of\b", _I)
_CHART_PARTS = frozenset({"S", "O", "A"})


def _is_chart(text: AnnotatedText) -> bool:
    """Whether a chart's parts stand on lines of their own: S, O, A and P."""
    return sum(line.cells[0].text.strip(" :.)") in _CHART_PARTS for line in text.lines) >= len(_CHART_PARTS)


def _of_treatment(text: AnnotatedText, cell: Cell) -> bool:
    """Whether a label that asks for a description follows a line that asks for what kind of thing is wanted."""
    index = text.line_index(cell.start)
    for line in text.lines[max(0, index - 3) : index]:
        head = re.sub(r"\([^)]*\)", " ", text.text[line.start : line.end])
        if _OF_A_KIND.search(head) and asks_for_treatment(_LISTED.sub("", _OF_A_KIND.sub(" ", head)).strip(" :")):
            return True
    return False


_LISTED = re.compile(r"^\s*(?:part|section)?\s*[A-Z0-9]{1,2}[.:)]|\[.*", _I)


def _whole(text: AnnotatedText, cell: Cell, label: Span) -> bool:
    """Whether a label is all that opens its cell: "Order" in "Order Number" is not."""
    rest = text.text[label.end : cell.end].lstrip()
    return not rest or not rest[0].isalpha()


def _beside(text: AnnotatedText, cell: Cell) -> Span | None:
    """The only other cell of a label's line, to the right of it: the value of an entry, not a column's head."""
    cells = text.lines[text.line_index(cell.start)].cells
    if len(cells) != 2 or cells[0].start != cell.start:
        return None
    if asks_for_treatment(cells[1].text) and _asks_nothing_else(cells[1].text):
        return None
    return None if _BESIDE.fullmatch(cells[1].text.strip()) else Span(cells[1].start, cells[1].end)


def _run_in(text: AnnotatedText) -> Iterator[tuple[int, int, bool]]:
    """ "4. Prescription. Therapeutic massage, ...": a heading or question in a paragraph; the next sentence answers."""
    sentences = text.sentences
    for index, sentence in enumerate(sentences[:-1]):
        printed = text.flat[sentence.start : sentence.end]
        if len(printed) > 90 or printed[-1] not in ".?":
            continue
        match = _OPENS_PARAGRAPH.fullmatch(printed)
        if not match or not asks_for_treatment(match["label"]):
            continue
        following = _answer(text, index + 1)
        if following is None:
            continue
        if printed.endswith("?") or (_asks_nothing_else(match["label"]) and not _PREDICATES.match(match["label"])):
            yield following.start, following.end, True


def _answer(text: AnnotatedText, index: int) -> Span | None:
    """The sentence that answers a question, past what the form says of how to answer it."""
    for place in range(index, min(index + 4, len(text.sentences))):
        sentence = text.sentences[place]
        if sentence.start - text.sentences[place - 1].end > (3 if place == index else 12):
            return None
        printed = text.flat[sentence.start : sentence.end]
        if not (_HOW_TO_ANSWER.match(printed) or is_instruction(printed)):
            return sentence
    return None


_HOW_TO_ANSWER = re.compile(
    r"\W*(?:please|be (?:as )?(?:specific|exact|precise|brief)|do not|don't|don’t|avoid|use (?:the |one |plain|exact)|"
    r"(?:one|check|tick|mark|circle|choose|select|give|name|list|state|describe|specify|include|write|print|attach)\b"
    r"[^.]{0,60}(?:only|apply|applies|item|treatment|service|brand|type|word|words|number|below|here|known|needed|kind)\b|"
    r"(?:vague|general|generic) (?:terms|words|answers|descriptions)|not [\"“])",
    _I,
)
_PREDICATES = re.compile(r"(?!what\b).*\b(?:is|are|was|were|has|have|will|should|must)\b", _I)  # a sentence, no heading

_OPENS_PARAGRAPH = re.compile(rf"(?:(?i:{ENUMERATOR}))?\s*(?P<label>[A-Z][A-Za-z '’/&-]{{2,80}})[.?]")


_ENTRY = re.compile(
    r"\s*(?:;|\n\s*(?=[•●▪*\d☐☑☒\[-]|[a-h]\)\s)|[•●▪]|"
    r"\s(?=\(?[1-9][.)]\s+[A-Z])|\n(?=\S)|(?<![ .][A-Z])\.\s+(?=[A-Z]))\s*"
)


def _entries(text: AnnotatedText, block: Span) -> Iterator[tuple[int, int]]:
    """The entries of a labelled place: sentences, bullets, lines of a list."""
    printed = text[block]
    place = 0
    for match in _ENTRY.finditer(printed):
        if match.group().strip() == "" and "\n" in match.group():
            following = printed[match.end() : match.end() + 1]
            wraps = match.start() in _wraps(text, block)
            if following.islower() or (wraps and not _each_known(text, block.start + match.start())):
                continue
        if match.start() > place:
            yield from _things(text, block.start + place, block.start + match.start())
        place = match.end()
    if place < len(printed):
        yield from _things(text, block.start + place, block.end)


def _each_known(text: AnnotatedText, newline: int) -> bool:
    """Whether the lines before and behind a newline are each a thing that the lexicon knows, told alone."""
    index = text.line_index(newline)
    if index + 1 >= len(text.lines):
        return False
    both = [text.text[line.start : line.end].strip() for line in text.lines[index : index + 2]]
    return all(
        kind_known(one) and one[:1].isupper() and not re.search(r"[.,;&]$|\b(?:and|or|with)$", one) for one in both
    )


def _wraps(text: AnnotatedText, block: Span) -> set[int]:
    """Places of newlines, within the block, that only wrap a sentence."""
    return {
        n for n in range(block.end - block.start)
        if text.text[block.start + n] == "\n" and text.flat[block.start + n] == " "
    }  # fmt: skip


def _things(text: AnnotatedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The things of an entry: what commas part are several only where "and" says so or each is known."""
    if is_instruction(text.flat[start:end]):
        return
    pieces = list(_with_their_parts(text, listed(text, start, end)))
    joined = re.search(r"\band\b|&|\bor\b|/", text.flat[start:end], _I)
    if len(pieces) > 1 and not joined and not all(kind_known(text.flat[a:b]) for a, b in pieces):
        pieces = pieces[:1]
    yield from pieces


_PART = re.compile(r"(?:with|including|incl\.?|plus|without|such as)\b", _I)


def _with_their_parts(text: AnnotatedText, pieces: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """ "A CPAP machine, with mask and tubing" is one thing."""
    last: tuple[int, int] | None = None
    parts = False
    for start, end in pieces:
        parts = last is not None and (
            _PART.match(text.flat, start, end) is not None or (parts and text.flat[last[1] : start].strip() == "and")
        )
        if last is not None and parts:
            last = (last[0], end)
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def _numbered_beside(text: AnnotatedText, value: Span) -> Iterator[tuple[int, int]]:
    """ "1) TENS unit      2) electrodes": entries that go on in the next cells of the line."""
    cell = text.cell_at(value.start)
    if cell is None or not re.match(r"\(?\d{1,2}[.)]", text[value]):
        return
    for other in text.lines[text.line_index(value.start)].cells:
        if other.start > cell.start and re.match(r"\(?\d{1,2}[.)]", other.text):
            yield other.start, other.end


_BESIDE = re.compile(
    r"(?:how |treatment |expected )?(?:use|usage|frequency|freq\.?|often|duration|term|length|long|qty\.?|"
    r"quantity|dos(?:e|"
    r"age)|sessions?|schedule|purpose|reason|period|diagnosis|icd-?10(?: code)?|start(?: date)?|notes?|times|"
    r"instructions|"
    r"provided by|provider|by whom|visits|weeks|months)(?:\s(?:of use|of need|needed|/ ?\w+))?:?",
    _I,
)


def tabled(text: AnnotatedText) -> Iterator[tuple[Span, ...]]:
    """The things in the rows of a table whose head asks for the treatment ("Service | Frequency | Duration"): the
    places of the lines of their cell."""
    for index, head in enumerate(text.lines):
        if len(head.cells) < 2:
            continue
        column = next((c for c in head.cells if _heads_things(c.text.strip(" :"))), None)
        if column is None or not any(_heads_schedule(c.text) for c in head.cells if c is not column):
            continue
        for row in text.lines[index + 1 : index + 12]:
            if not re.search(r"\w", text.text[row.start : row.end]):
                continue  # a line drawn with dashes
            if row.page is not head.page or _closes_table(text, row, index):
                break
            thing = next((c for c in row.cells if abs(c.box.left - column.box.left) < 0.03), None)
            if thing is not None and len(row.cells) > 1 and not is_question(thing.text):
                below = _goes_on_in(text, row, thing, column)
                yield (Span(thing.start, thing.end), *below)


def _goes_on_in(text: AnnotatedText, row: Line, thing: Cell, column: Cell) -> Iterator[Span]:
    """The lines right below a row that hold nothing but the rest of its thing."""
    before = row
    for line in text.lines[text.line_index(row.start) + 1 :][:2]:
        alone = len(line.cells) == 1 and thing is not row.cells[0]
        if not alone or text.text[before.end : line.start] != "\n" or line.page is not row.page:
            return
        if abs(line.cells[0].box.left - column.box.left) > _SAME_COLUMN:
            return
        yield Span(line.start, line.end)
        before = line


_OF_THINGS = re.compile(
    r"(?:supplement|vitamin|nutrient|remedy|exercise|food|garment|appliance|modality)s?(?: name)?", _I
)


def _heads_things(printed: str) -> bool:
    return len(printed.split()) <= 5 and (asks_for_treatment(printed) or _OF_THINGS.fullmatch(printed) is not None)


_SAME_COLUMN = 0.03  # of the page's width


def _heads_schedule(printed: str) -> bool:
    """Whether a column's head asks for how often, how long, how many: one that bills do not have."""
    words = printed.split()
    return _BESIDE.fullmatch(printed.strip()) is not None or (len(words) <= 4 and _SCHEDULE.search(printed) is not None)


def _closes_table(text: AnnotatedText, row: Line, head: int) -> bool:
    before = text.lines[text.line_index(row.start) - 1]
    return text.line_index(row.start) > head + 1 and text.text[before.end : row.start] != "\n" and len(row.cells) < 2
