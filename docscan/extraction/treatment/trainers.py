"""What qualifies whoever gives the sessions, and that they report to the clinician."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from docscan.document import Extraction
from docscan.extraction.kinds.of_money import is_bill, is_surely_bill
from docscan.extraction.text.instructions import is_instruction
from docscan.reference import credentials

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_FOUND_BY = "trainers"

_PROFESSION = (
    r"(?:(?:personal |fitness |athletic |strength |exercise |health |yoga |pilates |swim(?:ming)? |aquatic |"
    r"pelvic[- ]floor )?"
    r"(?:trainer|coach|instructor|teacher)|(?:medical |clinical |corrective |cancer )?exercise (?:specialist|"
    r"physiologist|trainer)|"
    r"(?:massage|lymphedema|yoga|hand|vestibular|aquatic|recreation(?:al)?|music|art|physical|"
    r"occupational) therapist|dieti[ct]ian(?: nutritionist)?|"
    r"nutritionist|kinesiologist|acupuncturist|(?:strength and )?conditioning specialist|diabetes educator|"
    r"bodyworker)"
)
_SPELLED = re.compile(
    rf"\b(?:(?:board[- ])?(?:certified|licensed|licenced|registered|accredited|credentialed)(?: and (?:licensed|"
    rf"certified|"
    rf"insured))?,? (?:(?:ACE|ACSM|NASM|NSCA|ISSA)[- ])?{_PROFESSION}|medical exercise specialist|"
    rf"(?:clinical )?exercise physiologist)s?\b",
    _I,
)
_OF_THE_WRITER = re.compile(
    r"\b(?:i am|i'm|i’m|as)\s+(?:\w+'s |(?:also |both )*)?(?:an?|her|his|their)?\s*(?:\w+\s+)?$|board[- ]$", _I
)  # fmt: skip
_NAME_BEFORE = re.compile(
    r"[A-Z][\w'’-]+(?: [A-Z]\.?)?(?: (?:de la |van der |de |St\. )?[A-Z][\w'’-]+)+(?:, ?[A-Z][\w.-]+)*, ?$"
)
_CERTIFIED_BY = re.compile(
    r"\bcertified (?:by|through|with) (?:the )?(?P<body>(?:ACSM|NASM|ACE|NSCA|ISSA|NCSF|AFAA|NFPT|PMA|NCBTMB|"
    r"American C\w+ (?:of|on) "
    r"[A-Z]\w+(?: [A-Z]\w+)?|National \w+ of [A-Z]\w+(?: [A-Z]\w+)?))\b"
)
_REPORTS = re.compile(
    r"\b(?:(?:personal |certified |fitness |medical |exercise )*(?:trainer|coach|instructor|"
    r"exercise (?:physiologist|specialist)|"
    r"program(?:me)? (?:staff|director)|therapist|dieti[ct]ian|specialist|staff|who|she|he|they|gym|center|"
    r"centre)\b[^.\n]{0,80}?\b(?:report\w*|"
    r"communicat\w+|updat\w+|send\w*|shar\w+|coordinat\w+|consult\w*|progress notes|in (?:close |"
    r"regular )?(?:contact|touch)|"
    r"faxe?s|forward\w*|call(?:s|ed)?|phones?)\b[^.\n]{0,70}?\b(?:me|my (?:office|clinic)|us|(?:the |her |"
    r"his )?(?:physician|doctor|provider|prescriber)|"
    r"(?:this|our) (?:office|clinic|practice)|care team|clinician)|"
    r"\b(?:i|we|my office|our office)\b[^.\n]{0,50}?\b(?:monitor|review|receive|get|coordinate|communicate|"
    r"consult|speak|confer|talk|meet)"
    r"\w*\b[^.\n]{0,60}?\b(?:trainer|coach|instructor|exercise (?:physiologist|specialist)|progress (?:reports?|"
    r"notes)|"
    r"session (?:logs?|notes))|"
    r"(?:progress|session|training) (?:reports?|notes|updates?|logs?|records?)[^.\n]{0,40}?\b(?:sent|provided|"
    r"forwarded|submitted|faxed|"
    r"come|mailed|go)\b[^.\n]{0,30}?\b(?:me|my|physician|office|provider|doctor|us))\b",
    _I,
)
_A_TRAINER = re.compile(
    r"\b(?:trainer|coach|instructor|exercise|gym|session|program|training|therapist|dieti[ct]ian|fitness|"
    r"specialist|led by)\w*\b",
    _I,
)


@cache
def _letters() -> re.Pattern[str]:
    """Letters that a trainer or a therapist bears, and certifying bodies with what they certify."""
    plain = [
        c for c in credentials.codes() if (k := credentials.look_up(c)) and k.trainer and not k.doubtful and len(c) > 2
    ]
    known = "|".join(
        re.escape(code).replace(r"\ ", r"[ -]")
        for code in sorted(plain, key=len, reverse=True)
        if not code.isalpha() or code.isupper()
    )
    return re.compile(
        rf"(?<![\w-])(?:(?:{known})|(?:ACSM|NASM|ACE|NSCA|ISSA|NCSF|AFAA)[- ](?:certified )?(?:CPT|CEP|EP-?C|CES|"
        rf"PES|CSCS|EP|RCEP|MES)|ACSM[- ][Cc]ertified [A-Za-z ]{{5,40}}?(?=[,.;\n])|(?:LMT|LMBT|RMT|CSCS|MES|CPT|"
        rf"CEP|RDN|RD|LDN|CDCES|"
        rf"ATC|C-IAYT|RYT|CLT))(?![\w-])"
    )


def trainers(text: AnnotatedText) -> Iterator[Extraction]:
    """trainer_credential and trainer_communication."""
    yield from _credentials(text)
    if is_surely_bill(text):
        return
    for match in text.find(_REPORTS):
        sentence = text.sentence_at(match.start())
        printed = text.flat[sentence.start : sentence.end]
        if printed and not is_instruction(printed) and _A_TRAINER.search(printed) and not printed.endswith("?"):
            told = " ".join(printed.split())
            yield text.extraction("trainer_communication", told, *sentence, found_by=_FOUND_BY, strength=0.85)


def _credentials(text: AnnotatedText) -> Iterator[Extraction]:
    bill = is_bill(text)
    for match in text.find(_letters()):
        printed = " ".join(match.group().split())
        known = credentials.look_up(printed)
        sentence = text.sentence_at(match.start())
        if is_instruction(text[sentence]) or (known is None and "-" not in printed and " " not in printed):
            continue
        licensed = known is not None and not known.trainer
        if _called_trainer(text, match.start(), match.end()):
            licensed, known = False, None if known is not None and known.doubtful else known
        if (licensed or (known is not None and known.doubtful)) and not _beside_a_trainer(
            text, match.start(), bill=bill
        ):
            continue
        yield text.extraction(
            "trainer_credential", credentials.normalise(printed) or printed, *match.span(),
            found_by=_FOUND_BY, strength=0.88,
            resolved={"clinical": known.clinical if known else None},
        )  # fmt: skip
    if bill:
        return
    for match in (*text.find(_SPELLED), *text.find(_CERTIFIED_BY)):
        sentence = text.sentence_at(match.start())
        printed = text.flat[sentence.start : sentence.end]
        writer = _OF_THE_WRITER.search(text.flat[max(sentence.start, match.start() - 40) : match.start()])
        if writer or is_instruction(printed) or text.box_state(match.start()) is False or len(printed.split()) < 4:
            continue
        words = " ".join(match.group().split())
        known = credentials.look_up(words)
        yield text.extraction(
            "trainer_credential", words, *match.span(), found_by=_FOUND_BY, strength=0.8,
            resolved={"clinical": known.clinical if known else None},
        )  # fmt: skip


_AS_TRAINER = re.compile(
    r"\b(?:coach|trainer|instructor|teacher|taught by|led by|run by|given by|sessions? with|train(?:s|ing)? with|w/)\W+"
    r"(?:(?:Ms|Mr|Mrs|Dr)\.? )?(?:[A-Z][\w'’.-]+ ){1,4}?$",
    _I,
)


def _called_trainer(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether the letters stand behind the name of one who is called a trainer: "Coach: A. Moss, LMT", "(trainer)"."""
    name = text.flat[max(0, start - 70) : start].rstrip(" ,") + " "
    after = re.match(r"[\s,]*\(?\s*(?:trainer|coach|instructor|therapist)\b", text.flat[end : end + 20], _I)
    return after is not None or _AS_TRAINER.search(name) is not None


def _beside_a_trainer(text: AnnotatedText, offset: int, *, bill: bool) -> bool:
    """Whether the letters follow the name of somebody who is spoken of: not the writer's own in the signature."""
    sentence = text.sentence_at(offset)
    before = text.flat[sentence.start : offset]
    name = _NAME_BEFORE.search(before)
    if name is None or bill:
        return False
    return bool(re.search(r"[a-z]{2,}\W*$", before[: name.start()])) or bool(
        re.search(r"[a-z]{3}", text.flat[offset + 2 : sentence.end])
    )
