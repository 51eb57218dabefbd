"""What there is to say of a sheet, cell by cell, and the rows in which it is said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from carehome.rules.sheets import Sheet
from carehome.ui.parts.rolls.shapes import Finding, Roll, Row

BAD, NOTED = "bad", "info"


@dataclass(frozen=True, slots=True)
class Spot:
    """Something to say of one cell; `tone` tells a fault from a mere note."""

    row: int
    column: int
    who: str
    text: str
    tone: str = BAD

    @property
    def place(self) -> tuple[int, int]:
        """The cell in the sheet: row counted from 1, column from 0."""
        return self.row, self.column


@dataclass(frozen=True, slots=True)
class Part:
    """Which rows of a sheet are shown, under which titles, and what is said of them.

    `quiet` holds the rows that are nobody, and why; `strong` the rows of titles.
    """

    sheet: Sheet
    numbers: Sequence[int]
    titles: Sequence[str]
    spots: Sequence[Spot] = ()
    quiet: Mapping[int, str] = field(default_factory=dict)
    strong: range = range(0)


def of_roll(roll: Roll) -> list[Spot]:
    """Return the faults of a roll from above, then what is only noted."""
    faults = [spot for row in roll.rows for spot in _of_row(row, row.faults, BAD)]
    notes = [spot for row in roll.rows for spot in _of_row(row, row.notes, NOTED)]
    return faults + notes


def part(
    roll: Roll, spots: Sequence[Spot], quiet: Mapping[int, str], *, only_faulty: bool
) -> Part:
    """Return the rows below the titles, or only those with faults."""
    numbers: Sequence[int] = range(roll.heading.last + 1, len(roll.sheet.rows) + 1)
    if only_faulty:
        numbers = [
            number
            for row in roll.rejected
            for number in range(row.sheet_row, row.last_row + 1)
        ]
    return Part(roll.sheet, numbers, roll.heading.titles, spots, quiet)


def _of_row(row: Row, found: Sequence[Finding], tone: str) -> Iterator[Spot]:
    for one in found:
        yield Spot(row.sheet_row, one.column or 0, row.name, one.message, tone)
