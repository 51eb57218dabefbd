"""What people would like of a month: listed, noted and struck out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.periods import months_after
from carehome.rules.rosters.wishes import WISH_NAMES, WeightOff, WishUnclear
from carehome.services.rosters import NewWish, Rosters, WishLine
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField, NumberField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel, number
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.rosters.month_pick import MonthPick

USUAL = 5  # points
OFF, ON, NOT = WISH_NAMES


@dataclass(frozen=True, slots=True)
class Choices:
    """Who is on the roster of a month, and what can be wished."""

    people: Mapping[int, str]
    wishes: Mapping[str, str]


def read_choices(rosters: Rosters, first: date) -> Choices:
    """Return who can wish what; called in the background."""
    month = rosters.month(first)
    people = {int(each.key): each.name for each in month.problem.people}
    wishes = {_coded(OFF): _("day off"), _coded(ON): _("to work, whichever shift")}
    shifts = {kind.shift.code: kind.shift.name for kind in month.kinds}
    for kind, text in ((ON, _("{shift}, please")), (NOT, _("no {shift}, please"))):
        for code, name in shifts.items():
            wishes[_coded(kind, code)] = text.format(shift=name)
    return Choices(people, wishes)


class WishDialog(DeedDialog):
    """Notes what somebody would like of a day."""

    def __init__(
        self,
        choices: Choices,
        first: date,
        rosters: Rosters,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        form = Form()
        form.add("staff_id", ChoiceField(_("Whose wish"), choices.people))
        form.add("day", DateField(_("For which day"), first))
        what = ChoiceField(_("What they would like"), choices.wishes)
        form.add("wish", what, blame=(WishUnclear,))
        hint = _("Points that it costs not to meet it; 5 is usual, 10 urgent.")
        weight = form.add(
            "weight",
            NumberField(_("How much it counts"), hint=hint),
            blame=(WeightOff,),
        )
        form.add("note", NoteField(_("Why they wish it"), needed=False, lines=2))
        super().__init__(
            _("Note a wish for the roster"),
            form,
            _("Note the wish"),
            jobs,
            lambda values: partial(rosters.add_wish, _wish(values)),
            parent,
            "roster-wish",
        )
        if not weight.raw():
            weight.set_value(USUAL)


def say_wish(line: WishLine) -> str:
    """Say in few words what somebody would like."""
    if line.kind == OFF:
        return _("day off")
    if not line.shift:
        return _("to work, whichever shift")
    text = _("no {shift}, please") if line.kind == NOT else _("{shift}, please")
    return text.format(shift=line.shift)


COLUMNS: tuple[Column[WishLine], ...] = (
    table.day(N_("Wished for"), lambda line: line.day),
    Column(N_("Name"), lambda line: line.name, bold=True),
    Column(N_("What they would like"), say_wish),
    number(N_("How much it counts"), lambda line: line.weight),
    Column(N_("Why they wish it"), lambda line: line.note, stretch=True),
    table.moment(N_("Noted at"), lambda line: line.asked_at),
    Column(N_("Wish noted by"), lambda line: line.noted_by),
)


class WishesView(LiveView):
    """Lists the wishes of a month; new ones are noted and old ones struck out."""

    SHOWS = frozenset({"roster_wish", "staff_member", "shift_kind"})

    def __init__(
        self, rosters: Rosters, jobs: Jobs, may_write: bool, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._rosters, self._jobs = rosters, jobs
        self.month = MonthPick(months_after(today().replace(day=1), 1))
        self.bar = Bar(self.month)
        self.strike = self.bar.add_button(_("Strike out the wish"), "remove")
        self.add = self.bar.add_button(_("Note a wish"), "plus", kind="primary")
        model: TableModel[WishLine] = TableModel(COLUMNS, lambda line: line.wish_id)
        self.view = TableView(model, "rosters.wishes", N_("Wishes for the roster"))
        self.view.set_empty(_("Nobody has a wish for this month yet."))
        for deed in (self.strike, self.add):
            deed.setVisible(may_write)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)
        self.month.chosen.connect(lambda _first: self.refresh())
        self.view.picked.connect(self._look)
        self.add.clicked.connect(self._ask)
        self.strike.clicked.connect(self._strike)
        self._look(None)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._rosters.wishes, self.month.first)

    def _show(self, lines: list[WishLine]) -> None:
        text = _("{count} {count:wish|wishes} for this month")
        self.bar.note.setText(text.format(count=len(lines)))
        self.view.table.set_rows(lines)
        self._look(self.view.current_row())

    def _look(self, line: WishLine | None) -> None:
        self.strike.setEnabled(line is not None)

    def _ask(self) -> None:
        values = (self._rosters, self.month.first)
        self._jobs.run(self, self._ask_of, read_choices, *values)

    def _ask_of(self, choices: Choices) -> None:
        first = self.month.first
        WishDialog(choices, first, self._rosters, self._jobs, self).open()

    def _strike(self) -> None:
        line = self.view.current_row()
        if line is not None:
            call = self._rosters.remove_wish
            self._jobs.run(self, _nothing, call, line.wish_id)


def _coded(kind: str, code: str = "") -> str:
    return f"{kind}:{code}"


def _wish(values: Mapping[str, Any]) -> NewWish:
    kind, _colon, code = values["wish"].partition(":")
    return NewWish(
        values["staff_id"],
        values["day"],
        kind,
        code,
        values["weight"],
        values["note"] or "",
    )


def _nothing(_answer: object) -> None:
    """The change shows by itself."""
