"""Adding buildings, floors, rooms and beds; rooms are shown before they are made."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import _
from carehome.rules import beds as rules
from carehome.services.beds import (
    Beds,
    Board,
    BoardFloor,
    BoardRoom,
    Building,
    Counts,
    NewBed,
)
from carehome.ui.beds.board import BedBoard
from carehome.ui.beds.house import House
from carehome.ui.beds.sheets import NAMED, nursing_field, rule_field
from carehome.ui.beds.sketch import sketched
from carehome.ui.kit import theme
from carehome.ui.kit.fields import ChoiceField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog


class AddBuilding(DeedDialog):
    """Asks for the name of a new building."""

    def __init__(self, beds: Beds, jobs: Jobs, parent: QWidget) -> None:
        form = Form()
        name = TextField(_("Name of the building"), hint=_("Such as: Building 1."))
        form.add("name", name, blame=NAMED)

        def deed(values: dict[str, Any]) -> "partial[int]":
            return partial(beds.add_building, values["name"])

        title, do = _("Add a building"), _("Add")
        super().__init__(title, form, do, jobs, deed, parent, "building:0")


class AddFloor(DeedDialog):
    """Asks for a new floor of a building."""

    def __init__(
        self,
        building: Building,
        house: House,
        beds: Beds,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        form = Form()
        level = NumberField(_("Level"), check=rules.check_level)
        form.add("level", level, blame=(rules.BelowGround,))
        level.set_value(_next_level(building, house))
        name = TextField(_("Name of the floor"), hint=_("As people say it."))
        form.add("name", name, blame=NAMED)
        form.add("unit", ChoiceField(_("Care unit"), house.units, needed=False))

        def deed(values: dict[str, Any]) -> "partial[int]":
            name, unit = values["name"], values["unit"] or ""
            add = beds.add_floor
            return partial(add, building.building_id, name, values["level"], unit)

        title = _("Add a floor to {building}").format(building=building.name)
        draft = f"floor:{building.building_id}"
        super().__init__(title, form, _("Add"), jobs, deed, parent, draft)


class AddRooms(DeedDialog):
    """Asks for rooms typed like 301-312 and shows them as the board will."""

    def __init__(
        self, floor: BoardFloor, house: House, beds: Beds, jobs: Jobs, parent: QWidget
    ) -> None:
        form = Form()
        self._floor = floor
        self._house = house
        hint = _("Such as 301-312, or 301, 303, A05.")
        rooms = TextField(_("Rooms"), hint=hint, check=self._check, most=200)
        blame = (*NAMED, rules.BadRange, rules.TooMany)
        self.rooms = form.add("rooms", rooms, blame=blame)
        each = NumberField(_("Beds each"), check=rules.check_beds_each)
        self.each = form.add("beds_each", each)
        self.each.set_value(2)
        form.add("bed_class", ChoiceField(_("Bed class"), house.classes))
        form.add("gender_rule", rule_field()).set_value("any")
        form.add("is_nursing_bed", nursing_field())
        self.summary = QLabel()
        self.preview = BedBoard(carrying=False)

        def deed(values: dict[str, Any]) -> "partial[list[int]]":
            return partial(beds.add_rooms, floor.floor_id, **values)

        title = _("Add rooms to {floor}").format(floor=house.place(floor))
        draft = f"rooms:{floor.floor_id}"
        super().__init__(title, form, _("Add"), jobs, deed, parent, draft)
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setFixedHeight(theme.px(210))
        self.setMinimumWidth(theme.px(640))
        theme.mark(self.summary, "heading")
        self.body.addWidget(self.summary)
        self.body.addWidget(self.preview)
        form.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        """Show what would be made of what is typed so far."""
        floor = self._made()
        shown = Board(self._house.board.day, (floor,) if floor.rooms else (), Counts())
        self.preview.show_house(House(shown))
        self.preview.empty.say(_("The rooms to be made are shown here."), "")
        text = _("{rooms} {rooms:room|rooms} with {beds} {beds:bed|beds} will be made")
        told = text.format(rooms=len(floor.rooms), beds=floor.counts.beds)
        self.summary.setText(told if floor.rooms else _("What will be made"))

    def _made(self) -> BoardFloor:
        """Return the floor as it would be with only the new rooms."""
        values, classes = self.form.values(), self._house.classes
        if self.rooms.problem() or self.each.problem():
            return replace(self._floor, rooms=(), counts=Counts())
        kind = values["bed_class"] or ""
        rooms = sketched(
            rules.rooms_of(values["rooms"]),
            values["beds_each"],
            kind,
            classes.get(kind, ""),
            bool(values["is_nursing_bed"]),
            values["gender_rule"] or "any",
        )
        total = sum(len(room.beds) for room in rooms)
        counts = Counts(beds=total, free=total)
        return replace(self._floor, rooms=rooms, counts=counts)

    def _check(self, typed: str) -> None:
        """Refuse what is no list of rooms, and rooms that are there already."""
        rules.check_rooms(typed, {room.name for room in self._floor.rooms})


class AddBed(DeedDialog):
    """Asks for one more bed in a room."""

    def __init__(
        self,
        floor: BoardFloor,
        room: BoardRoom,
        house: House,
        beds: Beds,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        form = Form()
        label = form.add("label", TextField(_("Label")), blame=NAMED)
        label.set_value(_next_label(room))
        form.add("bed_class", ChoiceField(_("Bed class"), house.classes))
        form.add("nursing", nursing_field())
        if room.beds:
            last = room.beds[-1]
            form.set_values(
                {"bed_class": last.bed_class, "nursing": last.is_nursing_bed}
            )

        def deed(values: dict[str, Any]) -> "partial[list[int]]":
            bed = NewBed(
                floor.building,
                room.name,
                values["label"],
                values["bed_class"],
                floor.name,
                floor.level,
                room.gender_rule,
                bool(values["nursing"]),
            )
            return partial(beds.add_beds, [bed])

        title = _("Add a bed to room {room}").format(room=room.name)
        draft = f"bed:{room.room_id}"
        super().__init__(title, form, _("Add"), jobs, deed, parent, draft)


def _next_level(building: Building, house: House) -> int:
    same = [f for f in house.board.floors if f.building_id == building.building_id]
    return max((floor.level for floor in same), default=0) + 1


def _next_label(room: BoardRoom) -> str:
    numbers = [int(bed.label) for bed in room.beds if bed.label.isdecimal()]
    return str(max(numbers, default=0) + 1)
