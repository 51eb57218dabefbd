"""The lists of the home: whose risks are due, and who is at which risk."""

from collections.abc import Callable, Container, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.rights import Right, User
from carehome.rules.risks import LEVEL_NAMES, RISK_NAMES, Level, Need, Risk
from carehome.rules.risks.due import SOON
from carehome.services.risks import AtRiskLine, DueLine, Risks
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Figure, ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.risks.dialog import assess_risks
from carehome.ui.parts.risks.telling import ask_suggestions
from carehome.ui.parts.risks.words import LEVEL_TONES, due_tone, due_words


class AboutSomebody(Protocol):
    """Any row about one resident."""

    @property
    def resident_id(self) -> int: ...


Row = TypeVar("Row", bound=AboutSomebody)
SHOWN = frozenset(
    {
        *("risk_assessment", "risk_judgement", "risk_measure", "assessment"),
        *("resident", "stay", "admission", "bed_use"),
    }
)


class RiskList(LiveView, Generic[Row]):
    """A list of people with a figure and its deeds above.

    `resident_wanted` carries somebody whose risks shall be opened.
    """

    SHOWS = SHOWN
    resident_wanted = Signal(int)

    def __init__(
        self, risks: Risks, jobs: Jobs, today: Callable[[], date], view: TableView[Row]
    ) -> None:
        super().__init__(jobs)
        self._risks = risks
        self._jobs = jobs
        self._today = today
        self._residents: Container[int] | None = None
        self.view = view
        self.rows: Sequence[Row] = ()
        self.figure = Figure()
        self.bar = QHBoxLayout()
        self.bar.setSpacing(theme.px(8))
        self.bar.addWidget(self.figure, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(self.bar)
        column.addWidget(ListCard(view), 1)
        lead(self, view)

    def look_for(self, residents: Container[int] | None) -> None:
        """List only what is about some residents; None lists all."""
        self._residents = residents
        self.filter()

    def filter(self) -> None:
        """List what is looked for, with the cursor on one of the rows."""
        self.view.table.set_rows([row for row in self.rows if self.fits(row)])
        if self.view.table.rows and self.view.current_row() is None:
            self.view.selectRow(0)

    def fits(self, row: Row) -> bool:
        """Say whether a row is looked for."""
        return self._residents is None or row.resident_id in self._residents

    def open_row(self, row: Row | None) -> None:
        """Open the risks of whom a row is about."""
        if row is not None:
            self.resident_wanted.emit(row.resident_id)

    def add_deeds(self, *deeds: QPushButton) -> None:
        """Add deeds at the right that wait until somebody is chosen."""

        def choose(row: object) -> None:
            for deed in deeds:
                deed.setEnabled(row is not None)

        for deed in deeds:
            self.bar.addWidget(deed)
        self.view.picked.connect(choose)
        choose(None)


class RisksDue(RiskList[DueLine]):
    """Whose risks are to be assessed, the most urgent first; Enter begins."""

    def __init__(
        self, risks: Risks, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        model = TableModel(self._columns(), lambda row: row.resident_id)
        view = TableView(model, "risks.due", N_("Risks due"))
        view.set_empty(_("Nobody is due: all risks have been assessed in time."))
        super().__init__(risks, jobs, today, view)
        self.file = button(_("Open the file"), "person")
        self.begin = button(_("Assess the risks"), "assessment", kind="primary")
        self.add_deeds(self.file, self.begin)
        may = user.may(Right.ASSESS)
        self.begin.setVisible(may)
        self.file.clicked.connect(lambda: self.open_row(view.current_row()))
        self.begin.clicked.connect(lambda: self._begin(view.current_row()))
        view.opened.connect(self._begin if may else self.open_row)

    def refresh(self) -> None:
        self._jobs.run_last(self, self.show_rows, self._risks.due, self._today())

    def show_rows(self, rows: Sequence[DueLine]) -> None:
        """List who is due now or soon."""
        day = self._today()
        self.rows = [row for row in rows if row.due.day <= day + SOON]
        late = sum(
            row.due.need is not Need.YEARLY or row.due.is_late(day) for row in self.rows
        )
        words = _("to be assessed now, {soon} soon").format(soon=len(self.rows) - late)
        self.figure.show_number(str(late), words)
        self.filter()

    def _begin(self, row: DueLine | None) -> None:
        if row is not None:
            assess_risks(self._risks, row.resident_id, self._jobs, self._today, self)

    def _columns(self) -> tuple[Column[DueLine], ...]:
        return (
            Column(N_("Bed"), lambda row: row.bed or None),
            Column(N_("Name"), lambda row: row.resident, bold=True),
            Column(
                N_("Why"),
                lambda row: due_words(row.due, self._today()),
                tip=lambda row: due_words(row.due, self._today()),
                stretch=True,
            ),
            table.day(
                N_("Due on"),
                lambda row: row.due.day,
                tone=lambda row: due_tone(row.due, self._today()),
            ),
            table.day(N_("Last assessed on"), lambda row: row.last_on),
            Column(
                N_("State"),
                lambda row: _("Under way") if row.draft_id else None,
                chip=lambda _row: "info",
            ),
        )


class AtRisk(RiskList[AtRiskLine]):
    """Who is at which risk and what is done, of all risks or of one."""

    def __init__(
        self, risks: Risks, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        columns = self._columns()
        model = TableModel(columns, lambda row: (row.resident_id, row.risk))
        view = TableView(model, "risks.people", N_("People at risk"))
        view.set_empty(_("Nobody is at this risk."))
        super().__init__(risks, jobs, today, view)
        self.which = Choice()
        self.which.set_choices(_names(), _("All risks"))
        self.which.set_code(None)
        self.which.setAccessibleName(_("Risk"))
        self.own = button(_("Measures of the home"), "edit")
        self.file = button(_("Open the file"), "person", kind="primary")
        self.bar.addWidget(self.which)
        self.bar.addWidget(self.own)
        self.own.setVisible(user.may(Right.ASSESS))
        self.add_deeds(self.file)
        self.which.chosen.connect(self._count)
        self.own.clicked.connect(self._offer_risks)
        self.file.clicked.connect(lambda: self.open_row(view.current_row()))
        view.opened.connect(self.open_row)

    def refresh(self) -> None:
        self._jobs.run_last(self, self.show_rows, self._risks.at_risk, self._today())

    def show_rows(self, rows: Sequence[AtRiskLine]) -> None:
        """List who is at risk."""
        self.rows = rows
        self._count()

    def show_risk(self, risk: Risk | None) -> None:
        """List who is at one risk; None lists all."""
        self.which.set_code(risk)

    def fits(self, row: AtRiskLine) -> bool:
        risk = self.which.code()
        return super().fits(row) and (not risk or row.risk == risk)

    def ask_measures(self, risk: Risk) -> None:
        """Ask which measures the home offers against a risk."""
        then = partial(self._ask_measures, risk)
        self._jobs.run(self, then, self._risks.suggestions)

    def _ask_measures(self, risk: Risk, suggestions: Any) -> None:
        ask_suggestions(self._risks, suggestions, risk, self._jobs, self)

    def _count(self) -> None:
        self.filter()
        shown = [row for row in self.rows if self.fits(row)]
        people = {row.resident_id for row in shown}
        high = {row.resident_id for row in shown if row.level is Level.HIGH}
        words = _("people at risk, {high} of them at high risk").format(high=len(high))
        self.figure.show_number(str(len(people)), words)

    def _offer_risks(self) -> None:
        """Offer the risk whose measures shall be written, unless one is shown."""
        if risk := self.which.code():
            self.ask_measures(risk)
            return
        menu = QMenu(self)
        for each, name in _names().items():
            action = menu.addAction(name)
            action.triggered.connect(partial(self.ask_measures, each))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.own.mapToGlobal(self.own.rect().bottomLeft()))

    def _columns(self) -> tuple[Column[AtRiskLine], ...]:
        return (
            Column(N_("Bed"), lambda row: row.bed or None),
            Column(N_("Name"), lambda row: row.resident, bold=True),
            Column(N_("Risk"), lambda row: _(RISK_NAMES[row.risk])),
            Column(
                N_("Judged"),
                lambda row: _(LEVEL_NAMES[row.level]),
                chip=lambda row: LEVEL_TONES[row.level],
                order=lambda row: row.level,
            ),
            Column(
                N_("Measures"),
                lambda row: _("; ").join(row.measures),
                tip=lambda row: "\n".join(row.measures),
                stretch=True,
            ),
            table.day(N_("Assessed on"), lambda row: row.assessed_on),
            table.day(N_("Explained on"), lambda row: row.told_on),
            table.day(N_("Signature on"), lambda row: row.signed_on),
        )


def _names() -> dict[Risk, str]:
    return {risk: _(name) for risk, name in RISK_NAMES.items()}
