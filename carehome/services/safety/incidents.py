"""Incidents: what happened, whom it was reported, how it ended."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.drills import (
    IncidentDutyRow,
    IncidentReportRow,
    IncidentRow,
    LessonRow,
    ReportRuleRow,
)
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.rules.safety import emergencies as rules
from carehome.rules.safety.drills import Lesson
from carehome.rules.safety.emergencies import Duty, Incident, Report
from carehome.rules.today import Concern
from carehome.services.safety import drills_today as lines
from carehome.services.safety.lessons import lessons_in
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class IncidentList:
    """Incidents, the last one first."""

    incidents: tuple[Incident, ...]


class Incidents(Service):
    """What one person can do with the incidents."""

    @needs(Right.SEE_SAFETY)
    def year(self, year: int) -> IncidentList:
        """Return the incidents of a year."""
        span = Period(date(year, 1, 1), date(year + 1, 1, 1))
        with self._reading() as session:
            return IncidentList(tuple(reversed(incidents_in(session, span))))

    @needs(Right.MAKE_ROUNDS)
    def add(self, incident: Incident) -> int:
        """Record what happened under the next number of its year."""
        rules.check_incident(incident, self._wall())
        with self._writing() as session:
            year = incident.happened_on.year
            of_year = select(func.max(IncidentRow.number)).where(
                IncidentRow.year == year
            )
            row = IncidentRow(year=year, number=(session.scalar(of_year) or 0) + 1)
            row.happened_on = incident.happened_on
            row.happened_at = incident.happened_at
            _lay(row, incident)
            session.add(row)
            session.flush()
            _lay_duties(session, row)
            return row.id

    @needs(Right.CHANGE_SAFETY)
    def change(self, incident: Incident) -> None:
        """Tell more of an open incident; day, time and number stay."""
        with self._writing() as session:
            row = _open_row(session, incident.incident_id)
            rules.check_incident(
                replace(
                    incident,
                    happened_on=row.happened_on,
                    happened_at=row.happened_at,
                ),
                self._wall(),
            )
            was = row.grade
            _lay(row, incident)
            if row.grade != was:
                _lay_duties(session, row)

    @needs(Right.CHANGE_SAFETY)
    def report(self, incident_id: int, report: Report) -> None:
        """Note that an incident was reported to somebody outside."""
        with self._writing() as session:
            row = session.get_one(IncidentRow, incident_id)
            rules.check_report(report, _bare(row), self._wall())
            session.add(
                IncidentReportRow(
                    incident_id=incident_id,
                    receiver=report.receiver.strip(),
                    reported_on=report.reported_on,
                    reported_at=report.reported_at,
                    reported_by=report.reported_by.strip() or self._user.name,
                    note=report.note.strip(),
                )
            )

    @needs(Right.CHANGE_SAFETY)
    def learn(self, incident_id: int, text: str) -> int:
        """Note what an incident taught; return the number of the lesson."""
        if not text.strip():
            raise rules.StoryNeeded
        with self._writing() as session:
            row = LessonRow(incident_id=incident_id, text=text.strip())
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CLOSE_HAZARDS)
    def close(self, incident_id: int) -> None:
        """Close an incident whose cause and measures are written down."""
        with self._writing() as session:
            row = session.get_one(IncidentRow, incident_id)
            rules.check_closing(_bare(row))
            row.closed_on = self._today()

    @needs(Right.SEE_SAFETY)
    def today(self, day: date) -> list[Concern]:
        """Tell which incidents are still to be reported, and to whom."""
        span = Period(date(day.year - 1, 1, 1), date(day.year + 1, 1, 1))
        with self._reading() as session:
            found = incidents_in(session, span)
        return list(lines.of_incidents(found, self._wall()))

    def _wall(self) -> datetime:
        """Return the moment as the clock on the wall shows it."""
        return self._clock().replace(tzinfo=None)


def incidents_in(session: Session, span: Period) -> list[Incident]:
    """Return the incidents of a span, the first one first."""
    assert span.end, "incidents are asked for within days"
    query = select(IncidentRow).where(
        IncidentRow.happened_on >= span.start, IncidentRow.happened_on < span.end
    )
    order = (IncidentRow.happened_on, IncidentRow.happened_at, IncidentRow.id)
    rows = session.scalars(query.order_by(*order)).all()
    numbers = [row.id for row in rows]
    reports: dict[int, list[Report]] = defaultdict(list)
    told = select(IncidentReportRow).where(IncidentReportRow.incident_id.in_(numbers))
    for each in session.scalars(told.order_by(IncidentReportRow.id)):
        reports[each.incident_id].append(
            Report(
                each.receiver,
                each.reported_on,
                each.reported_at,
                each.reported_by,
                each.note,
            )
        )
    taught: dict[int, list[Lesson]] = lessons_in(
        session, LessonRow.incident_id, numbers
    )
    duties = _duties_in(session, numbers)
    return [
        replace(
            _bare(row),
            reports=tuple(reports[row.id]),
            lessons=tuple(taught[row.id]),
            duties=tuple(duties[row.id]),
        )
        for row in rows
    ]


def _duties_in(session: Session, numbers: list[int]) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = defaultdict(list)
    query = select(IncidentDutyRow).where(IncidentDutyRow.incident_id.in_(numbers))
    order = (IncidentDutyRow.minutes, IncidentDutyRow.id)
    for row in session.scalars(query.order_by(*order)):
        found[row.incident_id].append(Duty(row.receiver, row.minutes))
    return found


def _lay_duties(session: Session, row: IncidentRow) -> None:
    """Copy whom an incident of its grade is reported to; who was told stays."""
    told = set(
        session.scalars(
            select(IncidentReportRow.receiver).where(
                IncidentReportRow.incident_id == row.id
            )
        )
    )
    wanted = {
        rule.receiver: rule.minutes
        for rule in session.scalars(
            select(ReportRuleRow)
            .where(ReportRuleRow.grade == row.grade)
            .order_by(ReportRuleRow.id)
        )
    }
    there = select(IncidentDutyRow).where(IncidentDutyRow.incident_id == row.id)
    for duty in session.scalars(there).all():
        if duty.receiver in wanted:
            del wanted[duty.receiver]
        elif duty.receiver not in told:
            session.delete(duty)
    for receiver, minutes in wanted.items():
        session.add(
            IncidentDutyRow(incident_id=row.id, receiver=receiver, minutes=minutes)
        )
    session.flush()


def _bare(row: IncidentRow) -> Incident:
    return Incident(
        row.happened_on,
        row.happened_at,
        row.kind,
        row.grade,
        row.told,
        row.place,
        row.injured,
        row.dead,
        row.measures,
        row.cause,
        row.closed_on,
        number=f"{row.year}-{row.number:03}",
        incident_id=row.id,
    )


def _open_row(session: Session, incident_id: int) -> IncidentRow:
    row = session.get_one(IncidentRow, incident_id)
    if row.closed_on:
        raise rules.IncidentClosed
    return row


def _lay(row: IncidentRow, incident: Incident) -> None:
    row.kind, row.grade = incident.kind, incident.grade
    row.place, row.told = incident.place.strip(), incident.told.strip()
    row.injured, row.dead = incident.injured, incident.dead
    row.measures, row.cause = incident.measures.strip(), incident.cause.strip()
