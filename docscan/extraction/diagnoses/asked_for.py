"""What the document gives where it asks for a diagnosis: behind "Diagnosis", "Medical condition", "Problem list"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.diagnoses.code_entries import CUES, TALKS, WRONG_WITH_IT
from docscan.extraction.text.asking import asks_for_treatment
from docscan.extraction.text.hints import in_hint
from docscan.extraction.text.illness_phrases import illness_phrases
from docscan.extraction.text.instructions import is_instruction
from docscan.extraction.text.spans import Span
from docscan.extraction.text.standing import status_of
from docscan.extraction.text.ticking import is_left_blank
from docscan.reference import conditions, illness_words

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.labels import Labelled

_I = re.IGNORECASE
_LABEL = re.compile(
    r"\b(?:(?:please\s+)?(?:describe|list|state|specify|identify|indicate|name|provide|enter|what is|"
    r"what are)\s+)?(?:(?:primary|secondary|principal|medical|clinical|specific|patient'?s?|current|associated|chief|"
    r"visit|encounter|discharge|admitting|working|treating|supporting|"
    r"qualifying|related|underlying|the)\s+)*"
    r"(?:diagnos[ei]s(?:\(es\))?|dx|diagnostic impression|impression|(?:medical |health |"
    r"qualifying )?conditions?(?:\(s\))?|problem list|(?:health |medical |active |main )?problems?(?:\(s\))?|"
    r"assessment|"
    r"(?:main |presenting )?complaints?|indications?|illness(?:es)?|diseases?|diagnosed (?:medical )?condition|"
    r"reason for "
    r"(?:the )?(?:treatment|referral|care|therapy|request|order|letter|visit)|(?:being )?(?:treated|treating|seen) for|"
    r"(?:what|which (?:condition|problem|illness)s?|for what(?: (?:condition|problem|illness)s?)?) (?:are|is|am|do|"
    r"does) "
    r"(?:you|we|i|being|it|the (?:patient|doctor|provider|clinician|member)|he|she|they|your patient)"
    r"(?: (?:being|currently|now))*(?: (?:treat(?:ing|ed)?|seeing|seen|have|has|suffer(?:ing)?)(?: (?:the|this|your) "
    r"(?:patient|member|person)| him| her)?(?: (?:for|from|with))?)?)"
    r"(?:\s?(?:no\.?|\#)?\s?\d{1,2})?"
    r"(?:\s*(?:/|and|&|or)\s*(?:icd[- ]?10(?:-cm)?(?: codes?)?|(?:medical )?(?:condition|diagnosis|codes?)|disease|"
    r"illness|symptoms?|plan))*"
    r"(?:\s+(?:being treated|requiring treatment|description|for which[\w ]{0,50}|to be treated|treated|name|text|"
    r"(?:now |presently |currently )?(?:under|in|on) (?:active )?(?:treatment|care|therapy)|addressed|(?:that |which )?"
    r"(?:we|i) (?:treat|are treating|am treating|address)|in question|concerned))?"
    r"(?:\s*\([^()\n]{0,80}\))?(?=\s*[:#_\t\n?]|\s*$)",
    _I | re.MULTILINE,
)


def asked_for(text: AnnotatedText, codes: list[Extraction]) -> Iterator[tuple[int, int, float]]:
    """The diagnoses that stand behind or below a label, each by itself, with how sure it is that they are meant."""
    for item in text.labelled(_LABEL):
        if item.value is None or text.box_state(item.label.start) is not None or _asks_else(text, item):
            continue
        block = text.block_below(item.value, lines=6)
        label = _LABEL_BELOW.search(text.text, item.value.end, block.end)
        block = block._replace(end=label.start()) if label else block
        block = _in_its_row(text, item) or block
        if is_instruction(text[block]) and conditions.classify(text[block]).specificity is None:
            continue
        plainly = _PLAINLY.search(text[item.label]) is not None
        sure = 0.95 if re.search(r"diagnos|dx|icd|impression", text[item.label], _I) else 0.85
        told = re.search(r"[.]\s+[A-Z(]", text[block])
        coded = _CODES_ALONE.match(text.text, block.start, block.end)
        wishful = _WISH.match(text.text, block.start, block.end) is not None
        for start, end in _pieces(text, block.start, block.end, codes):
            beyond = told is not None and start >= block.start + told.end() - 1
            if asks_for_treatment(_LABEL_AHEAD.split(text.text[start:end], maxsplit=1)[0]):
                continue  # "Prescribed item    Custom foot orthotics": the next row
            if (
                in_hint(text, start)
                or is_left_blank(text, start, end)
                or re.search(r"\[[ xX_]?\]|[☐☒☑]", text.text[start:end])
            ):
                continue
            opens = _OPENS_ENTRY.search(text.text[block.start : start]) is not None
            afterthought = start > block.start and text.text[start].islower() and not opens
            known = conditions.classify(text.text[start:end]).specificity is not None
            if not known and (wishful or _WISH.match(text.text, start, end)):
                continue
            if not plainly and _ACTS.search(text.text[start:end]):
                continue  # "Reason for treatment: massage reduces the pain of fibromyalgia"
            if coded is not None and start >= coded.end() and not known:
                continue  # the next line of a paper, not the answer
            if known or (not (beyond or afterthought) and (plainly or tells_of_the_body(text.text[start:end]))):
                yield start, end, sure


def _in_its_row(text: AnnotatedText, item: Labelled) -> Span | None:
    """What stands beside a label without a sign, where what stands below it is the label of the next row: "Dx     LBP"
    over "Imaging   X-ray"."""
    if item.sign or item.place != "below" or item.value is None:
        return None
    own = text.lines[text.line_index(item.label.start)].cells
    below = text.lines[text.line_index(item.value.start)].cells
    if len(own) != _COLUMNS or len(below) != _COLUMNS or own[0].start != item.label.start:
        return None
    same = all(abs(a.box.left - b.box.left) < _SAME_EDGE for a, b in zip(own, below, strict=True))
    return Span(own[1].start, own[1].end) if same and _named_in(own[1].text) else None


def _named_in(words: str) -> bool:
    return conditions.classify(words).specificity in ("named", "coded") or _CODE_IN.search(words) is not None


_CODE_IN = re.compile(r"\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")
_COLUMNS = 2
_SAME_EDGE = 0.01  # of the page's width
_ACTS = re.compile(
    r"\b(?:reduc|reliev|treat|improv|help|prevent|eas|lower|strengthen|support|correct|control|restor|keep|allow|slow|"
    r"lessen|calm|manag|alleviat|mitigat)(?:e?s|en)\b",
    _I,
)
_CODES_ALONE = re.compile(
    r"[ \t]*(?:(?:icd\W{0,2}10\W{0,2}(?:cm)?|codes?)\W*)?[(\[]?[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?[)\]]?"
    r"(?:(?:\s*[,;/&]\s*|[ ]+and[ ]+)[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)*[ \t.]*\n"
)
"""An answer that names codes and nothing else on its line: "Dx: I87.2"."""
_OPENS_ENTRY = re.compile(r"(?:^|\n)[\s•●▪◦*·–-]*(?:\d{1,2}[.)]\s*)?(?:(?:an?|the|his|her|their)\s)?$", _I)
_LABEL_AHEAD = re.compile(r":|\t|\s{3,}")
_PLAINLY = re.compile(r"diagnos|\bdx\b|impression|condition|problem|assessment|indication|illness|disease", _I)
"""Labels that ask for nothing but an illness, in whatever words; "reason for the visit" is answered by others too."""


_ONE_PROBLEM = re.compile(r"(?:\w+ )?(?:problem|illness|disease|complaint)s?", _I)


def _asks_else(text: AnnotatedText, item: Labelled) -> bool:
    """Whether the label only ends a question about something else ("How does it help this condition?"), or heads one
    column of a table, whose entries are read with their codes."""
    if not item.sign and _ONE_PROBLEM.fullmatch(text[item.label]):
        return True
    cell = text.cell_at(item.label.start)
    if not item.sign.startswith("?"):
        return cell is not None and _HOW.search(text.text, cell.start, item.label.start) is not None
    return cell is None or re.search(r"[A-Za-z]{2}", text.text[cell.start : item.label.start]) is not None


_HOW = re.compile(
    r"\b(?:how|why|in what way|(?:will|would|does|do|can) (?:it|this|the \w+|\w+) (?:help|treat|improve|alleviat|"
    r"reliev)\w*)\b",
    _I,
)
_WISH = re.compile(
    r"\W*(?:(?:the )?(?:patient|pt|client|member|she|he|they|no (?:specific )?(?:illness|disease|condition)\W*) )?"
    r"(?:(?:also |just |really )?(?:wants?|wish(?:es)?|would like|desires?|hopes?|wanting|wishing|looking|likes)\b|"
    r"to (?:get|stay|be|feel|look|lose|tone|keep|become|live)\b|(?:stay|staying|get|getting|keep|keeping|feel|look|"
    r"be|being) (?:\w+ )?(?:fit|active|healthy|healthier|in shape|young\w*|strong\w*|better|trim|toned|slim\w*)\b|"
    r"(?:general |overall |physical |better |improved? |more )?(?:fitness|wellness|well-?being|health|toning|"
    r"flexibility|stamina|energy|appearance|conditioning)\b(?! (?:\w+ )?(?:disorder|anxiety|deficiency)))",
    _I,
)
"""A wish in the place of an illness: "wants to tone up", "general fitness"."""


def tells_of_the_body(words: str) -> bool:
    """Whether words that no lexicon knows as an illness say what ails somebody: a part of the body, and what is wrong
    with it ("worn-out hip", "a shoulder muscle that tore")."""
    kinds = [illness_words.part(word) for word in re.findall(r"[A-Za-z][A-Za-z-]{2,}", words)]
    known = sum(kind is not None for kind in kinds)
    return "disease" in kinds or known > 1 or (known == 1 and WRONG_WITH_IT.search(words) is not None)


_FIRST_CLAUSE = re.compile(r"[^,;:.()\[\n\t–—]+(?:\([^()\n]{1,24}\)[^,;:.()\[\n\t–—]+)?")
_WHAT_FOLLOWS = re.compile(r",\s+(?:left|right|bilateral|both|upper|lower|unspecified|other)[^,;.:()\n]{0,30}", _I)
_TOLD_BY_SOMEBODY = re.compile(
    r"(?:see|she|he|they|i|we|it|this|that|these|patient|pt|mr|mrs|ms|please|because|when|as|to|for|so|there|none|no|"
    r"not|"
    r"the patient|your|our|my|each|every|today|ask\w*|claim|treat\w*|prescri\w+|recommend\w*|order\w*)\b|"
    r".*\b(?:i|we|claim|letter|request\w*|prescri\w+|recommend\w*|please|session\w*|per week|weekly|program)\b",
    _I,
)
_CLAUSE_WORDS = 11


def _in_own_words(text: AnnotatedText, start: int, end: int) -> tuple[int, int] | None:
    """The first clause of an entry that goes on to talk: "A shoulder muscle that tore by itself, no injury; ..."."""
    lead = _LEAD.match(text.text, start, end)
    article = re.compile(r"(?:an?|the|his|her|their)\s", _I).match(text.text, lead.end() if lead else start, end)
    first = article.end() if article else lead.end() if lead else start
    clause = _FIRST_CLAUSE.match(text.text, first, end)
    if clause is None:
        return None
    last = clause.end()
    site = _WHAT_FOLLOWS.match(text.text, last, end)
    last = site.end() if site else last
    words = text.text[first:last]
    if _TOLD_BY_SOMEBODY.match(words) or not 1 < len(words.split()) <= _CLAUSE_WORDS or not tells_of_the_body(words):
        return None
    if any(first <= name.start < last and _is_named(text[name]) for name in illness_phrases(text)):
        return None  # told of in running text, by its name
    return _bare_words(text, first, last)


def _is_named(name: str) -> bool:
    return conditions.classify(name).specificity in ("named", "coded")


_LABEL_BELOW = re.compile(r"\n(?=[a-z][\w /]{0,18}:\s)")  # "last in: 3/4/2021": forms in small letters have labels too
_PIECE = re.compile(r"\s*(?:[;\n\t]|,(?=\s*(?:[A-Z]|and\b|[a-z]))|\s/\s|\band\b(?= [A-Z]))\s*")
_LEAD = re.compile(
    r"\??(?:#?\d{1,2}:\s|(?:and|or|&)\s|[\s•●▪◦*·()\[\].,:;#–—-]|\d{1,2}[.)]\s|\(?[a-z][.)]\s|(?:icd[\s-]?10(?:-?cm)?|"
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
_SINCE = re.compile(r"[\s,]+(?:ever )?since (?:the|last|her|his|birth|about|early|late|\w+ )?\W*\w+.*$", _I)
_NO_TEXT = re.compile(
    r"(?:ruled out|resolved|in remission|excluded|suspected|possible|not present|n/?a|none|"
    r"onset|status|date|description|noted|year|comments?|provider|resolved|none\b.*|"
    r"(?:please )?(?:see|refer(?: back)? to|per|same as|as (?:in|stated|given|noted|per)|cf\.?)\b[^,;:]{0,40}|"
    r"(?:as |the )?(?:above|same|ditto)(?: as)?\b[^,;:]{0,20}|icd\W*(?:9|10)?\W*(?:cm)?(?: codes?)?|unknown|tbd|"
    r"same|yes|no|x|"
    r"self)\W*",
    _I,
)


def _pieces(text: AnnotatedText, start: int, end: int, codes: list[Extraction]) -> Iterator[tuple[int, int]]:
    """The diagnoses that a labelled place lists, without codes, numbers and bullets."""
    spans: list[tuple[int, int]] = []
    for first, last, talks in _sentences_of_names(text, start, end):
        if talks:
            told = _in_own_words(text, first, last)
            spans += [told] if told and not any(told[0] <= (e.evidence[0].start or 0) < last for e in codes) else []
            continue
        bare = (_bare_words(text, *piece) for piece in _listed(text, first, last, codes))
        spans += [span for span in bare if span and not _is_aside(text, *span)]
    index = 0
    while index < len(spans):
        first, last = spans[index]
        # "Osteoarthritis, left knee": what no lexicon knows alone belongs to what stands before it
        while index + 1 < len(spans) and _belongs(text, (first, last), spans[index + 1]):
            last, index = spans[index + 1][1], index + 1
        last = _without_values(text, first, last)
        if last > first:
            yield first, last
        index += 1


_VALUE = re.compile(
    r"(?P<lead>^|[\s,;]*[,;(]|\s[–—-]\s|\s(?=with\b))(?:[A-Za-z0-9/'’ -]{0,50}?[\s:=<>≤≥~(]+)??\d+(?:\.\d+)?\s?"
    r"(?:mg|ng|pg|mcg|µg|g|mmol|nmol|meq|m?iu|u|k|cells)/(?:d|m|k|µ)?l\b.*$",
    _I | re.DOTALL,
)


def _without_values(text: AnnotatedText, start: int, end: int) -> int:
    """Where a diagnosis ends and what was measured begins: "Pure hyperglyceridemia, triglycerides 512 mg/dL". What is
    nothing but a measured value ends where it begins."""
    value = _VALUE.search(text.flat[start:end])
    return end if value is None else start + value.start()


_UNSETTLED = re.compile(
    r"(?:(?:exact |the )?(?:type|kind|side|cause|site|nature|origin|stage|pattern|location)\b.*\b(?:never|not|un\w+|"
    r"isn['’]t)|of no (?:particular|named))\b",
    _I,
)
"""What is not known of the illness before it."""
_ASIDE = re.compile(
    r"(?:now|currently|since|after|in (?:follow|remission|19|20)|seen|confirmed|diagnosed|treated|first|still|for the|"
    r"on (?:mri|ct|"
    r"x-?ray|imaging|exam|films?)|onset|known|followed|found|not (?:yet )?(?:established|confirmed|proven)|awaiting|"
    r"pending)\b|"
    r"(?:[A-Z]{2,4}|\w+ology) to (?:see|eval|follow|decide|assess|review)\b",
)
"""What is told of the illness before it."""


def _is_aside(text: AnnotatedText, start: int, end: int) -> bool:
    if _UNSETTLED.match(text.text, start, end):
        return True
    told = _ASIDE.match(text.text, start, end) is not None
    return told and conditions.classify(text.text[start:end]).specificity is None


def _sentences_of_names(text: AnnotatedText, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The entries and sentences of a labelled place, and whether somebody talks in them."""
    place = start
    opens = True
    for match in (
        *re.finditer(r"(?P<stop>[.]\s+(?=[A-Z(]))|\n(?=\d{1,2}[.)]\s|\s*[•●▪◦*·–-]\s)", text.text[start:end]),
        None,
    ):
        last = start + match.start() if match else end
        part = text.text[place:last]
        talks = TALKS.search(part) is not None and len(part.split()) > _TALK
        if opens or not talks:
            yield place, last, talks
        opens = match is not None and match["stop"] is None
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
    if re.search(r"[A-Za-z]", between) or _ASIDE.match(text.text, *other):
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
    since = _SINCE.search(text.text[start:end])
    if since and tells_of_the_body(text.text[start : start + since.start()]):
        end = start + since.start()
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
