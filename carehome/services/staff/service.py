"""What one person can do with the files of the staff."""

from datetime import date

from carehome.db.staff import StaffMemberRow
from carehome.i18n import _
from carehome.rules.home import NameMissing
from carehome.rules.rights import Right
from carehome.services.service import Service, needs
from carehome.services.staff.people import (
    LeftBeforeHired,
    StaffMember,
    listed_in,
    post_in,
    set_main_post_in,
    works_on,
)


class Staff(Service):
    """What one person can do with the list of staff."""

    @needs(Right.SEE_STAFF)
    def members(self, day: date) -> list[StaffMember]:
        """List everybody who works here on `day`, by post and name."""
        with self._reading() as session:
            return listed_in(session, works_on(day))

    @needs(Right.SEE_STAFF)
    def former(self, day: date) -> list[StaffMember]:
        """List everybody who works here no more on `day`, who left last first."""
        with self._reading() as session:
            left = StaffMemberRow.left_on <= day
            return listed_in(session, left, StaffMemberRow.left_on.desc())

    @needs(Right.CHANGE_STAFF)
    def save(self, member: StaffMember) -> int:
        """Add somebody or correct what is known; return the number."""
        if not member.name.strip() or not member.post.strip():
            raise NameMissing(field=_("name and post"))
        if member.left_on and member.left_on < member.hired_on:
            raise LeftBeforeHired
        with self._writing() as session:
            row = session.get(StaffMemberRow, member.staff_id) or StaffMemberRow()
            row.name, row.phone = member.name.strip(), member.phone.strip()
            row.hired_on, row.left_on = member.hired_on, member.left_on
            session.add(row)
            session.flush()
            set_main_post_in(session, row.id, post_in(session, member.post).id)
            return row.id
