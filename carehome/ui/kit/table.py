"""One table for every list: rows are values, columns are declared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from carehome import i18n
from carehome.i18n import _

Row = TypeVar("Row")
Kind = Literal["text", "day", "moment", "money", "number"]
Index = QModelIndex | QPersistentModelIndex
Align = Qt.AlignmentFlag
Role = Qt.ItemDataRole
SORT = Role.UserRole
LEFT, RIGHT, MIDDLE = Align.AlignLeft, Align.AlignRight, Align.AlignHCenter


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A titled column that reads one value of a row.

    `title` is a marked text. `width` is in pixels at 100 per cent, 0 fits the
    content; a column that stretches takes what is left. `chip` gives the tone of a
    chip around the word (ok, warn, bad, info, quiet, a0 to a4), `tone` the colour of
    a plain word; None means neither. `order` sorts when the value itself does not.
    `kind` says what a workbook gets: the text shown, or the value itself.
    """

    title: str
    value: Callable[[Row], Any]
    show: Callable[[Any], str] = str
    align: Qt.AlignmentFlag = LEFT
    width: int = 0
    stretch: bool = False
    bold: bool = False
    chip: Callable[[Row], str | None] | None = None
    tone: Callable[[Row], str | None] | None = None
    tip: Callable[[Row], str] | None = None
    order: Callable[[Row], Any] | None = None
    kind: Kind = "text"

    def text(self, row: Row) -> str:
        """Return what the cell shows."""
        value = self.value(row)
        return "" if value is None else self.show(value)

    def key(self, row: Row) -> tuple[bool, Any]:
        """Return what the row is sorted by; empty cells come first."""
        value = (self.order or self.value)(row)
        return value is not None, value


def money(title: str, value: Callable[[Row], int | None], **more: Any) -> Column[Row]:
    """Return a column of amounts in fen."""
    return Column(title, value, i18n.show_money, align=RIGHT, kind="money", **more)


def number(title: str, value: Callable[[Row], int | None], **more: Any) -> Column[Row]:
    """Return a column of whole numbers."""
    return Column(title, value, align=RIGHT, kind="number", **more)


def day(title: str, value: Callable[[Row], date | None], **more: Any) -> Column[Row]:
    """Return a column of days."""
    return Column(title, value, i18n.show_day, kind="day", **more)


def moment(
    title: str, value: Callable[[Row], datetime | None], **more: Any
) -> Column[Row]:
    """Return a column of days with the time of day."""
    return Column(title, value, i18n.show_moment, kind="moment", **more)


class TableModel(QAbstractTableModel, Generic[Row]):
    """Shows a sequence of rows; the role `SORT` gives the raw value of a cell.

    `key` names what a row is about, so that it is found again after a reload.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        self.key = key
        self._given: Sequence[Row] = ()
        self._rows: Sequence[Row] = ()
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    @property
    def rows(self) -> Sequence[Row]:
        """The rows in the order in which they are shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace everything that is shown, in the order chosen before."""
        self.beginResetModel()
        self._given = rows
        self._rows = self._in_order()
        self.endResetModel()

    def row(self, index: Index) -> Row:
        """Return the row behind `index`."""
        return self._rows[index.row()]

    def find(self, key: object) -> int:
        """Return the place of the row with `key`; -1 when it is not there."""
        assert self.key, "the model was given no key"
        keys = (self.key(row) for row in self._rows)
        return next((at for at, each in enumerate(keys) if each == key), -1)

    def sort(
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        """Sort by a column; -1 gives the rows in the order they came in."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order) if column >= 0 else None
        before = [(index, self._rows[index.row()]) for index in self._kept()]
        self._rows = self._in_order()
        places = {id(row): at for at, row in enumerate(self._rows)} if before else {}
        for index, row in before:
            place = self.index(places[id(row)], index.column())
            self.changePersistentIndex(index, place)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role == Role.DisplayRole:
            return column.text(row)
        if role == SORT:
            return column.value(row)
        if role == Role.TextAlignmentRole:
            return column.align | Align.AlignVCenter
        if role == Role.ToolTipRole and column.tip:
            return column.tip(row) or None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Role.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return _(self.columns[section].title)
        if role == Role.TextAlignmentRole:
            return self.columns[section].align | Align.AlignVCenter
        return None

    def _in_order(self) -> Sequence[Row]:
        if not self._sorted:
            return self._given
        at, order = self._sorted
        falling = order is Qt.SortOrder.DescendingOrder
        return sorted(self._given, key=self.columns[at].key, reverse=falling)

    def _kept(self) -> list[QModelIndex]:
        return list(self.persistentIndexList())
