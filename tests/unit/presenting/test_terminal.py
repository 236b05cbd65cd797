"""What the terminal shows fits it, says with words what colour says, and cannot be steered by a document."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console, RenderableType

from docscan.document import Document, Report
from docscan.presenting.terminal import document_text, report_panel, summary_table


def shown(*what: RenderableType, width: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, highlight=False)
    for one in what:
        console.print(one)
    return out.getvalue()


def words(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def test_tells_verdict_score_and_what_to_mend_with_advice_and_source(report: Report) -> None:
    text = words(shown(report_panel(report, name="letter.pdf")))
    for said in (
        "letter.pdf",
        "Letter of Medical Necessity 1 thing to fix, 1 to check Incomplete: ",
        "Checklist score 55 to 82.5 of 100: share of the rules met",
        "No duration of treatment was found. Rule LMN-10: The letter says how long the treatment lasts (must have)",
        "→ Ask for",
        "Law: Publication 502",
        "Page 2 could not be read well enough to tell. Rule LMN-16: The letter is signed (must have)",
        "1 rule met, 1 does not apply",
        "letter.pdf · Most FSA and HRA administrators",
        "generic-fsa, as of 2026-03-20",
    ):
        assert said in text, said
    assert text.index("To fix") < text.index("To check") < text.index("Would make it stronger")


def test_what_stands_out_is_what_was_found_not_what_the_rule_asks(report: Report) -> None:
    text = shown(report_panel(report, name="a"), colour=True)
    bold = " ".join(re.findall(r"\x1b\[1(?:;\d+)*m(.*?)\x1b\[0m", text))
    for finding in report.findings:
        assert finding.title not in bold
        assert finding.message in bold or finding.outcome in ("met", "not_applicable") or finding.severity == "info"


def test_rules_that_wait_for_one_page_are_told_once(waiting: Report) -> None:
    text = words(shown(report_panel(waiting, name="a")))
    assert text.count("Page 2 could not be read well enough.") == 1
    assert "Send a clearer copy of this page, or the original file. 3 rules wait for it. LMN-16, LMN-17, LMN-18" in text
    assert "1 thing to fix, 1 to check" in text


def test_doubt_is_told_with_what_to_do_if_it_is_so(report: Report) -> None:
    doubtful = replace(report.findings[3], message="It is filled in by hand; a person must read it.")
    text = words(shown(report_panel(replace(report, findings=(doubtful,)), name="a")))
    assert "→ If the page does not show this: Ask the provider" in text


def test_a_long_name_leaves_room_for_whose_rules_they_are(report: Report) -> None:
    first = shown(report_panel(report, name="/home/somebody/papers of this year/letters/letter of march.pdf")).split(
        "\n"
    )[0]
    assert "letter of march.pdf · Most FSA and HRA administrators" in first


def test_shows_what_was_read_where_asked(report: Report) -> None:
    assert "3 times a week" not in shown(report_panel(report, name="a"))
    assert "3 times a week" in shown(report_panel(report, name="a", fields=True))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(report: Report, width: int) -> None:
    text = shown(
        report_panel(report, name="a very long name of a file that does not fit anywhere.pdf", fields=True),
        summary_table([("a.pdf", report), ("b.pdf", "This is a text file.")], width=width),
        width=width,
    )
    assert max(map(len, text.splitlines())) <= width


def test_a_document_cannot_send_orders_to_the_terminal(report: Report) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J[bold red]x[/]\u202e"
    field = replace(report.fields[0], value=evil, raw=evil)
    finding = replace(report.findings[2], message=evil, title=evil, advice=evil)
    text = shown(report_panel(replace(report, fields=(field,), findings=(finding,)), name=evil, fields=True))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold red]x[/]" in text, "markup is shown, not obeyed"


def test_the_summary_names_the_first_thing_to_mend(report: Report) -> None:
    rows: list[tuple[str, Report | str]] = [("a.pdf", report), ("b.pdf", "It needs a password.")]
    text = shown(summary_table(rows, width=140), width=140)
    first, second = [line for line in text.splitlines() if ".pdf" in line]
    assert "LMN-10 No duration of treatment was found." in first
    assert "55 to 82.5" in first
    assert "not checked" in second
    assert "It needs a password." in second


@pytest.mark.parametrize("width", [80, 119])
def test_a_narrow_summary_says_all_that_a_wide_one_says(report: Report, width: int) -> None:
    text = shown(summary_table([("a.pdf", report)], width=width), width=width)
    wide = shown(summary_table([("a.pdf", report)], width=140), width=140)
    told = {word for word in wide.split() if not word.startswith("─")} - {"Kind", "Score"}
    assert told <= set(text.split())


def test_a_file_of_several_documents_has_a_section_for_each(report: Report) -> None:
    text = shown(report_panel(replace(report, parts=(report, report)), name="a"))
    assert "Document 1 of 2" in text
    assert "Document 2 of 2" in text


def test_text_is_shown_page_by_page(document: Document) -> None:
    text = shown(*document_text(document))
    assert text.index("Page 1 of 2") < text.index("Marisol T. Vance") < text.index("Page 2 of 2")


def test_the_least_that_would_complete_it_is_told_by_who_can_do_it(report: Report) -> None:
    text = words(shown(report_panel(report, name="letter.pdf")))
    assert "What would make it complete: 2 changes" in text
    assert text.index("What would make it complete") < text.index("To fix")
    assert "What would make it complete" not in shown(report_panel(replace(report, verdict="complete"), name="a"))
