"""Which thing is it that a letter calls "air cleaner" and a receipt "Levoit HEPA Air Purifier" (`same_goods.txt`)? And
of food: what is it made without?"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from docscan.reference.short_forms import in_full
from docscan.reference.wording import Lexicon, tokens


@lru_cache(maxsize=4096)
def things(text: str) -> frozenset[str]:
    """The things that a text names, each by the first of the names that it has; empty where none is known."""
    return frozenset(match.entry for match in _lexicon().matches(tokens(text)))


@cache
def _lexicon() -> Lexicon[str]:
    lines = files(__package__).joinpath("same_goods.txt").read_text("utf-8").splitlines()
    groups = [[name.strip() for name in line.split("|")] for line in lines if line and not line.startswith("#")]
    return Lexicon((name, names[0]) for names in groups for name in names)


_DIET = re.compile(
    r"\b(?:gluten|wheat|lactose|dairy|milk|casein|soy|egg|nut|peanut|sugar|corn|phe)[- ]?free\b"
    r"|\blow(?:er)?[- ](?:protein|sodium|salt|phosphorus|potassium|oxalate|fodmap|phe(?:nylalanine)?)\b"
    r"|\b(?:ketogenic|elemental|amino[- ]acid|enteral|thickened|hypoallergenic|hydrolyzed)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def diets(text: str) -> frozenset[str]:
    """What food is made without, or how, that an ordinary meal is not: "gluten-free", "GF", "low-protein"."""
    return frozenset(re.sub(r"[\W_]+", " ", match[0]).lower() for match in _DIET.finditer(in_full(text)))


_USUALLY_OF_WHEAT = re.compile(
    r"\b(?:breads?|buns?|rolls?|loa(?:f|ves)|bagels?|muffins?|pizzas?|pastas?|noodles?|rice|crackers?|cookies?|cakes?"
    r"|cereals?|granola|flours?|sandwich|mix|snacks?|groceries|grocery|food)\b",
    re.IGNORECASE,
)


def has_a_special_form(text: str) -> bool:
    """Whether food of this name is made for a diet too: bread is, cola is not."""
    return bool(_USUALLY_OF_WHEAT.search(in_full(text)))
