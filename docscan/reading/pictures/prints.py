"""What is known of the print on a picture without reading it: where its letters are, and how large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from docscan.reading.geometry import Grey
from docscan.reading.pictures import shapes

_ANALYSED = 1800  # pixels of the longer side at which print is measured: x is still some eight pixels tall there
FEW = 10  # components; fewer say nothing about a page


@dataclass(frozen=True)
class Print:
    """What is known of the print on a picture, without reading it. Lengths in pixels of the picture.

    `boxes`: left, top, width, height of each component that may be a letter.
    """

    boxes: npt.NDArray[np.float64]

    @property
    def count(self) -> int:
        return len(self.boxes)

    def letter(self, *, sideways: bool = False) -> tuple[float, float]:
        """Width and height of a typical small letter; zeros where there is too little print to tell."""
        if self.count < FEW:
            return 0.0, 0.0
        wide, tall = self.boxes[:, 2], self.boxes[:, 3]
        if sideways:
            wide, tall = tall, wide
        even = (wide > 0.3 * tall) & (wide < 3 * tall)
        wide, tall = (wide[even], tall[even]) if even.sum() >= FEW else (wide, tall)
        height = float(np.percentile(tall, 40))
        alike = (tall > 0.8 * height) & (tall < 1.25 * height)
        return float(np.median(wide[alike])), height


def ink(grey: Grey) -> Grey:
    """255 where there is ink, 0 where there is paper."""
    _, binary = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return cast(Grey, binary)


def print_on(grey: Grey, *, joined: bool = False) -> Print:
    """Measure the print of an evened picture. `joined`: dots that nearly touch count as one stroke."""
    shrink = min(1.0, _ANALYSED / max(grey.shape))
    small = grey if shrink == 1 else cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    binary: MatLike = ink(cast(Grey, small))
    if joined:
        binary = cv2.morphologyEx(binary, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5)))
    found = shapes.connected(binary).stats
    boxes, area = found[1:, :4].astype(np.float64), found[1:, 4]
    width, height = boxes[:, 2], boxes[:, 3]
    longest = np.maximum(width, height)
    letter = (longest >= 5) & (longest <= 0.12 * max(small.shape)) & (area >= 8)
    letter &= (width <= 6 * height) & (height <= 6 * width) & (area >= 0.08 * width * height)
    boxes = boxes[letter]
    if len(boxes) < FEW:
        return Print(boxes / shrink)
    # Specks outnumber letters on a bad fax: what is far below the typical size, weighed by size, is not a letter.
    size = np.sqrt(boxes[:, 2] * boxes[:, 3])
    in_order = np.sort(size)
    typical = in_order[np.searchsorted(np.cumsum(in_order), in_order.sum() / 2)]
    return Print(boxes[size > 0.4 * typical] / shrink)
