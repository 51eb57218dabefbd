"""A list on its way in: the file, and what was said about it so far."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from carehome.rules.roll.lists import ListHeading, NoTitles, likeliest
from carehome.rules.sheets import Sheet
from carehome.services.rolls import read_sheets


class Columns(Protocol):
    """How the titles of one kind of list are found."""

    def find(self, sheet: Sheet) -> ListHeading[Any]:
        """Return the row that tells most; raise NoTitles when none does."""

    def at(self, sheet: Sheet, row: int) -> ListHeading[Any]:
        """Return the heading in the row that a person points at."""


@dataclass(slots=True)
class ListDraft:
    """What is kept while one goes back and forth; nothing of it is stored yet."""

    path: Path
    columns: Columns
    sheets: tuple[Sheet, ...]
    sheet: Sheet
    headings: dict[str, ListHeading[Any]] = field(default_factory=dict)

    @property
    def heading(self) -> ListHeading[Any] | None:
        """The titles of the chosen sheet, None until a person points at them."""
        return self.headings.get(self.sheet.name)

    def point_at(self, row: int) -> None:
        """Take a row as the one of titles."""
        self.headings[self.sheet.name] = self.columns.at(self.sheet, row)

    def correct(self, column: int, told: Any) -> None:
        """Take a person's word for what a column tells."""
        if self.heading:
            corrected = self.heading.corrected(column, told)
            self.headings[self.sheet.name] = corrected


def opened(path: Path, columns: Columns) -> ListDraft:
    """Read a file, and guess which sheet is the list and where its titles are."""
    sheets = read_sheets(path)
    headings = {}
    for sheet in sheets:
        try:
            headings[sheet.name] = columns.find(sheet)
        except NoTitles:
            continue  # a person can still point at the titles
    sure = headings or not sheets
    first = likeliest(sheets, columns.find)[0] if sure else sheets[0]
    return ListDraft(path, columns, sheets, first, headings)


def reopened(old: ListDraft) -> ListDraft:
    """Read the file again after a correction; what was said of the columns counts."""
    draft = opened(old.path, old.columns)
    for sheet in draft.sheets:
        if sheet.name == old.sheet.name:
            draft.sheet = sheet
    before, now = old.heading, draft.heading
    if before and now and before.titles == now.titles:
        draft.headings[draft.sheet.name] = replace(now, fields=before.fields)
    return draft
