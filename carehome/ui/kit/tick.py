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
        edge, fill = self._colours()
        painter.setPen(QPen(theme.colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        if self.checkState() is Qt.CheckState.Checked:
            ink = "brand_ink" if self.isEnabled() else "ink_2"
            icons.paint(painter, "check", box.adjusted(2, 2, -2, -2), ink)

    def _colours(self) -> tuple[str, str]:
        """Name the colours of the box's border and ground."""
        if not self.isEnabled():
            return "line", "line" if self.isChecked() else "ground"
        if self.isChecked():
            return "brand", "brand"
        return ("brand" if self.hasFocus() else "control"), "paper"
