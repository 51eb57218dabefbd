"""The page of residents: their list, and in its place an admission or a roll."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from carehome.i18n import _
from carehome.rules.rights import User
from carehome.services.rolls import Rolls
from carehome.ui.admissions import AdmissionsPage
from carehome.ui.departures import DeparturesPage
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.parts.care import CareServices
from carehome.ui.parts.money import MoneyServices
from carehome.ui.residents import NO_LEAVES, Leaves, Listing
from carehome.ui.residents.away import AwayView
from carehome.ui.residents.entitled import EntitledView
from carehome.ui.rolls.reader import RollReader


class ResidentsPage(QStackedWidget):
    """Leads from the list to the ways of coming in, and back.

    `make_money` returns the leaf on bills and deposit of a file, which must have
    `show_resident(resident_id)`; so do the leaves of other subjects that `make_leaves`
    makes, by their titles. `bed_wanted` and `payment_wanted` carry a resident
    for other pages, `file_opened` whose file was, `told` a line on what was done.
    """

    bed_wanted = Signal(int)
    payment_wanted = Signal(int)
    file_opened = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        services: CareServices,
        money: MoneyServices,
        rolls: Rolls,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
        make_money: Callable[[], QWidget] | None = None,
        make_leaves: Leaves = NO_LEAVES,
    ) -> None:
        super().__init__()
        self._services = services
        self._money = money
        self._jobs = jobs
        self._user = user
        self._today = today
        self._rolls = rolls
        self._admissions: AdmissionsPage | None = None
        self._departures: DeparturesPage | None = None
        self._roll: RollReader | None = None
        self._away: AwayView | None = None
        self._entitled: EntitledView | None = None
        self.listing = Listing(
            services, money, jobs, user, today, make_money, make_leaves
        )
        self.addWidget(self.listing)
        lead(self, self.listing)

        file = self.listing.file
        file.bed_wanted.connect(self.bed_wanted)
        file.payment_wanted.connect(self.payment_wanted)
        file.told.connect(self.told)
        self.listing.file_opened.connect(self.file_opened)
        file.admission_wanted.connect(self.admit_again)
        file.departure_wanted.connect(self.depart)
        self.listing.departures_wanted.connect(self.open_departures)
        self.listing.admission_wanted.connect(self.begin_admission)
        self.listing.resumed.connect(self.open_admission)
        self.listing.roll_wanted.connect(self.open_roll)
        self.listing.filters.away.clicked.connect(self.open_away)
        self.listing.filters.entitled.clicked.connect(self.open_entitled)
        self.currentChanged.connect(self._lead_keys)

    @property
    def admissions(self) -> AdmissionsPage:
        """The admissions, made at the first visit."""
        if self._admissions is None:
            self._admissions = AdmissionsPage(
                self._services, self._money, self._jobs, self._user, self._today
            )
            self._admissions.left.connect(self.open_list)
            self._admissions.finished.connect(self._moved_in)
            self.addWidget(self._admissions)
        return self._admissions

    @property
    def departures(self) -> DeparturesPage:
        """The departures, made at the first visit."""
        if self._departures is None:
            self._departures = DeparturesPage(
                self._services.departures,
                self._services.residents,
                self._jobs,
                self._user,
                self._today,
            )
            self._departures.left.connect(self.open_list)
            self._departures.resident_wanted.connect(self.open_resident)
            self._departures.payment_wanted.connect(self.payment_wanted)
            self._departures.told.connect(self.told)
            self.addWidget(self._departures)
        return self._departures

    @property
    def roll(self) -> RollReader:
        """The reading of rolls, made at the first visit."""
        if self._roll is None:
            home = self._services.home
            self._roll = RollReader(self._rolls, home, self._jobs)
            self._roll.left.connect(self.open_list)
            self._roll.told.connect(self.told)
            self.addWidget(self._roll)
        return self._roll

    def open_list(self) -> None:
        """Show the list of residents."""
        self.setCurrentWidget(self.listing)
        self.listing.setFocus()

    def open_resident(self, resident_id: int) -> None:
        """Open the file of somebody."""
        self.open_list()
        self.listing.open_resident(resident_id)

    def open_some(self, title: str, resident_ids: Iterable[int]) -> None:
        """List some people whom another page names."""
        self.open_list()
        self.listing.show_some(title, resident_ids)

    def record_return(self, resident_id: int) -> None:
        """Open somebody's file and ask when they came back."""
        self.open_resident(resident_id)
        self.listing.file.record_return(resident_id)

    def change_grade(self, resident_id: int, grade: str = "", reason: str = "") -> None:
        """Open somebody's file and ask for another grade."""
        self.open_resident(resident_id)
        self.listing.file.change_grade(resident_id, grade, reason)

    def open_away(self) -> None:
        """Show who is away."""
        if self._away is None:
            self._away = AwayView(self._services.residents, self._jobs, self._today)
            self._away.left.connect(self.open_list)
            self._away.resident_wanted.connect(self.open_resident)
            self.addWidget(self._away)
        self.setCurrentWidget(self._away)
        self._away.setFocus()

    def open_entitled(self) -> None:
        """Show who may be entitled to what."""
        if self._entitled is None:
            self._entitled = EntitledView(self._services.entitlements, self._jobs)
            self._entitled.left.connect(self.open_list)
            self._entitled.resident_wanted.connect(self.open_resident)
            self.addWidget(self._entitled)
        self.setCurrentWidget(self._entitled)
        self._entitled.setFocus()

    def set_recent(self, resident_ids: Sequence[int]) -> None:
        """Offer whose files were opened last, the last one first."""
        self.listing.set_recent(resident_ids)

    def open_leaf(self, resident_id: int, title: str) -> None:
        """Open one leaf of somebody's file, by its title."""
        self.open_resident(resident_id)
        self.listing.file.show_leaf(title)

    def begin_admission(self) -> None:
        """Begin the admission of somebody new."""
        self.setCurrentWidget(self.admissions)
        self.admissions.begin()

    def open_admission(self, admission_id: int) -> None:
        """Go on with an admission that is under way."""
        self.setCurrentWidget(self.admissions)
        self.admissions.resume(admission_id)

    def open_departures(self) -> None:
        """List who leaves and who is not through."""
        self.setCurrentWidget(self.departures)
        self.departures.open_list()

    def open_departure(self, departure_id: int) -> None:
        """Go on with a departure that is under way."""
        self.setCurrentWidget(self.departures)
        self.departures.resume(departure_id)

    def depart(self, resident_id: int) -> None:
        """Go on with the departure of somebody, or order one."""
        self.setCurrentWidget(self.departures)
        self.departures.begin(resident_id)

    def open_roll(self) -> None:
        """Show the reading of rolls."""
        self.setCurrentWidget(self.roll)
        self.roll.setFocus()

    def _lead_keys(self, at: int) -> None:
        """Let whoever gives this page the keys give them to the part that is shown."""
        if shown := self.widget(at):
            lead(self, shown)

    def admit_again(self, resident_id: int) -> None:
        """Begin the admission of somebody whom the home knows."""
        self.setCurrentWidget(self.admissions)
        self.admissions.begin_again(resident_id)

    def _moved_in(self, resident_id: int) -> None:
        self.told.emit(_("Moved in."))
        self.open_resident(resident_id)
