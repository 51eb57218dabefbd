"""A list of people under a search field: by name, pinyin, bed or phone."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.services.residents import ResidentIndex, ResidentLine
from carehome.ui.kit import theme
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Search
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

Row = TypeVar("Row")


class PeopleList(QWidget, Generic[Row]):
    """Looks through everybody the home knows with every key.

    `picked` goes out with the row under the cursor, `opened` on Enter or a double
    click; Enter in the search field opens the first row found.
    """

    picked = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], int],
        name: str,
        title: str,
    ) -> None:
        super().__init__()
        self.search = Search()
        self.view = TableView(TableModel(columns, key), name, title)
        self._index = ResidentIndex()
        self._make: Callable[[ResidentLine], Row | None] = lambda _line: None
        self._at_first: Callable[[Row], bool] = lambda _row: True
        self._order: Callable[[Row], Any] | None = None
        self.nobody = _("Nobody lives here yet.")
        hint = _("Name, pinyin, bed or phone")
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        self.search.setToolTip(_("{what} Ctrl+F").format(what=hint))
        self.search.setMinimumWidth(theme.px(160))
        self.search.setMaximumWidth(theme.px(2000))
        expanding = QSizePolicy.Policy.Expanding
        self.search.setSizePolicy(expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.search)
        column.addWidget(self.view, 1)
        lead(self, self.search)

        self.search.textChanged.connect(self.filter)
        self.search.left_down.connect(self._go_down)
        self.search.returnPressed.connect(self._open_first)
        self.view.picked.connect(self._pick)
        self.view.opened.connect(self.opened)

    def set_people(
        self,
        index: ResidentIndex,
        make: Callable[[ResidentLine], Row | None],
        at_first: Callable[[Row], bool],
        order: Callable[[Row], Any] | None = None,
    ) -> None:
        """Show everybody of whom `make` makes a row; `at_first` before one searches.

        Rows stand in the order of beds, or first by `order`.
        """
        self._index, self._make = index, make
        self._at_first, self._order = at_first, order
        self.filter()

    def select(self, resident_id: int) -> bool:
        """Put the cursor on somebody, if the list shows them."""
        return self.view.select(resident_id)

    def filter(self) -> None:
        """Show whom the typed words find."""
        text = self.search.text()
        rows = [self._make(line) for line in self._index.find(text)]
        shown = [row for row in rows if row is not None]
        if not text.strip():
            shown = [row for row in shown if self._at_first(row)]
        if self._order:
            shown.sort(key=self._order)
        self.view.table.set_rows(shown)
        self.view.set_empty(
            _("Nobody has that name. Try a part of the name, the pinyin or the bed.")
            if text.strip()
            else self.nobody
        )

    def _go_down(self) -> None:
        self.view.setFocus()
        if self.view.current_row() is None and self.view.table.rows:
            self.view.selectRow(0)

    def _open_first(self) -> None:
        if self.view.table.rows:
            self.view.selectRow(0)
            self.opened.emit(self.view.table.rows[0])

    def _pick(self, row: Any) -> None:
        if row is not None:
            self.picked.emit(row)
