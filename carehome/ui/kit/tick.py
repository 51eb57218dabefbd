"""A box to tick, drawn in the colours of the look."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from carehome.ui.kit import icons, theme

SIDE = 18


class Tick(QCheckBox):
    """A check box; the style sheet leaves its box empty and this fills it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(SIDE)
        box = QRectF(0.75, (self.height() - side) / 2, side - 1.5, side - 1.5)
        edge = "brand" if self.isChecked() or self.hasFocus() else "control"
        painter.setPen(QPen(theme.colour(edge), 1.5 if self.hasFocus() else 1))
        painter.setBrush(theme.colour("brand" if self.isChecked() else "paper"))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        if self.checkState() is Qt.CheckState.Checked:
            icons.paint(painter, "check", box.adjusted(2, 2, -2, -2), "brand_ink")
