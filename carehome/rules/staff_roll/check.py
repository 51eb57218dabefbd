"""Reading a whole list of staff: which rows are people, and who is known already."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from carehome.i18n import N_
from carehome.rules.roll.faults import DUPLICATE
from carehome.rules.roll.lists import likeliest, once
from carehome.rules.roll.words import fold
from carehome.rules.roll.words import shipped as common
from carehome.rules.sheets import Sheet
from carehome.rules.staff_roll import columns
from carehome.rules.staff_roll.columns import StaffHeading
from carehome.rules.staff_roll.rows import Line, StaffRow, read_row
from carehome.rules.staff_roll.words import Field, StaffWords, shipped

ALREADY_STAFF = N_(
    "{name} with this identity number has a staff file already. Leave this row out, or "
    "correct the number."
)
NAMESAKE = N_(
    "Somebody called {name} who came on the same day has a staff file already. See "
    "whether it is the same person."
)
UNIT_UNKNOWN = N_("The home has no unit called “{typed}”; choose one by hand.")


@dataclass(frozen=True, slots=True)
class StaffRoll:
    """A sheet read as a list of staff; `skipped` are the rows that are nobody."""

    sheet: Sheet
    heading: StaffHeading
    rows: tuple[StaffRow, ...]
    skipped: tuple[int, ...]

    @property
    def good(self) -> tuple[StaffRow, ...]:
        """Return the rows that can be read in."""
        return tuple(row for row in self.rows if row.is_good)

    @property
    def rejected(self) -> tuple[StaffRow, ...]:
        """Return the rows that a person has to correct first."""
        return tuple(row for row in self.rows if not row.is_good)


def choose(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets that are lists of staff, the likeliest first."""
    return likeliest(sheets, columns.find)


def read(
    sheet: Sheet,
    *,
    today: date,
    heading: StaffHeading | None = None,
    known_ids: Mapping[str, str] | None = None,
    known_people: Collection[tuple[str, date]] = (),
    units: Collection[str] | None = None,
) -> StaffRoll:
    """Read a sheet; the home's identity numbers, people and units judge its rows."""
    heading = heading or columns.find(sheet)
    columns.check(sheet, heading)
    words = shipped()
    rows: list[StaffRow] = []
    skipped: list[int] = []
    for number in range(heading.last + 1, len(sheet.rows) + 1):
        line = Line(sheet, number, heading, common(), words=words)
        if _is_nobody(line, words):
            skipped.append(number)
            continue
        row = read_row(line, today)
        _judge(line, row, rows, known_ids or {}, known_people)
        if row.unit and units is not None and row.unit not in units:
            line.remark("unit_unknown", Field.UNIT, UNIT_UNKNOWN, typed=row.unit)
            row = replace(row, unit="")
        rows.append(replace(row, faults=once(line.faults), notes=once(line.notes)))
    return StaffRoll(sheet, heading, tuple(rows), tuple(skipped))


def _judge(
    line: Line,
    row: StaffRow,
    before: Sequence[StaffRow],
    known_ids: Mapping[str, str],
    known_people: Collection[tuple[str, date]],
) -> None:
    """Note what other rows and the home's files say against a row."""
    number = row.id_number
    if number and number in known_ids:
        name = known_ids[number]
        line.fault("already_staff", Field.ID_NUMBER, ALREADY_STAFF, name=name)
    twin = next((each for each in before if number and each.id_number == number), None)
    if twin is not None:
        facts = {"row": twin.sheet_row, "name": twin.name}
        line.fault("duplicate_id", Field.ID_NUMBER, DUPLICATE, **facts)
    if row.hired_on and (row.name, row.hired_on) in known_people:
        line.fault("already_staff", Field.NAME, NAMESAKE, name=row.name)


def _is_nobody(line: Line, words: StaffWords) -> bool:
    """Say whether a row is blank, a sum, a signature or the titles again."""
    texts = line.texts
    if len(texts) < 2:
        return True
    if words.titles.exact.get(fold(line.text(Field.NAME))) is Field.NAME:
        return True
    return not line.text(Field.NAME) and texts[0].startswith(words.sums)
