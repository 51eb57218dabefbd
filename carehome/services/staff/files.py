"""The list of staff as screens and the search from anywhere ask for it."""

from carehome.rules.rights import Right
from carehome.services.service import Service, needs
from carehome.services.staff.overview import StaffIndex, index_in


class StaffFiles(Service):
    """What one person can see of everybody who works here."""

    @needs(Right.SEE_STAFF)
    def index(self) -> StaffIndex:
        """Return everybody, those who left last, ready to be searched."""
        with self._reading() as session:
            return index_in(session, self._today())
