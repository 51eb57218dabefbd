"""What the engine tells while it works, and what it leaves."""

from dataclasses import dataclass

from carehome.rules.rosters.problem import Roster


@dataclass(frozen=True, slots=True)
class Progress:
    """The best roster so far: its score, and below which score none can lie."""

    seconds: float
    roster: Roster
    cost: int
    bound: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a search: a roster or none, and whether a better one can exist.

    `is_final` says that the search came to its end by itself: the roster is the best
    there is, or, without a roster, that there is none.
    """

    roster: Roster | None
    cost: int
    bound: int
    is_final: bool
    seconds: float
