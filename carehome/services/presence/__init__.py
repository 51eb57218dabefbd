"""Who is here now, who is out, and how everybody is brought out."""

from carehome.services.presence.people import (
    Coming,
    Floor,
    Here,
    Leaving,
    Out,
    Somebody,
    Told,
)
from carehome.services.presence.service import NoWay, Presence

__all__ = [
    "Coming",
    "Floor",
    "Here",
    "Leaving",
    "NoWay",
    "Out",
    "Presence",
    "Somebody",
    "Told",
]
