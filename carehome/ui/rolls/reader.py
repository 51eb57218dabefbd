"""Reading a roll, step by step; nothing is stored before the last one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.roll import LABELS, Field
from carehome.services.home import Home
from carehome.services.rolls import CheckedRoll, RollImport, Rolls
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.page import PageFrame, scrolling
from carehome.ui.kit.progress import Cancelled, Progress
from carehome.ui.kit.steps import Steps
from carehome.ui.parts.care import Lists, read_lists
from carehome.ui.parts.rolls.check_pane import CheckPane
from carehome.ui.parts.rolls.columns_pane import ColumnsPane, lacking
from carehome.ui.parts.workbooks import save_workbook
from carehome.ui.rolls.additions_pane import AdditionsPane
from carehome.ui.rolls.draft import Draft, opened, reopened
from carehome.ui.rolls.file_pane import FilePane
from carehome.ui.rolls.nobody import nobody
from carehome.ui.rolls.result_pane import ResultPane
from carehome.ui.rolls.unfinished import taken_up

FILE, COLUMNS, CHECK, ADDITIONS, RESULT = range(5)
STEPS = (
    N_("Choose the file"),
    N_("Check the columns"),
    N_("Check"),
    N_("Beds and grades"),
    N_("Done"),
)
JUDGED_BY = frozenset({"resident", "stay", "bed_use", "bed", "room", "code"})


class RollReader(PageFrame):
    """Leads from a file to residents in their beds.

    `left` goes out when the person is done or has gone back from the first step,
    `told` with a line on what was done.
    """

    left = Signal()
    told = Signal(str)

    def __init__(self, rolls: Rolls, home: Home, jobs: Jobs) -> None:
        super().__init__(_("Read a roll"))
        self._rolls = rolls
        self._home = home
        self._jobs = jobs
        self._draft: Draft | None = None
        self._checked: CheckedRoll | None = None
        self._lists: Lists | None = None
        self._reading = 0
        self._is_busy = self._is_stale = False
        self.steps = Steps([_(title) for title in STEPS])
        self.file, self.columns = FilePane(), ColumnsPane(LABELS)
        self.check, self.additions = CheckPane(), AdditionsPane()
        self.result = ResultPane()
        self.panes = QStackedWidget()
        panes = (self.file, self.columns, self.check, self.additions, self.result)
        ends = (self.file, self.result)  # high; what is between scrolls within
        for pane in panes:
            self.panes.addWidget(scrolling(pane) if pane in ends else pane)
        self._focus = [pane.focus for pane in panes]
        self.file_name = Elided()
        self.reason = QLabel()
        self.back = button(_("Back"), "left")
        self.back.setToolTip(_("Back (Esc)"))
        self.go_on = button(_("Next"), kind="primary")
        self.go_on.setToolTip("Ctrl+Enter")
        theme.mark(self.file_name, "note")
        theme.mark(self.reason, "hint")
        self.head.add_widget(self.file_name)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.back)
        foot.addWidget(self.reason, 1)
        self.reason.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        foot.addWidget(self.go_on)
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
        elif self.step == RESULT:
            self._finish()
        else:
            self._go(self.step - 1)

    def go_forward(self) -> None:
        """Do what the button at the foot says."""
        if not self.go_on.isEnabled():
            return
        deeds: tuple[Callable[[], object], ...] = (
            partial(self._go, COLUMNS),
            self._check,
            partial(self._go, ADDITIONS),
            self._read_in,
            self._finish,
        )
        deeds[self.step]()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the cursor on to what is to be done at this step."""
        super().focusInEvent(event)
        self._focus[self.step]()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list_readings()
        if self._draft is None:
            self.file.unfinished.look()
        if self._is_stale:
            self._check_again()

    def _connect(self) -> None:
        self.steps.chosen.connect(self._visit)
        self.back.clicked.connect(self.go_back)
        self.go_on.clicked.connect(self.go_forward)
        bind(self, "Esc", N_("Back"), self.go_back, WITHIN)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            bind(self, keys, N_("Go on"), self.go_forward, WITHIN)
        self.file.chosen.connect(self.open_file)
        self.file.unfinished.wanted.connect(self._take_up)
        self.file.undo_wanted.connect(self._ask_undo)
        self.columns.told.connect(self._correct)
        self.columns.pointed.connect(self._point)
        self.columns.sheet_chosen.connect(self._choose_sheet)
        self.check.again_wanted.connect(self._reopen)
        self.additions.classed.connect(self._class)
        self.additions.graded.connect(self._grade)
        self.result.save_wanted.connect(self._save_rest)
        self.result.undo_wanted.connect(self._ask_undo_last)
        self._jobs.changed.connect(self._on_changed)

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
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, CareHomeError):
            raise error
        tell(error.message)

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.panes.setEnabled(not busy)
        self._show_foot()

    # the file and its columns

    def _take(self, draft: Draft) -> None:
        self._draft, self._checked = draft, None
        self._show_draft()
        self._go(COLUMNS)

    def _take_up(self, kept: dict[str, Any]) -> None:
        """Go on with a roll where it was left."""
        self._ask(self._take, taken_up, kept, failed=self.file.tell)

    def _show_draft(self) -> None:
        assert self._draft, "a file is open"
        self.file.unfinished.keep(self._draft)
        self.file_name.setText(self._draft.path.name)
        self.columns.show_draft(self._draft)
        self._checked = None
        self._show_foot()

    def _correct(self, column: int, told: Field | None) -> None:
        assert self._draft, "a file is open"
        self._draft.correct(column, told)
        self._show_draft()

    def _point(self, row: int) -> None:
        assert self._draft, "a file is open"
        self._draft.point_at(row)
        self._show_draft()

    def _choose_sheet(self, place: int) -> None:
        assert self._draft, "a file is open"
        self._draft.sheet = self._draft.sheets[place]
        self._show_draft()

    # the check

    def _check(self) -> None:
        self._start_check(self._show_checked)

    def _start_check(self, then: Callable[..., object]) -> None:
        draft = self._draft
        assert draft, "a file is open"
        self._is_stale = False
        values = (draft.path.name, draft.sheets, draft.sheet, draft.heading)
        call = partial(_checked_with_lists, self._rolls, self._home)
        self._ask(then, call, *values, failed=self._tell)

    def _show_checked(self, found: tuple[CheckedRoll, Lists]) -> None:
        self._take_checked(found)
        self._go(CHECK)

    def _take_checked(self, found: tuple[CheckedRoll, Lists]) -> None:
        self._checked, self._lists = found
        assert self._draft, "a file is open"
        self.check.show_roll(self._checked.roll, nobody(self._checked.roll))
        self.additions.tell("")
        self.additions.show_additions(self._checked, self._draft, self._lists)
        self._show_foot()

    def _check_again(self) -> None:
        """Hold the roll once more against a home that has changed meanwhile."""
        if self._checked and self.step in {CHECK, ADDITIONS} and not self._is_busy:
            self._start_check(self._take_checked)

    def _reopen(self) -> None:
        assert self._draft, "a file is open"
        self._ask(self._take_again, reopened, self._draft, failed=self._tell)

    def _take_again(self, draft: Draft) -> None:
        self._draft = draft
        self._show_draft()
        if lacking(draft.heading, LABELS):
            self._go(COLUMNS)
        else:
            self._check()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if "roll_import" in tables and self.isVisible():
            self._list_readings()
        if tables & JUDGED_BY:
            self._is_stale = self._checked is not None
            if self.isVisible():
                self._check_again()

    # beds, grades, and the reading itself

    def _class(self, room: tuple[str, str], bed_class: str) -> None:
        assert self._draft, "a file is open"
        self._draft.classes[room] = bed_class
        self.file.unfinished.keep(self._draft)

    def _grade(self, word: str, grade: str) -> None:
        assert self._draft, "a file is open"
        self._draft.grades[word] = grade
        self.file.unfinished.keep(self._draft)

    def _read_in(self) -> None:
        assert self._draft, "a file is open"
        assert self._checked, "the roll is checked"
        self.additions.tell("")
        progress = Progress(_("Reading the roll in"))
        beds, grades = self._draft.beds(self._checked), dict(self._draft.grades)
        values = (self._checked, beds, grades, progress.step)
        tell = self.additions.tell
        self._ask(self._show_result, self._rolls.read_in, *values, failed=tell)

    def _show_result(self, import_id: int) -> None:
        assert self._checked, "the roll is checked"
        self._reading = import_id
        self.file.unfinished.end()
        self.result.show_result(self._checked)
        self._go(RESULT)

    def _save_rest(self) -> None:
        assert self._draft, "a file is open"
        assert self._checked, "the roll is checked"
        name = _("{file}, to correct.xlsx").format(file=self._draft.path.stem)
        place = str(self._draft.path.with_name(name))
        save_workbook(
            self, self._jobs, place, self._rolls.write_rejected, self._checked
        )

    def _finish(self) -> None:
        self._draft = self._checked = None
        self._reading = 0
        self.file_name.setText("")
        self.file.tell("")
        self._go(FILE)
        self.left.emit()

    # taking back

    def _ask_undo_last(self) -> None:
        assert self._checked, "the roll is checked"
        count = len(self._checked.roll.good)
        self._confirm_undo(self._reading, self._checked.file_name, count)

    def _ask_undo(self, reading: RollImport) -> None:
        self._confirm_undo(reading.import_id, reading.file_name, reading.read_in)

    def _confirm_undo(self, import_id: int, file_name: str, count: int) -> None:
        words = _(
            "{count} {count:resident|residents} of “{file}” will be removed, with "
            "all it brought."
        )
        dialogs.confirm(
            self,
            _("Undo the reading?"),
            [
                words.format(count=count, file=file_name),
                _("The beds made for them are removed as well."),
                _("You can read the file in again at any time."),
            ],
            _("Undo the reading"),
            partial(self._undo, import_id),
            "danger",
        )

    def _undo(self, import_id: int) -> None:
        then = self._show_undone
        self._ask(then, self._rolls.take_back, import_id, failed=self._tell)

    def _show_undone(self, _done: object) -> None:
        self.told.emit(_("The reading was taken back; nobody of it is left."))
        self._list_readings()
        if self.step == RESULT:
            self._reading = 0
            self._check()

    def _list_readings(self) -> None:
        self._jobs.run_last(self, self.file.show_readings, self._rolls.imports)

    # where one is

    def _visit(self, step: int) -> None:
        if not self._is_busy and self.step != RESULT:
            self._go(step)

    def _go(self, step: int) -> None:
        self.panes.setCurrentIndex(step)
        self._show_foot()
        self._focus[step]()

    def _show_foot(self) -> None:
        step, reached = self.step, FILE
        if self._draft:
            reached = COLUMNS
        if self._checked:
            reached = ADDITIONS if self._checked.roll.good else CHECK
        reached = max(step, reached)
        self.steps.go(step, reached if step != RESULT else RESULT)
        self.go_on.setText(self._deed())
        why = self._why_not()
        self.reason.setText(why)
        self.go_on.setEnabled(not why and not self._is_busy)
        self.back.setVisible(step != RESULT)
        self.back.setText(_("Go back") if step == FILE else _("Back"))

    def _deed(self) -> str:
        if self.step == ADDITIONS and self._checked:
            count = len(self._checked.roll.good)
            return _("Read in {count} {count:resident|residents}").format(count=count)
        return _("Done") if self.step == RESULT else _("Next")

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


def _checked_with_lists(
    rolls: Rolls, home: Home, *values: object
) -> tuple[CheckedRoll, Lists]:
    """Check a sheet, and read what the home calls its classes and grades."""
    return rolls.check(*values), read_lists(home)  # type: ignore[arg-type]
