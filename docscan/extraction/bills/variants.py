"""Words of a shop's page that tell more of an article or stand beside it, and name none.

Which one it was: "White", "Black / L", "Size 9 Wide", "Pack of 2". What may be clicked: "Report a Problem".
"""

from __future__ import annotations

import re
from typing import Final

_COLOUR: Final = (
    r"(?:(?:light|dark|deep|pale|bright|matte|soft|heather(?:ed)?|navy|royal|sky|forest|olive|rose|space) )*"
    r"(?:white|black|gr[ae]y|graphite|charcoal|slate|silver|gold|ivory|cream|beige|nude|tan|taupe|sand|brown|walnut|"
    r"oak|espresso|red|burgundy|maroon|pink|blush|coral|orange|yellow|green|sage|teal|mint|turquoise|aqua|blue|navy|"
    r"indigo|purple|plum|lavender|multi(?:color)?|clear|natural|birch|bamboo)"
)
_SIZE: Final = (
    r"x{0,3}-?[sml]|[2-6]xl|xs/s|s/m|m/l|l/xl|(?:extra[- ]?)*(?:small|medium|large)|regular|tall|petite|plus|wide|"
    r"narrow|one size(?: fits (?:all|most))?|default title|standard|twin|queen|king|(?:standard|full|travel) size|"
    r"(?:size|sz\.?) [\w./-]{1,7}|(?:men|women|kid|youth|adult)['’]?s?(?: [smlx\d./-]{1,5})?|unisex|left|right|pair"
)
_MANY: Final = (
    r"single|(?:set|pack|box) of \d+|\d+[- ]?(?:pack|pk|ct|count|pc|piece)s?|"
    r"\d+(?:\.\d+)?\s?(?:-\s?\d+\s?)?(?:in|inch(?:es)?|cm|mm|ft|feet|oz|lbs?|kg|g|ml|mmhg)\b\.?"
)
_VARIANT = re.compile(rf"\W*(?:(?:{_COLOUR}|{_SIZE}|{_MANY})(?!\w)(?:\s?[/,|·•+-]\s?|\s+)?)+\W*", re.IGNORECASE)
_BUTTON = re.compile(
    r"\W*(?:(?:report a problem|(?:write|leave) a (?:product )?review|buy (?:it )?again|re-?order|order again|"
    r"(?:view|see|show)(?: (?:your|the|my|order|item|full|more))* (?:items?|details?|products?|orders?|receipts?)|"
    r"(?:manage|cancel|change|edit)(?: (?:your|my))? (?:subscriptions?|plans?|orders?|items?)|"
    r"(?:track|return)(?: (?:your|my|or|replace))* (?:items?|packages?|orders?|shipments?)|"
    r"get (?:help|(?:product )?support)|rate (?:it|this item)|add to cart|save for later)(?!\w)(?:\s?[|·•/,]\s?|\s+)?)+"
    r"\W*",
    re.IGNORECASE,
)


def is_variant(words: str) -> bool:
    """Whether they only say which one of an article it was: its colour, its size, how many are packed together."""
    return bool(_VARIANT.fullmatch(words))


def is_button(words: str) -> bool:
    """Whether they are what one may click beside an article."""
    return bool(_BUTTON.fullmatch(words))
