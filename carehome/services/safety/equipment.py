"""The ledger of equipment: what hangs where, its services, plans, labels, life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.equipment import (
    EquipmentKindRow,
    EquipmentRow,
    EquipmentServiceRow,
    FloorPlanRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rights import Right, Role
from carehome.rules.safety import equipment as rules
from carehome.rules.safety.equipment import Done, Kind, Matter, Press, label
from carehome.rules.safety.hazards import NewHazard, Origin, Severity
from carehome.rules.today import Concern, Target, Urgency, words
from carehome.services.safety.hazards.lines import marks_of_in
from carehome.services.safety.hazards.opening import open_hazard_in
from carehome.services.safety.ledger import (
    Ledger,
    Line,
    contracts_in,
    kinds_in,
    ledger_in,
    plans_in,
)
from carehome.services.safety.photos import NewPicture
from carehome.services.safety.pictures import add_picture
from carehome.services.service import Service, needs

MOST_AT_ONCE = 200
EQUIPMENT = "equipment"  # target of the first page: a Matter, or None for all


class PlaceMissing(Refusal):
    """Equipment is found by where it hangs."""

    text = N_("Enter where it hangs, such as “3rd floor, east staircase”.")


class TooManyAtOnce(Refusal):
    """A slip of the finger is no delivery."""

    text = N_("Enter a number from 1 to {most}.")


class KindNameTaken(Refusal):
    """Two kinds do not share a name."""

    text = N_("“{name}” is on the list of kinds already.")


class KindNameMissing(Refusal):
    """A kind is known by its name."""

    text = N_("Enter a name for this kind of equipment.")


class PlanNameTaken(Refusal):
    """Two plans do not share a name."""

    text = N_("There is a plan “{name}” already.")


class PlanNameMissing(Refusal):
    """A plan is known by its name."""

    text = N_("Enter a name for the plan, such as “3rd floor”.")


class PlanInUse(Refusal):
    """What a plan shows would lose its place."""

    text = N_("{count} pieces are marked on this plan. Take them off it first.")


class ServicedTwice(Refusal):
    """One service a day is enough."""

    text = N_("Number {label} has such an entry on this day already.")


class Scrapped(Refusal):
    """What was scrapped is not serviced any more."""

    text = N_("Number {label} has been scrapped.")


class LabelUnknown(Refusal):
    """No piece bears this label."""

    text = N_("No equipment bears the number {label}.")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is told of a piece of equipment."""

    kind_id: int
    place: str
    model: str = ""
    made_on: date | None = None
    note: str = ""


class Equipment(Service):
    """What one person can do with the equipment."""

    @needs(Right.SEE_SAFETY)
    def ledger(self) -> Ledger:
        """Return all equipment, its kinds, and the plans on which it is shown."""
        with self._reading() as session:
            lines = ledger_in(session, self._today())
            ids = [line.equipment_id for line in lines]
            return Ledger(
                lines,
                kinds_in(session),
                plans_in(session),
                contracts_in(session),
                marks_of_in(session, Origin.EQUIPMENT, ids, self._clock()),
            )

    @needs(Right.SEE_SAFETY)
    def by_label(self, typed: str) -> int:
        """Return the piece whose label was typed or scanned."""
        number = rules.read_label(typed)
        with self._reading() as session:
            if session.get(EquipmentRow, number) is None:
                raise LabelUnknown(label=label(number))
        return number

    @needs(Right.CHANGE_SAFETY)
    def add(self, piece: Piece, count: int = 1) -> list[int]:
        """Enter new equipment, several alike at once; return their numbers."""
        if not 1 <= count <= MOST_AT_ONCE:
            raise TooManyAtOnce(most=MOST_AT_ONCE)
        with self._writing() as session:
            rows = [EquipmentRow() for _each in range(count)]
            for row in rows:
                self._fill(row, piece)
            session.add_all(rows)
            session.flush()
            return [row.id for row in rows]

    @needs(Right.CHANGE_SAFETY)
    def change(self, equipment_id: int, piece: Piece) -> None:
        """Correct what is told of a piece."""
        with self._writing() as session:
            self._fill(session.get_one(EquipmentRow, equipment_id), piece)

    @needs(Right.CHANGE_SAFETY)
    def put_on_plan(self, equipment_id: int, plan_id: int, x: int, y: int) -> None:
        """Mark on a plan where a piece hangs."""
        with self._writing() as session:
            row = session.get_one(EquipmentRow, equipment_id)
            row.plan_id, row.x, row.y = plan_id, x, y

    @needs(Right.CHANGE_SAFETY)
    def take_off_plan(self, equipment_id: int) -> None:
        """Mark a piece on no plan any more."""
        with self._writing() as session:
            row = session.get_one(EquipmentRow, equipment_id)
            row.plan_id = row.x = row.y = None

    @needs(Right.CHANGE_SAFETY)
    def record(self, equipment_ids: Sequence[int], done: Done) -> int:
        """Note one service, test or repair of several pieces; return how many."""
        with self._writing() as session:
            for number in equipment_ids:
                row = session.get_one(EquipmentRow, number)
                self._record(session, row, done)
        return len(equipment_ids)

    @needs(Right.CHANGE_SAFETY)
    def remove_service(self, service_id: int) -> None:
        """Remove a service that was entered by mistake."""
        with self._writing() as session:
            session.delete(session.get_one(EquipmentServiceRow, service_id))

    @needs(Right.CHANGE_SAFETY)
    def open_hazard(self, equipment_id: int, item: str, severity: Severity) -> int:
        """Enter what is wrong with a piece as a hazard; return its id."""
        with self._writing() as session:
            row = session.get_one(EquipmentRow, equipment_id)
            new = NewHazard(
                item.strip(),
                f"{label(row.id)} {row.place}",
                severity,
                Origin.EQUIPMENT,
                row.id,
            )
            return open_hazard_in(session, new, self._clock(), self._user)

    @needs(Right.CHANGE_SAFETY)
    def scrap(self, equipment_id: int, day: date, reason: str) -> None:
        """Note that a piece was scrapped; it stays in the ledger."""
        with self._writing() as session:
            row = session.get_one(EquipmentRow, equipment_id)
            if day > self._today() or (row.made_on and day < row.made_on):
                raise rules.ScrappedEarly
            row.scrapped_on, row.scrap_reason = day, reason.strip()

    @needs(Right.CHANGE_SAFETY)
    def take_back_scrapping(self, equipment_id: int) -> None:
        """Take a piece back into use that was scrapped by mistake."""
        with self._writing() as session:
            row = session.get_one(EquipmentRow, equipment_id)
            row.scrapped_on, row.scrap_reason = None, ""

    @needs(Right.CHANGE_SAFETY)
    def save_kind(self, kind: Kind) -> int:
        """Add a kind of equipment or change its intervals; return its number."""
        rules.check_kind(kind)
        name = kind.name.strip()
        if not name:
            raise KindNameMissing
        with self._writing() as session:
            same = session.scalar(
                select(EquipmentKindRow).where(EquipmentKindRow.name == name)
            )
            if same is not None and same.id != kind.kind_id:
                raise KindNameTaken(name=name)
            row = session.get(EquipmentKindRow, kind.kind_id)
            if row is None:
                last = session.scalar(select(func.max(EquipmentKindRow.position))) or 0
                row = EquipmentKindRow(code=f"own-{last + 1}", position=last + 1)
            _fill_kind(row, kind)
            row.name = name
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_SAFETY)
    def add_plan(self, name: str, picture: NewPicture) -> int:
        """Keep the plan of a floor; return its number."""
        with self._writing() as session:
            said = name.strip()
            if not said:
                raise PlanNameMissing
            if session.scalar(select(FloorPlanRow).where(FloorPlanRow.name == said)):
                raise PlanNameTaken(name=said)
            now = self._now()
            picture_id = add_picture(session, picture, now, self._user.name)
            last = session.scalar(select(func.max(FloorPlanRow.position))) or 0
            row = FloorPlanRow(name=said, picture_id=picture_id, position=last + 1)
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_SAFETY)
    def remove_plan(self, plan_id: int) -> None:
        """Remove a plan that shows nothing any more."""
        with self._writing() as session:
            count = session.scalar(
                select(func.count())
                .select_from(EquipmentRow)
                .where(EquipmentRow.plan_id == plan_id)
            )
            if count:
                raise PlanInUse(count=count)
            session.delete(session.get_one(FloorPlanRow, plan_id))

    @needs(Right.SEE_SAFETY)
    def today(self, day: date) -> list[Concern]:
        """Tell which equipment has to be scrapped, serviced or mended."""
        with self._reading() as session:
            return concerns(ledger_in(session, day))

    def _fill(self, row: EquipmentRow, piece: Piece) -> None:
        if not piece.place.strip():
            raise PlaceMissing
        if piece.made_on and piece.made_on > self._today():
            raise rules.MadeLater
        row.equipment_kind_id, row.place = piece.kind_id, piece.place.strip()
        row.model, row.made_on = piece.model.strip(), piece.made_on
        row.note = piece.note.strip()

    def _record(self, session: Session, row: EquipmentRow, done: Done) -> None:
        if row.scrapped_on:
            raise Scrapped(label=label(row.id))
        rules.check_done(done, row.made_on, label(row.id), self._today())
        same = select(EquipmentServiceRow).where(
            EquipmentServiceRow.equipment_id == row.id,
            EquipmentServiceRow.day == done.day,
            EquipmentServiceRow.kind == done.kind,
        )
        if session.scalar(same) is not None:
            raise ServicedTwice(label=label(row.id))
        session.add(
            EquipmentServiceRow(
                equipment_id=row.id,
                day=done.day,
                kind=done.kind,
                is_passed=done.is_passed,
                by=done.by.strip(),
                next_on=done.next_on,
                note=done.note.strip(),
            )
        )


_TEXTS = {
    Matter.SCRAP: (
        N_("{count} {count:piece|pieces} of equipment past the day of scrapping"),
        N_("{count} {count:piece|pieces} of equipment to be scrapped soon"),
    ),
    Matter.SERVICE: (
        N_("{count} {count:piece|pieces} of equipment past the day of service"),
        N_("{count} {count:piece|pieces} of equipment to be serviced soon"),
    ),
    Matter.FAILED: (
        N_("{count} {count:piece|pieces} of equipment did not pass and still hang"),
        N_("{count} {count:piece|pieces} of equipment did not pass and still hang"),
    ),
}


def concerns(lines: Sequence[Line]) -> list[Concern]:
    """Tell one line for each matter that is overdue, and one for what comes soon."""
    found = []
    for matter, texts in _TEXTS.items():
        for press, urgency, text in (
            (Press.OVERDUE, Urgency.LATE, texts[0]),
            (Press.SOON, Urgency.SOON, texts[1]),
        ):
            count = sum(
                any(due.matter is matter and due.press is press for due in line.dues)
                for line in lines
            )
            if count:
                told = words(text, count=count)
                found.append(
                    Concern(
                        words(N_("Fire safety")),
                        told,
                        urgency,
                        Target(EQUIPMENT, matter),
                        Role.SAFETY_OFFICER,
                        count=count,
                    )
                )
    return found


def _fill_kind(row: EquipmentKindRow, kind: Kind) -> None:
    """Fill in a kind; intervals that the home changed are its own proposal."""
    told = (kind.first_months, kind.again_months, kind.scrap_months)
    changed = told != (row.first_months, row.again_months, row.scrap_months)
    row.first_months, row.again_months, row.scrap_months = told
    row.sureness = "ours" if changed else kind.sureness
    row.mark, row.source = kind.mark.strip(), kind.source.strip()
    row.warn_days, row.is_active = kind.warn_days, kind.is_active
    row.contract_id = kind.contract_id
