"""The list of beds: one row a bed, for those who look for something or copy it."""

from datetime import date

from carehome.i18n import N_, _
from carehome.rules.beds import label_key
from carehome.services.beds import Holder
from carehome.ui.beds import faces
from carehome.ui.beds.house import Spot
from carehome.ui.kit import table
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import ability


class BedList(TableView[Spot]):
    """Lists beds; who may not see residents gets no columns of theirs."""

    def __init__(self, with_people: bool) -> None:
        people = _PEOPLE if with_people else ()
        columns = (*_BED, *people, *_PLACE, *_WIDE)
        model = TableModel(columns, key=lambda spot: spot.bed.bed_id)
        super().__init__(model, "beds", N_("List of beds"))

    def set_slim(self, slim: bool) -> None:
        """Leave room for the file beside the list, which tells the rest as well."""
        columns = self.table.columns
        wide = len(columns) - len(_WIDE)
        self.show_columns(wide if slim else len(columns))


def _held(spot: Spot) -> Holder | None:
    return spot.bed.holder


def _sex_and_age(spot: Spot) -> str | None:
    held = _held(spot)
    return faces.sex_and_age(held) if held else None


def _level(spot: Spot) -> int | None:
    held = _held(spot)
    return held.ability_level if held else None


def _ability(spot: Spot) -> str | None:
    return ability.word(_level(spot)) if _held(spot) else None


def _tone(spot: Spot) -> str | None:
    return ability.tone(_level(spot)) if _held(spot) else None


def _since(spot: Spot) -> date | None:
    held = _held(spot)
    return held.starts if held else None


def _name(spot: Spot) -> str | None:
    held = _held(spot)
    return held.name if held else None


_BED: tuple[Column[Spot], ...] = (
    Column(
        N_("Bed"),
        lambda spot: spot.bed.bed,
        bold=True,
        order=lambda spot: label_key(spot.bed.bed),
    ),
    Column(
        N_("State"),
        lambda spot: faces.state_word(spot.bed),
        chip=lambda spot: faces.state_tone(spot.bed),
    ),
)
_PEOPLE: tuple[Column[Spot], ...] = (
    Column(N_("Resident"), _name, bold=True),
    Column(N_("Sex and age"), _sex_and_age),
    Column(N_("Ability"), _ability, chip=_tone, order=_level),
)
_PLACE: tuple[Column[Spot], ...] = (
    table.day(N_("In this bed since"), _since),
    Column(N_("Bed class"), lambda spot: spot.bed.class_label),
)
_WIDE: tuple[Column[Spot], ...] = (
    Column(
        N_("Nursing bed"), lambda spot: _("Yes") if spot.bed.is_nursing_bed else None
    ),
    Column(
        N_("Floor"), lambda spot: spot.floor.name, order=lambda spot: spot.floor.level
    ),
    Column(N_("Men or women"), lambda spot: faces.room_rule(spot.room) or None),
    Column(N_("Note"), lambda spot: spot.bed.note or None, stretch=True),
)
