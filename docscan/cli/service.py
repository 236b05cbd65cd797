"""What does the command serve do?"""

from __future__ import annotations

from docscan.settings import settings


def run_service(host: str | None, port: int | None) -> int:
    """Run the service until it is told to stop."""
    from docscan.web import serve

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    serve(settings().model_copy(update=given))
    return 0
