"""What the parts of the bank have in common: they show one account."""

from typing import ClassVar

from carehome.services.bank import BankAccount
from carehome.ui.kit.live import LiveView
from carehome.ui.parts.tabbed import Tab


class Part(LiveView):
    """Shows something of one account, and reads again when that changed."""

    SHOWS: ClassVar[frozenset[str]] = frozenset(
        {"bank_account", "bank_statement", "bank_line", "bank_claim", "bank_entry"}
        | {"payment", "payout", "receipt", "deposit_entry", "deposit_draw"}
        | {"trust_entry", "trust_draw", "donation", "donation_use", "utility_bill"}
        | {
            "till_handover",
            "payer_payment",
            "payer_refund",
            "bill",
            "resident",
            "contact",
        }
    )

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab.hand.jobs)
        self.tab = tab
        self.hand = tab.hand
        self.account: BankAccount | None = None

    def show_account(self, account: BankAccount | None) -> None:
        """Show another account, or the same again."""
        before = self.account.account_id if self.account else None
        self.account = account
        if before != (account.account_id if account else None):
            self.look_again()

    def look_again(self) -> None:
        """Read at once when in sight, else when next looked at."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
