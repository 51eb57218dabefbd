"""All agreements: where each stands, when it ends, whose trial stay runs."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.agreements import OPEN, RUNNING, State
from carehome.services.agreements import AgreementLine, Agreements
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Search
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import agreement_state
from carehome.ui.parts.bar import Bar

TODO, RUN, TRIAL, OVER, ALL = "todo", "run", "trial", "over", "all"
GROUPS = {
    TODO: N_("To do"),
    RUN: N_("In force"),
    TRIAL: N_("Trial stay"),
    OVER: N_("Ended"),
    ALL: N_("All"),
}
SEARCH = 200


class AgreementList(LiveView):
    """Lists the agreements of everybody; Enter opens them in the resident's file."""

    SHOWS = frozenset(
        {"agreement", "agreement_document", "resident", "stay", "bed_use", "paper"}
    )
    resident_wanted = Signal(int)

    def __init__(
        self, agreements: Agreements, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._agreements = agreements
        self._jobs = jobs
        self._today = today
        self._lines: Sequence[AgreementLine] = ()
        self.which = Pick({code: _(name) for code, name in GROUPS.items()})
        self.which.setAccessibleName(_("Which agreements"))
        self.search = Search()
        self.search.look_for(_("Name, bed or number"))
        self.search.setMinimumWidth(theme.px(SEARCH))
        self.bar = Bar(self.which)
        self.bar.add(self.search)
        self.open = self.bar.add_button(_("Open in the file"), "right", kind="primary")
        self.view = TableView(
            TableModel(self._columns(), lambda line: line.agreement_id),
            "agreements.all",
            N_("Agreements"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.which.chosen.connect(self._find)
        self.search.textChanged.connect(self._find)
        self.search.left_down.connect(self.view.setFocus)
        self.view.picked.connect(lambda line: self.open.setEnabled(line is not None))
        self.view.opened.connect(self._want)
        self.open.clicked.connect(lambda: self._want(self.view.current_row()))
        self.open.setEnabled(False)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._agreements.all)

    def show_group(self, code: str) -> None:
        """Show some of the agreements, by their group."""
        self.which.set_code(code)

    def _show(self, lines: Sequence[AgreementLine]) -> None:
        self._lines = lines
        if self.which.code() is None:  # nothing is wanted yet: begin with what is due
            day = self._today()
            due = any(_is_to_do(line, day) for line in lines)
            self.which.set_code(TODO if due else RUN)
        self._find()

    def _find(self) -> None:
        typed = self.search.text().strip().lower()
        group = self.which.code()
        day = self._today()
        found = [
            line
            for line in self._lines
            if _belongs(line, group, day)
            and typed in f"{line.resident} {line.bed} {line.agreement.number}".lower()
        ]
        self.view.table.set_rows(found)
        self.view.set_empty(
            _("No agreement fits.")
            if self._lines
            else _("No agreement is recorded yet. Write one down in a resident's file.")
        )
        self.bar.note.setText(
            _("{count} {count:agreement|agreements}").format(count=len(found))
        )

    def _want(self, line: AgreementLine | None) -> None:
        if line is not None:
            self.resident_wanted.emit(line.resident_id)

    def _columns(self) -> tuple[Column[AgreementLine], ...]:
        day = self._today
        return (
            Column(N_("Number"), lambda line: line.agreement.number or None, bold=True),
            Column(N_("Resident"), lambda line: line.resident, bold=True),
            Column(N_("Bed"), lambda line: line.bed or None),
            Column(
                N_("State"),
                agreement_state.word,
                chip=agreement_state.tone,
            ),
            table.day(N_("From"), lambda line: line.agreement.starts),
            table.day(N_("Last day"), lambda line: line.last_day),
            table.number(N_("Days left"), lambda line: _days_left(line, day())),
            table.day(N_("On trial until"), lambda line: line.agreement.trial_until),
            table.day(N_("Signed on"), lambda line: line.agreement.signed_on),
            Column(N_("Signed by"), lambda line: line.agreement.signer or None),
            table.number(N_("Scans"), lambda line: line.scans or None),
            Column(N_("Text"), lambda line: line.edition or None, stretch=True),
        )


def _days_left(line: AgreementLine, day: date) -> int | None:
    if line.last_day is None or line.state not in RUNNING:
        return None
    return (line.last_day - day).days


def _belongs(line: AgreementLine, group: str, day: date) -> bool:
    """Say whether an agreement belongs to a group of the list."""
    if group == RUN:
        return line.state in RUNNING
    if group == TRIAL:
        return line.is_undecided and line.state in RUNNING
    if group == OVER:
        return line.state in {State.ENDED, State.VOID}
    if group == TODO:
        return _is_to_do(line, day)
    return True


def _is_to_do(line: AgreementLine, day: date) -> bool:
    """Say whether something is due: a signature, a renewal, a decision."""
    until = line.agreement.trial_until
    return (
        line.state in OPEN
        or (line.state is State.ENDING and line.followed_by is None)
        or (
            line.is_undecided
            and line.state in RUNNING
            and until is not None
            and until < day
        )
        or (line.state is State.ENDED and line.lives_here and not line.followed_by)
    )
