"""Rosters: the month of the home, who works what, its wishes, changes and weights."""

from carehome.services.rosters.log import Accepted, CellChange
from carehome.services.rosters.months import RosterMonth, month_in
from carehome.services.rosters.publishing import Obstacle
from carehome.services.rosters.service import Rosters
from carehome.services.rosters.wishes import NewWish, WishLine
from carehome.services.rosters.writing import Mark, put_in

__all__ = [
    "Accepted",
    "CellChange",
    "Mark",
    "NewWish",
    "Obstacle",
    "RosterMonth",
    "Rosters",
    "WishLine",
    "month_in",
    "put_in",
]
