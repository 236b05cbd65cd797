"""The names of all fields that a document may give, what each means, and the shape of its value (`fields.toml`).

These are public: reports use them, rulebooks refer to them, people program against them. Add; never rename.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, TypeAlias

Shape: TypeAlias = Literal[
    "text",
    "flag",  # true; the evidence is the sentence
    "date",  # "2026-03-03"
    "period",  # {"start": date, "end": date}
    "money",  # "125.00", positive
    "code",  # as a code system writes it
    "frequency",  # FHIR Timing.repeat in snake_case
    "duration",
    "object",
]


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    group: str
    shape: Shape
    meaning: str


def _read() -> dict[str, Field]:
    groups = tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"))
    return {
        name: Field(name, group, entry["shape"], entry["meaning"])
        for group, entries in groups.items()
        for name, entry in entries.items()
    }


FIELDS: dict[str, Field] = _read()
"""Every field by name, in the order in which a report shows them."""

ITEM_CLASSES: tuple[str, ...] = (
    "training", "membership_dues", "exercise_class", "exercise_equipment", "weight_loss", "nutrition", "massage",
    "physical_therapy", "chiropractic", "acupuncture", "mental_health", "medical_visit", "medical_service", "dental",
    "vision", "drug", "supplement", "medical_supply", "air_treatment", "furniture", "food", "clothing", "cosmetic",
    "tip", "late_fee", "sign_up_fee", "cancellation_fee", "shipping", "warranty", "prior_balance", "unspecific",
    "other",
)  # fmt: skip
"""What an item or a treatment is. "unspecific": a line that does not say what was sold ("services", "balance")."""
