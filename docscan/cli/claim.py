"""What does the caller know of the claim? Read from a JSON file with the names of `docscan.document.Claim`."""

from __future__ import annotations

import json
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path

from docscan.document import Claim
from docscan.errors import NotFound, UsageError


def read_claim(path: Path | None) -> Claim | None:
    """The claim in the file. Raises `UsageError` naming the key that is wrong, `NotFound` where there is no file."""
    if path is None:
        return None
    from pydantic import TypeAdapter, ValidationError

    known = [field.name for field in fields(Claim)]
    try:
        text = path.read_text("utf-8")
        data = json.loads(text)
        if not isinstance(data, dict):
            raise ValueError
        for name in data.keys() - set(known):
            close = get_close_matches(name, known, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(known)}."
            raise UsageError(f"The claim has an unknown key: {name}.", hint)
        claim: Claim = TypeAdapter(Claim).validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"The claim's {where} cannot be used: {first['msg']}.", "Correct the file.") from None
    except OSError:
        raise NotFound("The claim's file cannot be read.", "Check its name.") from None
    except ValueError:
        raise UsageError("The claim's file is not a JSON object.", 'Write, for example: {"purpose": "fsa"}') from None
    return claim
