"""Bed days, occupancy, comings and goings, and the share of nursing beds."""

from carehome.services.bed_figures.on_paper import notes, say_flow, say_nursing
from carehome.services.bed_figures.reading import (
    BY_NAMES,
    By,
    FigureLine,
    Figures,
    Nursing,
)
from carehome.services.bed_figures.service import BedFigures

__all__ = [
    "BY_NAMES",
    "BedFigures",
    "By",
    "FigureLine",
    "Figures",
    "Nursing",
    "notes",
    "say_flow",
    "say_nursing",
]
