"""Naming the columns of a bank whose statements are not known yet."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from carehome.i18n import N_, _
from carehome.rules.bank.layouts import LABELS, Field
from carehome.rules.bank.teaching import (
    ColumnsMissing,
    ColumnTwice,
    Taught,
    WordsMissing,
)
from carehome.rules.home import NameMissing
from carehome.services.bank import Bank, Peek
from carehome.ui.kit import theme
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import DeedDialog, let_scroll
from carehome.ui.parts.tabbed import Tab

WIDE, HIGH, SHOWN = 860, 130, 6
MUST = (Field.DAY, Field.BALANCE)
ASKED = (
    *(Field.DAY, Field.BALANCE, Field.IN, Field.OUT, Field.AMOUNT, Field.FLAG),
    *(Field.PARTY, Field.PARTY_ACCOUNT, Field.TEXT, Field.SERIAL),
)
HINTS: Mapping[Field, str] = {
    Field.IN: N_("if in and out have a column each"),
    Field.AMOUNT: N_("if there is one column for both"),
    Field.FLAG: N_("if a word says which it is"),
}


class TeachDialog(DeedDialog):
    """Shows the rows around the titles, and asks what each column tells."""

    def __init__(self, parent: QWidget, tab: Tab, peek: Peek) -> None:
        self._peek = peek
        self._bank = tab.hand.service(Bank)
        self.at = title_row(peek)
        self.row = ChoiceField(
            _("Row with the titles"),
            {at: _("Row {row}").format(row=at + 1) for at in range(len(peek.rows))},
        )
        self.columns = {
            field: ChoiceField(
                _(LABELS[field]),
                {},
                needed=field in MUST,
                hint=_(HINTS[field]) if field in HINTS else "",
            )
            for field in ASKED
        }
        super().__init__(
            _("Name the columns of this bank"),
            self._form(),
            _("Keep the layout"),
            *(tab.hand.jobs, self._deed_of, parent, "bank-layout"),
        )
        self.sheet = QTableWidget()
        self.sheet.setAccessibleName(_("First rows of the file"))
        self.sheet.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet.setMinimumHeight(theme.px(HIGH))
        self.body.insertWidget(0, self.sheet)
        self.setMinimumWidth(theme.px(WIDE))
        self.row.changed.connect(self._turn)
        self.row.set_value(self.at)
        self._turn()
        let_scroll(self, tab)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the chosen row, each under itself."""
        return {title: title for title in self._peek.rows[self.at] if title}

    def _form(self) -> Form:
        form = Form(columns=2)
        form.add("name", TextField(_("Name of the layout")), blame=(NameMissing,))
        form.add("row", self.row)
        for field, choice in self.columns.items():
            form.add(field.value, choice)
        form.blame(Field.AMOUNT.value, ColumnsMissing, ColumnTwice)
        words_in = TextField(_("Words for money in"), needed=False)
        words_out = TextField(_("Words for money out"), needed=False)
        form.add("words_in", words_in, blame=(WordsMissing,))
        form.add("words_out", words_out)
        return form

    def _deed_of(self, values: dict[str, Any]) -> "partial[None]":
        titles = {field: values[field.value] for field in ASKED if values[field.value]}
        words = values["words_in"] or "", values["words_out"] or ""
        taught = Taught(values["name"], titles, *words)
        return partial(self._bank.teach_layout, taught)

    def _turn(self) -> None:
        """Show another row of titles, and offer those."""
        at = self.row.value()
        if at is not None:
            self.at = at
        for choice in self.columns.values():
            choice.set_choices(self.titles)
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self._peek.rows[self.at : self.at + SHOWN]
        wide = max(map(len, rows), default=0)
        self.sheet.setColumnCount(wide)
        self.sheet.setRowCount(len(rows))
        self.sheet.horizontalHeader().hide()
        labels = [str(self.at + 1 + number) for number in range(len(rows))]
        self.sheet.setVerticalHeaderLabels(labels)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                self.sheet.setItem(number, column, QTableWidgetItem(text))


def title_row(peek: Peek) -> int:
    """Return which row most likely bears the titles: the first with most words."""
    told = [
        sum(bool(cell) and not any(map(str.isdigit, cell)) for cell in row)
        for row in peek.rows
    ]
    return told.index(max(told)) if told else 0
