"""The list of approvals, contracts, tests and insurance, with the file of one."""

from dataclasses import fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.certificates import Urgency, Warnings
from carehome.rules.rights import Right
from carehome.rules.safety.approvals import (
    GROUP_NAMES,
    KIND_NAMES,
    MATTER_NAMES,
    OUTCOME_NAMES,
    Due,
    Group,
    Matter,
    Paper,
    PaperRules,
    good_until,
)
from carehome.services.safety.approvals import PaperList, SafetyPapers
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
from carehome.ui.safety.paper_words import TONES, facts_of_paper, say_left

FILE, MOST = 560, 0.6  # the width of a file, and its largest share of the tab
SLIM = 4  # how many columns stay beside a file
TEXTS = frozenset({"subject", "party", "number", "contact", "outcome", "note"})


class PaperFile(Side):
    """One paper: its dates, who bears the premium, what a test found."""

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self.change = button(_("Correct"), "edit", kind="small")
        self.look = button(_("View the scan"), "show", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        self.facts = FactGrid()
        add = hand.service(SafetyPapers).add_finding
        self.findings = Findings(hand, "safety.test_findings", add)
        deeds = QWidget()
        row = Flow(deeds, 6)
        for each in (self.change, self.look, self.remove):
            row.addWidget(each)
        self.findings.view.setMinimumHeight(theme.px(84))
        whole = QWidget()  # scrolls where the window is low or the type large
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(deeds)
        column.addWidget(self.facts)
        column.addWidget(self.findings, 1)
        column.addStretch()
        self.body.addWidget(scrolling(whole), 1)

        for each in (self.change, self.remove):
            each.setVisible(hand.may(Right.CHANGE_SAFETY))

    def show_paper(self, paper: Paper, papers: PaperList) -> None:
        """Fill the file."""
        self.title.setText(_(KIND_NAMES[paper.kind]))
        self.look.setEnabled(paper.scan_id is not None)
        self.facts.show_facts(facts_of_paper(paper, papers.rules))
        self.findings.setVisible(paper.group is Group.TEST)
        found = papers.found.get(paper.paper_id, ())
        self.findings.show_findings(paper.paper_id, found)


class Papers(QWidget):
    """Lists the papers of a group, what is due first told above; a row opens.

    `told` says what was done, `hazard_wanted` carries a hazard to be opened.
    """

    told = Signal(str)
    hazard_wanted = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._group: Group | None = None
        self._papers: PaperList | None = None
        self._open_id = 0
        self.bar = Bar()
        self.add = {group: self._add_button(group) for group in Group}
        self.rules = self.bar.add_button(_("Warnings and shares"), "settings")
        self.missing = QLabel()
        self.missing.setWordWrap(True)
        theme.mark(self.missing, "banner")
        model = TableModel(self._columns(), lambda paper: paper.paper_id)
        self.view = TableView(model, "safety.papers", N_("Safety papers"))
        self.file = PaperFile(hand)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (self.bar, self.missing):
            column.addWidget(part)
        column.addWidget(self.split, 1)
        lead(self, self.view)

        self.rules.setVisible(hand.may(Right.CHANGE_SAFETY))
        self.rules.clicked.connect(self._ask_rules)
        self.view.opened.connect(self._open)
        self.view.clicked.connect(lambda: self._open(self.view.current_row()))
        self.view.picked.connect(self._follow)
        self.file.closed.connect(self._widen)
        self.file.change.clicked.connect(self._correct)
        self.file.look.clicked.connect(self._look)
        self.file.remove.clicked.connect(self._ask_removal)
        self.file.findings.told.connect(self.told)
        self.file.findings.hazard_wanted.connect(self.hazard_wanted)

    def show_papers(self, papers: PaperList, group: Group | None) -> None:
        """Show the papers of a group, None for all of them."""
        self._papers, self._group = papers, group
        rows = [each for each in papers.papers if group in (None, each.group)]
        self.view.table.set_rows(rows)
        self.view.set_empty(_("Nothing is on file here yet."))
        for each, deed in self.add.items():
            may = self._hand.may(Right.CHANGE_SAFETY)
            deed.setVisible(may and group in (None, each))
        missing = [_(MATTER_NAMES[d.matter]) for d in papers.dues if not d.paper_id]
        self.missing.setText(_("; ").join(missing))
        self.missing.setVisible(bool(missing))
        ending = sum(due.urgency <= Urgency.MIDDLE for due in self._dues().values())
        text = _("{count} {count:paper|papers}, {ending} over, failed or ending soon")
        self.bar.note.setText(text.format(count=len(rows), ending=ending))
        if self._open_id:
            self.open_paper(self._open_id)

    def open_paper(self, paper_id: int) -> None:
        """Open the file of a paper; it waits until the papers are read."""
        self._open_id = paper_id
        if self._papers and self.view.select(paper_id):
            self._open(self.view.current_row())

    def ask_new(self, group: Group) -> None:
        """Ask for a paper that is new."""
        if self._papers:
            form = paper_forms.PaperForm(group, self._papers.rules, self._hand.today())
            self._ask(paper_forms.title_of(group), form, Paper("", self._hand.today()))

    def _add_button(self, group: Group) -> QPushButton:
        deed = self.bar.add_button(_(GROUP_NAMES[group]), "plus")
        deed.setAccessibleName(paper_forms.title_of(group))
        deed.clicked.connect(partial(self.ask_new, group))
        return deed

    def _columns(self) -> tuple[Column[Paper], ...]:
        return (
            Column(N_("Kind"), lambda p: _(KIND_NAMES[p.kind]), bold=True),
            Column(N_("About"), lambda p: p.subject or None, stretch=True),
            Column(N_("State"), self._state, chip=self._tone, order=self._end),
            table.day(N_("Last valid day"), self._last_day),
            Column(N_("Issued by, firm or insurer"), lambda p: p.party or None),
            Column(N_("Number"), lambda p: p.number or None),
            table.day(N_("Issued or begun on"), lambda p: p.starts),
            Column(N_("Scan"), lambda p: _("Yes") if p.scan_id else None),
        )

    def _dues(self) -> dict[int, Due]:
        known = self._papers.dues if self._papers else ()
        ending = (Matter.ENDS, Matter.FAILED)
        return {due.paper_id: due for due in known if due.matter in ending}

    def _last_day(self, paper: Paper) -> date | None:
        return good_until(paper, self._papers.rules) if self._papers else None

    def _end(self, paper: Paper) -> date:
        return self._last_day(paper) or date.max

    def _state(self, paper: Paper) -> str:
        if paper.outcome in ("failed", "pending"):
            return _(OUTCOME_NAMES[paper.outcome])
        last, due = self._last_day(paper), self._dues().get(paper.paper_id)
        if last is None:
            return _(OUTCOME_NAMES[paper.outcome]) if paper.outcome else _("In force")
        if due:
            return say_left(last, self._hand.today())
        return _("In force") if last >= self._hand.today() else _("Replaced")

    def _tone(self, paper: Paper) -> str | None:
        due = self._dues().get(paper.paper_id)
        if due:
            return TONES[due.urgency]
        if paper.outcome in ("failed", "pending"):
            return "quiet"
        return "ok" if self._end(paper) >= self._hand.today() else "quiet"

    def _open(self, paper: Paper | None) -> None:
        if paper and self._papers:
            self._open_id = paper.paper_id
            self.file.show_paper(paper, self._papers)
            self.view.show_columns(SLIM)
            self.split.open_side()

    def _follow(self, paper: Paper | None) -> None:
        if self.file.isHidden():
            return
        if paper:
            self._open(paper)
        else:
            self.file.closed.emit()

    def _widen(self) -> None:
        self._open_id = 0
        self.view.show_columns(len(self.view.table.columns))

    def _correct(self) -> None:
        paper = self.view.current_row()
        if paper and self._papers:
            today = self._hand.today()
            form = paper_forms.PaperForm(paper.group, self._papers.rules, today)
            names = (name for name in form.fields if hasattr(paper, name))
            form.set_values({name: getattr(paper, name) for name in names})
            name = _(KIND_NAMES[paper.kind])
            self._ask(_("Correct “{what}”").format(what=name), form, paper)

    def _ask(self, title: str, form: Form, known: Paper) -> None:
        draft = f"safety-paper:{known.paper_id}:{title}"
        deed = partial(self._deed, known)
        dialog = asking(title, form, self._hand, deed, self, draft)
        dialog.answered.connect(self.open_paper)
        dialog.accepted.connect(partial(self.told.emit, _("The paper was saved.")))
        dialog.open()

    def _deed(self, known: Paper, values: dict[str, Any]) -> "partial[int]":
        names = {each.name for each in fields(Paper)}
        told = {name: value for name, value in values.items() if name in names}
        texts = {name: told[name] or "" for name in TEXTS & told.keys()}
        paper = replace(known, **{**told, **texts})
        if paper.kind != paper_forms.SHARED:
            paper = replace(paper, percent=None, received_fen=None, received_on=None)
        scan = Path(values["scan"]) if values["scan"] else None
        return partial(self._hand.service(SafetyPapers).save, paper, scan)

    def _ask_rules(self) -> None:
        if self._papers:
            form = paper_forms.paper_rules(self._papers.rules)
            title, draft = _("Warnings and shares"), "safety-paper-rules"
            dialog = asking(title, form, self._hand, self._rules_deed, self, draft)
            dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
            dialog.open()

    def _rules_deed(self, values: dict[str, Any]) -> "partial[None]":
        warnings = Warnings(values["far"], values["middle"], values["near"])
        names = "test_months", "government_percent", "untold_months"
        rules = PaperRules(warnings, *(values[name] for name in names))
        return partial(self._hand.service(SafetyPapers).set_rules, rules)

    def _look(self) -> None:
        paper = self.view.current_row()
        if paper and paper.scan_id:
            show_scan(_(KIND_NAMES[paper.kind]), paper.scan_id, self._hand, self)

    def _ask_removal(self) -> None:
        paper = self.view.current_row()
        if paper:
            title = _("Remove “{what}”?").format(what=_(KIND_NAMES[paper.kind]))
            points = [
                _("Only what was entered by mistake is removed."),
                _("A paper that is over stays on file: inspectors ask for it."),
            ]
            do = partial(self._remove, paper.paper_id)
            dialogs.confirm(self, title, points, _("Remove"), do, "danger")

    def _remove(self, paper_id: int) -> None:
        remove = self._hand.service(SafetyPapers).remove
        tell = partial(tell_failure, self)
        self._hand.jobs.run(self, self._say_removed, remove, paper_id, failed=tell)

    def _say_removed(self, _done: object) -> None:
        self.told.emit(_("Removed."))
