"""Who may approve a price: never the one who wrote it, but where nobody else can."""

from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_


class ListState(StrEnum):
    """How far a price list has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REPLACED = "replaced"
    TAKEN_BACK = "taken_back"


class OwnPriceState(StrEnum):
    """How far a personal price has come."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


LIST_STATE_NAMES: dict[ListState, str] = {
    ListState.DRAFT: N_("Draft"),
    ListState.SUBMITTED: N_("Waits for approval"),
    ListState.APPROVED: N_("Approved"),
    ListState.REPLACED: N_("Replaced by a corrected list"),
    ListState.TAKEN_BACK: N_("Taken back"),
}
OWN_PRICE_STATE_NAMES: dict[OwnPriceState, str] = {
    OwnPriceState.ASKED: N_("Waits for approval"),
    OwnPriceState.APPROVED: N_("Approved"),
    OwnPriceState.REFUSED: N_("Not approved"),
    OwnPriceState.WITHDRAWN: N_("Withdrawn"),
}


class OwnWriting(Refusal):
    """Nobody approves what they wrote themselves."""

    text = N_(
        "You wrote this yourself, so somebody else who may approve prices has to. If "
        "nobody else in the home may, the director can allow it under Settings, Home."
    )


class AnotherMayApprove(Refusal):
    """One person alone approves only where nobody else may."""

    text = N_(
        "You wrote this yourself, and {name} may approve prices too. Please ask them."
    )


class NotWaiting(Refusal):
    """Somebody has already decided, or it was withdrawn."""

    text = N_("This no longer waits for approval. Look at what became of it.")


class NoReason(Refusal):
    """Whoever refuses or takes back says why."""

    text = N_("Say why: whoever wrote it will read it.")


def check_second(
    writer: int | None, decider: int, alone_allowed: bool, other: str = ""
) -> bool:
    """Say whether one person does both; raise where that may not be.

    `other` is the name of somebody else who may approve, empty when there is nobody.
    """
    if writer is not None and writer != decider:
        return False
    if other:
        raise AnotherMayApprove(name=other)
    if not alone_allowed:
        raise OwnWriting
    return True


def check_reason(reason: str) -> str:
    """Return the reason, trimmed; raise NoReason when it says nothing."""
    if not reason.strip():
        raise NoReason
    return reason.strip()
