"""A chart of stacked bars: what each day, month or floor is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs

DRAWS = "pyqtgraph"  # slow to load: only once somebody looks at a chart
WIDE = 0.72  # of its place is a bar


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the kinds that bars are made of: its word and its colour."""

    word: str
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, and how much of each kind it holds."""

    label: str
    parts: tuple[int, ...]


class BarChart(QWidget):
    """Draws bars from the first kind at the bottom up; each bar is as high as all.

    Who cannot see it hears the same in words; a list beside it should say it too.
    """

    def __init__(self, jobs: Jobs, title: str, kinds: Sequence[Kind]) -> None:
        super().__init__()
        self._jobs = jobs
        self._title = title
        self._kinds = kinds
        self._bars: Sequence[Bar] = ()
        self.plot: Any = None
        self.setMinimumHeight(theme.px(150))
        self.setAccessibleName(title)
        legend = QHBoxLayout()
        legend.setSpacing(theme.px(6))
        legend.addStretch()
        for kind in kinds:
            legend.addWidget(_Swatch(kind.colour))
            word = QLabel(kind.word)
            theme.mark(word, "note")
            legend.addWidget(word)
            legend.addSpacing(theme.px(8))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._column.addLayout(legend)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw bars beside each other, in their order."""
        self._bars = bars
        self.setAccessibleDescription(_(", ").join(map(self._say, bars)))
        if self.plot is None:
            self._jobs.run(self, self._make, import_module, DRAWS)
        else:
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.plot is not None:
            self._draw()

    def _say(self, bar: Bar) -> str:
        told = (
            f"{kind.word} {part}"
            for kind, part in zip(self._kinds, bar.parts, strict=True)
            if part
        )
        return f"{bar.label}: {' '.join(told)}"

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
            self._column.addWidget(self.plot, 1)
        self._draw()

    def _draw(self) -> None:
        """Draw anew, in the colours of the look in use."""
        plot = self.plot
        plot.clear()
        plot.setBackground(theme.colour("paper"))
        if not self._bars:
            return
        places = list(range(len(self._bars)))
        floor = [0.0] * len(places)
        for at, kind in enumerate(self._kinds):
            heights = [_share(bar, at) for bar in self._bars]
            plot.addItem(
                self._graph.BarGraphItem(
                    x=places,
                    y0=list(floor),
                    height=heights,
                    width=WIDE,
                    brush=theme.colour(kind.colour),
                    pen=self._graph.mkPen(theme.colour("paper"), width=0.5),
                )
            )
            floor = [low + high for low, high in zip(floor, heights, strict=True)]
        plot.setXRange(-0.6, max(len(places), 6) - 0.4, padding=0)
        plot.setYRange(0, 1.09, padding=0)
        self._draw_axes(places)

    def _draw_axes(self, places: list[int]) -> None:
        room = max(self.plot.width() // theme.px(74), 1)
        step = -(-len(places) // room)
        below = [(at, self._bars[at].label) for at in places[::step]]
        beside = [(part / 4, f"{part * 25} %") for part in range(5)]
        for name, marks in (("bottom", below), ("left", beside)):
            axis = self.plot.getAxis(name)
            axis.setTicks([marks])
            axis.setTickFont(theme.font(12))
            axis.setStyle(tickLength=0, tickTextOffset=theme.px(6))
            axis.setTextPen(theme.colour("ink_2"))
            axis.setPen(self._graph.mkPen(theme.colour("line")))
        self.plot.getAxis("left").setWidth(theme.px(52))
        self.plot.getAxis("bottom").setHeight(theme.px(28))


class _Swatch(QLabel):
    """A small field of a kind's colour."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedSize(theme.px(12), theme.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self._colour))
        painter.end()


def _share(bar: Bar, at: int) -> float:
    whole = sum(bar.parts)
    return bar.parts[at] / whole if whole else 0.0
