"""The file of one piece of equipment: what is due, what was done, who services it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.safety.equipment import (
    SERVICE_NAMES,
    SURENESS_NAMES,
    Done,
    next_service,
    scrap_day,
)
from carehome.services.safety.ledger import Ledger, Line
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.page import Side
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
    """One piece; the deeds on it ask the tab, which knows what else is chosen."""

    service_asked = Signal()
    change_asked = Signal()
    scrap_asked = Signal()
    placing_asked = Signal()
    removal_asked = Signal(object)

    def __init__(self, may_change: bool) -> None:
        super().__init__()
        self.line: Line | None = None
        self.facts = Facts([])
        self.due = QLabel()
        self.rule = QLabel()
        for label, look in ((self.due, "banner"), (self.rule, "note")):
            label.setWordWrap(True)
            theme.mark(label, look)
        self.serve = button(_("Record a service"), "check", "Alt+S", "small")
        self.change = button(_("Correct"), "edit", kind="small")
        self.place = button(_("Mark on the plan"), "grid", kind="small")
        self.scrap = button(_("Scrap"), "remove", kind="small")
        self.remove = button(_("Remove the entry"), "remove", kind="small")
        model = TableModel(DONE, lambda done: done.service_id)
        self.view = TableView(model, "safety.equipment.done", N_("Services"))
        self.view.set_empty(_("No service has been recorded."))
        self.deeds = QWidget()
        deeds = Flow(self.deeds)
        for deed in (self.serve, self.change, self.place, self.scrap):
            deeds.addWidget(deed)
        if not may_change:
            self.deeds.hide()
        self.body.addWidget(self.due)
        self.body.addWidget(self.deeds)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.rule)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.remove)
        self._may_change = may_change
        self.remove.hide()

        self.serve.clicked.connect(self.service_asked)
        self.change.clicked.connect(self.change_asked)
        self.scrap.clicked.connect(self.scrap_asked)
        self.place.clicked.connect(self.placing_asked)
        self.remove.clicked.connect(self._ask_removal)
        self.view.picked.connect(self._picked)

    def show_line(self, line: Line, ledger: Ledger) -> None:
        """Show one piece."""
        self.line = line
        title = _("{label} {kind}").format(label=line.label, kind=line.kind.name)
        self.title.setText(title)
        self.due.setText("\n".join(map(say_due, line.dues)))
        self.due.setVisible(line.is_pressing)
        self.facts.show_facts(list(self._facts(line, ledger)))
        self.rule.setText(_say_rule(line))
        self.view.table.set_rows(line.done)
        for deed in (self.serve, self.place):
            deed.setEnabled(line.scrapped_on is None)
        scrapped = line.scrapped_on is not None
        self.scrap.setText(_("Back into use") if scrapped else _("Scrap"))
        self._picked(self.view.current_row())

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
        self.removal_asked.emit(self.view.current_row())


def _say_rule(line: Line) -> str:
    """Say the intervals of the kind, where they come from, and how surely."""
    kind = line.kind
    sure = _(SURENESS_NAMES[kind.sureness])
    text = _("{rule} Source: {source} ({sure}).")
    return text.format(rule=say_kind(kind), source=kind.source or "\u2013", sure=sure)
