"""Every error docscan raises on purpose. One tree; each leaf knows how every door shows it.

    DocscanError                                      code                 exit  HTTP
    ├── SettingsError        a setting is wrong       settings             2     500
    ├── UsageError           a call makes no sense    usage                2     422
    │   └── UnknownName      rule, administrator      unknown_name         2     404
    ├── RulebookError        a rulebook is wrong      rulebook             2     500
    ├── MissingDependency    something to install     missing_dependency   3     503
    ├── CheckFailed          it came to no end        check_failed         1     500
    │   ├── CheckTimedOut    it took too long         timed_out            4     422
    │   ├── CheckCrashed     it ended its process     crashed              4     422
    │   └── Defect           a fault of docscan       internal             1     500
    └── InputError           the file cannot be taken
        ├── NotFound         no such file             not_found            4     404
        ├── NotAFile         a folder, a device       not_a_file           4     422
        ├── EmptyFile        no bytes                 empty                4     422
        ├── Unsupported      another kind of file     unsupported          4     415
        ├── Damaged          cannot be opened         damaged              4     422
        ├── Encrypted        needs a password         encrypted            4     422
        ├── TooLarge         bytes, pages or pixels   too_large            4     413
        └── NoPages          zero pages               no_pages             4     422

A message and a remedy never contain a document's content or the name that a user gave a file.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import ClassVar


class DocscanError(Exception):
    """What went wrong (`str(error)`) and what to do about it (`error.remedy`)."""

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return self.message

    def to_dict(self) -> dict[str, str]:
        """The `error` object of the public `docscan.error/1` schema."""
        return {"code": self.code, "message": self.message, "remedy": self.remedy}


class SettingsError(DocscanError):
    """A setting has an unknown name or an impossible value. Raised at start, never later."""

    code = "settings"
    exit_status = 2


class UsageError(DocscanError):
    """The caller asked for something that makes no sense."""

    code = "usage"
    exit_status = 2
    http_status = 422


class UnknownName(UsageError):
    """A rule, administrator or document that does not exist was named."""

    code = "unknown_name"
    http_status = 404


class RulebookError(DocscanError):
    """A rulebook does not follow its format; the message names file and key. `more`: what else is wrong in it."""

    code = "rulebook"
    exit_status = 2

    def __init__(self, message: str, remedy: str, *, more: tuple[RulebookError, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.more = more

    def __str__(self) -> str:
        """With the remedy: whoever writes a rulebook often meets it in a test's output or a traceback."""
        return f"{self.message} {self.remedy}"


class MissingDependency(DocscanError):
    """A program or data file that the work needs is not installed."""

    code = "missing_dependency"
    exit_status = 3
    http_status = 503


class CheckFailed(DocscanError):
    """A document was taken, but its check came to no end."""

    code = "check_failed"


class CheckTimedOut(CheckFailed):
    """The check was ended because it took too long."""

    code = "timed_out"
    exit_status = 4
    http_status = 422


class CheckCrashed(CheckFailed):
    """The check ended its process, again and again."""

    code = "crashed"
    exit_status = 4
    http_status = 422


class Defect(CheckFailed):
    """Something that docscan should have handled. The message tells where, never what the document says."""

    code = "internal"

    @classmethod
    def of(cls, error: BaseException) -> Defect:
        """The defect that an unexpected exception shows, told by its type and its last place in docscan."""
        home = Path(__file__).parent
        frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(home)]
        where = "".join(f" at {'/'.join(Path(f.filename).parts[-2:])}:{f.lineno}" for f in frames[-1:])
        return cls(
            f"docscan failed on this document, and it should not have: {type(error).__name__}{where}.",
            "Please report this line to the makers of docscan; it holds nothing of the document.",
        )


class InputError(DocscanError):
    """A file cannot be taken. Each subclass says why."""

    code = "input"
    exit_status = 4
    http_status = 422


class NotFound(InputError):
    code = "not_found"
    http_status = 404


class NotAFile(InputError):
    code = "not_a_file"


class EmptyFile(InputError):
    code = "empty"


class Unsupported(InputError):
    code = "unsupported"
    http_status = 415


class Damaged(InputError):
    code = "damaged"


class Encrypted(InputError):
    code = "encrypted"


class TooLarge(InputError):
    code = "too_large"
    http_status = 413


class NoPages(InputError):
    code = "no_pages"
