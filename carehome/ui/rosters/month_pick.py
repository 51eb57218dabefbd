"""Going from month to month above a list."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.i18n import _, say_month
from carehome.rules.periods import months_after
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import icon_button


class MonthPick(QWidget):
    """Names a month between two arrows; `chosen` carries the first day of another."""

    chosen = Signal(object)

    def __init__(self, first: date) -> None:
        super().__init__()
        self.first = first
        self.name = QLabel(say_month(first))
        self.back = icon_button("left", _("Month before"), partial(self.go_on, -1))
        self.on = icon_button("right", _("Month after"), partial(self.go_on, 1))
        theme.mark(self.name, "strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        for widget in (self.back, self.name, self.on):
            row.addWidget(widget)

    def go_on(self, by: int) -> None:
        """Choose the month that lies `by` months later."""
        self.first = months_after(self.first, by)
        self.name.setText(say_month(self.first))
        self.chosen.emit(self.first)
