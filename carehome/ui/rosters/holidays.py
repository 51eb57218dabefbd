"""The tab of holidays: days of a year that are not what their weekday says."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import N_, _, say_weekday
from carehome.rules.payroll import DayKind
from carehome.rules.rights import Right, User
from carehome.services.calendar import HomeCalendar, HomeDay, HomeYear, SetByLaw
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.turner import YEAR, Turner

KINDS = {
    DayKind.STATUTORY: N_("Statutory holiday: work is paid three-fold"),
    DayKind.REST: N_("Day of rest"),
    DayKind.WORK: N_("Day of work"),
}
# Without Shift they turn the month of the page.
YEAR_KEYS = "Alt+Shift+PgUp", "Alt+Shift+PgDown"
TONES = {DayKind.STATUTORY: "bad", DayKind.REST: "ok", DayKind.WORK: "warn"}


class HolidaysView(LiveView):
    """Lists a year and lets a day be counted otherwise than the state tells."""

    SHOWS = frozenset({"calendar_day"})
    told = Signal(str)

    def __init__(
        self,
        calendar: HomeCalendar,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
    ) -> None:
        super().__init__(jobs)
        self._calendar, self._jobs, self._today = calendar, jobs, today
        self._may = user.may(Right.CHANGE_ROSTER)
        self.year = Turner(today().replace(month=1, day=1), YEAR, YEAR_KEYS)
        self.bar = Bar(self.year)
        self.clear = self.bar.add_button(_("As the state tells it"), "undo")
        self.change = self.bar.add_button(_("Change the day"), "edit", "F2")
        self.add = self.bar.add_button(_("Another day"), "plus", "Ctrl+N")
        self.guess = QLabel(
            _(
                "The state has not told the free days of this year yet, or the program "
                "does not know them: this is guessed from the weekdays and the law. "
                "Type the days once they are told, and check the rosters made before."
            )
        )
        self.guess.setWordWrap(True)
        theme.mark(self.guess, "banner_info")
        self.guess.hide()
        self.view = TableView(
            TableModel(DAYS, lambda each: each.day), "rosters.holidays", N_("Calendar")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.guess)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        for each in (self.clear, self.change, self.add):
            each.setVisible(self._may)
        self.year.turned.connect(self.refresh)
        self.clear.clicked.connect(self._clear)
        self.change.clicked.connect(self._change)
        self.add.clicked.connect(self.ask_day)
        self.view.picked.connect(self._offer)
        if self._may:
            self.view.opened.connect(self._change)
        self._offer(None)

    def refresh(self) -> None:
        """Read the year again."""
        year = self.year.first.year
        self._jobs.run_last(self, self._show, self._calendar.unusual, year)

    def ask_day(self, _checked: bool = False, line: HomeDay | None = None) -> None:
        """Ask how a day is counted."""
        form = Form()
        day = DateField(_("Day"), self._today())
        form.add("day", day, blame=(SetByLaw,))
        kinds = {kind: _(KINDS[kind]) for kind in (DayKind.REST, DayKind.WORK)}
        form.add("kind", PickField(_("Counts as"), kinds))
        hint = _("For example: Spring Festival, working weekend.")
        form.add("name", TextField(_("Occasion"), needed=False, most=20, hint=hint))
        if line:
            form.set_values({"day": line.day, "kind": line.kind, "name": line.name})
        title = _("Change a day of the calendar")
        draft = f"calendar-day:{line.day if line else ''}"
        dialog = DeedDialog(title, form, _("Save"), self._jobs, self._deed, self, draft)
        dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
        dialog.open()

    def _deed(self, values: dict[str, Any]) -> "partial[None]":
        kind, name = DayKind(values["kind"]), values["name"] or ""
        return partial(self._calendar.set_day, values["day"], kind, name)

    def _change(self, _row: object = None) -> None:
        line = self.view.current_row()
        if line and line.kind is not DayKind.STATUTORY:
            self.ask_day(line=line)

    def _clear(self) -> None:
        line = self.view.current_row()
        if line and line.is_own:
            clear = self._calendar.clear_day
            self._jobs.run(self, self._cleared, clear, line.day)

    def _cleared(self, _answer: None) -> None:
        self.told.emit(_("The day counts again as the state tells it."))

    def _show(self, year: HomeYear) -> None:
        self.view.table.set_rows(list(year.days))
        self.guess.setVisible(year.is_guessed)
        kinds = [each.kind for each in year.days]
        text = _("{holidays} statutory holidays, {worked} days worked instead of rest")
        holidays, worked = map(kinds.count, (DayKind.STATUTORY, DayKind.WORK))
        self.bar.note.setText(text.format(holidays=holidays, worked=worked))
        self._offer(self.view.current_row())

    def _offer(self, line: HomeDay | None) -> None:
        is_free = line is not None and line.kind is not DayKind.STATUTORY
        self.change.setEnabled(is_free)
        self.clear.setEnabled(line is not None and line.is_own)


DAYS: tuple[Column[HomeDay], ...] = (
    table.day(N_("Day"), lambda each: each.day, bold=True),
    Column(N_("Weekday"), lambda each: say_weekday(each.day)),
    Column(
        N_("Counts as"), lambda each: _(KINDS[each.kind]), chip=lambda e: TONES[e.kind]
    ),
    Column(N_("Occasion"), lambda each: each.name or None),
    Column(
        N_("Told by"),
        lambda each: _("The home's own") if each.is_own else _("Law and state"),
        chip=lambda each: "info" if each.is_own else None,
        stretch=True,
    ),
)
