"""Reading the list of staff that a home keeps in Excel, as rolls of residents are."""

from carehome.rules.staff_roll.check import StaffRoll, choose, read
from carehome.rules.staff_roll.columns import StaffHeading, find
from carehome.rules.staff_roll.rows import StaffRow
from carehome.rules.staff_roll.words import LABELS, Field, StaffWords, shipped

__all__ = [
    "LABELS",
    "Field",
    "StaffHeading",
    "StaffRoll",
    "StaffRow",
    "StaffWords",
    "choose",
    "find",
    "read",
    "shipped",
]
