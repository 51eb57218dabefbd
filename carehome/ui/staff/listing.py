"""The list of staff: searched with every key, with the file beside it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.rules.staff import Person
from carehome.services.staff.overview import StaffIndex, StaffLine
from carehome.services.staff.writing import StaffKnown
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Search, Split
from carehome.ui.kit.table import TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog, let_scroll
from carehome.ui.staff import forms
from carehome.ui.staff.file import StaffPanel
from carehome.ui.staff.filters import HERE, LEFT, FilterBar
from carehome.ui.staff.hand import Choices, Hand, read_choices
from carehome.ui.staff.lines import LEFT_ON, SLIM, columns

FILE, MOST = 760, 0.66  # the width of a file, and its largest share of the page


class StaffList(LiveView):
    """Everybody who works or worked here; a click or Enter opens the file.

    `search` stands in the head of the page. `told` says what was done.
    """

    SHOWS = StaffPanel.SHOWS
    told = Signal(str)

    def __init__(self, hand: Hand, search: Search) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._index: StaffIndex | None = None
        self._wanted = 0
        self._leaf = ""
        self.search = search
        self.filters = FilterBar()
        model = TableModel(columns(hand.today), lambda line: line.staff_id)
        self.view = TableView(model, "staff.list", N_("Staff"))
        self.file = StaffPanel(hand)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.filters)
        column.addWidget(self.split, 1)
        lead(self, self.view)

        self.search.textChanged.connect(self._find)
        self.search.left_down.connect(self._go_down)
        self.search.returnPressed.connect(self._open_first)
        self.filters.changed.connect(self._find)
        self.view.opened.connect(self._open)
        self.view.clicked.connect(lambda: self._open(self.view.current_row()))
        self.view.picked.connect(self._follow)
        self.view.first_step.connect(self._take_first_step)
        self.file.closed.connect(self._widen)
        self.file.told.connect(self.told)

    def refresh(self) -> None:
        """Read everybody again; the search goes on as it is typed."""
        read = self._hand.services.files.index
        self._hand.jobs.run_last(self, self._show, read)

    def open_member(self, staff_id: int, leaf: str = "") -> None:
        """Open the file of somebody at a leaf, whatever was searched before."""
        self._wanted, self._leaf = staff_id, leaf
        if self._index and not self._open_wanted():
            self.refresh()  # somebody who has just come

    def show_group(self, group: int) -> None:
        """List one group, such as those with something due."""
        self.search.clear()
        self.filters.reset()
        self.filters.choose(group)

    def ask_new(self) -> None:
        """Ask for somebody who is new."""
        read = partial(read_choices, self._hand.services.lists)
        self._hand.jobs.run(self, self._ask_new, read)

    def _ask_new(self, choices: Choices) -> None:
        form = forms.newcomer(choices, self._hand.today())
        form.blame("id_number", StaffKnown)
        jobs = self._hand.jobs
        title, deed = _("New member of staff"), self._deed
        dialog = DeedDialog(title, form, _("Save"), jobs, deed, self, "staff:0")
        dialog.setMinimumWidth(theme.px(720))
        let_scroll(dialog)
        dialog.answered.connect(partial(self._came, dialog))
        dialog.open()

    def _deed(self, values: dict[str, Any]) -> "partial[int]":
        others = tuple(int(each) for each in values["others"] or ())
        person = Person(
            values["name"],
            values["hired_on"],
            values["number"] or "",
            phone=values["phone"] or "",
            unit_id=values["unit_id"],
        )
        add, number = self._hand.services.staff.add, values["id_number"] or ""
        return partial(add, person, values["main"], others, number)

    def _came(self, dialog: FormDialog, staff_id: int) -> None:
        name = dialog.form.values()["name"]
        self.told.emit(_("{name} was saved.").format(name=name))
        self.open_member(staff_id)

    def _show(self, index: StaffIndex) -> None:
        self._index = index
        self.filters.set_choices(index)
        self.filters.count(index.lines, self._hand.today())
        self._find()
        if self._wanted:
            self._open_wanted()
            self._wanted = 0

    def _find(self) -> None:
        if self._index is None:
            return
        shown_left = self.filters.group == LEFT
        self.view.columns.leave_out(() if shown_left else {LEFT_ON})
        found = self._index.find(self.search.text())
        found = self.filters.narrow(found, self._hand.today())
        self.view.table.set_rows(found)
        self.filters.note.setText(_("{count} shown").format(count=len(found)))
        may_begin = self._hand.may(Right.CHANGE_STAFF) and not self._index.lines
        self.view.set_empty(
            _("Nobody matches. Try another spelling, or look among all groups.")
            if self._index.lines
            else _("Nobody is listed yet. Read in your Excel list, or add somebody."),
            _("New member of staff") if may_begin else "",
        )

    def _take_first_step(self) -> None:
        self.ask_new()

    def _open(self, line: StaffLine | None) -> None:
        if line is None:
            return
        self.view.show_columns(SLIM)
        self.split.open_side()
        self.file.show_member(line.staff_id)
        if self._leaf:
            self.file.show_leaf(self._leaf)
            self._leaf = ""

    def _follow(self, line: StaffLine | None) -> None:
        """Let an open file follow the cursor."""
        if not self.file.isHidden() and line is not None:
            self._open(line)

    def _open_wanted(self) -> bool:
        """Open whom another page wants to be opened; say whether the list has them."""
        found = self.view.select(self._wanted)
        if not found:
            self.search.clear()
            self.filters.reset()
        for group in (HERE, LEFT):
            if not found:
                self.filters.choose(group)
                found = self.view.select(self._wanted)
        if found:
            self._wanted = 0
            self._open(self.view.current_row())
        return found

    def _widen(self) -> None:
        self.view.show_columns(len(self.view.table.columns))
        self.view.setFocus()

    def _go_down(self) -> None:
        self.view.setFocus()
        if self.view.current_row() is None and self.view.table.rows:
            self.view.selectRow(0)

    def _open_first(self) -> None:
        if self.view.table.rows:
            self.view.selectRow(0)
            self._open(self.view.table.rows[0])
