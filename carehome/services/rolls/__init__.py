"""Rolls of residents: checked against the home, read in whole, taken back whole."""

from carehome.services.rolls.service import (
    BedsMissing,
    CheckedRoll,
    NothingToRead,
    RollImport,
    Rolls,
    read_sheets,
)

__all__ = [
    "BedsMissing",
    "CheckedRoll",
    "NothingToRead",
    "RollImport",
    "Rolls",
    "read_sheets",
]
