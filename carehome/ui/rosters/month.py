"""What the page of rosters shows of a month, besides the problem and its roster."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from carehome.rules.rosters.problem import OFF, Problem, Roster

TONES = ("early", "late", "night", "day", "duty")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a shift looks: its key, the sign in the cell, its name, times and colour."""

    code: str
    letter: str
    sign: str
    name: str
    times: str
    tone: str = "day"


@dataclass(frozen=True, slots=True)
class Year:
    """What somebody had of the unloved shifts in the year before this month."""

    nights: int = 0
    weekends: int = 0
    holidays: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month as it was read: what to fill, what stands there, and how to show it.

    `notes` says of each person what stands beside the name, such as the level;
    `units` names the units in their order; `rest_days` are the days painted red and
    `holidays` the names of those that the law gives.
    """

    problem: Problem
    roster: Roster
    kinds: tuple[Kind, ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    rest_days: frozenset[int] = frozenset()
    holidays: Mapping[int, str] = field(default_factory=dict)
    years: Mapping[str, Year] = field(default_factory=dict)
    is_published: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether nobody has a shift yet."""
        return not any(any(row) for row in self.roster.rows.values())

    def kind(self, code: str) -> Kind | None:
        """Return how the shift with `code` looks; None for a day off."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def typed(self, text: str) -> str | None:
        """Return the code that a key or a sign means; None where it means none.

        Shifts go before the day off: a home may give its R to one of them.
        """
        for kind in self.kinds:
            if text.casefold() in {kind.letter.casefold(), kind.sign, kind.code}:
                return kind.code
        return OFF if text.casefold() == "r" else None
