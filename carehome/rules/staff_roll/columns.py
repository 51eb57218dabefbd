"""Finding the titles of a list of staff, and what each column tells."""

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.roll.lists import (
    ListHeading,
    NoTitles,
    best_heading,
    heading_at,
)
from carehome.rules.sheets import Sheet
from carehome.rules.staff_roll.words import LABELS, Field, StaffWords, shipped

StaffHeading = ListHeading[Field]


class NoStaffRoll(NoTitles):
    """No row of the sheet looks like the titles of a list of staff."""

    text = N_(
        "No row with column titles was found in the sheet “{sheet}”. A list of staff "
        "needs the titles name, post and day of coming in one row."
    )


class StaffColumnsMissing(Refusal):
    """The titles were found, but what is needed is not among them."""

    text = N_(
        "The sheet “{sheet}” has no column for: {columns}. Add the column, or say "
        "which column it is."
    )


def find(sheet: Sheet, words: StaffWords | None = None) -> StaffHeading:
    """Return the row that tells most fields; raise NoStaffRoll when none does."""
    found = best_heading(sheet, (words or shipped()).titles)
    if found is None:
        raise NoStaffRoll(sheet=sheet.name)
    return found


def at(sheet: Sheet, row: int) -> StaffHeading:
    """Return the heading in a row of titles, whichever a person points at."""
    return heading_at(sheet, row, shipped().titles)


def check(sheet: Sheet, heading: StaffHeading) -> None:
    """Raise StaffColumnsMissing unless all that is needed has a column."""
    if heading.missing:
        columns = _(", ").join(_(LABELS[field]) for field in heading.missing)
        raise StaffColumnsMissing(sheet=sheet.name, columns=columns)
