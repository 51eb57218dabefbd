"""Late facts of the demonstration home: leaves that were forgotten for some months."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from carehome.db.database import Database
from carehome.rules.periods import months_after
from carehome.rules.residents import Status
from carehome.rules.rights import Role, User
from carehome.services.residents import Residents

# How many months ago somebody was on leave, and on which days: the first goes into the
# next bill by itself, the second waits for the director.
LEAVES = ((2, 8, 14), (5, 10, 16))


def furnish(db: Database, users: Mapping[Role, User], day: date) -> None:
    """Note the leaves on the last day, months after they were."""
    now = datetime.combine(day, time(8, 40), UTC)
    nurse = Residents(db, users[Role.HEAD_NURSE], lambda: now)
    begin = months_after(day.replace(day=1), -5)
    people = [
        line.resident_id
        for line in nurse.index().lines
        if line.status is Status.IN and line.admitted_on and line.admitted_on <= begin
    ]
    for months, left, back in LEAVES:
        month = months_after(day.replace(day=1), -months)
        first, last = month.replace(day=left), month.replace(day=back)
        who = next(each for each in people if _was_here(nurse, each, first, last))
        people.remove(who)
        absence = nurse.record_absence(who, "leave", first, last)
        nurse.record_return(absence, last)


def _was_here(nurse: Residents, resident_id: int, first: date, last: date) -> bool:
    """Say whether nothing else is known of somebody's days."""
    file = nurse.file(resident_id)
    return not file.absences and all(stay.admitted_on <= first for stay in file.stays)
