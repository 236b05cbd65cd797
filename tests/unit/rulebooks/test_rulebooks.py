"""The rules that docscan brings: their examples come out as they say, their words are plain and promise nothing."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from docscan import checking
from docscan.checking import Example, Rule, Ruleset, examples, run_example, run_examples
from docscan.document import Report

FORBIDDEN = re.compile(
    r"\b(approved|approval|deductible|eligible|guarantee\w*|qualif(y|ies) as medical)\b", re.IGNORECASE
)
NAMES = checking.administrators()
FAMILIES = {"LMN": 35, "PRV": 9, "COD": 14, "RCT": 30}


@cache
def rules_of(administrator: str) -> Ruleset:
    return checking.load(administrator)


def every_example(text: bool) -> Iterator[Any]:
    seen = set()
    for name in NAMES:
        for rule, number, example in examples(rules_of(name)):
            key = (rule.id, rule.rulebook, rule.changed_by, rule.effective_from, number)
            if (example.text is not None) is text and key not in seen:
                seen.add(key)
                yield pytest.param(rule, number, example, id=f"{rule.changed_by or rule.rulebook}-{rule.id}-{number}")


@pytest.mark.parametrize(("rule", "number", "example"), list(every_example(text=False)))
def test_an_example_of_fields_comes_out_as_its_rule_says(rule: Rule, number: int, example: Example) -> None:
    ran = run_example(rule, number, example)
    assert ran.as_expected, f"{rule.id}, example {number}: {ran.outcome}, not {example.outcome}: {ran.message}"
    says_something_plain(ran.message)


@pytest.mark.parametrize(("rule", "number", "example"), list(every_example(text=True)))
def test_an_example_of_text_comes_out_as_its_rule_says(rule: Rule, number: int, example: Example) -> None:
    ran = run_example(rule, number, example, understood)
    assert ran.as_expected, f"{rule.id}, example {number}: {ran.outcome}, not {example.outcome}: {ran.message}"
    says_something_plain(ran.message)


def understood(text: str) -> Report:
    from docscan import pipeline

    return pipeline.understand_text(text)


def says_something_plain(message: str) -> None:
    assert message.strip() == message
    assert not FORBIDDEN.search(message), message
    assert not re.search(r"\{|\}|“”|  |:\s*[.)]|\(\s*\)|None|\bnull\b|[,:;]$", message), message
    assert message[-1] in ".!?”)", message


def every_text(rules: Ruleset) -> Iterator[tuple[str, str]]:
    for rule in rules.rules:
        for text in (rule.title, *rule.messages.values(), rule.advice):
            yield rule.id, text


@pytest.mark.parametrize("name", NAMES)
def test_no_rule_promises_anything(name: str) -> None:
    for rule, text in every_text(rules_of(name)):
        assert not FORBIDDEN.search(text), f"{rule}: {text}"


@pytest.mark.parametrize("name", NAMES)
def test_rules_are_in_words_of_the_eighth_grade(name: str) -> None:
    """Flesch and Kincaid's grade, over all the words that a rule may say; single rules may be a little above."""
    by_rule: dict[str, list[str]] = {}
    for rule, text in every_text(rules_of(name)):
        by_rule.setdefault(rule, []).append(re.sub(r"\{\w+\}", "this", text).rstrip(".") + ".")
    assert grade(" ".join(text for texts in by_rule.values() for text in texts)) <= 8
    hard = {rule: round(found, 1) for rule, texts in by_rule.items() if (found := grade(" ".join(texts))) > 11}
    assert not hard


def grade(text: str) -> float:
    sentences = [s for s in re.split(r"[.!?:]+(?:\s|$)", text) if re.search(r"[a-z]", s)]
    words = re.findall(r"[A-Za-z’']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    plain = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


@pytest.mark.parametrize(("text", "low", "high"), [
    ("The cat sat on the mat. It was fat.", -3, 2),
    ("Ask the provider to write the date on the letter.", 2, 7),
    ("Contemporaneous documentation substantiating individualized therapeutic necessity is indispensable.", 20, 60),
])  # fmt: skip
def test_the_grade_tells_plain_from_hard(text: str, low: float, high: float) -> None:
    assert low <= grade(text) <= high


@pytest.mark.parametrize("family", FAMILIES)
def test_each_number_of_the_catalogue_is_a_rule_or_has_a_reason(family: str) -> None:
    guide = (files("docscan") / "rulebooks" / "README.md").read_text("utf-8")
    reasons = set(re.findall(rf"^\| ({family}-\d\d) \| \S", guide, re.M))
    here = {rule.id for rule in rules_of("generic-fsa").rules if rule.id.startswith(family)}
    wanted = {f"{family}-{number:02}" for number in range(1, FAMILIES[family] + 1)}
    assert here | reasons == wanted
    assert not here & reasons


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_administrators_examples_run_in_one_go(name: str) -> None:
    ran = list(run_examples(rules_of(name)))
    assert ran
    assert [f"{r.rule.id} {r.number}: {r.outcome}" for r in ran if not r.as_expected] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_could_not_be_confirmed_says_so(name: str) -> None:
    for rule in rules_of(name).rules:
        assert rule.citation.url or not rule.citation.verified, f"{rule.id} is verified, but has no address"


def test_the_guide_for_writing_a_rule_is_short_and_its_rule_is_good() -> None:
    from docscan.checking.rulebook import read_rulebook

    guide = (files("docscan") / "rulebooks" / "README.md").read_text("utf-8")
    assert guide[: guide.index("# Numbers of the catalogue")].count("\n") <= 66
    shown = "\n".join(
        line[4:] for line in guide[: guide.index("Copy the rule")].splitlines() if line.startswith("    ")
    )
    cited = 'title = "Truemed", locator = "x", url = "https://a.org", kind = "plan practice", retrieved = 2026-11-21'
    head = 'id = "mine"\ntitle = "Mine"\nversion = "1"\npurpose = ["fsa"]\ncitations.truemed = { ' + cited + " }\n"
    assert read_rulebook("guide.toml", head + shown).rules[0].id == "LMN-06"
