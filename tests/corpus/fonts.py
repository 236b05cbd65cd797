"""Which typefaces the corpus is set in, where they come from, and how wide a word is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from PIL import ImageFont

_MEASURED_AT = 400  # pixels to the em, at which widths are taken


class FontMissing(Exception):
    """A typeface of the corpus is not installed; the message names the Debian package."""


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface: the files of its regular, bold and italic cuts, the package that holds them, and what it is."""

    regular: str
    bold: str
    italic: str
    package: str
    sort: Literal["serif", "sans", "mono", "narrow", "hand"]


FAMILIES: dict[str, Family] = {
    "Liberation Serif": Family(
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
        "fonts-liberation",
        "serif",
    ),
    "DejaVu Serif": Family("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif.ttf", "fonts-dejavu-core", "serif"),
    "Caladea": Family(
        "Caladea-Regular.ttf", "Caladea-Bold.ttf", "Caladea-Italic.ttf", "fonts-crosextra-caladea", "serif"
    ),
    "P052": Family("P052-Roman.otf", "P052-Bold.otf", "P052-Italic.otf", "fonts-urw-base35", "serif"),
    "C059": Family("C059-Roman.otf", "C059-Bold.otf", "C059-Italic.otf", "fonts-urw-base35", "serif"),
    "URW Bookman": Family(
        "URWBookman-Light.otf", "URWBookman-Demi.otf", "URWBookman-LightItalic.otf", "fonts-urw-base35", "serif"
    ),
    "DejaVu Serif Condensed": Family(
        "DejaVuSerifCondensed.ttf",
        "DejaVuSerifCondensed-Bold.ttf",
        "DejaVuSerifCondensed-Italic.ttf",
        "fonts-dejavu-extra",
        "serif",
    ),
    "Liberation Sans": Family(
        "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf", "fonts-liberation", "sans"
    ),
    "DejaVu Sans": Family("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans.ttf", "fonts-dejavu-core", "sans"),
    "Carlito": Family(
        "Carlito-Regular.ttf", "Carlito-Bold.ttf", "Carlito-Italic.ttf", "fonts-crosextra-carlito", "sans"
    ),
    "Lato": Family("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf", "fonts-lato", "sans"),
    "Open Sans": Family("OpenSans-Regular.ttf", "OpenSans-Bold.ttf", "OpenSans-Italic.ttf", "fonts-open-sans", "sans"),
    "Cabin": Family("Cabin-Regular.otf", "Cabin-Bold.otf", "Cabin-Italic.otf", "fonts-cabin", "sans"),
    "Liberation Sans Narrow": Family(
        "LiberationSansNarrow-Regular.ttf",
        "LiberationSansNarrow-Bold.ttf",
        "LiberationSansNarrow-Italic.ttf",
        "fonts-liberation-sans-narrow",
        "narrow",
    ),
    "DejaVu Sans Condensed": Family(
        "DejaVuSansCondensed.ttf",
        "DejaVuSansCondensed-Bold.ttf",
        "DejaVuSansCondensed-Oblique.ttf",
        "fonts-dejavu-extra",
        "narrow",
    ),
    "Liberation Mono": Family(
        "LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf", "LiberationMono-Italic.ttf", "fonts-liberation", "mono"
    ),
    "DejaVu Sans Mono": Family(
        "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf", "DejaVuSansMono.ttf", "fonts-dejavu-core", "mono"
    ),
    "Nimbus Mono": Family(
        "NimbusMonoPS-Bold.otf", "NimbusMonoPS-Bold.otf", "NimbusMonoPS-BoldItalic.otf", "fonts-urw-base35", "mono"
    ),
    "Inconsolata": Family("Inconsolata.otf", "Inconsolata.otf", "Inconsolata.otf", "fonts-inconsolata", "mono"),
    "Dkg Handwriting": Family("dkg.ttf", "dkgBI.ttf", "dkgIt.ttf", "fonts-dkg-handwriting", "hand"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of a family."""

    family: str
    bold: bool = False
    italic: bool = False

    @property
    def file(self) -> str:
        family = FAMILIES[self.family]
        return family.bold if self.bold else family.italic if self.italic else family.regular


def names(sort: Sequence[str]) -> list[str]:
    """The families of these sorts, in the order of the table."""
    return [name for name, family in FAMILIES.items() if family.sort in sort]


@cache
def pixels(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """The face at `size` pixels to the em. Raises FontMissing."""
    try:
        return ImageFont.truetype(face.file, size)
    except OSError as error:
        package = FAMILIES[face.family].package
        raise FontMissing(f"{face.file} is not installed; on Debian: apt-get install {package}") from error


def width(text: str, face: Face, size: float) -> float:
    """How far `text` reaches at `size` points, in points."""
    return pixels(face, _MEASURED_AT).getlength(text) * size / _MEASURED_AT


def check() -> None:
    """Raises FontMissing, naming every package that is not there."""
    missing = set()
    for name, family in FAMILIES.items():
        for face in (Face(name), Face(name, bold=True), Face(name, italic=True)):
            try:
                pixels(face, 20)
            except FontMissing:
                missing.add(family.package)
    if missing:
        raise FontMissing("fonts are missing; on Debian: apt-get install " + " ".join(sorted(missing)))
