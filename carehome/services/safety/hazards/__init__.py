"""The register of hazards: what was found, until somebody else saw that it is gone."""

from carehome.services.safety.hazards.lines import (
    HazardFile,
    Mark,
    Shown,
    Step,
    hazards_in,
    marks_in,
    marks_of_in,
    rules_in,
)
from carehome.services.safety.hazards.opening import open_hazard_in
from carehome.services.safety.hazards.papers import HazardPapers
from carehome.services.safety.hazards.service import Hazards

__all__ = [
    "HazardFile",
    "HazardPapers",
    "Hazards",
    "Mark",
    "Shown",
    "Step",
    "hazards_in",
    "marks_in",
    "marks_of_in",
    "open_hazard_in",
    "rules_in",
]
