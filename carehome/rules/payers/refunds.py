"""What of a payer's money can go back to it."""

from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_, show_day, show_money
from carehome.rules.refunds import (
    NothingBack,
    PayeeMissing,
    RefundReasonMissing,
    TooMuchBack,
)


class BackBeforeItCame(Refusal):
    """Money goes back on a day before it came."""

    text = N_("This money came on {day}. Choose that day or a later one.")


@dataclass(frozen=True, slots=True)
class Backward:
    """Money that is to go back to a payer."""

    fen: int
    method: str
    day: date
    payee: str
    reason: str
    paper: str = ""


def check_back(back: Backward, free: int, received_on: date) -> None:
    """Raise unless no more goes back than is free of a payment, and it is said why."""
    if back.fen <= 0:
        raise NothingBack
    if back.fen > free:
        raise TooMuchBack(most=show_money(free))
    if back.day < received_on:
        raise BackBeforeItCame(day=show_day(received_on))
    if not back.payee.strip():
        raise PayeeMissing
    if not back.reason.strip():
        raise RefundReasonMissing
