"""Papers whose time is over: looked at, kept longer, or destroyed for good."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import N_, _, show_day
from carehome.rules import retention as rules
from carehome.rules.days import Sense
from carehome.services.retention import Destruction, DueResident, Retention
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog


def _kinds(due: DueResident) -> str:
    kinds = dict.fromkeys(paper.kind for paper in due.papers)
    return _(", ").join(_(rules.KIND_NAMES.get(kind, kind)) for kind in kinds)


def _held(due: DueResident) -> str:
    if due.held_until is None:
        return ""
    text = _("until {day}: {reason}")
    return text.format(day=show_day(due.held_until), reason=due.reason)


DUE: tuple[Column[DueResident], ...] = (
    Column(N_("Resident"), lambda due: due.name, bold=True),
    table.day(N_("Agreement ended on"), lambda due: due.ended_on),
    table.day(N_("Kept until"), lambda due: due.kept_until),
    table.number(N_("Number of papers"), lambda due: len(due.papers)),
    Column(N_("Kinds"), _kinds),
    Column(N_("Kept longer"), lambda due: _held(due) or None, stretch=True),
)
GONE: tuple[Column[Destruction], ...] = (
    Column(N_("Number"), lambda gone: gone.number, bold=True),
    table.day(N_("Day"), lambda gone: gone.day),
    Column(N_("Cause"), lambda gone: _(rules.CAUSE_NAMES[gone.cause])),
    table.number(N_("Number of papers"), lambda gone: gone.papers),
    Column(N_("Residents"), lambda gone: _(", ").join(gone.residents), stretch=True),
    Column(N_("Destroyed by"), lambda gone: gone.destroyed_by),
    Column(N_("Approved by"), lambda gone: gone.approver),
)


class Keeping(LiveView):
    """Lists whose papers may go and what has gone; nothing goes before its time."""

    SHOWS = frozenset(
        {
            *("paper", "agreement", "agreement_document", "stay", "resident"),
            *("retention", "retention_hold", "destruction", "destruction_item"),
        }
    )
    told = Signal(str)
    papers_wanted = Signal(int)

    def __init__(
        self, retention: Retention, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._retention = retention
        self._jobs = jobs
        self._today = today
        self._years: dict[str, int] = {}
        self.bar, self.below = Bar(), Bar()
        self.keep = self.bar.add_button(_("Keep longer"), "lock")
        self.look = self.bar.add_button(_("Look at the papers"), "show")
        self.set_years = self.bar.add_button(_("Years of keeping"), "settings")
        self.delete = self.bar.add_button(_("Destroy"), "remove", kind="danger")
        self.print = self.below.add_button(_("Certificate"), "print", "Ctrl+P")
        self.due = TableView(
            TableModel(DUE, lambda due: due.resident_id),
            "agreements.due",
            N_("Due for destruction"),
        )
        self.gone = TableView(
            TableModel(GONE, lambda gone: gone.destruction_id),
            "agreements.gone",
            N_("Destroyed papers"),
        )
        self.due.set_empty(
            _(
                "No papers have had their time. They are kept at least 5 years after "
                "the agreement's end."
            )
        )
        self.gone.set_empty(_("Nothing has been destroyed yet."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.due, _("Due for destruction")), 3)
        column.addWidget(self.below)
        column.addWidget(ListCard(self.gone, _("Destroyed papers")), 2)
        lead(self, self.due)

        self.due.picked.connect(self._picked)
        self.due.opened.connect(lambda due: self.papers_wanted.emit(due.resident_id))
        self.gone.picked.connect(lambda gone: self.print.setEnabled(gone is not None))
        self.gone.opened.connect(self._print)
        self.look.clicked.connect(self._look)
        self.keep.clicked.connect(self.ask_longer)
        self.delete.clicked.connect(self.ask_destruction)
        self.set_years.clicked.connect(self.ask_years)
        self.print.clicked.connect(self._print)
        self.print.setEnabled(False)
        self._picked(None)

    def refresh(self) -> None:
        service = self._retention
        self._jobs.run_last(self, self._show_due, service.due, self._today())
        self._jobs.run_last(self, self._show_gone, service.destructions)
        self._jobs.run_last(self, self._know_years, service.years)

    def ask_longer(self) -> None:
        """Ask until when and why somebody's papers are kept longer."""
        due = self.due.current_row()
        if due is None:
            return
        form = Form()
        until = DateField(_("Keep until"), self._today(), sense=Sense.FUTURE)
        form.add("until", until, blame=(rules.KeepLater,))
        hint = _("For example: a dispute that is not settled.")
        reason = TextField(_("Reason"), hint=hint, most=200)
        form.add("reason", reason, blame=(rules.NoReasonToKeep,))

        def deed(values: dict[str, Any]) -> "partial[None]":
            keep = self._retention.keep_longer
            return partial(keep, due.resident_id, values["until"], values["reason"])

        title = _("Keep the papers of {name} longer").format(name=due.name)
        draft = f"keep:{due.resident_id}"
        self._open(title, form, _("Keep longer"), deed, draft)

    def ask_destruction(self) -> None:
        """Ask with whose leave the chosen papers are destroyed."""
        chosen = [due for due in self.due.selected_rows() if due.held_until is None]
        if not chosen:
            return
        form = Form()
        approver = TextField(_("Approved by"), most=40)
        form.add("approver", approver, blame=(rules.NobodyApproves,))
        witness = TextField(_("Witness"), hint=_("A second person who is present."))
        form.add("witness", witness, blame=(rules.NobodyWatches, rules.NotDueYet))
        names = _(", ").join(due.name for due in chosen)
        papers = sum(len(due.papers) for due in chosen)
        text = _(
            "{papers} {papers:paper|papers} of {names} are deleted from the data file "
            "and overwritten. This cannot be undone. Copies and backups of the file "
            "hold them until these are deleted too. Bills, receipts and the deposit "
            "ledger stay."
        )
        told = QLabel(text.format(papers=papers, names=names))
        told.setWordWrap(True)
        form.add_widget(told)
        ids = tuple(due.resident_id for due in chosen)

        def deed(values: dict[str, Any]) -> "partial[int]":
            destroy = self._retention.destroy
            return partial(destroy, ids, values["approver"], values["witness"])

        title = _("Destroy the papers of {count} {count:resident|residents}?")
        dialog = self._open(
            title.format(count=len(ids)), form, _("Destroy"), deed, "destroy"
        )
        dialog.answered.connect(self._destroyed)

    def ask_years(self) -> None:
        """Ask how long each kind of paper is kept."""
        form = Form(columns=2)
        for kind, name in rules.KIND_NAMES.items():
            field = NumberField(_(name), check=rules.check_years)
            form.add(kind, field).set_value(self._years.get(kind, rules.LEAST_YEARS))
        text = _("Years after the agreement's end; the law asks for 5 at the least.")
        told = QLabel(text)
        theme.mark(told, "hint")
        form.add_widget(told)

        def deed(values: dict[str, Any]) -> "partial[None]":
            changed = {
                kind: years
                for kind, years in values.items()
                if years != self._years.get(kind)
            }
            return partial(_store_years, self._retention, changed)

        self._open(_("Years of keeping"), form, _("Save"), deed, "years-of-keeping")

    def _open(
        self, title: str, form: Form, do: str, deed: Any, draft: str
    ) -> DeedDialog:
        dialog = DeedDialog(title, form, do, self._jobs, deed, self, draft)
        dialog.open()
        return dialog

    def _show_due(self, due: list[DueResident]) -> None:
        self.due.table.set_rows(due)
        if due and self.due.current_row() is None:
            self.due.selectRow(0)
        count = sum(each.held_until is None for each in due)
        text = _("The papers of {count} {count:resident|residents} may be destroyed")
        self.bar.note.setText(text.format(count=count))
        self._picked(self.due.current_row())

    def _show_gone(self, gone: list[Destruction]) -> None:
        self.gone.table.set_rows(gone)

    def _know_years(self, years: dict[str, int]) -> None:
        self._years = years

    def _picked(self, due: DueResident | None) -> None:
        self.delete.setEnabled(due is not None and due.held_until is None)
        self.keep.setEnabled(due is not None)
        self.look.setEnabled(due is not None)

    def _look(self) -> None:
        if due := self.due.current_row():
            self.papers_wanted.emit(due.resident_id)

    def _destroyed(self, destruction_id: object) -> None:
        self.told.emit(_("Destroyed. The certificate can be printed and signed."))
        self._certificate(destruction_id)

    def _print(self, _row: object = None) -> None:
        if gone := self.gone.current_row():
            self._certificate(gone.destruction_id)

    def _certificate(self, destruction_id: object) -> None:
        title = _("Certificate of destruction")
        window = PaperDialog(title, f"{title}.pdf", self._jobs, self)
        window.draw(self._retention.write_certificate, destruction_id)


def _store_years(retention: Retention, changed: dict[str, int]) -> None:
    for kind, years in changed.items():
        retention.set_years(kind, years)
