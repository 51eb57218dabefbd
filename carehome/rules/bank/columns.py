"""Which layout a file has, where its titles stand, and what stands around its lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carehome.i18n import _
from carehome.rules.bank.cells import read_text
from carehome.rules.bank.faults import Fault
from carehome.rules.bank.layouts import LABELS, Caption, Field, Layout
from carehome.rules.roll.lists import ListHeading, best_heading
from carehome.rules.roll.words import fold
from carehome.rules.sheets import Sheet, Value

_COLONS = ":\uff1a"
_PARTS = re.compile(r"\s+(?=[^\d\s*])")  # between what one cell tells of two things


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet seen through the layout that fits it."""

    sheet: Sheet
    layout: Layout
    heading: ListHeading[Field]

    def value(self, row: int, field: Field) -> Value:
        """Return what a row tells of a field."""
        column = self.heading.column(field)
        return None if column is None else self.sheet.cell(row, column).value

    def title(self, field: Field) -> str:
        """Return how the file calls the column of a field."""
        column = self.heading.column(field)
        return _(LABELS[field]) if column is None else self.heading.titles[column]

    def texts(self, row: int) -> list[str]:
        """Return what stands in a row, folded."""
        found = (cell.own for cell in self.sheet.rows[row - 1])
        return [fold(read_text(value)) for value in found if value is not None]

    def rows(self) -> Iterator[int]:
        """Return the rows of lines: without what is blank, sums or titles again."""
        titles = [fold(title) for title in self.heading.titles if title]
        for row in range(self.heading.row + 1, len(self.sheet.rows) + 1):
            texts = self.texts(row)
            if texts and texts != titles and not self._is_foot(row, texts[0]):
                yield row

    def sums(self) -> Iterator[int]:
        """Return the rows that add up the whole statement."""
        for row in range(self.heading.row + 1, len(self.sheet.rows) + 1):
            texts = self.texts(row)
            if texts and texts[0].rstrip(":") in self.layout.totals:
                yield row

    def told(self, caption: Caption) -> Value:
        """Return what stands beside a caption above or below the lines."""
        lines = set(self.rows())
        for row in range(1, len(self.sheet.rows) + 1):
            if row == self.heading.row or row in lines:
                continue
            cells = [each.own for each in self.sheet.rows[row - 1]]
            if (found := self._beside(cells, caption)) is not None:
                return found
        return None

    def _is_foot(self, row: int, first: str) -> bool:
        """Say whether a row stands below the lines: it tells no day of its own."""
        if read_text(self.value(row, Field.DAY)) not in ("", self._first(row)):
            return False
        bare = first.rstrip(":")
        return (
            bare in self.layout.totals
            or first.startswith(self.layout.skipped)
            or first.startswith(tuple(self.layout.captions))
        )

    def _first(self, row: int) -> str:
        values = (cell.own for cell in self.sheet.rows[row - 1])
        return next(read_text(value) for value in values if value is not None)

    def _beside(self, cells: Sequence[Value], caption: Caption) -> Value:
        """Return what follows a caption in its own cell, or in the next that tells."""
        for place, value in enumerate(cells):
            for part in _PARTS.split(read_text(value)):
                head, colon, rest = _halves(part)
                if self.layout.captions.get(fold(head)) is not caption:
                    continue
                if colon and rest:
                    return rest
                after = (each for each in cells[place + 1 :] if each is not None)
                return next(after, None)
        return None


def _halves(text: str) -> tuple[str, str, str]:
    """Part a text at its first colon."""
    for place, sign in enumerate(text):
        if sign in _COLONS:
            return text[:place], sign, text[place + 1 :]
    return text, "", ""


def find(sheets: Sequence[Sheet], layouts: Sequence[Layout]) -> Seen | Fault:
    """Return the sheet and layout that fit, or what is missing in the likeliest."""
    found = [
        Seen(sheet, layout, heading)
        for sheet in sheets
        for layout in layouts
        if (heading := _heading(sheet, layout)) is not None
    ]
    if not found:
        return Fault(None, "no_titles")
    best = max(found, key=lambda seen: (-len(seen.heading.missing), _told(seen)))
    if best.heading.missing:
        columns = _(", ").join(_(LABELS[field]) for field in best.heading.missing)
        return Fault(best.heading.row, "wrong_columns", {"columns": columns})
    return best


def _heading(sheet: Sheet, layout: Layout) -> ListHeading[Field] | None:
    """Return the titles of a sheet; where no column is the day, that of the time is."""
    heading = best_heading(sheet, layout.titles)
    if heading is None or Field.DAY in heading.fields:
        return heading
    time = heading.column(Field.TIME)
    return heading if time is None else heading.corrected(time, Field.DAY)


def _told(seen: Seen) -> int:
    return sum(field is not None for field in seen.heading.fields)
