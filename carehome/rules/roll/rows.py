"""One row of a roll, read into values with all that is wrong in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from carehome.i18n import show_money
from carehome.rules import identity, money
from carehome.rules.identity import BadIdentity, Identity, IdentityMissing
from carehome.rules.roll import cells, faults
from carehome.rules.roll.columns import Heading
from carehome.rules.roll.faults import FAULTS, Finding
from carehome.rules.roll.lines import Line
from carehome.rules.roll.places import Place
from carehome.rules.roll.words import CONTACTS, FEES, Field, Grade, Words, fold

_SEPARATORS = re.compile(r"[\u3001\uff0c,;\uff1b/\uff0f|\\+()\uff08\uff09\s]+")
_AGE_SLACK = 2  # years: by the Chinese count one is older, an old list makes younger


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to, as far as the roll tells."""

    name: str
    relation: str = ""
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RollRow:
    """One resident of a roll; what cannot be used is None and named in `faults`."""

    sheet_row: int
    last_row: int
    heading: Heading
    section: str
    name: str
    sex: str | None
    id_number: str | None
    birth: date | None
    admitted: date | None
    place: Place
    grade: str | None
    grade_word: str
    ability: int | None
    categories: tuple[str, ...]
    ethnicity: str
    address: str
    phones: tuple[str, ...]
    contacts: tuple[Contact, ...]
    bed_fen: int | None
    care_fen: int | None
    meal_fen: int | None
    deposit_fen: int | None
    note: str
    faults: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        """Say whether the row can be read in."""
        return not self.faults

    @property
    def lent(self) -> Mapping[str, str]:
        """Return the place, parts of which may have stood in rows above."""
        place = self.place
        return {
            Field.BUILDING: place.building,
            Field.FLOOR: place.floor,
            Field.ROOM: place.room,
        }


def read_row(line: Line, place: Place, section: str, today: date) -> RollRow:
    """Read one resident; what other rows and the home say of them comes later."""
    name = _name(line)
    person = _identity(line, today)
    birth = _birth(line, person, today)
    sex = _sex(line, person)
    admitted = _admitted(line, birth, today)
    _left(line, name.remark, today)
    bed, care, meal = (_fen(line, fee) for fee in FEES)
    _compare_total(line, (bed, care, meal))
    note = " ".join(part for part in (line.text(Field.NOTE), name.remark) if part)
    row = RollRow(
        sheet_row=line.row,
        last_row=line.row,
        heading=line.heading,
        section=section,
        name=name.text,
        sex=sex,
        id_number=person.number if person else None,
        birth=birth,
        admitted=admitted,
        place=place,
        grade=_grade(line),
        grade_word=line.text(Field.GRADE),
        ability=line.words.abilities.get(fold(line.text(Field.ABILITY))),
        categories=_categories(line),
        ethnicity=line.text(Field.ETHNICITY),
        address=line.text(Field.ADDRESS),
        phones=_phones(line, line.heading.column(Field.PHONE)),
        contacts=contacts(line),
        bed_fen=bed,
        care_fen=care,
        meal_fen=meal,
        deposit_fen=_fen(line, Field.DEPOSIT),
        note=note,
        faults=(),
        notes=(),
    )
    if line.row in line.sheet.hidden_rows:
        line.remark("hidden_row", Field.NAME, faults.HIDDEN_ROW)
    return row


def ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return faults with the gravest first."""
    return tuple(sorted(findings, key=lambda found: FAULTS.index(found.name)))


def contacts(line: Line) -> tuple[Contact, ...]:
    """Return the family of a row; their columns may repeat from left to right."""
    people: list[Contact] = []
    name = relation = ""
    phones: tuple[str, ...] = ()
    for column, told in enumerate(line.heading.fields):
        if told not in CONTACTS:
            continue
        text = cells.plain(line.at(column))
        begins = (told is Field.CONTACT and name) or (
            told is Field.RELATION and relation
        )
        if begins:
            people.append(Contact(name, relation, phones))
            name, relation, phones = "", "", ()
        if fold(text) in line.words.missing:
            continue
        if told is Field.RELATION:
            relation = text
        elif told is Field.CONTACT_PHONE:
            phones += _phones(line, column)
        else:
            phones += cells.read_phones(text)
            who = cells.read_name(cells.without_phones(text), line.words.dot)
            name, relation = who.text, relation or who.remark
    people.append(Contact(name, relation, phones))
    return tuple(one for one in people if one.name or one.phones)


def _name(line: Line) -> cells.Name:
    name = cells.read_name(line.value(Field.NAME), line.words.dot)
    if not name.text or fold(name.text) in line.words.missing:
        line.fault("name_missing", Field.NAME, faults.NAME_MISSING)
        return cells.Name("", name.remark)
    if name.remark:
        line.remark("name_remark", Field.NAME, faults.NAME_REMARK, remark=name.remark)
    if name.has_private_character:
        line.remark("name_private", Field.NAME, faults.NAME_PRIVATE)
    return name


def _identity(line: Line, today: date) -> Identity | None:
    """Read the identity number and say what is wrong with it."""
    value = line.value(Field.ID_NUMBER)
    try:
        if fold(cells.plain(value)) in line.words.missing:
            raise IdentityMissing
        person = identity.read(value, today)
    except BadIdentity as refusal:
        line.spoilt(refusal.fault, Field.ID_NUMBER, refusal)
        return None
    if person.was_old:
        number = person.number
        line.remark("id_upgraded", Field.ID_NUMBER, faults.ID_UPGRADED, number=number)
    elif person.may_be_rounded:
        line.remark("id_zeros", Field.ID_NUMBER, faults.ID_ZEROS)
    return person


def _birth(line: Line, person: Identity | None, today: date) -> date | None:
    """Return the day of birth; where the number tells it, the sheet only confirms."""
    value = line.value(Field.BIRTH)
    told = cells.read_birth(value, line.words, line.sheet.day_zero)
    if person is None:
        return told.whole if told else None
    if told and not told.agrees(person.born):
        line.remark(
            "birth_differs",
            Field.BIRTH,
            faults.BIRTH_DIFFERS,
            typed=cells.plain(value),
            born=person.born.isoformat(),
        )
    _compare_age(line, person.born, today)
    return person.born


def _compare_age(line: Line, born: date, today: date) -> None:
    found = re.match(r"\d{1,3}", fold(line.text(Field.AGE)))
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    age = today.year - born.year - (not had_birthday)
    if found and abs(int(found[0]) - age) > _AGE_SLACK:
        line.remark(
            "age_differs", Field.AGE, faults.AGE_DIFFERS, typed=found[0], age=age
        )


def _sex(line: Line, person: Identity | None) -> str | None:
    """Return the sex of the sheet, or of the number where the sheet tells none."""
    text = line.text(Field.SEX)
    told = line.words.sexes.get(fold(text))
    if text and told is None:
        line.remark("sex_unknown", Field.SEX, faults.SEX_UNKNOWN, typed=text)
    if person is None:
        return told
    if told not in (None, person.sex):
        is_male = told == identity.MALE
        why = faults.SHEET_MALE if is_male else faults.SHEET_FEMALE
        line.fault("sex_mismatch", Field.SEX, why)
    return told or person.sex


def _admitted(line: Line, born: date | None, today: date) -> date | None:
    value = line.value(Field.ADMITTED)
    try:
        day = cells.read_day(value, line.words, line.sheet.day_zero)
        cells.check_admission(day, born, today)
    except cells.BadDay as refusal:
        line.spoilt(refusal.fault, Field.ADMITTED, refusal)
        return None
    return day


def _left(line: Line, remark: str, today: date) -> None:
    """Mark residents of whom the sheet says that they live here no more."""
    for where, typed, is_so in (
        (Field.STATUS, line.text(Field.STATUS), _says_left(line, Field.STATUS)),
        (Field.NAME, remark, _mentions_leaving(line, remark)),
        (Field.DISCHARGED, line.text(Field.DISCHARGED), _is_gone(line, today)),
    ):
        if is_so:
            line.fault("already_left", where, faults.ALREADY_LEFT, typed=typed)
            return
    if _mentions_leaving(line, line.text(Field.NOTE)):
        line.remark("maybe_left", Field.NOTE, faults.MAYBE_LEFT)


def _says_left(line: Line, of: Field) -> bool:
    return fold(line.text(of)) in line.words.left


def _mentions_leaving(line: Line, text: str) -> bool:
    """Say whether a free text holds a word for leaving, whoever it is about."""
    return any(len(word) > 1 and word in fold(text) for word in line.words.left)


def _is_gone(line: Line, today: date) -> bool:
    """Say whether the date of discharge is past, or a word for leaving."""
    value = line.value(Field.DISCHARGED)
    try:
        return cells.read_day(value, line.words, line.sheet.day_zero) <= today
    except cells.BadDay:
        return _says_left(line, Field.DISCHARGED)


def _fen(line: Line, of: Field) -> int | None:
    """Return an amount; a blank cell is 0, a column that is not there None."""
    column = line.heading.column(of)
    if column is None:
        return None
    value = line.at(column)
    if value is None:
        if of in FEES:
            line.remark("fee_blank", of, faults.FEE_BLANK)
        return 0
    try:
        fen = cells.read_fen(value, line.words)
    except money.BadAmount as refusal:
        line.spoilt("bad_amount", of, refusal)
        return None
    if fen < 0:
        line.fault("bad_amount", of, faults.NEGATIVE, typed=cells.plain(value))
        return None
    if line.cell(of).above:
        line.remark("amount_merged", of, faults.AMOUNT_MERGED)
    return fen


def _compare_total(line: Line, fees: tuple[int | None, ...]) -> None:
    """Compare the fees with the sheet's own total, where it has one."""
    told = [fen for fen in fees if fen is not None]
    total = _amount(line, line.heading.column(Field.TOTAL_FEE))
    if total is None or len(told) < len(FEES):
        return
    if total not in (sum(told), sum(told) + _other_fees(line)):
        line.remark(
            "total_differs",
            Field.TOTAL_FEE,
            faults.TOTAL_DIFFERS,
            total=show_money(total),
            sum=show_money(sum(told)),
        )


def _other_fees(line: Line) -> int:
    """Add up what stands in columns of no field between the first fee and the total."""
    fields = line.heading.fields
    first = min(fields.index(fee) for fee in FEES)
    between = range(first, fields.index(Field.TOTAL_FEE))
    amounts = (_amount(line, n) for n in between if fields[n] is None)
    return sum(amount or 0 for amount in amounts)


def _amount(line: Line, column: int | None) -> int | None:
    """Return what a column says if that is an amount."""
    try:
        return None if column is None else cells.read_fen(line.at(column), line.words)
    except money.BadAmount:
        return None


def grade_of(text: str, words: Words) -> Grade | None:
    """Return our grade for the home's word, with or without its brackets."""
    pieces = [part for part in _SEPARATORS.split(text) if part]
    found = (words.grades.get(fold(word)) for word in (text, *pieces))
    return next(filter(None, found), None)


def _grade(line: Line) -> str | None:
    text = line.text(Field.GRADE)
    grade = grade_of(text, line.words)
    if text and grade is None:
        line.remark("grade_unknown", Field.GRADE, faults.GRADE_UNKNOWN, typed=text)
    return grade.code if grade else None


def _categories(line: Line) -> tuple[str, ...]:
    """Return every category that the row names."""
    found: list[str] = []
    for word in filter(None, _SEPARATORS.split(line.text(Field.CATEGORY))):
        if code := line.words.categories.get(fold(word)):
            found.append(code)
        else:
            line.remark(
                "category_unknown", Field.CATEGORY, faults.CATEGORY_UNKNOWN, typed=word
            )
    return tuple(dict.fromkeys(found))


def _phones(line: Line, column: int | None) -> tuple[str, ...]:
    """Return the phone numbers of one column."""
    value = None if column is None else line.at(column)
    text = cells.plain(value)
    found = cells.read_phones(value)
    if text and not found and fold(text) not in line.words.missing:
        of = line.heading.fields[column or 0] or Field.PHONE
        facts = {"typed": text}
        line.notes.append(
            Finding("phone_unreadable", of, column, faults.PHONE_UNREADABLE, facts)
        )
    return found
