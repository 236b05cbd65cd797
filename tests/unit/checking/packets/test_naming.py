"""Does a letter name what a receipt shows?"""

from collections.abc import Callable

import pytest

from docscan.checking.facts import Facts
from docscan.checking.packets.documents import Letter
from docscan.checking.packets.naming import is_it, names
from docscan.checking.packets.services import Service
from docscan.document import Extraction
from docscan.reference import item_classes
from docscan.reference.goods import things

CASES: list[tuple[str, str, bool | None]] = [
    ("personal training sessions", "1:1 training, 60 min", True),
    ("personal training", "Gym dues March", False),
    ("gym membership", "Personal training session", False),
    ("personal training with a certified trainer at a gym", "Gym membership", False),
    ("structured exercise program", "Pilates group class", True),
    ("exercise program at a gym", "Monthly membership", True),
    ("massage therapy", "Deep tissue 60 min", True),
    ("massage therapy", "Chiropractic adjustment", False),
    ("therapeutic massage", "Massage gun", False),
    ("HEPA air purifier", "Honeywell HPA300 HEPA air cleaner", True),
    ("HEPA air purifier", "Levoit Core 300S", None),
    ("air purifier", "Cool mist humidifier", False),
    ("vitamin D3 2000 IU daily", "Nature Made Vit D3 2000IU 100ct", True),
    ("vitamin D3", "Nordic Naturals Omega-3 fish oil", False),
    ("supplements", "Magnesium glycinate", True),
    ("orthopedic mattress", "Tempur-Pedic queen mattress", True),
    ("memory foam mattress", "Memory foam pillow", False),
    ("standing desk", "UPLIFT V2 sit-stand desk", True),
    ("treadmill", "Peloton bike", False),
    ("compression stockings 20-30 mmHg", "Jobst knee-high compression socks", True),
    ("Wegovy", "Semaglutide 1 mg", True),
    ("acupuncture and massage", "Massage 60 min", True),
    ("personal training", "Session", None),
    ("personal training", "pers. trng 45m", True),
    ("personal training", "PT w/ Walt", True),
    ("personal training", "strength & cond. session", True),
    ("personal training", "Train ticket", None),
    ("acupuncture", "Acu tx 50 min", True),
    ("physical therapy", "PT f/u", True),
    ("weight management program", "Wt mgmt visits", True),
    ("personal training", "Package of 8 sessions", None),
    ("acupuncture", "LED red light facial, 1 visit", False),
    ("acupuncture", "Shaker cup", None),
    ("massage therapy", "mass. ther. 60", True),
    ("massage therapy", "Swedish 60", True),
    ("massage therapy", "Deep clean", None),
    ("massage therapy", "Stone coaster", None),
    ("nutrition counseling", "Nutr. counsel", True),
    ("nutrition counseling", "Nut mix", None),
    ("magnesium glycinate", "Mag Glyc 200mg 120ct", True),
    ("gluten-free food in place of wheat products", "GF penne, case of 6", True),
    ("gluten-free food", "Cola 12 pk", None),
    ("wrist splint", "WRST SPLNT RT MED", True),
    ("lumbar support cushion", "LUMBR SUPP CUSHN", True),
    ("compression sleeves for the left arm", "ARM SLEEVE COMPR 20-30 M", True),
    ("compression sleeves for the left arm", "SLEEVE WASH SOLN 8OZ", None),
    ("nutrition counseling", "Protein pwdr vanilla 5 lb", False),
    (
        "diabetes-prevention lifestyle coaching (food log review)",
        "Diabetes prevention lifestyle coaching (45 min)",
        True,
    ),
    ("infrared sauna sessions", "Sauna blanket, portable", False),
    ("vitamin D3 2000 IU daily and calcium citrate 600 mg daily", "Calcium citrate 630 mg", True),
]


@pytest.mark.parametrize(("treatment", "sold", "expected"), CASES)
def test_what_is_sold_is_held_against_what_is_named(treatment: str, sold: str, expected: bool | None) -> None:
    line = Service(0, 0, (), None, sold, None, item_classes.classify(sold), None, None, ())
    assert is_it(treatment, item_classes.classify(treatment), line) is expected


def test_each_name_of_a_thing_is_known_by_its_first() -> None:
    assert things("Vit D3 gummies") == things("cholecalciferol") == {"vitamin D"}
    assert things("strength session") == set()


SAID = "Vitamin D3 2000 IU daily and boron citrate 3 mg daily, not zinc, are necessary to treat her osteoporosis."


@pytest.mark.parametrize(("sold", "expected"), [("Boron citrate 3 mg", True), ("Zinc 50 mg", False)])
def test_a_second_product_of_the_letters_own_sentence_counts(
    sold: str, expected: bool, facts: Callable[..., Facts], extraction: Callable[..., Extraction]
) -> None:
    letter = Letter(0, facts(
        extraction("treatment", "vitamin D3"), extraction("necessity_statement", True, raw=SAID),
    ))  # fmt: skip
    line = Service(1, 0, (), None, sold, None, "supplement", None, None, ())
    assert names(letter, line)[0] is expected


def test_an_answer_is_no_treatment(facts: Callable[..., Facts], extraction: Callable[..., Extraction]) -> None:
    letter = Letter(0, facts(extraction("treatment", "No"), extraction("treatment", "massage")))
    assert [e.value for e in letter.treatments] == ["massage"]


def test_what_a_bakery_bakes_is_what_it_is_known_for() -> None:
    loaf = Service(0, 0, (), None, "Multigrain bread", None, "food", None, None, (), sold_by="Gluten-Free Bakery LLC")
    assert is_it("gluten-free food", "food", loaf) is True
    assert is_it("low-protein food", "food", loaf) is False


@pytest.mark.parametrize(
    ("treatment", "line", "named"),
    [
        ("wellness products", "Cranial prosthesis", False),
        ("regular exercise", "Lifestyle package", None),
        ("regular exercise", "Cranial prosthesis", False),  # no word of ours knows it; what it means is another thing
    ],
)
def test_a_letter_that_says_too_little_names_nothing(
    treatment: str, line: str, named: bool | None, facts: Callable[..., Facts], extraction: Callable[..., Extraction]
) -> None:
    kind = "medical_supply" if "prosthesis" in line else None
    sold = Service(1, 0, (), None, line, None, kind, None, None, ())
    assert names(Letter(0, facts(extraction("treatment", treatment))), sold)[0] is named


def test_a_heading_is_no_treatment(facts: Callable[..., Facts], extraction: Callable[..., Extraction]) -> None:
    letter = Letter(0, facts(extraction("treatment", "PART II"), extraction("treatment", "Part-time home PT")))
    assert [e.value for e in letter.treatments] == ["Part-time home PT"]
