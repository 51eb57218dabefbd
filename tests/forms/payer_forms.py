"""Forms about payers: who they are, their money, refusals, statements."""

from datetime import date

from carehome.rules.payers.claims import Claim, CutKind, MoreThanCame
from carehome.services.payer_statements import MonthState, PayerStatements
from carehome.services.payers import Cut, Payer, Payers
from carehome.ui.fees.payer_deeds import PayerDeeds
from carehome.ui.fees.payers import PayersTab
from carehome.ui.parts.cover_deeds import CoverDeeds
from tests.conftest import TODAY
from tests.forms.claim_forms import hand
from tests.purse import OCTOBER

PAYER = Payer(1, "insurance", "长护险")
CLAIM = Claim(1, 1, "王秀英", OCTOBER, 400_00, 0, 0, 0, date(2026, 12, 1))
MONTH = MonthState(OCTOBER, 1, 400_00, 0, 0, 0, date(2026, 12, 1), 1)


def deeds(desk):
    tab = PayersTab(hand(desk))
    tab.setParent(desk.parent)
    return PayerDeeds(tab)


def entered(desk):
    deeds(desk).enter(PAYER)
    return desk.asked(), desk.service(Payers).save


def taken(desk):
    deeds(desk).take(PAYER, [CLAIM])
    return desk.asked(), desk.service(Payers).take


def refused(desk):
    deeds(desk).refuse(PAYER, [CLAIM])
    return desk.asked(), desk.service(Payers).charge_family, {MoreThanCame}


def refused_by_many(desk):
    later = Claim(1, 2, "李桂兰", OCTOBER, 400_00, 0, 0, 0, date(2026, 12, 1))
    deeds(desk).refuse(PAYER, [CLAIM, later])
    return desk.asked(), desk.service(Payers).write_off


def taken_back(desk):
    what = (CutKind.FAMILY, TODAY, 100_00, "超标", False, False)
    deeds(desk).take_back(Cut(1, "王秀英", OCTOBER, *what))
    return desk.asked(), desk.service(Payers).take_back


def sent(desk):
    deeds(desk).send(PAYER, MONTH)
    return desk.asked(), desk.service(PayerStatements).send


def answered(desk):
    deeds(desk).answer(PAYER, MONTH)
    return desk.asked(), desk.service(PayerStatements).answer


def covers(name, deed):
    def make(desk):
        money, who = desk.money, desk.people["王秀英"]
        payer = money.payers.save(Payer(0, "insurance", "长护险"))
        agreed = CoverDeeds(
            *(money.prices, money.payers, desk.jobs, TODAY, who),
            *(money.payers.payers(), money.prices.items(), desk.parent),
        )
        dialog = getattr(agreed, name)()
        if name == "cover":
            dialog.form.set_values({"payer": payer})
        owner = money.prices if deed == "add_cover" else money.payers
        return desk.asked(), getattr(owner, deed)

    return make


PAYER_FORMS = {
    "a payer": entered,
    "money of a payer": taken,
    "refused by a payer": refused,
    "refused of several months": refused_by_many,
    "a refusal taken back": taken_back,
    "a statement sent": sent,
    "a statement answered": answered,
    "other payer": covers("cover", "add_cover"),
    "split among the family": covers("split", "split"),
}
