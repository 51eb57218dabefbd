"""Which bills a payment settles: the oldest first, or as the clerk says."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import _, say_month, show_money
from carehome.rules.billing import payments as rules
from carehome.services.payments import BillState, ResidentAccount
from carehome.ui.kit import theme
from carehome.ui.kit.fields import MoneyField
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.tick import Tick

WIDE = 130


class AllotmentGrid(QWidget):
    """Shows what each open bill gets of a payment, and what is left as prepaid.

    Until the box is ticked the oldest bill is settled first; then each amount can be
    typed. `told` is None in the first case.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.by_hand = Tick(_("Set the amount for each bill"))
        self.rest = QLabel()
        self.fields: dict[int, MoneyField] = {}
        self._bills: tuple[BillState, ...] = ()
        self._account: ResidentAccount | None = None
        self._cap: int | None = None
        self._amount = 0
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, theme.px(4), 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(0, 1)
        self.rest.setWordWrap(True)
        theme.mark(self.rest, "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        area = scrolling(self._rows)
        area.setMinimumHeight(theme.px(40))
        column.addWidget(area, 1)
        column.addWidget(self.rest)

        self.by_hand.toggled.connect(self._turn)

    def show_account(self, account: ResidentAccount, cap: int | None) -> None:
        """Show the open bills of somebody, and how much may be prepaid."""
        self._account, self._cap = account, cap
        self._bills = tuple(bill for bill in account.bills if bill.open > 0)
        self.by_hand.setChecked(False)
        self.by_hand.setVisible(bool(self._bills))
        self._lay_out()
        self.show_amount(self._amount)

    def show_amount(self, fen: int) -> None:
        """Share out a payment of `fen`; what was typed by hand stays."""
        self._amount = fen
        if not self.by_hand.isChecked():
            self._share_out()
        self._say_rest()

    @property
    def told(self) -> Mapping[int, int] | None:
        """What the clerk gave each bill, None when the oldest goes first."""
        if not self.by_hand.isChecked():
            return None
        given = {bill_id: field.value() or 0 for bill_id, field in self.fields.items()}
        return {bill_id: fen for bill_id, fen in given.items() if fen}

    def typed(self) -> dict[str, Any]:
        """Return what is typed for each bill; nothing while the oldest goes first."""
        if not self.by_hand.isChecked():
            return {}
        return {str(bill_id): field.raw() for bill_id, field in self.fields.items()}

    def type_again(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` returned, for bills that are still open."""
        self.by_hand.setChecked(bool(typed))
        for bill_id, raw in typed.items():
            if int(bill_id) in self.fields:
                self.fields[int(bill_id)].set_raw(raw)

    def check_amount(self, fen: int) -> None:
        """Refuse a payment of which too much would be prepaid."""
        if self._account is not None and self._cap is not None:
            account = self._account
            rules.check_payment(fen, account.owed, account.prepaid, self._cap)

    def reason(self) -> str:
        """Say why the payment cannot be taken like this; empty when it can."""
        wrong = [problem for f in self.fields.values() if (problem := f.problem())]
        if wrong or self._account is None:
            return wrong[0] if wrong else ""
        account = self._account
        try:
            if (told := self.told) is not None:
                rules.allot_as_told(account.outstanding, told, self._amount)
            self.check_amount(self._amount)
        except Refusal as refusal:
            return refusal.message
        return ""

    def _lay_out(self) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        for row, bill in enumerate(self._bills):
            name = QLabel(say_month(bill.month))
            number = QLabel(bill.label)
            theme.mark(number, "note")
            due = QLabel(_("{amount} open").format(amount=show_money(bill.open)))
            due.setAlignment(Qt.AlignmentFlag.AlignRight)
            check = partial(_check_open, bill)
            field = MoneyField(say_month(bill.month), needed=False, check=check)
            field.setFixedWidth(theme.px(WIDE))
            field.input.setReadOnly(True)
            field.input.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            field.changed.connect(self._typed)
            field.entered.connect(self.entered)
            self.fields[bill.bill_id] = field
            middle = Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(name, row, 0, middle)
            self._grid.addWidget(number, row, 1, middle)
            self._grid.addWidget(due, row, 2, middle)
            self._grid.addWidget(field, row, 3)
        if not self._bills:
            nothing = QLabel(_("No bill is open: all of it is prepaid."))
            theme.mark(nothing, "note")
            self._grid.addWidget(nothing, 0, 0)
        self._grid.setRowStretch(max(len(self._bills), 1), 1)

    def _share_out(self) -> None:
        shares: dict[int, int] = {}
        if self._account and self._amount > 0:
            allotted = rules.allot(self._account.outstanding, self._amount)
            shares = {share.bill_id: share.fen for share in allotted.shares}
        for bill_id, field in self.fields.items():
            field.blockSignals(True)
            field.set_value(shares.get(bill_id))
            field.blockSignals(False)

    def _say_rest(self) -> None:
        given = sum(field.value() or 0 for field in self.fields.values())
        rest = max(self._amount - given, 0)
        lines = []
        if rest:
            text = _("{amount} is left and becomes prepaid.")
            lines.append(text.format(amount=show_money(rest)))
        if rest and self._cap is not None and self._account:
            text = _("At most {cap} may be prepaid; {held} is already.")
            held = show_money(self._account.prepaid)
            lines.append(text.format(cap=show_money(self._cap), held=held))
        self.rest.setText(" ".join(lines))

    def _turn(self, by_hand: bool) -> None:
        for field in self.fields.values():
            field.input.setReadOnly(not by_hand)
            policy = Qt.FocusPolicy.StrongFocus if by_hand else Qt.FocusPolicy.NoFocus
            field.input.setFocusPolicy(policy)
        if not by_hand:
            self._share_out()
        elif self.fields:
            next(iter(self.fields.values())).focus()
        self._say_rest()
        self.changed.emit()

    def _typed(self) -> None:
        if self.by_hand.isChecked():
            self._say_rest()
            self.changed.emit()


def _check_open(bill: BillState, fen: int) -> None:
    """Refuse to give a bill more than is open of it."""
    if fen > bill.open:
        raise rules.MoreThanOutstanding(
            month=f"{bill.month:%Y-%m}", outstanding=show_money(bill.open)
        )
