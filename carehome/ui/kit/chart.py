"""A chart of what held from which day on: one of a few levels, drawn as steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import _, show_day
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs

DRAWS = "pyqtgraph"  # slow to load: only once somebody looks at a chart
SPANS = (1, 2, 3, 4, 6, 12, 24, 60, 120)  # months between two marks below
MARKS = 6  # at most so many
LEAST = 20  # days of room at either side


@dataclass(frozen=True, slots=True)
class Level:
    """One of the levels a chart can stand at: its word, and the colour of its band."""

    word: str
    colour: str


class StepChart(QWidget):
    """Draws which level held from which day on, the first level at the top.

    Who cannot see it hears the same in words; a list beside it should say it too.
    """

    def __init__(self, jobs: Jobs, title: str, levels: Sequence[Level]) -> None:
        super().__init__()
        self._jobs = jobs
        self._title = title
        self._levels = levels
        self._points: Sequence[tuple[date, int]] = ()
        self._until = date.min
        self.plot: Any = None
        self.setMinimumHeight(theme.px(150))
        self.setAccessibleName(title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_points(self, points: Sequence[tuple[date, int]], until: date) -> None:
        """Draw the levels by the day each began; the last one holds `until`."""
        self._points, self._until = sorted(points), until
        told = (
            _("{day} {word}").format(day=show_day(day), word=self._levels[level].word)
            for day, level in self._points
        )
        self.setAccessibleDescription(_(", ").join(told))
        if self.plot is None:
            self._jobs.run(self, self._make, import_module, DRAWS)
        else:
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.plot is not None:
            self._draw()

    def _make(self, graph: Any) -> None:
        if self.plot is None:
            self._graph = graph
            self.plot = graph.PlotWidget()
            self.plot.setAccessibleName(self._title)
            self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.plot.setMouseEnabled(x=False, y=False)
            self.plot.hideButtons()
            self.plot.setMenuEnabled(False)
            self.plot.setAntialiasing(True)
            self._column.addWidget(self.plot)
        self._draw()

    def _draw(self) -> None:
        """Draw anew, in the colours of the look in use."""
        plot = self.plot
        plot.clear()
        plot.setBackground(theme.colour("paper"))
        if not self._points:
            return
        xs = [day.toordinal() for day, _level in self._points]
        last = max(self._until.toordinal(), xs[-1])
        room = max((last - xs[0]) // 25, LEAST)
        left, right = xs[0] - room, last + room
        low, high = -0.5, len(self._levels) - 0.5
        plot.getViewBox().invertY(True)
        plot.setXRange(left, right, padding=0)
        plot.setYRange(low, high, padding=0)
        self._draw_bands(left, right)
        self._draw_steps([*xs, last])
        self._draw_axes(left, right)

    def _draw_bands(self, left: int, right: int) -> None:
        for at, level in enumerate(self._levels):
            ground = QColor(theme.colour(level.colour))
            ground.setAlphaF(0.45)
            band = self._graph.QtWidgets.QGraphicsRectItem(
                left, at - 0.5, right - left, 1
            )
            band.setPen(self._graph.mkPen(theme.colour("paper"), width=1))
            band.setBrush(ground)
            band.setZValue(-10)
            self.plot.addItem(band)

    def _draw_steps(self, xs: list[int]) -> None:
        levels = [level for _day, level in self._points]
        line = self._graph.mkPen(theme.colour("brand"), width=theme.px(2))
        self.plot.plot(xs, [*levels, levels[-1]], stepMode="right", pen=line)
        dots = self._graph.ScatterPlotItem(
            xs[:-1],
            levels,
            size=theme.px(9),
            pen=self._graph.mkPen(theme.colour("brand"), width=theme.px(2)),
            brush=self._graph.mkBrush(theme.colour("paper")),
        )
        self.plot.addItem(dots)

    def _draw_axes(self, left: int, right: int) -> None:
        days = _marks(date.fromordinal(left), date.fromordinal(right))
        below = [(day.toordinal(), f"{day:%Y-%m}") for day in days]
        beside = [(at, level.word) for at, level in enumerate(self._levels)]
        for name, marks in (("bottom", below), ("left", beside)):
            axis = self.plot.getAxis(name)
            axis.setTicks([marks])
            axis.setTickFont(theme.font(12))
            axis.setStyle(tickLength=0, tickTextOffset=theme.px(6))
            axis.setTextPen(theme.colour("ink_2"))
            axis.setPen(self._graph.mkPen(theme.colour("line")))
        face = theme.font(12)
        wide = max(theme.room(level.word, face) for level in self._levels)
        self.plot.getAxis("left").setWidth(wide + theme.px(12))
        self.plot.getAxis("bottom").setHeight(theme.px(28))


def _marks(first: date, last: date) -> list[date]:
    """Return first days of months between two days, few enough to be read."""
    begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
    months = next(n for n in SPANS if (end - begin) // n < MARKS or n == SPANS[-1])
    whole = range(begin + -begin % months, end + 1, months)
    return [date(at // 12, at % 12 + 1, 1) for at in whole]
