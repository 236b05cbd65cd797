"""Each page of a file, read the cheapest way that can be trusted."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from docscan import pdfium
from docscan.document import Box, Document, Mark, Page, Problem, Region, SourceFile, Word
from docscan.errors import DocscanError, UnknownName
from docscan.reading import geometry, memory
from docscan.reading.geometry import Seen, Way
from docscan.reading.layout import cells, lines, spacing
from docscan.reading.marks import looking
from docscan.reading.pdf import lost
from docscan.reading.pictures import colours, grain, rendering, repair
from docscan.reading.recognition import engines, ocr, quality
from docscan.settings import settings

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_PDF = "application/pdf"


def read(file: SourceFile, data: bytes) -> Document:
    numbers = range(1, file.page_count + 1)
    if file.media_type != _PDF:
        return Document(file, tuple(_left(_picture_page(file, data, number)) for number in numbers))
    with pdfium.opened(data) as pdf:
        pdf.init_forms()
        pages = tuple(lost.told(pdf, data, _left(_pdf_page(pdf, number))) for number in numbers)
        return Document(file, pages, _metadata(pdf))


def _left(page: Page) -> Page:
    """The page, and no memory held for the pictures that it was read from."""
    if page.source != "text_layer":
        memory.give_back()
    return page


def picture(file: SourceFile, data: bytes, number: int, *, max_side: int) -> bytes:
    if not 1 <= number <= file.page_count:
        raise UnknownName(f"There is no page {number}.", f"The document has {file.page_count} page(s), counted from 1.")
    if file.media_type != _PDF:
        return rendering.png(rendering.of_file(file, data, number), max_side)
    with pdfium.opened(data) as pdf:
        page = _flattened(pdf, number, pdf[number - 1])
        scale = min(rendering.DPI / 72, max_side / max(1.0, *page.get_size()))
        return rendering.png(rendering.of_pdf(page, scale=scale, colour=True), max_side)


def versions(document: Document) -> dict[str, str]:
    found = {}
    if document.file.media_type == _PDF:
        found["pypdfium2"] = version("pypdfium2")
    for name in sorted({name for page in document.pages for name in (page.engine or "").split("+") if name}):
        found[name] = engines.ENGINES[name]().version()
    return found


def _picture_page(file: SourceFile, data: bytes, number: int) -> Page:
    width = height = 0
    try:
        image = rendering.of_file(file, data, number)
        width, height = image.size
        return _read_picture(number, width, height, repair.sheet_of(colours.grey(image), image.info.get("dpi")))
    except DocscanError:
        raise
    except Exception as error:
        return _failed(number, width, height, error)


def _pdf_page(pdf: PdfDocument, number: int) -> Page:
    from docscan.reading.pdf import marks as pdf_marks
    from docscan.reading.pdf import mixed, trust, unpainted
    from docscan.reading.pdf import rulings as pdf_rulings
    from docscan.reading.pdf.text_layer import text_layer

    width = height = 0.0
    try:
        page = pdf[number - 1]
        fields, notes = pdf_marks.fields(pdf, page), unpainted.notes(page)
        page = _flattened(pdf, number, page)
        width, height = page.get_size()
        layer = text_layer(page)
        believed = trust.trusted(page, layer, engines.chosen, settings().page_timeout)
        more = unpainted.words(notes, fields, believed.words, (width, height), layer.turned)
        believed = replace(believed, words=(*believed.words, *more))
        if not believed.words:
            found = _read_picture(
                number, width, height, repair.sheet_of(colours.grey(rendering.of_pdf(page, colour=True)))
            )
            found = replace(found, marks=pdf_marks.together(fields, found.marks))
            return replace(found, problem=trust.with_ignored(found.problem, number)) if believed.refused else found
        own = tuple(word.seen for word in believed.words)
        both = mixed.Mixed(own, mixed.frame(width, height, layer.turned), layer.turned, believed.agreement)
        engine = problem = None
        seen = pdf_marks.look(page, layer.objects, both, fields)
        if believed.unread or trust.print_on(seen, believed.words):
            rest = repair.sheet_of(trust.blanked(colours.grey(rendering.of_pdf(page, colour=True)), believed.words))
            engine = engines.chosen()
            result = _recognised(grain.smoothed(rest), engine)
            both = mixed.joined(believed.words, layer.turned, layer.pictures, result, (width, height))
            if both.quality is not None:
                letter = quality.letter_uploaded(result.height, result.sheet.to_page, result.sheet.grey, rest.grey)
                problem = quality.doubted(number, both.quality, rest.grey, result.sheet.grey, letter)
            seen = pdf_marks.look(page, layer.objects, both, fields)
        arranged = _arranged(both.words, pdf_rulings.ruled(layer.objects, both.words, both.to_page))
        marked = pdf_marks.drawn(seen, both, fields, arranged)
        problem = problem or quality.by_hand(number, marked)
        words, regions = _placed(arranged, both.to_page)
        added = engine is not None and len(both.words) > len(own)
        return Page(
            number,
            width,
            height,
            words,
            marked,
            regions,
            "mixed" if added else "text_layer",
            "+".join(result.engines) if engine and added else None,
            both.turned,
            None if both.quality is None else round(both.quality, 4),
            trust.with_ignored(problem, number) if believed.refused else problem,
        )
    except DocscanError:
        raise
    except Exception as error:
        return _failed(number, width, height, error)


def _flattened(pdf: PdfDocument, number: int, page: PdfPage) -> PdfPage:
    """The page with annotations and filled form fields made part of it."""
    from pypdfium2 import raw

    if raw.FPDFPage_GetAnnotCount(page) and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        page = pdf[number - 1]
    return page


def _read_picture(number: int, width: float, height: float, uploaded: repair.Sheet) -> Page:
    if quality.blank(uploaded.grey):
        return Page(number, width, height, source="ocr", problem=quality.unread(number, 0))
    engine = engines.chosen()
    read = [_read_sheet(sheet, engine) for sheet in repair.sheets(grain.smoothed(uploaded))]
    results = [sheet.result for sheet in read]
    words, regions = _side_by_side(read)
    most = max(results, key=lambda result: result.print.count)
    legible = quality.together((result.judged, result.print.count) for result in results)
    if words:
        letter = quality.letter_uploaded(most.height, most.sheet.to_page, most.sheet.grey, uploaded.grey)
        problem = quality.doubted(number, legible, uploaded.grey, most.sheet.grey, letter)
        problem = problem or quality.cut_off(number, words)
    else:
        problem = quality.unread(number, sum(len(result.judged.unread) for result in results))
    seen = tuple(mark for sheet in read for mark in sheet.marks)
    return Page(
        number,
        width,
        height,
        words,
        seen,
        regions,
        "ocr",
        "+".join(dict.fromkeys(name for result in results for name in result.engines)),
        most.sheet.turned,
        round(legible, 4) if words else None,
        problem or quality.by_hand(number, seen),
        _stretch(most.sheet if most.sheet.two_tone else uploaded, width, height),
    )


_SQUARE = 1.2  # dots that differ by less are taken for square: a page that was skewed or is bent


def _stretch(sheet: repair.Sheet, width: float, height: float) -> float:
    """How many times as tall a page must be drawn for its dots to be square, by the way back from its picture.

    Of a fax, which need not tell its resolution, that is the repaired picture; of any other the picture as it came, as
    the print of a photo taken aslant is squat, but not its dots.
    """
    across, down = (math.hypot(x * width, y * height) for x, y in geometry.steps(sheet.to_page, sheet.grey.shape))
    found = down / across if sheet.turned % 180 == 90 else across / down
    return round(found, 2) if not 1 / _SQUARE < found < _SQUARE else 1.0


@dataclass(frozen=True)
class _ReadSheet:
    """One sheet of paper in a picture. Lines are counted from 0 on each."""

    result: ocr.Result
    words: tuple[Word, ...]
    regions: tuple[Region, ...]
    marks: tuple[Mark, ...]


def _read_sheet(sheet: repair.Sheet, engine: engines.Engine) -> _ReadSheet:
    result = _recognised(sheet, engine)
    ruled = cells.ruled(result.rulings, result.height, result.drawn) if result.rulings else []
    boxes = [found.rect for found in ruled if found.kind == "cell"]
    looked = looking.look(result.sheet.grey, result.drawn, result.sheet.to_page, result.words)
    words, regions = _placed(_arranged(looked.words, boxes), result.sheet.to_page)
    seen = (
        *(Mark(mark.kind, geometry.box(result.sheet.to_page, *mark.rect)) for mark in ruled),
        *looked.marks,
    )
    return _ReadSheet(result, words, regions, seen)


def _side_by_side(read: Sequence[_ReadSheet]) -> tuple[tuple[Word, ...], tuple[Region, ...]]:
    """Words and regions of all sheets, one sheet after the other; a region for each where there are several."""
    words: list[Word] = []
    regions: list[Region] = []
    for sheet in read:
        if not sheet.words:
            continue
        first = words[-1].line + 1 if words else 0
        words += [replace(word, line=word.line + first) for word in sheet.words]
        if len(read) > 1:
            around = Box.around(word.box for word in sheet.words)
            regions.append(Region("sheet", around, first, words[-1].line))
        regions += [
            replace(region, first_line=region.first_line + first, last_line=region.last_line + first)
            for region in sheet.regions
        ]
    return tuple(words), tuple(regions)


def _recognised(sheet: repair.Sheet, engine: engines.Engine) -> ocr.Result:
    second = engines.second() if settings().effort and engine.name != engines.second().name else None
    deadline = time.monotonic() + settings().page_timeout
    return ocr.recognise(sheet, engine, second, ocr.EFFORTS[settings().effort], deadline)


def _arranged(words: tuple[Seen, ...], ruled: Sequence[geometry.Rect]) -> lines.Arranged:
    return lines.arrange(spacing.mended(words), ruled)


def _placed(arranged: lines.Arranged, to_page: Way) -> tuple[tuple[Word, ...], tuple[Region, ...]]:
    sides = [(seen.left, seen.top, seen.right, seen.bottom) for seen, _ in arranged.words]
    placed = tuple(
        Word(seen.text, box, line, None if seen.confidence is None else round(seen.confidence, 4))
        for (seen, line), box in zip(arranged.words, geometry.boxes(to_page, sides), strict=True)
    )
    regions = []
    for part in arranged.parts:
        inside = [w.box for w in placed if part.first_line <= w.line <= part.last_line]
        regions.append(Region(part.kind, Box.around(inside), part.first_line, part.last_line))
    return placed, tuple(regions)


def _failed(number: int, width: float, height: float, error: Exception) -> Page:
    if isinstance(error, engines.TimedOut):
        message = "The page took too long to read and was given up."
        remedy = "Upload a plain scan of this page at 300 dpi, or allow more time (DOCSCAN_PAGE_TIMEOUT)."
    else:
        message = f"The page could not be read: its part of the file is damaged ({type(error).__name__})."
        remedy = "Upload a new scan or photo of this page."
    return Page(number, width, height, source="ocr", problem=Problem("page_failed", number, message, remedy))


_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")  # ISO 32000-1, 7.9.4


def _metadata(pdf: PdfDocument) -> Mapping[str, str]:
    """What made the file and when: facts about programs and times, never a title, an author or a name."""
    found = {}
    for key, name in (("Producer", "producer"), ("Creator", "creator")):
        if value := pdf.get_metadata_value(key).strip():
            found[name] = value[:100]
    for key, name in (("CreationDate", "creation_date"), ("ModDate", "modification_date")):
        if match := _PDF_DATE.match(pdf.get_metadata_value(key)):
            year, month, day, *clock = match.groups()
            found[name] = f"{year}-{month}-{day}" + ("T" + ":".join(c or "00" for c in clock) if clock[0] else "")
    return found
