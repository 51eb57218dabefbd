"""The trend of a figure, or of what a whole is made of, as a small chart of months."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import _, short_month
from carehome.rules.dashboard import LEVELS, Topic
from carehome.rules.figures import FigureKey
from carehome.services.overview.dashboard import (
    Board,
    Card,
    name_of_part,
    show_largest,
    show_main,
)
from carehome.ui.kit import theme
from carehome.ui.kit.bar_chart import Bar, BarChart, Kind
from carehome.ui.kit.chart import Chart
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts import ability

Value = int | Fraction | None
WIDE, HIGH = 0.7, 74
QUARTER = 3  # months from one mark to the next, where there is little room


class TrendChart(Chart):
    """Draws a bar for each month, the one told darker; the unknown have none."""

    def __init__(self, jobs: Jobs, title: str, step: int) -> None:
        super().__init__(jobs, title)
        self._step = step
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
        self.mark_axes(marks_of(self._labels, self._step), beside)

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


class PartsChart(BarChart):
    """Draws what a whole is made of, month by month, with as few marks as its like."""

    def __init__(self, jobs: Jobs, topic: Topic) -> None:
        kinds = [Kind(name_of_part(key), tone_of(key)) for key in topic.parts]
        super().__init__(jobs, _(topic.name), kinds, legend=False)
        self.setMinimumHeight(theme.px(HIGH))

    def draw_axes(self, places: Sequence[int]) -> None:
        labels = [self.bars[at].label for at in places]
        self.mark_axes(marks_of(labels, QUARTER), [(0.0, "0"), (1.0, "100%")])


class Opener(QWidget):
    """A chart that is clicked to see it larger, as by the button beside it."""

    opened = Signal()

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Show larger, with the number of each month"))
        chart.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(chart)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()


def chart_of(jobs: Jobs, topic: Topic) -> BarChart | TrendChart:
    """Return the small chart of a topic: of its parts, or of its figure."""
    if topic.parts:
        return PartsChart(jobs, topic)
    return TrendChart(jobs, _(topic.name), QUARTER)


def large_chart_of(jobs: Jobs, topic: Topic) -> BarChart | TrendChart:
    """Return the chart of a topic where there is room for every month."""
    if not topic.parts:
        return TrendChart(jobs, _(topic.name), 1)
    kinds = [Kind(name_of_part(key), tone_of(key)) for key in topic.parts]
    return BarChart(jobs, _(topic.name), kinds)


def show_card_in(chart: BarChart | TrendChart, card: Card, board: Board) -> None:
    """Draw the months of a card."""
    labels = [short_month(each.start) for each in board.months]
    if isinstance(chart, BarChart):
        months = zip(*(card.trends[key] for key in card.topic.parts), strict=True)
        bars = [tuple(int(each.value or 0) for each in month) for month in months]
        pairs = zip(labels, bars, strict=True)
        chart.show_bars([Bar(label, parts) for label, parts in pairs])
        return
    values = [each.value for each in card.trend]
    shown = [show_main(card.topic, each) for each in card.trend]
    most = show_largest(card.topic, values)
    chart.show_trend(labels, values, shown, most, card.at)


def tone_of(key: FigureKey) -> str:
    """Return the colour of one of the parts; of those not assessed a pale one."""
    return ability.tone(LEVELS.index(key)) if key in LEVELS else "ink_3"


def marks_of(labels: Sequence[str], step: int) -> list[tuple[float, str]]:
    """Return marks for the first month, the last, and so many between."""
    last = len(labels) - 1
    inner = range(0, last - step + 2, step)
    return [(float(at), labels[at]) for at in sorted({*inner, last})]
