"""The list of inspections from outside, with the file of one."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.rules.safety.inspections import (
    ANSWER_WARNINGS,
    BASIS_NAMES,
    CHANNEL_NAMES,
    PENALTY_NAMES,
    Inspection,
)
from carehome.services.safety.inspections import Inspections
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import FactGrid, ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.safety import paper_forms
from carehome.ui.safety.findings import Findings
from carehome.ui.safety.paper_asking import asking, show_scan, tell_failure
from carehome.ui.safety.paper_words import (
    TONES,
    facts_of_inspection,
    office_of,
    say_answer,
)

FILE, MOST = 560, 0.6  # the width of a file, and its largest share of the tab
SLIM = 4  # how many columns stay beside a file
TEXTS = (
    *("office_name", "inspectors", "number", "told", "penalty", "penalty_number"),
    *("channel", "note"),
)
UNASKED = {"penalty_number": "", "penalty_fen": None, "published_on": None}


class InspectionFile(Side):
    """One inspection: what the office wrote and found, whether it was answered."""

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self.answer = button(_("Note the answer"), "check", kind="small")
        self.change = button(_("Correct"), "edit", kind="small")
        self.look = button(_("View the scan"), "show", kind="small")
        self.look_at_answer = button(_("View the answer"), "show", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        self.facts = FactGrid()
        add = hand.service(Inspections).add_finding
        self.findings = Findings(hand, "safety.inspection_findings", add)
        deeds = QWidget()
        row = Flow(deeds, 6)
        deeds_of = (self.answer, self.change, self.look, self.look_at_answer)
        for each in (*deeds_of, self.remove):
            row.addWidget(each)
        self.findings.view.setMinimumHeight(theme.px(84))
        whole = QWidget()  # scrolls where the window is low or the type large
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(deeds)
        column.addWidget(self.facts)
        column.addWidget(self.findings, 1)
        self.body.addWidget(scrolling(whole), 1)

        may_change = hand.may(Right.CHANGE_SAFETY)
        for each in (self.answer, self.change, self.remove):
            each.setVisible(may_change)

    def show_inspection(self, inspection: Inspection) -> None:
        """Fill the file."""
        self.title.setText(office_of(inspection))
        is_answered = inspection.answered_on is not None
        note, correct = _("Note the answer"), _("Correct the answer")
        self.answer.setText(correct if is_answered else note)
        self.look.setEnabled(inspection.scan_id is not None)
        self.look_at_answer.setVisible(inspection.answer_scan_id is not None)
        self.facts.show_facts(facts_of_inspection(inspection))
        number, findings = inspection.inspection_id, inspection.findings
        self.findings.show_findings(number, findings)


class InspectionList(QWidget):
    """Lists the inspections, the newest first; a row opens to what was found.

    `told` says what was done, `hazard_wanted` carries a hazard to be opened.
    """

    told = Signal(str)
    hazard_wanted = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._open_id = 0
        self.bar = Bar()
        self.add = self.bar.add_button(_("New inspection"), "plus", "Ctrl+Shift+I")
        model = TableModel(_columns(hand), lambda each: each.inspection_id)
        self.view = TableView(model, "safety.inspections", N_("Outside inspections"))
        self.file = InspectionFile(hand)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)

        may_change = hand.may(Right.CHANGE_SAFETY)
        self.add.setVisible(may_change)
        step = _("New inspection") if may_change else ""
        self.view.set_empty(_("No office has been here yet."), step)
        self.add.clicked.connect(self.ask_new)
        self.view.first_step.connect(self.ask_new)
        self.view.opened.connect(self._open)
        self.view.clicked.connect(lambda: self._open(self.view.current_row()))
        self.view.picked.connect(self._follow)
        self.file.answer.clicked.connect(self._ask_answer)
        self.file.closed.connect(self._widen)
        self.file.change.clicked.connect(self._correct)
        self.file.look.clicked.connect(self._look)
        self.file.look_at_answer.clicked.connect(self._look_at_answer)
        self.file.remove.clicked.connect(self._ask_removal)
        self.file.findings.told.connect(self.told)
        self.file.findings.hazard_wanted.connect(self.hazard_wanted)

    def show_inspections(self, inspections: Sequence[Inspection]) -> None:
        """Show all inspections."""
        self.view.table.set_rows(inspections)
        owed = sum(each.wants_answer for each in inspections)
        text = _("{count} {count:inspection|inspections}, {owed} not yet answered")
        self.bar.note.setText(text.format(count=len(inspections), owed=owed))
        if self._open_id:
            self.open_inspection(self._open_id)

    def open_inspection(self, inspection_id: int) -> None:
        """Open the file of an inspection; it waits until they are read."""
        self._open_id = inspection_id
        if self.view.select(inspection_id):
            self._open(self.view.current_row())

    def ask_new(self) -> None:
        """Ask for an inspection that is new."""
        today = self._hand.today()
        form = paper_forms.InspectionForm(today)
        self._ask(_("New inspection"), form, Inspection(today, "", ""))

    def _open(self, inspection: Inspection | None) -> None:
        if inspection:
            self._open_id = inspection.inspection_id
            self.file.show_inspection(inspection)
            self.view.show_columns(SLIM)
            self.split.open_side()

    def _follow(self, inspection: Inspection | None) -> None:
        if self.file.isHidden():
            return
        if inspection:
            self._open(inspection)
        else:
            self.file.closed.emit()

    def _widen(self) -> None:
        self._open_id = 0
        self.view.show_columns(len(self.view.table.columns))

    def _correct(self) -> None:
        inspection = self.view.current_row()
        if inspection:
            form = paper_forms.InspectionForm(self._hand.today())
            names = (name for name in form.fields if hasattr(inspection, name))
            form.set_values({name: getattr(inspection, name) for name in names})
            title = _("Correct the inspection by {office}")
            self._ask(title.format(office=office_of(inspection)), form, inspection)

    def _ask(self, title: str, form: Form, known: Inspection) -> None:
        draft, deed = f"inspection:{known.inspection_id}", partial(self._deed, known)
        dialog = asking(title, form, self._hand, deed, self, draft)
        dialog.answered.connect(self.open_inspection)
        said = _("The inspection was saved.")
        dialog.accepted.connect(partial(self.told.emit, said))
        dialog.open()

    def _deed(self, known: Inspection, values: dict[str, Any]) -> "partial[int]":
        names = {each.name for each in fields(Inspection)}
        told = {name: value for name, value in values.items() if name in names}
        told = {**UNASKED, **told}  # what does not apply is not asked for
        texts = {name: told[name] or "" for name in TEXTS}
        inspection = replace(known, **{**told, **texts})
        scan = Path(values["scan"]) if values["scan"] else None
        return partial(self._hand.service(Inspections).save, inspection, scan)

    def _ask_answer(self) -> None:
        inspection = self.view.current_row()
        if inspection:
            number = inspection.inspection_id
            form = paper_forms.answer(inspection, self._hand.today())
            draft = f"answer:{number}"
            title = _("Answer to {office}").format(office=office_of(inspection))
            deed = partial(self._answer_deed, number)
            dialog = asking(title, form, self._hand, deed, self, draft)
            said = _("The answer was noted.")
            dialog.accepted.connect(partial(self.told.emit, said))
            dialog.open()

    def _answer_deed(self, number: int, values: dict[str, Any]) -> "partial[None]":
        give = self._hand.service(Inspections).give_answer
        scan = Path(values["scan"]) if values["scan"] else None
        return partial(give, number, values["day"], values["answer"] or "", scan)

    def _look(self) -> None:
        inspection = self.view.current_row()
        if inspection and inspection.scan_id:
            show_scan(office_of(inspection), inspection.scan_id, self._hand, self)

    def _look_at_answer(self) -> None:
        inspection = self.view.current_row()
        if inspection and inspection.answer_scan_id:
            name = _("Answer to {office}").format(office=office_of(inspection))
            show_scan(name, inspection.answer_scan_id, self._hand, self)

    def _ask_removal(self) -> None:
        inspection = self.view.current_row()
        if inspection:
            points = [
                _("Only what was entered by mistake is removed."),
                _("An inspection that found something stays with its hazards."),
            ]
            do = partial(self._remove, inspection.inspection_id)
            title = _("Remove the inspection?")
            dialogs.confirm(self, title, points, _("Remove"), do, "danger")

    def _remove(self, number: int) -> None:
        remove, tell = (
            self._hand.service(Inspections).remove,
            partial(tell_failure, self),
        )
        self._hand.jobs.run(self, self._say_removed, remove, number, failed=tell)

    def _say_removed(self, _done: object) -> None:
        self.told.emit(_("Removed."))


def _columns(hand: Hand) -> tuple[Column[Inspection], ...]:
    return (
        table.day(N_("Day"), lambda i: i.day, bold=True),
        Column(N_("Office"), office_of, stretch=True),
        Column(N_("Found"), _say_found, chip=_tone_of_found),
        Column(
            N_("Answer to the office"),
            lambda i: say_answer(i, hand.today()),
            chip=lambda i: _tone_of_answer(i, hand.today()),
            order=lambda i: i.answer_due or date.max,
        ),
        Column(N_("Ground"), lambda i: _(BASIS_NAMES[i.basis])),
        Column(N_("Number"), lambda i: i.number or None),
        Column(
            N_("Penalty"), lambda i: _(PENALTY_NAMES[i.penalty]) if i.penalty else None
        ),
        Column(
            N_("Published in"),
            lambda i: _(CHANNEL_NAMES[i.channel]) if i.channel else None,
        ),
    )


def _say_found(inspection: Inspection) -> str:
    if not inspection.findings:
        return _("Nothing")
    text = _("{count} {count:finding|findings}, {open} open")
    return text.format(count=len(inspection.findings), open=inspection.open_findings)


def _tone_of_found(inspection: Inspection) -> str | None:
    if not inspection.findings:
        return None
    return "warn" if inspection.open_findings else "ok"


def _tone_of_answer(inspection: Inspection, today: date) -> str | None:
    if inspection.answered_on:
        return "ok"
    if inspection.answer_due is None:
        return None
    urgency = ANSWER_WARNINGS.urgency(inspection.answer_due, today)
    return TONES.get(urgency, "quiet")
