"""Reading a list of equipment into the ledger, and the sheet to fill in for it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.equipment import EquipmentKindRow, EquipmentRow, EquipmentServiceRow
from carehome.i18n import speaking
from carehome.reports.equipment_sheet import write_sheet
from carehome.reports.roll import write_rejected
from carehome.rules import equipment_roll as rules
from carehome.rules.equipment_roll import EquipmentHeading, EquipmentRoll, PieceRow
from carehome.rules.equipment_roll.check import count_known, known_as
from carehome.rules.equipment_roll.columns import find
from carehome.rules.rights import Right
from carehome.rules.roll.lists import likeliest
from carehome.rules.roll.words import fold
from carehome.rules.safety.equipment import ServiceKind
from carehome.rules.sheets import Sheet
from carehome.services.rolls import NothingToRead
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class CheckedEquipment:
    """A list held against the ledger."""

    file_name: str
    roll: EquipmentRoll


class EquipmentRolls(Service):
    """What one person can do with lists of equipment."""

    @needs(Right.CHANGE_SAFETY)
    def check(
        self,
        file_name: str,
        sheets: tuple[Sheet, ...],
        sheet: Sheet | None = None,
        heading: EquipmentHeading | None = None,
    ) -> CheckedEquipment:
        """Hold a sheet against the ledger; the likeliest one unless one is named."""
        chosen = sheet or likeliest(sheets, find)[0]
        with self._reading() as session:
            home = _home_in(session)
        roll = rules.read(chosen, home, today=self._today(), heading=heading)
        return CheckedEquipment(file_name, roll)

    @needs(Right.CHANGE_SAFETY)
    def read_in(self, checked: CheckedEquipment) -> int:
        """Enter all good rows in one deed; return how many pieces they are."""
        good = checked.roll.good
        if not good:
            raise NothingToRead
        with self._writing() as session:
            pairs = [(row, _piece(row)) for row in good for _each in range(row.count)]
            session.add_all([piece for _row, piece in pairs])
            session.flush()
            services = [_service(row, piece.id) for row, piece in pairs]
            session.add_all([each for each in services if each is not None])
        return len(pairs)

    @needs(Right.CHANGE_SAFETY)
    @speaking()
    def write_rejected(self, checked: CheckedEquipment, path: Path) -> None:
        """Write the rows that were not read in as a workbook, each with its reasons."""
        write_rejected(path, checked.roll)

    @needs(Right.CHANGE_SAFETY)
    @speaking()
    def write_template(self, path: Path) -> None:
        """Write an empty sheet with the titles, and the kinds to choose from."""
        with self._reading() as session:
            names = [row.name for row in _kinds_in(session)]
        write_sheet(path, names)


def _kinds_in(session: Session) -> list[EquipmentKindRow]:
    order = select(EquipmentKindRow).order_by(EquipmentKindRow.position)
    return [row for row in session.scalars(order) if row.is_active]


def _home_in(session: Session) -> rules.Home:
    rows = _kinds_in(session)
    by_code = {row.code: row.id for row in rows}
    known = rules.shipped().kinds.items()
    kinds = {word: by_code[code] for word, code in known if code in by_code}
    kinds |= {fold(row.name): row.id for row in rows}
    hanging = session.scalars(
        select(EquipmentRow).where(EquipmentRow.scrapped_on.is_(None))
    )
    told = [
        known_as(row.equipment_kind_id, row.place, row.model, row.made_on)
        for row in hanging
    ]
    return rules.Home(kinds, count_known(told))


def _piece(row: PieceRow) -> EquipmentRow:
    assert row.kind_id is not None, "a good row has a kind"
    return EquipmentRow(
        equipment_kind_id=row.kind_id,
        place=row.place,
        model=row.model,
        made_on=row.made_on,
        note=row.note,
    )


def _service(row: PieceRow, equipment_id: int) -> EquipmentServiceRow | None:
    if row.served_on is None:
        return None
    return EquipmentServiceRow(
        equipment_id=equipment_id,
        day=row.served_on,
        kind=ServiceKind.SERVICE.value,
        by=row.by,
    )
