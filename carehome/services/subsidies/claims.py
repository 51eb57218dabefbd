"""Claims as they were handed in, what was decided of them, and the money."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.subsidies import (
    SubsidyClaimRow,
    SubsidyPaymentRow,
    SubsidyPersonRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_, show_money
from carehome.rules.claims.claim import Per
from carehome.rules.periods import DAY, Period, month_of
from carehome.rules.subsidies.counting import Person
from carehome.rules.subsidies.working import Working
from carehome.services.subsidies.elsewhere import asked_elsewhere_in

STATE_NAMES = {
    "handed_in": N_("Handed in"),
    "granted": N_("Granted"),
    "refused": N_("Refused"),
    "taken_back": N_("Taken back"),
    "received": N_("Money received"),
}


class NothingToClaim(Refusal):
    """A claim of nothing is handed in."""

    text = N_("Nobody is behind this claim, so there is nothing to hand in.")


class NotOverYet(Refusal):
    """The days that a claim is for are not over, so who is counted may still change."""

    text = N_("This claim is for days up to {last}. It can be handed in from {first}.")


class ClaimedAlready(Refusal):
    """A month is claimed twice."""

    text = N_(
        "This was handed in on {day} already. Take that claim back first, if it was "
        "wrong."
    )


class NotWaiting(Refusal):
    """A claim is decided that is decided already."""

    text = N_("This claim is not waiting for an answer any more. Look at it once more.")


class DecidedTooEarly(Refusal):
    """An answer or money comes before the claim was handed in."""

    text = N_("This was handed in on {day}. Enter that day or a later one.")


class ReasonOfClaimMissing(Refusal):
    """A claim is refused or taken back without a reason."""

    text = N_("Type the reason; it is kept with the claim.")


class MoreThanGranted(Refusal):
    """More money would come in than was granted."""

    text = N_("Only {left} of this claim is still to come in.")

    @classmethod
    def by(cls, left: int) -> "MoreThanGranted":
        """Return the refusal with what is still to come."""
        return cls(left=show_money(left))


class OfficeMissing(Refusal):
    """A claim is handed in to nobody."""

    text = N_("Type to which office the claim was handed in.")


class MoneyCameIn(Refusal):
    """A grant is taken back although its money is there."""

    text = N_("Money of this claim came in already. Void that first.")


@dataclass(frozen=True, slots=True)
class SubsidyMoney:
    """Money of a claim that came in; a void one counts no more."""

    payment_id: int
    day: date
    fen: int
    method: str
    paper: str
    voided_at: datetime | None
    void_reason: str


@dataclass(frozen=True, slots=True)
class SubsidyClaim:
    """A claim that was handed in, and what became of it."""

    claim_id: int
    scheme: str
    name: str
    period: Period
    fen: int
    shares: Mapping[str, int]
    told: Mapping[str, object]
    office: str
    handed_on: date
    handed_by: str
    state: str
    granted: int | None
    decided_on: date | None
    decided_by: str
    answer: str
    people: tuple[Person, ...]
    granted_each: Mapping[tuple[str, int], int]
    money: tuple[SubsidyMoney, ...]

    @property
    def received(self) -> int:
        """What of it came in."""
        return sum(each.fen for each in self.money if each.voided_at is None)

    @property
    def is_monthly(self) -> bool:
        """Say whether it is claimed month by month."""
        return self.period == month_of(self.period.start)

    @property
    def open(self) -> int:
        """What was granted and did not come in yet."""
        return (self.granted or 0) - self.received

    @property
    def stands(self) -> str:
        """The state in which it is, money included."""
        done = self.state == "granted" and self.granted and not self.open
        return "received" if done else self.state


def claims_in(session: Session) -> list[SubsidyClaim]:
    """List all claims, the newest first."""
    people: dict[int, list[SubsidyPersonRow]] = {}
    order = SubsidyPersonRow.claim_id, SubsidyPersonRow.position
    for each in session.scalars(select(SubsidyPersonRow).order_by(*order)):
        people.setdefault(each.claim_id, []).append(each)
    money: dict[int, list[SubsidyPaymentRow]] = {}
    for paid in session.scalars(select(SubsidyPaymentRow).order_by("day", "id")):
        money.setdefault(paid.claim_id, []).append(paid)
    query = select(SubsidyClaimRow).order_by(
        SubsidyClaimRow.starts.desc(), SubsidyClaimRow.id.desc()
    )
    return [
        _claim(row, people.get(row.id, ()), money.get(row.id, ()))
        for row in session.scalars(query)
    ]


def hand_in(
    session: Session, working: Working, office: str, day: date, by: str
) -> SubsidyClaimRow:
    """Keep a claim as it was worked out, with all its lines."""
    if not office.strip():
        raise OfficeMissing
    assert working.period.end is not None, "a claim is for days that end"
    if working.scheme.per is Per.MONTH and day < working.period.end:
        raise NotOverYet(last=working.period.end - DAY, first=working.period.end)
    if asked := asked_elsewhere_in(session, working.scheme, working.period):
        raise asked.refusal()
    if not working.fen:
        raise NothingToClaim
    earlier = session.scalar(
        select(SubsidyClaimRow.handed_on).where(
            SubsidyClaimRow.scheme == working.scheme.code,
            SubsidyClaimRow.starts == working.period.start,
            SubsidyClaimRow.state.in_(("handed_in", "granted")),
        )
    )
    if earlier:
        raise ClaimedAlready(day=earlier)
    claim = working.scheme.claim
    row = SubsidyClaimRow(
        scheme=claim.code,
        name=claim.name,
        starts=working.period.start,
        ends=working.period.end,
        fen=working.fen,
        shares=working.shares,
        told={
            "counted": [str(each) for each in working.counted_by],
            "policy": claim.policy,
            "missing": [str(each.text) for each in working.missing],
        },
        office=office.strip(),
        handed_on=day,
        handed_by=by,
        state="handed_in",
    )
    session.add(row)
    session.flush()
    session.add_all(
        SubsidyPersonRow(
            claim_id=row.id,
            position=position,
            kind=each.kind,
            key=each.key,
            name=each.name,
            class_=each.class_,
            assessed_on=each.assessed_on,
            count=each.count,
            rate_fen=each.rate_fen,
            fen=each.fen,
            why=str(each.why),
        )
        for position, each in enumerate(working.people, 1)
    )
    return row


def waiting_row(session: Session, claim_id: int) -> SubsidyClaimRow:
    """Return a claim of which nothing was decided yet."""
    row = session.get_one(SubsidyClaimRow, claim_id)
    if row.state != "handed_in":
        raise NotWaiting
    return row


def check_after(row: SubsidyClaimRow, day: date) -> None:
    """Raise unless a claim was handed in by a day."""
    if day < row.handed_on:
        raise DecidedTooEarly(day=row.handed_on)


def received_in(session: Session, claim_id: int) -> int:
    """Return what of a claim came in."""
    query = select(func.coalesce(func.sum(SubsidyPaymentRow.fen), 0)).where(
        SubsidyPaymentRow.claim_id == claim_id, SubsidyPaymentRow.voided_at.is_(None)
    )
    return session.scalar(query) or 0


def granted_sum(session: Session, claim_id: int) -> int:
    """Return what was granted for all lines of a claim together."""
    query = select(func.sum(SubsidyPersonRow.granted_fen)).where(
        SubsidyPersonRow.claim_id == claim_id
    )
    return session.scalar(query) or 0


def grant_people(
    session: Session, claim_id: int, each: Mapping[tuple[str, int], int]
) -> None:
    """Keep what was granted for each of the lines that are named."""
    query = select(SubsidyPersonRow).where(SubsidyPersonRow.claim_id == claim_id)
    for row in session.scalars(query):
        row.granted_fen = each.get((row.kind, row.key), row.fen)


def _claim(
    row: SubsidyClaimRow,
    people: Iterable[SubsidyPersonRow],
    money: Iterable[SubsidyPaymentRow],
) -> SubsidyClaim:
    listed = tuple(people)
    return SubsidyClaim(
        row.id,
        row.scheme,
        row.name,
        Period(row.starts, row.ends),
        row.fen,
        row.shares,
        row.told,
        row.office,
        row.handed_on,
        row.handed_by,
        row.state,
        row.granted_fen,
        row.decided_on,
        row.decided_by,
        row.answer,
        tuple(_person(each) for each in listed),
        {
            (each.kind, each.key): each.granted_fen
            for each in listed
            if each.granted_fen is not None
        },
        tuple(
            SubsidyMoney(
                paid.id,
                paid.day,
                paid.fen,
                paid.method,
                paid.paper,
                paid.voided_at and paid.voided_at.replace(tzinfo=UTC),
                paid.void_reason,
            )
            for paid in money
        ),
    )


def _person(row: SubsidyPersonRow) -> Person:
    return Person(
        row.kind,
        row.key,
        row.name,
        row.class_,
        row.assessed_on,
        row.count,
        row.rate_fen,
        row.fen,
        row.why,
    )
