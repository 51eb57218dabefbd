"""What a person can do with the kinds of shift and with the people they need."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_uppercase

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BuildingRow, FloorRow
from carehome.db.shifts import CoverRatioRow, ShiftKindRow, ShiftNeedRow, UnitFloorRow
from carehome.db.staff import PostRow
from carehome.db.units import UnitRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.consequences import Line
from carehome.rules.payroll import DayKind
from carehome.rules.periods import DAY, Period
from carehome.rules.rights import Right
from carehome.rules.rosters import cover as rules
from carehome.rules.rosters import kinds as kind_rules
from carehome.rules.rosters import presets
from carehome.rules.rosters.cover import Cover, Need
from carehome.rules.rosters.kinds import Kind
from carehome.services.calendar import calendar_in
from carehome.services.service import Service, needs
from carehome.services.shifts.changing import level_lines
from carehome.services.shifts.living import living_on, sleepers_in
from carehome.services.shifts.needs import (
    Ratio,
    cover_of,
    needs_in,
    ratios_in,
    ratios_on,
)


class PostLacks(Refusal):
    """A duty needs the post whose people may do it."""

    text = N_("There is no post {post} yet. Add it under Staff first.")


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of shift as the list shows it."""

    kind: Kind
    post: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class NeedLine:
    """What a unit needs on a shift on a day, and why; `need` is None where unasked."""

    shift_id: int
    shift: str
    unit_id: int | None
    unit: str
    residents: int
    need: Need | None
    cover: Cover | None
    ratios: dict[int, int]


@dataclass(frozen=True, slots=True)
class UnitFloors:
    """A unit and the floors whose people it looks after."""

    unit_id: int
    name: str
    floors: frozenset[int]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about demand on one page."""

    day: date
    kinds: tuple[KindLine, ...]
    needs: tuple[NeedLine, ...]
    units: tuple[UnitFloors, ...]
    floors: dict[int, str]
    posts: dict[int, str]
    ratios: dict[int, dict[int, int]]
    beds: int


class Shifts(Service):
    """What one person can do with kinds of shift and their cover."""

    @needs(Right.SEE_ROSTER)
    def board(self, day: date) -> Board:
        """Return the kinds of shift and what each unit needs tonight."""
        with self._reading() as session:
            kinds = _kinds_in(session)
            posts = _names(session, PostRow)
            known = ratios_in(session)
            return Board(
                day,
                tuple(
                    KindLine(kind, posts.get(kind.post_id or 0, ""), is_active)
                    for kind, is_active in kinds
                ),
                tuple(_need_lines(session, day)),
                tuple(_units_in(session)),
                _floors_in(session),
                posts,
                {
                    kind.kind_id: ratios_on(known, kind.kind_id, day)
                    for kind, _ in kinds
                },
                _beds_in(session, day),
            )

    @needs(Right.SEE_ROSTER)
    def cover_now(self, day: date) -> list[NeedLine]:
        """Return what each unit needs on each shift of `day`, with the reason."""
        with self._reading() as session:
            return _need_lines(session, day)

    @needs(Right.SEE_ROSTER)
    def of_ability(
        self, resident_id: int, was: int | None, now: int | None
    ) -> list[Line]:
        """Tell which shifts need more or fewer people by somebody's other ability."""
        with self._reading() as session:
            return list(level_lines(session, resident_id, was, now, self._today()))

    @needs(Right.SET_COVER)
    def save_kind(self, kind: Kind) -> int:
        """Add a kind of shift or change it; return its number."""
        with self._writing() as session:
            return _save_kind(session, kind)

    @needs(Right.SET_COVER)
    def set_active(self, kind_id: int, is_active: bool) -> None:
        """Retire a kind of shift, or take it up again; rosters keep what it was."""
        with self._writing() as session:
            session.get_one(ShiftKindRow, kind_id).is_active = is_active

    @needs(Right.SET_COVER)
    def set_floors(self, unit_id: int, floors: Collection[int]) -> None:
        """Say whose people a unit looks after; a floor leaves its former unit."""
        with self._writing() as session:
            for row in session.scalars(select(UnitFloorRow)):
                if row.unit_id == unit_id and row.floor_id not in floors:
                    session.delete(row)
            session.flush()
            known = {row.floor_id: row for row in session.scalars(select(UnitFloorRow))}
            for floor_id in sorted(floors):
                row = known.get(floor_id) or UnitFloorRow(floor_id=floor_id)
                row.unit_id = unit_id
                session.add(row)

    @needs(Right.SET_COVER)
    def set_need(self, need: Need) -> None:
        """Say how many people a shift needs in a unit from a day on."""
        rules.check(need)
        with self._writing() as session:
            _set_need(session, need)

    @needs(Right.SET_COVER)
    def remove_need(self, need_id: int) -> None:
        """Take back a need, as if it had never been set."""
        with self._writing() as session:
            session.delete(session.get_one(ShiftNeedRow, need_id))

    @needs(Right.SET_COVER)
    def set_ratios(
        self, shift_id: int, residents: dict[int, int | None], starts: date
    ) -> None:
        """Say how many residents of each level one carer of a shift looks after."""
        for each in residents.values():
            rules.check_ratio(each)
        with self._writing() as session:
            for level, each in residents.items():
                _set_ratio(session, Ratio(shift_id, level, each, starts))

    @needs(Right.SET_COVER)
    def switch_on(self, code: str) -> None:
        """Take over the shifts of a duty with what the documents ask of it."""
        duty = presets.duties()[code]
        with self._writing() as session:
            post = session.scalar(select(PostRow).where(PostRow.name == duty.post))
            if duty.post and post is None:
                raise PostLacks(post=duty.post)
            for kind in duty.kinds:
                letter = _free_letter(session, kind)
                made = replace(kind, code=letter, post_id=post.id if post else None)
                number = _save_kind(session, made)
                need = Need(number, None, duty.need, starts=self._today())
                _set_need(session, need)


def _kinds_in(session: Session) -> list[tuple[Kind, bool]]:
    rows = session.scalars(
        select(ShiftKindRow).order_by(ShiftKindRow.position, ShiftKindRow.id)
    )
    return [(_kind_of(row), row.is_active) for row in rows]


def _kind_of(row: ShiftKindRow) -> Kind:
    return Kind(
        row.code,
        row.sign,
        row.name,
        row.starts,
        row.span,
        row.span - row.minutes if row.minutes else 0,
        row.minutes == 0,
        row.post_id,
        row.id,
    )


def _free_letter(session: Session, kind: Kind) -> str:
    """Return the letter of a preset, or the next one that no other shift has."""
    taken = kind_rules.TAKEN | {other.code for other, _ in _kinds_in(session)}
    letters = [kind.code, *ascii_uppercase]
    return next((each for each in letters if each not in taken), kind.code)


def _save_kind(session: Session, kind: Kind) -> int:
    kinds = _kinds_in(session)
    kind_rules.check(kind, (each for each, _ in kinds))
    row = session.get(ShiftKindRow, kind.kind_id)
    if row is None:
        row = ShiftKindRow(position=len(kinds))
        session.add(row)
    row.code, row.sign, row.name = kind.code, kind.sign, kind.name
    row.starts, row.span, row.minutes = kind.starts, kind.span, kind.minutes
    row.post_id = kind.post_id
    session.flush()
    return row.id


def _set_need(session: Session, need: Need) -> None:
    row = session.scalar(
        select(ShiftNeedRow).where(
            ShiftNeedRow.shift_id == need.shift_id,
            ShiftNeedRow.unit_id.is_(need.unit_id)
            if need.unit_id is None
            else ShiftNeedRow.unit_id == need.unit_id,
            ShiftNeedRow.days == need.days,
            ShiftNeedRow.starts == need.starts,
        )
    )
    if row is None:
        row = ShiftNeedRow(shift_id=need.shift_id, unit_id=need.unit_id)
        row.days, row.starts = need.days, need.starts
        session.add(row)
    row.need, row.most = need.need, need.most
    row.under, row.over = need.under, need.over
    row.is_computed, row.skill = need.is_computed, need.skill


def _set_ratio(session: Session, ratio: Ratio) -> None:
    """Store a ratio where it is another than the one that holds."""
    held = ratios_on(ratios_in(session), ratio.shift_id, ratio.starts)
    if held.get(ratio.level) == ratio.residents:
        return
    row = session.scalar(
        select(CoverRatioRow).where(
            CoverRatioRow.shift_id == ratio.shift_id,
            CoverRatioRow.ability_level == ratio.level,
            CoverRatioRow.starts == ratio.starts,
        )
    )
    if row is None:
        row = CoverRatioRow(
            shift_id=ratio.shift_id, ability_level=ratio.level, starts=ratio.starts
        )
        session.add(row)
    row.residents = ratio.residents
    session.flush()


def _need_lines(session: Session, day: date) -> list[NeedLine]:
    period = Period(day, day + DAY)
    is_free = calendar_in(session, period)(day) is not DayKind.WORK
    living = living_on(sleepers_in(session, period, day), day)
    asked, known = needs_in(session), ratios_in(session)
    kinds = [kind for kind, is_active in _kinds_in(session) if is_active]
    units = _names(session, UnitRow)
    found = []
    for unit_id, unit in [(None, ""), *units.items()]:
        people = sum(living.get(unit_id, {}).values()) if unit_id else 0
        for kind in kinds:
            need = rules.holding(asked.get((kind.kind_id, unit_id), ()), day, is_free)
            ratios = ratios_on(known, kind.kind_id, day)
            cover = cover_of(need, living, known, day) if need else None
            number, name = kind.kind_id, kind.name
            found.append(
                NeedLine(number, name, unit_id, unit, people, need, cover, ratios)
            )
    return found


def _units_in(session: Session) -> list[UnitFloors]:
    rows = session.scalars(select(UnitFloorRow)).all()
    return [
        UnitFloors(
            number,
            name,
            frozenset(row.floor_id for row in rows if row.unit_id == number),
        )
        for number, name in _names(session, UnitRow).items()
    ]


def _names(session: Session, kind: type[UnitRow] | type[PostRow]) -> dict[int, str]:
    query = select(kind.id, kind.name).where(kind.is_active)
    rows = session.execute(query.order_by(kind.position, kind.id))
    return dict(rows.all())


def _floors_in(session: Session) -> dict[int, str]:
    query = (
        select(FloorRow.id, FloorRow.name, BuildingRow.name)
        .join(BuildingRow, BuildingRow.id == FloorRow.building_id)
        .order_by(BuildingRow.id, FloorRow.level, FloorRow.id)
    )
    rows = session.execute(query).all()
    several = len({building for _id, _name, building in rows}) > 1
    return {
        number: f"{building} {name}" if several else name
        for number, name, building in rows
    }


def _beds_in(session: Session, day: date) -> int:
    query = select(func.count(BedRow.id)).where(
        BedRow.until.is_(None) | (BedRow.until > day)
    )
    return session.scalar(query) or 0
