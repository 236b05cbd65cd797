"""What is prescribed, and what ties it to the illness.

It is what a label, a heading, a table or a ticked box asks for it holds, what a prescribing verb governs, and what
necessity is said of; where none of these names a thing, what the letter's subject line names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.course.labels import ON_PAD, contexts
from docscan.extraction.course.prescribing import CUE, Prescribed, object_after, prescribed_in, reported
from docscan.extraction.course.timing import times
from docscan.extraction.kinds.of_money import is_surely_bill
from docscan.extraction.text.asking import asks_for_treatment
from docscan.extraction.text.form_rows import is_question
from docscan.extraction.text.hints import in_hint
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.lexicon import illnesses_in, items_in
from docscan.extraction.text.numerals import NUMBER_WORD
from docscan.extraction.text.relatives import ELDERS
from docscan.extraction.text.spans import Span
from docscan.extraction.treatment import vocabulary
from docscan.extraction.treatment.acts import acted_for
from docscan.extraction.treatment.asking import asked_for, tabled
from docscan.extraction.treatment.carried_on import carried_on
from docscan.extraction.treatment.framed import named_by_frames
from docscan.extraction.treatment.naming import MERE_KIND, kind_known, names_treatment, narrowed, trimmed
from docscan.extraction.treatment.ordered import ordered
from docscan.extraction.treatment.short_forms import class_of, spelt_out
from docscan.extraction.treatment.treatment_link import treatment_links
from docscan.reference import item_classes

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "treatment"


def treatment(text: AnnotatedText) -> Iterator[Extraction]:
    """treatment and treatment_link."""
    if is_surely_bill(text):
        return
    found = _one_a_place(
        text,
        [
            *_asked_for(text),
            *_ticked(text),
            *_tabled(text),
            *_with_codes(text),
            *_on_pad(text),
            *_listed_below(text),
            *_referred_for(text),
            *_in_prose(text),
            *_activities(text),
            *_with_a_course(text, planned=True),
        ],
    )
    for last_resort in (_with_any_course, _carried_on, _framed, _in_subject, _spoken_of):
        if not any(e.assertion == "stated" and (e.resolved or {}).get("specific") for e in found):
            found = _one_a_place(text, [*found, *last_resort(text)])
    if not any(e.assertion == "stated" for e in found):
        found += list(_pointed_to(text))[:1]
    found = _named_once(found)
    yield from found
    yield from treatment_links(text, found)


def _carried_on(text: AnnotatedText) -> Iterator[Extraction]:
    if text.kind[0] in {"lmn", "prescription", "recommendation"}:
        for place in carried_on(text):
            yield replace(_made(text, *place, 0.75), assertion="stated")


def _framed(text: AnnotatedText) -> Iterator[Extraction]:
    for place in named_by_frames(text):
        found = _made(text, *place, 0.85)
        yield replace(found, resolved={**(found.resolved or {}), "specific": True})


def _made(text: AnnotatedText, start: int, end: int, strength: float) -> Extraction:
    printed = " ".join(text.flat[start:end].split())
    return text.extraction(
        "treatment", printed, start, end, found_by=_FOUND_BY, strength=strength,
        assertion="negated" if text.assertion_at(start, end) == "negated" and _denied(text, start) else "stated",
        resolved={
            "specific": item_classes.specific(spelt_out(printed)) and not _told_elsewhere(text, start, end),
            "class": class_of(printed),
        },
    )  # fmt: skip


_ELSEWHERE = re.compile(
    r"\W*\b(?:as (?:we |was |previously )?(?:discussed|quoted|agreed|talked about|d/w)|(?:see|per) (?:the )?"
    r"(?:quote|attached|attachment|enclosed))\b",
    _I,
)


def _told_elsewhere(text: AnnotatedText, start: int, end: int) -> bool:
    """ "Home equipment as discussed": words that no lexicon knows, and that say that it was named elsewhere."""
    said = _ELSEWHERE.search(text.flat, start, end) or _ELSEWHERE.match(text.flat, end)
    return said is not None and not kind_known(text.flat[start:end])


_DENIED = re.compile(
    r"\b(?:not|never|n't|no longer|declin\w+|refus\w+|no|nor|neither|without|rather than|"
    r"instead of)\b(?:[\s,]+[\w'’-]+){0,5}"
    r"[\s,]*$",
    _I,
)


def _denied(text: AnnotatedText, start: int) -> bool:
    """Whether a denial stands close before: one far away in a long sentence is of something else."""
    sentence = text.sentence_at(start)
    return _DENIED.search(text.flat, sentence.start, start) is not None


def _one_a_place(text: AnnotatedText, found: list[Extraction]) -> list[Extraction]:
    """One reading of each place: the surer one, of equals the longer one."""
    kept: list[Extraction] = []
    for item in sorted(found, key=lambda e: (-(e.confidence or 0), -len(e.raw))):
        place = item.evidence[0]
        if place.start is None or place.end is None:
            continue
        if in_hint(text, place.start) or _is_a_question(text, place.start):
            continue
        if not any(
            k.evidence[0].page == place.page
            and (k.evidence[0].start or 0) < place.end
            and place.start < (k.evidence[0].end or 0)
            for k in kept
        ):
            kept.append(item)
    return sorted(kept, key=lambda e: e.evidence[0].start or 0)


def _is_a_question(text: AnnotatedText, start: int) -> bool:
    """Whether something stands in a form's question, as "Number of times" does in "Number of times per week"."""
    cell = text.cell_at(start)
    return cell is not None and is_question(cell.text)


def _named_once(found: list[Extraction]) -> list[Extraction]:
    """Without words that only speak again of what is named: "these classes" beside "water exercise classes"."""
    named = [e for e in found if e.assertion == "stated" and _is_specific(e)]
    if not named:
        return found
    said = {word for e in named for word in _words(str(e.value))}
    return [e for e in found if e in named or e.assertion != "stated" or not (_is_vague(e) or _speaks_again(e, said))]


def _is_vague(item: Extraction) -> bool:
    return (item.resolved or {}).get("class") == "unspecific"


def _speaks_again(item: Extraction, said: set[str]) -> bool:
    return _only_again(str(item.value)) or _words(str(item.value)) <= said | _again()


def _is_specific(item: Extraction) -> bool:
    return bool((item.resolved or {}).get("specific")) and not _only_again(str(item.value))


def _only_again(printed: str) -> bool:
    said = _words(printed)
    return said <= _again() and said != {"gym", "membership"}


def _words(printed: str) -> set[str]:
    """The words of a name that say something, in the singular."""
    return {word.removesuffix("s") for word in re.findall(r"[a-z]{3,}", printed.lower())} - _LITTLE


def _again() -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in vocabulary.words("things", "again")) | _GENERIC


_GENERIC = frozenset("gym lesson coaching fitness medication medicine drug pill".split())
_LITTLE = frozenset(
    """the and for per with week month day two three four five six twelve one first-line first line above below listed
    recommended prescribed requested proposed ordered individual this these those that such said work""".split()
)


# -- labels, boxes, tables, lists -------------------------------------------------------------------------------------


def _asked_for(text: AnnotatedText) -> Iterator[Extraction]:
    """What labels ask for; without the medicines that a plan goes on with beside something else."""
    found = list(_answers(text))
    classes = {(e.resolved or {}).get("class") for e in found}
    medicines = text.kind[0] == "prescription" or classes <= {"drug", "supplement", "unspecific", None}
    yield from (e for e in found if medicines or (e.resolved or {}).get("class") != "drug")


def _answers(text: AnnotatedText) -> Iterator[Extraction]:
    entries = ((*part, sure) for first, last, sure in asked_for(text) for part in _parted(text, first, last))
    for first, last, sure in entries:
        if _LEADER.match(text.flat, last):
            continue  # the label of the next row
        coded = _WITH_CODE.match(text.flat, first, last)
        opening = coded.end() if coded else first
        if _boxed(text, opening, last):
            continue
        start, end = narrowed(text, opening, last)
        if names_treatment(text, start, end, asked=sure):
            yield _made(text, start, end, 0.93 if kind_known(text.flat[start:end]) else 0.8)


_LEADER = re.compile(r"\s?(?:\.{4,}|…{2,}|_{4,})")


def _boxed(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether check boxes stand in an entry: then it is their ticks that count."""
    return any(box.label is not None and box.label.start < end and start < box.label.end for box in text.check_boxes)


def _ticked(text: AnnotatedText) -> Iterator[Extraction]:
    for box in text.check_boxes:
        if not box.ticked or not box.label or len(text[box.label]) >= 120:
            continue
        asked = _asked_by_its_list(text, box.label.start)
        if asked is False:
            continue
        option = _option(text, box.label)
        if _YES_OR_NO.fullmatch(text[option].strip()):
            continue
        if MERE_KIND.fullmatch(text[option].strip()):
            yield from _told_below(text, box.label.start)
            continue
        start, end = narrowed(text, *option)
        if not kind_known(text.flat[start:end]) and kind_known(text[option]):
            start, end = trimmed(text, *option)  # "sensory equipment: wobble board, weighted lap pad"
        printed = text.flat[start:end]
        ill = any(start <= span.start < end for span in illnesses_in(text)) and not any(
            start <= span.start < end for span in items_in(text)
        )
        if times(printed) or ill or printed.endswith("?") or item_classes.classify(printed) == "medical_visit":
            continue
        general = class_of(printed) == "unspecific"  # "What is ordered: [x] Exercise"
        if kind_known(printed) or (asked and (general or _names_option(text, Span(start, end)))):
            yield _made(text, start, end, 0.85 if kind_known(printed) else 0.75)


_YES_OR_NO = re.compile(r"(?:(?:s[ií]|yes|no)\W*)+", _I)


def _told_below(text: AnnotatedText, offset: int) -> Iterator[Extraction]:
    """Below a list of kinds to tick ("[x] Service [ ] Product"), behind a label or alone: which one."""
    index = text.line_index(offset)
    for line in text.lines[index + 1 : index + 4]:
        if any(box.label and line.start <= box.label.start < line.end for box in text.check_boxes):
            continue  # the kinds go on
        label = _DESCRIBES.match(text.text, line.start, line.end)
        start, end = narrowed(text, label.end() if label else line.start, line.end)
        if names_treatment(text, start, end, asked=True) and (label or kind_known(text.flat[start:end])):
            yield _made(text, start, end, 0.9 if kind_known(text.flat[start:end]) else 0.75)
        return


_DESCRIBES = re.compile(
    r"\W*(?:please )?(?:descri(?:be|ption)|details?|specify|names?|which(?: one)?|what(?: exactly)?|items?|kind|type|"
    r"explain|list)\b[^:?\n]{0,30}[:?]\s*",
    _I,
)


def _names_option(text: AnnotatedText, option: Span) -> bool:
    """Whether an option that no lexicon knows names a thing: not "Other", "New request", "One item"."""
    printed = text[option]
    return item_classes.specific(printed) and names_treatment(text, *option, asked=True)


def _option(text: AnnotatedText, label: Span) -> Span:
    """What an option says: behind "Equipment (describe):" or "Other:" what is written in, where anything is."""
    written = _WRITTEN_IN.match(text.flat, label.start, label.end)
    if written is None or not re.search(r"[A-Za-z]{3}", text.flat[written.end() : label.end]):
        return label
    asks = written["asks"] or not kind_known(written["option"])
    return Span(written.end(), label.end) if asks else label


_WRITTEN_IN = re.compile(
    r"(?P<option>[A-Za-z][\w /&,'’-]{1,40}?)\s*"
    r"(?P<asks>\((?:please )?(?:describe|specify|explain|list|name|state|type|kind|what|which|give|write|brand|detail)"
    r"[^)]*\))?\s*[:–—=]\s*(?=\w)",
    _I,
)
_TICKED_OTHERWISE = re.compile(  # what a list of boxes asks that is not what is prescribed
    r"\b(?:tried|attempted|failed|used|so far|to date|previous\w*|prior|past|earlier|history|hx|imaging|findings?|"
    r"exams?|"
    r"tests?|labs?|conditions?|diagnos[ei]s|symptoms?|relatives|family|habits?|routine|everyday|outcomes?|results?|"
    r"excluded|considered|current(?:ly)?|medications?|meds|alternatives?|onset|severity|specialty|credentials?|"
    r"attach\w*|enclos\w*|documents?)\b",
    _I,
)


def _asked_by_its_list(text: AnnotatedText, start: int) -> bool | None:
    """Whether the words before a list of boxes, on its line or above it, ask for a treatment; None: not told."""
    index = text.line_index(start)
    for at in range(index, max(-1, index - 12), -1):
        line = text.lines[at]
        boxed = [box.label.start for box in text.check_boxes if box.label and line.start <= box.label.start < line.end]
        wrapped = any(b.label and b.label.start < line.start < b.label.end for b in text.check_boxes)
        head = text.text[line.start : min(boxed, default=line.end)]
        said = re.sub(r"[\[(]\s*\w?\s*[\])]|[^A-Za-z ]", " ", head).strip()
        if len(said) < 3 or wrapped:
            continue
        if _TICKED_OTHERWISE.search(said):
            return False
        if asks_for_treatment(said):
            return True
        if not boxed:
            return None
    return None


def _tabled(text: AnnotatedText) -> Iterator[Extraction]:
    for (first, last), *rest in tabled(text):
        start, end = narrowed(text, first, last)
        if rest and kind_known(whole := " ".join([text.flat[start:last], *(text.flat[slice(*more)] for more in rest)])):
            yield _over_lines(text, Span(start, last), rest, " ".join(whole.split()))
        elif names_treatment(text, start, end, asked=True):
            yield _made(text, start, end, 0.93 if kind_known(text.flat[start:end]) else 0.8)


def _over_lines(text: AnnotatedText, first: Span, rest: list[Span], printed: str) -> Extraction:
    """What a cell of a table names over several lines, between which other columns stand."""
    parts = [_made(text, *span, 0.93) for span in (first, *rest)]
    told = {"specific": item_classes.specific(spelt_out(printed)), "class": class_of(printed)}
    evidence = tuple(place for part in parts for place in part.evidence)
    return replace(parts[0], value=printed, evidence=evidence, resolved=told)


_WITH_CODE = re.compile(r"(?:\(?\d{1,2}[.)]\s*)?(?:[A-Z]\d{4}|\d{5})(?:-[A-Z]{2})?\s+(?=[A-Za-z])")


def _with_codes(text: AnnotatedText) -> Iterator[Extraction]:
    """The things of an order that stand each behind its code: "L4396 night splint"."""
    if text.kind[0] != "prescription":
        return
    entries = list(_code_entries(text))
    if any(kind_known(text.flat[start:end]) for start, end in entries):  # one known vouches for those beside it
        for start, end in entries:
            if kind_known(text.flat[start:end]) or names_treatment(text, start, end, asked=True):
                yield _made(text, start, end, 0.8)


def _code_entries(text: AnnotatedText) -> Iterator[tuple[int, int]]:
    for line in text.lines:
        code = _WITH_CODE.match(text.text, line.start, line.cells[0].end)
        told = (c.start for c in line.cells[1:] if re.search(r"[A-Za-z]{3}", c.text))  # past how many of it
        first = code.end() if code else next(told, None)
        if code is None and not re.fullmatch(_WITH_CODE.pattern.removesuffix(r"\s+(?=[A-Za-z])"), line.cells[0].text):
            continue
        cell = text.cell_at(first) if first is not None else None
        if cell is not None and first is not None:
            yield narrowed(text, first, cell.end)


def _on_pad(text: AnnotatedText) -> Iterator[Extraction]:
    """What stands below the "Rx" of a prescription pad with no label beside it: "Special diet - low salt"."""
    for sentence in text.sentences:
        context = contexts(text).get(sentence.start)
        if context is None or context.label != ON_PAD or times(text.flat[sentence.start : sentence.end]):
            continue
        start, end = narrowed(text, *sentence)
        if kind_known(text.flat[start:end]) and names_treatment(text, start, end, asked=True):
            yield _made(text, start, end, 0.85)


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
            start, end = narrowed(text, *entry)
            if names_treatment(text, start, end, asked=not asked):
                yield _made(text, start, end, 0.9 if kind_known(text.flat[start:end]) else 0.75)


_REFERRED = re.compile(
    r"\b(?:reason for (?:the )?(?:referral|consult(?:ation)?|order)|referral (?:reason|for)|refer(?:red)? (?:to|for))"
    r"(?=\s*[:\t]|\s*$)",
    _I | re.MULTILINE,
)


def _referred_for(text: AnnotatedText) -> Iterator[Extraction]:
    """The thing that the reason of a referral begins with: "Therapeutic massage for cervical myofascial pain"."""
    for item in text.labelled(_REFERRED):
        if item.value is not None and text.box_state(item.label.start) is not False:
            start, end = narrowed(text, *item.value)
            known = start == item.value.start and kind_known(text.flat[start:end])
            if known and names_treatment(text, start, end, asked=True):
                yield _made(text, start, end, 0.85)


_NO_PRESCRIBING = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:how|why|when|who|is|are|do|does|has|have)\b|\b(?:was|were|tried|previous\w*|past|"
    r"medications?|allergies|allergens|documents?|attach\w*|information|labs?|tests?|steps?)\b",
    _I,
)
_BULLET = re.compile(r"\s*(?:[•●▪◦*·–-]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\[[xX]\]|☒|☑)\s*")
_PASSIVE_LIST = re.compile(
    r"\bfollowing\b.{0,60}\b(?:recommended|prescribed|necessary|required|needed|ordered)\b|\b(?:treatment|"
    r"care) plan\b|"
    r"\bfollowing (?:treatments?|services?|items?|products?|therap\w+|equipment|program)",
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
    if not found:
        hanging = list(_hanging_below(text, index))
        yield from hanging
        found = bool(hanging)
    if not found and index + 1 < len(text.lines):
        following = text.lines[index + 1]
        if not text.is_label(following.cells[0]) and not re.match(r"\S.*[:?]$", text[following.start, following.end]):
            yield text.sentence_at(following.start)


def _hanging_below(text: AnnotatedText, index: int) -> Iterator[Span]:
    """The short lines that hang under a line, each a thing of its own."""
    opening, page = text.lines[index].cells[0].box.left, text.lines[index].page
    for n, line in enumerate(text.lines[index + 1 : index + 9]):
        printed = text.text[line.start : line.end]
        gap = n > 0 and text.text[text.lines[index + n].end : line.start] != "\n"
        hangs = line.page is page and line.cells[0].box.left > opening + _HANGS and len(line.cells) == 1
        if (
            gap
            or not hangs
            or not printed[:1].isupper()
            or len(printed.split()) > _SHORT
            or printed.endswith((".", ":"))
        ):
            return
        yield Span(line.start, line.end)


_HANGS = 0.01  # of the page's width
_SHORT = 8  # words

# -- prose ------------------------------------------------------------------------------------------------------------

_WHAT_I_ASK = re.compile(
    r"\bwhat (?:it|this|this letter|the letter|my letter|the request|this request) (?:is|concerns|asks)(?: about|"
    r" for)? is\s+|"
    r"\b(?:what|all)\s+(?:(?:i|we|she|he|they|it|ms|mr|mrs|dr|the|this|our|patient|physician|doctor|undersigned|"
    r"[A-Z]\w+)"
    r"(?:'m|'d|’m|’d)?\.?\s+){1,4}(?:(?:am|is|are|would|do|now|then|here|therefore|really|'m|to|have|has|"
    r"been)\s+){0,4}"
    r"(?:(?:like|want)\s+to\s+)?(?:prescrib|order|recommend|request|ask|want|need|propos|suggest|advis|requir|seek|"
    r"put)\w*(?:\s+(?:for|to|her|him|on|them|have|in|get|do|the (?:plan|patient)|that|you|approve|cover|here|"
    r"today|now|instead))*,?\s+"
    r"(?:is|are|would be|:)\s+",
    _I,
)
_WRITING_FOR = re.compile(
    r"\b(?:in support of|on behalf of a request for|to (?:support|justify|document|"
    r"substantiate) (?:the )?(?:need for|"
    r"purchase of|coverage of|request for|use of|necessity (?:of|for))|(?:my|our) (?:recommendation|order|"
    r"prescription|"
    r"request|advice) (?:is|that \w+\.? \w+(?: \w\.)?(?: \w+)? (?:continue|begin|start|attend|join|use)(?: under|"
    r" with| in| on| "
    r"at)?)|(?:this is an order|an order|a (?:request|prescription|referral)) for|(?:have|i've|i’ve|"
    r"has) (?:\w+ )?(?:put|"
    r"started|placed|enrolled) (?:him|her|them|\w+\.? \w+) (?:on|in|into)|sign(?:ed)? (?:him|her|them) up for|"
    r"(?:would like|want|wants|expect) (?:him|her|them) (?:in|on)|(?:write|writing|written) (?:him|her|them) (?:a|"
    r"an))\s+",
    _I,
)
_IS_THE_THING = re.compile(  # "the service at issue is", "her prescription, in short, is": its role
    r"\b(?:the|her|his|their|my|our|this)\s+(?:(?:prescribed|recommended|requested|ordered|proposed|necessary|only|"
    r"sole|"
    r"denied|disputed|right|best|medical|present|current|actual|new|first|main)\s+){0,2}"
    r"(?:treatment|service|therapy|item|order|prescription|intervention|product|device|expense|purchase|remedy|regimen|"
    r"request|recommendation|modality|measure|thing)(?:,? (?!is\b|are\b)(?:[\w'’-]+|Mr\.|Mrs\.|Ms\.|Dr\.)){0,7}?,?\s+"
    r"(?:is|are|would be|will be|consists of|comprises)\s+(?:simply |this|namely |as follows|for |that (?:he|"
    r"she) )*:?\s*"
    r"(?=(?:an?|one|two|three|the|\d+|[a-z-]+ing|[a-z-]+(?:al|ic|ed|or|er))\b|[A-Z])",
    _I,
)
_NEEDS_ALONE = re.compile(
    r"(?:^|[.;:]\s+)(?:needs|requires|recommend(?:ing)?|prescribe|prescribing|order(?:ing)?)\s+", _I
)


def _in_prose(text: AnnotatedText) -> Iterator[Extraction]:
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        for first, last, strength in _each(text, prescribed_in(text, sentence)):
            start, end = narrowed(text, *_apposed(text, first, last))
            if _spared(text.flat[sentence.start : start]) or _points_back(printed):
                continue
            if _AS_NEEDED.match(text.flat, end, sentence.end) and class_of(text.flat[start:end]) == "drug":
                continue
            if names_treatment(text, start, end, asked=False):
                yield _made(text, start, end, strength)
        if is_instruction(printed) or printed.endswith("?") or text.box_state(sentence.start) is False:
            continue
        for pattern in (_WHAT_I_ASK, _WRITING_FOR, _NEEDS_ALONE, _IS_THE_THING):
            for cue in pattern.finditer(text.flat, sentence.start, sentence.end):
                found = object_after(text, cue.end(), sentence.end)
                if found and not reported(text.flat[sentence.start : cue.start()], cue.group()):
                    start, end = narrowed(text, *found)
                    if names_treatment(text, start, end, asked=pattern is _WHAT_I_ASK):
                        yield _made(text, start, end, 0.88 if kind_known(text.flat[start:end]) else 0.7)
    for span, strength in acted_for(text):
        yield replace(_made(text, *span, strength), assertion="stated")  # "cannot do without" denies nothing


_AND_NEXT = re.compile(r"\s*\([^()]{2,30}\)\s+and\s+(?:an?\s+|the\s+)?", _I)


def _each(text: AnnotatedText, found: Iterator[Prescribed]) -> Iterator[Prescribed]:
    """Both things of "dietitian visits (monthly) and a meal service", which a remark in brackets parts."""
    for one in found:
        yield from (Prescribed(*part, one.strength) for part in _parted(text, one.start, one.end))


def _parted(text: AnnotatedText, start: int, end: int) -> list[tuple[int, int]]:
    joint = _AND_NEXT.search(text.flat, start, end)
    parts = [(start, joint.start()), (joint.end(), end)] if joint else []
    each = parts and all(names_treatment(text, *narrowed(text, *part), asked=False) for part in parts)
    return parts if each else [(start, end)]


_APPOSED = re.compile(
    r"(?:requested |proposed |prescribed )?"
    r"(?:expense|service|item|treatment|product|purchase|program|therapy|device),\s+"
    r"(?=[a-z])"
)


def _apposed(text: AnnotatedText, start: int, end: int) -> tuple[int, int]:
    """ "The requested expense, | personal training": what a word for any thing is said to be."""
    general = _APPOSED.match(text.flat, start, end)
    return (general.end(), end) if general and kind_known(text.flat[general.end() : end]) else (start, end)


_SPARED = re.compile(
    r"\b(?:delay|avoid|reduc|spar|prevent|postpon|lessen|lower|eliminat|decreas|minimi[sz]|obviat|forestall|defer|"
    r"stav|put(?:s|ting)? off|hold(?:s|ing)? off|do(?:es|ing)? away with|without)\w*\b[^.;]{0,30}\b"
    r"(?:need|use|requirement|dose|demand)s? (?:for|of|on)\s+(?:\w+\s+)?$",
    _I,
)


def _spared(lead: str) -> bool:
    """ "It should delay the need for insulin": what the treatment is to make needless."""
    return _SPARED.search(lead) is not None


_AS_NEEDED = re.compile(r"[^.;]{0,40}\b(?:(?:as|when|if|where) needed|prn)\b", _I)  # a medicine's dose, no order
_POINTING_BACK = re.compile(r"\W*(?:none|neither|nothing|no part|not one) of (?:these|this|those|that|them|it)\b", _I)


def _points_back(printed: str) -> bool:
    """ "None of these is what I order": the sentence denies what was told before it."""
    return _POINTING_BACK.match(printed) is not None


_DOING = re.compile(
    r"\b(?:should|must|needs? to|is to|are to|continue to|advised (?:her|him|them|\w+\.? \w+) to|"
    r"(?:have|let|get|want|like|ask(?:ed)?|told|urge[ds]?) (?:her|him|them|\w+\.? [A-Z]\w+) (?:to )?|"
    r"(?:recommend(?:ed)?|(?:prescription|recommendation|order|advice|request|wish)(?: is)?) that "
    r"(?:\w+\.? ){1,3}?)\s*"
    r"(?P<thing>(?:exercise|train|swim|cycle|row|lift weights|strength train|work (?:out )?with)\b[^.;\n]{0,90})",
    _I,
)
_TIMES_STOP = re.compile(
    r",|\s(?:\d|once|twice|three|four|five|two|every|each|per|to (?:treat|help|manage|improve|reduce)|for (?:\d|"
    r"\w+ (?:weeks|months))|because|due to|in order)\b",
    _I,
)


def _activities(text: AnnotatedText) -> Iterator[Extraction]:
    """ "She should exercise under the guidance of a trainer": the verb is the treatment."""
    for match in text.find(_DOING):
        sentence = text.sentence_at(match.start())
        start, end = match.span("thing")
        stop = _TIMES_STOP.search(text.flat, start, end)
        end = stop.start() if stop else end
        while end > start and text.flat[end - 1] in " \t\n,;:.-–":
            end -= 1
        if not is_instruction(text.flat[sentence.start : sentence.end]) and not reported(
            text.flat[sentence.start : match.start()], "should"
        ):
            yield _made(text, start, end, 0.7)


def _with_a_course(text: AnnotatedText, *, planned: bool) -> Iterator[Extraction]:
    """What a course is written for; `planned`: where the plan or the order is written, or else anywhere."""
    for start, end, in_plan in text.once("ordered by course", lambda: tuple(ordered(text))):
        if in_plan == planned:
            yield _made(text, start, end, 0.88 if planned else 0.72)


def _with_any_course(text: AnnotatedText) -> Iterator[Extraction]:
    kind, sure, _ = text.kind
    if kind in _ORDERING or (kind == "other" and sure < 0.6 and _of_an_illness(text)):
        yield from _with_a_course(text, planned=False)


def _of_an_illness(text: AnnotatedText) -> bool:
    return bool(illnesses_in(text)) or next(text.find(_CODE), None) is not None


_CODE = re.compile(r"\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")
_ORDERING = frozenset({"lmn", "prescription", "recommendation", "referral"})


# -- what is left -----------------------------------------------------------------------------------------------------

_SUBJECT = re.compile(
    r"^[\W\d]*(?:re|ref|subject|subj|sub|regarding|concerning|reason for (?:letter|document)|purpose|memo type|"
    r"request)\s*[:.#]"
    r"|\b(?:medical )?necessity (?:of|for|,)|\bmedical(?:ly)? necess(?:ity|ary)\s*[,:–-]|\brequest for\b|"
    r"\bexcess cost of\b",
    _I | re.MULTILINE,
)


def _in_subject(text: AnnotatedText) -> Iterator[Extraction]:
    """A thing that the lexicon knows in the letter's subject line."""
    for index, line in enumerate(text.lines):
        printed = text.text[line.start : line.end]
        cue = _SUBJECT.search(printed)
        if len(printed) > 160 or cue is None:
            continue
        upto = line.end
        if index + 1 < len(text.lines) and len(line.cells) == 1 and printed.rstrip().endswith(":"):
            upto = text.lines[index + 1].end
        for span in items_in(text):
            known = item_classes.classify(text[span])
            if line.start + cue.start() <= span.start < upto and known not in {
                "medical_visit",
                "medical_service",
                "prior_balance",
            }:
                yield _made(text, *span, 0.6)


_MEANT = re.compile(
    r"\b(?:start\w*|begin\w*|need\w*|want\w*|wish\w*|would like|i'd like|should|ought|must|will|'ll|plan\w*|"
    r"chos(?:e|en)|"
    r"choos\w+|settled on|decided on|opt(?:ed)? for|qualif\w+|regimen|remedy|authoriz\w+|approv\w+|cover\w*|"
    r"reimburs\w+|send\w*|"
    r"sign\w* up|take up|enrol\w*|purchas\w+|buy|obtain|get|necess\w+|requir\w+|indicat\w+|prescrib\w+|order\w*|"
    r"recommend\w*|"
    r"request\w*|ask\w*|refer\w*|script|rec|support of|in favou?r of|on behalf of|told to|advis\w+|urge\w*|"
    r"benefit\w*|candidate)\b",
    _I,
)
_NOT_MEANT = re.compile(
    r"\b(?:was|were|had|did|last (?:year|spring|summer|fall|winter|autumn|month|week)|tried|failed|completed|"
    r"finished|ended|over|"
    r"stopped|quit|declin\w+|refus\w+|already|currently|previous\w*|prior|in the past|ago|used to|billed|takes|"
    r"taking|walks|swims|wears|"
    r"goes to|plays|attends|attended|since (?:19|20)\d\d|not|no|never|without|neither|nor|instead of|rather than|"
    r"ask (?:us )?about|"
    rf"visit us|join us|call|hours|open|suite|street|ave|{ELDERS}|she does|"
    r"he does|on (?:her|his) own|"
    r"does(?:n't| not)|if|unless|except|available|our (?:shop|store|bar|spa)|sell|sold)\b",
    _I,
)


def _spoken_of(text: AnnotatedText) -> Iterator[Extraction]:
    """A thing that the lexicon knows in a sentence that means it for the future, in words that are no known order."""
    if text.kind[0] not in {"lmn", "prescription", "recommendation"}:
        return
    kept = [span for span in items_in(text) if item_classes.classify(text[span]) not in _NO_PURCHASES]
    kept = [span for span in kept if not _OF_OFFICE.search(text.flat[max(0, span.start - 12) : span.start])]
    for sentence in text.sentences:
        printed = text.flat[sentence.start : sentence.end]
        here = [span for span in kept if sentence.start <= span.start < sentence.end]
        if not here or len(printed.split()) < 5 or is_instruction(printed) or printed.endswith("?"):
            continue
        if _NOT_MEANT.search(printed) or not _MEANT.search(printed) or text.box_state(sentence.start) is False:
            continue
        for span in here:
            if text.assertion_at(*span) in {"stated", "hypothetical"}:
                yield _made(text, *_whole_name(text, span), 0.5)


_BEFORE_NAME = re.compile(r"\b(?:an?|the|her|his|their|some)\s+(?P<said>(?:[a-z][\w-]*\s+){1,2})$", _I)
_AFTER_NAME = re.compile(
    r"\s(?:trainer|machine|unit|system|set|kit|garment|device|glasses|sessions?|lessons?|class(?:es)?|program)\b"
)


def _whole_name(text: AnnotatedText, span: Span) -> Span:
    """A thing of the lexicon with the words between its article and it: "a | zero-gravity recliner"."""
    start, end = span
    before = _BEFORE_NAME.search(text.flat, max(0, start - 40), start)
    if before and not re.search(r"\b(?:of|and|or|to|for|in|on|with|by|that|than|from|at)\b", before["said"], _I):
        start = before.start("said")
    after = _AFTER_NAME.match(text.flat, end)
    return Span(start, after.end() if after else end)


_OF_OFFICE = re.compile(r"\b(?:front|help|claims?|benefits?|reception|service|exam|main) $", _I)  # "our front desk"
_NO_PURCHASES = frozenset(
    {
        "drug",
        "medical_visit",
        "medical_service",
        "prior_balance",
        "tip",
        "food",
        "clothing",
        "cosmetic",
        "unspecific",
        None,
    }
)
_POINTED = re.compile(
    r"\b(?:this|the|a|an)\s+(?:program(?:me)?|therapy|treatment|item|service|activity|exercise(?: program)?|"
    r"equipment|device|"
    r"product)\b",
    _I,
)


_LABEL_ITSELF = re.compile(
    r"(?:^|\n)[ ]*(?P<thing>(?:exercise |training |therapy )?"
    r"(?:program(?:me)?|classes|training|coaching|lessons))\s*:\s*"
    rf"(?=(?:\d|{NUMBER_WORD}\b|once|twice|weekly|daily|every|biweekly))",
    _I,
)
"""What is prescribed, said by the label of its schedule alone: "Program: 2 sessions a week"."""
_ORDERED_BY_US = re.compile(
    rf"\b(?P<thing>{_POINTED.pattern.removeprefix(chr(92) + 'b')})(?= (?:that |which )?(?:i|we|our (?:office|clinic)) "
    r"(?:(?:have|had|are|am|'ve|’ve)\s)?(?:\w+ly )?(?:order|prescrib|recommend|request|propos|advis|ask|suggest)\w*)",
    _I,
)


def _pointed_to(text: AnnotatedText) -> Iterator[Extraction]:
    """Words that say only that something is prescribed: "this therapy", "a program"."""
    for named in text.find(_LABEL_ITSELF):
        yield _made(text, *named.span("thing"), 0.6)
    for named in text.find(_ORDERED_BY_US):
        if not is_instruction(text.flat[slice(*text.sentence_at(named.start()))]):
            yield _made(text, *named.span("thing"), 0.6)
    for cue in (*text.find(CUE), *text.find(re.compile(r"\b(?:what )?(?:treatment|i'm|i’m) order(?:ed|ing)\b\W*", _I))):
        sentence = text.sentence_at(cue.start())
        printed = text.flat[sentence.start : sentence.end]
        if is_instruction(printed) or printed.endswith("?"):
            continue
        pointed = _POINTED.match(text.flat, cue.end()) or _POINTED.search(
            text.flat, cue.end(), min(len(text.text), cue.end() + 12)
        )
        if pointed:
            yield _made(text, *Span(*pointed.span()), 0.55)
