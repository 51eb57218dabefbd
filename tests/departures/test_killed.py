"""A departure outlives the death of the program: each step is done whole or not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from carehome.db.database import Database
from tests.conftest import KEY
from tests.departures.chain import STEPS, count_writes, everything, prepare
from tests.departures.conftest import Leaving

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("step", "share"),
    [("leave", 1), ("bill", 1), ("deposit", 1), ("settle", 2), ("settle", 1)],
)
def test_who_is_killed_within_a_step_goes_on_before_it(leaving, step, share, tmp_path):
    prepare(leaving)
    leaving.db.close()
    copy = shutil.copytree(leaving.db.path.parent, tmp_path / "killed")
    before, after, writes = _through(leaving, step)
    assert writes > share
    file = copy / leaving.db.path.name
    told = [
        str(file),
        step,
        str(writes // share),
    ]  # the last one is the end of the deed
    child = [sys.executable, "-m", "tests.departures.chain", *told]
    ended = subprocess.run(child, cwd=ROOT, check=False)
    assert ended.returncode not in (0, 1)
    again = Leaving(Database(file, KEY), leaving.clock, signed=leaving.signed)
    assert everything(again.db) == before
    for name in list(STEPS)[list(STEPS).index(step) :]:
        STEPS[name](again)
    assert everything(again.db) == after
    again.db.close()


def _through(leaving, step):
    """Go to the end; return all there is before a step and at the end, and its writes.

    Left and opened anew between any two steps.
    """
    counted = [0]
    before = {}
    for name, do in STEPS.items():
        leaving.db.close()
        if name == step:
            before = everything(leaving.db)
            stop = count_writes(counted.append)
            do(leaving)
            stop()
        else:
            do(leaving)
    return before, everything(leaving.db), counted[-1]
