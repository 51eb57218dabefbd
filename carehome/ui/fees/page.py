"""The page of fees: all that has to do with money, one tab a task."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Signal

from carehome.i18n import _
from carehome.rules.rights import User
from carehome.ui.fees.arrears import ArrearsList
from carehome.ui.fees.deposits import DepositDesk
from carehome.ui.fees.month_end import MonthEnd
from carehome.ui.fees.payments import PaymentDesk
from carehome.ui.fees.prices import PriceLists
from carehome.ui.fees.receipts import ReceiptList
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.parts.money import MoneyServices

View = TypeVar("View")
PAYMENTS, RECEIPTS, ARREARS, MONTH_END, DEPOSITS, PRICES = range(6)


class FeesPage(PageFrame):
    """Payments, receipts, arrears, month end, deposits and price lists.

    `resident_wanted` goes out for somebody's file, `told` with what was done.
    """

    resident_wanted = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        services: MoneyServices,
        jobs: Jobs,
        today: Callable[[], date],
        user: User,
    ) -> None:
        super().__init__(_("Fees"))
        self.tabs = Tabs()
        self._services = services
        self._jobs = jobs
        self._today = today
        self._user = user
        self.tabs.add(_("Payments"), self._payments)
        self.tabs.add(_("Receipts"), self._receipts)
        self.tabs.add(_("Arrears"), self._arrears)
        self.tabs.add(_("Month end"), self._month_end)
        self.tabs.add(_("Deposits"), self._deposits)
        self.tabs.add(_("Price lists"), self._prices)
        self.body.addWidget(self.tabs, 1)
        self.tabs.offer_keys()
        self.tabs.shown.connect(self._go_in)
        lead(self, self.tabs.content(PAYMENTS))

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

    def _go_in(self, at: int) -> None:
        """Put the cursor where work on a tab begins, unless it walks over the tabs."""
        content = self.tabs.content(at)
        lead(self, content)
        if not self.tabs.strip.hasFocus():
            content.setFocus()

    def _make(self, kind: Callable[..., View]) -> View:
        return kind(self._services, self._jobs, self._today, self._user)

    def _payments(self) -> PaymentDesk:
        return self._make(PaymentDesk)

    def _receipts(self) -> ReceiptList:
        receipts = self._make(ReceiptList)
        receipts.told.connect(self.told)
        return receipts

    def _arrears(self) -> ArrearsList:
        arrears = ArrearsList(self._services, self._jobs, self._today)
        arrears.payment_wanted.connect(self.show_payment)
        return arrears

    def _month_end(self) -> MonthEnd:
        month_end = self._make(MonthEnd)
        month_end.resident_wanted.connect(self.resident_wanted)
        month_end.told.connect(self.told)
        return month_end

    def _deposits(self) -> DepositDesk:
        deposits = self._make(DepositDesk)
        deposits.told.connect(self.told)
        return deposits

    def _prices(self) -> PriceLists:
        prices = self._make(PriceLists)
        prices.told.connect(self.told)
        return prices
