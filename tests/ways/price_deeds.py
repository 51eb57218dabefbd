"""One way to do each deed about the approval of prices that can be undone."""

from datetime import date

from carehome.rules.billing.tariff import Terms
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.prices import OwnPrices, Price, PriceSheet, PriceVersions
from carehome.services.prices.notices import Notices
from tests.conftest import TODAY

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 1)


def draft(w):
    listed = tuple(Price(item.item_id, 99_00) for item in w.prices.items())
    sheet = PriceSheet(0, date(2027, 1, 1), "", Terms(), listed)
    return w.purse.as_role(Role.ACCOUNTANT).prices.save_sheet(sheet)


def submitted(w):
    number = draft(w)
    w.of(PriceVersions).submit(number)
    return number


def approved(w):
    item = w.prices.items()[0].item_id
    return w.purse.own_price(w.wang, item, Period(FIRST, LAST), "percent", 80, "优惠")


def hung(w):
    (sheet,) = w.prices.sheets()
    return w.of(Notices).put_up(sheet.list_id, "fees", "一楼大厅", FIRST)


DEEDS = {
    "Notices.put_up": (lambda w: None, lambda w, _: hung(w)),
    "Notices.take_down": (
        hung,
        lambda w, known: w.of(Notices).take_down(known, TODAY),
    ),
    "Notices.save_texts": (
        lambda w: None,
        lambda w, _: w.of(Notices).save_texts({"complaints": "12345"}),
    ),
    "PriceVersions.drop": (
        draft,
        lambda w, known: w.of(PriceVersions).drop(known),
    ),
    "PriceVersions.submit": (
        draft,
        lambda w, known: w.of(PriceVersions).submit(known),
    ),
    "PriceVersions.withdraw": (
        submitted,
        lambda w, known: w.of(PriceVersions).withdraw(known),
    ),
    "PriceVersions.refuse": (
        submitted,
        lambda w, known: w.of(PriceVersions).refuse(known, "床位费写错"),
    ),
    "OwnPrices.refuse": (
        lambda w: w.own_price(),
        lambda w, known: w.of(OwnPrices).refuse(known, "没有依据"),
    ),
    "OwnPrices.withdraw": (
        lambda w: w.own_price(),
        lambda w, known: w.of(OwnPrices).withdraw(known),
    ),
}
