"""Drills: planned, held, called off, and what they taught."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BuildingRow, FloorRow
from carehome.db.drills import (
    DrillFloorRow,
    DrillRoleRow,
    DrillRow,
    DrillRuleRow,
    DrillScoreRow,
    LessonRow,
)
from carehome.db.staff import StaffMemberRow
from carehome.i18n import _, speaking
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.rules.safety import drills as rules
from carehome.rules.safety.drill_year import Proposal, proposals
from carehome.rules.safety.drills import (
    Drill,
    FloorTime,
    Half,
    RolePart,
    Scored,
    State,
    Verdict,
    YearNeed,
)
from carehome.rules.safety.forms import FormKind
from carehome.rules.today import Concern, Task
from carehome.services.safety import drills_today as lines
from carehome.services.safety.drill_writing import lay_plan_in, lay_results_in
from carehome.services.safety.forms import newest_of_kind_in
from carehome.services.safety.lessons import lessons_in
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class DrillYear:
    """The drills of a year, what it lacks, and the drills that would make it whole."""

    drills: tuple[Drill, ...]
    halves: tuple[Half, ...]
    need: YearNeed
    proposed: tuple[Drill, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """Who can take part in a drill, and which floors can be emptied."""

    people: dict[int, str]
    floors: dict[int, str]


class Drills(Service):
    """What one person can do with the drills."""

    @needs(Right.SEE_SAFETY)
    def year(self, year: int) -> DrillYear:
        """Return the drills of a year, the first one first."""
        span = Period(date(year, 1, 1), date(year + 1, 1, 1))
        with self._reading() as session:
            found = drills_in(session, span)
        return DrillYear(
            tuple(found),
            tuple(rules.halves(span, found)),
            rules.lacking(year, found),
            _proposed(year, found, self._today()),
        )

    @needs(Right.SEE_SAFETY)
    def cast(self) -> Cast:
        """Return who works here today, and the floors."""
        with self._reading() as session:
            return Cast(_people_in(session, self._today()), floors_in(session))

    @needs(Right.SEE_SAFETY)
    def score_sheet(self) -> tuple[Scored, ...]:
        """Return the lines of the home's score sheet, none of them seen yet."""
        with self._reading() as session:
            return score_sheet_in(session)

    @needs(Right.CHANGE_SAFETY)
    def plan(self, drill: Drill) -> int:
        """Plan a drill; return its number."""
        rules.check_plan(drill)
        with self._writing() as session:
            row = DrillRow()
            lay_plan_in(session, row, drill)
            return row.id

    @needs(Right.CHANGE_SAFETY)
    def plan_several(self, drills: Sequence[Drill]) -> int:
        """Plan some drills at once, as they were proposed; return how many."""
        for each in drills:
            rules.check_plan(each)
        with self._writing() as session:
            for each in drills:
                lay_plan_in(session, DrillRow(), each)
        return len(drills)

    @needs(Right.CHANGE_SAFETY)
    def change(self, drill: Drill) -> None:
        """Change what a drill that is still ahead shall be like."""
        rules.check_plan(drill)
        with self._writing() as session:
            row = _planned(session, drill.drill_id)
            lay_plan_in(session, row, drill)

    @needs(Right.CHANGE_SAFETY)
    def hold(self, drill: Drill) -> None:
        """Record how a planned drill went: times, score sheet, lessons."""
        rules.check_held(drill, self._today())
        with self._writing() as session:
            row = _planned(session, drill.drill_id)
            lay_plan_in(session, row, drill)
            lay_results_in(session, row, drill)

    @needs(Right.CHANGE_SAFETY)
    def correct(self, drill: Drill) -> None:
        """Put right how a drill went; the words of its score sheet stay."""
        rules.check_held(drill, self._today())
        with self._writing() as session:
            row = session.get_one(DrillRow, drill.drill_id)
            if row.held_on is None:
                raise rules.NotHeldYet
            lay_plan_in(session, row, drill)
            lay_results_in(session, row, drill)

    @needs(Right.CHANGE_SAFETY)
    def call_off(self, drill_id: int, reason: str) -> None:
        """Call a planned drill off; the plan and the reason stay to be seen."""
        if not reason.strip():
            raise rules.ReasonNeeded
        with self._writing() as session:
            _planned(session, drill_id).called_off = reason.strip()

    @needs(Right.SEE_SAFETY)
    def today(self, day: date) -> list[Task | Concern]:
        """Tell which drill is due, and which half year or kind still lacks one."""
        year = Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))
        with self._reading() as session:
            warn_days = session.get_one(DrillRuleRow, 1).warn_days
            found = drills_in(session, year)
        return list(lines.of_drills(found, day, warn_days))


@speaking()
def _proposed(year: int, drills: Sequence[Drill], today: date) -> tuple[Drill, ...]:
    """Name the drills that would make a year whole, as they will be kept."""
    return tuple(
        Drill(
            _title(each),
            each.day,
            is_night=each.is_night,
            is_disabled_unit=each.is_disabled_unit,
        )
        for each in proposals(year, drills, today)
    )


def _title(proposal: Proposal) -> str:
    if proposal.is_night:
        return _("Evacuation drill at night")
    if proposal.is_disabled_unit:
        return _("Evacuation drill of the disabled unit")
    return _("Fire and evacuation drill")


def drills_in(session: Session, span: Period) -> list[Drill]:
    """Return the drills that were held, or else planned, within a span, in order."""
    assert span.end, "drills are asked for within days"
    query = select(DrillRow).where(
        or_(
            DrillRow.held_on.between(span.start, span.end),
            DrillRow.planned_on.between(span.start, span.end),
        )
    )
    rows = session.scalars(query.order_by(DrillRow.planned_on, DrillRow.id)).all()
    numbers = [row.id for row in rows]
    roles, floors, score = _parts_in(session, numbers)
    taught = lessons_in(session, LessonRow.drill_id, numbers)
    found = [
        replace(
            _bare(row),
            roles=tuple(roles[row.id]),
            floors=tuple(floors[row.id]),
            score=tuple(score[row.id]),
            lessons=tuple(taught[row.id]),
        )
        for row in rows
    ]
    return sorted(
        (each for each in found if span.holds(each.day)), key=lambda each: each.day
    )


def score_sheet_in(session: Session) -> tuple[Scored, ...]:
    """Return the lines of the home's score sheet, none of them seen yet."""
    form = newest_of_kind_in(session, FormKind.DRILL)
    return tuple(
        Scored(item.text, points=item.points or 1, source=item.source)
        for item in (form.items if form else ())
    )


def _parts_in(
    session: Session, numbers: list[int]
) -> tuple[
    dict[int, list[RolePart]], dict[int, list[FloorTime]], dict[int, list[Scored]]
]:
    roles: dict[int, list[RolePart]] = defaultdict(list)
    parts = (
        select(DrillRoleRow, StaffMemberRow.name)
        .join(StaffMemberRow, StaffMemberRow.id == DrillRoleRow.staff_id)
        .where(DrillRoleRow.drill_id.in_(numbers))
        .order_by(DrillRoleRow.id)
    )
    for part, name in session.execute(parts):
        roles[part.drill_id].append(RolePart(part.role, part.staff_id, name))
    floors: dict[int, list[FloorTime]] = defaultdict(list)
    names = floors_in(session)
    times = select(DrillFloorRow).where(DrillFloorRow.drill_id.in_(numbers))
    for each in session.scalars(times.order_by(DrillFloorRow.id)):
        name = names.get(each.floor_id, "")
        told = FloorTime(each.floor_id, each.seconds, each.residents, name)
        floors[each.drill_id].append(told)
    score: dict[int, list[Scored]] = defaultdict(list)
    sheet = select(DrillScoreRow).where(DrillScoreRow.drill_id.in_(numbers))
    for line in session.scalars(sheet.order_by(DrillScoreRow.position)):
        verdict = Verdict(line.verdict)
        told_line = Scored(line.text, verdict, line.points, line.source, line.note)
        score[line.drill_id].append(told_line)
    return roles, floors, score


def _bare(row: DrillRow) -> Drill:
    return Drill(
        row.title,
        row.planned_on,
        row.place,
        row.is_night,
        row.is_disabled_unit,
        row.is_real,
        held_on=row.held_on,
        held_at=row.held_at,
        minutes=row.minutes,
        residents=row.residents,
        note=row.note,
        called_off=row.called_off,
        drill_id=row.id,
    )


def _planned(session: Session, drill_id: int) -> DrillRow:
    """Return a drill that is still ahead; a Refusal when it is not."""
    row = session.get_one(DrillRow, drill_id)
    if _bare(row).state is not State.PLANNED:
        raise rules.NoLongerPlanned
    return row


def _people_in(session: Session, day: date) -> dict[int, str]:
    query = select(StaffMemberRow.id, StaffMemberRow.name).where(
        StaffMemberRow.hired_on <= day,
        StaffMemberRow.left_on.is_(None) | (StaffMemberRow.left_on > day),
    )
    rows = session.execute(query.order_by(StaffMemberRow.name))
    return dict(rows.all())


def floors_in(session: Session) -> dict[int, str]:
    """Return the floors by name; where there are several buildings, with these."""
    query = (
        select(FloorRow.id, BuildingRow.name, FloorRow.name)
        .join(BuildingRow, BuildingRow.id == FloorRow.building_id)
        .order_by(BuildingRow.id, FloorRow.level)
    )
    rows = session.execute(query).all()
    several = len({building for _number, building, _name in rows}) > 1
    return {
        number: f"{building} {name}" if several else name
        for number, building, name in rows
    }
