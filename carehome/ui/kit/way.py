"""A wide button that names a way to go and says in a line where it leads."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from carehome.ui.kit import chips, icons, theme
from carehome.ui.kit.field import ENTER

HIGH, PAD, ICON = 66, 16, 22


class Way(QPushButton):
    """An icon, a title, a note below, and perhaps a chip at the right."""

    def __init__(self, icon: str, title: str, note: str, chip: str = "") -> None:
        super().__init__()
        self.title = title
        self.note = note
        self.chip = chip
        self._icon = icon
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        self.setToolTip(note)
        self.setFixedHeight(theme.px(HIGH))
        theme.mark(self, "way")

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go the way, and the arrow keys walk from one way to the next."""
        if event.key() in ENTER:
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        pad, side = theme.px(PAD), theme.px(ICON)
        box = QRectF(pad, (self.height() - side) / 2, side, side)
        icons.paint(painter, self._icon, box, "brand")
        left = pad + side + theme.px(14)
        right = self.width() - pad
        if self.chip:
            right -= chips.width(self.chip) + theme.px(10)
            place = QRect(right, 0, self.width() - pad - right, self.height())
            align = Qt.AlignmentFlag.AlignRight
            chips.paint_chip(painter, place, self.chip, "warn", align)
        half = self.height() // 2
        place = QRect(left, 0, right - left, half)
        self._write(painter, place, self.title, "ink", size=15, bold=True)
        place.translate(0, half)
        self._write(painter, place, self.note, "ink_2", size=13, bold=False)

    def _write(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        ink: str,
        *,
        size: int,
        bold: bool,
    ) -> None:
        """Write one line, shortened in the middle where it is a long path."""
        painter.setFont(theme.font(size, bold))
        painter.setPen(theme.colour(ink))
        middle = Qt.TextElideMode.ElideMiddle
        text = painter.fontMetrics().elidedText(text, middle, place.width())
        near = Qt.AlignmentFlag.AlignBottom if bold else Qt.AlignmentFlag.AlignTop
        painter.drawText(place, near | Qt.AlignmentFlag.AlignLeft, text)
