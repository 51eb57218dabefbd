"""A program that dies in the middle of a deed leaves all of it or nothing."""

import random
import time
from collections import Counter
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

import pytest

from tests.crash import deeds
from tests.crash.deeds import BEGUN, COMMIT, DEEDS, DONE, GO_ON, at_hand
from tests.departures.chain import everything

# Two hundred in all; more of them in deeds that are over soon, where fewer hit.
KILLS = {
    "bill run": 40,
    "day close": 50,
    "settlement": 30,
    "month close": 50,
    "bank match": 30,
}
WRITING, COMMITTING, AFTER = "writing", "committing", "after"  # where a kill fell
PATIENCE = 60  # seconds until a process that says nothing counts as lost


@pytest.fixture(scope="session")
def starter():
    """Start processes that have loaded the program already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.crash.deeds"])
    return context


class Crash:
    """One deed: the home before it, what it holds before and after, how long it takes."""

    def __init__(self, name, template, folder, starter):
        self.name, self.starter = name, starter
        self.before = folder / "before.db"
        self.file = folder / "killed.db"
        self.marks = folder / "marks"
        self.before.write_bytes(template.read_bytes())
        purse = at_hand(self.before)
        DEEDS[name].prepare(purse)
        purse.db.close()
        self.nothing = self._read(self.before)
        self.restore()
        process, ear = self._start()
        begun = time.monotonic()
        ear.send(GO_ON)
        assert ear.poll(PATIENCE)
        assert ear.recv() == DONE
        self.length = time.monotonic() - begun
        process.join()
        self.all = self._read(self.file)

    def restore(self):
        """Put the home back as it was before."""
        for file in self.file.parent.glob(f"{self.file.name}*"):
            file.unlink()
        self.file.write_bytes(self.before.read_bytes())

    def kill_after(self, seconds):
        """Begin the deed and kill the process; it may have been done by then."""
        process, ear = self._start()
        ear.send(GO_ON)
        ear.poll(seconds)
        process.kill()
        process.join()
        ear.close()

    def found(self):
        """Read what the home holds now."""
        return self._read(self.file)

    def fell(self, found):
        """Say where the kill fell: while writing, while committing, or after it."""
        if found == self.all:
            return AFTER
        return COMMITTING if COMMIT in self.marks.read_bytes() else WRITING

    def do_again(self):
        """Do the deed on what the kill has left."""
        purse = at_hand(self.file)
        DEEDS[self.name].do(purse)
        purse.db.close()

    def _start(self) -> tuple[BaseProcess, object]:
        """Start the deed and return when it begins to write."""
        ear, teller = self.starter.Pipe()
        process = self.starter.Process(
            target=deeds.run, args=(self.name, self.file, self.marks, teller)
        )
        process.start()
        teller.close()
        assert ear.poll(PATIENCE)
        assert ear.recv() == BEGUN
        return process, ear

    @staticmethod
    def _read(path):
        purse = at_hand(path)
        with purse.db.reading() as session:
            run = session.connection().exec_driver_sql
            assert run("PRAGMA cipher_integrity_check").all() == []
            assert run("PRAGMA integrity_check").all() == [("ok",)]
            assert run("PRAGMA foreign_key_check").all() == []
        rows = everything(purse.db)
        purse.db.close()
        return rows


@pytest.fixture(params=DEEDS)
def crash(request, _template, db, passwords, starter):
    """A deed on a home beside the keys that a second signature needs."""
    return Crash(request.param, _template, db.path.parent, starter)


def test_a_killed_deed_is_done_whole_or_not_at_all(crash):
    """The moments lie anywhere between the first write and a little after the end.

    How much falls before and after the commit depends on the machine; the claim does
    not: whenever the process dies, the home is as before or as after, and what was
    not done can be done.
    """
    assert crash.nothing != crash.all
    seed = random.randrange(2**32)
    moments = random.Random(seed)
    left = Counter()
    for kill in range(KILLS[crash.name]):
        crash.restore()
        crash.kill_after(moments.uniform(0, 1.1) * crash.length)
        told = f"seed {seed}, kill {kill}, {crash.marks.read_bytes()!r}"
        found = crash.found()
        if found != crash.all:
            assert found == crash.nothing, told
            crash.do_again()
            assert crash.found() == crash.all, told
        left[crash.fell(found)] += 1
    print(f"{crash.name}: {dict(left)}")  # shown by -rP
    assert left[WRITING] + left[COMMITTING] > 0, f"seed {seed}: nothing was cut short"
