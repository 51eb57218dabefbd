"""Who was on duty on each day of the published rosters."""

from datetime import date

from sqlalchemy import select

from carehome.db.rosters import RosterCellRow, RosterRow
from carehome.rules.periods import Period
from carehome.services.figures.records import Records


def on_duty_in(records: Records, span: Period) -> dict[date, tuple[int, int, int]]:
    """Return carers, people at night and carers at night, by day.

    A shift belongs to the day on which it begins; one without working time is on call
    and counts for nobody, and so does one of somebody who has left by then. Days of no
    published roster are left out.
    """
    found = {day: [0, 0, 0] for day in _published(records, span)}
    staff = {each.staff_id: each for each in records.staff}
    query = select(RosterCellRow.day, RosterCellRow.staff_id, RosterCellRow.shift_id)
    cells = query.where(
        RosterCellRow.day >= span.start,
        RosterCellRow.day < span.end,
        RosterCellRow.shift_id.is_not(None),
    )
    for day, staff_id, shift_id in records.session.execute(cells):
        shift = records.shifts.get(shift_id or 0)
        if day not in found or shift is None or not shift.minutes:
            continue
        member = staff[staff_id]
        if not member.works(day):
            continue
        is_carer = member.is_carer
        found[day][0] += is_carer
        found[day][1] += shift.is_night
        found[day][2] += is_carer and shift.is_night
    return {day: (line[0], line[1], line[2]) for day, line in found.items()}


def _published(records: Records, span: Period) -> list[date]:
    query = select(RosterRow.month).where(RosterRow.state == "published")
    months = {(m.year, m.month) for m in records.session.scalars(query)}
    return [day for day in span if (day.year, day.month) in months]
