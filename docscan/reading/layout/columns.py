"""Where a page is read column by column: white that runs down it, with text on both sides that goes on downwards.

Tables, forms and bills have white between their columns too, but are read across. What tells them apart is that a
row of theirs begins on one line, and that sentences do not run on from line to line. So a gutter parts columns where

* sentences run on downwards on both sides of it (columns of prose), or
* they do on one side, and what stands on the other is no list of labels for its paragraphs (a rail beside a letter), or
* the lines on both sides are out of step, so that nothing can belong to one line (blocks of a letterhead).
"""

from __future__ import annotations

import cmath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from docscan.reading.layout.rows import Piece, Rows, middle, rows

_GUTTER, _LEAST = 0.9, 0.5  # of the line's height: the white between two columns on a line; on all lines together
_MOST = 16  # gutters that are followed down the page at a time
_PROSE_WORDS = 3.5  # words in a piece, on average: tables and forms stay below
_PROSE_LINES, _RAIL_LINES, _BLOCK_LINES = 4, 3, 3
_BLANK = 2.0  # of the line's height from middle to middle: a larger step ends a block of lines
_APART = 2.8  # of the line's height from middle to middle: farther apart, a column does not go on
_LARGE = 1.4  # times the height of the print beside it
_LABEL_LINES = 3  # a label has no more
_BESIDE = 0.35  # of the height: middles of two pieces of one line differ by less
_IN_STEP = 0.6  # 0..1, how much alike the offsets of one side's lines from the other's are
_SAME = 0.6  # of the height: middles of pieces that may be one line differ by less
_FAR = 10.0  # of the height
_HEAD = 3.0  # lines by which a rail may begin below the text beside it and still be read first
_FIGURES = 0.7  # share of a side's pieces without a word
_WORDLESS = 0.6  # share of a side's lines without a word: amounts, dates, codes, numbers of a list
_WORD = re.compile(r"[^\W\d_]{3}")
_CONTACT = re.compile(r"\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b")


@dataclass(frozen=True)
class Columns:
    """Rows `first` to `last` (excluded) are read side by side; `sides` are their pieces in reading order."""

    first: int
    last: int
    sides: tuple[tuple[Piece, ...], tuple[Piece, ...]]


@dataclass(frozen=True)
class _Page:
    """Rows of pieces, with what is asked of each many times: its middle from top to bottom, its height, its ends."""

    rows: Rows
    middles: list[float]
    heights: list[float]
    lefts: list[float]
    rights: list[float]

    @staticmethod
    def of(found: Rows) -> _Page:
        return _Page(
            found,
            [middle(row) for row in found],
            [_height(row) for row in found],
            [row[0].left for row in found],
            [row[-1].right for row in found],
        )

    def step(self, number: int) -> float:
        """From the row above to this one."""
        return self.middles[number] - self.middles[number - 1]

    def on_both(self, number: int, edge: float) -> bool:
        """Whether something of a row is on either side of an x."""
        return self.lefts[number] < edge < self.rights[number]


@dataclass
class _Gutter:
    left: float
    right: float
    first: int


def find(found_rows: Rows) -> Columns | None:
    """The columns that take up most of these rows; None where all is read across."""
    page = _Page.of(found_rows)
    whites = [_whites(row, height) for row, height in zip(page.rows, page.heights, strict=True)]
    best: Columns | None = None
    most = 0
    tried: set[tuple[int, ...]] = set()
    for gutter, last in _gutters(page, whites):
        if last - gutter.first < _BLOCK_LINES:
            continue
        found = _columns(page, gutter, last, tried) or _first(page, gutter, last, tried)
        if found is not None and (count := _lines_in(found)) > most:
            best, most = found, count
    return best


def _first(page: _Page, gutter: _Gutter, last: int, tried: set[tuple[int, ...]]) -> Columns | None:
    """The first stretch between blank lines that is columns by itself, where the whole is not."""
    starts = [gutter.first]
    for number in range(gutter.first + 1, last):
        if page.step(number) > _BLANK * page.heights[number]:
            starts.append(number)
    if len(starts) == 1:
        return None
    stretches = pairwise([*starts, last])
    for first, end in stretches:
        found = _columns(page, _Gutter(gutter.left, gutter.right, first), end, tried)
        if found:
            return found
    return None


def _lines_in(found: Columns) -> int:
    return sum(len(side) for side in found.sides)


# --- white that runs down the page -------------------------------------------------------------------------------


def _whites(row: Sequence[Piece], height: float) -> list[tuple[float, float]]:
    """The white of a row, its margins included, as far as it may be a gutter."""
    least = _GUTTER * height
    found, end = [], float("-inf")
    for piece in row:
        for word in (piece,) if piece.grid else piece.words:
            if word.left - end >= least:
                found.append((end, word.left))
            end = max(end, word.right)
    return [*found, (end, float("inf"))]


def _gutters(page: _Page, whites: Sequence[Sequence[tuple[float, float]]]) -> Iterator[tuple[_Gutter, int]]:
    """White from one row to another (excluded) with print on both sides."""
    open_: list[_Gutter] = []
    for number, height in enumerate(page.heights):
        least = _LEAST * height
        still: list[_Gutter] = []
        for gutter in open_:
            rest = [
                _Gutter(max(gutter.left, left), min(gutter.right, right), gutter.first)
                for left, right in whites[number]
                if min(gutter.right, right) - max(gutter.left, left) >= least
            ]
            if not rest:
                yield gutter, number
            still += rest
        # Print on both sides may begin on one row, or on two that follow each other out of step.
        born = list(whites[number][1:-1])
        if number + 1 < len(page.rows):
            born += [
                (max(a, c), min(b, d))
                for a, b in whites[number]
                for c, d in whites[number + 1]
                if min(b, d) - max(a, c) >= least
            ]
        for left, right in born:
            bounded = left > float("-inf") and right < float("inf")
            if bounded and not any(one.left <= left and right <= one.right for one in still):
                still.append(_Gutter(left, right, number))
        open_ = still[:_MOST]
    for gutter in open_:
        yield gutter, len(page.rows)


def _height(row: Sequence[Piece]) -> float:
    return row[0].height if len(row) == 1 else median([piece.height for piece in row])


# --- whether it parts columns ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Side:
    """One side of a gutter, as rows of its own."""

    rows: list[list[Piece]]

    @property
    def lines(self) -> int:
        return len(self.rows)

    @cached_property
    def middles(self) -> list[float]:
        return [middle(row) for row in self.rows]

    @property
    def top(self) -> float:
        return self.middles[0]

    @property
    def bottom(self) -> float:
        return self.middles[-1]

    @cached_property
    def height(self) -> float:
        return median([_height(row) for row in self.rows])

    @cached_property
    def pieces(self) -> list[Piece]:
        return [piece for row in self.rows for piece in row if piece.grid is None]

    @cached_property
    def step(self) -> float:
        """The usual step from line to line."""
        steps = sorted([b - a for a, b in pairwise(self.middles)])
        return max(steps[len(steps) // 3] if steps else 0.0, 0.5 * self.height)

    @cached_property
    def running_on(self) -> list[bool]:
        """For each line but the first, whether a sentence runs on into it from the line above."""
        near = [b - a < _APART * self.height for a, b in pairwise(self.middles)]
        return [close and _runs_on(a[-1], b[0]) for close, (a, b) in zip(near, pairwise(self.rows), strict=True)]

    def wordless(self) -> bool:
        """Whether it is a column of amounts, dates, codes or numbers rather than of words."""
        without = sum(not any(_is_word(word.text) for piece in row for word in piece.words) for row in self.rows)
        return without >= _WORDLESS * self.lines

    def words_a_piece(self) -> float:
        found = self.pieces
        return sum(len(piece.words) for piece in found) / max(1, len(found))

    def letterhead(self) -> bool:
        """Whether somebody's telephone number or postal address is on it."""
        return any(_CONTACT.search(" ".join(word.text for piece in row for word in piece.words)) for row in self.rows)

    def single(self) -> bool:
        """Whether nearly all lines are of one piece, as those of a table's many columns are not."""
        return sum(sum(map(_counts, row)) <= 1 for row in self.rows) >= 0.7 * self.lines

    def prose(self, lines: int = _PROSE_LINES) -> bool:
        if self.lines < lines or self.words_a_piece() < _PROSE_WORDS:
            return False
        return sum(self.running_on) >= max(2, 0.3 * self.lines)


def _is_word(text: str) -> bool:
    return _WORD.search(text) is not None


def _counts(piece: Piece) -> bool:
    """Whether a piece is more than a speck that was read as a letter."""
    return len(piece.words) > 1 or len(piece.words[0].text) > 1


def _runs_on(above: Piece, below: Piece) -> bool:
    if above.grid or below.grid:
        return False
    return below.words[0].text[0].islower() and above.words[-1].text[-1] not in ".:;!?"


def _columns(page: _Page, gutter: _Gutter, last: int, tried: set[tuple[int, ...]]) -> Columns | None:
    """The columns that a gutter parts; None where it does not, or where the same has been tried."""
    edge = (gutter.left + gutter.right) / 2
    first = _below_heading(page, gutter.first, last)
    last = _before_rows(page, first, last, edge)
    if not min(page.lefts[first:last]) < edge < max(page.rights[first:last]):
        return None
    last = _until(page, first, last, edge)
    parts = _parted(page.rows[first:last], edge)
    split = (first, last, *map(len, parts))
    if split in tried or not all(parts) or max(split[2:]) < _BLOCK_LINES or _of_a_table(*parts):
        return None
    tried.add(split)
    left, right = (_Side(rows(pieces)) for pieces in parts)
    both = left.prose() and right.prose()
    rail = None if both else _rail(left, right)
    if not (both or rail or _display(left, right) or _display(right, left) or _out_of_step(left, right)):
        return None
    first = _from(page, first, edge, gutter)
    sides = _parted(page.rows[first:last], edge)
    if rail is right and right.top <= left.top + _HEAD * left.step and right.letterhead():
        sides = (sides[1], sides[0])
    return Columns(first, last, sides)


def _of_a_table(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether a short look tells that nothing runs on, and that one side holds figures."""
    words = [sum([len(piece.words) for piece in side]) / len(side) for side in (left, right)]
    return max(words) < _PROSE_WORDS and any(
        sum([not any(_is_word(word.text) for word in piece.words) for piece in side]) >= _FIGURES * len(side)
        for side in (left, right)
    )


def _parted(page: Rows, edge: float) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces on both sides of an x; pieces that go over it are parted."""
    left: list[Piece] = []
    right: list[Piece] = []
    for row in page:
        for piece in row:
            on_left = piece.left + piece.right < 2 * edge
            if piece.right <= edge or (piece.grid and on_left):
                left.append(piece)
            elif piece.left >= edge or piece.grid:
                right.append(piece)
            else:
                before = [word for word in piece.words if word.left < edge]
                left.append(Piece.of(before))
                if len(before) < len(piece.words):
                    right.append(Piece.of(piece.words[len(before) :]))
    return tuple(left), tuple(right)


def _rail(left: _Side, right: _Side) -> _Side | None:
    """The side that stands beside a letter without being part of it."""
    for rail, body in ((left, right), (right, left)):
        if rail.lines < _RAIL_LINES or not rail.single() or rail.wordless() or not body.prose(_PROSE_LINES + 1):
            continue
        blocks = _blocks(rail)
        labels = sum(_labels(block, body) for block in blocks)
        if labels <= 0.5 * len(blocks):
            return rail
    return None


def _display(name: _Side, block: _Side) -> bool:
    """Whether one side is a name in large print and the other a block of small lines beside it."""
    return (
        name.lines <= 2 < _BLOCK_LINES <= block.lines
        and name.single()
        and block.single()
        and not block.wordless()
        and name.height >= _LARGE * block.height
        and block.step <= _BLANK * block.height
        and block.top - 2 * block.height <= name.top <= name.bottom <= block.bottom + 2 * block.height
    )


def _blocks(side: _Side) -> list[list[list[Piece]]]:
    found = [[side.rows[0]]]
    for row, (above, here) in zip(side.rows[1:], pairwise(side.middles), strict=True):
        if here - above > _BLANK * side.height:
            found.append([])
        found[-1].append(row)
    return found


def _labels(block: Rows, body: _Side) -> bool:
    """Whether a block stands where a paragraph beside it begins, as a label or a number does."""
    if len(block) > _LABEL_LINES:
        return False
    on = [False, *body.running_on]
    at, slack = middle(block[0]), _BESIDE * body.height
    return any(abs(there - at) <= slack and not goes_on for there, goes_on in zip(body.middles, on, strict=True))


def _out_of_step(left: _Side, right: _Side) -> bool:
    """Whether the lines on both sides do not belong together: the offsets between them have nothing in common."""
    if min(left.lines, right.lines) < _BLOCK_LINES:
        return False
    if left.wordless() or right.wordless() or not (left.single() or right.single()):
        return False
    ends = [row[-1] for row in left.rows], [row[0] for row in right.rows]  # what stands next to the gutter
    sparse, dense = sorted(ends, key=len)
    step = (left if dense is ends[0] else right).step
    offsets = []
    for piece in sparse:
        by_height = sorted(dense, key=lambda other: abs(other.middle - piece.middle))
        level = [other for other in by_height if abs(other.middle - piece.middle) <= _SAME * piece.height]
        near = min(level, key=lambda other: _white_between(piece, other), default=by_height[0])
        if abs(near.middle - piece.middle) <= step:
            offsets.append((near.middle - piece.middle) / step)
    if len(offsets) < _BLOCK_LINES:
        return False
    mean = sum(cmath.exp(2j * cmath.pi * offset) for offset in offsets) / len(offsets)
    in_step = _IN_STEP if len(offsets) > _BLOCK_LINES else 0.5 * _IN_STEP
    white = min(piece.left for piece in ends[1]) - max(piece.right for piece in ends[0])
    # Over a wide gap, a slope or bend of the picture alone makes lines differ by a half.
    return abs(mean) < in_step or (white < _FAR * left.height and abs(cmath.phase(mean)) > 0.7 * cmath.pi)


def _white_between(one: Piece, other: Piece) -> float:
    return max(other.left - one.right, one.left - other.right)


# --- where columns begin and end ---------------------------------------------------------------------------------


def _from(page: _Page, first: int, edge: float, gutter: _Gutter) -> int:
    """The first row: one column may begin above the other."""
    numbers = range(first, len(page.rows))
    begins = {
        True: page.middles[next(n for n in numbers if page.lefts[n] < edge)],
        False: page.middles[next(n for n in numbers if page.rights[n] > edge)],
    }
    least = min(page.heights[first : first + _BLOCK_LINES])
    while first:
        on_left = page.rights[first - 1] <= gutter.right
        above = page.middles[first - 1]
        if not (on_left or page.lefts[first - 1] >= gutter.left) or begins[on_left] - above > _APART * least:
            break
        begins[on_left] = above
        first -= 1
    return first


def _below_heading(page: _Page, first: int, last: int) -> int:
    """The first row that does not stand off above the others, as a heading does."""
    while first + 1 < last and page.step(first + 1) > _APART * page.heights[first + 1]:
        first += 1
    return first


def _before_rows(page: _Page, first: int, last: int, edge: float) -> int:
    """The row after the last, without rows at the end that stand off and go across, as places to sign and date do."""
    for number in range(last - 1, first, -1):
        if page.step(number) > _APART * page.heights[number]:
            across = sum(page.on_both(n, edge) for n in range(number, last))
            end = page.rows[number:last]
            if across < 0.5 * len(end) or all(side and _Side(rows(side)).prose() for side in _parted(end, edge)):
                break
            last = number
    return last


def _until(page: _Page, first: int, last: int, edge: float) -> int:
    """The row after the last: where one side has ended, the other goes on as long as its lines follow each other."""
    back = range(last - 1, first - 1, -1)
    on_left = next(n for n in back if page.lefts[n] < edge)
    end = 1 + min(on_left, next(n for n in back if page.rights[n] > edge))
    while end < last and page.step(end) <= _APART * page.heights[end]:
        end += 1
    return end
