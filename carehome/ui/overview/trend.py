"""The trend of a figure, or of what a whole is made of, as a small chart of months."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtGui import QColor

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.chart import Chart
from carehome.ui.kit.jobs import Jobs

Value = int | Fraction | None
WIDE, HIGH = 0.7, 60


class TrendChart(Chart):
    """Draws a bar for each month, the one told darker; the unknown have none."""

    def __init__(self, jobs: Jobs, title: str) -> None:
        super().__init__(jobs, title)
        self._labels: Sequence[str] = ()
        self._values: Sequence[Value] = ()
        self._largest = ""
        self._at = 0
        self.setMinimumHeight(theme.px(HIGH))

    def show_trend(
        self,
        labels: Sequence[str],
        values: Sequence[Value],
        shown: Sequence[str],
        largest: str,
        at: int,
    ) -> None:
        """Draw values of months; `shown` says each, `largest` marks the axis.

        `at` is the month that is told.
        """
        self._at = at
        self._labels, self._values, self._largest = labels, values, largest
        pairs = zip(labels, shown, strict=True)
        told = (
            _("{month}: {value}").format(month=month, value=value)
            for month, value in pairs
        )
        self.show_told(_(", ").join(told))

    def draw(self) -> None:
        if not self._values:
            return
        top = max((float(value) for value in self._values if value), default=0) or 1
        known = [
            (at, float(value))
            for at, value in enumerate(self._values)
            if value is not None
        ]
        colours = theme.veil("brand", 0.4), theme.colour("brand")
        for colour, now in zip(colours, (False, True), strict=True):
            chosen = [each for each in known if (each[0] == self._at) is now]
            if chosen:
                self._add_bars(chosen, colour)
        self.plot.setXRange(-0.6, len(self._values) - 0.4, padding=0)
        self.plot.setYRange(0, top * 1.12, padding=0)
        beside = [(0.0, "0"), (top, self._largest)] if self._largest else [(0.0, "0")]
        self.mark_axes(ends_of(self._labels), beside)

    def _add_bars(self, bars: Sequence[tuple[int, float]], colour: QColor) -> None:
        self.plot.addItem(
            self.graph.BarGraphItem(
                x=[at for at, _high in bars],
                height=[high for _at, high in bars],
                width=WIDE,
                brush=colour,
                pen=self.graph.mkPen(None),
            )
        )


def ends_of(labels: Sequence[str]) -> list[tuple[float, str]]:
    """Return marks for the first month, those of each quarter between, and the last."""
    last = len(labels) - 1
    return [(float(at), labels[at]) for at in sorted({*range(0, last - 1, 3), last})]
