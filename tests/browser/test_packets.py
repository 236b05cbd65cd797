"""Documents chosen, judged together, compared in a real browser: by mouse, by keyboard, on a phone, without script."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
PACKET = re.compile(r"/packets/[0-9a-f]{32}$")
SAMPLES = Path(__file__).parents[2] / "sample_docs"


@pytest.fixture(scope="module")
def two(service: str) -> list[str]:
    """Ids of two documents that were checked, the one received last first."""
    answers = [
        httpx.post(f"{service}/v1/documents", files={"file": text}, headers={"Prefer": "wait=60"}, timeout=70)
        for text in (b"a letter", b"another")
    ]
    return [answer.headers["location"].rsplit("/", 1)[1] for answer in answers][::-1]


@pytest.fixture(scope="module")
def real_packet(real_service: str) -> str:
    """The path of the page of a letter and a receipt that were read and judged, by two administrators."""
    names = ("pair-letter-too-late.pdf", "pair-receipt-too-early.png")
    answer = httpx.post(
        f"{real_service}/v1/packets/upload",
        files=[("file", (SAMPLES / name).read_bytes()) for name in names],
        data={"administrator": ["generic-fsa", "healthequity"], "as_of": "2026-09-30"},
        headers={"Prefer": "wait=120"},
        timeout=130,
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["links"]["page"])


def _no_sideways_scrolling(page: Page) -> None:
    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide[0] <= wide[1]


@pytest.mark.parametrize("script", [True, False])
def test_documents_are_chosen_in_the_list_and_judged_together(open_page: Open, two: list[str], script: bool) -> None:
    page = open_page(java_script_enabled=script)
    page.goto("/documents")
    boxes = page.locator("form.together input[name=documents]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Check these 2 together" if script else "Check together").click()
    page.wait_for_url(PACKET)
    expect(page.get_by_role("heading", level=1)).to_have_text("Packet of 2 documents")
    expect(page.get_by_role("link", name="Its own report").first).to_have_attribute("href", f"/documents/{two[0]}")
    page.goto("/documents")
    page.get_by_role("link", name="Packet of 2 documents").first.click()
    page.wait_for_url(PACKET)


def test_the_keyboard_chooses_documents_too(open_page: Open, two: list[str]) -> None:
    page = open_page()
    page.goto("/documents")
    page.locator("#choose-1").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == f"/documents/{two[0]}"
    page.locator("#choose-2").focus()
    page.keyboard.press("Space")
    page.locator("#check-together").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(PACKET)


def test_a_click_on_the_box_chooses_and_one_beside_it_opens(open_page: Open, two: list[str]) -> None:
    page = open_page(width=390)
    page.goto("/documents")
    page.locator("#choose-1").click()
    assert page.url.endswith("/documents")
    expect(page.locator("#choose-1")).to_be_checked()
    page.locator("li.choosable .small").first.click(position={"x": 5, "y": 5}, force=True)
    page.wait_for_url(f"**/documents/{two[0]}")


def test_nothing_chosen_is_told_above_the_list(open_page: Open, two: list[str]) -> None:
    page = open_page()
    page.goto("/documents")
    page.get_by_role("button", name="Check together").click()
    expect(page.get_by_role("alert")).to_contain_text("No document was chosen.")
    expect(page.locator("form.together")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_several_files_are_uploaded_at_once(open_page: Open, tmp_path: Path, script: bool) -> None:
    files = [tmp_path / "letter.txt", tmp_path / "receipt.txt"]
    files[0].write_text("slow 1")
    files[1].write_text("a receipt")
    page = open_page(java_script_enabled=script)
    page.goto("/packets/new")
    page.set_input_files("#files", files)
    page.get_by_text("Side by side with others").click()
    page.get_by_label("FSAFEDS", exact=True).check()
    page.get_by_role("button", name="Check them").click()
    page.wait_for_url(PACKET)
    expect(page.get_by_role("heading", level=1)).to_have_text("Packet of 2 documents", timeout=20_000)
    expect(page.get_by_role("heading", name="By whose rules")).to_be_visible()
    page.get_by_role("link", name="FSAFEDS").click()
    page.wait_for_url(re.compile(r"administrator=fsafeds"))
    expect(page.get_by_text("Checked by the rules of FSAFEDS")).to_be_visible()


def test_a_document_that_failed_is_named_and_the_others_are_a_click_away(open_page: Open, tmp_path: Path) -> None:
    files = [tmp_path / "letter.txt", tmp_path / "locked.txt"]
    files[0].write_text("a letter")
    files[1].write_text("refuse")
    page = open_page()
    page.goto("/packets/new")
    page.set_input_files("#files", files)
    page.get_by_role("button", name="Check them").click()
    expect(page.get_by_role("alert")).to_contain_text("1 of 2 documents could not be checked", timeout=20_000)
    expect(page.get_by_text("The file needs a password.")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Check the others together").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Packet of 1 document")


def test_a_packet_is_deleted_and_its_documents_stay(open_page: Open, service: str, two: list[str]) -> None:
    made = httpx.post(f"{service}/v1/packets", json={"documents": two}).json()["links"]["page"]
    page = open_page()
    page.goto(made)
    page.get_by_text("Delete this packet").click()
    page.get_by_role("button", name="Delete it").click()
    page.wait_for_url("**/documents")
    assert httpx.get(f"{service}{made}", headers={"Accept": "text/html"}).status_code == 404
    assert httpx.get(f"{service}/v1/documents/{two[0]}").status_code == 200


def test_a_document_is_compared_by_all_administrators(open_page: Open, two: list[str]) -> None:
    page = open_page(width=390)
    page.goto(f"/documents/{two[0]}")
    page.get_by_role("link", name="Compare administrators").click()
    page.wait_for_url("**/compare")
    _no_sideways_scrolling(page)
    region = page.get_by_role("region", name="By whose rules")
    assert region.evaluate("frame => frame.scrollWidth > frame.clientWidth"), "the table scrolls in its own frame"
    page.locator("fieldset.others input").evaluate_all("boxes => boxes.forEach((box, at) => (box.checked = at < 2))")
    page.get_by_role("button", name="Compare these").click()
    page.wait_for_url(re.compile(r"\?administrator="))
    assert page.locator(".compared thead th[scope=col]").count() == 2


def test_the_calendar_and_every_finding_lead_to_their_places(
    open_page: Open, real_packet: str, real_service: str
) -> None:
    page = open_page(base_url=real_service)
    page.goto(real_packet)
    expect(page.get_by_role("table", name="April 2026")).to_be_visible()
    day = page.get_by_role("cell", name=re.compile("^2 ?: not covered"))
    day.get_by_role("link").click()
    expect(page.locator(".finding:target")).to_contain_text("April 2, 7 and 9, 2026")
    item = page.locator(".finding", has_text="before the letter of April 20, 2026").first
    item.get_by_role("link", name=re.compile(r"Show in document 2 \(receipt\), page 1")).click()
    lit = page.locator("svg .spot.lit, svg .spot:target")
    assert lit.count() > 0
    where = page.evaluate("document.querySelector(':target').closest('.document').getAttribute('aria-labelledby')")
    assert where == "d2"
    expect(page.get_by_role("heading", name="Receipt or invoice Document 2")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_known_obstacle_or_scrolls_sideways(
    open_page: Open, real_packet: str, real_service: str, width: int, scheme: str
) -> None:
    page = open_page(base_url=real_service, width=width, color_scheme=scheme)
    page.goto("/documents")
    document = page.locator("li.choosable a").first.get_attribute("href") or ""
    for path in ("/documents", "/packets/new", real_packet, f"{document}/compare"):
        page.goto(path)
        for one in page.locator("details").all():
            one.evaluate("details => details.open = true")
        found = Axe().run(page).response["violations"]
        assert found == [], (path, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found])
        _no_sideways_scrolling(page)


def test_the_report_that_is_downloaded_is_the_same_page(open_page: Open, real_packet: str, real_service: str) -> None:
    shown = httpx.get(f"{real_service}{real_packet}/report.html").text
    told = httpx.get(f"{real_service}{real_packet}/report.json?administrator=healthequity").json()
    assert told["administrator"] == "healthequity"
    page = open_page()
    page.set_content(shown)
    expect(page.get_by_role("table", name="April 2026")).to_be_visible()
    expect(page.get_by_role("heading", name="By whose rules")).to_be_visible()
