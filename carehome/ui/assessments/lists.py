"""The three lists of the page: what is due, what is half filled in, what is done."""

from collections.abc import Container, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from carehome.i18n import N_, _, show_day
from carehome.rules.assessments.due import DUE_NAMES, Due
from carehome.rules.assessments.form import REASON_NAMES
from carehome.services.assessments import (
    VOID,
    Assessments,
    DoneLine,
    DraftLine,
    DueLine,
)
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import Figure, ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import ability
from carehome.ui.parts.assessing import DUE_TONES


class AboutSomebody(Protocol):
    """Any row about one resident."""

    @property
    def resident_id(self) -> int: ...


Row = TypeVar("Row", bound=AboutSomebody)
LATE = (Due.OVERDUE, Due.NEVER, Due.FLAGGED, Due.TURNED_65)
TABLES = frozenset(
    {"assessment", "assessment_flag", "resident", "stay", "admission", "bed_use"}
)


class LineList(LiveView, Generic[Row]):
    """A list with a figure and its deeds above it; `opened` goes out with a row."""

    SHOWS = TABLES
    opened = Signal(object)
    counted = Signal(int)

    def __init__(
        self,
        assessments: Assessments,
        jobs: Jobs,
        view: TableView[Row],
        *deeds: QPushButton,
    ) -> None:
        super().__init__(jobs)
        self._assessments = assessments
        self._jobs = jobs
        self.view = view
        self.rows: Sequence[Row] = ()
        self._residents: Container[int] | None = None
        self.figure = Figure()
        self.bar = QHBoxLayout()
        self.bar.setSpacing(theme.px(8))
        self.bar.addWidget(self.figure, 1)
        for deed in deeds:
            self.bar.addWidget(deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(self.bar)
        column.addWidget(ListCard(view), 1)
        lead(self, view)
        view.opened.connect(self.opened)

    def showEvent(self, event: QShowEvent) -> None:
        self._stale = True  # a draft goes on without telling anybody
        super().showEvent(event)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """List these rows, as far as they are looked for."""
        self.rows = rows
        self.filter()
        self.counted.emit(self.count(rows))

    def look_for(self, residents: Container[int] | None) -> None:
        """List only what is about some residents; None lists all."""
        self._residents = residents
        self.filter()

    def filter(self) -> None:
        """List what is looked for, with the cursor on one of the rows."""
        shown = [row for row in self.rows if self.fits(row)]
        self.view.table.set_rows(shown)
        if shown and self.view.current_row() is None:
            self.view.selectRow(0)

    def fits(self, row: Row) -> bool:
        """Say whether a row is looked for."""
        return self._residents is None or row.resident_id in self._residents

    def count(self, rows: Sequence[Row]) -> int:
        """Return how many rows wait for somebody."""
        return len(rows)


def due_columns() -> tuple[Column[DueLine], ...]:
    """Return the columns of the list of what is due."""
    return (
        Column(N_("Bed"), lambda row: row.bed),
        Column(N_("Name"), lambda row: row.resident, bold=True),
        Column(
            N_("State"),
            lambda row: _(DUE_NAMES[row.due]),
            chip=lambda row: DUE_TONES[row.due],
        ),
        table.day(N_("Due on"), lambda row: row.due_on),
        Column(N_("Why"), why, stretch=True),
        Column(
            N_("Level last time"),
            lambda row: row.level_name or None,
            chip=lambda row: ability.tone(row.level),
            order=lambda row: row.level,
        ),
        Column(
            N_("Draft"),
            lambda row: _("Under way") if row.draft_id else None,
            chip=lambda _row: "info",
        ),
    )


def why(line: DueLine) -> str:
    """Say why somebody is to be assessed."""
    if line.why:
        return line.why
    if line.last_on is None:
        since = _("Here since {day}, not assessed yet")
        return since.format(day=show_day(line.due_on))
    text = _("Assessed last on {last}, the next is due on {day}")
    return text.format(last=show_day(line.last_on), day=show_day(line.due_on))


def draft_columns() -> tuple[Column[DraftLine], ...]:
    """Return the columns of the list of what is half filled in."""
    return (
        Column(N_("Bed"), lambda row: row.bed),
        Column(N_("Name"), lambda row: row.resident, bold=True),
        Column(N_("Standard"), lambda row: row.standard),
        table.day(N_("Base day"), lambda row: row.base_on),
        Column(
            N_("Answered"),
            lambda row: _("{answered} of {all} items").format(
                answered=row.answered, all=row.items
            ),
            order=lambda row: row.answered / max(row.items, 1),
        ),
        table.moment(N_("Last kept"), lambda row: row.kept_at),
        Column(N_("Kept by"), lambda row: row.kept_by, stretch=True),
    )


def done_columns() -> tuple[Column[DoneLine], ...]:
    """Return the columns of the list of what is done."""
    return (
        Column(N_("Number"), lambda row: row.label),
        table.day(N_("Base day"), lambda row: row.base_on),
        Column(N_("Name"), lambda row: row.resident, bold=True),
        Column(N_("Bed"), lambda row: row.bed),
        Column(
            N_("Ability level"),
            lambda row: (
                _("Void") if row.status == VOID else ability.word(row.ability_level)
            ),
            chip=lambda row: (
                "quiet" if row.status == VOID else ability.tone(row.ability_level)
            ),
            order=lambda row: row.ability_level,
        ),
        table.number(N_("Points"), lambda row: row.total),
        Column(N_("Standard"), lambda row: row.standard),
        Column(N_("Reason"), lambda row: _(REASON_NAMES.get(row.reason, row.reason))),
        Column(
            N_("Assessors"),
            lambda row: _(", ").join(filter(None, row.assessors)),
            stretch=True,
        ),
    )


class DueList(LineList[DueLine]):
    """Who is to be assessed, the most urgent first; Enter begins or goes on."""

    def __init__(
        self, assessments: Assessments, jobs: Jobs, today: Any, *deeds: QPushButton
    ) -> None:
        model = TableModel(due_columns(), lambda row: row.resident_id)
        view = TableView(model, "assessments.due", N_("Assessments due"))
        view.set_empty(_("Nobody is due: everybody has been assessed in time."))
        super().__init__(assessments, jobs, view, *deeds)
        self._today = today

    def refresh(self) -> None:
        read, day = self._assessments.due, self._today()
        self._jobs.run_last(self, self.show_rows, read, day)

    def show_rows(self, rows: Sequence[DueLine]) -> None:
        shown = [row for row in rows if row.due is not Due.FINE]
        late = self.count(shown)
        words = _("to be assessed now, {soon} soon").format(soon=len(shown) - late)
        self.figure.show_number(str(late), words)
        super().show_rows(shown)

    def count(self, rows: Sequence[DueLine]) -> int:
        return sum(row.due in LATE for row in rows)


class DraftList(LineList[DraftLine]):
    """What is half filled in; Enter goes on with it."""

    def __init__(self, assessments: Assessments, jobs: Jobs, *deeds: QPushButton):
        model = TableModel(draft_columns(), lambda row: row.assessment_id)
        view = TableView(model, "assessments.drafts", N_("Assessments under way"))
        view.set_empty(_("No assessment is half filled in."))
        super().__init__(assessments, jobs, view, *deeds)

    def refresh(self) -> None:
        self._jobs.run_last(self, self.show_rows, self._assessments.drafts)

    def show_rows(self, rows: Sequence[DraftLine]) -> None:
        words = _("half filled in; nothing of them is lost")
        self.figure.show_number(str(len(rows)), words)
        super().show_rows(rows)
