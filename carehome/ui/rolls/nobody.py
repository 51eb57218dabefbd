"""The rows of a roll that are nobody, and why."""

from carehome.i18n import N_, _
from carehome.rules.roll import Roll

WHY = {
    "heading": N_("The titles again; nobody."),
    "sum": N_("A row that sums up or is signed; nobody."),
    "section": N_("A row that divides the roll; nobody."),
    "vacant": N_("No name and no number: taken for an empty row."),
}


def nobody(roll: Roll) -> dict[int, str]:
    """Say for each row that is nobody why it is none."""
    return {each.sheet_row: _(WHY[each.why]) for each in roll.skipped}
