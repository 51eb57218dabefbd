"""The waiting list: who waits, in which order and why, and what was offered."""

from carehome.services.waiting.entries import Application, Offer, WaitingLine
from carehome.services.waiting.service import Candidate, PassedOver, WaitingList
from carehome.services.waiting.words import why

__all__ = [
    "Application",
    "Candidate",
    "Offer",
    "PassedOver",
    "WaitingLine",
    "WaitingList",
    "why",
]
