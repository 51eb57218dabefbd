"""Who is away: where, with whom, since when, and whether back in time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.residents import AbsenceRow, ResidentRow, StayRow
from carehome.services.beds.places import bed_names_in
from carehome.services.beds.uses import beds_on_in
from carehome.services.residents.stays import Absence, absence_of


@dataclass(frozen=True, slots=True)
class AwayLine:
    """One resident who is away on a day; the bed is the one that is kept."""

    resident_id: int
    name: str
    bed: str
    absence: Absence
    days: int
    late: int

    @property
    def is_late(self) -> bool:
        """Say whether somebody should have been back by then."""
        return self.late > 0


def lines_in(session: Session, day: date) -> list[AwayLine]:
    """List who lives here and is away on `day`, the longest first."""
    query = (
        select(AbsenceRow, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == AbsenceRow.resident_id)
        .join(StayRow, StayRow.resident_id == AbsenceRow.resident_id)
        .where(
            AbsenceRow.left_on <= day,
            or_(AbsenceRow.returned_on.is_(None), AbsenceRow.returned_on > day),
            StayRow.admitted_on <= day,
            or_(StayRow.discharged_on.is_(None), StayRow.discharged_on > day),
        )
        .order_by(AbsenceRow.left_on, AbsenceRow.id)
    )
    names, beds = bed_names_in(session), beds_on_in(session, day)
    found = []
    for row, name in session.execute(query):
        expected = row.expected_on
        late = (day - expected).days if expected and expected < day else 0
        bed = names.get(beds.get(row.resident_id, 0), "")
        days = (day - row.left_on).days
        found.append(AwayLine(row.resident_id, name, bed, absence_of(row), days, late))
    return found
