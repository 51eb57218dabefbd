"""The tab of where the home stands and what would lift its grade."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.ratings.grades import Verdict
from carehome.rules.ratings.lifting import Lift
from carehome.rules.rights import Right
from carehome.services.ratings.assessments import SelfAssessments
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.ratings.plan import PlanStep, RatingPlan
from carehome.services.ratings.standing import (
    STANDS_ON,
    RatingStanding,
    SelfLine,
    Standing,
)
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.ratings.awards import AwardsView, ask_award, look_at_scan
from carehome.ui.ratings.lifts import ask_effort, lifts_list
from carehome.ui.ratings.plan import (
    ask_step,
    plan_list,
    step_for_condition,
    step_for_lift,
)
from carehome.ui.ratings.standing_now import NowView, Thing, say_planned

NOW, NEAREST, PLAN, HELD = "now", "nearest", "plan", "held"
VIEWS = {
    NOW: N_("How it stands"),
    NEAREST: N_("What would lift the grade"),
    PLAN: N_("Plan"),
    HELD: N_("Grades held and history"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """All that the tab shows, read at once."""

    selves: list[SelfLine]
    standing: Standing | None
    awards: list[Award]
    people: dict[int, str]


class StandingTab(Tab):
    """Says where the home stands, what would lift it, what is planned and was held.

    `read` goes out when all was read.
    """

    SHOWS = STANDS_ON
    read = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._standing = hand.service(RatingStanding)
        self._plan, self._awards = hand.service(RatingPlan), hand.service(RatingAwards)
        self._selves = hand.service(SelfAssessments)
        self.known = Known([], None, [], {})
        self.which = Pick({code: _(name) for code, name in VIEWS.items()})
        self.which.setAccessibleName(_("View"))
        self.whose = Choice()
        self.whose.setAccessibleName(_("Self-assessment"))
        self.bar = Bar(self.which)
        self.bar.add(self.whose)
        self.effort = self.bar.add_button(_("Effort"), "edit")
        self.scan = self.bar.add_button(_("Scan"), "paper", "Alt+S")
        self.change = self.bar.add_button(_("Change"), "edit", "F2")
        self.remove = self.bar.add_button(_("Remove"), "remove")
        self.done = self.bar.add_button(_("Done today"), "check", "Alt+D")
        self.add = self.bar.add_button("", "plus", "Alt+N", "primary")
        self.now = NowView(hand.may(Right.JUDGE_RATING))
        self.lifts, self.plan = lifts_list(self._planned), plan_list(hand)
        self.held = AwardsView(hand)
        self.none = QLabel(
            _("Where the home stands is shown once a self-assessment has been begun.")
        )
        theme.mark(self.none, "hint")
        self._stack = QStackedWidget()
        self._views: dict[str, QWidget] = {
            NOW: self.now,
            NEAREST: ListCard(self.lifts),
            PLAN: ListCard(self.plan),
            HELD: scrolling(self.held),
        }
        self._lay_out()
        self._connect()
        self.which.set_code(NOW)

    def refresh(self) -> None:
        services = self._standing, self._awards, self._selves
        self.hand.jobs.run_last(self, self._show, _read, *services, self.whose.code())

    def open_key(self, key: object) -> None:
        """Open a view by its code, or a self-assessment by its id."""
        if key in VIEWS:
            self.which.set_code(key)
        elif isinstance(key, int):
            self.whose.set_code(key)

    @property
    def standing(self) -> Standing | None:
        """Return what is shown."""
        return self.known.standing

    def plan_thing(self, thing: Thing) -> None:
        """Ask how a thing that would lift the grade is done."""
        if isinstance(thing, Verdict):
            self._ask(step_for_condition(self._self_id(), thing))
        else:
            self._ask(step_for_lift(self._self_id(), thing.lift))

    def _lay_out(self) -> None:
        for view in self._views.values():
            self._stack.addWidget(view)
        self._stack.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        lead(self, self.which)

    def _connect(self) -> None:
        self.which.chosen.connect(self._turn)
        self.whose.chosen.connect(self.refresh)
        self.now.wanted.connect(self.plan_thing)
        self.now.all_wanted.connect(partial(self.which.set_code, NEAREST))
        self.add.clicked.connect(self._add)
        self.scan.clicked.connect(self._look_at_scan)
        self.change.clicked.connect(self._change)
        self.done.clicked.connect(self._switch_done)
        self.remove.clicked.connect(self._remove)
        self.effort.clicked.connect(self._ask_effort)
        self.lifts.opened.connect(self._open_item)
        self.plan.opened.connect(self._ask)
        self.held.view.opened.connect(self._ask_award)
        for view in (self.lifts, self.plan, self.held.view):
            view.picked.connect(self._offer)

    def _show(self, known: Known) -> None:
        self.known = known
        self.whose.blockSignals(True)
        self.whose.set_choices({each.self_id: each.name for each in known.selves})
        if known.standing:
            self.whose.set_code(known.standing.line.self_id)
        self.whose.blockSignals(False)
        if known.standing:
            self.now.show_standing(known.standing)
            self.lifts.table.set_rows(list(known.standing.lifts))
            self.plan.table.set_rows(list(known.standing.plan))
        history = known.standing.history if known.standing else ()
        self.held.show_history(history, known.awards)
        self._turn()
        self.read.emit()

    def _planned(self, lift: Lift) -> str:
        """Say who has an item in hand, as the plan has it."""
        steps = self.known.standing.plan if self.known.standing else ()
        return next(
            (
                say_planned(step)
                for step in steps
                if step.item_id == lift.item.item_id and not step.is_done
            ),
            "",
        )

    def _turn(self) -> None:
        code = self.which.code()
        has = self.standing is not None or code == HELD
        self._stack.setCurrentWidget(self._views[code] if has else self.none)
        self.whose.setVisible(len(self.known.selves) > 1 and code != HELD)
        judges, changes = (
            self.hand.may(Right.JUDGE_RATING),
            self.hand.may(Right.CHANGE_RATING),
        )
        may = changes if code == HELD else judges and has
        self._tell_stamp(code)
        self.add.setVisible(may and code != NOW)
        self.add.setText(_("Record a grade") if code == HELD else _("Plan a step"))
        self.effort.setVisible(may and code == NEAREST and self._is_open())
        self.scan.setVisible(code == HELD)
        self.done.setVisible(may and code == PLAN)
        self.change.setVisible(may and code in (PLAN, HELD))
        self.remove.setVisible(may and code in (PLAN, HELD))
        self._offer()

    def _tell_stamp(self, code: str) -> None:
        """Say above lists of points that these are not official."""
        stamp = self.standing.stamp if self.standing else ""
        self.bar.note.setText(stamp)
        self.bar.note.setVisible(bool(stamp) and code in (NEAREST, PLAN))

    def _offer(self, _row: object = None) -> None:
        code = self.which.code()
        views: dict[str, TableView[Any]] = {
            NEAREST: self.lifts,
            PLAN: self.plan,
            HELD: self.held.view,
        }
        row = views[code].current_row() if code in views else None
        for each in (self.change, self.remove, self.done, self.effort):
            each.setEnabled(row is not None)
        self.scan.setEnabled(isinstance(row, Award) and bool(row.file_name))
        is_done = isinstance(row, PlanStep) and row.is_done
        self.done.setText(_("To do again") if is_done else _("Done today"))

    def _add(self) -> None:
        if self.which.code() == HELD:
            self._ask_award(None)
            return
        lift = self.lifts.current_row() if self.which.code() == NEAREST else None
        self_id = self._self_id()
        self._ask(step_for_lift(self_id, lift) if lift else PlanStep(self_id, ""))

    def _change(self) -> None:
        if self.which.code() == HELD:
            self._ask_award(self.held.view.current_row())
        elif row := self.plan.current_row():
            self._ask(row)

    def _ask(self, step: PlanStep) -> None:
        if self.hand.may(Right.JUDGE_RATING):
            ask_step(self, self._plan, step, self.known.people)

    def _ask_award(self, award: Award | None) -> None:
        if self.hand.may(Right.CHANGE_RATING):
            ask_award(self, self._awards, award)

    def _look_at_scan(self) -> None:
        award = self.held.view.current_row()
        if award and award.file_name:
            look_at_scan(self, self._awards, award)

    def _ask_effort(self) -> None:
        if lift := self.lifts.current_row():
            ask_effort(self, self._standing, self._self_id(), lift)

    def _open_item(self, lift: Lift) -> None:
        self.wanted.emit("Self-assessment", (self._self_id(), lift.item.item_id))

    def _switch_done(self) -> None:
        if row := self.plan.current_row():
            day = None if row.is_done else self.hand.today()
            self._run(self._plan.set_done, row.step_id, day)

    def _remove(self) -> None:
        if self.which.code() == HELD:
            if award := self.held.view.current_row():
                self._run(self._awards.remove, award.award_id)
        elif step := self.plan.current_row():
            self._run(self._plan.remove, step.step_id)

    def _run(self, deed: Any, *values: Any) -> None:
        self.hand.jobs.run(self, self._say_done, deed, *values, failed=self._fail)

    def _say_done(self, _done: object) -> None:
        self.told.emit(_("Saved."))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _self_id(self) -> int:
        assert self.standing is not None, "a plan belongs to a self-assessment"
        return self.standing.line.self_id

    def _is_open(self) -> bool:
        return self.standing is not None and self.standing.line.is_open


def _read(
    standing: RatingStanding,
    awards: RatingAwards,
    selves: SelfAssessments,
    self_id: int | None,
) -> Known:
    """Read all that the tab shows."""
    return Known(
        standing.selves(), standing.standing(self_id), awards.listed(), selves.people()
    )
