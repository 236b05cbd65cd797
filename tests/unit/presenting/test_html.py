"""The HTML report holds all it needs, shows everything that was found, and lets no document speak for itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from docscan.document import Box, Citation, Evidence, Extraction, PageSummary, Report
from docscan.presenting.html import report_body, report_html, verdict_of
from docscan.presenting.outline import outline

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e{{7*7}}</style>'


class Tags(HTMLParser):
    """Every tag with its attributes, and the text outside style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._within = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._within = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.text += data

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def test_nothing_is_loaded_from_anywhere(report: Report) -> None:
    tags = Tags(report_html(report, {1: PNG}))
    assert not tags.all("link", "iframe", "object", "embed", "base", "form")
    assert not [one for one in tags.all("script") if "src" in one]
    for tag, attributes in tags.tags:
        for name in ("src", "srcset", "data", "action", "poster", *(["href"] if tag in ("image", "use") else [])):
            assert (attributes.get(name) or "data:").startswith(("data:", "#d1-i")), tag
        assert "style" not in attributes, "the content security policy would refuse it"
        assert not [name for name in attributes if name.startswith("on")]
    policy = next(one["content"] for one in tags.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_policy_allows_exactly_the_style_and_script_that_are_there(report: Report) -> None:
    import base64
    import hashlib

    html = report_html(report, {})
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert content
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in html.replace("&#x27;", "&#39;").replace("&#43;", "+")


def test_tells_verdict_score_advice_source_problem_and_that_it_only_advises(report: Report) -> None:
    text = " ".join(Tags(report_html(report, {}, name="letter.pdf")).text.split())
    for said in (
        "letter.pdf",
        "Letter of Medical Necessity",
        "1 thing not found, 1 to check",
        "Incomplete: Something",
        "Checklist score 55 to 82.5 of 100",
        "No duration of treatment was found.",
        'Ask for "for 12 months from March 3, 2026".',
        "Publication 502",
        "No word on page 2 could be read.",
        "Type 2 diabetes mellitus without complications",
        "March 4, 2026 or April 3, 2026",
        "Rule LMN-10 (must have): The letter says how long the treatment lasts",
        "Most FSA and HRA administrators (generic-fsa)",
        "Patient as read: Marisol T. Vance",
        "2 pages",
        "docscan did not find it; page 2 could not be read, so it may stand there.",
        "docscan advises",
    ):
        assert said in text, said


def test_what_must_be_fixed_comes_before_what_looks_fine(report: Report) -> None:
    text = Tags(report_html(report, {})).text.partition("to check")[2]
    order = [text.index(said) for said in ("Not found: look", "To check", "Would make it stronger", "Looks fine")]
    assert order == sorted(order)


def test_every_link_inside_leads_somewhere_and_every_place_has_its_boxes(report: Report) -> None:
    tags = Tags(report_html(report, {}))
    ids = [attributes["id"] for _, attributes in tags.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    inner = [one["href"][1:] for one in tags.all("a") if (one.get("href") or "").startswith("#")]  # type: ignore[index]
    assert inner
    assert set(inner) <= set(ids)
    places = {name for name in ids if name and name.startswith("d1-") and re.search(r"-p\d+$", name)}
    evidence = [one.evidence for one in report.fields] + [one.evidence for one in report.findings]
    assert len(places) == len([one for one in evidence if one])


def test_a_box_is_drawn_where_the_words_stand(report: Report) -> None:
    box = Box(0.1, 0.25, 0.3, 0.5)
    page = replace(report.document.pages[0], width=600.0, height=900.0)
    here = Extraction("total", "1.00", "1.00", evidence=(Evidence(1, (box,), "1.00", 0, 4),))
    one = replace(report, document=replace(report.document, pages=(page,)), fields=(here,), findings=())
    tags = Tags(report_html(one, {1: PNG}))
    assert any(svg.get("viewbox") == "0 0 1000 1500.0" for svg in tags.all("svg"))
    rect = tags.all("rect")[-1]
    left, top, width, height = (float(rect[name] or 0) for name in ("x", "y", "width", "height"))
    air = 100 - left
    assert 0 <= air < 5
    assert (left + air, top + air) == (100, 375)
    assert (width - 2 * air, height - 2 * air) == (200, 375)


@pytest.mark.parametrize(
    ("picture", "kind"), [(PNG, "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"RIFF\0\0\0\0WEBPVP8 ", "webp")]
)
def test_pictures_stand_in_the_file(report: Report, picture: bytes, kind: str) -> None:
    pictures = Tags(report_html(report, {1: picture})).all("image")
    assert len(pictures) == 1
    assert (pictures[0]["href"] or "").startswith(f"data:image/{kind};base64,")
    assert pictures[0]["aria-label"]


def test_a_hostile_document_stays_text(report: Report) -> None:
    evidence = (Evidence(1, (Box(0, 0, 1, 1),), HOSTILE, 0, 5, section=HOSTILE),)
    hostile = replace(
        report,
        administrator=HOSTILE,
        fields=(
            Extraction("patient_name", HOSTILE, HOSTILE, evidence=evidence),
            Extraction(HOSTILE, {"description": HOSTILE}, HOSTILE, resolved={"description": HOSTILE}),
            Extraction("item", {"description": HOSTILE, "code": HOSTILE, "amount": HOSTILE}, HOSTILE),
        ),
        findings=(
            replace(
                report.findings[0],
                title=HOSTILE,
                message=HOSTILE,
                advice=HOSTILE,
                evidence=evidence,
                citation=Citation(HOSTILE, HOSTILE, "javascript:alert(1)", "law"),
            ),
        ),
        versions={HOSTILE: HOSTILE},
    )
    html = report_html(hostile, {}, name=HOSTILE)
    tags = Tags(html)
    assert len(tags.all("script")) == 1
    assert not tags.all("img", "image")
    assert "javascript:" not in " ".join(one.get("href") or "" for one in tags.all("a"))
    assert "\u202e" not in html
    assert "{{7*7}}" in tags.text


def test_each_document_of_a_file_has_its_own_part(report: Report) -> None:
    several = replace(
        report, document=replace(report.document, kind="packet"), parts=(report, replace(report, verdict="complete"))
    )
    tags = Tags(report_html(several, {1: PNG}))
    ids = [attributes["id"] for _, attributes in tags.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert {"d1", "d2"} <= set(ids)
    assert "Several documents" in tags.text


def test_the_body_takes_addresses_of_pictures(report: Report) -> None:
    body = Tags(str(report_body(report, {1: "/v1/documents/7/pages/1.png"})))
    assert body.all("image")[0]["href"] == "/v1/documents/7/pages/1.png"
    assert not body.all("script", "style", "html")


def test_the_headings_are_what_was_found_and_never_what_the_rule_asks(report: Report) -> None:
    headings = re.findall(r"<h4>(.*?)</h4>", report_html(report, {}))
    assert sorted(headings) == sorted(finding.message for finding in report.findings)


def test_rules_that_wait_for_one_page_are_one_folded_block(waiting: Report) -> None:
    html = report_html(waiting, {})
    assert re.findall(r"<h4>(Page .*?)</h4>", html) == ["Page 2 could not be read well enough."]
    folded = re.findall(r"<details>\s*<summary class=\"small\">.*?</details>", html, re.DOTALL)
    assert len(folded) == 1
    for rule in ("LMN-16", "LMN-17", "LMN-18"):
        assert rule in folded[0]
        assert html.count(rule) == 1
    assert "1 thing not found, 1 to check" in html


def test_what_really_cannot_be_decided_for_an_illegible_page_is_folded(report: Report) -> None:
    """Held against the words of the checks themselves: folding goes by them."""
    from docscan import checking

    pages = tuple(replace(page, quality=0.2, problem=None) for page in report.document.pages)
    unread = replace(report, document=replace(report.document, pages=pages), fields=(), problems=())
    judged = checking.judge(unread, checking.load("generic-fsa"), as_of=report.as_of, claim=report.claim)
    told = outline(judged.findings)
    assert [one.pages for one in told.waiting] == ["pages 1 and 2"]
    assert len(told.waiting[0].findings) > 15
    assert set(told.undecided) == {finding for finding in judged.findings if finding.outcome == "uncertain"}


def test_the_moment_of_arrival_is_told_to_the_second(report: Report) -> None:
    moment = datetime(2026, 3, 20, 14, 5, 9, tzinfo=UTC)
    body = str(report_body(report, {}, received=moment))
    assert f'datetime="{moment.isoformat()}"' in body
    assert ":05:09 " in body


def on_page(report: Report, page: PageSummary, *boxes: Box) -> Report:
    """The report, of this page alone, with one gravely wrong thing and one doubtful fact in these boxes."""
    evidence = (Evidence(page.number, boxes, "1.00", 0, 4),)
    return replace(
        report,
        document=replace(report.document, pages=(page,)),
        fields=(Extraction("total", "1.00", "1.00", confidence=0.3, evidence=evidence),),
        findings=(replace(report.findings[2], evidence=evidence),),
        problems=(),
    )


def numbers(svg: dict[str, str | None], name: str = "viewbox") -> list[float]:
    return [float(number) for number in (svg[name] or "").split()]


@pytest.mark.parametrize(
    ("rotation", "stretch", "tall", "turn", "left", "top"),
    [
        (0, 1.0, 1500.0, None, 100, 300),
        (90, 1.0, 666.67, "translate(1000 0) rotate(90)", 700, 66.7),
        (180, 1.0, 1500.0, "translate(1000 1500) rotate(180)", 600, 1050),
        (270, 1.0, 666.67, "translate(0 666.67) rotate(270)", 200, 400),
        (0, 2.0, 3000.0, None, 100, 600),
        (180, 0.5, 750.0, "translate(1000 750) rotate(180)", 600, 525),
    ],
)
def test_a_page_is_shown_upright_in_its_true_proportions_with_its_places(
    report: Report, rotation: int, stretch: float, tall: float, turn: str | None, left: float, top: float
) -> None:
    page = replace(report.document.pages[0], width=600.0, height=900.0, rotation=rotation, stretch=stretch)
    tags = Tags(report_html(on_page(report, page, Box(0.1, 0.2, 0.4, 0.3)), {1: PNG}))
    sheet = next(svg for svg in tags.all("svg") if svg.get("role") == "group")
    assert numbers(sheet) == [0, 0, 1000, tall]
    picture = tags.all("image")[0]
    assert picture.get("transform") == turn
    sides = (tall, 1000.0) if rotation in (90, 270) else (1000.0, tall)
    assert (float(picture["width"] or 0), float(picture["height"] or 0)) == sides
    place = tags.all("rect")[-1]
    assert float(place["x"] or 0) == pytest.approx(left, abs=3)
    assert float(place["y"] or 0) == pytest.approx(top, abs=3)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_place_is_cut_out_of_the_shown_page_and_magnified(report: Report, rotation: int) -> None:
    page = replace(report.document.pages[0], rotation=rotation)
    tags = Tags(report_html(on_page(report, page, Box(0.1, 0.2, 0.4, 0.23)), {1: PNG}))
    cuttings = [svg for svg in tags.all("svg") if svg.get("aria-hidden") and svg.get("width")]
    assert len(cuttings) == 2, "of the finding and of the doubtful fact"
    assert {use["href"] for use in tags.all("use")} == {f"#{tags.all('image')[0]['id']}"}
    place = tags.all("rect")[-1]
    x, y, wide, high = (float(place[name] or 0) for name in ("x", "y", "width", "height"))
    left, top, across, down = numbers(cuttings[0])
    assert left <= x
    assert top <= y
    assert x + wide <= left + across
    assert y + high <= top + down
    assert float(cuttings[0]["width"] or 0) > across, "magnified"


def test_a_sure_fact_and_what_looks_fine_need_no_magnifying(report: Report) -> None:
    sure = replace(
        report, findings=tuple(one for one in report.findings if one.outcome == "met"), fields=report.fields[1:5]
    )
    assert not Tags(report_html(sure, {1: PNG})).all("use")


def test_what_was_not_found_on_a_page_read_completely_is_red(legible: Report) -> None:
    html = report_html(legible, {})
    assert "docscan did not find it on the page." in html
    assert '<div class="verdict bad">' in html
    assert '<li class="finding bad"' in html
    assert "What to do:" in html


def test_what_was_merely_not_found_where_not_all_was_read_alarms_nobody(legible: Report) -> None:
    """Neither in red, nor as a fact: it may stand in one of the places that were not read, which can be seen."""
    places = (Box(0.1, 0.5, 0.2, 0.52), Box(0.3, 0.5, 0.4, 0.52))
    page = replace(legible.document.pages[0], source="ocr", quality=0.97, unread=places)
    unread = replace(legible, document=replace(legible.document, pages=(page,)))
    html = report_html(unread, {1: PNG})
    tags = Tags(html)
    text = " ".join(tags.text.split())
    assert "finding bad" not in html
    assert "verdict bad" not in html
    assert "1 thing not found" in text
    assert "Not found: look at the page first" in text
    assert "docscan did not find it; 2 places on page 1 could not be read: Show on page 1" in text
    assert "If the page does not show this: Ask for" in text
    shown = re.search(r'<g id="d1-u-p1"[^>]*>(.*?)</g>', html)
    assert shown
    assert shown[1].count("<rect") == 2
    assert html.count('href="#d1-u-p1"') == 4, "from the three findings without a place, and from below the page"


def test_what_was_read_and_is_wrong_is_red_on_any_page(report: Report) -> None:
    page = replace(report.document.pages[0], source="ocr", quality=0.97, unread=(Box(0.1, 0.5, 0.2, 0.52),))
    assert "finding bad" in report_html(on_page(report, page, Box(0.1, 0.2, 0.4, 0.23)), {1: PNG})


def test_ink_that_was_understood_is_no_unread_place(legible: Report) -> None:
    ink = Box(0.1, 0.5, 0.2, 0.52)
    page = replace(legible.document.pages[0], unread=(ink,))
    signature = Extraction("signature", {"form": "ink"}, "", evidence=(Evidence(1, (ink,), "", None, None),))
    signed = replace(legible, document=replace(legible.document, pages=(page,)), fields=(signature,))
    assert "could not be read" not in Tags(report_html(signed, {1: PNG})).text


def test_a_label_stands_once_over_rows_of_the_same_kind(report: Report) -> None:
    codes = tuple(Extraction("diagnosis_code", code, code) for code in ("E11.9", "I10"))
    html = report_html(replace(report, fields=codes), {})
    assert html.count('<th scope="row">Diagnosis code') == 1
    assert html.count('<span class="hidden">Diagnosis code') == 1, "who listens still hears it"


def test_a_list_of_documents_alarms_no_more_than_their_reports(report: Report, legible: Report) -> None:
    assert verdict_of(legible) == ("bad", "1 thing to fix")
    assert verdict_of(report) == ("open", "1 thing not found, 1 to check")


def test_the_least_that_would_complete_it_stands_above_the_findings(report: Report) -> None:
    page = report_html(report, {})
    assert "What would make it complete: 2 changes<" in page
    assert page.index("What would make it complete") < page.index("block of-fix")
    done = replace(report, verdict="complete")
    assert "What would make it complete" not in report_html(done, {})
