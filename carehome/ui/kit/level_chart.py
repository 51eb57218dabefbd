"""A chart of what held from which day on: one of a few levels, drawn as steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from carehome.i18n import _, show_day
from carehome.ui.kit import theme
from carehome.ui.kit.chart import Chart
from carehome.ui.kit.jobs import Jobs

SPANS = (1, 2, 3, 4, 6, 12, 24, 60, 120)  # months between two marks below
MARKS = 6  # at most so many
LEAST = 20  # days of room at either side


@dataclass(frozen=True, slots=True)
class Level:
    """One of the levels a chart can stand at: its word, and the colour of its band."""

    word: str
    colour: str


class StepChart(Chart):
    """Draws which level held from which day on, the first level at the top."""

    def __init__(self, jobs: Jobs, title: str, levels: Sequence[Level]) -> None:
        super().__init__(jobs, title)
        self._levels = levels
        self._points: Sequence[tuple[date, int]] = ()
        self._until = date.min

    def show_points(self, points: Sequence[tuple[date, int]], until: date) -> None:
        """Draw the levels by the day each began; the last one holds `until`."""
        self._points, self._until = sorted(points), until
        told = (
            _("{day} {word}").format(day=show_day(day), word=self._levels[level].word)
            for day, level in self._points
        )
        self.show_told(_(", ").join(told))

    def draw(self) -> None:
        if not self._points:
            return
        xs = [day.toordinal() for day, _level in self._points]
        last = max(self._until.toordinal(), xs[-1])
        room = max((last - xs[0]) // 25, LEAST)
        left, right = xs[0] - room, last + room
        low, high = -0.5, len(self._levels) - 0.5
        self.plot.getViewBox().invertY(True)
        self.plot.setXRange(left, right, padding=0)
        self.plot.setYRange(low, high, padding=0)
        self._draw_bands(left, right)
        self._draw_steps([*xs, last])
        self._draw_axes(left, right)

    def _draw_bands(self, left: int, right: int) -> None:
        for at, level in enumerate(self._levels):
            ground = theme.veil(level.colour, 0.45)
            band = self.graph.QtWidgets.QGraphicsRectItem(
                left, at - 0.5, right - left, 1
            )
            band.setPen(self.graph.mkPen(theme.colour("paper"), width=1))
            band.setBrush(ground)
            band.setZValue(-10)
            self.plot.addItem(band)

    def _draw_steps(self, xs: list[int]) -> None:
        levels = [level for _day, level in self._points]
        line = self.graph.mkPen(theme.colour("brand"), width=theme.px(2))
        self.plot.plot(xs, [*levels, levels[-1]], stepMode="right", pen=line)
        dots = self.graph.ScatterPlotItem(
            xs[:-1],
            levels,
            size=theme.px(9),
            pen=self.graph.mkPen(theme.colour("brand"), width=theme.px(2)),
            brush=self.graph.mkBrush(theme.colour("paper")),
        )
        self.plot.addItem(dots)

    def _draw_axes(self, left: int, right: int) -> None:
        days = _marks(date.fromordinal(left), date.fromordinal(right))
        below = [(day.toordinal(), f"{day:%Y-%m}") for day in days]
        beside = [(at, level.word) for at, level in enumerate(self._levels)]
        self.mark_axes(below, beside)


def _marks(first: date, last: date) -> list[date]:
    """Return first days of months between two days, few enough to be read."""
    begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
    months = next(n for n in SPANS if (end - begin) // n < MARKS or n == SPANS[-1])
    whole = range(begin + -begin % months, end + 1, months)
    return [date(at // 12, at % 12 + 1, 1) for at in whole]
