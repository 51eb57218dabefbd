"""What the home claims of subsidies, and benefits that do not go together."""

from carehome.services.subsidies.claims import SubsidyClaim, SubsidyMoney
from carehome.services.subsidies.overlaps import Overlap, Overlaps
from carehome.services.subsidies.service import SHOWS, Setup, Subsidies, Summary

__all__ = [
    "SHOWS",
    "Overlap",
    "Overlaps",
    "Setup",
    "Subsidies",
    "SubsidyClaim",
    "SubsidyMoney",
    "Summary",
]
