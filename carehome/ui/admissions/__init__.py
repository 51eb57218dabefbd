"""Admission: a chain of steps that can be left and taken up again."""

from carehome.ui.admissions.page import AdmissionsPage

__all__ = ["AdmissionsPage"]
