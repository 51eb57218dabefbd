"""Days as people type them or pick them from a calendar."""

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from carehome import i18n
from carehome.i18n import _
from carehome.rules.days import Sense, read_day
from carehome.ui.kit import icons, theme
from carehome.ui.kit.field import Check, Field
from carehome.ui.kit.ghost import Ghost

ICON = 24  # pixels that the button for the calendar takes of the line


class DateField(Field[date]):
    """A day, typed (20261121, 11-21, 21, +3, a word) or picked.

    `sense` says where it lies as a rule, and so which year a day without one means.
    How it is understood stands in the line. Down, Alt+Down, F4 or the button open the
    calendar.
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
        sense: Sense = Sense.NEAR,
    ) -> None:
        super().__init__(name, QLineEdit(), needed=needed, hint=hint, check=check)
        self._today = today
        self._sense = sense
        self._calendar: Calendar | None = None
        self.input.setPlaceholderText(_("year-month-day"))
        self.pick = QAction(icons.icon("calendar"), _("Pick a day"), self)
        keys = ("Down", "Alt+Down", "F4")
        self.pick.setShortcuts([QKeySequence(key) for key in keys])
        self.pick.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.input.addAction(self.pick, QLineEdit.ActionPosition.TrailingPosition)
        self.understood = Ghost(self.input, ICON)

        self.pick.triggered.connect(self.open_calendar)
        self.input.textChanged.connect(self._touched)
        self.input.textChanged.connect(self._say_understood)
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
        return read_day(typed, self._today, self._sense) if typed else None

    def set_value(self, value: date | None) -> None:
        self.input.setText(i18n.show_day(value) if value else "")

    def raw(self) -> Any:
        """Return the day rather than a word for it: tomorrow it means another."""
        day = self.value()
        return i18n.show_day(day) if day else self.input.text()

    def set_raw(self, raw: Any) -> None:
        self.input.setText(str(raw))

    def open_calendar(self) -> None:
        """Show the calendar at the day that the field holds."""
        self.calendar.open_below(self.input, self.value() or self._today)

    def _tidy(self) -> None:
        """Write the day as the lists do, once it is typed."""
        if day := self.value():
            self._rewrite(day)

    def _say_understood(self) -> None:
        """Say which day was understood, with its weekday."""
        if day := self.value():
            whole = i18n.say_day_of_week(day, self._today)
            self.understood.say(whole, i18n.say_weekday(day))
        else:
            self.understood.say()


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
        self.month.setAccessibleName(_("Days"))
        for name, icon, told in (
            ("prevmonth", "left", _("The month before")),
            ("nextmonth", "right", _("The next month")),
        ):
            if turn := self.month.findChild(QToolButton, f"qt_calendar_{name}"):
                turn.setIcon(icons.icon(icon))
                turn.setAccessibleName(told)
                turn.setToolTip(told)
        if days := self.month.findChild(QTableView):
            days.setAccessibleName(_("Days"))
        self.month.setMinimumSize(theme.px(290), theme.px(250))
        self._put_year_first()

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

    def _put_year_first(self) -> None:
        """Write 2026, then the month, in languages that say it so."""
        bar = self.month.findChild(QWidget, "qt_calendar_navigationbar")
        month = self.month.findChild(QToolButton, "qt_calendar_monthbutton")
        year = self.month.findChild(QToolButton, "qt_calendar_yearbutton")
        row = bar.layout() if bar else None
        pattern = self.month.locale().dateFormat()
        if month and year and isinstance(row, QHBoxLayout) and pattern.startswith("y"):
            row.insertWidget(row.indexOf(month), year)

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
