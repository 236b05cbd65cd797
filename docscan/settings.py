"""One settings object, read once from the environment (`DOCSCAN_*`).

An unknown `DOCSCAN_*` name is refused: a misspelt limit must not silently be no limit.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from docscan.errors import SettingsError

_PREFIX = "DOCSCAN_"


class Settings(BaseSettings):
    """What a person may set; the field's description is its documentation."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

    max_bytes: int = Field(25_000_000, gt=0, description="largest file taken, in bytes")
    max_pages: int = Field(50, gt=0, description="most pages in one file")
    max_pixels: int = Field(60_000_000, gt=0, description="most pixels on one page, after unpacking")

    engine: Literal["auto", "tesserocr", "pytesseract", "rapidocr"] = Field(
        "auto", description="the OCR engine; auto takes the fastest that is installed"
    )
    effort: int = Field(
        3, ge=0, le=4, description="how much is read again by a second OCR engine: 0 nothing ... 4 every line"
    )
    page_timeout: float = Field(120.0, gt=0, description="seconds after which the reading of one page is given up")

    check_timeout: float = Field(900.0, gt=0, description="seconds after which the check of one document is ended")

    administrator: str = Field("generic-fsa", description="the rules used where none are named")
    rulebooks: Path | None = Field(None, description="a folder of your own administrators' rulebooks (TOML)")

    data_dir: Path = Field(Path("docscan-data"), description="where the service keeps documents and its database")
    database_url: str | None = Field(None, description="SQLAlchemy URL; a SQLite file in data_dir if not given")
    host: str = Field("127.0.0.1", description="address the service listens on")
    port: int = Field(8080, ge=0, le=65535, description="port the service listens on; 0 takes a free one")
    workers: int = Field(0, ge=0, description="processes that check documents; 0 means one for each core")
    scheduler: str | None = Field(None, description="address of a Dask scheduler; a local cluster if not given")


def read_settings() -> Settings:
    """Read the environment afresh. Raises `SettingsError` naming the variable."""
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            close = get_close_matches(name.upper(), sorted(known), n=1)
            hint = f"Did you mean {close[0]}?" if close else f"Known are: {', '.join(sorted(known))}."
            raise SettingsError(f"{name} is not a setting of docscan.", hint)
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = _PREFIX + str(first["loc"][0]).upper() if first["loc"] else _PREFIX
        raise SettingsError(f"{name} cannot be used: {first['msg']}.", f"Correct or unset {name}.") from None


@cache
def settings() -> Settings:
    """The settings of this process."""
    return read_settings()
