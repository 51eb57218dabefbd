"""Late facts: which posted months are put right, why, and what the director says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day, show_moment, show_money
from carehome.rules.billing.adjustments import STANDING_NAMES, Correction, Standing
from carehome.rules.billing.explanations import was_and_is
from carehome.rules.billing.lines import Line
from carehome.rules.rights import Right, User
from carehome.services.billing import FactsChanged, LateFact, Trial
from carehome.services.change_log import LogEntry
from carehome.services.late_facts import LateFacts, NoReason, NothingOld, Seen
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, Facts, ListCard
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog

STATES = {
    Standing.DUE: "ok",
    Standing.WAITING: "warn",
    Standing.TAKEN: "ok",
    Standing.LEFT: "quiet",
}
Known = Mapping[tuple[int, Any], Sequence[LogEntry]]


@dataclass(frozen=True, slots=True)
class LateRow:
    """A correction and what came to be known since its month was posted."""

    late: LateFact
    known: Sequence[LogEntry]

    @property
    def key(self) -> tuple[int, Any]:
        """Whose month it is."""
        return self.late.resident_id, self.late.correction.month

    @property
    def newest(self) -> LogEntry | None:
        """The change that was made last."""
        return max(self.known, key=lambda each: each.at, default=None)

    @property
    def what(self) -> str:
        """Say in a line what came to be known."""
        if not self.known:
            return _("Still away when the month was posted")
        return _("; ").join(dict.fromkeys(each.deed for each in self.known))

    @property
    def name(self) -> str:
        """Say who it is, and since when they are gone."""
        if self.late.left_on is None:
            return self.late.resident
        text = _("{name} (left {day})")
        return text.format(name=self.late.resident, day=show_day(self.late.left_on))

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.late.correction.standing


COLUMNS: tuple[Column[LateRow], ...] = (
    Column(N_("Name"), lambda row: row.name, bold=True),
    Column(N_("Month put right"), lambda row: f"{row.late.correction.month:%Y-%m}"),
    table.money(N_("Difference"), lambda row: row.late.correction.fen, bold=True),
    Column(
        N_("State"),
        lambda row: _(STANDING_NAMES[row.standing]),
        chip=lambda row: STATES[row.standing],
    ),
    Column(
        N_("What came to be known"),
        lambda row: row.what,
        stretch=True,
        tip=lambda row: row.what,
    ),
    table.moment(N_("Known since"), lambda row: row.newest.at if row.newest else None),
    Column(N_("Who noted it"), lambda row: row.newest.actor if row.newest else None),
    Column(N_("Bed"), lambda row: row.late.bed),
)


BESIDE = 4  # columns that stay beside what is looked at


class LatePane(QWidget):
    """Lists corrections; the director decides on those of months long past.

    `decided` goes out when a word was given: the trial has to be made once more.
    """

    decided = Signal(str)
    resident_wanted = Signal(int)

    def __init__(self, late: LateFacts, jobs: Jobs, user: User) -> None:
        super().__init__()
        self._late, self._jobs = late, jobs
        self._may = user.may(Right.CONFIRM_OLD_FACTS)
        self._rows: list[LateRow] = []
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.key), "fees.late", N_("Late facts")
        )
        self.lines = Facts()
        self.side = Side()
        self.told = QLabel()
        self.confirm = button(_("Let it into the next bill"), "check", kind="primary")
        self.leave = button(_("Leave as charged"), "remove")
        self.reopen = button(_("Take the word back"), "undo")
        self.open_file = button(_("The resident's file"), "person")
        self.split = Split(ListCard(self.view), self.side, 420)
        self._dress()

        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.confirm.clicked.connect(partial(self._ask, True))
        self.leave.clicked.connect(partial(self._ask, False))
        self.reopen.clicked.connect(self._reopen)
        self.open_file.clicked.connect(self._want)
        self.side.closed.connect(partial(self.view.show_columns, len(COLUMNS)))

    def show_trial(self, trial: Trial) -> None:
        """Show what a trial puts right; what is known of it follows."""
        self._show([LateRow(late, ()) for late in trial.late])
        months = [row.key for row in self._rows]
        self._jobs.run_last(self, self._show_known, self._late.known, months)

    def _show_known(self, known: Known) -> None:
        rows = (LateRow(row.late, known.get(row.key, ())) for row in self._rows)
        self._show(list(rows))

    def _show(self, rows: list[LateRow]) -> None:
        self._rows = rows
        self.view.table.set_rows(rows)
        self._look(self.view.current_row())

    def _open(self, row: LateRow) -> None:
        self.view.show_columns(BESIDE)
        self.split.open_side()
        self._look(row)

    def _look(self, row: LateRow | None) -> None:
        waits = row is not None and row.standing is Standing.WAITING
        decided = row is not None and row.late.correction.choice is not None
        for deed in (self.confirm, self.leave):
            deed.setVisible(self._may and waits)
        self.reopen.setVisible(self._may and decided)
        if row is None or self.side.isHidden():
            return
        month = row.late.correction.month
        self.side.title.setText(f"{row.name}\u3000{month:%Y-%m}")
        self.lines.show_facts(facts_of(row.late.correction))
        self.told.setText("\n".join(_story(row, self._may)))

    def _chosen(self) -> list[Seen]:
        """Return what is selected of what waits."""
        rows = self.view.selected_rows()
        return [Seen.of(x.late) for x in rows if x.standing is Standing.WAITING]

    def _ask(self, is_taken: bool) -> None:
        seen = self._chosen()
        form = Form()
        form.add("reason", TextField(_("Reason")), blame=(NoReason,))
        form.blame("reason", NothingOld, FactsChanged)
        sums = show_money(sum(each.fen for each in seen))
        count = _("{count} {count:correction|corrections}, {sum} in all")
        title = count.format(count=len(seen), sum=sums)
        do = _("Let it into the next bill") if is_taken else _("Leave as charged")
        service = self._late.confirm if is_taken else self._late.leave

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(service, seen, values["reason"])

        dialog = DeedDialog(title, form, do, self._jobs, deed, self, "late-facts")
        dialog.accepted.connect(partial(self.decided.emit, title))
        dialog.open()

    def _reopen(self) -> None:
        row = self.view.current_row()
        if row is not None:
            done = partial(self._say_reopened, row.name)
            self._jobs.run(self, done, self._late.reopen, *row.key)

    def _say_reopened(self, name: str, _done: object) -> None:
        self.decided.emit(_("The correction of {name} waits again.").format(name=name))

    def _want(self) -> None:
        if row := self.view.current_row():
            self.resident_wanted.emit(row.late.resident_id)

    def _dress(self) -> None:
        self.view.set_empty(_("Nothing came to be known of months that are posted."))
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.mark(self.told, "note")
        room, file = QWidget(), QWidget()
        foot = Flow(room)
        for deed in (self.confirm, self.leave, self.reopen, self.open_file):
            foot.addWidget(deed)
        for deed in (self.confirm, self.leave, self.reopen):
            deed.hide()
        inner = QVBoxLayout(file)
        inner.setContentsMargins(0, 0, theme.px(6), 0)
        inner.setSpacing(theme.px(8))
        inner.addWidget(self.lines)
        inner.addWidget(self.told)
        inner.addStretch()
        self.side.body.addWidget(scrolling(file), 1)
        self.side.body.addWidget(room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)
        lead(self, self.view)


def facts_of(correction: Correction) -> list[Fact]:
    """Return what a month was charged and what is right, item by item."""
    facts = []
    for line in correction.lines:
        old, new = map(show_money, was_and_is(line))
        facts.append(Fact(_named(line), new, before=old))
    return [*facts, Fact(_("Difference"), show_money(correction.fen), strong=True)]


def _named(line: Line) -> str:
    """Name what a line corrects; a refund alone is no charge."""
    if line.source["corrects"] == "refund" and "net_old" not in line.source:
        return _("{item}, given back").format(item=line.item_name)
    return line.item_name


def _story(row: LateRow, may: bool) -> list[str]:
    """Tell what came to be known, when and by whom, and what becomes of it."""
    told = []
    for each in row.known:
        text = _("{moment}, {name}: {deed}, {what}")
        changed = _(", ").join(
            _("{field} {value}").format(field=x.name, value=x.after or x.before)
            for x in each.changes
        )
        told.append(
            text.format(
                moment=show_moment(each.at),
                name=each.actor,
                deed=each.deed,
                what=changed or each.subject,
            )
        )
    choice = row.late.correction.choice
    if choice:
        text = _("{name} decided: {reason}")
        told.append(text.format(name=choice.by, reason=choice.reason))
    if row.standing is Standing.WAITING:
        told.append(
            _("This month is long past: you decide whether it is put right.")
            if may
            else _(
                "This month is long past: the director decides, until then it waits."
            )
        )
    return told
