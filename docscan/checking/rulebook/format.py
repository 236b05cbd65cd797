"""What a file of rules may hold, table by table.

What a table holds is not yet a rule: `book` reads it together with the parameters of its check.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from docscan.checking.checks.registry import ItemClass, Many
from docscan.checking.rulebook.rules import EXAMPLE_DAY
from docscan.checking.score import About
from docscan.document import Kind, Outcome, Purpose, Severity


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CitationTable(_Table):
    title: str = Field(min_length=3)
    locator: str = Field(min_length=1)
    url: str | None = Field(None, pattern=r"^https?://[\w.-]+\.\w{2,}(:\d+)?(/\S*)?$")
    kind: Literal["law", "guidance", "plan practice"]
    retrieved: date
    verified: bool = True


class MessageTable(_Table):
    met: str = Field(min_length=3)
    not_met: str = Field(min_length=3)
    uncertain: str | None = None
    not_applicable: str | None = None


class RangeTable(_Table):
    start: date
    end: date


class ClaimTable(_Table):
    purpose: Purpose | None = None
    account: str | None = None
    plan_year: RangeTable | None = None
    submitted_on: date | None = None
    letter_received_on: date | None = None
    letter_approved_on: date | None = None
    hsa_opened_on: date | None = None
    participant_name: str | None = None
    patient_name: str | None = None
    relationship: str | None = None
    amount: str | None = None
    income: str | None = None
    ordinary_cost: str | None = None
    value_increase: str | None = None
    from_65: bool | None = None
    not_reimbursed_elsewhere: bool | None = None


class ExtractionTable(_Table):
    name: str
    value: Any = None
    raw: str | None = None
    assertion: Literal["stated", "negated", "hypothetical", "historical", "other_person"] = "stated"
    confidence: float | None = Field(None, ge=0, le=1)
    readings: Many[Any] = ()
    resolved: dict[str, Any] | None = None
    section: str = ""


class ExampleTable(_Table):
    outcome: Outcome
    text: str | None = None
    fields: dict[str, Any] | None = None
    extractions: Many[ExtractionTable] = ()
    kind: Kind | None = None
    as_of: date = EXAMPLE_DAY
    claim: ClaimTable = ClaimTable()
    quality: float | None = Field(None, ge=0, le=1)
    documents: Many[DocumentTable] = ()


class DocumentTable(_Table):
    kind: Kind
    fields: dict[str, Any] = Field(default_factory=dict)
    extractions: Many[ExtractionTable] = ()
    quality: float | None = Field(None, ge=0, le=1)


_Advice = Annotated[
    tuple[Annotated[str, Field(min_length=5)], ...],
    BeforeValidator(lambda given: (given,) if isinstance(given, str) else given),
    Field(strict=False, min_length=1),
]


class RuleTable(_Table):
    id: str = Field(pattern=r"^[A-Z]{2,8}-[0-9]{2,3}$")
    title: str = Field(min_length=5)
    purpose: Many[Purpose] = Field(min_length=1)
    applies_to: Many[Kind] = Field(min_length=1)
    check: str
    severity: Severity
    weight: float | None = Field(None, ge=0, le=10, strict=False)
    message: MessageTable
    advice: _Advice
    citation: CitationTable
    first: bool = False
    effective_from: date | None = None
    effective_until: date | None = None
    when_class: Many[ItemClass] = ()
    asked_of_class: Many[ItemClass] = ()
    unless_class: Many[ItemClass] = ()
    example: Many[ExampleTable] = ()


class ChangeTable(_Table):
    rule: str
    citation: CitationTable
    severity: Severity | None = None
    weight: float | None = Field(None, ge=0, le=10, strict=False)
    title: str | None = Field(None, min_length=5)
    applies_to: Many[Kind] | None = Field(None, min_length=1)
    message: MessageTable | None = None
    advice: _Advice | None = None
    first: bool | None = None
    when_class: Many[ItemClass] | None = None
    asked_of_class: Many[ItemClass] | None = None
    unless_class: Many[ItemClass] | None = None
    off: bool = False
    example: Many[ExampleTable] = ()


NAME = "[a-z][a-z0-9-]*"


class RulebookFile(_Table):
    id: str = Field(pattern=rf"^{NAME}$")
    title: str = Field(min_length=3)
    version: str = Field(min_length=1)
    about: About = "completeness"
    purpose: Many[Purpose] = ()
    citations: dict[str, Any] = Field(default_factory=dict)
    rule: Many[Any] = ()


class AdministratorFile(RulebookFile):
    checked: date
    purpose: Many[Purpose] = Field(min_length=1)
    extends: str | None = None
    rulebooks: Many[str] = ()
    only: Many[str] = ()
    cited: dict[str, Any] = Field(default_factory=dict)
    change: Many[Any] = ()
