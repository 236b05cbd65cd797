"""Judging from pictures asks what the pictures show, of packets of which every document is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docscan import pipeline
from docscan.document import Document
from tests.benchmark.reading.manifest import Picture
from tests.corpus.documents import packet_name
from tests.golden import judging
from tests.golden.judging import Answer, Packet, Paper, by_rule, document_of, main, pictured

LETTER = Paper("Letter\n\nJane Roe, MD", ("lmn",), {"LMN-16": "met", "LMN-01": "met"})
RECEIPT = Paper("Receipt", ("receipt",), {"RCT-01": "met"})
PACKET = Packet("hand_01", "open", date(2026, 11, 21), "generic-fsa", (LETTER, RECEIPT), {}, {})


def picture(number: int, damage: str = "scan_300", signature: str | None = None, folder: Path = Path()) -> Picture:
    name = packet_name("hand_01", number)
    path = folder / f"{name}.{damage}.jpg"
    return Picture(path, name, "tune", "letter", damage, "scan", (), (), signature, (), {})


def test_a_packet_is_measured_in_the_damages_in_which_all_of_it_is_there() -> None:
    there = [picture(1), picture(2), picture(2, "fax_fine"), picture(1, "photo"), picture(2, "photo")]
    assert [one.damage for one in pictured([PACKET], there, [])] == ["photo", "scan_300"]
    assert [one.damage for one in pictured([PACKET], there, ["scan_300"])] == ["scan_300"]
    [one] = pictured([PACKET], there, ["photo"])
    assert [own.document for own in one.pictures] == ["packet-hand-01-1", "packet-hand-01-2"]


@pytest.mark.parametrize(
    ("shown", "asked"), [("ink", True), ("electronic", True), ("typed", False), ("none", False), (None, False)]
)
def test_a_signature_is_asked_for_where_the_picture_shows_it(shown: str | None, asked: bool) -> None:
    [one] = pictured([PACKET], [picture(1, signature=shown), picture(2)], [])
    assert ("LMN-16" in one.packet.papers[0].outcomes) == asked
    assert "LMN-01" in one.packet.papers[0].outcomes


def test_a_picture_is_read_once_where_readings_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def read(source: object) -> Document:
        calls.append(source)
        return Document.from_text("Jane Roe, MD")

    monkeypatch.setattr(pipeline, "read", read)
    first = document_of(picture(1), tmp_path / "kept")
    assert document_of(picture(1), tmp_path / "kept").text == first.text
    assert len(calls) == 1
    document_of(picture(1), None)
    assert len(calls) == 2


def test_a_rule_is_shown_from_the_text_and_from_pictures_side_by_side() -> None:
    true = [Answer("LMN-10", "", "not_met", "not_met", "fatal")]
    seen = [Answer("LMN-10", "", "not_met", "met", "fatal")]
    table = by_rule({"text": true, "scan_300": seen})
    assert table.rows == [["LMN-10", "1", "1.00", "0", "0", "0.00", "0", "1"]]


def test_held_out_mistakes_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--split", "held_out", "--mistakes", "--pictures", "nowhere"]) == 2
    assert judging.__doc__
    assert "open packets alone" in capsys.readouterr().err
