"""What people can wish of a roster."""

from carehome.errors import Refusal
from carehome.i18n import N_

WISH_NAMES = {
    "off": N_("Would like to be off"),
    "on": N_("Would like to work"),
    "not": N_("Would not like this shift"),
}
LEAST, MOST = 1, 100  # points


class WishUnclear(Refusal):
    """A wish does not say what it is about."""

    text = N_("Say what is wished: a day off, or which shift is wanted or not.")


class WeightOff(Refusal):
    """A wish weighs too little or too much."""

    text = N_("A wish weighs from {least} to {most} points.")


def check_wish(kind: str, code: str, weight: int) -> None:
    """Raise a Refusal for a wish that says too little or too much."""
    if not LEAST <= weight <= MOST:
        raise WeightOff(least=LEAST, most=MOST)
    if (
        kind not in WISH_NAMES
        or (kind == "off" and code)
        or (kind == "not" and not code)
    ):
        raise WishUnclear
