"""Why a finished roster still costs something: what would be missed instead."""

from dataclasses import dataclass

from carehome.rules.rosters.problem import Cell, Finding


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a soft finding stays: what the easiest change would spoil, and its price.

    `cells` are that change; none where no change of a cell, alone or against a
    colleague's of the same day, would mend it. A `price` below 0 tells that the roster
    can be improved; None that only hard rules would be broken, the first of which
    leads `instead`.
    """

    finding: Finding
    cells: tuple[tuple[Cell, str], ...] = ()
    instead: tuple[Finding, ...] = ()
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Causes:
    """The causes found, of the dearest finding first; not all if not final."""

    causes: tuple[Cause, ...]
    is_final: bool
