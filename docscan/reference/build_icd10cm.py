"""Pack the history of ICD-10-CM into `icd10cm.bin`, the form that `icd10cm` reads.

    python -m docscan.reference.build_icd10cm HISTORY.csv.gz --newest 2026-04-01

The CSV (plain or gzipped) has a row for each stretch of time in which a code was what it was, with the columns `code`
(no dot), `billable` (1, or 0 for a header that needs more characters), `valid_from`, `valid_to` (the first day on which
it no longer held; empty where it still holds) and `description`. It is drawn from the order files that CMS and NCHS
publish with every release. `--newest` is the day of the newest release that the CSV takes in.

The packed file: a line that names the form; the length of the head (four bytes); the head, compressed JSON with the
places of the parts; then the parts. Codes stand in order of code, then of date, `ROWS_IN_BLOCK` to a block, each block
compressed by itself. The words of the descriptions stand in order, each with the numbers of the rows that hold it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import re
import zlib
from collections import defaultdict
from datetime import date
from pathlib import Path

FORM = b"docscan.icd10cm/1\n"
ROWS_IN_BLOCK = 48
WORDS_IN_BLOCK = 128
_WORD = re.compile(r"[a-z0-9]{2,}")


def words_of(description: str) -> tuple[str, ...]:
    """The words by which a description is found: lower case, a plural's s taken off."""
    return tuple(w[:-1] if len(w) > 4 and w[-1] == "s" and w[-2] not in "siu" else w
                 for w in _WORD.findall(description.lower()))  # fmt: skip


def pack(rows: list[dict[str, str]], newest: date) -> bytes:
    """The packed file's bytes. Raises ValueError where a row makes no sense."""
    rows = sorted(rows, key=lambda row: (row["code"], row["valid_from"]))
    for row in rows:
        _refuse_nonsense(row)
    body = io.BytesIO()
    blocks = []
    for start in range(0, len(rows), ROWS_IN_BLOCK):
        part = rows[start : start + ROWS_IN_BLOCK]
        lines = "\n".join("\t".join(row[name] for name in _COLUMNS) for row in part)
        blocks.append((part[0]["code"], *_put(body, zlib.compress(lines.encode(), 9))))
    holders: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for word in sorted(set(words_of(row["description"]))):
            holders[word].append(number)
    vocabulary = sorted(holders)
    word_blocks = []
    for start in range(0, len(vocabulary), WORDS_IN_BLOCK):
        part_words = vocabulary[start : start + WORDS_IN_BLOCK]
        lines = "\n".join(f"{word} {_gaps(holders[word])}" for word in part_words)
        word_blocks.append((part_words[0], *_put(body, zlib.compress(lines.encode(), 9))))
    head = {
        "newest": newest.isoformat(),
        "rows": len(rows),
        "rows_in_block": ROWS_IN_BLOCK,
        "blocks": " ".join(code for code, _, _ in blocks),
        "block_ends": [end for _, _, end in blocks],
        "words": " ".join(word for word, _, _ in word_blocks),
        "word_ends": [end for _, _, end in word_blocks],
    }
    packed_head = zlib.compress(json.dumps(head, separators=(",", ":")).encode(), 9)
    return FORM + len(packed_head).to_bytes(4, "big") + packed_head + body.getvalue()


_COLUMNS = ("code", "billable", "valid_from", "valid_to", "description")


def _refuse_nonsense(row: dict[str, str]) -> None:
    starts, ends = date.fromisoformat(row["valid_from"]), row["valid_to"] and date.fromisoformat(row["valid_to"])
    if row["billable"] not in {"0", "1"} or not re.fullmatch(r"[A-Z][0-9A][0-9A-Z]{1,5}", row["code"]):
        raise ValueError(f"not a row of the history: {row}")
    if (ends and ends <= starts) or re.search(r"[\t\n]", row["description"]):
        raise ValueError(f"not a row of the history: {row}")


def _put(body: io.BytesIO, data: bytes) -> tuple[int, int]:
    start = body.tell()
    body.write(data)
    return start, body.tell()


def _gaps(numbers: list[int]) -> str:
    return " ".join(format(n - before, "x") for before, n in zip([0, *numbers], numbers, strict=False))


def main() -> None:
    parser = argparse.ArgumentParser(description="Pack the history of ICD-10-CM.")
    parser.add_argument("history", type=Path, help="CSV or CSV.gz")
    parser.add_argument("--newest", type=date.fromisoformat, required=True, help="day of the newest release in it")
    parser.add_argument("--to", type=Path, default=Path(__file__).with_name("icd10cm.bin"))
    given = parser.parse_args()
    data = given.history.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode()
    given.to.write_bytes(pack(list(csv.DictReader(io.StringIO(text))), given.newest))


if __name__ == "__main__":
    main()
