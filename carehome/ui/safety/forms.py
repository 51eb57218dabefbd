"""The tab of forms and the plan: what is checked, where, when and by whom."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.safety import plan as rules
from carehome.rules.safety.forms import (
    KIND_NAMES,
    Form,
    FormItem,
    FormKind,
    presets,
)
from carehome.rules.safety.plan import Planned
from carehome.rules.safety.suggestions import Suggested
from carehome.services.safety.form_papers import FormPapers
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.plan import Place, RoundPlans
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.buttons import icon_button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.forms import Form as AskForm
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import Deed, DeedDialog, let_scroll
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.safety.form_asking import head_form, with_head
from carehome.ui.safety.form_file import FormFile
from carehome.ui.safety.plan_asking import (
    PlanForm,
    Standing,
    place_deed,
    place_form,
    plan_deed,
    who,
)
from carehome.ui.safety.suggesting import SuggestDialog

PLAN, FORMS, PLACES = "plan", "forms", "places"
WIDE = 640
MOST_FACTS = 6  # of what is ended, before the rest is only counted


def read_standing(forms: SafetyForms, plans: RoundPlans) -> Standing:
    """Read forms, places and plan, and what came with the program."""
    return Standing(tuple(forms.listed()), plans.board(), presets())


class FormsTab(Tab):
    """Lists the plan, the forms and the places; each is changed where it stands."""

    SHOWS = frozenset({"form", "form_version", "round_plan", "safety_place", "floor"})
    read = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._forms, self._plans = hand.service(SafetyForms), hand.service(RoundPlans)
        self._standing: Standing | None = None
        self._wanted: object = None
        self.which = Pick(
            {PLAN: _("Plan"), FORMS: _("Checklists"), PLACES: _("Places")}
        )
        self.which.setAccessibleName(_("List"))
        self.bar = Bar(self.which)
        self.take = self.bar.add_button(
            _("Take over the program's checklists"), "import"
        )
        self.suggest = self.bar.add_button(_("Suggest the usual plan"), "list")
        self.up = icon_button(
            "up", _("Place up"), partial(self._shift, -1), "Alt+Shift+Up"
        )
        self.down = icon_button(
            "down", _("Place down"), partial(self._shift, 1), "Alt+Shift+Down"
        )
        self.bar.add(self.up)
        self.bar.add(self.down)
        self.off = self.bar.add_button(_("Out of use"), "hide")
        self.end = self.bar.add_button(_("End"), "close")
        self.change = self.bar.add_button(_("Change"), "edit", "F2")
        self.add = self.bar.add_button(_("New entry"), "plus", "Alt+N")
        self.plan = self._list(self._plan_columns(), "plan_id", "plan", N_("Plan"))
        self.forms = self._list(FORM_COLUMNS, "form_id", "forms", N_("Checklists"))
        self.places = self._list(
            self._place_columns(), "place_id", "places", N_("Places")
        )
        self._views = {PLAN: self.plan, FORMS: self.forms, PLACES: self.places}
        self.file = FormFile(self._forms, hand.service(FormPapers), hand.jobs)
        self._stack = QStackedWidget()
        self.split = Split(self._left(), self.file, 620, 0.62)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)
        self.which.set_code(PLAN)
        lead(self, self.which)

        self.which.chosen.connect(self._turn)
        self.take.clicked.connect(self._take_presets)
        self.suggest.clicked.connect(self.ask_suggested)
        self.plan.first_step.connect(self.ask_suggested)
        self.off.clicked.connect(self._switch)
        self.end.clicked.connect(self._end)
        self.change.clicked.connect(self._change)
        self.add.clicked.connect(self.ask_new)
        self.forms.picked.connect(self._show_file)
        self.file.saved.connect(self.told)
        self.file.closed.connect(self._widen)
        self._turn()

    @property
    def view(self) -> TableView[Any]:
        """The list that is shown."""
        return self._views[self.which.code()]

    def refresh(self) -> None:
        """Read forms, places and plan again."""
        self.hand.jobs.run_last(
            self, self._show, read_standing, self._forms, self._plans
        )

    def open_key(self, key: object) -> None:
        """Open a checklist by its id."""
        self._wanted = key
        self.which.set_code(FORMS)
        self._turn()
        self._open_wanted()

    def ask_new(self) -> None:
        """Ask for a line of the plan, a checklist or a place that is new."""
        match self.which.code():
            case "plan":
                self.ask_plan(None)
            case "forms":
                self._ask_form()
            case _other:
                self.ask_place(Place(""))

    def ask_plan(self, planned: Planned | None) -> None:
        """Ask for a line of the plan, or what shall be another of one."""
        if self._standing is None:
            return
        form = PlanForm(self._standing, self.hand.today())
        title, do, draft = _("New line of the plan"), _("Plan it"), "round-plan:0"
        if planned is not None:
            form.show_planned(planned)
            text = _("{form}, {place}: from tomorrow on")
            title = text.format(
                form=self._standing.form_name(planned),
                place=self._standing.place_name(planned),
            )
            do, draft = _("Change"), f"round-plan:{planned.plan_id}"
        deed = partial(plan_deed, self._plans, form, planned)
        self._ask(title, form, do, deed, draft, _("The plan is kept."))

    def ask_place(self, place: Place) -> None:
        """Ask what a place is called."""
        if self._standing is None:
            return
        title = (
            _("Place {name}").format(name=place.name) if place.name else _("New place")
        )
        form = place_form(place, self._standing.board.floors)
        deed = partial(place_deed, self._plans, place)
        draft = f"safety-place:{place.place_id or 0}"
        self._ask(title, form, _("Save"), deed, draft, _("Saved."))

    def _ask_form(self) -> None:
        """Ask for a checklist of the home's own; its items follow in its file."""
        first = FormItem("", _("First item: change me"))
        new = Form(FormKind.OTHER, "", (first,))

        def deed(values: dict[str, Any]) -> "partial[int]":
            return partial(self._forms.add, with_head(new, values))

        text = _("The checklist is there. Now enter its items.")
        title = _("New checklist")
        dialog = self._ask(title, head_form(new), _("Add"), deed, "safety-form:0", text)
        dialog.answered.connect(self.open_key)

    def _ask(
        self, title: str, form: AskForm, do: str, deed: Deed, draft: str, told: str
    ) -> DeedDialog:
        dialog = DeedDialog(title, form, do, self.hand.jobs, deed, self, draft)
        dialog.setMinimumWidth(theme.px(WIDE))
        let_scroll(dialog)
        dialog.accepted.connect(partial(self.told.emit, told))
        dialog.open()
        return dialog

    def _change(self, _row: object = None) -> None:
        row = self.view.current_row()
        if isinstance(row, Planned):
            self.ask_plan(row)
        elif isinstance(row, Place):
            self.ask_place(row)
        elif isinstance(row, Form):
            self._show_file(row)
            self.file.items.setFocus()

    def ask_suggested(self) -> None:
        """Show what is usual and the plan lacks."""
        self.hand.jobs.run(self, self._show_suggested, self._plans.suggested)

    def _show_suggested(self, suggested: tuple[Suggested, ...]) -> None:
        title = _("The usual plan")
        if self._standing is None:
            return
        if not suggested:
            dialogs.say(self, title, _("The plan lacks nothing that is usual."))
            return
        dialog = SuggestDialog(
            suggested, self._standing, self._plans, self.hand.jobs, self
        )
        dialog.planned.connect(self._tell_planned)
        dialog.open()

    def _tell_planned(self, count: int) -> None:
        text = _("{count} {count:line|lines} of the plan from tomorrow on.")
        self.told.emit(text.format(count=count))

    def _end(self) -> None:
        lines, standing = self.plan.selected_rows(), self._standing
        if not lines or standing is None:
            return
        text = _("“{form}” is no longer due for “{place}” from tomorrow on.")
        facts = [
            text.format(form=standing.form_name(line), place=standing.place_name(line))
            for line in lines[:MOST_FACTS]
        ]
        if len(lines) > MOST_FACTS:
            facts.append(_("and {count} more").format(count=len(lines) - MOST_FACTS))
        facts.append(_("What was due until today stays, with what was missed."))
        ids = [line.plan_id for line in lines]
        deed = partial(self._plans.end, ids[0])
        if len(ids) > 1:
            deed = partial(self._plans.end_all, ids)
        dialogs.confirm(
            self,
            _("End the plan of this round"),
            facts,
            _("End"),
            partial(self._run, deed),
            "danger",
        )

    def _shift(self, by: int) -> None:
        """Move a place up or down; the lists of rounds follow this order."""
        row = self.places.current_row()
        if row is None or self._standing is None:
            return
        ids = [place.place_id for place in self._standing.board.places]
        at = ids.index(row.place_id)
        if 0 <= at + by < len(ids):
            ids.insert(at + by, ids.pop(at))
            self.hand.jobs.run(self, self._moved, self._plans.order_places, ids)

    def _moved(self, _answer: object) -> None:
        """Say nothing: the list shows it."""

    def _switch(self) -> None:
        row = self.view.current_row()
        if isinstance(row, Form) and row.form_id is not None:
            self._run(partial(self._forms.set_active, row.form_id, not row.is_active))
        elif isinstance(row, Place) and row.place_id is not None:
            active = not row.is_active
            self._run(partial(self._plans.set_place_active, row.place_id, active))

    def _take_presets(self) -> None:
        self._run(self._forms.take_presets)

    def _run(self, deed: Any) -> None:
        self.hand.jobs.run(self, self._done, deed)

    def _done(self, _answer: object) -> None:
        self.told.emit(_("Saved."))

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        self.plan.table.set_rows(list(standing.board.plan))
        self.forms.table.set_rows(list(standing.forms))
        self.places.table.set_rows(list(standing.board.places))
        shown = self.file.form
        for form in standing.forms:
            if shown is not None and form.form_id == shown.form_id:
                self.file.show_form(form)
        self._open_wanted()
        self._offer()
        self.read.emit()

    def _open_wanted(self) -> None:
        if self._wanted is not None and self.forms.select(self._wanted):
            self._wanted = None

    def _show_file(self, form: Form | None) -> None:
        if form is not None:
            self.file.show_form(form)
            self.split.open_side()
            self.forms.show_columns(SLIM)
        self._offer()

    def _turn(self) -> None:
        self._stack.setCurrentIndex(list(self._views).index(self.which.code()))
        if self.which.code() != FORMS:
            self.file.closed.emit()
        self._offer()

    def _widen(self) -> None:
        self.forms.show_columns(len(FORM_COLUMNS))

    def _offer(self, _row: object = None) -> None:
        row, which = self.view.current_row(), self.which.code()
        self.change.setVisible(which != FORMS)
        self.end.setVisible(which == PLAN)
        self.off.setVisible(which != PLAN)
        self.suggest.setVisible(which == PLAN)
        last = len(self.places.table.rows) - 1
        at = self.places.currentIndex().row()
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < last)
        for step in (self.up, self.down):
            step.setVisible(which == PLACES)
        for button in (self.change, self.end, self.off):
            button.setEnabled(row is not None)
        is_off = isinstance(row, Form | Place) and not row.is_active
        self.off.setText(_("Use again") if is_off else _("Out of use"))
        known = (
            {form.preset for form in self._standing.forms} if self._standing else set()
        )
        lacks = self._standing is not None and set(self._standing.presets) - known
        self.take.setVisible(which == FORMS and bool(lacks))

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        for view in self._views.values():
            self._stack.addWidget(ListCard(view))
            view.opened.connect(self._change)
            view.picked.connect(self._offer)
        self.plan.set_empty(
            _("Nothing is planned yet: no round is due."), _("Suggest the usual plan")
        )
        self.forms.set_empty(_("There are no checklists yet."))
        self.places.set_empty(_("There are no places yet."))
        return left

    def _list(
        self, columns: tuple[Column[Any], ...], key: str, name: str, title: str
    ) -> TableView[Any]:
        model = TableModel(columns, lambda row: getattr(row, key))
        return TableView(model, f"safety.{name}", title)

    def _plan_columns(self) -> tuple[Column[Planned], ...]:
        return (
            Column(N_("Checklist"), self._say(Standing.form_name), bold=True),
            Column(N_("Place for rounds"), self._say(Standing.place_name)),
            Column(N_("When"), rules.say, stretch=True, tip=rules.say),
            Column(N_("By whom"), lambda planned: who(planned) or _("Anybody")),
            table.day(N_("From"), lambda planned: planned.starts),
            table.day(N_("Until before"), lambda planned: planned.ends),
        )

    def _place_columns(self) -> tuple[Column[Place], ...]:
        return (
            Column(N_("Place for rounds"), lambda place: place.name, bold=True),
            Column(N_("Floor"), self._floor, stretch=True),
            _used(),
        )

    def _floor(self, place: Place) -> str | None:
        floors = dict(self._standing.board.floors) if self._standing else {}
        return floors.get(place.floor_id or 0)

    def _say(self, name: Any) -> Any:
        return lambda planned: name(self._standing, planned) if self._standing else ""


def _used() -> Column[Any]:
    return Column(
        N_("State"),
        lambda entry: _("In use") if entry.is_active else _("Out of use"),
        chip=lambda entry: "ok" if entry.is_active else "quiet",
    )


FORM_COLUMNS: tuple[Column[Form], ...] = (
    Column(N_("Checklist"), lambda form: form.name, bold=True, stretch=True),
    table.number(N_("Version"), lambda form: form.number),
    _used(),
    table.number(N_("Number of items"), lambda form: len(form.items)),
    Column(N_("What it is for"), lambda form: _(KIND_NAMES[form.kind])),
)
SLIM = 3  # columns beside an open checklist
