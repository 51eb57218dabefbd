"""Reading the roll of residents that a home keeps in Excel."""

from carehome.rules.roll.check import GradeWord, Roll, Skipped, read
from carehome.rules.roll.columns import Heading, choose, find
from carehome.rules.roll.faults import Finding
from carehome.rules.roll.places import Place
from carehome.rules.roll.rows import Contact, RollRow
from carehome.rules.roll.words import LABELS, Field, Words, shipped

__all__ = [
    "LABELS",
    "Contact",
    "Field",
    "Finding",
    "GradeWord",
    "Heading",
    "Place",
    "Roll",
    "RollRow",
    "Skipped",
    "Words",
    "choose",
    "find",
    "read",
    "shipped",
]
