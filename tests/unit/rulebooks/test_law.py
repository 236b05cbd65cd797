"""The page that lists the changes of law is true of the rules, items and codes that are loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

import pytest

from docscan import checking
from docscan.reference import dated_amounts, icd10cm, publication_502

PAGE = (files("docscan") / "rulebooks" / "LAW.md").read_text("utf-8")
KEPT, NOT_KEPT = PAGE.split("# Changes that no rule depends on")


def rows(part: str) -> list[tuple[date, str]]:
    return [
        (date.fromisoformat(day), last)
        for day, last in re.findall(r"^\| (\d{4}-\d\d-\d\d) \|.*\| (.+) \|$", part, re.M)
    ]


def places() -> Iterator[tuple[date, str, str]]:
    for day, kept in rows(KEPT):
        for place in kept.split(", "):
            kind, name = place.split(" ")
            yield day, kind, name


def edges(rule: str) -> set[date]:
    """The days on which a rule says something else than on the day before."""
    found: set[date] = set()
    for administrator in checking.administrators():
        for one in (r for r in checking.load(administrator).rules if r.id == rule):
            found |= {one.effective_from} if one.effective_from else set()
            found |= {one.effective_until + timedelta(1)} if one.effective_until else set()
            found |= {value for value in vars(one.parameters).values() if isinstance(value, date)}
    return found


@pytest.mark.parametrize(("day", "kind", "name"), list(places()))
def test_what_changed_on_a_day_is_otherwise_the_day_before(day: date, kind: str, name: str) -> None:
    before = day - timedelta(1)
    if kind == "item":
        told = [publication_502.entry(name, on=one) for one in (before, day)]
        assert told[0] != told[1]
    elif kind == "amount":
        assert dated_amounts.amount(name, before) != dated_amounts.amount(name, day)
    elif kind == "code":
        assert icd10cm.look_up(name, before).status != icd10cm.look_up(name, day).status
    else:
        assert kind == "rule"
        assert day in edges(name)


def test_every_dated_rule_and_item_is_on_the_page() -> None:
    listed = {(kind, name) for _, kind, name in places()}
    for administrator in checking.administrators():
        dated = {r.id for r in checking.load(administrator).rules if r.effective_from or r.effective_until}
        assert {("rule", rule) for rule in dated} <= listed
    days = {day for day, _ in rows(KEPT)}
    for entry in publication_502.entries():
        turns = [
            d
            for d in days
            if publication_502.entry(entry.id, on=d - timedelta(1)) != publication_502.entry(entry.id, on=d)
        ]
        assert not turns or ("item", entry.id) in listed


def test_what_is_not_kept_has_its_reason() -> None:
    assert len(rows(NOT_KEPT)) >= 5
    assert all(len(reason) > 20 for _, reason in rows(NOT_KEPT))
    assert {day for day, _ in rows(PAGE)} >= {
        date(1999, 1, 1), date(2002, 1, 1), date(2011, 1, 1), date(2013, 1, 1), date(2015, 10, 1), date(2020, 1, 1),
        date(2021, 10, 1), date(2023, 3, 17), date(2024, 3, 6), date(2024, 10, 1), date(2024, 10, 17),
        date(2025, 1, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1),
    }  # fmt: skip
