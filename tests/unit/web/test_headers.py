"""What clients ask for in their headers is understood, and nonsense is no wish."""

import pytest

from docscan.web.headers import preferred, wait_of

OFFERED = ("application/json", "text/html")


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [
        ([], None),
        (["wait=10"], 10),
        (["Wait = 10"], 10),
        (['wait="7"'], 7),
        (["respond-async, wait=5"], 5),
        (["respond-async", "wait=5"], 5),
        (["wait=5; foo=bar"], 5),
        (["wait=5, wait=9"], 5),
        (["wait=0"], 0),
        (["wait"], None),
        (["wait="], None),
        (["wait=-3"], None),
        (["wait=1.5"], None),
        (["wait=forever"], None),
        (["await=10"], None),
        (["wait=99999999999999999999"], None),
        (["return=minimal"], None),
    ],
)
def test_how_long_a_client_would_wait(prefer: list[str], seconds: int | None) -> None:
    assert wait_of(prefer) == seconds


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/*", "text/html"),
        ("application/*;q=0.2, text/*;q=0.1", "application/json"),
        ("text/html;q=0.5, application/json;q=0.4", "text/html"),
        ("application/json;q=0, */*", "text/html"),
        ("image/png", None),
        ("text/html;q=0, application/json;q=0", None),
        ("text/html;q=nonsense", None),
        ("TEXT/HTML", "text/html"),
        (";;,,", None),
    ],
)
def test_which_form_a_client_wants(accept: str | None, given: str | None) -> None:
    assert preferred(accept, OFFERED) == given
