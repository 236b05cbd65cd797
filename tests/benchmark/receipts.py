"""Receipts with a `truth.jsonl`, as the SROIE data set has them: measure what is extracted, or write truth files.

    python -m tests.benchmark.receipts FOLDER                      # merchant, date and total from pixels, by split
    python -m tests.benchmark.receipts FOLDER --split tune --mistakes
    python -m tests.benchmark.receipts FOLDER --truth TO           # documents with truth files, for `tests.benchmark`

Each line of truth.jsonl: {"image", "merchant_name", "address", "date" (ISO), "total", "lines": [text]}; the pictures
are in FOLDER/images. The receipts print days before months; the truth's dates are ISO already. TO gets a copy of each
picture with its truth file beside it.

Measured is the surest value of each field: a total exactly to the cent; a date where its value, or one of its readings
where day and month could be swapped, is the true one; a merchant with case, punctuation and company suffixes folded.
A shop's receipts are all in one split (`reading/receipts.py`); mistakes are shown of `tune` alone.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import docscan
from docscan.document import Document, Extraction, Extractions
from docscan.extraction import extract
from tests.benchmark.reading.chances import wilson
from tests.benchmark.reading.manifest import SPLITS, Split
from tests.benchmark.reading.receipts import shop_of, split_of
from tests.benchmark.tables import write_between_marks


def convert(folder: Path, to: Path, *, damage: str = "scan") -> int:
    """Write the truth files; how many. An empty value is one that the data set does not know, and is left out."""
    to.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines() if line.strip()]
    for row in rows:
        picture = folder / "images" / row["image"]
        target = to / picture.name
        shutil.copyfile(picture, target)
        target.with_suffix(".toml").write_text(_truth(row, damage), "utf-8")
    return len(rows)


def _truth(row: dict[str, Any], damage: str) -> str:
    day = date.fromisoformat(row["date"]) if row.get("date") else None
    lines = [
        'schema = "docscan.truth/1"',
        f"file = {_quoted(row['image'])}",
        'kind = "receipt"',
        f"damage = {_quoted(damage)}",
        'origin = "SROIE, ICDAR 2019"',
        'licence = "CC BY 4.0"',
    ]
    if row.get("lines"):
        lines.append(f"text = {_quoted(chr(10).join(row['lines']))}")
    values = {
        "merchant_name": row.get("merchant_name"),
        "merchant_address": row.get("address"),
        "service_date": day and day.isoformat(),
        "total": (row.get("total") or "").replace(",", ""),
    }
    for name, value in values.items():
        if value:
            lines += ["", "[[fields]]", f"name = {_quoted(name)}", f"value = {_quoted(value)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# -- what is extracted ------------------------------------------------------------------------------------------------

FIELDS: Final = ("total", "date", "merchant")
_DATES: Final = ("service_date", "payment_date", "statement_date")
_SUFFIX = re.compile(
    r"\(.*?\)|\b(?:sdn|bhd|s/b|sb|m|enterprises?|trading|company|co|ltd|limited|inc|llc|plc|pte|gmbh)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Read:
    """One receipt: whether each field is right (None where the truth does not tell), what is true and what was said."""

    path: Path
    split: Split
    right: dict[str, bool | None]
    true: dict[str, str]
    said: dict[str, list[str]]


def measure(folder: Path, split: Split, *, kept: Path | None = None) -> list[Read]:
    """Read each receipt of a split from its picture and compare what is extracted with the truth.

    `kept`: a folder where documents that were read are kept, so that extraction alone is measured the next time.
    """
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines() if line.strip()]
    found = []
    for row in rows:
        path = folder / "images" / row["image"]
        if split_of(shop_of(row.get("merchant_name") or row["image"])) == split:
            found.append(_compared(path, split, row, extract(_document(path, kept))))
    return found


def _document(path: Path, kept: Path | None) -> Document:
    place = kept / f"{path.stem}.pkl" if kept is not None else None
    if place is not None and place.is_file():
        known: Document = pickle.loads(place.read_bytes())  # noqa: S301 - written below
        return known
    document = docscan.read(path)
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pickle.dumps(document))
    return document


def _compared(path: Path, split: Split, row: Mapping[str, Any], found: Extractions) -> Read:
    totals, merchants = _surest(found, "total"), _surest(found, "merchant_name")
    dates = next((one for name in _DATES if (one := _surest(found, name))), [])
    true = {
        "total": str(row.get("total") or "").replace(",", ""),
        "date": str(row.get("date") or ""),
        "merchant": str(row.get("merchant_name") or ""),
    }
    value = totals[0].value if totals else None
    right: dict[str, bool | None] = {
        "total": value is not None and Decimal(value) == Decimal(true["total"] or "-1"),
        "date": any(true["date"] in (e.value, *e.readings) for e in dates),
        "merchant": bool(merchants) and folded(str(merchants[0].value)) == folded(true["merchant"]) != "",
    }
    said = {"total": totals, "date": dates, "merchant": merchants}
    return Read(
        path, split,
        {name: right[name] if true[name] else None for name in FIELDS}, true,
        {name: [str(e.value if e.value is not None else e.readings) for e in said[name]] for name in FIELDS},
    )  # fmt: skip


def _surest(found: Extractions, name: str) -> list[Extraction]:
    return sorted(found.named(name), key=lambda e: -(e.confidence or 0))


def folded(merchant: str) -> str:
    """A merchant's name without case, punctuation, registration numbers and company suffixes."""
    plain = re.sub(r"[\W_]", "", _SUFFIX.sub(" ", merchant.casefold()))
    return plain or re.sub(r"[\W_]", "", merchant.casefold())


def table(read: Sequence[Read]) -> str:
    """The share that is right, by split and field, with its 95 % interval."""
    lines = ["| split | receipts | total | date | merchant |", "| --- | ---: | ---: | ---: | ---: |"]
    for split in dict.fromkeys(one.split for one in read):
        here = [one for one in read if one.split == split]
        cells = []
        for name in FIELDS:
            told = [one.right[name] for one in here if one.right[name] is not None]
            range_ = wilson(sum(map(bool, told)), len(told))
            cells.append(
                f"{sum(map(bool, told)) / len(told):.3f} [{range_.low:.3f}, {range_.high:.3f}]" if range_ else ""
            )
        lines.append(f"| {split} | {len(here)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.receipts", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--truth", type=Path, metavar="TO", help="write documents with truth files there, nothing else")
    parser.add_argument("--split", choices=SPLITS[:2], nargs="+", default=SPLITS[:2], help="(tune and report)")
    parser.add_argument(
        "--documents", type=Path, metavar="DIR", help="keep what was read there, and read it from there"
    )
    parser.add_argument("--readme", type=Path, metavar="FILE", help="write the table between its marks extracted")
    parser.add_argument("--mistakes", action="store_true", help="list what was wrong; refused unless tune alone")
    given = parser.parse_args()
    if given.truth:
        print(f"{convert(given.folder, given.truth)} receipts in {given.truth}")
        return 0
    if given.mistakes and given.split != ["tune"]:
        print("--mistakes is refused: only the split tune may be looked at.", file=sys.stderr)
        return 2
    read = [one for split in given.split for one in measure(given.folder, split, kept=given.documents)]
    print(table(read))
    if given.readme:
        write_between_marks(given.readme, "extracted", table(read))
    for one in read if given.mistakes else ():
        for name in FIELDS:
            if one.right[name] is False:
                print(f"{one.path.name}: {name} is {one.true[name]!r}, said {one.said[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
