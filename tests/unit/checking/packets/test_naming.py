"""Does a letter name what a receipt shows?"""

import pytest

from docscan.checking.packets.naming import is_it
from docscan.checking.packets.services import Service
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
]


@pytest.mark.parametrize(("treatment", "sold", "expected"), CASES)
def test_what_is_sold_is_held_against_what_is_named(treatment: str, sold: str, expected: bool | None) -> None:
    line = Service(0, 0, (), None, sold, None, item_classes.classify(sold), None, None, ())
    assert is_it(treatment, item_classes.classify(treatment), line) is expected


def test_each_name_of_a_thing_is_known_by_its_first() -> None:
    assert things("Vit D3 gummies") == things("cholecalciferol") == {"vitamin D"}
    assert things("strength session") == set()
