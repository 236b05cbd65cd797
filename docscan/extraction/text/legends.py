"""What the marks beside the entries of a list mean, where the list says so itself ("* = past", "(R) resolved")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docscan.document import Assertion
from docscan.extraction.text.code_shape import CODE_SHAPE
from docscan.extraction.text.standing import status_of

if TYPE_CHECKING:
    from docscan.extraction.text.annotated import AnnotatedText

_SIGN = r"[*†‡§^#]{1,3}"
_WORDS = r"(?P<words>[A-Za-z][\w ,'’/-]{1,60}?)"
_TOLD_BY_A_SIGN = re.compile(
    rf"(?:^|(?<=[\s(\[,;|]))(?:(?P<mark>\([A-Za-z]{{1,3}}\)|{_SIGN})\s*(?:=|:|–|-|means|denotes|marks)|"
    rf"(?P<letter>[A-Za-z]{{1,2}})\s*=)\s*{_WORDS}(?=\s*(?:[.;)\]|\n\t]|$|\s\S{{1,3}}\s*=|,\s*\S{{1,3}}\s*=))",
    re.M,
)
_ON_ITS_OWN = re.compile(rf"^[ \t]*(?P<mark>\([A-Za-z]{{1,2}}\)|{_SIGN})[ \t]?{_WORDS}[ \t]*[.]?[ \t]*$", re.M)
_BEHIND = re.compile(rf"(?P<own>[\s,(\[–—-]*{CODE_SHAPE}[)\]]?)?\s*(?P<mark>\([A-Za-z]{{1,3}}\)|{_SIGN})(?=[\s,;.)]|$)")
_BEFORE_CODE = re.compile(rf"\w(?P<mark>\s?\([A-Za-z]{{1,3}}\)|{_SIGN})[\s,(\[–—-]*$")


_LINE = re.compile(rf"^[ \t]*(?:\([A-Za-z]{{1,3}}\)|{_SIGN}|[A-Za-z]{{1,2}})\s*=[^\n]*(?=\n)", re.M)


def blanked(said: str) -> str:
    """The same words with spaces for a line that explains marks: it says nothing of the entry below."""
    return _LINE.sub(lambda found: " " * len(found.group()), said) if "=" in said else said


def of_mark(text: AnnotatedText, start: int, end: int) -> Assertion | None:
    """What the mark beside an entry (its name or its code, from `start` to `end`) says by the document's legend."""
    meant = text.once("legend", lambda: _legend(text))
    if not meant:
        return None
    line = text.lines[text.line_index(start)]
    is_code = re.fullmatch(CODE_SHAPE, text.text[start:end]) is not None
    behind = _BEHIND.match(text.text, end, line.end)
    if behind is not None and not (is_code and behind["own"]):
        return meant.get(behind["mark"])
    before = _BEFORE_CODE.search(text.text, line.start, start)
    if before is not None and is_code and not re.search(CODE_SHAPE, before.string[line.start : before.start()]):
        return meant.get(before["mark"].strip())
    own = text.cell_at(start)
    beside = [cell.text.strip(" .") for cell in line.cells if own is not None and cell is not own]
    return next((meant[mark] for mark in beside if mark in meant), None)


def _legend(text: AnnotatedText) -> dict[str, Assertion]:
    found: dict[str, Assertion] = {}
    for told in _TOLD_BY_A_SIGN.finditer(text.text):
        _take(found, told["mark"] or told["letter"], told["words"])
    for told in _ON_ITS_OWN.finditer(text.text):
        if re.search(rf"[\w)]\s?{re.escape(told['mark'])}(?=[\s,;.)]|$)", text.text, re.M):
            _take(found, told["mark"], told["words"])
    return found if any(says != "stated" for says in found.values()) else {}


def _take(found: dict[str, Assertion], mark: str, words: str) -> None:
    """The first words of a meaning are a status: "old, not part of this claim"."""
    says = status_of(re.split(r",|\bbut\b", words)[0].strip())
    if says is not None:
        found.setdefault(mark, says)
