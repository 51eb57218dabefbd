"""Who a resident is: the person, and the people to turn to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import ContactRow, ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules import identity
from carehome.rules import residents as rules
from carehome.rules.home import NameMissing
from carehome.rules.phones import read_phone
from carehome.services.assessments.levels import source_in
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


class LevelAssessed(Refusal):
    """The ability level comes from an assessment, not from a pen."""

    text = N_(
        "The ability level of {name} comes from assessment {label}. Assess again, or "
        "void that assessment if it is wrong."
    )


class CommissionTurned(Refusal):
    """A commission ends before it is given."""

    text = N_("The commission must hold beyond {on}, the day on which it was given.")


class NobodyToCall(Refusal):
    """Somebody moves in and nobody can be called in an emergency."""

    text = N_(
        "Somebody must be there to be called in an emergency. Write down one contact "
        "with a phone and tick “Emergency”."
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
    dementia_on: date | None = None
    dementia_by: str = ""
    dementia_source: str = ""
    disability_grade: int | None = None
    disability_kind: str = ""


@dataclass(frozen=True, slots=True)
class Commission:
    """The paper by which an agent acts; from `ends` on it does not hold any more."""

    number: str = ""
    on: date | None = None
    ends: date | None = None
    scope: str = ""
    paper_id: int | None = None


NO_COMMISSION = Commission()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to; `role` is guardian, agent, emergency or family.

    An agent may be an organisation, which acts by a commission. Who pays and who
    signs is told apart from the role; several may be called in an emergency.
    """

    role: str
    name: str
    relation: str = ""
    phone: str = ""
    is_organisation: bool = False
    note: str = ""
    phone_2: str = ""
    is_emergency: bool = False
    signs: bool = False
    pays: bool = False
    commission: Commission = NO_COMMISSION

    @property
    def is_called(self) -> bool:
        """Say whether this contact is called in an emergency."""
        return self.is_emergency or self.role == "emergency"


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
        _check_level(session, row, person)
        _fill(row, person)
        if id_number is not None:
            row.id_number = _checked_number(session, row, id_number, today)
        _check_fits(row)


def _check_level(session: Session, row: ResidentRow, person: Person) -> None:
    """Raise LevelAssessed when an assessed level would be changed by hand."""
    if row.id is None or person.ability_level == row.ability_level:
        return
    if label := source_in(session, row.id):
        raise LevelAssessed(name=row.name, label=label)


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
        row.dementia_on,
        row.dementia_by,
        row.dementia_source,
        row.disability_grade,
        row.disability_kind,
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
            row.role,
            row.name,
            row.relation,
            row.phone,
            row.is_organisation,
            row.note,
            row.phone_2,
            row.is_emergency,
            row.signs,
            row.pays,
            Commission(
                row.commission_number,
                row.commission_on,
                row.commission_ends,
                row.commission_scope,
                row.commission_paper_id,
            ),
        )
        for row in rows
    ]


def check_somebody_to_call(contacts: Iterable[Contact]) -> None:
    """Raise unless one contact has a phone to be called on in an emergency."""
    if not any(each.is_called and (each.phone or each.phone_2) for each in contacts):
        raise NobodyToCall


def with_somebody_called(contacts: Iterable[Contact]) -> list[Contact]:
    """Return the contacts; where nobody is named for emergencies, the first is."""
    found = list(contacts)
    if any(each.is_called for each in found):
        return found
    reachable = [at for at, each in enumerate(found) if each.phone or each.phone_2]
    for at in reachable[:1]:
        found[at] = replace(found[at], is_emergency=True)
    return found


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
        row.phone_2 = read_phone(contact.phone_2)
        row.is_emergency = contact.is_called
        row.signs, row.pays = contact.signs, contact.pays
        _commission(row, contact.commission)
        if not known:
            session.add(row)
    session.flush()


def _commission(row: ContactRow, commission: Commission) -> None:
    on, ends = commission.on, commission.ends
    if on and ends and ends <= on:
        raise CommissionTurned(on=on)
    row.commission_number = commission.number.strip()
    row.commission_on, row.commission_ends = on, ends
    row.commission_scope = commission.scope.strip()
    row.commission_paper_id = commission.paper_id


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
    row.disability_grade = person.disability_grade
    row.disability_kind = person.disability_kind.strip()
    if person.has_dementia:
        row.dementia_on = person.dementia_on
        row.dementia_by = person.dementia_by.strip()
        row.dementia_source = person.dementia_source.strip()
    else:
        row.dementia_on, row.dementia_by, row.dementia_source = None, "", ""


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
