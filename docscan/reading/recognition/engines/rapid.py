"""RapidOCR: a neural reader of lines (PP-OCR models), run by onnxruntime on one core.

It reads broken, soft and tiny print far better than Tesseract does, costs about as much for the same lines and four
times as much for finding them, and now and then swallows a space. So it is asked by the line: for lines that Tesseract
found but may have misread, and for places where print is and no line was found.

Lines are found by the model that RapidOCR's package carries, and read by `lines.onnx` beside this module: that
package's reader, made smaller by `models/lines.py` (what it costs and how well it reads: the card in `models/`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from importlib.metadata import version as version_of
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias, cast

import cv2
import numpy as np
import numpy.typing as npt

from docscan.reading.geometry import Grey, Seen
from docscan.reading.recognition.engines import Layout, TimedOut

Quad: TypeAlias = npt.NDArray[np.float64]
"""Corners of a line of print in pixels, 4 x 2: top left, top right, bottom right, bottom left."""

_TALL = 48  # pixels of a line's height that the model was trained on
_STEP = 8  # pixels of a line's width to each of the model's answers
_NARROWEST = 96  # pixels; narrower lines are padded
_WIDEST = 3200  # pixels; longer lines are read in parts, so that memory stays bounded
_SEARCHED, _ACROSS = 960, 736  # pixels of the longer side, or of the shorter, at which lines are looked for
_MOST_SEARCHED = 1_200_000  # pixels in all: a roll that is six times as long as wide would take half a gigabyte
_INK = 160  # grey value; darker is print
_SPACE = 0.25  # of a line's height: a usual space between words
_LEAST_SPACE = 0.2  # of a line's height; narrower white stands between letters
_MODEL = Path(__file__).with_name("lines.onnx")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a line: its middle, left and right as shares of the line's length, and how sure it is, 0..1."""

    text: str
    x: float
    left: float
    right: float
    sure: float
    spaced: bool
    """Whether a space was seen before it. Some are swallowed."""
    white: float
    """The white before it, in heights of the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was read on one line, without its spaces."""

    letters: tuple[Letter, ...]


class Rapidocr:
    """One instance of the models for each process, made when they are first needed."""

    name = "rapidocr"

    def version(self) -> str:
        reader = self._reader.get_modelmeta()
        return (
            f"{version_of('rapidocr')} ({reader.graph_name} {reader.version}, onnxruntime {version_of('onnxruntime')})"
        )

    def available(self) -> bool:
        try:
            return all(import_module(name) for name in ("onnxruntime", "rapidocr")) and _MODEL.is_file()
        except ImportError:
            return False

    def read(self, picture: Grey, timeout: float, layout: Layout = "page") -> tuple[Seen, ...]:  # noqa: ARG002
        deadline = time.monotonic() + timeout
        quads = self.find(picture)
        found: list[Seen] = []
        for strand, (quad, line) in enumerate(zip(quads, self.lines(picture, quads, deadline), strict=True)):
            found += [
                Seen(text, *_rectangle(quad, start, end), confidence, strand)
                for text, start, end, confidence in words_of(line)
            ]
        return tuple(found)

    def turned(self, picture: Grey, timeout: float) -> tuple[int, float] | None:
        """Some lines are read both ways up: the right one reads far better."""
        deadline = time.monotonic() + timeout
        quads = self.find(picture)
        sideways = [_upright(quad) for quad in quads]
        if not quads:
            return None
        quarter = 2 * sum(sideways) > len(quads)
        picture = np.ascontiguousarray(np.rot90(picture)) if quarter else picture  # counter-clockwise
        alike = [quad for quad, side in zip(quads, sideways, strict=True) if side == quarter]
        if quarter:
            alike = [_turned_back(quad, picture.shape[0]) for quad in alike]
        longest = sorted(alike, key=lambda quad: -_length(quad))[:4]
        one = _mean_sure(self.lines(picture, longest, deadline))
        other = _mean_sure(self.lines(picture, [quad[[2, 3, 0, 1]] for quad in longest], deadline))
        upright = one >= other
        degrees = (270 if upright else 90) if quarter else (0 if upright else 180)
        return degrees, 10 * abs(one - other)

    def find(self, picture: Grey) -> list[Quad]:
        """Where lines of print are, from top to bottom."""
        if min(picture.shape) < 8 or int(picture.max()) - int(picture.min()) < 16:
            return []
        longer, shorter = max(picture.shape), min(picture.shape)
        shrink = min(1.0, max(_SEARCHED / longer, _ACROSS / shorter), (_MOST_SEARCHED / picture.size) ** 0.5)
        small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA) if shrink < 1 else picture
        boxes = self._finder(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)).boxes
        if boxes is None:
            return []
        return sorted((np.asarray(quad, np.float64) / shrink for quad in boxes), key=lambda quad: quad[:, 1].mean())

    def lines(self, picture: Grey, quads: Iterable[Quad], deadline: float) -> Iterator[Line]:
        """Each line read by itself. Raises `TimedOut` past the deadline (of `time.monotonic`)."""
        for quad in quads:
            if time.monotonic() > deadline:
                raise TimedOut
            yield self._line(_straight(picture, quad))

    def _line(self, strip: Grey) -> Line:
        if strip.shape[1] <= _WIDEST:
            return self._read(strip)
        middle = _white_near(strip, strip.shape[1] // 2)
        share = middle / strip.shape[1]
        left, right = self._line(strip[:, :middle]).letters, self._line(strip[:, middle:]).letters
        return Line((*(_moved(one, 0, share) for one in left), *(_moved(one, share, 1 - share) for one in right)))

    def _read(self, strip: Grey) -> Line:
        width = strip.shape[1]
        padded = max(_NARROWEST, -(-width // _STEP) * _STEP)
        filled = np.zeros((1, 1, _TALL, padded), np.float32)
        filled[..., :width] = strip.astype(np.float32) / 127.5 - 1
        likely = self._reader.run(None, {"x": filled})[0][0]
        best = likely.argmax(axis=1)
        runs = np.flatnonzero(np.diff(best, prepend=-1))
        ends = np.append(runs[1:], len(best))
        letters: list[tuple[str, float, float, bool]] = []
        space = True
        for start, end in zip(runs.tolist(), ends.tolist(), strict=True):
            letter = int(best[start])
            if letter == 0:  # the model's blank: between letters
                continue
            if self._letters[letter] == " ":
                space = True
                continue
            peak = start + int(likely[start:end, letter].argmax())
            x = min(1.0, (peak + 0.5) * padded / len(best) / width)
            letters.append((self._letters[letter], x, float(likely[peak, letter]), space))
            space = False
        return Line(_placed(strip, letters))

    @cached_property
    def _finder(self) -> Any:
        import rapidocr

        package: Any = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Det.limit_side_len": 32,  # pixels to which it would enlarge the shorter side: the size is settled here
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        return package._load_det_model()

    @cached_property
    def _reader(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep what the longest line took
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(_MODEL, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _letters(self) -> str:
        """What each of the model's answers means; the first one is none, between letters."""
        return "\0" + str(self._reader.get_modelmeta().custom_metadata_map["letters"])


def words_of(line: Line) -> Iterator[tuple[str, float, float, float]]:
    """The words of a line: text, start and end along it (0..1), confidence. White as wide as that of the spaces seen
    on the line is a space that was swallowed."""
    known = [letter.white for letter in line.letters[1:] if letter.spaced]
    least = max(0.75 * (float(np.median(known)) if known else _SPACE), _LEAST_SPACE)
    starts = [
        n
        for n, letter in enumerate(line.letters)
        if n == 0 or letter.spaced or (letter.white >= least and not _one_number(line.letters[n - 1].text, letter.text))
    ]
    for start, end in pairwise([*starts, len(line.letters)]):
        word = line.letters[start:end]
        text = "".join(letter.text for letter in word)
        yield text, word[0].left, word[-1].right, min(letter.sure for letter in word)


def _one_number(before: str, after: str) -> bool:
    """Whether two signs may be of one number, where figures stand as far apart as words: a 1 has white around it."""
    return (before.isdigit() and after in "0123456789.,-/:%") or (before in ".-/:$#" and after.isdigit())


def _placed(strip: Grey, seen: list[tuple[str, float, float, bool]]) -> tuple[Letter, ...]:
    """Letters (text, middle, how sure, spaced) with the print that is theirs."""
    inked = (strip[4:-4] < _INK).sum(axis=0) >= 2
    size, height = len(inked), strip.shape[0]
    centres = [0.0, *(x for _, x, _, _ in seen), 1.0]
    gaps = [_widest_white(inked, before, after) for before, after in pairwise(centres)]
    return tuple(
        Letter(text, x, gaps[n][1] / size, gaps[n + 1][0] / size, sure, space, (gaps[n][1] - gaps[n][0]) / height)
        for n, (text, x, sure, space) in enumerate(seen)
    )


def _widest_white(inked: npt.NDArray[np.bool_], start: float, end: float) -> tuple[int, int]:
    """Where the widest white between two places of a line (0..1) starts and ends, in pixels."""
    first, last = int(start * len(inked)), min(len(inked), int(end * len(inked)) + 1)
    edges = np.flatnonzero(np.diff(np.concatenate(([True], inked[first:last], [True]))))
    if not len(edges):
        middle = (first + last) // 2
        return middle, middle
    runs = edges.reshape(-1, 2)
    widest = int((runs[:, 1] - runs[:, 0]).argmax())
    return first + int(runs[widest, 0]), first + int(runs[widest, 1])


def _moved(letter: Letter, start: float, share: float) -> Letter:
    """A letter of a part of a line, as a letter of the whole line."""
    x, left, right = (start + share * place for place in (letter.x, letter.left, letter.right))
    return replace(letter, x=x, left=left, right=right)


def _straight(picture: Grey, quad: Quad) -> Grey:
    """A line cut out of the picture, level, as high as the model wants it."""
    length, height = _length(quad), float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    width = max(8, round(length * _TALL / max(1.0, height)))
    left, top = np.floor(quad.min(axis=0)).astype(int) - 2
    right, bottom = np.ceil(quad.max(axis=0)).astype(int) + 3
    left, top = max(0, left), max(0, top)
    cut = picture[top:bottom, left:right]
    if cut.size == 0:
        return np.full((_TALL, width), 255, np.uint8)
    scale = _TALL / max(1.0, height)
    if scale < 0.7:  # made smaller first, so that thin strokes are averaged and not lost
        cut = cast(Grey, cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
        corners = (quad - [left, top]) * scale
    else:
        corners = quad - [left, top]
    to = np.array([[0, 0], [width, 0], [width, _TALL]], np.float32)
    forward = cv2.getAffineTransform(corners[:3].astype(np.float32), to)
    return cast(Grey, cv2.warpAffine(cut, forward, (width, _TALL), flags=cv2.INTER_LINEAR, borderValue=255))


def _white_near(strip: Grey, x: int) -> int:
    """The whitest column near `x`: where a line can be cut without cutting a letter."""
    near = strip[:, x - 200 : x + 200].astype(np.int64).sum(axis=0)
    wide = np.convolve(near, np.ones(15), "same")
    return x - 200 + int(wide.argmax())


def _length(quad: Quad) -> float:
    return float(np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2


def _upright(quad: Quad) -> bool:
    """Whether the line stands on end."""
    return float(np.linalg.norm(quad[3] - quad[0])) > 1.5 * _length(quad)


def _turned_back(quad: Quad, height: int) -> Quad:
    """Where the corners lie once the picture is turned counter-clockwise into one of `height`."""
    turned = np.stack([quad[:, 1], height - quad[:, 0]], axis=1)
    return turned[[1, 2, 3, 0]]


def _mean_sure(lines: Iterable[Line]) -> float:
    scores = [float(np.mean([letter.sure for letter in line.letters])) if line.letters else 0.0 for line in lines]
    return float(np.mean(scores)) if scores else 0.0


def _rectangle(quad: Quad, start: float, end: float) -> tuple[float, float, float, float]:
    """The upright rectangle around a part of a line."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    corners = np.array([quad[0] + start * top, quad[0] + end * top, quad[3] + start * bottom, quad[3] + end * bottom])
    (left, over), (right, under) = corners.min(axis=0), corners.max(axis=0)
    return float(left), float(over), float(right), float(under)
