"""What one person can do with the beds."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from carehome.db.beds import BedRow, BuildingRow, FloorRow, RoomRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import beds as rules
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.beds import board, moves, places, there, uses
from carehome.services.beds import today as of_day
from carehome.services.beds.board import Board, FreeBed
from carehome.services.beds.moves import MovePreview
from carehome.services.beds.places import Building, NewBed
from carehome.services.beds.uses import UseLine
from carehome.services.service import Service, needs

CLOSED = "out_of_service"


class BedInUse(Refusal):
    """A bed somebody lives in is neither cleaned nor repaired."""

    text = N_("{resident} lives in bed {bed}. Move the resident first.")


class Beds(Service):
    """What one person can do with the beds."""

    @needs(Right.SEE_BEDS)
    def board(self, day: date) -> Board:
        """Return every bed on `day` with its state and resident, floor by floor.

        Who lives there is told only to those who may see residents.
        """
        with self._reading() as session:
            found = board.board_in(session, day, self._today())
        may_know = self._user.may(Right.SEE_RESIDENTS)
        return found if may_know else board.without_people(found)

    @needs(Right.SEE_BEDS)
    def today(self, day: date) -> list[Line]:
        """Tell how full the house is; how able people are, to who may know them."""
        found = self.board(day)
        if not found.counts.beds:
            return []
        if self._user.may(Right.SEE_RESIDENTS):
            return [of_day.house_figure(found)]
        return [of_day.tonight_figure(found)]

    @needs(Right.SEE_BEDS)
    def free_today(self, day: date) -> list[Line]:
        """Tell how many beds are free; which are not ready, to who can mend that."""
        found = self.board(day)
        if not found.counts.beds:
            return []
        may_mend = self._user.may(Right.CHANGE_BEDS)
        concerns = of_day.concerns(found, day) if may_mend else ()
        return [of_day.free_figure(found), *concerns]

    @needs(Right.ASSIGN_BEDS)
    def moves_today(self, day: date) -> list[Line]:
        """Tell who is to move to another bed."""
        with self._reading() as session:
            return list(of_day.moves_in(session, day))

    @needs(Right.SEE_BEDS)
    def free(self, start: date, ends: date | None = None) -> list[FreeBed]:
        """List the beds that are free on every day from `start` to `ends`."""
        with self._reading() as session:
            return board.free_in(session, start, ends)

    @needs(Right.SEE_RESIDENTS)
    def history(self, bed_id: int) -> list[UseLine]:
        """List who had a bed, newest first."""
        with self._reading() as session:
            return uses.lines_in(session, bed_id=bed_id)

    @needs(Right.SEE_RESIDENTS)
    def history_of(self, resident_id: int) -> list[UseLine]:
        """List the beds that a resident had, newest first."""
        with self._reading() as session:
            return uses.lines_in(session, resident_id=resident_id)

    @needs(Right.ASSIGN_BEDS)
    def preview_move(self, resident_id: int, bed_id: int, start: date) -> MovePreview:
        """Say what a move would mean, but for the money."""
        with self._reading() as session:
            return moves.preview_in(session, resident_id, bed_id, start, self._today())

    @needs(Right.ASSIGN_BEDS)
    def move(
        self, resident_id: int, bed_id: int, start: date, reason: str = ""
    ) -> None:
        """Move a resident to another bed from `start` on, at the latest today."""
        with self._writing() as session:
            uses.move_resident_in(
                session, resident_id, bed_id, start, self._today(), reason
            )

    @needs(Right.ASSIGN_BEDS)
    def reserve(
        self, resident_id: int, bed_id: int, start: date, ends: date | None
    ) -> int:
        """Promise a bed to a resident from `start` up to, but without, `ends`."""
        with self._writing() as session:
            return uses.reserve_in(session, resident_id, bed_id, start, ends)

    @needs(Right.ASSIGN_BEDS)
    def release(self, use_id: int) -> None:
        """Take a reservation back."""
        with self._writing() as session:
            uses.release_in(session, use_id)

    @needs(Right.CHANGE_BEDS)
    def send_cleaning(self, bed_id: int) -> None:
        """Note that an empty bed is being cleaned."""
        self._set_state(bed_id, "cleaning", "")

    @needs(Right.CHANGE_BEDS)
    def set_out_of_service(self, bed_id: int, note: str) -> None:
        """Note that an empty bed cannot be used, and why."""
        self._set_state(bed_id, CLOSED, note.strip())

    @needs(Right.CHANGE_BEDS)
    def set_ready(self, bed_id: int) -> None:
        """Note that a bed can be used again."""
        with self._writing() as session:
            bed = session.get_one(BedRow, bed_id)
            bed.state, bed.state_note = "ready", ""
            there.open_in(session, bed_id, self._today())

    def _set_state(self, bed_id: int, state: str, note: str) -> None:
        with self._writing() as session:
            bed = session.get_one(BedRow, bed_id)
            inside = board.people_in(session, BedRow.id == bed_id, self._today())
            if inside:
                name = places.bed_name_in(session, bed_id)
                raise BedInUse(resident=inside[0][0], bed=name)
            bed.state, bed.state_note = state, note
            note_days = there.close_in if state == CLOSED else there.open_in
            note_days(session, bed_id, self._today())

    @needs(Right.SEE_BEDS)
    def buildings(self) -> list[Building]:
        """List the buildings, also those without a floor."""
        with self._reading() as session:
            rows = session.scalars(select(BuildingRow).order_by(BuildingRow.id))
            return [Building(row.id, row.name) for row in rows]

    @needs(Right.SEE_BEDS)
    def floors(self) -> dict[int, str]:
        """Name the floors by id, each with its building where there are several."""
        query = select(FloorRow.id, FloorRow.name, BuildingRow.name).join(
            BuildingRow, FloorRow.building_id == BuildingRow.id
        )
        with self._reading() as session:
            ordered = query.order_by(BuildingRow.id, FloorRow.level, FloorRow.id)
            floors = session.execute(ordered).all()
        several = len({building for _id, _name, building in floors}) > 1
        return {
            floor_id: f"{building} {name}" if several else name
            for floor_id, name, building in floors
        }

    @needs(Right.CHANGE_BEDS)
    def add_building(self, name: str) -> int:
        """Add a building."""
        with self._writing() as session:
            return places.add_building_in(session, name)

    @needs(Right.CHANGE_BEDS)
    def add_floor(self, building_id: int, name: str, level: int, unit: str = "") -> int:
        """Add a floor above ground to a building."""
        with self._writing() as session:
            return places.add_floor_in(session, building_id, name, level, unit)

    @needs(Right.CHANGE_BEDS)
    def add_rooms(
        self,
        floor_id: int,
        rooms: str,
        beds_each: int,
        bed_class: str,
        gender_rule: str = "any",
        is_nursing_bed: bool = False,
    ) -> list[int]:
        """Add rooms typed like 301-312, each with the same number of beds."""
        with self._writing() as session:
            return places.add_rooms_in(
                session,
                floor_id,
                rules.rooms_of(rooms),
                beds_each,
                bed_class,
                gender_rule,
                is_nursing_bed,
                there.first_day_in(session, self._today()),
            )

    @needs(Right.CHANGE_BEDS)
    def add_beds(self, wanted: Sequence[NewBed]) -> list[int]:
        """Add single beds and whatever of their rooms and floors is lacking."""
        with self._writing() as session:
            since = there.first_day_in(session, self._today())
            return places.add_beds_in(session, wanted, since)

    @needs(Right.CHANGE_BEDS)
    def rename_building(self, building_id: int, name: str) -> None:
        """Give a building another name."""
        with self._writing() as session:
            places.rename_in(session, session.get_one(BuildingRow, building_id), name)

    @needs(Right.CHANGE_BEDS)
    def change_floor(self, floor_id: int, name: str, unit: str) -> None:
        """Give a floor another name and unit."""
        with self._writing() as session:
            row = session.get_one(FloorRow, floor_id)
            places.rename_in(session, row, name)
            row.unit = unit

    @needs(Right.CHANGE_BEDS)
    def change_room(self, room_id: int, name: str, gender_rule: str) -> None:
        """Give a room another name and rule on who may live in it."""
        with self._writing() as session:
            row = session.get_one(RoomRow, room_id)
            places.rename_in(session, row, name)
            inside = board.people_in(session, BedRow.room_id == room_id, self._today())
            rules.check_mixed(row.name, gender_rule, inside)
            row.gender_rule = gender_rule

    @needs(Right.CHANGE_BEDS)
    def change_bed(
        self,
        bed_id: int,
        label: str,
        bed_class: str,
        is_nursing_bed: bool,
        since: date | None = None,
        until: date | None = None,
    ) -> None:
        """Give a bed another label; another class only before anybody lived in it.

        It was there from `since` (None: as long as the home) and is gone from `until`.
        """
        with self._writing() as session:
            places.change_bed_in(session, bed_id, label, bed_class, is_nursing_bed)
            there.set_days_in(session, bed_id, since, until, self._today())

    @needs(Right.CHANGE_BEDS)
    def remove_bed(self, bed_id: int) -> None:
        """Remove a bed that nobody ever had."""
        with self._writing() as session:
            places.remove_bed_in(session, bed_id)

    @needs(Right.CHANGE_BEDS)
    def remove_room(self, room_id: int) -> None:
        """Remove a room without beds."""
        with self._writing() as session:
            places.remove_empty_in(session, session.get_one(RoomRow, room_id))

    @needs(Right.CHANGE_BEDS)
    def remove_floor(self, floor_id: int) -> None:
        """Remove a floor without rooms."""
        with self._writing() as session:
            places.remove_empty_in(session, session.get_one(FloorRow, floor_id))

    @needs(Right.CHANGE_BEDS)
    def remove_building(self, building_id: int) -> None:
        """Remove a building without floors."""
        with self._writing() as session:
            places.remove_empty_in(session, session.get_one(BuildingRow, building_id))
