"""Colours become grey, and fields of light colour become paper: print that somebody marked with a pen for marking, or
that stands in a coloured box, is dark on a light ground for the eye, but in plain grey it is dark on less dark.
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from cv2.typing import MatLike
from PIL import Image

from docscan.reading.geometry import Grey
from docscan.reading.pictures import shapes

_LOOKED_AT = 640  # pixels of the longer side at which fields are looked for
_COLOURED = 45  # by how much the strongest of red, green and blue exceeds the weakest
_LIGHT = 0.8  # of the paper's brightness, in its strongest colour: what is darker may be print, a table or a hand
_WIDE = 7  # pixels of that small picture; strokes of coloured print are narrower
_DULL = 12  # grey values by which a field is darker in plain grey than in its strongest colour; less does no harm
_STANDS_OUT = 40  # grey values by which print is darker, or lighter, than the field
_MOST = 0.5  # of the page; where it is more, that is the paper
_REACH = 3  # pixels of the small picture around a field: its soft edge


def grey(image: Image.Image) -> Grey:
    """The picture in grey, 8 bits."""
    plain: Grey = np.array(image.convert("L"))
    if image.mode != "RGB":
        return plain
    shrink = max(1, round(max(image.size) / _LOOKED_AT))
    small = np.asarray(image.reduce(shrink))
    fields = _fields(small)
    if not 0 < cv2.countNonZero(fields) < _MOST * fields.size:
        return plain
    full = cv2.resize(fields, plain.shape[::-1], interpolation=cv2.INTER_NEAREST)
    red, green, blue = cv2.split(np.asarray(image))
    return cast(Grey, cv2.copyTo(cv2.max(cv2.max(red, green), blue), full, plain))


def _fields(small: MatLike) -> Grey:
    """255 where a field of light colour is on whose ground print is dark."""
    strongest, weakest = small.max(axis=2), small.min(axis=2)
    luminance = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    light = strongest >= _LIGHT * float(np.percentile(strongest, 95))
    coloured = (light & (strongest - weakest > _COLOURED) & (strongest - luminance > _DULL)).astype(np.uint8)
    kernel = np.ones((_WIDE, _WIDE), np.uint8)
    # Print on a field makes holes in it, which are narrow.
    whole = cv2.morphologyEx(cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, kernel), cv2.MORPH_OPEN, kernel)
    whole = cv2.bitwise_and(whole, cv2.dilate(cv2.erode(coloured, np.ones((3, 3), np.uint8)), kernel))
    found = np.zeros(whole.shape, np.uint8)
    seen = shapes.connected(whole)
    for number in range(1, seen.count):
        left, top, wide, tall, _ = seen.stats[number]
        part = (slice(top, top + tall), slice(left, left + wide))
        field = seen.labels[part] == number
        ground = float(np.median(luminance[part][field & (coloured[part] > 0)]))
        printed = luminance[part][field & (coloured[part] == 0)]
        lighter = np.count_nonzero(printed > ground + _STANDS_OUT)
        darker = np.count_nonzero(printed < ground - _STANDS_OUT)
        if lighter <= darker:
            found[part][field] = 255
    return cast(Grey, cv2.dilate(found, np.ones((_REACH, _REACH), np.uint8)))
