"""Who goes round: the names that are offered, and the accounts that they have."""

import unicodedata
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.rosters import RosterCellRow, RosterRow
from carehome.db.staff import StaffMemberRow
from carehome.services.staff.people import listed_in, works_on


def walkers_in(session: Session, day: date) -> list[str]:
    """Return who may have gone round: on duty that day, with an account, the others."""
    on_duty = (
        select(StaffMemberRow.name)
        .join(RosterCellRow, RosterCellRow.staff_id == StaffMemberRow.id)
        .join(RosterRow, RosterRow.id == RosterCellRow.roster_id)
        .where(
            RosterRow.state == "published",
            RosterCellRow.day == day,
            RosterCellRow.shift_id.is_not(None),
        )
        .order_by(StaffMemberRow.name)
    )
    accounts = select(AccountRow.name).where(AccountRow.is_active)
    others = (member.name for member in listed_in(session, works_on(day)))
    names = (
        *session.scalars(on_duty),
        *session.scalars(accounts.order_by(AccountRow.id)),
        *others,
    )
    return list(dict.fromkeys(names))


def account_of_in(session: Session, name: str) -> int | None:
    """Return the account of the only one who bears a name, if there is one."""
    rows = session.execute(select(AccountRow.id, AccountRow.name)).all()
    found = [key for key, each in rows if is_same(each, name)]
    return found[0] if len(found) == 1 else None


def is_same(one: str, other: str) -> bool:
    """Say whether two names are one, however they were typed."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
