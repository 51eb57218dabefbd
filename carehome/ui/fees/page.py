"""The page of fees: all that has to do with money, one tab a task."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal

from carehome.i18n import _
from carehome.services.day_close import MINE
from carehome.ui.fees.charges.tab import UseChargesTab
from carehome.ui.fees.deposits import DepositDesk
from carehome.ui.fees.month_end import MonthEnd
from carehome.ui.fees.owing.tab import REFUNDS, ArrearsTab
from carehome.ui.fees.payers import OWING, PayersTab
from carehome.ui.fees.payments import PaymentDesk
from carehome.ui.fees.prices_tab import PricesTab
from carehome.ui.fees.receipts import ReceiptList
from carehome.ui.fees.tills.tab import DayCloseTab
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.tabbed import Tab

View = TypeVar("View")
PAYMENTS, RECEIPTS, DAY_CLOSE, CHARGES = range(4)
ARREARS, MONTH_END, PAYERS, DEPOSITS, PRICES = range(4, 9)


class FeesPage(PageFrame):
    """Payments, receipts, arrears, month end, deposits and price lists.

    `resident_wanted` goes out for somebody's file, `told` with what was done.
    """

    resident_wanted = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        services: MoneyServices,
        hand: Hand,
    ) -> None:
        super().__init__(_("Fees"))
        self.tabs = Tabs()
        self._services = services
        self._hand = hand
        self.tabs.add(_("Payments"), self._payments)
        self.tabs.add(_("Receipts"), self._receipts)
        self.tabs.add(_("Day close"), partial(self._tab, DayCloseTab))
        self.tabs.add(_("Use charges"), partial(self._tab, UseChargesTab))
        self.tabs.add(_("Arrears"), self._arrears)
        self.tabs.add(_("Month end"), self._month_end)
        self.tabs.add(_("Payers"), partial(self._tab, PayersTab))
        self.tabs.add(_("Deposits"), self._deposits)
        self.tabs.add(_("Price lists"), self._prices)
        self.body.addWidget(self.tabs, 1)
        self.tabs.offer_keys()
        self.tabs.shown.connect(self._go_in)
        lead(self, self.tabs.content(PAYMENTS))

    def show_prices(self, which: str) -> None:
        """Go to the price lists, the personal prices or the notices of fees."""
        self.tabs.strip.setCurrentIndex(PRICES)
        prices = self.tabs.content(PRICES)
        assert isinstance(prices, PricesTab)
        prices.open_key(which)

    def show_payment(self, resident_id: int) -> None:
        """Go to taking a payment from somebody."""
        self.tabs.strip.setCurrentIndex(PAYMENTS)
        desk = self.tabs.content(PAYMENTS)
        assert isinstance(desk, PaymentDesk)
        desk.show_person(resident_id)

    def show_deposit(self, resident_id: int) -> None:
        """Go to somebody's deposit."""
        self.tabs.strip.setCurrentIndex(DEPOSITS)
        desk = self.tabs.content(DEPOSITS)
        assert isinstance(desk, DepositDesk)
        desk.show_person(resident_id)

    def show_deposits(self, which: str) -> None:
        """Go to the deposits that something is to be done about."""
        self.tabs.strip.setCurrentIndex(DEPOSITS)
        desk = self.tabs.content(DEPOSITS)
        assert isinstance(desk, DepositDesk)
        desk.show_list(which)

    def show_arrears(self, which: str | None = None) -> None:
        """Go to who owes, or to those of them whom something is to be done about."""
        self.tabs.strip.setCurrentIndex(ARREARS)
        arrears = self.tabs.content(ARREARS)
        assert isinstance(arrears, ArrearsTab)
        arrears.open_key(which)

    def show_refunds(self) -> None:
        """Go to the refunds that wait."""
        self.show_arrears(REFUNDS)

    def show_receipt(self, receipt_id: int) -> None:
        """Open a receipt."""
        self.tabs.strip.setCurrentIndex(RECEIPTS)
        receipts = self.tabs.content(RECEIPTS)
        assert isinstance(receipts, ReceiptList)
        receipts.open_receipt(receipt_id)

    def show_bill(self, bill_id: int, month: date) -> None:
        """Open a posted bill."""
        self.tabs.strip.setCurrentIndex(MONTH_END)
        month_end = self.tabs.content(MONTH_END)
        assert isinstance(month_end, MonthEnd)
        month_end.open_bill(bill_id, month)

    def show_month_end(self) -> None:
        """Go to the month that is to be posted next."""
        self.tabs.strip.setCurrentIndex(MONTH_END)

    def show_payers(self, which: object) -> None:
        """Go to a payer by its number, or to all who owe something."""
        self.tabs.strip.setCurrentIndex(PAYERS)
        payers = self.tabs.content(PAYERS)
        assert isinstance(payers, PayersTab)
        payers.open_key(which)

    def show_late(self) -> None:
        """Go to what came to be known of posted months."""
        self.show_month_end()
        month_end = self.tabs.content(MONTH_END)
        assert isinstance(month_end, MonthEnd)
        month_end.show_late()

    def show_day_close(self, part: str = MINE) -> None:
        """Go to one's own till, or to another part of the day close."""
        self.tabs.strip.setCurrentIndex(DAY_CLOSE)
        tab = self.tabs.content(DAY_CLOSE)
        assert isinstance(tab, DayCloseTab)
        tab.open_key(part)

    def show_use_charges(self) -> None:
        """Go to the sheet of charges by use."""
        self.tabs.strip.setCurrentIndex(CHARGES)

    def _go_in(self, at: int) -> None:
        """Put the cursor where work on a tab begins, unless it walks over the tabs."""
        content = self.tabs.content(at)
        lead(self, content)
        if not self.tabs.strip.hasFocus():
            content.setFocus()

    def _make(self, kind: Callable[..., View]) -> View:
        hand = self._hand
        return kind(self._services, hand.jobs, hand.today, hand.user)

    def _tab(self, kind: Callable[[Hand], Tab]) -> Tab:
        tab = kind(self._hand)
        tab.told.connect(self.told)
        return tab

    def _payments(self) -> PaymentDesk:
        return self._make(PaymentDesk)

    def _receipts(self) -> ReceiptList:
        receipts = self._make(ReceiptList)
        receipts.told.connect(self.told)
        return receipts

    def _arrears(self) -> ArrearsTab:
        arrears = ArrearsTab(self._services, self._hand)
        arrears.told.connect(self.told)
        arrears.payment_wanted.connect(self.show_payment)
        arrears.payers_wanted.connect(partial(self.show_payers, OWING))
        return arrears

    def _month_end(self) -> MonthEnd:
        month_end = self._make(MonthEnd)
        month_end.resident_wanted.connect(self.resident_wanted)
        month_end.told.connect(self.told)
        return month_end

    def _deposits(self) -> DepositDesk:
        deposits = DepositDesk(self._services, self._hand)
        deposits.told.connect(self.told)
        return deposits

    def _prices(self) -> PricesTab:
        prices = PricesTab(self._hand)
        prices.told.connect(self.told)
        return prices
