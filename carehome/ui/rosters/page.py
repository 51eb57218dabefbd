"""The page of rosters: the month that is written, and what belongs to it in tabs."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from carehome.i18n import _, say_month
from carehome.rules.rights import Right, User
from carehome.rules.rosters.problem import Roster
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.rosters.desk import RosterDesk
from carehome.ui.rosters.fairness import FairnessView
from carehome.ui.rosters.month import Month
from carehome.ui.rosters.saver import Store
from carehome.ui.rosters.solving import SolvingDialog, Task

# What a month is made of; the cells themselves are this page's own doing.
CELLS = frozenset({"roster_cell"})
SHOWS = frozenset(
    {
        "roster",
        "roster_wish",
        "staff_member",
        "staff_post",
        "certificate",
        "staff_leave",
    }
    | {"training", "training_attendance", "shift_kind", "unit", "demand", "post"}
    | {"calendar_day", "maternity", "staff_rule", "contract"}
)
Read = Callable[[date], Month]


class RostersPage(PageFrame):
    """Who works when, month by month.

    `person_wanted` carries the id of somebody whose file shall open, `told` a line
    that says what was done. `print_wanted` and `publish_wanted` carry the month in
    sight, `reasons_wanted` a problem that no roster can meet. More tabs come from
    `tabs`, made when first visited.
    """

    person_wanted = Signal(int)
    told = Signal(str)
    print_wanted = Signal(object)
    reasons_wanted = Signal(object)
    publish_wanted = Signal(object)

    def __init__(
        self,
        read: Read,
        store: Store,
        user: User,
        jobs: Jobs,
        today: Callable[[], date],
        tabs: Mapping[str, Callable[[], QWidget]] | None = None,
    ) -> None:
        super().__init__(_("Rosters"))
        self._read = read
        self._jobs = jobs
        self._today = today
        self._stale = True
        self._may_write = user.may(Right.CHANGE_ROSTER)
        self.first = today().replace(day=1)
        self.month: Month | None = None

        self.desk = RosterDesk(store, self._may_write, jobs, today)
        self.fairness = FairnessView()
        self.tabs = Tabs()
        self._build_head(user)
        self.tabs.add(_("The month's roster"), lambda: self.desk)
        self.tabs.add(_("Hours and fairness"), lambda: self.fairness)
        for title, make in (tabs or {}).items():
            self.tabs.add(title, make)
        self.tabs.content(0)
        self.tabs.offer_keys()
        self.body.setContentsMargins(*map(theme.px, (20, 6, 20, 12)))
        self.body.addWidget(self.tabs, 1)
        lead(self, self.desk.grid)
        self._connect()
        self._name_month()

    def show_month(self, first: date) -> None:
        """Show another month; what is written of this one is sent on its way."""
        self.desk.saver.flush()
        self.first = first
        self._name_month()
        self.reload()

    def go_on(self, by: int) -> None:
        """Show the month that lies `by` months later."""
        months = self.first.year * 12 + self.first.month - 1 + by
        self.show_month(date(months // 12, months % 12 + 1, 1))

    def reload(self) -> None:
        """Read the month anew; what is not stored yet stays."""
        self._stale = False
        self._jobs.run_last(self, self._show, self._read, self.first)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _reload_if_shown(self, tables: frozenset[str]) -> None:
        """Follow what others change; what this page stores it shows already."""
        own = CELLS if self.desk.saver.is_storing else frozenset()
        self._stale = self._stale or bool((tables - own) & (SHOWS | CELLS))
        if self._stale and self.isVisible():
            self.reload()

    def _show(self, month: Month) -> None:
        if month.problem.first != self.first:
            return  # gone on meanwhile
        self.month = month
        self.desk.show_month(month)
        self.publish.setEnabled(not month.is_published)
        self.automatic.setEnabled(not month.is_published)
        if self.tabs.strip.currentIndex() == 1:
            self._show_tab(1)

    def _show_tab(self, at: int) -> None:
        if at == 1 and self.desk.sheet:
            self.fairness.show_sheet(self.desk.sheet)

    def _name_month(self) -> None:
        self.now.setText(say_month(self.first))

    def _go_to_now(self) -> None:
        self.show_month(self._today().replace(day=1))

    def _ask(self, wanted: SignalInstance) -> None:
        """Let what is written be stored first, then ask for the deed."""
        self.desk.saver.flush()
        if self.month:
            wanted.emit(self.month)

    def _make_automatically(self) -> None:
        """Have the month made, with the locks and shifts as they stand now."""
        sheet = self.desk.sheet
        if sheet is None:
            return
        title = _("Make the roster of {month}").format(month=say_month(self.first))
        roster = Roster(dict(sheet.roster.rows), dict(sheet.roster.units))
        dialog = SolvingDialog(Task(title, sheet.problem, roster), self._jobs, self)
        dialog.chosen.connect(self.desk.take_over)
        dialog.reasons_wanted.connect(self.reasons_wanted)
        dialog.accepted.connect(self.desk.grid.setFocus)  # where Ctrl+Z undoes it
        dialog.open()

    def _open(self, key: str) -> None:
        if key.isdigit():
            self.person_wanted.emit(int(key))

    def _build_head(self, user: User) -> None:
        back, on = _("Month before"), _("Month after")
        self.back = icon_button("left", back, partial(self.go_on, -1), "Alt+PgUp")
        self.now = button("")
        self.on = icon_button("right", on, partial(self.go_on, 1), "Alt+PgDown")
        self.now.setToolTip(_("Go to this month"))
        for widget in (self.back, self.now, self.on):
            self.head.add_widget(widget)
        self.print = self.head.add_button(_("Print"), "print", "Ctrl+P")
        self.sick = self.head.add_button(_("Sick call"), "phone", "Ctrl+Shift+B")
        self.automatic = self.head.add_button(_("Make automatically"), "rating")
        self.publish = self.head.add_primary(_("Publish"), "check")
        self.sick.setVisible(self._may_write)
        self.automatic.setVisible(self._may_write)
        self.publish.setVisible(user.may(Right.PUBLISH_ROSTER))

    def _connect(self) -> None:
        self._jobs.changed.connect(self._reload_if_shown)
        self.tabs.shown.connect(self._show_tab)
        self.now.clicked.connect(self._go_to_now)
        self.desk.person_wanted.connect(self._open)
        self.desk.first_step.connect(self._make_automatically)
        self.automatic.clicked.connect(self._make_automatically)
        for press, wanted in (
            (self.print, self.print_wanted),
            (self.publish, self.publish_wanted),
        ):
            press.clicked.connect(partial(self._ask, wanted))
