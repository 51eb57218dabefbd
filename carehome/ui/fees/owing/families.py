"""Choosing the families that are reminded, those first whose turn it is."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from carehome.i18n import _, show_money
from carehome.rules.reminders import STEP_NAMES, RemindedLately
from carehome.services.arrears import Owing
from carehome.services.arrears.reminders import NothingLate
from carehome.ui.fees.owing.words import say_next
from carehome.ui.kit import theme
from carehome.ui.kit.field import Field
from carehome.ui.kit.fields import CheckField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.tick import Tick

ROW = 30


class Rows(QWidget):
    """Families below each other, each with a box to tick."""

    toggled = Signal()

    def __init__(self, families: Sequence[Owing]) -> None:
        super().__init__()
        self.boxes: dict[int, Tick] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, theme.px(12), 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(2))
        for at, each in enumerate(families):
            name = _("{name} {place}").format(name=each.resident, place=each.place)
            box = self.boxes[each.resident_id] = Tick(name.strip())
            box.setMinimumHeight(theme.px(ROW))
            box.toggled.connect(self.toggled)
            words = (show_money(each.overdue), _(STEP_NAMES[each.step]), say_next(each))
            grid.addWidget(box, at, 0)
            for column, text in enumerate(words, 1):
                label = QLabel(text)
                theme.mark(label, "strong" if column == 1 else "note")
                grid.addWidget(label, at, column)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(len(families), 1)
        lead(self, next(iter(self.boxes.values()), None))


class FamiliesField(Field[tuple[int, ...]]):
    """Some families by number; None while nobody is ticked."""

    input: Rows

    def __init__(self, name: str, families: Sequence[Owing]) -> None:
        super().__init__(name, Rows(families))
        self.input.setMinimumHeight(0)  # as high as its rows, scrolled if need be
        self.area = scrolling(self.input)
        self._line.addWidget(self.area)
        self.input.toggled.connect(self._touched)

    @property
    def wish(self) -> int:
        """The height, at 100 %, at which nothing has to scroll."""
        return (ROW + 3) * len(self.input.boxes) + 8

    def read(self) -> tuple[int, ...] | None:
        boxes = self.input.boxes.items()
        return tuple(number for number, box in boxes if box.isChecked()) or None

    def set_value(self, value: Collection[int] | None) -> None:
        for number, box in self.input.boxes.items():
            box.setChecked(number in (value or ()))

    def set_error(self, text: str) -> None:
        super().set_error(text)
        theme.mark(self.input, "bare")  # rows of boxes have no border to turn red

    def raw(self) -> Any:
        return list(self.read() or ())


class FamiliesForm(Form):
    """Asks whom to remind; ticked are those chosen before, else whose turn it is.

    Whether others are reminded all the same is asked where one of them is ticked.
    """

    def __init__(self, families: Sequence[Owing], chosen: Collection[int]) -> None:
        super().__init__()
        self._early = {x.resident_id for x in families if not x.may_remind}
        blame = (RemindedLately, NothingLate)
        self.people = FamiliesField(_("Families"), families)
        self.add("families", self.people, wide=True, blame=blame)
        sentence = _("Remind those as well whose turn it is not yet")
        self.anyway = self.add("anyway", CheckField(_("All the same"), sentence))
        turn = [x.resident_id for x in families if x.may_remind]
        self.set_values({"families": tuple(chosen) or tuple(turn), "anyway": False})
        self.people.changed.connect(self._judge)
        self._judge()

    @property
    def families(self) -> tuple[int, ...]:
        """Who is ticked."""
        return self.people.value() or ()

    def _judge(self) -> None:
        self.show_field("anyway", bool(self._early & set(self.families)))
