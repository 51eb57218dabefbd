"""Who is away: where, with whom, since when, and who should be back by now."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.phones import show_phone
from carehome.rules.residents import ABSENCE_NAMES
from carehome.services.residents import Residents
from carehome.services.residents.away import AwayLine
from carehome.ui.kit import table
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import PageFrame
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import absence

LATE = "late"
COLUMNS: tuple[Column[AwayLine], ...] = (
    Column(N_("Name"), lambda a: a.name, bold=True),
    Column(N_("Bed"), lambda a: a.bed or None),
    Column(
        N_("Kind"),
        lambda a: _(ABSENCE_NAMES[a.absence.kind]),
        chip=lambda a: absence.tone(a.absence.kind),
    ),
    table.day(N_("Away since"), lambda a: a.absence.left_on),
    table.number(N_("Days"), lambda a: a.days),
    table.day(N_("Expected on"), lambda a: a.absence.expected_on),
    table.number(N_("Days late"), lambda a: a.late or None, tone=lambda _a: "bad"),
    Column(N_("Hospital or place"), lambda a: a.absence.place or None),
    Column(N_("Ward"), lambda a: a.absence.ward or None),
    Column(N_("Accompanied by"), lambda a: a.absence.escort or None),
    Column(N_("Phone"), lambda a: show_phone(a.absence.phone) or None),
    Column(N_("Note"), lambda a: a.absence.note or None, stretch=True),
)


class AwayView(LiveView):
    """Everybody who is away today; Enter opens the file."""

    SHOWS = frozenset({"absence", "resident", "stay", "bed_use", "bed", "room"})
    left = Signal()
    resident_wanted = Signal(int)

    def __init__(
        self, residents: Residents, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._residents = residents
        self._jobs = jobs
        self._today = today
        self._lines: list[AwayLine] = []
        self.frame = PageFrame(_("Who is away"))
        self.back = self.frame.head.add_button(_("Back to the list"), "left", "Esc")
        kinds = {code: _(name) for code, name in ABSENCE_NAMES.items()}
        self.which = Pick({"": _("Everybody away"), **kinds, LATE: _("Overdue")})
        self.which.setAccessibleName(_("Who is listed"))
        self.which.set_code("")
        self.list = TableView(
            TableModel(COLUMNS, lambda a: a.absence.absence_id),
            "residents.away",
            N_("Who is away"),
        )
        self.frame.body.addWidget(self.which)
        self.frame.body.addWidget(ListCard(self.list), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        lead(self, self.list)
        self.back.clicked.connect(self.left)
        self.which.chosen.connect(self._filter)
        self.list.opened.connect(lambda a: self.resident_wanted.emit(a.resident_id))

    def refresh(self) -> None:
        """Read who is away today."""
        self._jobs.run_last(self, self._show, self._residents.away, self._today())

    def _show(self, lines: list[AwayLine]) -> None:
        self._lines = lines
        self._filter()

    def _filter(self) -> None:
        which = self.which.code()
        shown = [
            line
            for line in self._lines
            if not which
            or (line.is_late if which == LATE else line.absence.kind == which)
        ]
        self.list.table.set_rows(shown)
        self.list.set_empty(_("Nobody is away."))
