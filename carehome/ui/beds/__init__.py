"""Beds: board, list, a bed's file, moving people, and the places beds stand in."""

from carehome.ui.beds.page import SHOWS, BedsPage

__all__ = ["SHOWS", "BedsPage"]
