"""Admission: a chain of steps that can be left and taken up again."""

from carehome.services.admissions.service import (
    AdmissionClosed,
    Admissions,
    AdmissionUnderWay,
    StepMissing,
)
from carehome.services.admissions.state import (
    STEP_NAMES,
    AdmissionLine,
    AdmissionState,
    Step,
    Terms,
)

__all__ = [
    "STEP_NAMES",
    "AdmissionClosed",
    "AdmissionLine",
    "AdmissionState",
    "AdmissionUnderWay",
    "Admissions",
    "Step",
    "StepMissing",
    "Terms",
]
