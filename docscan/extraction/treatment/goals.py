"""What the treatment is meant to reach, and whether one can measure it.

A goal stands where a label, a heading or a question asks for one ("Goals", "What do you hope for?"), where a sentence
names one ("the aim is", "will be judged by", "we hope to see"), or where a measure is told from what to what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.text.enumerators import ENUMERATOR
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lines import Cell, Line
from docscan.extraction.text.month_names import MONTH
from docscan.extraction.text.numerals import NUMBER_WORD
from docscan.extraction.text.spans import Span
from docscan.extraction.text.titles import COURTESY

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "goals"

_NOUN = (
    r"(?:goals?|objectives?|aims?|targets?|end ?points?|benchmarks?|milestones?|yardsticks?|"
    r"marks? (?=(?:\w+ ){1,4}(?:agreed|"
    r"set|aim|chose))|(?:expected|anticipated|desired|"
    r"hoped[- ]for|"
    r"measurable|projected|functional) (?:outcomes?|benefits?|results?|gains?|improvements?|effects?)|"
    r"(?:outcomes?|results?|improvements?) (?:sought|expected|desired|wanted|hoped for|aimed for|anticipated)|"
    r"outcome measures?|measures? of (?:success|progress|improvement)|measures?(?= (?:is|are|will|shall))|"
    r"success criteria)"
)
_HOPES = (
    r"(?:hop(?:e|es|ed|ing) (?:for|to (?:see|reach|get|have|record|find|measure|note))|(?:shoot|look|aim|striv|push|"
    r"watch)\w* for|"
    r"(?:expect|want|like|"
    r"plan|work\w*|hop\w+|aim\w*) (?:(?:him|her|them) )?to (?:see|reach|achieve|get|accomplish)|(?:expect|"
    r"anticipat)\w*)"
)
_PROVING = r"(?:know|tell|judge|measure|gauge|track|assess|recogni[sz]e|prove)"
_LABEL = re.compile(
    rf"^(?:{ENUMERATOR}\s+)?(?:[\W\d]|q(?:uestion)?\.?\s*(?=\d))*(?:\(?[a-z]\))?\s*"
    rf"(?P<label>(?:[\w'’/-]+ ){{0,5}}?{_NOUN}"
    rf"(?: [\w'’/]+){{0,9}}?|what (?:[\w'’]+ ){{0,4}}?(?:hop|expect|"
    r"achiev|accomplish|aim|look|shoot|want|measur|track|count as)\w*,?(?: [\w'’,/]+){0,8}?|"
    rf"how (?:will|shall|do|would|can|are) (?:\w+ ){{1,3}}?{_PROVING}(?: [\w'’,/]+){{0,8}}?|hoped[- ]for|"
    rf"expected|plan to reach)(?:, if (?:any|known|applicable|possible))?\s*"
    r"(?:\([^()]{0,60}\)\s*)?(?P<sign>[:?]|\.{3,}|…|=|\s[-–—]\s|(?<=\w)\.$|$)",
    _I,
)
_NO_LABEL = re.compile(r"\b(?:is|was|were|met|date|heart rate|sales|store|until)\b(?!.*\?)", _I)
_CHART = re.compile(r"^\W*(?:subjective|assessment)\b", _I | re.MULTILINE)  # "Objective" is then what was found
_SAYS = re.compile(
    rf"\b(?:{_NOUN}(?: (?:of|for|in|with|from) [\w ,'’-]{{2,50}}?)?\s*(?:(?:here )?(?:is|are|will be|would be|"
    rf"include[sd]?|being|remain)\b"
    rf"(?: (?:to|that|for (?:him|her|them) to|as follows)\b)?|:)|"
    rf"\bwith (?:the|a|an|this|these)? ?(?:[\w-]+ )?(?:goals?|aims?|objectives?|targets?)(?: in mind)? (?:of|to|"
    rf"being)|"
    rf"\b(?:marks?|figures?|numbers?|lines?) (?:that )?(?:we|i)(?: have|'ve|’ve)? (?:\w+ )?(?:agreed on|set|chose|"
    rf"settled on|"
    rf"aim for|written down)(?: \w+){{0,3}}? (?:is|are)\b|"
    rf"\b(?:i|we)(?: would|'d|’d| want to| would want to)? (?:like|want|love) (?:to see )?(?:him|her|them|"
    rf"{COURTESY} [A-Z]\w+) "
    rf"(?=\w+ing\b|back\b|able\b|off\b|down\b|below\b|under\b)|"
    rf"\b(?:call|count) (?:it|this|that) (?:a |as )?(?:success|win|worthwhile)\w* (?:if|when|once)\b|"
    rf"(?:^|[.;:] )hoping (?:that |for )?|"
    rf"\b(?:purpose|point|intent|intention|idea)(?: (?:of|behind) [\w ,'’-]{{2,50}}?)? is (?:to|that|for (?:him|her|"
    rf"them) to)\b|"
    rf"\b(?:our|my|the|her|his) (?:hope|expectation|wish|ambition) is(?: (?:to|that|for (?:him|her|them) to)\b)?|"
    rf"\b(?:by|within|before|at) (?:[\w ,/-]{{3,28}}?,? )(?:she|he|they|the patient|{COURTESY} [A-Z]\w+) "
    rf"(?:should|ought to|must|is expected to|needs to|is to)(?: be able to)? "
    rf"(?!be (?:seen|re|eval)|call|return|see\b|bring|have\b|come|take|use|attend|receive|continue|start|begin|do\b)|"
    rf"\b(?:success|improvement|progress|a good result) (?:means|would be|will be|is|looks like|will mean)\b"
    rf"(?! (?:judged|measured|charted|assessed|gauged|known)):?|"
    rf"\b(?:what )?(?:we|i)(?:'re|’re|'d|’d|'m|’m)? (?:(?:are|am|would|do|will|all) )?{_HOPES}(?: is| are)?|"
    rf"\b(?:we|i)(?:'ll|’ll| will| shall| would) (?:\w+ )?{_PROVING}(?: (?:success|progress|it|its|the|his|her|their|"
    rf"that|this|treatment|therapy|outcome|effect|improvement|results?|worked|works|has|is working|succeeded))*"
    rf"(?: (?:this way|as follows|by|when|once|if|on|against)\b:?|:)|"
    r"\bit is (?:hoped|expected|anticipated)(?: that)?|\b(?:will|shall|to) be (?:judged|measured|charted|assessed|"
    r"gauged)(?: \w+)? "
    r"(?:against|by|as|on)(?: (?:\w+ )?(?:figures|measures|numbers|things|points))?|\bhoped for)\s*:?\s*",
    _I,
)
_TARGET = re.compile(
    r"\b(?P<target>target(?:ing)?\s+(?!of|is|are|heart)[^.;\n]{2,70}?(?:\b(?:below|above|under|over|to|of|at)\b|"
    r"[<>≤≥])\s*"
    r"\d[\w./%]*(?: [\w/%]+){0,3})|"
    r"(?P<rise>\b(?!(?:i|we|he|she|it|they|patient)\b)[a-z][\w%-]*(?: [\w%-]+){0,5}? (?:should|is expected to|"
    r"must|ought to) "
    r"(?:rise|fall|increase|decrease|improve|drop|reach|grow|go|come)\w* (?:down |up )?(?:from|to|by|above|below|"
    r"under|over) "
    r"[^.;\n]{0,40}?\d[\w./%]*(?: (?:to )?[\w/%]+){0,4})",
    _I,
)
_NUMBER = rf"(?:\d+(?:[.,]\d+)?|{NUMBER_WORD}|half|zero|no|none|hundred)"
_UNIT = r"(?:weeks?|months?|days?|years?|visits?|wks?|mos?|yrs?)"
_TIME = re.compile(
    rf"\b(?:by|within|in|at|after|over|for|before|until|every|each|this|next)\s+(?:the )?(?:next |end of |first |"
    rf"any )*"
    rf"(?:{_NUMBER}[- ]?(?:{_NUMBER}[- ])?{_UNIT}|{_UNIT} {_NUMBER}|{_UNIT})\b|\b(?:19|20)\d\d\b|"
    rf"\b\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}\b|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b",
    _I,
)
_MEASURE = re.compile(
    rf"\b{_NUMBER}\b(?!\s*(?:to|on)?\s*one\b)|[<>≤≥]\s*\d|\d",
    _I,
)
_WORDLY = re.compile(r"\b(?:no longer|at one|one of|no one|one day|in one|one another|day one)\b", _I)
_SPLIT = re.compile(
    r"\s*(?:;|\n\s*(?=[•●▪◦*–-]|\(?\w{1,3}[.)]\s)|[•●▪]|\s(?=\((?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s)|"
    r"(?<![ .][A-Z])\.\s+(?=[A-Z0-9])|"
    r"\n(?=[A-Z0-9]))\s*"
)
_LEAD = re.compile(
    r"(?:[\s•●▪◦*–-]|\(?(?:\d{1,2}|[a-hA-H]|[ivx]{1,4})[.)]\s|\[[xX]\]\s|(?:and|to see|that|being able to|target|"
    r"(?:him|her|them)(?= (?:to )?(?:feel|be|get|walk|return|sleep|reach|move|have|do|stand|climb)))\s)*", _I
)  # fmt: skip


def goals(text: AnnotatedText) -> Iterator[Extraction]:
    """goal, with resolved {"measurable": bool}: a number or a scale says whether it was reached."""
    if is_surely_bill(text):
        return
    taken: list[tuple[int, int]] = []
    for start, end, sure in (*_asked(text), *_said(text)):
        if end - start < 6 or any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        printed = " ".join(text.flat[start:end].split())
        yield text.extraction(
            "goal", printed, start, end, found_by=_FOUND_BY, strength=sure, resolved={"measurable": measurable(printed)}
        )


def measurable(goal: str) -> bool:
    """Whether a number says when it is reached: one that is not merely the time ("by six months")."""
    return _MEASURE.search(_WORDLY.sub(" ", _TIME.sub(" ", goal))) is not None


def _asked(text: AnnotatedText) -> Iterator[tuple[int, int, float]]:
    """What stands under a label, a heading or a question for goals."""
    for index, line in enumerate(text.lines):
        block = _block_of(text, index, line)
        if block is None:
            continue
        for start, end in _entries(text, block):
            printed = text.flat[start:end]
            if is_instruction(printed) or not 5 < end - start < 240 or text.box_state(start) is False:
                continue
            if not (_NOT_A_GOAL.match(printed) or _EMPTY.match(printed) or printed.rstrip().endswith(("?", ":"))):
                yield start, end, 0.92


def _block_of(text: AnnotatedText, index: int, line: Line) -> Span | None:
    """Where the goals stand that a line asks for: after the label, beside it, or under it."""
    cell = line.cells[0]
    match = _LABEL.match(cell.text)
    if match is None or text.box_state(cell.start) is not None or not _asks(text, cell, match):
        return None
    rest = cell.text[match.end() :].strip()
    if rest:
        return text.block_below(Span(cell.end - len(rest), cell.end), lines=7)
    if len(line.cells) > 1:
        return text.block_below(Span(line.cells[1].start, line.cells[1].end), lines=7)
    return _block_under(text, index)


def _asks(text: AnnotatedText, cell: Cell, match: re.Match[str]) -> bool:
    """Whether a label asks for goals: closed by a sign, or a short heading of its own line."""
    label, sign = match["label"], match["sign"]
    if len(label.split()) > 14 or (_NO_LABEL.search(label) and sign != "?"):
        return False
    if label.lower() == "objective" and _CHART.search(text.text):
        return False
    if sign:
        return True
    short = len(label.split()) <= 4 or cell.text.isupper()
    return short and not cell.text[match.end() :].strip() and not is_instruction(cell.text)


_NOT_A_GOAL = re.compile(
    r"(?:none|n/?a|see\b|yes\b|no\b(?! )|provider|physician|signature|name|(?-i:[A-Z ]{4,30}:)|page \d)", _I
)


def _block_under(text: AnnotatedText, index: int) -> Span | None:
    """The lines under a heading until a gap; bullets may go on after their own lines."""
    lines = text.lines
    if index + 1 >= len(lines) or lines[index + 1].page is not lines[index].page:
        return None
    start, last = lines[index + 1].start, index + 1
    if text.is_label(lines[last].cells[0]) and lines[last].cells[0].text.rstrip().endswith(":"):
        return None
    for k in range(index + 2, min(len(lines), index + 10)):
        if text.text[lines[k - 1].end : lines[k].start] != "\n" or text.section_at(lines[k].start) != text.section_at(
            start
        ):
            break
        if text.is_label(lines[k].cells[0]) or lines[k].cells[0].text.endswith("?") or len(lines[k].cells) > 1:
            break
        last = k
    return Span(start, lines[last].end)


def _said(text: AnnotatedText) -> Iterator[tuple[int, int, float]]:
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        if printed.endswith("?") or text.box_state(sentence.start) is False:
            continue
        if is_instruction(printed) and not _MEASURE.search(printed):
            continue
        match = _SAYS.search(text.flat, sentence.start, sentence.end)
        if match and not _DENIED.search(printed[: match.start() - sentence.start]):
            end = _until(text, sentence, match.end())
            if _EMPTY.match(text.flat, match.end(), end):
                continue
            for start, stop in _entries(text, Span(match.end(), end)):
                if _fits(text.flat[start:stop]):
                    yield start, stop, 0.88
            continue
        for target in _TARGET.finditer(text.flat, sentence.start, sentence.end):
            yield target.start(), target.end(), 0.85


_DENIED = re.compile(r"\b(?:no|not|never|without|once)\b[^,;]{0,30}$", _I)
_EMPTY = re.compile(
    r"\s*(?:none|n/a|see|met|reached|achieved|attached|unmet|listed|below|above|as follows|follows|clear|simple|"
    r"discussed|reviewed|from (?:the|my)|"
    r"hear\w*|approv\w+|your|this (?:letter|request|claim)|prompt|a (?:reply|response|decision|favorable)|"
    r"that you|you|the need\b[^.;]* to be (?:long|ongoing|last))\b",
    _I,
)


def _fits(printed: str) -> bool:
    return 5 < len(printed) < 240 and not _EMPTY.match(printed) and bool(re.search(r"[a-z]{3}", printed, _I))


def _until(text: AnnotatedText, sentence: Span, start: int) -> int:
    """The end of what is told: a list under it belongs to it."""
    if text.flat[start : sentence.end].strip():
        return sentence.end
    index = text.line_index(sentence.end - 1)
    below = _block_under(text, index)
    return below.end if below else sentence.end


def _entries(text: AnnotatedText, block: Span) -> Iterator[tuple[int, int]]:
    """Goals that stand one by one; in a sentence that lists three and more with "and", its parts."""
    place = block.start
    for match in (*_SPLIT.finditer(text.flat, block.start, block.end), None):
        end = match.start() if match else block.end
        if end > place:
            yield from _parts(text, *_stripped(text, place, end))
        place = match.end() if match else end


def _parts(text: AnnotatedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    printed = text.flat[start:end]
    commas = list(re.finditer(r",\s+(?:and\s+)?(?=[a-z])", printed))
    pieces = [0, *(m.end() for m in commas)]
    ends = [*(m.start() for m in commas), len(printed)]
    told = [printed[a:b] for a, b in zip(pieces, ends, strict=True)]
    joined = re.search(r",\s+and\s", printed) is not None
    long = all(measurable(one) or len(one.split()) > 3 for one in told)
    if len(told) >= 3 and (all(len(one.split()) <= 5 for one in told) or (joined and long)):
        for a, b in zip(pieces, ends, strict=True):
            yield _stripped(text, start + a, start + b)
    elif end > start:
        yield start, end


def _stripped(text: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(text.flat[start:end])
    start += lead.end() if lead else 0
    while end > start and text.flat[end - 1] in " \t\n.;,":
        end -= 1
    return start, end
