"""No sequence of deeds ever leaves two people in one bed or one person in two."""

import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from carehome.db.beds import BedUseRow, RoomRow
from carehome.errors import Refusal
from carehome.rules.periods import Period
from carehome.services.beds import uses
from carehome.services.residents import stays
from tests.conftest import TODAY
from tests.house import DIRECTOR, build, know, settle

FIRST = TODAY - timedelta(days=30)

days = st.integers(0, 30).map(lambda number: FIRST + timedelta(days=number))
lengths = st.none() | st.integers(0, 20).map(lambda number: timedelta(days=number))
deeds = st.tuples(
    st.sampled_from(["admit", "move", "reserve", "release", "discharge"]),
    st.integers(0, 2),
    st.integers(0, 2),
    days,
    lengths,
)


def admit(
    session: Session, who: int, bed: int, day: date, _length: timedelta | None
) -> None:
    stays.open_stay_in(session, who, day)
    uses.occupy_in(session, who, bed, day)


def move(
    session: Session, who: int, bed: int, day: date, _length: timedelta | None
) -> None:
    uses.move_resident_in(session, who, bed, day, TODAY)


def reserve(
    session: Session, who: int, bed: int, day: date, length: timedelta | None
) -> None:
    ends = None if length is None else day + length
    uses.reserve_in(session, who, bed, day, ends)


def release(
    session: Session, who: int, _bed: int, _day: date, _length: timedelta | None
) -> None:
    held = uses.reservation_in(session, who)
    if held is not None:
        uses.release_in(session, held.id)


def discharge(
    session: Session, who: int, _bed: int, day: date, _length: timedelta | None
) -> None:
    stays.discharge_in(session, who, day, "")


DEEDS: dict[str, Callable[..., None]] = {
    deed.__name__: deed for deed in (admit, move, reserve, release, discharge)
}


class RolledBack(Exception):
    """Ends an example without a trace."""


@pytest.fixture
def home(db):
    """Three people, three beds; the first two people live here from the start."""
    beds = list(build(db).values())[:3]
    with db.writing(DIRECTOR, "home") as session:
        session.get_one(RoomRow, 2).gender_rule = "any"
    people = [
        settle(db, "王秀英", beds[0], FIRST),
        settle(db, "李桂兰", beds[1], FIRST),
    ]
    return db, beds, [*people, know(db, "陈翠花")]


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequence=st.lists(deeds, max_size=12))
def test_nobody_shares_a_bed_whatever_is_done(home, sequence):
    """Whatever is refused is refused by the rules: the database never steps in."""
    db, beds, people = home
    with (
        contextlib.suppress(RolledBack),
        db.writing(DIRECTOR, "example") as session,
    ):
        for deed, who, bed, day, length in sequence:
            with contextlib.suppress(Refusal), session.begin_nested():
                DEEDS[deed](session, people[who], beds[bed], day, length)
        check(session)
        raise RolledBack


def check(session: Session) -> None:
    rows = session.query(BedUseRow).all()
    for one, other in combinations(rows, 2):
        if not Period(one.starts, one.ends).overlaps(Period(other.starts, other.ends)):
            continue
        assert one.bed_id != other.bed_id
        if one.kind == other.kind == "occupied":
            assert one.resident_id != other.resident_id
    for row in rows:
        if row.kind == "occupied":
            assert any(
                stay.admitted_on <= row.starts
                and (stay.discharged_on is None or row.ends is not None)
                for stay in stays.stays_in(session, row.resident_id)
            )
