"""What a letter or a bill does is found in many wordings, and not in what merely sounds like it."""

from __future__ import annotations

import pytest

from docscan.extraction.kinds.bills import bill_acts, priced
from docscan.extraction.kinds.letters import letter_acts


@pytest.mark.parametrize(
    "said",
    [
        "i am therefore prescribing tutoring",
        "i've put him on a program",
        "what i ask for is pelvic-floor training",
        "what i'm ordering: an exercise bike",
        "an aquatic class has been\nprescribed for 6 months",
        "she needs supervised strengthening",
        "we strongly recommend massage",
        "medically necessary.",
    ],
)
def test_a_letter_prescribes(said: str) -> None:
    assert letter_acts(said).prescribes


@pytest.mark.parametrize("said", ["he walks the dog daily", "thank you for your time", "lungs are clear"])
def test_it_does_not_prescribe(said: str) -> None:
    assert not letter_acts(said).prescribes


@pytest.mark.parametrize(
    "said",
    ["order: acupuncture", "c. what is prescribed\n", "4. prescription. massage", "rx:\tmassage", "needs: a walker"],
)
def test_a_label_heads_what_is_ordered(said: str) -> None:
    assert letter_acts(said).heads_an_order


@pytest.mark.parametrize(
    "said",
    [
        "this will treat it",
        "massage relieves the spasm",
        "keeps contractures from advancing",
        "they take the load off the fascia",
        "for the relief of stiffness",
        "without it the repair stiffens",
        "why: lower a1c",
    ],
)
def test_a_letter_says_why(said: str) -> None:
    assert letter_acts(said).reason


@pytest.mark.parametrize(
    ("said", "least"),
    [
        ("dear claims examiner:\n", 2.0),
        ("attn: benefits dept\n", 2.0),
        ("the account is in his wife's name; the plan won't pay", 1.5),
        ("to whom it may concern,", 1.0),
        ("lungs are clear", 0.0),
    ],
)
def test_who_pays_is_addressed_or_spoken_of(said: str, least: float) -> None:
    assert letter_acts(said).payer == least or letter_acts(said).payer > least > 0


@pytest.mark.parametrize(
    "closing",
    ["j. brandt, do", "sincerely,\nana ruiz, md\tnpi 1316948223", "/s/ emeka b. underhill, md", "x. quintero, pt, dpt"],
)
def test_a_clinician_signs(closing: str) -> None:
    assert letter_acts(f"some words\nmore words about the patient\n{closing}").signs


@pytest.mark.parametrize("closing", ["sincerely,\ngloria dean, human resources", "petra lund"])
def test_another_person_signs(closing: str) -> None:
    assert not letter_acts(f"some words\nmore words about the patient\n{closing}").signs


def test_a_note_is_known_by_its_headings() -> None:
    assert letter_acts("cc: knee\nhpi: worse\nexam: crepitus\nplan: pt").note_labels == 4
    assert letter_acts("dear sir\ni examined her and made a plan").note_labels == 0


@pytest.mark.parametrize(
    "said",
    [
        "nothing above has been supplied yet",
        "not yet rendered",
        "would run about $300",
        "prices may change",
        "quote valid 30 days",
        "nothing to pay until you agree",
        "to be collected at the visit",
        "expected insurance",
    ],
)
def test_a_bill_prices_what_is_still_to_come(said: str) -> None:
    assert bill_acts(said).not_yet


@pytest.mark.parametrize("said", ["total 30.00 paid", "member since 2019, valid card on file", "good afternoon"])
def test_what_was_given_is_not_still_to_come(said: str) -> None:
    assert not bill_acts(said).not_yet


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("this isn't a receipt.", "receipt"),
        ("this is not a bill", "statement"),
        ("not valid as a prescription", "prescription"),
    ],
)
def test_a_document_says_what_it_is_not(said: str, kind: str) -> None:
    assert kind in {denied for denied, _ in bill_acts(said).denied}


def test_lines_are_priced_where_they_are_no_sum_payment_or_balance() -> None:
    found = priced(
        "massage 60 min\t85.00\nhot stone\t20.00\nsubtotal\t105.00\ninsurance paid\t-40.00\nvisa ending 1\t65.00\n"
        "0-30 days\t0.00\nbalance forward\t12.00"
    )
    assert [line["said"].split()[0] for line in found.lines] == ["massage", "hot"]
    assert found.amounts == 7


def test_doses_and_values_of_a_laboratory_are_no_amounts() -> None:
    assert priced("semaglutide 0.25 mg\ntsh 2.11 uiu/ml\nadd 1.50 ml").amounts == 0


def test_a_summary_without_detail_says_so() -> None:
    assert bill_acts("no service detail on this stub. call for itemized bill.").without_detail


def test_a_claim_is_adjudicated_where_charges_stand_beside_what_is_allowed_and_left() -> None:
    assert bill_acts("submitted 1,240.00 accepted 980.00 covered 50% ded 50.00 pt 515.00").adjudicates
    assert not bill_acts("charges 100.00 paid 100.00").adjudicates


@pytest.mark.parametrize(
    "said",
    [
        "opening balance 03/01/2025\t150.00\ncharges this month\t300.00\npayments\t250.00\nclosing balance\t200.00\n",
        "you owed  $220.00\nyou paid  $120.00\nyou owe  $100.00\n",
        "last stmt bal  126.00\npmts/adj  -63.00\nnew charges  0.00\nbal due  63.00\n",
        "invoice 2201 (open)   $85.00\ninvoice 2214 (open)   $85.00\n",
    ],
)
def test_an_account_goes_on_without_saying_for_what(said: str) -> None:
    assert bill_acts(said).rolls_forward


@pytest.mark.parametrize(
    "said",
    [
        "previous balance  $40.00\n04/02/2025 therapeutic exercise  $90.00\nbalance due  $130.00\n",
        "opening balance  $40.00\npayments  $40.00\nclosing balance  $10.00\n",
    ],
)
def test_it_does_not_where_a_service_is_told_or_the_sums_do_not_fit(said: str) -> None:
    assert not bill_acts(said).rolls_forward


def test_a_page_of_a_receipt_book_says_what_it_is_for_in_the_next_column() -> None:
    assert bill_acts("received from\tana roe\nthe sum of\tninety\nfor\tcompression sleeve\n").book


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("i appeal the denial of my claim. my doctor, bo roe, md, ordered massage.\nsincerely,\nada vance", True),
        ("i need a letter for my fsa. i suffer from gout.\nthank you,\nada vance", True),
        ('i prescribe massage; she says "my back is killing me".\nsincerely,\nbo roe, md', False),
    ],
)
def test_who_writes_of_himself_signs_as_no_clinician(said: str, own: bool) -> None:
    acts = letter_acts(said)
    assert (acts.of_oneself is not None) is own
    assert (acts.signs is None) is own
