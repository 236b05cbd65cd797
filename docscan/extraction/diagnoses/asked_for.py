"""What the document gives where it asks for a diagnosis: behind "Diagnosis", "Medical condition", "Problem list"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.diagnoses.code_entries import CUES, TALKS
from docscan.extraction.text.illness_phrases import illness_phrases
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.standing import status_of
from docscan.extraction.text.ticking import is_left_blank
from docscan.reference import conditions

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_LABEL = re.compile(
    r"\b(?:(?:please\s+)?(?:describe|list|state|specify|identify|indicate|name|provide|enter|what is|"
    r"what are)\s+)?(?:(?:primary|secondary|principal|medical|clinical|specific|patient'?s?|current|associated|chief|"
    r"qualifying|related|underlying|the)\s+)*"
    r"(?:diagnos[ei]s(?:\(es\))?|dx|diagnostic impression|impression|(?:medical |health |"
    r"qualifying )?conditions?(?:\(s\))?|problem list|problems|assessment|"
    r"indications?|illness|disease|diagnosed (?:medical )?condition|reason for (?:treatment|referral))"
    r"(?:\s*(?:/|and|&|or)\s*(?:icd[- ]?10(?:-cm)?(?: codes?)?|(?:medical )?(?:condition|diagnosis|codes?)|disease|"
    r"illness|symptoms?|plan))*"
    r"(?:\s+(?:being treated|requiring treatment|description|for which[\w ]{0,50}|to be treated|treated|name|text))?"
    r"(?:\s*\([^()\n]{0,80}\))?(?=\s*[:#_\t\n]|\s*$)",
    _I | re.MULTILINE,
)


def asked_for(text: AnnotatedText, codes: list[Extraction]) -> Iterator[tuple[int, int, float]]:
    """The diagnoses that stand behind or below a label, each by itself, with how sure it is that they are meant."""
    for item in text.labelled(_LABEL):
        if item.value is None or text.box_state(item.label.start) is not None:
            continue
        block = text.block_below(item.value, lines=6)
        label = _LABEL_BELOW.search(text.text, item.value.end, block.end)
        block = block._replace(end=label.start()) if label else block
        if is_instruction(text[block]) and conditions.classify(text[block]).specificity is None:
            continue
        sure = 0.95 if re.search(r"diagnos|dx|icd|impression", text[item.label], _I) else 0.85
        told = re.search(r"[.]\s+[A-Z(]", text[block])
        for start, end in _pieces(text, block.start, block.end, codes):
            beyond = told is not None and start >= block.start + told.end() - 1
            if is_left_blank(text, start, end) or re.search(r"\[[ xX_]?\]|[☐☒☑]", text.text[start:end]):
                continue
            afterthought = start > block.start and text.text[start].islower()
            if not (beyond or afterthought) or conditions.classify(text.text[start:end]).specificity is not None:
                yield start, end, sure


_LABEL_BELOW = re.compile(r"\n(?=[a-z][\w /]{0,18}:\s)")  # "last in: 3/4/2021": forms in small letters have labels too
_PIECE = re.compile(r"\s*(?:[;\n\t]|,(?=\s*(?:[A-Z]|and\b|[a-z]))|\s/\s|\band\b(?= [A-Z]))\s*")
_LEAD = re.compile(
    r"(?:#?\d{1,2}:\s|(?:and|or|&)\s|[\s•●▪◦*·()\[\].,:;#–—-]|\d{1,2}[.)]\s|\(?[a-z][.)]\s|(?:icd[\s-]?10(?:-?cm)?|"
    r"dx|codes?|"
    r"primary|secondary|"
    r"diagnos[ie]s)\b\s*[:#-]*|"
    r"(?:the )?patient (?:has|suffers from|is diagnosed with)\s|"
    r"\(?[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\)?(?=[\s,:;–—-]|$)\s*[:,–—-]*)*",
    _I,
)
_TAIL = re.compile(
    r"[\s,;:.(\[–-]*(?:(?:icd[\s-]?10(?:[\s-]?cm)?(?:\s*codes?)?\s*[:#]?\s*)?[(\[]?\s*(?:[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|\d{3}\.\d{1,2})\s*[)\]]?[\s,;/&]*(?:and\s*)?)*[\s,;:.(\[)\]–-]*$"
)
_OUTCOME = re.compile(
    r"[\s,(–-]+(?:ruled out|resolved|in remission|excluded|suspected|possible|not present|risk)\W*$", _I
)
_STATUS = re.compile(r"(?:\s+[–—-]{1,2}\s+|\s?—\s?|:\s+)(?P<words>[A-Za-z][\w /'’-]{1,40})$")
_NO_TEXT = re.compile(
    r"(?:ruled out|resolved|in remission|excluded|suspected|possible|not present|n/?a|none|"
    r"onset|status|date|description|noted|year|comments?|provider|resolved|none\b.*|see (?:attached|below|above|"
    r"note)\w*|as above|icd\W*(?:9|10)?\W*(?:cm)?(?: codes?)?|unknown|tbd|same|yes|no|x|"
    r"self)\W*",
    _I,
)


def _pieces(text: AnnotatedText, start: int, end: int, codes: list[Extraction]) -> Iterator[tuple[int, int]]:
    """The diagnoses that a labelled place lists, without codes, numbers and bullets."""
    raw = [piece for part in _sentences_of_names(text, start, end) for piece in _listed(text, *part, codes)]
    spans = [span for span in (_bare_words(text, *piece) for piece in raw) if span]
    index = 0
    while index < len(spans):
        first, last = spans[index]
        # "Osteoarthritis, left knee": what no lexicon knows alone belongs to what stands before it
        while index + 1 < len(spans) and _belongs(text, (first, last), spans[index + 1]):
            last, index = spans[index + 1][1], index + 1
        yield first, last
        index += 1


def _sentences_of_names(text: AnnotatedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts that only name something: where sentences follow in which somebody talks, the running text tells."""
    place = start
    for match in (*re.finditer(r"[.]\s+(?=[A-Z(])|\n(?=\d{1,2}[.)]\s)", text.text[start:end]), None):
        last = start + match.start() if match else end
        part = text.text[place:last]
        if not (TALKS.search(part) and len(part.split()) > _TALK):
            yield place, last
        place = start + match.end() if match else end


_TALK = 6  # words of a sentence


def _listed(text: AnnotatedText, start: int, end: int, codes: list[Extraction]) -> Iterator[tuple[int, int]]:
    inside = [(e.evidence[0].start or 0, e.evidence[0].end or 0) for e in codes]
    between = list(_PIECE.finditer(text.text, start, end))
    cuts = sorted(
        [span for span in inside if start <= span[0] < end]
        + [m.span() for m in between if _closed(text.text[start : m.start()])]
    )
    place = start
    for first, last in cuts:
        if first >= place:
            yield place, first
        place = max(place, last)
    yield place, end


def _closed(printed: str) -> bool:
    return printed.count("(") <= printed.count(")")


def _belongs(text: AnnotatedText, one: tuple[int, int], other: tuple[int, int]) -> bool:
    between = text.text[one[1] : other[0]]
    if re.search(r"[A-Za-z]", between):
        return False
    if any(name.start < one[1] and other[0] < name.end for name in illness_phrases(text)):
        return True
    if (
        "\n\n" in between
        or "\t" in between
        or ";" in between
        or re.search(r"[A-Z]\d\d|\d[.)]|[•●▪*]|\n\s*[-–—]\s", between)
    ):
        return False
    following = text.text[other[0] : other[1]]
    if conditions.classify(following).names and not re.match(
        r"(?:left|right|bilateral|class|type|stage)\b", following, _I
    ):
        return bool("\n" in between and following[0].islower() and not between.strip())
    return (
        following[0].islower()
        or re.match(
            r"(?:Left|Right|Bilateral|Lumbar|Cervical|Class|Type|Stage|Unspecified|Chronic|Moderate|Severe|Mild|"
            r"Recurrent)\b",
            following,
        )
        is not None
    )


_GOES_ON = re.compile(
    r"[\s,–-]+(?:as an?|since|in (?:19|20)\d\d|diagnosed|dx['’]?d|for \d|for (?:the|many|several)|x\s?\d|per|treated|"
    r"seen|noted|"
    r"first|currently|which|that|who|on (?:exam|mri|x-?ray|imaging)|\d+ (?:years?|months?)|confirmed|under|followed|"
    r"now)\b",
    _I,
)


def _name_alone(text: AnnotatedText, start: int, end: int) -> int:
    """Where the name ends and what is told about it begins."""
    for name in illness_phrases(text):
        if start <= name.start <= start + 4 and name.end < end and _GOES_ON.match(text.flat, name.end, end):
            return name.end
    return end


def _bare_words(text: AnnotatedText, start: int, end: int) -> tuple[int, int] | None:
    lead = _LEAD.match(text.text, start, end)
    start = lead.end() if lead else start
    cues = CUES.match(text.text, start, end)
    start = cues.end() if cues and cues.end() < end else start
    tail = _TAIL.search(text.text[start:end])
    if tail:
        end = start + tail.start()
    outcome = _OUTCOME.search(text.text[start:end])
    if outcome:
        end = start + outcome.start()
    status = _STATUS.search(text.text[start:end])
    if status and status_of(status["words"]) is not None:
        end = start + status.start()
    end = _name_alone(text, start, end)
    if text.text[start:end].count("(") > text.text[start:end].count(")"):
        end = start + text.text[start:end].rindex("(")
    while end > start and text.text[end - 1] in " \t\n,;:.-–([":
        end -= 1
    printed = text.text[start:end]
    return (start, end) if re.search(r"[A-Za-z]{2}", printed) and not _NO_TEXT.fullmatch(printed) else None
