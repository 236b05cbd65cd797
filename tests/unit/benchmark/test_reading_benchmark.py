"""The benchmark of reading: which pictures, what of them is shown, and what it cost."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas
from rich.console import Console

from docscan import reading
from docscan.document import Box, Document, Page, SourceFile, Word
from docscan.reading.pdf import text_layer
from docscan.reading.recognition import quality
from tests.benchmark.reading import __main__ as command
from tests.benchmark.reading import measuring, receipts, steps, sums, tables
from tests.benchmark.reading.manifest import SPLITS, Picture, chosen, read_manifest
from tests.benchmark.reading.measuring import Beside, Measured, Read
from tests.benchmark.reading.steps import Clock, Spent

ROW: dict[str, Any] = {
    "file": "a.png", "document": "a", "split": "tune", "kind": "letter", "damage": "blur", "group": "scan",
    "strengths": {"blur": 1.0}, "words": ["Dx:", "E11.9"], "key": [{"kind": "code", "text": "E11.9"}],
    "signature": "typed", "check_boxes": [],
}  # fmt: skip


def corpus(folder: Path, *rows: dict[str, Any]) -> Path:
    lines = []
    for row in rows:
        (folder / row.get("file", ROW["file"])).touch()
        lines.append(json.dumps(ROW | row))
    (folder / "manifest.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def picture(document: str = "a", damage: str = "blur", **given: Any) -> Picture:
    values: dict[str, Any] = {"split": "tune", "kind": "letter", "group": "scan", "words": ("Dx", "E11.9"), "keys": (),
                              "signature": None, "check_boxes": (), "strengths": {}} | given  # fmt: skip
    return Picture(Path(f"{document}.png"), document, damage=damage, **values)


def page(*texts: str, quality: float | None = None, confidence: float | None = None) -> Document:
    read = tuple(Word(text, Box(0.1 * n, 0.1, 0.1 * n + 0.09, 0.12), 0, confidence) for n, text in enumerate(texts))
    return Document(SourceFile("", "", 0, 1), (Page(1, 100, 100, read, quality=quality),))


# --- the manifest ------------------------------------------------------------------------------------------------


def test_the_manifest_is_read(tmp_path: Path) -> None:
    [one] = read_manifest(corpus(tmp_path, {}))
    assert (one.words, one.keys[0].text, one.signed) == (("Dx:", "E11.9"), "E11.9", False)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"split": "test"}, "line 1: ValueError: no such split: test"),
        ({"group": "smoke"}, "line 1: ValueError: no such group: smoke"),
        ({"key": [{"text": "x"}]}, "line 1: KeyError: 'kind'"),
    ],
)
def test_a_manifest_that_breaks_the_format_is_refused(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_manifest(corpus(tmp_path, row))


def test_a_document_in_two_splits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="in more than one split: a"):
        read_manifest(corpus(tmp_path, {}, {"split": "report", "file": "b.png"}))


def test_a_sample_takes_turns_among_the_kinds_of_damage() -> None:
    many = [picture(f"d{n}", "blur") for n in range(20)] + [picture(f"d{n}", "fax") for n in range(3)]
    found = chosen(many, split="tune", sample=6, seed=1)
    assert [p.damage for p in found].count("fax") == 3
    assert found == chosen(many, split="tune", sample=6, seed=1)
    assert found != chosen(many, split="tune", sample=6, seed=2)
    assert chosen(many, split="report") == []
    assert {p.document for p in chosen(many, split="tune", documents=2)} == {"d0", "d1"}


# --- what may be shown -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--split", "report", "--mistakes"], "--mistakes is refused"),
        (["--split", "sealed", "--mistakes"], "--mistakes is refused"),
        (["--split", "sealed", "--save-words", "x"], "--save-words is refused"),
    ],
)
def test_what_may_not_be_looked_at_is_refused(
    tmp_path: Path, given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([str(corpus(tmp_path, {})), *given]) == 2
    assert said in capsys.readouterr().err


def test_a_corpus_or_receipts_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 2
    assert "Name a corpus" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["--setting", "DOCSCAN_ENGIN=auto"], ["--curve", "DOCSCAN_ENGINE=tesserocr,pen"]])
def test_a_setting_that_docscan_does_not_have_is_refused(
    tmp_path: Path, given: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.environ", dict(os.environ))
    assert command.main([str(corpus(tmp_path, {})), *given]) == 2
    assert "DOCSCAN_ENGIN" in capsys.readouterr().err


# --- receipts ----------------------------------------------------------------------------------------------------


def test_no_shop_is_in_two_parts() -> None:
    names = ["99 SPEED MART S/B", "99 Speedmart Sdn Bhd", "MR. D.I.Y. (M) SDN BHD", "MR. D.I.Y. (KUCHAI) SDN BHD",
             "MR.D.I.Y(M)SDN BHD", *(f"Shop {n}" for n in range(60))]  # fmt: skip
    parts = defaultdict[str, set[str]](set)
    for name in names:
        parts[receipts.shop_of(name)].add(receipts.split_of(receipts.shop_of(name)))
    assert all(len(where) == 1 for where in parts.values())
    assert set.union(*parts.values()) == set(SPLITS)
    assert receipts.shop_of(names[0]) == receipts.shop_of(names[1])
    assert len({receipts.shop_of(name) for name in names[2:5]}) == 1


def receipt(tmp_path: Path, **row: Any) -> receipts.Receipt:
    (tmp_path / "truth.jsonl").write_text(json.dumps({"image": "r.jpg", "merchant_name": "A"} | row) + "\n")
    [one] = receipts.read_receipts(tmp_path)
    return one


@pytest.mark.parametrize(
    ("lines", "read", "exactly", "within"),
    [
        (["TOTAL: RM57.80"], "TOTAL RM57.80", True, True),
        (["TOTAL: RM 57.80"], "TOTAL RM57.80", True, True),
        (["TOTAL 57.80"], "Total:57.80", False, True),
        (["TOTAL 57.80"], "TOTAL 157.80", False, False),
        (["TOTAL 57.80"], "TOTAL 57.8O", False, False),
        (["TOTAL 157.80", "57.80"], "157.80", False, False),
    ],
)
def test_a_total_stands_among_the_words_as_printed(
    tmp_path: Path, lines: list[str], read: str, exactly: bool, within: bool
) -> None:
    one = receipt(tmp_path, lines=lines, total="57.80", date="")
    assert receipts.stands(one.totals, read.split()) is exactly
    assert receipts.stands_within(one.totals, read.split()) is within


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        ("DATE: 10/03/2018 5:41", {("10/03/2018",)}),
        ("24 MAR 2018 18:23", {("24", "MAR", "2018")}),
        ("OCT 3, 2016", set()),
        ("10/03/2018TIME: 4", {("10/03/2018",), ("10/03/2018TIME",)}),
        ("2018-03-10", {("2018-03-10",)}),
        ("03/10/2018", set()),
    ],
)
def test_dates_are_found_as_printed(tmp_path: Path, line: str, ways: set[tuple[str, ...]]) -> None:
    day = "2018-03-24" if "24" in line else "2018-03-10"
    assert receipt(tmp_path, lines=[line], date=day).dates == ways


@pytest.mark.parametrize(("read", "right"), [("24 Mar 2018", True), ("24 MAR 2018", True), ("24 May 2018", False)])
def test_case_does_not_matter_since_transcripts_are_in_capitals(tmp_path: Path, read: str, right: bool) -> None:
    one = receipt(tmp_path, lines=["24 MAR 2018 18:23"], date="2018-03-24")
    assert receipts.stands(one.dates, read.split()) is right
    assert receipts.stands_within(one.dates, read.split()) is right


def test_a_refund_is_not_a_payment(tmp_path: Path) -> None:
    one = receipt(tmp_path, lines=["TOTAL -1.73"], total="-1.73")
    assert receipts.stands(one.totals, ["-1.73"])
    assert not receipts.stands(one.totals, ["1.73"])


# --- cost --------------------------------------------------------------------------------------------------------


def test_a_steps_time_is_its_own() -> None:
    clock = Clock()

    def busy(seconds: float) -> None:
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    def outer() -> None:
        busy(0.02)
        clock.around("inner", busy, 0.05)

    clock.around("outer", outer)
    assert clock.spent["inner"].seconds == pytest.approx(0.05, abs=0.01)
    assert clock.spent["outer"].seconds == pytest.approx(0.02, abs=0.01)
    assert [spent.calls for spent in clock.spent.values()] == [1, 1]


def test_watching_leaves_everything_as_it_was() -> None:
    before = (quality.judged, text_layer.text_layer, reading.read)
    with steps.watched():
        assert quality.judged is not before[0]
    assert (quality.judged, text_layer.text_layer, reading.read) == before


def test_steps_of_a_digital_page_are_noted() -> None:
    data = BytesIO()
    canvas = Canvas(data)
    canvas.drawString(72, 700, "Diagnosis E11.9 today")
    canvas.save()
    assert [text for text, _ in measuring.bare_pdf_words(data.getvalue())] == ["Diagnosis", "E11.9", "today"]
    with steps.watched() as clock:
        import docscan

        docscan.read(data.getvalue())
    assert clock.spent["pdf.text_layer.text_layer"].calls == 1
    assert steps.group("pdf.text_layer.text_layer") == "pdf"
    assert steps.group("engine tesserocr block, for recognition.ocr._read") == "engine tesserocr"


# --- sums and tables ---------------------------------------------------------------------------------------------


def scored(read: Document | None, seconds: float = 2.0, said: Any = None, **given: Any) -> sums.Scored:
    measured = Measured(
        Read(read, seconds, {"recognition.ocr.x": Spent(2, seconds / 2)}, 2**20), Beside(("Dx",), 1.0, said)
    )
    return sums.scored(picture(**given), measured)


def test_a_file_that_was_not_read_has_nothing_right() -> None:
    failed = sums.scored(picture(), Measured(Read(failure="Damaged"), Beside()))
    total = sums.Sum([failed])
    assert total.word_recall.value == 0
    assert total.failures == {"Damaged": 1}
    unread = sums.scored(picture(signature="typed"), Measured(Read(failure="Damaged"), Beside()))
    assert sums.Sum([unread]).signatures == {"open": 1}


def test_mistakes_name_the_words_that_differ() -> None:
    assert sums.differing(scored(page("Dx", "E1I.9", "-"))) == (["E11.9"], ["E1I.9"])


def test_figures_are_pooled_and_cost_is_relative() -> None:
    total = sums.Sum([scored(page("Dx", "E11.9")), scored(page("Dx"), 4.0, document="b")])
    assert total.word_recall.value == 0.75
    assert total.word_precision.value == 1.0
    assert total.bare_word_recall.value == 0.5
    assert (total.cpu_ratio, total.mean_cpu_ratio) == (3.0, 3.0)


def test_digital_pages_do_not_count_in_the_cost_of_pictures() -> None:
    both = [scored(page("Dx")), scored(page("Dx"), 100.0, group="digital")]
    assert sums.Sum(both).cpu_ratio == 2.0
    assert sums.Sum(both[1:]).cpu_ratio == 100.0


@pytest.mark.parametrize(
    ("true", "said", "outcome"),
    [
        ("ink", {"present": True, "form": "ink"}, "right"),
        ("electronic", {"present": True, "form": "ink"}, "right"),
        ("typed", {"present": True, "form": "typed"}, "right"),
        ("none", {"present": False, "form": None}, "right"),
        ("none", None, "right"),
        ("ink", {"present": True, "form": "typed"}, "wrong"),
        ("ink", None, "wrong"),
        ("typed", {"present": True, "form": "ink"}, "wrong"),
        ("none", "open", "open"),
    ],
)
def test_a_typed_name_is_no_signature(true: str, said: Any, outcome: str) -> None:
    assert sums.Sum([scored(page("Dx"), said=said, signature=true)]).signatures == {outcome: 1}


def test_quality_ranks_pages_and_is_compared_with_what_was_read() -> None:
    from tests.benchmark.reading.manifest import Key

    given: dict[str, Any] = {"keys": (Key("code", "E11.9"),)}
    good = [scored(page("Dx", "E11.9", quality=0.9, confidence=0.9), document=f"g{n}", **given) for n in range(3)]
    bad = [scored(page("Dx", "E1I.9", quality=0.5, confidence=0.4), document=f"b{n}", **given) for n in range(3)]
    found = sums.quality([*good, *bad, scored(page("Dx"))])
    assert {e.name: e.auroc.value for e in found.ranking}["page.quality"] == 1.0
    assert (found.wrong, found.without) == (3, 1)
    assert found.by_recall is not None
    assert found.by_recall.error == pytest.approx(0.05)  # said .7 on average, .75 of the words are right
    assert found.words_auroc == pytest.approx(6 / 9 + 0.5 * 3 / 9, abs=0.01)


def test_the_tables_say_what_was_measured(capsys: pytest.CaptureFixture[str]) -> None:
    found = [scored(page("Dx", "E11.9")), scored(page("Dx"), 4.0, document="b", damage="fax", group="fax")]
    groups = {**sums.by(found, lambda p: p.group), "all": sums.Sum(found)}
    table = tables.accuracy("group", groups)
    assert "| all | 2 | 0.750 [0.500, 1.000] |" in table.markdown()
    assert "signature" not in table.header
    tables.show([table, tables.steps("pictures", found, grouped=True)], tables.notes(groups["all"], "bare", "tune"),
                Console(width=200))  # fmt: skip
    shown = capsys.readouterr().out
    assert "50.0 %" in shown
    assert "2 pictures of 2 documents of the split “tune”" in shown
    curve = tables.curve([tables.CurvePoint("A=1", groups["all"], groups), tables.CurvePoint("A=2", groups["fax"], {})])
    assert [row[0] for row in curve.rows] == ["A=1", "A=2"]


def test_saved_words_tell_which_are_true() -> None:
    told = sums.words_as_json(scored(page("Dx", "E1I.9", quality=0.7, confidence=0.4)))
    assert [word["right"] for word in told["pages"][0]["words"]] == [True, False]
    assert told["pages"][0]["quality"] == 0.7
    json.dumps(told)
