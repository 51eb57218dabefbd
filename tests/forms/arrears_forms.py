"""Forms about reminders and refunds."""

from carehome.rules import deposits
from carehome.rules.arrears import DueKind, DueRule
from carehome.rules.billing.payments import NothingPaid
from carehome.rules.refunds import (
    ApproverPays,
    AskedRefund,
    GoneSince,
    NotApproved,
    NotAsked,
    NotToBeRefunded,
    OwnRefund,
    RefundKind,
)
from carehome.rules.reminders import ReminderRules
from carehome.services.arrears import Arrears, Reminders, ReminderSettings
from carehome.services.deposits import OfAnEstate
from carehome.services.refunds import Refunds
from carehome.ui.fees.owing.debts import DebtList
from carehome.ui.fees.owing.refund_form import RefundDialog
from carehome.ui.fees.owing.refunds import RefundList
from carehome.ui.parts.hand import Hand
from tests.conftest import TODAY


def _hand(desk):
    return Hand(desk.service, desk.jobs, desk.user, desk.clock)


def _debts(desk):
    tab = DebtList(_hand(desk))
    tab.setParent(desk.parent)
    return tab, desk.service(Arrears).owing()


def letters(desk):
    tab, owing = _debts(desk)
    tab.deeds.letters(owing, ())
    return desk.asked(tab), desk.service(Reminders).remind


def call(desk):
    tab, owing = _debts(desk)
    tab.deeds.note_call(owing[0])
    return desk.asked(tab), desk.service(Reminders).note_call


def rules(desk):
    tab, _owing = _debts(desk)
    settings = desk.service(ReminderSettings)
    tab.deeds.rules(ReminderRules(DueRule(DueKind.DAY, 1)))
    return desk.asked(tab), settings.set_rules


def texts(desk):
    tab, _owing = _debts(desk)
    settings = desk.service(ReminderSettings)
    tab.deeds.texts(settings.texts())
    return desk.asked(tab), settings.set_text


def asked(desk):
    dialog = RefundDialog(_hand(desk), desk.parent, None)
    for name in ("payment_id", "way_reason"):  # shown where they can be wrong
        dialog.form.show_field(name, True)
    return dialog, desk.service(Refunds).ask


def _refunds(desk):
    """Let a refund wait, and open it."""
    who = desk.people["王秀英"]
    desk.money.deposits.take(who, 500_00, "cash", TODAY)
    wanted = AskedRefund(who, RefundKind.DEPOSIT, 100_00, "cash", "王强", "降级")
    desk.service(Refunds).ask(wanted)
    tab = RefundList(desk.money, _hand(desk))
    tab.setParent(desk.parent)
    tab._shown = desk.service(Refunds).refunds()[0]
    return tab


def refused(desk):
    tab = _refunds(desk)
    tab._refuse()
    return desk.asked(tab), desk.service(Refunds).refuse, DECIDED


def paid(desk):
    tab = _refunds(desk)
    tab._pay()
    return desk.asked(tab), desk.service(Refunds).pay_out, PAID


# What was asked for was looked at then: there is an amount, and it is in the way of
# nothing. Somebody else has decided meanwhile, or the page offers it to others only.
DECIDED = {NotAsked, OwnRefund}
SEEN = {NothingPaid, deposits.CapPassed, deposits.MoreThanHeld, deposits.NoAmount}
SEEN |= {deposits.NoConsent, deposits.NoPurpose}
PAID = SEEN | {NotApproved, ApproverPays, NotToBeRefunded, GoneSince, OfAnEstate}
ARREARS_FORMS = {
    "letters to families": letters,
    "a call about fees": call,
    "rules for reminders": rules,
    "texts of reminders": texts,
    "ask for a refund": asked,
    "do not approve a refund": refused,
    "pay a refund out": paid,
}
