"""Reading a whole roll: which rows are residents, and what rows say of each other."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from carehome.rules.roll import cells, columns, faults, rows
from carehome.rules.roll.columns import Heading
from carehome.rules.roll.lines import Line
from carehome.rules.roll.places import Place, PlaceReader
from carehome.rules.roll.rows import RollRow
from carehome.rules.roll.words import Field, Grade, Words, fold, shipped
from carehome.rules.sheets import Sheet

_ID_LIKE = 12  # digits that only an identity number has, be it cut short
_NAMELESS = 4  # cells that make a row without name and number somebody all the same
_PLACES = (Field.BUILDING, Field.FLOOR, Field.ROOM, Field.BED)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is nobody: `heading`, `sum`, `section` or `vacant`."""

    sheet_row: int
    why: str


@dataclass(frozen=True, slots=True)
class GradeWord:
    """A word of the home for a nursing grade, to be confirmed once for all rows."""

    word: str
    grade: str | None
    is_sure: bool
    count: int


@dataclass(frozen=True, slots=True)
class Roll:
    """A sheet read as a roll of residents."""

    sheet: Sheet
    heading: Heading
    rows: tuple[RollRow, ...]
    skipped: tuple[Skipped, ...]
    grade_words: tuple[GradeWord, ...]

    @property
    def good(self) -> tuple[RollRow, ...]:
        """Return the rows that can be read in."""
        return tuple(row for row in self.rows if row.is_good)

    @property
    def rejected(self) -> tuple[RollRow, ...]:
        """Return the rows that a person has to correct first."""
        return tuple(row for row in self.rows if not row.is_good)


@dataclass(frozen=True, slots=True)
class Sleeper:
    """Who has a bed: a row of the sheet, or row 0 for a resident of the home."""

    place: Place
    name: str
    number: str | None = None
    row: int = 0


def read(
    sheet: Sheet,
    *,
    today: date,
    heading: Heading | None = None,
    words: Words | None = None,
    occupied_beds: Mapping[Place, str] | None = None,
    known_ids: Mapping[str, str] | None = None,
) -> Roll:
    """Read a sheet as a roll; the home's beds and identity numbers tell their owner."""
    words = words or shipped()
    heading = heading or columns.find(sheet, words)
    columns.check(sheet, heading)
    reading = _Reading(sheet, heading, words, today, known_ids or {})
    reading.occupy(occupied_beds or {})
    for number in range(heading.last + 1, len(sheet.rows) + 1):
        reading.take(number)
    found = tuple(reading.rows)
    grades = _grade_words(found, words)
    return Roll(sheet, heading, found, tuple(reading.skipped), grades)


class _Reading:
    """Goes down a sheet and remembers what later rows are judged by."""

    def __init__(
        self,
        sheet: Sheet,
        heading: Heading,
        words: Words,
        today: date,
        known_ids: Mapping[str, str],
    ) -> None:
        self.rows: list[RollRow] = []
        self.skipped: list[Skipped] = []
        self._sheet = sheet
        self._heading = heading
        self._words = words
        self._today = today
        self._known_ids = known_ids
        self._owners: dict[str, RollRow] = {}
        self._sleepers: dict[tuple[str, str], list[Sleeper]] = {}
        self._places = PlaceReader(words)
        self._section, self._within = "", Place()
        self._before = Place()

    def occupy(self, beds: Mapping[Place, str]) -> None:
        """Remember the beds in which residents of the home sleep."""
        for place, name in beds.items():
            self._lay(Sleeper(self._places.key(place), name))

    def take(self, number: int) -> None:
        """Read one row, or see that it is nobody."""
        if number <= self._heading.last:
            return
        if columns.is_heading(self._sheet, number, self._words):
            self._begin_again(number)
            return
        line = Line(self._sheet, number, self._heading, self._words)
        if all(cell.own is None for cell in self._sheet.rows[number - 1]):
            return
        if self.rows and line.cell(Field.NAME).above:
            self._add_contacts(line)
            return
        kind = _kind(line, self._places)
        if kind == "person":
            self.rows.append(self._resident(line))
            return
        if kind == "section":
            self._begin_section(line)
        self.skipped.append(Skipped(number, kind))

    def _begin_again(self, number: int) -> None:
        """Take titles that come again; rolls pasted together may differ in columns."""
        again = columns.at(self._sheet, number, self._words)
        self.skipped.append(Skipped(number, "heading"))
        if again.missing or again.repeats(self._heading):
            told = self._heading
            again = Heading(again.first, again.last, told.titles, told.fields)
        self._heading = again

    def _begin_section(self, line: Line) -> None:
        """Remember the building or floor that a dividing row names."""
        text = _own(line)[0]
        named = self._places.section(text)
        if named.building or named.floor:
            above = Place() if named.building else Place(self._within.building)
            self._section, self._within = text, named.or_else(above)
        self._before = Place()

    def _add_contacts(self, line: Line) -> None:
        """Give the family of a row merged with the one above to the same resident."""
        last = self.rows[-1]
        more = tuple(one for one in rows.contacts(line) if one not in last.contacts)
        family = last.contacts + more
        self.rows[-1] = replace(last, contacts=family, last_row=line.row)

    def _resident(self, line: Line) -> RollRow:
        """Read one resident and judge them by the rows above and by the home."""
        place = self._place(line)
        row = rows.read_row(line, place, self._section, self._today)
        if not line.says("already_left"):
            self._judge_identity(line, row)
            self._judge_bed(line, row)
        number = None if line.says("duplicate_id") else row.id_number
        if number and not line.says("already_left"):
            self._owners.setdefault(number, row)
        found = rows.ordered(line.faults)
        return replace(row, id_number=number, faults=found, notes=tuple(line.notes))

    def _judge_identity(self, line: Line, row: RollRow) -> None:
        """See whether somebody else has the identity number."""
        number = row.id_number or ""
        if first := self._owners.get(number):
            facts = {"row": first.sheet_row, "name": first.name}
            line.fault("duplicate_id", Field.ID_NUMBER, faults.DUPLICATE, **facts)
            line.faults[:] = [one for one in line.faults if one.name != "sex_mismatch"]
        elif name := self._known_ids.get(number):
            line.fault(
                "already_resident", Field.ID_NUMBER, faults.ALREADY_HERE, name=name
            )

    def _judge_bed(self, line: Line, row: RollRow) -> None:
        """See whether somebody else has the bed."""
        if turned := [of for of in _PLACES if isinstance(line.value(of), date)]:
            line.fault("bed_unreadable", turned[0], faults.BED_AS_DATE)
            return
        if not row.place.bed:
            line.remark("no_bed", Field.BED, faults.NO_BED)
            return
        key = self._places.key(row.place)
        mine = Sleeper(key, row.name, row.id_number, line.row)
        rival = self._rival(mine)
        is_own = rival and not rival.row and line.says("already_resident")
        if rival and not is_own:
            facts = {"bed": row.place.label, "name": rival.name, "row": rival.row}
            why = faults.TAKEN_IN_SHEET if rival.row else faults.TAKEN_IN_HOME
            line.fault("bed_taken", Field.BED, why, **facts)
        self._lay(mine)

    def _rival(self, mine: Sleeper) -> Sleeper | None:
        """Return who has the bed already, unless it is the same person again."""
        for other in self._sleepers.get((mine.place.room, mine.place.bed), ()):
            same = mine.number is not None and mine.number == other.number
            if other.place.may_be(mine.place) and not same:
                return other
        return None

    def _lay(self, sleeper: Sleeper) -> None:
        key = (sleeper.place.room, sleeper.place.bed)
        self._sleepers.setdefault(key, []).append(sleeper)

    def _place(self, line: Line) -> Place:
        """Return the place of a row; what is blank stands above, or above the group."""
        if any(isinstance(line.value(of), date) for of in _PLACES):
            return Place()
        place = self._places.read(*(line.text(of) for of in _PLACES))
        if not place.bed and not place.room:
            return self._within
        if not place.room and self._before.room and line.heading.has(Field.ROOM):
            room = self._before.room
            line.remark("room_above", Field.ROOM, faults.ROOM_ABOVE, room=room)
            place = replace(place, room=room)
        if not place.room and line.heading.has(Field.ROOM):
            place = replace(place, bed="")  # a 3 in no room is no bed yet
        above = Place(
            self._before.building if line.heading.has(Field.BUILDING) else "",
            self._before.floor if line.heading.has(Field.FLOOR) else "",
        )
        self._before = place.or_else(above).or_else(self._within)
        return self._before


def _kind(line: Line, places: PlaceReader) -> str:
    """Say that a row is a `person`, or why it is nobody."""
    own = _own(line)
    number = fold(cells.plain(line.value(Field.ID_NUMBER)))
    if sum(sign.isdigit() for sign in number) >= _ID_LIKE:
        return "person"
    name = fold(cells.plain(line.value(Field.NAME)))
    texts = [text for text in own if not text.isdecimal()]
    if _is_sum([*texts[:1], name], line.words):
        return "sum"
    if len(own) == 1 and texts and _is_section(line, name, places):
        return "section"
    if name in line.words.vacant or not (name or _is_somebody(line)):
        return "vacant"
    return "person"


def _own(line: Line) -> list[str]:
    """Return what stands in the row itself, compared as text."""
    texts = (cell.own for cell in line.sheet.rows[line.row - 1])
    return [text for text in map(fold, map(cells.plain, texts)) if text]


def _is_sum(texts: list[str], words: Words) -> bool:
    """Say whether a row sums up or is signed: its first text or its name says so."""
    count = rf"\D{{0,3}}\d+{words.sum_count}"
    return any(
        text.startswith(words.sum_starts)
        or text.endswith(words.sum_ends)
        or ":" in text
        or re.fullmatch(count, text)
        for text in texts
    )


def _is_section(line: Line, name: str, places: PlaceReader) -> bool:
    """Say whether the one text in a row divides the roll rather than names somebody."""
    named = places.section(name)
    column = line.heading.column(Field.NAME) or 0
    is_wide = line.sheet.cell(line.row, column + 1).left
    is_title = columns.is_heading(line.sheet, line.row + 1, line.words)
    return not name or is_wide or is_title or bool(named.building or named.floor)


def _is_somebody(line: Line) -> bool:
    """Say whether a row without name and number still tells of a person."""
    told = sum(bool(line.text(of)) for of in line.heading.fields if of)
    return told >= _NAMELESS and bool(line.text(Field.ADMITTED))


def _grade_words(found: Iterable[RollRow], words: Words) -> tuple[GradeWord, ...]:
    """List each word for a grade once, the most frequent first."""
    counted = Counter(row.grade_word for row in found if row.grade_word)
    unknown = Grade("", False)
    grades = {word: rows.grade_of(word, words) or unknown for word in counted}
    return tuple(
        GradeWord(word, grades[word].code or None, grades[word].sure, count)
        for word, count in counted.most_common()
    )
