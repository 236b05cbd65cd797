"""What a pen leaves on paper: signatures, handwritten entries, ticks. Seeded, so the same hand writes it twice."""

from __future__ import annotations

import base64
import html
import io
import math
import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

Point = tuple[float, float]

INKS = {"blue": (28, 46, 128), "black": (26, 26, 30), "royal": (20, 40, 170), "green": (20, 84, 60)}
HANDS = {"print": "Breip", "capitals": "Humor Sans", "quick": "DkgHandwriting"}

# Each letter as a few points of one running stroke: x to the right in letter widths, y up in heights of a small "a".
_CAPITALS: dict[str, Sequence[Point]] = {
    "A": ((0.0, 0.0), (0.6, 2.2), (0.8, 2.3), (1.0, 0.1), (0.5, 0.9), (1.3, 0.8)),
    "B": ((0.2, 0.0), (0.3, 2.3), (1.1, 2.0), (0.4, 1.2), (1.2, 0.6), (0.3, 0.0), (1.4, 0.2)),
    "C": ((1.1, 1.9), (0.7, 2.3), (0.0, 1.2), (0.5, 0.0), (1.3, 0.4)),
    "D": ((0.3, 2.2), (0.3, 0.1), (1.2, 0.3), (1.2, 2.0), (0.1, 2.4), (0.8, 1.8), (1.5, 0.3)),
    "E": ((1.0, 2.1), (0.3, 2.2), (0.6, 1.2), (0.1, 0.5), (0.7, 0.0), (1.3, 0.5)),
    "F": ((1.4, 2.3), (0.2, 2.2), (0.7, 2.2), (0.5, 0.0), (0.2, -0.2), (0.4, 1.1), (1.2, 1.2)),
    "G": ((1.1, 2.0), (0.5, 2.3), (0.1, 1.0), (0.9, 0.9), (1.0, 1.3), (0.8, -0.7), (0.2, -0.5), (1.3, 0.4)),
    "H": ((0.1, 2.2), (0.2, 0.0), (0.4, 1.1), (1.1, 1.3), (1.2, 2.3), (1.1, 0.0), (1.5, 0.3)),
    "J": ((0.0, 1.7), (0.9, 2.4), (0.8, 0.2), (0.5, -1.0), (0.1, -0.6), (1.3, 0.4)),
    "K": ((0.2, 2.2), (0.2, 0.0), (0.3, 1.0), (1.1, 2.2), (0.4, 1.1), (1.3, 0.1)),
    "L": ((0.9, 1.9), (0.6, 2.4), (0.4, 0.3), (0.0, 0.0), (0.5, 0.2), (1.4, 0.0)),
    "M": ((0.0, 0.0), (0.3, 2.2), (0.7, 0.5), (1.1, 2.2), (1.4, 0.0), (1.7, 0.4)),
    "N": ((0.0, 0.0), (0.3, 2.1), (0.9, 0.1), (1.2, 2.3), (1.5, 2.0)),
    "O": ((0.8, 2.2), (0.0, 1.2), (0.6, 0.0), (1.2, 1.2), (0.7, 2.3), (1.5, 1.8)),
    "P": ((0.2, 0.0), (0.4, 2.2), (1.2, 1.9), (0.5, 1.0), (0.4, 0.9), (1.4, 0.2)),
    "R": ((0.2, 0.0), (0.4, 2.2), (1.2, 1.9), (0.5, 1.1), (1.3, 0.0), (1.6, 0.3)),
    "S": ((1.1, 1.9), (0.5, 2.3), (0.4, 1.4), (1.0, 0.7), (0.4, -0.1), (0.0, 0.3), (1.4, 0.4)),
    "T": ((0.0, 2.1), (1.3, 2.4), (0.7, 2.2), (0.6, 0.1), (0.2, 0.0), (1.3, 0.4)),
    "V": ((0.0, 2.2), (0.6, 0.0), (1.2, 2.4), (1.5, 2.0)),
    "W": ((0.0, 2.2), (0.4, 0.0), (0.8, 1.7), (1.2, 0.0), (1.6, 2.3)),
    "Z": ((0.1, 2.1), (1.1, 2.2), (0.2, 0.1), (1.0, -0.3), (1.4, 0.3)),
}
_TALL = ((0.15, 0.6), (0.5, 2.1), (0.25, 2.2), (0.3, 0.2), (0.7, 0.2))
_DEEP = ((0.1, 0.7), (0.45, 0.9), (0.4, -1.2), (0.05, -1.1), (0.75, 0.3))
_ROUND = ((0.45, 0.8), (0.1, 0.4), (0.35, 0.0), (0.55, 0.7), (0.75, 0.1))
_HUMP = ((0.1, 0.1), (0.3, 0.8), (0.45, 0.1), (0.6, 0.7), (0.8, 0.1))
_LOW = ((0.15, 0.2), (0.35, 0.7), (0.55, 0.1))


def _letter(char: str) -> Sequence[Point]:
    if char.isupper():
        return _CAPITALS.get(char, _CAPITALS["R"])
    if char in "bdfhklt":
        return _TALL
    if char in "gjpqyz":
        return _DEEP
    return _ROUND if char in "aoecs" else _HUMP if char in "mnuwv" else _LOW


def _strokes(name: str, rng: random.Random) -> list[list[Point]]:
    """One stroke a word; the further from its capital, the flatter and more hurried the letters."""
    strokes: list[list[Point]] = []
    pen = 0.0
    for word in name.split():
        stroke: list[Point] = []
        for index, char in enumerate(c for c in word if c.isalpha()):
            haste = max(0.4, 1.0 - 0.11 * index) if index else 1.2
            wide = rng.uniform(0.85, 1.25) * (1.0 if index else 1.15)
            for x, y in _letter(char):
                stroke.append((pen + wide * (x + rng.gauss(0, 0.05)), haste * (y + rng.gauss(0, 0.07))))
            pen = stroke[-1][0] + (0.05 if index else -0.15)
        if len(word) > 2:
            stroke.append((pen + rng.uniform(0.8, 2.4), rng.uniform(-0.3, 0.7)))
        strokes.append(stroke)
        pen += rng.uniform(0.2, 0.6)
    if rng.random() < 0.45:
        end = strokes[-1][-1]
        strokes.append([end, (end[0] + 0.4, -0.2), (end[0] * 0.5, -0.75), (end[0] * 0.15, -0.9), (end[0] * 0.7, -0.7)])
    return strokes


def _curve(points: Sequence[Point]) -> list[Point]:
    """Catmull-Rom through the points."""
    padded = [points[0], *points, points[-1]]
    found: list[Point] = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        steps = 26 + int(30 * math.hypot(cx - bx, cy - by))
        for step in range(steps):
            t = step / steps
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3)
            found.append(
                (
                    sum(w * v for w, v in zip(weights, (ax, bx, cx, dx), strict=True)) / 2,
                    sum(w * v for w, v in zip(weights, (ay, by, cy, dy), strict=True)) / 2,
                )
            )
    return found


def signature(name: str, *, seed: int, ink: str = "blue", height: int = 260) -> Image.Image:
    """A signature of `name` on a transparent ground, `height` pixels tall. Downward strokes press harder."""
    rng = random.Random(f"{name}{seed}")
    slant, scale = rng.uniform(0.12, 0.45), height / 4.6
    lines = [[(x + slant * y, y) for x, y in _curve(stroke)] for stroke in _strokes(name, rng)]
    width = int(scale * (max(x for line in lines for x, _ in line) + 1.6))
    over = 3
    mask = Image.new("L", (width * over, height * over), 0)
    draw = ImageDraw.Draw(mask)
    drift, phase = rng.uniform(-0.05, 0.09), rng.uniform(0, 6)
    for line in lines:
        pressure = 1.0
        for (x0, y0), (x1, y1) in pairwise(line):
            down = (y0 - y1) / (math.hypot(x1 - x0, y1 - y0) + 1e-6)
            pressure += 0.12 * (1.0 + 0.65 * down + 0.2 * math.sin(x0 * 1.7 + phase) - pressure)
            px = over * scale * (x1 + 0.7)
            py = over * (height * 0.66 - scale * (y1 + drift * x1))
            radius = over * max(0.9, 0.0092 * height * pressure)
            draw.ellipse((px - radius, py - radius, px + radius, py + radius), fill=255)
    small = mask.resize((width, height), Image.Resampling.LANCZOS)
    grain = np.random.default_rng(seed).normal(1.0, 0.07, (height, width)).clip(0.7, 1.0)
    alpha = (np.asarray(small, dtype=np.float32) * grain * 0.93).astype(np.uint8)
    picture = Image.new("RGBA", (width, height), (*INKS[ink], 0))
    picture.putalpha(Image.fromarray(alpha))
    return picture


def as_data_uri(picture: Image.Image) -> str:
    """The picture as a PNG inside an address."""
    data = io.BytesIO()
    picture.save(data, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()


def signature_html(name: str, *, seed: int, ink: str, width: str) -> str:
    picture = as_data_uri(signature(name, seed=seed, ink=ink))
    return f'<img class="signature" alt="" style="width:{width}" src="{picture}">'


def handwriting_html(text: str, *, seed: int, hand: str, ink: str, size: str) -> str:
    """Words in a hand: each a little off the line, turned and spaced as a pen does."""
    rng = random.Random(f"{text}{seed}")
    colour = "rgb({},{},{})".format(*INKS[ink])
    words = "".join(
        f'<span style="display:inline-block;margin-right:.32em;'
        f"transform:translateY({rng.gauss(0, 0.035):.3f}em) rotate({rng.gauss(-0.6, 0.9):.2f}deg)"
        f' scale({rng.uniform(0.96, 1.05):.3f})">{html.escape(word)}</span> '
        for word in text.split()
    )
    return (
        f"<span style=\"font-family:'{HANDS[hand]}';font-size:{size};color:{colour};white-space:nowrap\">{words}</span>"
    )


def tick_html(*, seed: int, ink: str, kind: str = "tick") -> str:
    """A pen's tick or cross, a little larger than the box it is to stand in."""
    rng = random.Random(seed)

    def near(x: float, y: float) -> str:
        return f"{x + rng.gauss(0, 1.2):.1f} {y + rng.gauss(0, 1.2):.1f}"

    path = (
        f"M{near(3, 12)} Q{near(7, 15)} {near(9, 20)} Q{near(13, 8)} {near(24, 1)}"
        if kind == "tick"
        else f"M{near(3, 3)} Q{near(11, 12)} {near(21, 21)} M{near(20, 2)} Q{near(12, 12)} {near(3, 22)}"
    )
    colour = "rgb({},{},{})".format(*INKS[ink])
    return (
        '<svg viewBox="0 0 24 24" style="position:absolute;left:-12%;top:-30%;width:135%;height:135%;overflow:visible">'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.3" stroke-linecap="round"/></svg>'
    )
