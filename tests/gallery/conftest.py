"""All walks through the scenes, two at a time; what they found is shared by the tests."""

import json
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import demo_home  # noqa: F401 - a fixture
from tests.gallery import WALKS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def walks(demo_home: Path) -> Mapping[str, Any]:  # noqa: F811
    """What each walk found, by its name such as `en-130`."""
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(partial(_walk, demo_home), WALKS.values())
        return dict(zip(WALKS, found, strict=True))


def _walk(home: Path, how: tuple[str, ...]) -> Any:
    words = [sys.executable, "-m", "tests.gallery.walk", str(home), *how]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])
