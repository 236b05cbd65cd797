"""The weights from which the tagger and the reader of meaning start: all-MiniLM-L6-v2, as a package carries them."""

from __future__ import annotations

import hashlib
import tomllib
from importlib.util import find_spec
from pathlib import Path

SETTINGS = Path(__file__).parent / "tagger" / "settings.toml"


def weights() -> Path:
    """The folder of the starting weights; refuses others than those this was written for."""
    wanted = tomllib.loads(SETTINGS.read_text("utf-8"))["weights"]
    spec = find_spec(wanted["package"].replace("-", "_"))
    if spec is None or spec.origin is None:
        raise SystemExit(f"Install {wanted['package']}=={wanted['version']} first.")
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != wanted["sha256"]:
        raise SystemExit(f"{wanted['package']} carries other weights than expected: {found}")
    return folder


def vocabulary(folder: Path) -> list[str]:
    return (folder / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n")
