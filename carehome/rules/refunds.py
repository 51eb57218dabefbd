"""Refunds: how far one has come, and what speaks against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money


class RefundKind(StrEnum):
    """What money is given back."""

    PREPAID = "prepaid"
    PAYMENT = "payment"
    DEPOSIT = "deposit"


class RefundState(StrEnum):
    """How far a refund has come."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PAID = "paid"


KIND_NAMES: dict[RefundKind, str] = {
    RefundKind.PREPAID: N_("Prepaid money"),
    RefundKind.PAYMENT: N_("A wrong payment"),
    RefundKind.DEPOSIT: N_("Deposit"),
}
STATE_NAMES: dict[RefundState, str] = {
    RefundState.ASKED: N_("Waits for approval"),
    RefundState.APPROVED: N_("Approved, to be paid out"),
    RefundState.REFUSED: N_("Not approved"),
    RefundState.WITHDRAWN: N_("Taken back"),
    RefundState.PAID: N_("Paid out"),
}


class TooMuchBack(Refusal):
    """More would be given back than there is."""

    text = N_("At most {most} can be given back. Give back that much or less.")


class NothingBack(Refusal):
    """A refund is of more than nothing."""

    text = N_("The amount must be more than 0.")


class WayNeedsReason(Refusal):
    """Money goes back the way it came, or it is said why not."""

    text = N_(
        "The money came by {ways}. It goes back the same way; choose that, or say why "
        "it goes another way."
    )


class RefundReasonMissing(Refusal):
    """A refund says why."""

    text = N_("Say why the money is given back: the approver reads it.")


class PayeeMissing(Refusal):
    """Money goes back to somebody."""

    text = N_("Say who receives the money.")


class AnswerMissing(Refusal):
    """Whoever says no says why."""

    text = N_("Say why not: whoever asked will read it.")


class OwnRefund(Refusal):
    """Nobody approves what they asked for themselves."""

    text = N_(
        "You asked for this refund yourself, so somebody else approves it. Please ask "
        "the director or the accountant."
    )


class ApproverPays(Refusal):
    """Whoever approved hands out no money for it."""

    text = N_(
        "You approved this refund yourself, so somebody else pays it out. Please ask "
        "whoever keeps the till."
    )


class NotAsked(Refusal):
    """Somebody has already decided, or it was taken back."""

    text = N_("This refund no longer waits for approval. Look at what became of it.")


class NotApproved(Refusal):
    """Only what was approved is paid, and once."""

    text = N_("This refund cannot be paid out now. Look at what became of it.")


class AlreadyEnded(Refusal):
    """What is paid or refused is not taken back."""

    text = N_(
        "This refund is over. Money that was paid out is put right by voiding its "
        "voucher."
    )


class NotToBeRefunded(Refusal):
    """A payment is void, was given back, or never came as money."""

    text = N_("Of this payment nothing can be given back. Choose another one.")


class RefundWaits(Refusal):
    """A payment is given back once."""

    text = N_("For this payment a refund is on its way already. End that one first.")


class GoneSince(Refusal):
    """Between approval and paying out the money was used."""

    text = N_(
        "Meanwhile only {most} of this money is left, the rest was used. Take this "
        "refund back and ask for another one."
    )


@dataclass(frozen=True, slots=True)
class AskedRefund:
    """What somebody asks to give back, to whom, how, and why."""

    resident_id: int
    kind: RefundKind
    fen: int
    method: str
    payee: str
    reason: str
    way_reason: str = ""
    payment_id: int | None = None


def check_asked(asked: AskedRefund, most: int, came_by: Mapping[str, str]) -> None:
    """Raise what speaks against a refund; `came_by` names the ways the money came."""
    if asked.fen <= 0:
        raise NothingBack
    if asked.fen > most:
        raise TooMuchBack(most=show_money(most), most_fen=most)
    if not asked.payee.strip():
        raise PayeeMissing
    if not asked.reason.strip():
        raise RefundReasonMissing
    if came_by and asked.method not in came_by and not asked.way_reason.strip():
        raise WayNeedsReason(ways=_(", ").join(came_by.values()))


def check_decider(asked_by: int, decider: int) -> None:
    """Raise OwnRefund unless a second person decides."""
    if asked_by == decider:
        raise OwnRefund
