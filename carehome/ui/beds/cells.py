"""Painting the cells of the board: colour where it means something, always a word."""

from functools import cache, lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPen

from carehome.i18n import _
from carehome.ui.beds.faces import Face
from carehome.ui.kit import chips, theme

NAME, WORD, MARK = 13, 12, 10  # sizes of text
PAD, ROUND = 6, 4
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
DASHED = {"free": "edge", "reserved": "info"}
INKS = {
    "free": "ok",
    "reserved": "info",
    "cleaning": "ink_2",
    "out_of_service": "ink_2",
}


def paint_cell(painter: QPainter, box: QRect, face: Face) -> None:
    """Draw the ground of a cell and its words."""
    _paint_ground(painter, QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), face)
    pad = theme.px(PAD)
    inner = box.adjusted(pad, 0, -pad, 0)
    inner.setRight(inner.right() - _paint_right(painter, inner, face))
    if face.has_dementia:
        inner.setRight(inner.right() - _paint_mark(painter, inner))
    painter.setPen(theme.colour(INKS.get(face.tone, "ink")))
    paint_text(painter, inner, face.left, NAME)


def paint_ring(
    painter: QPainter,
    box: QRect,
    colour: str,
    line: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """Draw a ring around a cell: the cursor, who moves, where to."""
    painter.setPen(QPen(theme.colour(colour), theme.px(2), line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), ROUND + 1, ROUND + 1)


def paint_target(painter: QPainter, box: QRect, text: str, tone: str) -> None:
    """Draw the bed that somebody would move to: `tone` says whether that can be."""
    ground, ink = chips.chip_colours(tone)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(QRectF(box), ROUND, ROUND)
    pad = theme.px(PAD)
    painter.setPen(theme.colour(ink))
    paint_text(painter, box.adjusted(pad, 0, -pad, 0), text, NAME)
    paint_ring(painter, box, ink)


def _paint_ground(painter: QPainter, box: QRectF, face: Face) -> None:
    tone = face.tone
    if tone in DASHED:
        painter.setPen(QPen(theme.colour(DASHED[tone]), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    elif tone == "cleaning":
        painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DotLine))
        painter.setBrush(theme.colour("quiet_soft"))
    elif tone == "out_of_service":
        painter.setPen(theme.colour("line"))
        painter.setBrush(QBrush(theme.colour("line"), Qt.BrushStyle.BDiagPattern))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("quiet_soft" if tone == "quiet" else tone))
    painter.drawRoundedRect(box, ROUND, ROUND)


def _paint_right(painter: QPainter, inner: QRect, face: Face) -> int:
    """Draw the word at the right; return how much room it took."""
    if not face.right:
        return 0
    if face.chip:
        edge = inner.adjusted(0, 0, theme.px(3), 0)
        chips.paint_chip(
            painter, edge, face.right, face.chip, Qt.AlignmentFlag.AlignRight
        )
        return chips.width(face.right)
    left = _width(face.left, NAME, theme.px(NAME))
    room = inner.width() - left - theme.px(6)
    wide = _width(face.right, WORD, theme.px(WORD))
    if wide > room and face.tone in INKS:  # what an empty bed is can be asked for
        return 0
    painter.setPen(theme.colour("tint_ink" if face.tone not in INKS else "ink_2"))
    box = QRect(inner.right() - wide + 1, inner.top(), wide, inner.height())
    paint_text(painter, box, face.right, WORD)
    return wide + theme.px(3)


def _paint_mark(painter: QPainter, inner: QRect) -> int:
    """Draw the mark of dementia, a sign in a circle; return how much room it took."""
    side = theme.px(15)
    top = inner.top() + (inner.height() - side) / 2
    circle = QRectF(inner.right() - side, top, side, side)
    painter.setBrush(theme.colour("paper"))
    painter.setPen(theme.colour("tint_ink"))
    painter.drawEllipse(circle)
    painter.setFont(_face(MARK, theme.px(MARK)))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, dementia_sign())
    return side + theme.px(2)


def dementia_sign() -> str:
    """Return the one sign that marks dementia on the board."""
    # TRANSLATORS: one letter or character that marks a resident with dementia
    return _("D")


def paint_text(painter: QPainter, box: QRect, text: str, size: int) -> None:
    """Draw as much of a text as its box holds."""
    pixels = theme.px(size)
    painter.setFont(_face(size, pixels))
    painter.drawText(box, MIDDLE, _cut(text, box.width(), size, pixels))


# All beds are painted at every move of the cursor, so what is asked again is kept;
# `pixels` parts what was kept at another text size.
@cache
def _face(size: int, pixels: int) -> QFont:
    return theme.font(size)


@lru_cache(maxsize=8192)
def _width(text: str, size: int, pixels: int) -> int:
    return QFontMetrics(_face(size, pixels)).horizontalAdvance(text) + 1


@lru_cache(maxsize=8192)
def _cut(text: str, width: int, size: int, pixels: int) -> str:
    metrics = QFontMetrics(_face(size, pixels))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
