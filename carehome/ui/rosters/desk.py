"""The desk at which a month is written: the bar, the grid, and the panel below."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.rosters.problem import Roster
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import HERE, bind
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.rosters import deeds, saying
from carehome.ui.rosters.bar import RosterBar
from carehome.ui.rosters.causes import open_causes
from carehome.ui.rosters.deeds import Block
from carehome.ui.rosters.dialogs import PatternDialog, ReasonDialog
from carehome.ui.rosters.grid import RosterGrid
from carehome.ui.rosters.listing import FindingsSide, Wrong
from carehome.ui.rosters.menu import make_menu
from carehome.ui.rosters.month import Month
from carehome.ui.rosters.panel import ReasonPanel, Remedy
from carehome.ui.rosters.remedies import Remedies
from carehome.ui.rosters.saver import Saver, Store
from carehome.ui.rosters.worksheet import Change, Worksheet

LOW = 600  # below this the panel gives room to the grid
BEGIN = N_(
    "Nobody has a shift in this month yet. Type the letters of shifts into the cells, "
    "choose some people and lay a pattern (Ctrl+Shift+T), or have the month made "
    "automatically."
)
NOBODY = N_("Nobody can be put on a roster in this month. Enter staff and units first.")
NO_SHIFTS = N_("There are no shifts yet. Say first which shifts the home has.")


class RosterDesk(QWidget):
    """Shows a month to be written: what is typed is checked at once and stored later.

    `person_wanted` carries the key of somebody whose file shall open, `first_step`
    that an empty month shall be filled.
    """

    person_wanted = Signal(str)
    first_step = Signal()

    def __init__(
        self, store: Store, may_write: bool, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self._may_write = may_write
        self._jobs = jobs
        self._today = today
        self._reason = ""
        self.sheet: Worksheet | None = None

        self.saver = Saver(store, jobs, self)
        self.bar = RosterBar(may_write)
        self.trouble = QLabel()
        self.again = button(_("Store it again"))
        self.begin = QLabel(_(BEGIN))
        self.make = button(_("Make automatically"), "rating")
        self.grid = RosterGrid()
        self.panel = ReasonPanel()
        self.side = FindingsSide()
        self._remedies = Remedies(jobs, self.offer, self)
        self._lay_out()
        self._connect()
        if may_write:
            self._bind_keys()
        lead(self, self.grid)
        self._tell_stored()

    # ---- the month

    def show_month(self, month: Month) -> None:
        """Show a month as it was read, with what is written and not stored of it."""
        before = self.sheet
        first = month.problem.first
        same = before is not None and before.month.problem.first == first
        if not same:
            self._reason = ""
        self.sheet = Worksheet(month, before.steps if before and same else None)
        self.sheet.catch_up(self.saver.unstored(first))
        self.bar.show_month(month)
        self.grid.show_sheet(self.sheet, self._today())
        self._narrow()
        self._say_empty(month)
        if self.grid.current is None and self.grid.keys:
            self.grid.go_to((self.grid.keys[0], 0))
        self._recount()
        self._look()

    def write(self, change: Change) -> None:
        """Put a change into the month; of a published one the reason is asked first."""
        if not self.sheet or not change or not self._may_write:
            return
        if self.sheet.month.is_published and not self._reason:
            self._ask_reason(change)
        else:
            self._after(self.sheet.write(change))

    def take_over(self, roster: Roster) -> None:
        """Put a whole roster in as one step; what is locked stays."""
        if self.sheet:
            self.write(deeds.taken_over(self.sheet, roster))

    def offer(self, remedies: Sequence[Remedy]) -> None:
        """Offer ways to mend what is wrong with the cell under the cursor."""
        self.panel.offer(remedies if self._may_write else ())

    def open_list(self) -> None:
        """List everything that is wrong, beside the grid."""
        if self.sheet:
            self.side.show_findings(self.sheet)
            self.split.open_side()
            self.side.list.setFocus()

    def explain_points(self) -> None:
        """Say what stands behind each point the roster costs."""
        if self.sheet:
            roster = Roster(dict(self.sheet.roster.rows), dict(self.sheet.roster.units))
            open_causes(self.sheet.problem, roster, self._jobs, self)

    def _say_empty(self, month: Month) -> None:
        """Say of an empty month what to do first."""
        begins = month.is_empty and self._may_write and bool(month.kinds)
        for each in (self.begin, self.make):
            each.setVisible(begins and bool(month.problem.people))
        missing = NO_SHIFTS if month.problem.people else NOBODY
        self.grid.empty.setVisible(not (month.problem.people and month.kinds))
        self.grid.empty.say(_(missing), "")

    # ---- deeds

    def type_code(self, code: str) -> None:
        """Put a shift into the chosen cells and go on."""
        sheet, block = self.sheet, self.grid.block
        if not sheet or not block or not self._may_write:
            return
        all_locked = all(cell in sheet.locked for cell in block.cells)
        self.write(deeds.fill(sheet, block, code))
        self.grid.step_on()
        if all_locked:
            said = _("This cell is locked and stays. Space unlocks the chosen cell.")
            self.panel.warn(said)

    def lock(self) -> None:
        """Lock what is chosen, or unlock it when all of it is locked."""
        self._do(deeds.lock)

    def copy_week(self) -> None:
        """Give the people that are chosen the shifts of the week before."""
        self._do(deeds.copy_week)

    def assign(self, unit: str) -> None:
        """Let those who are chosen work in a unit; empty for where they belong."""
        if self.sheet and self.grid.block:
            self.write(deeds.assign(self.sheet, self.grid.block, unit))

    def copy(self) -> None:
        """Copy what is chosen as text."""
        if self.sheet and self.grid.block:
            text = deeds.copied(self.sheet, self.grid.block)
            QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Put the copied text into the cells from the cursor on."""
        sheet, block = self.sheet, self.grid.block
        text = QGuiApplication.clipboard().text()
        if not sheet or not block or not text:
            return
        keys = self.grid.keys[self.grid.keys.index(block.keys[0]) :]
        change, unknown = deeds.pasted(sheet, text, keys, block)
        self.write(change)
        if unknown:
            said = _("“{word}” is no shift and was left out.")
            self.panel.warn(said.format(word=unknown))

    def ask_pattern(self) -> None:
        """Ask for the shifts to repeat over what is chosen."""
        if self.sheet and self.grid.block:
            block = deeds.reach(self.sheet, self.grid.block)
            dialog = PatternDialog(self.sheet.month, block, self)
            dialog.laid.connect(partial(self._lay_pattern, block))
            dialog.open()

    def undo(self) -> None:
        """Take back the last step."""
        if self.sheet and self.sheet.can_undo and self._may_write:
            self._follow(self.sheet.undo())

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self.sheet and self.sheet.can_redo and self._may_write:
            self._follow(self.sheet.redo())

    def hideEvent(self, event: QHideEvent) -> None:
        """Send on its way what is not stored: the screen may be about to lock."""
        super().hideEvent(event)
        self.saver.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.set_low(self.height() < theme.px(LOW))
        self._look()

    def _do(self, deed: Callable[[Worksheet, Block], Change]) -> None:
        if self.sheet and self.grid.block:
            self.write(deed(self.sheet, self.grid.block))

    def _drag(self, source: Block, target: Block) -> None:
        if self.sheet:
            self.write(deeds.repeat(self.sheet, source, target))

    def _lay_pattern(self, block: Block, codes: Sequence[str], stagger: int) -> None:
        if self.sheet:
            self.write(deeds.lay_pattern(self.sheet, block, codes, stagger))

    def _ask_reason(self, change: Change) -> None:
        dialog = ReasonDialog(self._reason, self)
        dialog.given.connect(partial(self._go_on, change))
        dialog.open()

    def _go_on(self, change: Change, reason: str) -> None:
        self._reason = reason
        self.write(change)

    # ---- what follows

    def _follow(self, change: Change) -> None:
        """Show where a step was taken back or done again."""
        self._after(change)
        if change:
            self.grid.go_to(next(iter(change)))

    def _after(self, change: Change) -> None:
        """Show and keep what has changed."""
        assert self.sheet
        if change:
            self.grid.refresh(change)
            self.saver.keep(self.sheet.month.problem.first, change, self._reason)
            self._recount()
            self._look()

    def _recount(self) -> None:
        assert self.sheet
        month = self.sheet.month
        state = _("Published") if month.is_published else _("Draft")
        self.bar.show_state(self.sheet, state)
        if self.side.isVisible():
            self.side.show_findings(self.sheet)

    def _look(self) -> None:
        """Tell of the cell under the cursor."""
        cell = self.grid.current
        if self.sheet and cell:
            reasons = saying.reasons(self.sheet, cell)
            self.panel.tell(saying.head(self.sheet, cell), reasons)
            self.panel.offer(())
            if self._may_write:
                since = (self._today() - self.sheet.month.problem.first).days
                self._remedies.look_for(self.sheet, cell[1], max(since, 0))

    def _puzzle(self, text: str) -> None:
        """Say gently that a key is no shift, and which are."""
        assert self.sheet
        known = _(", ").join(
            f"{kind.letter} {kind.name}" for kind in self.sheet.month.kinds
        )
        said = _("No shift has the key {key}. The keys are: {known}, R day off.")
        self.panel.warn(said.format(key=text, known=known))

    def _jump(self, wrong: Wrong | None) -> None:
        if wrong and wrong.cell and not self.grid.go_to(wrong.cell):
            self.bar.unit.set_code(None)
            self.grid.go_to(wrong.cell)

    def _narrow(self) -> None:
        self.grid.narrow(self.bar.wanted_unit(), self.bar.by_unit.isChecked())
        self._look()

    def _tell_stored(self) -> None:
        """Say what could not be stored; it stays here."""
        error = self.saver.error
        self.trouble.setVisible(error is not None)
        self.again.setVisible(error is not None)
        if error:
            text = _("{trouble} What you wrote is kept here and not stored yet.")
            self.trouble.setText(text.format(trouble=error.message))

    def _open_menu(self, place: QPoint) -> None:
        if self.sheet and self._may_write:
            make_menu(self, self.sheet, self.grid).popup(place)

    # ---- building

    def _lay_out(self) -> None:
        frame = QFrame()
        theme.mark(frame, "card")
        theme.mark(self.trouble, "banner")
        self.trouble.setWordWrap(True)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        theme.mark(self.begin, "info_banner")
        self.begin.setWordWrap(True)
        trouble = QHBoxLayout()
        trouble.addWidget(self.trouble, 1)
        trouble.addWidget(self.again)
        trouble.addWidget(self.begin, 1)
        trouble.addWidget(self.make)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(trouble)
        column.addWidget(self.bar)
        column.addWidget(frame, 1)
        column.addWidget(self.panel)
        lead(main, self.grid)
        self.split = Split(main, self.side, 430)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    def _connect(self) -> None:
        bar, grid = self.bar, self.grid
        for asked, deed in (
            (bar.typed, self._click_code),
            (bar.narrowed, self._narrow),
            (bar.list_asked, self.open_list),
            (bar.reason_asked, self._change_reason),
            (bar.lock_asked, self.lock),
            (bar.week_asked, self.copy_week),
            (bar.pattern_asked, self.ask_pattern),
            (bar.undo_asked, self.undo),
            (grid.typed, self.type_code),
            (grid.lock_asked, self.lock),
            (grid.undo_asked, self.undo),
            (grid.puzzled, self._puzzle),
            (grid.dragged, self._drag),
            (grid.moved, self._look),
            (grid.menu_asked, self._open_menu),
            (grid.opened, self.person_wanted),
            (self.panel.remedy_chosen, self.write),
            (self.panel.all_asked, self.open_list),
            (self.side.list.picked, self._jump),
            (self.side.causes_asked, self.explain_points),
            (self.saver.told, self._tell_stored),
            (self.again.clicked, self.saver.flush),
            (self.make.clicked, self.first_step),
        ):
            asked.connect(deed)

    def _bind_keys(self) -> None:
        for keys, words, deed in (
            ("Ctrl+C", N_("Copy the cells"), self.copy),
            ("Ctrl+V", N_("Paste into the cells"), self.paste),
            ("Ctrl+Y", N_("Do again what was taken back"), self.redo),
        ):
            bind(self.grid, keys, words, deed, HERE)
        bind(self, "F7", N_("List everything that is wrong"), self.open_list)

    def _click_code(self, code: str) -> None:
        self.type_code(code)
        self.grid.setFocus()

    def _change_reason(self) -> None:
        """Let the reason for changes of a published month be typed anew."""
        if self.sheet and self.sheet.month.is_published and self._may_write:
            self._ask_reason({})
