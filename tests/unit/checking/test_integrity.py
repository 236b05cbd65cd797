"""Signs that a person should look: seen where they are, silent on good documents, never a refusal."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docscan import checking, pipeline
from docscan.checking import fingerprint, judging
from docscan.checking.facts import Facts, Result
from docscan.document import Claim, Extraction, Report

AS_OF = date(2026, 11, 21)
GOLDEN = Path(__file__).parents[2] / "golden"
Make = Callable[..., Extraction]


@pytest.fixture(scope="module")
def decide() -> Callable[..., Result]:
    rules = checking.load("generic-fsa")
    return lambda rule, facts: judging.decide(rules.rule(rule), facts)


def told(rule: str, report: Report) -> Result:
    rules = checking.load("generic-fsa")
    return judging.decide(rules.rule(rule), Facts.of(report, as_of=AS_OF, claim=Claim()))


def letter(day: str, *sentences: str) -> Report:
    born = "" if any("DOB" in each for each in sentences) else ", DOB 04/12/1979"
    body = " ".join(sentences)
    return pipeline.understand_text(f"{day}\n\nRe: Marisol Vance{born}\n\n{body}\n\nJonathan P. Reyes, MD\n")


TREATS = "I prescribe massage therapy for six months to treat her cervical radiculopathy."

DAYS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("a day that there is", "March 3, 2026", (TREATS,), "met"),
    ("a day that there is not", "February 30, 2026", (TREATS,), "not_met"),
    ("no leap day", "02/29/2026", (TREATS,), "not_met"),
    ("a leap day", "02/29/2024", (TREATS,), "met"),
    ("its weekday", "Tuesday, March 3, 2026", (TREATS,), "met"),
    ("another weekday", "Friday, March 3, 2026", (TREATS,), "not_met"),
    ("a letter to come", "December 24, 2026", (TREATS,), "not_met"),
    ("seen before", "March 3, 2026", ("I examined her on February 24, 2026.", TREATS), "met"),
    ("seen after", "March 3, 2026", ("I examined her in my office on April 24, 2026.", TREATS), "not_met"),
    ("to be seen after", "March 3, 2026", ("She will be seen again on April 24, 2026.", TREATS), "met"),
    ("born after", "March 3, 2026", ("DOB: 04/12/2026.", TREATS), "not_met"),
)


@pytest.mark.parametrize(("case", "day", "sentences", "outcome"), DAYS, ids=[case[0] for case in DAYS])
def test_dates_are_held_against_the_calendar_and_each_other(
    case: str, day: str, sentences: tuple[str, ...], outcome: str
) -> None:
    assert told("INT-09", letter(day, *sentences)).outcome == outcome


def test_a_day_misread_on_a_scan_is_no_sign(
    report: Callable[..., Report], extraction: Make, decide: Callable[..., Result]
) -> None:
    scanned = report(extraction("letter_date", None, raw="02/31/2026"), extraction("visit_date", "2026-02-03"))
    typed = replace(
        scanned,
        document=replace(
            scanned.document, pages=tuple(replace(page, source="text_layer") for page in scanned.document.pages)
        ),
    )
    assert told("INT-09", scanned).outcome == "met"
    assert told("INT-09", typed).outcome == "not_met"


BACK: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("it starts a week before", {"start_date": "2026-02-24"}, "met"),
    ("it starts two months before", {"start_date": "2026-01-02"}, "not_met"),
    ("it starts later", {"start_date": "2026-06-02"}, "met"),
    ("its time began long before", {"duration": {"start": "2025-01-01", "end": "2026-12-31"}}, "not_met"),
    ("it says so", {"retroactive_statement": True}, "not_met"),
    (
        "typed months later",
        {"file_created": "2026-11-01", "file_program": "Microsoft Word for Microsoft 365"},
        "not_met",
    ),
    ("scanned months later", {"file_created": "2026-11-01", "file_program": "RICOH MP C4504"}, "met"),
    ("printed from a portal months later", {"file_created": "2026-11-01", "file_program": "MyChart"}, "met"),
)


@pytest.mark.parametrize(("case", "more", "outcome"), BACK, ids=[case[0] for case in BACK])
def test_a_letter_counts_from_the_day_on_which_it_was_written(
    facts: Callable[..., Facts], extraction: Make, decide: Callable[..., Result],
    case: str, more: dict[str, Any], outcome: str,
) -> None:  # fmt: skip
    dated = extraction("letter_date", "2026-03-03")
    assert decide("INT-05", facts(dated, *(extraction(*one) for one in more.items()))).outcome == outcome


@pytest.mark.parametrize(("printed", "outcome"), [
    ("Patient account # 4111-22", "met"), ("Visa ending in 1111", "met"), ("Visa **** **** **** 1111", "met"),
    ("Visa 4111 1111 1111 1111", "not_met"), ("Amex 378282246310005", "not_met"),
    ("Visa 4111 1111 1111 1112", "met"),  # its check digit is wrong
    ("Checking account no. 000123456789", "not_met"), ("Routing number: 021000021", "not_met"),
    ("NPI 1093817465", "met"), ("Phone (614) 555-0142", "met"), ("SSN: 123-45-6789", "not_met"),
    ("SSN: XXX-XX-6789", "met"), ("Invoice no. 20260303000011", "met"),
])  # fmt: skip
def test_numbers_that_others_could_misuse_are_seen_and_never_said(printed: str, outcome: str) -> None:
    report = pipeline.understand_text(
        f"Cedar Massage\nReceipt 1182\nMarisol Vance\n03/03/2026   Massage 60 min   $95.00\nTotal   $95.00\n{printed}\n"
    )
    found = told("CMP-08", report)
    assert found.outcome == outcome
    said = " ".join([*found.variables.values(), *(place.text for place in found.evidence)])
    assert not any(len(part) > 4 and part.isdigit() for part in said.split())


# Word for word

SENTENCES = (
    "I have followed {name} for chronic neck pain since an accident at work in the spring.",
    "It is medically necessary that {he} has massage therapy with a licensed therapist twice each month.",
    "This will treat {his} cervical radiculopathy by loosening the muscles that press upon the nerve.",
    "{name} has tried physical therapy and two kinds of medicine without lasting relief.",
)
OTHER = (
    "{name} has been under my care for type 2 diabetes and obesity for about six years now.",
    "Supervised exercise is medically necessary to treat {his} diabetes and bring down the blood sugar.",
    "{he} tried diet alone and metformin, and neither brought the A1C below nine percent.",
    "The aim is an A1C below seven percent and a loss of twenty pounds within half a year.",
)


def written_for(name: str, sentences: Sequence[str], *, he: str = "she", his: str = "her") -> Report:
    body = " ".join(sentence.format(name=name, he=he, his=his) for sentence in sentences)
    return pipeline.understand_text(
        f"March 3, 2026\n\nRe: {name}\n\nTo whom it may concern:\n\n{body}\n\nA. Reyes, MD\n"
    )


def test_one_text_for_two_patients_has_one_mark() -> None:
    first = fingerprint.fingerprint(written_for("Marisol Vance", SENTENCES))
    second = fingerprint.fingerprint(written_for("Owen Tate", SENTENCES, he="he", his="his"))
    other = fingerprint.fingerprint(written_for("Felix Okoro", OTHER, he="he", his="his"))
    assert first and second and other
    assert fingerprint.alike(first, second)
    assert not fingerprint.alike(first, other)
    assert "vance" not in first and len(first) == 16


def test_a_letter_that_says_little_has_no_mark() -> None:
    assert fingerprint.fingerprint(written_for("Marisol Vance", SENTENCES[2:3])) is None


def test_it_is_seen_in_a_packet_and_only_between_patients() -> None:
    rules = checking.load("generic-fsa")

    def outcome(*reports: Report) -> str:
        judged = checking.judge_packet(reports, rules, as_of=AS_OF, claim=Claim())
        return next(f.outcome for f in judged.findings if f.rule == "INT-06")

    vance, tate = written_for("Marisol Vance", SENTENCES), written_for("Owen Tate", SENTENCES, he="he", his="his")
    assert outcome(vance, tate) == "not_met"
    assert outcome(vance, written_for("Marisol T. Vance", SENTENCES)) == "met"
    assert outcome(vance, written_for("Owen Tate", OTHER)) == "met"
    assert outcome(vance) == "not_applicable"


@given(st.lists(st.sampled_from("pain neck massage treat nerve muscle care weeks daily relief".split()), min_size=30))
def test_names_and_numbers_do_not_change_a_mark(words: list[str]) -> None:
    def marked(name: str, day: str) -> str | None:
        sentence = f"{name} needs {' '.join(words)} from {day}"
        said = Extraction("necessity_statement", True, sentence)
        return fingerprint.of_fields([
            replace(said, evidence=(checking_evidence(sentence),)), Extraction("patient_name", name, name),
        ])  # fmt: skip

    assert marked("Marisol Vance", "3/3/2026") == marked("Owen Tate", "11/21/2025")


def checking_evidence(text: str) -> Any:
    from docscan.document import Evidence

    return Evidence(1, (), text, 0, len(text))


# Never a refusal, and silent on good documents

SIGNS = ("INT-01", "INT-02", "INT-03", "INT-04", "INT-05", "INT-06", "INT-07", "INT-08", "INT-09", "CMP-08")


@pytest.mark.parametrize("rule", SIGNS)
def test_a_sign_weighs_nothing_and_refuses_nothing(rule: str) -> None:
    found = checking.load("generic-fsa").rule(rule)
    assert (found.about, found.weight) == ("integrity", 0)
    assert found.severity in ("recommended", "info")


def test_a_good_letter_with_a_sign_goes_to_a_person(good_letter: Report, extraction: Make) -> None:
    rules = checking.load("generic-fsa")
    plain = checking.judge(good_letter, rules, as_of=AS_OF, claim=Claim())
    odd = replace(good_letter, fields=(*good_letter.fields, extraction("retroactive_statement", True)))
    flagged = checking.judge(odd, rules, as_of=AS_OF, claim=Claim())
    assert (plain.verdict, flagged.verdict) == ("complete", "needs_review")
    assert plain.score == flagged.score


def good_documents() -> list[dict[str, Any]]:
    """Open documents that say nothing odd: no self-report, no disclaimer, no wellness, no number to hide."""
    found = []
    for path in sorted((*GOLDEN.glob("letters/*.toml"), *GOLDEN.glob("bills/*.toml"))):
        truth = tomllib.loads(path.read_text("utf-8"))
        odd = _ODD & {
            field["name"] for field in truth.get("fields", ()) if field.get("assertion", "stated") == "stated"
        }
        wellness = truth.get("decisions", {}).get("general_health", False)
        if truth["split"] == "open" and truth["kind"] != "other" and not odd and not wellness:
            found.append(truth)
    return found[::6]


_ODD = {
    "self_report_disclaimer", "practice_disclaimer", "general_health_statement", "provider_dea", "ssn_visible",
}  # fmt: skip


@pytest.mark.slow
def test_good_documents_are_passed_over_in_silence() -> None:
    rules = checking.load("generic-fsa")
    documents = good_documents()
    heard = [
        (finding.rule, finding.message)
        for truth in documents
        for finding in checking.judge(
            pipeline.understand_text(truth["text"]), rules, as_of=truth["as_of"], claim=Claim()
        ).findings
        if finding.rule in SIGNS and finding.outcome == "not_met"
    ]  # fmt: skip
    assert len(documents) >= 30
    assert heard == []
