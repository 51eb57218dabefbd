"""What a finder finds, and how it is drawn: its name, what tells it apart, its kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from carehome.i18n import _
from carehome.ui.kit import icons, theme
from carehome.ui.kit.table import Index

LINE, HEADING, PAD, ICON = 46, 28, 14, 20
Role = Qt.ItemDataRole
NAME, START, SPELT, WITHIN = range(4)  # ranks: how well something fits what is typed


@dataclass(frozen=True)
class Found:
    """One thing that was found: what it is, and how it is opened.

    `note` tells it from others of its name, `rank` how well it fits. `other` is the
    second deed, in words and done by Ctrl+Enter. Without letters typed, things of one
    `section` stand under its heading.
    """

    kind: str
    title: str
    note: str
    open: Callable[[], object]
    rank: int = WITHIN
    icon: str = "right"
    other: tuple[str, Callable[[], object]] | None = None
    section: str = ""

    @property
    def mark(self) -> tuple[str, str, str]:
        """What tells it from everything else that is found."""
        return self.kind, self.title, self.note


Source = Callable[[str], Sequence[Found]]


class FoundList(QAbstractListModel):
    """What was found, for the list and for who listens to it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Found] = []

    def set_rows(self, rows: list[Found]) -> None:
        """Show other things."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's form
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        found = self.rows[index.row()]
        return _(", ").join(filter(None, (found.title, found.note, found.kind)))

    def heading(self, row: int) -> str:
        """Return the heading that stands above a row; empty where none begins."""
        section = self.rows[row].section
        return section if row == 0 or section != self.rows[row - 1].section else ""


class FoundLines(QStyledItemDelegate):
    """Paints the lines of a finder, with a heading where a section begins."""

    def __init__(self, found: FoundList, view: QListView) -> None:
        super().__init__(view)
        self._found = found

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = HEADING if self._found.heading(index.row()) else 0
        return QSize(theme.px(200), theme.px(LINE + heading))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect = QRect(option.rect)
        if heading := self._found.heading(index.row()):
            high = theme.px(HEADING)
            _write(painter, QRect(rect.left(), rect.top(), rect.width(), high), heading)
            rect.setTop(rect.top() + high)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("brand_soft"))
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.colour("brand"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        _paint_line(painter, rect, self._found.rows[index.row()])


def _paint_line(painter: QPainter, rect: QRect, found: Found) -> None:
    pad, side = theme.px(PAD), theme.px(ICON)
    inner = rect.adjusted(pad, 0, -pad, 0)
    top = inner.top() + (inner.height() - side) / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    icons.paint(painter, found.icon, QRectF(inner.left(), top, side, side), "ink_2")
    inner.setLeft(inner.left() + side + theme.px(12))
    kind = QFontMetrics(theme.font(12)).horizontalAdvance(found.kind)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(theme.font(12))
    painter.setPen(theme.colour("ink_2"))
    painter.drawText(inner, right, found.kind)
    inner.setRight(inner.right() - kind - theme.px(12))
    middle = inner.center().y() if found.note else inner.bottom()
    upper = QRect(inner.left(), inner.top() + theme.px(3), inner.width(), 0)
    upper.setBottom(middle + theme.px(1) if found.note else inner.bottom())
    _write_cut(painter, upper, found.title, "ink", bold=True)
    if found.note:
        lower = QRect(inner.left(), middle + theme.px(1), inner.width(), 0)
        lower.setBottom(inner.bottom() - theme.px(3))
        _write_cut(painter, lower, found.note, "ink_2", size=12)


def _write_cut(
    painter: QPainter,
    rect: QRect,
    text: str,
    colour: str,
    size: int = 14,
    bold: bool = False,
) -> None:
    """Write a line that ends in dots where there is no room for it."""
    painter.setFont(theme.font(size, bold=bold))
    painter.setPen(theme.colour(colour))
    cut = Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(text, cut, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)


def _write(painter: QPainter, rect: QRect, heading: str) -> None:
    painter.setFont(theme.font(12, bold=True))
    painter.setPen(theme.colour("ink_2"))
    room = rect.adjusted(theme.px(PAD), theme.px(6), 0, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, heading)
