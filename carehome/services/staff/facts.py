"""What the roster asks of everybody who works here in a period, in a few queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.staff import (
    CertificateKindRow,
    CertificateRow,
    MaternityRow,
    PostNeedRow,
    PostRow,
    StaffLeaveRow,
    StaffMemberRow,
    StaffPostRow,
    StaffRuleRow,
    TrainingAttendanceRow,
    TrainingRow,
)
from carehome.rules.certificates import Certificate, Kind, holdings
from carehome.rules.periods import DAY, Period
from carehome.rules.protection import Maternity
from carehome.rules.rulepacks import Standing
from carehome.rules.staff import Away, Leave, Post, Scheme, StaffFacts


def staff_facts(session: Session, period: Period) -> list[StaffFacts]:
    """Return everybody who works here on a day of `period`, by post and name."""
    last = (period.end or date.max) - DAY
    people = (
        select(StaffMemberRow, StaffPostRow.post_id)
        .outerjoin(
            StaffPostRow,
            (StaffPostRow.staff_id == StaffMemberRow.id) & StaffPostRow.is_main,
        )
        .outerjoin(PostRow, PostRow.id == StaffPostRow.post_id)
        .where(
            StaffMemberRow.hired_on <= last,
            StaffMemberRow.left_on.is_(None) | (StaffMemberRow.left_on > period.start),
        )
        .order_by(PostRow.position, StaffMemberRow.name, StaffMemberRow.id)
    )
    posts = held_posts_in(session)
    certificates = certificates_in(session)
    kinds = kinds_in(session)
    leaves = _leaves_in(session, period.start, last)
    training = _training_in(session, period.start, last)
    guarded = _guarded_in(session)
    return [
        StaffFacts(
            row.id,
            row.name,
            Period(row.hired_on, row.left_on),
            row.unit_id,
            main,
            frozenset(posts[row.id]),
            Scheme(row.scheme),
            holdings(certificates[row.id], kinds),
            tuple(leaves[row.id]),
            frozenset(training[row.id]),
            tuple(guarded[row.id]),
        )
        for row, main in session.execute(people)
    ]


def kinds_in(session: Session) -> dict[int, Kind]:
    """Return all kinds of certificates by number, in the home's order."""
    rows = session.scalars(
        select(CertificateKindRow).order_by(
            CertificateKindRow.position, CertificateKindRow.id
        )
    )
    return {
        row.id: Kind(
            row.id,
            row.code,
            row.name,
            row.months,
            row.renew_days,
            row.ladder,
            row.level,
            row.source,
            cast(Standing, row.standing),
            row.is_active,
        )
        for row in rows
    }


def posts_in(session: Session) -> dict[int, Post]:
    """Return all posts by number, in the home's order, with what they ask for."""
    needs: dict[int, set[int]] = defaultdict(set)
    for need in session.scalars(select(PostNeedRow)):
        needs[need.post_id].add(need.kind_id)
    rows = session.scalars(select(PostRow).order_by(PostRow.position, PostRow.id))
    return {
        row.id: Post(
            row.id, row.name, row.is_care, frozenset(needs[row.id]), row.is_active
        )
        for row in rows
    }


def held_posts_in(session: Session) -> dict[int, list[int]]:
    """Return the posts of everybody, the main one first."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = session.scalars(
        select(StaffPostRow).order_by(StaffPostRow.is_main.desc(), StaffPostRow.id)
    )
    for row in rows:
        found[row.staff_id].append(row.post_id)
    return found


def certificates_in(session: Session) -> dict[int, list[Certificate]]:
    """Return the certificates of everybody, the last issued first."""
    found: dict[int, list[Certificate]] = defaultdict(list)
    rows = session.scalars(
        select(CertificateRow).order_by(
            CertificateRow.issued_on.desc(), CertificateRow.id
        )
    )
    for row in rows:
        found[row.staff_id].append(certificate_of(row))
    return found


def certificate_of(row: CertificateRow) -> Certificate:
    """Return a certificate as a value."""
    return Certificate(
        row.kind_id,
        row.issued_on,
        row.valid_until,
        row.number,
        row.issuer,
        row.note,
        row.id,
    )


def maternities_in(session: Session) -> dict[int, list[Maternity]]:
    """Return the children that staff expect or nurse, by mother."""
    found: dict[int, list[Maternity]] = defaultdict(list)
    for row in session.scalars(select(MaternityRow).order_by(MaternityRow.id)):
        found[row.staff_id].append(
            Maternity(row.due_on, row.born_on, row.ended_on, row.note, row.id)
        )
    return found


def _leaves_in(session: Session, first: date, last: date) -> dict[int, list[Away]]:
    rows = session.scalars(
        select(StaffLeaveRow)
        .where(StaffLeaveRow.starts <= last, StaffLeaveRow.last_day >= first)
        .order_by(StaffLeaveRow.starts)
    )
    found: dict[int, list[Away]] = defaultdict(list)
    for row in rows:
        span = Period(row.starts, row.last_day + DAY)
        found[row.staff_id].append(Away(span, Leave(row.kind), row.id))
    return found


def _training_in(session: Session, first: date, last: date) -> dict[int, list[date]]:
    query = (
        select(TrainingAttendanceRow.staff_id, TrainingRow.day)
        .join(TrainingRow, TrainingRow.id == TrainingAttendanceRow.training_id)
        .where(TrainingRow.takes_day, TrainingRow.day.between(first, last))
    )
    found: dict[int, list[date]] = defaultdict(list)
    for staff_id, day in session.execute(query):
        found[staff_id].append(day)
    return found


def _guarded_in(session: Session) -> dict[int, list[Period]]:
    weeks = session.get_one(StaffRuleRow, 1).expecting_weeks
    spans: dict[int, list[Period]] = defaultdict(list)
    for staff_id, known in maternities_in(session).items():
        spans[staff_id] += _known(each.protected(weeks) for each in known)
    return spans


def _known(spans: Iterable[Period | None]) -> list[Period]:
    return [span for span in spans if span is not None]
