"""What a test or an inspection found, as the register of hazards has it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.rules.safety.hazards import (
    SEVERITY_NAMES,
    SEVERITY_TONES,
    STATE_NAMES,
    STATE_TONES,
    Severity,
)
from carehome.rules.safety.inspections import Finding
from carehome.ui.kit import table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.sections import Sections
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog, let_scroll
from carehome.ui.parts.hand import Hand
from carehome.ui.safety import paper_forms

AddFinding = Callable[[int, str, str, Severity], int]
FINDINGS: tuple[Column[Finding], ...] = (
    Column(N_("Number"), lambda f: f.number, bold=True),
    Column(N_("Problem found"), lambda f: f.item, stretch=True),
    Column(
        N_("State"),
        lambda f: _(STATE_NAMES[f.state]),
        chip=lambda f: "bad" if f.is_late else STATE_TONES[f.state],
    ),
    Column(
        N_("Severity"),
        lambda f: _(SEVERITY_NAMES[f.severity]),
        chip=lambda f: SEVERITY_TONES[f.severity],
    ),
    Column(N_("Place"), lambda f: f.place),
    table.moment(N_("Deadline"), lambda f: f.due_at),
)
SLIM = 3  # how many columns fit into a file


class Findings(Sections):
    """Lists what was found, and lets more be entered; Enter leads to the hazard.

    `told` says what was done, `hazard_wanted` carries a hazard to be opened.
    """

    told = Signal(str)
    hazard_wanted = Signal(int)

    def __init__(self, hand: Hand, name: str, add: AddFinding) -> None:
        super().__init__()
        self._hand = hand
        self._add = add
        self._found_by = 0
        self.add = button(_("Add a finding"), "plus", "Alt+N", "small")
        model = TableModel(FINDINGS, lambda finding: finding.hazard_id)
        self.view = TableView(model, name, N_("Findings"))
        self.add_section(_("Findings"), self.add)
        self.add_list(self.view)

        self.view.show_columns(SLIM)
        self.add.setVisible(hand.may(Right.CHANGE_SAFETY))
        self.view.set_empty(_("Nothing was found, or it is not entered yet."))
        self.add.clicked.connect(self.ask_finding)
        self.view.opened.connect(lambda f: self.hazard_wanted.emit(f.hazard_id))

    def show_findings(self, found_by: int, findings: Sequence[Finding]) -> None:
        """Show what one test or inspection found."""
        self._found_by = found_by
        self.view.table.set_rows(findings)

    def ask_finding(self) -> None:
        """Ask what was found."""
        form, jobs = paper_forms.finding(), self._hand.jobs
        title, draft = _("New finding"), f"{self.view.name}:{self._found_by}"
        do = _("Open a hazard")
        dialog = DeedDialog(title, form, do, jobs, self._deed, self, draft)
        let_scroll(dialog)
        dialog.accepted.connect(self._say_added)
        dialog.open()

    def _deed(self, values: dict[str, Any]) -> "partial[int]":
        severity = Severity(values["severity"])
        found = values["item"], values["place"], severity
        return partial(self._add, self._found_by, *found)

    def _say_added(self) -> None:
        self.told.emit(_("The finding is in the register of hazards."))
