"""A field that holds some short rows of text, such as what somebody takes and when."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.field import Field
from carehome.ui.kit.lead import lead

MOST = 60  # signs in a cell
Rows = tuple[Mapping[str, str], ...]


class RowsEdit(QWidget):
    """Lines of cells under titles; an empty one is always there to go on in."""

    edited = Signal()

    def __init__(self, columns: Mapping[str, str]) -> None:
        super().__init__()
        self.columns = columns
        self.lines: list[dict[str, QLineEdit]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(6))
        self._grid.setVerticalSpacing(theme.px(4))
        for at, title in enumerate(columns.values()):
            label = QLabel(title)
            theme.mark(label, "hint")
            self._grid.addWidget(label, 0, at)
            self._grid.setColumnStretch(at, 1)
        self._add_line()
        lead(self, self.lines[0][next(iter(columns))])

    def rows(self) -> Rows:
        """Return the lines in which something stands."""
        told = (
            {code: cell.text().strip() for code, cell in line.items()}
            for line in self.lines
        )
        return tuple(row for row in told if any(row.values()))

    def set_rows(self, rows: Rows) -> None:
        """Show other rows."""
        while len(self.lines) <= len(rows):
            self._add_line()
        for at, line in enumerate(self.lines):
            row = rows[at] if at < len(rows) else {}
            for code, cell in line.items():
                cell.setText(row.get(code, ""))

    def _add_line(self) -> None:
        at = len(self.lines) + 1
        line: dict[str, QLineEdit] = {}
        for column, (code, title) in enumerate(self.columns.items()):
            cell = line[code] = QLineEdit()
            cell.setMaxLength(MOST)
            cell.setMinimumHeight(theme.px(32))
            name = _("{title}, line {line}").format(title=title, line=at)
            cell.setAccessibleName(name)
            cell.textChanged.connect(partial(self._touch, at - 1))
            self._grid.addWidget(cell, at, column)
        self.lines.append(line)

    def _touch(self, at: int, _text: str) -> None:
        if at == len(self.lines) - 1:
            self._add_line()
        self.edited.emit()


class RowsField(Field[Rows]):
    """Some rows of short texts; none too."""

    input: RowsEdit

    def __init__(
        self, name: str, columns: Mapping[str, str], *, hint: str = ""
    ) -> None:
        super().__init__(name, RowsEdit(columns), needed=False, hint=hint)
        self.input.edited.connect(self._touched)

    def read(self) -> Rows:
        return self.input.rows()

    def set_value(self, value: Rows | None) -> None:
        self.input.set_rows(value or ())

    def raw(self) -> Any:
        return [dict(row) for row in self.input.rows()]
