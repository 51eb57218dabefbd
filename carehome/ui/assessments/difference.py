"""Two assessments side by side: each item then and now, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day
from carehome.services.assessments import AssessmentLine, Difference
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.kit.tick import Tick
from carehome.ui.parts import ability

BETTER, WORSE = "\u25b2", "\u25bc"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was judged twice."""

    number: str
    name: str
    before: str
    after: str
    before_points: int | None = None
    after_points: int | None = None
    is_better: bool | None = None
    is_heading: bool = False

    @property
    def has_changed(self) -> bool:
        """Say whether it was judged otherwise."""
        return self.before != self.after or self.before_points != self.after_points

    @property
    def change(self) -> str:
        """Say in which direction, and by how many points."""
        if not self.has_changed:
            return ""
        points = ""
        if self.before_points is not None and self.after_points is not None:
            points = f" {self.after_points - self.before_points:+d}"
        if self.is_heading:
            return points.strip()
        if self.is_better is None:
            return _("Different from last time") + points
        return (BETTER if self.is_better else WORSE) + points


def _tone(line: Line) -> str | None:
    if not line.has_changed or line.is_heading:
        return None
    if line.is_better is None:
        return "quiet"
    return "ok" if line.is_better else "bad"


COLUMNS: tuple[Column[Line], ...] = (
    Column(N_("No."), lambda row: row.number, tone=lambda _row: "ink_2"),
    Column(N_("Indicator"), lambda row: row.name, bold=True, width=150),
    table.number(N_("Then"), lambda row: row.before_points),
    table.number(N_("Now"), lambda row: row.after_points),
    Column(N_("Difference"), lambda row: row.change or None, chip=_tone, align=RIGHT),
    Column(N_("Answer then"), lambda row: row.before or None, stretch=True),
    Column(N_("Answer now"), lambda row: row.after or None, stretch=True),
)


class DifferenceView(QWidget):
    """Compares an assessment with an earlier one; `earlier_wanted` asks for another."""

    earlier_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.earlier = Choice()
        self.only_changed = Tick(_("Only what has changed"))
        self.told = Elided()
        self._lines: Sequence[Line] = ()
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.number),
            "assessments.difference",
            N_("Difference from last time"),
        )
        self.earlier.setAccessibleName(_("Compared with"))
        self.earlier.setMinimumHeight(theme.px(34))
        self.earlier.setMinimumWidth(theme.px(230))
        self.only_changed.setChecked(True)
        theme.mark(self.told, "note")
        bar = QHBoxLayout()
        bar.setContentsMargins(*map(theme.px, (10, 8, 10, 0)))
        bar.setSpacing(theme.px(10))
        bar.addWidget(self.earlier)
        bar.addWidget(self.only_changed)
        bar.addWidget(self.told, 1)
        card = ListCard(self.view)
        inner = card.layout()
        assert isinstance(inner, QVBoxLayout)
        inner.insertLayout(0, bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

        self.only_changed.toggled.connect(self._filter)
        self.earlier.chosen.connect(self._choose)

    def offer(self, earlier: Sequence[AssessmentLine], chosen: int | None) -> None:
        """Offer the assessments to compare with, and say which one it is."""
        text = _("Compared with {day} ({level})")
        self.earlier.blockSignals(True)
        self.earlier.set_choices(
            {
                line.assessment_id: text.format(
                    day=show_day(line.base_on), level=ability.word(line.ability_level)
                )
                for line in earlier
            }
        )
        self.earlier.set_code(chosen)
        self.earlier.blockSignals(False)
        for part in (self.earlier, self.only_changed):
            part.setVisible(bool(earlier))
        if not earlier:
            self.told.setText("")
            self.view.set_empty(_("There is no assessment before this one."))
            self._show_lines(())

    def show_difference(self, difference: Difference) -> None:
        """Show what has become of each item."""
        lines = _lines(difference)
        better = sum(line.is_better is True for line in lines)
        worse = sum(line.is_better is False for line in lines)
        text = _("{better} better, {worse} worse")
        if not difference.is_same_form:
            text = _("Made with another form: only groups and levels can be compared.")
        self.told.setText(text.format(better=better, worse=worse))
        self.view.set_empty(_("Nothing has changed."))
        self._show_lines(lines)

    def _show_lines(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._filter()

    def _filter(self) -> None:
        only = self.only_changed.isChecked()
        shown = [line for line in self._lines if line.has_changed or not only]
        self.view.table.set_rows(shown)

    def _choose(self) -> None:
        chosen = self.earlier.code()
        if chosen is not None:
            self.earlier_wanted.emit(chosen)


def _lines(difference: Difference) -> list[Line]:
    """Return what was judged twice: groups, items, then what else was written down."""
    lines = [
        Line(
            group.number,
            group.name,
            "",
            "",
            group.before,
            group.after,
            is_heading=True,
        )
        for group in difference.groups
    ]
    lines += [
        Line(
            each.number,
            each.name,
            each.before_text,
            each.after_text,
            each.before,
            each.after,
            each.is_better,
        )
        for each in difference.items
    ]
    lines += [
        Line(each.number, each.label, each.before_text, each.after_text)
        for each in difference.fields
    ]
    return lines
