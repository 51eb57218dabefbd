"""The questions of part A: each field of the form as something to fill in."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.assessments.answers import check
from carehome.rules.assessments.form import Field as Question
from carehome.rules.assessments.form import FieldKind, Form, Value
from carehome.ui.kit import theme
from carehome.ui.kit.field import Field
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.rows_field import RowsField
from carehome.ui.kit.several import SeveralField

SIDE_BY_SIDE = 34  # signs of all labels that fit into half the width
BUTTON = 4  # signs of room that the frame of a button takes
IN_SIGHT = 9  # more choices than digits are offered as a list
SIGNS_A_ROW = 44  # of labels with a box before each


class Questions(QWidget):
    """Fields under their questions, two side by side where they are short."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field[Any]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(12))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._next = 0

    def add(self, name: str, field: Field[Any], wide: bool = False) -> None:
        """Ask one more question."""
        room, label = QWidget(), QLabel(field.caption)
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        label.setBuddy(field.input)
        label.setWordWrap(True)
        theme.mark(label, "label")
        column.addWidget(label)
        column.addWidget(field)
        column.addStretch()
        if wide and self._next % 2:
            self._next += 1
        row, at = divmod(self._next, 2)
        self._grid.addWidget(room, row, at, 1, 2 if wide else 1)
        self._next += 2 if wide else 1
        self.fields[name] = field
        field.entered.connect(partial(self._go_on, name))

    def _go_on(self, name: str) -> None:
        """Enter leads to the next question, and after the last one out of here."""
        if not self.fields[name].check_now():
            return
        names = list(self.fields)
        at = names.index(name) + 1
        if at < len(names):
            self.fields[names[at]].focus()
        else:
            self.entered.emit()


def field_for(form: Form, question: Question) -> tuple[Field[Any], bool]:
    """Return what a question is answered with, and whether it takes the whole width."""
    labels = {choice.code: choice.label for choice in question.choices}
    signs = sum(len(label) + BUTTON for label in labels.values())
    hint = _("Counts for the level") if question.number in form.deciding else ""
    if question.kind is FieldKind.CHOICE and len(labels) > IN_SIGHT:
        return ChoiceField(question.label, labels, needed=False, hint=hint), False
    if question.kind is FieldKind.CHOICE:
        wide = signs > SIDE_BY_SIDE
        return PickField(question.label, labels, needed=False, hint=hint), wide
    if question.kind is FieldKind.CHOICES:
        longest = max(map(len, labels.values())) + 2
        columns = max(min(SIGNS_A_ROW // longest, 5), 2)
        return SeveralField(question.label, labels, columns=columns, hint=hint), True
    if question.kind is FieldKind.ROWS:
        titles = {column.code: column.label for column in question.columns}
        return RowsField(question.label, titles), True
    fits = partial(_check, form, question.number)
    name = f"{question.label} ({question.unit})" if question.unit else question.label
    return TextField(name, needed=False, check=fits, most=200), False


def value_of(question: Question, field: Field[Any]) -> Value | None:
    """Return what a question was answered, None where nothing stands."""
    if field.problem():
        return None
    value = field.value() or None
    if value is not None and question.kind is FieldKind.CHOICES:
        return list(value)
    if value is not None and question.kind is FieldKind.ROWS:
        return [dict(row) for row in value]
    return value


def listen(
    question: Question, field: Field[Any], take: Callable[[Question], None]
) -> None:
    """Let `take` know whenever a question is answered anew."""
    if question.kind is FieldKind.CHOICES and question.none:
        field.changed.connect(partial(_settle_none, question, field, [()]))
    field.changed.connect(partial(take, question))


def _check(form: Form, number: str, typed: str) -> None:
    check(form, {number: typed})


def _settle_none(
    question: Question, field: Field[Any], before: list[tuple[str, ...]]
) -> None:
    """Nothing of it and something of it exclude each other; the later tick counts."""
    codes: tuple[str, ...] = field.value() or ()
    if question.none in codes and len(codes) > 1:
        is_new = question.none not in before[0]
        others = tuple(code for code in codes if code != question.none)
        before[0] = (question.none,) if is_new else others
        field.set_value(before[0])
    else:
        before[0] = codes
