"""Trainings about fire: those of the staff's trainings whose subject is about fire."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.change_log import ChangeRow
from carehome.db.drills import (
    DrillRuleRow,
    FireSubjectRow,
    FireTrainingRow,
    TestResultRow,
)
from carehome.db.staff import (
    PostRow,
    StaffMemberRow,
    StaffPostRow,
    TrainingAttendanceRow,
    TrainingRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import training as staff_rules
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.rules.safety import trainings as rules
from carehome.rules.safety.trainings import (
    Attended,
    FireTraining,
    Newcomer,
    NewPost,
    PersonStanding,
)
from carehome.rules.today import Concern
from carehome.rules.training import Subject, Training
from carehome.services.safety import drills_today as lines
from carehome.services.service import Service, needs
from carehome.services.staff.trainings import (
    remove_training_in,
    save_training_in,
    subjects_in,
    trainees_in,
    trainings_in,
)

DAY = timedelta(days=1)


class NotAboutFire(Refusal):
    """Trainings of other subjects are none of fire safety's."""

    text = N_("This subject is not marked as one about fire.")


@dataclass(frozen=True, slots=True)
class TrainingYear:
    """The trainings about fire of a year, and how everybody stands today."""

    trainings: tuple[FireTraining, ...]
    standings: tuple[PersonStanding, ...]
    subjects: tuple[Subject, ...]
    fire_subjects: frozenset[int]


class FireTrainings(Service):
    """What one person can do with the trainings about fire."""

    @needs(Right.SEE_SAFETY)
    def year(self, year: int) -> TrainingYear:
        """Return the trainings of a year, the last one first, and who is due."""
        with self._reading() as session:
            return TrainingYear(
                tuple(_of_year(session, year)),
                tuple(standings_in(session, self._today(), self._clock().tzinfo)),
                tuple(each for each in subjects_in(session) if each.is_active),
                frozenset(_fire_subjects_in(session)),
            )

    @needs(Right.CHANGE_SAFETY)
    def save(self, told: FireTraining) -> int:
        """Write down a training, who took part and what the test showed."""
        staff_rules.check(told.training)
        points = {each.staff_id: each.points for each in told.people}
        rules.check_results(told, points)
        with self._writing() as session:
            if told.training.subject_id not in _fire_subjects_in(session):
                raise NotAboutFire
            number = save_training_in(session, told.training)
            _set_reason(session, number, told)
            _set_points(session, number, points)
            return number

    @needs(Right.CHANGE_SAFETY)
    def remove(self, training_id: int) -> None:
        """Remove a training that did not take place, with what its test showed."""
        with self._writing() as session:
            row = session.get_one(TrainingRow, training_id)
            if row.subject_id not in _fire_subjects_in(session):
                raise NotAboutFire
            remove_training_in(session, training_id)

    @needs(Right.CHANGE_SAFETY)
    def set_subjects(self, subject_ids: frozenset[int]) -> None:
        """Say which subjects of the staff's training are about fire."""
        with self._writing() as session:
            there = {row.subject_id: row for row in session.scalars(_MARKED)}
            for subject_id, row in there.items():
                if subject_id not in subject_ids:
                    session.delete(row)
            for subject_id in sorted(subject_ids - there.keys()):
                session.add(FireSubjectRow(subject_id=subject_id))

    @needs(Right.SEE_SAFETY)
    def today(self, day: date) -> list[Concern]:
        """Tell who lacks the training about fire, yearly or for a new post."""
        with self._reading() as session:
            zone = self._clock().tzinfo
            told = standings_in(session, day, zone)
        return [*lines.of_trainings(told), *lines.of_new_posts(told)]


_MARKED = select(FireSubjectRow)


def fire_trainings_in(session: Session, span: Period) -> list[FireTraining]:
    """Return the trainings about fire within a span, the last one first."""
    assert span.end, "trainings are asked for within days"
    years = range((span.end - DAY).year, span.start.year - 1, -1)
    found = (each for year in years for each in _of_year(session, year))
    return [each for each in found if span.holds(each.training.day)]


def standings_in(
    session: Session, day: date, zone: tzinfo | None = None
) -> list[PersonStanding]:
    """Say of everybody who works here on a day how they stand with the training.

    `zone` is that of the home: the day of a new post is that on its wall calendar.
    """
    rule = session.get_one(DrillRuleRow, 1)
    query = (
        select(TrainingAttendanceRow.staff_id, TrainingRow.day)
        .join(TrainingRow, TrainingRow.id == TrainingAttendanceRow.training_id)
        .join(FireSubjectRow, FireSubjectRow.subject_id == TrainingRow.subject_id)
    )
    trained: dict[int, list[date]] = defaultdict(list)
    for staff_id, trained_on in session.execute(query):
        trained[staff_id].append(trained_on)
    since = select(StaffMemberRow.id, StaffMemberRow.hired_on)
    hired = dict(session.execute(since).all())
    people = [
        Newcomer(each, hired[each.staff_id])
        for each in trainees_in(session, day, day + DAY)
    ]
    months = rule.training_months
    told = rules.standings(people, trained, months, rule.warn_days, day)
    posts = _new_posts_in(session, zone)
    return rules.with_posts(told, posts, trained, months, day)


def _new_posts_in(session: Session, zone: tzinfo | None) -> list[NewPost]:
    """Return the posts given to people after their file was opened.

    Posts have no days of their own: the log says when each was entered. What came
    with the file itself is no new post.
    """
    added = ChangeRow.action == "insert"
    first = select(ChangeRow.deed_number).where(
        added, ChangeRow.record == StaffMemberRow.__tablename__
    )
    query = (
        select(StaffPostRow, PostRow.name, ChangeRow.at)
        .join(PostRow, PostRow.id == StaffPostRow.post_id)
        .join(ChangeRow, ChangeRow.record_id == StaffPostRow.id)
        .where(
            added,
            ChangeRow.record == StaffPostRow.__tablename__,
            ChangeRow.deed_number.not_in(first),
        )
        .order_by(ChangeRow.id)
    )
    found = {
        row.id: NewPost(row.staff_id, name, _local_day(at, zone))
        for row, name, at in session.execute(query)
    }
    return list(found.values())


def _local_day(at: datetime, zone: tzinfo | None) -> date:
    return at.replace(tzinfo=UTC).astimezone(zone).date()


def _of_year(session: Session, year: int) -> list[FireTraining]:
    about_fire = _fire_subjects_in(session)
    held = [t for t in trainings_in(session, year) if t.subject_id in about_fire]
    numbers = [each.training_id for each in held]
    subjects = {each.subject_id: each.name for each in subjects_in(session)}
    called = select(StaffMemberRow.id, StaffMemberRow.name)
    names = dict(session.execute(called).all())
    reasons = {
        row.training_id: row
        for row in session.scalars(
            select(FireTrainingRow).where(FireTrainingRow.training_id.in_(numbers))
        )
    }
    results = select(TestResultRow).where(TestResultRow.training_id.in_(numbers))
    points = {
        (row.training_id, row.staff_id): row.points for row in session.scalars(results)
    }
    return [
        _told(each, subjects[each.subject_id], names, points, reasons) for each in held
    ]


def _told(
    training: Training,
    subject: str,
    names: Mapping[int, str],
    points: Mapping[tuple[int, int], int],
    reasons: Mapping[int, FireTrainingRow],
) -> FireTraining:
    number = training.training_id
    people = tuple(
        Attended(staff_id, names[staff_id], points.get((number, staff_id)))
        for staff_id in training.people
    )
    reason = reasons.get(number)
    if reason is None:
        return FireTraining(training, subject, people)
    return FireTraining(training, subject, people, reason.occasion, reason.pass_points)


def _fire_subjects_in(session: Session) -> set[int]:
    return {row.subject_id for row in session.scalars(_MARKED)}


def _set_reason(session: Session, training_id: int, told: FireTraining) -> None:
    query = select(FireTrainingRow).where(FireTrainingRow.training_id == training_id)
    row = session.scalar(query) or FireTrainingRow(training_id=training_id)
    row.occasion, row.pass_points = told.occasion, told.pass_points
    session.add(row)


def _set_points(
    session: Session, training_id: int, points: Mapping[int, int | None]
) -> None:
    query = select(TestResultRow).where(TestResultRow.training_id == training_id)
    there = {row.staff_id: row for row in session.scalars(query)}
    for staff_id, shown in points.items():
        row = there.get(staff_id)
        if row is not None and shown is None:
            session.delete(row)
        elif row is not None and shown is not None:
            row.points = shown
        elif shown is not None:
            session.add(
                TestResultRow(training_id=training_id, staff_id=staff_id, points=shown)
            )
    session.flush()
