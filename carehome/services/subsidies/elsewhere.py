"""What was asked for on another page already, so that nothing is claimed twice."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.approvals import SafetyPaperRow
from carehome.db.staff import AllowanceClaimRow
from carehome.errors import Refusal
from carehome.i18n import N_, show_day, show_money
from carehome.rules.periods import Period
from carehome.rules.subsidies.schemes import Counts, Scheme
from carehome.rules.today import Fen, Words, words

INSURANCE = "xian/insurance"
_ON_STAFF = {Counts.POST: "post", Counts.ENTRY: "entry"}  # kinds of their claims


class AskedElsewhere(Refusal):
    """A claim would ask for what was asked for on another page already."""


class AskedOnStaff(AskedElsewhere):
    """The allowances of a month were asked for where the staff is kept."""

    text = N_(
        "{fen} of this was asked for on the page Staff on {day} already, so it is not "
        "claimed here once more."
    )


class CameByPolicy(AskedElsewhere):
    """The share of a premium came in where the policy is kept."""

    text = N_(
        "{fen} of the premium came in on {day} by the policy under Papers and "
        "inspections, so it is not claimed here once more."
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for elsewhere: how much, and on which day; `kind` says where."""

    kind: type[AskedElsewhere]
    fen: int
    day: date

    @property
    def said(self) -> Words:
        """The whole sentence, in whatever language is asked for."""
        return words(self.kind.text, fen=Fen(self.fen), day=self.day)

    def refusal(self) -> AskedElsewhere:
        """Return the refusal of a claim."""
        return self.kind(fen=show_money(self.fen), day=show_day(self.day))


def asked_elsewhere_in(
    session: Session, scheme: Scheme, period: Period
) -> Asked | None:
    """Return what another page asked for of a scheme in a period; None = nothing."""
    if scheme.counts in _ON_STAFF:
        return _on_staff_in(session, _ON_STAFF[scheme.counts], period)
    if scheme.code == INSURANCE:
        return _by_policy_in(session, period)
    return None


def _on_staff_in(session: Session, kind: str, period: Period) -> Asked | None:
    query = select(
        func.sum(AllowanceClaimRow.fen), func.max(AllowanceClaimRow.claimed_on)
    ).where(
        AllowanceClaimRow.kind == kind,
        AllowanceClaimRow.claimed_on.is_not(None),
        AllowanceClaimRow.month >= period.start,
        AllowanceClaimRow.month < period.end,
    )
    fen, day = session.execute(query).one()
    return Asked(AskedOnStaff, fen, day) if day else None


def _by_policy_in(session: Session, period: Period) -> Asked | None:
    query = (
        select(SafetyPaperRow.received_fen, SafetyPaperRow.received_on)
        .where(
            SafetyPaperRow.kind == "liability",
            SafetyPaperRow.received_on >= period.start,
            SafetyPaperRow.received_on < period.end,
        )
        .order_by(SafetyPaperRow.received_on.desc())
        .limit(1)
    )
    for fen, day in session.execute(query):
        if fen is not None and day is not None:
            return Asked(CameByPolicy, fen, day)
    return None
