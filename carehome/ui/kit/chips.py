"""Chips: a word on a rounded ground whose colour underlines what the word says."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QWidget

from carehome.ui.kit import theme

PAD, SIZE = 8, 12


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
    pad: int = PAD,
) -> None:
    """Draw a word on a rounded ground of its tone."""
    painter.setFont(theme.font(SIZE))
    room = rect.width() - 2 * theme.px(pad)
    elide = Qt.TextElideMode.ElideRight
    text = painter.fontMetrics().elidedText(text, elide, room)
    wide, high = width(text, pad), min(theme.px(20), rect.height())
    left = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() + 1 - wide
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left = rect.left() + (rect.width() - wide) // 2
    box = QRectF(left, rect.top() + (rect.height() - high) / 2, wide, high)
    ground, ink = chip_colours(tone)
    smooth = QPainter.RenderHint.Antialiasing
    was_smooth = painter.testRenderHint(smooth)
    painter.setRenderHint(smooth)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(box, theme.px(4), theme.px(4))
    painter.setPen(theme.colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(smooth, was_smooth)


def width(text: str, pad: int = PAD) -> int:
    """Return how wide the chip around a word is."""
    return theme.room(text, theme.font(SIZE)) + 2 * theme.px(pad)


def chip_colours(tone: str) -> tuple[str, str]:
    """Return the names of the ground and the ink of a chip."""
    return (f"{tone}_soft", tone) if tone in theme.TONES else (tone, "ink")
