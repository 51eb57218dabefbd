"""The list of what there is to say of a sheet: whoever it is about, and why."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from carehome.i18n import N_, _
from carehome.ui.kit import icons, theme
from carehome.ui.kit.table import Index
from carehome.ui.parts.rolls.spots import BAD, Spot

PAD, ICON, GAP, HEAD = 10, 14, 6, 22
WRAPPED = Qt.TextFlag.TextWordWrap.value


class SpotModel(QAbstractListModel):
    """Lists what there is to say."""

    def __init__(self) -> None:
        super().__init__()
        self.spots: Sequence[Spot] = ()

    def set_spots(self, spots: Sequence[Spot]) -> None:
        """Replace everything that is listed."""
        self.beginResetModel()
        self.spots = spots
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.spots)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        spot = self.spots[index.row()]
        return f"{who(spot)} {spot.text}"


class SpotList(QListView):
    """Stands beside the sheet; `wanted` goes out with what a person goes to."""

    wanted = Signal(object)

    own_keys = (("Enter", N_("Go to the cell")),)

    def __init__(self) -> None:
        super().__init__()
        self.list = SpotModel()
        self.setModel(self.list)
        self.setItemDelegate(_Lines(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What is to be corrected"))
        self.clicked.connect(self._want)

    def step(self, by: int) -> None:
        """Go to the next thing, or to the one before; round at the end."""
        count = len(self.list.spots)
        if count:
            is_on = self.selectionModel().hasSelection()
            at = self.currentIndex().row() + by if is_on else min(by - 1, 0)
            at %= count
            self.setCurrentIndex(self.list.index(at))
            self._want(self.currentIndex())

    def mark(self, row: int, column: int) -> None:
        """Put the cursor on what is said of a cell, or on nothing."""
        for at, spot in enumerate(self.list.spots):
            if spot.place == (row, column):
                if self.currentIndex().row() < 0 or self._current().place != spot.place:
                    self.setCurrentIndex(self.list.index(at))
                return
        self.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        entered = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not entered:
            super().keyPressEvent(event)
        if self.currentIndex().isValid() and (entered or self.currentIndex() != before):
            self._want(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _current(self) -> Spot:
        return self.list.spots[self.currentIndex().row()]

    def _want(self, index: Index) -> None:
        self.wanted.emit(self.list.spots[index.row()])


def who(spot: Spot) -> str:
    """Return whose row it is."""
    if not spot.who:
        return _("Row {row}").format(row=spot.row)
    return _("Row {row}, {name}").format(row=spot.row, name=spot.who)


class _Lines(QStyledItemDelegate):
    """Paints who it is and, below, why, over as many lines as it needs."""

    def __init__(self, view: SpotList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        spot, width = self._view.list.spots[index.row()], self._view.viewport().width()
        room = width - theme.px(2 * PAD + ICON + GAP)
        high = _height(spot.text, max(room, 1), theme.scale())
        return QSize(width, high + theme.px(HEAD + PAD + 4))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        spot, rect = self._view.list.spots[index.row()], QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("brand_soft"))
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height() - 1)
            painter.fillRect(bar, theme.colour("brand"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        line = theme.colour("line_2")
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        inner = rect.adjusted(theme.px(PAD), theme.px(5), -theme.px(PAD), 0)
        side = theme.px(ICON)
        top = inner.top() + (theme.px(HEAD) - side) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(
            painter, spot.tone, QRectF(inner.left(), top, side, side), spot.tone
        )
        inner.setLeft(inner.left() + side + theme.px(GAP))
        head = QRect(inner.left(), inner.top(), inner.width(), theme.px(HEAD))
        is_bad = spot.tone == BAD
        painter.setFont(theme.font(13, bold=is_bad))
        painter.setPen(theme.colour("ink" if is_bad else "ink_2"))
        shown = painter.fontMetrics().elidedText(
            who(spot), Qt.TextElideMode.ElideRight, head.width()
        )
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("ink_2"))
        painter.drawText(inner.adjusted(0, head.height(), 0, 0), WRAPPED, spot.text)


@lru_cache(maxsize=4096)
def _height(text: str, width: int, _scale: int) -> int:
    """Measure a text over lines of `width`; asked again and again while scrolling."""
    metrics = QFontMetrics(theme.font(13))
    return metrics.boundingRect(QRect(0, 0, width, 10000), WRAPPED, text).height()
