"""The ledger of equipment as values: what hangs where, what was done, what is due."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.equipment import (
    EquipmentKindRow,
    EquipmentRow,
    EquipmentServiceRow,
    FloorPlanRow,
)
from carehome.rules.periods import Period
from carehome.rules.safety.approvals import Group
from carehome.rules.safety.equipment import (
    Done,
    Due,
    Kind,
    Press,
    ServiceKind,
    dues,
    label,
)
from carehome.services.safety.approvals import papers_in
from carehome.services.safety.hazards.lines import Mark


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a plan, in ten-thousandths of its width and height."""

    plan_id: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of equipment with its services, newest first, and what is due."""

    equipment_id: int
    kind: Kind
    place: str
    model: str
    made_on: date | None
    note: str
    point: Point | None
    scrapped_on: date | None
    scrap_reason: str
    done: tuple[Done, ...]
    dues: tuple[Due, ...]

    @property
    def label(self) -> str:
        """The number on its label."""
        return label(self.equipment_id)

    @property
    def due(self) -> Due | None:
        """What presses most."""
        return self.dues[0] if self.dues else None

    @property
    def is_pressing(self) -> bool:
        """Say whether something is overdue or soon due."""
        return self.due is not None and self.due.press is not Press.LATER

    @property
    def last(self) -> date | None:
        """The day of the last service, test or repair."""
        return self.done[0].day if self.done else None


@dataclass(frozen=True, slots=True)
class Plan:
    """A floor plan; its picture is read when it is shown."""

    plan_id: int
    name: str
    picture_id: int


@dataclass(frozen=True, slots=True)
class Contract:
    """Who services equipment, as the contract among the papers says."""

    firm: str
    number: str
    contact: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All equipment, its kinds, the plans that show it, the contracts of service.

    `hazards` are those that a piece brought to light, the newest last.
    """

    lines: list[Line]
    kinds: list[Kind]
    plans: list[Plan]
    contracts: dict[int, Contract]
    hazards: dict[int, list[Mark]]

    def firm_of(self, kind: Kind) -> str:
        """Return who services a kind by the contract, if there is one."""
        contract = self.contracts.get(kind.contract_id or 0)
        return contract.firm if contract else ""


def ledger_in(session: Session, today: date) -> list[Line]:
    """List all equipment by number, what was scrapped included."""
    kinds = {kind.kind_id: kind for kind in kinds_in(session)}
    done: dict[int, list[Done]] = defaultdict(list)
    rows = select(EquipmentServiceRow).order_by(
        EquipmentServiceRow.day.desc(), EquipmentServiceRow.id.desc()
    )
    for row in session.scalars(rows):
        done[row.equipment_id].append(_done(row))
    pieces = session.scalars(select(EquipmentRow).order_by(EquipmentRow.id))
    return [
        line_of(piece, kinds[piece.equipment_kind_id], tuple(done[piece.id]), today)
        for piece in pieces
    ]


def services_in(session: Session, span: Period, today: date) -> list[tuple[Line, Done]]:
    """List what was serviced, tested and repaired within a span, oldest first."""
    found = [
        (line, done)
        for line in ledger_in(session, today)
        for done in line.done
        if done.day in span
    ]
    return sorted(found, key=lambda pair: (pair[1].day, pair[0].equipment_id))


def kinds_in(session: Session) -> list[Kind]:
    """List the kinds of equipment in the home's order."""
    rows = session.scalars(
        select(EquipmentKindRow).order_by(
            EquipmentKindRow.position, EquipmentKindRow.id
        )
    )
    return [
        Kind(
            row.name,
            row.mark,
            row.first_months,
            row.again_months,
            row.scrap_months,
            row.warn_days,
            row.source,
            row.sureness,
            row.contract_id,
            row.is_active,
            row.id,
        )
        for row in rows
    ]


def contracts_in(session: Session) -> dict[int, Contract]:
    """Return the contracts among the papers that name a firm, by id."""
    return {
        paper.paper_id: Contract(
            paper.party, paper.number, paper.contact, paper.last_day
        )
        for paper in papers_in(session)
        if paper.group is Group.CONTRACT and paper.party
    }


def plans_in(session: Session) -> list[Plan]:
    """List the floor plans in the home's order."""
    rows = session.scalars(
        select(FloorPlanRow).order_by(FloorPlanRow.position, FloorPlanRow.id)
    )
    return [Plan(row.id, row.name, row.picture_id) for row in rows]


def line_of(row: EquipmentRow, kind: Kind, done: tuple[Done, ...], today: date) -> Line:
    """Return one piece; of what was scrapped nothing is due any more."""
    point = None
    if row.plan_id is not None and row.x is not None and row.y is not None:
        point = Point(row.plan_id, row.x, row.y)
    due = [] if row.scrapped_on else dues(kind, row.made_on, done, today)
    return Line(
        row.id,
        kind,
        row.place,
        row.model,
        row.made_on,
        row.note,
        point,
        row.scrapped_on,
        row.scrap_reason,
        done,
        tuple(due),
    )


def _done(row: EquipmentServiceRow) -> Done:
    return Done(
        row.day,
        ServiceKind(row.kind),
        row.is_passed,
        row.by,
        row.next_on,
        row.note,
        row.id,
    )
