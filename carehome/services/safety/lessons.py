"""What drills and incidents taught, and the hazards that were opened for it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from carehome.db.drills import DrillRow, IncidentRow, LessonRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rights import Right, User
from carehome.rules.safety.drills import Lesson
from carehome.rules.safety.hazards import NewHazard, Origin
from carehome.services.safety.hazards import open_hazard_in
from carehome.services.service import Service, needs


class HazardThere(Refusal):
    """A lesson opens one hazard."""

    text = N_("A hazard was opened for this already. Look it up among the hazards.")


class Lessons(Service):
    """What one person can do with what was learnt."""

    @needs(Right.CHANGE_SAFETY)
    def open_hazard(self, lesson_id: int, hazard: NewHazard) -> int:
        """Open a hazard for something that was learnt; return its number."""
        with self._writing() as session:
            lesson = session.get_one(LessonRow, lesson_id)
            if lesson.hazard_id is not None:
                raise HazardThere
            new = _with_origin(session, lesson, hazard)
            lesson.hazard_id = _open(session, new, self._clock(), self._user)
            return lesson.hazard_id


def _open(session: Session, new: NewHazard, now: datetime, user: User) -> int:
    hazard_id = open_hazard_in(session, new, now, user)
    session.flush()
    return hazard_id


def _with_origin(session: Session, lesson: LessonRow, hazard: NewHazard) -> NewHazard:
    if lesson.drill_id is not None:
        drill = session.get_one(DrillRow, lesson.drill_id)
        return replace(
            hazard, origin=Origin.DRILL, origin_id=drill.id, source=drill.title
        )
    incident = session.get_one(IncidentRow, lesson.incident_id)
    number = f"{incident.year}-{incident.number:03}"
    return replace(hazard, origin=Origin.INCIDENT, origin_id=incident.id, source=number)


def lessons_in(
    session: Session,
    owner: InstrumentedAttribute[int | None],
    numbers: Collection[int],
) -> dict[int, list[Lesson]]:
    """Return what the drills or incidents of these numbers taught."""
    found: dict[int, list[Lesson]] = defaultdict(list)
    query = select(LessonRow, owner).where(owner.in_(numbers)).order_by(LessonRow.id)
    for row, number in session.execute(query):
        if number is not None:
            found[number].append(Lesson(row.text, row.hazard_id, row.id))
    return found
