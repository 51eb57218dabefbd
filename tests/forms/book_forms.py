"""The forms of the books, with their deeds."""

from functools import partial

from carehome.rules.ledger.accounts import Code
from carehome.services.books import Books
from carehome.services.donations import Donations
from carehome.services.trust import CASH, TrustMoney, TrustTill
from carehome.services.utilities import Utilities
from carehome.ui.books.closing import ClosingTab
from carehome.ui.books.donations import DonationsTab
from carehome.ui.books.hand_out import HandOutDialog, Receiver
from carehome.ui.books.journal import Balance, JournalTab
from carehome.ui.books.trust import TrustTab
from carehome.ui.books.utilities import UtilitiesTab
from tests.conftest import TODAY
from tests.forms.claim_forms import hand
from tests.purse import OCTOBER
from tests.ways.book_deeds import BILL

PURPOSE = "买床"


def tab_of(desk, kind):
    tab = kind(hand(desk))
    tab.setParent(desk.parent)
    return tab


def close(desk):
    tab, books = tab_of(desk, ClosingTab), desk.service(Books)
    tab.show_month(books.month(OCTOBER))
    tab.ask_close()
    return desk.asked(tab), books.close


def reopen(desk):
    tab = tab_of(desk, ClosingTab)
    tab.ask_reopen()
    return desk.asked(tab), desk.service(Books).reopen


def number(desk):
    tab, books = tab_of(desk, JournalTab), desk.service(Books)
    account = next(x for x in books.accounts() if x.code is Code.CASH)
    tab.ask_number(Balance(account, books.account_sums))
    return desk.asked(tab), books.set_account


def trust(ask, deed, *elsewhere, kind=TrustMoney):
    def make(desk):
        who, money = desk.people["王秀英"], desk.service(TrustMoney)
        money.take(who, 100_00, CASH, TODAY, "养老金")
        tab = tab_of(desk, TrustTab)
        ask(desk, tab, who)
        return desk.asked(tab), getattr(desk.service(kind), deed), set(elsewhere)

    return make


def hand_out(desk):
    who = desk.people["王秀英"]
    desk.service(TrustMoney).take(who, 100_00, CASH, TODAY, "养老金")
    tab = tab_of(desk, TrustTab)
    people = [Receiver(who, "王秀英", "301-1", 100_00)]
    dialog = HandOutDialog(tab, people)
    return dialog, desk.service(TrustMoney).hand_out


def take(_desk, tab, who):
    tab.deeds.take(who, "王秀英", 100_00)


def spend(_desk, tab, who):
    tab.deeds.spend(who, "王秀英", 100_00)


def void(desk, tab, who):
    tab.deeds.void(desk.service(TrustMoney).entries(who)[0])


def file_paper(desk, tab, who):
    tab.deeds.file_paper(desk.service(TrustMoney).entries(who)[0])


def count(desk, tab, _who):
    tab.deeds.count(desk.service(TrustTill).places())


def draw(desk, tab, _who):
    tab.deeds.draw(desk.service(TrustTill).places())


def void_draw(desk, tab, _who):
    till = desk.service(TrustTill)
    till.draw(100_00, "bank", TODAY, "回单")
    tab.deeds.void_draw(till.places().draws[0])


def donation(ask, deed, *elsewhere):
    def make(desk):
        gifts = desk.service(Donations)
        given = gifts.take("王强", 100_00, "transfer", TODAY, PURPOSE)
        gifts.use(given, 1_00, "transfer", TODAY, "床垫", "", PURPOSE)
        tab = tab_of(desk, DonationsTab)
        ask(tab, gifts.donations()[0])
        return desk.asked(tab), getattr(gifts, deed), set(elsewhere)

    return make


def goods(tab, _each):
    tab.deeds.take().form.set_values({"method": "goods"})


def utility(ask, deed, *elsewhere):
    def make(desk):
        bills = desk.service(Utilities)
        bills.add(BILL)
        tab = tab_of(desk, UtilitiesTab)
        entered = bills.bills()[0]
        ask(tab, entered)
        return desk.asked(tab), getattr(bills, deed), set(elsewhere)

    return make


def pressed(name, tab, entered):
    tab.file.show_bill(entered)
    getattr(tab.file, name).click()


BOOK_FORMS = {
    "books: close a month": close,
    "books: open it again": reopen,
    "books: number of an account": number,
    "trust: take": trust(take, "take"),
    "trust: spend": trust(spend, "spend"),
    "trust: void": trust(void, "void"),
    "trust: paper": trust(file_paper, "file_paper"),
    "trust: count": trust(count, "count", kind=TrustTill),
    "trust: draw": trust(draw, "draw", kind=TrustTill),
    "trust: void a draw": trust(void_draw, "void_draw", kind=TrustTill),
    "trust: hand out": hand_out,
    "donation: take": donation(goods, "take"),
    "donation: use": donation(lambda tab, each: tab.deeds.use(each), "use"),
    "donation: void": donation(lambda tab, each: tab.deeds.void(each), "void"),
    "donation: void a use": donation(
        lambda tab, each: tab.deeds.void_use(each.uses[0]), "void_use"
    ),
    "utility: add": utility(lambda tab, _each: tab.ask_bill(None), "add"),
    "utility: change": utility(lambda tab, each: tab.ask_bill(each), "change"),
    "utility: pay": utility(partial(pressed, "pay"), "pay"),
    "utility: letter": utility(partial(pressed, "asked"), "note_letter"),
}
