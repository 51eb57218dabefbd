"""What somebody is paid: shown and asked for only where the right is there."""

from functools import partial
from typing import Any

from carehome.i18n import N_, _, show_day
from carehome.rules.rights import Right
from carehome.rules.staff import PAY_BASIS_NAMES
from carehome.services.staff import Pay
from carehome.services.staff.pay import PayLine, PayNegative, PayTwice
from carehome.ui.kit import table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.staff import forms
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.tab import Leaf

LINES: tuple[Column[PayLine], ...] = (
    table.day(N_("From"), lambda line: line.starts, bold=True),
    Column(N_("Way of pay"), lambda line: _(PAY_BASIS_NAMES[line.basis])),
    table.money(N_("Amount"), lambda line: line.fen),
    Column(N_("Note"), lambda line: line.note or None, stretch=True),
)


class Paid(Leaf):
    """Lists what somebody is and was paid, the last one first."""

    def __init__(self, hand: Hand, pay: Pay) -> None:
        super().__init__(hand)
        self._pay = pay
        self.add = button(_("New pay"), "plus", "Alt+N", "small")
        self.change = button(_("Correct"), "edit", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        self.view = TableView(
            TableModel(LINES, lambda line: line.pay_id), "staff.pay", N_("Pay")
        )
        deeds = (self.remove, self.change, self.add)
        self.add_section(_("Pay"), *deeds)
        self.add_list(self.view)

        may_change = hand.may(Right.CHANGE_PAY)
        for each in deeds:
            each.setVisible(may_change)
        step = _("New pay") if may_change else ""
        self.view.set_empty(_("No pay is written down."), step)
        self.add.clicked.connect(self.ask_new)
        self.view.first_step.connect(self.ask_new)
        self.change.clicked.connect(lambda: self.ask_pay(self.view.current_row()))
        self.remove.clicked.connect(self._ask_removal)
        self.view.picked.connect(self._picked)
        if may_change:
            self.view.opened.connect(self.ask_pay)

    def refresh(self) -> None:
        """Read the pay: it is not part of the file that others see."""
        read = self._pay.of
        self.hand.jobs.run_last(self, self._show, read, self.file.staff_id)

    def ask_new(self) -> None:
        """Ask for a pay that is new."""
        self.ask_pay()

    def ask_pay(self, line: PayLine | None = None) -> None:
        """Ask what somebody is paid from a day on."""
        form = forms.pay(self.hand.today())
        form.blame("fen", PayNegative)
        form.blame("starts", PayTwice)
        name = self.file.person.name
        title = _("New pay of {name}").format(name=name)
        if line:
            self.fill(form, line)
            title = _("Correct a pay of {name}").format(name=name)
        number, who = line.pay_id if line else 0, self.file.staff_id

        def deed(values: dict[str, Any]) -> "partial[Any]":
            told = PayLine(**{**values, "note": values["note"] or ""}, pay_id=number)
            return partial(self._pay.save, who, told)

        self.ask(title, form, deed, f"pay:{number}")

    def _show(self, lines: list[PayLine]) -> None:
        self.view.table.set_rows(lines)
        self._picked(self.view.current_row())

    def _ask_removal(self) -> None:
        line = self.view.current_row()
        if line:
            title = _("Remove the pay from {day} on?")
            points = [_("Only what was entered by mistake is removed.")]
            told = title.format(day=show_day(line.starts))
            self.confirm_removal(told, points, self._pay.remove, line.pay_id)

    def _picked(self, line: PayLine | None) -> None:
        for deed in (self.change, self.remove):
            deed.setEnabled(line is not None)
