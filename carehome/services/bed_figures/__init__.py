"""Bed days, occupancy, comings and goings, and the share of nursing beds."""

from carehome.services.bed_figures.reading import By, FigureLine, Figures, Nursing
from carehome.services.bed_figures.service import BedFigures

__all__ = ["BedFigures", "By", "FigureLine", "Figures", "Nursing"]
