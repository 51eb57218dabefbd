"""Finds what fire safety keeps: hazards, rounds, equipment, papers, drills."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from carehome.i18n import N_, _
from carehome.services.safety.finding import Kind, SafetyFinding, Thing
from carehome.ui.kit.found import NAME, WITHIN, Found

OpenSafety = Callable[[str, object], object]
Written = tuple[str, Sequence[Thing]]
HAZARDS, ROUNDS, EQUIPMENT = N_("Hazards"), N_("Rounds"), N_("Equipment")
DRILLS, PAPERS = N_("Drills and training"), N_("Papers and inspections")
# What each is called, the tab that opens it, and its part where a tab has several.
WAYS: Mapping[Kind, tuple[str, str, str]] = {
    Kind.HAZARD: (N_("Hazard"), HAZARDS, ""),
    Kind.ROUND: (N_("Round"), ROUNDS, ""),
    Kind.EQUIPMENT: (N_("Piece of equipment"), EQUIPMENT, ""),
    Kind.PAPER: (N_("Safety paper"), PAPERS, "safety_paper"),
    Kind.INSPECTION: (N_("Outside inspection"), PAPERS, "outside_inspection"),
    Kind.DRILL: (N_("Drill"), DRILLS, "drills"),
    Kind.INCIDENT: (N_("Incident"), DRILLS, "incidents"),
    Kind.PLAN: (N_("Emergency plan"), DRILLS, "plans"),
}


class SafetyThings:
    """Finds things of fire safety that were looked up for some letters."""

    def __init__(self, open_safety: OpenSafety) -> None:
        self._open = open_safety
        self._written: Written = ("", ())

    def learn(self, written: Written) -> None:
        """Take what was looked up."""
        self._written = written

    def __call__(self, typed: str) -> list[Found]:
        """Return what was looked up, if it was for these letters."""
        letters, things = self._written
        return [self._found(each) for each in things] if typed == letters else []

    def _found(self, thing: Thing) -> Found:
        kind, tab, part = WAYS[thing.kind]
        key = (part, thing.number) if part else thing.number
        rank = NAME if thing.is_named else WITHIN
        go = partial(self._open, tab, key)
        return Found(_(kind), thing.title, thing.note, go, rank, "fire")


def look_up_safety(finding: SafetyFinding, typed: str) -> Written:
    """Look things of fire safety up."""
    return typed, finding.find(typed)
