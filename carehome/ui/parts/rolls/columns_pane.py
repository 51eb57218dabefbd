"""The second step: which sheet, where its titles are, and what each column tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _
from carehome.rules.roll import cells
from carehome.rules.sheets import Sheet, letters
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.page import scrolling
from carehome.ui.parts.rolls.shapes import Draft, Heading
from carehome.ui.parts.rolls.sheet_view import SheetView
from carehome.ui.parts.rolls.spots import Part

FIRST_ROWS, FIRST_VALUES = 100, 3


@dataclass(frozen=True, slots=True)
class _Line:
    """One column of the sheet: its title, and the choice of what it tells."""

    title: QLabel
    choice: Choice


class ColumnList(QWidget):
    """All columns below each other; `told` carries a column and what it tells.

    `labels` names all that a column may tell.
    """

    told = Signal(int, object)

    def __init__(self, labels: Mapping[Any, str]) -> None:
        super().__init__()
        self._labels = labels
        self._by_code = {str(each): each for each in labels}
        self.choices: dict[int, Choice] = {}
        self._lines: dict[int, _Line] = {}
        self._fields: Mapping[int, Any] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, theme.px(8), 0)
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 4)
        self._grid.setColumnStretch(3, 4)

    def show_columns(self, sheet: Sheet, heading: Heading) -> None:
        """List the columns of another sheet, or of one with other titles."""
        self._clear()
        for column, title in enumerate(heading.titles):
            values = _first_values(sheet, heading, column)
            if title or values:
                self._add(column, title, values)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.show_fields(heading)

    def show_fields(self, heading: Heading) -> None:
        """Show what the columns tell now."""
        self._fields = dict(enumerate(heading.fields))
        for column, line in self._lines.items():
            field = self._fields[column]
            line.choice.blockSignals(True)
            line.choice.set_code(field)
            line.choice.blockSignals(False)
            theme.mark(line.title, "note" if field is None else "strong")

    def _add(self, column: int, title: str, values: str) -> None:
        place, name, sample = QLabel(letters(column)), Elided(title), Elided(values)
        theme.mark(place, "hint")
        theme.mark(sample, "note")
        choice = Choice()
        labels = {code: _(label) for code, label in self._labels.items()}
        choice.set_choices(labels, _("Leave out"))
        words = _("What column {letter}, {title}, tells")
        choice.setAccessibleName(words.format(letter=letters(column), title=title))
        choice.setMinimumWidth(theme.px(150))
        row = self._grid.rowCount()
        for at, widget in enumerate((place, name, sample, choice)):
            self._grid.addWidget(widget, row, at)
        self._lines[column] = _Line(name, choice)
        self.choices[column] = choice
        choice.chosen.connect(partial(self._choose, column))
        if line := choice.lineEdit():
            line.editingFinished.connect(partial(self._settle, column))

    def _choose(self, column: int) -> None:
        """Pass a choice on; while somebody still types there is none."""
        choice = self.choices[column]
        is_typing = choice.currentText() != choice.itemText(choice.currentIndex())
        code = choice.currentData()  # Qt hands back a bare text
        if not is_typing and code != self._fields[column]:
            self.told.emit(column, self._by_code[str(code)] if code else None)

    def _settle(self, column: int) -> None:
        """Take what was typed if it names a field, or else put the old word back."""
        choice = self.choices[column]
        found = choice.findText(choice.currentText(), Qt.MatchFlag.MatchFixedString)
        if found >= 0:
            choice.setCurrentIndex(found)
        else:
            choice.set_code(self._fields[column])
            choice.setEditText(choice.itemText(choice.currentIndex()))

    def _clear(self) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._lines, self.choices = {}, {}


class ColumnsPane(QWidget):
    """What the sheet says of itself, to be corrected.

    `told` carries a column and its field, `pointed` the row of titles, `sheet_chosen`
    the place of a sheet. `labels` names all that a column may tell.
    """

    told = Signal(int, object)
    pointed = Signal(int)
    sheet_chosen = Signal(int)

    def __init__(self, labels: Mapping[Any, str]) -> None:
        super().__init__()
        self._labels = labels
        self.sheets = Choice()
        self.columns = ColumnList(labels)
        self.missing = QLabel()
        self.preview = SheetView()
        self.point = button(
            _("The selected row holds the titles"), "check", kind="small"
        )
        self._shown: tuple[str, int, Sequence[str]] | None = None
        self.missing.setWordWrap(True)
        theme.mark(self.missing, "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self._left(), 5)
        row.addWidget(self._right(), 4)

        self.columns.told.connect(self.told)
        self.point.clicked.connect(self._point)
        self.preview.opened.connect(self.pointed)
        self.preview.own_keys = (("Enter", N_("Take this row as the titles")),)
        self.preview.stood_on.connect(self._name_row)
        self.sheets.chosen.connect(self._choose_sheet)

    def show_draft(self, draft: Draft) -> None:
        """Show a sheet with its titles, and what its columns tell."""
        self.sheets.blockSignals(True)
        self.sheets.set_choices(
            {at: sheet.name for at, sheet in enumerate(draft.sheets)}
        )
        self.sheets.set_code(list(draft.sheets).index(draft.sheet))
        self.sheets.blockSignals(False)
        self._sheet_row.setVisible(len(draft.sheets) > 1)
        heading = draft.heading
        titles = (heading.first, heading.titles) if heading else (0, ())
        if (draft.sheet.name, *titles) != self._shown:
            self._shown = (draft.sheet.name, *titles)
            self._show_rows(draft.sheet, heading)
            if heading:
                self.columns.show_columns(draft.sheet, heading)
        elif heading:
            self.columns.show_fields(heading)
        self.columns.setVisible(heading is not None)
        text = lacking(heading, self._labels)
        self.missing.setText(text)
        self.missing.setVisible(bool(text))

    def focus(self) -> None:
        """Put the cursor where the first thing is to be done."""
        first = next(iter(self.columns.choices.values()), None)
        if first and self.columns.isVisible():
            first.setFocus()
        else:
            self.preview.setFocus()

    def _left(self) -> Card:
        card = Card(_("What each column tells"), _("Only correct what is wrong"))
        self._sheet_row = QFrame()
        line = QHBoxLayout(self._sheet_row)
        line.setContentsMargins(0, 0, 0, 0)
        name = QLabel(_("Sheet"))
        name.setBuddy(self.sheets)
        theme.mark(name, "label")
        line.addWidget(name)
        line.addWidget(self.sheets, 1)
        card.add(self._sheet_row)
        card.add(self.missing)
        card.body.addWidget(scrolling(self.columns), 1)
        return card

    def _right(self) -> QWidget:
        side = QWidget()
        title = QLabel(_("Where the titles are"))
        theme.mark(title, "heading")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.point)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(ListCard(self.preview), 1)
        return side

    def _show_rows(self, sheet: Sheet, heading: Heading | None) -> None:
        """Show the head of the sheet, its titles standing out."""
        numbers = range(1, min(len(sheet.rows), FIRST_ROWS) + 1)
        titles = range(heading.first, heading.last + 1) if heading else range(0)
        above = dict.fromkeys(range(1, titles.start), "")
        self.preview.show_part(Part(sheet, numbers, (), (), above, titles))
        self.preview.go_to(max(titles.start, 1), 0)

    def _name_row(self, row: int, _column: int) -> None:
        self.point.setText(_("Row {row} holds the titles").format(row=row))

    def _point(self) -> None:
        self.pointed.emit(self.preview.sheet.number(self.preview.currentIndex().row()))

    def _choose_sheet(self) -> None:
        if self.sheets.code() is not None:
            self.sheet_chosen.emit(self.sheets.code())


def lacking(heading: Heading | None, labels: Mapping[Any, str]) -> str:
    """Say what is still to be told before the sheet can be checked."""
    if heading is None:
        return _(
            "No row with column titles was found. Select it at the right and press the "
            "button above."
        )
    if heading.missing:
        fields = _(", ").join(_(labels[field]) for field in heading.missing)
        return _("Still missing: {fields}. Say below which column it is.").format(
            fields=fields
        )
    return ""


def _first_values(sheet: Sheet, heading: Heading, column: int) -> str:
    """Return the first different values below a title."""
    values = (
        " ".join(cells.plain(sheet.cell(row, column).own).split())
        for row in range(heading.last + 1, len(sheet.rows) + 1)
    )
    distinct = dict.fromkeys(islice(filter(None, values), FIRST_VALUES * 4))
    return _(", ").join(islice(distinct, FIRST_VALUES))
