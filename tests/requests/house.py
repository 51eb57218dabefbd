"""A small home with a roster: three who work early and night shifts in one ward."""

from datetime import date

from carehome.db.shifts import ShiftKindRow
from carehome.db.staff import PostRow, StaffMemberRow, StaffPostRow
from carehome.db.units import UnitRow
from tests.house import DIRECTOR

NAMES = ("何梅", "赵敏", "孙芳")
MONTH = date(2026, 12, 1)  # a Tuesday


def staff(db, scheme="standard"):
    """Put three people, two kinds of shift and two wards into a home."""
    with db.writing(DIRECTOR, "test") as session:
        post = PostRow(name="照护", is_care=True, position=1)
        wards = [UnitRow(name=name, position=n) for n, name in enumerate("甲乙")]
        session.add_all([post, *wards])
        session.flush()
        for code, sign, name, starts in (
            ("E", "早", "早班", 420),
            ("N", "夜", "夜班", 1380),
        ):
            times = {"starts": starts, "span": 480, "minutes": 480}
            session.add(ShiftKindRow(code=code, sign=sign, name=name, **times))
        people = [
            StaffMemberRow(
                name=name,
                hired_on=date(2025, 1, 1),
                unit_id=wards[0].id,
                scheme=scheme,
            )
            for name in NAMES
        ]
        session.add_all(people)
        session.flush()
        for row in people:
            session.add(StaffPostRow(staff_id=row.id, post_id=post.id, is_main=True))
        return [row.id for row in people], [row.id for row in wards]
