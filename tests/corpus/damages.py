"""What happens to a page on its way, as data and code: 22 kinds, each with the ranges its strengths come from.

Half of the damage is our own (`sample_docs.generate.damage`), half is augraphy's, a library of document damage that
others wrote. Strengths are drawn evenly from the published ranges by a seed made of document and kind. The ranges end
where a person reading the page would have to guess: that is looked at, not computed.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, TypeAlias, cast

import cv2
import numpy as np
from PIL import Image, ImageDraw

from sample_docs.generate import damage as own
from sample_docs.generate import ink
from sample_docs.generate.damage import Pixels
from tests.corpus import fonts
from tests.corpus.fonts import Face
from tests.corpus.page import Page

Group: TypeAlias = Literal["digital", "scan", "fax", "photo", "rotated", "other"]
Strengths: TypeAlias = Mapping[str, float]

os.environ.setdefault("NUMBA_NUM_THREADS", "1")  # augraphy's loops: one process a core is faster


@dataclass(frozen=True, slots=True)
class Range:
    """A strength's least and greatest value and what it means; `whole` where only whole numbers are drawn."""

    least: float
    most: float
    meaning: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """A strength that is one of these values."""

    values: tuple[float, ...]
    meaning: str


@dataclass(slots=True)
class Source:
    """A typeset page and its pictures, drawn once for each resolution."""

    page: Page
    _drawn: dict[tuple[int, bool], Image.Image] = field(default_factory=dict)

    def at(self, dpi: int, *, sheet: bool = False) -> Image.Image:
        """The page at `dpi`; with `sheet`, a narrow strip lies on a sheet of letter size, as a fax or copier needs."""
        key = (dpi, sheet and self.page.width < 500)
        if key not in self._drawn:
            picture = self.page.picture(dpi)
            if key[1]:
                whole = Image.new("RGB", (round(8.5 * dpi), max(round(11 * dpi), picture.height)), (255, 255, 255))
                whole.paste(picture, ((whole.width - picture.width) // 3, 0))
                picture = whole
            self._drawn[key] = picture
        return self._drawn[key]


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind: its column, what its machine delivers, its ranges, and how it is done (None: the digital page)."""

    name: str
    group: Group
    suffix: Literal[".pdf", ".jpg", ".png", ".tif"]
    ranges: Mapping[str, Range | OneOf]
    do: Callable[[Source, Strengths, int], Image.Image] | None
    by: str  # whose code
    adds: Callable[[Strengths, int], str] = lambda strengths, seed: ""
    """What it prints on the page beside the document's own words, by strengths and seed."""


def draw(damage: Damage, rng: random.Random) -> dict[str, float]:
    """Strengths from the kind's ranges."""
    drawn: dict[str, float] = {}
    for name, span in damage.ranges.items():
        if isinstance(span, OneOf):
            drawn[name] = rng.choice(span.values)
        elif span.whole:
            drawn[name] = rng.randint(int(span.least), int(span.most))
        else:
            drawn[name] = round(rng.uniform(span.least, span.most), 3)
    return drawn


@cache
def _compiled_dice() -> Callable[[int], None]:
    """Sets the dice of loops that numba compiled."""
    import numba

    @numba.njit
    def set_dice(seed: int) -> None:
        random.seed(seed)
        np.random.seed(seed)

    return cast(Callable[[int], None], set_dice)


@contextmanager
def _chance(seed: int) -> Iterator[None]:
    """augraphy draws from Python's and numpy's common dice, and its compiled loops from dice of their own.

    All are set here, and the common ones given back as they were.
    """
    kept, kept_too = random.getstate(), np.random.get_state()
    random.seed(seed)
    np.random.seed(seed % 2**32)
    _compiled_dice()(seed % 2**32)
    try:
        yield
    finally:
        random.setstate(kept)
        np.random.set_state(kept_too)


def _augraphy(picture: Image.Image, seed: int, effect: str, **settings: Any) -> Image.Image:
    """The picture after one of augraphy's effects."""
    import augraphy

    pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    with _chance(seed):
        result = getattr(augraphy, effect)(**settings)(pixels)
    if result.ndim == 2:
        return Image.fromarray(result)
    return Image.fromarray(np.ascontiguousarray(result[:, :, ::-1]))


def _jpeg(picture: Image.Image, quality: float) -> Image.Image:
    picture.info["quality"] = int(quality)
    return picture


# -- scans


def _scan_300(source: Source, s: Strengths, seed: int) -> Image.Image:
    picture = own.scan(
        source.at(300),
        seed,
        skew=s["skew"],
        noise=s["noise"],
        contrast=s["contrast"],
        fold=s["fold"] > 0.6,
        punched=s["fold"] < 0.2,
        colour=s["colour"] > 0,
    )
    return _jpeg(picture, s["quality"])


def _scan_200(source: Source, s: Strengths, seed: int) -> Image.Image:
    picture = own.scan(source.at(200), seed, skew=s["skew"], noise=s["noise"], contrast=s["contrast"])
    if s["blur"] > 0.2:
        picture = Image.fromarray(cv2.GaussianBlur(np.asarray(picture), (0, 0), s["blur"]))
    return _jpeg(picture, s["quality"])


def _bleed(source: Source, s: Strengths, seed: int) -> Image.Image:
    page = _augraphy(
        source.at(200),
        seed,
        "BleedThrough",
        intensity_range=(0.1, 0.3),
        color_range=(0, 60),
        ksize=(9, 9),
        sigmaX=s["spread"],
        alpha=s["strength"],
        offsets=(int(s["offset"]), int(s["offset"])),
    )
    return _jpeg(own.scan(page, seed, skew=s["skew"], noise=4, colour=True, shadow_edge=False), 85)


def _stain(source: Source, s: Strengths, seed: int) -> Image.Image:
    page = _augraphy(
        source.at(200),
        seed,
        "Stains",
        stains_type="light_stains",
        stains_blend_method="darken",
        stains_blend_alpha=s["spots"],
    )
    rng = random.Random(seed)
    page = _coffee(page, seed, s["coffee"], [_place(source, rng) for _ in range(int(s["rings"]))])
    return _jpeg(own.scan(page, seed, skew=s["skew"], noise=4, colour=True, shadow_edge=False), 85)


def _coffee(page: Image.Image, seed: int, strength: float, places: Sequence[tuple[int, int]]) -> Image.Image:
    """Rings and pools of a brown that lets the print through."""
    rng = np.random.default_rng(seed)
    sheet: Pixels = np.asarray(page, dtype=np.float32)
    height, width = sheet.shape[:2]
    ys, xs = np.mgrid[0:height:4, 0:width:4].astype(np.float32)
    wash = np.zeros(xs.shape, np.float32)
    for cx, cy in places:
        radius = rng.uniform(0.09, 0.17) * width
        angle = np.arctan2(ys - cy, xs - cx)
        wobble = 1 + 0.02 * np.sin(3 * angle + rng.uniform(0, 6)) + 0.012 * np.sin(7 * angle + rng.uniform(0, 6))
        away = np.hypot(xs - cx, ys - cy) / (radius * wobble)
        wash += 0.9 * np.exp(-(((away - 1) / 0.035) ** 2)) + 0.4 * rng.uniform(0.3, 1) / (
            1 + np.exp(np.minimum(away - 1, 2) * 40)
        )
    full = cv2.resize(np.minimum(wash, 1.2), (width, height), interpolation=cv2.INTER_LINEAR)[..., None]
    brown = np.array((0.62, 0.42, 0.22), dtype=np.float32)
    stained = sheet * (1 - strength * full * (1 - brown))
    return Image.fromarray(stained.clip(0, 255).astype(np.uint8))


_STAMPS = ("RECEIVED", "COPY", "FAXED", "PAID", "SCANNED", "POSTED", "REVIEWED")
_NOTES = ("ok per phone", "see file", "called pt", "copy to chart", "pls review", "sent 2nd time")
_STAMP_INKS = ((168, 28, 40), (40, 52, 150), (90, 40, 130), (20, 110, 70))


def _stamped(source: Source, s: Strengths, seed: int) -> Image.Image:
    rng = random.Random(seed)
    page = source.at(200)
    sheet: Pixels = np.asarray(page, dtype=np.float32)
    layer = Image.new("L", page.size, 0)
    for _ in range(int(s["stamps"])):
        _stamp(layer, rng, _place(source, rng))
    worn = cv2.GaussianBlur(
        np.random.default_rng(seed).normal(0, 1, (page.height, page.width)).astype(np.float32), (0, 0), 2
    )
    cover = np.asarray(layer, dtype=np.float32) / 255 * np.clip(0.85 + 2.2 * worn, 0.3, 1.0) * s["density"]
    colour = np.array(rng.choice(_STAMP_INKS), dtype=np.float32) / 255
    sheet = sheet * (1 - cover[..., None] * (1 - colour))
    notes = Image.new("L", page.size, 0)
    for _ in range(int(s["notes"])):
        _note(notes, rng, _place(source, rng))
    blue = np.array(rng.choice(sorted(ink.INKS.values())), dtype=np.float32) / 255
    sheet = sheet * (1 - 0.9 * s["pen"] * np.asarray(notes, dtype=np.float32)[..., None] / 255 * (1 - blue))
    marked = Image.fromarray(sheet.clip(0, 255).astype(np.uint8))
    return _jpeg(own.scan(marked, seed, skew=s["skew"], noise=4, colour=True), 88)


def _place(source: Source, rng: random.Random) -> tuple[int, int]:
    """A point of the picture at 200 dpi: mostly on print, else anywhere in the upper part."""
    page = source.page
    if rng.random() < 0.7:
        word = rng.choice(page.words)
        x, y = word.x, word.y
    else:
        x, y = rng.uniform(0.1, 0.8) * page.width, rng.uniform(0.05, 0.7) * page.height
    return round(x * 200 / 72), round(y * 200 / 72)


def _stamp(layer: Image.Image, rng: random.Random, at: tuple[int, int]) -> None:
    """A framed word, perhaps with a day, turned, with its middle at a point."""
    word = rng.choice(_STAMPS)
    size = rng.randint(50, 84) if layer.width > 1000 else rng.randint(34, 48)
    font = fonts.pixels(Face("Liberation Sans Narrow", bold=True), size)
    second = fonts.pixels(Face("Liberation Sans Narrow", bold=True), size * 0.5)
    when = f"NOV {rng.randint(1, 28):02d} 2026" if rng.random() < 0.6 else ""
    wide = int(max(font.getlength(word), second.getlength(when)) + size)
    tall = int(size * (2.1 if when else 1.5))
    stamp = Image.new("L", (wide, tall), 0)
    pen = ImageDraw.Draw(stamp)
    pen.rounded_rectangle((3, 3, wide - 4, tall - 4), radius=size // 5, outline=255, width=max(3, size // 12))
    pen.text((wide / 2, size * 0.78), word, font=font, fill=255, anchor="mm")
    if when:
        pen.text((wide / 2, size * 1.6), when, font=second, fill=255, anchor="mm")
    stamp = stamp.rotate(rng.uniform(-24, 24), expand=True, resample=Image.Resampling.BICUBIC)
    layer.paste(255, (at[0] - stamp.width // 2, at[1] - stamp.height // 2), stamp)


def _note(layer: Image.Image, rng: random.Random, at: tuple[int, int]) -> None:
    """A few words by hand or an underline or a circle, across the print or beside it."""
    x, y = at[0] - rng.randint(0, 40), at[1] - rng.randint(10, 40)
    pen = ImageDraw.Draw(layer)
    kind = rng.choice(("words", "line", "circle"))
    if kind == "words":
        font = fonts.pixels(Face("Dkg Handwriting"), 38)
        words = Image.new("L", (460, 70), 0)
        ImageDraw.Draw(words).text((6, 10), rng.choice(_NOTES), font=font, fill=255)
        turned = words.rotate(rng.uniform(-9, 9), expand=True, resample=Image.Resampling.BICUBIC)
        layer.paste(255, (x, y), turned)
    elif kind == "line":
        points = [(x + i * 22, at[1] + 7 + rng.gauss(0, 2)) for i in range(rng.randint(6, 22))]
        pen.line(points, fill=255, width=4, joint="curve")
    else:
        wide, tall = rng.randint(120, 340), rng.randint(46, 80)
        pen.arc((x, y, x + wide, y + tall), rng.randint(0, 40), rng.randint(370, 400), fill=255, width=4)


# -- faxes and copies


def _header(rng: random.Random) -> str:
    return (
        f"11/{rng.randint(1, 28):02d}/2026 {rng.randint(8, 18):02d}:{rng.randint(0, 59):02d}  FROM: "
        f"{rng.choice(('FRONT DESK', 'MED RECORDS', 'SUITE 210'))}   555-01{rng.randint(0, 99):02d}   P. 001/001"
    )


def _added_header(s: Strengths, seed: int) -> str:
    return _header(random.Random(seed)) if s.get("header", 1) else ""


def _added_stamps(s: Strengths, seed: int) -> str:
    """Any of these, and not all."""
    return " ".join((*_STAMPS, *_NOTES, "NOV", "2026"))


def _fax(source: Source, s: Strengths, seed: int, *, fine: bool) -> Image.Image:
    header = _added_header(s, seed)
    page = _under(source.at(200, sheet=True), 36 if header else 0)
    return own.fax(
        page, seed, fine=fine, header=header, skew=s["skew"], specks=s["specks"], threshold=int(s["threshold"])
    )


def _fax_fine(source: Source, s: Strengths, seed: int) -> Image.Image:
    return _fax(source, s, seed, fine=True)


def _fax_standard(source: Source, s: Strengths, seed: int) -> Image.Image:
    return _fax(source, s, seed, fine=False)


def _under(page: Image.Image, down: int) -> Image.Image:
    """The page a little lower, so that the machine's header line does not fall on print."""
    if not down:
        return page
    moved = Image.new("RGB", (page.width, page.height + down), (255, 255, 255))
    moved.paste(page, (0, down))
    return moved


def _fax_noisy(source: Source, s: Strengths, seed: int) -> Image.Image:
    """A fine fax over a bad line: columns that stay white or black, lines lost, drum dirt, many specks."""
    rng = random.Random(seed)
    page = _under(source.at(200, sheet=True), 36)
    page = _augraphy(
        page,
        seed,
        "DirtyDrum",
        line_width_range=(1, 2),
        line_concentration=0.05,
        noise_intensity=s["drum"],
        direction=0,
    )
    picture = own.fax(
        page, seed, header=_added_header(s, seed), skew=s["skew"], specks=s["specks"], threshold=int(s["threshold"])
    )
    bits: Pixels = np.asarray(picture.convert("L")).copy()
    for _ in range(int(s["columns"])):
        at = rng.randint(40, bits.shape[1] - 40)
        bits[:, at] = rng.choice((255, 255, 0))
    for _ in range(int(s["lines"])):
        at = rng.randint(100, bits.shape[0] - 40)
        bits[at : at + 1] = bits[at - 1]
    result = Image.fromarray(bits).convert("1", dither=Image.Dither.NONE)
    result.info["dpi"] = (204, 196)
    return result


def _copy(source: Source, s: Strengths, seed: int) -> Image.Image:
    """A copy, or a copy of a copy: each time the strokes run a little and dirt stays."""
    page = source.at(200, sheet=True)
    page = _augraphy(
        page, seed, "InkBleed", intensity_range=(0.1, s["bleed"]), kernel_size=(3, 3), severity=(0.1, s["bleed"])
    )
    if s["rollers"]:
        page = _augraphy(page, seed + 1, "DirtyRollers", line_width_range=(10, 22), scanline_type=0)
    copied = own.copy(page, seed, threshold=int(s["threshold"]), specks=s["specks"], skew=s["skew"])
    if s["generations"] == 1:
        return copied
    soft = Image.fromarray(cv2.GaussianBlur(np.asarray(copied.convert("L")), (0, 0), 0.6)).convert("RGB")
    return own.copy(soft, seed + 2, threshold=int(s["again"]), specks=s["specks"], skew=-0.4 * s["skew"])


# -- photographs


_GROUNDS = ((116, 84, 58), (60, 62, 66), (168, 140, 104), (42, 36, 34), (150, 150, 148), (92, 104, 116))


def _ground(seed: int) -> tuple[int, int, int]:
    return random.Random(seed).choice(_GROUNDS)


def _photo(source: Source, s: Strengths, seed: int) -> Image.Image:
    picture = own.photo(
        source.at(200), seed, ground=_ground(seed), tilt=s["tilt"], turn=s["turn"], shadow=s["shadow"], blur=s["blur"],
        noise=s["grain"], warmth=s["warmth"], margin=s["margin"], width=int(s["width"]),
    )  # fmt: skip
    return _jpeg(picture, s["quality"])


def _photo_shadow_curl(source: Source, s: Strengths, seed: int) -> Image.Image:
    picture = own.photo(
        source.at(200), seed, ground=_ground(seed), tilt=s["tilt"], turn=s["turn"], shadow=s["shadow"], blur=0.8,
        noise=s["grain"], warmth=s["warmth"], curl=s["curl"], width=1800,
    )  # fmt: skip
    shade = _layer(
        picture,
        seed,
        "ShadowCast",
        shadow_opacity_range=(s["cast"], s["cast"]),
        shadow_iterations_range=(1, 1),
        shadow_vertices_range=(2, 5),
        shadow_blur_kernel_range=(41, 101),
    )
    shaded: Pixels = np.asarray(picture, dtype=np.float32) * np.clip(shade / 255, 0, 1)
    return _jpeg(Image.fromarray(shaded.astype(np.uint8)), s["quality"])


def _layer(picture: Image.Image, seed: int, effect: str, level: int = 255, **settings: Any) -> Pixels:
    """An effect of light on an even grey of a quarter of the size, brought to the picture's: smooth, so as good."""
    small = Image.new("RGB", (picture.width // 4, picture.height // 4), (level, level, level))
    lit = np.asarray(_augraphy(small, seed, effect, **settings), dtype=np.float32)
    return cv2.resize(lit, picture.size, interpolation=cv2.INTER_LINEAR)


def _photo_blur_glare(source: Source, s: Strengths, seed: int) -> Image.Image:
    picture = own.photo(
        source.at(200), seed, ground=_ground(seed), tilt=0.03, turn=s["turn"], shadow=0.15, blur=s["blur"], noise=3,
        warmth=1.0, width=1900,
    )  # fmt: skip
    spot = _layer(
        picture,
        seed,
        "ReflectedLight",
        level=0,
        reflected_light_internal_max_brightness_range=(0.9, 1.0),
        reflected_light_external_max_brightness_range=(0.6, 0.8),
        reflected_light_internal_radius_range=(0.02, 0.1),
        reflected_light_external_radius_range=(0.15, 0.45),
        reflected_light_gaussian_kernel_size_range=(61, 121),
    )
    pixels: Pixels = np.asarray(picture, dtype=np.float32)
    veil = s["glare"] * spot / 255  # light over the paper: what is below keeps the rest of its contrast
    lit = pixels * (1 - veil) + 255 * veil
    return _jpeg(Image.fromarray(lit.clip(0, 255).astype(np.uint8)), s["quality"])


def _screen(source: Source, s: Strengths, seed: int) -> Image.Image:
    """A picture of a screen: its raster, and the moiré of the camera's own against it."""
    page = source.at(150)
    waves = _augraphy(page, seed, "Moire", moire_density=(15, 20), moire_blend_method="normal")
    lit: Pixels = np.asarray(Image.blend(page, waves, s["moire"]), dtype=np.float32)
    lit = 255 - (255 - lit) * (220 / 255)  # a screen's black is no ink
    dark = 1 - s["raster"] * (np.arange(page.width) % 3 == 0)
    lit = lit * dark[None, :, None] * (1 - 0.5 * s["raster"] * (np.arange(page.height) % 3 == 0))[:, None, None]
    picture = own.photo(
        Image.fromarray((lit * 1.02).clip(0, 255).astype(np.uint8)),
        seed,
        ground=(18, 18, 20),
        tilt=s["tilt"],
        turn=s["turn"],
        shadow=0.06,
        blur=s["blur"],
        noise=3,
        warmth=s["warmth"],
        width=1700,
        margin=0.03,
    )
    return _jpeg(picture, s["quality"])


# -- and the rest


def _rotated(source: Source, s: Strengths, seed: int) -> Image.Image:
    picture = own.scan(source.at(200), seed, skew=s["skew"], noise=s["noise"])
    return _jpeg(own.rotated(picture, int(s["degrees"])), 85)


def _faded(source: Source, s: Strengths, seed: int) -> Image.Image:
    """Thermal paper that lay in the sun: pale print, uneven, with lines that the head left out, on warm paper."""
    page = _augraphy(
        source.at(200),
        seed,
        "LowInkRandomLines",
        count_range=(int(s["lines"]), int(s["lines"]) + 4),
        use_consistent_lines=True,
        noise_probability=0.05,
    )
    page = _augraphy(
        page,
        seed + 1,
        "InkMottling",
        ink_mottling_alpha_range=(0.1, s["mottling"]),
        ink_mottling_noise_scale_range=(2, 2),
        ink_mottling_gaussian_kernel_range=(3, 5),
    )
    rng = np.random.default_rng(seed)
    sheet: Pixels = np.asarray(page, dtype=np.float32)
    height, width = sheet.shape[:2]
    patches = cv2.resize(rng.uniform(0, 1, (7, 5)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    keep = s["contrast"] * (1 - 0.25 * patches.clip(0, 1))[..., None]
    faded = 255 - (255 - sheet) * keep
    picture = Image.fromarray(faded.clip(0, 255).astype(np.uint8))
    return _jpeg(
        own.scan(picture, seed, skew=s["skew"], noise=3, colour=True, paper=(246, 240, 226), shadow_edge=False), 88
    )


def _low_dpi(source: Source, s: Strengths, seed: int) -> Image.Image:
    dpi = int(s["dpi"])
    fine = source.at(300)
    share = dpi / 300
    small = fine.resize((round(fine.width * share), round(fine.height * share)), Image.Resampling.BOX)
    picture = own.scan(small, seed, skew=s["skew"], noise=s["noise"], shadow_edge=False)
    squeezed = _augraphy(picture, seed, "Jpeg", quality_range=(int(s["quality"]), int(s["quality"]) + 1))
    result = squeezed.convert("L")
    result.info["dpi"] = (dpi, dpi)
    return result


def _dithered(source: Source, s: Strengths, seed: int) -> Image.Image:
    """Grey or coloured paper, sent in black and white by a machine set to photographs: dots stand for grey."""
    tint = int(s["paper"])
    picture = own.scan(
        source.at(200),
        seed,
        skew=s["skew"],
        noise=2,
        paper=(tint, tint, tint),
        contrast=s["contrast"],
        shadow_edge=False,
    )
    grey = picture.convert("L")
    if s["screen"]:
        order = (np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) + 0.5) * 16
        levels = np.tile(order, (grey.height // 4 + 1, grey.width // 4 + 1))[: grey.height, : grey.width]
        bits = Image.fromarray(((np.asarray(grey) > levels) * 255).astype(np.uint8)).convert("1")
    else:
        bits = grey.convert("1")
    bits.info["dpi"] = (200, 200)
    return bits


def _cut_locally(source: Source, s: Strengths, seed: int) -> Image.Image:
    """A scanning app's black and white: cut at the level of what is around, so that rough paper becomes specks."""
    grey: Pixels = np.asarray(
        own.scan(source.at(200), seed, skew=s["skew"], noise=s["rough"]).convert("L"), dtype=np.float32
    )
    around = cv2.blur(grey, (51, 51))
    bits = Image.fromarray(((grey > around - s["below"]) * 255).astype(np.uint8)).convert("1")
    bits.info["dpi"] = (200, 200)
    return bits


def _photo_dark(source: Source, s: Strengths, seed: int) -> Image.Image:
    """A picture taken in the evening: little light, and the noise of a sensor that makes much of it."""
    picture = own.photo(
        source.at(200), seed, ground=_ground(seed), tilt=0.03, turn=s["turn"], shadow=0.25, blur=0.6, noise=2,
        warmth=1.1, width=int(s["width"]),
    )  # fmt: skip
    noise = np.random.default_rng(seed).normal(0, s["noise"], (picture.height, picture.width, 3))
    dark: Pixels = np.asarray(picture, dtype=np.float32) * s["light"] + noise
    return _jpeg(Image.fromarray(dark.clip(0, 255).astype(np.uint8)), s["quality"])


_MARKERS = ((255, 245, 60), (255, 120, 190), (90, 230, 120), (255, 150, 40))


def _highlighted(source: Source, s: Strengths, seed: int) -> Image.Image:
    """Lines that somebody went over with a marker, in colours that are dark in grey."""
    rng = np.random.default_rng(seed)
    sheet: Pixels = np.asarray(source.at(200).convert("RGB"), dtype=np.float32).copy()
    height, width = sheet.shape[:2]
    for _ in range(int(s["strokes"])):
        colour = np.array(_MARKERS[int(rng.integers(len(_MARKERS)))], np.float32)
        top, left = int(rng.uniform(0.05, 0.85) * height), int(rng.uniform(0.05, 0.5) * width)
        part = sheet[top : top + int(s["tall"]), left : left + int(rng.uniform(0.15, 0.45) * width)]
        part *= 1 - s["ink"] * (1 - colour / 255)
    picture = own.scan(
        Image.fromarray(sheet.astype(np.uint8)), seed, skew=s["skew"], noise=3, colour=True, shadow_edge=False
    )
    return _jpeg(picture, s["quality"])


def _patterned(source: Source, s: Strengths, seed: int) -> Image.Image:
    """Paper with a pattern all over it: waves against copying, as on prescription pads, or the lines of a notepad."""
    sheet: Pixels = np.asarray(source.at(200).convert("RGB"), dtype=np.float32)
    height, width = sheet.shape[:2]
    tint = np.array(random.Random(seed).choice(((0.3, 0.85, 0.7), (0.4, 0.6, 1.0), (0.95, 0.6, 0.75))), np.float32)
    lines = np.zeros((height, width), np.float32)
    if s["notepad"]:
        for top in range(90, height, int(6 * s["spacing"])):
            cv2.line(lines, (0, top), (width, top + int(s["waves"] / 4)), 1.0, 2)
    else:
        y, x = np.mgrid[:height, :width].astype(np.float32)
        lines[np.sin((y + s["waves"] * np.sin(x / 37)) * 2 * np.pi / s["spacing"]) > 0.6] = 1
        lines[np.sin((x + s["waves"] * np.sin(y / 53)) * 2 * np.pi / (s["spacing"] + 2)) > 0.6] = 1
    ground = 255 - s["depth"] * lines[..., None] * (1 - 0.5 * tint)
    return _jpeg(
        own.scan(
            Image.fromarray((sheet * ground / 255).astype(np.uint8)), seed, skew=s["skew"], noise=3, colour=True,
            shadow_edge=False,
        ),
        s["quality"],
    )  # fmt: skip


_SKEW = Range(-1.5, 1.5, "degrees")
_QUALITY = Range(70, 92, "JPEG quality", whole=True)

DAMAGES: tuple[Damage, ...] = (
    Damage("digital", "digital", ".pdf", {}, None, "reportlab"),
    Damage(
        "scan_300",
        "scan",
        ".jpg",
        {
            "skew": _SKEW,
            "noise": Range(2, 7, "grey levels"),
            "contrast": Range(0.85, 1.0, "share"),
            "fold": Range(0, 1, "folded above .6, punched below .2"),
            "colour": OneOf((0, 0, 1), "grey or colour"),
            "quality": _QUALITY,
        },
        _scan_300,
        "own",
    ),
    Damage(
        "scan_200",
        "scan",
        ".jpg",
        {
            "skew": Range(-3, 3, "degrees"),
            "noise": Range(2, 8, "grey levels"),
            "contrast": Range(0.8, 1.0, "share"),
            "blur": Range(0, 0.7, "pixels"),
            "quality": _QUALITY,
        },
        _scan_200,
        "own",
    ),
    Damage(
        "scan_bleed_through",
        "other",
        ".jpg",
        {
            "skew": _SKEW,
            "strength": Range(0.15, 0.5, "opacity of the other side"),
            "spread": Range(1, 2.5, "pixels"),
            "offset": Range(15, 60, "pixels", whole=True),
        },
        _bleed,
        "augraphy BleedThrough + own",
    ),
    Damage(
        "stain",
        "other",
        ".jpg",
        {
            "skew": _SKEW,
            "coffee": Range(0.3, 0.7, "depth"),
            "rings": Range(1, 3, "many", whole=True),
            "spots": Range(0.1, 0.35, "opacity"),
        },
        _stain,
        "augraphy Stains + own",
    ),
    Damage(
        "stamp_and_pen",
        "other",
        ".jpg",
        {
            "skew": _SKEW,
            "stamps": Range(1, 2, "many", whole=True),
            "density": Range(0.4, 0.75, "opacity"),
            "notes": Range(1, 4, "many", whole=True),
            "pen": Range(0.6, 0.9, "opacity"),
        },
        _stamped,
        "own",
        _added_stamps,
    ),
    Damage(
        "fax_fine",
        "fax",
        ".tif",
        {
            "skew": _SKEW,
            "specks": Range(0.2, 2, "times 260"),
            "header": OneOf((0, 1), "header line"),
            "threshold": Range(150, 190, "grey level", whole=True),
        },
        _fax_fine,
        "own",
        _added_header,
    ),
    Damage(
        "fax_standard",
        "fax",
        ".tif",
        {
            "skew": Range(-1, 1, "degrees"),
            "specks": Range(0.2, 1.5, "times 260"),
            "header": OneOf((0, 1), "header line"),
            "threshold": Range(170, 195, "grey level", whole=True),
        },
        _fax_standard,
        "own",
        _added_header,
    ),
    Damage(
        "fax_noisy",
        "fax",
        ".tif",
        {
            "skew": _SKEW,
            "specks": Range(2, 8, "times 260"),
            "threshold": Range(155, 190, "grey level", whole=True),
            "columns": Range(1, 6, "lost or black columns", whole=True),
            "lines": Range(0, 12, "repeated lines", whole=True),
            "drum": Range(0.015, 0.05, "intensity of dirt"),
        },
        _fax_noisy,
        "augraphy DirtyDrum + own",
        _added_header,
    ),
    Damage(
        "copy_1bit",
        "fax",
        ".tif",
        {
            "skew": _SKEW,
            "generations": OneOf((1, 1, 2), "a copy, or a copy of a copy"),
            "threshold": Range(162, 182, "grey level", whole=True),
            "again": Range(140, 158, "grey level of the second copy", whole=True),
            "specks": Range(0.3, 2.0, "times"),
            "bleed": Range(0.15, 0.3, "ink that runs"),
            "rollers": OneOf((0, 0, 1), "dirty rollers"),
        },
        _copy,
        "augraphy InkBleed, DirtyRollers + own",
    ),
    Damage(
        "photo",
        "photo",
        ".jpg",
        {
            "tilt": Range(0.01, 0.08, "share of the width"),
            "turn": Range(-5, 5, "degrees"),
            "shadow": Range(0.05, 0.4, "share of the light"),
            "blur": Range(0.5, 1.0, "pixels"),
            "grain": Range(2, 6, "grey levels"),
            "warmth": Range(0.97, 1.08, "share"),
            "margin": Range(0.03, 0.12, "share of the width"),
            "width": Range(1700, 2600, "pixels", whole=True),
            "quality": _QUALITY,
        },
        _photo,
        "own",
    ),
    Damage(
        "photo_shadow_curl",
        "photo",
        ".jpg",
        {
            "tilt": Range(0.01, 0.06, "share of the width"),
            "turn": Range(-4, 4, "degrees"),
            "shadow": Range(0.2, 0.5, "share of the light"),
            "cast": Range(0.2, 0.5, "share of the light"),
            "curl": Range(0.005, 0.03, "share of the width"),
            "grain": Range(2, 5, "grey levels"),
            "warmth": Range(1.03, 1.14, "share"),
            "quality": _QUALITY,
        },
        _photo_shadow_curl,
        "augraphy ShadowCast + own",
    ),
    Damage(
        "photo_blur_glare",
        "photo",
        ".jpg",
        {
            "turn": Range(-3, 3, "degrees"),
            "blur": Range(0.9, 1.5, "pixels"),
            "glare": Range(0.2, 0.6, "opacity of the veil of light"),
            "quality": _QUALITY,
        },
        _photo_blur_glare,
        "augraphy ReflectedLight + own",
    ),
    Damage(
        "rotated",
        "rotated",
        ".jpg",
        {"degrees": OneOf((90, 180, 270), "clockwise"), "skew": _SKEW, "noise": Range(2, 6, "grey levels")},
        _rotated,
        "own",
    ),
    Damage(
        "faded_thermal",
        "other",
        ".jpg",
        {
            "skew": _SKEW,
            "contrast": Range(0.36, 0.62, "share of the ink left"),
            "lines": Range(2, 8, "at least, lines left out", whole=True),
            "mottling": Range(0.15, 0.3, "opacity"),
        },
        _faded,
        "augraphy LowInkRandomLines, InkMottling + own",
    ),
    Damage(
        "low_dpi",
        "other",
        ".png",
        {
            "dpi": Range(100, 130, "dots an inch", whole=True),
            "skew": Range(-1, 1, "degrees"),
            "noise": Range(1, 4, "grey levels"),
            "quality": Range(55, 85, "JPEG quality", whole=True),
        },
        _low_dpi,
        "augraphy Jpeg + own",
    ),
    Damage(
        "screen_photo",
        "other",
        ".jpg",
        {
            "tilt": Range(0.01, 0.04, "share of the width"),
            "turn": Range(-3, 3, "degrees"),
            "raster": Range(0.08, 0.2, "darkening of every third column"),
            "moire": Range(0.3, 1.0, "share of augraphy's"),
            "blur": Range(0.5, 0.9, "pixels"),
            "warmth": Range(0.94, 1.03, "share"),
            "quality": _QUALITY,
        },
        _screen,
        "augraphy Moire + own",
    ),
    Damage(
        "dithered",
        "other",
        ".png",
        {
            "skew": _SKEW,
            "paper": Range(170, 235, "grey level", whole=True),
            "contrast": Range(0.8, 1.0, "share"),
            "screen": OneOf((0, 0, 1), "error diffusion or a regular screen"),
        },
        _dithered,
        "Pillow + own",
    ),
    Damage(
        "cut_locally",
        "other",
        ".png",
        {
            "skew": _SKEW,
            "rough": Range(10, 20, "grey levels"),
            "below": Range(14, 20, "grey levels below what is around"),
        },
        _cut_locally,
        "own",
    ),
    Damage(
        "photo_dark",
        "other",
        ".jpg",
        {
            "turn": Range(-3, 3, "degrees"),
            "light": Range(0.4, 0.75, "share"),
            "noise": Range(8, 18, "grey levels"),
            "width": Range(1900, 2600, "pixels", whole=True),
            "quality": _QUALITY,
        },
        _photo_dark,
        "own",
    ),
    Damage(
        "highlighted",
        "other",
        ".jpg",
        {
            "skew": _SKEW,
            "strokes": Range(4, 16, "many", whole=True),
            "tall": Range(30, 55, "pixels", whole=True),
            "ink": Range(0.6, 1.0, "share"),
            "quality": _QUALITY,
        },
        _highlighted,
        "own",
    ),
    Damage(
        "patterned",
        "other",
        ".jpg",
        {
            "skew": _SKEW,
            "notepad": OneOf((0, 0, 1), "waves or a notepad's lines"),
            "spacing": Range(7, 13, "pixels"),
            "waves": Range(6, 16, "pixels"),
            "depth": Range(40, 100, "grey levels"),
            "quality": _QUALITY,
        },
        _patterned,
        "own",
    ),
)
BY_NAME: dict[str, Damage] = {damage.name: damage for damage in DAMAGES}
