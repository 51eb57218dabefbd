"""Finding the titles of a list of staff, and what each column tells."""

import re
from dataclasses import dataclass, replace

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.roll.words import fold
from carehome.rules.sheets import Sheet
from carehome.rules.staff_roll.words import (
    LABELS,
    REQUIRED,
    Field,
    StaffWords,
    shipped,
)

_FARTHEST = 50  # rows within which the titles stand
_FEWEST = 3  # fields, the name among them, that make a row the titles
_LONGEST = 24  # characters; longer cells are notes
_BRACKETED = re.compile(r"[(\[\u3010\uff08][^)\]\u3011\uff09]*[)\]\u3011\uff09]?|[*:]")


class NoStaffRoll(Refusal):
    """No row of the sheet looks like the titles of a list of staff."""

    text = N_(
        "No row with column titles was found in the sheet “{sheet}”. A list of staff "
        "needs the titles name, post and day of coming in one row."
    )


class StaffColumnsMissing(Refusal):
    """The titles were found, but what is needed is not among them."""

    text = N_(
        "The sheet “{sheet}” has no column for: {columns}. Add the column, or say "
        "which column it is."
    )


@dataclass(frozen=True, slots=True)
class StaffHeading:
    """The row of titles, and for each column its title and the field it tells."""

    row: int
    titles: tuple[str, ...]
    fields: tuple[Field | None, ...]

    @property
    def first(self) -> int:
        """Return the first row of titles."""
        return self.row

    @property
    def last(self) -> int:
        """Return the last row of titles, which is the first."""
        return self.row

    def column(self, field: str) -> int | None:
        """Return the column of a field, counted from 0."""
        names = [None if each is None else each.value for each in self.fields]
        return names.index(field) if field in names else None

    def corrected(self, column: int, field: Field | None) -> "StaffHeading":
        """Return the heading after a person said what a column tells."""
        fields = [None if told == field else told for told in self.fields]
        fields[column] = field
        return replace(self, fields=tuple(fields))

    @property
    def missing(self) -> tuple[Field, ...]:
        """Return the fields without which nobody can be read in."""
        return tuple(field for field in REQUIRED if field not in self.fields)


def find(sheet: Sheet, words: StaffWords | None = None) -> StaffHeading:
    """Return the row that tells most fields; raise NoStaffRoll when none does."""
    words = words or shipped()
    best: StaffHeading | None = None
    most = _FEWEST - 1
    for row in range(1, min(len(sheet.rows), _FARTHEST) + 1):
        heading = _at(sheet, row, words)
        told = sum(field is not None for field in heading.fields)
        if Field.NAME in heading.fields and told > most:
            best, most = heading, told
    if best is None:
        raise NoStaffRoll(sheet=sheet.name)
    return best


def at(sheet: Sheet, row: int) -> StaffHeading:
    """Return the heading in a row of titles, whichever a person points at."""
    return _at(sheet, row, shipped())


def check(sheet: Sheet, heading: StaffHeading) -> None:
    """Raise StaffColumnsMissing unless all that is needed has a column."""
    if heading.missing:
        columns = _(", ").join(_(LABELS[field]) for field in heading.missing)
        raise StaffColumnsMissing(sheet=sheet.name, columns=columns)


def _at(sheet: Sheet, row: int, words: StaffWords) -> StaffHeading:
    titles = tuple(
        " ".join(cell.own.split()) if isinstance(cell.own, str) else ""
        for cell in sheet.rows[row - 1]
    )
    fields: list[Field | None] = []
    for title in titles:
        told = _meaning(title, words)
        fields.append(None if told in fields else told)
    return StaffHeading(row, titles, tuple(fields))


def _meaning(title: str, words: StaffWords) -> Field | None:
    whole = fold(title)
    bare = fold(_BRACKETED.sub("", title))
    if not bare or len(bare) > _LONGEST:
        return None
    known = words.exact.get(whole) or words.exact.get(bare)
    return known or next((field for word, field in words.part if word in bare), None)
