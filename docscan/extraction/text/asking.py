"""What does a label, a heading or a question of a form ask for: what is prescribed?

It asks for it by what it means, not by how it is worded: it has a word for what is prescribed ("treatment", "service",
"ordered", "recommend", "Rx") and none for another question about it (when, how long, why, what was tried).
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
_ASKS = re.compile(
    r"\b(?:treatments?|therap(?:y|ies)|script|rec|recs|services?|items?|products?|equipment|devices?|rx|"
    r"prescriptions?|"
    r"prescrib(?:e|ed|es|"
    r"ing)|recommend(?:s|ed|ing|ations?)?|order(?:s|ed|ing)?|interventions?|suppl(?:y|ies)|plan of care|"
    r"(?:treatment|care) "
    r"plan|plan|a/p|program(?:me)?|expenses?|request(?:s|ed|ing)?|asking|ask(?:ed)? for|wanted|remed(?:y|ies)|"
    r"modalit(?:y|ies)|"
    r"proposed|sought|furnished|supplied|to (?:get|receive|have|do)|cover|medically necessary|tx|procedures?|"
    r"advised?|"
    r"(?:supplement|vitamin|medicine|medication|drug|food|diet)s?(?=,? (?:and|or|&|with|/) (?:its |"
    r"the )?(?:strength|brand|"
    r"dose)|\b[\w ,/]{0,30}\b(?:prescribed|recommended|ordered|advised|requested))|"
    r"(?<=name of )(?:the )?(?:supplement|vitamin|medicine|food|diet)s?)\b",
    _I,
)
_ASKS_OTHER = re.compile(
    r"\b(?:dates?|dated|start\w*|begin\w*|began|end(?:s|ing)?|stop|kick-?off|often|long|frequency|duration|length|"
    r"cost|costs|"
    r"amount|goals?|prior|previous\w*|past|tried|attempted|history|to date|so far|used|response|responding|"
    r"diagnos\w+|"
    r"conditions?|illness|disease|icd\w*|codes?|provider'?s?|physician'?s?|prescriber|doctor|practitioner|clinician|"
    r"signature|signed|sign|name|place|where|who|whom|when|number|no|minutes|hours|period|reasons?|rationale|purpose|"
    r"measur\w+|outcomes?|results?|alternatives?|comments?|remarks?|why|help|treats?|affect|how|not|social|customer|"
    r"payment|paid|price|quantity|qty|refills?|member|patient'?s?|participant|employee|subscriber|family|"
    r"relationship|"
    r"administrator|section|form|instructions?|days?|weeks?|months?|times?|visits?|schedule|term|goals|benefits?|"
    r"effects?|"
    r"already|current(?:ly)? (?:taking|medications?)|habits|medications?|meds|hx|allerg\w+|education|follow|"
    r"health plan|"
    r"claim|"
    r"reviewer|committee|insurance|out|attach\w*|line|setting|location|level|status|category|class|by|slips?|"
    r"pads?|desk|tracking|confirmation|history)\b",
    _I,
)
_NAME_OF = re.compile(
    r"\b(?:benefits? (?=sought|requested|asked)|(?:name|type|description|list|kind|medical(?:ly)?|brand|"
    r"number) (?:of )?(?:the )?|"
    r"(?:for|to treat|treating) (?:the |this )?(?:patient|condition|diagnosis|member)|what(?: i| we|'s| is| are)?|"
    r"(?:please )?(?:describe|specify|list|name|identify|state)|patient needs|(?:is|are|be) (?:being )?|"
    r"(?:that |for )?(?:the |this |my )?(?:patient|member|participant)(?: \(?s?he\)?)?(?: should| must| is to)? "
    r"(?:obtain|have|use|get|receive|buy|purchase|attend|take|wear|do|start|begin)\b|"
    r"by (?:the )?(?:physician|provider|doctor)|(?:the )?(?:patient|member|participant) (?:need|require)s?|"
    r"physician'?s? (?=order|recommend)|provider'?s? (?=order|recommend)|doctor'?s? (?=order|recommend))",
    _I,
)
_MOST_WORDS = 12
_BRACKET = re.compile(r"\([^()]*\)")


def asks_for_treatment(label: str) -> bool:
    """Whether a label, a heading or a question asks what is prescribed."""
    label = _BRACKET.sub(" ", label)
    words = label.split()
    if not 1 <= len(words) <= _MOST_WORDS or not _ASKS.search(label):
        return False
    if re.fullmatch(
        r"(?:type|kind|reason|date) of (?:the |this )?(?:request|order|claim|plan|expense)|"
        r"(?:this )?(?:request|claim)(?: type| is|is for)?|(?:social|customer|fax|home) \w+|p|plan [A-Z]|supply|"
        r"program|medically necessary",
        label.strip(),
        _I,
    ):
        return False
    return not _ASKS_OTHER.search(_NAME_OF.sub(" ", label))


def words_beside(label: str) -> str:
    """The words of a label that ask for nothing: a firm's name beside "treatment"."""
    return _ASKS.sub(" ", _NAME_OF.sub(" ", _BRACKET.sub(" ", label)))
