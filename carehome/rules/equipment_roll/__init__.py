"""Reading the list of equipment that a home keeps in Excel, as rolls of staff are."""

from carehome.rules.equipment_roll.check import (
    EquipmentRoll,
    Home,
    PieceRow,
    read,
)
from carehome.rules.equipment_roll.columns import EquipmentHeading
from carehome.rules.equipment_roll.words import LABELS, Field, shipped

__all__ = [
    "LABELS",
    "EquipmentHeading",
    "EquipmentRoll",
    "Field",
    "Home",
    "PieceRow",
    "read",
    "shipped",
]
