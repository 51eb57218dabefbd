"""The file of one piece of equipment: what is due, what was done, who services it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.safety.equipment import (
    SERVICE_NAMES,
    SURENESS_NAMES,
    Done,
    Press,
    next_service,
    scrap_day,
)
from carehome.rules.safety.hazards import STATE_NAMES
from carehome.services.safety.hazards import Mark
from carehome.services.safety.ledger import Ledger, Line
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.keys import HERE, bind
from carehome.ui.kit.page import Side, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.safety.equipment_words import say_due, say_kind

DONE: tuple[Column[Done], ...] = (
    table.day(N_("Done on"), lambda done: done.day),
    Column(N_("What was done"), lambda done: _(SERVICE_NAMES[done.kind])),
    Column(
        N_("Outcome"),
        lambda done: _("Passed") if done.is_passed else _("Did not pass"),
        chip=lambda done: "ok" if done.is_passed else "bad",
    ),
    Column(N_("By"), lambda done: done.by or None, stretch=True),
)


class EquipmentFile(Side):
    """One piece; the deeds on it ask the tab, which knows what else is chosen.

    `hazard_wanted` names a hazard that is to be opened.
    """

    service_asked = Signal()
    change_asked = Signal()
    scrap_asked = Signal()
    placing_asked = Signal()
    taking_off_asked = Signal()
    fault_asked = Signal()
    removal_asked = Signal(object)
    hazard_wanted = Signal(int)

    def __init__(self, may_change: bool) -> None:
        super().__init__()
        self.line: Line | None = None
        self.facts = FactGrid([])
        self.due = QLabel()
        self.rule = QLabel()
        for label, look in ((self.due, "banner"), (self.rule, "note")):
            label.setWordWrap(True)
            theme.mark(label, look)
        self.serve = button(_("Record a service"), "check", "Alt+S", "small")
        self.change = button(_("Correct"), "edit", "Alt+E", "small")
        self.place = button(_("Mark on the plan"), "grid", "Alt+M", "small")
        self.take_off = button(_("Take off the plan"), "remove", kind="small")
        self.fault = button(_("Enter a hazard"), "warn", "Alt+H", "small")
        self.scrap = button(_("Scrap"), "remove", kind="small")
        self.remove = button(_("Remove the entry"), "remove", kind="small")
        model = TableModel(DONE, lambda done: done.service_id)
        self.view = TableView(model, "safety.equipment.done", N_("Services"))
        self.view.set_empty(_("No service has been recorded."))
        self.deeds, self.hazards = QWidget(), QWidget()
        self._hazards = Flow(self.hazards)
        self._may_change = may_change
        self._arrange()

        self.serve.clicked.connect(self.service_asked)
        self.change.clicked.connect(self.change_asked)
        self.scrap.clicked.connect(self.scrap_asked)
        self.place.clicked.connect(self.placing_asked)
        self.take_off.clicked.connect(self.taking_off_asked)
        self.fault.clicked.connect(self.fault_asked)
        self.remove.clicked.connect(self._ask_removal)
        self.view.picked.connect(self._picked)
        if may_change:
            words = N_("Remove the entry")
            bind(self.view, "Del", words, self._ask_removal, HERE)

    def show_line(self, line: Line, ledger: Ledger) -> None:
        """Show one piece."""
        self.line = line
        title = _("{label} {kind}").format(label=line.label, kind=line.kind.name)
        self.title.setText(title)
        pressing = [due for due in line.dues if due.press is not Press.LATER]
        self.due.setText("\n".join(map(say_due, pressing)))
        self.due.setVisible(line.is_pressing)
        late = line.due is not None and line.due.press is Press.OVERDUE
        theme.mark(self.due, "banner" if late else "banner_warn")
        self.facts.show_facts(list(self._facts(line, ledger)))
        self.rule.setText(_say_rule(line))
        self.view.table.set_rows(line.done)
        self._show_hazards(ledger.hazards.get(line.equipment_id, []))
        self._offer(line, bool(ledger.plans))
        self._picked(self.view.current_row())

    def _arrange(self) -> None:
        deeds = Flow(self.deeds)
        for deed in (self.serve, self.fault, self.change, self.place):
            deeds.addWidget(deed)
        for deed in (self.take_off, self.scrap):
            deeds.addWidget(deed)
        self.deeds.setVisible(self._may_change)
        self.view.setMinimumHeight(theme.px(112))
        top = (self.due, self.deeds, self.hazards, self.facts, self.rule)
        whole = QWidget()  # scrolls where the window is low or the type large
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for part in top:
            column.addWidget(part)
        column.addWidget(self.view, 1)
        column.addWidget(self.remove)
        self.body.addWidget(scrolling(whole), 1)
        self.remove.hide()

    def _offer(self, line: Line, has_plans: bool) -> None:
        """Offer the deeds that make sense for a piece as it is."""
        scrapped = line.scrapped_on is not None
        for deed in (self.serve, self.fault):
            deed.setEnabled(not scrapped)
        self.place.setEnabled(not scrapped and has_plans)
        self.place.setToolTip("" if has_plans else _("Add a floor plan first."))
        self.take_off.setVisible(line.point is not None)
        self.scrap.setText(_("Back into use") if scrapped else _("Scrap"))

    def _show_hazards(self, marks: Sequence[Mark]) -> None:
        """Lead to the hazards that this piece brought to light."""
        while item := self._hazards.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for mark in marks:
            text = _("Hazard {number}: {state}")
            state = _("Overdue") if mark.is_late else _(STATE_NAMES[mark.state])
            said = text.format(number=mark.number, state=state)
            link = button(said, "warn", kind="link")
            link.clicked.connect(partial(self.hazard_wanted.emit, mark.hazard_id))
            self._hazards.addWidget(link)
        self.hazards.setVisible(bool(marks))

    def _facts(self, line: Line, ledger: Ledger) -> list[Fact]:
        plans = {plan.plan_id: plan.name for plan in ledger.plans}
        contract = ledger.contracts.get(line.kind.contract_id or 0)
        told: list[tuple[str, str | date | None]] = [
            (_("Where it hangs"), line.place),
            (_("Model"), line.model),
            (_("Floor plan"), plans[line.point.plan_id] if line.point else ""),
            (_("Manufactured on"), line.made_on),
            (_("Next service"), next_service(line.kind, line.made_on, line.done)),
            (_("To be scrapped"), scrap_day(line.kind, line.made_on)),
            (_("Scrapped on"), line.scrapped_on),
            (_("Reason"), line.scrap_reason),
            (_("Serviced by"), contract.firm if contract else ""),
            (_("Contact"), contract.contact if contract else ""),
            (_("Contract until"), contract.last_day if contract else None),
            (_("Note"), line.note),
        ]
        return [
            Fact(name, show_day(value) if isinstance(value, date) else value)
            for name, value in told
            if value
        ]

    def _picked(self, done: Done | None) -> None:
        self.remove.setVisible(self._may_change and done is not None)

    def _ask_removal(self) -> None:
        done = self.view.current_row()
        if done is not None:
            self.removal_asked.emit(done)


def _say_rule(line: Line) -> str:
    """Say the intervals of the kind, where they come from, and how surely."""
    kind = line.kind
    sure = _(SURENESS_NAMES[kind.sureness])
    text = _("{rule} Source: {source} ({sure}).")
    return text.format(rule=say_kind(kind), source=kind.source or "\u2013", sure=sure)
