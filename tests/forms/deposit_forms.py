"""Forms about the dedicated account, the fee rules and the signed settlement."""

from datetime import timedelta

from carehome.rules.deposit_account import DrawnAlready
from carehome.rules.deposits import CapUnknown
from carehome.rules.settlement import SignerNotReceiver
from carehome.services.departures import Departures, Settlement, StepMissing
from carehome.services.deposits import Deposits
from carehome.services.deposits.account import DepositAccount
from carehome.services.deposits.fee_rules import FeeRules
from carehome.ui.departures.signing import ask_signature
from carehome.ui.fees.deposit_draws import DrawLists
from carehome.ui.parts.deposit_deeds import DepositDeeds
from carehome.ui.parts.hand import Hand
from carehome.ui.settings.rules import RulesDialog
from tests.conftest import TODAY

LAST_WEEK = TODAY - timedelta(days=7)


def draws(desk):
    """Show a draw, and something that is to be drawn."""
    who, money = desk.people["王秀英"], desk.money.deposits
    money.take(who, 3000_00, "cash", LAST_WEEK)
    money.bank([money.entries(who)[-1].entry_id], LAST_WEEK)
    money.spend_in_emergency(who, 100_00, "cash", LAST_WEEK, "急诊")
    account = desk.service(DepositAccount)
    account.draw([money.entries(who)[-1].entry_id], "cash", LAST_WEEK, "划款 1 号")
    money.spend_in_emergency(who, 200_00, "cash", TODAY, "急诊")
    lists = DrawLists(Hand(desk.service, desk.jobs, desk.user, desk.clock))
    lists.setParent(desk.parent)
    lists._show((account.standing(TODAY).to_draw, account.draws()))
    return lists, account


def draw(desk):
    lists, account = draws(desk)
    lists.draw.click()
    return desk.asked(lists), account.draw


def void_draw(desk):
    lists, account = draws(desk)
    lists.drawn.selectRow(0)
    lists.void.click()
    return desk.asked(lists), account.void_draw, {DrawnAlready}


def emergency(name, deed, *elsewhere):
    """Say what became of the papers of an emergency."""

    def make(desk):
        who, money = desk.people["王秀英"], desk.money.deposits
        money.take(who, 3000_00, "cash", TODAY)
        money.spend_in_emergency(who, 100_00, "cash", TODAY, "急诊")
        deeds = DepositDeeds(money, desk.jobs, TODAY, desk.parent)
        [spent] = money.emergencies()
        getattr(deeds, name)(spent)
        return desk.asked(), getattr(desk.service(Deposits), deed), set(elsewhere)

    return make


def rules(desk):
    fee_rules = desk.service(FeeRules)
    return RulesDialog(fee_rules, desk.jobs, TODAY, desk.parent), fee_rules.choose


def signature(side, *elsewhere):
    def make(desk):
        made = Settlement.__new__(Settlement)
        known = {"departure_id": 1, "receiver": "王强", "signatures": ()}
        for name, value in known.items():
            object.__setattr__(made, name, value)
        departures = desk.service(Departures)
        what = (departures, desk.jobs, made, side, ["周静"], TODAY, desk.parent)
        return ask_signature(*what), departures.sign, {StepMissing, *elsewhere}

    return make


DEPOSIT_FORMS = {
    "draw": draw,
    "void a draw": void_draw,
    "money put back": emergency("put_back", "put_back", CapUnknown),
    "papers excused": emergency("excuse", "excuse_papers"),
    "fee rules": rules,
    "signature of the family": signature("family"),
    "signature of the home": signature("director", SignerNotReceiver),
}
