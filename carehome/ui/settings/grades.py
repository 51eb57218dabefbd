"""What each ability leads to: a nursing grade, and the class for subsidies."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.grades import SUBSIDY_NAMES, GradeRule
from carehome.rules.home import NameMissing
from carehome.rules.residents import ABILITY_NAMES
from carehome.services.grades import Grades
from carehome.services.home import Home
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import ChoiceField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.settings.bar import Bar


def _dementia(rule: GradeRule) -> str:
    return _("Yes") if rule.has_dementia else _("No")


class GradesSection(LiveView):
    """Shows the mapping and lets one rule at a time be changed."""

    SHOWS = frozenset({"grade_rule", "code"})
    told = Signal(str)

    def __init__(self, grades: Grades, home: Home, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._grades = grades
        self._home = home
        self._jobs = jobs
        self._labels: Mapping[str, str] = {}
        self.bar = Bar()
        self.change = button(_("Change"), "edit", "F2", "small")
        self.reset = button(_("Back to ours"), "undo", kind="small")
        self.bar.add(self.reset)
        self.bar.add(self.change)
        note = QLabel(
            _(
                "No regulation gives this mapping. It begins with ours, and every home "
                "changes it to its own. It only suggests: nobody's grade changes by it."
            )
        )
        note.setWordWrap(True)
        theme.mark(note, "note")
        self.table: TableModel[GradeRule] = TableModel(
            self._columns(), key=lambda rule: (rule.ability_level, rule.has_dementia)
        )
        self.view = TableView(self.table, "settings.grades", N_("Grade by ability"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(note)
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)
        self.change.clicked.connect(self.ask_rule)
        self.reset.clicked.connect(self._take_ours)
        self.view.opened.connect(self.ask_rule)
        self.view.picked.connect(self._offer)
        self._offer(None)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, _read, self._grades, self._home)

    def ask_rule(self, _row: object = None) -> None:
        """Ask what the ability under the cursor leads to."""
        rule = self.view.current_row()
        if rule is None:
            return
        form = Form()
        grade = ChoiceField(_("Nursing grade"), self._labels)
        form.add("grade", grade, blame=(NameMissing,))
        classes = {code: _(name) for code, name in SUBSIDY_NAMES.items()}
        form.add("subsidy_class", ChoiceField(_("Class for subsidies"), classes))
        form.set_values({"grade": rule.grade, "subsidy_class": rule.subsidy_class})
        title = _("Ability level: {level}").format(
            level=_(ABILITY_NAMES[rule.ability_level])
        )
        draft = f"grade-rule:{rule.ability_level}:{rule.has_dementia}"
        dialog = FormDialog(title, form, _("Save"), self, draft)

        def store(values: dict[str, Any]) -> None:
            self._store(replace(rule, **values), dialog)

        dialog.chosen.connect(store)
        dialog.open()

    def _take_ours(self) -> None:
        rule = self.view.current_row()
        if rule is not None:
            others = [each for each in self.table.rows if each != rule]
            self._jobs.run(self, self._done, self._grades.change_rules, others)

    def _store(self, rule: GradeRule, dialog: FormDialog) -> None:
        key = rule.ability_level, rule.has_dementia
        rules = [
            rule if (each.ability_level, each.has_dementia) == key else each
            for each in self.table.rows
        ]
        change = self._grades.change_rules
        self._jobs.run(dialog, dialog.finish, change, rules, failed=dialog.refuse)

    def _done(self, _answer: None) -> None:
        self.told.emit(_("Saved."))

    def _show(self, read: tuple[list[GradeRule], Mapping[str, str]]) -> None:
        rules, self._labels = read
        self.table.set_rows(rules)
        self._offer(self.view.current_row())

    def _offer(self, rule: GradeRule | None) -> None:
        self.change.setEnabled(rule is not None)
        self.reset.setEnabled(rule is not None and rule.is_own)

    def _columns(self) -> tuple[Column[GradeRule], ...]:
        return (
            Column(
                N_("Ability level"),
                lambda r: _(ABILITY_NAMES[r.ability_level]),
                bold=True,
            ),
            Column(N_("Dementia"), _dementia),
            Column(N_("Nursing grade"), lambda r: self._labels.get(r.grade, r.grade)),
            Column(
                N_("Class for subsidies"), lambda r: _(SUBSIDY_NAMES[r.subsidy_class])
            ),
            Column(
                N_("Whose"),
                lambda r: _("The home's own") if r.is_own else _("Ours"),
                chip=lambda r: "info" if r.is_own else "quiet",
                stretch=True,
            ),
        )


def _read(grades: Grades, home: Home) -> tuple[list[GradeRule], dict[str, str]]:
    labels = {code.code: code.label for code in home.codes("nursing_grade")}
    return grades.rules(), labels
