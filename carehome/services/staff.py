"""The people who work in the home: name, post, phone, since when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from carehome.db.home import StaffMemberRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.home import NameMissing
from carehome.rules.rights import Right
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works in the home; `staff_id` is 0 for somebody new."""

    staff_id: int
    name: str
    post: str
    phone: str
    hired_on: date
    left_on: date | None = None


class LeftBeforeHired(Refusal):
    """Nobody leaves before they came."""

    text = N_("The day of leaving lies before the day of coming. Check both days.")


class Staff(Service):
    """What one person can do with the list of staff."""

    @needs(Right.SEE_STAFF)
    def members(self, day: date) -> list[StaffMember]:
        """List everybody who works here on `day`, by post and name."""
        with self._reading() as session:
            rows = session.scalars(
                select(StaffMemberRow)
                .where(
                    StaffMemberRow.left_on.is_(None) | (StaffMemberRow.left_on > day)
                )
                .order_by(StaffMemberRow.post, StaffMemberRow.name)
            )
            return [_member(row) for row in rows]

    @needs(Right.SEE_STAFF)
    def former(self, day: date) -> list[StaffMember]:
        """List everybody who works here no more on `day`, who left last first."""
        with self._reading() as session:
            rows = session.scalars(
                select(StaffMemberRow)
                .where(StaffMemberRow.left_on <= day)
                .order_by(StaffMemberRow.left_on.desc(), StaffMemberRow.name)
            )
            return [_member(row) for row in rows]

    @needs(Right.CHANGE_STAFF)
    def save(self, member: StaffMember) -> int:
        """Add somebody or correct what is known; return the number."""
        if not member.name.strip() or not member.post.strip():
            raise NameMissing(field=_("name and post"))
        if member.left_on and member.left_on < member.hired_on:
            raise LeftBeforeHired
        with self._writing() as session:
            row = session.get(StaffMemberRow, member.staff_id) or StaffMemberRow()
            row.name, row.post = member.name.strip(), member.post.strip()
            row.phone, row.hired_on = member.phone.strip(), member.hired_on
            row.left_on = member.left_on
            session.add(row)
            session.flush()
            return row.id


def _member(row: StaffMemberRow) -> StaffMember:
    return StaffMember(row.id, row.name, row.post, row.phone, row.hired_on, row.left_on)
