"""Days as people type them or pick them from a calendar."""

import re
import unicodedata
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from carehome import i18n
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.ui.kit import icons, theme
from carehome.ui.kit.field import Check, Field

# 2026-11-21, 2026.11.21, 2026/11/21, and with the signs for year, month and day
_SPACED = re.compile(r"^(?:(\d{4})[-./\u5e74])?(\d{1,2})[-./\u6708](\d{1,2})\u65e5?$")
_SOLID = re.compile(r"^(\d{4})?(\d{2})(\d{2})$")


class BadDay(Refusal):
    """The text is not a day."""

    text = N_("“{typed}” is not a date. Type it as 2026-11-21 or 20261121.")


def read_day(typed: str, today: date) -> date:
    """Return the day that `typed` means; without a year it is this year's."""
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    found = _SPACED.match(text) or _SOLID.match(text)
    if not found:
        raise BadDay(typed=typed)
    year, month, day = found.groups()
    try:
        return date(int(year or today.year), int(month), int(day))
    except ValueError as error:
        raise BadDay(typed=typed) from error


class DateField(Field[date]):
    """A day, typed (20261121, 2026-11-21, 11-21, 2026.11.21) or picked.

    The down key or the button opens the calendar.
    """

    input: QLineEdit

    def __init__(
        self,
        name: str,
        today: date,
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__(name, QLineEdit(), needed=needed, hint=hint, check=check)
        self._today = today
        self._calendar: Calendar | None = None
        self.input.setPlaceholderText(_("year-month-day"))
        self.pick = QAction(icons.icon("calendar"), _("Pick a day"), self)
        self.pick.setShortcuts([QKeySequence("Down"), QKeySequence("F4")])
        self.pick.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.input.addAction(self.pick, QLineEdit.ActionPosition.TrailingPosition)

        self.pick.triggered.connect(self.open_calendar)
        self.input.textChanged.connect(self._touched)
        self.input.editingFinished.connect(self._tidy)

    @property
    def calendar(self) -> "Calendar":
        """The calendar that opens below the field."""
        if self._calendar is None:
            self._calendar = Calendar(self._today, self)
            self._calendar.picked.connect(self.set_value)
        return self._calendar

    def read(self) -> date | None:
        typed = self.input.text().strip()
        return read_day(typed, self._today) if typed else None

    def set_value(self, value: date | None) -> None:
        self.input.setText(i18n.show_day(value) if value else "")

    def open_calendar(self) -> None:
        """Show the calendar at the day that the field holds."""
        self.calendar.open_below(self.input, self.value() or self._today)

    def _tidy(self) -> None:
        """Write the day as the lists do, once it is typed."""
        if day := self.value():
            self._rewrite(day)


class Calendar(QFrame):
    """A month to pick a day from; goes away by itself."""

    picked = Signal(object)

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.month = QCalendarWidget()
        self.today = QPushButton(_("Today"))
        self._day = today
        theme.mark(self, "popup")
        theme.mark(self.today, "link")
        self.month.setGridVisible(False)
        no_weeks = QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        self.month.setVerticalHeaderFormat(no_weeks)
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        for name, icon in (("prevmonth", "left"), ("nextmonth", "right")):
            if turn := self.month.findChild(QToolButton, f"qt_calendar_{name}"):
                turn.setIcon(icons.icon(icon))
        self.month.setMinimumSize(theme.px(290), theme.px(250))

        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(8)] * 4)
        column.addWidget(self.month)
        column.addWidget(self.today, alignment=Qt.AlignmentFlag.AlignRight)

        self.month.clicked.connect(self._pick)
        self.month.activated.connect(self._pick)
        self.today.clicked.connect(lambda: self._pick(_qt_day(self._day)))

    def open_below(self, anchor: QWidget, day: date) -> None:
        """Open at `day`, close to the widget that asks."""
        self._colour_days()
        self.month.setSelectedDate(_qt_day(day))
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        screen = anchor.screen().availableGeometry()
        corner.setX(min(corner.x(), screen.right() - self.width()))
        if corner.y() + self.height() > screen.bottom():
            corner.setY(corner.y() - self.height() - anchor.height() - 4)
        self.move(corner)
        self.show()
        self.month.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _pick(self, day: QDate) -> None:
        self.close()
        self.picked.emit(date(day.year(), day.month(), day.day()))

    def _colour_days(self) -> None:
        head, plain, today = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        head.setForeground(theme.colour("ink_2"))
        head.setBackground(theme.colour("paper"))
        plain.setForeground(theme.colour("ink"))
        today.setForeground(theme.colour("brand"))
        today.setFontWeight(700)
        self.month.setHeaderTextFormat(head)
        for weekday in Qt.DayOfWeek:
            self.month.setWeekdayTextFormat(weekday, plain)
        self.month.setDateTextFormat(_qt_day(self._day), today)


def _qt_day(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
