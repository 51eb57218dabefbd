"""The program's own line icons, drawn in the colours of the look."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from carehome import paths
from carehome.ui.kit import theme


def icon(name: str, colour: str = "ink_2") -> QIcon:
    """Return an icon that follows light and dark by itself."""
    return QIcon(_Line(name, colour))


def paint(painter: QPainter, name: str, box: QRectF, colour: str = "ink_2") -> None:
    """Draw the icon `name` into `box`."""
    _renderer(name, theme.colour(colour).name()).render(painter, box)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    """Read a drawing and tint its one colour."""
    text = (paths.resource("icons") / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("#000", colour).encode()))


class _Line(QIconEngine):
    """Paints an icon when it is shown, in the colours of that moment."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State
    ) -> None:
        faded = mode is QIcon.Mode.Disabled
        side = min(rect.width(), rect.height())  # room beside it parts it from a text
        box = QRectF(rect.left(), rect.center().y() + 0.5 - side / 2, side, side)
        paint(painter, self._name, box, "ink_3" if faded else self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if size.isEmpty():
            return pixmap  # a row that is being laid out has no room yet
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Line(self._name, self._colour)
