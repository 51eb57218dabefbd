"""Forms about prices: why they go back, where a notice hangs."""

from dataclasses import replace
from datetime import date

from carehome.rules.periods import Period
from carehome.rules.prices.approval import NotWaiting
from carehome.services.prices import OwnPrices, Prices, PriceVersions
from carehome.services.prices.notices import Notices
from carehome.ui.fees.personal_prices import PersonalPrices
from carehome.ui.fees.price_deeds import PriceDeeds
from carehome.ui.fees.price_notices import Board, NoticeBoard
from carehome.ui.fees.price_state import Shown
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.own_terms_deeds import OwnTermsDeeds
from tests.conftest import TODAY

NEXT_YEAR = date(2027, 1, 1)


def hand(desk):
    return Hand(desk.service, desk.jobs, desk.user, desk.clock)


def over(desk, view):
    """Put a view over the window of the test."""
    view.setParent(desk.parent)
    return view


def listed(name):
    """Ask why a list goes back, or is taken back."""

    def make(desk):
        sheet = desk.money.prices.sheets()[0]
        fresh = replace(sheet, list_id=0, starts=NEXT_YEAR)
        number = desk.service(Prices).save_sheet(fresh)
        versions = desk.service(PriceVersions)
        found = next(v for v in versions.versions() if v.sheet.list_id == number)
        shown = Shown(found, False, TODAY)
        deeds = PriceDeeds(versions, desk.jobs, shown, None, desk.parent)
        return getattr(deeds, name)(), getattr(versions, name), {NotWaiting}

    return make


def refused_price(desk):
    who = desk.people["王秀英"]
    item = desk.money.prices.items()[0].item_id
    what = Period(NEXT_YEAR), "percent", 50, "困难"
    desk.money.prices.set_own_price(who, item, *what)
    own = desk.service(OwnPrices)
    view = over(desk, PersonalPrices(hand(desk)))
    view._show(own.all())
    return view.ask_refuse(), own.refuse, {NotWaiting}


def ended_price(desk):
    who = desk.people["王秀英"]
    prices = desk.money.prices
    item = prices.items()[0].item_id
    prices.set_own_price(who, item, Period(NEXT_YEAR), "percent", 50, "困难")
    (asked,) = desk.money.own_prices.of(who)
    price = replace(asked, state=asked.state.APPROVED)
    deeds = OwnTermsDeeds(
        *(prices, desk.money.own_prices, desk.money.ahead, desk.jobs, TODAY),
        *(who, prices.items(), desk.parent),
    )
    return deeds.end(price, "床位费"), prices.end_own_price


def notice(name, deed):
    def make(desk):
        notices = desk.service(Notices)
        sheets = desk.money.prices.sheets()
        notices.put_up(sheets[0].list_id, "fees", "一楼大厅", TODAY)
        board = over(desk, NoticeBoard(hand(desk)))
        board._show(Board(notices.hung(), sheets, notices.texts()))
        board.view.selectRow(0)
        return getattr(board, name)(), getattr(notices, deed)

    return make


PRICE_FORMS = {
    "price list: give back": listed("refuse"),
    "price list: take back": listed("take_back"),
    "personal price: refuse": refused_price,
    "personal price: end": ended_price,
    "notice: put up": notice("ask_put_up", "put_up"),
    "notice: take down": notice("ask_take_down", "take_down"),
    "notice: words": notice("ask_texts", "save_texts"),
}
