"""Taking back what was entered by mistake: once, and for a reason."""

from carehome.errors import Refusal
from carehome.i18n import N_


class ReasonMissing(Refusal):
    """A void needs a reason."""

    text = N_("Say why this is void; the reason stays in the books.")


class VoidAlready(Refusal):
    """Something is voided once."""

    text = N_("This is void already.")


def check_void(is_void: bool, reason: str) -> None:
    """Raise unless something may be taken back for a reason."""
    if is_void:
        raise VoidAlready
    if not reason.strip():
        raise ReasonMissing
