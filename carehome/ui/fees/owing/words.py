"""How debts, reminders and refunds are told in lists."""

from carehome.i18n import _, say_day
from carehome.rules.refunds import STATE_NAMES, RefundState
from carehome.rules.reminders import STEP_NAMES, WAY_NAMES, Reminder
from carehome.services.arrears import Owing
from carehome.services.refunds import Refund

REFUND_TONES: dict[RefundState, str] = {
    RefundState.ASKED: "warn",
    RefundState.APPROVED: "info",
    RefundState.REFUSED: "bad",
    RefundState.WITHDRAWN: "quiet",
    RefundState.PAID: "ok",
}


def say_next(row: Owing) -> str:
    """Say what is to be done next about a debt."""
    if row.broken_on:
        return _("Promise of {day} passed").format(day=say_day(row.broken_on))
    if row.promised_on:
        return _("Will pay by {day}").format(day=say_day(row.promised_on))
    if row.may_remind:
        return _("Due: {step}").format(step=_(STEP_NAMES[row.step]))
    if row.overdue and row.again_on:
        return _("Again from {day} on").format(day=say_day(row.again_on))
    return _("Not late yet")


def tone_of(row: Owing) -> str:
    """Return the colour of what is to be done next."""
    if row.broken_on:
        return "bad"
    if row.promised_on:
        return "info"
    return "warn" if row.may_remind else "quiet"


def say_reminder(made: Reminder | None) -> str | None:
    """Say when and how somebody was reminded."""
    if made is None:
        return None
    text = _("{way} {day}")
    return text.format(way=_(WAY_NAMES[made.way]), day=say_day(made.day))


def say_state(refund: Refund) -> str:
    """Say how far a refund has come."""
    if refund.is_void:
        return _("Voucher void")
    return _(STATE_NAMES[refund.state])


def tone_of_refund(refund: Refund) -> str:
    """Return the colour of how far a refund has come."""
    return "quiet" if refund.is_void else REFUND_TONES[refund.state]
