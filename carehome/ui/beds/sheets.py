"""What can be changed of a building, a floor, a room or a bed: one form each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from carehome.i18n import _
from carehome.rules.beds import GENDER_RULE_NAMES, RoomMixed
from carehome.rules.days import Sense
from carehome.rules.residents import NotComeYet
from carehome.services.beds import Beds, BoardFloor, BoardRoom, Building
from carehome.services.beds.places import ClassFixed, PlaceExists, PlaceNameless
from carehome.services.beds.there import GoneBeforeThere, StillHeld
from carehome.ui.beds.house import House, Spot
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import CheckField, ChoiceField, TextField
from carehome.ui.kit.forms import Form

NAMED = (PlaceExists, PlaceNameless)  # what may be wrong with the name of a place


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of one place, what is stored when it is saved, and how it goes away.

    `draft` names what is half typed in it, `adds` what can be added within the place;
    that is empty when nothing can.
    """

    title: str
    form: Form
    change: Callable[[dict[str, Any]], "partial[None]"]
    remove: "partial[None]"
    draft: str
    adds: str = ""


def sheet_of_building(beds: Beds, building: Building) -> Sheet:
    """Return the sheet of a building: its name."""
    form = Form()
    name = form.add("name", TextField(_("Name of the building")), blame=NAMED)
    name.set_value(building.name)
    number = building.building_id
    return Sheet(
        _("Building {name}").format(name=building.name),
        form,
        lambda values: partial(beds.rename_building, number, values["name"]),
        partial(beds.remove_building, number),
        f"building:{number}",
        _("Add a floor"),
    )


def sheet_of_floor(beds: Beds, floor: BoardFloor, house: House) -> Sheet:
    """Return the sheet of a floor: its name and care unit."""
    form = Form()
    name = form.add("name", TextField(_("Name of the floor")), blame=NAMED)
    name.set_value(floor.name)
    units = house.units_with(floor)
    form.add("unit", ChoiceField(_("Care unit"), units, needed=False))
    form.fields["unit"].set_value(floor.unit or None)
    number = floor.floor_id
    return Sheet(
        _("Floor {name}").format(name=floor.name),
        form,
        lambda values: partial(
            beds.change_floor, number, values["name"], values["unit"] or ""
        ),
        partial(beds.remove_floor, number),
        f"floor-file:{number}",
        _("Add rooms"),
    )


def sheet_of_room(beds: Beds, room: BoardRoom) -> Sheet:
    """Return the sheet of a room: its name and whom it takes."""
    form = Form()
    name = form.add("name", TextField(_("Room")), blame=NAMED)
    name.set_value(room.name)
    rule = form.add("rule", rule_field(), blame=(RoomMixed,))
    rule.set_value(room.gender_rule)
    number = room.room_id
    return Sheet(
        _("Room {name}").format(name=room.name),
        form,
        lambda values: partial(
            beds.change_room, number, values["name"], values["rule"]
        ),
        partial(beds.remove_room, number),
        f"room-file:{number}",
        _("Add a bed"),
    )


def sheet_of_bed(beds: Beds, spot: Spot, house: House) -> Sheet:
    """Return the sheet of a bed: its label, class, kind, and when it was there."""
    bed, number = spot.bed, spot.bed.bed_id
    form = Form()
    label = form.add("label", TextField(_("Label")), blame=NAMED)
    label.set_value(bed.label)
    classes = ChoiceField(_("Bed class"), house.classes_with(bed))
    form.add("bed_class", classes, blame=(ClassFixed,))
    classes.set_value(bed.bed_class)
    form.add("nursing", nursing_field()).set_value(bed.is_nursing_bed)
    day, hint = house.board.day, _("Empty: as long as the home.")
    since = DateField(_("There since"), day, needed=False, hint=hint, sense=Sense.PAST)
    form.add("since", since).set_value(bed.since)
    hint = _("Empty: still there. From that day on it counts no more.")
    until = DateField(_("Gone since"), day, needed=False, hint=hint, sense=Sense.PAST)
    blamed = (GoneBeforeThere, StillHeld, NotComeYet)
    form.add("until", until, blame=blamed).set_value(bed.until)
    return Sheet(
        _("Bed {name}").format(name=bed.bed),
        form,
        lambda values: partial(
            beds.change_bed,
            number,
            values["label"],
            values["bed_class"],
            bool(values["nursing"]),
            values["since"],
            values["until"],
        ),
        partial(beds.remove_bed, number),
        f"bed-file:{number}",
    )


def rule_field() -> ChoiceField:
    """Return the field that says whom a room takes."""
    rules = {code: _(name) for code, name in GENDER_RULE_NAMES.items()}
    return ChoiceField(_("Who may live there"), rules)


def nursing_field() -> CheckField:
    """Return the field that says whether a bed is a nursing bed."""
    return CheckField(_("Nursing bed"), _("This is a nursing bed"))
