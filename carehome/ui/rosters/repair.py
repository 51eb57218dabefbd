"""Somebody calls in sick: who, from when to when, who steps in, done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _, say_day, say_weekday
from carehome.rules.requests import EndsBeforeStart, TooLong
from carehome.rules.rosters.fixes import Fix
from carehome.rules.rosters.reasons import say_move, say_standing
from carehome.rules.rosters.words import say_where
from carehome.services.requests import OpenShift, SickCall, SickCalls
from carehome.services.requests.sick_calls import CallOfThePast
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import share_room
from carehome.ui.rosters.page import RostersPage

WIDTH, OPEN, STEPPING_IN = 820, 145, 181


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who could take an open shift, or (no fix) nobody."""

    shift: OpenShift
    fix: Fix | None

    @property
    def cells(self) -> str:
        """Say which cells change."""
        if self.fix is None:
            return _("Leave the shift open")
        problem = self.shift.problem
        return _("; ").join(say_move(move, problem) for move in self.fix.moves)

    @property
    def reasons(self) -> str:
        """Say how who steps in stands afterwards."""
        if self.fix is not None:
            return say_standing(self.fix, self.shift.problem)
        return (
            _("One person less") if self.shift.is_needed else _("Enough people even so")
        )

    @property
    def is_chosen(self) -> bool:
        """Say whether this is what will be done."""
        return self.fix == self.shift.chosen


class SickCallDialog(AskDialog):
    """Asks who is ill, shows the open shifts and who could step in, best first.

    Up and down choose a shift, and below who takes it: Enter takes somebody. All of it
    is one deed.
    """

    def __init__(
        self,
        calls: SickCalls,
        people: Mapping[str, str],
        person: str,
        today: date,
        jobs: Jobs,
        parent: QWidget | None,
    ) -> None:
        super().__init__(_("Somebody calls in sick"), _("Write down"), parent)
        self._calls = calls
        self._jobs = jobs
        self._choices: dict[date, Fix | None] = {}
        self._shown: Sequence[OpenShift] | None = None
        self.form = Form(columns=2)
        self.person = self.form.add(
            "person", ChoiceField(_("Who calls in sick"), dict(people))
        )
        self.note = self.form.add("note", TextField(_("Remark"), needed=False))
        self.starts = self.form.add(
            "starts", DateField(_("Sick from"), today), blame=(CallOfThePast,)
        )
        self.last = self.form.add(
            "last",
            DateField(_("Sick up to and with"), today),
            blame=(EndsBeforeStart, TooLong),
        )
        self.shifts = TableView(
            TableModel(_shift_columns(), key=lambda shift: shift.day),
            "rosters.sick.shifts",
            N_("Shifts that open"),
        )
        self.options = TableView(
            TableModel(_option_columns(), key=lambda option: option.fix),
            "rosters.sick.options",
            N_("Who could step in"),
        )
        self.hint = QLabel(
            _("Enter or a double click takes somebody for the shift above.")
        )
        theme.mark(self.hint, "hint")
        self._lay_out()
        self.shifts.picked.connect(self._offer)
        self.options.opened.connect(self._take)
        self.form.changed.connect(self._plan)
        self.form.submitted.connect(self.options.setFocus)
        self.asked.connect(self._write)
        if person in people:
            self.person.set_value(person)
        self.starts.set_value(today)
        self.last.set_value(today)
        self.form.focus()
        self._plan()

    # ---- what opens

    def _plan(self, _values: Any = None) -> None:
        """Ask anew what these days open."""
        self.error.hide()
        reason = self.form.reason()
        self.set_reason(reason)
        if reason:
            self._show([])
            return
        self._jobs.run_last(
            self,
            self._show,
            self._calls.plan,
            self.call,
            dict(self._choices),
            failed=self._refuse,
        )

    @property
    def call(self) -> SickCall:
        """Return what was typed."""
        values = self.form.values()
        return SickCall(
            int(values["person"]),
            values["starts"],
            values["last"],
            values["note"] or "",
        )

    def _refuse(self, error: Exception) -> None:
        self._show([])
        self.refuse(error)
        self.set_reason(_("Mend what is marked first."))

    def refuse(self, error: Exception) -> None:
        """Tell what went wrong, beside its field where it is about one."""
        if not self.form.tell(error):
            super().refuse(error)

    def _show(self, shifts: Sequence[OpenShift]) -> None:
        self._shown = shifts
        self.shifts.table.set_rows(list(shifts))
        self.shifts.set_empty(_("No shift opens on these days."))
        if shifts and self.shifts.current_row() is None:
            self.shifts.select(shifts[0].day)
        self._offer(self.shifts.current_row())

    def _offer(self, shift: OpenShift | None) -> None:
        """Show who could take a shift."""
        rows = []
        if shift is not None:
            rows = [Option(shift, fix) for fix in (*shift.options, None)]
        self.options.table.set_rows(rows)
        chosen = next((row for row in rows if row.is_chosen), None)
        if chosen is not None:
            self.options.select(chosen.fix)

    # ---- what is done

    def _take(self, option: Option) -> None:
        """Let somebody take a shift; what comes after it is looked at anew."""
        self._choices[option.shift.day] = option.fix
        self._plan()

    def _write(self) -> None:
        choices = {shift.day: shift.chosen for shift in self._shown or ()}
        self._jobs.run(
            self,
            self.finish,
            self._calls.call_in,
            self.call,
            choices,
            failed=self.refuse,
        )

    def _lay_out(self) -> None:
        self.body.addWidget(self.form)
        self.body.addWidget(ListCard(self.shifts, _("Shifts that open")))
        self.body.addWidget(ListCard(self.options, _("Who could step in")))
        self.body.addWidget(self.hint)
        self.setMinimumWidth(theme.px(WIDTH))
        share_room(self, {self.shifts: OPEN, self.options: STEPPING_IN})


def offer_sick_calls(
    page: RostersPage, calls: SickCalls, jobs: Jobs, today: Callable[[], date]
) -> None:
    """Let the page of rosters lead to a sick call."""

    def ask() -> None:
        desk = page.desk
        if desk.sheet is None:
            return
        desk.saver.flush()
        cell = desk.grid.current
        names = {person.key: person.name for person in desk.sheet.people}
        person = cell[0] if cell else ""
        SickCallDialog(calls, names, person, today(), jobs, page).open()

    page.sick.clicked.connect(ask)


def _shift_columns() -> tuple[Column[OpenShift], ...]:
    return (
        Column(N_("Day"), lambda shift: shift.day, show=_say_when),
        Column(
            N_("Open shift"),
            lambda shift: say_where(shift.problem, shift.gap.shift, shift.gap.unit),
        ),
        Column(
            N_("Stepping in"),
            _say_chosen,
            stretch=True,
            tone=lambda shift: "bad" if shift.is_needed and not shift.chosen else None,
        ),
    )


def _option_columns() -> tuple[Column[Option], ...]:
    return (
        Column(
            N_("Change of the roster"),
            lambda option: option.cells,
            bold=True,
        ),
        Column(N_("How they stand then"), lambda option: option.reasons, stretch=True),
    )


def _say_when(day: date) -> str:
    return _("{day} {weekday}").format(day=say_day(day), weekday=say_weekday(day))


def _say_chosen(shift: OpenShift) -> str:
    """Name who takes a shift."""
    if shift.chosen is not None:
        people = {person.key: person.name for person in shift.problem.people}
        keys = dict.fromkeys(move.person for move in shift.chosen.moves)
        return _(", ").join(people[key] for key in keys)
    return _("Nobody steps in yet") if shift.is_needed else _("Nobody needed")
