"""Rounds of fire safety: what is due, how it was made, what was missed."""

from carehome.services.safety.rounds.values import (
    STATE_NAMES,
    VERDICT_NAMES,
    Answer,
    Board,
    DueLine,
    RoundLine,
    RoundList,
    RoundState,
    Sheet,
    SheetItem,
    Verdict,
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
    "Sheet",
    "SheetItem",
    "Verdict",
]
