"""Handing money out to many residents by a list that they sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from carehome.i18n import _, show_money
from carehome.rules import trust as rules
from carehome.rules.days import Sense
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.money import BadAmount, BelowNothing, read_amount
from carehome.rules.residents import NotComeYet, check_happened
from carehome.services.trust import CASH, TrustMoney
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.field import Field
from carehome.ui.kit.fields import MoneyField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import DeedDialog, share_room
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.money import methods
from carehome.ui.parts.tabbed import Tab

WIDE, HIGH = 760, 420
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody on the list, and what is kept for them."""

    resident_id: int
    name: str
    bed: str
    kept: int


class Sheet(QWidget):
    """Residents below each other, each with a cell for an amount.

    The arrow keys go from cell to cell.
    """

    edited = Signal()

    def __init__(self, people: Sequence[Receiver]) -> None:
        super().__init__()
        self.people = people
        self.cells: dict[int, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, theme.px(12), 0)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(4))
        for at, who in enumerate(people):
            cell = self.cells[who.resident_id] = QLineEdit()
            cell.setAlignment(Qt.AlignmentFlag.AlignRight)
            cell.setPlaceholderText("¥")
            cell.setMinimumHeight(theme.px(30))
            cell.setMaximumWidth(theme.px(140))
            cell.setAccessibleName(who.name)
            cell.textChanged.connect(self.edited)
            cell.installEventFilter(self)
            kept = QLabel(_("{fen} kept").format(fen=show_money(who.kept)))
            theme.mark(kept, "note")
            grid.addWidget(QLabel(who.bed), at, 0)
            grid.addWidget(QLabel(who.name), at, 1)
            grid.addWidget(kept, at, 2)
            grid.addWidget(cell, at, 3)
            grid.setColumnStretch(2, 1)
        lead(self, next(iter(self.cells.values()), None))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            cells = list(self.cells.values())
            step = STEPS.get(Qt.Key(event.key()))
            if step and isinstance(watched, QLineEdit) and watched in cells:
                to = min(max(cells.index(watched) + step, 0), len(cells) - 1)
                cells[to].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)


class SheetField(Field[dict[int, int]]):
    """What each resident of a list gets; nobody gets more than is kept for them."""

    input: Sheet

    def __init__(self, name: str, people: Sequence[Receiver]) -> None:
        super().__init__(name, Sheet(people))
        self.input.setMinimumHeight(0)  # as high as its cells, scrolled if need be
        self.area = scrolling(self.input)
        self._line.addWidget(self.area)
        self.input.edited.connect(self._touched)

    def read(self) -> dict[int, int] | None:
        given: dict[int, int] = {}
        for who in self.input.people:
            typed = self.input.cells[who.resident_id].text().strip()
            fen = read_amount(typed) if typed else 0
            if fen < 0:
                raise BelowNothing(typed=typed)
            if fen > who.kept:
                kept = show_money(who.kept)
                raise rules.MoreThanOneKeeps(name=who.name, kept=kept)
            if fen:
                given[who.resident_id] = fen
        return given or None

    def set_value(self, value: Mapping[int, int] | None) -> None:
        for resident_id, cell in self.input.cells.items():
            fen = (value or {}).get(resident_id)
            cell.setText(show_money(fen, sign=False) if fen else "")

    def raw(self) -> Any:
        cells = self.input.cells.items()
        return {str(number): cell.text() for number, cell in cells if cell.text()}

    def set_raw(self, raw: Any) -> None:
        for number, typed in dict(raw).items():
            if cell := self.input.cells.get(int(number)):
                cell.setText(typed)

    def fill(self, fen: int) -> None:
        """Give everybody the same, or what is kept where that is less."""
        people = self.input.people
        self.set_value({who.resident_id: min(fen, who.kept) for who in people})


class HandOutDialog(DeedDialog):
    """Asks what each resident gets, prints the list to sign, and books it."""

    def __init__(self, tab: Tab, people: Sequence[Receiver]) -> None:
        self._tab = tab
        self._money = tab.hand.service(TrustMoney)
        self.sheet = SheetField(_("Residents"), people)
        self.each = MoneyField(_("The same for all"), needed=False)
        self.total = QLabel()
        self._filled = 0
        super().__init__(
            _("Hand money out by a signed list"),
            self._form(),
            _("Hand out"),
            *(tab.hand.jobs, self._deed_of, tab, "trust-hand-out"),
        )
        self.setMinimumWidth(theme.px(WIDE))
        theme.mark(self.total, "strong")
        self.print = button(_("Print the list to sign"), "print", "Ctrl+P")
        self.foot.insertWidget(0, self.total)
        self.foot.insertWidget(1, self.print)

        self.each.entered.connect(self._fill)
        self.each.input.editingFinished.connect(self._fill)
        self.form.changed.connect(self._sum_up)
        self.print.clicked.connect(self._print)
        self._sum_up()
        share_room(self, {self.sheet.area: HIGH})

    def _form(self) -> Form:
        form = Form(columns=2)
        today = self._tab.hand.today()
        check = partial(check_happened, today=today)
        day = DateField(_("Day"), today, sense=Sense.PAST, check=check)
        form.add("day", day, blame=(NotComeYet, MonthClosed))
        form.add("method", PickField(_("Way"), methods()))
        purpose = TextField(_("For what"))
        form.add("purpose", purpose, blame=(rules.TrustPurposeMissing,))
        paper = TextField(_("Signed list"), hint=_("its number or day"))
        form.add("paper", paper, blame=(rules.TrustPaperMissing,))
        form.add("each", self.each)
        blame = (
            *(rules.MoreThanOneKeeps, rules.MoreThanKept, rules.NoTrustAmount),
            *(rules.NobodyGiven, rules.CashShort, BadAmount),
        )
        form.add("given", self.sheet, wide=True, blame=blame)
        pocket = _("Pocket money")
        form.set_values({"day": today, "method": CASH, "purpose": pocket})
        return form

    def _deed_of(self, values: dict[str, Any]) -> "partial[list[int]]":
        how = (values["method"], values["day"], values["purpose"], values["paper"])
        return partial(self._money.hand_out, values["given"], *how)

    def _fill(self) -> None:
        """Fill all cells once an amount is typed; what was changed since stays."""
        fen = self.each.value()
        if fen and fen != self._filled:
            self._filled = fen
            self.sheet.fill(fen)

    def _sum_up(self) -> None:
        given = self.sheet.value() or {}
        text = _("{count} {count:resident|residents}, {fen}")
        fen = show_money(sum(given.values()))
        self.total.setText(text.format(count=len(given), fen=fen))
        self.print.setEnabled(bool(given))

    def _print(self) -> None:
        values = self.form.values()
        title = _("List of money handed out")
        paper = PaperDialog(title, f"{title}.pdf", self._tab.hand.jobs, self)
        day = values["day"] or self._tab.hand.today()
        what = (values["given"] or {}, day, values["purpose"] or "")
        paper.draw(self._money.write_hand_out, *what)
