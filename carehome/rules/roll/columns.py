"""Finding the titles of a roll and guessing what each column tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.roll import looks
from carehome.rules.roll.titles import Meaning, fee, meaning
from carehome.rules.roll.words import (
    CONTACTS,
    LABELS,
    REQUIRED,
    Field,
    Words,
    fold,
    shipped,
)
from carehome.rules.sheets import Cell, Sheet

FARTHEST = 100  # rows within which the titles of a roll begin
FEWEST = 3  # fields, the name among them, that make a row the titles
_LIKE_A_LINE = re.compile(r"[:\uff1a]|\d{4}")  # a date or a remark, not a title


class NoRoll(Refusal):
    """No row of the sheet looks like the titles of a roll."""

    text = N_(
        "No row with column titles was found in the sheet “{sheet}”. A roll needs the "
        "titles name, identity number and admission date in one row."
    )


class NoSheet(Refusal):
    """All pages of the workbook are blank or hidden."""

    text = N_("The workbook has no visible sheet with cells. Choose another file.")


class ColumnsMissing(Refusal):
    """The titles were found, but what a roll needs is not among them."""

    text = N_(
        "The sheet “{sheet}” has no column for: {columns}. Add the column, or say "
        "which column it is."
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """The rows of titles, and for each column its title and the field it tells."""

    first: int
    last: int
    titles: tuple[str, ...]
    fields: tuple[Field | None, ...]

    def column(self, field: Field) -> int | None:
        """Return the column of a field, counted from 0."""
        return self.fields.index(field) if field in self.fields else None

    def has(self, field: Field) -> bool:
        """Say whether some column tells the field."""
        return field in self.fields

    def corrected(self, column: int, field: Field | None) -> "Heading":
        """Return the heading after a person said what a column tells."""
        fields = list(self.fields)
        for other, told in enumerate(fields):
            if told == field and field not in CONTACTS:
                fields[other] = None
        fields[column] = field
        return replace(self, fields=tuple(fields))

    def repeats(self, other: "Heading") -> bool:
        """Say whether these are the titles of `other` again, its parents left out."""
        pairs = zip_longest(self.titles, other.titles, fillvalue="")
        return all(fold(old).endswith(fold(new)) for new, old in pairs)

    @property
    def missing(self) -> tuple[Field, ...]:
        """Return the fields without which nobody can be read in."""
        return tuple(field for field in REQUIRED if field not in self.fields)


def find(sheet: Sheet, words: Words | None = None) -> Heading:
    """Return the best heading of a sheet; raise NoRoll when no row is like one."""
    words = words or shipped()
    best, most = 0, FEWEST - 1
    for row in range(1, min(len(sheet.rows), FARTHEST) + 1):
        told = _fields_told(sheet, row, words)
        if Field.NAME in told and len(told) > most:
            best, most = row, len(told)
    if not best:
        raise NoRoll(sheet=sheet.name)
    return at(sheet, best, words)


def at(sheet: Sheet, row: int, words: Words | None = None) -> Heading:
    """Return the heading around a row of titles, whichever a person points at."""
    words = words or shipped()
    first, last = _extent(sheet, row, words)
    stacks = [_stack(sheet, first, last, column) for column in range(sheet.width)]
    meanings = [
        meaning(stack[-1], stack[:-1], words) if stack else None for stack in stacks
    ]
    fields = _assigned(meanings)
    for column, stack in enumerate(stacks):
        bare = fee(stack[-1], words) if stack else None
        if not bare or bare in fields:
            continue
        if fields[column] is None and looks.like_amounts(sheet, last, column):
            fields[column] = bare
        # A bare `care` is the grade, unless sums of money stand under it.
        if fields[column] is Field.GRADE and looks.like_sums(sheet, last, column):
            fields[column] = bare
    looks.part_bed(sheet, last, fields)
    looks.find_identity(sheet, last, fields)
    return Heading(first, last, tuple(map("".join, stacks)), tuple(fields))


def check(sheet: Sheet, heading: Heading) -> None:
    """Raise ColumnsMissing unless all that a roll needs has a column."""
    if heading.missing:
        columns = _(", ").join(_(LABELS[field]) for field in heading.missing)
        raise ColumnsMissing(sheet=sheet.name, columns=columns)


def is_heading(sheet: Sheet, row: int, words: Words) -> bool:
    """Say whether a row within the roll is one of titles again."""
    if row > len(sheet.rows):
        return False
    names = words.titles[Field.NAME].exact
    texts = (cell.own for cell in sheet.rows[row - 1])
    if not any(isinstance(text, str) and fold(text) in names for text in texts):
        return False
    return len(_fields_told(sheet, row, words)) >= FEWEST


def choose(sheets: Sequence[Sheet], words: Words | None = None) -> list[Sheet]:
    """Return the sheets that are rolls, the likeliest first; raise when none is."""
    words = words or shipped()
    if not sheets:
        raise NoSheet
    ranked: list[tuple[tuple[int, ...], Sheet]] = []
    refused: list[NoRoll] = []
    for sheet in sheets:
        try:
            ranked.append((_rank(sheet, find(sheet, words), words), sheet))
        except NoRoll as refusal:
            refused.append(refusal)
    if not ranked:
        raise refused[0]
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    return [sheet for _, sheet in ranked]


def _rank(sheet: Sheet, heading: Heading, words: Words) -> tuple[int, ...]:
    """Weigh a sheet: complete, of those who live here, many fields, many rows."""
    name = fold(sheet.name)
    told = sum(field is not None for field in heading.fields)
    return (
        not heading.missing,
        not any(word in name for word in words.former_sheets),
        any(word in name for word in words.roll_sheets),
        told,
        len(sheet.rows) - heading.last,
    )


def _fields_told(sheet: Sheet, row: int, words: Words) -> set[Field]:
    """Return the fields that the titles in one row tell."""
    cells = sheet.rows[row - 1]
    found = (
        meaning(cell.value, (), words)
        for cell in cells
        if isinstance(cell.value, str) and not cell.left
    )
    return {one.field for one in found if one}


def _extent(sheet: Sheet, row: int, words: Words) -> tuple[int, int]:
    """Return the first and last row of titles around the one that tells most."""
    first = last = row
    while first > 1 and _is_parent(sheet, first - 1):
        first -= 1
    while _continues(sheet, last + 1, words):
        last += 1
    return first, last


def _is_parent(sheet: Sheet, row: int) -> bool:
    """Say whether a row holds titles merged over some of the columns below it."""
    below = sheet.rows[row]
    if any(cell.above for cell in below):
        return True
    own = [str(cell.own) for cell in sheet.rows[row - 1] if cell.own is not None]
    if any(_LIKE_A_LINE.search(text) for text in own):
        return False
    groups = [area for area in sheet.merged if area.top == row == area.bottom]
    return any(
        2 * (area.right - area.left + 1) < len(below) and (area.left or len(own) > 1)
        for area in groups
    )


def _continues(sheet: Sheet, row: int, words: Words) -> bool:
    """Say whether a row only refines the titles above it."""
    if row > len(sheet.rows):
        return False
    above, cells = sheet.rows[row - 2], sheet.rows[row - 1]
    own = [cell.own for cell in cells if cell.own is not None]
    if not own or not all(isinstance(value, str) for value in own):
        return False
    told = 0
    for column, cell in enumerate(cells):
        if cell.own is None:
            continue
        if _owns(above, column) and _owns(above, column + 1):
            return False  # a title of its own, which nothing below refines
        parents = [str(sheet.cell(row - 1, column).value or "")]
        told += bool(meaning(str(cell.own), parents, words))
    return 2 * told > len(own) and len(own) < len(cells)


def _owns(cells: Sequence[Cell], column: int) -> bool:
    """Say whether a row has a text of its own in a column."""
    return column < len(cells) and cells[column].own is not None


def _stack(sheet: Sheet, first: int, last: int, column: int) -> list[str]:
    """Return the titles of one column from above; a parent may reach from the left."""
    titles: list[str] = []
    for row in range(first, last + 1):
        cell = sheet.cell(row, column)
        value = cell.value
        if value is None and row < last:
            value = _from_left(sheet, row, last, column)
        text = " ".join(str(value).split()) if isinstance(value, str) else ""
        if text and text not in titles:
            titles.append(text)
    return titles


def _from_left(sheet: Sheet, row: int, last: int, column: int) -> str | None:
    """Return an unmerged parent: `fees` typed once over the first of its columns."""
    while column > 0 and sheet.cell(last, column).own is not None:
        column -= 1
        value = sheet.cell(row, column).value
        if value is not None:
            has_child = sheet.cell(last, column).own is not None
            return str(value) if has_child else None
    return None


def _assigned(meanings: Sequence[Meaning | None]) -> list[Field | None]:
    """Give each field its best column; families may have several of each."""
    fields: list[Field | None] = [None] * len(meanings)
    taken: dict[Field, int] = {}
    for column, found in enumerate(meanings):
        if found is None:
            continue
        if found.field in CONTACTS:
            fields[column] = found.field
            continue
        other = taken.get(found.field)
        rival = meanings[other] if other is not None else None
        if rival is None or found.strength > rival.strength:
            if other is not None:
                fields[other] = None
            fields[column], taken[found.field] = found.field, column
    if Field.PHONE not in taken:
        _own_phone(meanings, fields)
    return fields


def _own_phone(meanings: Sequence[Meaning | None], fields: list[Field | None]) -> None:
    """Take a bare `phone` left of a family with phones as the resident's."""
    phones = [n for n, found in enumerate(meanings) if found and found.has_phone]
    known = [n for n in phones if not _is_open(meanings[n])]
    family = [n for n, field in enumerate(fields) if field is Field.CONTACT]
    begins = min(family + known, default=0)
    if phones and phones[0] < begins <= phones[-1] and _is_open(meanings[phones[0]]):
        fields[phones[0]] = Field.PHONE


def _is_open(found: Meaning | None) -> bool:
    """Say whether a title may mean anybody's phone."""
    return found is not None and found.is_open
