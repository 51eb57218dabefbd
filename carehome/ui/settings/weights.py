"""How much each soft rule of a roster weighs: what raising it does, and our value."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.rosters.meanings import OutOfRange, check_value
from carehome.services.rosters.weights import RosterWeights, Weighed
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import NumberField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.settings.bar import Bar


class WeightsSection(LiveView):
    """Shows the soft rules and lets the weight of one at a time be changed."""

    SHOWS = frozenset({"roster_weight"})
    told = Signal(str)

    def __init__(self, weights: RosterWeights, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._weights = weights
        self._jobs = jobs
        self.bar = Bar()
        self.change = button(_("Change"), "edit", "F2", "small")
        self.reset = button(_("Back to ours"), "undo", kind="small")
        self.bar.add(self.reset)
        self.bar.add(self.change)
        note = _note(
            _(
                "A limit says how many; a weight how many points each miss costs: the "
                "roster with the fewest points is the best. Labour law, certificates, "
                "leave and locked cells always hold, whatever stands here. The "
                "numbers are ours; no regulation gives any."
            )
        )
        self.effect = _note("")
        self.explained = Card(_("What raising it does"))
        self.explained.add(self.effect)
        self.table: TableModel[Weighed] = TableModel(
            _columns(), key=lambda weighed: weighed.rule
        )
        self.view = TableView(self.table, "settings.weights", N_("Weights of a roster"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(note)
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        column.addWidget(self.explained)
        lead(self, self.view)
        self.change.clicked.connect(self.ask_weight)
        self.reset.clicked.connect(self._take_ours)
        self.view.opened.connect(self.ask_weight)
        self.view.picked.connect(self._explain)
        self._explain(None)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._weights.weights)

    def ask_weight(self, _row: object = None) -> None:
        """Ask how much the rule under the cursor weighs."""
        weighed = self.view.current_row()
        if weighed is None:
            return
        rule = weighed.rule
        form = Form()
        field = NumberField(
            _("Value"),
            hint=_hint(weighed),
            check=lambda value: check_value(rule, value),
        )
        form.add("weight", field, blame=(OutOfRange,))
        form.add_widget(_note(_(weighed.meaning.effect)))
        form.set_values({"weight": weighed.value})
        title = _(weighed.meaning.name)
        dialog = FormDialog(title, form, _("Save"), self, f"roster-weight:{rule}")

        def store(values: dict[str, Any]) -> None:
            deed = self._weights.set_weight
            number = values["weight"]
            done = dialog.finish
            self._jobs.run(dialog, done, deed, rule, number, failed=dialog.refuse)

        dialog.chosen.connect(store)
        dialog.open()

    def _take_ours(self) -> None:
        self._jobs.run(self, self._done, self._weights.take_defaults)

    def _done(self, _answer: None) -> None:
        self.told.emit(_("Saved."))

    def _show(self, weights: list[Weighed]) -> None:
        self.table.set_rows(weights)
        self.reset.setEnabled(any(weighed.is_own for weighed in weights))
        self._explain(self.view.current_row())

    def _explain(self, weighed: Weighed | None) -> None:
        self.change.setEnabled(weighed is not None)
        text = _("Choose a wish in the list.")
        if weighed is not None:
            text = _(weighed.meaning.effect)
        self.effect.setText(text)


def _kind(weighed: Weighed) -> str:
    return _("Limit") if weighed.meaning.is_limit else _("Weight")


def _hint(weighed: Weighed) -> str:
    text = _("Ours: {ours}. From {least} to {most}.")
    if not weighed.meaning.is_limit:
        text = _("Ours: {ours}. From {least} to {most}; 0 switches the wish off.")
    meaning = weighed.meaning
    return text.format(ours=weighed.ours, least=meaning.least, most=meaning.most)


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    theme.mark(label, "note")
    return label


def _columns() -> tuple[Column[Weighed], ...]:
    return (
        Column(N_("Wish"), lambda w: _(w.meaning.name), bold=True),
        Column(N_("Kind"), _kind),
        table.number(N_("Value"), lambda w: w.value),
        table.number(N_("Ours"), lambda w: w.ours),
        Column(
            N_("Whose"),
            lambda w: _("The home's own") if w.is_own else _("Ours"),
            chip=lambda w: "info" if w.is_own else "quiet",
        ),
        Column(
            N_("What raising it does"),
            lambda w: _(w.meaning.effect),
            tip=lambda w: _(w.meaning.effect),
            stretch=True,
        ),
    )
