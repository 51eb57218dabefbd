"""Turns from one month, quarter or year to the next, up to the one that runs."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.i18n import N_, _
from carehome.rules.figure_reports import (
    SPAN_NAMES,
    Span,
    say_span,
    span_in,
    span_of,
    stepped,
)
from carehome.rules.periods import DAY, Period
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import icon_button
from carehome.ui.kit.keys import bind
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.turner import KEYS


class SpanTurner(QWidget):
    """Holds a whole month, quarter or year that has begun."""

    turned = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.period = stepped(span_of(today(), Span.MONTH), Span.MONTH, -1)
        self.spans = Pick({span: _(name) for span, name in SPAN_NAMES.items()})
        self.spans.setAccessibleName(_("How long the period is"))
        self.spans.set_code(Span.MONTH)
        self.label = QLabel()
        theme.mark(self.label, "strong")
        earlier, later = _("The previous period"), _("The next period")
        self.earlier = icon_button("left", earlier, self.back)
        self.later = icon_button("right", later, self.forward)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        for each in (self.spans, self.earlier, self.label, self.later):
            row.addWidget(each)
        bind(self, KEYS[0], N_("Earlier"), self.back)
        bind(self, KEYS[1], N_("Onwards"), self.forward)
        self._show()

        self.spans.chosen.connect(self._change_span)

    def back(self) -> None:
        """Turn to the period before."""
        self._turn(-1)

    def forward(self) -> None:
        """Turn to the next period, if it has begun."""
        if self.later.isEnabled():
            self._turn(1)

    def offer(self, spans: Sequence[Span]) -> None:
        """Offer some spans; the first is taken where the one in use is not among them.

        Nobody is told: who offers reads anew by itself.
        """
        self.spans.setHidden(len(spans) == 1)
        if span_in(self.period) not in spans:
            self.show_period(self._last_over(spans[0]))

    def show_period(self, period: Period) -> None:
        """Hold a period; nobody is told."""
        self.period = period
        self.spans.blockSignals(True)
        self.spans.set_code(span_in(period))
        self.spans.blockSignals(False)
        self._show()

    def _change_span(self) -> None:
        self.period = self._last_over(self.spans.code())
        self._show()
        self.turned.emit()

    def _last_over(self, span: Span) -> Period:
        """Return the span in which the days held end, or the one that runs now."""
        assert self.period.end is not None, "a report is of a period that ends"
        return span_of(min(self.period.end - DAY, self._today()), span)

    def _turn(self, steps: int) -> None:
        self.period = stepped(self.period, span_in(self.period), steps)
        self._show()
        self.turned.emit()

    def _show(self) -> None:
        self.label.setText(say_span(self.period))
        end = self.period.end
        self.later.setEnabled(end is not None and end <= self._today())
