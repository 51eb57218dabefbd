"""The grid of a month for 60 people: from a key to the painted marks.

A key writes a shift, checks the person and the cover of the day, counts the score, and
paints what it touched; that is measured against one bare repaint of the same grid, and
told in milliseconds beside the 50 that were asked for.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import cycle

from benchmarks.made_home import made_home
from benchmarks.rounds import in_turn, say

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome import i18n
from carehome.rules.rosters.problem import OFF, Problem, Roster, Why
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.rosters.desk import RosterDesk
from carehome.ui.rosters.month import Kind, Month
from carehome.ui.rosters.worksheet import Worksheet

PEOPLE, WARDS, WISHES = 60, 3, 220
WIDE, HIGH = 1140, 660
WAVE = ("E", "E", "L", "L", "N", "N", OFF, OFF)
KINDS = (
    Kind("E", "E", "E", "early", "07-15", "early"),
    Kind("L", "L", "L", "late", "14-22", "late"),
    Kind("N", "N", "N", "night", "22-07", "night"),
)
TODAY = date(2026, 11, 21)


def main() -> None:
    """Measure keys, walking and dragging in a full month."""
    i18n.use()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.use(app)
    month = made_month(PEOPLE, WARDS, WISHES)
    jobs = Jobs(app)
    desk = RosterDesk(_store_nothing, True, jobs, lambda: TODAY)
    theme.dress(desk)
    desk.resize(WIDE, HIGH)
    desk.show()
    desk.show_month(month)
    desk.grid.setFocus()
    app.processEvents()
    view = desk.grid.viewport()
    for name, deed in _deeds(desk, app).items():
        taken, floor = in_turn(24, deed, view.repaint)
        say(f"roster of {PEOPLE} people: {name}", taken, floor, "at most 3, 50 ms")
    read, floor = in_turn(5, lambda: Worksheet(month), view.repaint)
    say("  the whole month checked anew", read, floor, "at most 30")
    desk.close()
    jobs.close()


def made_month(people: int, wards: int, wishes: int) -> Month:
    """Return a full month of a made home, with all its marks."""
    problem = _named(made_home(people, wards, wishes))
    rows = {
        person.key: tuple(
            WAVE[(day + 3 * at) % len(WAVE)] for day in range(problem.days)
        )
        for at, person in enumerate(problem.people)
    }
    units = {unit: unit for unit in sorted({p.unit for p in problem.people})}
    return Month(problem, Roster(rows), KINDS, units=units)


def _named(problem: Problem) -> Problem:
    """Give names to people and to the leaves that they are on."""
    people = tuple(replace(each, name=f"P{each.key}") for each in problem.people)
    bars = {
        cell: {
            code: replace(bar, what="annual") if bar.why is Why.AWAY else bar
            for code, bar in of_cell.items()
        }
        for cell, of_cell in problem.bars.items()
    }
    return replace(problem, people=people, bars=bars)


def _deeds(desk: RosterDesk, app: QApplication) -> dict[str, Callable[[], None]]:
    """Return what a person does; each ends when all of it is painted."""
    grid, sheet = desk.grid, desk.grid.sheet
    shifts = cycle((Qt.Key.Key_E, Qt.Key.Key_L))
    first, last = grid.keys[2], grid.keys[7]
    free = cycle((first, day) for day in range(31) if (first, day) not in sheet.locked)

    def then_painted(deed: Callable[[], object]) -> Callable[[], None]:
        def do() -> None:
            deed()
            app.processEvents()

        return do

    def type_one() -> None:
        key, day = next(free)
        grid.go_to((key, day))
        other = Qt.Key.Key_E if sheet.row(key)[day] == "N" else Qt.Key.Key_N
        QTest.keyClick(grid, other)

    def fill_many() -> None:
        grid.choose((first, 3), (last, 9))
        QTest.keyClick(grid, next(shifts))

    def undo() -> None:
        QTest.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def walk() -> None:
        QTest.keyClick(grid, Qt.Key.Key_Right)

    grid.go_to((first, 0))
    return {
        "a key, with marks and score": then_painted(type_one),
        "a step taken back": then_painted(undo),
        "42 cells filled": then_painted(fill_many),
        "the next cell": then_painted(walk),
    }


def _store_nothing(_first: date, _change: object, _reason: str) -> None:
    """Stand for the database, which no key waits for."""
