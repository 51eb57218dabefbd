"""An example of what the fee rules of a region allow."""

from carehome.i18n import N_, _, show_money
from carehome.rules.rulepacks import DEPOSIT_BASE_NAMES, RulePack

EXAMPLE = 300_000  # fen a month: a figure to reckon with, no price of anybody


def explain_cap(pack: RulePack) -> str:
    """Reckon an example of what a deposit may come to; empty without a cap."""
    if pack.deposit is None:
        return ""
    text = N_("Example: with a {base} of {fee} a deposit is at most {most}.")
    return _(text).format(
        base=_(DEPOSIT_BASE_NAMES[pack.deposit.base]),
        fee=show_money(EXAMPLE),
        most=show_money(EXAMPLE * pack.deposit.times),
    )
