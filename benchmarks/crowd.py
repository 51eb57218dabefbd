"""A home with any number of invented residents, made quickly."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.db import schema
from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.billing import FeeItemRow, PriceListRow, PriceRow
from carehome.db.database import Database
from carehome.db.residents import (
    AbsenceRow,
    GradeChangeRow,
    MealChoiceRow,
    ResidentRow,
    StayRow,
)
from carehome.rules.rights import Role, User
from carehome.services import home as homes

KEY = b"b" * 32
DIRECTOR = User(1, "director", Role.DIRECTOR)
GRADES = ("self_care", "partial_1", "partial_2", "full", "special")


def clock() -> datetime:
    """Return the moment at which benchmarks are run."""
    return datetime(2026, 11, 21, 9, tzinfo=UTC)


def make_home(folder: Path, residents: int) -> Database:
    """Make a home where `residents` people live, one in ten away for some days."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / homes.FILE
    schema.create(path, KEY)
    db = Database(path, KEY)
    with db.writing(homes.SET_UP, "benchmark") as session:
        account = homes.NewAccount("director", "director", Role.DIRECTOR, "")
        homes.furnish(session, homes.Profile("Benchmark"), account, clock)
        session.flush()
        session.add(PriceListRow(id=1, starts=date(2020, 1, 1)))
        session.flush()
        for item in session.query(FeeItemRow):
            price = 30000 + 10000 * item.id
            session.add(PriceRow(price_list_id=1, fee_item_id=item.id, fen=price))
        session.flush()
        _approve(session)
        session.add(BuildingRow(id=1, name="1"))
        session.flush()
        session.add(FloorRow(id=1, building_id=1, name="1", level=1))
        session.flush()
        rooms = range(1, residents // 4 + 2)
        session.add_all(RoomRow(id=r, floor_id=1, name=str(100 + r)) for r in rooms)
        session.flush()
        for number in range(1, residents + 1):
            _move_in(session, number)
    return db


def _approve(session: Session) -> None:
    """Let the price list hold, step by step as the database wants it."""
    listed = session.get_one(PriceListRow, 1)
    listed.written_by = listed.decided_by = 1
    listed.is_alone = True
    for state in ("submitted", "approved"):
        session.flush()
        listed.state = state
    session.flush()


def _move_in(session: object, number: int) -> None:
    start = date(2025, 1 + number % 12, 1 + number % 28)
    add = session.add_all  # type: ignore[attr-defined]
    add(
        [
            BedRow(
                id=number, room_id=1 + number // 4, label=str(number), bed_class="B"
            ),
            ResidentRow(id=number, name=f"resident {number}", sex="female"),
        ]
    )
    session.flush()  # type: ignore[attr-defined]
    rows: list[object] = [
        StayRow(resident_id=number, admitted_on=start),
        BedUseRow(bed_id=number, resident_id=number, starts=start),
        GradeChangeRow(
            resident_id=number,
            starts=start,
            grade=GRADES[number % 5],
            consent_by="family",
        ),
        MealChoiceRow(resident_id=number, starts=start, plan="standard"),
    ]
    if number % 10 == 0:
        rows.append(
            AbsenceRow(
                resident_id=number,
                kind="hospital",
                left_on=date(2026, 10, 3),
                returned_on=date(2026, 10, 12),
            )
        )
    add(rows)
