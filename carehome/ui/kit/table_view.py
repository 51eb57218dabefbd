"""How a table is used: hover, empty lists, sorting, keys, copying, column widths."""

from collections.abc import Sequence
from typing import Generic

from PySide6.QtCore import QEvent, QItemSelection, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from carehome.i18n import _
from carehome.ui.kit import cells, theme
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.table import Index, Row, TableModel
from carehome.ui.kit.titles import Titles

SAMPLE, WIDEST, NARROWEST = 60, 320, 120


class TableView(QTableView, Generic[Row]):
    """A list to look at, sort, walk with the keys, open and copy from.

    `opened` goes out with the row on Enter or a double click, `picked` with the
    selected row (or None) whenever it changes, `first_step` from an empty list.
    """

    opened = Signal(object)
    picked = Signal(object)
    first_step = Signal()

    def __init__(self, model: TableModel[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.empty = Empty(self.viewport())
        self._cells = cells.Cells(model, self)
        self._picked: Row | None = None
        self._key: object = None
        self._fitted: list[int] = []
        self._by_hand = self._spreading = False
        self.setHorizontalHeader(Titles(self))
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self._dress()
        self._fit()

        copy = QAction(_("Copy"), self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.row(index)))
        self.empty.step.clicked.connect(self.first_step)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.set_empty(_("Nothing here yet."))

    def set_empty(self, text: str, step: str = "") -> None:
        """Say why the list is empty and name the first step, if there is one."""
        self.empty.say(text, step)
        self._place_empty()

    def current_row(self) -> Row | None:
        """Return the row under the cursor."""
        index = self.currentIndex()
        return self.table.row(index) if index.isValid() else None

    def selected_rows(self) -> list[Row]:
        """Return the selected rows from top to bottom."""
        places = sorted(i.row() for i in self.selectionModel().selectedRows())
        return [self.table.rows[place] for place in places]

    def select(self, key: object) -> bool:
        """Put the cursor on the row with `key`, if it is shown."""
        place = self.table.find(key)
        if place >= 0:
            self._go_to(place)
        return place >= 0

    def show_columns(self, most: int) -> None:
        """Show the first `most` columns only, as where a file is open beside them."""
        self._spreading = True
        for at in range(len(self.table.columns)):
            self.setColumnHidden(at, at >= most)
        self._spreading = False
        self._spread()

    def copy(self) -> None:
        """Put the selected rows on the clipboard, for a sheet to take."""
        shown = [
            column
            for at, column in enumerate(self.table.columns)
            if not self.isColumnHidden(at)
        ]
        lines = (
            "\t".join(" ".join(column.text(row).split()) for column in shown)
            for row in self.selected_rows()
        )
        QGuiApplication.clipboard().setText("\n".join(lines))

    def setColumnHidden(self, column: int, hide: bool) -> None:
        super().setColumnHidden(column, hide)
        self._spread()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row is not None:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()
        self._place_empty()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come in without a cursor, so that passing through picks nothing."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.selectionModel().clearCurrentIndex()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.selectionModel().isRowSelected(current.row()):
            self._tell(self.current_row())

    def selectionChanged(
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        super().selectionChanged(selected, deselected)
        chosen = self.selectionModel()
        if not chosen.hasSelection():
            self._tell(None)
        elif chosen.isRowSelected(self.currentIndex().row()):
            self._tell(self.current_row())

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(cells.ROW))
        self.horizontalHeader().sortIndicatorChanged.connect(self.table.sort)
        self.horizontalHeader().sectionResized.connect(self._on_resized)

    def _tell(self, row: Row | None) -> None:
        if row != self._picked:
            self._picked = row
            self.picked.emit(row)

    def _remember(self) -> None:
        key, row = self.table.key, self._picked
        self._key = key(row) if key and row is not None else None

    def _restore(self) -> None:
        self._fit()
        self._place_empty()
        place = self.table.find(self._key) if self._key is not None else -1
        if place >= 0:
            self._go_to(place)
        else:
            self._tell(None)

    def _go_to(self, place: int) -> None:
        index = self.table.index(place, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _hover(self, row: int) -> None:
        if row == self._cells.hovered:
            return
        for each in (self._cells.hovered, row):
            if each >= 0:
                top = self.rowViewportPosition(each)
                self.viewport().update(0, top, self.width(), theme.px(cells.ROW))
        self._cells.hovered = row

    def _fit(self) -> None:
        """Widen columns to what they show; they never jump back while one types."""
        step = max(len(self.table.rows) // SAMPLE, 1)
        sample = self.table.rows[::step]
        wanted = [self._width(at, sample) for at in range(len(self.table.columns))]
        before = self._fitted or [0] * len(wanted)
        self._fitted = [max(pair) for pair in zip(wanted, before, strict=True)]
        self._spread()

    def _width(self, at: int, sample: Sequence[Row]) -> int:
        column = self.table.columns[at]
        if column.width:
            return theme.px(column.width)
        text = max((column.text(row) for row in sample), key=_room, default="")
        body = cells.text_width(column, text)
        title = theme.room(_(column.title), theme.font(13))
        most = max(body, title + theme.px(2 * cells.PAD + 14))
        return min(most, theme.px(WIDEST))

    def _spread(self) -> None:
        """Share the room that is left among those that stretch, or among all."""
        if self._by_hand or not self._fitted:
            return
        columns = [at for at in range(len(self._fitted)) if not self.isColumnHidden(at)]
        rest = self.viewport().width() - sum(self._fitted[at] for at in columns)
        takers = [at for at in columns if self.table.columns[at].stretch]
        if not takers and rest > 0:
            takers = columns
        self._spreading = True
        for at in columns:
            width = self._fitted[at]
            share = rest // len(takers) if at in takers else 0
            least = min(width, theme.px(NARROWEST)) if share else width
            self.setColumnWidth(at, max(width + share, least))
        self._spreading = False

    def _on_resized(self, _column: int, before: int, now: int) -> None:
        """From when the person moves a border, columns are theirs.

        A column that is hidden or comes back has no width on one side of it.
        """
        if before and now:
            self._by_hand = self._by_hand or not self._spreading

    def _place_empty(self) -> None:
        self.empty.setGeometry(self.viewport().rect())
        self.empty.setVisible(not self.table.rows)


def _room(text: str) -> int:
    """Guess the width of a text: Chinese characters count double."""
    return sum(2 if sign > "\u2000" else 1 for sign in text)
