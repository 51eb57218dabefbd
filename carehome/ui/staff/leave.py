"""When somebody is away, and the protection of mothers."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import N_, _, show_day
from carehome.rules.periods import DAY, Period
from carehome.rules.protection import SOURCE, Maternity
from carehome.rules.rights import Right
from carehome.rules.staff import LEAVE_NAMES, Leave, LeaveTaken
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.staff import forms
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.tab import Leaf

LEAVES: tuple[Column[LeaveTaken], ...] = (
    Column(N_("Kind of leave"), lambda e: _(LEAVE_NAMES[Leave(e.kind)]), bold=True),
    table.day(N_("First day"), lambda e: e.starts),
    table.day(N_("Last day"), lambda e: e.last_day),
    table.number(N_("Days used up"), lambda e: e.days),
    Column(N_("Note"), lambda e: e.note or None, stretch=True),
)


@dataclass(frozen=True, slots=True)
class Guarded:
    """A child expected or nursed, and the days without nights and overtime."""

    maternity: Maternity
    span: Period | None


PROTECTIONS: tuple[Column[Guarded], ...] = (
    table.day(N_("Child due on"), lambda g: g.maternity.due_on),
    table.day(N_("Child born on"), lambda g: g.maternity.born_on),
    table.day(
        N_("No nights, no overtime from"), lambda g: g.span.start if g.span else None
    ),
    table.day(
        N_("Until"), lambda g: g.span.end - DAY if g.span and g.span.end else None
    ),
    Column(N_("Note"), lambda g: g.maternity.note or None, stretch=True),
)


class LeaveLeaf(Leaf):
    """Lists leaves with what is left of the annual leave, and protections."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.annual = FactGrid(columns=3)
        self.add = button(_("New leave"), "plus", "Alt+N", "small")
        self.change = button(_("Correct"), "edit", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        self.guard = button(_("New protection"), "plus", "Alt+P", "small")
        self.change_guard = button(_("Correct"), "edit", kind="small")
        self.remove_guard = button(_("Remove"), "remove", kind="small")
        self.leaves = TableView(
            TableModel(LEAVES, lambda e: e.leave_id), "staff.leaves", N_("Leave")
        )
        self.guarded = TableView(
            TableModel(PROTECTIONS, lambda g: g.maternity.maternity_id),
            "staff.protections",
            N_("Pregnancy and nursing"),
        )
        law = QLabel(_(SOURCE))
        law.setWordWrap(True)
        theme.mark(law, "note")
        of_leave = (self.remove, self.change, self.add)
        of_guard = (self.remove_guard, self.change_guard, self.guard)
        self.add_section(_("Leave"), *of_leave)
        self.body.addWidget(self.annual)
        self.add_list(self.leaves, 3)
        self.add_section(_("Pregnancy and nursing"), *of_guard)
        self.body.addWidget(law)
        self.add_list(self.guarded, 2)
        for each, words in (
            (self.change, _("Correct the leave")),
            (self.remove, _("Remove the leave")),
            (self.change_guard, _("Correct the protection")),
            (self.remove_guard, _("Remove the protection")),
        ):
            each.setAccessibleName(words)

        may_change = hand.may(Right.CHANGE_STAFF)
        for each in (*of_leave, *of_guard):
            each.setVisible(may_change)
        step = _("New leave") if may_change else ""
        self.leaves.set_empty(_("No leave is written down."), step)
        self.guarded.set_empty(_("No child expected or nursed is written down."))
        self.add.clicked.connect(self.ask_new)
        self.leaves.first_step.connect(self.ask_new)
        self.change.clicked.connect(lambda: self.ask_leave(self.leaves.current_row()))
        self.remove.clicked.connect(self._ask_removal)
        self.guard.clicked.connect(self.ask_new_protection)
        self.change_guard.clicked.connect(
            lambda: self.ask_maternity(self.guarded.current_row())
        )
        self.remove_guard.clicked.connect(self._ask_guard_removal)
        self.leaves.picked.connect(self._picked)
        self.guarded.picked.connect(self._picked)
        if may_change:
            self.leaves.opened.connect(self.ask_leave)
            self.guarded.opened.connect(self.ask_maternity)

    def refresh(self) -> None:
        annual = self.file.annual
        days = _("{count} {count:day|days}")
        self.annual.show_facts(
            [
                Fact(
                    _("Annual leave {year}").format(year=annual.year),
                    days.format(count=annual.entitled),
                ),
                Fact(_("Taken"), days.format(count=annual.taken)),
                Fact(_("Still to take"), days.format(count=annual.left), strong=True),
            ]
        )
        self.leaves.table.set_rows(self.file.leaves)
        self.guarded.table.set_rows(
            [Guarded(each, each.protected()) for each in self.file.maternities]
        )
        self._picked()

    def ask_new(self) -> None:
        """Ask for a leave that is new."""
        self.ask_leave()

    def ask_leave(self, leave: LeaveTaken | None = None) -> None:
        """Ask for a leave: a new one, or one to be corrected."""
        form = forms.leave(self.hand.today())
        name = self.file.person.name
        title = _("New leave of {name}").format(name=name)
        if leave:
            self.fill(form, leave)
            title = _("Correct a leave of {name}").format(name=name)
        for each in ("starts", "last_day"):
            form.fields[each].changed.connect(partial(self._count, form))
        number = leave.leave_id if leave else 0
        staff, who = self.hand.services.staff, self.file.staff_id

        def deed(values: dict[str, Any]) -> "partial[Any]":
            told = {**values, "note": values["note"] or ""}
            if number:
                return partial(staff.change_leave, LeaveTaken(**told, leave_id=number))
            return partial(staff.add_leave, who, LeaveTaken(**told))

        self.ask(title, form, deed, f"leave:{number}")

    def ask_new_protection(self) -> None:
        """Ask for a child expected or born."""
        self.ask_maternity()

    def ask_maternity(self, guarded: Guarded | None = None) -> None:
        """Ask for a child expected or born."""
        form = forms.maternity(self.hand.today())
        number = 0
        if guarded:
            self.fill(form, guarded.maternity)
            number = guarded.maternity.maternity_id
        staff, who = self.hand.services.staff, self.file.staff_id

        def deed(values: dict[str, Any]) -> "partial[Any]":
            told = {**values, "note": values["note"] or ""}
            return partial(
                staff.save_maternity, who, Maternity(**told, maternity_id=number)
            )

        title = _("Pregnancy and nursing of {name}")
        told = title.format(name=self.file.person.name)
        self.ask(told, form, deed, f"maternity:{number}")

    def _count(self, form: Form) -> None:
        """Fill in how many working days lie between both ends."""
        values = form.values()
        starts, last = values["starts"], values["last_day"]
        if starts and last and starts <= last:
            count = self.hand.services.staff.leave_days
            self.hand.jobs.run_last(
                form, form.fields["days"].set_value, count, starts, last
            )

    def _ask_removal(self) -> None:
        leave = self.leaves.current_row()
        if leave:
            title = _("Remove the leave from {day} on?")
            points = [_("The person can then be rostered on these days.")]
            remove = self.hand.services.staff.remove_leave
            told = title.format(day=show_day(leave.starts))
            self.confirm_removal(told, points, remove, leave.leave_id)

    def _ask_guard_removal(self) -> None:
        guarded = self.guarded.current_row()
        if guarded:
            points = [
                _("Only what was entered by mistake is removed."),
                _("The person can then be rostered on nights."),
            ]
            remove = self.hand.services.staff.remove_maternity
            number = guarded.maternity.maternity_id
            self.confirm_removal(_("Remove the protection?"), points, remove, number)

    def _picked(self, _row: object = None) -> None:
        for view, deeds in (
            (self.leaves, (self.change, self.remove)),
            (self.guarded, (self.change_guard, self.remove_guard)),
        ):
            for deed in deeds:
                deed.setEnabled(view.current_row() is not None)
