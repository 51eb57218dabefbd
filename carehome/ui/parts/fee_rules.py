"""The fee rules of a region, put into sentences."""

from carehome.i18n import N_, _, show_money
from carehome.rules.rulepacks import DEPOSIT_BASE_NAMES, RulePack, Source

EXAMPLE = 300_000  # fen a month: a figure to reckon with, no price of anybody


def rules_of(pack: RulePack) -> list[tuple[str, Source | None]]:
    """Say the rules of a pack in sentences, each with its source."""
    if pack.deposit:
        text = _("Deposits: at most {times} × the {base}").format(
            times=pack.deposit.times, base=_(DEPOSIT_BASE_NAMES[pack.deposit.base])
        )
        deposit: tuple[str, Source | None] = (text, pack.deposit.source)
    else:
        deposit = (_("Deposits: the sources give no cap"), None)
    prepaid = _("Service fees: prepaid for at most {months} {months:month|months}")
    refund = _("Deposits above the cap: given back within {days} {days:day|days}")
    return [
        deposit,
        (prepaid.format(months=pack.prepaid.months), pack.prepaid.source),
        (refund.format(days=pack.overheld_refund.days), pack.overheld_refund.source),
    ]


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
