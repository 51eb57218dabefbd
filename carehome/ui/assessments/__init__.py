"""Screens of ability assessments."""

from carehome.ui.assessments.page import AssessmentsPage

__all__ = ["AssessmentsPage"]
