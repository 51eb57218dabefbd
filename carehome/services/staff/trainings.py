"""Trainings held and planned, and the yearly matrix of who has had what."""

from collections import defaultdict
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.drills import FireTrainingRow, TestResultRow
from carehome.db.staff import (
    StaffMemberRow,
    TrainingAttendanceRow,
    TrainingRow,
    TrainingSubjectRow,
)
from carehome.rules import training as rules
from carehome.rules.rights import Right
from carehome.rules.rulepacks import Standing
from carehome.rules.training import Matrix, Subject, Trainee, Training
from carehome.services.service import Service, needs
from carehome.services.staff.facts import held_posts_in, posts_in


class Trainings(Service):
    """What one person can do with the training of the staff."""

    @needs(Right.SEE_STAFF)
    def held(self, year: int) -> list[Training]:
        """List the trainings of a year, the last one first."""
        with self._reading() as session:
            return trainings_in(session, year)

    @needs(Right.SEE_STAFF)
    def matrix(self, year: int) -> Matrix:
        """Hold what everybody who works here has had in a year against the need."""
        with self._reading() as session:
            subjects = [each for each in subjects_in(session) if each.is_active]
            had = rules.minutes_had(trainings_in(session, year), self._today())
            people = trainees_in(session, date(year, 1, 1), date(year + 1, 1, 1))
        return rules.matrix(year, subjects, people, had)

    @needs(Right.CHANGE_STAFF)
    def save(self, training: Training) -> int:
        """Write down or correct a training and who takes part; return its number."""
        rules.check(training)
        with self._writing() as session:
            return save_training_in(session, training)

    @needs(Right.CHANGE_STAFF)
    def remove(self, training_id: int) -> None:
        """Remove a training that did not take place."""
        with self._writing() as session:
            remove_training_in(session, training_id)


def subjects_in(session: Session) -> list[Subject]:
    """Return all subjects in the home's order."""
    rows = session.scalars(
        select(TrainingSubjectRow).order_by(
            TrainingSubjectRow.position, TrainingSubjectRow.id
        )
    )
    return [
        Subject(
            row.id,
            row.name,
            row.minutes_needed,
            row.is_for_care,
            row.source,
            cast(Standing, row.standing),
            row.is_active,
        )
        for row in rows
    ]


def trainings_in(session: Session, year: int) -> list[Training]:
    """Return the trainings of a year with who took part, the last one first."""
    days = TrainingRow.day.between(date(year, 1, 1), date(year, 12, 31))
    people: dict[int, list[int]] = defaultdict(list)
    attended = (
        select(TrainingAttendanceRow)
        .join(TrainingRow, TrainingRow.id == TrainingAttendanceRow.training_id)
        .where(days)
        .order_by(TrainingAttendanceRow.staff_id)
    )
    for each in session.scalars(attended):
        people[each.training_id].append(each.staff_id)
    rows = session.scalars(
        select(TrainingRow)
        .where(days)
        .order_by(TrainingRow.day.desc(), TrainingRow.id.desc())
    )
    return [
        Training(
            row.subject_id,
            row.day,
            row.minutes,
            tuple(people[row.id]),
            row.takes_day,
            row.title,
            row.teacher,
            row.place,
            row.note,
            row.id,
        )
        for row in rows
    ]


def save_training_in(session: Session, training: Training) -> int:
    """Write down or correct a training and who takes part; return its number."""
    row = session.get(TrainingRow, training.training_id) or TrainingRow()
    row.subject_id, row.day = training.subject_id, training.day
    row.minutes, row.takes_day = training.minutes, training.takes_day
    row.title, row.teacher = training.title.strip(), training.teacher.strip()
    row.place, row.note = training.place.strip(), training.note.strip()
    session.add(row)
    session.flush()
    _set_people_in(session, row.id, set(training.people))
    return row.id


def remove_training_in(session: Session, training_id: int) -> None:
    """Remove a training, who took part, and what fire safety knows of it."""
    _set_people_in(session, training_id, set())
    query = select(FireTrainingRow).where(FireTrainingRow.training_id == training_id)
    for reason in session.scalars(query):
        session.delete(reason)
    session.flush()
    session.delete(session.get_one(TrainingRow, training_id))


def trainees_in(session: Session, first: date, end: date) -> list[Trainee]:
    """Return who works here at any time from `first` up to `end`, by post and name."""
    posts, held = posts_in(session), held_posts_in(session)
    order = {number: place for place, number in enumerate(posts)}
    rows = session.scalars(
        select(StaffMemberRow)
        .where(
            StaffMemberRow.hired_on < end,
            StaffMemberRow.left_on.is_(None) | (StaffMemberRow.left_on > first),
        )
        .order_by(StaffMemberRow.name)
    )
    found = []
    for row in rows:
        main = next(iter(held[row.id]), 0)
        post = posts.get(main)
        is_care = post is not None and post.is_care
        trainee = Trainee(row.id, row.name, post.name if post else "", is_care)
        found.append((order.get(main, len(order)), trainee))
    return [trainee for _place, trainee in sorted(found, key=lambda each: each[0])]


def _set_people_in(session: Session, training_id: int, wanted: set[int]) -> None:
    query = select(TrainingAttendanceRow).where(
        TrainingAttendanceRow.training_id == training_id
    )
    there = {row.staff_id: row for row in session.scalars(query)}
    for staff_id, row in there.items():
        if staff_id not in wanted:
            session.delete(row)
    # Who was not there has no result of its test either.
    results = select(TestResultRow).where(TestResultRow.training_id == training_id)
    for result in session.scalars(results):
        if result.staff_id not in wanted:
            session.delete(result)
    for staff_id in sorted(wanted - there.keys()):
        row = TrainingAttendanceRow(training_id=training_id, staff_id=staff_id)
        session.add(row)
    session.flush()
