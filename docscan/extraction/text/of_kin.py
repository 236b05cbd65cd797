"""Whether a clause tells of a relative's illness where the relative stands elsewhere than right before its name.

Three ways: the illness is what acts ("dementia runs on both sides of his family", "a stroke took two of the men in her
family"), the family is where it is ("comes from a family in which gout is common"), or somebody was lost, nursed or
watched through it ("buried two brothers after strokes"). What the patient shares with them is the patient's own.
"""

from __future__ import annotations

import re

from docscan.extraction.text.feared import is_hers
from docscan.extraction.text.relatives import FAMILY, any_of

_I = re.IGNORECASE
_RELATED = (
    r"\b(?:relatives|kin(?:folk|sfolk|sman|smen|swoman)?|forebears|ancestors|elders|bloodline|first-degree relative|"
    r"(?:every|each|last|older|previous|earlier|prior) generations?|(?:both|either|one|that|mother['’]s|father['’]s|"
    r"maternal|paternal) sides?(?: of (?:the|her|his|their) (?:family|tree))?)\b"
)
_FAMILY = (
    r"\b(?:family|families|household|clan|family tree|family line)\b(?! (?:medicine|practice|doctor|physician|care))"
)
_KIN = rf"(?:{any_of(*FAMILY)}|{_RELATED}|{_FAMILY})"
_WHOSE = r"(?:her|his|their|my|the|a|an|whose|the patient['’]s|pt['’]s|[A-Z][\w-]+['’]s)"

_ACTS = (
    r"(?:(?:has|have|had|which|that|what|already|also|since|long|eventually|would|so)\s+)*"
    r"(?:runs?|ran|running|took|takes?|taken|claim(?:s|ed)|kill(?:s|ed)|ended|struck|carried|cost|robbed|plague[sd]?|"
    r"afflict(?:s|ed)|affect(?:s|ed)|befell|befallen|felled|finished|overtook|caught up with|hit|visited|haunt(?:s|ed)|"
    r"did to|do(?:es)? to|done to|cut short|brought down|goes|went|passed|shows up|turns up|crops up|appears|occurs|"
    r"(?:is|was|are|were|has been|have been|be)(?: \w+){0,4}? (?:in|on|among|throughout|across|for|of|to))\b"
)
_ACTS_ON_KIN = re.compile(
    rf"\s*(?:\([^()]*\)\s*)?{_ACTS}(?P<between>(?:\s+(?!(?:he|she|they|the patient|pt|patient|him|them|i|"
    rf"we)\b)[\w'’-]+)"
    rf"{{0,7}}?)\s+(?:{_WHOSE}\s+)?(?:[\w-]+\s+)?{_KIN}",
    _I,
)
_OPENS = re.compile(
    r"(?:^|[.;:(–—]\s*|,\s+|\b(?:that|what|how|and|but|where|because|since|as|when|saw|seen|watched|knows?|view of)\s+)"
    r"\W*(?:(?!(?:he|she|they|patient|pt|has|have|with|of|her|his|for|from|to|by)\b)[\w-]+\s+){0,3}$",
    _I,
)
_IN_A_FAMILY = re.compile(
    rf"(?:\b(?:comes?|came|stems?|descends?|hails?|is|was)\s+(?:from|of|born into)\s+(?:\w+\s+){{0,3}}?(?:family|"
    rf"families|"
    rf"line|stock|people)\b|\b(?:a|the|whose|his|her|their)\s+(?:\w+\s+)?{_FAMILY}\s+(?:in which|where|with|has|have|"
    rf"had|"
    rf"is|suffers?|carries|shares?|riddled|marked|full of|prone|history)|\bin\s+(?:his|her|their|the)\s+(?:\w+\s+)?"
    rf"{_FAMILY}|\b(?:men|women|members|many|most|several|some|others|everyone|everybody|people|two|three|four|half)\s+"
    rf"(?:\w+\s+)?(?:of|in|on)\s+(?:his|her|their|the)\s+(?:\w+\s+)?{_KIN})[^;]*$",
    _I,
)
_SUFFERED_WITH = re.compile(
    rf"\b(?:lost|buried|nursed|outlived|mourn(?:s|ed)|watched|saw|seen|cared for|looked after|sat with|said goodbye to|"
    rf"succumbed|died|dead|passed(?: away)?|taken from)\b[^;]*\b{_KIN}[^;]*$|\b{_KIN}\b[^;]*\b(?:succumbed|died|passed|"
    rf"perished|taken|lost|fell ill|living with|lives? with|liv(?:e|ed) with)\b[^;]*$",
    _I,
)
_OF_THE_PATIENT = re.compile(
    r"\b(?:(?:he|she|they|patient|pt|i)\s+(?:\w+ly\s+|also\s+|now\s+|too\s+|himself\s+|herself\s+|in turn\s+)*"
    r"(?:ha[sd]|have|is|was|suffer\w*|develop\w*|carr\w+|inherit\w*|shares?|lives?|needs?|began|continues?|struggles?|"
    r"requires?|takes?|receives?)|(?:mr|mrs|ms|miss|dr)\.? [\w'’-]+ (?:\w+ )?(?:has|had|is|was|suffer\w*|develop\w*|"
    r"inherit\w*)|i (?:treat|follow|see|manage)|himself|herself|his own|her own|inherit\w*|diagnosed with|"
    r"\band (?:\w+ ){0,3}(?:has|is|suffers|developed)|"
    r"like (?:his|her|their)|as (?:did|had|has|do|have) (?:his|her))\b",
    _I,
)
_TOO = re.compile(
    r"\b(?:he|she|they|the patient) (?:\w+ )?(?:has|have|had|got|developed|inherited|shares?) (?:\w+ )?(?:it|this|"
    r"them|the "
    r"same|one)\b|\b(?:himself|herself|as well|likewise|too|included|no exception|in turn|and (?:he|she|they) (?:is|"
    r"has|was)(?! (?:\w+ )?(?:afraid|anxious|worried|concerned|keen|naturally|understandably|eager|free|well|"
    r"healthy)))\b|\balso\b",
    _I,
)


def is_of_kin(before: str, after: str) -> bool:
    """Whether it is told of the family alone. `before` and `after`: the rest of its sentence."""
    if _TOO.search(after) or re.search(r"\balso\b", before[-20:], _I):
        return False
    if _OPENS.search(before) and _ACTS_ON_KIN.match(after):
        return True
    if _OF_THE_PATIENT.search(_last_part(before)) or is_hers(before):
        return False
    return _IN_A_FAMILY.search(before) is not None or _SUFFERED_WITH.search(before) is not None


def _last_part(before: str) -> str:
    """From the last relative on: who lost a father may yet be the one who has it."""
    found = list(re.finditer(_KIN, before, _I))
    return before[found[-1].end() :] if found else before
