"""The list of staff as screens and the search from anywhere ask for it."""

from datetime import date

from carehome.rules.deadlines import Deadline, deadlines
from carehome.rules.rights import Right
from carehome.rules.today import Concern
from carehome.services.service import Service, needs
from carehome.services.staff import people
from carehome.services.staff.facts import kinds_in
from carehome.services.staff.lists import rules_in
from carehome.services.staff.overview import StaffIndex, index_in
from carehome.services.staff.records import files_in, warnings_in
from carehome.services.staff.today import concerns


class StaffFiles(Service):
    """What one person can see of everybody who works here."""

    @needs(Right.SEE_STAFF)
    def index(self) -> StaffIndex:
        """Return everybody, those who left last, ready to be searched.

        Who does not keep the files is told of no pregnancy and no background check.
        """
        keeps_files = self._user.may(Right.CHANGE_STAFF)
        with self._reading() as session:
            return index_in(session, self._today(), with_private=keeps_files)

    @needs(Right.SEE_STAFF)
    def today(self, day: date) -> list[Concern]:
        """Tell which certificates and contracts end, and what is missing."""
        return list(concerns(self._due(day)))

    def _due(self, day: date) -> list[Deadline]:
        with self._reading() as session:
            files = files_in(session, people.works_on(day))
            kinds, weeks = kinds_in(session), rules_in(session).expecting_weeks
            return deadlines(files, kinds, warnings_in(session), day, weeks)
