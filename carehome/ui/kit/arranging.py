"""Arranging the columns of a table without the mouse, or all of them at once."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.columns import Columns
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.table import Index
from carehome.ui.kit.tick import paint_box

ROW, MOST_ROWS = 34, 12
TICKED, EMPTY = Qt.CheckState.Checked, Qt.CheckState.Unchecked
TICKED_LOOK, EMPTY_LOOK = ("brand", "brand", "brand_ink"), ("control", "paper", "")


class Ticks(QStyledItemDelegate):
    """Paints the boxes of a list as all boxes to tick look."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        super().paint(painter, option, index)
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        place = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        look = drawn.widget.style()
        box = QRectF(look.subElementRect(place, drawn, drawn.widget))
        colours = TICKED_LOOK if drawn.checkState is TICKED else EMPTY_LOOK
        paint_box(painter, box, *colours)


class ArrangeDialog(AskDialog):
    """Lists the columns of a table, to tick those wanted and to move them about."""

    def __init__(self, columns: Columns, parent: QWidget) -> None:
        super().__init__(_("Arrange columns"), _("Apply"), parent)
        self._columns = columns
        self.list = QListWidget()
        self.up = button(_("Up"), "up", "Alt+Up")
        self.down = button(_("Down"), "down", "Alt+Down")
        note = QLabel(_("Tick what the list shows. Drag a title to move its column."))
        note.setWordWrap(True)
        theme.mark(note, "note")
        theme.mark(self.list, "choices")
        self.list.setItemDelegate(Ticks(self.list))
        self._dress()
        deeds = QVBoxLayout()
        deeds.setSpacing(theme.px(8))
        deeds.addWidget(self.up)
        deeds.addWidget(self.down)
        deeds.addStretch()
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.list, 1)
        row.addLayout(deeds)
        self.body.addWidget(note)
        self.body.addLayout(row)
        self._fill()

        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.list.itemChanged.connect(self._judge)
        self.asked.connect(self._apply)
        self.list.setFocus()

    def _dress(self) -> None:
        self.list.setAccessibleName(_("Columns"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        shown = min(len(self._columns.offered), MOST_ROWS)
        self.list.setMinimumHeight(theme.px(ROW) * shown + theme.px(12))

    def _fill(self) -> None:
        wanted = self._columns.wanted
        for at in self._columns.offered:
            item = QListWidgetItem(_(self._columns.all[at].title))
            item.setData(Qt.ItemDataRole.UserRole, at)
            item.setCheckState(TICKED if at in wanted else EMPTY)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _move(self, step: int) -> None:
        at = self.list.currentRow()
        if 0 <= at + step < self.list.count():
            self.list.insertItem(at + step, self.list.takeItem(at))
            self.list.setCurrentRow(at + step)

    def _judge(self) -> None:
        ticked = any(item.checkState() is TICKED for item in self._items())
        self.set_reason("" if ticked else _("One column at least has to stay."))

    def _apply(self) -> None:
        items = self._items()
        role = Qt.ItemDataRole.UserRole
        order = [item.data(role) for item in items]
        hidden = [item.data(role) for item in items if item.checkState() is EMPTY]
        self._columns.arrange(order, hidden)
        self.finish()
