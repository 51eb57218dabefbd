"""The tab of equipment: what hangs where, and when it is serviced or scrapped."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.rules.safety.equipment import Done, LabelWrong, read_label
from carehome.services.safety.equipment import Equipment
from carehome.services.safety.ledger import Ledger, Line
from carehome.ui.kit import dialogs, table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Search, Split
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import Deed, DeedDialog, let_scroll
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.safety import equipment_forms as forms
from carehome.ui.safety.equipment_file import EquipmentFile
from carehome.ui.safety.equipment_kinds import KindsDialog
from carehome.ui.safety.equipment_plan import PlanView
from carehome.ui.safety.equipment_words import day_of, say_state, tone_of
from carehome.ui.safety.hand import Hand
from carehome.ui.safety.tab import Tab

DUE, IN_USE, SCRAPPED, PLAN = "due", "in_use", "scrapped", "plan"
VIEWS = {
    IN_USE: N_("In use"),
    DUE: N_("To be done"),
    SCRAPPED: N_("Scrapped"),
    PLAN: N_("On the plan"),
}
COLUMNS: tuple[Column[Line], ...] = (
    Column(N_("Label number"), lambda line: line.label, bold=True),
    Column(N_("Kind of equipment"), lambda line: line.kind.name),
    Column(N_("Where it hangs"), lambda line: line.place, stretch=True),
    Column(N_("State"), say_state, chip=tone_of),
    table.day(N_("To be done by"), day_of),
    Column(N_("Model"), lambda line: line.model or None),
    table.day(N_("Manufactured on"), lambda line: line.made_on),
    table.day(N_("Last service"), lambda line: line.last),
)


class EquipmentTab(Tab):
    """Lists equipment; a row opens to its place and services."""

    SHOWS = frozenset(
        {"safety_equipment", "equipment_kind", "equipment_service", "floor_plan"}
        | {"safety_paper"}
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.ledger: Ledger | None = None
        self._service: Equipment = hand.service(Equipment)
        self._wanted: int | None = None
        may_change = hand.may(Right.CHANGE_SAFETY)
        self.pick = Pick({code: _(title) for code, title in VIEWS.items()})
        self.search = Search()
        self.search.look_for(_("Label, kind or place"))
        self.labels = button(_("Labels"), "print")
        self.kinds = button(_("Kinds"), "settings")
        self.add = button(_("New equipment"), "plus", "Ctrl+N", "primary")
        self.view = TableView(
            TableModel(COLUMNS, lambda line: line.equipment_id),
            "safety.equipment",
            N_("Equipment"),
        )
        self.view.setSelectionMode(TableView.SelectionMode.ExtendedSelection)
        self.plan = PlanView(hand, self._service)
        self.file = EquipmentFile(may_change)
        self._stack = QStackedWidget()
        self._stack.addWidget(ListCard(self.view))
        self._stack.addWidget(self.plan)
        self.split = Split(self._stack, self.file)
        head = QHBoxLayout()
        head.addWidget(self.pick, 1)
        head.addWidget(self.search)
        for deed in (self.labels, self.kinds, self.add):
            head.addWidget(deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.split, 1)
        lead(self, self.view)
        lead(self._stack, self.view)
        if not may_change:
            for deed in (self.kinds, self.add):
                deed.hide()
        self.pick.set_code(IN_USE)
        self._say_empty(may_change)
        self._connect()

    def refresh(self) -> None:
        """Read the ledger."""
        self.hand.jobs.run_last(self, self._show, self._service.ledger)

    def open_key(self, key: object) -> None:
        """Open one piece, or all of whom something is to be done."""
        if isinstance(key, int):
            self._wanted = key
            self.pick.set_code(IN_USE)
        else:
            self.pick.set_code(DUE)
        self._narrow()

    def _connect(self) -> None:
        self.pick.chosen.connect(self._narrow)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._find_label)
        self.search.left_down.connect(self.view.setFocus)
        self.add.clicked.connect(self.ask_new)
        self.view.first_step.connect(self.ask_new)
        self.kinds.clicked.connect(self.show_kinds)
        self.labels.clicked.connect(self.print_labels)
        self.view.picked.connect(self._open)
        self.plan.picked.connect(self._open_on_plan)
        self.plan.told.connect(self.told)
        self.file.closed.connect(self.view.clearSelection)
        self.file.service_asked.connect(self.ask_service)
        self.file.change_asked.connect(self.ask_change)
        self.file.scrap_asked.connect(self.ask_scrapping)
        self.file.placing_asked.connect(self.ask_place)
        self.file.removal_asked.connect(self._ask_removal)

    def ask_new(self) -> None:
        """Ask for new equipment."""
        if self.ledger is None:
            return
        form = forms.piece(self.ledger.kinds, self.hand.today())

        def deed(values: dict[str, Any]) -> "partial[Any]":
            return partial(self._service.add, forms.piece_of(values), values["count"])

        dialog = self._ask(_("New equipment"), form, deed, "equipment-new")
        dialog.answered.connect(self._open_first)

    def ask_change(self) -> None:
        """Ask what is to be corrected about the piece that is open."""
        line = self.file.line
        if line is None or self.ledger is None:
            return
        form = forms.piece(self.ledger.kinds, self.hand.today(), line)

        def deed(values: dict[str, Any]) -> "partial[Any]":
            told = forms.piece_of(values)
            return partial(self._service.change, line.equipment_id, told)

        title = _("Correct {label}").format(label=line.label)
        self._ask(title, form, deed, f"equipment:{line.equipment_id}")

    def ask_service(self) -> None:
        """Ask for a service of all pieces that are chosen in the list."""
        ids = [line.equipment_id for line in self.view.selected_rows()]
        if self.file.line and self.file.line.equipment_id not in ids:
            ids = [self.file.line.equipment_id]

        def deed(values: dict[str, Any]) -> "partial[Any]":
            return partial(self._service.record, tuple(ids), forms.done_of(values))

        text = _("Service of {count} {count:piece|pieces}")
        title = text.format(count=len(ids))
        form = forms.done(self.hand.today())
        self._ask(title, form, deed, f"equipment-service:{ids[0]}" if ids else "")

    def ask_scrapping(self) -> None:
        """Ask when the open piece was scrapped, or take it back into use."""
        line = self.file.line
        if line is None:
            return
        if line.scrapped_on:
            call = self._service.take_back_scrapping
            self.hand.jobs.run(self, self._say_saved, call, line.equipment_id)
            return

        def deed(values: dict[str, Any]) -> "partial[Any]":
            reason = values["reason"] or ""
            return partial(
                self._service.scrap, line.equipment_id, values["day"], reason
            )

        title = _("Scrap {label}").format(label=line.label)
        form = forms.scrapping(self.hand.today())
        self._ask(title, form, deed, f"equipment-scrap:{line.equipment_id}")

    def ask_place(self) -> None:
        """Let the next click on the plan say where the open piece hangs."""
        if self.file.line:
            self.pick.set_code(PLAN)
            self.plan.ask_place(self.file.line)

    def show_kinds(self) -> None:
        """Show the kinds with their intervals."""
        if self.ledger is not None:
            KindsDialog(self.hand, self._service, self.ledger, self).open()

    def print_labels(self) -> None:
        """Show the labels of what is chosen, or of all that is listed."""
        chosen = self.view.selected_rows()
        lines = chosen if len(chosen) > 1 else self.view.table.rows
        ids = tuple(line.equipment_id for line in lines)
        title = _("Labels of equipment")
        window = PaperDialog(title, f"{title}.pdf", self.hand.jobs, self)
        window.draw(self._service.write_labels, ids)

    def _ask(self, title: str, form: Form, deed: Deed, draft: str) -> DeedDialog:
        dialog = DeedDialog(title, form, _("Save"), self.hand.jobs, deed, self, draft)
        let_scroll(dialog)
        dialog.accepted.connect(self._say_saved)
        dialog.open()
        return dialog

    def _ask_removal(self, done: Done | None) -> None:
        if done is None:
            return
        points = [_("Only what was entered by mistake is removed.")]
        call = partial(
            self.hand.jobs.run,
            self,
            self._say_saved,
            self._service.remove_service,
            done.service_id,
        )
        title = _("Remove this service?")
        dialogs.confirm(self, title, points, _("Remove"), call, "danger")

    def _show(self, ledger: Ledger) -> None:
        self.ledger = ledger
        due = sum(line.is_pressing for line in ledger.lines)
        self.pick.buttons[DUE].setToolTip(str(due))
        self._narrow()
        self.plan.show_ledger(ledger)
        self._show_file()

    def _narrow(self) -> None:
        """Show what is looked for."""
        code = self.pick.code()
        self._stack.setCurrentIndex(code == PLAN)
        self.labels.setEnabled(code != PLAN)
        if self.ledger is None:
            return
        lines = [line for line in self.ledger.lines if _belongs(line, code)]
        text = self.search.text().strip().lower()
        found = [line for line in lines if text in _words(line)]
        self.view.table.set_rows(found)
        if self._wanted is not None and self.view.select(self._wanted):
            self._wanted = None

    def _find_label(self) -> None:
        """Open the piece whose label was scanned or typed."""
        try:
            number = read_label(self.search.text())
        except LabelWrong:
            return
        if self.view.select(number):
            self.search.selectAll()

    def _open(self, line: Line | None) -> None:
        if line is not None and self.ledger is not None:
            self.file.show_line(line, self.ledger)
            self.split.open_side()
            self.plan.show_current(line.equipment_id)

    def _open_on_plan(self, key: int) -> None:
        if self.ledger is not None:
            by_id = {line.equipment_id: line for line in self.ledger.lines}
            self._open(by_id[key])

    def _open_first(self, ids: list[int]) -> None:
        self._wanted = ids[0]

    def _show_file(self) -> None:
        """Show the open piece as it is now."""
        if self.file.line is not None and not self.file.isHidden():
            self._open_on_plan(self.file.line.equipment_id)

    def _say_saved(self, _answer: object = None) -> None:
        self.told.emit(_("Saved."))

    def _say_empty(self, may_change: bool) -> None:
        text = _("No equipment is listed here.")
        self.view.set_empty(text, _("New equipment") if may_change else "")


def _belongs(line: Line, code: str) -> bool:
    if code == SCRAPPED:
        return line.scrapped_on is not None
    if code == DUE:
        return line.is_pressing
    return line.scrapped_on is None


def _words(line: Line) -> str:
    return f"{line.label} {line.kind.name} {line.place} {line.model}".lower()
