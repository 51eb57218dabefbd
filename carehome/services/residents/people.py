"""Who a resident is: the person, the people to turn to, the categories."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import ContactRow, ResidentCategoryRow, ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules import identity
from carehome.rules import residents as rules
from carehome.rules.home import NameMissing
from carehome.rules.phones import read_phone
from carehome.services.pinyin import spell
from carehome.services.residents.stays import status_in


class AlreadyKnown(Refusal):
    """An identity number belongs to one person only."""

    text = N_(
        "{name} has this identity number and is known already ({status}). Go on with "
        "that file instead of making a second one."
    )


class SexMismatch(Refusal):
    """The identity number speaks of the other sex."""

    text = N_(
        "According to the identity number {name} is: {sex}. Compare both with the "
        "identity card."
    )


class BirthMismatch(Refusal):
    """The identity number holds another birthday."""

    text = N_(
        "According to the identity number {name} was born on {born}. Compare both with "
        "the identity card."
    )


@dataclass(frozen=True, slots=True)
class Person:
    """What is written down of a person, but for the identity number."""

    name: str
    sex: str
    born: date | None = None
    phone: str = ""
    address: str = ""
    ability_level: int | None = None
    has_dementia: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to; `role` is guardian, agent, emergency or family."""

    role: str
    name: str
    relation: str = ""
    phone: str = ""
    is_organisation: bool = False
    note: str = ""


def add_person_in(
    session: Session, person: Person, id_number: str, today: date
) -> ResidentRow:
    """Write down a new person; an identity number known already is refused."""
    row = ResidentRow(name="", sex=person.sex)
    change_person_in(session, row, person, id_number, today)
    session.add(row)
    session.flush()
    return row


def change_person_in(
    session: Session,
    row: ResidentRow,
    person: Person,
    id_number: str | None,
    today: date,
) -> None:
    """Store what is written down of a person; a number of None stays as it is."""
    with session.no_autoflush:
        _fill(row, person)
        if id_number is not None:
            row.id_number = _checked_number(session, row, id_number, today)
        _check_fits(row)


def _checked_number(
    session: Session, row: ResidentRow, typed: str, today: date
) -> str | None:
    if not typed.strip():
        return None
    number = identity.read_any(typed, today)
    twin = known_in(session, number)
    if twin is not None and twin.id != row.id:
        status = _(rules.STATUS_NAMES[status_in(session, twin.id, today)])
        raise AlreadyKnown(resident_id=twin.id, name=twin.name, status=status)
    return number


def known_in(session: Session, id_number: str) -> ResidentRow | None:
    """Return the person with an identity number, None when there is none yet."""
    return session.scalar(select(ResidentRow).where(ResidentRow.id_number == id_number))


def person_of(row: ResidentRow) -> Person:
    """Return what is written down of a person."""
    return Person(
        row.name,
        row.sex,
        row.born,
        row.phone,
        row.address,
        row.ability_level,
        row.has_dementia,
        row.note,
    )


def contacts_in(session: Session, resident_id: int) -> list[Contact]:
    """List the people to turn to, in the order they were given."""
    rows = session.scalars(
        select(ContactRow)
        .where(ContactRow.resident_id == resident_id)
        .order_by(ContactRow.id)
    )
    return [
        Contact(
            row.role, row.name, row.relation, row.phone, row.is_organisation, row.note
        )
        for row in rows
    ]


def set_contacts_in(
    session: Session, resident_id: int, contacts: Sequence[Contact]
) -> None:
    """Store the people to turn to, in this order; rows that are the same stay."""
    rows = session.scalars(
        select(ContactRow)
        .where(ContactRow.resident_id == resident_id)
        .order_by(ContactRow.id)
    ).all()
    for row in rows[len(contacts) :]:
        session.delete(row)
    for place, contact in enumerate(contacts):
        if not contact.name.strip():
            raise NameMissing(field=_("name of the contact"))
        known = place < len(rows)
        row = rows[place] if known else ContactRow(resident_id=resident_id)
        row.role, row.name = contact.role, rules.clean_name(contact.name)
        row.relation = contact.relation.strip()
        row.phone = read_phone(contact.phone)
        row.is_organisation, row.note = contact.is_organisation, contact.note.strip()
        if not known:
            session.add(row)
    session.flush()


def categories_in(session: Session, resident_id: int) -> list[str]:
    """List the codes of a resident's categories."""
    rows = session.scalars(
        select(ResidentCategoryRow.code)
        .where(ResidentCategoryRow.resident_id == resident_id)
        .order_by(ResidentCategoryRow.id)
    )
    return list(rows)


def set_categories_in(session: Session, resident_id: int, codes: Iterable[str]) -> None:
    """Store the categories that a resident belongs to."""
    wanted = list(dict.fromkeys(codes))
    rows = session.scalars(
        select(ResidentCategoryRow).where(
            ResidentCategoryRow.resident_id == resident_id
        )
    ).all()
    for row in rows:
        if row.code not in wanted:
            session.delete(row)
    known = {row.code for row in rows}
    session.add_all(
        ResidentCategoryRow(resident_id=resident_id, code=code)
        for code in wanted
        if code not in known
    )
    session.flush()


def _fill(row: ResidentRow, person: Person) -> None:
    name = rules.clean_name(person.name)
    if not name:
        raise NameMissing(field=_("name"))
    if name != row.name:
        spelling = spell(name)
        row.name, row.pinyin, row.initials = name, spelling.full, spelling.initials
    row.sex, row.born = person.sex, person.born
    row.phone, row.address = read_phone(person.phone), person.address.strip()
    row.ability_level, row.has_dementia = person.ability_level, person.has_dementia
    row.note = person.note.strip()


def _check_fits(row: ResidentRow) -> None:
    """Take the birthday from the identity number; raise when both contradict."""
    if row.id_number is None or identity.is_foreign(row.id_number):
        return
    said = identity.FEMALE if int(row.id_number[16]) % 2 == 0 else identity.MALE
    if row.sex != said:
        raise SexMismatch(name=row.name, sex=_(rules.SEX_NAMES[said]))
    born = date.fromisoformat(row.id_number[6:14])
    row.born = row.born or born
    if row.born != born:
        raise BirthMismatch(name=row.name, born=born)
