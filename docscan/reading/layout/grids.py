"""How ruled cells are read: rows of a table across, boxes of a form one after the other.

A cell that wraps stays one cell of its row; a label that is printed in the box above its value stays with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Rect, Seen
from docscan.reading.layout import beside
from docscan.reading.layout.rows import Grid, Line, Piece, pieces, rows

_TOUCH = 0.7  # of the words' height: cells that are nearer share a wall
_SHRINK = 0.3  # of the words' height: so far cells may overlap and still be cut apart
_OUTSIDE = 0.34  # share of a grid's rows beside which words stand: beyond it the boxes hold values of labels outside
_BESIDE = 12.0  # of the words' height: words that are farther off do not belong to a box
_LETTERS = 3  # that a word outside has at least
_LOOSE = 0.25  # share of a grid's words that stand in none of its cells: beyond it the lines are no grid
_TIGHT = 2.5  # of the words' height: a table's row for one line is lower, a box for a label and a value is not
_ACROSS = 0.9  # of a form's width: a heading's bar is as wide
_ABREAST = 0.5  # of the lower one's height that two tables have in common which stand side by side
_FEWEST = 2  # rows of a table, below its headings
_WRAPS = 4  # lines: a longer cell is a text of its own


@dataclass(frozen=True)
class _Cell:
    rect: Rect
    words: tuple[Seen, ...]

    def lines(self) -> list[list[Piece]]:
        return rows(pieces(self.words))


Read: TypeAlias = Callable[[Sequence[Piece]], list[Line]]
"""How the pieces in one cell are read."""


def grids(words: Sequence[Seen], cells: Sequence[Rect], read: Read) -> tuple[list[Piece], list[Seen]]:
    """The grids among the cells, each as a piece, and the words that stand in none. `words` are banded."""
    if len(cells) < 2 or not words:
        return [], list(words)
    heights = sorted(word.height for word in words)
    height = heights[len(heights) // 2]
    left = list(words)
    drawn: list[_Drawn] = []
    for group in _touching(_innermost(cells, words), _TOUCH * height):
        rect = _around(group)
        inside = [word for word in left if _holds(rect, word)]
        taken, loose = _filled(group, inside)
        if not inside or loose > _LOOSE * len(inside):
            continue
        drawn.append(_Drawn(rect, _bands(taken, _SHRINK * height)))
        held = {id(word) for word in inside}
        left = [word for word in left if id(word) not in held]
    drawn = [_with_open_rows(one, left, height) for one in drawn]
    found: list[Piece] = []
    held = set()
    for abreast in _abreast(drawn, height):
        apart = [word for word in words if not any(_holds(one.rect, word) for one in abreast)]
        kept = [
            one
            for one in abreast
            if _beside(one.bands, one.rect, [w for w in apart if id(w) not in held], height)
            <= _OUTSIDE * len(one.bands)
        ]
        more = [_piece(kept, height, read)] if kept else []
        if len(kept) == 1 and more[0].grid and more[0].grid.kind == "form":
            more = [_piece([part], height, read) for part in _sections(kept[0])]
        found += more
        held |= {id(word) for piece in more for word in piece.words}
    return found, [word for word in words if id(word) not in held]


@dataclass(frozen=True)
class _Drawn:
    """A grid as it is drawn: what is around its cells, and these as rows of cells."""

    rect: Rect
    bands: list[_Band]


def _sections(drawn: _Drawn) -> list[_Drawn]:
    """The parts of a form between its headings: bars of one line across the whole of it, which are left out."""
    width = drawn.rect[2] - drawn.rect[0]
    parts: list[list[_Band]] = [[]]
    for band in drawn.bands:
        across = len(band) == 1 and band[0].rect[2] - band[0].rect[0] > _ACROSS * width
        if across and len(band[0].lines()) <= 1:
            parts.append([])
        else:
            parts[-1].append(band)
    return [_Drawn(_around(cell.rect for band in part for cell in band), part) for part in parts if part]


def _piece(abreast: Sequence[_Drawn], height: float, read: Read) -> Piece:
    """Grids that stand side by side, from left to right."""
    lines: list[Line] = []
    table = False
    for one in abreast:
        for bands in _in_turn(one.bands, height):
            more, rows_of_a_table = _read(bands, height, read)
            lines += more
            table = table or rows_of_a_table
    left, top, right, _ = _around(one.rect for one in abreast)
    here = tuple(word for line in lines for piece in line for word in piece.words)
    grid = Grid("table" if table else "form", tuple(lines))
    # Among rows it counts as one line, at its top.
    return Piece(here, left, top, right, top + height, height, top + height / 2, grid)


# --- which cells belong together ---------------------------------------------------------------------------------


def _innermost(cells: Sequence[Rect], words: Sequence[Seen]) -> list[Rect]:
    """Of cells within cells those that the words are in: a frame goes where its words stand in boxes within it, a
    little box to tick goes where they do not."""
    kept = sorted(set(cells), key=lambda rect: (rect[2] - rect[0]) * (rect[3] - rect[1]))
    within = _within(np.array(kept))
    held = _holding(kept, words)
    there = np.ones(len(kept), bool)
    for outer in range(len(kept) - 1, -1, -1):
        inner = np.flatnonzero(within[outer] & there)
        if not there[outer] or not len(inner):
            continue
        here = int(held[outer].sum())
        boxed = int((held[outer] & held[inner].any(axis=0)).sum())
        if here and boxed < 0.5 * here:
            there[inner] = False
        else:
            there[outer] = False
    return [kept[n] for n in np.flatnonzero(there).tolist()]


def _within(rects: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """For each rectangle (row) and each other one (column) whether the other is smaller and lies in it."""
    left, top, right, bottom = rects.T
    x, y, size = (left + right) / 2, (top + bottom) / 2, (right - left) * (bottom - top)
    inside = (left[:, None] <= x) & (x <= right[:, None]) & (top[:, None] <= y) & (y <= bottom[:, None])
    found: npt.NDArray[np.bool_] = inside & (size < 0.9 * size[:, None])
    return found


def _holds(rect: Rect, word: Seen) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]


def _holding(rects: Sequence[Rect], words: Sequence[Seen]) -> npt.NDArray[np.bool_]:
    """For each rectangle (row) and each word (column) what `_holds` says."""
    left, top, right, bottom = np.array(rects).reshape(-1, 4).T[:, :, None]
    middles = np.array([(word.left + word.right, word.top + word.bottom) for word in words]).reshape(-1, 2) / 2
    x, y = middles.T
    found: npt.NDArray[np.bool_] = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    return found


def _touching(cells: Sequence[Rect], near: float) -> list[list[Rect]]:
    """Groups of two cells and more that share walls."""
    if not cells:
        return []
    left, top, right, bottom = np.array(cells).T
    across = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    down = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    shared = ((across > -near) & (down > near)) | ((down > -near) & (across > near))
    groups: dict[int, list[int]] = {}
    whose: list[int] = []
    for number in range(len(cells)):
        mine = sorted({whose[n] for n in np.flatnonzero(shared[number, :number]).tolist()})
        groups[number] = [number, *(n for group in mine for n in groups.pop(group))]
        whose.append(number)
        for n in groups[number]:
            whose[n] = number
    return [[cells[n] for n in group] for group in groups.values() if len(group) > 1]


def _around(cells: Iterable[Rect]) -> Rect:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _filled(cells: Sequence[Rect], words: Sequence[Seen]) -> tuple[list[_Cell], int]:
    """The cells with their words, and how many words were in none: those go with the cell that is nearest."""
    held: dict[Rect, list[Seen]] = {rect: [] for rect in cells}
    holding = _holding(cells, words)
    loose = set(np.flatnonzero(~holding.any(axis=0)).tolist())
    for number, (word, first) in enumerate(zip(words, holding.argmax(axis=0).tolist(), strict=True)):
        rect = min(cells, key=lambda rect: _distance(rect, word)) if number in loose else cells[first]
        held[rect].append(word)
    return [_Cell(rect, tuple(here)) for rect, here in held.items()], len(loose)


def _distance(rect: Rect, word: Seen) -> float:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return max(rect[0] - x, x - rect[2], 0.0) + 3 * max(rect[1] - y, y - rect[3], 0.0)


# --- their order -------------------------------------------------------------------------------------------------

_Band: TypeAlias = list[_Cell]


def _bands(cells: Sequence[_Cell], shrink: float) -> list[_Band]:
    """The cells as rows of cells in reading order: cut across wherever no cell is cut, else downwards."""
    across = _cut(cells, 1, shrink)
    if len(across) > 1:
        return [band for part in across for band in _bands(part, shrink)]
    down = _cut(cells, 0, shrink)
    if len(down) == 1:
        return [[cell] for cell in sorted(cells, key=lambda cell: (cell.rect[1], cell.rect[0]))]
    if all(len(part) == 1 for part in down):
        return [[cell for part in down for cell in part]]
    return [band for part in down for band in _bands(part, shrink)]


def _cut(cells: Sequence[_Cell], side: int, shrink: float) -> list[list[_Cell]]:
    parts: list[list[_Cell]] = []
    end = float("-inf")
    for cell in sorted(cells, key=lambda cell: cell.rect[side]):
        if cell.rect[side] + shrink >= end - shrink:
            parts.append([])
        parts[-1].append(cell)
        end = max(end, cell.rect[side + 2])
    return parts


def _beside(bands: Sequence[_Band], rect: Rect, outside: Sequence[Seen], height: float) -> int:
    """How many rows of cells have words to their left or right; specks read as letters are none."""
    outside = [word for word in outside if sum(map(str.isalnum, word.text)) >= _LETTERS]
    count = 0
    for band in bands:
        _, top, _, bottom = _around(cell.rect for cell in band)
        count += any(
            top < (word.top + word.bottom) / 2 < bottom
            and (0 <= rect[0] - word.right < _BESIDE * height or 0 <= word.left - rect[2] < _BESIDE * height)
            for word in outside
        )
    return count


# --- rows that a wall is missing from ----------------------------------------------------------------------------


def _with_open_rows(drawn: _Drawn, loose: Sequence[Seen], height: float) -> _Drawn:
    """A form with the row above it and the row below it, where words stand there as they do in its cells: the line that
    would close the row was not drawn or not seen."""
    top = _open_row(drawn.bands[0], drawn.rect, loose, height, above=True)
    bottom = _open_row(drawn.bands[-1], drawn.rect, loose, height, above=False)
    bands = [*([top] if top else []), *drawn.bands, *([bottom] if bottom else [])]
    return _Drawn(_around(cell.rect for band in bands for cell in band), bands)


def _open_row(band: _Band, rect: Rect, loose: Sequence[Seen], height: float, *, above: bool) -> _Band | None:
    """Cells like a band's on one side of its grid; None where words do not stand as in such cells.

    Only a label over its value needs cells to be kept together: lines that go across are read so anyway.
    """
    tall = _tall(band)
    if len(band) < 2 or tall < _TIGHT * height or any(not cell.words for cell in band):
        return None
    edges = (rect[1] - tall, rect[1]) if above else (rect[3], rect[3] + tall)
    here = [w for w in loose if w.right > rect[0] and w.left < rect[2] and edges[0] < (w.top + w.bottom) / 2 < edges[1]]
    cells = []
    for cell in band:
        left, _, right, _ = cell.rect
        mine = tuple(word for word in here if left < (word.left + word.right) / 2 <= right)
        begins = min((word.left for word in mine), default=0.0)
        if mine and abs(begins - min(word.left for word in cell.words)) > height:
            return None
        if any(word.left < left - _SHRINK * height or word.right > right + _SHRINK * height for word in mine):
            return None
        cells.append(_Cell((left, edges[0], right, edges[1]), mine))
    filled = [cell for cell in cells if len(cell.lines()) > 1]
    return cells if len(filled) > 1 and sum(len(cell.words) for cell in cells) == len(here) else None


# --- tables side by side -----------------------------------------------------------------------------------------


def _abreast(drawn: Sequence[_Drawn], height: float) -> list[list[_Drawn]]:
    """The grids, each by itself but for tables that stand side by side and have nothing to do with each other: those
    together, from left to right."""
    found: list[list[_Drawn]] = []
    for one in sorted(drawn, key=lambda one: one.rect[0]):
        mine = next((others for others in found if all(_strangers(other, one, height) for other in others)), None)
        if mine is None:
            found.append([one])
        else:
            mine.append(one)
    return sorted(found, key=lambda together: min(one.rect[1] for one in together))


def _strangers(left: _Drawn, right: _Drawn, height: float) -> bool:
    """Whether two tables stand side by side, and either the headings repeat or the rows are not in step."""
    common = min(left.rect[3], right.rect[3]) - max(left.rect[1], right.rect[1])
    lower = min(left.rect[3] - left.rect[1], right.rect[3] - right.rect[1])
    if common < _ABREAST * lower or left.rect[2] > right.rect[0] + height:
        return False
    tables = [[band for band in one.bands if sum(bool(cell.words) for cell in band) > 1] for one in (left, right)]
    if min(map(len, tables)) < _FEWEST or not all(_mostly_tight(bands, height) for bands in tables):
        return False
    in_step = len(left.bands) == len(right.bands) and all(
        abs(a[0].rect[1] - b[0].rect[1]) <= height for a, b in zip(left.bands, right.bands, strict=True)
    )
    heads = [*map(_told, left.bands[0]), *map(_told, right.bands[0])]
    return not in_step or beside.parted_at(heads) == len(left.bands[0])


def _mostly_tight(bands: Sequence[_Band], height: float) -> bool:
    """Whether rows are as low as a table's."""
    return sum(_tall(band) < _TIGHT * height for band in bands) > len(bands) / 2


def _in_turn(bands: list[_Band], height: float) -> list[list[_Band]]:
    """Rows of cells, parted where a row of headings repeats: then one table is read after the other."""
    for number, band in enumerate(bands[:-_FEWEST]):
        at = beside.parted_at([_told(cell) for cell in band])
        if not at:
            continue
        wall = (band[at - 1].rect[2] + band[at].rect[0]) / 2
        end = number
        while end < len(bands) and _walled(bands[end], wall, height):
            end += 1
        sides = [
            [kept for row in bands[number:end] if (kept := [cell for cell in row if _left_of(cell, wall) == on_left])]
            for on_left in (True, False)
        ]
        entries = tuple([_told(row[0]) for row in side[1:]] for side in sides)
        if all(sum(map(bool, told)) >= _FEWEST for told in entries) and beside.parted_at(
            [_told(cell) for cell in band], (entries[0], entries[1])
        ):
            return [part for part in (bands[:number], *sides) if part] + _in_turn(bands[end:], height)
    return [bands] if bands else []


def _told(cell: _Cell) -> str:
    return " ".join(word.text for word in cell.words)


def _left_of(cell: _Cell, wall: float) -> bool:
    return cell.rect[0] + cell.rect[2] < 2 * wall


def _walled(band: _Band, wall: float, height: float) -> bool:
    """Whether no cell of a row reaches over a wall."""
    return all(cell.rect[2] <= wall + height or cell.rect[0] >= wall - height for cell in band)


# --- their words -------------------------------------------------------------------------------------------------


def _read(bands: Sequence[_Band], height: float, read: Read) -> tuple[list[Line], bool]:
    """The lines of a grid, and whether it is a table."""
    inside = [[cell.lines() for cell in band] for band in bands]
    most = [max(len(lines) for lines in band) for band in inside]
    tight = [
        len(band) > 1 and tall <= 1 and _tall(band) < _TIGHT * height for band, tall in zip(bands, most, strict=True)
    ]
    found: list[Line] = []
    rows_of_a_table = 0
    for band, lines, tall in zip(bands, inside, most, strict=True):
        alike = sum(one and _same_walls(band, other, height) for one, other in zip(tight, bands, strict=True))
        if tall <= 1 or (tall <= _WRAPS and len(band) > 1 and alike):
            line = tuple(piece for cell in lines for row in cell for piece in row)
            found += [line] if line else []
            rows_of_a_table += len(band) > 1 and alike > 0
        else:
            found += [line for cell in band for line in read(pieces(cell.words))]
    return found, rows_of_a_table >= 2


def _tall(band: _Band) -> float:
    _, top, _, bottom = _around(cell.rect for cell in band)
    return bottom - top


def _same_walls(one: _Band, other: _Band, height: float) -> bool:
    return len(one) == len(other) and all(
        abs(a.rect[0] - b.rect[0]) <= height and abs(a.rect[2] - b.rect[2]) <= height
        for a, b in zip(one, other, strict=True)
    )
