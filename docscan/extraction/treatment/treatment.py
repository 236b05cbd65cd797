"""What is prescribed, what for, with which goals, by which trainer, and what it follows on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.course.prescribing import (
    CUE,
    END,
    HEAD,
    NOT_A_THING,
    listed,
    names_a_thing,
    object_after,
    only_a_condition,
    prescribed_in,
    prescribed_rows,
    reported,
)  # fmt: skip
from docscan.extraction.course.timing import times
from docscan.extraction.text.annotated import Span
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lexicon import illnesses_in
from docscan.extraction.treatment.treatment_link import treatment_links
from docscan.reference import credentials, item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "treatment"
_RECEIPTS = frozenset({"receipt", "superbill", "eob", "estimate", "card_slip", "statement"})

_LABEL = re.compile(
    r"\b(?:(?:please\s+)?(?:describe|list|state|specify|identify|indicate|name|provide|enter|what is|what are|"
    r"which)\s+)?"
    r"(?:(?:recommended|prescribed|proposed|requested|medical(?:ly necessary)?|specific|required|current|"
    r"description of(?: the)?|type of|name of|list of|"
    r"the|your|qualifying|requested|following)\s+)*"
    r"(?:treatments?(?:\(s\))?|therap(?:y|ies)|services?(?:\(s\))?|products?(?:\(s\))?|items?(?:\(s\))?|"
    r"expenses?(?:\(s\))?|interventions?|equipment|rx|"
    r"prescription|recommendations?|orders?|supplies|treatment plan|plan of care|program|recommended|prescribed|"
    r"ordered|"
    r"(?P<plan>plan|a/p|assessment (?:and|&) plan)|medically necessary)"
    r"(?:\s*(?:/|and|&|or|,)\s*(?:medical )?(?:treatments?|services?|products?|items?|equipment|suppl(?:y|ies)|"
    r"expenses?|therap(?:y|ies)|program|procedures?|medications?|"
    r"plan|prescription)(?:\(s\))?)*"
    r"(?:\s+(?:recommended|prescribed|requested|needed|required|ordered|advised|"
    r"being (?:recommended|prescribed|requested)|"
    r"to be (?:provided|purchased)|description|name|"
    r"is|that (?:is|are) medically necessary))?(?:\s*\([^()\n]{0,80}\))?(?=\s*(?:[:#_\t\n]|\.{3}|…)|\s*$)",
    _I | re.MULTILINE,
)
_NOT_A_TREATMENT_LABEL = re.compile(
    r"(?:date|length|duration|frequency|start|end|number|cost|goal|place|prior|previous|past|response to|customer|"
    r"member|social)\W+(?:of\W+)?$",
    _I,
)
_GOAL_LABEL = re.compile(
    r"\b(?:(?:treatment|therapy|exercise|functional|measurable|short[- ]term|long[- ]term|clinical|specific|patient|"
    r"program)\s+)*(?:goals?|objectives?|expected (?:outcomes?|benefits?|results?)|anticipated outcomes?|"
    r"targets?)(?:\s+of\s+(?:treatment|therapy|care|the program))?(?:\s*\([^()\n]{0,60}\))?(?=\s*(?:[:_\t\n]|\.{3}|"
    r"…)|\s*$)",
    _I | re.MULTILINE,
)
_GOAL_WORDS = r"(?:[^.;\n]|\n(?!\s*\n)|\.(?=\d))"
_GOAL = re.compile(
    r"\b(?:(?:the|our|my|her|his|their|treatment|specific|measurable|primary|main|clinical)\s+)*(?:goals?|"
    r"objectives?|aims?|targets?)(?:\s+(?:of|for)\s+(?:the |this |her |his |their )?[\w ]{3,40}?)?\s+(?:is|are|"
    r"include[sd]?|will be)\s*(?:to\s+)?:?\s*"
    rf"(?P<goal>{_GOAL_WORDS}{{6,160}})|"
    rf"\bwith (?:the|a) (?:goals?|aim|objective)s? of\s+(?P<with>{_GOAL_WORDS}{{6,160}})|"
    r"\b(?:expected|anticipated) (?:outcomes?|benefits?|results?) (?:is|are|"
    r"include)\s*(?:to\s+)?(?P<expected>[^.;]{6,160})|"
    r"\b(?:we|i) (?:aim|hope|expect|plan) (?:for (?:her|him|them) )?to (?P<aim>[^.;]{6,140})|"
    r"\b(?:goal|target):\s*(?P<short>[^.;\n]{4,140})|"
    rf"\b(?:would like|hope|want|expect|aim)(?:s|ing)? to see (?P<see>{_GOAL_WORDS}{{6,140}})|"
    rf"\b(?:looking|aiming|aim|hoping|striving) for (?P<look>(?=[^.;]{{0,120}}(?:\d|half|one|two|three|less|more))"
    rf"{_GOAL_WORDS}{{6,140}})|"
    rf"\bmeasure(?: of success)? (?:is|will be|shall be) (?P<measure>{_GOAL_WORDS}{{6,140}})|"
    r"(?P<target>\btarget(?:ing)?\s+(?!of|is|are)[^.;\n]{2,70}?(?:\b(?:below|above|under|over|to|of|at)\b|[<>≤≥])\s*"
    r"\d[\w./%]*(?: [\w/%]+){0,3})|"
    r"(?P<rise>\b(?!(?:i|we|he|she|it|they|patient)\b)[a-z][\w%-]*(?: [\w%-]+){0,5}? (?:should|will|is expected to|"
    r"must) "
    r"(?:rise|fall|increase|decrease|improve|drop|reach|grow)\w* (?:from|to|by|above|below) [^.;\n]{0,40}?\d[\w./%]*"
    r"(?: (?:to )?[\w/%]+){0,4})",
    _I,
)
_MEASURABLE = re.compile(
    r"\d+(?:\.\d+)?\s?(?:%|percent|lbs?\b|pounds?|kg\b|mm\s?hg|points?|/10\b|steps|minutes?|min\b|degrees?|feet|"
    r"meters|miles?|mg/dl|inches|reps?|repetitions|°|bpm|kilograms|blocks|stairs|hours|seconds|centimeters|[nµu]g/ml|points?|mets?\b|feet)|\b(?:a1c|hba1c|bmi|"
    r"blood pressure|bp|ldl|"
    r"pain(?: score| level)?|weight|oswestry|vas|fasting glucose|6-?minute walk|mets?)\b[^.;\n]{0,40}?(?:<|>|≤|≥|"
    r"below|under|less than|to|above|over|by|from)\s*(?:or equal to )?\d|\d{2,3}\s?/\s?\d{2,3}",
    _I,
)
_PROGRAM = re.compile(
    r"\b(?:(?:phase (?:ii|iii|iv|[1-4])\s+)?cardiac rehab(?:ilitation)?(?:,?\s*\(?phase (?:ii|iii|iv|[1-4])\)?)?|"
    r"pulmonary rehab(?:ilitation)?(?:,?\s*\(?phase (?:ii|iii|iv|[1-4])\)?)?|(?:medically|"
    r"physician)[- ]supervised (?:exercise|weight[- ]loss|weight management|fitness)"
    r"(?: (?:program|clinic|therapy))?|supervised exercise (?:therapy|program)|exercise is medicine|"
    r"medical fitness (?:center|program|facility)|(?:national )?diabetes prevention program|"
    r"medical exercise (?:program|training)|"
    r"supervised weight[- ]loss (?:program|clinic)|bariatric (?:exercise|fitness) program|oncology (?:rehab\w*|"
    r"exercise program)|diabetes self-management (?:education|program)[\w ]{0,20})\b",
    _I,
)
_REPORTS = re.compile(
    r"\b(?:(?:personal |certified |fitness )*(?:trainer|coach|instructor|exercise (?:physiologist|specialist)|"
    r"program (?:staff|director)|therapist)\b[^.\n]{0,80}\b(?:report\w*|communicat\w+|updat\w+|send\w*|shar\w+|"
    r"coordinat\w+|consult\w*|progress notes|in contact)\b"
    r"[^.\n]{0,60}\b(?:me|my office|us|physician|doctor|provider|our (?:office|clinic|practice)|care team|clinician)|"
    r"\b(?:i|we|my office|our office)\b[^.\n]{0,50}\b(?:monitor|review|receive|coordinate|communicate|consult|speak|"
    r"confer)\w*\b[^.\n]{0,60}\b(?:trainer|coach|instructor|exercise (?:physiologist|specialist)|"
    r"progress (?:reports?|notes))|"
    r"progress (?:reports?|notes|updates?)[^.\n]{0,40}\b(?:sent|provided|forwarded|submitted|"
    r"faxed)\b[^.\n]{0,30}\b(?:me|my|physician|office|provider|doctor))\b",
    _I,
)
_CONTINUES = re.compile(
    r"\b(?:(?:following|after|upon|since)\s+(?:the\s+)?(?:complet\w+|discharge|conclusion|finishing|graduat\w+|"
    r"ending)\s*(?:of|from)?\s*(?:(?:his|her|their|a|the|formal|outpatient|skilled|supervised|course of|"
    r"\d+ (?:weeks|visits|sessions) of)\s+)*"
    r"(?:physical therapy|pt\b|occupational therapy|cardiac rehab\w*|rehab\w*|therapy)|(?:discharged|graduated|"
    r"released|transition\w*) from (?:formal |skilled |outpatient )*(?:physical therapy|pt\b|cardiac rehab\w*|"
    r"rehab\w*|therapy)|"
    r"(?:a |as a |in )?continuation of (?:\w+ ){0,3}(?:physical therapy|pt\b|rehab\w*|therapy|care|treatment)|"
    r"continue (?:the )?(?:\w+ ){0,3}(?:progress|gains|exercises)[^.\n]{0,30}(?:physical therapy|pt\b|rehab\w*|"
    r"therapy)|"
    r"maintain (?:the )?(?:gains|progress|improvements?)[^.\n]{0,30}(?:physical therapy|pt\b|rehab\w*|therapy)|"
    r"(?:physical therapy|pt|rehab\w*) (?:benefits? )?(?:has|have|had|was|were) (?:been )?(?:completed|exhausted|"
    r"ended)|completed (?:\w+ ){0,4}(?:physical therapy|pt\b|cardiac rehab\w*))",
    _I,
)


def treatment(text: AnnotatedText) -> Iterator[Extraction]:
    """treatment, treatment_link, goal, program, trainer_credential, trainer_communication, continuation_of_care."""
    kind, sure, _ = text.kind
    if kind not in _RECEIPTS or sure < 0.6:
        found = _dedup([*_labelled(text), *_tabled(text), *_listed_below(text), *_in_prose(text), *_activities(text)])
        yield from found
        yield from treatment_links(text, found)
        yield from _goals(text)
        yield from _programs(text)
        yield from _continuing(text)
    yield from _trainer(text)


def _named(text: AnnotatedText, start: int, end: int, strength: float) -> Extraction | None:
    if text.flat.count("(", start, end) > text.flat.count(")", start, end):
        end = start + text.flat[start:end].rindex("(")
    remark = re.search(r"\s*\([^()]*\)$", text.flat[start:end])
    if remark and times(remark.group()):
        end = start + remark.start()
    while end > start and text.flat[end - 1] in " \t\n,;:.-–(":
        end -= 1
    printed = " ".join(text.flat[start:end].split())
    if not re.search(r"[A-Za-z]{3}", printed) or len(printed) > 160:
        return None
    return text.extraction(
        "treatment", printed, start, end, found_by=_FOUND_BY, strength=strength,
        assertion="negated" if text.assertion_at(start, end) == "negated" else "stated",
        resolved={"specific": item_classes.specific(printed), "class": item_classes.classify(printed)},
    )  # fmt: skip


def _dedup(found: list[Extraction]) -> list[Extraction]:
    """One reading of each place: the surer one, of equals the longer one."""
    kept: list[Extraction] = []
    for item in sorted(found, key=lambda e: (-(e.confidence or 0), -len(e.raw))):
        place = item.evidence[0]
        if place.start is None or place.end is None:
            continue
        if not any(
            k.evidence[0].page == place.page
            and (k.evidence[0].start or 0) < place.end
            and place.start < (k.evidence[0].end or 0)
            for k in kept
        ):
            kept.append(item)
    return sorted(kept, key=lambda e: e.evidence[0].start or 0)


# -- labels ---------------------------------------------------------------------------------------------------------


def _labelled(text: AnnotatedText) -> Iterator[Extraction]:
    for item in text.labelled(_LABEL, opening=True):
        lead = text.flat[max(0, item.label.start - 22) : item.label.start].split("\n")[-1]
        if item.value is None or _NOT_A_TREATMENT_LABEL.search(lead) or text.box_state(item.label.start) is not None:
            continue
        words = text[item.label]
        if item.place != "inline" and not item.sign and len(words.split()) == 1 and not words.isupper():
            continue  # a lone word at a line's end is rarely a label
        block = text.block_below(item.value, lines=8)
        sure = _LABEL.fullmatch(words, 0) is None or not re.fullmatch(r"plan|a/p|assessment .*", words, _I)
        for entry in (*_entries(text, block), *_numbered_beside(text, item.value)):
            if _boxed(text, *entry) or is_instruction(text.flat[entry[0] : entry[1]]):
                continue
            start, end = _narrowed(text, *entry)
            printed = text.flat[start:end]
            known = item_classes.classify(printed)
            if not _acceptable(printed, known, labelled=sure):
                continue
            made = _named(text, start, end, 0.93 if known not in {None, "unspecific"} else 0.8)
            if made:
                yield made
    for box in text.check_boxes:
        if box.ticked and box.label and len(text[box.label]) < 90:
            start, end = _narrowed(text, *box.label)
            known = item_classes.classify(text.flat[start:end])
            if (
                known not in {None, "unspecific"}
                and not times(text.flat[start:end])
                and not conditions_within(text, start, end)
            ):
                made = _named(text, start, end, 0.85)
                if made:
                    yield made


def _boxed(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether check boxes stand in an entry: then it is their ticks that count."""
    return any(box.label is not None and box.label.start < end and start < box.label.end for box in text.check_boxes)


def _tabled(text: AnnotatedText) -> Iterator[Extraction]:
    """The things of a table whose columns say how often and for how long."""
    for thing, _ in prescribed_rows(text):
        known = item_classes.classify(thing.text)
        if _acceptable(thing.text, known, labelled=True):
            made = _named(text, thing.start, thing.end, 0.93 if known not in {None, "unspecific"} else 0.8)
            if made:
                yield made


def _numbered_beside(text: AnnotatedText, value: Span) -> Iterator[tuple[int, int]]:
    """ "1) TENS unit      2) electrodes": entries that go on in the next cells of the line."""
    cell = text.cell_at(value.start)
    if cell is None or not re.match(r"\(?\d{1,2}[.)]", text[value]):
        return
    for other in text.lines[text.line_index(value.start)].cells:
        if other.start > cell.start and re.match(r"\(?\d{1,2}[.)]", other.text):
            yield other.start, other.end


def conditions_within(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether a condition is named in a part of the text."""
    return any(start <= span.start < end for span in illnesses_in(text))


_ENTRY = re.compile(r"\s*(?:;|\n\s*(?=[•●▪*\d☐☑☒\[-])|[•●▪]|\s(?=\(?[1-9][.)]\s+[A-Z])|\n(?=\S))\s*")


def _entries(text: AnnotatedText, block: Span) -> Iterator[tuple[int, int]]:
    """The entries of a labelled place: sentences, bullets, lines of a list."""
    printed = text[block]
    place = 0
    for match in _ENTRY.finditer(printed):
        if match.group().strip() == "" and "\n" in match.group():
            following = printed[match.end() : match.end() + 1]
            if following.islower() or not (
                printed[: match.start()].rstrip().endswith(".") or _known(printed[match.end() :].split("\n")[0])
            ):
                continue
        if match.start() > place:
            yield from listed(text, block.start + place, block.start + match.start())
        place = match.end()
    if place < len(printed):
        yield from listed(text, block.start + place, block.end)


def _known(printed: str) -> bool:
    return item_classes.classify(printed) not in {None, "unspecific"}


def _narrowed(text: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    """Without bullets, determiners and the times that follow."""
    lead = re.match(
        r"(?:[\s•●▪◦*·–-]|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s|\[[xX]\]|[☑☒])*(?:(?:i|we) (?:recommend|prescribe|"
        r"order)\w*\s+)?(?:(?:an?|"
        r"the)\s+)?",
        text.flat[start:end],
        _I,
    )
    start += lead.end() if lead else 0
    opened = CUE.match(text.flat, start, end) or CUE.search(text.flat, start, min(end, start + 70))
    if opened:
        inner = object_after(text, opened.end(), end)
        if inner and (_known(text.flat[inner[0] : inner[1]]) or HEAD.search(text.flat[inner[0] : inner[1]])):
            return inner
    stop = END.search(text.flat[start:end])
    if stop and stop.start() > 3:
        end = start + stop.start()
    while end > start and text.flat[end - 1] in " \t\n,;:.-–(":
        end -= 1
    return start, end


def _acceptable(printed: str, known: str | None, *, labelled: bool) -> bool:
    if len(printed) < 4 or NOT_A_THING.search(printed) or re.search(r"see (?:attached|below|above)|n/a\b", printed, _I):
        return False
    if labelled:
        words = printed.split()
        return (
            (known is not None or bool(HEAD.search(printed)) or (len(words) <= 8 and names_a_thing(printed)))
            and not printed.endswith(":")
            and not re.match(r"[\d/. -]+$", printed)
        )
    return known not in {None, "unspecific"} or bool(HEAD.search(printed))


# -- prose ----------------------------------------------------------------------------------------------------------


def _listed_below(text: AnnotatedText) -> Iterator[Extraction]:
    """What follows a prescribing line that a colon or a question mark closes: "I recommend the following:"."""
    for index, line in enumerate(text.lines):
        opening = text.text[line.start : line.end].rstrip()
        asked = opening.endswith("?")
        sentence = opening if asked else text.flat[text.sentence_at(line.start).start : line.end]
        if not opening.endswith((":", "?")) or (is_instruction(sentence) and not asked):
            continue
        if not (CUE.search(sentence + " ") or _PASSIVE_LIST.search(sentence)) or _NO_PRESCRIBING.search(sentence):
            continue
        for entry in _entries_below(text, index):
            start, end = _narrowed(text, *entry)
            known = item_classes.classify(text.flat[start:end])
            if _acceptable(text.flat[start:end], known, labelled=not asked) and not only_a_condition(text, start, end):
                made = _named(text, start, end, 0.9 if known not in {None, "unspecific"} else 0.75)
                if made:
                    yield made


_NO_PRESCRIBING = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:how|why|when|who|is|are|do|does|has|have)\b|\b(?:was|were|tried|previous\w*|past|"
    r"medications?|allerg\w+|documents?|attach\w*|information|labs?|tests?|steps?)\b",
    _I,
)


def _entries_below(text: AnnotatedText, index: int) -> Iterator[tuple[int, int]]:
    """The bullets under a line; where there are none, the sentence that follows."""
    found = False
    for entry in text.lines[index + 1 : index + 14]:
        printed = text.text[entry.start : entry.end]
        bullet = _BULLET.match(printed)
        if bullet is None:
            wrapped = found and text.text[text.lines[text.line_index(entry.start) - 1].end : entry.start] == "\n"
            if wrapped and printed[:1].islower():
                continue
            break
        if text.box_state(entry.start + bullet.end()) is False:
            break
        found = True
        yield entry.start, text.sentence_at(entry.start + bullet.end()).end if len(entry.cells) == 1 else entry.end
    if not found and index + 1 < len(text.lines):
        following = text.lines[index + 1]
        if not text.is_label(following.cells[0]) and not re.match(r"\S.*[:?]$", text[following.start, following.end]):
            yield text.sentence_at(following.start)


_BULLET = re.compile(r"\s*(?:[•●▪◦*·–-]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\[[xX]\]|☒|☑)\s*")
_PASSIVE_LIST = re.compile(
    r"\bfollowing\b.{0,60}\b(?:recommended|prescribed|necessary|required|needed|ordered)\b|\b(?:treatment|"
    r"care) plan\b|"
    r"\bfollowing (?:treatments?|services?|items?|products?|therap\w+|equipment|program)",
    _I,
)
_DOING = re.compile(
    r"\b(?:should|must|needs? to|is to|are to|continue to|advised (?:her|him|them|\w+\.? \w+) to|"
    r"recommend(?:ed)? that (?:\w+\.? ){1,3}?)\s*"
    r"(?P<thing>(?:exercise|train|swim|strength train|work (?:out )?with)\b[^.;\n]{0,90})",
    _I,
)
_TIMES_STOP = re.compile(
    r",|\s(?:\d|once|twice|three|four|five|two|every|each|per|to (?:treat|help|manage|improve|reduce)|for (?:\d|"
    r"\w+ (?:weeks|months))|"
    r"because|due to|in order)\b",
    _I,
)


def _activities(text: AnnotatedText) -> Iterator[Extraction]:
    """ "She should exercise under the guidance of a trainer": the verb is the treatment."""
    for match in text.find(_DOING):
        sentence = text.sentence_at(match.start())
        start, end = match.span("thing")
        stop = _TIMES_STOP.search(text.flat, start, end)
        end = stop.start() if stop else end
        if not is_instruction(text.flat[sentence.start : sentence.end]) and not reported(
            text.flat[sentence.start : match.start()], "should"
        ):
            made = _named(text, start, end, 0.7)
            if made:
                yield made


def _in_prose(text: AnnotatedText) -> Iterator[Extraction]:
    for sentence in text.sentences:
        for start, end, strength in prescribed_in(text, sentence):
            made = _named(text, start, end, strength)
            if made:
                yield made


# -- goals, programmes, trainers ---------------------------------------------------------------------------------------


def _goals(text: AnnotatedText) -> Iterator[Extraction]:
    taken: list[tuple[int, int]] = []
    for item in text.labelled(_GOAL_LABEL):
        if item.value is None or text.box_state(item.label.start) is not None:
            continue
        block = text.block_below(item.value, lines=6)
        for start, end in _goal_entries(text, block):
            if (
                not is_instruction(text.flat[start:end])
                and 5 < end - start < 220
                and text.box_state(start) is not False
            ):
                taken.append((start, end))
                yield _goal(text, start, end, 0.92)
    for match in text.find(_GOAL):
        group = next(name for name in _GOAL.groupindex if match[name])
        start, end = match.span(group)
        sentence = text.sentence_at(match.start())
        if any(start < b and a < end for a, b in taken) or is_instruction(text[sentence]):
            continue
        taken.append((start, end))
        yield _goal(text, start, end, 0.88)


def _goal_entries(text: AnnotatedText, block: Span) -> Iterator[tuple[int, int]]:
    place = block.start
    for match in re.compile(
        r"\s*(?:;|\n\s*(?=[•●▪*\d-])|[•●▪]|(?=\(\d\)\s)|\.\s+(?=[A-Z0-9])|\n(?=[A-Z]))\s*"
    ).finditer(text.flat, block.start, block.end):
        if match.start() > place:
            yield _stripped(text, place, match.start())
        place = match.end()
    if place < block.end:
        yield _stripped(text, place, block.end)


def _stripped(text: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    lead = re.match(r"(?:[\s•●▪*–-]|\(?\d{1,2}[.)]\s)*", text.flat[start:end])
    start += lead.end() if lead else 0
    while end > start and text.flat[end - 1] in " \t\n.;,":
        end -= 1
    return start, end


def _goal(text: AnnotatedText, start: int, end: int, strength: float) -> Extraction:
    start, end = _stripped(text, start, end)
    printed = " ".join(text.flat[start:end].split())
    return text.extraction(
        "goal",
        printed,
        start,
        end,
        found_by=_FOUND_BY,
        strength=strength,
        resolved={"measurable": _MEASURABLE.search(printed) is not None},
    )


def _programs(text: AnnotatedText) -> Iterator[Extraction]:
    for match in text.find(_PROGRAM):
        if not is_instruction(text[text.sentence_at(match.start())]) and text.box_state(match.start()) is not False:
            asserted = text.assertion_at(*match.span())
            yield text.extraction(
                "program", " ".join(match.group().split()), *match.span(), found_by=_FOUND_BY, strength=0.88,
                assertion=asserted if asserted in {"negated", "historical"} else "stated",
            )  # fmt: skip


def _continuing(text: AnnotatedText) -> Iterator[Extraction]:
    for name, pattern in (("continuation_of_care", _CONTINUES), ("trainer_communication", _REPORTS)):
        for match in text.find(pattern):
            sentence = text.sentence_at(match.start())
            told = " ".join(text[sentence].split())
            if told and not is_instruction(told):
                yield text.extraction(name, told, *sentence, found_by=_FOUND_BY, strength=0.85)


@cache
def _trainer_letters() -> re.Pattern[str]:
    """Letters that only a trainer bears, and certifying bodies with what they certify."""
    plain = [
        code
        for code in credentials.codes()
        if (c := credentials.look_up(code)) and c.trainer and not c.doubtful and len(code) > 3
    ]
    known = "|".join(re.escape(code).replace(r"\ ", r"[ -]") for code in plain)
    return re.compile(
        rf"(?<![\w-])(?:(?i:{known})|(?:ACSM|NASM|ACE|NSCA|ISSA|NCSF|AFAA)[- ](?:certified )?(?:CPT|CEP|EP-?C|CES|"
        rf"PES|CSCS|EP|RCEP)|ACSM[- ][Cc]ertified [A-Za-z ]{{5,40}}?(?=[,.;\n]))(?![\w-])"
    )


def _trainer(text: AnnotatedText) -> Iterator[Extraction]:
    for match in text.find(_trainer_letters()):
        printed = " ".join(match.group().split())
        value = credentials.normalise(printed) or printed
        if is_instruction(text[text.sentence_at(match.start())]):
            continue
        clinical = credentials.look_up(printed)
        yield text.extraction(
            "trainer_credential", value, *match.span(), found_by=_FOUND_BY, strength=0.88,
            resolved={"clinical": clinical.clinical if clinical else None},
        )  # fmt: skip
