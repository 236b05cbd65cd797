"""One administrator's rules: its file, and those it builds on, found and put together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from docscan.checking.rulebook.book import Rulebook, read_rulebook
from docscan.checking.rulebook.format import NAME, AdministratorFile
from docscan.checking.rulebook.overlays import overlaid
from docscan.checking.rulebook.refusing import error, nearest, read, table, validated
from docscan.checking.rulebook.rules import Ruleset
from docscan.document import RulebookVersion
from docscan.errors import RulebookError, UnknownName


@dataclass(frozen=True)
class _Source:
    """Where an administrator's file, and the files that it names, are found."""

    administrators: Mapping[str, Traversable]
    rulebooks: Mapping[str, Traversable]


def read_administrator(name: str, folder: Path | None = None) -> Ruleset:
    """An administrator's rules, built-in or of the folder. Raises `UnknownName`, `RulebookError`."""
    return _read_administrator(name, folder)


@cache
def _read_administrator(name: str, folder: Path | None) -> Ruleset:
    source = _source(folder)
    if name not in source.administrators:
        own = "" if folder else " DOCSCAN_RULEBOOKS names a folder of your own."
        raise UnknownName(
            f"There are no rules of an administrator called {name}.", nearest(name, source.administrators) + own
        )
    return _administrator(name, source, ())


def read_file(path: Path) -> Ruleset:
    """The rules of a file anywhere, which may extend built-in administrators and those beside it; a file of rules alone
    is taken for an administrator that has no others. Raises `RulebookError`."""
    name = path.stem
    if path.suffix != ".toml" or not path.is_file():
        raise error(path.name, "", "is not a rulebook", "Name a file that ends in .toml.")
    text = read(path.name, path)
    if not table(path.name, text).keys() & {"extends", "rulebooks", "change", "checked"}:
        book = read_rulebook(path.name, text)
        purposes = tuple(dict.fromkeys(purpose for rule in book.rules for purpose in rule.purpose))
        version = RulebookVersion(book.id, book.version)
        newest = max(rule.retrieved for rule in book.rules)
        return Ruleset(book.id, book.id, purposes, newest, book.rules, (version,))
    source = _source(path.parent)
    return _administrator(name, source, ())


def administrator_names(folder: Path | None = None) -> tuple[str, ...]:
    """Every name that `read_administrator` takes, sorted."""
    return tuple(sorted(_source(folder).administrators))


def _source(folder: Path | None) -> _Source:
    home = files("docscan") / "rulebooks"
    built_in = _files(home / "administrators")
    own = _files(Path(folder)) if folder else {}
    if folder and not Path(folder).is_dir():
        raise RulebookError(f"The folder of rulebooks {folder} does not exist.", "Correct or unset DOCSCAN_RULEBOOKS.")
    twice = sorted(name for name in own.keys() & built_in.keys() if not _same(own[name], built_in[name]))
    if twice:
        raise error(
            own[twice[0]].name, "id", f"`{twice[0]}` is the name of a built-in administrator", "Choose another name."
        )
    return _Source({**built_in, **own}, _files(home))


def _files(folder: Traversable) -> dict[str, Traversable]:
    if not folder.is_dir():
        return {}
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    return {e.name.removesuffix(".toml"): e for e in entries}


def _same(one: Traversable, other: Traversable) -> bool:
    return isinstance(one, Path) and isinstance(other, Path) and one.resolve() == other.resolve()


def _administrator(name: str, source: _Source, extended_by: tuple[str, ...]) -> Ruleset:
    file = source.administrators[name].name
    text = read(file, source.administrators[name])
    head = validated(AdministratorFile, table(file, text), file, "")
    if head.id != name:
        remedy = f'Write id = "{name}".' if re.fullmatch(NAME, name) else f"Call the file {head.id}.toml."
        raise error(file, "id", f"is `{head.id}`, but the file is called {file}", remedy)
    if bool(head.extends) == bool(head.rulebooks):
        both = "there are both `extends` and `rulebooks`" if head.extends else "is missing, and so is `rulebooks`"
        raise error(file, "extends", both, 'Write one of them, such as extends = "generic-fsa".')
    if head.extends:
        below = _extended(head.extends, name, source, extended_by, file)
        rules, versions, changes = below.rules, below.rulebooks, below.changes
    else:
        books = [_rulebook(book, source, file) for book in head.rulebooks]
        rules = tuple(rule for book in books for rule in book.rules)
        versions = tuple(RulebookVersion(book.id, book.version) for book in books)
        changes = ()
    own = overlaid(rules, head, file, text)
    return Ruleset(
        administrator=name,
        title=head.title,
        purpose=head.purpose,
        checked=head.checked,
        rules=own.rules,
        rulebooks=(*versions, RulebookVersion(head.id, head.version)),
        changes=(*changes, *own.changes),
    )


def _extended(extends: str, name: str, source: _Source, extended_by: tuple[str, ...], file: str) -> Ruleset:
    if extends in (*extended_by, name):
        chain = [*extended_by, name]
        circle = " extends ".join(f"`{one}`" for one in (*chain[chain.index(extends) :], extends))
        raise error(file, "extends", f"goes in a circle: {circle}", "Let one of them extend a built-in administrator.")
    if extends not in source.administrators:
        raise error(file, "extends", f"`{extends}` is not an administrator", nearest(extends, source.administrators))
    return _administrator(extends, source, (*extended_by, name))


def _rulebook(name: str, source: _Source, file: str) -> Rulebook:
    if name not in source.rulebooks:
        raise error(file, "rulebooks", f"`{name}` is not a rulebook", nearest(name, source.rulebooks))
    found = source.rulebooks[name]
    return _cached_rulebook(found.name, read(found.name, found))


@cache
def _cached_rulebook(name: str, text: str) -> Rulebook:
    return read_rulebook(name, text)
