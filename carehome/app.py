"""Puts the parts of the desktop together: the only module that knows all of them."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from carehome import paths
from carehome.i18n import N_, _
from carehome.rules.rights import ROLE_NAMES, Right
from carehome.services.accounts import Accounts
from carehome.services.admissions import Admissions
from carehome.services.beds import Beds
from carehome.services.billing import Billing
from carehome.services.change_log import ChangeLog
from carehome.services.consequences import Consequences
from carehome.services.deposits import Deposits
from carehome.services.home import Home, OpenHome
from carehome.services.papers import Papers
from carehome.services.payments import Payments
from carehome.services.prices import Prices
from carehome.services.receipts import Receipts
from carehome.services.residents import Residents
from carehome.services.rolls import Rolls
from carehome.services.service import Clock, Service
from carehome.services.staff import Staff
from carehome.ui.desktop import Desktop, SetScale
from carehome.ui.kit import bugs, garbage, theme
from carehome.ui.kit.finder import Finder
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.care import CareServices
from carehome.ui.parts.find import BedsByName, Command, Commands, People
from carehome.ui.parts.memory import Memory
from carehome.ui.parts.money import MoneyServices
from carehome.ui.shell import Page, Shell
from carehome.ui.start.start import Demo

if TYPE_CHECKING:
    from carehome.ui.beds.page import BedsPage
    from carehome.ui.fees.page import FeesPage
    from carehome.ui.people import ResidentsPage

S = TypeVar("S", bound=Service)

RESIDENTS, BEDS, FEES = N_("Residents"), N_("Beds"), N_("Fees")
SETTINGS = N_("Settings")


class Desk:
    """What the pages of one person stand on, and how one page opens another."""

    shell: Shell

    def __init__(
        self,
        opened: OpenHome,
        jobs: Jobs,
        clock: Clock,
        set_scale: SetScale | None = None,
    ) -> None:
        self.opened = opened
        self.user = opened.user
        self.home = opened.profile.name
        self.jobs = jobs
        self.clock = clock
        self.set_scale = set_scale

    def service(self, kind: type[S]) -> S:
        """Return a service as this person may use it."""
        return kind(self.opened.db, self.user, self.clock)

    @cached_property
    def care(self) -> CareServices:
        """The services about residents."""
        return CareServices(
            self.service(Residents),
            self.service(Admissions),
            self.service(Beds),
            self.service(Consequences),
            self.service(ChangeLog),
            self.service(Home),
        )

    @cached_property
    def money(self) -> MoneyServices:
        """The services about money."""
        return MoneyServices(
            self.service(Billing),
            self.service(Payments),
            self.service(Receipts),
            self.service(Deposits),
            self.service(Prices),
            self.service(Papers),
            self.service(Residents),
            self.service(Home),
        )

    def today(self) -> date:
        """Return the day it is."""
        return self.clock().date()

    def tell(self, text: str) -> None:
        """Tell in a line what was done."""
        self.shell.tell(text)

    def open_tab(self, page: str, title: str) -> None:
        """Open one tab of a page."""
        strip = self.shell.open_page(page).findChild(QTabBar)
        assert isinstance(strip, QTabBar)
        titles = [strip.tabText(at) for at in range(strip.count())]
        strip.setCurrentIndex(titles.index(title))

    def open_bed(self, bed_id: int) -> None:
        """Open the file of a bed."""
        cast("BedsPage", self.shell.open_page(BEDS)).open_bed(bed_id)

    def open_resident(self, resident_id: int) -> None:
        """Open somebody's file."""
        self.residents_page().open_resident(resident_id)

    def residents_page(self) -> "ResidentsPage":
        """Go to the residents."""
        return cast("ResidentsPage", self.shell.open_page(RESIDENTS))

    def move_resident(self, resident_id: int) -> None:
        """Begin to move somebody to another bed."""
        cast("BedsPage", self.shell.open_page(BEDS)).move_resident(resident_id)

    def take_payment(self, resident_id: int) -> None:
        """Begin to take a payment from somebody."""
        cast("FeesPage", self.shell.open_page(FEES)).show_payment(resident_id)


@dataclass(frozen=True)
class Entry:
    """A page of the program: who may see it, and how it is made for a desk."""

    title: str
    icon: str
    right: Right
    make: Callable[[Desk], QWidget]
    keys: tuple[tuple[str, str], ...] = ()


# Pages are imported when they are first visited: the program starts without them.


def _residents(desk: Desk) -> QWidget:
    from carehome.ui.people import ResidentsPage

    page = ResidentsPage(
        desk.care,
        desk.money,
        desk.service(Rolls),
        desk.jobs,
        desk.user,
        desk.today,
        partial(_money_panel, desk) if desk.user.may(Right.SEE_FEES) else None,
    )
    page.bed_wanted.connect(desk.move_resident)
    page.payment_wanted.connect(desk.take_payment)
    page.told.connect(desk.tell)
    return page


def _money_panel(desk: Desk) -> QWidget:
    from carehome.ui.parts.money_panel import MoneyPanel

    panel = MoneyPanel(desk.money, desk.jobs, desk.today, desk.user)
    panel.told.connect(desk.tell)
    return panel


def _beds(desk: Desk) -> QWidget:
    from carehome.ui.beds.page import BedsPage

    care = desk.care
    page = BedsPage(
        care.beds,
        care.residents,
        care.consequences,
        care.home,
        desk.user,
        desk.jobs,
        desk.today,
    )
    page.resident_wanted.connect(desk.open_resident)
    page.told.connect(desk.tell)
    return page


def _fees(desk: Desk) -> QWidget:
    from carehome.ui.fees.page import FeesPage

    page = FeesPage(desk.money, desk.jobs, desk.today, desk.user)
    page.resident_wanted.connect(desk.open_resident)
    page.told.connect(desk.tell)
    return page


def _settings(desk: Desk) -> QWidget:
    from carehome.ui.settings.page import Services, SettingsPage

    services = Services(
        desk.service(Home),
        desk.service(Accounts),
        desk.service(Staff),
        desk.service(ChangeLog),
        desk.service(Residents),
    )
    page = SettingsPage(
        services, desk.user, desk.home, desk.jobs, desk.today, theme.scale()
    )
    page.told.connect(desk.tell)
    page.resident_wanted.connect(desk.open_resident)
    if desk.set_scale:
        page.scale_wanted.connect(desk.set_scale)
    return page


BEDS_KEYS = (
    ("Alt+1, Alt+2, Alt+3", N_("Board, list, rooms")),
    ("M", N_("Move who has the bed under the cursor")),
    ("Ctrl+M", N_("Move somebody to another bed")),
)
PAGES = (
    Entry(RESIDENTS, "residents", Right.SEE_RESIDENTS, _residents),
    Entry(BEDS, "beds", Right.SEE_BEDS, _beds, BEDS_KEYS),
    Entry(FEES, "fees", Right.SEE_FEES, _fees),
    Entry(SETTINGS, "settings", Right.USE_PROGRAM, _settings),
)


# Tabs that people look for by name, with the right that shows them.
TABS = (
    (FEES, N_("Payments"), Right.SEE_FEES),
    (FEES, N_("Receipts"), Right.SEE_FEES),
    (FEES, N_("Arrears"), Right.SEE_FEES),
    (FEES, N_("Month end"), Right.SEE_FEES),
    (FEES, N_("Deposits"), Right.SEE_FEES),
    (FEES, N_("Price lists"), Right.SEE_FEES),
    (SETTINGS, N_("Home"), Right.SEE_HOME),
    (SETTINGS, N_("My account"), Right.USE_PROGRAM),
    (SETTINGS, N_("Accounts"), Right.MANAGE_ACCOUNTS),
    (SETTINGS, N_("Lists"), Right.CHANGE_HOME),
    (SETTINGS, N_("Staff"), Right.SEE_STAFF),
    (SETTINGS, N_("Change log"), Right.READ_CHANGE_LOG),
)


def _commands(desk: Desk) -> Iterator[Command]:
    """Name what this person can go to or do from anywhere."""
    for at, title in enumerate(desk.shell.entries, 1):
        yield Command(_(title), f"Ctrl+{at}", partial(desk.shell.open_page, title))
    if desk.user.may(Right.CHANGE_RESIDENTS):
        yield Command(
            _("Admit a resident"),
            _(RESIDENTS),
            lambda: desk.residents_page().begin_admission(),
        )
    if desk.user.may(Right.READ_ROLL):
        yield Command(
            _("Read a roll"), _(RESIDENTS), lambda: desk.residents_page().open_roll()
        )
    for page, title, right in TABS:
        if desk.user.may(right):
            go = partial(desk.open_tab, page, _(title))
            yield Command(_(title), _(page), go)
    yield Command(_("Lock the screen"), "Ctrl+L", desk.shell.lock_asked.emit)
    yield Command(_("Show these keys"), "F1", desk.shell.show_keys)


def find(desk: Desk) -> Finder:
    """Let the person look for anything they may see."""
    finder = Finder(_("A name, a bed, or what you want to do"), desk.shell)
    if desk.user.may(Right.SEE_RESIDENTS):
        people = People(desk.open_resident)
        finder.add(people)
        then = partial(_learn, finder, people)
        desk.jobs.run(finder, then, desk.care.residents.index)
    beds = BedsByName(desk.open_bed)
    finder.add(beds)
    then = partial(_learn, finder, beds)
    desk.jobs.run(finder, then, desk.care.beds.board, desk.today())
    finder.add(Commands(list(_commands(desk))))
    finder.open()
    return finder


def _learn(finder: Finder, source: People | BedsByName, known: Any) -> None:
    source.learn(known)
    finder.look()


def make_shell(
    opened: OpenHome, jobs: Jobs, clock: Clock, set_scale: SetScale | None = None
) -> Shell:
    """Return the window of a person at a home, with the pages of their rights."""
    desk = Desk(opened, jobs, clock, set_scale)
    pages = [
        Page(page.title, page.icon, page.right, partial(page.make, desk), page.keys)
        for page in PAGES
        if opened.user.may(page.right)
    ]
    opened.db.on_change = jobs.announce
    person = f"{opened.user.name} · {_(ROLE_NAMES[opened.user.role])}"
    shell = Shell(opened.profile.name, person, desk.today(), pages, jobs)
    desk.shell = shell
    shell.search_asked.connect(partial(find, desk))
    if opened.profile.is_practice:
        text = _("A home for practice: people and money are invented, try anything.")
        shell.mark_practice(text)
    return shell


def run(
    home: Path | None = None, *, scale: int | None = None, demo: Demo | None = None
) -> int:
    """Open the desktop, for the home in a folder or the one opened last."""
    app = QApplication(sys.argv[:1])
    bugs.log_to(paths.logs())
    caught = bugs.Bugs(app)
    caught.catch()
    garbage.collect_here(app)
    memory = Memory(paths.memory())
    theme.use(app, scale or memory.scale)
    jobs = Jobs(app)
    shells = partial(_make_shell, jobs)
    desktop = Desktop(shells, memory, jobs, now, demo)
    desktop.bug_found.connect(caught.note)
    caught.found.connect(desktop.show_crash)
    desktop.show()
    desktop.start.begin(home)
    return app.exec()


def now() -> datetime:
    """Return the moment, with the zone of this computer."""
    return datetime.now().astimezone()


def _make_shell(jobs: Jobs, opened: OpenHome, set_scale: SetScale) -> Shell:
    return make_shell(opened, jobs, now, set_scale)
