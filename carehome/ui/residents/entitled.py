"""Who of the residents may be entitled to what of the national list."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.entitlements import STANDING_NAMES, Standing, items
from carehome.services.entitlements import Entitlements, Reminder
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import PageFrame
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.standings import STANDING_TONES, say_why

REVIEW = "review"
COLUMNS: tuple[Column[Reminder], ...] = (
    Column(N_("Name"), lambda r: r.name, bold=True),
    Column(N_("Bed"), lambda r: r.bed or None),
    table.number(N_("No."), lambda r: r.entitlement.finding.item.number),
    Column(
        N_("Item"),
        lambda r: r.entitlement.finding.item.name,
        tip=lambda r: r.entitlement.finding.item.content,
    ),
    Column(
        N_("State"),
        lambda r: _(STANDING_NAMES[r.entitlement.finding.standing]),
        chip=lambda r: STANDING_TONES[r.entitlement.finding.standing],
    ),
    table.day(N_("Since"), lambda r: r.entitlement.since),
    Column(
        N_("Why"),
        lambda r: say_why(r.entitlement),
        tip=lambda r: say_why(r.entitlement),
        stretch=True,
    ),
)


class EntitledView(LiveView):
    """Reminds of what residents may be entitled to; Enter opens the file."""

    SHOWS = frozenset(
        {
            *("entitlement", "resident_category", "resident", "stay", "grade_rule"),
            *("bed_use", "bed", "room"),
        }
    )
    left = Signal()
    resident_wanted = Signal(int)

    def __init__(self, entitlements: Entitlements, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._entitlements = entitlements
        self._jobs = jobs
        self._reminders: list[Reminder] = []
        self.frame = PageFrame(_("Who may be entitled to what"))
        self.back = self.frame.head.add_button(_("Back to the list"), "left", "Esc")
        shown = (Standing.MAY, Standing.UNKNOWN, Standing.RECEIVES, Standing.APPLIED)
        states = {state.value: _(STANDING_NAMES[state]) for state in shown}
        self.which = Pick({**states, REVIEW: _("Two kinds of subsidy")})
        self.which.setAccessibleName(_("State"))
        self.which.set_code(Standing.MAY.value)
        self.item = Choice()
        self.item.setAccessibleName(_("Item"))
        offered = {x.code: f"{x.number}  {x.name}" for x in items()}
        self.item.set_choices({"": _("All items"), **offered})
        self.item.set_code("")
        self.list = TableView(
            TableModel(
                COLUMNS, lambda r: (r.resident_id, r.entitlement.finding.item.number)
            ),
            "residents.entitled",
            N_("Who may be entitled to what"),
        )
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.which)
        row.addWidget(self.item)
        row.addStretch()
        self.frame.body.addLayout(row)
        self.frame.body.addWidget(ListCard(self.list), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        lead(self, self.list)
        self.back.clicked.connect(self.left)
        self.which.chosen.connect(self._filter)
        self.item.chosen.connect(self._filter)
        self.list.opened.connect(lambda r: self.resident_wanted.emit(r.resident_id))

    def refresh(self) -> None:
        """Read how everybody stands with every item."""
        self._jobs.run_last(self, self._show, self._entitlements.reminders)

    def _show(self, reminders: list[Reminder]) -> None:
        self._reminders = reminders
        self._filter()

    def _filter(self) -> None:
        which, item = self.which.code(), self.item.code()
        self.list.table.set_rows(
            [
                each
                for each in self._reminders
                if _fits(each, which)
                and (not item or each.entitlement.finding.item.code == item)
            ]
        )
        self.list.set_empty(_("Nobody stands like that with any of these items."))


def _fits(reminder: Reminder, which: str) -> bool:
    if which == REVIEW:
        got = reminder.entitlement.finding.standing is Standing.RECEIVES
        return reminder.is_for_review and got
    return reminder.entitlement.finding.standing.value == which
