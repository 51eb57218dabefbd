"""Reading a list of staff from Excel, step by step; nothing is stored before the last.

The panes that show the sheet are those of the rolls of residents.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.staff_roll import LABELS, Field
from carehome.services.staff.rolls import CheckedStaffRoll, StaffImport, StaffRolls
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.page import PageFrame, scrolling
from carehome.ui.kit.steps import Steps
from carehome.ui.kit.table import Column, TableModel, moment, number
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.rolls.check_pane import CheckPane
from carehome.ui.parts.rolls.columns_pane import ColumnsPane, lacking
from carehome.ui.parts.rolls.file_pane import FilePane
from carehome.ui.parts.workbooks import save_workbook
from carehome.ui.staff.roll_draft import Draft, opened, reopened

FILE, COLUMNS, CHECK = range(3)
STEPS = (N_("Choose the file"), N_("Check the columns"), N_("Check"))
EARLIER: Sequence[Column[StaffImport]] = (
    moment(N_("Read in on"), lambda row: row.read_at),
    Column(N_("File"), lambda row: row.file_name, stretch=True),
    number(N_("People read in"), lambda row: row.read_in),
    number(N_("Rows not read in"), lambda row: row.left_out),
    Column(
        N_("State"),
        lambda row: _("Undone") if row.is_undone else _("Read in"),
        chip=lambda row: "quiet" if row.is_undone else "ok",
    ),
)


class StaffReader(PageFrame):
    """Leads from a file to people in the list of staff.

    `left` goes out when the person is done or has gone back from the first step,
    `told` with a line on what was done.
    """

    left = Signal()
    told = Signal(str)

    def __init__(self, rolls: StaffRolls, jobs: Jobs) -> None:
        super().__init__(_("Read in a list of staff"))
        self._rolls = rolls
        self._jobs = jobs
        self._draft: Draft | None = None
        self._checked: CheckedStaffRoll | None = None
        self._is_busy = False
        self.steps = Steps([_(title) for title in STEPS])
        model = TableModel(EARLIER, lambda row: row.import_id)
        earlier = TableView(model, "staff.rolls", N_("Earlier readings"))
        self.file = FilePane(_("Drag the Excel file with your staff here"), earlier)
        self.columns, self.check = ColumnsPane(LABELS), CheckPane()
        self.panes = QStackedWidget()
        for pane in (scrolling(self.file), self.columns, self.check):
            self.panes.addWidget(pane)
        self._focus = [self.file.focus, self.columns.focus, self.check.focus]
        self.file_name, self.reason = Elided(), QLabel()
        self.back = button(_("Back"), "left")
        self.rest = button(_("Save the rows not read in"), "save")
        self.go_on = button(_("Next"), kind="primary")
        self.back.setToolTip(_("Back (Esc)"))
        self.go_on.setToolTip("Ctrl+Enter")
        theme.mark(self.file_name, "note")
        theme.mark(self.reason, "hint")
        self.head.add_widget(self.file_name)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.back)
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.rest)
        foot.addWidget(self.go_on)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.reason.setAlignment(right)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.panes, 1)
        self.body.addLayout(foot)
        self._connect()
        self._go(FILE)

    @property
    def step(self) -> int:
        """At which step one is."""
        return self.panes.currentIndex()

    def open_file(self, path: Path) -> None:
        """Read a file; what was read before stays if this one cannot be."""
        self.file.tell("")
        self._ask(self._take, opened, path, failed=self.file.tell)

    def go_back(self) -> None:
        """Go back one step, or out of it all from the first."""
        if self._is_busy:
            return
        if self.step == FILE:
            self.left.emit()
        else:
            self._go(self.step - 1)

    def go_forward(self) -> None:
        """Do what the button at the foot says."""
        if self.go_on.isEnabled():
            (partial(self._go, COLUMNS), self._check, self._read_in)[self.step]()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the cursor on to what is to be done at this step."""
        super().focusInEvent(event)
        self._focus[self.step]()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list_readings()

    def _connect(self) -> None:
        self.steps.chosen.connect(self._go)
        self.back.clicked.connect(self.go_back)
        self.go_on.clicked.connect(self.go_forward)
        self.rest.clicked.connect(self._save_rest)
        bind(self, "Esc", N_("Back"), self.go_back, WITHIN)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            bind(self, keys, N_("Go on"), self.go_forward, WITHIN)
        self.file.chosen.connect(self.open_file)
        self.file.undo_wanted.connect(self._ask_undo)
        self.columns.told.connect(self._correct)
        self.columns.pointed.connect(self._point)
        self.columns.sheet_chosen.connect(self._choose_sheet)
        self.check.again_wanted.connect(self._reopen)

    def _ask(
        self,
        then: Callable[..., object],
        call: Callable[..., object],
        *values: object,
        failed: Callable[[str], object],
    ) -> None:
        """Run a job, during which nothing else is begun here."""
        self._set_busy(True)
        done = partial(self._end, then)
        self._jobs.run(self, done, call, *values, failed=partial(self._fail, failed))

    def _end(self, then: Callable[..., object], answer: object) -> None:
        self._set_busy(False)
        then(answer)

    def _fail(self, tell: Callable[[str], object], error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, CareHomeError):
            raise error
        tell(error.message)

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.panes.setEnabled(not busy)
        self._show_foot()

    # the file and its columns

    @property
    def _open(self) -> Draft:
        assert self._draft, "a file is open"
        return self._draft

    def _take(self, draft: Draft) -> None:
        self._draft = draft
        self._show_draft()
        self._go(COLUMNS)

    def _show_draft(self) -> None:
        self._checked = None
        self.file_name.setText(self._open.path.name)
        self.columns.show_draft(self._open)
        self._show_foot()

    def _correct(self, column: int, told: Field | None) -> None:
        self._open.correct(column, told)
        self._show_draft()

    def _point(self, row: int) -> None:
        self._open.point_at(row)
        self._show_draft()

    def _choose_sheet(self, place: int) -> None:
        self._open.sheet = self._open.sheets[place]
        self._show_draft()

    # the check, and the reading itself

    def _check(self) -> None:
        draft = self._open
        values = (draft.path.name, draft.sheets, draft.sheet, draft.heading)
        self._ask(self._show_checked, self._rolls.check, *values, failed=self._tell)

    def _show_checked(self, checked: CheckedStaffRoll) -> None:
        self._checked = checked
        words = _("Nobody stands in this row.")
        self.check.show_roll(checked.roll, dict.fromkeys(checked.roll.skipped, words))
        self._go(CHECK)

    def _reopen(self) -> None:
        self._ask(self._take_again, reopened, self._open, failed=self._tell)

    def _take_again(self, draft: Draft) -> None:
        self._draft = draft
        self._show_draft()
        if lacking(draft.heading, LABELS):
            self._go(COLUMNS)
        else:
            self._check()

    def _read_in(self) -> None:
        call = self._rolls.read_in
        self._ask(self._finish, call, self._checked, failed=self._tell)

    def _finish(self, _number: int) -> None:
        assert self._checked, "the list is checked"
        count = len(self._checked.roll.good)
        said = _("{count} {count:person was|people were} read in.")
        self.told.emit(said.format(count=count))
        self._draft = self._checked = None
        self.file_name.setText("")
        self._go(FILE)
        self.left.emit()

    def _save_rest(self) -> None:
        name = _("{file}, to correct.xlsx").format(file=self._open.path.stem)
        place = str(self._open.path.with_name(name))
        write = self._rolls.write_rejected
        save_workbook(self, self._jobs, place, write, self._checked)

    # taking back

    def _ask_undo(self, reading: StaffImport) -> None:
        words = _("{count} {count:person|people} of “{file}” will be removed.")
        said = words.format(count=reading.read_in, file=reading.file_name)
        points = [said, _("You can read the file in again at any time.")]
        do = partial(self._undo, reading.import_id)
        title, name = _("Undo the reading?"), _("Undo the reading")
        dialogs.confirm(self, title, points, name, do, "danger")

    def _undo(self, import_id: int) -> None:
        call = self._rolls.take_back
        self._ask(self._show_undone, call, import_id, failed=self._tell)

    def _show_undone(self, _done: object) -> None:
        self.told.emit(_("The reading was taken back; nobody of it is left."))
        self._list_readings()

    def _list_readings(self) -> None:
        self._jobs.run_last(self, self.file.show_readings, self._rolls.imports)

    # where one is

    def _go(self, step: int) -> None:
        if self._is_busy:
            return
        self.panes.setCurrentIndex(step)
        self._show_foot()
        self._focus[step]()

    def _show_foot(self) -> None:
        step = self.step
        reached = CHECK if self._checked else COLUMNS if self._draft else FILE
        self.steps.go(step, max(step, reached))
        why = self._why_not()
        posts = self._checked.new_posts if self._checked and step == CHECK else ()
        new = _("New posts will be made: {names}").format(names=_(", ").join(posts))
        self.reason.setText(why or (new if posts else ""))
        self.go_on.setEnabled(not why and not self._is_busy)
        self.go_on.setText(self._deed())
        self.back.setText(_("Go back") if step == FILE else _("Back"))
        rest = bool(self._checked and self._checked.roll.rejected)
        self.rest.setVisible(step == CHECK and rest)

    def _deed(self) -> str:
        if self.step == CHECK and self._checked:
            count = len(self._checked.roll.good)
            return _("Read in {count} {count:person|people}").format(count=count)
        return _("Next")

    def _why_not(self) -> str:
        """Say why it cannot go on yet; nothing when it can."""
        if self.step == FILE and not self._draft:
            return _("Choose a file first")
        heading = self._draft.heading if self._draft else None
        if self.step == COLUMNS and self._draft and lacking(heading, LABELS):
            return _("A column that is needed is still missing")
        if self.step == CHECK and self._checked and not self._checked.roll.good:
            return _("No row can be read in yet: correct the file and read it again")
        return ""

    def _tell(self, text: str) -> None:
        dialogs.say(self, _("This cannot be done"), text)
