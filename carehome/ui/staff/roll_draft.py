"""A list of staff on its way in: the file, and what was said about it so far."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from carehome.rules import staff_roll as rules
from carehome.rules.sheets import Sheet
from carehome.rules.staff_roll import Field, StaffHeading, columns
from carehome.services.rolls import read_sheets


@dataclass(slots=True)
class Draft:
    """What is kept while one goes back and forth; nothing of it is stored yet."""

    path: Path
    sheets: tuple[Sheet, ...]
    sheet: Sheet
    headings: dict[str, StaffHeading] = field(default_factory=dict)

    @property
    def heading(self) -> StaffHeading | None:
        """The titles of the chosen sheet, None until a person points at them."""
        return self.headings.get(self.sheet.name)

    def point_at(self, row: int) -> None:
        """Take a row as the one of titles."""
        self.headings[self.sheet.name] = columns.at(self.sheet, row)

    def correct(self, column: int, told: Field | None) -> None:
        """Take a person's word for what a column tells."""
        if self.heading:
            corrected = self.heading.corrected(column, told)
            self.headings[self.sheet.name] = corrected


def opened(path: Path) -> Draft:
    """Read a file, and guess which sheet is the list and where its titles are."""
    sheets = read_sheets(path)
    headings = {}
    for sheet in sheets:
        try:
            headings[sheet.name] = rules.find(sheet)
        except columns.NoStaffRoll:
            continue  # a person can still point at the titles
    likeliest = rules.choose(sheets)[0] if headings or not sheets else sheets[0]
    return Draft(path, sheets, likeliest, headings)


def reopened(old: Draft) -> Draft:
    """Read the file again after a correction; what was said of the columns counts."""
    draft = opened(old.path)
    for sheet in draft.sheets:
        if sheet.name == old.sheet.name:
            draft.sheet = sheet
    before, now = old.heading, draft.heading
    if before and now and before.titles == now.titles:
        draft.headings[draft.sheet.name] = replace(now, fields=before.fields)
    return draft
