"""What a sentence answers: the label, the question or the heading over it, or the sentence that it carries on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docscan.extraction.course.cues import TREATMENT, sentence_stance
from docscan.extraction.text.line_heads import line_heads

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell, Line
    from docscan.extraction.text.spans import Span

_I = re.IGNORECASE
_OF_AN_AILMENT = re.compile(
    r"\b(?:of|for)\s+(?:the\s+|his\s+|her\s+|each\s+|current\s+|present\s+)*(?:\w+\s+)?"
    r"(?:symptom|pain|onset|problem|illness|complaint|disease|condition|disorder|disabilit|incapacit|urinat|void|bowel|"
    r"stool|seizure|headache|migraine|attack|episode|flare|spasm|fall|dizz|vomit|nausea|relapse|hospital|admission|"
    r"stay|"
    r"employment|pregnan|labor|absence|leave|follow|refill|lab|monitoring|relationship|residence|surgery|injury)|"
    r"\b(?:pain|symptoms?|illness|disease|injury|complaint)\s+(?:duration|length|frequency)\b|"
    r"\bhow long (?:has|have|had|did)\b",
    _I,
)
# What a label, a question or a heading asks for.
_ABOUT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words, _I))
    for name, words in (
        ("past", r"^\W*(?:has |already )?had(?: already| before)?\W*$|\b(?:tried|prior|earlier|former(?:ly)?|"
                 r"no longer|discontinued|cancel(?:l?ed)|completed|failed|conservative|unsuccessful|exhausted|given up|"
                 r"previous(?:ly)?|past|history|hx|background|"
                 r"attempted|to date|timeline|so far|"
                 r"backstory|"
                 r"already\b|used and with|logs?\b|diary|attendance record|record of|(?:visits?|sessions?) (?:used|"
                 r"attended|to date|completed)|"
                 r"measures taken|what came before|interval history|hpi|"
                 r"present illness|pmhx?)\b"),
        ("habits", r"\b(?:habits?|(?:at )?baseline(?! (?:plan|visit|session|treatment))|own routine|"
                   r"current(?:ly)? (?:exercise|activit\w+|routine|treatment|therapy|regimen)|already does|"
                   r"not (?:(?:a )?part of |under |on |in )?(?:this|the present) (?:request|claim|order|letter|"
                   r"referral)|not (?:being )?requested|lifestyle|social|activities of|"
                   r"daily life|routine|not prescribed|alcohol|tobacco|"
                   r"caffeine|exercise now|now doing|survey)\b"),
        ("medication", r"\b(?:medications?|meds|medicines|drugs|allergies|pharmacy|refills?)\b"),
        ("goal", r"\b(?:goals?|success|judge[ds]?|targets?|outcomes?|"
                 r"expect\w*(?! (?:length|duration|period|term|time|course|need|use|frequency|number|end)\b)|"
                 r"results?|measures?|hoped?|aims?|"
                 r"objectives?|by when|reach(?:ed|ing)?|achiev\w+|improve(?:d|ments?)?|"
                 r"progress)\b"),
        ("other", r"\brun-?out\b|\b(?:grace|warrant\w+|wty|contract|lease|rental|rent-to-own|turn-?around|"
                  r"refunds?|precautions?|restrictions?|replac\w+)\b|\b(?:plan|benefits?|coverage) limits?\b|"
                  r"^\W*(?:coverage|insurance|copay|school services?)\W*$|"
                  r"^\W*(?:\d{1,2}[.)]\s*)?(?:family|relatives|kin)\W*$|\b(?:relatives|excluded|ruled out)\b|"
                  r"^\W*(?:(?:average|worst|usual|current|typical|night) )?"
                  r"(?:pain|aches?|headaches?|spasms?|swelling|fatigue|sleep|mood|nausea)"
                  r"(?: (?:scores?|levels?|scale|now|today|frequency))?\W*$|"
                  r"\b(?:hours?(?! each)|hrs|family (?:hx|history|medical)|fhx?|exam\w*|labs?|"
                  r"vitals?|reasoning|rationale|why|subjective|review of|follow[- ]?up|"
                  r"return|work status|note on billing|how (?:does|will|do) (?:this|the|it)|how it helps|"
                  r"symptoms?|complaint|onset|cardiac screen|"
                  r"related findings|health maintenance|data|problems?|diagnos[ie]s|conditions?|assessment|"
                  r"impression|incur|billing|remarks|costs?|prices?|fees?|charges?|payment)\b"),
        ("order", r"\b(?:plan|formula|remed(?:y|ies)|"
                  r"treatments?|recommend\w*|prescri\w+|prescription|rx|order(?:s|ed|ing)?|frequency|freq|"
                  r"sig|durations?|course|therapy|regimen|service|program|how (?:often|long|much|many)|schedule|"
                  r"amount|dose|interval|"
                  r"needed|days|time|length|term|period|visits?|sessions?|quantity|requested?|lon|need|asking|"
                  r"(?:from|to|until|till|through|thru|up to) when|(?:over|for|during) what|used?|begin\w*|"
                  r"start\w*|stop|end\w*)\b|"
                  r"^\W*(?:through|until|stops?|per (?:week|month|day|session|visit))\W*$"),
    )
)  # fmt: skip
_LABEL = re.compile(
    r"[\s=_~-]*(?:[•●▪*-]\s*|\(?(?:\d{1,2}|[A-Z])[.)]\s+|"
    r"[A-H]\s+[-–]\s+)?(?P<label>[A-Za-z][^:?\n\t]{0,60}?)\s*(?:[:?]|"
    r"\.{3,}\s*:?|\s[-–](?=\s[A-Z0-9]))(?=\s|$)",
)
_CAPITALS = re.compile(
    r"\s*(?=(?:[^a-z\n]*[A-Z]){4})(?P<label>[A-Z][A-Z/&#.'’-]*(?: [A-Z&/#][A-Z/&#.'’-]*){0,4})\s+(?=\d|[A-Z]?[a-z])"
)
"""A label that only its capitals set off: "TRIED ALREADY  Gait training"."""
UNWANTED = frozenset({"past", "habits", "medication", "goal", "other"})
_ENTRY = re.compile(r"\s*(?:[•●▪*–-]\s|\([a-z]\)|[a-z]\)|\(?[ivx]+\))")
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[A-H][.)])\s")
_RUN_IN = re.compile(r"\s*(?:\(?(?:[A-H]?\d{1,2}|[A-H])[.)]\s+)(?P<label>[A-Z][^.:?\n]{2,40})[.]\s*$")
_PART = re.compile(r"\s*(?:(?:weeks?|wks?|months?|mos?|days?)\s?\d|(?:first|next|last|then)\b)", _I)
"""A part of the course at the head of a row, which is no label."""
ON_PAD = "℞"
"""The label of what a prescription pad leaves without one."""
_PAD = re.compile(r"\s*(?:Rx|RX|℞|R/|R\.x\.)\W*")
_PAD_ENDS = re.compile(
    r"\W*(?:refills?|subst?\b|substitution|generic|daw|disp(?:ense)?\b|qty|void|label|signed|signature|electronically|"
    r"dea\b|npi\b|/s/|_{4,}|dr\b|date\b|goals?\b|notes?\b)",
    _I,
)
_SPOKEN = re.compile(
    r"\b(?:i|he|she|they|we|you|it|is|are|was|were|has|had|have|already|takes|took|does|did|because)\b", _I
)
"""In sentences; an order on a pad is written without."""
_SOAP = re.compile(r"\s*(?P<label>[SOAP])\s[-–:]\s")
_HEAD_MEANS = {"Now": "habits", "Today": "", "Currently": "habits", "Before": "past", "Each": "order", "For": "order",
               "From": "order", "Tx": "order", "Ask": "order", "Next": "other"}  # fmt: skip
_SOAP_MEANS = {"S": "other", "O": "other", "A": "other", "P": "order"}


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence answers. `about`: past, habits, medication, goal, other, order or "" where nothing tells.

    `label`: the words that tell it. `carried`: the sentence before it in its paragraph prescribes.
    """

    about: str
    label: str
    carried: bool


_DIAGNOSIS = re.compile(
    r"\W*(?:\w+ )?(?:diagnos[ie]s|dx|conditions?|indications?|icd(?:[- ]?10)?(?:[- ]cm)?)(?: codes?)?\s*:\s*\S", _I
)


def below_diagnosis(text: AnnotatedText, sentence: Span) -> int | None:
    """Where a sentence that opens with a diagnosis's label goes on to a line that names a treatment at the edge of the
    label: it is an entry of its own, though nothing closes the diagnosis."""
    if _DIAGNOSIS.match(text.flat, sentence.start, sentence.end) is None:
        return None
    index = text.line_index(sentence.start)
    for line in text.lines[index + 1 : text.line_index(sentence.end - 1) + 1]:
        if _opens_an_entry(text, line, text.lines[index].cells[0].box.left):
            return line.start
    return None


def _begins_an_entry(text: AnnotatedText, sentence: Span, left: float) -> bool:
    line = text.lines[text.line_index(sentence.start)]
    return line.start == sentence.start and _opens_an_entry(text, line, left)


def _opens_an_entry(text: AnnotatedText, line: Line, left: float) -> bool:
    """Whether a line at the left edge names a treatment, with a capital or a number at its head."""
    printed = text.flat[line.start : line.end]
    at_edge = bool(line.cells) and abs(line.cells[0].box.left - left) < _ALIGNED
    return at_edge and re.match(r"\s*[A-Z\d]", printed) is not None and TREATMENT.search(printed) is not None


def asks_of_an_ailment(label: str) -> bool:
    """Whether a label asks how often or how long something ails: "Frequency of urination", "Duration of symptoms"."""
    return _OF_AN_AILMENT.search(label) is not None


def about(label: str) -> str:
    """What the words of a label, question or heading ask for."""
    if asks_of_an_ailment(label):
        return next((name for name, words in _ABOUT if name in UNWANTED and words.search(label)), "other")
    return next((name for name, words in _ABOUT if words.search(label)), "")


def contexts(text: AnnotatedText) -> dict[int, Context]:
    """By the start of a sentence: what it answers."""
    return text.once("course contexts", lambda: dict(_contexts(text)))


def _contexts(text: AnnotatedText) -> Iterator[tuple[int, Context]]:
    label, meaning, carried, standing, answered, leads = "", "", False, False, False, False
    asks = False  # the sentence before is a question
    inline = False  # the label is a diagnosis's, which stands beside it
    pads = _below_pads(text)
    left = 0.0  # edge of the line that the label stands in
    last, heading = 0, 0  # the number of the last entry, and of the last one before the label that stands
    previous_end = 0
    for sentence in text.sentences:
        gap = text.text[previous_end : sentence.start]
        printed = text.flat[sentence.start : sentence.end]
        apart = "\n\n" in gap or "\f" in gap
        if apart and not standing:
            label, meaning, carried = "", "", False
        elif apart:
            carried = False
        asked = _asked_by_boxes(text, sentence)
        if asked is not None:
            yield sentence.start, Context(about(asked), asked, False)
            previous_end = sentence.end
            continue
        own = _own_label(text, sentence, printed, answers=asks)
        asks = printed.rstrip().endswith("?")
        edge = text.lines[text.line_index(sentence.start)].cells[0].box.left
        inside = standing and not apart and edge > left + _ALIGNED
        entry = _ENTRY.match(printed) is not None
        numbered = _NUMBERED.match(printed) is not None
        last = (number := _number_of(printed)) or last
        if apart and answered and not entry and not numbered:
            label, meaning, standing = "", "", False
        if own is not None:
            inline = _DIAGNOSIS.match(printed) is not None
            name, told_of = own
            alone = len(printed.strip()) <= len(name) + 8 or printed.rstrip().endswith("?")
            listed = (
                standing
                and (entry or numbered or (inside and meaning in UNWANTED))
                and not (numbered and (leads or number == heading + 1 > 1))
            )
            if listed and (told_of == "" or (meaning in UNWANTED and told_of == "order")):
                alone = False  # an entry of the list that the label opened
            else:
                label, meaning, standing, leads = name, told_of, alone, numbered
                heading, left = last, edge
                carried = carried and told_of in {"", "order"} and not apart
            answered = not alone
        else:
            if numbered and leads:
                label, meaning, standing, leads = "", "", False, False
            if meaning == "other" and inline and _begins_an_entry(text, sentence, left):
                label, meaning = "", ""
            answered = True
        ordered = sentence.start in pads and own is None and not meaning
        yield sentence.start, _under(text.section_at(sentence.start), label, meaning, ordered=ordered, carried=carried)
        carried = _carries(printed, carried=carried, elsewhere=own is not None and not answered and meaning in UNWANTED)
        previous_end = sentence.end


def _under(section: str, label: str, meaning: str, *, ordered: bool, carried: bool) -> Context:
    """What stands below a label, or below a heading where no label is; `ordered`: below the "Rx" of a pad."""
    told = meaning or ("order" if ordered else _section_about(section))
    return Context(told, ON_PAD if ordered else label or section, carried)


def _carries(printed: str, *, carried: bool, elsewhere: bool) -> bool:
    """Whether the next sentence goes on with what is prescribed; `elsewhere`: a label asks for something else."""
    stance = sentence_stance(printed)
    return carried if stance is None else stance == "prescribes" and not elsewhere


def _below_pads(text: AnnotatedText) -> frozenset[int]:
    """Where sentences begin below the "Rx" of a prescription pad: what no label is beside there is the order."""
    found: set[int] = set()
    below = False
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        below = (below or _PAD.fullmatch(printed) is not None) and not _PAD_ENDS.match(printed)
        if below and not _SPOKEN.search(printed):
            found.add(sentence.start)
    return frozenset(found)


def _number_of(printed: str) -> int:
    """The number of a numbered entry, 0 where it has none."""
    number = re.match(r"\s*\(?(\d{1,2})[.)]\s", printed)
    return int(number[1]) if number else 0


def _asked_by_boxes(text: AnnotatedText, sentence: Span) -> str | None:
    """The question over a list of boxes, where a sentence is the words of one of them; None where it is not.

    A box that follows words in its own line answers these.
    """
    if text.box_state(sentence.start) is None:
        return None
    index = text.line_index(sentence.start)
    for at in range(index, max(-1, index - _OPTIONS), -1):
        line = text.lines[at]
        if line.page is not text.lines[index].page:
            return None
        if text.box_state(line.start) is not None:
            continue
        boxed = [b.at.start for b in text.check_boxes if b.at and line.start <= b.at.start < line.end]
        if boxed:
            row = text.text[line.start : min(boxed)].strip()
            if about(row) and not _PART.match(row):
                return row
            continue
        if at < index and (printed := text.text[line.start : line.end].strip()):
            return printed
    return None


_OPTIONS = 12  # lines


def _titles(text: AnnotatedText, sentence: Span, printed: str) -> bool:
    """Whether a few words on a line of their own say what the lines below tell: "Tried already"."""
    line = text.lines[text.line_index(sentence.start)]
    alone = line.start == sentence.start and line.end == sentence.end and len(line.cells) == 1
    title = re.fullmatch(r"(?:\(?(?:\d{1,2}[a-z]?|[A-H])[.)]\s+)?[A-Z][A-Za-z,() /&-]{2,60}", printed)
    return alone and title is not None and about(printed) in UNWANTED


def _section_about(section: str) -> str:
    """What a heading asks for; one of many words leads a list in rather than heads what follows ("Outcome measures to
    be charted:")."""
    told = about(section)
    return "" if told == "goal" and len(section.split()) > 2 else told


_ALIGNED = 0.006  # of the page's width
_WRAPPED = 4  # lines


def _label_above(text: AnnotatedText, index: int, cell: Cell) -> str | None:
    """The label at the left of the value that a cell goes on with, some lines below and in its column."""
    line = text.lines[index]
    if cell is line.cells[0] and len(line.cells) == 1:
        return None
    beside = next((c.text for c in reversed(line.cells) if c.end <= cell.start), "")
    if beside.rstrip().endswith(":"):
        return None  # a label of its own
    for upper in reversed(text.lines[max(0, index - _WRAPPED) : index]):
        place = next((at for at, c in enumerate(upper.cells) if abs(c.box.left - cell.box.left) < _ALIGNED), None)
        if place is None or upper.page is not line.page:
            return None
        before = upper.cells[place - 1].text.strip() if place else ""
        if before.endswith(":"):
            return before.rstrip(": ")
        own = _LABEL.match(upper.cells[place].text)
        if own:
            return own["label"] if len(upper.cells) > 1 and cell.text[:1].islower() else None
    return None


def _own_label(text: AnnotatedText, sentence: Span, printed: str, *, answers: bool) -> tuple[str, str] | None:
    """The label that opens a sentence, or stands to its left; with what it asks for.

    `answers`: the sentence before is a question, so a few words on a line of their own are its answer, no title.
    """
    soap = _SOAP.match(printed)
    if soap:
        return soap["label"], _SOAP_MEANS[soap["label"]]
    opened = _RUN_IN.match(printed) or _LABEL.match(printed)
    if opened and opened["label"] in {"A", "Answer"}:
        return None  # the question before tells
    if opened and opened["label"] in {"Q", "Question"}:
        return printed, about(printed)
    if opened and len(opened["label"].split()) <= 12:
        return opened["label"], about(opened["label"])
    head = line_heads(text).get(sentence.start)
    if head is not None:
        return head, _HEAD_MEANS.get(head, about(head) or "other")
    capitals = _CAPITALS.match(printed)
    if capitals and (asked := about(capitals["label"])):
        return capitals["label"], asked
    if not answers and _titles(text, sentence, printed):
        return printed.strip(), about(printed)
    cell = text.cell_at(sentence.start)
    if cell is None or sentence.start - cell.start > 3:
        return None
    index = text.line_index(sentence.start)
    above = _label_above(text, index, cell)
    if above is not None:
        return above, about(above)
    line = text.lines[index]
    left = [c for c in line.cells if c.end <= sentence.start]
    if left and len(left[0].text.split()) <= 8 and not _PART.match(left[0].text):
        names = [c.text for c in left if about(c.text)]
        name = names[-1] if names else left[0].text
        return name, about(name)
    return None
