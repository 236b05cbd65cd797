"""Which words a code stands for, where code and words are an entry of a list, a table or a form.

In such places the words need not be known: "lipids up  E78.5", "tired blood, D64.89". In running text only names of
illnesses count, for where such a wording begins nothing tells.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.text.asking import asks_for_treatment
from docscan.extraction.text.code_shape import CODE_SHAPE
from docscan.extraction.text.form_rows import head_over
from docscan.extraction.text.illness_phrases import illness_phrases
from docscan.extraction.text.relatives import RELATIVE
from docscan.extraction.text.standing import is_status, status_of
from docscan.reference import conditions, illness_words

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText
    from docscan.extraction.text.lines import Cell

_I = re.IGNORECASE
_LEAD = re.compile(
    r"(?:[\s•●▪◦*·()\[\].,:;#–—/&>-]|☐|☒|☑|\[[xX ]\]|\d{1,2}(?:\.\d{1,2})?[.)]?\s|\(?[a-zA-Z][.)]\s|"
    r"(?:icd[\s-]?(?:10|9)?(?:-?cm)?|dx|codes?|diagnos[ie]s|primary|secondary|principal|also|and|or|problem|assessment|"
    r"description|see)\b\s*(?:codes?|diagnos[ie]s|dx)?\s*\d?\s*[:#-]+\s*|(?:and|also|or|the|an?|no)\s)*",
    _I,
)
_TAIL = re.compile(r"(?:[\s,;:.(\[–—/&-]|\b(?:icd[\s-]?10(?:-?cm)?|dx|codes?|and|or|w/|with|of|the)(?=\W*$))*$", _I)
TALKS = re.compile(
    r"\b(?:she|he|they|we|i|it|is|was|were|are|has|have|had|been|will|would|that|which|who|because|came|shows?|called|"
    r"carried|lives?|suffers?|struggles?|copes?|deals|battles?|experiences?|requires?|needs?|remains?|continues?|"
    r"presents|exhibits|demonstrates|complains?|developed|sustained|underwent|manages|seeks?|concerns|request|letter|"
    r"claim|mrs?|ms|miss|dr|takes?|took|please|her|his|you|your|my|our|but|if|when|today|sent|billed|code|fax|"
    r"phone|npi|page|"
    rf"{RELATIVE}|resolved|ruled|active|inactive|mg|mcg)\b",
    _I,
)
CUES = re.compile(
    r"(?:\W*\b(?:no|neither|nor|never|not|denies|denied|without|possible|probable|suspected|suspicion of|suspect|"
    r"r/o|rule out|ruled out|"
    r"evidence of|"
    r"(?:personal |past |family )?(?:history|hx) of|(?:notable|significant|remarkable) for|h/o|s/p|status post|prior|"
    r"previous|known|longstanding|presumed|"
    r"likely|"
    r"to prevent|prevention of|progression to|risk (?:of|for)|negative for|questionable|"
    r"\d+[- ]?(?:yo|y/o|year[- ]old)\s+(?:m|f|male|female|man|woman|lady|gentleman)|yo [mf]|with)\b\s*)+",
    _I,
)
"""What stands before a name and says how it is meant: no part of it."""
_MOST = 14  # words of an entry


def entry_of(
    text: AnnotatedText, start: int, end: int, code: Extraction, *, between: tuple[int, int]
) -> tuple[int, int] | None:
    """Where the words of a code's entry stand. `between`: the end of the code before and the start of the one after."""
    cell = text.cell_at(start)
    if cell is None:
        return None
    bracketed = _BRACKETS.match(text.text, end, cell.end)
    if bracketed and (found := _words(text, *bracketed.span("words"), code, behind=False)) is not None:
        return found
    first = max(cell.start, between[0])
    sentence = text.sentence_at(start)
    if TALKS.search(text.flat, sentence.start, start):
        return _told_of(text, max(sentence.start, between[0]), start, code)
    before = _words(text, first, start, code, behind=False)
    if before is not None or re.search(r"[a-z]{3}", text.text[first:start]):
        return before
    rest = _words(text, end, min(cell.end, between[1]), code, behind=True)
    if rest is not None or re.search(r"\w", re.sub(CODE_SHAPE, "", text.text[end : cell.end])):
        return rest
    return _in_next_cell(text, cell, code, between)


_TELLS = re.compile(r"(?:\b(?:is|are|has|have|had|carr(?:y|ies))|\b(?:it|that)['’]s)\s+", _I)
_NO_NAME = re.compile(
    r"\s*(?:(?:not|\w+ed|\w+ing|on|in|at|to|from|after|with|by|because)\b|.*(?:[,;:.()\n]|['’]s\s))", _I
)


def _told_of(text: AnnotatedText, first: int, start: int, code: Extraction) -> tuple[int, int] | None:
    """In running text, words of the writer's own right before a code in brackets, where no name of an illness stands
    there: what follows "has", "is" or "for", else the clause itself ("stops breathing at night (G47.33)")."""
    opening = re.search(r"[ ,]*[(\[]$|,\s$", text.text[max(first, start - 4) : start])
    if opening is None:
        return None
    bracket = opening.group()[-1] in "(["
    last = max(first, start - 4) + opening.start()
    if any(first <= name.start and last - 2 < name.end <= last for name in illness_phrases(text)):
        return None
    told = [verb.end() for verb in _TELLS.finditer(text.flat, first, last)]
    if told and not TALKS.search(text.flat, told[-1], last):
        found = _words(text, told[-1], last, code, behind=False)
        plain = bracket and not _NO_NAME.match(text.flat, told[-1], last)
        if found is not None and (plain or _agree(text.text[slice(*found)], code)):
            return found
    if not bracket:
        return None
    return _in_lay_words(text, first, last, code)


_CLAUSE = re.compile(
    r"[.;:,()\t]\s|\n\n|\b(?:and|but|because|while|so|plus)\s(?=(?:she|he|her|his|the|an?|of|by|for|with)\b)", _I
)
_LEADS_IN = re.compile(
    r"[\s•●▪◦*·–—-]*(?:(?:and|also|but|or|plus|lastly|finally|then|now|still|both)\s+)*"
    r"(?:(?:(?:she|he|they|the patient|pt|mrs?\.?|ms\.?|miss)(?-i:\s[A-Z]\w+)?\s+)?(?:(?:also|now|still|often|"
    r"currently|further)\s+)*"
    r"(?:(?:has|have|had|is|are|gets?|lives|suffers?|struggles|sees? (?:me|us)|comes? to (?:me|us)|came to (?:me|us)|"
    r"was|"
    r"been|being|seen|treated|followed|troubled|bothered|plagued|limited|left|referred|sent)\s+)*"
    r"(?:(?:by|for|with|from|of|about|because of)\s+)?)?(?:(?:an?|the|her|his|their|of|by|for|with)\s+)*",
    _I,
)
_TALK_OF_PAPER = re.compile(
    r"\b(?:i|we|you|your|our|my|letter|claim|form|request\w*|prescri\w+|recommend\w*|order\w*|treat\w*|bill\w*|cod\w+|"
    r"diagnos\w+|enclosed|attached|visit\w*|session\w*|therap\w+|massage|exercise|program|years?|dated?|"
    rf"denies|denied|{RELATIVE}|\d[\d/.-]*)\b|\$",
    _I,
)
_LAY = 11  # words


WRONG_WITH_IT = re.compile(
    r"\b(?:sprain|strain|pinch|worn|wear|torn|tore|tear|broken?|bust|crush|crack|slip|bulg|herniat|inflam|irritat|"
    r"swoll|"
    r"swell|"
    r"stiff|sore|sour|weak|numb|tingl|ach(?:e|ing|y)|hurt|lock|jam|pull|tight|twist|bad|bum|trick|gone|failing|leak|"
    r"block|"
    r"clog|collaps|crook|thin|brittle|upset|nervous|restless|burning|itch|cramp|spasm|trapped|frozen|loose|unstable|"
    r"displac|dislocat|out of|degenerat|artificial|replaced|missing|damage|trouble|problem|flat|gave (?:way|out)|"
    r"giv(?:es|ing) (?:way|out)|wheez)[\w-]*",
    _I,
)
"""What lay words say is the matter with a part of the body."""
_DONE_BY_THE_BODY = re.compile(
    r"(?:breath\w*|sleep\w*|swallow\w*|walk\w*|eat\w*|hear\w*|dizz\w*|wet\w*|leak\w*|burn\w*|arches|voiding|"
    r"balance)",
    _I,
)


def _in_lay_words(text: AnnotatedText, first: int, last: int, code: Extraction) -> tuple[int, int] | None:
    """The clause before a code, without what leads to it, if it is short and speaks of nothing but the body."""
    cuts = [cut.end() for cut in _CLAUSE.finditer(text.flat, first, last)]
    begins = cuts[-1] if cuts else first
    lead = _LEADS_IN.match(text.flat, begins, last)
    begins = lead.end() if lead and lead.end() < last else begins
    words = text.flat[begins:last]
    if not 1 < len(words.split()) <= _LAY or _TALK_OF_PAPER.search(words) or re.match(r"(?:no|not|never)\b", words, _I):
        return None
    if any(begins <= name.start < last and _may_be(text[name], code) for name in illness_phrases(text)):
        return None
    known = any(
        illness_words.part(word) or _DONE_BY_THE_BODY.fullmatch(word) for word in re.findall(r"[A-Za-z]{3,}", words)
    )
    return (begins, last) if known else None


def _agree(name: str, code: Extraction) -> bool:
    """Whether a name says what a code stands for."""
    told = code.resolved or {}
    if code.value is None or "valid_on" not in told:
        return False
    return conditions.agrees(name, str(code.value), date.fromisoformat(str(told["valid_on"]))) is True


def _may_be(name: str, code: Extraction) -> bool:
    """Whether a name of an illness may be what a code stands for."""
    told = code.resolved or {}
    if code.value is None or "valid_on" not in told:
        return True
    said = conditions.agrees(name, str(code.value), date.fromisoformat(str(told["valid_on"])))
    return said is True or (said is None and conditions.classify(name).specificity in ("named", "coded"))


_BRACKETS = re.compile(r"\s?\((?P<words>[^()\n]{4,90})\)")


def _in_next_cell(
    text: AnnotatedText, cell: Cell, code: Extraction, between: tuple[int, int]
) -> tuple[int, int] | None:
    line = text.lines[text.line_index(cell.start)]
    following = next((c for c in line.cells if c.start >= cell.end), None)
    if following is not None and (head := head_over(text, following)) and asks_for_treatment(head.text):
        following = None  # what is done about it
    if following is not None and following.start < between[1] and not is_status(following.text):
        found = _words(text, following.start, min(following.end, between[1]), code, behind=True)
        if found is not None:
            return found
    previous = next((c for c in reversed(line.cells) if c.end <= cell.start), None)
    if previous is None or previous.start < between[0] or is_status(previous.text):
        return None
    alone = not re.search(r"[A-Za-z]{2}", re.sub(r"[A-Z]\d\w(?:\.\w{1,4})?", "", cell.text))
    return _words(text, previous.start, previous.end, code, behind=False) if alone else None


def _words(text: AnnotatedText, start: int, end: int, code: Extraction, *, behind: bool) -> tuple[int, int] | None:
    printed = text.text[start:end]
    cut = re.split(r";|:\s+|\[[ xX_]?\]|☐|☒|\.\s+(?=[A-Z])|\t|\.{3,}|\s[–—-]{2,}\s(?=\w+ \w+ )", printed)
    if behind:
        piece, offset = cut[0], 0
        if re.match(r"\s*[.)\]]?\s*$", piece) or re.match(r"[.)\]]?[.]\s", piece):
            return None
        if re.match(r"[)\]]?,\s", piece) and not _opens_an_entry(text, start, start + len(piece)):
            return None
        told = _RELATIVE_CLAUSE.search(piece)
        piece = piece[: told.start()] if told else piece
    else:
        piece, offset = cut[-1], len(printed) - len(cut[-1])
    lead = _LEAD.match(piece)
    first = lead.end() if lead else 0
    tail = _TAIL.search(piece)
    last = tail.start() if tail else len(piece)
    if last <= first or piece[last:].lstrip().startswith(":"):
        return None
    cues = CUES.match(piece, first, last)
    first = cues.end() if cues and cues.end() < last else first
    words = piece[first:last]
    rank = RANKED.search(words)
    if rank:
        last = first + rank.start()
        words = piece[first:last]
    status = _STATUS.search(words)
    if status and status_of(status["words"]) is not None:
        last = first + status.start()
        words = piece[first:last]
    birth = _FROM_BIRTH.search(words)
    if birth:
        last = first + birth.start()
        words = piece[first:last]
    measured = _MEASURED.search(words)
    if measured:
        last = first + measured.start()
        words = piece[first:last]
    if words.count("(") > words.count(")"):
        last = first + words.rindex("(")
        words = piece[first:last].rstrip(" ,")
    if not _names_it(words) and not (behind and _is_a_row(text, start, words)):
        return None
    begins = start + offset + first
    if "\n" in text.text[begins - 2 : begins] or begins == text.lines[text.line_index(begins)].start:
        whole = next((name for name in illness_phrases(text) if name.start < begins < name.end), None)
        begins, words = (whole.start, text.text[whole.start : begins + len(words)]) if whole else (begins, words)
    return _last_of_several(text, begins, begins + len(words.rstrip(" ,")), code)


_FROM_BIRTH = re.compile(r"[\s,]+(?:(?:present|there|noted|seen|known) )?(?:at|since|from) birth\s*$", _I)
_MEASURED = re.compile(r"\s*\([^()]*\d[./]\d[^()]*\)\s*$")
"""A value or a date in brackets behind a name: "(TSH 6.8 on 3/28)"."""
RANKED = re.compile(
    r"(?:^|\s*[-–—(,]\s*)(?:primary|secondary|principal|tertiary)(?: (?:dx|diagnosis|encounter|problem))?\)?\s*$", _I
)
"""Which of several a diagnosis is, not what: "Chronic pain of both knees - Primary"."""
_RELATIVE_CLAUSE = re.compile(r"(?<=[a-z,])\s(?:that|which|who|whom|she|he|they|for which)\s", _I)
_ENTRY_AHEAD = re.compile(r"(?:^|[;\n])[\s•●▪◦*·–-]*(?:\(?(?:\d{1,2}|[a-z])[.)]\s*)?$")
_CODE_NEXT = re.compile(r"[\s,(\[:–—-]*[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?!\w)")


def _opens_an_entry(text: AnnotatedText, end: int, last: int) -> bool:
    """Whether a code opens an entry of which the words behind its comma are the rest ("; K21.9, sour stomach;")."""
    line = text.lines[text.line_index(end)]
    code = re.search(r"[(\[]?\S+$", text.text[line.start : end])
    if code is None or not _ENTRY_AHEAD.search(text.text[line.start : line.start + code.start()]):
        return False
    return _CODE_NEXT.match(text.text, last) is None


_STATUS = re.compile(r"(?:\s+[–—-]{1,2}\s+|\s?—\s?|[:?]\s+)(?P<words>[A-Za-z][\w /'’-]{1,40})$")


def _names_it(words: str) -> bool:
    if not re.search(r"[A-Za-z]{2,}", words) or len(words.split()) > _MOST or TALKS.search(words):
        return False
    if not any(len(word) > 1 and illness_words.part(word) for word in re.findall(r"[A-Za-z]+", words)):
        return conditions.classify(words).specificity is not None
    return not _OUTCOME.search(words) and ":" not in words


_SAYS_MORE = re.compile(
    r"\b(?:i|we|you|your|our|my|billed|sent|resolved|ruled|active|inactive|mg|mcg|claim|letter|page|npi|phone|fax|"
    rf"called|will|would|please|{RELATIVE})\b",
    _I,
)


def _is_a_row(text: AnnotatedText, start: int, words: str) -> bool:
    """Whether words stand behind a code that opens its row: in anybody's words ("R53.2  cannot move her arms")."""
    line = text.lines[text.line_index(start)]
    ahead = re.sub(CODE_SHAPE, "", text.text[line.start : start])
    if re.search(r"[A-Za-z]{2}", re.sub(r"(?i)\b(?:icd\W*(?:10)?|dx|code)\b", "", ahead)):
        return False
    plain = len(words.split()) <= _MOST and not _SAYS_MORE.search(words) and not _OUTCOME.search(words)
    return plain and any(illness_words.part(word) for word in re.findall(r"[A-Za-z]{3,}", words))


_OUTCOME = re.compile(r"\b(?:negative|pending|excluded|stopped|gone(?=\W*$|,)|family (?:hx|history)|fine|stays?)\b", _I)


def _last_of_several(text: AnnotatedText, start: int, end: int, code: Extraction) -> tuple[int, int]:
    """Of several illnesses before a code, the last, unless the first is what the code stands for."""
    inside = [name for name in illness_phrases(text) if start <= name.start and name.end <= end]
    if len(inside) < 2 or not re.search(
        r"[,;/]|\b(?:and|or|vs|versus)\b", text.text[inside[-2].end : inside[-1].start]
    ):
        return start, end
    told = code.resolved or {}
    if code.value is None or "valid_on" not in told:
        return start, end
    on = date.fromisoformat(str(told["valid_on"]))
    if conditions.agrees(text[inside[0]], str(code.value), on) is not False:
        return start, end
    return inside[-1].start, end
