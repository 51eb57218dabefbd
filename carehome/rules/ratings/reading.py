"""Reading the sheet that a home is rated by: all of it, or a list of what is wrong.

Official sheets merge the cells of parts and sections over many rows, repeat their
heading, add sums, and put each part on a page of its own. Nothing is guessed: what
cannot be read is told row by row, and then nothing is taken over.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.ratings import items as rules
from carehome.rules.ratings.items import PART_NAMES, Fault, Item, Marks, Part, Place
from carehome.rules.ratings.points import read_points
from carehome.rules.ratings.presets import folder, read_file
from carehome.rules.sheets import Cell, Sheet, letters

MOST_LINES_ABOVE = 30  # titles of sheets are long, but not longer
_BRACKETS = re.compile(r"\([^()]*\)")
_BLANKS = re.compile(r"\s+")


class Column(StrEnum):
    """What a column of the sheet holds."""

    CODE = "code"
    PART = "part"
    SECTION = "section"
    NAME = "name"
    POINTS = "points"
    METHOD = "method"
    EVIDENCE = "evidence"


COLUMN_NAMES = {
    Column.CODE: N_("Code"),
    Column.PART: N_("Part of the table"),
    Column.SECTION: N_("Second-level item"),
    Column.NAME: N_("What is judged"),
    Column.POINTS: N_("Worth in points"),
    Column.METHOD: N_("How it is judged"),
    Column.EVIDENCE: N_("Evidence asked for"),
}
NEEDED = (Column.CODE, Column.NAME, Column.POINTS)


class NoHeading(Refusal):
    """No sheet has the titles of an item table."""

    text = N_(
        "No row has the titles {titles}. Name the columns so, or copy the items into "
        "the empty sheet of this program."
    )


class ColumnMissing(Refusal):
    """A sheet has a heading that lacks a needed column."""

    text = N_("The heading lacks {titles}. Add the column, or correct its title.")


class CodeAsDay(Refusal):
    """Excel took something like 1-2 for a day."""

    text = N_(
        "Excel has made a date of the code. Format the cell as text and type it again."
    )


class PointsShared(Refusal):
    """One cell of points is merged over several items."""

    text = N_(
        "The points are merged over several items. Split the cell and give every item "
        "its own."
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The words by which a sheet is read; they come with the program."""

    titles: Mapping[str, Column]
    parts: Mapping[str, Part]
    units: tuple[str, ...]
    sums: tuple[str, ...]
    notes: tuple[str, ...]
    numbering: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of titles, and which column holds what."""

    row: int
    columns: Mapping[Column, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook came to: its items, and all that is wrong with it."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
    sheets: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether it can be taken over."""
        return not self.faults


@cache
def shipped() -> Words:
    """Return the words that came with the program."""
    whole = read_file(folder() / "sheet.toml", "carehome/rating-sheet/1")
    titles, parts = whole.part("titles"), whole.part("parts")
    return Words(
        {fold(word): each for each in Column for word in titles.texts(each)},
        {fold(word): each for each in Part for word in parts.texts(each)},
        tuple(sorted(whole.texts("units"), key=len, reverse=True)),
        tuple(map(fold, whole.texts("sums"))),
        tuple(map(fold, whole.texts("notes"))),
        re.compile(whole.name("numbering")),
    )


def fold(text: str) -> str:
    """Return a text as it is compared: one width, no blanks, capitals."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()


def read(sheets: Sequence[Sheet], marks: Marks) -> Reading:
    """Read all sheets that have the heading of an item table."""
    words = shipped()
    headed = [(sheet, found) for sheet in sheets if (found := _heading(sheet, words))]
    if not headed:
        raise NoHeading(titles=_titles(NEEDED))
    items: list[Item] = []
    wrong: list[Fault] = []
    for sheet, heading in headed:
        page = _Page(sheet, heading, words)
        page.read()
        items += page.items
        wrong += page.faults
    # Sums of rows that could not be read would only repeat what is wrong with them.
    sums = [] if wrong else rules.sum_faults(items, marks)
    wrong += [*rules.row_faults(items), *sums]
    names = tuple(sheet.name for sheet, _heading in headed)
    return Reading(tuple(items), tuple(wrong), names)


def _heading(sheet: Sheet, words: Words) -> Heading | None:
    """Find the row that names most columns; of two alike the lower, under a merge."""
    best: Heading | None = None
    for number in range(1, min(len(sheet.rows), MOST_LINES_ABOVE) + 1):
        columns: dict[Column, int] = {}
        for place, cell in enumerate(sheet.rows[number - 1]):
            kind = _title(cell, words)
            if kind is not None and not cell.left:
                columns.setdefault(kind, place)
        is_heading = Column.POINTS in columns and Column.NAME in columns
        if is_heading and (best is None or len(columns) >= len(best.columns)):
            best = Heading(number, columns)
    return best


def _title(cell: Cell, words: Words) -> Column | None:
    if not isinstance(cell.value, str):
        return None
    text = fold(cell.value)
    return words.titles.get(text) or words.titles.get(_BRACKETS.sub("", text))


class _Page:
    """One sheet under way: the part and section reached, the items and faults found."""

    def __init__(self, sheet: Sheet, heading: Heading, words: Words) -> None:
        self._sheet, self._heading, self._words = sheet, heading, words
        self._part = self._as_part(sheet.name)
        self._section = ""
        self.items: list[Item] = []
        self.faults: list[Fault] = []

    def read(self) -> None:
        """Go down the rows below the heading."""
        missing = [each for each in NEEDED if each not in self._heading.columns]
        if missing:
            problem = ColumnMissing(titles=_titles(missing))
            self._wrong(self._heading.row, None, problem)
            return
        for row in range(self._heading.row + 1, len(self._sheet.rows) + 1):
            self._read_row(row)

    def _read_row(self, row: int) -> None:
        texts = [fold(str(cell.own)) for cell in self._sheet.rows[row - 1] if _is(cell)]
        if not texts or self._is_title(row) or self._is_sum(texts):
            return
        if len(texts) == 1 and self._is_banner(row):
            self._enter(_text(self._first(row)))
        elif not texts[0].startswith(self._words.notes):
            self._read_place(row)
            self._read_item(row)

    def _is_title(self, row: int) -> bool:
        """Say whether the heading stands here once more, as on every printed page."""
        cells = self._sheet.rows[row - 1]
        found = [_title(cell, self._words) for cell in cells if _is(cell)]
        return sum(each is not None for each in found) >= len(NEEDED)

    def _is_sum(self, texts: Sequence[str]) -> bool:
        sums = self._words.sums
        return texts[0].startswith(sums) or any(text in sums for text in texts)

    def _is_banner(self, row: int) -> bool:
        """Say whether the only text of a row is merged over its width."""
        own = self._first(row)
        return any(
            area.top <= row <= area.bottom and area.right - area.left >= 2
            for area in self._sheet.merged
            if self._sheet.cell(area.top, area.left).value == own.value
        )

    def _first(self, row: int) -> Cell:
        return next(cell for cell in self._sheet.rows[row - 1] if _is(cell))

    def _enter(self, text: str) -> None:
        """Go on within the part or section that a banner names."""
        part = self._as_part(text)
        if part is None:
            self._section = _plain(text)
        else:
            self._part, self._section = part, ""

    def _read_place(self, row: int) -> None:
        """Take part and section from their columns; blank ones go on as before."""
        typed = _text(self._cell(row, Column.PART))
        if typed:
            part = self._as_part(typed)
            if part is None:
                problem = rules.PartUnknown(typed=typed, parts=_parts())
                self._wrong(row, Column.PART, problem)
            elif part is not self._part:
                self._section = ""
            self._part = part
        if section := _text(self._cell(row, Column.SECTION)):
            self._section = _plain(section)

    def _read_item(self, row: int) -> None:
        own = {each: self._cell(row, each).own for each in NEEDED}
        if self.items and all(_is_blank(value) for value in own.values()):
            self._go_on(row)
            return
        if self._part is None and not _text(self._cell(row, Column.PART)):
            self._wrong(row, Column.PART, rules.PartMissing(parts=_parts()))
        code, points = self._code(row), self._points(row)
        if self._part is None or code is None or points is None:
            return
        self.items.append(
            Item(
                code,
                self._part,
                _text(self._cell(row, Column.NAME)),
                points,
                self._section,
                _text(self._cell(row, Column.METHOD)),
                _text(self._cell(row, Column.EVIDENCE)),
                place=Place(self._sheet.name, row),
            )
        )

    def _go_on(self, row: int) -> None:
        """Add a further line of how an item is judged to the item above."""
        last = self.items[-1]
        self.items[-1] = replace(
            last,
            method=self._longer(last.method, row, Column.METHOD),
            evidence=self._longer(last.evidence, row, Column.EVIDENCE),
        )

    def _longer(self, before: str, row: int, column: Column) -> str:
        more = _text(Cell(self._cell(row, column).own))
        return f"{before}\n{more}".strip()

    def _code(self, row: int) -> str | None:
        value = self._cell(row, Column.CODE).own
        if isinstance(value, date):
            self._wrong(row, Column.CODE, CodeAsDay())
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else fold(str(value))

    def _points(self, row: int) -> int | None:
        cell = self._cell(row, Column.POINTS)
        try:
            if cell.above and not _is_blank(self._cell(row, Column.NAME).own):
                raise PointsShared
            return read_points(cell.own, self._words.units)
        except Refusal as problem:
            self._wrong(row, Column.POINTS, problem)
            return None

    def _as_part(self, text: str) -> Part | None:
        return self._words.parts.get(fold(_plain(text)))

    def _cell(self, row: int, column: Column) -> Cell:
        place = self._heading.columns.get(column)
        return Cell() if place is None else self._sheet.cell(row, place)

    def _wrong(self, row: int, column: Column | None, problem: Refusal) -> None:
        place = None if column is None else self._heading.columns.get(column)
        named = "" if place is None else letters(place)
        self.faults.append(Fault(Place(self._sheet.name, row), named, problem))


def _is(cell: Cell) -> bool:
    """Say whether something was typed into this very cell."""
    return not _is_blank(cell.own)


def _is_blank(value: object) -> bool:
    return value is None or not str(value).strip()


def _text(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def _plain(text: str) -> str:
    """Drop the numbering before a name and the points in brackets behind it."""
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", text)).strip()
    return shipped().numbering.sub("", plain).strip()


def _titles(columns: Iterable[Column]) -> str:
    return _(", ").join(f"“{_(COLUMN_NAMES[each])}”" for each in columns)


def _parts() -> str:
    return _(", ").join(f"“{_(PART_NAMES[each])}”" for each in Part)
