"""Reading a list from Excel, step by step; nothing is stored before the last.

What kind of list it is say those who build on it: of staff, of equipment.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.roll.lists import ListHeading
from carehome.rules.sheets import Sheet
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.page import PageFrame, scrolling
from carehome.ui.kit.steps import Steps
from carehome.ui.parts.rolls.check_pane import CheckPane
from carehome.ui.parts.rolls.columns_pane import ColumnsPane, lacking
from carehome.ui.parts.rolls.draft import Columns, ListDraft, opened, reopened
from carehome.ui.parts.rolls.file_pane import FilePane
from carehome.ui.parts.rolls.shapes import Roll
from carehome.ui.parts.workbooks import save_workbook

FILE, COLUMNS, CHECK = range(3)
STEPS = (N_("Choose the file"), N_("Check the columns"), N_("Check"))


class ReadRoll(Roll, Protocol):
    """A list whose rows without anything to read in are known."""

    @property
    def skipped(self) -> tuple[int, ...]: ...


class Checked(Protocol):
    """A list that was held against the home."""

    @property
    def roll(self) -> ReadRoll: ...


class Lists(Protocol):
    """What checks one kind of list, reads it in, and writes down what is left."""

    def check(
        self,
        file_name: str,
        sheets: tuple[Sheet, ...],
        sheet: Sheet | None = None,
        heading: ListHeading[Any] | None = None,
    ) -> Any:
        """Hold a sheet against the home."""

    def read_in(self, checked: Any) -> int:
        """Read the good rows in, all in one deed."""

    def write_rejected(self, checked: Any, path: Path) -> None:
        """Write the rows that were not read in, each with its reasons."""


class ListReader(PageFrame):
    """Leads from a file to what it lists.

    `left` goes out when the person is done or has gone back from the first step,
    `told` with a line on what was done. `labels` names all that a column may tell.
    """

    left = Signal()
    told = Signal(str)

    def __init__(
        self,
        title: str,
        lists: Lists,
        columns: Columns,
        labels: Mapping[Any, str],
        file: FilePane,
        jobs: Jobs,
    ) -> None:
        super().__init__(title)
        self._lists = lists
        self._titles = columns
        self._labels = labels
        self.jobs = jobs
        self._draft: ListDraft | None = None
        self._checked: Checked | None = None
        self._is_busy = False
        self.steps = Steps([_(title) for title in STEPS])
        self.file = file
        self.columns, self.check = ColumnsPane(labels), CheckPane()
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
        tell = self.file.tell
        self.ask(self._take, opened, path, self._titles, failed=tell)

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

    # what those say who build on it

    def say_skipped(self) -> str:
        """Say of a row that there is nothing in it to read in."""
        raise NotImplementedError

    def say_deed(self, _checked: Any) -> str:
        """Say what the last button does."""
        raise NotImplementedError

    def say_done(self, _checked: Any) -> str:
        """Say what was done."""
        raise NotImplementedError

    def remark(self, _checked: Any) -> str:
        """Say what else will be done besides reading in; nothing is the usual."""
        return ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the cursor on to what is to be done at this step."""
        super().focusInEvent(event)
        self._focus[self.step]()

    def _connect(self) -> None:
        self.steps.chosen.connect(self._go)
        self.back.clicked.connect(self.go_back)
        self.go_on.clicked.connect(self.go_forward)
        self.rest.clicked.connect(self._save_rest)
        bind(self, "Esc", N_("Back"), self.go_back, WITHIN)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            bind(self, keys, N_("Go on"), self.go_forward, WITHIN)
        self.file.chosen.connect(self.open_file)
        self.columns.told.connect(self._correct)
        self.columns.pointed.connect(self._point)
        self.columns.sheet_chosen.connect(self._choose_sheet)
        self.check.again_wanted.connect(self._reopen)

    def ask(
        self,
        then: Callable[..., object],
        call: Callable[..., object],
        *values: object,
        failed: Callable[[str], object],
    ) -> None:
        """Run a job, during which nothing else is begun here."""
        self._set_busy(True)
        done = partial(self._end, then)
        self.jobs.run(self, done, call, *values, failed=partial(self._fail, failed))

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
    def _open(self) -> ListDraft:
        assert self._draft, "a file is open"
        return self._draft

    def _take(self, draft: ListDraft) -> None:
        self._draft = draft
        self._show_draft()
        self._go(COLUMNS)

    def _show_draft(self) -> None:
        self._checked = None
        self.file_name.setText(self._open.path.name)
        self.columns.show_draft(self._open)
        self._show_foot()

    def _correct(self, column: int, told: Any) -> None:
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
        self.ask(self._show_checked, self._lists.check, *values, failed=self.tell)

    def _show_checked(self, checked: Checked) -> None:
        self._checked = checked
        quiet = dict.fromkeys(checked.roll.skipped, self.say_skipped())
        self.check.show_roll(checked.roll, quiet)
        self._go(CHECK)

    def _reopen(self) -> None:
        self.ask(self._take_again, reopened, self._open, failed=self.tell)

    def _take_again(self, draft: ListDraft) -> None:
        self._draft = draft
        self._show_draft()
        if lacking(draft.heading, self._labels):
            self._go(COLUMNS)
        else:
            self._check()

    def _read_in(self) -> None:
        call = self._lists.read_in
        self.ask(self._finish, call, self._checked, failed=self.tell)

    def _finish(self, _number: int) -> None:
        assert self._checked, "the list is checked"
        self.told.emit(self.say_done(self._checked))
        self._draft = self._checked = None
        self.file_name.setText("")
        self._go(FILE)
        self.left.emit()

    def _save_rest(self) -> None:
        name = _("{file}, to correct.xlsx").format(file=self._open.path.stem)
        place = str(self._open.path.with_name(name))
        write = self._lists.write_rejected
        save_workbook(self, self.jobs, place, write, self._checked)

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
        checked = self._checked if step == CHECK else None
        self.reason.setText(why or (self.remark(checked) if checked else ""))
        self.go_on.setEnabled(not why and not self._is_busy)
        self.go_on.setText(self._deed())
        self.back.setText(_("Go back") if step == FILE else _("Back"))
        rest = bool(self._checked and self._checked.roll.rejected)
        self.rest.setVisible(step == CHECK and rest)

    def _deed(self) -> str:
        if self.step == CHECK and self._checked:
            return self.say_deed(self._checked)
        return _("Next")

    def _why_not(self) -> str:
        """Say why it cannot go on yet; nothing when it can."""
        if self.step == FILE and not self._draft:
            return _("Choose a file first")
        heading = self._draft.heading if self._draft else None
        if self.step == COLUMNS and self._draft and lacking(heading, self._labels):
            return _("A column that is needed is still missing")
        if self.step == CHECK and self._checked and not self._checked.roll.good:
            return _("No row can be read in yet: correct the file and read it again")
        return ""

    def tell(self, text: str) -> None:
        """Tell in a window of its own what was refused."""
        dialogs.say(self, _("This cannot be done"), text)
