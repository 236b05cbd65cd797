"""Turn a folder of receipts with `truth.jsonl`, as the SROIE data set has them, into documents with truth files.

    python -m tests.benchmark.receipts FOLDER TO

Each line of truth.jsonl: {"image", "merchant_name", "address", "date" (ISO), "total", "lines": [text]}; the pictures
are in FOLDER/images. The receipts print days before months; the truth's dates are ISO already. TO gets a copy of each
picture with its truth file beside it.
"""

from __future__ import annotations

import argparse
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any


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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.receipts", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("to", type=Path)
    given = parser.parse_args()
    print(f"{convert(given.folder, given.to)} receipts in {given.to}")


if __name__ == "__main__":
    main()
