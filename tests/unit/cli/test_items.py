"""What do the IRS texts say of an item? Asked from the command line."""

from __future__ import annotations

import json

import pytest

from docscan.cli import main
from docscan.reference import publication_502


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["HEPA", "purifier"], "Air cleaner"),
        (["HEPA purifier"], "on a condition"),
        (["air-cleaner"], "asthma"),
        (["ibuprofen", "--on", "2015-05-01"], "a prescription from before the purchase"),
        (["ibuprofen", "--purpose", "deduction"], "only prescribed drugs and insulin"),
        (["acupuncture", "--purpose", "limited-purpose-fsa"], "neither dental nor vision care"),
        (["personal training"], "The publication has no entry for it"),
        (["orthopedic mattress"], "could not be confirmed against the source"),
    ],
)
def test_an_item_is_told_with_its_source(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["items", *arguments]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert said in text
    assert "Source" in text


@pytest.mark.parametrize(
    ("words", "said"), [("PT sessions", "physical therapy or personal training"), ("sauna", "knows no entry")]
)
def test_words_without_an_entry_say_so(words: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["items", words]) == 1
    assert said in capsys.readouterr().out


def test_without_words_every_item_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["items"]) == 0
    text = capsys.readouterr().out
    assert all(one.id in text for one in publication_502.entries())


def test_json_is_one_item_a_line_for_the_list_and_one_answer_for_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["items", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == [one.id for one in publication_502.entries()]
    assert main(["items", "massage", "--json", "--on", "2024-01-02"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["words"], told["on"], told["reason"]) == ("massage", "2024-01-02", None)
    assert told["items"][0]["citation"]["title"]


@pytest.mark.parametrize("arguments", [["--purpose", "hospital"], ["--on", "2 May"]])
def test_what_cannot_be_used_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["items", "massage", *arguments]) == 2
    assert capsys.readouterr().err


def test_words_of_a_document_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    main(["items", "\x1b[31mred[bold]"])
    text = capsys.readouterr().out
    assert "\x1b[31m" not in text
