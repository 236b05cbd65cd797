"""How an entry of a list tells in a few words that it is over: what cured it, that it passed, when it was last there.

"Cataract, s/p phaco 2018", "Hepatitis C, SVR achieved 2016", "Gout, last attack 2006". An operation ends only what it
takes away; a last attack ends an illness only where it is years back and nothing is taken for it now.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from docscan.extraction.text.code_shape import CODE_SHAPE

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_I = re.IGNORECASE
_YEAR = r"(?:(?:\d{1,2}/){1,2}|(?:in |of |by )?(?:[A-Z][a-z]{2,8}\.? )?)(?:19|20)\d\d"
_ENTRY = re.compile(r"[^.;\n\t]{0,90}")
_CURES = tuple(
    (re.compile(rf"\b(?:{illness})", _I), re.compile(rf"\b(?:{cure})", _I))
    for illness, cure in (
        (r"appendic", r"appy\b|append\w*ectomy"),
        (
            r"chole|gallstones?|gall ?bladder|biliary colic",
            r"(?:lap\w* )?chole\b|cholecystectomy|(?:gb|gall ?bladder) (?:was )?(?:out|removed|taken out)",
        ),
        (r"cataract", r"phaco|cataract (?:surgery|extraction|removal)|iol\b|lens implant"),
        (r"carcinoma|melanoma|skin cancer|bcc|scc|lipoma|cyst\b|ganglion", r"mohs|excised|excision|removed\b"),
        (r"carpal|trigger|tarsal tunnel|de quervain", r"released?\b|ctr\b"),
        (r"hernia|torn|tear|rupture|deviated", r"repaired\b|repair\b|septoplasty"),
        (r"fibroid|menorrhagia|adenomyosis", r"hysterectomy|tah\b"),
        (r"tonsil|adenoid", r"t ?& ?a\b|tonsillectomy|adenoidectomy"),
        (r"stones?\b|calcul|nephrolith|urolith", r"lithotripsy|eswl|ureteroscopy|passed\b"),
        (r"h\.? ?pylori|helicobacter", r"eradicat\w*|test of cure neg\w*"),
        (r"hep(?:atitis)? ?c\b|hcv", r"svr\b|sustained virologic|eradicat\w*"),
        (r"gestational|pre-?eclampsia|gravid|hyperemesis", r"delivered|postpartum\b|after delivery"),
        (r"graves|toxic goiter", r"thyroidectomy"),
    )
)
_NOT_YET = re.compile(
    r"\b(?:planned|scheduled|recommend\w*|refer\w*|consider\w*|pending|awaiting|needs?|declin\w*|await\w*|will|to be|"
    r"before|failed|recur\w*|again|still|persist\w*|residual|not|incomplete)\b",
    _I,
)
_DONE = re.compile(rf"{_YEAR}|s/p|status[- ]post|\bout\b", _I)
_SO = (
    rf"^[\s,:;(–—-]*(?:{_YEAR}[\s,:;)–—-]*)?(?:(?:treated|resolved)[\s,;]+)?"
    r"(?:(?:with|and|made|has|had|now|since|pt|he|she) )?"
)
_OVER = re.compile(
    rf"{_SO}(?:(?:full|normal) function(?: restored)?\b|(?:now )?(?:back|returned) to baseline(?=\s*(?:[,.;)]|$))|"
    r"(?:lifted|faded|passed|ran its course)(?= (?:by|in|after|with|over) )|"
    r"(?:treated|completed)\b[^.;\n]{0,40}?\b(?:off (?:all )?(?:anticoag\w*|warfarin|treatment|therapy|meds|"
    r"medications?|"
    r"antibiotics)|no (?:anticoag\w*|treatment|meds|medication) (?:now|since)))",
    _I,
)
_OVER_FOR_GOOD = re.compile(
    rf"{_SO}(?:(?:an? )?(?:full|complete|uneventful|total) (?:functional |and \w+ )?recovery\b|"
    r"recovered (?:fully|completely)|(?:has )?out ?gr[eo]wn?\b|(?:in infancy|in childhood|as an infant)(?: only)?"
    r"(?=\s*(?:[,.;)]|$))|(?:at |@ ?)?age \d{1,2}[\s,;]+none (?:after|since)|none (?:since|after|now|for (?:\w+ "
    r")?years|"
    r"in (?:>|over|the last|\d|many)\b)|(?:d/?c['’]?d|dropped|removed|taken|came|come|struck|retired|discontinued|"
    r"gone) "
    r"(?:off|from|out of) (?:the |her |his |my |our )?(?:active |problem |dx )*list\b|"
    r"(?:problem|entry|episode|case|chapter) closed\b)",
    _I,
)
_LAST = re.compile(
    r"^[\s,:;(–—-]*(?:the |her |his )?(?:last|final|only|single|one) (?:known |ever )?(?:attack|episode|flare|bout|"
    r"spell|"
    rf"seizure|recurrence|event|stone|one|infection|in)\b[\s:,-]*(?:was |occurred )?{_YEAR}",
    _I,
)
_LAST_OF = re.compile(
    r"\b(?:last|final|only|single) (?:known |ever )?(?:attack|episode|flare|bout|spell|event) of (?:the |her |his )?$",
    _I,
)
_TAKEN = re.compile(r"\b(?:on|takes|taking|continues?|cont|remains? on|using|current\w*)\b", _I)
_AGO = 4  # years without an attack after which an illness of attacks is over


def is_ended(text: AnnotatedText, start: int, end: int) -> bool:
    """Whether the few words behind an entry end it; of nothing that seldom ends, unless it was taken away."""
    from docscan.reference import conditions

    own = re.match(rf"[\s,:–—-]*[(\[]?\s*{CODE_SHAPE}\s*[)\]]?(?![\w.])", text.flat[end : end + 20])
    place = end + own.end() if own else end
    behind = _ENTRY.match(text.flat, place)
    said = behind.group() if behind else ""
    line = text.lines[text.line_index(start)]
    named = text.text[start:end] if re.search("[a-z]{3}", text.text[start:end], _I) else text.text[line.start : start]
    if not _NOT_YET.search(said):
        cured = any(illness.search(named) and cure.search(said) for illness, cure in _CURES)
        if cured and _DONE.search(said) and re.match(r"[\s,:;()–—-]|s/p", said):
            return True
        if _OVER_FOR_GOOD.match(said) or (_OVER.match(said) and not conditions.lasts(named)):
            return True
    last = _LAST.match(said)
    if last is None and _LAST_OF.search(text.flat[max(0, start - 60) : start]):
        last = re.match(rf"\s*(?:was |occurred )?{_YEAR}", said)
    if last is None or _TAKEN.search(said):
        return False
    return int(last.group()[-4:]) + _AGO < text.once("latest year told", lambda: _latest(text))


def _latest(text: AnnotatedText) -> int:
    this = date.today().year
    years = [int(found) for found in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text.text)]
    recent = max((year for year in years if year <= this), default=this)
    return recent if len(set(years)) > 1 else this
