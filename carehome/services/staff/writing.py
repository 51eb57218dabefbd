"""Writing the records of a staff file, checked by the rules."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.staff import (
    CertificateRow,
    ContractRow,
    StaffLeaveRow,
    StaffMemberRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules import identity
from carehome.rules import staff as rules
from carehome.rules.certificates import Certificate
from carehome.rules.home import NameMissing
from carehome.rules.staff import Contract, LeaveTaken, Person
from carehome.services.staff.records import PERSON


class StaffKnown(Refusal):
    """An identity number belongs to one person only."""

    text = N_(
        "{name} has this identity number and has a file already. Go on with that file."
    )


class CertificateTwice(Refusal):
    """The same certificate is in the file."""

    text = N_(
        "A certificate of this kind with the same day of issue is on file already."
    )


class ContractTwice(Refusal):
    """Two contracts do not begin on one day."""

    text = N_("A contract that begins on this day is on file already.")


class NameNeeded(NameMissing):
    """Everybody has a name."""


def change_person_in(
    session: Session,
    row: StaffMemberRow,
    person: Person,
    id_number: str | None,
    today: date,
) -> None:
    """Write down what a file says; the number of None stays, empty removes it.

    What the identity number tells is taken from it where nothing else is entered.
    """
    rules.check_person(person)
    if not person.name.strip():
        raise NameNeeded(field=_("name"))
    for name in PERSON:
        value = getattr(person, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if id_number is not None:
        row.id_number = _number_in(session, row, id_number, today)
    if row.id_number and not identity.is_foreign(row.id_number):
        known = identity.read(row.id_number, today)
        row.born, row.sex = row.born or known.born, row.sex or known.sex
    session.add(row)
    session.flush()


def keep_certificate_in(
    session: Session, row: CertificateRow, certificate: Certificate
) -> None:
    """Write down a certificate that the rules allow."""
    twice = session.scalar(
        select(CertificateRow.id).where(
            CertificateRow.staff_id == row.staff_id,
            CertificateRow.kind_id == certificate.kind_id,
            CertificateRow.issued_on == certificate.issued_on,
            CertificateRow.id != (row.id or 0),
        )
    )
    if twice is not None:
        raise CertificateTwice
    row.kind_id, row.number = certificate.kind_id, certificate.number.strip()
    row.issued_on, row.valid_until = certificate.issued_on, certificate.valid_until
    row.issuer, row.note = certificate.issuer.strip(), certificate.note.strip()
    session.add(row)
    session.flush()


def keep_contract_in(session: Session, row: ContractRow, contract: Contract) -> None:
    """Write down a contract that the rules allow."""
    twice = session.scalar(
        select(ContractRow.id).where(
            ContractRow.staff_id == row.staff_id,
            ContractRow.starts == contract.starts,
            ContractRow.id != (row.id or 0),
        )
    )
    if twice is not None:
        raise ContractTwice
    row.kind, row.number = contract.kind, contract.number.strip()
    row.starts, row.last_day = contract.starts, contract.last_day
    row.trial_until, row.signed_on = contract.trial_until, contract.signed_on
    row.note = contract.note.strip()
    session.add(row)
    session.flush()


def add_leave_in(session: Session, row: StaffLeaveRow, leave: LeaveTaken) -> int:
    """Write a leave down into a new or known row; return its number."""
    others = session.scalars(
        select(StaffLeaveRow).where(
            StaffLeaveRow.staff_id == row.staff_id, StaffLeaveRow.id != (row.id or 0)
        )
    )
    rules.check_leave(
        leave,
        [
            LeaveTaken(other.kind, other.starts, other.last_day, other.days)
            for other in others
        ],
    )
    row.kind, row.starts, row.last_day = leave.kind, leave.starts, leave.last_day
    row.days, row.note = leave.days, leave.note.strip()
    session.add(row)
    session.flush()
    return row.id


def _number_in(
    session: Session, row: StaffMemberRow, typed: str, today: date
) -> str | None:
    if not typed.strip():
        return None
    number = identity.read_any(typed, today)
    other = session.scalar(
        select(StaffMemberRow).where(
            StaffMemberRow.id_number == number, StaffMemberRow.id != (row.id or 0)
        )
    )
    if other is not None:
        raise StaffKnown(name=other.name)
    return number
