"""The HTML report as a file of its own, in a real browser: nothing is loaded, links light up words, axe is content."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

import docscan
from docscan.document import Report
from docscan.presenting.html import index_html, report_html

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAMPLE = Path(__file__).parents[2] / "sample_docs" / "letter-diabetes-internist.pdf"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def report() -> Report:
    return docscan.check(SAMPLE)


@pytest.fixture(scope="module")
def written(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    pictures = {page.number: docscan.page_picture(SAMPLE, page.number) for page in report.document.pages}
    (folder / "letter.html").write_text(report_html(report, pictures, name="letter.pdf"), "utf-8")
    (folder / "index.html").write_text(index_html([("letter", report), ("b.pdf", "The PDF is locked.")]), "utf-8")
    return folder


@pytest.fixture
def open_file(browser: Browser, written: Path) -> Iterator[Open]:
    """Opens one of the files; whatever it asks for beside itself, and whatever the browser complains of, fails."""
    complaints: list[str] = []
    contexts = []

    def opened(name: str, **more: Any) -> Page:
        context = browser.new_context(**more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((written / name).as_uri())
        complaints.extend(url for url in asked[1:] if not url.startswith("data:"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def lit(page: Page) -> list[str]:
    found: list[str] = page.locator("svg .spot").evaluate_all(
        "spots => spots.filter(s => getComputedStyle(s).visibility === 'visible').map(s => s.dataset.item)"
    )
    return found


def test_a_link_lights_up_the_words_and_a_place_on_the_page_leads_back(open_file: Open) -> None:
    page = open_file("letter.html")
    row = page.locator("tr", has=page.get_by_role("rowheader", name="Letter date", exact=True)).first
    assert lit(page) == []
    row.get_by_role("link").first.click()
    assert lit(page) == [row.get_attribute("data-item")]
    page.locator("a.mark").last.click()  # the smallest: whatever it lies in does not cover it
    target = str(page.evaluate("location.hash")).removeprefix("#")
    assert page.locator(f"#{target}").is_visible()
    assert set(lit(page)) == {target}


def test_words_light_up_without_script_too(open_file: Open) -> None:
    page = open_file("letter.html", java_script_enabled=False)
    link = page.locator("tr .places a").first
    spot = page.locator(str(link.get_attribute("href")))
    assert not spot.is_visible()
    link.click()
    assert spot.is_visible()


@pytest.mark.parametrize("name", ["letter.html", "index.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_read_it(open_file: Open, name: str, scheme: str, width: int) -> None:
    page = open_file(name, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    found = Axe().run(page)
    grave = [one["id"] for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
    assert grave == [], found.generate_report()
    wide, there = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= there, "nobody has to scroll sideways"
