"""Chips: a word on a rounded ground whose colour underlines what the word says."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QWidget

from carehome.ui.kit import theme

PAD = 8


class Tag(QLabel):
    """A chip that stands by itself; `tone` is ok, warn, bad, info, quiet, a0 to a4."""

    def __init__(
        self, text: str, tone: str = "quiet", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.set_tone(tone)

    def set_tone(self, tone: str) -> None:
        """Change the colour, as the word changes."""
        theme.mark(self, f"chip_{tone}")


def paint_chip(
    painter: QPainter,
    rect: QRect,
    text: str,
    tone: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw a word on a rounded ground of its tone."""
    painter.setFont(theme.font(12))
    metrics = painter.fontMetrics()
    text = metrics.elidedText(
        text, Qt.TextElideMode.ElideRight, rect.width() - 2 * theme.px(PAD)
    )
    width = metrics.horizontalAdvance(text) + 2 * theme.px(PAD)
    height = theme.px(20)
    left = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() + 1 - width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left = rect.left() + (rect.width() - width) // 2
    box = QRectF(left, rect.top() + (rect.height() - height) / 2, width, height)
    ground, ink = chip_colours(tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(box, theme.px(4), theme.px(4))
    painter.setPen(theme.colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def chip_colours(tone: str) -> tuple[str, str]:
    """Return the names of the ground and the ink of a chip."""
    return (f"{tone}_soft", tone) if tone in theme.TONES else (tone, "ink")
