"""A search in a process of its own: the screen stays quick, and a crash costs nothing.

The other process knows neither screens nor the database, and no names: a problem goes
over with keys alone. It ends with the program, however that ends. This module loads
no solver: only the other process does.
"""

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from carehome.errors import Trouble
from carehome.i18n import N_
from carehome.rostering.outcome import Outcome, Progress
from carehome.rules.rosters.problem import Bar, Problem, Roster

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
STOP = "stop"


class SearchEnded(Trouble):
    """The process of the search died or failed."""

    text = N_(
        "The search for a roster stopped by itself. Nothing is lost: you can take the "
        "best roster found until then, or search again."
    )


class Search(Generic[Answer]):
    """Work that goes on in another process; look after it now and then.

    `best` is the last roster told, `answer` what the work came to, `trouble` why
    there will be none.
    """

    def __init__(self, work: Callable[..., Answer], *values: object) -> None:
        """Start the work."""
        self.best: Progress | None = None
        self.answer: Answer | None = None
        self.trouble: SearchEnded | None = None
        context = get_context("spawn")
        self._line, there = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(there, work, values), daemon=True
        )
        self._process.start()
        there.close()

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will come."""
        return self.answer is not None or self.trouble is not None

    def look(self) -> list[Progress]:
        """Take in what the other process told since the last look."""
        news: list[Progress] = []
        try:
            while not self.is_over and self._line.poll():
                self._take(self._line.recv(), news)
        except (EOFError, OSError):
            self._process.join()
            log.error("the search ended with code %s", self._process.exitcode)
            self.trouble = SearchEnded()
        return news

    def wait(self, seconds: float) -> bool:
        """Wait until something was told, at most so long."""
        return self._line.poll(seconds)

    def stop(self) -> None:
        """Ask the work to come to its end and to answer with what it has."""
        try:
            self._line.send(STOP)
        except OSError:
            log.info("the search had ended before it was stopped")

    def close(self) -> None:
        """End the other process, whatever it does."""
        self._process.terminate()
        self._process.join()
        self._line.close()

    def _take(self, told: object, news: list[Progress]) -> None:
        match told:
            case Progress():
                self.best = told
                news.append(told)
            case _Answer():
                self.answer = told.value


class _Answer(Generic[Answer]):
    """What the work came to."""

    def __init__(self, value: Answer) -> None:
        self.value = value


def nameless(problem: Problem) -> Problem:
    """Take the names of people, and what keeps them from work, out of a problem."""
    return replace(
        problem,
        people=tuple(replace(person, name="") for person in problem.people),
        bars={
            cell: {code: Bar(bar.why) for code, bar in bars.items()}
            for cell, bars in problem.bars.items()
        },
        demands=tuple(replace(demand, basis="") for demand in problem.demands),
    )


def find_roster(
    problem: Problem,
    seed: int,
    start: Roster | None,
    *,
    better: Callable[[Progress], None],
    stopped: Callable[[], bool],
) -> Outcome:
    """Look for the best roster; the solver is loaded here, in the other process."""
    from carehome.rostering.solving import solve  # noqa: PLC0415 - heavy

    return solve(problem, seed=seed, start=start, better=better, stopped=stopped)


def _serve(
    line: Connection, work: Callable[..., object], values: tuple[object, ...]
) -> None:
    """Do the work, tell of it, and listen whether to stop."""
    wanted = threading.Event()
    threading.Thread(target=_listen, args=(line, wanted), daemon=True).start()
    line.send(_Answer(work(*values, better=line.send, stopped=wanted.is_set)))


def _listen(line: Connection, wanted: threading.Event) -> None:
    """Note the wish to stop; end at once when the program is gone."""
    try:
        line.recv()
        wanted.set()
        line.recv()
    except (EOFError, OSError):
        os._exit(1)
