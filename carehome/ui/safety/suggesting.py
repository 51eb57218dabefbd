"""The usual plan as a list: what of it is wanted, and when, before it is planned."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_day
from carehome.rules.safety import plan as rules
from carehome.rules.safety.suggestions import Suggested
from carehome.services.safety.plan import NoPlace, RoundPlans
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.dialogs import AskDialog, FormDialog
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import share_room
from carehome.ui.safety.plan_asking import PlanForm, Standing, who

WIDE, HEAD, LINE = 1080, 56, 36


class SuggestDialog(AskDialog):
    """Shows what is usual and the plan lacks; all that is left in is planned at once.

    `planned` goes out with how many lines that were.
    """

    planned = Signal(int)

    def __init__(
        self,
        suggested: tuple[Suggested, ...],
        standing: Standing,
        plans: RoundPlans,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        super().__init__(_("The usual plan"), _("Plan it"), parent)
        self._standing, self._plans, self._jobs = standing, plans, jobs
        self._left_out = {each.preset for each in suggested if each.why_not}
        self.about = QLabel()
        self.about.setWordWrap(True)
        theme.mark(self.about, "note")
        model = TableModel(self._columns(), lambda each: each.preset)
        self.list = TableView(model, "safety.suggested", N_("The usual plan"))
        self.turn = button(_("Do not plan"), kind="small", keys="Alt+X")
        self.change = button(_("Change"), "edit", "F2", "small")
        card = self._lay_out()
        self.list.picked.connect(self._offer)
        self.list.opened.connect(self._ask_change)
        self.turn.clicked.connect(self._turn)
        self.change.clicked.connect(lambda: self._ask_change(self.list.current_row()))
        self.asked.connect(self._plan)
        self._show(suggested)
        share_room(self, {card: HEAD + LINE * len(suggested)})
        if suggested:
            self.list.select(suggested[0].preset)
        self.list.setFocus()

    @property
    def wanted(self) -> tuple[Suggested, ...]:
        """What is left in, in its order."""
        left = (e for e in self.list.table.rows if e.preset not in self._left_out)
        return tuple(left)

    def _turn(self) -> None:
        """Leave out what is chosen, or take it in again."""
        chosen = {each.preset for each in self.list.selected_rows()}
        if chosen <= self._left_out:
            self._left_out -= chosen
        else:
            self._left_out |= chosen
        self._show(tuple(self.list.table.rows))

    def _ask_change(self, suggested: Suggested | None) -> None:
        if suggested is None:
            return
        form = PlanForm(self._standing, suggested.planned.starts)
        form.show_suggested(suggested)
        dialog = FormDialog(
            suggested.form,
            form,
            _("Put into the list"),
            self,
            f"round-suggested:{suggested.preset}",
        )
        dialog.setMinimumWidth(theme.px(640))
        dialog.chosen.connect(partial(self._take, dialog, form, suggested))
        dialog.open()

    def _take(
        self,
        dialog: FormDialog,
        form: PlanForm,
        suggested: Suggested,
        values: dict[str, object],
    ) -> None:
        """Put a changed line into the list, where the rules let it be so."""
        planned = rules.only_needed(form.planned(values, suggested.planned))
        names = values["places"] or ()
        assert isinstance(names, tuple), "the field of places holds several"
        spots = tuple(spot for spot in suggested.spots if spot.name in names)
        try:
            rules.check(planned)
            if not spots:
                raise NoPlace
        except Refusal as refusal:
            dialog.refuse(refusal)
            return
        new = replace(suggested, spots=spots, planned=planned)
        self._left_out.discard(new.preset)
        rows = self.list.table.rows
        self._show(tuple(new if e.preset == new.preset else e for e in rows))
        dialog.finish()

    def _plan(self) -> None:
        call = self._plans.plan_suggested
        self._jobs.run(self, self._planned, call, self.wanted, failed=self.refuse)

    def _planned(self, count: int) -> None:
        self.planned.emit(count)
        self.finish()

    def _show(self, rows: tuple[Suggested, ...]) -> None:
        self.list.table.set_rows(list(rows))
        wanted = self.wanted
        self.set_reason("" if wanted else _("Nothing is chosen to be planned."))
        lines = [line for each in wanted for line in each.lines()]
        new = {spot.name for spot, _line in lines if spot.place_id is None}
        parts = [
            _("Leave out what the home does not have. A line can be changed first.")
        ]
        if lines:
            text = _("{count} {count:line|lines} of the plan from {day} on.")
            day = show_day(lines[0][1].starts)
            parts.append(text.format(count=len(lines), day=day))
        if new:
            text = _("New places: {names}.")
            parts.append(text.format(names=_(", ").join(sorted(new))))
        self.about.setText("\n".join(parts))
        self._offer()

    def _offer(self, _row: object = None) -> None:
        chosen = {each.preset for each in self.list.selected_rows()}
        self.turn.setEnabled(bool(chosen))
        self.change.setEnabled(self.list.current_row() is not None)
        is_out = bool(chosen) and chosen <= self._left_out
        self.turn.setText(_("Plan after all") if is_out else _("Do not plan"))

    def _lay_out(self) -> ListCard:
        deeds = QWidget()
        row = Flow(deeds, 6)
        row.addWidget(self.turn)
        row.addWidget(self.change)
        self.body.addWidget(self.about)
        self.body.addWidget(deeds)
        card = ListCard(self.list)
        self.body.addWidget(card)
        parent = self.parentWidget()
        assert parent, "a dialog stands over its page"
        self.setMinimumWidth(min(theme.px(WIDE), parent.window().width()))
        return card

    def _columns(self) -> tuple[Column[Suggested], ...]:
        return (
            Column(N_("Choice"), self._choice, chip=self._tone),
            Column(N_("Checklist"), lambda each: each.form, bold=True, width=170),
            Column(N_("Place for rounds"), _places, width=150, tip=_places),
            Column(N_("When"), _when, stretch=True, tip=_when),
            Column(N_("By whom"), lambda each: who(each.planned) or _("Anybody")),
            Column(N_("To note"), _why, width=196, tip=lambda each: each.why_not),
        )

    def _choice(self, each: Suggested) -> str:
        return _("Left out") if each.preset in self._left_out else _("To be planned")

    def _tone(self, each: Suggested) -> str:
        return "quiet" if each.preset in self._left_out else "ok"


def _places(each: Suggested) -> str:
    return _(", ").join(spot.name for spot in each.spots)


def _when(each: Suggested) -> str:
    return rules.say(each.planned)


def _why(each: Suggested) -> str | None:
    return each.why_not or None
