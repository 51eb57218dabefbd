"""How a drill is written down: its plan, its groups, and how it went."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.drills import (
    DrillFloorRow,
    DrillRoleRow,
    DrillRow,
    DrillScoreRow,
    LessonRow,
)
from carehome.rules.safety import drills as rules
from carehome.rules.safety.drills import Drill, RolePart


def lay_plan_in(session: Session, row: DrillRow, drill: Drill) -> None:
    """Write down what a drill shall be like, and who takes which part."""
    row.title, row.planned_on = drill.title.strip(), drill.planned_on
    row.place, row.note = drill.place.strip(), drill.note.strip()
    row.is_night, row.is_disabled_unit = drill.is_night, drill.is_disabled_unit
    row.is_real = drill.is_real
    session.add(row)
    session.flush()
    _lay_groups(session, row.id, drill.roles)


def lay_results_in(session: Session, row: DrillRow, drill: Drill) -> None:
    """Write down how a drill went, for the first time or put right."""
    row.held_on, row.held_at = drill.held_on, drill.held_at
    row.minutes, row.residents = drill.minutes, drill.residents
    _lay_floors(session, row.id, drill)
    _lay_score(session, row.id, drill)
    _lay_lessons(session, row.id, rules.taught(drill))
    session.flush()


def _lay_groups(session: Session, drill_id: int, parts: Sequence[RolePart]) -> None:
    """Write down who is in a group, who leads it first; others are left alone."""
    query = select(DrillRoleRow).where(DrillRoleRow.drill_id == drill_id)
    there: dict[str, list[DrillRoleRow]] = {}
    for row in session.scalars(query.order_by(DrillRoleRow.id)):
        there.setdefault(row.role, []).append(row)
    wanted: dict[str, list[int]] = {}
    for part in parts:
        group = wanted.setdefault(part.role, [])
        if part.staff_id not in group:
            group.append(part.staff_id)
    for role, rows in there.items():
        if [row.staff_id for row in rows] == wanted.get(role):
            del wanted[role]
            continue
        for row in rows:
            session.delete(row)
    session.flush()
    for role, people in wanted.items():
        for staff_id in people:
            session.add(DrillRoleRow(drill_id=drill_id, role=role, staff_id=staff_id))
            session.flush()  # whoever leads has the lowest number


def _lay_floors(session: Session, drill_id: int, drill: Drill) -> None:
    query = select(DrillFloorRow).where(DrillFloorRow.drill_id == drill_id)
    there = {row.floor_id: row for row in session.scalars(query)}
    for floor in drill.floors:
        row = there.pop(floor.floor_id, None) or DrillFloorRow(
            drill_id=drill_id, floor_id=floor.floor_id
        )
        row.seconds, row.residents = floor.seconds, floor.residents
        session.add(row)
    for row in there.values():
        session.delete(row)


def _lay_score(session: Session, drill_id: int, drill: Drill) -> None:
    """Write down what was seen; lines that stand keep their words and points."""
    query = select(DrillScoreRow).where(DrillScoreRow.drill_id == drill_id)
    there = {row.position: row for row in session.scalars(query)}
    for position, line in enumerate(drill.score, 1):
        row = there.get(position) or DrillScoreRow(
            drill_id=drill_id,
            position=position,
            text=line.text,
            source=line.source,
            points=line.points,
        )
        row.verdict, row.note = line.verdict, line.note.strip()
        session.add(row)


def _lay_lessons(session: Session, drill_id: int, texts: Iterable[str]) -> None:
    """Write down what was learnt; what a hazard was opened for stays."""
    query = select(LessonRow).where(LessonRow.drill_id == drill_id)
    there = {row.text: row for row in session.scalars(query)}
    wanted = dict.fromkeys(texts)
    for text, row in there.items():
        if text not in wanted and row.hazard_id is None:
            session.delete(row)
    for text in wanted:
        if text not in there:
            session.add(LessonRow(drill_id=drill_id, text=text))
