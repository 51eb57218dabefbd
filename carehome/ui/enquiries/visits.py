"""Visits: those to come first, then the past ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.enquiries import VISIT_NAMES
from carehome.services.enquiries import Visit
from carehome.ui.enquiries.hand import Hand
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar

TONES = {"planned": "info", "came": "ok", "missed": "warn", "called_off": "quiet"}
COLUMNS: tuple[Column[Visit], ...] = (
    table.day(N_("Day"), lambda visit: visit.planned_on, bold=True),
    Column(N_("Time"), lambda visit: visit.at),
    Column(N_("Who comes"), lambda visit: visit.who, bold=True),
    Column(N_("Shown round by"), lambda visit: visit.guide or None),
    Column(
        N_("State"),
        lambda visit: _(VISIT_NAMES[visit.state]),
        chip=lambda visit: TONES[visit.state],
    ),
    Column(N_("Impression"), lambda visit: visit.impression or None, stretch=True),
    Column(N_("Questions"), lambda visit: visit.questions or None),
)


class VisitList(LiveView):
    """Lists all visits; Enter opens the enquiry that one belongs to."""

    SHOWS = frozenset({"visit", "enquiry"})
    enquiry_wanted = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self.bar = Bar()
        self.view = TableView(
            TableModel(COLUMNS, lambda visit: visit.visit_id),
            "enquiries.visits",
            N_("Visits"),
        )
        self.view.set_empty(
            _("No visit is planned. Plan one in the file of an enquiry.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)
        self.view.opened.connect(lambda row: self.enquiry_wanted.emit(row.enquiry_id))

    def refresh(self) -> None:
        read = self._hand.services.enquiries.visits
        self._hand.jobs.run_last(self, self._show, read)

    def _show(self, visits: list[Visit]) -> None:
        today = self._hand.today()
        planned = [each for each in visits if each.state == "planned"]
        now = [each for each in planned if each.planned_on <= today]
        text = _("{count} planned, {now} today or still without an answer")
        self.bar.note.setText(text.format(count=len(planned), now=len(now)))
        self.view.table.set_rows(visits)
