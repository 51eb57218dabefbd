"""Residents: who they are, where they stand, what is agreed and kept of them."""

from carehome.services.residents.file import LogLine, ResidentFile
from carehome.services.residents.index import (
    EVERYBODY,
    IN_HOUSE,
    Filters,
    ResidentIndex,
    ResidentLine,
)
from carehome.services.residents.papers import Paper
from carehome.services.residents.people import AlreadyKnown, Contact, Person
from carehome.services.residents.service import Residents
from carehome.services.residents.stays import Absence, Stay
from carehome.services.residents.terms import Agreement, GradeChange, MealChoice

__all__ = [
    "EVERYBODY",
    "IN_HOUSE",
    "Absence",
    "Agreement",
    "AlreadyKnown",
    "Contact",
    "Filters",
    "GradeChange",
    "LogLine",
    "MealChoice",
    "Paper",
    "Person",
    "ResidentFile",
    "ResidentIndex",
    "ResidentLine",
    "Residents",
    "Stay",
]
