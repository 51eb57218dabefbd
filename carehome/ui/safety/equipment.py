"""The tab of equipment: what hangs where, and when it is serviced or scrapped."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.rules.safety.equipment import Kind, LabelWrong, read_label
from carehome.services.safety.equipment import Equipment
from carehome.services.safety.equipment_rolls import EquipmentRolls
from carehome.services.safety.ledger import Ledger, Line
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Search, Split
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.safety.equipment_deeds import EquipmentDeeds
from carehome.ui.safety.equipment_file import EquipmentFile
from carehome.ui.safety.equipment_kinds import KindsDialog
from carehome.ui.safety.equipment_plan import PlanView
from carehome.ui.safety.equipment_prints import LabelsDialog, PrintDialog
from carehome.ui.safety.equipment_reader import EquipmentReader
from carehome.ui.safety.equipment_scopes import CHOSEN, ONE, scopes
from carehome.ui.safety.equipment_words import day_of, say_state, tone_of

DUE, IN_USE, SCRAPPED, PLAN = "due", "in_use", "scrapped", "plan"
HAZARDS = N_("Hazards")  # the tab where those are put right
FILE, BESIDE = 460, 5  # how wide a file is, how many columns stand beside it
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
        | {"safety_paper", "safety_hazard"}
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.ledger: Ledger | None = None
        self._service: Equipment = hand.service(Equipment)
        self._wanted: int | None = None
        self.pick = Pick({code: _(title) for code, title in VIEWS.items()})
        self.pick.setAccessibleName(_("Which ones"))
        self.kind = Choice()
        self.kind.setAccessibleName(_("Kind of equipment"))
        self.search = Search()
        self.search.look_for(_("Label, kind or place"))
        self.bar = Bar(self.pick)
        self.print = self.bar.add_button(_("Print"), "print", "Ctrl+P")
        self.labels = self.bar.add_button(_("Labels"), "paper")
        self.kinds = self.bar.add_button(_("Kinds"), "settings")
        whole_list = _("Read in a list of equipment")
        self.read_list = self.bar.add_button(whole_list, "import", "Ctrl+R")
        self.add = self.bar.add_button(_("New equipment"), "plus", "Ctrl+N", "primary")
        self.view = TableView(
            TableModel(COLUMNS, lambda line: line.equipment_id),
            "safety.equipment",
            N_("Equipment"),
        )
        self.plan = PlanView(hand, self._service)
        self.file = EquipmentFile(hand.may(Right.CHANGE_SAFETY))
        self.deeds = EquipmentDeeds(hand, self._service, self)
        self._stack = QStackedWidget()
        self.whole = QStackedWidget()
        self._reader: EquipmentReader | None = None
        self.split = Split(self._stack, self.file, FILE)
        self._arrange()
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

    def _arrange(self) -> None:
        may_change = self.hand.may(Right.CHANGE_SAFETY)
        looking = QHBoxLayout()
        looking.setSpacing(theme.px(8))
        looking.addWidget(self.search)
        looking.addWidget(self.kind)
        looking.addStretch()
        self._stack.addWidget(ListCard(self.view))
        self._stack.addWidget(self.plan)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addLayout(looking)
        column.addWidget(self.split, 1)
        self.whole.addWidget(listed)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.whole)
        lead(self, self.view)
        lead(self._stack, self.view)
        for deed in (self.kinds, self.read_list, self.add):
            deed.setVisible(may_change)
        self.pick.set_code(IN_USE)
        text = _("No equipment is listed here.")
        self.view.set_empty(text, _("New equipment") if may_change else "")

    def _connect(self) -> None:
        self.pick.chosen.connect(self._turn)
        self.kind.chosen.connect(self._turn)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._find_label)
        self.search.left_down.connect(self.view.setFocus)
        self.add.clicked.connect(self.ask_new)
        self.view.first_step.connect(self.ask_new)
        self.kinds.clicked.connect(self.show_kinds)
        self.read_list.clicked.connect(self.open_reader)
        self.labels.clicked.connect(self.ask_labels)
        self.print.clicked.connect(self.ask_print)
        self.view.picked.connect(self._open)
        self.plan.picked.connect(self._open_on_plan)
        self.plan.told.connect(self.told)
        self.deeds.told.connect(self.told)
        self.deeds.entered.connect(self._open_first)
        self.file.closed.connect(self._close)
        self.file.service_asked.connect(self.ask_service)
        self.file.change_asked.connect(self._ask_change)
        self.file.scrap_asked.connect(self._ask_scrapping)
        self.file.placing_asked.connect(self.ask_place)
        self.file.taking_off_asked.connect(self._take_off)
        self.file.fault_asked.connect(self._ask_fault)
        self.file.removal_asked.connect(self.deeds.remove)
        self.file.hazard_wanted.connect(partial(self.wanted.emit, HAZARDS))

    def ask_new(self) -> None:
        """Ask for new equipment."""
        if self.ledger is not None:
            self.deeds.enter(self.ledger)

    def ask_service(self) -> None:
        """Ask for a service of the open piece, or of what belongs with it."""
        line = self.file.line
        if line is None or self.ledger is None:
            return
        chosen = self.view.selected_rows()
        offered = scopes(line, chosen, self.view.table.rows, self.ledger)
        which = CHOSEN if CHOSEN in offered else ONE
        self.deeds.serve(offered, which, self.ledger.firm_of(line.kind))

    def ask_place(self) -> None:
        """Let the next click on the plan say where the open piece hangs."""
        if self.file.line:
            self.pick.set_code(PLAN)
            self.plan.ask_place(self.file.line)

    def show_kinds(self) -> None:
        """Show the kinds with their intervals."""
        if self.ledger is not None:
            KindsDialog(self.hand, self._service, self.ledger, self).open()

    @property
    def reader(self) -> EquipmentReader:
        """The reading of lists, made at the first visit."""
        if self._reader is None:
            rolls = self.hand.service(EquipmentRolls)
            self._reader = EquipmentReader(rolls, self.hand.jobs)
            self._reader.left.connect(self.close_reader)
            self._reader.told.connect(self.told)
            self.whole.addWidget(self._reader)
        return self._reader

    def open_reader(self) -> None:
        """Show the reading of a list."""
        self.whole.setCurrentWidget(self.reader)
        self.reader.setFocus()

    def close_reader(self) -> None:
        """Show the ledger again."""
        self.whole.setCurrentIndex(0)
        self.view.setFocus()

    def ask_labels(self) -> None:
        """Ask how the labels of what is chosen, or of all listed, are printed."""
        chosen = self.view.selected_rows()
        lines = chosen if len(chosen) > 1 else self.view.table.rows
        ids = tuple(line.equipment_id for line in lines)
        LabelsDialog(self.hand, ids, self).open()

    def ask_print(self) -> None:
        """Ask which list is printed."""
        if self.ledger is not None:
            PrintDialog(self.hand, self.ledger, self).open()

    def _ask_change(self) -> None:
        if self.file.line is not None and self.ledger is not None:
            self.deeds.correct(self.file.line, self.ledger)

    def _ask_scrapping(self) -> None:
        line = self.file.line
        if line is not None:
            ask = self.deeds.take_back if line.scrapped_on else self.deeds.scrap
            ask(line)

    def _ask_fault(self) -> None:
        if self.file.line is not None:
            self.deeds.find_fault(self.file.line)

    def _take_off(self) -> None:
        if self.file.line is not None:
            self.deeds.take_off(self.file.line)

    def _show(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.kind.set_choices(
            {kind.kind_id: kind.name for kind in _hung(ledger)}, _("All kinds")
        )
        self._narrow()
        self.plan.show_ledger(ledger)
        self._show_file()

    def _turn(self) -> None:
        """Show other pieces; the file of one that is not among them goes."""
        self._narrow()
        line = self.file.line
        if line is None or self.file.isHidden() or self.pick.code() == PLAN:
            return
        if line.equipment_id not in {row.equipment_id for row in self.view.table.rows}:
            self.split.close_side()
            self._close()

    def _narrow(self) -> None:
        """Show what is looked for."""
        code = self.pick.code()
        self._stack.setCurrentIndex(code == PLAN)
        lead(self._stack, self.plan if code == PLAN else self.view)
        for part in (self.print, self.labels, self.kind, self.search):
            part.setVisible(code != PLAN)
        if self.ledger is None:
            return
        kind, text = self.kind.code(), self.search.text().strip().lower()
        found = [
            line
            for line in self.ledger.lines
            if _belongs(line, code)
            and kind in (None, line.kind.kind_id)
            and text in _words(line)
        ]
        self.view.table.set_rows(found)
        self.labels.setEnabled(bool(found))
        due = sum(line.is_pressing for line in found)
        text = _("{count} {count:piece|pieces}, something to be done with {due}")
        self.bar.note.setText(text.format(count=len(found), due=due))
        if self._wanted is not None and self.view.select(self._wanted):
            self._wanted = None

    def _find_label(self) -> None:
        """Open the piece whose label was scanned or typed."""
        try:
            number = read_label(self.search.text())
        except LabelWrong:
            return
        if self.ledger is None:
            return
        known = {line.equipment_id: line for line in self.ledger.lines}
        if number in known:
            self.kind.set_code(None)
            self.pick.set_code(SCRAPPED if known[number].scrapped_on else IN_USE)
            self.view.select(number)
            self.search.selectAll()

    def _open(self, line: Line | None) -> None:
        if line is not None and self.ledger is not None:
            self.file.show_line(line, self.ledger)
            self.split.open_side()
            self.view.show_columns(BESIDE)
            self.plan.show_current(line.equipment_id)

    def _open_on_plan(self, key: int) -> None:
        if self.ledger is not None:
            by_id = {line.equipment_id: line for line in self.ledger.lines}
            self._open(by_id.get(key))

    def _open_first(self, ids: list[int]) -> None:
        self._wanted = ids[0]

    def _close(self) -> None:
        self.view.clearSelection()
        self.view.show_columns(len(COLUMNS))

    def _show_file(self) -> None:
        """Show the open piece as it is now; one that was undone is gone."""
        line = self.file.line
        if line is None or self.file.isHidden() or self.ledger is None:
            return
        if line.equipment_id in {each.equipment_id for each in self.ledger.lines}:
            self._open_on_plan(line.equipment_id)
        else:
            self.split.close_side()
            self._close()


def _hung(ledger: Ledger) -> list[Kind]:
    """Return the kinds of which there is something in the ledger."""
    known = {line.kind.kind_id for line in ledger.lines}
    return [kind for kind in ledger.kinds if kind.kind_id in known]


def _belongs(line: Line, code: str) -> bool:
    if code == SCRAPPED:
        return line.scrapped_on is not None
    if code == DUE:
        return line.is_pressing
    return line.scrapped_on is None


def _words(line: Line) -> str:
    return f"{line.label} {line.kind.name} {line.place} {line.model}".lower()
