"""How the ability level of somebody went: a chart, and the same as a list."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.assessments.form import REASON_NAMES
from carehome.rules.residents import ABILITY_NAMES
from carehome.services.assessments import AssessmentLine, LevelPoint
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.level_chart import Level, StepChart
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import ability

HIGHEST = 190  # a chart of five levels is read best when it is not too high
STATES = {"draft": N_("Under way"), "void": N_("Void")}


def _level(line: AssessmentLine) -> str:
    state = STATES.get(line.status)
    return _(state) if state else ability.word(line.ability_level)


def _tone(line: AssessmentLine) -> str:
    if line.status in STATES:
        return "info" if line.status == "draft" else "quiet"
    return ability.tone(line.ability_level)


COLUMNS: tuple[Column[AssessmentLine], ...] = (
    table.day(N_("Base day"), lambda row: row.base_on),
    Column(N_("Ability level"), _level, chip=_tone),
    table.number(N_("Points"), lambda row: row.total),
    Column(
        N_("Reason"),
        lambda row: _(REASON_NAMES.get(row.reason, row.reason)),
        stretch=True,
    ),
    Column(N_("Standard"), lambda row: row.standard),
    Column(N_("Number"), lambda row: row.label or None),
)


def history_list(name: str) -> TableView[AssessmentLine]:
    """Return a list of the assessments of one person."""
    model = TableModel(COLUMNS, lambda row: row.assessment_id)
    view = TableView(model, name, N_("Assessments of one resident"))
    view.set_empty(_("Nobody has assessed this resident yet."))
    return view


def level_chart(jobs: Jobs) -> StepChart:
    """Return the chart of a level over the years."""
    levels = [Level(_(word), f"a{at}") for at, word in sorted(ABILITY_NAMES.items())]
    return StepChart(jobs, _("How the ability level went"), levels)


def points_of(levels: Sequence[LevelPoint]) -> list[tuple[date, int]]:
    """Return what the chart draws."""
    return [(point.day, point.ability_level) for point in levels]


class LevelHistory(QWidget):
    """The chart above the list; `opened` goes out with an assessment to look at."""

    opened = Signal(object)

    def __init__(self, jobs: Jobs, today: Callable[[], date], name: str) -> None:
        super().__init__()
        self._today = today
        self.chart = level_chart(jobs)
        self.chart.setMaximumHeight(theme.px(HIGHEST))
        self.list = history_list(name)
        self.list.setMinimumHeight(theme.px(150))
        card = ListCard(self.chart, _("How the ability level went"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(card)
        column.addWidget(ListCard(self.list), 1)
        self._card = card
        self.list.opened.connect(self.opened)

    def show_history(
        self, lines: Sequence[AssessmentLine], levels: Sequence[LevelPoint]
    ) -> None:
        """Show the assessments of somebody."""
        self.list.table.set_rows(lines)
        self._card.setVisible(bool(levels))
        self.chart.show_points(points_of(levels), self._today())
