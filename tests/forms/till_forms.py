"""Forms about the till: counting, handing on, opening a day again."""

from datetime import UTC, datetime

from carehome.rules.ledger.day_close import Count, TillSheet
from carehome.rules.ledger.voids import VoidAlready
from carehome.services.day_close import DayClose, DayCloses
from carehome.services.tills import Handover, Tills
from carehome.ui.fees.tills.deeds import TillDeeds
from carehome.ui.fees.tills.mine import MyTill
from carehome.ui.parts.hand import Hand
from tests.conftest import TODAY

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def _hand(desk):
    return Hand(desk.service, desk.jobs, desk.user, desk.clock)


def handed_over(desk):
    TillDeeds(_hand(desk), desk.parent).hand_over(500_00)
    return desk.asked(), desk.service(Tills).hand_over


def paid_in(desk):
    TillDeeds(_hand(desk), desk.parent).pay_in(500_00)
    return desk.asked(), desk.service(Tills).pay_in


def void(desk):
    what = Handover(1, TODAY, NOON, 1, "甲", None, "", 500_00, "1", "", "")
    TillDeeds(_hand(desk), desk.parent).void(what)
    return desk.asked(), desk.service(Tills).void, {VoidAlready}


def reopened(desk):
    sheet = TillSheet(TODAY, TODAY)
    close = DayClose(1, 1, "甲", sheet, Count(0), 0, "", NOON)
    TillDeeds(_hand(desk), desk.parent).reopen(close)
    return desk.asked(), desk.service(DayCloses).reopen


def counted(desk):
    till = MyTill(_hand(desk))
    till.setParent(desk.parent)
    till.form.set_values({"how": "sum", "sum": 1})
    till._sheet = TillSheet(TODAY, TODAY)
    till.form.changed.emit()
    return till, desk.service(DayCloses).close


TILL_FORMS = {
    "cash handed over": handed_over,
    "cash carried to the bank": paid_in,
    "void a handing over": void,
    "open a day again": reopened,
    "count a till": counted,
}
