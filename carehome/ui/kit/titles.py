"""The titles over the columns of a table, with an arrow where it is sorted."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from carehome.ui.kit import icons, theme

ARROW = 14


class Titles(QHeaderView):
    """Sorts by a click; the third click gives back the order rows came in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(40))
        self.setFixedHeight(theme.px(34))
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

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
