"""A picture that is read, and where its pixels lie on the page as uploaded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import cv2
import numpy as np

from docscan.reading.geometry import Grey, Map, Way, scaling
from docscan.reading.pictures.prints import Print, print_on

_FAX_FACTOR = 1.1  # dots per inch that differ by more are stretched


@dataclass(frozen=True)
class Sheet:
    """A grey picture of a page, and the way of its pixels to fractions of the page as uploaded.

    `turned`: degrees clockwise (0, 90, 180, 270) that lie between the two. `two_tone`: it came in black and white, as
    faxes do. `alone`: it was looked for sheets of paper already, and this is one of them or the whole.
    """

    grey: Grey
    to_page: Way
    turned: int = 0
    two_tone: bool = False
    alone: bool = False

    @cached_property
    def print(self) -> Print:
        """Its print, measured once."""
        return print_on(self.grey)


def sheet_of(grey: Grey, dpi: tuple[float, float] | None = None) -> Sheet:
    """The picture as it came; dots that are not square, as a fax has them, made square."""
    height, width = grey.shape
    tones = np.bincount(grey[:: max(1, height // 500), :: max(1, width // 500)].ravel(), minlength=256)
    two_tone = float(tones[24:232].sum()) < 0.01 * float(tones.sum())
    sheet = Sheet(grey, scaling(1 / width, 1 / height), two_tone=two_tone)
    if dpi and min(dpi) > 0:
        across, down = dpi
        if _FAX_FACTOR < across / down < 4:
            return warped(sheet, scaling(1, across / down), (width, round(height * across / down)))
        if _FAX_FACTOR < down / across < 4:
            return warped(sheet, scaling(down / across, 1), (round(width * down / across), height))
    return sheet


def warped(sheet: Sheet, forward: Map, size: tuple[int, int], *, turned: int = 0) -> Sheet:
    """The picture seen through a map of its pixels to pixels of a picture of `size` (width, height)."""
    linear = abs(float(np.linalg.det(forward[:2, :2])))
    how = cv2.INTER_AREA if linear < 0.5 else cv2.INTER_LINEAR if linear < 1.2 else cv2.INTER_CUBIC
    a, b, c, d = forward[0, 0], forward[0, 1], forward[1, 0], forward[1, 1]
    if not (b or c or forward[0, 2] or forward[1, 2] or forward[2, 0] or forward[2, 1]) and a > 0 and d > 0:
        grey = cv2.resize(sheet.grey, size, interpolation=how)
    else:
        grey = cv2.warpPerspective(
            sheet.grey, forward, size, flags=cv2.INTER_CUBIC if linear > 1.2 else cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT, borderValue=255,
        )  # fmt: skip
    return replace(
        sheet,
        grey=cast(Grey, grey),
        to_page=sheet.to_page @ np.linalg.inv(forward).astype(np.float64),
        turned=(sheet.turned + turned) % 360,
    )
