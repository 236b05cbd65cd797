"""Makes pictures and their manifest: a line is written once its picture lies there, so others can start at once."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from tests.corpus.damages import DAMAGES, Damage, Source, draw
from tests.corpus.documents import Document
from tests.corpus.truth import key_tokens

MANIFEST = "manifest.jsonl"


def seed_of(document: str, damage: str, seed: int) -> int:
    """The seed of one picture: the same for the same document, damage and `seed`, whatever else is made."""
    return int.from_bytes(hashlib.sha256(f"{seed}/{document}/{damage}".encode()).digest()[:4])


def make(
    folder: Path,
    documents: Sequence[Document],
    damages: Sequence[Damage] = DAMAGES,
    *,
    seed: int = 0,
    skip: Collection[tuple[str, str]] = (),
) -> Iterator[dict[str, Any]]:
    """Writes every document in every damage below `folder`; yields the manifest's lines as the pictures are there.

    `skip` names documents and damages that are not to be made.
    """
    for document in documents:
        if all((document.name, damage.name) in skip for damage in damages):
            continue
        source = Source(document.set())
        (folder / document.split).mkdir(parents=True, exist_ok=True)
        for damage in damages:
            if (document.name, damage.name) in skip:
                continue
            yield _one(folder, document, source, damage, seed_of(document.name, damage.name, seed))


def _one(folder: Path, document: Document, source: Source, damage: Damage, seed: int) -> dict[str, Any]:
    strengths = draw(damage, random.Random(seed))
    name = f"{document.split}/{document.name}.{damage.name}{damage.suffix}"
    path = folder / name
    if damage.do is None:
        source.page.write_pdf(path)
    else:
        save(damage.do(source, strengths, seed), path)
    page = source.page
    words = page.true_words
    return {
        "file": name,
        "document": document.name,
        "split": document.split,
        "kind": document.kind,
        "damage": damage.name,
        "group": damage.group,
        "strengths": strengths,
        "words": words,
        "added": damage.adds(strengths, seed).split(),
        "key": key_tokens(words),
        "signature": page.signature,
        "check_boxes": [{"label": box.label, "state": "ticked" if box.ticked else "empty"} for box in page.check_boxes],
    }


def save(picture: Image.Image, path: Path) -> None:
    """As the machine delivers it: 1-bit pages in fax compression, others by the name's ending."""
    dpi = picture.info.get("dpi", (200, 200))
    if path.suffix == ".tif":
        picture.save(path, compression="group4", dpi=dpi)
    elif path.suffix == ".jpg":
        picture.save(path, quality=picture.info.get("quality", 85))
    else:
        picture.save(path, dpi=dpi, compress_level=2)


def write(
    folder: Path,
    documents: Sequence[Document],
    damages: Sequence[Damage] = DAMAGES,
    *,
    seed: int = 0,
    missing: bool = False,
) -> Iterator[str]:
    """Makes the pictures and writes each one's line to the manifest, in place of one that was there; yields files.

    With `missing`, only those that the manifest does not have: a run that was broken off goes on.
    """
    manifest = folder / MANIFEST
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {(document.name, damage.name) for document in documents for damage in damages}
    kept = []
    if manifest.exists():
        kept = [
            line for line in manifest.read_text(encoding="utf-8").splitlines() if missing or _which(line) not in wanted
        ]
    with manifest.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in kept)
        there = {_which(line) for line in kept}
        for line in make(folder, documents, damages, seed=seed, skip=there):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            yield line["file"]


def _which(line: str) -> tuple[str, str]:
    entry = json.loads(line)
    return entry["document"], entry["damage"]
