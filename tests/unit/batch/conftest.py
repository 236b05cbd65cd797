"""Batch checks run in processes of their own, which must be able to import the stand-ins below."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
