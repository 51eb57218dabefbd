"""Lists of rounds: what is due now, what was missed, what looks odd, all of a month."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.periods import Period, months_after
from carehome.rules.rights import Right
from carehome.rules.safety.dues import Due
from carehome.rules.safety.rounds import Limits, Standing
from carehome.services.safety.round_papers import RoundPapers
from carehome.services.safety.rounds import Board, RoundLine, Rounds
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.keys import bind
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.turner import YEAR, Turner
from carehome.ui.safety.round_deeds import (
    ExtraDialog,
    OddDialog,
    confirm_early,
    confirm_signing,
)
from carehome.ui.safety.round_rows import (
    ALL,
    COLUMNS,
    LEFT_OUT,
    MISSED,
    NOW,
    ODD,
    Filled,
    Row,
    read_rows,
    rows_of_board,
)

EMPTY = {
    NOW: N_("Nothing is due now. The plan makes what is due."),
    MISSED: N_("No round was missed in this time."),
    ODD: N_("Nothing looks odd in this time."),
    ALL: N_("No rounds in this time."),
}


class RoundLists(QWidget):
    """Lists rounds; a row leads to its sheet, which is begun if need be.

    `wanted` goes out with the round whose sheet is to be shown, `told` with a line on
    what was done, `period_turned` when other rounds are to be read.
    """

    wanted = Signal(int)
    told = Signal(str)
    turned = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._rounds = hand.service(Rounds)
        self._sought: tuple[object, ...] | None = None
        self._makes = hand.may(Right.MAKE_ROUNDS)
        self.which = Pick(
            {
                NOW: _("Right now"),
                MISSED: _("Missed"),
                ODD: _("Odd"),
                ALL: _("All"),
            }
        )
        self.which.setAccessibleName(_("Which rounds"))
        self.month = Turner(hand.today().replace(day=1))
        self.year = Turner(hand.today().replace(month=1, day=1), YEAR)
        self.whole = button(_("Whole year"), "calendar", "Ctrl+Y")
        self.bar = Bar(self.which, self.month, self.year, self.whole)
        self.code, self.note = QLineEdit(), Elided("")
        self.limits = self.bar.add_button(_("What counts as odd"), "settings")
        self.extra = self.bar.add_button(_("Beyond the plan"), "plus", "Ctrl+N")
        self.print = self.bar.add_button(_("Print sheets"), "print", "Ctrl+P")
        self.sign = self.bar.add_button(_("Sign off"), "edit", "Ctrl+G")
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.key), "safety.rounds", N_("Rounds")
        )
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Read again what is listed."""
        jobs, which = self._hand.jobs, self.which.code()
        if which == NOW:
            jobs.run_last(self, self._show_board, self._rounds.board)
        else:
            values = self._rounds, self._period, which
            jobs.run_last(self, self._show_span, read_rows, *values)

    @property
    def _period(self) -> Period:
        """The month or the year that is listed."""
        if self.whole.isChecked():
            return Period(self.year.first, months_after(self.year.first, YEAR))
        return Period(self.month.first, months_after(self.month.first, 1))

    def show_list(self, which: str) -> None:
        """Show one of the lists by its code."""
        self.which.set_code(which)

    def go_to_due(self, plan_id: int, opens: datetime) -> None:
        """Put the cursor on a round that is due, once the list is read."""
        self._sought = (None, plan_id, opens)
        self.show_list(NOW)
        self.refresh()

    def _show_board(self, board: Board) -> None:
        if self.which.code() != NOW:
            return
        text = _("{due} due now, {missed} missed, {unsigned} to be signed")
        due, missed, unsigned = board.due, board.missed, board.unsigned
        values = {"due": len(due), "missed": len(missed), "unsigned": len(unsigned)}
        self.note.setText(text.format(**values))
        self._fill(rows_of_board(board))

    def _show_span(self, filled: Filled) -> None:
        if self.which.code() == NOW:
            return
        listed, rows = filled
        text = _("{due} due, {made} made, {late} of them late, {missed} missed")
        values = {"due": listed.due, "made": listed.made + listed.made_late}
        values |= {"late": listed.made_late, "missed": len(listed.missed)}
        self.note.setText(text.format(**values))
        self._fill(rows)

    def _fill(self, rows: Sequence[Row]) -> None:
        self.view.table.set_rows(rows)
        self.view.set_empty(_(EMPTY[self.which.code()]))
        if self._sought and self.view.select(self._sought):
            self._sought = None
        self._offer()

    def _offer(self) -> None:
        """Enable what can be done with the selected rows."""
        rows = self.view.selected_rows()
        self.print.setEnabled(any(map(self._can_print, rows)))
        self.sign.setEnabled(bool(_signable(rows)))

    def _can_print(self, row: Row) -> bool:
        return row.round_id is not None or self._makes

    # ---- opening

    def _open(self, row: Row) -> None:
        if row.round_id is not None:
            self.wanted.emit(row.round_id)
        elif row.due is not None and self._makes:
            begin = partial(self._begin, row.due)
            if row.standing is Standing.COMING:
                confirm_early(self, row.due.opens, begin)
            else:
                begin()

    def _begin(self, due: Due) -> None:
        values = (due.plan_id, due.opens)
        jobs, call = self._hand.jobs, self._rounds.start
        jobs.run(self, self.wanted.emit, call, *values, failed=self._fail)

    def _find(self) -> None:
        """Open the sheet whose code was typed or scanned."""
        typed = self.code.text().strip()
        if typed:
            jobs, call = self._hand.jobs, self._rounds.by_code
            jobs.run(self, self._found, call, typed, failed=self._fail)

    def _found(self, round_id: int) -> None:
        self.code.clear()
        self.wanted.emit(round_id)

    def _ask_extra(self) -> None:
        jobs, call = self._hand.jobs, self._rounds.choices
        jobs.run(self, self._choose_extra, call, failed=self._fail)

    def _choose_extra(self, choices: tuple[dict[int, str], dict[int, str]]) -> None:
        dialog = ExtraDialog(*choices, self._rounds, self._hand, self)
        dialog.answered.connect(self.wanted.emit)
        dialog.open()

    # ---- deeds on the selected rows

    def _print(self) -> None:
        rows = [row for row in self.view.selected_rows() if self._can_print(row)]
        jobs, wanted = self._hand.jobs, [_sheet_of(row) for row in rows]
        if self._makes:
            call = self._rounds.print_out
            jobs.run(self, self._draw, call, wanted, failed=self._fail)
        else:
            self._draw([each for each in wanted if isinstance(each, int)])

    def _draw(self, round_ids: list[int]) -> None:
        title = _("Sheets of rounds")
        write = self._hand.service(RoundPapers).write_sheets
        dialog = PaperDialog(title, f"{title}.pdf", self._hand.jobs, self)
        dialog.draw(write, round_ids)

    def _sign(self) -> None:
        lines = _signable(self.view.selected_rows())
        if lines:
            confirm_signing(self, lines, partial(self._do_sign, lines))

    def _do_sign(self, lines: Sequence[RoundLine]) -> None:
        ids = [line.round_id for line in lines]
        jobs, call = self._hand.jobs, self._rounds.sign
        then = partial(self._signed, len(ids))
        jobs.run(self, then, call, ids, failed=self._fail)

    def _signed(self, count: int, _done: object) -> None:
        self.told.emit(_("{count} rounds were signed.").format(count=count))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _ask_limits(self) -> None:
        jobs, call = self._hand.jobs, self._rounds.limits
        jobs.run(self, self._change_limits, call, failed=self._fail)

    def _change_limits(self, limits: Limits) -> None:
        dialog = OddDialog(limits, self._rounds, self._hand, self)
        text = _("All rounds are judged anew.")
        dialog.accepted.connect(partial(self.told.emit, text))
        dialog.open()

    def _lengthen(self, is_year: bool) -> None:
        """Go from the month to its year, and back into that year."""
        if is_year:
            self.year.show_day(self.month.first)
        else:
            self.month.show_day(self.month.first.replace(year=self.year.first.year))
        self._turn()

    def _turn(self) -> None:
        self._show_turner()
        self.turned.emit()

    def _show_turner(self) -> None:
        has_span, is_year = self.which.code() != NOW, self.whole.isChecked()
        self.whole.setVisible(has_span)
        self.month.setVisible(has_span and not is_year)
        self.year.setVisible(has_span and is_year)
        changes = self._hand.may(Right.CHANGE_SAFETY)
        self.limits.setVisible(changes and self.which.code() == ODD)
        self.view.columns.leave_out(LEFT_OUT[self.which.code()])

    def _connect(self) -> None:
        self.which.chosen.connect(self._turn)
        self.month.turned.connect(self.turned)
        self.year.turned.connect(self.turned)
        self.whole.toggled.connect(self._lengthen)
        self.limits.clicked.connect(self._ask_limits)
        self.code.returnPressed.connect(self._find)
        self.extra.clicked.connect(self._ask_extra)
        self.print.clicked.connect(self._print)
        self.sign.clicked.connect(self._sign)
        self.view.opened.connect(self._open)
        self.view.selectionModel().selectionChanged.connect(self._offer)
        words = N_("Type or scan the code of a sheet")
        bind(self, "Ctrl+F", words, self.code.setFocus)

    def _arrange(self) -> None:
        hint = _("Type or scan the code of a sheet")
        self.code.setPlaceholderText(hint)
        self.code.setAccessibleName(hint)
        self.code.setToolTip(_("{hint} (Ctrl+F)").format(hint=hint))
        self.code.setFixedWidth(theme.px(230))
        self.code.setMinimumHeight(theme.px(34))
        self.bar.add(self.code)
        self.bar.note.hide()  # the figures take a line of their own
        theme.mark(self.note, "note")
        self.extra.setVisible(self._makes)
        self.sign.setVisible(self._hand.may(Right.CHANGE_SAFETY))
        self.which.set_code(NOW)
        self.whole.setCheckable(True)
        self._show_turner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)


def _sheet_of(row: Row) -> int | tuple[int, datetime]:
    """Return the round of a row, or the window it is made for if nobody began it."""
    if row.round_id is not None:
        return row.round_id
    assert row.due, "what nobody began is due"
    return row.due.plan_id, row.due.opens


def _signable(rows: Iterable[Row]) -> list[RoundLine]:
    return [row.made for row in rows if row.made and row.made.is_to_be_signed]
