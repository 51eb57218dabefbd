"""The way through the program: one entry a page, with a count of what waits there."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from carehome.ui.kit import icons, theme

HEIGHT, LEAST, PAD, ICON = 37, 29, 12, 18


class Entry(QAbstractButton):
    """One page in the navigation; the arrow keys walk from one to the next."""

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Preferred)
        self.setMaximumHeight(theme.px(HEIGHT))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_count(self, count: int) -> None:
        """Show how many things wait on the page; none shows nothing."""
        self.count = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(168), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """On a low screen the entries move together before they scroll."""
        return QSize(theme.px(120), theme.px(LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        side, pad = theme.px(ICON), theme.px(PAD)
        box = QRectF(pad, (self.height() - side) / 2, side, side)
        ink = "toast_ink" if self.isChecked() else "nav_ink"
        icons.paint(painter, self._icon, box, ink if self.isChecked() else "nav_note")
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(theme.colour(ink))
        text = self.rect().adjusted(pad + side + theme.px(10), 0, -pad, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.count:
            self._paint_count(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        ground = "nav_on" if self.isChecked() else "nav_hover"
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("nav_ink"), 2))
            inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inside, theme.px(6), theme.px(6))

    def _paint_count(self, painter: QPainter) -> None:
        shown = str(self.count) if self.count < 100 else "99+"
        font = theme.font(11, bold=True)
        high = theme.px(18)
        wide = max(QFontMetrics(font).horizontalAdvance(shown) + theme.px(12), high)
        left = self.width() - theme.px(PAD) - wide
        box = QRectF(left, (self.height() - high) / 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("badge"))
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setFont(font)
        painter.setPen(theme.colour("toast_ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
