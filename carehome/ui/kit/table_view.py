"""How a table is used: hover, empty lists, sorting, keys, what goes out of it."""

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from carehome.i18n import N_, _
from carehome.ui.kit import cells, extract, table_menu, theme
from carehome.ui.kit.columns import Columns
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.extract import Extract
from carehome.ui.kit.table import Index, Row, TableModel
from carehome.ui.kit.titles import Titles

_Flag = QItemSelectionModel.SelectionFlag
ALONE = _Flag.ClearAndSelect | _Flag.Rows


class TableView(QTableView, Generic[Row]):
    """A list to look at, sort, walk with the keys, open, copy and save from.

    `name` is what its arrangement is remembered under, `title` a marked text that
    says what it lists. `opened` goes out with the row on Enter or a double click,
    `picked` with the selected row (or None) whenever it changes, `first_step` from an
    empty list.
    """

    own_keys: tuple[tuple[str, str], ...] = (
        ("Enter", N_("Open what the cursor is on")),
    )
    opened = Signal(object)
    picked = Signal(object)
    first_step = Signal()

    def __init__(
        self,
        model: TableModel[Row],
        name: str,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = model
        self.name = name
        self.title = title
        self.empty = Empty(self.viewport())
        self.titles = Titles(self)
        self._cells = cells.Cells(model, self)
        self._picked: Row | None = None
        self._key: object = None
        self._save: Callable[[], object] | None = None
        self.setHorizontalHeader(self.titles)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(_(title))
        self._dress()
        self.columns = Columns(self, self.titles, model, name)
        self._mark_first()
        self.columns.fit()
        self._add_deeds()

        self.titles.menu_wanted.connect(self._show_titles_menu)
        self.columns.placed.connect(self._mark_first)
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
        ranges = self.selectionModel().selection().toList()
        places = {
            row for part in ranges for row in range(part.top(), part.bottom() + 1)
        }
        return [self.table.rows[place] for place in sorted(places)]

    def select(self, key: object) -> bool:
        """Put the cursor on the row with `key`, if it is shown."""
        place = self.table.find(key)
        if place >= 0:
            self._go_to(place)
        return place >= 0

    def show_columns(self, most: int) -> None:
        """Show the first `most` columns only, as where a file is open beside them."""
        self.columns.show_first(most)

    def save_by(self, save: Callable[[], object]) -> None:
        """Let a page save its list itself, as where it knows more than is shown."""
        self._save = save

    def _extract(self, rows: Sequence[Row]) -> Extract[Row]:
        """Return `rows` as they go out of the program."""
        shown = tuple(self.table.columns[at] for at in self.columns.shown)
        return Extract(_(self.title), shown, rows)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, for a sheet or a letter to take."""
        self._clip(with_titles=False)

    def copy_with_titles(self) -> None:
        """Do as `copy`, under the titles of the columns."""
        self._clip(with_titles=True)

    def save(self) -> None:
        """Save the whole list as a workbook."""
        if self._save:
            self._save()
        else:
            wanted = tuple(self.table.columns[at] for at in self.columns.wanted)
            extract.save(self, Extract(_(self.title), wanted, self.table.rows))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the list, at the cursor when a key asks."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(
                rect.bottomLeft() + QPoint(cells.PAD, 0)
            )
        table_menu.show_list_menu(self, place)

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
        self.columns.spread()
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
        self.titles.sortIndicatorChanged.connect(self.table.sort)

    def _add_deeds(self) -> None:
        """Give the list its deeds; their keys work while the cursor is in it."""
        self.deeds = [
            self._deed(_("Copy"), "Ctrl+C", self.copy),
            self._deed(_("Copy with titles"), "Ctrl+Shift+C", self.copy_with_titles),
            self._deed(_("Save as a workbook"), "Ctrl+Shift+S", self.save),
        ]

    def _deed(self, name: str, keys: str, do: Callable[[], None]) -> QAction:
        deed = QAction(name, self)
        deed.setShortcut(QKeySequence(keys))
        deed.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        deed.triggered.connect(do)
        self.addAction(deed)
        return deed

    def _clip(self, with_titles: bool) -> None:
        rows = self.selected_rows()
        if rows:
            data = extract.clip(self._extract(rows), with_titles)
            QGuiApplication.clipboard().setMimeData(data)

    def _show_titles_menu(self, place: QPoint, at: int) -> None:
        if at < 0:
            table_menu.show_list_menu(self, place)
        else:
            table_menu.show_columns_menu(self, place)

    def _mark_first(self) -> None:
        """The mark of a selected row is at the left, whichever column is there."""
        self._cells.first = self.columns.shown[0]

    def _tell(self, row: Row | None) -> None:
        if row != self._picked:
            self._picked = row
            self.picked.emit(row)

    def _remember(self) -> None:
        key, row = self.table.key, self._picked
        self._key = key(row) if key and row is not None else None

    def _restore(self) -> None:
        self.columns.fit()
        self._place_empty()
        place = self.table.find(self._key) if self._key is not None else -1
        if place >= 0:
            self._go_to(place)
        else:
            self._tell(None)

    def _go_to(self, place: int) -> None:
        index = self.table.index(place, 0)
        self.selectionModel().setCurrentIndex(index, ALONE)  # whatever keys are held
        self.scrollTo(index)

    def _hover(self, row: int) -> None:
        if row == self._cells.hovered:
            return
        for each in (self._cells.hovered, row):
            if each >= 0:
                top = self.rowViewportPosition(each)
                self.viewport().update(0, top, self.width(), theme.px(cells.ROW))
        self._cells.hovered = row

    def _place_empty(self) -> None:
        self.empty.setGeometry(self.viewport().rect())
        self.empty.setVisible(not self.table.rows)
