"""The closed set of checks that a rule can name, each with its parameters."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass as plain_dataclass
from dataclasses import fields
from difflib import get_close_matches
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from docscan.checking.facts import Result
from docscan.reference.fields import FIELDS, ITEM_CLASSES

STRICT = ConfigDict(extra="forbid", strict=True)
"""Configuration of everything that is read from a rulebook."""


@plain_dataclass(frozen=True, slots=True)
class Check:
    """`decide` is pure. `variables`: the names that a rule's message may hold in braces.

    A check of a packet takes the facts of all its documents instead of one's.
    """

    name: str
    meaning: str
    parameters: type
    decide: Callable[[Any, Any], Result]
    variables: frozenset[str]
    packet: bool

    @property
    def parameter_names(self) -> frozenset[str]:
        return frozenset(f.name for f in fields(self.parameters))


CHECKS: dict[str, Check] = {}
"""Every check by name."""


@dataclass(frozen=True, config=STRICT)
class NoParameters:
    """For checks that need none."""


_Decide = TypeVar("_Decide", bound=Callable[..., Result])


def check(*variables: str, packet: bool = False) -> Callable[[_Decide], _Decide]:
    """Enter a function into the set, under its own name; its argument `parameters`, if any, says which it takes."""

    def enter(decide: _Decide) -> _Decide:
        parameters = typing.get_type_hints(decide).get("parameters", NoParameters)
        name, meaning = decide.__name__, inspect.cleandoc(decide.__doc__ or "")
        run = decide if parameters is not NoParameters else lambda facts, _: decide(facts)
        CHECKS[name] = Check(name, meaning, parameters, run, frozenset(variables), packet)
        return decide

    return enter


# The types of parameters


class Unknown(ValueError):
    """A name that is not one of those known; `remedy` gives the one that may be meant."""

    def __init__(self, name: str, what: str, known: Iterable[str], where: str) -> None:
        super().__init__(f"`{name}` is not {what}")
        close = get_close_matches(name, list(known), n=1)
        self.remedy = f"Did you mean {close[0]}?" if close else where


def _known_field(name: str) -> str:
    if name.partition(".")[0] not in FIELDS:
        raise Unknown(name, "a field", FIELDS, "docscan rules --fields lists them.")
    if "." in name and FIELDS[name.partition(".")[0]].shape not in ("object", "period", "duration"):
        raise ValueError(f"`{name}`: this field has no parts")
    return name


def _known_class(name: str) -> str:
    if name not in ITEM_CLASSES:
        raise Unknown(name, "a class of items", ITEM_CLASSES, f"Known are {', '.join(ITEM_CLASSES)}.")
    return name


T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
FieldName = Annotated[str, AfterValidator(_known_field)]
"""A field, or a part of one: "item.amount"."""
ItemClass = Annotated[str, AfterValidator(_known_class)]
FieldNames: TypeAlias = Many[FieldName]
ItemClasses: TypeAlias = Many[ItemClass]
