"""Lists with one row of titles, as homes keep them of staff and of equipment."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.roll import cells
from carehome.rules.roll.columns import NoSheet
from carehome.rules.roll.faults import Finding
from carehome.rules.roll.words import Words, fold
from carehome.rules.sheets import Sheet, Value

F = TypeVar("F", bound=StrEnum)

BAD_DATE = N_("“{typed}” is not a date. Type it as 2023-05-06.")
_FARTHEST = 50  # rows within which the titles stand
_LONGEST = 24  # characters; longer cells are notes
_BRACKETED = re.compile(r"[(\[\u3010\uff08][^)\]\u3011\uff09]*[)\]\u3011\uff09]?|[*:]")


class NoTitles(Refusal):
    """No row of the sheet looks like the titles of the list that is wanted."""

    text = N_("No row with column titles was found in the sheet “{sheet}”.")


@dataclass(frozen=True, slots=True)
class Titles(Generic[F]):
    """The words by which columns are known, and which of them a list must have.

    A row counts as titles when it tells the field `key` and `fewest` in all.
    """

    exact: Mapping[str, F]
    part: tuple[tuple[str, F], ...]
    required: tuple[F, ...]
    key: F
    fewest: int = 3

    def meaning(self, title: str) -> F | None:
        """Return what a column of this title tells."""
        whole = fold(title)
        bare = fold(_BRACKETED.sub("", title))
        if not bare or len(bare) > _LONGEST:
            return None
        known = self.exact.get(whole) or self.exact.get(bare)
        return known or next((told for word, told in self.part if word in bare), None)


@dataclass(frozen=True, slots=True)
class ListHeading(Generic[F]):
    """The row of titles, and for each column its title and the field it tells."""

    row: int
    titles: tuple[str, ...]
    fields: tuple[F | None, ...]
    required: tuple[F, ...]

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

    def corrected(self, column: int, field: F | None) -> "ListHeading[F]":
        """Return the heading after a person said what a column tells."""
        fields = [None if told == field else told for told in self.fields]
        fields[column] = field
        return replace(self, fields=tuple(fields))

    @property
    def missing(self) -> tuple[F, ...]:
        """Return the fields without which nothing can be read in."""
        return tuple(each for each in self.required if each not in self.fields)


@dataclass(slots=True)
class ListLine(Generic[F]):
    """A row seen through its titles, collecting what is found in it."""

    sheet: Sheet
    row: int
    heading: ListHeading[F]
    common: Words
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def value(self, of: F) -> Value:
        """Return what the row tells of a field."""
        column = self.heading.column(of)
        return None if column is None else self.sheet.cell(self.row, column).value

    def text(self, of: F) -> str:
        """Return what the row tells of a field as one line; `none` is no text."""
        text = cells.plain(self.value(of))
        return "" if fold(text) in self.common.missing else text

    def fault(self, name: str, of: F, text: str, /, **facts: object) -> None:
        """Mark a cell as one that keeps the row from being read in."""
        column = self.heading.column(of)
        self.faults.append(Finding(name, of, column, text, facts))

    def remark(self, name: str, of: F, text: str, /, **facts: object) -> None:
        """Mark a cell that deserves a second look."""
        column = self.heading.column(of)
        self.notes.append(Finding(name, of, column, text, facts))

    def day(self, of: F) -> date | None:
        """Return a day, None where there is none or it cannot be read."""
        if not self.text(of):
            return None
        try:
            return cells.read_day(self.value(of), self.common, self.sheet.day_zero)
        except cells.BadDay:
            self.fault("bad_date", of, BAD_DATE, typed=self.text(of))
            return None

    @property
    def texts(self) -> list[str]:
        """Return what stands in the row's own cells."""
        cells_of = self.sheet.rows[self.row - 1]
        return [fold(str(cell.own)) for cell in cells_of if cell.own is not None]


def heading_at(sheet: Sheet, row: int, words: Titles[F]) -> ListHeading[F]:
    """Return the heading in a row of titles, whichever a person points at."""
    titles = tuple(
        " ".join(cell.own.split()) if isinstance(cell.own, str) else ""
        for cell in sheet.rows[row - 1]
    )
    fields: list[F | None] = []
    for title in titles:
        told = words.meaning(title)
        fields.append(None if told in fields else told)
    return ListHeading(row, titles, tuple(fields), words.required)


def best_heading(sheet: Sheet, words: Titles[F]) -> ListHeading[F] | None:
    """Return the row that tells most fields, None when none tells enough."""
    best: ListHeading[F] | None = None
    most = words.fewest - 1
    for row in range(1, min(len(sheet.rows), _FARTHEST) + 1):
        heading = heading_at(sheet, row, words)
        told = sum(each is not None for each in heading.fields)
        if words.key in heading.fields and told > most:
            best, most = heading, told
    return best


def likeliest(
    sheets: Sequence[Sheet], find: Callable[[Sheet], ListHeading[Any]]
) -> list[Sheet]:
    """Return the sheets in which such a list is found, the likeliest first."""
    if not sheets:
        raise NoSheet
    ranked: list[tuple[tuple[int, ...], Sheet]] = []
    refused: list[NoTitles] = []
    for sheet in sheets:
        try:
            heading = find(sheet)
        except NoTitles as refusal:
            refused.append(refusal)
            continue
        told = sum(each is not None for each in heading.fields)
        ranked.append(((not heading.missing, told, len(sheet.rows)), sheet))
    if not ranked:
        raise refused[0]
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    return [sheet for _, sheet in ranked]


def once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings without those that say the same of the same cell."""
    return tuple({(each.name, each.column): each for each in findings}.values())
