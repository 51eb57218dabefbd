"""Departures: the list of who leaves or is not through, and the chain of steps."""

from carehome.ui.departures.page import DeparturesPage

__all__ = ["DeparturesPage"]
