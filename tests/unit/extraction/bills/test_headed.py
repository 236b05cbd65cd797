"""Lines under words that say what was done, beside how they stand, and above what sums them up by kind."""

from __future__ import annotations

import pytest

from docscan.document import Document
from docscan.extraction.bills.foot import foot_of
from docscan.extraction.bills.items import items_of
from docscan.extraction.extractors import extract
from docscan.extraction.text.annotated import AnnotatedText


@pytest.mark.parametrize(
    ("printed", "items"),
    [
        pytest.param(
            "BREATHE WELL\nInvoice 88     November 3, 2025\nFor breathing exercise coaching, 40 minutes each:\n"
            "   Sept 16      studio         $60\n   Oct 7        Zoom           $60\n"
            "   Two sessions                $120\n   Received 11/4 by check\nNew: Sunday group on Zoom, drop in $12.",
            ["breathing exercise coaching, 40 minutes - studio", "breathing exercise coaching, 40 minutes - Zoom"],
            id="a place of a session",
        ),
        pytest.param(
            "FitSlot receipt   Client: Ana Roe\n3/3/26   Yoga class   $20.00   checked in\n"
            "3/5/26   Yoga class   $20.00   Attended\nTotal   $40.00",
            ["Yoga class", "Yoga class"],
            id="how a line stands",
        ),
        pytest.param(
            "SHOE BARN   05/09/2026\nMENS ORTHO SANDAL\n SKU 4471902            79.99\nKNEE BRACE\n  ITEM# 99-2210\n"
            "  WAS 59.99  NOW        44.99\nTOTAL                  124.98",
            ["MENS ORTHO SANDAL", "KNEE BRACE"],
            id="stock numbers",
        ),
        pytest.param(
            "Goodlife Pharmacy  05/16/2026\nCOQ10 100MG 120CT        FSA*       39.99\n"
            "MELATONIN 5MG                11.49\nTOTAL                        51.48\n"
            "FSA CARD *1175               51.48",
            ["COQ10 100MG 120CT", "MELATONIN 5MG"],
            id="a till's mark",
        ),
    ],
)
def test_what_lines_are_called(printed: str, items: list[str]) -> None:
    assert [item.description for item in items_of(AnnotatedText(Document.from_text(printed)))] == items


def test_parts_of_a_sum_and_rates_of_it_are_no_lines() -> None:
    text = AnnotatedText(
        Document.from_text(
            "Rio Installers  Invoice 24   May 3, 2025\nCustomer: Ray Baca\nAssembly of bench   $285.00\n"
            "Anchor kit   $38.50\nRubber mat   $248.00\nHaul away   $25.00\nLabor   $310.00\nMaterials   $286.50\n"
            "GRT 7.625%   $45.48\nTOTAL   $641.98"
        )
    )
    assert len(items_of(text)) == 4
    assert [str(f.amount.value) for f in foot_of(text).figures if f.role == "tax"] == ["45.48"]


@pytest.mark.parametrize("list_", ["Feb -  2, 4, 6, 9", "Feb: 2, 4, 6 & 9", "February – 2nd, 4th, 6th and 9th"])
def test_days_behind_a_month_and_a_dash(list_: str) -> None:
    printed = (
        f"RECEIPT  No. 338107\nDate   Feb 27 2026\nReceived from   Billy Tedesco     $ 60.00\nFor  Boxing  {list_}\n"
    )
    found = extract(Document.from_text(printed + "  4 @ $15\nPaid 60 -")).fields
    days = [one.value for one in found if one.name == "service_date"]
    assert days == ["2026-02-02", "2026-02-04", "2026-02-06", "2026-02-09"]
