"""How the reader of meaning is trained: `settings.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from models.meaning.examples import HERE


@cache
def settings() -> dict[str, Any]:
    return tomllib.loads((HERE / "settings.toml").read_text("utf-8"))
