"""Bent lines of print made straight: a page of a book, a curled receipt, a letter that was folded.

Letters that stand beside each other are chained, and one smooth field of heights is laid through the feet of all
chains, so that short lines lean on long ones. Only heights change; columns stay where they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Bent, Grey, Heights, around
from docscan.reading.pictures.frames import Sheet

_ROWS, _COLUMNS = 6, 13  # nodes of the field
_REACH = 2.6  # of a small letter's height: the widest gap between neighbours in a chain
_STEP = 0.55  # of it: how far the next foot may lie higher or lower
_BESIDE = 160  # letters whose feet lie next lower are asked whether they are neighbours: two lines of a wide page
_CHAIN, _FEW = 5, 60  # letters in a chain, and in all chains, at the least
_ENOUGH = 2500  # letters that are looked at: a bend shows on a part of the lines as well
_STIFF = 0.6  # how much the field resists being bent, against the letters' feet
_OFF = 0.12  # of a small letter's height: feet farther from the field are of descenders and count less
_HURTS = 0.35  # of it: lines that bend less are read as well as straight ones

_Numbers = npt.NDArray[np.int64]
_Values = npt.NDArray[np.float64]


def straightened(sheet: Sheet, letters: _Values, small: float) -> Sheet:
    """The sheet with level lines where they were bent so much that it hurts; else the sheet itself.

    `letters`: left, top, width and height of each on the sheet, `small`: a small letter's height.
    """
    if isinstance(sheet.to_page, Bent) or not small:
        return sheet
    height, width = sheet.grey.shape
    bend = _bend(letters, small, width, height)
    if bend is None or _bow(bend) < _HURTS * small:
        return sheet
    # What is farther from straight than letters are chained shows only once the rest is straight.
    moved = letters.copy()
    x, foot = letters[:, 0] + letters[:, 2] / 2, letters[:, 1] + letters[:, 3]
    moved[:, 1] -= bend.at(x, foot - bend.at(x, foot))
    rest = _bend(moved, small, width, height)
    if rest is not None and _bow(rest) >= _HURTS * small:
        bend = Heights(bend.nodes + rest.nodes, bend.width, bend.height)
    way = Bent(sheet.to_page, bend, np.eye(3))
    return replace(sheet, grey=_unbent(sheet.grey, bend), to_page=way)


def _bow(bend: Heights) -> float:
    """How far a line, but for the topmost and lowest, is from straight at the most."""
    rows = bend.nodes[1:-1].T
    x = np.arange(len(rows))
    lines = np.polynomial.polynomial.polyval(x, np.polynomial.polynomial.polyfit(x, rows, 1)).T
    return float(np.abs(rows - lines).max())


def _bend(letters: _Values, small: float, width: float, height: float) -> Heights | None:
    """How the lines run; None where too few letters stand in rows."""
    even = letters[(letters[:, 3] > 0.7 * small) & (letters[:, 3] < 2.2 * small)]
    if len(even) > _ENOUGH:  # whole lines here and there, not each second letter
        foot = even[:, 1] + even[:, 3]
        even = even[(foot // (8 * small)).astype(np.int64) % 2 == 0]
    rows = _chained(even, small)
    if sum(map(len, rows)) < _FEW:
        return None
    who = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])[:-1]])
    every = np.concatenate(rows)
    x, foot = even[every, 0] + even[every, 2] / 2, even[every, 1] + even[every, 3]
    middle = np.add.reduceat(foot, starts) / np.bincount(who)
    weights, numbers = around((_ROWS, _COLUMNS), x / width, middle[who] / height)
    whole = np.zeros((len(every), _ROWS * _COLUMNS))
    for share, node in zip(weights, numbers, strict=True):
        whole[np.arange(len(every)), node] += share
    right, weight, stiff = foot / small, np.ones(len(every)), _stiffness() * len(every) / 500
    nodes = np.zeros(_ROWS * _COLUMNS)
    for _ in range(5):
        # Each row has a height of its own, which is no bend: it is taken out.
        total = np.add.reduceat(weight, starts)
        a = whole - (np.add.reduceat(whole * weight[:, None], starts) / total[:, None])[who]
        b = right - (np.add.reduceat(right * weight, starts) / total)[who]
        weighted = a * weight[:, None]
        nodes = np.linalg.solve(weighted.T @ a + stiff, weighted.T @ b)
        weight = np.maximum(1, np.abs(b - a @ nodes) / _OFF) ** -1.5
    field = nodes.reshape(_ROWS, _COLUMNS)
    return Heights((field - np.median(field, axis=1, keepdims=True)) * small, width, height)


def _chained(letters: _Values, small: float) -> list[_Numbers]:
    """Numbers of letters that stand in a row, each row from left to right."""
    if len(letters) < _CHAIN:
        return []
    order = np.argsort(letters[:, 1] + letters[:, 3])
    left, top, wide, tall = letters[order].T
    foot, right = top + tall, left + wide
    best, after = np.full(len(order), np.inf), np.full(len(order), -1)
    for apart in range(1, min(_BESIDE, len(order))):
        lower = foot[apart:] - foot[:-apart]
        if lower.min() >= _STEP * small:
            break
        upper = np.arange(len(order) - apart)
        for one, other in ((upper, upper + apart), (upper + apart, upper)):
            gap = left[other] - right[one]
            near = (lower < _STEP * small) & (left[other] > left[one]) & (gap > -0.3 * small) & (gap < _REACH * small)
            cost = np.where(near, np.maximum(gap, 0) + 2 * lower, np.inf)
            closer = cost < best[one]
            best[one[closer]], after[one[closer]] = cost[closer], other[closer]
    before: dict[int, int] = {}
    for number in np.argsort(best).tolist():  # of two that claim the same neighbour, the nearer one
        if after[number] >= 0:
            before.setdefault(int(after[number]), number)
    following = {number: other for other, number in before.items()}
    rows = []
    for number in range(len(order)):
        if number not in before and number in following:
            row = [number]
            while row[-1] in following:
                row.append(following[row[-1]])
            if len(row) >= _CHAIN:
                rows.append(order[np.array(row)])
    return rows


def _stiffness() -> _Values:
    """The cost of a field that is not flat: of its second differences, of what differs from row to row, and a little
    of all heights, so that nodes without letters have one."""
    number = np.arange(_ROWS * _COLUMNS).reshape(_ROWS, _COLUMNS)
    cost = 1e-3 * np.eye(number.size)

    def add(how: float, *parts: tuple[npt.NDArray[np.int64], float]) -> None:
        difference = np.zeros((parts[0][0].size, number.size))
        for nodes, factor in parts:
            difference[np.arange(nodes.size), nodes.ravel()] = factor
        cost[:] += how * difference.T @ difference

    add(_STIFF, (number[:, :-2], 1), (number[:, 1:-1], -2), (number[:, 2:], 1))
    add(4 * _STIFF, (number[:-2], 1), (number[1:-1], -2), (number[2:], 1))
    add(0.3 * _STIFF, (number[:-1], 1), (number[1:], -1))
    return cost


def _unbent(grey: Grey, bend: Heights) -> Grey:
    height, width = grey.shape
    across = np.linspace(0, _COLUMNS - 1, width, dtype=np.float32)
    down = np.linspace(0, _ROWS - 1, height, dtype=np.float32)
    shape = (height, width)
    fine = cv2.remap(bend.nodes.astype(np.float32), np.broadcast_to(across, shape).copy(),
                     np.broadcast_to(down[:, None], shape).copy(), cv2.INTER_LINEAR)  # fmt: skip
    fine = cv2.add(fine, np.broadcast_to(np.arange(height, dtype=np.float32)[:, None], shape).copy())
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), shape).copy()
    return cast(Grey, cv2.remap(grey, columns, fine, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255))
