"""One row of a sheet seen through its titles."""

from dataclasses import dataclass, field

from carehome.errors import Refusal
from carehome.rules.roll import cells
from carehome.rules.roll.columns import Heading
from carehome.rules.roll.faults import Finding
from carehome.rules.roll.words import Field, Words, fold
from carehome.rules.sheets import BLANK, Cell, Sheet, Value


@dataclass(slots=True)
class Line:
    """A row seen through the titles, collecting what is found wrong in it."""

    sheet: Sheet
    row: int
    heading: Heading
    words: Words
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def value(self, of: Field) -> Value:
        """Return what the row tells of a field; values merged sideways count once."""
        column = self.heading.column(of)
        return None if column is None else self.at(column)

    def cell(self, of: Field) -> Cell:
        """Return the cell of a field; one without a column is blank."""
        column = self.heading.column(of)
        return BLANK if column is None else self.sheet.cell(self.row, column)

    def at(self, column: int) -> Value:
        """Return the value of one column."""
        cell = self.sheet.cell(self.row, column)
        return None if cell.left else cell.value

    def text(self, of: Field) -> str:
        """Return what the row tells of a field as one line; `none` is no text."""
        text = cells.plain(self.value(of))
        return "" if fold(text) in self.words.missing else text

    def fault(self, name: str, of: Field, text: str, /, **facts: object) -> None:
        """Mark a cell as one that keeps the row from being read in."""
        column = self.heading.column(of)
        self.faults.append(Finding(name, of, column, text, facts))

    def says(self, name: str) -> bool:
        """Say whether the row has the fault called `name`."""
        return any(fault.name == name for fault in self.faults)

    def spoilt(self, name: str, of: Field, refusal: Refusal) -> None:
        """Mark a cell that could not be read."""
        self.fault(name, of, refusal.text, **refusal.facts)

    def remark(self, name: str, of: Field, text: str, /, **facts: object) -> None:
        """Mark a cell that deserves a second look."""
        self.notes.append(Finding(name, of, self.heading.column(of), text, facts))
