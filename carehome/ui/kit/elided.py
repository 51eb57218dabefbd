"""A line of text that gives way: it ends in dots where there is no room for it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel

from carehome.ui.kit import theme


class Elided(QLabel):
    """A label that never cuts a word in half; the whole is told when asked for."""

    def minimumSizeHint(self) -> QSize:
        least = min(super().sizeHint().width(), theme.px(40))
        return QSize(least, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._offer_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_whole()

    def _offer_whole(self) -> None:
        cut = self.sizeHint().width() > self.width()
        self.setToolTip(self.text() if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width() + 1
        )
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, self.alignment(), text)
