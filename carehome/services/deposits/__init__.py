"""Deposits: money held for residents in a dedicated account, never above the cap."""

from carehome.services.deposits.outward import MoreThanOwed, OfAnEstate
from carehome.services.deposits.service import (
    BankedTooEarly,
    DepositEntry,
    Deposits,
    bank_in,
    entries_in,
    open_in,
    over_held_in,
)
from carehome.services.deposits.standings import (
    DepositStanding,
    OverHeldDeposit,
    standing_in,
)

__all__ = [
    "BankedTooEarly",
    "DepositEntry",
    "DepositStanding",
    "Deposits",
    "MoreThanOwed",
    "OfAnEstate",
    "OverHeldDeposit",
    "bank_in",
    "entries_in",
    "open_in",
    "over_held_in",
    "standing_in",
]
