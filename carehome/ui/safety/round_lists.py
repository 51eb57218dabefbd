"""Lists of rounds: what is due now, what was missed, what looks odd, all of a month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.periods import Period, months_after
from carehome.rules.rights import ROLE_NAMES, Right, Role
from carehome.rules.safety.dues import Due
from carehome.rules.safety.rounds import MARK_NAMES, STANDING_NAMES, Standing
from carehome.services.safety.round_papers import RoundPapers
from carehome.services.safety.rounds import Board, DueLine, RoundLine, RoundList, Rounds
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.keys import bind
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.turner import Turner
from carehome.ui.safety.hand import Hand
from carehome.ui.safety.round_deeds import ExtraDialog, confirm_early, confirm_signing
from carehome.ui.safety.round_words import (
    STANDING_TONES,
    say_made,
    say_standing,
    say_window,
    tone_of,
)

NOW, MISSED, ODD, ALL = "now", "missed", "odd", "all"
EMPTY = {
    NOW: N_("Nothing is due now. The plan makes what is due."),
    MISSED: N_("No round was missed in this month."),
    ODD: N_("Nothing looks odd in this month."),
    ALL: N_("No rounds in this month."),
}


@dataclass(frozen=True)
class Row:
    """A round or a gap in a list: what the plan asks for, what was made, or both."""

    state: str
    tone: str
    form: str
    place: str
    role: str
    due: Due | None
    standing: Standing | None = None
    made: RoundLine | None = None
    round_id: int | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What the row is about."""
        due = (self.due.plan_id, self.due.opens) if self.due and not self.made else ()
        return (self.made.round_id if self.made else None, *due)

    @property
    def begun(self) -> datetime | None:
        """When the round was begun, as told."""
        return (self.made.started_at or self.made.opened_at) if self.made else None


def row_of_due(line: DueLine) -> Row:
    """Return the row of what the plan asks for."""
    state, tone = _(STANDING_NAMES[line.standing]), STANDING_TONES[line.standing]
    if line.is_under_way:
        state, tone = _("Under way"), "info"
    due, place, standing = line.due, line.place, line.standing
    role = _(ROLE_NAMES[Role(line.role)]) if line.role in set(Role) else line.role
    values = (state, tone, line.form, place, role, due, standing)
    return Row(*values, round_id=line.round_id)


def row_of_round(line: RoundLine) -> Row:
    """Return the row of a round that was begun or made."""
    values = (line.form, line.place, line.patroller, line.due)
    state, tone = say_standing(line), tone_of(line)
    return Row(state, tone, *values, made=line, round_id=line.round_id)


def rows_of_board(board: Board) -> list[Row]:
    """Return what waits: due, begun, missed, to be signed, to come."""
    begun = {line.round_id for line in board.due if line.round_id}
    others = (line for line in board.under_way if line.round_id not in begun)
    return [
        *map(row_of_due, board.due),
        *map(row_of_round, others),
        *map(row_of_due, reversed(board.missed)),  # the last one first
        *map(row_of_round, board.unsigned),
        *map(row_of_due, board.coming),
    ]


def rows_of_month(listed: RoundList, which: str) -> list[Row]:
    """Return the rounds of a month that a list is about, by time."""
    missed = list(map(row_of_due, listed.missed))
    made = [row_of_round(line) for line in listed.rounds]
    if which == MISSED:
        rows = missed
    elif which == ODD:
        rows = [row for row in made if row.made and row.made.is_suspicious]
    else:
        rows = [*made, *missed]
    return sorted(rows, key=_when, reverse=True)


def _when(row: Row) -> datetime:
    when = row.due.opens if row.due else row.begun
    assert when, "a round is due or was begun"
    return when


def _say_made(row: Row) -> str | None:
    if row.made is None or row.made.started_at is None:
        return None
    return say_made(row.made.started_at, row.made.ended_at)


def _say_marks(row: Row) -> str | None:
    marks = row.made.marks if row.made else ()
    return _(", ").join(_(MARK_NAMES[mark]) for mark in marks) or None


COLUMNS: tuple[Column[Row], ...] = (
    Column(N_("State"), lambda row: row.state, chip=lambda row: row.tone),
    Column(N_("Checklist"), lambda row: row.form, bold=True),
    Column(N_("Place"), lambda row: row.place),
    Column(
        N_("Due from when to when"),
        lambda row: say_window(row.due) if row.due else None,
        order=lambda row: row.due.opens if row.due else None,
    ),
    Column(N_("By whom"), lambda row: row.role or None),
    Column(N_("Made when"), _say_made, order=lambda row: row.begun),
    table.moment(
        N_("Entered at"), lambda row: row.made.entered_at if row.made else None
    ),
    Column(
        N_("Failed items"),
        lambda row: (row.made.failed or None) if row.made else None,
        tone=lambda _row: "bad",
        align=table.RIGHT,
        kind="number",
    ),
    Column(
        N_("What is odd"),
        _say_marks,
        stretch=True,
        tone=lambda row: "bad" if row.made and row.made.is_suspicious else None,
    ),
    Column(N_("Code"), lambda row: row.made.code if row.made else None),
)


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
        self.turner = Turner(hand.today().replace(day=1))
        self.bar = Bar(self.which, self.turner)
        self.code, self.note = QLineEdit(), Elided("")
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
        jobs, first = self._hand.jobs, self.turner.first
        if self.which.code() == NOW:
            jobs.run_last(self, self._show_board, self._rounds.board)
        else:
            period = Period(first, months_after(first, 1))
            jobs.run_last(self, self._show_month, self._rounds.listed, period)

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

    def _show_month(self, listed: RoundList) -> None:
        if self.which.code() == NOW:
            return
        text = _("{due} due, {made} made, {late} of them late, {missed} missed")
        values = {"due": listed.due, "made": listed.made + listed.made_late}
        values |= {"late": listed.made_late, "missed": len(listed.missed)}
        self.note.setText(text.format(**values))
        self._fill(rows_of_month(listed, self.which.code()))

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
        values = (self._rounds, rows)
        self._hand.jobs.run(self, self._draw, begin_all, *values, failed=self._fail)

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

    def _turn(self) -> None:
        self.turner.setVisible(self.which.code() != NOW)
        self.turned.emit()

    def _connect(self) -> None:
        self.which.chosen.connect(self._turn)
        self.turner.turned.connect(self.turned)
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
        self.turner.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)


def begin_all(rounds: Rounds, rows: Iterable[Row]) -> list[int]:
    """Return the rounds of some rows, begun where nobody began them yet."""
    found = []
    for row in rows:
        if row.round_id is not None:
            found.append(row.round_id)
        elif row.due is not None:
            found.append(rounds.start(row.due.plan_id, row.due.opens))
    return found


def _signable(rows: Iterable[Row]) -> list[RoundLine]:
    return [row.made for row in rows if row.made and row.made.is_to_be_signed]
