"""Finding the titles of a list of equipment, and what each column tells."""

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.equipment_roll.words import LABELS, Field, shipped
from carehome.rules.roll.lists import (
    ListHeading,
    NoTitles,
    best_heading,
    heading_at,
)
from carehome.rules.sheets import Sheet

EquipmentHeading = ListHeading[Field]


class NoEquipmentRoll(NoTitles):
    """No row of the sheet looks like the titles of a list of equipment."""

    text = N_(
        "No row with column titles was found in the sheet “{sheet}”. A list of "
        "equipment needs the titles kind and place in one row."
    )


class EquipmentColumnsMissing(Refusal):
    """The titles were found, but what is needed is not among them."""

    text = N_(
        "The sheet “{sheet}” lacks these columns of equipment: {columns}. Add them, or "
        "say which columns they are."
    )


def find(sheet: Sheet) -> EquipmentHeading:
    """Return the row that tells most fields; raise NoEquipmentRoll when none does."""
    found = best_heading(sheet, shipped().titles)
    if found is None:
        raise NoEquipmentRoll(sheet=sheet.name)
    return found


def at(sheet: Sheet, row: int) -> EquipmentHeading:
    """Return the heading in a row of titles, whichever a person points at."""
    return heading_at(sheet, row, shipped().titles)


def check(sheet: Sheet, heading: EquipmentHeading) -> None:
    """Raise EquipmentColumnsMissing unless all that is needed has a column."""
    if heading.missing:
        columns = _(", ").join(_(LABELS[field]) for field in heading.missing)
        raise EquipmentColumnsMissing(sheet=sheet.name, columns=columns)
