"""Runs the examples that stand beside each rule: do they come out as the rule's author says?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from docscan.checking.advising import about
from docscan.checking.facts import Facts, Result
from docscan.checking.judging import decide, finding
from docscan.checking.packets.judging import decide as decide_packet
from docscan.checking.rulebook.rules import Example, Rule, Ruleset
from docscan.document import (
    DocumentSummary,
    Evidence,
    Extraction,
    Json,
    LawDate,
    Outcome,
    PageSummary,
    Part,
    Report,
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of one example. `number` counts a rule's examples from 1, as errors do.

    `advice`: what it would say that there is to do. `read`: what was understood, where the example is a text.
    """

    rule: Rule
    number: int
    example: Example
    outcome: Outcome
    message: str
    advice: str = ""
    read: tuple[Extraction, ...] = ()

    @property
    def as_expected(self) -> bool:
        return self.outcome == self.example.outcome


def examples(rules: Ruleset) -> Iterator[tuple[Rule, int, Example]]:
    """Every example of a ruleset with its rule and its number, from 1."""
    return ((rule, number, each) for rule in rules.rules for number, each in enumerate(rule.examples, start=1))


def run_examples(rules: Ruleset, understand: Callable[[str], Report] | None = None) -> Iterator[Ran]:
    """Run all examples. `understand` turns a typed text into a report that is not judged; without it, the examples that
    are texts are left out."""
    for rule, number, example in examples(rules):
        if example.text is None or understand is not None:
            yield run_example(rule, number, example, understand)


def run_example(rule: Rule, number: int, example: Example, understand: Callable[[str], Report] | None = None) -> Ran:
    """Run one example; one that is a text needs `understand`."""
    result: Result
    read: tuple[Extraction, ...] = ()
    if example.documents:
        packet = [_facts(document, report_of(document, rule)) for document in example.documents]
        result = decide_packet(rule, [replace(facts, claim=example.claim) for facts in packet])
        told = finding(rule, result)
        return Ran(rule, number, example, result.outcome, told.message, told.advice or "")
    if example.text is not None:
        if understand is None:
            raise ValueError("an example that is a text needs `understand`")
        report = understand(example.text)
        read = report.fields
        kind = example.kind or (report.document.kind if report.document.kind in rule.applies_to else rule.applies_to[0])
        report = replace(report, document=replace(report.document, kind=kind))
    else:
        report = report_of(example, rule)
    facts = _facts(example, report)
    result = decide(rule, facts)
    told = finding(rule, result, about(facts, (rule,)))
    return Ran(rule, number, example, result.outcome, told.message, told.advice or "", read)


def _facts(example: Example, report: Report) -> Facts:
    return Facts.of(report, as_of=example.as_of, claim=example.claim)


def report_of(example: Example, rule: Rule) -> Report:
    """A report that is not judged, of one page that says what the example's fields say."""
    kind = example.kind or rule.applies_to[0]
    page = PageSummary(1, 612.0, 792.0, "text_layer", None, 0, example.quality, None)
    summary = DocumentSummary("0" * 64, "text/plain", kind, 1.0, (), (page,), Part((1,)))
    return Report(
        document=summary,
        administrator="",
        as_of=example.as_of,
        law_date=LawDate(example.as_of, "not judged yet"),
        claim=example.claim,
        rulebooks=(),
        fields=tuple(_extraction(each) for each in example.fields),
        findings=(),
        score=None,
        verdict="needs_review",
    )


def _extraction(given: Mapping[str, Json]) -> Extraction:
    value = given.get("value")
    raw = given.get("raw") or (value if isinstance(value, str) else "")
    place = Evidence(1, (), raw, None, None, given.get("section", ""), "example")
    return Extraction(
        name=given["name"],
        value=value,
        raw=raw,
        assertion=given.get("assertion", "stated"),
        confidence=given.get("confidence"),
        evidence=(place,),
        readings=tuple(given.get("readings", ())),
        resolved=given.get("resolved"),
    )
