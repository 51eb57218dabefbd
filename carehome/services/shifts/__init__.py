"""What the home needs of people: kinds of shift, and how many each unit asks for."""

from carehome.services.shifts.demands import demands_of
from carehome.services.shifts.kinds import ShiftKind, shift_kinds_in
from carehome.services.shifts.service import (
    Board,
    KindLine,
    NeedLine,
    PostLacks,
    Shifts,
    UnitFloors,
)

__all__ = [
    "Board",
    "KindLine",
    "NeedLine",
    "PostLacks",
    "ShiftKind",
    "Shifts",
    "UnitFloors",
    "demands_of",
    "shift_kinds_in",
]
