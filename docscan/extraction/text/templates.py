"""Which words stand for something that was never filled in: "[Patient Name]", "<<date>>", "my patient, NAME"?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.extraction.text.spans import Span

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_MARK = re.compile(
    r"\[(?!\s*[xX✓]?\s*\])(?=[^\]\n]*[A-Za-z]{3})[A-Za-z][^\]\n]{2,80}\]|"
    r"<{1,2}(?=[^<>\n]*[A-Za-z]{3})[A-Za-z][\w /'’.-]{2,50}>{1,2}|\{\{?[^{}\n]{2,50}\}\}?|"
    r"\b(?:X{2}|x{2}|M{2}|m{2})/(?:X{2}|x{2}|D{2}|d{2})/(?:X{2,4}|x{2,4}|Y{2,4}|y{2,4})\b(?!\))|\((?:insert|enter|"
    r"your|name of|patient(?:'s)? name|provider(?:'s)? name|diagnosis|condition|product|"
    r"date)(?: [\w'/-]+){0,5} (?:here|name|goes here)\)|"
    r"\b(?:insert|enter) (?:\w+ ){1,4}here\b|lorem ipsum|\bTBD\b|\bJohn Q\.? Sample\b|"
    r"\{[A-Za-z][^{}\n:]{1,60}:{1,2}\s?[\d\"“][^{}]{0,160}\}|(?<![\w@.])@[A-Z][A-Z0-9_ ]{1,30}@(?![\w.])|"
    r"%[A-Z][A-Z0-9_]{2,30}%|[«‹][^«»‹›\n]{2,50}[»›]|\$\{?[A-Z][A-Z0-9_]{2,30}(?:\$|\})|"
    r"\b[Xx]{2}\b(?= ?(?:days?|weeks?|wks?|months?|years?|y\.?o|minutes?|hours?|blocks?|miles?|feet|mg|mcg|lbs?|pounds|"
    r"times|units|visits|sessions|percent|%))"
)
"""Words in brackets and braces; what charts put where a value is to come: "@NAME@", "{Findings:123}", "%SCORE%"."""
_TO_COME = re.compile(r"(?<![*\w])\*{3}(?![*\w])")
_NOTICE = re.compile(r"[^*]*\*{3}[^*]*(?:\*{3}[^*]*)+$|\W*\*{3}\W*(?:[A-Z][A-Z' ,.-]{3,}|$)|[^a-z]*\*{3}\W*$")


def _to_come(text: AnnotatedText) -> list[Span]:
    """The three stars of a chart's template, where words stand before them; those around a notice are ornament."""
    found = []
    for match in text.find(_TO_COME):
        line = text.lines[text.line_index(match.start())]
        if not _NOTICE.match(text.text[line.start : line.end]):
            found.append(Span(*match.span()))
    return found


_NO_MARK = re.compile(
    r"^\[(?:sic|cc|signature|signed|seal|page|fig|ref|\d|electronically|digital|stamp|illegible|redacted|image|logo)",
    _I,
)
_ASKS = re.compile(r"(?:insert|enter|list|describe|specify|explain|include|state|type|fill|add|your|name of|if)\b", _I)
_KINDS_OF_FACT = re.compile(
    r"(?:names?|dates?|patients?|child|client|subscriber|member|provider|physician|doctor|clinician|prescriber|"
    r"product|drug|medication|device|strength|dos(?:e|age)|diagnos[ie]s|conditions?|symptoms?|treatments?|"
    r"therap(?:y|ies)|services?|items?|previous|prior|outcomes?|address|street|city|state|zip|phone|telephone|fax|"
    r"e-?mail|numbers?|no|id|age|m|f|male|female|gender|sex|codes?|description|title|company|insurance|insurer|payer|"
    r"plan|contact|facility|practice|clinic|letterhead|reason|summary|brief|him|he|she|frequency|duration|length|"
    r"indication|statement|applicable|optional|degree|initials|credentials?|relationship|specialty|here|example|"
    r"request|history|results?|goals?|amount|quantity|birth|dob|npi|licen[cs]e|icd|cpt|group|policy|department|"
    r"medical|director|representative|health|clinical|signature|x+|mm|dd|yyyy|yy|first|last|full|middle)",
    _I,
)
_LINKS = frozenset("of or and the a an for to in with on s per by if & other".split())


def stands_for(mark: str) -> bool:
    """Whether a mark of a template names the kind of what belongs there, rather than being what somebody filled in."""
    inner = mark.strip("[]<>{}() \n")
    if mark[0] in "{<(" or not mark.startswith("[") or _ASKS.match(inner):
        return True
    if re.search(r"\d{3}", inner):
        return False
    words = [word for word in re.findall(r"[A-Za-z]+", inner) if word.lower() not in _LINKS]
    known = sum(_KINDS_OF_FACT.fullmatch(word) is not None for word in words)
    return 2 * known > len(words) or inner in {"him/her", "his/her", "her/his"} or (inner.isupper() and known > 0)


_BARE = re.compile(
    r"\((?:NAME|PATIENT|CHILD|CLIENT|DATE|DIAGNOSIS|CONDITION|PRODUCT|PHYSICIAN|PROVIDER|INSURANCE)"
    r"(?: [A-Z'’]+){0,4}\)|"
    r"(?<=, )(?:NAME|PATIENT NAME|D\.O\.B\.?|DOB|DATE OF BIRTH)(?=,|\.|\s)|"
    r"\b(?:X{3,}|x{4,})\b(?![-*]?\d)|"
    r"(?<![\w(])(?:Name|Address|Title) of (?:the )?(?:Insurance\s+Company|Patient|Child|Provider|Physician|Doctor|"
    r"Health Plan|Payer|Clinic|Practice)(?=\s*(?:\n|$|,))|"
    r"\b(?:First ?/ ?Middle ?/ ?Last|Last ?, ?First|mm/dd/yyyy|MM/DD/YYYY)\b"
)
_UNFILLED = re.compile(r"_{3,}")


def marks(text: AnnotatedText) -> tuple[Span, ...]:
    """Marks of a template: words in brackets, braces, "XX/XX/XXXX", that somebody was to replace."""
    return text.once(
        "template marks",
        lambda: (
            *(Span(*m.span()) for m in text.find(_MARK) if not _NO_MARK.match(m.group()) and stands_for(m.group())),
            *_to_come(text),
        ),
    )


def touches_template(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether a stretch of text overlaps words that stand for something never filled in.

    What somebody wrote between a template's brackets ("[lumbar radiculopathy M54.16]") is filled in.
    """
    return any(span.start < end and start < span.end for span in _unfilled(text))


def _unfilled(text: AnnotatedText) -> tuple[Span, ...]:
    return text.once("unfilled", lambda: tuple(_find_unfilled(text)))


def _find_unfilled(text: AnnotatedText) -> list[Span]:
    found = [*marks(text)]
    found += [Span(*match.span()) for match in text.find(_BARE)]
    return found


def is_unfilled(printed: str) -> bool:
    """Whether words hold a blank or a mark of a template."""
    return "___" in printed or any(stands_for(match.group()) for match in _MARK.finditer(printed))


def unfilled_row(text: AnnotatedText, offset: int) -> bool:
    """Whether an offset stands in a row of a table whose every other place is blank, or says none ("0 x/week").

    "Physical therapy   ____ x/____   ____ mo" is offered; nobody ordered it.
    """
    line = text.lines[text.line_index(offset)]
    first, *others = line.cells
    if not others or not first.start <= offset < first.end or _UNFILLED.search(first.text):
        return False
    blanks = [cell for cell in others if _UNFILLED.search(cell.text)]
    filled = [
        cell for cell in others
        if (cell not in blanks and not re.match(r"\s*(?:0|none|n/?a|-+)\b", cell.text, _I))
        or (cell in blanks and re.search(r"[A-Za-z0-9]{2,}[^_]*\d|\d\s*(?:x|times)", cell.text, _I))
    ]  # fmt: skip
    return bool(blanks) and not filled
