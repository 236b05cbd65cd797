"""The pages in a real browser: by mouse, by keyboard, on a phone, in the dark, and without script."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
Letter = Callable[..., Path]
REPORT = re.compile(r"/documents/[0-9a-f]{32}$")


NATURAL_WIDTH = """async (shape) => {
  const picture = new Image(); picture.src = shape.href.baseVal; await picture.decode(); return picture.naturalWidth;
}"""


def _lit(page: Page) -> list[str]:
    """What is lit up on the page pictures: for each, the item it belongs to."""
    found: list[str] = page.locator("svg .spot").evaluate_all(
        "spots => spots.filter(s => getComputedStyle(s).visibility === 'visible').map(s => s.dataset.item)"
    )
    return found


def _no_sideways_scrolling(page: Page) -> None:
    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide[0] <= wide[1]


def _finding(page: Page, title: str) -> str:
    return page.locator(".finding", has_text=title).first.get_attribute("id") or ""


def test_a_file_is_uploaded_its_progress_told_and_its_report_shown(open_page: Open, letter: Letter) -> None:
    page = open_page()
    page.goto("/")
    page.set_input_files("#file", letter("slow 1.5"))
    expect(page.get_by_text("letter from Dr Okafor.txt")).to_be_visible()
    page.get_by_role("button", name="Check it").click()

    expect(page.get_by_role("status")).to_have_text("Reading the pages and checking the rules")
    expect(page.get_by_role("progressbar")).to_be_visible()

    page.wait_for_url(REPORT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Letter of Medical Necessity")
    expect(page.get_by_text("1 thing to fix, 1 to check")).to_be_visible()
    expect(page.get_by_text("Incomplete", exact=True)).to_be_visible()
    expect(page.get_by_text("61.5 to 80 of 100")).to_be_visible()
    expect(page.get_by_text("No duration of treatment was found.")).to_be_visible()
    expect(page.get_by_text("The lower half of page 2 is too dark")).to_be_visible()
    expect(page.get_by_text("docscan advises.")).to_be_visible()
    assert page.get_by_role("img", name="Page 1, upright").evaluate(NATURAL_WIDTH) > 500


def test_the_name_of_a_file_never_leaves_the_browser(open_page: Open, letter: Letter) -> None:
    page = open_page()
    sent: list[bytes] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.post_data_buffer or b"")

    page.on("request", note)
    page.goto("/")
    page.set_input_files("#file", letter())
    page.get_by_role("button", name="Check it").click()
    page.wait_for_url(REPORT)
    assert len(sent) == 1
    assert b"Okafor" not in sent[0]


def test_a_file_that_is_dropped_is_taken(open_page: Open) -> None:
    page = open_page()
    page.goto("/")
    data = page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File(['a letter'], 'dropped.pdf')); return data }"
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": data})
    expect(page.get_by_text("dropped.pdf")).to_be_visible()
    page.get_by_role("button", name="Check it").click()
    page.wait_for_url(REPORT)


def test_clicking_a_finding_lights_up_its_words_and_nothing_else(open_page: Open, checked: str) -> None:
    page = open_page()
    page.goto(checked)
    assert _lit(page) == []
    finding = page.locator(".finding", has_text="The provider signed")
    finding.get_by_role("heading").click()
    expect(finding).to_have_class(re.compile(r"\blit\b"))
    assert set(_lit(page)) == {finding.get_attribute("id")}
    spot = page.locator(".spot.lit rect").first
    expect(spot).to_be_in_viewport()

    row = page.locator("tr", has_text="Patient name")
    row.get_by_role("link").click()
    assert set(_lit(page)) == {row.get_attribute("id")}


def test_the_boxes_lie_on_the_words(open_page: Open, checked: str) -> None:
    """Inside the box of "Sincerely," the picture is dark somewhere; right below it, it is white."""
    page = open_page()
    page.goto(checked)
    picture = page.get_by_role("img", name="Page 1, upright")
    item = _finding(page, "The provider signed")
    dark = page.evaluate(
        """async ([item, shape]) => {
          const picture = new Image(); picture.src = shape.href.baseVal; await picture.decode();
          const rect = document.querySelector(`svg g[data-item="${item}"] rect`).getBoundingClientRect();
          const shown = shape.getBoundingClientRect();
          const canvas = document.createElement("canvas");
          canvas.width = picture.naturalWidth; canvas.height = picture.naturalHeight;
          const pen = canvas.getContext("2d"); pen.drawImage(picture, 0, 0);
          const scale = picture.naturalWidth / shown.width;
          const darkest = (top) => Math.min(...pen.getImageData((rect.left - shown.left) * scale,
            (top - shown.top) * scale, rect.width * scale, rect.height * scale).data.filter((_, i) => i % 4 === 0));
          return [darkest(rect.top), darkest(rect.bottom + 2)];
        }""",
        [item, picture.element_handle()],
    )
    assert dark[0] < 100
    assert dark[1] > 200


def test_findings_can_be_narrowed_to_what_must_be_fixed(open_page: Open, checked: str) -> None:
    page = open_page()
    page.goto(checked)
    in_order = page.get_by_role("heading", name=re.compile("Looks fine"))
    expect(in_order).to_be_visible()
    mend = page.get_by_role("button", name="What to do (3)")
    mend.click()
    expect(mend).to_have_attribute("aria-pressed", "true")
    expect(in_order).to_be_hidden()
    expect(page.get_by_text("No duration of treatment was found.")).to_be_visible()
    page.get_by_role("button", name="All findings (10)").click()
    expect(in_order).to_be_visible()


def test_the_picture_stays_in_sight_while_the_findings_scroll(open_page: Open, checked: str) -> None:
    page = open_page()
    page.goto(checked)
    for summary in page.locator(".said summary").all():
        summary.click()
    page.locator(".said .finding").last.scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 900
    expect(page.locator(".sheet").first).to_be_in_viewport(ratio=0.5)


@pytest.mark.parametrize(
    ("first_line", "said", "remedy"),
    [
        ("refuse at once", "The file needs a password", "Save a copy without a password"),
        ("", "The file is empty", "Save or send it again"),
        ("PK", "This kind of file cannot be checked", "Upload a PDF or a picture"),
        ("x" * 2_000_001, "The file is too large", "Upload only the pages"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_in_place_and_another_can_be_tried(
    open_page: Open, letter: Letter, first_line: str, said: str, remedy: str
) -> None:
    page = open_page()
    page.goto("/")
    page.set_input_files("#file", letter(first_line))
    page.get_by_role("button", name="Check it").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(said)
    expect(alert).to_contain_text(remedy)
    expect(alert).to_be_focused()
    page.set_input_files("#file", letter())
    expect(alert).to_be_hidden()
    page.get_by_role("button", name="Check it").click()
    page.wait_for_url(REPORT)


def test_nothing_chosen_is_told_in_place(open_page: Open) -> None:
    page = open_page()
    page.goto("/")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("alert")).to_contain_text("No file was chosen")


def test_a_document_that_fails_says_why(open_page: Open, letter: Letter) -> None:
    page = open_page()
    page.goto("/")
    page.set_input_files("#file", letter("refuse"))
    page.get_by_role("button", name="Check it").click()
    page.wait_for_url(REPORT)
    expect(page.get_by_role("heading", level=1)).to_have_text("This document could not be checked")
    expect(page.get_by_role("alert")).to_contain_text("Save a copy without a password")


def test_a_service_that_is_gone_is_told_in_place(open_page: Open, letter: Letter) -> None:
    page = open_page()
    page.goto("/")
    page.set_input_files("#file", letter())
    page.context.set_offline(True)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("alert")).to_contain_text("The service cannot be reached")


def test_by_keyboard_alone(open_page: Open, letter: Letter) -> None:
    page = open_page()
    file = letter()
    # from the start: the browser needs a moment until it hands over choosers instead of showing them
    page.on("filechooser", lambda chooser: chooser.set_files(file))
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#file")).to_be_focused()
    assert page.locator("label[for=file]").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_text("letter from Dr Okafor.txt")).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Check it":
            break
    expect(page.get_by_role("button", name="Check it")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(REPORT)

    place = page.locator(".finding", has_text="The provider signed").get_by_role("link", name="Show on page 1")
    for _ in range(40):
        page.keyboard.press("Tab")
        if place.evaluate("e => e === document.activeElement"):
            break
    expect(place).to_be_focused()
    assert place.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert set(_lit(page)) == {_finding(page, "The provider signed")}, "the focus alone lights it up"
    page.keyboard.press("Enter")
    expect(page.locator(".spot.lit rect").first).to_be_in_viewport()


def test_on_a_phone(open_page: Open, letter: Letter) -> None:
    page = open_page(width=375, height=720, has_touch=True, is_mobile=True)
    page.goto("/")
    expect(page.get_by_text("Take a photo")).to_be_visible()
    assert page.locator("#photo").get_attribute("capture") == "environment"
    _no_sideways_scrolling(page)
    page.set_input_files("#photo", letter())
    page.get_by_role("button", name="Check it").tap()
    page.wait_for_url(REPORT)
    _no_sideways_scrolling(page)
    for target in page.locator("main a:visible:not(svg a), button:visible, summary:visible").all():
        box = target.bounding_box()
        assert box is None or box["height"] >= 20
    page.locator(".finding", has_text="The provider signed").get_by_role("link", name="Show on page 1").tap()
    expect(page.locator(".spot.lit rect").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Enlarge page 1")).to_have_attribute("aria-pressed", "true")
    large = page.locator(".sheet").first.bounding_box()
    assert large is not None
    assert large["width"] > 700, "words can be read"
    _no_sideways_scrolling(page)
    page.get_by_role("button", name="Enlarge page 1").tap()
    fitting = page.locator(".sheet").first.bounding_box()
    assert fitting is not None
    assert fitting["width"] < 375
    back = page.get_by_role("link", name="Back to the finding")
    back.tap()
    expect(page.locator(".finding", has_text="The provider signed").get_by_role("heading")).to_be_in_viewport()
    expect(back).to_be_hidden()
    for path in ("/documents", "/rules", "/rules/LMN-12", "/administrators", "/administrators/take-command-hra"):
        page.goto(path)
        _no_sideways_scrolling(page)


def test_rules_are_set_side_by_side_and_each_told_in_full(open_page: Open) -> None:
    page = open_page()
    page.goto("/rules")
    row = page.get_by_role("row", name=re.compile("^LMN-12 "))
    row.scroll_into_view_if_needed()
    expect(page.get_by_role("columnheader", name="FSAFEDS")).to_be_in_viewport()
    changed = row.get_by_title("LMN-12, FSAFEDS: must have (changed)")
    expect(changed).to_contain_text("must have, changed")
    expect(page.get_by_role("row", name=re.compile("^LMN-01 "))).to_have_count(1)
    page.get_by_role("link", name="Show only rules in which administrators differ").click()
    expect(page.get_by_role("row", name=re.compile("^LMN-12 "))).to_have_count(1)
    expect(page.get_by_role("row", name=re.compile("^LMN-01 "))).to_have_count(0)

    page.get_by_role("link", name="LMN-12").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("LMN-12 The time has an end")
    page.get_by_role("link", name="FSAFEDS", exact=True).click()
    expect(page.get_by_text("Under the rules of FSAFEDS, this is must have.")).to_be_visible()
    page.get_by_role("row", name=re.compile("^FSAFEDS")).get_by_role("link", name=re.compile("changed")).click()
    expect(page.locator(".change:target")).to_contain_text("No lifetime letters.")


def test_a_finding_leads_to_its_rule(open_page: Open, checked: str) -> None:
    page = open_page()
    page.goto(checked)
    link = page.locator(".finding a.rule").first
    rule = link.text_content() or ""
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(rule)


def test_without_script(open_page: Open, letter: Letter) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.set_input_files("#file", letter("slow 1"))
    page.get_by_role("button", name="Check it").click()
    page.wait_for_url(REPORT)
    expect(page.get_by_text("Incomplete", exact=True)).to_be_visible(timeout=15_000)
    page.locator(".finding", has_text="The provider signed").get_by_role("link", name="Show on page 1").click()
    expect(page.locator("svg .spot:target rect").first).to_be_in_viewport()
    expect(page.locator("svg .spot:target rect").first).to_be_visible()


def test_recent_documents_are_listed_and_one_can_be_deleted(open_page: Open, service: str) -> None:
    answer = httpx.post(f"{service}/v1/documents", files={"file": b"a letter"}, headers={"Prefer": "wait=60"})
    address = answer.headers["location"].removeprefix("/v1")
    page = open_page()
    page.goto("/documents")
    page.locator(f'a[href="{address}"]').click()
    page.get_by_text("Delete this document").click()
    page.get_by_role("button", name="Delete it").click()
    page.wait_for_url("**/documents")
    expect(page.locator(f'a[href="{address}"]')).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_stands_in_anybodys_way(
    open_page: Open, letter: Letter, checked: str, service: str, scheme: str, width: int
) -> None:
    page = open_page(width=width, color_scheme=scheme)
    failed = httpx.post(f"{service}/v1/documents", files={"file": b"refuse"}, headers={"Prefer": "wait=60"})
    slow = httpx.post(f"{service}/v1/documents", files={"file": b"slow 8"})
    waiting = slow.headers["location"].removeprefix("/v1")

    def look(name: str) -> None:
        found = [
            f"{violation['id']} ({violation['impact']}): {node['html'][:200]}"
            for violation in Axe().run(page).response["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]
        assert found == [], name

    for path in (
        "/",
        "/documents",
        waiting,
        failed.headers["location"].removeprefix("/v1"),
        "/problems",
        "/docs",
        "/rules",
        "/rules?differ=1",
        "/rules/LMN-12",
        "/administrators",
        "/administrators/take-command-hra",
        "/nothing",
    ):
        page.goto(path)
        look(path)
    httpx.delete(f"{service}/v1{waiting}")
    page.goto(checked)
    look("report")
    for summary in page.locator("summary").all():
        summary.click()
    page.locator(".finding", has_text="The provider signed").get_by_role("heading").click()
    look("report, opened and lit up")
    page.goto("/")
    page.get_by_role("button", name="Check it").click()
    look("start with an error")
    page.set_input_files("#file", letter())
    look("start with a file")


@pytest.mark.parametrize("name", ["letter-diabetes-internist.pdf", "letter-invalid-code.heic", "fax-chiropractor.tif"])
def test_a_real_document_is_read_judged_and_shown(open_page: Open, real_service: str, name: str) -> None:
    sample = Path(__file__).parents[2] / "sample_docs" / name
    page = open_page(base_url=real_service)
    page.set_default_timeout(90_000)
    page.goto("/")
    page.set_input_files("#file", sample)
    page.get_by_role("button", name="Check it").click()
    page.wait_for_url(REPORT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Letter of Medical Necessity")
    assert page.get_by_role("img", name="Page 1, upright").evaluate(NATURAL_WIDTH) > 500
    row = page.locator(".fields tr", has_text="Patient name")
    row.get_by_role("link").first.click()
    assert set(_lit(page)) == {row.get_attribute("id")}
    expect(page.locator(".spot.lit rect").first).to_be_in_viewport()
