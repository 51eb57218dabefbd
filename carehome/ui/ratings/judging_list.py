"""The items of a self-assessment, judged by typing their points."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from carehome.i18n import N_, _
from carehome.rules.ratings.items import PART_NAMES
from carehome.rules.ratings.judging import FULL, LACK_NAMES, Line
from carehome.rules.ratings.points import show_points
from carehome.ui.kit import table
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

BEFORE = N_("Points before")  # only where there is an earlier one
BEGIN_POINTS = (*"0123456789", ".", "-")


def _got(line: Line) -> str | None:
    points = line.score.hundredths
    return None if points is None else show_points(points)


def _tone(line: Line) -> str | None:
    return "bad" if line.deduction else None


def _before(line: Line) -> str | None:
    earlier = line.earlier
    if earlier is None or earlier.hundredths is None:
        return None
    return show_points(earlier.hundredths)


def say_lacks(line: Line) -> str:
    """Say what an item lacks, in one line."""
    return _(", ").join(_(LACK_NAMES[lack]) for lack in line.lacks)


COLUMNS: tuple[Column[Line], ...] = (
    Column(N_("Code"), lambda line: line.item.code, order=lambda line: line.number),
    Column(
        N_("What is judged"),
        lambda line: line.item.name,
        bold=True,
        stretch=True,
        tip=lambda line: line.item.name,
    ),
    Column(
        N_("Full mark"),
        lambda line: show_points(line.item.hundredths),
        align=table.RIGHT,
        order=lambda line: line.item.hundredths,
    ),
    Column(
        N_("Points given"),
        _got,
        align=table.RIGHT,
        bold=True,
        tone=_tone,
        order=lambda line: (
            -1 if line.score.hundredths is None else line.score.hundredths
        ),
    ),
    Column(BEFORE, _before, align=table.RIGHT),
    Column(
        N_("What is missing"),
        lambda line: say_lacks(line) or None,
        width=124,
        tone=lambda line: "warn",
        tip=say_lacks,
    ),
    Column(N_("Responsible"), lambda line: line.score.staff_name or None, width=84),
    table.day(N_("To be done by"), lambda line: line.score.due_on),
    Column(N_("Part of the table"), lambda line: _(PART_NAMES[line.item.part])),
    Column(N_("Second-level item"), lambda line: line.item.section or None, width=110),
    Column(N_("Reason"), lambda line: line.score.reason or None, width=140),
)


class ItemList(TableView[Line]):
    """Walks the items; digits begin to type the points of the one under the cursor.

    `typed` goes out with the line and the first letter of its points, `judged` with
    the line and all its points (None takes them away), `reason_wanted` with the line.
    """

    own_keys: tuple[tuple[str, str], ...] = (
        ("1", N_("Type points; Enter leads to the next open item")),
        ("=", N_("All the points")),
        ("-", N_("Take points off")),
        ("Del", N_("Take the points away")),
        ("Space", N_("Next open item")),
        ("F2", N_("Write the reason")),
        ("Enter", N_("Type points")),
    )
    typed = Signal(object, str)
    judged = Signal(object, object)
    reason_wanted = Signal(object)

    def __init__(self) -> None:
        model = TableModel(COLUMNS, lambda line: line.number)
        super().__init__(model, "ratings.judging", N_("Items of the self-assessment"))
        self.is_open = False
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current_row()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self.is_open or line is None or held:
            super().keyPressEvent(event)
        elif event.text() == FULL:
            self.judged.emit(line, line.item.hundredths)
        elif event.text() in BEGIN_POINTS:
            self.typed.emit(line, event.text())
        elif event.key() == Qt.Key.Key_Delete:
            self.judged.emit(line, None)
        elif event.key() == Qt.Key.Key_Space:
            self.go_to_open(line.number)
        elif event.key() == Qt.Key.Key_F2:
            self.reason_wanted.emit(line)
        else:
            super().keyPressEvent(event)

    def go_to_open(self, after: int = 0) -> None:
        """Go to the next item that is not judged, or else to the first one."""
        waits = [line.number for line in self.table.rows if not line.is_judged]
        later = [number for number in waits if number > after]
        for number in (later or waits)[:1]:
            self.select(number)
