"""Every assessment that was ever finished, narrowed by level, form and days."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from carehome.i18n import N_, _
from carehome.rules.days import Sense
from carehome.rules.residents import ABILITY_NAMES
from carehome.services.assessments import Assessments, DoneLine
from carehome.ui.assessments.lists import LineList, done_columns
from carehome.ui.kit import theme
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.days import DateField
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import TableModel
from carehome.ui.kit.table_view import TableView

WIDE, DAY = 126, 128


class DoneList(LineList[DoneLine]):
    """All finished assessments, newest first; Enter opens one."""

    def __init__(
        self, assessments: Assessments, jobs: Jobs, today: date, *deeds: QPushButton
    ) -> None:
        model = TableModel(done_columns(), lambda row: row.assessment_id)
        view = TableView(model, "assessments.done", N_("Finished assessments"))
        view.set_empty(_("No finished assessment fits."))
        super().__init__(assessments, jobs, view, *deeds)
        self.level, self.standard = Choice(), Choice()
        self.first = DateField(_("From day"), today, needed=False, sense=Sense.PAST)
        self.last = DateField(_("To day"), today, needed=False, sense=Sense.PAST)
        self._arrange()
        levels = {str(level): _(word) for level, word in ABILITY_NAMES.items()}
        self.level.set_choices(levels, _("All levels"))
        self.standard.set_choices({}, _("All forms"))
        for choice in (self.level, self.standard):
            choice.chosen.connect(self.filter)
        for field in (self.first, self.last):
            field.changed.connect(self.filter)

    def refresh(self) -> None:
        self._jobs.run_last(self, self.show_rows, self._assessments.finished)

    def show_rows(self, rows: Sequence[DoneLine]) -> None:
        standards = sorted({row.standard for row in rows})
        choices = {standard: standard for standard in standards}
        self.standard.set_choices(choices, _("All forms"))
        super().show_rows(rows)

    def filter(self) -> None:
        super().filter()
        shown = len(self.view.table.rows)
        words = _("assessments finished")
        if shown < len(self.rows):
            words = _("of {all} finished assessments").format(all=len(self.rows))
        self.figure.show_number(str(shown), words)

    def fits(self, row: DoneLine) -> bool:
        level, standard = self.level.code(), self.standard.code()
        first, last = self.first.value(), self.last.value()
        return (
            super().fits(row)
            and (level is None or str(row.ability_level) == level)
            and (standard is None or row.standard == standard)
            and (first is None or first <= row.base_on)
            and (last is None or row.base_on <= last)
        )

    def _arrange(self) -> None:
        for choice, name in (
            (self.level, _("Ability level")),
            (self.standard, _("Form")),
        ):
            choice.setAccessibleName(name)
            choice.setMinimumHeight(theme.px(34))
            choice.setFixedWidth(theme.px(WIDE))
        days = QHBoxLayout()
        days.setSpacing(theme.px(6))
        for field in (self.first, self.last):
            field.setFixedWidth(theme.px(DAY))
            field.input.setPlaceholderText(field.name)
        days.addWidget(self.first)
        days.addWidget(QLabel("–"))
        days.addWidget(self.last)
        self.bar.insertWidget(1, self.level)
        self.bar.insertWidget(2, self.standard)
        self.bar.insertLayout(3, days)
