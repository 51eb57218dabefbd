"""The page of departures: the list of who leaves, and the chain of one of them."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from carehome.rules.rights import User
from carehome.services.departures import Departures
from carehome.services.residents import Residents
from carehome.ui.departures.listing import DepartureList
from carehome.ui.departures.steps import DepartureChain
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead


class DeparturesPage(QStackedWidget):
    """Leads somebody out, step by step, and lists whoever is not through yet.

    `left` goes out when the person goes back to the residents, `payment_wanted` with
    whom a payment is taken from, `resident_wanted` with whose file is to be opened.
    """

    left = Signal()
    payment_wanted = Signal(int)
    resident_wanted = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        departures: Departures,
        residents: Residents,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self.listing = DepartureList(departures, jobs, user)
        self.chain = DepartureChain(departures, residents, jobs, user, today)
        for part in (self.listing, self.chain):
            self.addWidget(part)
        lead(self, self.listing)
        self.listing.left.connect(self.left)
        self.listing.chosen.connect(self.resume)
        self.listing.taken_up.connect(self.take_up)
        self.chain.left.connect(self.open_list)
        self.chain.payment_wanted.connect(self.payment_wanted)
        self.chain.resident_wanted.connect(self.resident_wanted)
        self.chain.told.connect(self.told)

    def open_list(self) -> None:
        """Show who leaves and who is not through."""
        self.setCurrentWidget(self.listing)
        lead(self, self.listing)
        self.listing.rows.setFocus()

    def resume(self, departure_id: int) -> None:
        """Go on with a departure where it was left."""
        self._show_chain()
        self.chain.resume(departure_id)

    def begin(self, resident_id: int) -> None:
        """Go on with the departure of somebody, or order one."""
        self._show_chain()
        self.chain.begin(resident_id)

    def take_up(self, resident_id: int) -> None:
        """Settle somebody who has left without an order."""
        self._show_chain()
        self.chain.take_up(resident_id)

    def _show_chain(self) -> None:
        self.setCurrentWidget(self.chain)
        lead(self, self.chain)
