"""What the tests of the service share: settings of their own, and stages that stand in for the real ones."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from docscan.settings import Settings


@pytest.fixture
def own_settings(tmp_path: Path) -> Settings:
    """Settings of a service that keeps everything in a folder of its own and listens on a free port."""
    return Settings(data_dir=tmp_path / "data", port=0, workers=1, check_timeout=60)


@pytest.fixture(scope="session")
def stand_in() -> Iterator[str]:
    """The name of a module that stands in for `docscan.pipeline` in worker processes; see its docstring."""
    folder = str(Path(__file__).parent / "stand_in")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH")))))
        yield "stand_in_stages"
