"""A field that holds what an office granted for each line of a claim."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import _, show_money
from carehome.rules import money
from carehome.rules.subsidies.counting import Person
from carehome.ui.kit import theme
from carehome.ui.kit.field import Field
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.stepping import StepEdit

CELL, HEIGHT = 110, 176
Who = tuple[str, int]


class GrantEdit(QWidget):
    """A line for each person: what was asked, and what was granted beside it."""

    edited = Signal()

    def __init__(self, people: Sequence[Person]) -> None:
        super().__init__()
        self._asked = {(each.kind, each.key): each.fen for each in people}
        self.edits: dict[Who, StepEdit] = {}
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme.px(6), 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(0, 1)
        for row, person in enumerate(people):
            self._add(grid, row, person)
        grid.setRowStretch(len(people), 1)
        self.sums = QLabel()
        theme.mark(self.sums, "note")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(4))
        roll = scrolling(inner)
        roll.setFixedHeight(theme.px(HEIGHT))
        whole.addWidget(roll)
        whole.addWidget(self.sums)
        if self.edits:
            lead(self, next(iter(self.edits.values())))
        self.set_granted({})

    def _add(self, grid: QGridLayout, row: int, person: Person) -> None:
        who = person.kind, person.key
        name = _("Granted for {name}").format(name=person.name)
        edit = self.edits[who] = StepEdit(name, CELL)
        label, asked = QLabel(person.name), QLabel(show_money(person.fen))
        theme.mark(asked, "note")
        asked.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setBuddy(edit)
        grid.addWidget(label, row, 0)
        grid.addWidget(asked, row, 1)
        grid.addWidget(edit, row, 2)
        edit.textChanged.connect(self._touch)
        edit.stepped.connect(partial(self._step, who))

    def granted(self) -> dict[Who, int]:
        """Return what was granted otherwise than asked; raises a Refusal."""
        told = {who: _fen(edit) for who, edit in self.edits.items()}
        return {who: fen for who, fen in told.items() if fen != self._asked[who]}

    def set_granted(self, granted: Mapping[Who, int]) -> None:
        """Show other sums; who is not named got what was asked."""
        for who, edit in self.edits.items():
            fen = granted.get(who, self._asked[who])
            edit.setText(show_money(fen, sign=False))

    def _touch(self, _text: str) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """Say what was granted in all, as far as it can be read."""
        try:
            fen = sum(_fen(edit) for edit in self.edits.values())
        except Refusal as refusal:
            self.sums.setText(refusal.message)
            return
        less = sum(self._asked.values()) - fen
        text = _("{fen} in all, as asked")
        if less > 0:
            text = _("{fen} in all, {less} less than asked")
        elif less < 0:
            text = _("{fen} in all, {less} more than asked")
        shown = text.format(fen=show_money(fen), less=show_money(abs(less)))
        self.sums.setText(shown)

    def _step(self, who: Who, by: int) -> None:
        order = list(self.edits)
        at = order.index(who) + by
        if 0 <= at < len(order):
            self.edits[order[at]].take_cursor()
        elif by > 0:
            self.focusNextChild()


class GrantField(Field[dict[Who, int]]):
    """What was granted otherwise than asked, by person; none of all is as asked."""

    input: GrantEdit

    def __init__(self, name: str, people: Sequence[Person]) -> None:
        super().__init__(name, GrantEdit(people), needed=False)
        self.input.edited.connect(self._touched)

    def read(self) -> dict[Who, int] | None:
        return self.input.granted() or None

    def set_value(self, value: dict[Who, int] | None) -> None:
        self.input.set_granted(value or {})

    def raw(self) -> Any:
        typed = self.input.edits.items()
        return [[kind, key, edit.text()] for (kind, key), edit in typed]

    def set_raw(self, raw: Any) -> None:
        for kind, key, text in raw:
            if edit := self.input.edits.get((kind, key)):
                edit.setText(text)


def _fen(edit: StepEdit) -> int:
    """Return the amount in a cell; an empty one is nothing."""
    typed = edit.text().strip()
    fen = money.read_amount(typed) if typed else 0
    if fen < 0:
        raise money.BelowNothing(typed=typed)
    return fen
