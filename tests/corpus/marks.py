"""What a pen or a form designer puts on a page: check boxes and ticks, signatures, ruled places."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from PIL import Image

from sample_docs.generate import ink as pen
from tests.corpus.page import BLACK, Box, Colour, Ink, Page, Stroke

TICKS = ("x", "check", "filled", "pen")
PEN_COLOURS: tuple[Colour, ...] = ((28, 46, 128), (26, 26, 30), (20, 40, 150))


def check_box(page: Page, x: float, base: float, size: float, *, line: float, tick: str | None, seed: int) -> None:
    """A square box standing on the base line; `tick` one of TICKS or None for an empty box."""
    rng = random.Random(seed)
    top = base - size + 0.12 * size
    left, right, bottom = x, x + size, top + size
    page.shapes.append(Box(left, top, right, bottom, fill=(255, 255, 255), outline=BLACK, line=line))

    def at(u: float, v: float) -> tuple[float, float]:
        return left + u * size, top + v * size

    if tick == "x":
        mark = 0.09 * size
        page.shapes.append(Stroke((at(0.2, 0.2), at(0.8, 0.8)), mark))
        page.shapes.append(Stroke((at(0.8, 0.2), at(0.2, 0.8)), mark))
    elif tick == "check":
        page.shapes.append(Stroke((at(0.18, 0.52), at(0.42, 0.8), at(0.84, 0.2)), 0.12 * size))
    elif tick == "filled":
        page.shapes.append(Box(*at(0.2, 0.2), *at(0.8, 0.8), fill=BLACK))
    elif tick == "pen":
        page.shapes.append(_by_pen(rng, left, top, size))


def _by_pen(rng: random.Random, left: float, top: float, size: float) -> Stroke:
    """A tick or a cross by hand, a little off the box and larger than it."""

    def near(u: float, v: float) -> tuple[float, float]:
        return left + size * (u + rng.gauss(0, 0.05)), top + size * (v + rng.gauss(0, 0.05))

    if rng.random() < 0.5:
        points = [near(0.1, 0.5), near(0.3, 0.7), near(0.42, 0.92), near(0.6, 0.4), near(1.1, -0.25)]
    else:
        points = [near(0.02, 0.0), near(0.5, 0.55), near(1.0, 1.0), near(0.97, 0.5), near(1.02, 0.02), near(0.0, 1.02)]
    return Stroke(_smooth(points), rng.uniform(1.0, 1.5), rng.choice(PEN_COLOURS))


def _smooth(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Points cut at their corners twice, so that a pen might have made the line."""
    line = list(points)
    for _ in range(2):
        cut = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            cut += [(0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by), (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by)]
        line = [*cut, line[-1]]
    return tuple(line)


@cache
def _signed(name: str, seed: int, colour: str) -> Image.Image:
    picture = pen.signature(name, seed=seed, ink=colour, height=200)
    left, top, right, bottom = picture.getbbox() or (0, 0, *picture.size)
    return picture.crop((left, top, right, bottom))


def sign(page: Page, x: float, base: float, name: str, *, height: float, most: float, seed: int) -> None:
    """A signature of `name` that stands on `base` and hangs a little below it; no wider than `most` points."""
    rng = random.Random(f"{name}{seed}")
    picture = _signed(name, seed % 1000, rng.choice(sorted(pen.INKS)))
    height = min(height, most * picture.height / picture.width)
    page.ink.append(Ink(picture, x + rng.uniform(0, 12), base - height * rng.uniform(0.72, 0.84), height))


def rule(page: Page, left: float, right: float, y: float, line: float = 0.6, colour: Colour = BLACK) -> None:
    page.shapes.append(Stroke(((left, y), (right, y)), line, colour))


def panel(page: Page, box: tuple[float, float, float, float], fill: Colour) -> None:
    """A filled ground, drawn below what is there already."""
    page.shapes.insert(0, Box(*box, fill=fill))
