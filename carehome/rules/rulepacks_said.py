"""The fee rules of a region and the terms of a price list, put into sentences."""

from carehome.i18n import N_, _
from carehome.rules.billing.tariff import AbsenceKind, Terms
from carehome.rules.rulepacks import DEPOSIT_BASE_NAMES, RulePack, Source

_AWAY: tuple[tuple[AbsenceKind, str], ...] = (
    (
        "leave",
        N_(
            "On leave for {days} {days:day|days} or more: for each whole day away, "
            "{meal} % of the meal fee and {care} % of the care fee are given back, and "
            "{bed} % of the bed fee is kept."
        ),
    ),
    (
        "hospital",
        N_(
            "In hospital for {days} {days:day|days} or more: for each whole day away, "
            "{meal} % of the meal fee and {care} % of the care fee are given back, and "
            "{bed} % of the bed fee is kept."
        ),
    ),
)


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


def say_terms(terms: Terms) -> tuple[str, ...]:
    """Say how a part of a month is charged, and what is given back to who is away."""
    basis = {
        "month": N_("A part of a month is charged by the days of that month."),
        "thirty": N_("A part of a month is charged by 30 days a month."),
    }
    away = [
        _(text).format(
            days=terms.min_days(kind),
            meal=terms.refund_percent(kind, "meal"),
            care=terms.refund_percent(kind, "care"),
            bed=100 - terms.refund_percent(kind, "bed"),
        )
        for kind, text in _AWAY
    ]
    return (_(basis[terms.day_basis]), *away)
