"""Reading a whole list of equipment: what hangs where, and what is known already."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from carehome.i18n import N_, show_day
from carehome.rules.equipment_roll import columns
from carehome.rules.equipment_roll.columns import EquipmentHeading
from carehome.rules.equipment_roll.words import Field, shipped
from carehome.rules.roll import cells
from carehome.rules.roll.faults import Finding
from carehome.rules.roll.lists import BAD_DATE, ListLine, once
from carehome.rules.roll.words import fold
from carehome.rules.roll.words import shipped as common
from carehome.rules.sheets import Sheet

MOST = 200  # pieces of one row; more is a slip
Known = tuple[int, str, str, date | None]  # kind, folded place and model, day made

KIND_MISSING = N_("The kind is missing. Type what it is.")
KIND_UNKNOWN = N_(
    "“{typed}” is not on the list of kinds. Type it as it stands there, or add the "
    "kind first."
)
PLACE_MISSING = N_("The place is missing. Type where it hangs.")
COUNT_WRONG = N_("“{typed}” is no number of pieces. Type a number from 1 to {most}.")
MADE_LATER = N_("{day} is still to come. Correct the day.")
SERVED_FIRST = N_("The service lies before the day of manufacture. Correct one.")
FIRST_OF_MONTH = N_("Only the month is given; its first day is read.")
NO_DAY = N_("No day of manufacture is given; its life cannot be watched.")
KNOWN_ALREADY = N_(
    "The ledger has {count} {count:piece|pieces} of this kind, model and day at this "
    "place already. Leave this row out, or correct it."
)


@dataclass(frozen=True, slots=True)
class Home:
    """What the home says to a list: its kinds by folded name, and what hangs there."""

    kinds: Mapping[str, int]
    known: Mapping[Known, int]


@dataclass(frozen=True, slots=True)
class PieceRow:
    """Equipment of one row; what cannot be used is None and named in `faults`."""

    sheet_row: int
    heading: EquipmentHeading
    name: str
    kind_id: int | None
    place: str
    model: str = ""
    made_on: date | None = None
    count: int = 1
    served_on: date | None = None
    by: str = ""
    note: str = ""
    faults: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()

    @property
    def is_good(self) -> bool:
        """Say whether the row can be read in."""
        return not self.faults

    @property
    def last_row(self) -> int:
        """Return the row of the sheet on which it ends, which is where it begins."""
        return self.sheet_row

    @property
    def section(self) -> str:
        """Return the dividing row it stands under; these lists have none."""
        return ""

    @property
    def lent(self) -> Mapping[str, str]:
        """Return what stood in rows above: nothing."""
        return {}


@dataclass(frozen=True, slots=True)
class EquipmentRoll:
    """A sheet read as a list of equipment; `skipped` are the rows without any."""

    sheet: Sheet
    heading: EquipmentHeading
    rows: tuple[PieceRow, ...]
    skipped: tuple[int, ...]

    @property
    def good(self) -> tuple[PieceRow, ...]:
        """Return the rows that can be read in."""
        return tuple(row for row in self.rows if row.is_good)

    @property
    def rejected(self) -> tuple[PieceRow, ...]:
        """Return the rows that a person has to correct first."""
        return tuple(row for row in self.rows if not row.is_good)

    @property
    def pieces(self) -> int:
        """Return how many pieces the good rows are."""
        return sum(row.count for row in self.good)


def read(
    sheet: Sheet, home: Home, *, today: date, heading: EquipmentHeading | None = None
) -> EquipmentRoll:
    """Read a sheet; the home's kinds and equipment judge its rows."""
    heading = heading or columns.find(sheet)
    columns.check(sheet, heading)
    rows: list[PieceRow] = []
    skipped: list[int] = []
    for number in range(heading.last + 1, len(sheet.rows) + 1):
        line = ListLine(sheet, number, heading, common())
        if _is_nothing(line):
            skipped.append(number)
            continue
        row = _read_row(line, home, today)
        rows.append(replace(row, faults=once(line.faults), notes=once(line.notes)))
    return EquipmentRoll(sheet, heading, tuple(rows), tuple(skipped))


def known_as(kind_id: int, place: str, model: str, made_on: date | None) -> Known:
    """Return by what a piece is known again."""
    return kind_id, fold(place), fold(model), made_on


def count_known(pieces: "list[Known]") -> Mapping[Known, int]:
    """Count the pieces that are alike."""
    return Counter(pieces)


def _read_row(line: ListLine[Field], home: Home, today: date) -> PieceRow:
    typed, place = line.text(Field.KIND), line.text(Field.PLACE)
    if not place:
        line.fault("place_missing", Field.PLACE, PLACE_MISSING)
    made_on = _made_on(line, today)
    row = PieceRow(
        line.row,
        line.heading,
        " ".join(filter(None, (typed, place))),
        _kind(line, typed, home),
        place,
        line.text(Field.MODEL),
        made_on,
        _count(line),
        _served_on(line, made_on, today),
        line.text(Field.BY),
        line.text(Field.NOTE),
    )
    _judge(line, row, home)
    return row


def _judge(line: ListLine[Field], row: PieceRow, home: Home) -> None:
    """Refuse what hangs there already, so that no list is read in twice."""
    if row.kind_id is not None:
        known = known_as(row.kind_id, row.place, row.model, row.made_on)
        count = home.known.get(known, 0)
        if count:
            line.fault("known_already", Field.PLACE, KNOWN_ALREADY, count=count)


def _kind(line: ListLine[Field], typed: str, home: Home) -> int | None:
    if not typed:
        line.fault("kind_missing", Field.KIND, KIND_MISSING)
        return None
    found = home.kinds.get(fold(typed))
    if found is None:
        line.fault("kind_unknown", Field.KIND, KIND_UNKNOWN, typed=typed)
    return found


def _count(line: ListLine[Field]) -> int:
    typed = line.text(Field.COUNT)
    count = int(typed) if typed.isdecimal() else 0 if typed else 1
    if not 1 <= count <= MOST:
        line.fault("bad_count", Field.COUNT, COUNT_WRONG, typed=typed, most=MOST)
    return count


def _made_on(line: ListLine[Field], today: date) -> date | None:
    """Return the day of manufacture; of a month, as plates tell it, the first."""
    typed, day = line.text(Field.MADE), None
    if not typed:
        line.remark("no_day", Field.MADE, NO_DAY)
        return None
    value = line.value(Field.MADE)
    try:
        day = cells.read_day(value, line.common, line.sheet.day_zero)
    except cells.DayOfMonthMissing:
        told = cells.read_birth(typed, line.common)
        if told and told.month:
            day = date(told.year, told.month, 1)
            line.remark("first_of_month", Field.MADE, FIRST_OF_MONTH)
    except cells.BadDay:
        pass  # named below
    if day is None:
        line.fault("bad_date", Field.MADE, BAD_DATE, typed=typed)
    elif day > today:
        line.fault("bad_date", Field.MADE, MADE_LATER, day=show_day(day))
    return day


def _served_on(line: ListLine[Field], made_on: date | None, today: date) -> date | None:
    day = line.day(Field.SERVED)
    if day and day > today:
        line.fault("bad_date", Field.SERVED, MADE_LATER, day=show_day(day))
    if day and made_on and day < made_on:
        line.fault("bad_date", Field.SERVED, SERVED_FIRST)
    return day


def _is_nothing(line: ListLine[Field]) -> bool:
    """Say whether a row is blank, a sum, a signature or the titles again."""
    texts, words = line.texts, shipped()
    if not texts:
        return True
    titles = words.titles.exact
    if titles.get(fold(line.text(Field.PLACE))) is Field.PLACE:
        return True
    return not line.text(Field.PLACE) and texts[0].startswith(words.sums)
