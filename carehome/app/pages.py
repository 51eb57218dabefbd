"""The pages of the program: who may see each, and how it is made for a desk."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from carehome.app.desk import BEDS, FEES, RESIDENTS, SETTINGS, TODAY, Desk
from carehome.i18n import N_
from carehome.rules.rights import Right
from carehome.services.accounts import Accounts
from carehome.services.change_log import ChangeLog
from carehome.services.home import Home
from carehome.services.residents import Residents
from carehome.services.rolls import Rolls
from carehome.services.staff import Staff
from carehome.ui.kit import theme


@dataclass(frozen=True)
class Entry:
    """A page of the program: who may see it, and how it is made for a desk."""

    title: str
    icon: str
    right: Right
    make: Callable[[Desk], QWidget]
    keys: tuple[tuple[str, str], ...] = ()


# Pages are imported when they are first visited: the program starts without them.


def _today(desk: Desk) -> QWidget:
    from carehome.app.today import make_page

    return make_page(desk)


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
        services, desk.user, desk.home, desk.jobs, desk.today, theme.look()
    )
    page.told.connect(desk.tell)
    page.resident_wanted.connect(desk.open_resident)
    if desk.set_look:
        page.look_wanted.connect(desk.set_look)
    return page


BEDS_KEYS = (
    ("Alt+1, Alt+2, Alt+3", N_("Board, list, rooms")),
    ("M", N_("Move who has the bed under the cursor")),
    ("Ctrl+M", N_("Move somebody to another bed")),
)
PAGES = (
    Entry(TODAY, "today", Right.USE_PROGRAM, _today),
    Entry(RESIDENTS, "residents", Right.SEE_RESIDENTS, _residents),
    Entry(BEDS, "beds", Right.SEE_BEDS, _beds, BEDS_KEYS),
    Entry(FEES, "fees", Right.SEE_FEES, _fees),
    Entry(SETTINGS, "settings", Right.USE_PROGRAM, _settings),
)
