"""What does the command items do?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import get_args

from docscan.cli.console import err, out, write
from docscan.document import Purpose
from docscan.errors import UsageError
from docscan.presenting.items import found_json, item_in_full, item_json, items_table, looked_up, none_said
from docscan.reference import publication_502


def show_items(words: Sequence[str], *, purpose: str, on: date | None, as_json: bool) -> int:
    """Tell the entry for the words, or list all entries where there are none; 1 where no entry fits."""
    under = _purpose(purpose)
    day = on or date.today()
    asked = " ".join(words).strip()
    if not asked:
        entries = publication_502.entries(purpose=under, on=day)
        if as_json:
            for one in entries:
                write(json.dumps(item_json(one)))
        else:
            out().print(items_table(entries, under, day))
            err().print()
            err().print("docscan items WORDS tells the one that the words name.", markup=False)
        return 0
    entry = looked_up(asked, under, day)
    if as_json:
        write(json.dumps(found_json(asked, under, day)))
    elif entry:
        out().print(item_in_full(entry, under, day))
    else:
        out().print(none_said(asked), markup=False)
    return 0 if entry else 1


def _purpose(name: str) -> Purpose:
    known: tuple[Purpose, ...] = get_args(Purpose)
    for purpose in known:
        if purpose == name.replace("-", "_"):
            return purpose
    raise UsageError(f"There is no purpose {name}.", f"Known are {', '.join(known)}.")
