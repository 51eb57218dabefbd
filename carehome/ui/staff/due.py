"""What ends soon in the files of the staff, and which shifts a lapse will cost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, say_day
from carehome.rules.certificates import Urgency
from carehome.rules.deadlines import MATTER_NAMES, Deadline, Matter
from carehome.rules.rights import Right
from carehome.services.lapses import LostShift
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.staff.file import StaffPanel
from carehome.ui.staff.hand import Hand, StaffServices
from carehome.ui.staff.words import TONES, by_name, say_left

ALL, CERTIFICATE, CONTRACT, OTHER = "all", "certificate", "contract", "other"
GROUPS: Mapping[str, frozenset[Matter]] = {
    ALL: frozenset(Matter),
    CERTIFICATE: frozenset({Matter.CERTIFICATE, Matter.MISSING}),
    CONTRACT: frozenset({Matter.CONTRACT, Matter.NO_CONTRACT, Matter.TRIAL}),
}
OTHERS = GROUPS[ALL] - GROUPS[CERTIFICATE] - GROUPS[CONTRACT]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What ends, and the shifts that are lost by it within a month."""

    due: tuple[Deadline, ...]
    lost: tuple[LostShift, ...]

    def cost(self, due: Deadline) -> list[LostShift]:
        """Return the shifts that a certificate costs which ends or is missing."""
        if due.matter not in GROUPS[CERTIFICATE]:
            return []
        return [
            shift
            for shift in self.lost
            if (shift.staff_id, shift.certificate) == (due.staff_id, due.about)
        ]


def read_ahead(services: StaffServices, sees_roster: bool, today: date) -> Ahead:
    """Read what is due, and what it will cost where the person may see rosters."""
    due = services.staff.due(today)
    lost = services.lapses.ahead() if sees_roster else []
    return Ahead(tuple(due), tuple(lost))


def _columns(
    today: Callable[[], date], cost: Callable[[Deadline], str | None]
) -> tuple[Column[Deadline], ...]:
    return (
        Column(
            N_("Name"), lambda d: d.name, bold=True, order=lambda d: by_name(d.name)
        ),
        Column(N_("Main post"), lambda d: d.post or None),
        Column(N_("Matter"), lambda d: _(MATTER_NAMES[d.matter])),
        Column(N_("In particular"), lambda d: _(d.about) if d.about else None),
        Column(
            N_("Time left"),
            lambda d: say_left(d.last_day, today()),
            chip=lambda d: TONES[d.urgency],
            order=lambda d: d.last_day or date.min,
        ),
        table.day(N_("Last day"), lambda d: d.last_day),
        table.day(N_("Apply by"), lambda d: d.apply_by),
        Column(N_("Shifts lost within a month"), cost, stretch=True, bold=True),
    )


def _say_missing(shift: LostShift) -> str:
    """Say whom a shift lacks once somebody may not work it."""
    if not shift.missing:
        return _("Enough people stay")
    text = _("{count} {count:person|people} missing")
    said = text.format(count=shift.missing)
    return "  ".join(filter(None, (said, shift.unit)))


LOST: tuple[Column[LostShift], ...] = (
    Column(N_("Day"), lambda s: s.day, say_day, bold=True),
    Column(N_("Shift"), lambda s: s.shift),
    Column(N_("Name"), lambda s: s.name, order=lambda s: by_name(s.name)),
    Column(N_("Name of the certificate"), lambda s: s.certificate),
    Column(N_("Not valid from"), lambda s: s.since, say_day),
    Column(
        N_("People missing then"),
        _say_missing,
        chip=lambda s: "bad" if s.missing else None,
        stretch=True,
    ),
)


def _key(due: Deadline) -> object:
    return due.staff_id, due.matter, due.about, due.certificate_id


class DueList(LiveView):
    """Lists what ends, the gravest first; below, the rostered shifts it costs.

    `member_wanted` carries somebody whose file shall open, and at which leaf.
    """

    SHOWS = StaffPanel.SHOWS | {
        *("roster", "roster_cell", "shift_kind", "shift_need", "calendar_day"),
    }
    member_wanted = Signal(int, str)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._ahead = Ahead((), ())
        names = {
            ALL: _("All"),
            CERTIFICATE: _("Certificates"),
            CONTRACT: _("Contracts"),
            OTHER: _("Insurance and others"),
        }
        self.which = Pick(names)
        self.which.setAccessibleName(_("What ends"))
        self.bar = Bar(self.which)
        shown = _columns(hand.today, self._say_cost)
        self.view = TableView(
            TableModel(shown, _key),
            "staff.due",
            N_("What ends soon"),
        )
        self.lost = TableView(
            TableModel(LOST, lambda s: (s.staff_id, s.day, s.certificate)),
            "staff.lost",
            N_("Shifts lost by lapses"),
        )
        title = _("Rostered shifts that lapses cost within a month")
        self.card = ListCard(self.lost, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 3)
        column.addWidget(self.card, 2)
        lead(self, self.view)

        self._sees_roster = hand.may(Right.SEE_ROSTER)
        self.card.setVisible(self._sees_roster)
        self.which.set_code(CERTIFICATE)
        self.lost.set_empty(_("No shift on the rosters is lost within a month."))
        self.which.chosen.connect(self._find)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._narrow)
        self.lost.opened.connect(self._open_lost)

    def refresh(self) -> None:
        """Read again what ends and what it costs."""
        values = (self._hand.services, self._sees_roster, self._hand.today())
        self._hand.jobs.run_last(self, self._show, read_ahead, *values)

    def show_group(self, matter: Matter) -> None:
        """List what another page speaks of."""
        group = next((g for g in (CERTIFICATE, CONTRACT) if matter in GROUPS[g]), OTHER)
        self.which.set_code(group)

    def _show(self, ahead: Ahead) -> None:
        self._ahead = ahead
        self._find()
        self._narrow(self.view.current_row())

    def _find(self) -> None:
        group = GROUPS.get(self.which.code(), OTHERS)
        found = [due for due in self._ahead.due if due.matter in group]
        self.view.table.set_rows(found)
        urgent = sum(due.urgency <= Urgency.NEAR for due in found)
        text = _("{count} on the list, {urgent} lapsed, missing or within days")
        self.bar.note.setText(text.format(count=len(found), urgent=urgent))
        self.view.set_empty(_("Nothing of this kind ends soon."))

    def _narrow(self, due: Deadline | None) -> None:
        """Show what the thing under the cursor costs, or else everything."""
        lost = self._ahead.cost(due) if due else []
        self.lost.table.set_rows(lost or self._ahead.lost)
        whose = due.name if due and lost else _("all of them")
        self.card.note.setText(whose)

    def _say_cost(self, due: Deadline) -> str | None:
        lost = self._ahead.cost(due)
        if not lost:
            return None
        short = sum(bool(shift.missing) for shift in lost)
        if not short:
            return _("{count} {count:shift|shifts}").format(count=len(lost))
        text = _("{count} {count:shift|shifts}, {short} then short of people")
        return text.format(count=len(lost), short=short)

    def _open(self, due: Deadline) -> None:
        leaf = _("Certificates") if due.matter in GROUPS[CERTIFICATE] else _("Basics")
        if due.matter in (Matter.PROTECTION, Matter.PROTECTION_ENDS):
            leaf = _("Leave and protection")
        self.member_wanted.emit(due.staff_id, leaf)

    def _open_lost(self, shift: LostShift) -> None:
        self.member_wanted.emit(shift.staff_id, _("Certificates"))
