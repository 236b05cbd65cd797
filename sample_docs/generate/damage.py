"""What happens to a page on its way: scanner, fax machine, phone. Pictures in, pictures out; seeded.

Each takes an upright page as an RGB picture and a seed, and gives back what the machine delivers. Nothing here knows
what the page says, so any digital page can be put through it: the benchmark does.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import cv2
import numpy as np
from PIL import Image

HEADER_FONT = "LiberationMono-Bold.ttf"  # in which a fax machine prints its header line

Pixels: TypeAlias = np.ndarray[Any, np.dtype[Any]]


def scan(
    page: Image.Image,
    seed: int,
    *,
    skew: float = 0.6,
    noise: float = 4.0,
    colour: bool = False,
    staple: bool = False,
    paper: tuple[int, int, int] = (250, 249, 245),
    fold: bool = False,
    punched: bool = False,
    shadow_edge: bool = True,
    contrast: float = 1.0,
) -> Image.Image:
    """A flatbed's or copier's picture: slightly turned (`skew` in degrees, clockwise), uneven light, dust, noise.

    The page keeps its size in pixels, so the resolution stays that of the page put in.
    """
    rng = np.random.default_rng(seed)
    sheet = _tint(_pixels(page), paper)
    height, width = sheet.shape[:2]
    if punched:
        _punch_holes(sheet)
    if fold:
        _fold(sheet, rng)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -skew, 1.0)
    turn[:, 2] += rng.uniform(-0.004, 0.004, 2) * width
    sheet = cv2.warpAffine(sheet, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(226, 226, 224))
    if staple:
        _staple(sheet, rng)
    if shadow_edge:
        _darken_edge(sheet, rng)
    sheet = cv2.GaussianBlur(sheet, (0, 0), 0.45 + 0.15 * rng.random())
    sheet = (sheet - 255) * contrast + 255 if contrast != 1.0 else sheet
    _dust(sheet, rng, count=int(width * height / 90_000))
    sheet = sheet + rng.normal(0, noise, (height, width, 1)).astype(np.float32)
    picture = Image.fromarray(sheet.clip(0, 255).astype(np.uint8))
    return picture if colour else picture.convert("L")


def copy(page: Image.Image, seed: int, *, threshold: int = 168, specks: float = 1.0, skew: float = 0.4) -> Image.Image:
    """A black-and-white copier's page: 1 bit, specks, strokes a little thick or broken."""
    rng = np.random.default_rng(seed)
    grey: Pixels = np.asarray(scan(page, seed, skew=skew, noise=9, shadow_edge=False), dtype=np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.6)
    height, width = grey.shape
    _specks(grey, rng, int(width * height / 22_000 * specks))
    return Image.fromarray(((grey > threshold) * 255).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)


def fax(
    page: Image.Image,
    seed: int,
    *,
    fine: bool = True,
    header: str | None = None,
    skew: float = 0.5,
    streak: bool = False,
    specks: float = 1.0,
    threshold: int = 150,
) -> Image.Image:
    """A received fax: 1 bit, 1728 dots across at 204 dpi; 196 lines an inch where `fine`, else 98.

    `header` is the line that the receiving machine prints at the top; it is not turned with the page.
    The picture's `info["dpi"]` says the resolution, which differs across and down.
    """
    rng = np.random.default_rng(seed)
    down = 196 if fine else 98
    grey: Pixels = np.asarray(scan(page, seed, skew=skew, noise=7, shadow_edge=False), dtype=np.float32)
    tall = round(1728 * grey.shape[0] / grey.shape[1])
    grey = cv2.resize(grey, (1728, tall), interpolation=cv2.INTER_AREA)
    if streak:
        left = int(rng.uniform(0.2, 0.8) * 1728)
        grey[:, left : left + 2] -= 120 * (rng.random((tall, 1)) < 0.8)
    _specks(grey, rng, int(260 * specks))
    lines = round(tall * down / 204)
    grey = cv2.resize(grey, (1728, lines), interpolation=cv2.INTER_AREA)
    bits = Image.fromarray(((grey > threshold) * 255).astype(np.uint8))
    if header is not None:
        _fax_header(bits, header, down)
    received = bits.convert("1", dither=Image.Dither.NONE)
    received.info["dpi"] = (204, down)
    return received


def photo(
    page: Image.Image,
    seed: int,
    *,
    ground: tuple[int, int, int] = (116, 84, 58),
    tilt: float = 0.05,
    turn: float = 1.5,
    shadow: float = 0.35,
    blur: float = 0.8,
    noise: float = 4.0,
    warmth: float = 1.04,
    margin: float = 0.07,
    width: int = 1700,
    curl: float = 0.0,
) -> Image.Image:
    """A phone's picture of a sheet on a table: perspective, a hand's shadow, uneven warm light, grain, a little blur.

    `tilt` is how far the corners move (share of the width), `turn` in degrees, `curl` how much the sheet bulges.
    """
    rng = np.random.default_rng(seed)
    sheet = _tint(_pixels(page), (252, 251, 248))
    if curl:
        sheet = _curl(sheet, curl)
    tall = round(width * (1 + 2 * margin) * sheet.shape[0] / sheet.shape[1] / (1 + margin))
    scene = _table(rng, tall, width, ground)
    corners = _corners(rng, (width, tall), sheet.shape[1] / sheet.shape[0], margin=margin, tilt=tilt, turn=turn)
    source = np.array(
        [(0, 0), (sheet.shape[1], 0), (sheet.shape[1], sheet.shape[0]), (0, sheet.shape[0])], dtype=np.float32
    )
    matrix = cv2.getPerspectiveTransform(source, corners)
    placed = cv2.warpPerspective(sheet, matrix, (width, tall), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones(sheet.shape[:2], np.float32), matrix, (width, tall))[..., None]
    drop = cv2.GaussianBlur(np.roll(mask[..., 0], (9, 7), (0, 1)), (0, 0), 9)[..., None]
    scene = scene * (1 - 0.55 * drop)
    scene = scene * (1 - mask) + placed * mask
    scene *= _light(rng, tall, width, shadow)[..., None]
    scene *= np.array([warmth, 1.0, 2 - warmth], dtype=np.float32)
    scene = cv2.GaussianBlur(scene, (0, 0), blur)
    grain = cv2.GaussianBlur(rng.normal(0, noise, scene.shape).astype(np.float32), (0, 0), 0.7)
    return Image.fromarray((scene + grain).clip(0, 255).astype(np.uint8))


def rotated(picture: Image.Image, degrees: int) -> Image.Image:
    """Turned clockwise by 90, 180 or 270 degrees, as a sheet that went in sideways."""
    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    turned = picture.transpose(turns[degrees])
    turned.info.update(picture.info)
    return turned


def _pixels(page: Image.Image) -> Pixels:
    return np.asarray(page.convert("RGB"), dtype=np.float32).copy()


def _tint(sheet: Pixels, paper: tuple[int, int, int]) -> Pixels:
    """White becomes the paper's colour; black stays a dark grey, as toner is."""
    tinted: Pixels = 22 + sheet * ((np.array(paper, dtype=np.float32) - 22) / 255)
    return tinted


def _punch_holes(sheet: Pixels) -> None:
    height, width = sheet.shape[:2]
    radius = int(width * 0.0165)
    for share in (0.145, 0.5, 0.855):
        centre = (int(width * 0.038), int(height * share))
        cv2.circle(sheet, centre, radius, (70, 70, 72), -1, cv2.LINE_AA)
        cv2.circle(sheet, centre, radius, (150, 150, 150), 2, cv2.LINE_AA)


def _fold(sheet: Pixels, rng: np.random.Generator) -> None:
    height = sheet.shape[0]
    for share in (0.335, 0.668):
        row = int(height * (share + rng.uniform(-0.008, 0.008)))
        band = np.exp(-((np.arange(height) - row) ** 2) / (2 * (height * 0.0022) ** 2))
        sheet *= (1 - 0.09 * band)[:, None, None].astype(np.float32)
        band = np.exp(-((np.arange(height) - row - height * 0.006) ** 2) / (2 * (height * 0.003) ** 2))
        sheet += (4 * band)[:, None, None].astype(np.float32)


def _staple(sheet: Pixels, rng: np.random.Generator) -> None:
    """The corner bent over a staple: a soft dark wedge and the wire."""
    height, width = sheet.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    along = xs / (width * 0.13) + ys / (width * 0.11)
    wedge = np.clip(1 - np.abs(along - 0.9) / 0.22, 0, 1) * (along < 1.4)
    sheet *= (1 - 0.42 * wedge)[..., None]
    sheet[along < 0.62] *= 0.55
    x, y = int(width * 0.055), int(width * 0.047)
    length = width * 0.03
    tip = (int(x + length * 0.8), int(y - length * 0.75 + rng.uniform(-3, 3)))
    cv2.line(sheet, (x, y), tip, (96, 96, 100), max(2, width // 520), cv2.LINE_AA)
    cv2.line(sheet, (x + 2, y + 3), (tip[0] + 2, tip[1] + 3), (188, 188, 188), max(1, width // 900), cv2.LINE_AA)


def _darken_edge(sheet: Pixels, rng: np.random.Generator) -> None:
    height, width = sheet.shape[:2]
    side = rng.integers(0, 2)
    across = np.arange(width)[::-1] if side else np.arange(width)
    fall = 1 - 0.33 * np.exp(-across / (width * rng.uniform(0.008, 0.02)))
    sheet *= fall[None, :, None].astype(np.float32)
    light = 1 - 0.03 * np.linspace(0, 1, height) * rng.uniform(0.3, 1)
    sheet *= light[:, None, None].astype(np.float32)


def _dust(sheet: Pixels, rng: np.random.Generator, count: int) -> None:
    height, width = sheet.shape[:2]
    for _ in range(count):
        centre = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        shade = float(rng.uniform(120, 215))
        cv2.circle(sheet, centre, int(rng.integers(1, 2)), (shade, shade, shade), -1, cv2.LINE_AA)


def _specks(grey: Pixels, rng: np.random.Generator, count: int) -> None:
    """Black and white dots, a few of two or three pixels."""
    height, width = grey.shape
    for value, share in ((0.0, 0.75), (255.0, 0.25)):
        many = int(count * share)
        rows, columns = rng.integers(0, height - 2, many), rng.integers(0, width - 2, many)
        grey[rows, columns] = value
        big = rng.random(many) < 0.35
        grey[rows[big] + 1, columns[big]] = value
        grey[rows[big], columns[big] + 1] = value


def _fax_header(bits: Image.Image, header: str, down: int) -> None:
    """The machine's own dots: drawn 204 dpi square, then squeezed to the lines there are."""
    from PIL import ImageDraw, ImageFont

    strip = Image.new("L", (1728, 40), 255)
    font = ImageFont.truetype(HEADER_FONT, 25)
    ImageDraw.Draw(strip).text((24, 6), header, font=font, fill=0)
    bits.paste(strip.resize((1728, round(40 * down / 204)), Image.Resampling.BOX), (0, 0))


def _curl(sheet: Pixels, curl: float) -> Pixels:
    height, width = sheet.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    bulge = np.sin(np.pi * xs / width) * curl * width
    bent: Pixels = cv2.remap(
        sheet, xs, ys + bulge - curl * width * 0.5, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    shade = 1 - 0.10 * np.cos(np.pi * np.linspace(0, 1, width)) ** 2
    bent *= shade[None, :, None].astype(np.float32)
    return bent


def _table(rng: np.random.Generator, tall: int, width: int, ground: tuple[int, int, int]) -> Pixels:
    """A table top with grain along it."""
    rows = cv2.GaussianBlur(rng.normal(0, 1, (tall, 1)).astype(np.float32), (1, 0), 0, sigmaY=3.0)
    fine = cv2.GaussianBlur(rng.normal(0, 1, (tall, width)).astype(np.float32), (0, 0), sigmaX=60, sigmaY=1.2)
    grain = 26 * rows + 90 * fine
    table: Pixels = np.array(ground, dtype=np.float32) + grain[..., None]
    return table.clip(0, 255).astype(np.float32)


def _corners(
    rng: np.random.Generator, frame: tuple[int, int], shape: float, *, margin: float, tilt: float, turn: float
) -> Pixels:
    width, tall = frame
    wide = width * (1 - 2 * margin)
    high = wide / shape
    if high > tall * (1 - margin):
        high = tall * (1 - margin)
        wide = high * shape
    left, top = (width - wide) / 2, (tall - high) / 2
    square = np.array(
        [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)], dtype=np.float32
    )
    moved = square + rng.uniform(-tilt, tilt, (4, 2)).astype(np.float32) * width * 0.5
    moved[0, 0] += tilt * width * 0.35  # the far edge is shorter: the phone leans
    moved[1, 0] -= tilt * width * 0.35
    angle = math.radians(turn)
    matrix = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], dtype=np.float32)
    centre = np.array([width / 2, tall / 2], dtype=np.float32)
    spun = (moved - centre) @ matrix.T + centre
    inside: Pixels = spun.clip([4, 4], [width - 5, tall - 5]).astype(np.float32)
    return inside


def _light(rng: np.random.Generator, tall: int, width: int, shadow: float) -> Pixels:
    ys, xs = np.mgrid[0:tall, 0:width].astype(np.float32)
    ys, xs = ys / tall, xs / width
    angle = rng.uniform(0, 2 * np.pi)
    slope = 1 - 0.16 * (0.5 + (xs - 0.5) * np.cos(angle) + (ys - 0.5) * np.sin(angle))
    cx, cy = rng.uniform(0.55, 1.1), rng.uniform(0.5, 1.05)
    edge = (xs - cx) * 0.9 + (ys - cy) * 0.6 + 0.05 * np.sin(7 * ys + rng.uniform(0, 6))
    hand = 1 - shadow / (1 + np.exp(-edge * 26))
    light: Pixels = (slope * hand).astype(np.float32)
    return light
