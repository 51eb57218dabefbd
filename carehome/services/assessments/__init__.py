"""Ability assessments: made by two assessors, kept for good, due again in time."""

from carehome.services.assessments.levels import latest_in, level_on_in, levels_in
from carehome.services.assessments.service import Assessments
from carehome.services.assessments.values import (
    DRAFT,
    FINISHED,
    VOID,
    Assessed,
    AssessmentLine,
    AssessmentRules,
    AssessmentState,
    Difference,
    DraftLine,
    DueLine,
    Flag,
    GroupChange,
    Head,
    LevelPoint,
)

__all__ = [
    "DRAFT",
    "FINISHED",
    "VOID",
    "Assessed",
    "AssessmentLine",
    "AssessmentRules",
    "AssessmentState",
    "Assessments",
    "Difference",
    "DraftLine",
    "DueLine",
    "Flag",
    "GroupChange",
    "Head",
    "LevelPoint",
    "latest_in",
    "level_on_in",
    "levels_in",
]
