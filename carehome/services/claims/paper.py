"""The claims of a day as a table, for paper."""

from collections.abc import Iterable

from carehome.i18n import _
from carehome.reports.table import Column, Table
from carehome.rules.claims.claim import CLAIM_KIND_NAMES, STATE_NAMES, Judged
from carehome.rules.claims.said import say_amount, say_lacking


def table_of_claims(listed: Iterable[Judged], day: str) -> Table:
    """Return claims with what they come to and what is missing."""
    columns = (
        Column(_("Claim to money"), 24),
        Column(_("Kind"), 8),
        Column(_("State"), 8),
        Column(_("Amount (estimate)"), 18),
        Column(_("What is missing"), 28),
        Column(_("Policy and its date"), 28),
    )
    rows = [
        (
            each.claim.name,
            _(CLAIM_KIND_NAMES[each.claim.kind]),
            _(STATE_NAMES[each.state]),
            say_amount(each),
            say_lacking(each),
            each.claim.policy,
        )
        for each in listed
    ]
    notes = (
        _(
            "As of {day}. All amounts are estimates, no entitlement: ask the office."
        ).format(day=day),
    )
    return Table(_("What may be claimed"), columns, rows, notes=notes)
