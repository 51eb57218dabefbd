"""A field that shares an amount out among residents."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money
from carehome.rules.money import BadAmount, BelowNothing, read_amount
from carehome.ui.books.bank_words import Names
from carehome.ui.kit import theme
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.field import Field
from carehome.ui.kit.lead import lead

Shares = dict[int, int]


class SharesUneven(Refusal):
    """What the residents get does not come to the line."""

    text = N_("The shares come to {given}, the line is {wanted}. Share out all of it.")


class ShareWithoutName(Refusal):
    """An amount stands beside nobody."""

    text = N_("Choose whose {amount} it is, or empty that line.")


class SharesEdit(QWidget):
    """Lines of a resident and an amount; an empty one is always there to go on in."""

    edited = Signal()

    def __init__(self, names: Names) -> None:
        super().__init__()
        self.lines: list[tuple[Choice, QLineEdit]] = []
        self._labels = {
            number: _("{name}, owes {fen}").format(
                name=payer.name, fen=show_money(payer.owed)
            )
            if payer.owed
            else payer.name
            for number, payer in names.people.items()
        }
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(0, 1)
        self.add_line()
        self.add_line()
        lead(self, self.lines[0][0])

    def add_line(self) -> None:
        """Add an empty line."""
        who, amount = Choice(), QLineEdit()
        at = len(self.lines)
        who.set_choices(self._labels, "")
        who.setMinimumHeight(theme.px(32))
        who.setAccessibleName(_("Resident, line {line}").format(line=at + 1))
        amount.setAccessibleName(_("Amount, line {line}").format(line=at + 1))
        amount.setMinimumHeight(theme.px(32))
        amount.setMaximumWidth(theme.px(140))
        amount.setPlaceholderText("¥")
        amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(who, at, 0)
        self._grid.addWidget(amount, at, 1)
        self.lines.append((who, amount))
        who.chosen.connect(self.edited)
        amount.textChanged.connect(self.edited)


class SharesField(Field[Shares]):
    """Shares an amount out; the last resident gets the rest by itself when chosen."""

    input: SharesEdit

    def __init__(self, name: str, wanted: int, names: Names) -> None:
        super().__init__(name, SharesEdit(names))
        self._wanted = wanted
        self._owed = {number: payer.owed for number, payer in names.people.items()}
        self.left = QLabel()
        theme.mark(self.left, "strong")
        column = self.layout()
        assert column, "a field lays out what is in it"
        column.addWidget(self.left)
        self.input.edited.connect(self._edit)
        self._say()

    def read(self) -> Shares | None:
        given: Shares = {}
        for who, amount in self.input.lines:
            typed = amount.text().strip()
            if not typed:
                continue
            fen = read_amount(typed)
            if fen <= 0:
                raise BelowNothing(typed=typed)
            number = who.code()
            if number is None:
                raise ShareWithoutName(amount=show_money(fen))
            given[number] = given.get(number, 0) + fen
        if given and sum(given.values()) != self._wanted:
            facts = {"given": show_money(sum(given.values()))}
            raise SharesUneven(**facts, wanted=show_money(self._wanted))
        return given or None

    def set_value(self, value: Mapping[int, int] | None) -> None:
        shares = list((value or {}).items())
        while len(self.input.lines) < len(shares):
            self.input.add_line()
        for at, (who, amount) in enumerate(self.input.lines):
            number, fen = shares[at] if at < len(shares) else (None, 0)
            who.set_code(number)
            amount.setText(show_money(fen, sign=False) if fen else "")

    def raw(self) -> Any:
        return [[who.code(), amount.text()] for who, amount in self.input.lines]

    def set_raw(self, raw: Any) -> None:
        while len(self.input.lines) < len(raw):
            self.input.add_line()
        for (who, amount), (number, typed) in zip(self.input.lines, raw, strict=False):
            who.set_code(number)
            amount.setText(typed)

    def _edit(self) -> None:
        """Offer what a chosen resident owes, and a line to go on in."""
        left = self._still()
        for who, amount in self.input.lines:
            chosen = who.code()
            if chosen is not None and not amount.text() and left > 0:
                fen = min(self._owed.get(chosen, 0) or left, left)
                amount.setText(show_money(fen, sign=False))
                return
        if all(amount.text() for _who, amount in self.input.lines) and left:
            self.input.add_line()
        self._say()
        self._touched()

    def _still(self) -> int:
        given = 0
        for _who, amount in self.input.lines:
            try:
                given += read_amount(amount.text()) if amount.text().strip() else 0
            except BadAmount:
                continue
        return self._wanted - given

    def _say(self) -> None:
        text = _("{left} of {wanted} is still to be shared out")
        left = self._still()
        if not left:
            text = _("All of {wanted} is shared out")
        facts = {"left": show_money(left), "wanted": show_money(self._wanted)}
        self.left.setText(text.format(**facts))
