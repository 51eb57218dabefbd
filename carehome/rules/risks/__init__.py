"""Risks of daily care (GB 38600): what opens them, how they are judged, when anew."""

from carehome.rules.risks.due import NEED_NAMES, Due, Need, due, is_fresh, past
from carehome.rules.risks.form import (
    Opening,
    RiskForm,
    form_in_force,
    forms,
    openings,
    passing_signs,
    ticked_signs,
)
from carehome.rules.risks.judging import (
    Answer,
    Answers,
    check_answer,
    check_assessor,
    check_ended,
    check_finished,
    check_signed,
    check_told,
)
from carehome.rules.risks.kinds import (
    GROUND_NAMES,
    LEVEL_NAMES,
    RISK_NAMES,
    Ground,
    Level,
    Risk,
    said,
)

__all__ = [
    "GROUND_NAMES",
    "LEVEL_NAMES",
    "NEED_NAMES",
    "RISK_NAMES",
    "Answer",
    "Answers",
    "Due",
    "Ground",
    "Level",
    "Need",
    "Opening",
    "Risk",
    "RiskForm",
    "check_answer",
    "check_assessor",
    "check_ended",
    "check_finished",
    "check_signed",
    "check_told",
    "due",
    "form_in_force",
    "forms",
    "is_fresh",
    "openings",
    "passing_signs",
    "past",
    "said",
    "ticked_signs",
]
