"""Assessing the risks of somebody, wherever a screen begins it."""

from carehome.ui.parts.risks.dialog import RisksDialog, assess_risks, go_on, show_paper
from carehome.ui.parts.risks.hint import RiskHint
from carehome.ui.parts.risks.lists import AtRisk, RiskList, RisksDue
from carehome.ui.parts.risks.words import LEVEL_TONES, due_tone, due_words, levels_words

__all__ = [
    "LEVEL_TONES",
    "AtRisk",
    "RiskHint",
    "RiskList",
    "RisksDialog",
    "RisksDue",
    "assess_risks",
    "due_tone",
    "due_words",
    "go_on",
    "levels_words",
    "show_paper",
]
