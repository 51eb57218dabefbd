"""The other scans in a staff file: identity card, contract, what else is kept."""

from functools import partial
from pathlib import Path
from typing import Any

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.rules.staff import PAPER_NAMES
from carehome.services.staff.records import StaffPaper
from carehome.ui.kit import table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.scan_field import ScanField
from carehome.ui.staff.certificates import as_page
from carehome.ui.staff.forms import SCAN
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.tab import Leaf

PAPERS: tuple[Column[StaffPaper], ...] = (
    Column(N_("Title"), lambda p: p.title, bold=True, stretch=True),
    Column(N_("Kind"), lambda p: _(PAPER_NAMES[p.kind])),
    table.moment(N_("Filed at"), lambda p: p.added_at),
)


class Scans(Leaf):
    """Lists the scans of somebody; each is looked at without leaving the file."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.add = button(_("Add a document"), "plus", "Alt+N", "small")
        self.look = button(_("View"), "show", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        model = TableModel(PAPERS, lambda paper: paper.paper_id)
        self.view = TableView(model, "staff.scans", N_("Documents"))
        deeds = (self.remove, self.look, self.add)
        self.add_section(_("Documents"), *deeds)
        self.add_list(self.view)

        may = hand.may(Right.KEEP_PAPERS)
        for each in deeds:
            each.setVisible(may)
        step = _("Add a document") if may else ""
        self.view.set_empty(_("No document is on file."), step)
        self.add.clicked.connect(self.ask_new)
        self.view.first_step.connect(self.ask_new)
        self.look.clicked.connect(self.open)
        self.remove.clicked.connect(self._ask_removal)
        self.view.picked.connect(self._picked)
        if may:
            self.view.opened.connect(self.open)

    def refresh(self) -> None:
        self.view.table.set_rows(self.file.papers)
        self._picked(self.view.current_row())

    def ask_new(self) -> None:
        """Ask which scan to keep, and what it is."""
        kinds = {code: _(name) for code, name in PAPER_NAMES.items()}
        if not self.hand.may(Right.CHANGE_STAFF):
            del kinds["check"]
        form = Form()
        scan = ScanField(_("Scan"))
        scan.set_needed(True)
        form.add("scan", scan, blame=SCAN)
        form.add("kind", ChoiceField(_("Kind"), kinds))
        title = TextField(_("Title"), needed=False, hint=_("Empty: the file's name."))
        form.add("title", title)
        name = _("New document of {name}").format(name=self.file.person.name)
        self.ask(name, form, self._deed, "scan", _("Kept in the file."))

    def open(self) -> None:
        """Show the scan under the cursor in a window of its own."""
        paper = self.view.current_row()
        if paper:
            name = f"{self.file.person.name} {paper.title}.pdf"
            window = PaperDialog(paper.title, name, self.hand.jobs, self)
            window.read(as_page, self.hand.services.staff, paper.paper_id)

    def _deed(self, values: dict[str, Any]) -> "partial[int]":
        add, who = self.hand.services.staff.add_paper, self.file.staff_id
        title, path = values["title"] or "", Path(values["scan"])
        return partial(add, who, values["kind"], title, path)

    def _ask_removal(self) -> None:
        paper = self.view.current_row()
        if paper:
            title = _("Remove “{what}”?").format(what=paper.title)
            points = [_("The scan is deleted and cannot be brought back.")]
            remove = self.hand.services.staff.remove_paper
            self.confirm_removal(title, points, remove, paper.paper_id)

    def _picked(self, paper: StaffPaper | None) -> None:
        for deed in (self.look, self.remove):
            deed.setEnabled(paper is not None)
