"""Beds: the house they stand in, who has them, what they are on a day."""

from carehome.services.beds.board import (
    Board,
    BoardBed,
    BoardFloor,
    BoardRoom,
    Counts,
    FreeBed,
    Holder,
)
from carehome.services.beds.closures import Closing, Closures, Expected
from carehome.services.beds.kept import KeptBed, KeptBeds, KeptLine, Leave
from carehome.services.beds.moves import MovePreview
from carehome.services.beds.places import Building, NewBed
from carehome.services.beds.service import Beds
from carehome.services.beds.uses import UseLine

__all__ = [
    "Beds",
    "Board",
    "BoardBed",
    "BoardFloor",
    "BoardRoom",
    "Building",
    "Closing",
    "Closures",
    "Counts",
    "Expected",
    "FreeBed",
    "Holder",
    "KeptBed",
    "KeptBeds",
    "KeptLine",
    "Leave",
    "MovePreview",
    "NewBed",
    "UseLine",
]
