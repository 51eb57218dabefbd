"""Agreements as lists show them: where each stands, what it stands on."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.agreements import AgreementDocumentRow
from carehome.db.beds import BedUseRow
from carehome.db.residents import AgreementRow, PaperRow, ResidentRow, StayRow
from carehome.rules.agreements import Course, State, is_undecided, state_on
from carehome.services.beds.places import bed_names_in
from carehome.services.residents.terms import Agreement, agreement_of


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement with all that lists, files and warnings ask of it."""

    agreement: Agreement
    resident_id: int
    resident: str
    bed: str
    lives_here: bool
    course: Course
    state: State
    follows_id: int | None
    followed_by: int | None
    edition: str
    scans: int
    termination_reason: str

    @property
    def agreement_id(self) -> int:
        """The number by which the program knows it."""
        return self.agreement.agreement_id

    @property
    def last_day(self) -> date | None:
        """The last day that it holds or held."""
        return self.course.last_day

    @property
    def is_undecided(self) -> bool:
        """Say whether its trial stay awaits a decision."""
        return is_undecided(self.course)


def lines_in(
    session: Session, day: date, resident_id: int | None = None
) -> list[AgreementLine]:
    """List all agreements, or those of one resident, newest first."""
    query = select(AgreementRow).order_by(
        AgreementRow.starts.desc(), AgreementRow.id.desc()
    )
    if resident_id is not None:
        query = query.where(AgreementRow.resident_id == resident_id)
    rows = session.scalars(query).all()
    around = _Around(session, day)
    return [around.line(row, day) for row in rows]


class _Around:
    """What stands around the agreements, read in a few queries."""

    def __init__(self, session: Session, day: date) -> None:
        self._names = dict(
            session.execute(select(ResidentRow.id, ResidentRow.name)).all()
        )
        beds = bed_names_in(session)
        self._beds = {
            who: beds[bed]
            for who, bed in session.execute(
                select(BedUseRow.resident_id, BedUseRow.bed_id).where(
                    BedUseRow.kind == "occupied",
                    BedUseRow.starts <= day,
                    BedUseRow.ends.is_(None) | (BedUseRow.ends > day),
                )
            )
        }
        self._stays: dict[int, list[StayRow]] = defaultdict(list)
        for stay in session.scalars(select(StayRow).order_by(StayRow.admitted_on)):
            self._stays[stay.resident_id].append(stay)
        self._editions = _editions_in(session)
        self._scans = dict(
            session.execute(
                select(PaperRow.agreement_id, func.count())
                .where(PaperRow.agreement_id.is_not(None))
                .group_by(PaperRow.agreement_id)
            ).all()
        )
        followers = select(AgreementRow.follows_id, AgreementRow.id)
        self._followers = dict(session.execute(followers).all())

    def line(self, row: AgreementRow, day: date) -> AgreementLine:
        stays = self._stays.get(row.resident_id, [])
        course = course_of(row, left_on(row.starts, stays), row.id in self._editions)
        return AgreementLine(
            agreement_of(row),
            row.resident_id,
            self._names[row.resident_id],
            self._beds.get(row.resident_id, ""),
            any(_lives(stay, day) for stay in stays),
            course,
            state_on(course, day),
            row.follows_id,
            self._followers.get(row.id),
            self._editions.get(row.id, ""),
            self._scans.get(row.id, 0),
            row.termination_reason,
        )


def _lives(stay: StayRow, day: date) -> bool:
    left = stay.discharged_on
    return stay.admitted_on <= day and (left is None or left > day)


def left_on(starts: date, stays: list[StayRow]) -> date | None:
    """Return when somebody left whom an agreement was made for; None while here.

    The stay of an agreement is the last that began before it or on its first day; one
    that had ended before is none of its business.
    """
    during = [
        stay
        for stay in stays
        if stay.discharged_on is None
        or stay.discharged_on > starts
        or stay.admitted_on == starts
    ]
    return during[0].discharged_on if during else None


def course_of(row: AgreementRow, left: date | None, is_drawn_up: bool) -> Course:
    """Return the days of a stored agreement that decide where it stands."""
    return Course(
        row.starts,
        row.ends,
        row.signed_on,
        row.trial_until,
        row.trial_outcome,
        row.terminated_on,
        left,
        is_drawn_up,
    )


def _editions_in(session: Session) -> Mapping[int, str]:
    """Return with which text each agreement was drawn up."""
    query = select(AgreementDocumentRow.agreement_id, AgreementDocumentRow.edition)
    return dict(session.execute(query).all())
