"""Turns from one month or year to the next, by two buttons or by keys."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.i18n import N_, _, say_month
from carehome.rules.periods import months_after
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import icon_button
from carehome.ui.kit.keys import bind

MONTH, YEAR = 1, 12
KEYS = "Alt+PgUp", "Alt+PgDown"


class Turner(QWidget):
    """Holds the first day of a month (or, with a `step` of 12, of a year)."""

    turned = Signal()

    def __init__(
        self, first: date, step: int = MONTH, keys: tuple[str, str] = KEYS
    ) -> None:
        super().__init__()
        self.first = first
        self._step = step
        self._say: Callable[[date], str] = say_month if step == MONTH else _say_year
        self.label = QLabel()
        theme.mark(self.label, "strong")
        is_month = step == MONTH
        earlier = _("The previous month") if is_month else _("The previous year")
        later = _("The next month") if is_month else _("The next year")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(icon_button("left", earlier, self.back))
        row.addWidget(self.label)
        row.addWidget(icon_button("right", later, self.forward))
        bind(self, keys[0], N_("Earlier"), self.back)
        bind(self, keys[1], N_("Onwards"), self.forward)
        self._show()

    def back(self) -> None:
        """Turn to the one before."""
        self._turn(-self._step)

    def forward(self) -> None:
        """Turn to the next one."""
        self._turn(self._step)

    def show_day(self, day: date) -> None:
        """Hold the month or year that a day lies in; nobody is told."""
        self.first = day.replace(day=1, month=day.month if self._step == MONTH else 1)
        self._show()

    def _turn(self, months: int) -> None:
        self.first = months_after(self.first, months)
        self._show()
        self.turned.emit()

    def _show(self) -> None:
        self.label.setText(self._say(self.first))


def _say_year(first: date) -> str:
    return _("Year {year}").format(year=first.year)
