"""Looking for ways to fill a shift that lacks somebody, while nobody waits for it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from carehome.rules.rosters.fixes import Fix, fixes
from carehome.rules.rosters.problem import Finding, Problem, Roster
from carehome.rules.rosters.reasons import say_fix
from carehome.ui.kit.jobs import Jobs
from carehome.ui.rosters.panel import FIXES, Remedy
from carehome.ui.rosters.worksheet import Entry, Worksheet

PAUSE = 250  # milliseconds for which the cursor rests before anybody is looked for


class Remedies(QObject):
    """Finds who could fill what a day lacks, and hands it to `offer`."""

    def __init__(
        self, jobs: Jobs, offer: Callable[[Sequence[Remedy]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._offer = offer
        self._sheet: Worksheet | None = None
        self._day = self._since = 0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._look)

    def look_for(self, sheet: Worksheet, day: int, since: int) -> None:
        """Look for ways to fill a day; nothing before day number `since` changes."""
        self._sheet, self._day, self._since = sheet, day, since
        self._timer.start()

    def _look(self) -> None:
        sheet = self._sheet
        short = sheet.short_at(self._day) if sheet else []
        if sheet and short:
            # What is written on goes on while this is looked through: a copy.
            roster = Roster(dict(sheet.roster.rows), dict(sheet.roster.units))
            self._jobs.run_last(
                self, self._offer, find, sheet.problem, roster, short, self._since
            )


def find(
    problem: Problem, roster: Roster, short: Sequence[Finding], since: int
) -> list[Remedy]:
    """Return the ways with the fewest changes for what is short, the worst first."""
    found: list[Remedy] = []
    for each in sorted(short, key=lambda each: (not each.is_hard, -each.cost)):
        ways = fixes(problem, roster, each.days[0], each.shift, each.unit, since=since)
        found += [Remedy(say_fix(way, problem), _change(way)) for way in ways]
        if len(found) >= FIXES:
            break
    return found[:FIXES]


def _change(way: Fix) -> dict[tuple[str, int], Entry]:
    return {(move.person, move.day): Entry(move.after, move.unit) for move in way.moves}
