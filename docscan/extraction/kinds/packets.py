"""Which pages of a file are one document: a letter, two receipts and a log in one PDF are four.

Decided between each page and the next, from what a new document does (its own letterhead, title, salutation, page 1,
another patient, another number) and what a page that goes on does (page 2 of 3, a sentence or a table that runs over,
the same number, a running head). In doubt pages stay together: to part one document is worse than to miss two.

Decided beforehand: a page without words (blank, failed, unreadable) belongs to the document before it, whose next page
it may be, or at the front to the first; a fax cover belongs to the document after it. Sheets of paper side by side on
one photo are documents of their own where each says by itself what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from docscan.document import Document, Page, Part
from docscan.extraction.kinds.kinds import KindFound, kind_of
from docscan.extraction.kinds.letters import CREDENTIAL
from docscan.extraction.text.month_names import MONTH_BEGUN
from docscan.extraction.text.numerals import BELOW_TWENTY, number_of

_PARTED = 1.0
"""Points for a new document, less those against it, from which on it is one."""
_SURE = 0.75  # of a page's kind by itself
_HEAD, _LETTERHEAD, _FOOT = 8, 5, 6  # lines
_PROSE = 130  # letters in a line, from which on it is no line of a letterhead
_FEW_WORDS = 90  # on a fax cover


def parts_of(document: Document) -> tuple[Part, ...]:
    """The documents of a file, in order; every page is in exactly one (on a photo with several sheets, in several).

    A file of one document is one part, without a region.
    """
    whole = Part(tuple(page.number for page in document.pages))
    if len(document.pages) == 1:
        return _sheets(document) or (whole,)
    looks = [_Look(document, page) for page in document.pages]
    groups = _grouped(looks)
    parts = tuple(Part(tuple(look.page.number for look in group)) for group in groups)
    split = [_sheets(only(document, part)) if len(part.pages) == 1 else () for part in parts]
    return tuple(one for part, sheets in zip(parts, split, strict=True) for one in (sheets or (part,)))


def only(document: Document, part: Part) -> Document:
    """A part as a document of its own. Its pages keep their numbers, its text is its own."""
    pages = (page for page in document.pages if page.number in part.pages)
    return replace(document, pages=tuple(_within(page, part) if part.region else page for page in pages))


def _within(page: Page, part: Part) -> Page:
    sheet = next(region for region in page.regions if region.kind == "sheet" and region.box == part.region)
    inside = [r for r in page.regions if r.kind != "sheet" and sheet.first_line <= r.first_line <= sheet.last_line]
    box = sheet.box
    return replace(
        page,
        words=tuple(word for word in page.words if sheet.first_line <= word.line <= sheet.last_line),
        marks=tuple(
            mark
            for mark in page.marks
            if box.left <= (mark.box.left + mark.box.right) / 2 <= box.right
            and box.top <= (mark.box.top + mark.box.bottom) / 2 <= box.bottom
        ),
        regions=(sheet, *inside),
    )


def _sheets(document: Document) -> tuple[Part, ...]:
    """The sheets of a photo, where each is a document by itself: bills, or different kinds. The sheets of one letter,
    photographed side by side, go on from one another."""
    page = document.pages[0]
    sheets = [region for region in page.regions if region.kind == "sheet"]
    if len(sheets) < 2:
        return ()
    parts = tuple(Part((page.number,), sheet.box) for sheet in sheets)
    looks = [_Look(document, _within(page, part)) for part in parts]
    if all(look.words for look in looks) and len(_grouped(looks)) == len(looks):
        return parts
    return ()


def _grouped(looks: Sequence[_Look]) -> list[list[_Look]]:
    groups: list[list[_Look]] = []
    waiting: list[_Look] = []  # covers, and pages without words at the front
    for look in looks:
        if not look.words and groups and not waiting:
            groups[-1].append(look)
        elif not look.words or look.is_cover:
            waiting.append(look)
        elif waiting and (not groups or any(one.is_cover for one in waiting)):
            groups.append([*waiting, look])
            waiting = []
        elif groups and not _parted(groups[-1], look):
            groups[-1].append(look)
        else:
            groups.append([look])
    if waiting and groups:
        groups[-1] += waiting
    elif waiting:
        groups.append(waiting)
    return groups


# -- one page ---------------------------------------------------------------------------------------------------------

_COUNT = re.compile(
    rf"\b(?:pages?|pg|sheet|scan|p)[.:#]?\s*(?:no\.? ?)?(?P<k>\d{{1,3}}|{BELOW_TWENTY})\b"
    rf"(?:\s*(?:of|/|-of-)\s*(?P<n>\d{{1,3}}|{BELOW_TWENTY})\b)?|(?:^|\t)\W{{0,3}}(?P<a>\d{{1,2}})\s?(?:of|"
    r"/)\s?(?P<b>\d{1,2})"
    r"\W{0,3}(?=\t|$)|^\W{0,2}[-–—]\s?(?P<c>\d{1,2})\s?[-–—]\W{0,2}$"
)
_BY_MACHINE = re.compile(r"\bfax\b|>>|->|\bfrom\b|\bto\s?:|\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}")
_AMOUNT = re.compile(r"\d\.\d\d\b(?![.\d])")
_ADDRESS = re.compile(
    r"\b[a-z]{2},?\s+\d{5}(?:-\d{4})?\b|\b\d{1,5} [a-z. ]{2,30}\b(?:street|st|road|rd|ave|avenue|blvd|way|lane|ln|"
    r"drive|dr|"
    r"pkwy|hwy|place|pl|court|ct|suite|ste|p\.?o\.? box)\b|\bp\.?o\.? box \d"
)
_CONTACT = re.compile(
    r"(?<!\d)\(?(\d{3})\)?[-./ ]{0,2}(\d{3})[-. ]?(\d{4})(?!\d)|\bnpi\D{0,8}(\d{10})\b|\b((?:[a-z0-9-]+\.)+(?:com|org|"
    r"net|example)\b)"
)
_SALUTATION = re.compile(r"^\W*(?:dear\b|to whom\b|to the\b.{0,40}:$|hello\b|hi\b|attn\b|attention\b|re\s?:)")
_MAILED = re.compile(r"(?:from|to|sent|subject|cc|date|re)\s?:|memo(?:randum)?\b")
_DATED = re.compile(
    r"^\W*(?:date:?\s*)?(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[ -][a-z]{3,9}[ -]\d{2,4}|"
    r"[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})\W*$"
)
_CLOSES = re.compile(
    r"^\W*(?:sincerely|respectfully|regards|yours|(?:kind|best|warm|with)\b.{0,20}\b(?:regards|wishes)|"
    r"thanks?\b.{0,30},?$)"
    rf"|/s/|electronically signed|\bsigned\b|^[^\n]{{3,45}}, {CREDENTIAL}\b"
    r"|_{10,}|\b(?:signature|thank you|total|balance|amount due|paid|you (?:pay|owe|paid)|change)\b"
)
_SIGNED = re.compile(
    rf"/s/|electronically signed|^\W*(?:sincerely|respectfully|regards|yours)\b|^[^\n]{{3,45}}, {CREDENTIAL}\b|"
    r"_{10,}|^signed\b"
)
_SUMMED = re.compile(
    r"\b(?:total|balance|amount (?:due|paid|owing)|paid|you (?:pay|owe|paid)|due|owed|owing)\b[^\n]*\d[.,]\d\d\b"
)
_DAY = re.compile(
    rf"\b\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}\b|\b{MONTH_BEGUN} \d{{1,2}}\b|\b\d{{1,2}}[ -]{MONTH_BEGUN}"
)
_GOES_ON = re.compile(
    r"\(?\s*(?:cont(?:inued|'d|d|\.)|over|see next page|more on|continued (?:on|from)\b)\W*$|^\W*\(?cont(?:inued|'d|"
    r"d)?\b"
)
_PATIENT = re.compile(
    r"(?:^|\t|\n)[ ]*(?:re|subj(?:ect)?|patient(?:'s)?(?: name)?|name|client|pt|member|for|child|customer|cust|who|"
    r"household|"
    r"bill(?:ed)? to|prepared for|bag label for)\s*[.:]+\s*(?P<name>[^\n\t:]{4,50})"
)
_BORN = re.compile(r"(?:born|dob|d\.o\.b\.?|date of birth|birth ?date|birthday|\bb\.)[:,\s.]*(?P<day>[^\n\t;)]{6,22})")
_NUMBER = re.compile(
    r"\b(?P<what>invoice|inv|receipt|claim|statement|stmt|order|slip|tkt|ticket|superbill|accession|estimate|quote|rx|"
    r"requisition|form)"
    r"\W{0,3}(?:no|num(?:ber)?|id)?\W{0,4}(?P<id>[a-z]{0,4}[-/ ]?\d[\w/-]{2,})(?![.,]\d\d\b)"
)
_COVER = re.compile(
    r"\b(?:fax|facsimile)\b[^\n]{0,30}\b(?:cover|transmi\w+|memo)\b|\bcover (?:sheet|page|letter)\b|\btransmittal\b|"
    r"^\W*f ?a ?x\W*$",
    re.MULTILINE,
)
_COVERS = re.compile(
    r"\b(?:number of pages|no\.? of pages|pages?(?: \(?incl[a-z.]*)?|total pages|pages? to follow|comments?|urgent)\b"
)


@dataclass(frozen=True)
class _Look:
    """What a page shows of where documents begin and end."""

    document: Document
    page: Page

    @cached_property
    def alone(self) -> Document:
        return replace(self.document, pages=(self.page,))

    @property
    def words(self) -> int:
        return len(self.page.words)

    @cached_property
    def text(self) -> str:
        return self.alone.text.lower()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text.split("\n") if line.strip())

    @cached_property
    def head(self) -> tuple[str, ...]:
        return self.lines[:_HEAD]

    @cached_property
    def kind(self) -> KindFound:
        return kind_of(self.alone)

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(" ".join(title.split()) for title in self.kind.titles)

    @cached_property
    def counts(self) -> tuple[tuple[int, int | None], ...]:
        """Page numbers printed on the page by its writer: (number, of how many)."""
        return tuple(found for machine, found in self._counts if not machine)

    @cached_property
    def sent(self) -> tuple[tuple[int, int | None], ...]:
        """Page numbers printed by a fax machine."""
        return tuple(found for machine, found in self._counts if machine)

    @cached_property
    def _counts(self) -> tuple[tuple[bool, tuple[int, int | None]], ...]:
        found = []
        for line in (*self.lines[:_FOOT], *self.lines[_FOOT:][-_FOOT:]):
            for match in _COUNT.finditer(line):
                k, n = match["k"] or match["a"] or match["c"], match["n"] or match["b"]
                number, of = number_of(k), number_of(n) if n else None
                if match["k"] and not n and not re.search(r"\bpage\b|\bpg\b|\bsheet\b|\bscan\b", match.group()):
                    continue
                if 0 < number <= (of or 40):
                    rest = line[: match.start()] + line[match.end() :]
                    found.append((bool(_BY_MACHINE.search(rest)) and len(line) > 30, (number, of)))
        return tuple(found)

    @cached_property
    def contacts(self) -> frozenset[str]:
        return frozenset("".join(filter(None, found)) for found in _CONTACT.findall(self.text))

    @cached_property
    def persons(self) -> frozenset[frozenset[str]]:
        return frozenset(
            words
            for found in _PATIENT.finditer(self.text)
            if len(words := frozenset(re.findall(r"[a-z][a-z'’-]{2,}", found["name"]))) > 1
        )

    @cached_property
    def born(self) -> frozenset[str]:
        return frozenset(digits for f in _BORN.finditer(self.text) if len(digits := re.sub(r"\W", "", f["day"])) > 4)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(re.sub(r"\W", "", found["id"]) for found in _NUMBER.finditer(self.text))

    @cached_property
    def has_letterhead(self) -> bool:
        over = takewhile(lambda line: len(line) < _PROSE and not _AMOUNT.search(line), self.lines[:_LETTERHEAD])
        head = "\n".join(over)
        below = len(self.lines) - _LETTERHEAD
        return bool(_ADDRESS.search(head) or (_CONTACT.search(head) and not self.counts)) and below > 1

    @cached_property
    def is_cover(self) -> bool:
        return bool(_COVER.search(self.text)) and self.words <= _FEW_WORDS and bool(_COVERS.search(self.text))

    @cached_property
    def closes(self) -> bool:
        return any(_CLOSES.search(line) for line in self.lines[len(self.lines) * 2 // 5 :])

    @cached_property
    def is_complete(self) -> bool:
        """Whether it ends as its kind does: signed below, or summed up with a total."""
        below = self.lines[len(self.lines) // 3 :]
        return any(_SIGNED.search(line) or _SUMMED.search(line) for line in below)

    @cached_property
    def days(self) -> frozenset[str]:
        return frozenset(re.sub(r"\W+", " ", found.group()) for found in _DAY.finditer(self.text))

    @cached_property
    def stops_inside(self) -> bool:
        """Whether its last line of prose is no end of a sentence."""
        body = [line for line in self.lines if not _COUNT.search(line)]
        last = body[-1] if body else ""
        return (
            "\t" not in last
            and len(last.split()) > 5
            and last[-1] not in ".!?:)\"'_-=*"
            and not re.search(r"\d", last[-4:])
        )

    @cached_property
    def begins_inside(self) -> bool:
        """Whether its first line of prose goes on with a sentence."""
        printed = (line.strip() for line in self.alone.text.split("\n") if line.strip())
        first = next((line for line in printed if not _COUNT.search(line.lower())), "")
        return "\t" not in first and first[:1].islower() and len(first.split()) > 4

    @cached_property
    def titled_at_the_top(self) -> bool:
        return any(title in " ".join(line.split()) for line in self.lines[:3] for title in self.titles)

    @cached_property
    def letter_opens(self) -> bool:
        return any(_SALUTATION.search(line) for line in self.lines[:24])

    @cached_property
    def mailed(self) -> bool:
        """Whether it opens as a message or memorandum does."""
        return len({found[0] for line in self.head if (found := _MAILED.match(line))}) > 1


# -- between two pages ------------------------------------------------------------------------------------------------


def _parted(before: Sequence[_Look], after: _Look) -> bool:
    """Whether a page begins another document than the pages before it."""
    pages = [look for look in before if look.words and not look.is_cover] or list(before)
    return sum(_signs(pages, after)) >= _PARTED


def _signs(before: Sequence[_Look], after: _Look) -> Iterable[float]:
    last, first = before[-1], before[0]
    yield from _by_count(before, after)
    yield from _by_text(last, after)
    fresh = not _same_head(first, after) and not _same_head(last, after)
    known_titles = frozenset(title for look in before for title in look.titles)
    dated = any(_DATED.search(line) for line in after.lines[:24])
    before_days = frozenset(day for look in before for day in look.days)
    opens = (
        (2.5 if fresh else 0.3) * after.has_letterhead
        + (2.8 if after.titled_at_the_top and after.kind.confidence >= _SURE else 2.0)
        * bool(after.titles - known_titles)
        + 2.0 * after.mailed
        + (2.2 if dated else 1.2) * after.letter_opens
    )
    yield opens
    if not opens and _only(after.counts) not in ((1, None), *((1, n) for n in range(1, 30))):
        yield -3.5
        yield -2.0 * last.stops_inside
    yield 0.7 * dated
    yield from _by_identity(before, after)
    begins_anew = after.is_complete or after.letter_opens or bool(after.titles)
    if not fresh and begins_anew and any(look.is_complete for look in before) and after.days - before_days:
        yield 3.5  # the issuer's next one, on another day
    yield 1.0 if last.closes else -0.5
    yield 0.5 if after.closes else -0.5
    known = [look.kind for look in before if look.kind.confidence >= _SURE]
    if after.kind.confidence >= _SURE and known:
        kinds = {one.kind for one in known}
        yield 1.5 if after.kind.kind not in kinds else 0.3
    elif after.kind.confidence < 0.5:
        yield -0.7
    yield -3.0


def _by_count(before: Sequence[_Look], after: _Look) -> Iterable[float]:
    """What printed page numbers say."""
    last = before[-1]
    own, previous = _only(after.counts), _only(last.counts)
    if own is not None:
        number, of = own
        if number == 1:
            yield 5.0
        elif previous is not None and previous[0] + 1 == number and previous[1] in (of, None):
            yield -8.0
        elif previous is not None and previous[0] == previous[1]:
            yield -1.0  # its first page is missing
        else:
            yield -6.0 if number == len(before) + 1 else -2.0
    elif previous is not None and previous[1] is not None:
        yield 1.5 if previous[0] == previous[1] else -3.0
    sent, sent_before = _only(after.sent), _only(last.sent)
    if sent is not None and sent_before is not None:
        yield 4.0 if sent[0] == 1 else -1.5
    elif sent is not None and sent[0] == 1:
        yield 2.0


def _only(counts: Sequence[tuple[int, int | None]]) -> tuple[int, int | None] | None:
    """The page's number; None where there is none, or several that disagree."""
    different = {(number, of) for number, of in counts}
    return next(iter(different)) if len(different) == 1 else None


def _by_text(last: _Look, after: _Look) -> Iterable[float]:
    """What runs over."""
    if after.begins_inside:
        yield -3.0
    if any(_GOES_ON.search(line) for line in (*last.lines[-3:], *after.lines[:4])):
        yield -4.0


def _by_identity(before: Sequence[_Look], after: _Look) -> Iterable[float]:
    """Whom and which number the pages are about, and who issued them."""
    numbers = frozenset(n for look in before for n in look.numbers)
    if numbers and after.numbers:
        yield -4.0 if numbers & after.numbers else 2.0
    persons = [name for look in before for name in look.persons]
    if persons and after.persons:
        same = any(len(a & b) > 1 for a in persons for b in after.persons)
        yield -0.5 if same else 1.5
    born = frozenset(day for look in before for day in look.born)
    if born and after.born:
        yield -0.5 if born & after.born else 2.0
    contacts = frozenset(c for look in before for c in look.contacts)
    if contacts and after.contacts:
        yield -0.8 if contacts & after.contacts else 1.5
    elif contacts and not after.contacts:
        yield -0.3


def _same_head(one: _Look, other: _Look) -> bool:
    """Whether the pages carry the same letterhead or running head."""
    first, second = ([re.sub(r"[\W\d]+", " ", line).strip() for line in look.head[:4]] for look in (one, other))
    return any(len(line) > 7 and (line in first[:2] or line in second[:2]) for line in {*first} & {*second})
