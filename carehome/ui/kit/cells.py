"""The cells of a table as the look wants them: text, chips, selected, hovered."""

from functools import cache, lru_cache
from typing import Any

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from carehome.ui.kit import chips, theme
from carehome.ui.kit.table import Column, Index, TableModel

ROW, PAD = 36, 10


class Cells(QStyledItemDelegate):
    """Paints the cells of a TableModel."""

    def __init__(self, model: TableModel[Any], parent: QObject) -> None:
        super().__init__(parent)
        self.hovered = -1
        self.first = 0
        self._model = model
        self._flags = [_flags(column) for column in model.columns]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        at = index.column()
        column, row = self._model.columns[at], self._model.row(index)
        rect = QRect(option.rect)
        self._paint_ground(painter, rect, option, index)
        text = column.text(row)
        if not text:
            return
        pad = theme.px(PAD)
        inner = rect.adjusted(pad, 0, -pad, 0)
        chip = column.chip(row) if column.chip else None
        if chip:
            chips.paint_chip(painter, inner, text, chip, column.align)
            return
        tone = column.tone(row) if column.tone else None
        painter.setFont(_face(column.bold, theme.px(theme.BASE)))
        painter.setPen(theme.colour(tone or "ink"))
        shown = _shown(text, inner.width(), column.bold, theme.px(theme.BASE))
        painter.drawText(inner, self._flags[at], shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        column = self._model.columns[index.column()]
        width = text_width(column, column.text(self._model.row(index)))
        return QSize(width, theme.px(ROW))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tell the whole of a text that did not fit."""
        if not index.isValid() or index.data(Qt.ItemDataRole.ToolTipRole):
            return super().helpEvent(event, view, option, index)
        cut = self.sizeHint(option, index).width() > QRect(option.rect).width()
        QToolTip.showText(event.globalPos(), index.data() if cut else "", view)
        return True

    def _paint_ground(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Soft brand where selected, a breath of grey under the mouse, a thin line."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("brand_soft"))
            if index.column() == self.first:
                bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height() - 1)
                painter.fillRect(bar, theme.colour("brand"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, theme.colour("hover"))
        line = theme.colour("line_2")
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)


def text_width(column: Column[Any], text: str) -> int:
    """Return the width that a cell needs to show `text` whole."""
    plain = theme.room(text, theme.font(bold=column.bold))
    chip = chips.width(text) if column.chip else 0
    return max(plain, chip) + 2 * theme.px(PAD)


def _flags(column: Column[Any]) -> int:
    middle = Qt.AlignmentFlag.AlignVCenter
    return (column.align | middle).value | Qt.TextFlag.TextSingleLine.value


# Painting is what scrolling waits for, so what it asks again and again is kept.
@cache
def _face(bold: bool, _size: int) -> QFont:
    return theme.font(bold=bold)


@lru_cache(maxsize=4096)
def _shown(text: str, width: int, bold: bool, size: int) -> str:
    """Return what of `text` fits into `width`."""
    metrics = QFontMetrics(_face(bold, size))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
