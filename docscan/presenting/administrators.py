"""What is an administrator called?"""

from __future__ import annotations

from docscan import checking
from docscan.errors import DocscanError


def called(administrator: str) -> str:
    """Its title ("Most FSA and HRA administrators"); its id where its rulebook is not here (any more)."""
    try:
        return checking.load(administrator).title
    except DocscanError:
        return administrator
