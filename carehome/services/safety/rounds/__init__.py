"""Rounds of fire safety: what is due, how it was made, what was missed."""

from carehome.rules.safety.rounds import STATE_NAMES, VERDICT_NAMES, RoundState, Verdict
from carehome.services.safety.rounds.lists import due_in, missed_in, rounds_in
from carehome.services.safety.rounds.service import Rounds
from carehome.services.safety.rounds.sheets import sheet_in
from carehome.services.safety.rounds.values import (
    Answer,
    Board,
    DueLine,
    RoundLine,
    RoundList,
    Sheet,
    SheetItem,
)

__all__ = [
    "STATE_NAMES",
    "VERDICT_NAMES",
    "Answer",
    "Board",
    "DueLine",
    "RoundLine",
    "RoundList",
    "RoundState",
    "Rounds",
    "Sheet",
    "SheetItem",
    "Verdict",
    "due_in",
    "missed_in",
    "rounds_in",
    "sheet_in",
]
