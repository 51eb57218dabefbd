"""The sheet of charges for 300 people and a month: from a key to the painted cell.

A key writes a number, adds up one row and one column, and paints; that is measured
against one bare repaint of the same sheet, and told in milliseconds.
"""

import os
from collections.abc import Callable
from datetime import date
from itertools import cycle

from benchmarks.rounds import in_turn, say

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carehome import i18n
from carehome.rules.charges import Cell, Day
from carehome.rules.periods import month_of
from carehome.services.charges import Charged, ChargedItem, ChargeSheet, Uses
from carehome.ui.fees.charges.grid import ChargeGrid
from carehome.ui.fees.charges.work import Column, Work
from carehome.ui.kit import theme

PEOPLE, ITEM = 300, 1
MONTH = date(2026, 10, 1)
WIDE, HIGH = 1140, 560
EVERY = 3  # cells that hold a number already


def main() -> None:
    """Measure typing, walking and pasting in a full month."""
    i18n.use()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.use(app)
    grid = ChargeGrid()
    theme.dress(grid)
    grid.resize(WIDE, HIGH)
    grid.show()
    columns = [Column(ITEM, day, str(day.day), "-") for day in month_of(MONTH)]
    sheet = _sheet()
    grid.show_work(Work(sheet), sheet.people, columns, MONTH)
    grid.setFocus()
    app.processEvents()
    view = grid.viewport()
    for name, (rounds, most, deed) in _deeds(grid, app).items():
        taken, floor = in_turn(rounds, deed, view.repaint)
        say(f"charges of {PEOPLE} people: {name}", taken, floor, f"at most {most}")
    grid.close()


def _sheet() -> ChargeSheet:
    """Return a month in which a third of the cells hold a number."""
    days = tuple(month_of(MONTH))
    people = tuple(
        Charged(n, f"P{n}", f"{n // 4}-{n % 4}", (Day.HERE,) * len(days))
        for n in range(PEOPLE)
    )
    cells = {
        Cell(who.resident_id, ITEM, day): Uses(1)
        for who in people
        for day in days
        if (who.resident_id + day.day) % EVERY == 0
    }
    item = ChargedItem(ITEM, "bath", (40_00,) * len(days))
    return ChargeSheet(MONTH, False, (item,), people, cells, {})


Deeds = dict[str, tuple[int, int, Callable[[], None]]]


def _deeds(grid: ChargeGrid, app: QApplication) -> Deeds:
    """Return what a person does, how often, and how many repaints it may take."""
    digits = cycle((Qt.Key.Key_1, Qt.Key.Key_2))
    block = "\n".join(["\t".join("123123123123123123123")] * 100)

    def then_painted(deed: Callable[[], object]) -> Callable[[], None]:
        def do() -> None:
            deed()
            app.processEvents()

        return do

    def type_one() -> None:
        QTest.keyClick(grid, next(digits))
        QTest.keyClick(grid, Qt.Key.Key_Return)

    def undo() -> None:
        QTest.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def paste() -> None:
        QGuiApplication.clipboard().setText(block)
        QTest.keyClick(grid, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        grid.paste()
        grid.undo()

    def walk() -> None:
        QTest.keyClick(grid, Qt.Key.Key_Right)

    return {
        "a number, and on to the next": (48, 4, then_painted(type_one)),
        "a step taken back": (24, 12, then_painted(undo)),
        "the next cell": (24, 3, then_painted(walk)),
        "2,100 cells pasted and taken back": (5, 40, then_painted(paste)),
    }
