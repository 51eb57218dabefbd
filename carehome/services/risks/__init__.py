"""Risks of residents: assessed, guarded against, told and signed."""

from carehome.services.risks.service import Risks
from carehome.services.risks.standings import at_risk_in, levels_in
from carehome.services.risks.today import RISK, RISKS
from carehome.services.risks.values import (
    AssessmentLine,
    AtRiskLine,
    DueLine,
    Head,
    MeasureLine,
    ResidentRisks,
    RiskState,
    Telling,
)

__all__ = [
    "RISK",
    "RISKS",
    "AssessmentLine",
    "AtRiskLine",
    "DueLine",
    "Head",
    "MeasureLine",
    "ResidentRisks",
    "RiskState",
    "Risks",
    "Telling",
    "at_risk_in",
    "levels_in",
]
