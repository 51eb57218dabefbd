"""The page for furnishing a new home: the chain of steps, and a roll in its place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from carehome.services.service import Clock
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.opening.chain import Chain
from carehome.ui.opening.loaded import OpeningServices
from carehome.ui.rolls.reader import RollReader

__all__ = ["OpeningPage", "OpeningServices"]


class OpeningPage(QStackedWidget):
    """Leads from an empty home to its first bill.

    `left` goes out when the person is done or goes on later, `told` with a line on
    what was done; the others name the page that is wanted.
    """

    left = Signal()
    told = Signal(str)
    admission_wanted = Signal()
    accounts_wanted = Signal()
    bills_wanted = Signal()

    def __init__(self, services: OpeningServices, jobs: Jobs, clock: Clock) -> None:
        super().__init__()
        self._services = services
        self._jobs = jobs
        self._reader: RollReader | None = None
        self.chain = Chain(services, jobs, clock)
        self.addWidget(self.chain)
        lead(self, self.chain)

        self.chain.left.connect(self.left)
        self.chain.told.connect(self.told)
        self.chain.residents.roll_wanted.connect(self.open_roll)
        self.chain.residents.admission_wanted.connect(self.admission_wanted)
        self.chain.done.accounts_wanted.connect(self.accounts_wanted)
        self.chain.done.bills_wanted.connect(self.bills_wanted)

    @property
    def reader(self) -> RollReader:
        """The reading of rolls, made when it is first wanted."""
        if self._reader is None:
            services = self._services
            self._reader = RollReader(services.rolls, services.home, self._jobs)
            self._reader.left.connect(self.open_chain)
            self._reader.told.connect(self.told)
            self.addWidget(self._reader)
        return self._reader

    def open_roll(self) -> None:
        """Show the reading of rolls."""
        self._show(self.reader)

    def open_chain(self) -> None:
        """Come back to the steps."""
        self._show(self.chain)

    def _show(self, part: RollReader | Chain) -> None:
        self.setCurrentWidget(part)
        lead(self, part)
        part.setFocus()
