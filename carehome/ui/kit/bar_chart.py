"""A chart of stacked bars: what each day, month or floor is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.chart import Chart
from carehome.ui.kit.jobs import Jobs

WIDE = 0.72  # of its place is a bar
HIGH = 140  # pixels that a mark for each quarter needs


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


class BarChart(Chart):
    """Draws bars from the first kind at the bottom up; each bar is as high as all.

    Where what stands beside it names the kinds, it needs no legend of its own.
    """

    def __init__(
        self, jobs: Jobs, title: str, kinds: Sequence[Kind], *, legend: bool = True
    ) -> None:
        super().__init__(jobs, title)
        self._kinds = kinds
        self.bars: Sequence[Bar] = ()
        if legend:
            self._add_legend(kinds)

    def _add_legend(self, kinds: Sequence[Kind]) -> None:
        legend = QHBoxLayout()
        legend.setSpacing(theme.px(6))
        legend.addStretch()
        for kind in kinds:
            legend.addWidget(Swatch(kind.colour))
            word = QLabel(kind.word)
            theme.mark(word, "note")
            legend.addWidget(word)
            legend.addSpacing(theme.px(8))
        self.column.setSpacing(theme.px(4))
        self.column.addLayout(legend)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw bars beside each other, in their order."""
        self.bars = bars
        self.show_told(_(", ").join(map(self._say, bars)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Mark as many bars as the new width has room for."""
        super().resizeEvent(event)
        if self.plot is not None and event.size() != event.oldSize():
            self._redraw()

    def _say(self, bar: Bar) -> str:
        told = (
            f"{kind.word} {part}"
            for kind, part in zip(self._kinds, bar.parts, strict=True)
            if part
        )
        return f"{bar.label}: {' '.join(told)}"

    def draw(self) -> None:
        if not self.bars:
            return
        places = list(range(len(self.bars)))
        floor = [0.0] * len(places)
        for at, kind in enumerate(self._kinds):
            heights = [_share(bar, at) for bar in self.bars]
            self.plot.addItem(
                self.graph.BarGraphItem(
                    x=places,
                    y0=list(floor),
                    height=heights,
                    width=WIDE,
                    brush=theme.colour(kind.colour),
                    pen=self.graph.mkPen(theme.colour("paper"), width=0.5),
                )
            )
            floor = [low + high for low, high in zip(floor, heights, strict=True)]
        self.plot.setXRange(-0.6, max(len(places), 6) - 0.4, padding=0)
        self.plot.setYRange(0, 1.09, padding=0)
        self.draw_axes(places)

    def draw_axes(self, places: Sequence[int]) -> None:
        """Mark as many bars as there is room for, and the shares beside them."""
        widest = max(theme.room(bar.label, theme.font(12)) for bar in self.bars)
        room = max(self.width() // (widest + theme.px(8)), 1)
        step = -(-len(places) // room)
        below = [(at, self.bars[at].label) for at in places[::step]]
        parts = range(0, 5, 1 if self.height() >= theme.px(HIGH) else 4)
        beside = [(part / 4, f"{part * 25} %") for part in parts]
        self.mark_axes(below, beside)


class Swatch(QLabel):
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
