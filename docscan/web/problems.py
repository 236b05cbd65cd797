"""Every error as a problem (RFC 9457): one shape, one page that explains each type, one status each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi.responses import JSONResponse

from docscan import errors
from docscan.errors import DocscanError
from docscan.web.models import FieldError, Problem

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of problem: its code, the status it comes with, and what it is in words."""

    code: str
    status: int
    title: str
    means: str

    @property
    def type(self) -> str:
        return f"/problems/{self.code}"


class Trouble(Exception):
    """Stops a request with a problem. `detail` and `remedy` are words for a person."""

    def __init__(
        self,
        code: str,
        detail: str,
        remedy: str,
        *,
        fields: Sequence[FieldError] = (),
        document: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.kind = KINDS[code]
        self.detail = detail
        self.remedy = remedy
        self.fields = tuple(fields)
        self.document = document
        self.headers = dict(headers or {})

    @staticmethod
    def of(error: DocscanError | Mapping[str, str], *, document: str | None = None) -> Trouble:
        """The problem of an error that docscan raises on purpose, or of what was kept of one."""
        told = error.to_dict() if isinstance(error, DocscanError) else error
        code = told["code"] if told["code"] in KINDS else "internal"
        return Trouble(code, told["message"], told["remedy"], document=document)

    def problem(self) -> Problem:
        return Problem(
            type=self.kind.type,
            title=self.kind.title,
            status=self.kind.status,
            detail=self.detail,
            remedy=self.remedy,
            code=self.kind.code,
            errors=list(self.fields) or None,
            document=self.document and f"/v1/documents/{self.document}",
        )

    def response(self) -> JSONResponse:
        return JSONResponse(
            self.problem().model_dump(mode="json", exclude_none=True),
            self.kind.status,
            headers=self.headers,
            media_type=MEDIA_TYPE,
        )


_TITLES: Final = {
    "settings": "A setting of the service is wrong",
    "usage": "The request is not right",
    "unknown_name": "There is no such thing",
    "rulebook": "A rulebook is wrong",
    "missing_dependency": "Something that the service needs is missing",
    "check_failed": "The check came to no end",
    "timed_out": "The check took too long",
    "crashed": "The check crashed",
    "internal": "A fault of docscan",
    "input": "The file cannot be taken",
    "not_found": "There is no such file",
    "not_a_file": "This is not a file",
    "empty": "The file is empty",
    "unsupported": "This kind of file cannot be checked",
    "damaged": "The file is damaged",
    "encrypted": "The file needs a password",
    "too_large": "The file is too large",
    "no_pages": "The file has no pages",
}
_OF_HTTP: Final = (
    Kind("bad_request", 400, "The request cannot be understood", "It breaks off, or does not follow HTTP or its form."),
    Kind("forbidden", 403, "This request is not allowed", "It comes from another site, or names another host."),
    Kind("no_such_page", 404, "There is no such page", "The address names nothing here."),
    Kind("method_not_allowed", 405, "The method is not allowed", "The `Allow` header names those that are."),
    Kind("not_acceptable", 406, "Not available in that form", "The `Accept` header names no form that there is."),
    Kind("not_finished", 409, "The check is not finished yet", "Ask again after the seconds that `Retry-After` names."),
    Kind("media_type", 415, "The request has the wrong content type", "An upload is `multipart/form-data`."),
)


def _of_errors(parent: type[DocscanError] = DocscanError) -> Iterator[Kind]:
    for error in parent.__subclasses__():
        if error.__module__ == errors.__name__:
            means = (error.__doc__ or "").strip().split("\n")[0]
            yield Kind(error.code, error.http_status, _TITLES[error.code], means or f"{_TITLES[error.code]}.")
            yield from _of_errors(error)


KINDS: Final[Mapping[str, Kind]] = {kind.code: kind for kind in (*_of_errors(), *_OF_HTTP)}
"""Every type of problem by its code."""

_BY_STATUS: Final = {kind.status: kind for kind in reversed(_OF_HTTP)}
_REMEDIES: Final = {
    "bad_request": "Send it again, as the API's description says.",
    "no_such_page": "Start from the first page, or see the API's description at /docs.",
    "method_not_allowed": "Use one of the methods that the Allow header names.",
    "media_type": "Send the file as the part `file` of a multipart/form-data request.",
}


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Trouble:
    """The problem for a plain HTTP error."""
    kind = _BY_STATUS.get(status, KINDS["bad_request"] if 400 <= status < 500 else KINDS["internal"])
    return Trouble(kind.code, f"{kind.title}.", _REMEDIES.get(kind.code, "Try again."), headers=headers)


def of_validation(found: Sequence[Any]) -> Trouble:
    """The problem for values of the wrong form. What was sent is not repeated."""
    fields = [FieldError(field=str(error["loc"][-1]) if error["loc"] else "", message=_said(error)) for error in found]
    where = ", ".join(dict.fromkeys(error.field for error in fields))
    return Trouble(
        "usage", f"Not right: {where}. {fields[0].message}" if fields else "The request is not right.",
        "Correct the fields named, as the API's description says.", fields=fields,
    )  # fmt: skip


def _said(error: Mapping[str, Any]) -> str:
    if error["type"] == "missing":
        return "It is missing."
    return f"{str(error['msg']).removesuffix('.')}."
