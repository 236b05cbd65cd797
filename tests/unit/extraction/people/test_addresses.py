"""Where the provider works, and whether the paper says so at its head."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docscan.extraction.people.addresses import addresses

Told = Callable[..., list[Any]]


def test_letterhead_and_address(told: Told) -> None:
    printed = (
        "Lakeside Family Medicine\n123 Main Street, Suite 4\nAkron, OH 44301\nPhone: (330) 555-0199\n\n"
        "March 3, 2026\n\nBenefits Administrator\nPO Box 100\nColumbus, OH 43004\n\nTo Whom It May Concern:\n"
    )
    assert told(addresses, printed, "letterhead") == [True]
    assert told(addresses, printed, "provider_address") == ["123 Main Street, Suite 4, Akron, OH 44301"]


BODY = "\n\nMarch 3, 2026\n\nMs. Lee needs massage therapy every week for her back.\n\nSincerely,\nJane Roe, MD"


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        (
            "Provider name: Jane Roe, MD\nStreet:  17 Elm Road, Suite 2\nCity, state, ZIP:  Bangor, ME 04401",
            "17 Elm Road, Suite 2, Bangor, ME 04401",
        ),
        (
            "Clinic: Vein Center\nAddress line 1: 17 Elm Road\nCity: Bangor    State: ME    ZIP: 04401",
            "17 Elm Road, Bangor ME 04401",
        ),
        ("Bangor Vein Center - 17 Elm Road, Bangor ME - 207.555.0124" + BODY, "17 Elm Road, Bangor ME"),
        (
            "Bangor Vein Center\nOne Harbor Plaza, 3rd Floor\nBangor, ME" + BODY,
            "One Harbor Plaza, 3rd Floor, Bangor, ME",
        ),
        ("Bangor Vein Center\nRoute 9 at Mill Lane\nBangor, ME 04401" + BODY, "Route 9 at Mill Lane, Bangor, ME 04401"),
    ],
)
def test_where_the_provider_works_is_read_from_grids_and_letterheads(told: Told, printed: str, address: str) -> None:
    assert told(addresses, printed, "provider_address") == [address]


@pytest.mark.parametrize(
    "printed",
    [
        "Patient: Ann Lee\nAddress: 9 Oak Lane, Bangor, ME 04401" + BODY,
        "Patient's name: Ann Lee\nDate of birth: 1/2/1960\nStreet: 9 Oak Lane\nCity, state, ZIP: Bangor, ME 04401"
        + BODY,
        "Mail to: Plan Services, P.O. Box 200, Salt Lake City, UT 84101" + BODY,
    ],
)
def test_another_address_is_not_the_providers(told: Told, printed: str) -> None:
    assert told(addresses, printed, "provider_address") == []
