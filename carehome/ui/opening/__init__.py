"""Furnishing a new home: rooms and beds, prices, residents."""

from carehome.ui.opening.page import OpeningPage, OpeningServices

__all__ = ["OpeningPage", "OpeningServices"]
