"""Departures: leaving for good, from the order to the papers."""

from carehome.services.departures.deeds import (
    AlreadySettled,
    ApprovalMissing,
    ClaimByDirector,
    Deductions,
    DepartureClosed,
    DepartureUnderWay,
    Giving,
    Order,
    PapersMissing,
    StepMissing,
    WayMissing,
)
from carehome.services.departures.gone import Gone
from carehome.services.departures.money import (
    DepartureMoney,
    Settlement,
    Unbilled,
)
from carehome.services.departures.movements import Movement
from carehome.services.departures.service import Departures
from carehome.services.departures.signers import Signature
from carehome.services.departures.state import (
    DepartureLine,
    DepartureState,
    PaperTick,
)

__all__ = [
    "AlreadySettled",
    "ApprovalMissing",
    "ClaimByDirector",
    "Deductions",
    "DepartureClosed",
    "DepartureLine",
    "DepartureMoney",
    "DepartureState",
    "DepartureUnderWay",
    "Departures",
    "Giving",
    "Gone",
    "Movement",
    "Order",
    "PaperTick",
    "PapersMissing",
    "Settlement",
    "Signature",
    "StepMissing",
    "Unbilled",
    "WayMissing",
]
