"""Is the text that a PDF page carries to be believed, and is it all that a person sees on the page?

What the page paints, and in which order, tells most of it: a word is seen that is painted in another tone than what
lies under it, with nothing over it. Only where that does not tell (clipping, transparency, pictures, drawings that may
be letters) a small picture is made, of that part of the page: a word that a person sees has ink where it stands, and
print that no word covers has yet to be read. A layer that nobody sees (over a scan, or under it) is somebody else's
OCR: it is believed where a sample read by our own engine says the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from docscan.document import Box, Problem
from docscan.reading.geometry import Grey
from docscan.reading.pdf import combs, objects
from docscan.reading.pdf.marks import Look
from docscan.reading.pdf.objects import PATH, PICTURE, SHADING, Flags, Objects, Points
from docscan.reading.pdf.text_layer import Placed, TextLayer, Written
from docscan.reading.pictures import rendering, repair
from docscan.reading.recognition.engines import Engine

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_DPI = 110  # of the small picture: ten-point letters are seven pixels tall
_APART = 0.3  # of white, between a word and its ground: nobody need look whether it can be seen
_UNDER = 0.9  # share of a word's box that one ground must fill
_OVER = 0.05  # share of a word's box under something painted later, below which it does no harm
_MOST_FILLS = 1000  # painted areas; of more a picture is cheaper
_RECTANGLE = 5  # segments of a path that can be nothing else
_LEAST_SIZE = 2.0  # points: smaller print cannot be read by a person
_CONTRAST = 24  # of 255, between the lightest and the darkest spot of a word's box
_LIGHT = 0.75  # of white: text as light as this needs a darker ground
_DARK = 150  # of 255: print that is worth reading
_UNMAPPED = 0.3  # share of the seen words without meaning, above which none of them is believed
_PLAUSIBLE = 0.7  # share of the words that look like words, numbers or codes; clean pages lie above .93
_UNREAD_LETTERS = 25  # components of a letter's size on no word; fewer may be a logo, a signature or bullets
_ON_INK = 0.7  # share of a hidden layer's words that stand on ink; fewer belong to another page
_AGREEMENT = 0.9  # share of a sample's words that a hidden layer has alike
_NOT_BY_CHANCE = 0.6  # the same for words that a person sees: our own reading of odd print may be the worse one
_TELLING = 6  # words with letters; of fewer a font's names cannot be judged
_SAMPLE_WORDS = 12  # fewer decide nothing
_SURE = 0.6  # confidence from which a sample's word speaks
_LINE = 190  # of 255: a thin line on a small picture is grey


@dataclass(frozen=True)
class Trust:
    """`words`: those believed and seen by a person. `refused`: much of the layer was not believed.

    `unread`: the page shows text that no believed word covers. `agreement`: with our own reading of a sample, where
    one was needed.
    """

    words: tuple[Written, ...]
    refused: bool
    unread: bool
    agreement: float | None = None


def trusted(page: PdfPage, layer: TextLayer, engine: Callable[[], Engine], timeout: float) -> Trust:
    """Judge a page's layer; `engine` gives the one that reads a sample, where that is needed."""
    if not layer.words:
        return Trust((), False, True)
    view = _View(page)
    # What leaves no trace of its own is not painted, or lies under a picture. A small picture with a mask may let text
    # through; what its ink leaves to see is asked later.
    placed = [picture for picture in layer.pictures if picture.covers and picture.body]
    hidden = [word for word in layer.words if not word.ink.painted or (placed and _covered(word, placed))]
    away = {id(word) for word in hidden}
    shown = [word for word in layer.words if word.size >= _LEAST_SIZE and id(word) not in away]
    shown = _looked_at(shown, layer.objects, view)
    refused = sum(1 for word in shown if word.unmapped) > _UNMAPPED * len(shown)
    known: dict[str, bool] = {}
    # A page of abbreviations, or a font whose letters are named wrongly: the picture tells.
    if not refused and not _plausible(shown, known):
        share = _agreement(page, shown, layer.turned, engine(), timeout)
        refused = share is None or share < _NOT_BY_CHANCE
    wrong = {id(word) for word in shown if word.unmapped} | _of_wrong_fonts(shown, known)
    # A sign without meaning that stands by itself is a bullet; in a word it is a letter that a person reads.
    dropped = refused or (bool(wrong) and any(id(word) in wrong and len(word.seen.text) > 1 for word in shown))
    if refused:
        shown = []
    shown = _once([word for word in shown if id(word) not in wrong] if wrong else shown)
    agreement = None
    if hidden:
        preview = view.whole()
        on_ink = [word for word in hidden if _inked(word.box, preview)]
        good = (
            len(on_ink) >= _ON_INK * len(hidden) and _plausible(on_ink, known) and not any(w.unmapped for w in on_ink)
        )
        if good and not refused and not _unread(preview, [*shown, *on_ink]):
            agreement = _agreement(page, on_ink, layer.turned, engine(), timeout)
            good = agreement is not None and agreement >= _AGREEMENT
        else:
            good = False
        if good:
            shown = _once([*shown, *on_ink])
        else:
            agreement = None
            refused = refused or len(on_ink) > 0.02 * len(layer.words)
    if layer.turned == 0:
        shown = combs.joined(shown, lambda box: _lined(box, layer.objects, view))
    unread = dropped or (len(hidden) > 0 and _unread(view.whole(), shown))
    return Trust(tuple(shown), refused, unread, agreement)


def print_on(seen: Look, words: Sequence[Written]) -> bool:
    """Whether what is drawn on a page holds much print that is none of these words."""
    if not seen.parts:
        return False
    boxes = np.array([word.box for word in words])
    for part in seen.parts:
        tall, wide = part.grey.shape
        left = part.grey.copy()
        spots = objects.mapped(part.to_picture, boxes)
        spots = spots[(spots[:, 2:] > 0).all(axis=1) & (spots[:, 0] < wide) & (spots[:, 1] < tall)]
        for x0, y0, x1, y1 in spots.tolist():
            slack = max(1.0, 0.08 * min(y1 - y0, x1 - x0))
            rows = slice(max(0, int(y0 - slack)), math.ceil(y1 + slack))
            left[rows, max(0, int(x0 - slack)) : math.ceil(x1 + slack)] = 255
        if _letters_on(left, seen.tall) >= _UNREAD_LETTERS:
            return True
    return False


def ignored(number: int) -> Problem:
    """What a person should know of a page whose own text was not believed."""
    return Problem(
        "text_layer_ignored",
        number,
        "The text that the file carries for this page does not match what it shows; the picture was read instead.",
        "Nothing is needed if the words are right. Otherwise upload the original file or a new scan of the page.",
    )


def with_ignored(problem: Problem | None, number: int) -> Problem:
    """The problem of a page whose own text was not believed, where it may have another one: a page tells one problem,
    so the graver one, which is the other, names both."""
    own = ignored(number)
    if problem is None or problem.category == own.category:
        return own
    return replace(problem, message=f"{problem.message} {own.message}")


def _covered(word: Written, placed: Sequence[Placed]) -> bool:
    """Whether the word lies under a picture that was painted later."""
    if word.ink.order is None:
        return False
    x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    return any(
        picture.order > word.ink.order
        and picture.box.left <= x <= picture.box.right
        and picture.box.top <= y <= picture.box.bottom
        for picture in placed
    )


# --- what can be seen -------------------------------------------------------------------------------------------


class _View:
    """A small picture of the page, made where somebody looks at it: paper elsewhere."""

    def __init__(self, page: PdfPage) -> None:
        self._page = page
        wide, tall = page.get_size()
        self._size = max(1, math.ceil(wide * _DPI / 72)), max(1, math.ceil(tall * _DPI / 72))
        self._whole: Grey | None = None

    def whole(self) -> Grey:
        """The whole page."""
        if self._whole is None:
            self._whole = rendering.grey(rendering.of_pdf(self._page, scale=_DPI / 72))
        return self._whole

    def of(self, boxes: Points) -> Grey:
        """At least what lies around these boxes; paper where nobody asked."""
        wide, tall = self._size
        low = np.floor(boxes[:, :2].min(axis=0).clip(0, 1) * (wide, tall)).astype(int) - 2
        high = np.ceil(boxes[:, 2:].max(axis=0).clip(0, 1) * (wide, tall)).astype(int) + 2
        (left, top), (right, bottom) = low.clip(0).tolist(), np.minimum(high, (wide, tall)).tolist()
        if self._whole is not None or (right - left) * (bottom - top) > 0.6 * wide * tall:
            return self.whole()
        seen = np.full((tall, wide), 255, np.uint8)
        if right > left and bottom > top:
            seen[top:bottom, left:right] = rendering.part_of_pdf(
                self._page, _DPI / 72, (left, top, right, bottom), (wide, tall)
            )
        return seen


def _looked_at(words: Sequence[Written], told: Objects, view: _View) -> list[Written]:
    """Those that a person sees; a picture is made only of those for which what is painted does not tell."""
    if not words:
        return []
    sure = _surely_seen(words, told)
    if sure.all():
        return list(words)
    rest = np.array([word.box for word, known in zip(words, sure.tolist(), strict=True) if not known])
    preview = view.of(rest)
    return [word for word, known in zip(words, sure.tolist(), strict=True) if known or _seen(word, preview)]


def _surely_seen(words: Sequence[Written], told: Objects) -> Flags:
    """For each word whether it stands, uncovered, on a ground of another tone."""
    lights = np.array([np.nan if word.ink.light is None else word.ink.light for word in words])
    orders = np.array([-1 if word.ink.order is None else word.ink.order for word in words])
    sure: Flags = np.array([word.ink.plain for word in words], bool) & (orders >= 0)
    grounds = np.ones(len(words))
    laid = (told.filled & (told.kinds == PATH)) | (told.kinds == PICTURE) | (told.kinds == SHADING)
    places = np.flatnonzero(laid)
    if len(places) > _MOST_FILLS:
        return np.zeros(len(words), bool)
    if len(places):
        boxes = np.array([word.box for word in words])
        areas = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 1e-12)
        laid_out = told.boxes[places][:, None]
        across = np.minimum(boxes[:, 2], laid_out[:, :, 2]) - np.maximum(boxes[:, 0], laid_out[:, :, 0])
        down = np.minimum(boxes[:, 3], laid_out[:, :, 3]) - np.maximum(boxes[:, 1], laid_out[:, :, 1])
        shares = across.clip(0) * down.clip(0) / areas
        over = shares > _OVER
        for n in np.flatnonzero(over.any(axis=1)).tolist():
            at, share, touched = places[n], shares[n], over[n]
            sure &= ~(touched & (orders < told.orders[at]))
            even = told.solid[at] and told.segments[at] <= _RECTANGLE and told.kinds[at] == PATH
            whole = touched & (share >= _UNDER) if even else np.zeros(len(words), bool)
            grounds[whole] = told.lights[at]
            # What does not fill the word's box, or is no plain tone, may hide it just where its letters are.
            grounds[touched & ~whole] = np.nan
    with np.errstate(invalid="ignore"):
        sure &= np.abs(lights - grounds) >= _APART  # false where either is unknown
    return sure


def _lined(box: Box, told: Objects, view: _View) -> bool:
    """Whether an upright line runs through this box from top to bottom."""
    meet = (told.boxes[:, :2] < box[2:]).all(axis=1) & (told.boxes[:, 2:] > box[:2]).all(axis=1)
    if not meet.any():
        return False
    inside = _cut(view.of(np.array([box])), box)
    return inside.size > 0 and bool((inside < _LINE).all(axis=0).any())


def _seen(word: Written, preview: Grey) -> bool:
    inside = _cut(preview, word.box)
    if inside.size == 0 or int(inside.max()) - int(inside.min()) < _CONTRAST:
        return False
    if len(word.seen.text) > 2 and word.box.width > word.box.height:  # what is cut off at its first letter says nothing
        parts = [part for part in np.array_split(inside, 3, axis=1) if part.size]
        if sum(int(part.max()) - int(part.min()) >= _CONTRAST for part in parts) < min(2, len(parts)):
            return False
    # White on white, with other print close by: the ground of light text must be darker than the text.
    light = word.ink.light
    return light is None or light < _LIGHT or float(np.percentile(inside, 40)) < 255 * light - _CONTRAST


def _inked(box: Box, preview: Grey) -> bool:
    inside = _cut(preview, box)
    return inside.size > 0 and int(inside.max()) - int(inside.min()) >= 3 * _CONTRAST


def _cut(picture: Grey, box: Box) -> Grey:
    height, width = picture.shape
    return picture[
        int(box.top * height) : math.ceil(box.bottom * height),
        int(box.left * width) : math.ceil(box.right * width),
    ]


# --- does it read like text? -------------------------------------------------------------------------------------

_EDGES = "()[]{}<>\"'“”‘’.,;:!?*•·-–—_/|#&%$€£+=~™®©°§†‡…"
_NUMBER = re.compile(r"[A-Za-z]{0,2}[-#]?[\d(][\d.,:/()\-–+%xX$]*(st|nd|rd|th|min|[a-zA-Z]{1,2}|[A-Z]{3})?", re.ASCII)
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]", re.IGNORECASE)
_CROWD = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?://|www\.)\S+|[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_USUAL = re.compile(r"(?!.*[b-df-hj-np-tv-xz]{6})[(\"'“]?[A-Z]?[a-z]*[aeiouy][a-z]+[)\"'”]?[.,;:]?")  # most words are
_SHAPE = re.compile(r"\w\.?(\w\.)+\w?|[^\W\d_]+(['’][^\W\d_]+)*", re.UNICODE)
_CASE = re.compile(r"[^\W\d_]*[a-zß-ÿ][A-ZÀ-Þ][a-zß-ÿ]*[A-ZÀ-Þ]", re.UNICODE)  # iPhone and McDonald pass, "aBcD" not


def _plausible(words: Sequence[Written], known: dict[str, bool]) -> bool:
    """Whether most words look like words, names, numbers, codes or abbreviations. Too few words decide nothing.

    `known`: what was found of texts before; it grows."""
    texts = [word.seen.text for word in words]
    if len(texts) < _TELLING + 2:
        return True
    told = [text for text in texts if text.isalnum() or any(map(str.isalnum, text))]
    strange = len(texts) - len(told)
    least = _PLAUSIBLE * (len(told) + max(0, strange - 0.2 * len(texts)))
    good = 0
    for text in told:
        if text not in known:
            known[text] = _wordlike(text)
        good += known[text]
        if good >= least:
            return True
    return good >= least


def _of_wrong_fonts(words: Sequence[Written], known: dict[str, bool]) -> set[int]:
    """The words (their `id`) of fonts whose letters are named wrongly, as of a page on which others are not."""
    by_font: dict[int, list[Written]] = {}
    for word in words:
        by_font.setdefault(word.ink.font, []).append(word)
    if len(by_font) < 2:
        return set()
    return {
        id(word)
        for own in by_font.values()
        if not _plausible(own, known) and sum(any(c.isalpha() for c in word.seen.text) for word in own) >= _TELLING
        for word in own
    }


def _wordlike(text: str) -> bool:
    if _USUAL.fullmatch(text):
        return True
    core = text.strip(_EDGES)
    if len(core) == 1:
        return core != text or core in ("a", "x") or not core.islower()  # an x is a tick
    if _ADDRESS.fullmatch(core):
        return True
    return all(_partlike(part.strip(_EDGES)) for part in re.split(r"[-–—/&@+,:]+", core))


def _partlike(part: str) -> bool:
    """What stands between hyphens and slashes."""
    if not part or _NUMBER.fullmatch(part):
        return True
    if any(c.isdigit() for c in part):
        return re.fullmatch(r"[A-Z0-9.]+|[a-z]+\d+|\d+[a-z]+", part) is not None
    if "." in part or "_" in part:  # an abbreviation, an address on the net, a form's blank
        return True
    if not _SHAPE.fullmatch(part) or _CASE.fullmatch(part) or _CROWD.search(part):
        return False
    needs_vowel = (len(part) > 3 and part.isascii()) or (len(part) > 1 and part.islower())
    return not needs_vowel or _VOWEL.search(part) is not None


# --- is it all? --------------------------------------------------------------------------------------------------


def _once(words: Iterable[Written]) -> list[Written]:
    """The same word printed twice on one spot, as fake bold does, counts once."""
    kept: list[Written] = []
    by_text: dict[str, list[Written]] = {}
    for word in words:
        twins = by_text.get(word.seen.text)
        if twins is None:
            by_text[word.seen.text] = [word]
        elif any(_same_spot(word.box, twin.box) for twin in twins):
            continue
        else:
            twins.append(word)
        kept.append(word)
    return kept


def _same_spot(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0.6 * min(one.width, other.width) and down > 0.6 * min(one.height, other.height)


def blanked(picture: Grey, words: Sequence[Written], ground: int | None = None) -> Grey:
    """The picture without these words: `ground`, or else what is around them, is put where they stand."""
    height, width = picture.shape
    left = picture.copy()
    for word in words:
        box = word.box
        slack = max(1, round(0.08 * min(box.height * height, box.width * width)))
        top, bottom = max(0, int(box.top * height) - slack), math.ceil(box.bottom * height) + slack
        start, end = max(0, int(box.left * width) - slack), math.ceil(box.right * width) + slack
        spot = left[top:bottom, start:end]
        if spot.size:
            spot[:] = np.median(np.concatenate([spot[0], spot[-1]])) if ground is None else ground
    return left


def _unread(preview: Grey, words: Sequence[Written]) -> bool:
    """Whether much print lies outside the words."""
    return _letters_on(blanked(preview, words, 255), len(preview)) >= _UNREAD_LETTERS


def _letters_on(picture: Grey, tall: float) -> int:
    """How many components of a picture look like letters. `tall`: pixels of the whole page's height."""
    dark = picture < _DARK
    rows = np.flatnonzero(dark.any(axis=1))
    if not len(rows) or int(np.count_nonzero(dark)) < 6 * _UNREAD_LETTERS:
        return 0
    columns = np.flatnonzero(dark.any(axis=0))
    inked = picture[max(0, rows[0] - 2) : rows[-1] + 3, max(0, columns[0] - 2) : columns[-1] + 3]
    found = repair.print_on(inked).boxes
    high, wide = found[:, 3], found[:, 2]
    return len(_in_rows(found[(high >= 4) & (high <= 0.04 * tall) & (wide <= 3 * high)]))


def _in_rows(letters: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Those with another of their height close by: letters come in company, specks and bullets do not."""
    if len(letters) < 2:
        return letters[:0]
    x, y = letters[:, 0] + letters[:, 2] / 2, letters[:, 1] + letters[:, 3] / 2
    tall = letters[:, 3]
    near = np.zeros(len(letters), dtype=int)
    for start in range(0, len(letters), 256):  # in pieces: a page has thousands
        part = slice(start, start + 256)
        across, down = np.abs(x[part, None] - x), np.abs(y[part, None] - y)
        ratio = tall[part, None] / tall
        close = (across < 2.5 * tall[part, None]) & (down < 0.6 * tall[part, None]) & (ratio > 0.5) & (ratio < 2)
        near[part] = close.sum(axis=1) - 1
    return letters[near >= 1]


# --- what our own engine makes of it -----------------------------------------------------------------------------


def _agreement(page: PdfPage, words: Sequence[Written], turned: int, engine: Engine, timeout: float) -> float | None:
    """The share of the words of a sample, read by the engine, that the layer has alike; None where it read too few."""
    picture = np.rot90(rendering.grey(rendering.of_pdf(page)), -turned // 90)
    height, width = picture.shape
    frame = [(word, word.box.turned(turned)) for word in words]
    band = 0.16
    tops = sorted(box.top for _, box in frame)
    starts = np.linspace(0, 1 - band, 12)
    held = np.searchsorted(tops, starts + band) - np.searchsorted(tops, starts)
    # The fullest band, and the fullest of those that do not touch it: one may be a table, the other prose.
    first = float(starts[int(held.argmax())])
    rest = np.where(np.abs(starts - first) >= band, held, -1)
    bands = [first] + ([float(starts[int(rest.argmax())])] if int(rest.max()) > 5 else [])
    alike = told = 0
    for start in bands:
        above, below = int(start * height), int((start + band) * height)
        read = engine.read(np.ascontiguousarray(picture[above:below]), timeout, "block")
        for word in read:
            text = _key(word.text)
            if (word.confidence or 0) < _SURE or len(text) < 2:
                continue
            if word.top < 0.02 * (below - above) or word.bottom > 0.98 * (below - above):
                continue  # cut by the band's edge
            x, y = (word.left + word.right) / 2 / width, ((word.top + word.bottom) / 2 + above) / height
            told += 1
            here = [_key(w.seen.text) for w, box in frame if box.left <= x <= box.right and box.top <= y <= box.bottom]
            alike += any(text in other or (other and other in text) for other in here)
    return alike / told if told >= _SAMPLE_WORDS else None


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
