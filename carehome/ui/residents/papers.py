"""Scanned papers: kept in the encrypted file, looked at without leaving it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from carehome.errors import CareHomeError, Trouble
from carehome.i18n import N_, _
from carehome.rules.residents import PAPER_NAMES
from carehome.rules.retention import NoReasonToRemove
from carehome.rules.rights import Right, User
from carehome.services.residents import Paper, ResidentFile, Residents
from carehome.ui.kit import dialogs, table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.residents.tab import Leaf


class CopyNotSaved(Trouble):
    """The copy of a paper could not be written where the person wanted it."""

    text = N_("{file} could not be saved there ({reason}). Choose another folder.")


def show_size(size: int) -> str:
    """Say how big a file is: 1.4 MB, 86 KB."""
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(size >> 10, 1)} KB"


PAPERS: tuple[Column[Paper], ...] = (
    Column(N_("Title"), lambda p: p.title, bold=True, stretch=True),
    Column(N_("Kind"), lambda p: _(PAPER_NAMES[p.kind])),
    table.moment(N_("Added"), lambda p: p.added_at),
    Column(N_("Size"), lambda p: p.size, show_size, align=RIGHT),
)


class Papers(Leaf):
    """The papers of a resident; files can be dropped here from the desktop."""

    def __init__(
        self, services: CareServices, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__(services, jobs, user, today)
        self.add = button(_("Add a document"), "plus", "Alt+N", "small")
        self.look = button(_("View"), "show", kind="small")
        self.save = button(_("Save a copy"), "save", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        self.papers = TableView(
            TableModel(PAPERS, lambda p: p.paper_id), "resident.papers", N_("Documents")
        )
        deeds = (self.remove, self.save, self.look, self.add)
        self.add_section(_("Documents"), *deeds)
        self.add_list(self.papers)
        may = user.may(Right.KEEP_PAPERS)
        for deed in deeds:
            deed.setVisible(may)
        self.setAcceptDrops(may)
        self.papers.set_empty(
            _("No documents yet. Drop a scan here, or choose its file."),
            _("Add a document") if may else "",
        )

        self.add.clicked.connect(self.ask_file)
        self.papers.first_step.connect(self.ask_file)
        self.look.clicked.connect(self.open)
        self.save.clicked.connect(self.ask_where)
        self.remove.clicked.connect(self.ask_removal)
        self.papers.picked.connect(self._picked)
        if may:
            self.papers.opened.connect(self.open)

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        self.papers.table.set_rows(file.papers)
        self._picked(self.papers.current_row())

    def ask_file(self) -> None:
        """Ask which scans to keep."""
        kinds = _("Scans (*.pdf *.jpg *.jpeg *.png)")
        dialog = QFileDialog(self, _("Add a document"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.ask_kind)
        dialog.open()

    def ask_kind(self, files: Sequence[str]) -> None:
        """Ask what the chosen scans are, and keep them."""
        paths = tuple(map(Path, files))
        form = Form()
        names = {code: _(name) for code, name in PAPER_NAMES.items()}
        form.add("kind", ChoiceField(_("Kind"), names))
        title = TextField(_("Title"), needed=False, hint=_("Empty: the file's name."))
        form.add("title", title)
        form.show_field("title", len(paths) == 1)

        def deed(values: dict[str, Any]) -> "partial[None]":
            told = values.get("title") or ""
            who, residents = self.file.resident_id, self.services.residents
            return partial(_keep, residents, who, values["kind"], told, paths)

        count = _("{count} {count:file|files}").format(count=len(paths))
        what = paths[0].name if len(paths) == 1 else count
        heading = _("Keep “{what}”").format(what=what)
        draft = f"paper:{self.file.resident_id}:{what}"
        dialog = DeedDialog(heading, form, _("Keep"), self.jobs, deed, self, draft)
        dialog.accepted.connect(lambda: self.told.emit(_("Kept in the file.")))
        dialog.open()

    def open(self) -> None:
        """Show the paper under the cursor in a window of its own."""
        paper = self.papers.current_row()
        if paper is None:
            return
        name = f"{Path(paper.file_name).stem}.pdf"
        window = PaperDialog(paper.title, name, self.jobs, self)
        window.read(_as_page, self.services.residents, paper.paper_id)

    def ask_where(self) -> None:
        """Ask where a copy of the paper shall lie, outside the encrypted file."""
        paper = self.papers.current_row()
        if paper is None:
            return
        dialog = QFileDialog(self, _("Save a copy"), paper.file_name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(partial(self.save_copy, paper.paper_id))
        dialog.open()

    def save_copy(self, paper_id: int, file: str) -> None:
        """Write a paper to `file` as it was scanned."""
        said = _("Saved. The copy is not encrypted; delete it when it is not needed.")
        self.jobs.run(
            self,
            lambda _done: self.told.emit(said),
            _copy,
            self.services.residents,
            paper_id,
            Path(file),
            failed=self._tell,
        )

    def ask_removal(self) -> None:
        """Ask before a paper is removed, and why where it belongs to the file."""
        paper = self.papers.current_row()
        if paper is None:
            return
        if self._is_kept(paper) and self.user.may(Right.DESTROY_PAPERS):
            self._ask_why(paper)
            return
        points = [_("The scan is deleted and cannot be brought back.")]
        title = _("Remove “{what}”?").format(what=paper.title)
        do, remove = _("Remove"), partial(self._remove, paper.paper_id)
        dialogs.confirm(self, title, points, do, remove, "danger")

    def _is_kept(self, paper: Paper) -> bool:
        """Say whether the law wants a paper kept: that of an agreement, or older."""
        filed = paper.added_at.astimezone().date()
        return paper.agreement_id is not None or filed < self.today()

    def _ask_why(self, paper: Paper) -> None:
        form = Form()
        hint = _("For example: it belongs to somebody else.")
        reason = TextField(_("Reason"), hint=hint, most=200)
        form.add("reason", reason, blame=(NoReasonToRemove,))

        def deed(values: dict[str, Any]) -> "partial[int]":
            take_out = self.services.retention.take_out
            return partial(take_out, paper.paper_id, values["reason"])

        title = _("Take out “{what}”, which was filed by mistake?")
        told = title.format(what=paper.title)
        draft = f"take-out:{paper.paper_id}"
        do = _("Take out")
        dialog = DeedDialog(told, form, do, self.jobs, deed, self, draft)
        dialog.accepted.connect(lambda: self.told.emit(_("Removed.")))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.ask_kind([url.toLocalFile() for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def _remove(self, paper_id: int) -> None:
        remove, done = self.services.residents.remove_paper, _("Removed.")
        said = partial(self._say, done)
        self.jobs.run(self, said, remove, paper_id, failed=self._tell)

    def _say(self, text: str, _done: object) -> None:
        self.told.emit(text)

    def _picked(self, paper: Paper | None) -> None:
        for deed in (self.look, self.save, self.remove):
            deed.setEnabled(paper is not None)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)


def _keep(
    residents: Residents, who: int, kind: str, title: str, paths: Sequence[Path]
) -> None:
    for path in paths:
        residents.add_paper(who, kind, title, path)


def _as_page(residents: Residents, paper_id: int) -> bytes:
    from carehome.reports.pictures import page_of  # noqa: PLC0415 - heavy

    content = residents.paper(paper_id)
    return content if content.startswith(b"%PDF-") else page_of(content)


def _copy(residents: Residents, paper_id: int, path: Path) -> None:
    content = residents.paper(paper_id)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CopyNotSaved(file=path.name, reason=error.strerror) from error
