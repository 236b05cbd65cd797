"""The tree of errors is drawn in its module's docstring, and the drawing is right."""

import re
from collections.abc import Iterator

from docscan import errors


def _leaves(cls: type[errors.DocscanError]) -> Iterator[type[errors.DocscanError]]:
    for child in cls.__subclasses__():
        yield child
        yield from _leaves(child)


def test_the_drawing_tells_code_exit_status_and_http_status_of_every_error() -> None:
    drawn = dict(re.findall(r"[├└]── (\w+) .*?(\w+ +\d +\d+)$", errors.__doc__ or "", re.M))
    real = {
        error.__name__: f"{error.code} {error.exit_status} {error.http_status}"
        for error in _leaves(errors.DocscanError)
        if error is not errors.InputError and error.__module__ == errors.__name__
    }
    assert {name: " ".join(row.split()) for name, row in drawn.items()} == real


def test_codes_are_unique() -> None:
    codes = [error.code for error in _leaves(errors.DocscanError) if error.__module__ == errors.__name__]
    assert len(codes) == len(set(codes))
