"""The page of the settings: one tab for each thing that can be set or looked up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.rights import Right, User
from carehome.services.accounts import Accounts
from carehome.services.change_log import ChangeLog
from carehome.services.deposits.fee_rules import FeeRules
from carehome.services.grades import Grades
from carehome.services.home import Home
from carehome.services.residents import Residents
from carehome.services.rosters.weights import RosterWeights
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.kit.theme import Look
from carehome.ui.settings.accounts import AccountsSection
from carehome.ui.settings.grades import GradesSection
from carehome.ui.settings.home import HomeSection
from carehome.ui.settings.lists import ListsSection
from carehome.ui.settings.log import LogSection
from carehome.ui.settings.own import OwnSection
from carehome.ui.settings.weights import WeightsSection


@dataclass(frozen=True)
class Services:
    """What the settings are made with."""

    home: Home
    accounts: Accounts
    log: ChangeLog
    residents: Residents
    grades: Grades
    weights: RosterWeights
    fee_rules: FeeRules


class SettingsPage(PageFrame):
    """Shows the tabs of a person's rights; `told` says in a line what was done."""

    told = Signal(str)
    resident_wanted = Signal(int)
    look_wanted = Signal(object)

    def __init__(
        self,
        services: Services,
        user: User,
        home: str,
        jobs: Jobs,
        today: Callable[[], date],
        look: Look,
    ) -> None:
        super().__init__(_("Settings"))
        self._services = services
        self._user = user
        self._home = home
        self._jobs = jobs
        self._today = today
        self._look = look
        self.tabs = Tabs()
        self.body.addWidget(self.tabs, 1)
        for right, title, make in (
            (Right.SEE_HOME, _("Home"), self._make_home),
            (Right.USE_PROGRAM, _("My account"), self._make_own),
            (Right.MANAGE_ACCOUNTS, _("Accounts"), self._make_accounts),
            (Right.CHANGE_HOME, _("Lists"), self._make_lists),
            (Right.CHANGE_HOME, _("Grade by ability"), self._make_grades),
            (Right.CHANGE_ROSTER, _("Roster weights"), self._make_weights),
            (Right.READ_CHANGE_LOG, _("Change log"), self._make_log),
        ):
            if user.may(right):
                self.tabs.add(title, make)
        self.tabs.offer_keys()
        lead(self, self.tabs.strip)

    def _make_home(self) -> QWidget:
        section = HomeSection(
            self._services.home,
            self._services.fee_rules,
            self._user,
            self._jobs,
            self._today(),
        )
        section.told.connect(self.told)
        return section

    def _make_own(self) -> QWidget:
        section = OwnSection(
            self._services.accounts, self._user, self._jobs, self._look
        )
        section.told.connect(self.told)
        section.look_wanted.connect(self.look_wanted)
        return section

    def _make_accounts(self) -> QWidget:
        section = AccountsSection(self._services.accounts, self._home, self._jobs)
        section.told.connect(self.told)
        return section

    def _make_lists(self) -> QWidget:
        return ListsSection(self._services.home, self._jobs)

    def _make_grades(self) -> QWidget:
        section = GradesSection(self._services.grades, self._services.home, self._jobs)
        section.told.connect(self.told)
        return section

    def _make_weights(self) -> QWidget:
        section = WeightsSection(self._services.weights, self._jobs)
        section.told.connect(self.told)
        return section

    def _make_log(self) -> QWidget:
        section = LogSection(
            self._services.log, self._services.residents, self._jobs, self._today
        )
        section.resident_wanted.connect(self.resident_wanted)
        return section
