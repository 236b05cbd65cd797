"""Which words are a printed choice, from which somebody was to choose, and can a choice be seen?

Boxes are `check_boxes`' matter. This is about choices without them: "circle one: daily / weekly / monthly", "check all
that apply" over a list, a list that ends in an empty "Other: ____", and price lists with an empty place for each fee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from docscan.extraction.text.check_boxes import typed_boxes
from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line

_I = re.IGNORECASE
Choice: TypeAlias = Literal["chosen", "left", "open", "either"]
"""Made, passed over, one of which nothing can be seen, one of rivals that nobody was asked to choose from."""


class Option(NamedTuple):
    """A printed choice."""

    span: Span
    choice: Choice


_CUE = re.compile(
    r"\b(?:please )?(?:check|tick|mark|circle|select|choose|x|underline|highlight|indicate|initial)(?:mark)?\s+"
    r"(?:off )?(?:(?:all|any|one|only one|each|every|which|those|the|below|appropriate|applicable|most|that|box(?:es)?|"
    r"of|following|diagnos[ie]s|conditions?|treatments?|codes?|services?|items?|options?|frequency|reasons?|"
    r"or more)\s?)+"
    r"(?:below )?(?:that |which )?(?:appl(?:y|ies)|below|appropriate|applicable|boxes|box|following)?\b(?:\s+below)?"
    r"(?:\s+that\s+apply)?|\b(?:circle|select|check|tick|choose) one\b|"
    r"\((?:please )?(?:circle|check|tick|select|mark|choose)\)",
    _I,
)
_RATE = (
    r"(?:(?:once |twice |\d+ ?(?:x|times) ?)?(?:daily|weekly|bi-?weekly|monthly|quarterly|yearly|annually|"
    r"per (?:day|week|"
    r"month)|a (?:day|week|month))|as needed|prn|one[- ]time)"
)
_LENGTH = (
    r"(?:ongoing|life ?time|indefinite(?:ly)?|permanent|\d{1,2} ?-?(?:days?|weeks?|wks?|months?|mos?|years?|yrs?))"
)
_RIVALS = re.compile(
    "|".join(
        rf"{time}(?:(?:\s*[/|]\s*{time}){{1,9}}|(?:[ ]*\t{time}){{2,9}})(?:\s*[/|\t]\s*other\b[^\n\t]*)?"
        for time in (_RATE, _LENGTH)
    ),
    _I,
)
_NUMBERS = re.compile(
    r"(?<![\w./-])\d{1,2}x?(?:\s{1,4}(?:/\s?)?\d{1,2}x?){2,}(?:\s{1,4}\(?other\b[ _:)]*)?\s{1,4}"
    r"(?:(?:times|x|visits|sessions)?\s?(?:per|a|/)\s?)?(?:days?|weeks?|wks?|months?|mos?|years?)\b",
    _I,
)
_PARTS = re.compile(r"\s*(?:[/|;,\t]|\s{2,}|\bor\b)\s*")
_CHOSEN = re.compile(r"\s*(?:[xX](?=\s)|[✓✔√*➔►]|->|>>)\s*\S")
_OTHER = re.compile(
    r"(?:Other|OTHER)\b(?:[^\n\t:_]{0,30}[:_]\s*(?:_{2,}\s*)?|"
    r"\s*\((?:please )?(?:specify|describe|list|explain)[^()\n]*\))"
)
"""The end of a menu: a blank to fill in. "Other disorders of bone" and a wrapped "other" are none."""
_BLANK_BEHIND = re.compile(r"[A-Z][^_:?\n]{2,60}\s(?:_{2,6}|(?P<ticked>_{0,6}[xX✓✔√]_{0,6}))")
_YES_NO = re.compile(
    r"\?\s{0,3}(?:[☐□❏○_]|\[\s?\]|\(\s?\)|O\s)*\s*Yes\s*/?\s*(?:[☐□❏○_]|\[\s?\]|\(\s?\)|O\s)*\s*No\b(?![a-z,.])"
)
_MONEY = re.compile(r"\d[\d,]*\.\d{2}\b|[$€£]\s?\d")
_CODE = re.compile(r"(?<![\w.])(?:\d{5}|[A-V]\d{4}|[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?![\w])")
_FEE = re.compile(r"(?:fees?|charges?|amount|price|cost|\$)\W*", _I)
_CODE_HEAD = re.compile(r"(?:cpt|hcpcs|procedure|proc\.?|codes?|cpt codes?|service codes?)\W*", _I)
_SHORT = 9  # words of an option
_SHORTENED = 5  # words of one that ends in a shortened word: "Doorways 32 in."


def option_at(text: AnnotatedText, offset: int) -> Option | None:
    """The printed choice that an offset belongs to; None where it belongs to none."""
    return next((one for one in _options(text) if one.span.start <= offset < one.span.end), None)


def _options(text: AnnotatedText) -> tuple[Option, ...]:
    return text.once("options", lambda: tuple(_found(text)))


def _found(text: AnnotatedText) -> Iterator[Option]:
    for match in _CUE.finditer(text.text):
        yield from _after_cue(text, match)
    yield from _before_other(text)
    yield from _rivals(text)
    for match in _NUMBERS.finditer(text.text):
        if not _boxed(text, *match.span()):
            yield Option(Span(*match.span()), "open")
    yield from _blank_behind(text)
    yield from _without_fee(text)
    yield from _unanswered(text)
    yield from _lost_boxes(text)


def _boxed(text: AnnotatedText, start: int, end: int) -> bool:
    if any(start <= at.start < end for at, _ in typed_boxes(text)):
        return True
    return any(box.label is not None and start <= box.label.start < end for box in text.check_boxes)


def _after_cue(text: AnnotatedText, cue: re.Match[str]) -> Iterator[Option]:
    index = text.line_index(cue.start())
    line = text.lines[index]
    after = _CUE_GOES_ON.match(text.text, cue.end(), line.end)
    begin = after.end() if after else cue.end()
    rest = text.text[begin : line.end]
    if rest.strip():
        parts = [span for span in _split(text, begin, line.end) if text[span].strip()]
        if len(parts) > 1 and not _boxed(text, begin, line.end) and all(len(text[p].split()) <= _SHORT for p in parts):
            yield from _judged(text, parts)
        return
    spans: list[Span] = []
    for below in text.lines[index + 1 :]:
        if below.page is not line.page or (spans and text.text[below.start - 2 : below.start] == "\n\n"):
            break
        if not all(_is_option(cell) for cell in below.cells):
            break
        spans += [Span(cell.start, cell.end) for cell in below.cells]
    if len(spans) < 2:
        return
    if not _boxed(text, spans[0].start, spans[-1].end):
        yield from _judged(text, spans)
    elif line.page.source != "text_layer":
        yield from (Option(span, "open") for span in spans if not _has_box(text, span))


_CUE_GOES_ON = re.compile(
    r"[\s):.\]]*\((?:leave|please|mark|tick|check|all|one|more)\b[^()\n]{0,50}\)[\s:.]*\w?$|"
    r"(?:\s?[a-z]+){0,4}:\s*$|[\s):.\]]*",
    _I,
)


def _has_box(text: AnnotatedText, entry: Span) -> bool:
    """Whether an entry has a box of its own, before its words or around them."""
    return any(entry.start <= at.start < entry.end for at, _ in typed_boxes(text)) or any(
        span is not None and span.start < entry.end and entry.start < span.end
        for box in text.check_boxes
        for span in (box.label, *box.beside)
    )


def _lost_boxes(text: AnnotatedText) -> Iterator[Option]:
    """Entries of a picture whose box was not seen or was read as letters: they stand in the column of words behind
    boxes, between two of them, or open with what is left of a box ("[J Obesity E66.9")."""
    for page in text.document.pages:
        boxed = [box for box in text.check_boxes if box.page is page and box.mark is not None and box.label is not None]
        if page.source == "text_layer" or len(boxed) < _FEWEST:
            continue
        lefts = [
            (box.box.top, area.left, box.box.left) for box in boxed if box.label and (area := text.box_of(*box.label))
        ]
        for cell in text.cells_on(page):
            span = Span(cell.start, cell.end)
            if _has_box(text, span) or not _is_option(cell):
                continue
            column = [top for top, left, before in lefts if abs(left - cell.box.left) < _ALIGNED and before < left]
            above = max((top for top in column if top < cell.box.top), default=None)
            below = min((top for top in column if top > cell.box.top), default=None)
            near = above is not None and below is not None and below - above < _ROWS_LOST * cell.box.height
            if near or _MISREAD_BOX.match(cell.text):
                yield Option(span, "open")


_ALIGNED = 0.006  # of the page's width
_ROWS_LOST = 6  # heights of a row between two boxes of one column: farther apart they are two lists
_MISREAD_BOX = re.compile(r"\s*(?:\[[Jj1lI|]|\[\]|[LC][J\]]|\([J)])\s+(?=[A-Z0-9])")


def _split(text: AnnotatedText, start: int, end: int) -> Iterator[Span]:
    for match in _PARTS.finditer(text.text, start, end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < end:
        yield Span(start, end)


def _is_option(cell: Cell) -> bool:
    """Whether a cell may be an entry to choose: short, no sentence, no prompt with its answer or blank."""
    printed = cell.text.strip()
    if _OTHER.match(printed):
        return True
    return (
        len(printed.split()) <= _SHORT
        and not printed.endswith((":", "?"))
        and not (printed.endswith(".") and len(printed.split()) > _SHORTENED)
        and not re.search(r":\s*\S|_{3,}", re.sub(r"^[\w /-]{1,24}:\s(?=[A-Z(])", "", printed))
    )


def _judged(text: AnnotatedText, spans: Sequence[Span]) -> Iterator[Option]:
    chosen = [_CHOSEN.match(text[span]) is not None for span in spans]
    for span, ticked in zip(spans, chosen, strict=True):
        yield Option(span, "chosen" if ticked else "left" if any(chosen) else "open")


def _before_other(text: AnnotatedText) -> Iterator[Option]:
    """Lists that end in "Other: ____": nobody who writes his own list leaves that open."""
    for index, line in enumerate(text.lines):
        if not any(_OTHER.fullmatch(cell.text.strip()) for cell in line.cells):
            continue
        first = index
        while first and _goes_on(text, text.lines[first - 1], line):
            first -= 1
        cells = [cell for one in text.lines[first : index + 1] for cell in one.cells]
        if len(cells) > _FEWEST and not _boxed(text, cells[0].start, line.end):
            yield from _judged(text, [Span(cell.start, cell.end) for cell in cells])


_FEWEST = 3


def _goes_on(text: AnnotatedText, above: Line, last: Line) -> bool:
    return (
        above.page is last.page
        and text.text[above.end : above.end + 2] != "\n\n"
        and all(_is_option(cell) for cell in above.cells)
    )


def _rivals(text: AnnotatedText) -> Iterator[Option]:
    """Times that exclude each other, with nothing to say which: "daily / weekly / monthly"."""
    for match in _RIVALS.finditer(text.text):
        cell = text.cell_at(match.start())
        if cell is None or _boxed(text, *match.span()):
            continue
        before = text.text[cell.start : match.start()]
        opens = not before.strip() or before.rstrip().endswith((":", ")", "?"))
        if opens and re.match(r"[ ]*(?:[.;,_)]|\s*\n|\t|$)", text.text[match.end() :][:20]):
            yield from (Option(span, "either") for span in _split(text, *match.span()))


def _blank_behind(text: AnnotatedText) -> Iterator[Option]:
    """Entries with a short blank behind their words, where nothing was written: "Obesity E66.9 ___"."""
    found = [(cell, match) for cell in text.cells if (match := _BLANK_BEHIND.fullmatch(cell.text.strip()))]
    if len(found) > 1:
        yield from (Option(Span(cell.start, cell.end), "chosen" if m["ticked"] else "left") for cell, m in found)


def _unanswered(text: AnnotatedText) -> Iterator[Option]:
    """Questions behind which "Yes" and "No" are printed and neither is marked."""
    for match in _YES_NO.finditer(text.text):
        question = text.sentence_at(match.start())
        boxes = [ticked for at, ticked in typed_boxes(text) if match.start() <= at.start < match.end()]
        drawn = [box.ticked for box in text.check_boxes if box.label and match.start() < box.label.start < match.end()]
        if not any(boxes) and not any(drawn):
            yield Option(Span(min(question.start, match.start()), match.start() + 1), "open")


def _without_fee(text: AnnotatedText) -> Iterator[Option]:
    """Entries of a printed price list of codes whose place for the fee is empty: what was not done."""
    for index, head in enumerate(text.lines):
        edges = [cell.box.left for cell in head.cells if _CODE_HEAD.fullmatch(cell.text.strip())]
        if not edges or not any(_FEE.fullmatch(cell.text.strip()) for cell in head.cells):
            continue
        empty: list[Span] = []
        for line in text.lines[index + 1 :]:
            if line.page is not head.page:
                break
            for low, high in zip(edges, [*edges[1:], 2.0], strict=True):
                cells = [cell for cell in line.cells if low - 0.02 <= cell.box.left < high - 0.02]
                row = [cell.text for cell in cells]
                if cells and _CODE.match(row[0].strip()) and not any(map(_MONEY.search, row)):
                    empty.append(Span(cells[0].start, cells[-1].end))
        if len(empty) > _FEWEST:
            yield from (Option(span, "left") for span in empty)
