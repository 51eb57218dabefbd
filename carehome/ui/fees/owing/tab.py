"""The tab of arrears: who owes, who has paid ahead, what goes back."""

from typing import TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _
from carehome.ui.fees.owing.debts import ALL, DebtList
from carehome.ui.fees.owing.prepaid import PrepaidList
from carehome.ui.fees.owing.refunds import RefundList
from carehome.ui.kit import theme
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.tabbed import Tab

OWING, PREPAID, REFUNDS = "owing", "prepaid", "refunds"
NAMES = {
    OWING: N_("Who owes"),
    PREPAID: N_("Prepaid money"),
    REFUNDS: N_("Refunds"),
}
Part = DebtList | PrepaidList | RefundList
P = TypeVar("P", DebtList, PrepaidList, RefundList)


class ArrearsTab(Tab):
    """Holds the three lists, each made when it is first looked at.

    `payment_wanted` goes out with whoever pays now, `payers_wanted` for families.
    """

    payment_wanted = Signal(int)
    payers_wanted = Signal()

    def __init__(self, services: MoneyServices, hand: Hand) -> None:
        super().__init__(hand)
        self._services = services
        self._made: dict[str, Part] = {}
        self.pick = Pick({code: _(name) for code, name in NAMES.items()})
        self.pick.setAccessibleName(_("What is shown of arrears"))
        self._bar = Bar(self.pick)
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self._bar)
        column.addWidget(self.stack, 1)

        self.pick.chosen.connect(self._turn)
        self.pick.set_code(OWING)

    @property
    def debts(self) -> DebtList:
        """The list of who owes."""
        if OWING not in self._made:
            debts = self._keep(OWING, DebtList(self.hand))
            debts.payment_wanted.connect(self.payment_wanted)
            debts.payers_wanted.connect(self.payers_wanted)
        return cast("DebtList", self._made[OWING])

    @property
    def prepaid(self) -> PrepaidList:
        """The list of who has paid ahead."""
        if PREPAID not in self._made:
            prepaid = self._keep(PREPAID, PrepaidList(self.hand))
            prepaid.refund_wanted.connect(self._ask_refund)
        return cast("PrepaidList", self._made[PREPAID])

    @property
    def refunds(self) -> RefundList:
        """The list of refunds."""
        if REFUNDS not in self._made:
            self._keep(REFUNDS, RefundList(self._services, self.hand))
        return cast("RefundList", self._made[REFUNDS])

    def open_key(self, key: object) -> None:
        """Show one of the lists, or of the debts those that wait for something."""
        is_part = key in NAMES
        self.pick.set_code(key if is_part else OWING)
        if not is_part:
            self.debts.open_key(key or ALL)

    def _part(self, code: str) -> Part:
        if code == OWING:
            return self.debts
        return self.prepaid if code == PREPAID else self.refunds

    def _keep(self, code: str, part: P) -> P:
        self._made[code] = part
        part.told.connect(self.told)
        self.stack.addWidget(part)
        self._bar.add(part.tools)
        return part

    def _ask_refund(self, resident_id: int) -> None:
        self.pick.set_code(REFUNDS)
        self.refunds.ask_for(resident_id)

    def _turn(self) -> None:
        code = self.pick.code()
        shown = self._part(code)
        self.stack.setCurrentWidget(shown)
        for part, made in self._made.items():
            made.tools.setVisible(part == code)
        lead(self, shown)
        if self.isVisible() and not self.pick.hasFocus():
            shown.setFocus()
