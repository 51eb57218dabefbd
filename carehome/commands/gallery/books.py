"""Scenes of the books: month close, journal, statements, trust money, donations."""

from carehome.app.desk import BOOKS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.books import Books
from carehome.services.donations import Donations
from carehome.services.trust import TrustMoney
from carehome.services.utilities import Utilities
from carehome.ui.books.closing import ClosingTab
from carehome.ui.books.donations import DonationsTab
from carehome.ui.books.hand_out import HandOutDialog
from carehome.ui.books.journal import ACCOUNTS, JournalTab
from carehome.ui.books.page import (
    CLOSING,
    DONATIONS,
    JOURNAL,
    STATEMENTS,
    TRUST,
    UTILITIES,
)
from carehome.ui.books.statements import KEPT, StatementsTab
from carehome.ui.books.trust import TrustTab
from carehome.ui.books.trust_file import TrustFile
from carehome.ui.books.utilities import UtilitiesTab


def closing(studio: Studio) -> None:
    """See what is to be settled before a month is closed."""
    studio.tab(BOOKS, CLOSING)


def close(studio: Studio) -> None:
    """Close a month, with what stays open."""
    month = studio.service(Books).closes()[0].month
    studio.service(Books).reopen("-")
    closing(studio)
    tab = studio.find(ClosingTab)
    tab.open_key(month)
    studio.wait()
    studio.click(tab.close_month)


def reopen(studio: Studio) -> None:
    """Open the newest closed month again."""
    closing(studio)
    studio.press("Open the newest again")


def closed(studio: Studio) -> None:
    """Look at a month that is closed."""
    month = studio.service(Books).closes()[0].month
    closing(studio)
    studio.find(ClosingTab).open_key(month)
    studio.wait()


def journal(studio: Studio) -> None:
    """See the vouchers of a month."""
    studio.tab(BOOKS, JOURNAL)


def accounts(studio: Studio) -> JournalTab:
    """See the accounts and their balances."""
    journal(studio)
    tab = studio.find(JournalTab)
    tab.which.set_code(ACCOUNTS)
    tab.which.chosen.emit()
    studio.wait()
    return tab


def number(studio: Studio) -> None:
    """Give an account the number of the home's own accounting."""
    studio.open_row(accounts(studio).accounts)


def accounts_printed(studio: Studio) -> None:
    """Look at the accounts as they will be printed."""
    accounts(studio)
    studio.press("Print")


def export(studio: Studio) -> None:
    """Save the journal for an accounting program."""
    journal(studio)
    studio.press("For the accounting program")


def statements(studio: Studio) -> None:
    """See what everybody was charged and paid in a year."""
    studio.tab(BOOKS, STATEMENTS)


def statements_kept(studio: Studio) -> None:
    """See what moved of everybody's deposit and trust money in a year."""
    statements(studio)
    studio.find(StatementsTab).which.set_code(KEPT)
    studio.wait()


def statement(studio: Studio) -> None:
    """Look at the statement of one resident as it will be printed."""
    statements(studio)
    studio.open_row(studio.find(StatementsTab).people.view)


def statements_all(studio: Studio) -> None:
    """Look at the statements of everybody as they will be printed."""
    statements(studio)
    studio.press("Statements of all")


def trust(studio: Studio) -> None:
    """See for whom money is kept, and where it lies."""
    studio.tab(BOOKS, TRUST)


def trust_file(studio: Studio) -> TrustFile:
    """Look at the trust money of one resident."""
    standings = studio.service(TrustMoney).standings()
    studio.tab(BOOKS, TRUST)
    tab = studio.find(TrustTab)
    tab.open_key(next(each.resident_id for each in standings if each.kept))
    studio.wait()
    return tab.file


def trust_take(studio: Studio) -> None:
    """Take a pension to keep."""
    trust_file(studio)
    studio.press("Take money")
    studio.fill(amount=2680_00, purpose="\u517b\u8001\u91d1")


def trust_spend(studio: Studio) -> None:
    """Spend more than is kept, and be told."""
    kept = trust_file(studio).kept
    studio.press("Spend or hand over")
    studio.fill(amount=kept + 100_00).submit()


def trust_void(studio: Studio) -> None:
    """Void a wrong entry with a reason."""
    file = trust_file(studio)
    file.view.selectRow(0)
    studio.press("Void")


def trust_paper(studio: Studio) -> None:
    """File the photo of an invoice."""
    file = trust_file(studio)
    file.view.selectRow(0)
    studio.press("File the paper")


def trust_statement(studio: Studio) -> None:
    """Look at the statement for the family as it will be printed."""
    trust_file(studio).print_statement()
    studio.wait()


def hand_out(studio: Studio) -> HandOutDialog:
    """Hand pocket money out to many by a list."""
    trust(studio)
    dialog = studio.press("Hand out by list")
    assert isinstance(dialog, HandOutDialog)
    dialog.sheet.fill(200_00)
    studio.wait()
    return dialog


def hand_out_printed(studio: Studio) -> None:
    """Look at the list that residents sign as it will be printed."""
    studio.click(hand_out(studio).print)


def count(studio: Studio) -> None:
    """Count the till with somebody else."""
    trust(studio)
    studio.press("Count the till")


def carry(studio: Studio) -> None:
    """Carry trust money between bank and till."""
    trust(studio)
    studio.press("Bank and till")


def places(studio: Studio) -> None:
    """See all counts, and what was carried to and fro."""
    trust(studio)
    studio.press("Counts and carrying")


def donations(studio: Studio) -> None:
    """See donations by purpose and one by one."""
    studio.tab(BOOKS, DONATIONS)


def donation(studio: Studio) -> DonationsTab:
    """Look at one donation and its uses."""
    given = studio.service(Donations).donations()
    studio.tab(BOOKS, DONATIONS)
    tab = studio.find(DonationsTab)
    tab.open_key(next(x.donation_id for x in given if x.purpose and x.left and x.uses))
    studio.wait()
    return tab


def donation_take(studio: Studio) -> None:
    """Enter a donation."""
    donations(studio)
    studio.press("Enter a donation")


def donation_use(studio: Studio) -> None:
    """Note what a donation was used for."""
    donation(studio)
    studio.press("Note a use")


def donation_void(studio: Studio) -> None:
    """Void the use of a donation."""
    tab = donation(studio)
    tab.file.view.selectRow(0)
    studio.press("Void the use")


def donation_receipt(studio: Studio) -> None:
    """Look at the receipt of a donation as it will be printed."""
    donation(studio)
    studio.press("Donation receipt")


def donations_public(studio: Studio) -> None:
    """Look at the list for the public as it will be printed."""
    donations(studio)
    studio.press("List for the public")


def utilities(studio: Studio) -> None:
    """See the bills for water, power, gas and heat."""
    studio.tab(BOOKS, UTILITIES)


def utility(studio: Studio) -> UtilitiesTab:
    """Look at a bill that is not at the residential price."""
    bills = studio.service(Utilities).bills()
    studio.tab(BOOKS, UTILITIES)
    tab = studio.find(UtilitiesTab)
    tab.open_key(next(each.bill_id for each in bills if each.is_open))
    studio.wait()
    return tab


def utility_add(studio: Studio) -> None:
    """Enter a bill; what should not be on it is said at once."""
    entered = studio.service(Utilities).bills()
    power = next(
        x for x in entered if x.flags and x.bill.unit_price and not x.letter_on
    )
    utilities(studio)
    studio.press("Enter a bill")
    bill = power.bill
    studio.fill(supply=bill.supply, quantity=bill.quantity, amount=bill.fen)
    studio.wait()


def utility_pay(studio: Studio) -> None:
    """Note that a bill was paid."""
    bills = studio.service(Utilities).bills()
    utilities(studio)
    due = next(each.bill_id for each in bills if each.bill.paid_on is None)
    studio.find(UtilitiesTab).open_key(due)
    studio.wait()
    studio.press("Note as paid")


def utility_sent(studio: Studio) -> None:
    """Note that the letter is sent."""
    utility(studio)
    studio.press("Letter is sent")


def utility_remove(studio: Studio) -> None:
    """Remove a bill that was entered by mistake."""
    utility(studio)
    studio.press("Remove")


def utility_letter(studio: Studio) -> None:
    """Look at the letter to the supplier as it will be printed."""
    utility(studio)
    studio.press("Letter to the supplier")


SCENES = (
    Scene("books-closing", closing),
    Scene("books-closing-close", close),
    Scene("books-closing-reopen", reopen),
    Scene("books-closing-closed", closed),
    Scene("books-journal", journal),
    Scene("books-journal-accounts", accounts),
    Scene("books-journal-number", number),
    Scene("books-journal-accounts-paper", accounts_printed),
    Scene("books-journal-export", export),
    Scene("books-statements", statements),
    Scene("books-statements-kept", statements_kept),
    Scene("books-statements-paper", statement),
    Scene("books-statements-all", statements_all),
    Scene("books-trust", trust),
    Scene("books-trust-file", trust_file),
    Scene("books-trust-take", trust_take),
    Scene("books-trust-spend", trust_spend),
    Scene("books-trust-void", trust_void),
    Scene("books-trust-paper", trust_paper),
    Scene("books-trust-statement", trust_statement),
    Scene("books-trust-hand-out", hand_out),
    Scene("books-trust-hand-out-list", hand_out_printed),
    Scene("books-trust-count", count),
    Scene("books-trust-carry", carry),
    Scene("books-trust-places", places),
    Scene("books-donations", donations),
    Scene("books-donations-file", donation),
    Scene("books-donations-take", donation_take),
    Scene("books-donations-use", donation_use),
    Scene("books-donations-void", donation_void),
    Scene("books-donations-receipt", donation_receipt),
    Scene("books-donations-public", donations_public),
    Scene("books-utilities", utilities),
    Scene("books-utilities-file", utility),
    Scene("books-utilities-add", utility_add),
    Scene("books-utilities-pay", utility_pay),
    Scene("books-utilities-sent", utility_sent),
    Scene("books-utilities-remove", utility_remove),
    Scene("books-utilities-letter", utility_letter),
)
