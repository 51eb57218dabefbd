"""One way to do each deed of the books that can be undone."""

from dataclasses import replace
from datetime import date

from carehome.rules.ledger.accounts import Code
from carehome.rules.periods import Period
from carehome.rules.utilities import Supply, Tariff, UtilityBill
from carehome.services.books import Books
from carehome.services.donations import Donations
from carehome.services.trust import TrustMoney
from carehome.services.utilities import Utilities

PAID_ON = date(2026, 11, 12)
BILL = UtilityBill(
    Supply.POWER,
    "城南供电公司",
    "D2026-11",
    date(2026, 11, 5),
    Period(date(2026, 10, 1), date(2026, 11, 1)),
    Tariff.COMMERCIAL,
    "1200 度",
    960_00,
    {"开户费": 60_00},
)


def _entered(w):
    return w.of(Utilities).add(BILL)


def _given(w):
    return w.of(Donations).take("王强", 100_00, "cash", PAID_ON)


def _kept(w):
    return w.of(TrustMoney).take(w.wang, 100_00, "cash", PAID_ON, "养老金")


def _scan(w):
    scan = w.folder / "slip.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return scan


DEEDS = {
    "Books.set_account": (
        lambda w: None,
        lambda w, _: w.of(Books).set_account(Code.CASH, "100101", "现金"),
    ),
    "Utilities.add": (lambda w: None, lambda w, _: _entered(w)),
    "Utilities.change": (
        _entered,
        lambda w, known: w.of(Utilities).change(known, replace(BILL, fen=980_00)),
    ),
    "Utilities.pay": (
        _entered,
        lambda w, known: w.of(Utilities).pay(known, PAID_ON, "transfer"),
    ),
    "Utilities.note_letter": (
        _entered,
        lambda w, _: w.of(Utilities).note_letter(BILL.supplier, PAID_ON),
    ),
    "Donations.set_unnamed": (
        _given,
        lambda w, known: w.of(Donations).set_unnamed(known, True),
    ),
    "TrustMoney.file_paper": (
        _kept,
        lambda w, known: w.of(TrustMoney).file_paper(known, _scan(w)),
    ),
    "Utilities.remove": (_entered, lambda w, known: w.of(Utilities).remove(known)),
}
