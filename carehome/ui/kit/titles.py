"""The titles over the columns of a table, with an arrow where it is sorted."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QWidget

from carehome.i18n import _
from carehome.ui.kit import icons, theme
from carehome.ui.kit.buttons import icon_button

ARROW = 14


class Titles(QHeaderView):
    """Sorts by a click; the third click gives back the order rows came in.

    Titles are dragged to another place, their borders to another width; `released`
    tells that the mouse let go. `menu_wanted` goes out with a place on the screen and
    the column there, -1 for the button that shows while the mouse is near.
    """

    released = Signal()
    menu_wanted = Signal(QPoint, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(40))
        self.setFixedHeight(theme.px(34))
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.more = icon_button("menu", _("Columns, copy, save"), self._want_menu)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys have the menu key
        self.more.setParent(self)
        theme.mark(self.more, "over")
        self.more.hide()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if section != self.sortIndicatorSection():
            return
        rising = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        side = theme.px(ARROW)
        top = rect.top() + (rect.height() - side) / 2
        align = self.model().headerData(
            section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole
        )
        at_left = bool(align & Qt.AlignmentFlag.AlignRight)
        left = rect.left() + 2 if at_left else rect.right() - side - 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(left, top, side, side)
        icons.paint(painter, "up" if rising else "down", box, "brand")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos(), self.logicalIndexAt(event.pos()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.released.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.more.show()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.more.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - theme.px(6)
        self.more.setGeometry(
            self.width() - side - theme.px(3), theme.px(2), side, side
        )

    def _want_menu(self) -> None:
        below = self.more.mapToGlobal(QPoint(0, self.more.height()))
        self.menu_wanted.emit(below, -1)
