"""The tab of hazards: what was found, until somebody else saw that it is gone."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.rules.safety.hazards import (
    ORIGIN_NAMES,
    SEVERITY_NAMES,
    SEVERITY_TONES,
    STATE_NAMES,
    STATE_TONES,
    Hazard,
    HazardRules,
    Severity,
    State,
)
from carehome.services.safety.hazards import Hazards
from carehome.services.staff import Staff
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.safety.hazard_deeds import LimitsDialog, NewHazardDialog
from carehome.ui.safety.hazard_forms import Asked
from carehome.ui.safety.hazard_ledger import LedgerDialog
from carehome.ui.safety.hazard_panel import HazardPanel

Known = tuple[dict[int, str], HazardRules, list[str]]
STANDING, LATE, CLOSED, ALL = "standing", "late", "closed", "all"
_WORST = list(Severity)
SHOWN: dict[str, Callable[[Hazard], bool]] = {
    STANDING: lambda hazard: hazard.state is not State.CLOSED,
    LATE: lambda hazard: hazard.is_late,
    CLOSED: lambda hazard: hazard.state is State.CLOSED,
    ALL: lambda _hazard: True,
}
COLUMNS: tuple[Column[Hazard], ...] = (
    Column(N_("Number"), lambda h: h.number, bold=True),
    Column(
        N_("State"),
        lambda h: _("Overdue") if h.is_late else _(STATE_NAMES[h.state]),
        chip=lambda h: "bad" if h.is_late else STATE_TONES[h.state],
    ),
    Column(N_("What the hazard is"), lambda h: h.item, stretch=True),
    Column(
        N_("Severity"),
        lambda h: _(SEVERITY_NAMES[h.severity]),
        chip=lambda h: SEVERITY_TONES[h.severity],
        order=lambda h: _WORST.index(h.severity),
    ),
    Column(N_("Place"), lambda h: h.place),
    table.moment(N_("Deadline"), lambda h: h.due_at),
    Column(N_("Responsible"), lambda h: h.plan.responsible or None),
    table.day(N_("Found on"), lambda h: h.found_at.astimezone().date()),
    Column(N_("How it came to light"), lambda h: _(ORIGIN_NAMES[h.origin])),
)


class HazardsTab(Tab):
    """Lists hazards; a row opens to its way from finding to closing."""

    SHOWS = frozenset({"safety_hazard", "safety_hazard_rule"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._hazards = hand.service(Hazards)
        self._found: list[Hazard] = []
        self._wanted: int | None = None
        self.which = Pick(
            {
                STANDING: _("In the register"),
                LATE: _("Overdue"),
                CLOSED: _("Struck off already"),
                ALL: _("All"),
            }
        )
        self.which.setAccessibleName(_("Which hazards"))
        self.bar = Bar()
        self.bar.add(self.which)
        self.limits = self.bar.add_button(_("Deadlines"), "settings")
        self.ledger = self.bar.add_button(_("Ledger"), "print", "Ctrl+P")
        self.new = self.bar.add_button(_("Enter a hazard"), "plus", "Ctrl+N", "primary")
        model = TableModel(COLUMNS, lambda hazard: hazard.hazard_id)
        self.view = TableView(model, "safety.hazards", N_("Register of hazards"))
        self.side, self.panel = Side(), HazardPanel(hand)
        self.split = Split(ListCard(self.view), self.side, 430)
        self._arrange()

        self.which.chosen.connect(self._find)
        self.new.clicked.connect(self.ask_new)
        self.view.first_step.connect(self.ask_new)
        self.limits.clicked.connect(self._ask_limits)
        self.ledger.clicked.connect(self._ask_ledger)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.panel.told.connect(self.told)
        self.panel.plan_wanted.connect(self._ask_plan)
        self.panel.wanted.connect(self.wanted)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self._show, self._hazards.listed)

    def open_key(self, key: object) -> None:
        """Show a part of the register, or open one hazard as soon as it is read."""
        if isinstance(key, str):
            self.which.set_code(key)
            self._find()
            return
        assert isinstance(key, int), "hazards are known by their ids"
        self._wanted = key
        self._open_wanted()

    def ask_new(self) -> None:
        """Ask for a hazard that somebody noticed."""
        self._with_people(self._open_new)

    def _show(self, found: list[Hazard]) -> None:
        self._found = found
        standing = [each for each in found if each.state is not State.CLOSED]
        late = sum(each.is_late for each in standing)
        text = _("{count} in the register, {late} overdue")
        self.bar.note.setText(text.format(count=len(standing), late=late))
        self._find()
        self._open_wanted()
        current = self.view.current_row()
        if current is not None and not self.side.isHidden():
            self.panel.show_hazard(current.hazard_id)

    def _find(self) -> None:
        which = self.which.code()
        shown = SHOWN[which]
        self.view.table.set_rows([each for each in self._found if shown(each)])
        empty = {
            STANDING: _("Nothing waits to be put right."),
            LATE: _("Nothing is overdue."),
            CLOSED: _("Nothing has been closed yet."),
            ALL: _("The register is empty."),
        }[which]
        may = self.hand.may(Right.MAKE_ROUNDS) and which in (STANDING, ALL)
        self.view.set_empty(empty, _("Enter a hazard") if may else "")

    def _open_wanted(self) -> None:
        if self._wanted is None or not self._found:
            return
        wanted, self._wanted = self._wanted, None
        if not self.view.select(wanted):
            self.which.set_code(ALL)
            self._find()
            self.view.select(wanted)
        self._open(self.view.current_row())

    def _open(self, hazard: Hazard | None) -> None:
        if hazard is not None:
            self.split.open_side()
            self.view.show_columns(4)
            self._look(hazard)

    def _look(self, hazard: Hazard | None) -> None:
        if hazard is not None and not self.side.isHidden():
            title = _("Hazard {number}").format(number=hazard.number)
            self.side.title.setText(title)
            self.panel.show_hazard(hazard.hazard_id)

    def _open_new(self, asked: Asked) -> None:
        dialog = NewHazardDialog(asked, self.hand, self)
        dialog.answered.connect(self.open_key)
        dialog.accepted.connect(lambda: self.told.emit(_("The hazard is entered.")))
        dialog.open()

    def _ask_plan(self, hazard: Hazard) -> None:
        self._with_people(partial(self.panel.ask_plan, hazard))

    def _with_people(self, then: Callable[[Asked], object]) -> None:
        staff, day = self.hand.service(Staff), self.hand.today()
        read = partial(_known, staff, self._hazards, day)
        self.hand.jobs.run(self, partial(self._ask_with, then), read)

    def _ask_with(self, then: Callable[[Asked], object], known: Known) -> None:
        people, rules, places = known
        then(Asked(people, rules, self.hand.clock().astimezone(), places))

    def _ask_limits(self) -> None:
        self.hand.jobs.run(self, self._open_limits, self._hazards.rules)

    def _open_limits(self, rules: HazardRules) -> None:
        dialog = LimitsDialog(rules, self.hand, self)
        text = _("The deadlines hold for what is found from now on.")
        dialog.accepted.connect(lambda: self.told.emit(text))
        dialog.open()

    def _ask_ledger(self) -> None:
        LedgerDialog(self.hand, self).open()

    def _arrange(self) -> None:
        self.which.set_code(STANDING)
        self.new.setVisible(self.hand.may(Right.MAKE_ROUNDS))
        self.limits.setVisible(self.hand.may(Right.CHANGE_SAFETY))
        self.side.body.addWidget(scrolling(self.panel), 1)
        self.panel.hide()  # until it has something to show
        self.side.closed.connect(partial(self.view.show_columns, 99))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)


def _known(staff: Staff, hazards: Hazards, day: date) -> Known:
    """Read what the forms know beforehand."""
    people = {member.staff_id: member.name for member in staff.members(day)}
    return people, hazards.rules(), hazards.places()
