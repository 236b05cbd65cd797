"""The JSON of the API, except for reports, whose form is `docscan.presenting.schemas`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FieldError(_Model):
    field: str = Field(description="The field of the request.")
    message: str = Field(description="What is wrong with it.")


class Problem(_Model):
    """What went wrong and what to do about it (RFC 9457)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "type": "/problems/encrypted",
                "title": "The file needs a password",
                "status": 422,
                "detail": "The PDF needs a password.",
                "remedy": "Save a copy without a password, then upload that.",
                "code": "encrypted",
            }
        },
    )

    type: str = Field(description="Address of the page that explains this type of problem.")
    title: str = Field(description="The type in words; always the same for a type.")
    status: int = Field(description="The HTTP status, again.")
    detail: str = Field(description="What went wrong this time, in words for a person.")
    remedy: str = Field(description="What to do about it.")
    code: str = Field(description="The type as a short name for programs.")
    errors: list[FieldError] | None = Field(default=None, description="The fields that are not right.")
    document: str | None = Field(default=None, description="Address of the document that it is about.")


class Error(_Model):
    """Why a document has no report."""

    code: str = Field(description="As in a problem.")
    message: str
    remedy: str


class ScoreRange(_Model):
    """Weighted share of the rules met, 0 to 100: `low` counts what is uncertain as not met, `high` as met."""

    low: float
    high: float


class Links(_Model):
    self: str
    report: str
    page: str = Field(description="Where the report is shown to people.")
    pictures: list[str] = Field(description="The picture of each page, in order; empty until their number is known.")


class DocumentState(_Model):
    """A document and what became of it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "id": "0f6c2b1a9d3e4c5b8a7f60514233e1d2",
                "state": "checked",
                "received_at": "2026-11-21T18:04:05Z",
                "finished_at": "2026-11-21T18:04:07Z",
                "attempts": 1,
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "size": 48213,
                "media_type": "application/pdf",
                "page_count": 1,
                "administrator": "generic-fsa",
                "as_of": "2026-11-21",
                "kind": "lmn",
                "verdict": "incomplete",
                "score": {"low": 61.5, "high": 80},
                "error": None,
                "links": {
                    "self": "/v1/documents/0f6c2b1a9d3e4c5b8a7f60514233e1d2",
                    "report": "/v1/documents/0f6c2b1a9d3e4c5b8a7f60514233e1d2/report",
                    "page": "/documents/0f6c2b1a9d3e4c5b8a7f60514233e1d2",
                    "pictures": ["/v1/documents/0f6c2b1a9d3e4c5b8a7f60514233e1d2/pages/1.png"],
                },
            }
        },
    )

    id: str
    state: Literal["received", "checked", "failed"] = Field(
        description="`received`: its check is waiting or under way; the others are final."
    )
    received_at: datetime
    finished_at: datetime | None
    attempts: int = Field(description="How often its check was begun.")
    sha256: str = Field(description="Hash of the bytes as received.")
    size: int = Field(description="In bytes.")
    media_type: str | None = Field(description="By content; null until it is known.")
    page_count: int | None = Field(description="Null until it is known.")
    administrator: str = Field(description="Whose rules it is checked by.")
    as_of: date = Field(description="The day as on which it is checked.")
    kind: str | None = Field(description="What kind of document it is; null until it is checked.")
    verdict: str | None
    score: ScoreRange | None
    error: Error | None = Field(description="Why there is no report, where it failed.")
    links: Links


class DocumentList(_Model):
    """Documents, the newest first."""

    documents: list[DocumentState]
    next: str | None = Field(description="Address of the documents that come after these; null at the end.")


class PacketRequest(_Model):
    """Documents that belong to one claim."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "documents": ["0f6c2b1a9d3e4c5b8a7f60514233e1d2", "7d1b3c5e9f2a4b6c8d0e1f2a3b4c5d6e"],
                "administrators": ["generic-fsa", "fsafeds"],
            }
        },
    )

    documents: list[str] = Field(description="Ids of documents that were uploaded: the letter and its receipts.")
    administrators: list[str] = Field(
        default=[], description="Whose rules apply; of several, each gives its own report. See /v1/administrators."
    )
    as_of: str | None = Field(default=None, description="Check as on this day, YYYY-MM-DD; today if not given.")
    claim: dict[str, Any] | None = Field(default=None, description="Facts that only the claimant knows.")


class PacketResult(_Model):
    """What one administrator's rules say of a packet."""

    administrator: str
    verdict: str
    score: ScoreRange | None
    report: str = Field(description="Address of the whole report.")


class PacketLinks(_Model):
    self: str
    report: str = Field(description="The report by the first administrator.")
    comparison: str = Field(description="The administrators side by side.")
    page: str = Field(description="Where the packet is shown to people.")


class PacketState(_Model):
    """A packet and what became of it."""

    id: str
    state: Literal["waiting", "checked", "failed"] = Field(
        description="`waiting`: a document is still being checked. `failed`: a document could not be checked, and a "
        "packet without it would say the wrong thing; its `error` says why."
    )
    created_at: datetime
    judged_at: datetime | None
    administrators: list[str]
    as_of: date = Field(description="The day as on which it is judged.")
    documents: list[DocumentState] = Field(description="In the order given.")
    results: list[PacketResult] = Field(description="By administrator; empty until it is judged.")
    links: PacketLinks


class PacketList(_Model):
    """Packets, the newest first."""

    packets: list[PacketState]


class ComparisonColumn(_Model):
    """What one administrator's rules say in all."""

    administrator: str
    title: str
    verdict: str
    score: ScoreRange | None


class ComparisonCell(_Model):
    """What one administrator's rule says."""

    outcome: str
    severity: str
    message: str


class ComparisonRow(_Model):
    """A rule that makes a difference for these documents."""

    rule: str
    title: str
    document: int | None = Field(description="Which of the packet's documents, from 0; null for all of them together.")
    cells: list[ComparisonCell | None] = Field(description="One for each column; null where that one does not ask.")


class Comparison(_Model):
    """Administrators side by side."""

    columns: list[ComparisonColumn]
    rows: list[ComparisonRow] = Field(description="The rules that make a difference for these documents.")
    alike: int = Field(description="How many rules make no difference.")


class RuleCitation(_Model):
    title: str
    locator: str
    url: str | None
    kind: str = Field(description="law, guidance or plan practice.")
    verified: bool = Field(description="Whether the wording could be confirmed against the source.")
    retrieved: date


class RuleExample(_Model):
    outcome: str
    shown: str = Field(description="What the document says, in words.")


class Rule(_Model):
    """A rule as an administrator applies it."""

    id: str
    title: str
    rulebook: str
    severity: str
    weight: float
    check: str = Field(description="The check that decides it.")
    parameters: dict[str, Any] = Field(description="What the check needs to know, but for what is left out.")
    purpose: list[str]
    applies_to: list[str] = Field(description="Kinds of document.")
    effective_from: date | None
    effective_until: date | None
    messages: dict[str, str] = Field(description="What a report says, by outcome.")
    advice: str | None
    exact_advice: list[str] = Field(description="More exact forms of the advice, where the document allows them.")
    only_for: dict[str, list[str]] = Field(description="Classes of treatments or products that it is (not) asked of.")
    examples: list[RuleExample]
    citation: RuleCitation
    changed_by: str | None = Field(description="The administrator whose rulebook changed it, if one did.")
    changed: list[str] = Field(description="What that rulebook changed: `severity`, or a parameter.")
    by_administrator: dict[str, str | None] = Field(
        description="How much it counts under each administrator: its severity, `off`, or null where it is not asked."
    )


class RuleList(_Model):
    administrator: str
    rules: list[Rule]


class RuleRow(_Model):
    """A rule under every administrator."""

    rule: str
    title: str
    by_administrator: dict[str, str | None] = Field(
        description="Its severity, `off`, or null where the rule is not asked."
    )
    changed_by: list[str] = Field(description="Administrators under whom it decides otherwise than usual.")


class RuleTable(_Model):
    rows: list[RuleRow]


class ItemCitation(_Model):
    title: str
    locator: str
    url: str | None
    kind: str = Field(description="law, guidance or plan practice.")
    verified: bool = Field(description="Whether the wording could be confirmed against the source.")


class Item(_Model):
    """What the IRS texts say of an item or a treatment; not whether a plan pays for it."""

    id: str
    title: str
    counts: Literal["always", "conditional", "partial", "never"] = Field(
        description="By the lists. partial: a part of the price; never: `condition` then says when it may after all."
    )
    condition: str
    limit: str
    heading: str | None = Field(
        description="Of Publication 502: its own, or, where `note` says so, the one that it is judged by."
    )
    citation: ItemCitation
    verified: bool = Field(description="As in the citation.")
    item_class: str
    limited_purpose: Literal["dental", "vision"] | None = Field(
        description="As what a limited-purpose account takes it."
    )
    capital: Literal["portable", "improvement"] | None = Field(description="Of things that last.")
    food: bool
    letter: Literal["usual", "sometimes", "none", "refused"] = Field(
        description="Whether administrators usually ask for a letter. refused: none would make a difference."
    )
    excess: bool = Field(description="Only what is above the price of the ordinary kind may count.")
    prescription: bool = Field(description="A prescription is needed.")
    note: str


class ItemList(_Model):
    words: str | None = Field(description="As asked; null where all items were asked for.")
    purpose: str
    on: date = Field(description="The day whose law holds.")
    items: list[Item] = Field(description="The item that the words name, if any; else all.")
    reason: str | None = Field(description="Why there is none; null where there is one.")


class Administrator(_Model):
    id: str
    title: str
    purpose: list[str] = Field(description="For which accounts its rules are made.")
    checked: date = Field(description="When its rules were last held against its own words.")
    rules: int = Field(description="How many rules it asks.")
    differs: int = Field(description="How many rules decide otherwise under it than they usually do.")
    default: bool = Field(description="Whether it is taken where none is named.")


class RuleChange(_Model):
    """One difference, and who says so."""

    rule: str
    title: str
    says: list[str] = Field(description="What is otherwise, in sentences.")
    decides: bool = Field(description="False where it only says the same in other words.")
    citation: RuleCitation


class AdministratorInFull(Administrator):
    changes: list[RuleChange]


class AdministratorList(_Model):
    administrators: list[Administrator]


class Health(_Model):
    status: Literal["ok", "starting"] = Field(description="`starting`: uploads are taken, workers are not there yet.")
    version: str


def example_of(model: type[BaseModel]) -> Any:
    """The model's example."""
    extra = model.model_config.get("json_schema_extra")
    return extra.get("example") if isinstance(extra, dict) else None
