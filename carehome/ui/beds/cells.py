"""Painting the cells of the board: colour where it means something, always a word."""

from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QImage, QPainter, QPen

from carehome.i18n import _
from carehome.ui.beds.faces import Face, say_floor
from carehome.ui.beds.plan import ENOUGH, LINE, FloorPlan
from carehome.ui.kit import chips, theme

TITLE, NAME, WORD, MARK = 14, 13, 12, 10  # sizes of text
MARK_SIDE, SHORT = 15, 26  # the mark of dementia; two Chinese characters
PAD, CHIP_PAD, ROUND = 6, 4, 4
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
    look = theme.colour("paper").rgba(), painter.device().devicePixelRatio()
    painter.drawImage(box.topLeft(), _ground(face.tone, box.size().toTuple(), *look))
    fit = _fit(face, box.width(), theme.px(NAME))
    left, top, high = box.left(), box.top(), box.height()
    if fit.chip:
        right = Qt.AlignmentFlag.AlignRight
        chip = QRect(left, top + 2, box.width() - theme.px(3), high - 4)
        chips.paint_chip(painter, chip, fit.right, face.chip, right, CHIP_PAD)
    elif fit.right:
        painter.setFont(_face(WORD, theme.px(WORD)))
        painter.setPen(theme.colour("ink_2" if face.tone in INKS else "tint_ink"))
        room = QRect(left + fit.right_at, top, box.width() - fit.right_at, high)
        painter.drawText(room, MIDDLE, fit.right)
    if face.has_dementia:
        _paint_mark(painter, left + fit.mark_at, box)
    painter.setFont(_face(NAME, theme.px(NAME)))
    painter.setPen(theme.colour(INKS.get(face.tone, "ink")))
    painter.drawText(box.adjusted(theme.px(PAD), 0, 0, 0), MIDDLE, fit.left)
    if fit.more_at:
        painter.setPen(theme.colour("tint_ink"))
        painter.setFont(_face(WORD, theme.px(WORD)))
        painter.drawText(box.adjusted(fit.more_at, 0, 0, 0), MIDDLE, face.more)


def paint_floor(painter: QPainter, floor: FloorPlan, building: str) -> None:
    """Draw the panel of a floor, and at its left what there is to say of it."""
    painter.setPen(theme.colour("line"))
    painter.setBrush(theme.colour("paper"))
    painter.drawRoundedRect(QRectF(floor.box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    label, line = floor.label, theme.px(LINE)
    box = QRect(label.topLeft(), QSize(label.width(), line + theme.px(3)))
    painter.setPen(theme.colour("ink"))
    paint_text(painter, box, floor.floor.name, TITLE, bold=True)
    painter.setPen(theme.colour("ink_2"))
    box = QRect(box.bottomLeft(), QSize(label.width(), line))
    for text in say_floor(floor.floor, building, (label.bottom() - box.top()) // line):
        paint_text(painter, box, text, WORD)
        box.translate(0, line)


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


# Rounded corners take longer than all else of a cell, and most cells look alike.
@lru_cache(maxsize=64)
def _ground(tone: str, size: tuple[int, int], _paper: int, density: float) -> QImage:
    """Return the ground of a cell; the paper tells light from dark."""
    wide, high = size
    image = QImage(
        round(wide * density),
        round(high * density),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(density)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, 0, wide, high).adjusted(0.5, 0.5, -0.5, -0.5)
    _paint_ground(painter, box, tone)
    painter.end()
    return image


def _paint_ground(painter: QPainter, box: QRectF, tone: str) -> None:
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


def _paint_mark(painter: QPainter, left: int, box: QRect) -> None:
    """Draw the mark of dementia, a sign in a circle."""
    side = theme.px(MARK_SIDE)
    circle = QRectF(left, box.top() + (box.height() - side) / 2, side, side)
    painter.setBrush(theme.colour("paper"))
    painter.setPen(theme.colour("tint_ink"))
    painter.drawEllipse(circle)
    painter.setFont(_face(MARK, theme.px(MARK)))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, dementia_sign())


def dementia_sign() -> str:
    """Return the one sign that marks dementia on the board."""
    # TRANSLATORS: one letter or character that marks a resident with dementia
    return _("D")


def paint_text(
    painter: QPainter, box: QRect, text: str, size: int, bold: bool = False
) -> None:
    """Draw as much of a text as its box holds."""
    pixels = theme.px(size)
    painter.setFont(_face(size, pixels, bold))
    painter.drawText(box, MIDDLE, _cut(text, box.width(), size, pixels, bold))


@dataclass(frozen=True, slots=True)
class _Fit:
    """The words of a face as a cell of some width has room for them, and where."""

    left: str
    right: str = ""
    right_at: int = 0
    mark_at: int = 0
    more_at: int = 0
    chip: bool = False


# All beds in sight are painted at every move of the cursor, so what is found out
# about words is kept; `pixels` parts what was kept at another text size.
@lru_cache(maxsize=8192)
def _fit(face: Face, width: int, pixels: int) -> _Fit:
    pad, gap = theme.px(PAD), theme.px(3)
    end = width - (theme.px(3) if face.chip else pad)
    side = theme.px(MARK_SIDE) + theme.px(2) if face.has_dementia else 0
    left = pad + theme.room(face.left, theme.font(NAME)) + gap + side
    right, start = _right(face, left, end, pixels)
    mark = (start - gap if right else width - pad) - theme.px(MARK_SIDE)
    room = (start - gap if right else width - pad) - side
    words = _cut(face.left, room - pad, NAME, pixels)
    more = pad + theme.room(words, theme.font(NAME)) + theme.px(10)
    if width < theme.px(ENOUGH) or more + _room(face.more) > room:
        more = 0
    return _Fit(words, right, start, mark, more, bool(face.chip))


def _right(face: Face, left: int, end: int, pixels: int) -> tuple[str, int]:
    """Return the word at the right and where it begins; it makes room for the name."""
    around = 2 * theme.px(CHIP_PAD) if face.chip else 0
    start = end - _room(face.right) - around
    if start >= left or not face.right:
        return face.right, start
    if face.tone in INKS:  # what an empty bed is can be asked for
        return "", end
    start = max(start, min(left, end - around - theme.px(SHORT)))
    return _cut(face.right, end - start - around, WORD, pixels), start


def _room(word: str) -> int:
    return theme.room(word, theme.font(WORD))


@cache
def _face(size: int, pixels: int, bold: bool = False) -> QFont:
    return theme.font(size, bold)


@lru_cache(maxsize=8192)
def _cut(text: str, width: int, size: int, pixels: int, bold: bool = False) -> str:
    metrics = QFontMetrics(_face(size, pixels, bold))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
