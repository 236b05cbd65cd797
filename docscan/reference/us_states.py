"""States, districts and territories of the United States: names, postal abbreviations, where ZIP codes lie."""

from __future__ import annotations

import re
from functools import cache

NAMES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}  # fmt: skip

_OLDER = {
    "ALA": "AL", "ARIZ": "AZ", "ARK": "AR", "CALIF": "CA", "COLO": "CO", "CONN": "CT", "DEL": "DE", "FLA": "FL",
    "ILL": "IL", "IND": "IN", "KANS": "KS", "MASS": "MA", "MICH": "MI", "MINN": "MN", "MISS": "MS", "MONT": "MT",
    "NEBR": "NE", "NEV": "NV", "OKLA": "OK", "ORE": "OR", "PENN": "PA", "PENNA": "PA", "TENN": "TN", "TEX": "TX",
    "WASH": "WA", "WIS": "WI", "WISC": "WI", "WYO": "WY",
}  # fmt: skip
"""Abbreviations from before the two letters; those that are English words or cities too are left out."""

# The first three digits of ZIP codes, by state, as the Postal Service assigns them (its Labeling List L002).
_ZIP3 = """
005 NY 006-007 PR 008 VI 009 PR 010-027 MA 028-029 RI 030-038 NH 039-049 ME 050-054 VT 055 MA 056-059 VT
060-062 CT 063 CT 064-069 CT 070-089 NJ 100-149 NY 150-196 PA 197-199 DE 200 DC 201 VA 202-205 DC 206-219 MD
220-246 VA 247-268 WV 270-289 NC 290-299 SC 300-319 GA 320-349 FL 350-369 AL 370-385 TN 386-397 MS 398-399 GA
400-427 KY 430-459 OH 460-479 IN 480-499 MI 500-528 IA 530-549 WI 550-567 MN 570-577 SD 580-588 ND 590-599 MT
600-629 IL 630-658 MO 660-679 KS 680-693 NE 700-714 LA 716-729 AR 730-732 OK 733 TX 734-749 OK 750-799 TX
800-816 CO 820-831 WY 832-838 ID 840-847 UT 850-865 AZ 870-884 NM 885 TX 889-898 NV 900-961 CA 967-968 HI 969
GU 970-979 OR 980-994 WA 995-999 AK
"""


@cache
def _by_name() -> dict[str, str]:
    return {name.upper(): code for code, name in NAMES.items()} | {code: code for code in NAMES} | _OLDER


def normalise(text: str) -> str | None:
    """The two letters of a state's name or abbreviation ("N.Y.", "Calif.", "new york"); None for anything else."""
    plain = re.sub(r"\s+", " ", text.strip()).upper()
    return (
        _by_name().get(plain)
        or _by_name().get(plain.replace(".", "").replace(" ", ""))
        or _by_name().get(plain.rstrip("."))
    )


@cache
def _by_zip3() -> dict[int, str]:
    found = {}
    pieces = _ZIP3.split()
    for span, state in zip(pieces[::2], pieces[1::2], strict=True):
        first, _, last = span.partition("-")
        found.update(dict.fromkeys(range(int(first), int(last or first) + 1), state))
    return found


def of_zip(code: str) -> str | None:
    """The state in which a five- or nine-digit ZIP code lies; None where no such code is assigned."""
    match = re.fullmatch(r"\s*([0-9]{3})[0-9]{2}(?:-?[0-9]{4})?\s*", code)
    return _by_zip3().get(int(match[1])) if match else None
