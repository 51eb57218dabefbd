"""What all charts share: loaded when first looked at, drawn in the look in use."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs

DRAWS = "pyqtgraph"  # slow to load: only once somebody looks at a chart
Marks = Sequence[tuple[float, str]]


class Chart(QWidget):
    """A chart without mouse or menu; a kind of chart says in `draw` what is on it.

    Who cannot see it hears the same in words; a list beside it should say it too.
    """

    def __init__(self, jobs: Jobs, title: str) -> None:
        super().__init__()
        self._jobs = jobs
        self._title = title
        self.graph: Any = None
        self.plot: Any = None
        self.setMinimumHeight(theme.px(150))
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def draw(self) -> None:
        """Put on the empty plot what there is to show."""
        raise NotImplementedError

    def show_told(self, words: str) -> None:
        """Draw anew what `words` say to who cannot see it."""
        self.setAccessibleDescription(words)
        if self.plot is None:
            self._jobs.run(self, self._make, import_module, DRAWS)
        else:
            self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.plot is not None:
            self._redraw()

    def mark_axes(self, below: Marks, beside: Marks) -> None:
        """Write the marks of both axes; the left one is as wide as its words."""
        face = theme.font(12)
        for name, marks in (("bottom", below), ("left", beside)):
            axis = self.plot.getAxis(name)
            axis.setTicks([marks])
            axis.setTickFont(face)
            axis.setStyle(
                tickLength=0, tickTextOffset=theme.px(6), hideOverlappingLabels=False
            )
            axis.setTextPen(theme.colour("ink_2"))
            axis.setPen(self.graph.mkPen(theme.colour("line")))
        wide = max(theme.room(word, face) for _at, word in beside)
        self.plot.getAxis("left").setWidth(wide + theme.px(14))
        self.plot.getAxis("bottom").setHeight(theme.px(28))

    def _make(self, graph: Any) -> None:
        if self.plot is None:
            self.graph = graph
            self.plot = graph.PlotWidget()
            self.plot.setAccessibleName(self._title)
            self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.plot.setMouseEnabled(x=False, y=False)
            self.plot.hideButtons()
            self.plot.setMenuEnabled(False)
            self.plot.setAntialiasing(True)
            self.plot.getPlotItem().setContentsMargins(0, 0, theme.px(10), 0)
            self.column.addWidget(self.plot, 1)
        self._redraw()

    def _redraw(self) -> None:
        self.plot.clear()
        self.plot.setBackground(theme.colour("paper"))
        self.draw()
