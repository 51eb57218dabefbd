"""A small ward with a roster: posts, kinds of shift, carers, and the service."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from carehome.db.rosters import RosterCellRow
from carehome.db.shifts import ShiftKindRow
from carehome.db.staff import (
    CertificateKindRow,
    CertificateRow,
    PostNeedRow,
    PostRow,
    StaffLeaveRow,
    StaffMemberRow,
    StaffPostRow,
)
from carehome.db.units import UnitRow
from carehome.rules.rights import Role
from carehome.services.rosters import Mark, Rosters
from tests.conftest import ROLES

DIRECTOR = ROLES[Role.DIRECTOR]
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
SHIFTS = (("E", "早", "早班", 7), ("L", "中", "中班", 15), ("N", "夜", "夜班", 23))


@dataclass
class Ward:
    """The ward of a test: its carers by name, and who asks the service."""

    db: object
    clock: object
    post: int
    kind: int
    units: list[str]
    role: Role = Role.DIRECTOR

    def rosters(self, role=None):
        return Rosters(self.db, ROLES[role or self.role], self.clock)

    def hire(self, *names, unit=0, until=date(2027, 1, 1)):
        """Let people work here as carers; return their keys."""
        with self.db.writing(DIRECTOR, "test") as session:
            keys = []
            for name in names:
                row = StaffMemberRow(
                    name=name, hired_on=date(2025, 1, 1), unit_id=int(self.units[unit])
                )
                session.add(row)
                session.flush()
                session.add(
                    StaffPostRow(staff_id=row.id, post_id=self.post, is_main=True)
                )
                session.add(
                    CertificateRow(
                        staff_id=row.id,
                        kind_id=self.kind,
                        issued_on=date(2025, 1, 1),
                        valid_until=until,
                    )
                )
                keys.append(str(row.id))
            return keys

    def leave(self, key, first, last, kind="annual"):
        with self.db.writing(DIRECTOR, "test") as session:
            days = (last - first).days + 1
            session.add(
                StaffLeaveRow(
                    staff_id=int(key), kind=kind, starts=first, last_day=last, days=days
                )
            )

    def cells(self):
        """Return everything that stands in cells, by person and day."""
        with self.db.reading() as session:
            rows = session.scalars(select(RosterCellRow).order_by(RosterCellRow.day))
            return {(str(row.staff_id), row.day): row.shift_id for row in rows}


def make(db, clock):
    """Open a ward with three shifts, two units and no people."""
    with db.writing(DIRECTOR, "test") as session:
        post = PostRow(name="护理", is_care=True, position=90)
        kind = CertificateKindRow(code="health-test", name="体检证", position=90)
        units = [UnitRow(name="失能一区"), UnitRow(name="失能二区", position=1)]
        session.add_all([post, kind, *units])
        session.flush()
        session.add(PostNeedRow(post_id=post.id, kind_id=kind.id))
        for place, (code, sign, name, hour) in enumerate(SHIFTS):
            session.add(
                ShiftKindRow(
                    code=code,
                    sign=sign,
                    name=name,
                    starts=hour * 60,
                    span=480,
                    minutes=480,
                    post_id=post.id,
                    position=place,
                )
            )
        numbers = post.id, kind.id, [str(unit.id) for unit in units]
    return Ward(db, clock, *numbers)


def row(key, codes, start=0, **facts):
    """Return the cells of somebody from day `start` on, a letter for each day."""
    return {
        (key, start + day): Mark("" if code == "-" else code, **facts)
        for day, code in enumerate(codes)
    }
