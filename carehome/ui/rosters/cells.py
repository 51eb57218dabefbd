"""Painting the cells of the grid: colour where it means something, always a sign."""

from functools import cache, lru_cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPen

from carehome.i18n import _
from carehome.rules.rosters.problem import Why
from carehome.ui.kit import theme
from carehome.ui.rosters.month import Kind

SIGN, WORD = 13, 12
MIDDLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
SOLID, SQUARE, MITER = (
    Qt.PenStyle.SolidLine,
    Qt.PenCapStyle.SquareCap,
    Qt.PenJoinStyle.MiterJoin,
)
RIGHT = LEFT | Qt.AlignmentFlag.AlignRight


def look_of(kind: Kind | None, why: Why | None, is_blank: bool) -> tuple[str, str, str]:
    """Return the sign, the ground and the ink of a cell."""
    if kind:
        return kind.sign, f"s_{kind.tone}", "ink"
    if why is Why.TRAINING:
        return training_sign(), "ok_soft", "ink"
    if why is Why.NOT_HERE:
        return "", "line_2", "ink_2"
    if why is Why.AWAY:
        return leave_sign(), "quiet_soft", "ink"
    if why:
        return barred_sign(), "warn_soft", "ink"
    return ("\u00b7" if is_blank else off_sign()), "paper", "ink_2"


def off_sign() -> str:
    """Return the sign of a day off."""
    # TRANSLATORS: one letter or character in the roster: a day off
    return _("R")


def leave_sign() -> str:
    """Return the sign of somebody who is away."""
    # TRANSLATORS: one letter or character in the roster: on leave
    return _("A")


def barred_sign() -> str:
    """Return the sign of somebody who lacks what every shift asks for."""
    # TRANSLATORS: one letter or character in the roster: lacks a certificate or a post
    return _("C")


def training_sign() -> str:
    """Return the sign of a training."""
    # TRANSLATORS: one letter or character in the roster: at a training
    return _("T")


def paint_sign(
    painter: QPainter, box: QRect, look: tuple[str, str, str], is_locked: bool
) -> None:
    """Draw a cell: its ground, its sign, and the line below what is locked."""
    state = theme.colour("paper").rgba(), painter.device().devicePixelRatio()
    image = _image(*look, is_locked, box.width(), box.height(), *state)
    painter.drawImage(box.topLeft(), image)


def paint_frame(painter: QPainter, box: QRect, is_hard: bool) -> None:
    """Draw the frame of a cell that is wrong; a hard one has a filled corner too."""
    ink = theme.colour("bad" if is_hard else "warn")
    inner = box.adjusted(1, 1, -2, -2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 2, SOLID, SQUARE, MITER))
    painter.drawRect(inner)
    if is_hard:
        side, right, top = theme.px(7), inner.right() + 1, inner.top()
        corner = (
            QPoint(right - side, top),
            QPoint(right, top),
            QPoint(right, top + side),
        )
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(corner)


def paint_elsewhere(painter: QPainter, box: QRect) -> None:
    """Draw the notch of a shift that is worked in another unit."""
    side, left, top = theme.px(6), box.left(), box.top()
    painter.setBrush(theme.colour("info"))
    painter.setPen(Qt.PenStyle.NoPen)
    notch = (QPoint(left, top), QPoint(left + side, top), QPoint(left, top + side))
    painter.drawPolygon(notch)


def paint_text(
    painter: QPainter,
    box: QRect,
    text: str,
    size: int = SIGN,
    ink: str = "ink",
    align: Qt.AlignmentFlag | Qt.TextFlag = LEFT,
    bold: bool = False,
) -> None:
    """Draw as much of a text as its box holds."""
    pixels = theme.px(size)
    painter.setFont(face(size, pixels, bold))
    painter.setPen(theme.colour(ink))
    painter.drawText(box, align, _cut(text, box.width() + 1, size, pixels, bold))


def fits(text: str, width: int, size: int) -> bool:
    """Say whether a text has room."""
    return theme.room(text, face(size, theme.px(size))) <= width


@cache
def face(size: int, pixels: int, bold: bool = False) -> QFont:
    """Return a font; `pixels` parts what is kept at another text size."""
    return theme.font(size, bold)


@lru_cache(maxsize=4096)
def _cut(text: str, width: int, size: int, pixels: int, bold: bool) -> str:
    metrics = QFontMetrics(face(size, pixels, bold))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


# Most of the 2,000 cells look alike, and text takes longer to draw than an image.
@lru_cache(maxsize=256)
def _image(
    sign: str,
    ground: str,
    ink: str,
    is_locked: bool,
    wide: int,
    high: int,
    _paper: int,
    density: float,
) -> QImage:
    """Return a cell; the paper tells light from dark."""
    size = round(wide * density), round(high * density)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(density)
    image.fill(theme.colour("paper"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    box = QRect(0, 0, wide, high)
    painter.fillRect(box.adjusted(0, 0, -1, -1), theme.colour(ground))
    painter.setPen(theme.colour("line_2"))
    painter.drawLine(0, high - 1, wide, high - 1)
    paint_text(painter, box, sign, SIGN, ink, MIDDLE)
    if is_locked:
        left, y = (wide - theme.px(14)) // 2, high // 2 + theme.px(9)
        painter.setPen(QPen(theme.colour("ink"), max(theme.px(1.5), 1)))
        painter.drawLine(left, y, left + theme.px(13), y)
    painter.end()
    return image
