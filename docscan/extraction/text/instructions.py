"""Words that a form or a plan prints for whoever fills it in: nothing that the provider says."""

from __future__ import annotations

import re

_INSTRUCTION = re.compile(
    r"\b(?:please\b(?! (?:contact|call|feel|do not hesitate|let (?:me|us)|consider|accept|allow|approve|find|see|"
    r"note that|"
    r"reach|grant|authorize|cover|reimburse|hono|extend|continue|pay|treat|"
    r"keep (?:the|this) (?:order|auth|approval|prescription)|"
    r"regard|help|forgive|excuse))|(?:this|the) (?:form|section|box|space|template)\b|must (?:be (?:completed|signed|"
    r"submitted|filled|dated|provided|on|renewed|included|specific|updated|attached)|include|contain|state|specify|"
    r"indicate)|"
    r"to be (?:completed|filled)(?! (?:within|over|during|across|before|no later|by (?:the end|\w+ \d)|"
    r"in (?:the |an? |\d|one|two|three|four|five|six|eight|nine|ten|twelve)))|(?:print|type) (?:clearly|legibly|"
    r"or print)|check (?:one|all|the box|here|only)|"
    r"(?:select|mark|tick|circle) (?:one|all)|if (?:applicable|other|yes|no\b|known)|for (?:office|internal|"
    r"administrator) use|"
    r"will (?:not )?be (?:accepted|returned|denied|processed|required)|not (?:be )?accept(?:ed|able)|"
    r"(?:is|are) (?:required|needed) (?:by|from|if|to (?:submit|receive|be reimbursed|process))|"
    r"(?<!to )(?:attach|enclose|submit|fax|mail|return|upload|(?<!\w )keep|complete|describe|list|specify|indicate|"
    r"explain|provide|enter|"
    r"include|state)\s+(?:the|this|a|an|all|any|your|each|how|why|whether|what|patient|below|here|specific|additional|"
    r"documentation|completed|form|name)\b|e\.g\.|for example|examples?:|maximum (?:of )?\d+ (?:months?|year)|"
    r"(?:may not|cannot|can not|should not) exceed|(?:new|updated|another) (?:letter|form|lmn)|"
    r"letters? (?:of medical necessity )?(?:must|expires?|should|cannot|are|will)|instructions\b|"
    r"(?:eligible|ineligible) (?:expenses?|for reimbursement)|reimburse(?:d|ment)? (?:under|from|by|request|claim)|"
    r"irs (?:rules?|regulations?|guidelines?|code|requires?)|internal revenue (?:code|service)|plan (?:document|"
    r"sponsor|rules)|"
    r"i (?:certify|understand|authorize|acknowledge) that (?:the (?:expenses?|information)|i (?:am|have|will)|"
    r"this (?:claim|form)|"
    r"my))",
    re.IGNORECASE,
)


def is_instruction(sentence: str) -> bool:
    """Whether a sentence tells somebody how to fill in a form or what a plan asks for."""
    return _INSTRUCTION.search(sentence.replace("\n", " ")) is not None
