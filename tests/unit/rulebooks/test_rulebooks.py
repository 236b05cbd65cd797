"""The rules that docscan brings: their examples come out as they say, their words are plain and promise nothing."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from docscan.checking import Example, Rule, Ruleset, examples, run_example, run_examples
from docscan.checking.rulebook.administrator import administrator_names, read_administrator
from docscan.checking.rulebook.book import read_rulebook
from docscan.document import Report
from docscan.errors import RulebookError

FORBIDDEN = re.compile(
    r"\b(approved|approval|deductible|eligible|guarantee\w*|qualif(y|ies) as medical)\b", re.IGNORECASE
)
SHIPPED = administrator_names()
FAMILIES = {"LMN": 35, "PRV": 9, "COD": 14, "RCT": 30, "IRS": 19, "INT": 9, "CMP": 10}


@cache
def rules_of(administrator: str) -> Ruleset:
    return read_administrator(administrator)


def every_example(text: bool) -> Iterator[Any]:
    """A rule as a book states or an administrator changes it, with its examples of text, or of fields."""
    found: dict[str, list[tuple[Rule, int, Example]]] = {}
    seen = set()
    for name in SHIPPED:
        try:
            rules = rules_of(name)
        except RulebookError as wrong:
            pytest.fail(str(wrong), pytrace=False)
        for rule, number, example in examples(rules):
            key = (rule.id, rule.rulebook, rule.changed_by, rule.effective_from, number)
            if (example.text is not None) is text and key not in seen:
                seen.add(key)
                found.setdefault(f"{rule.changed_by or rule.rulebook}-{rule.id}", []).append((rule, number, example))
    yield from (pytest.param(own, id=name) for name, own in found.items())


Known: TypeAlias = "list[tuple[Rule, int, Example]]"


@pytest.mark.parametrize("known", list(every_example(text=False)))
def test_examples_of_fields_come_out_as_their_rule_says(known: Known) -> None:
    for rule, number, example in known:
        ran = run_example(rule, number, example)
        assert ran.as_expected, f"{rule.id}, example {number}: {ran.outcome}, not {example.outcome}: {ran.message}"
        says_something_plain(ran.message)
        assert bool(ran.advice) is (ran.outcome in ("not_met", "uncertain"))
        if ran.advice:
            says_something_plain(ran.advice)


@pytest.mark.parametrize("known", list(every_example(text=True)))
def test_examples_of_text_come_out_as_their_rule_says(known: Known) -> None:
    for rule, number, example in known:
        ran = run_example(rule, number, example, understood)
        assert ran.as_expected, f"{rule.id}, example {number}: {ran.outcome}, not {example.outcome}: {ran.message}"
        says_something_plain(ran.message)


@cache
def understood(text: str) -> Report:
    from docscan import pipeline

    return pipeline.understand_text(text)


def says_something_plain(message: str) -> None:
    assert message.strip() == message
    assert not FORBIDDEN.search(message), message
    assert not re.search(r"\{|\}|“”|  |:\s*[.)]|\(\s*\)|None|\bnull\b|[,:;]$", message), message
    assert message[-1] in '.!?”")', message


def every_text(rules: Ruleset) -> Iterator[tuple[str, str]]:
    for rule in rules.rules:
        for text in (rule.title, *rule.messages.values(), *rule.exact_advice, rule.advice):
            yield rule.id, text


@pytest.mark.parametrize("name", SHIPPED)
def test_no_rule_promises_anything(name: str) -> None:
    for rule, text in every_text(rules_of(name)):
        assert not FORBIDDEN.search(text), f"{rule}: {text}"


@pytest.mark.parametrize("name", SHIPPED)
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
    reasons = set(re.findall(rf"^\| ({family}-\d\d) \| \S", GUIDE, re.M))
    here = {rule.id for rule in rules_of("generic-fsa").rules if rule.id.startswith(family)}
    wanted = {f"{family}-{number:02}" for number in range(1, FAMILIES[family] + 1)}
    assert wanted <= here | reasons, "rules of one's own come after the catalogue's"
    assert not here & reasons


@pytest.mark.parametrize("name", SHIPPED)
def test_a_whole_administrators_examples_run_in_one_go(name: str) -> None:
    ran = list(run_examples(rules_of(name)))
    assert ran
    assert [f"{r.rule.id} {r.number}: {r.outcome}" for r in ran if not r.as_expected] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_what_could_not_be_confirmed_says_so(name: str) -> None:
    for rule in rules_of(name).rules:
        assert rule.citation.url or not rule.citation.verified, f"{rule.id} is verified, but has no address"


GUIDE = (files("docscan") / "rulebooks" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", GUIDE, re.M | re.S)


def test_the_guide_for_writing_a_rule_is_short() -> None:
    assert GUIDE[: GUIDE.index("# Numbers of the catalogue")].count("\n") <= 100
    assert len(BLOCKS) == 2


def test_the_guides_rule_is_good_where_the_guide_says_that_it_belongs(tmp_path: Path) -> None:
    """Its rule, beside the rules that docscan brings: by the next free number, citing what they cite."""
    lmn = (files("docscan") / "rulebooks" / "lmn.toml").read_text("utf-8")
    rule = read_rulebook("lmn.toml", lmn + "\n" + BLOCKS[0]).rules[-1]
    assert rule.id == tomllib.loads(BLOCKS[0])["rule"][0]["id"]
    assert rule.id not in {known.id for known in rules_of("generic-fsa").rules}
    for number, example in enumerate(rule.examples, start=1):
        assert run_example(rule, number, example, understood).as_expected


def test_the_guides_administrator_is_good_and_its_examples_come_out(tmp_path: Path) -> None:
    (tmp_path / "my-plan.toml").write_text(BLOCKS[1])
    rules = read_administrator("my-plan", tmp_path)
    ran = [
        run_example(rule, number, example, understood)
        for rule, number, example in examples(rules)
        if rule.changed_by == "my-plan"
    ]
    assert {one.example.outcome for one in ran} == {"met", "not_met"}
    assert [one for one in ran if not one.as_expected] == []
    assert not re.search(r"\b12\b", " ".join(text for id, text in every_text(rules) if id == "LMN-11"))


def test_every_key_that_the_guide_names_is_one() -> None:
    from docscan.checking.rulebook.format import ChangeTable, ExampleTable, ExtractionTable, RuleTable

    known = set().union(*(model.model_fields for model in (ChangeTable, ExampleTable, ExtractionTable, RuleTable)))
    optional = GUIDE[GUIDE.index("**Keys that may be left out.**") : GUIDE.index("**Outcomes.**")]
    named = {key.split(" ")[0].split(".")[0] for key in re.findall(r"`([a-z][^`]*)`", optional)}
    assert named <= known, named - known
