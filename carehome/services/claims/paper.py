"""The claims of a day as tables: one for paper, one by condition for a workbook."""

from collections.abc import Iterable

from carehome.i18n import _
from carehome.reports.table import Cell, Column, Table
from carehome.rules.claims.claim import (
    CLAIM_KIND_NAMES,
    FOR_NAMES,
    STATE_NAMES,
    Judged,
    Verdict,
)
from carehome.rules.claims.said import say_amount, say_payers, say_working
from carehome.rules.safety.forms import SURENESS_NAMES


def table_of_claims(listed: Iterable[Judged], day: str) -> Table:
    """Return claims with their conditions, what they come to, and by which policy."""
    columns = (
        Column(_("Claim to money"), 24),
        Column(_("State"), 8),
        Column(_("Amount (estimate) and its working"), 30),
        Column(_("Conditions"), 44),
        Column(_("Policy and its date"), 28),
    )
    rows = [
        (
            _lines(each.claim.name, _kind(each), each.claim.note),
            _(STATE_NAMES[each.state]),
            _lines(say_amount(each), *say_working(each), _borne(each)),
            _lines(*(_condition(verdict) for verdict in each.verdicts)),
            _lines(each.claim.policy, _(SURENESS_NAMES[each.claim.sureness])),
        )
        for each in listed
    ]
    return Table(_("What may be claimed"), columns, rows, notes=_notes(day))


def book_of_claims(listed: Iterable[Judged], day: str) -> Table:
    """Return a row for each condition of each claim, to be filtered and sorted."""
    columns = (
        Column(_("Claim to money"), 30),
        Column(_("Kind"), 8),
        Column(_("Who receives it"), 10),
        Column(_("Region it holds in"), 16),
        Column(_("State"), 10),
        Column(_("Amount (estimate)"), 24),
        Column(_("How it is worked out"), 40),
        Column(_("Borne by"), 24),
        Column(_("Condition"), 40),
        Column(_("How the condition stands"), 10),
        Column(_("Why"), 34),
        Column(_("Policy and its date"), 40),
        Column(_("How sure the source is"), 14),
        Column(_("Note"), 40),
    )
    rows = (_row(each, verdict) for each in listed for verdict in each.verdicts)
    return Table(_("What may be claimed"), columns, rows, notes=_notes(day))


def _row(judged: Judged, verdict: Verdict) -> tuple[Cell, ...]:
    claim = judged.claim
    return (
        *(claim.name, _(CLAIM_KIND_NAMES[claim.kind]), _(FOR_NAMES[claim.to])),
        "".join(claim.region) or _("Whole country"),
        *(_(STATE_NAMES[judged.state]), say_amount(judged)),
        *(_lines(*say_working(judged)), say_payers(judged)),
        *(str(verdict.text), _(STATE_NAMES[verdict.state]), str(verdict.why)),
        *(claim.policy, _(SURENESS_NAMES[claim.sureness]), claim.note),
    )


def _kind(judged: Judged) -> str:
    text = _("{kind}, for: {who}")
    kind, who = CLAIM_KIND_NAMES[judged.claim.kind], FOR_NAMES[judged.claim.to]
    return text.format(kind=_(kind), who=_(who))


def _condition(verdict: Verdict) -> str:
    text = _("{state}: {condition}. {why}")
    return text.format(
        state=_(STATE_NAMES[verdict.state]), condition=verdict.text, why=verdict.why
    )


def _borne(judged: Judged) -> str:
    payers = say_payers(judged)
    return _("Borne by: {payers}").format(payers=payers) if payers else ""


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _notes(day: str) -> tuple[str, ...]:
    text = _("As of {day}. All amounts are estimates, no entitlement: ask the office.")
    return (text.format(day=day),)
