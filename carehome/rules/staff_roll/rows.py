"""One row of a list of staff, read into values with all that is wrong in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from carehome.i18n import N_, show_day
from carehome.rules import identity
from carehome.rules.identity import BadIdentity, Identity
from carehome.rules.roll import cells, faults
from carehome.rules.roll.faults import Finding
from carehome.rules.roll.lists import ListLine
from carehome.rules.roll.words import fold
from carehome.rules.staff_roll.columns import StaffHeading
from carehome.rules.staff_roll.words import Field, StaffWords

_SEPARATORS = re.compile(r"[\u3001\uff0c,;\uff1b/\uff0f|\\+\s]+")

NAME_MISSING = N_("The name is missing. Type it.")
POST_MISSING = N_("The post is missing. Type it.")
HIRED_MISSING = N_("The day of coming is missing. Type it as 2023-05-06.")
STILL_TO_COME = N_("{day} is still to come. Read the row in later.")
LEFT_FIRST = N_("The day of leaving lies before the day of coming. Correct one.")
CONTRACT_TURNED = N_("The contract ends before it begins. Correct one of the days.")
LEVEL_UNKNOWN = N_("“{typed}” is not a known level of caregiver. Enter it by hand.")
LEVEL_WITHOUT_DAY = N_("No day of issue is given; the day of coming is read.")
EDUCATION_UNKNOWN = N_("“{typed}” is not a known education. Choose one by hand.")
NO_NUMBER = N_("No identity number is given; add it later.")


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person of a list; what cannot be used is None and named in `faults`."""

    sheet_row: int
    heading: StaffHeading
    name: str
    posts: tuple[str, ...]
    hired_on: date | None
    left_on: date | None = None
    number: str = ""
    sex: str = ""
    id_number: str | None = None
    born: date | None = None
    phone: str = ""
    unit: str = ""
    education: str = ""
    graduated_on: date | None = None
    care_since: date | None = None
    level: int | None = None
    level_number: str = ""
    level_on: date | None = None
    health_until: date | None = None
    contract_from: date | None = None
    contract_until: date | None = None
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
        """Return the dividing row it stands under; lists of staff have none."""
        return ""

    @property
    def lent(self) -> Mapping[str, str]:
        """Return what stood in rows above: nothing."""
        return {}


@dataclass(slots=True)
class Line(ListLine[Field]):
    """A row of a list of staff, with the words by which its cells are read."""

    words: StaffWords = field(kw_only=True)


def read_row(line: Line, today: date) -> StaffRow:
    """Read one person; what other rows and the home say of them comes later."""
    name = cells.read_name(line.value(Field.NAME), line.common.dot)
    if not name.text:
        line.fault("name_missing", Field.NAME, NAME_MISSING)
    person = _identity(line, today)
    hired_on, left_on = _employment(line, today)
    level = _level(line)
    note = " ".join(filter(None, (line.text(Field.NOTE), name.remark)))
    row = StaffRow(
        line.row,
        line.heading,
        name.text,
        _posts(line),
        hired_on,
        left_on,
        line.text(Field.NUMBER),
        _sex(line, person),
        person.number if person else None,
        _born(line, person),
        " ".join(cells.read_phones(line.value(Field.PHONE))),
        line.text(Field.UNIT),
        _education(line),
        line.day(Field.GRADUATED),
        line.day(Field.CARE_SINCE),
        level,
        line.text(Field.LEVEL_NUMBER),
        _issued(line, today),
        line.day(Field.HEALTH_UNTIL),
        *_contract(line, hired_on),
        note,
    )
    if level is not None and row.level_on is None:
        line.remark("level_without_day", Field.LEVEL, LEVEL_WITHOUT_DAY)
    return row


def _posts(line: Line) -> tuple[str, ...]:
    posts = tuple(filter(None, _SEPARATORS.split(line.text(Field.POST))))
    if not posts:
        line.fault("post_missing", Field.POST, POST_MISSING)
    return tuple(dict.fromkeys(posts))


def _employment(line: Line, today: date) -> tuple[date | None, date | None]:
    hired_on, left_on = line.day(Field.HIRED), line.day(Field.LEFT)
    if not line.text(Field.HIRED):
        line.fault("bad_date", Field.HIRED, HIRED_MISSING)
    if hired_on and hired_on > today:
        line.fault("bad_date", Field.HIRED, STILL_TO_COME, day=show_day(hired_on))
    if hired_on and left_on and left_on < hired_on:
        line.fault("bad_date", Field.LEFT, LEFT_FIRST)
    return hired_on, left_on


def _contract(line: Line, hired_on: date | None) -> tuple[date | None, date | None]:
    """Return from when to when the contract holds; without a start, since hiring."""
    begins, ends = line.day(Field.CONTRACT_FROM), line.day(Field.CONTRACT_UNTIL)
    since = begins or hired_on
    if since and ends and ends < since:
        line.fault("bad_date", Field.CONTRACT_UNTIL, CONTRACT_TURNED)
    return begins, ends


def _issued(line: Line, today: date) -> date | None:
    issued_on = line.day(Field.LEVEL_ON)
    if issued_on and issued_on > today:
        text = STILL_TO_COME
        line.fault("bad_date", Field.LEVEL_ON, text, day=show_day(issued_on))
    return issued_on


def _identity(line: Line, today: date) -> Identity | None:
    value = line.value(Field.ID_NUMBER)
    if not line.text(Field.ID_NUMBER):
        line.remark("id_missing", Field.ID_NUMBER, NO_NUMBER)
        return None
    try:
        return identity.read(value, today)
    except BadIdentity as refusal:
        line.fault(refusal.fault, Field.ID_NUMBER, refusal.text, **refusal.facts)
        return None


def _sex(line: Line, person: Identity | None) -> str:
    said = line.common.sexes.get(fold(line.text(Field.SEX)), "")
    if person is None:
        return said
    if said and said != person.sex:
        text = faults.SHEET_MALE if said == "male" else faults.SHEET_FEMALE
        line.fault("sex_mismatch", Field.SEX, text)
    return person.sex


def _born(line: Line, person: Identity | None) -> date | None:
    if person is not None:
        return person.born
    told = cells.read_birth(line.value(Field.BIRTH), line.common, line.sheet.day_zero)
    return told.whole if told else None


def _level(line: Line) -> int | None:
    typed = line.text(Field.LEVEL)
    level = line.words.levels.get(fold(typed))
    if typed and level is None:
        line.remark("level_unknown", Field.LEVEL, LEVEL_UNKNOWN, typed=typed)
    return level


def _education(line: Line) -> str:
    typed = line.text(Field.EDUCATION)
    code = line.words.educations.get(fold(typed), "")
    if typed and not code:
        line.remark(
            "education_unknown", Field.EDUCATION, EDUCATION_UNKNOWN, typed=typed
        )
    return code
