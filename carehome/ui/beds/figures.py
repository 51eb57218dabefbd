"""The statistics of the beds: how full, who came and went, how many for nursing."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_month, show_share
from carehome.rules.nursing_beds import PercentOff, Target, UnknownKind
from carehome.rules.periods import DAY, months_after
from carehome.rules.rights import Right, User
from carehome.services.bed_figures import (
    BY_NAMES,
    BedFigures,
    By,
    FigureLine,
    Figures,
    Nursing,
    notes,
    say_flow,
    say_nursing,
)
from carehome.ui.kit import table, theme
from carehome.ui.kit.bar_chart import Bar, BarChart, Kind
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.fields import ChoiceField, NumberField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.workbooks import save_workbook

MONTHS = 13  # so many single months are offered
KINDS = (
    (N_("Occupied"), "brand"),
    (N_("Kept (away)"), "warn"),
    (N_("Reserved"), "info"),
    (N_("Out of service"), "edge"),
    (N_("Free"), "ok_soft"),
)


class FiguresPane(LiveView):
    """Shows bed days of a span, by day, month, floor or class, as chart and list."""

    SHOWS = frozenset(
        {"absence", "bed", "bed_closure", "bed_target", "bed_use", "code", "stay"}
        | {"floor", "room", "building"}
    )
    told = Signal(str)

    def __init__(
        self, figures: BedFigures, user: User, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._figures = figures
        self._jobs = jobs
        self._today = today
        self._nursing: Nursing | None = None
        self._targets: list[Target] = []
        self.span = Choice()
        self.by = Pick({by.value: _(name) for by, name in BY_NAMES.items()})
        self.target = button(_("Set the target"), "edit")
        self.print = button(_("Print"), "print", "Ctrl+P")
        self.export = button(_("Save as a workbook"), "save")
        self.flow = QLabel()
        self.nursing = QLabel()
        self.note = QLabel()
        kinds = [Kind(_(word), colour) for word, colour in KINDS]
        self.chart = BarChart(jobs, _("Bed days"), kinds)
        self.list = TableView(
            TableModel(_COLUMNS, lambda line: line.key), "beds.figures", N_("Bed days")
        )
        self.span.setAccessibleName(_("Span"))
        self.by.setAccessibleName(_("Counted by"))
        self._offer_spans()
        self.by.set_code(By.MONTH.value)
        self._arrange()
        self.target.setVisible(user.may(Right.CHANGE_HOME))

        self.span.chosen.connect(self.refresh)
        self.by.chosen.connect(self.refresh)
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)
        self.target.clicked.connect(self._ask_target)

    def refresh(self) -> None:
        values = (self._figures, *self._asked(), self._today())
        self._jobs.run_last(self, self._show, _read, *values)

    def _asked(self) -> tuple[date, date, str]:
        first, last = self.span.code()
        return first, last, self.by.code()

    def _show(self, read: tuple[Figures, Nursing, list[Target]]) -> None:
        found, self._nursing, self._targets = read
        self.flow.setText(
            _("Occupancy {share}; {flow}").format(
                share=show_share(float(found.total.rate)), flow=say_flow(found.flow)
            )
        )
        self.nursing.setText(say_nursing(self._nursing))
        said = notes(found)
        self.note.setText("\n".join(said))
        self.note.setVisible(bool(said))
        self.list.table.set_rows(found.lines)
        self.chart.show_bars([_bar(line) for line in found.lines])

    def _offer_spans(self) -> None:
        """Offer the last twelve months, years, and single months; the day is known."""
        today = self._today()
        month = today.replace(day=1)
        year = date(today.year, 1, 1)
        spans = {
            (months_after(month, -11), today): _("Last 12 months"),
            (year, today): _("This year"),
            (date(year.year - 1, 1, 1), year - DAY): _("Last year"),
        }
        for back in range(MONTHS):
            first = months_after(month, -back)
            last = min(months_after(first, 1) - DAY, today)
            spans.setdefault((first, last), say_month(first))
        self.span.set_choices(spans)
        self.span.setCurrentIndex(0)

    def _print(self) -> None:
        title = _("Bed statistics")
        dialog = PaperDialog(title, f"{title}.pdf", self._jobs, self)
        dialog.draw(self._figures.write, *self._asked())

    def _export(self) -> None:
        name = _("Bed statistics") + ".xlsx"
        write = self._figures.write_workbook
        save_workbook(self, self._jobs, name, write, *self._asked())

    def _ask_target(self) -> None:
        if self._nursing:
            told = (self._nursing, self._targets)
            dialog = TargetDialog(*told, self._figures, self._jobs, self)
            said = _("The target for nursing beds is set.")
            dialog.accepted.connect(partial(self.told.emit, said))
            dialog.open()

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(8))
        self.span.setMinimumContentsLength(10)
        bar.addWidget(self.span)
        bar.addWidget(self.by, 1)
        for deed in (self.target, self.export, self.print):
            bar.addWidget(deed)
        for words in (self.flow, self.nursing):
            words.setWordWrap(True)
        self.note.setWordWrap(True)
        theme.mark(self.note, "note")
        told = Card()
        for words in (self.flow, self.nursing, self.note):
            told.add(words)
        drawn = Card()
        drawn.add(self.chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(bar)
        column.addWidget(told)
        column.addWidget(drawn, 2)
        column.addWidget(ListCard(self.list), 3)
        lead(self, self.list)


class TargetDialog(DeedDialog):
    """Asks what kind of home this is, and which share of nursing beds it needs."""

    def __init__(
        self,
        nursing: Nursing,
        targets: list[Target],
        figures: BedFigures,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        form = Form()
        self._targets = {target.code: target for target in targets}
        names = {
            target.code: _("{name}: {percent} %").format(
                name=target.name, percent=target.percent
            )
            for target in targets
        }
        kind = ChoiceField(_("Kind of home"), names)
        self.kind = form.add("kind", kind, blame=(UnknownKind,))
        self.percent = form.add(
            "percent", NumberField(_("Target in percent")), blame=(PercentOff,)
        )
        self.source = QLabel()
        self.source.setWordWrap(True)
        theme.mark(self.source, "note")
        form.add_widget(self.source)
        self.kind.set_value(nursing.target.code)
        self.percent.set_value(nursing.measured.percent)

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(figures.set_target, values["kind"], values["percent"])

        title = _("Target for nursing beds")
        super().__init__(title, form, _("Save"), jobs, deed, parent, "bed-target")
        self.kind.changed.connect(self._follow)
        self._say_source()

    def _follow(self) -> None:
        """Offer what the documents ask of the kind of home that was chosen."""
        if target := self._targets.get(self.kind.value() or ""):
            self.percent.set_value(target.percent)
        self._say_source()

    def _say_source(self) -> None:
        if target := self._targets.get(self.kind.value() or ""):
            source = target.source
            parts = (source.document, target.note)
            self.source.setText(" \u00b7 ".join(filter(None, parts)))


def _read(
    figures: BedFigures, first: date, last: date, by: str, today: date
) -> tuple[Figures, Nursing, list[Target]]:
    """Read all that is shown in one go."""
    counted = figures.figures(first, last, by)
    return counted, figures.nursing(today), figures.targets()


def _bar(line: FigureLine) -> Bar:
    """Return a line as a bar; a day goes without its year, which would have no room."""
    days = line.days
    is_day = line.label.count("-") == 2
    parts = (days.occupied, days.kept, days.reserved, days.closed, days.free)
    return Bar(line.label[5:] if is_day else line.label, parts)


def _came(line: FigureLine) -> int | None:
    return line.flow.arrivals if line.flow else None


def _left(line: FigureLine) -> int | None:
    return line.flow.departures if line.flow else None


_COLUMNS: tuple[Column[FigureLine], ...] = (
    Column(N_("Counted by"), lambda line: line.label, bold=True, stretch=True),
    table.number(N_("Bed days"), lambda line: line.days.there),
    table.number(N_("Occupied"), lambda line: line.days.occupied),
    table.number(N_("Kept (away)"), lambda line: line.days.kept),
    table.number(N_("Reserved"), lambda line: line.days.reserved),
    table.number(N_("Out of service"), lambda line: line.days.closed),
    table.number(N_("Free"), lambda line: line.days.free),
    Column(
        N_("Occupancy"),
        lambda line: show_share(float(line.days.rate)),
        align=RIGHT,
        bold=True,
        order=lambda line: line.days.rate,
    ),
    Column(
        N_("Nursing-bed share"),
        lambda line: show_share(float(line.days.nursing_share)),
        align=RIGHT,
        order=lambda line: line.days.nursing_share,
    ),
    table.number(N_("Arrivals"), _came),
    table.number(N_("Discharges"), _left),
)
