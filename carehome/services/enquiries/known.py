"""Who calls: people that the home knows by their number."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.enquiries import EnquiryRow
from carehome.db.residents import ContactRow, ResidentRow
from carehome.i18n import _, say_day
from carehome.rules.residents import CONTACT_ROLE_NAMES
from carehome.services.enquiries.values import who

SHORTEST = 7  # digits of a number that tells somebody apart


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who has this number; `enquiry_id` or `resident_id` leads on."""

    words: str
    caller: str
    enquiry_id: int = 0
    resident_id: int = 0


def known_in(session: Session, phone: str) -> list[Known]:
    """Return who has a phone number: earlier callers, contacts, residents."""
    digits = "".join(filter(str.isdecimal, phone))
    if len(digits) < SHORTEST:
        return []
    wanted = f"%{phone}%"
    found = [
        Known(
            _("Asked on {day} for {name}").format(
                day=say_day(row.asked_on), name=who(row)
            ),
            row.caller,
            enquiry_id=row.id,
        )
        for row in session.scalars(
            select(EnquiryRow)
            .where(EnquiryRow.phone.like(wanted))
            .order_by(EnquiryRow.id.desc())
        )
    ]
    contacts = select(ContactRow, ResidentRow.name).join(
        ResidentRow, ResidentRow.id == ContactRow.resident_id
    )
    for contact, name in session.execute(contacts.where(ContactRow.phone.like(wanted))):
        role = contact.relation or _(CONTACT_ROLE_NAMES[contact.role])
        words = _("{caller}, {role} of {name}").format(
            caller=contact.name, role=role, name=name
        )
        found.append(Known(words, contact.name, resident_id=contact.resident_id))
    for row in session.scalars(
        select(ResidentRow).where(ResidentRow.phone.like(wanted))
    ):
        found.append(Known(row.name, row.name, resident_id=row.id))
    return found
