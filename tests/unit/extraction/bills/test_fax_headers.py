"""The line that a fax machine prints over a bill bears no day of the bill; what a till prints does."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.extractors import extract

SLIP = (
    "OAK STREET SLEEP SHOP\n12 Oak Street, Bangor, ME 04401\n\n"
    "Sales slip 30-118   Fri 30 Jun 2023 12:36   Clerk: Bea\n\n"
    "1   Wedge pillow        49.00\n1   Mattress cover     80.00\n\nTOTAL   129.00\nDEBIT   129.00\n"
)
DAYS = ("service_date", "payment_date", "statement_date", "due_date")


def _days(printed: str) -> set[str]:
    found = extract(Document.from_text(printed)).fields
    return {str(day) for e in found if e.name in DAYS for day in (e.value, *e.readings) if day}


@pytest.mark.parametrize(
    "line",
    [
        "11/28/2026 09:43 FROM: SUITE 210   555-0178   P. 001/001",
        "11/28/2026 09:43  FROM: FRONT DESK    P, 1/3",
        "Nov 28 2026 17:38   801 555 0104   Elm Bench   1/4",
        "2026-11-28 17:38   ELM BENCH   8015550104   001/002",
        "NOV-28-2026 09:43 AM   FAX 801 555 0104   ELM BENCH   PAGE 1 of 2",
        "Received: 11/28/2026 17:38 from 801-555-0104",
    ],
)
@pytest.mark.parametrize("below", [False, True], ids=["above", "below"])
def test_the_day_of_a_fax_is_no_day_of_the_bill(line: str, below: bool) -> None:
    plain = _days(SLIP)
    assert "2023-06-30" in plain
    assert _days(f"{SLIP}\n{line}\n" if below else f"{line}\n\n{SLIP}") == plain


@pytest.mark.parametrize(
    "line",
    [
        "06/30/2023 12:36   Reg 2   Tx 0047   Cashier Bea",
        "06/30/2023  12:36 PM   Store line 207-555-0176",
        "Date 06/30/2023   Time 12:36   Page 1 of 1",
        "Sold to: M. Vance   06/30/2023 12:36",
    ],
)
def test_the_day_above_a_tills_slip_is_the_day_of_sale(line: str) -> None:
    slip = "1   Wedge pillow        49.00\n1   Mattress cover     80.00\n\nTOTAL   129.00\nDEBIT   129.00\n"
    assert "2023-06-30" in _days(f"{line}\n\nOAK STREET SLEEP SHOP\n12 Oak Street, Bangor, ME 04401\n\n{slip}")
