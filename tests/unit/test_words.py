# ruff: noqa: E501 - a case is a line
"""All words that docscan says: none claims that something is approved, eligible, covered by a plan or deductible, and
what it tells people to do is in words of the eighth grade."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from docscan import checking
from docscan.errors import UsageError
from docscan.presenting.note import note
from docscan.presenting.paper import Facts, Items, Paper, Template, Words
from docscan.presenting.request import request

pytestmark = pytest.mark.slow  # everything that docscan says

HOME = Path(str(files("docscan")))

_STATES = r"(?:in)?eligible|approved|pre-?approved|deductible|non-?deductible|reimbursable|claimable|payable|tax[- ]free|tax[- ]exempt"
CLAIMS = [re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"\b(?:is|are|was|were|be|been|being|becomes?|gets?|seems?|looks?|makes? (?:it|this)|counts? as)\s+(?:(?:not|now|never|always|fully|already|likely|also|an?)\s+)*(?:{_STATES})\b",
    rf"\b(?:{_STATES}) (?:expenses?|costs?|items?|claims?|letters?|receipts?|purchases?|treatments?)\b",
    r"\bqualif(?:y|ies|ied)\b",
    r"\bcovered (?:by|under) (?:the|your|this|my|their|a|most|an) (?:health )?(?:plan|plans|insurance|insurer|administrator|account|FSA|HSA|HRA)s?\b",
    r"\b(?<!if the )(?<!whether the )(?<!after the )(?:plan|insurer|administrator|FSA|HSA|HRA|IRS)s? (?:will |must |has to |have to )?(?:approves?|denies|deny|rejects?|reimburses?)\b",
    r"\b(?:plan|insurer|administrator|FSA|HSA|HRA|IRS)s? (?:will|must|has to|have to) (?:pay|accept|take|cover|refuse)\b",
    r"\b(?:will|would|is going to|are going to|shall|should|must) (?:not |never )?be (?:approved|paid(?! for)|reimbursed|accepted|denied|rejected|refused|deducted|covered)\b",
    r"\b(?:claim|expense|letter|receipt|request|cost)s? (?:is|was|are|were|has been|have been) (?:not )?(?:denied|rejected|refused)\b",
    r"\byou (?:can|may|could|will) (?:not )?(?:deduct|write off|be reimbursed|get (?:it|this|that|the money|your money) (?:back|paid|reimbursed))\b",
    r"(?<!says that )\b(?:it|this|that|expenses?|costs?|they) (?:can|may|could) (?:not )?be (?:deducted|reimbursed|written off)\b",
    r"\bguarante",
    r"\b(?:approval|reimbursement|deduction) (?:is|will be) (?:certain|sure|assured|automatic)\b",
    r"\b(?:meets?|satisf(?:y|ies)) (?:all )?(?:the )?(?:IRS|plan's|legal) requirements\b",
)]  # fmt: skip
"""What would be a claim that only a plan, an account holder or the tax authority can make."""


def claims(text: str) -> list[str]:
    return [found[0] for pattern in CLAIMS for found in pattern.finditer(" ".join(text.split()))]


@pytest.mark.parametrize("text", [
    "This expense is eligible.", "Massage is not eligible without a letter.", "The letter was approved.", "Your claim is now approved.",
    "Gym dues are never deductible.", "It counts as an eligible expense.", "An eligible expense needs a receipt.",
    "The treatment qualifies.", "It does not qualify under these rules.", "This is covered by your plan.", "Covered under the FSA.",
    "The plan will approve it.", "Your plan reimburses massage.", "The administrator denies such claims.", "The plan must pay.",
    "The claim will be paid.", "It should be reimbursed.", "Your letter has been rejected.", "The claim was denied.",
    "You can deduct this.", "You will get your money back.", "This can be deducted.", "Approval is guaranteed.",
    "It looks eligible.", "This is a tax-free purchase.", "The letter meets all IRS requirements.", "This makes it deductible.",
])  # fmt: skip
def test_a_claim_is_caught(text: str) -> None:
    assert claims(text), text


@pytest.mark.parametrize("text", [
    "docscan advises. It neither approves an expense nor says that it can be deducted: that is for the plan to decide.",
    "The day lies in the letter's time.", "12 days are covered by a letter.", "Covered by letter 1.", "Supported by the documents.",
    "If the plan denies the claim later, you will be told why.", "You can then appeal in writing within 180 days.",
    "No decision has been made yet.", "Some plans refuse dates written by hand.", "Membership dues are often refused.",
    "By the IRS lists, this does not count as medical care.", "Usually needs a letter.", "Ask your plan about a grace period.",
    "The signer's qualification is not stated.", "Name the qualification of the trainer.", "The letter was accepted on March 3, 2026.",
    "Claim only what was bought after it was accepted.", "What to pay is for the plan or account holder.",
    "Everything that these rules must have was found.", "The plan has 30 days to decide on a claim.",
    "Whether the plan approves it is for the plan to say.", "It would not be paid for otherwise.", "A prior balance was paid.",
])  # fmt: skip
def test_what_is_no_claim_is_let_be(text: str) -> None:
    assert claims(text) == []


# Where words stand


def _rule_texts() -> Iterator[tuple[str, str]]:
    seen = set()
    for name in checking.administrators():
        told = checking.load(name)
        for rule in told.rules:
            for text in (rule.title, *rule.messages.values(), *rule.exact_advice, rule.advice):
                if text not in seen:
                    seen.add(text)
                    yield f"{rule.changed_by or rule.rulebook} {rule.id}", text
        yield name, told.title


def _strings(node: ast.AST) -> Iterator[str]:
    """The strings of a module, but for docstrings and the notes under constants, which are for programmers."""
    bodies = [body for each in ast.walk(node) if isinstance(body := getattr(each, "body", None), list)]
    told = [inner.value for body in bodies for inner in body if isinstance(inner, ast.Expr)]
    prose = {id(value) for value in told if isinstance(value, ast.Constant)}
    for each in ast.walk(node):
        if isinstance(each, ast.JoinedStr):
            yield "".join(
                p.value if isinstance(p, ast.Constant) and isinstance(p.value, str) else "this" for p in each.values
            )
        elif isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in prose:
            yield each.value


def _module_texts() -> Iterator[tuple[str, str]]:
    for folder in ("presenting", "checking", "cli", "web", "."):
        for path in sorted((HOME / folder).rglob("*.py") if folder != "." else HOME.glob("*.py")):
            for text in _strings(ast.parse(path.read_text("utf-8"))):
                if " " in text.strip() and "\\b" not in text:  # a pattern is not said
                    yield str(path.relative_to(HOME)), text


def _template_texts() -> Iterator[tuple[str, str]]:
    for path in sorted(HOME.rglob("templates/*.html")):
        plain = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|<style.*?</style>|<script.*?</script>", " ", path.read_text("utf-8"), flags=re.DOTALL
        )
        yield path.name, re.sub(r"<[^>]+>|\{\{.*?\}\}", " this ", plain, flags=re.DOTALL)
    for path in sorted(HOME.rglob("static/*.js")):
        yield path.name, path.read_text("utf-8")


def _reason_texts() -> Iterator[tuple[str, str]]:
    """Sentences in the data that stand beside the rules."""
    for path in [*HOME.glob("presenting/*.toml"), *HOME.glob("reference/publication_502*.toml")]:
        yield from ((path.name, text) for text in _leaves(tomllib.loads(path.read_text("utf-8"))))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("title", "heading", "locator", "url", "citation"):  # a source speaks for itself
                yield from _leaves(inner)


@pytest.mark.parametrize("texts", [_rule_texts, _module_texts, _template_texts, _reason_texts])
def test_nothing_that_docscan_says_is_a_claim(texts: Any) -> None:
    told = list(texts())
    assert len(told) > (5 if texts in (_template_texts, _reason_texts) else 100)
    wrong = [(where, found, text[:120]) for where, text in told for found in claims(text)]
    assert wrong == []


_SPEC = importlib.util.spec_from_file_location("made_by_hand", Path(__file__).parent / "presenting" / "test_changes.py")
assert _SPEC and _SPEC.loader
made = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(made)


def said_in(paper: Paper) -> Iterator[str]:
    """All that a draft says itself; the titles of its sources are theirs."""
    yield from (paper.title, paper.foot)
    for block in paper.blocks:
        match block:
            case Words(text):
                yield text.partition("Their sources:")[0]
            case Template(heading, text):
                yield from (heading, text)
            case Items(heading, items):
                yield from (heading, *(text for item in items for text in (item.ask, item.why)))
            case Facts(rows):
                yield from (f"{label}: {value}" for label, value in rows)


@pytest.mark.parametrize("administrator", checking.administrators())
def test_no_report_note_or_request_holds_a_claim(administrator: str) -> None:
    for _, kind, changed, _ in made.CASES:
        report = made.judged(kind, {**made.good(kind), **changed}, administrator)
        told = [text for f in report.findings for text in (f.title, f.message, f.advice or "")]
        told += [change.say for change in made.changes(report)]
        for draft in (note, request):
            try:
                told += said_in(draft(report))
            except UsageError:
                continue
        assert [found for text in told for found in claims(text)] == []


# How hard they are to read


def grade(text: str) -> float:
    """Flesch and Kincaid's grade of a text."""
    return float(_RULES.grade(text))


_SPEC = importlib.util.spec_from_file_location("rules_tests", Path(__file__).parent / "rulebooks" / "test_rulebooks.py")
assert _SPEC and _SPEC.loader
_RULES = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_RULES)

HARD = {
    "LMN-14": "“medically necessary” are the words that plans look for, and the rule must quote them",
}
"""Rules whose words may be harder than the eighth grade, and why."""


@pytest.mark.parametrize("name", checking.administrators())
def test_each_rules_messages_and_advice_are_of_the_eighth_grade(name: str) -> None:
    hard = {}
    for rule in checking.load(name).rules:
        texts = [
            re.sub(r"\{\w+\}", "this", text) for text in (*rule.messages.values(), *rule.exact_advice, rule.advice)
        ]
        found = grade(" ".join(f"{text.rstrip('.')}." for text in texts))
        if found > 8 and not (rule.id in HARD and found <= 9):
            hard[rule.id] = round(found, 1)
    assert not hard


@pytest.mark.parametrize("draft", [note, request])
def test_the_drafts_are_of_the_eighth_grade(draft: Any) -> None:
    report = made.judged("lmn", {**made.LETTER, "duration": None, "frequency": None})
    paper = draft(report)
    plain = re.sub(r"_{4,}", "this", " ".join(block.text for block in paper.blocks if isinstance(block, Words)))
    assert grade(plain) <= 8.5  # a sentence with the words that plans look for, and the sources of the times
