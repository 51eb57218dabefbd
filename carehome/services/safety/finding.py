"""Finding things of fire safety by their number, their code, their label or words."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from carehome.db.approvals import OutsideInspectionRow, SafetyPaperRow
from carehome.db.checklists import FormRow, FormVersionRow, SafetyPlaceRow
from carehome.db.drills import DrillRow, EmergencyPlanRow, IncidentRow
from carehome.db.equipment import EquipmentKindRow, EquipmentRow
from carehome.db.hazards import HazardRow
from carehome.db.rounds import SafetyRoundRow
from carehome.errors import Refusal
from carehome.i18n import _, show_day, show_moment
from carehome.rules.rights import Right
from carehome.rules.safety import equipment, rounds
from carehome.rules.safety.approvals import KIND_NAMES
from carehome.rules.safety.hazards import STATE_NAMES, State
from carehome.services.safety.hazards.lines import number_of
from carehome.services.service import Service, needs

MOST, LEAST = 5, 2  # found of one kind; letters before words are looked for


class Kind(StrEnum):
    """What was found; each is opened at its own place."""

    HAZARD = "hazard"
    ROUND = "round"
    EQUIPMENT = "equipment"
    PAPER = "paper"
    INSPECTION = "inspection"
    DRILL = "drill"
    INCIDENT = "incident"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was found; `is_named` when its very number was typed."""

    kind: Kind
    number: int
    title: str
    note: str
    is_named: bool = False


class SafetyFinding(Service):
    """What one person can look for."""

    @needs(Right.SEE_SAFETY)
    def find(self, typed: str) -> list[Thing]:
        """Return what a number, a code, a label or some words mean; few of each."""
        typed = typed.strip()
        kinds = (_hazards, _rounds, _equipment, _papers, _inspections)
        others = (_drills, _incidents, _plans)
        with self._reading() as session:
            return [
                thing
                for look in (*kinds, *others)
                for thing in islice(look(session, typed), MOST)
            ]


def _holding(typed: str, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Return the condition that one of some columns holds what was typed."""
    if len(typed) < LEAST:
        return columns[0].is_(None)  # one letter is in everything: find nothing
    return or_(*(column.contains(typed, autoescape=True) for column in columns))


def _hazards(session: Session, typed: str) -> Iterator[Thing]:
    year, _dash, serial = typed.rpartition("-")
    held = _holding(typed, HazardRow.item, HazardRow.place, HazardRow.responsible)
    if serial.isdecimal() and serial.isascii():
        numbered = HazardRow.serial == int(serial)
        if year.isdecimal():
            numbered &= HazardRow.year == int(year)
        held |= numbered
    is_closed = HazardRow.state == State.CLOSED.value
    query = select(HazardRow).where(held).order_by(is_closed, HazardRow.id.desc())
    for row in session.scalars(query.limit(MOST)):
        number, state = number_of(row), _(STATE_NAMES[State(row.state)])
        note = _facts(state, row.place, row.item)
        yield Thing(Kind.HAZARD, row.id, number, note, typed in (number, number[5:]))


def _rounds(session: Session, typed: str) -> Iterator[Thing]:
    with suppress(Refusal):
        query = (
            select(SafetyRoundRow, FormRow.name, SafetyPlaceRow.name)
            .join(FormVersionRow, SafetyRoundRow.form_version_id == FormVersionRow.id)
            .join(FormRow, FormVersionRow.form_id == FormRow.id)
            .join(SafetyPlaceRow, SafetyRoundRow.place_id == SafetyPlaceRow.id)
            .where(SafetyRoundRow.id == rounds.read_code(typed))
        )
        for row, form, place in session.execute(query):
            at = show_moment(row.started_at) if row.started_at else ""
            code = rounds.code(row.id)
            yield Thing(Kind.ROUND, row.id, code, _facts(form, place, at), True)


def _equipment(session: Session, typed: str) -> Iterator[Thing]:
    kind = EquipmentKindRow.name
    held = _holding(typed, EquipmentRow.place, EquipmentRow.model, kind)
    label = None
    with suppress(Refusal):
        label = equipment.read_label(typed)
        held |= EquipmentRow.id == label
    query = select(EquipmentRow, kind).join(EquipmentKindRow).where(held)
    for row, name in session.execute(query.order_by(EquipmentRow.id).limit(MOST)):
        gone = _("Scrapped") if row.scrapped_on else ""
        note = _facts(name, row.place, row.model, gone)
        shown = equipment.label(row.id)
        yield Thing(Kind.EQUIPMENT, row.id, shown, note, row.id == label)


def _papers(session: Session, typed: str) -> Iterator[Thing]:
    table, kinds = SafetyPaperRow, [k for k, n in KIND_NAMES.items() if typed in _(n)]
    held = _holding(typed, table.subject, table.party, table.number)
    if len(typed) >= LEAST:
        held |= table.kind.in_(kinds)
    query = select(table).where(held).order_by(table.starts.desc(), table.id)
    for row in session.scalars(query.limit(MOST)):
        note = _facts(row.subject, row.party, row.number, show_day(row.starts))
        yield Thing(Kind.PAPER, row.id, _(KIND_NAMES[row.kind]), note)


def _inspections(session: Session, typed: str) -> Iterator[Thing]:
    table = OutsideInspectionRow
    held = _holding(typed, table.office_name, table.number, table.inspectors)
    query = select(table).where(held).order_by(table.day.desc(), table.id)
    for row in session.scalars(query.limit(MOST)):
        title = row.office_name or row.number
        note = _facts(show_day(row.day), row.number, row.inspectors)
        yield Thing(Kind.INSPECTION, row.id, title, note)


def _drills(session: Session, typed: str) -> Iterator[Thing]:
    held = _holding(typed, DrillRow.title, DrillRow.place)
    query = select(DrillRow).where(held).order_by(DrillRow.planned_on.desc())
    for row in session.scalars(query.limit(MOST)):
        note = _facts(show_day(row.held_on or row.planned_on), row.place)
        yield Thing(Kind.DRILL, row.id, row.title, note)


def _incidents(session: Session, typed: str) -> Iterator[Thing]:
    held = _holding(typed, IncidentRow.told, IncidentRow.place)
    query = select(IncidentRow).where(held).order_by(IncidentRow.happened_on.desc())
    for row in session.scalars(query.limit(MOST)):
        note = _facts(show_day(row.happened_on), row.place)
        yield Thing(Kind.INCIDENT, row.id, row.told, note)


def _plans(session: Session, typed: str) -> Iterator[Thing]:
    query = select(EmergencyPlanRow).where(_holding(typed, EmergencyPlanRow.title))
    for row in session.scalars(query.order_by(EmergencyPlanRow.id).limit(MOST)):
        yield Thing(Kind.PLAN, row.id, row.title, "")


def _facts(*facts: str) -> str:
    return " · ".join(filter(None, facts))
