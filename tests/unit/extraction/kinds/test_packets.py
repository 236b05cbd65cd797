"""The documents of one file are told apart; one document is left whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docscan.document import Box, Document, Part, Problem, Region, Word
from docscan.extraction.kinds.packets import only, parts_of

LETTER = """Cedar Hollow Family Medicine
12 Mill Road, Ames, IA 50010      Tel 515-555-0148

March 3, 2026

Re: Deborah Lindqvist     DOB 4/11/1969

To the plan administrator:

Ms. Lindqvist has type 2 diabetes (E11.9). I am prescribing supervised strength training twice a week for 12 months.
It lowers her blood sugar and keeps it from getting worse.

Sincerely,

Anita Rao, MD
NPI 1457389023"""

LETTER_GOES_ON = """The training is to be led by a certified exercise specialist, who reports to me every month.
She tried walking alone for half a year without effect. I will see her again in June and send you what I find.

Sincerely,

Anita Rao, MD"""

RECEIPT = """IRON GATE FITNESS
88 Foundry St, Ames, IA 50010   515-555-0171
RECEIPT No. 2201
Client: Deborah Lindqvist
03/10/2026   Training session 60 min    80.00
03/12/2026   Training session 60 min    80.00
TOTAL                                  160.00
Paid by Visa 4417                      160.00"""

BROKEN_OFF = LETTER[: LETTER.index(" blood sugar")]
RECEIPT_HEAD = "\n".join(RECEIPT.split("\n")[:4])
TABLE_TOP = "\n".join(RECEIPT.split("\n")[:5])
TABLE_END = "\n".join(RECEIPT.split("\n")[5:])

SECOND_RECEIPT = """IRON GATE FITNESS
88 Foundry St, Ames, IA 50010   515-555-0171
RECEIPT No. 2214
Client: Deborah Lindqvist
03/17/2026   Training session 60 min    80.00
TOTAL                                   80.00
Paid by Visa 4417                       80.00"""

OTHER_SHOP = """Foot Forward Lab
4 Ash Lane, Provo, UT 84601    801-555-0120

Invoice 88-1
For: Deborah Lindqvist
Custom orthotics, pair          420.00
Total                           420.00
Paid                            420.00"""

LOG = """EXERCISE SESSION LOG
Client: Deborah Lindqvist      Trainer: Marcus Bell, ACSM-CEP
3/10  squats 3x10, rows 3x12, treadmill 10 min
3/12  leg press 3x10, planks, step-ups
3/17  squats 3x10, carries, bike 10 min"""

COVER = """FAX COVER SHEET
To: Benefits Department
From: Cedar Hollow Family Medicine
Number of pages including cover: 6
Comments: see attached"""


def pages_of(*pages: str) -> list[tuple[int, ...]]:
    return [part.pages for part in parts_of(Document.from_text("\f".join(pages)))]


def test_a_letter_two_receipts_and_a_log_are_four_documents() -> None:
    assert pages_of(LETTER, RECEIPT, SECOND_RECEIPT, LOG) == [(1,), (2,), (3,), (4,)]


def test_a_letter_of_two_pages_keeps_both_among_others() -> None:
    assert pages_of(RECEIPT, LETTER, LETTER_GOES_ON, OTHER_SHOP) == [(1,), (2, 3), (4,)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(LETTER, LETTER_GOES_ON, id="sentences"),
        pytest.param(LETTER, f"Deborah Lindqvist, page 2\n\n{LETTER_GOES_ON}", id="running head"),
        pytest.param(LETTER, f"{LETTER_GOES_ON}\n\n                 Page 2 of 2", id="page number at the foot"),
        pytest.param(f"{LETTER}\n- 1 -", f"- 2 -\n{LETTER_GOES_ON}", id="numbers between dashes"),
        pytest.param(BROKEN_OFF, f"blood sugar and keeps it from getting any worse.\n{LETTER_GOES_ON}",
                     id="a sentence that runs over"),
        pytest.param(TABLE_TOP, TABLE_END, id="a table that runs over"),
        pytest.param(f"{TABLE_TOP}\n(continued)", f"{RECEIPT_HEAD}\n{TABLE_END}", id="the same number on both pages"),
        pytest.param(f"{RECEIPT}\nPage 1 of 2", "Page 2 of 2\nTERMS\nSessions expire after 12 months. No cash back.",
                     id="terms on the back"),
        pytest.param(LETTER, "Enclosure\nBlood sugar at home, mg/dL\nJanuary 182   February 176   March 180",
                     id="an enclosure without a head of its own"),
        pytest.param(f"{LETTER}\npage 1 of 2",
                     f"Cedar Hollow Family Medicine\n12 Mill Road, Ames, IA 50010\nPage 2 of 2\n\n{LETTER_GOES_ON}",
                     id="the letterhead on every page"),
    ],
)  # fmt: skip
def test_one_document_of_two_pages_is_left_whole(first: str, second: str) -> None:
    assert pages_of(first, second) == [(1, 2)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(LETTER, RECEIPT, id="another kind and letterhead"),
        pytest.param(RECEIPT, SECOND_RECEIPT, id="the same shop, another number"),
        pytest.param(RECEIPT.replace(" No. 2201", ""), RECEIPT.replace(" No. 2201", "").replace("03/1", "03/2"),
                     id="the same shop, another day"),
        pytest.param(LETTER, LETTER.replace("March 3, 2026", "March 9, 2027"), id="the same letter a year later"),
        pytest.param(RECEIPT, OTHER_SHOP, id="another shop"),
        pytest.param(LETTER, LOG, id="a title"),
        pytest.param(LETTER, LETTER.replace("Deborah Lindqvist", "Paul Teague").replace("Ms. Lindqvist", "Mr. Teague")
                     .replace("4/11/1969", "7/2/1980"), id="the same practice, another patient"),
        pytest.param(f"{LETTER}\nPage 2 of 2", f"{RECEIPT}\nPage 1 of 1", id="page numbers begin anew"),
        pytest.param(LETTER, "From: shop@example.com\nTo: Deborah Lindqvist\nSubject: Your order\n\n"
                     "TheraBand set  24.99\nTotal  24.99\nVisa ending 1123", id="a message"),
    ],
)  # fmt: skip
def test_two_documents_are_told_apart(first: str, second: str) -> None:
    assert pages_of(first, second) == [(1,), (2,)]


def test_a_fax_cover_belongs_to_what_follows() -> None:
    assert pages_of(COVER, LETTER) == [(1, 2)]
    assert pages_of(LETTER, COVER, RECEIPT) == [(1,), (2, 3)]


def test_a_page_without_words_belongs_to_what_it_may_continue() -> None:
    assert pages_of(LETTER, "", RECEIPT) == [(1, 2), (3,)]
    assert pages_of("", LETTER, RECEIPT) == [(1, 2), (3,)]
    assert pages_of("", "") == [(1, 2)]


def test_an_unreadable_page_stays_visible_in_its_part() -> None:
    document = Document.from_text("\f".join((LETTER, "", RECEIPT)))
    failed = Problem("page_unreadable", 2, "Page 2 could not be read.", "Send a clearer copy.")
    document = replace(
        document, pages=(document.pages[0], replace(document.pages[1], problem=failed), document.pages[2])
    )
    first, second = (only(document, part) for part in parts_of(document))
    assert [page.problem for page in first.pages] == [None, failed]
    assert [page.number for page in second.pages] == [3]


def _photo(left: str, right: str) -> Document:
    """Two sheets of paper on one photo."""
    words: list[Word] = []
    regions = []
    for text, shift in ((left, 0.05), (right, 0.55)):
        page = Document.from_text(text).pages[0]
        first = words[-1].line + 1 if words else 0
        for word in page.words:
            box = Box.of(shift + 0.45 * word.box.left, word.box.top, shift + 0.45 * word.box.right, word.box.bottom)
            words.append(replace(word, box=box, line=first + word.line))
        regions.append(Region("sheet", Box(shift, 0.0, shift + 0.4, 1.0), first, words[-1].line))
    one = Document.from_text("")
    return replace(one, pages=(replace(one.pages[0], words=tuple(words), regions=tuple(regions)),))


def test_two_receipts_on_one_photo_are_two_documents() -> None:
    document = _photo(RECEIPT, OTHER_SHOP)
    parts = parts_of(document)
    assert parts == tuple(Part((1,), region.box) for region in document.pages[0].regions)
    left, right = (only(document, part).text for part in parts)
    assert "IRON GATE" in left
    assert "Foot Forward" not in left
    assert "Foot Forward" in right


def test_two_sheets_of_one_letter_on_a_photo_are_one_document() -> None:
    assert parts_of(_photo(LETTER, LETTER_GOES_ON)) == (Part((1,)),)


@settings(deadline=None, max_examples=12)
@given(st.lists(st.sampled_from((LETTER, RECEIPT, LOG, COVER, "", LETTER_GOES_ON, "x")), min_size=1, max_size=5))
def test_every_page_is_in_exactly_one_part_in_order(pages: list[str]) -> None:
    numbers = [number for part in pages_of(*pages) for number in part]
    assert numbers == list(range(1, len(pages) + 1))
