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
        side = theme.px(SIDE)
        box = QRectF(0.75, (self.height() - side) / 2, side - 1.5, side - 1.5)
        wide = 2 if self.hasFocus() else 1
        paint_box(QPainter(self), box, *self._colours(), self._ink(), wide)

    def _ink(self) -> str:
        """Name the colour of the tick; empty where there is none."""
        if self.checkState() is not Qt.CheckState.Checked:
            return ""
        return "brand_ink" if self.isEnabled() else "ink_2"

    def _colours(self) -> tuple[str, str]:
        """Name the colours of the box's border and ground."""
        if not self.isEnabled():
            return "line", "line" if self.isChecked() else "ground"
        if self.isChecked():
            return "brand", "brand"
        return ("brand" if self.hasFocus() else "control"), "paper"


def paint_box(
    painter: QPainter, box: QRectF, edge: str, fill: str, ink: str, wide: int = 1
) -> None:
    """Draw a box to tick, in a list too; without ink it is not ticked."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(edge), wide))
    painter.setBrush(theme.colour(fill))
    painter.drawRoundedRect(box, theme.px(4), theme.px(4))
    if ink:
        icons.paint(painter, "check", box.adjusted(2, 2, -2, -2), ink)
