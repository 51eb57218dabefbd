"""The page of the books: what the accountant keeps beside bills and payments."""

from collections.abc import Callable

from carehome.i18n import N_
from carehome.ui.books.bank import BankTab
from carehome.ui.books.closing import ClosingTab
from carehome.ui.books.donations import DonationsTab
from carehome.ui.books.journal import JournalTab
from carehome.ui.books.statements import StatementsTab
from carehome.ui.books.subsidies import SubsidiesTab
from carehome.ui.books.trust import TrustTab
from carehome.ui.books.utilities import UtilitiesTab
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab, TabbedPage

CLOSING, JOURNAL = N_("Month close"), N_("Journal")
STATEMENTS = N_("Yearly statements")
BANK, SUBSIDIES = N_("Bank statements"), N_("Subsidies")
TRUST, DONATIONS, UTILITIES = N_("Trust money"), N_("Donations"), N_("Utilities")
TABS: dict[str, Callable[[Hand], Tab]] = {
    CLOSING: ClosingTab,
    JOURNAL: JournalTab,
    BANK: BankTab,
    SUBSIDIES: SubsidiesTab,
    TRUST: TrustTab,
    DONATIONS: DonationsTab,
    UTILITIES: UtilitiesTab,
    STATEMENTS: StatementsTab,
}


class BooksPage(TabbedPage):
    """Holds the tabs of the books, and leads from one to another."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(N_("Books"), hand, TABS)
