"""The tab of reports: a set of figures of a period, and what was handed in."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.figure_reports import CorrectedAlready, Kept, NoReceiver, say_days
from carehome.rules.figure_sets import sets
from carehome.rules.periods import Period
from carehome.services.overview.report_lines import ALL, Line, Report, set_of
from carehome.services.overview.reports import SHOWS, FigureReports
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.fields import NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Search, Split
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.overview.kept_reports import KeptReports
from carehome.ui.overview.report_file import LineFile, say_nothing
from carehome.ui.overview.report_span import SpanTurner
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.workbooks import save_workbook

SHEET, KEPT = "sheet", "kept"
FILE, BESIDE = 360, 4  # the width of a file; columns that fit beside it


class ReportsTab(Tab):
    """Shows a report as it is counted now, or the reports that were handed in."""

    SHOWS = SHOWS

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._reports = hand.service(FigureReports)
        self.report: Report | None = None
        self.which = Pick({SHEET: _("Reports"), KEPT: _("Handed in before")})
        self.which.setAccessibleName(_("Which reports are shown"))
        self.which.set_code(SHEET)
        self.set = Choice()
        self.set.setAccessibleName(_("Which figures are reported"))
        self.set.setMinimumContentsLength(10)
        self.set.set_choices(
            {code: each.name for code, each in sets().items()} | {ALL: _("All figures")}
        )
        self.set.set_code("month")
        self.span = SpanTurner(hand.today)
        self.search = Search()
        self.search.look_for(_("Search the figures"))
        self.bar = Bar(self.which, self.set, self.span)
        self.bar.note.hide()
        self.keep = self.bar.add_button(_("Keep as handed in"), "check", "Ctrl+S")
        self.print = self.bar.add_button(_("Print"), "print", "Ctrl+P")
        self.save = self.bar.add_button(_("Save as a workbook"), "save", "Ctrl+E")
        self.days = QLabel()
        self.days.setWordWrap(True)
        self.days.setTextFormat(Qt.TextFormat.PlainText)
        theme.mark(self.days, "note")
        model = TableModel(COLUMNS, lambda line: line.key or line.label)
        self.view = TableView(model, "overview.report", N_("Figures of the report"))
        self.file = LineFile(hand)
        self.split = Split(ListCard(self.view), self.file, FILE)
        self.kept = KeptReports(hand)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.split)
        self.stack.addWidget(self.kept)
        self._lay_out()
        self._connect()
        self._offer()
        self.span.offer(set_of(self.set.code()).spans)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.days, 1)
        row.addWidget(self.search)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        lead(self, self.view)

    def _connect(self) -> None:
        self.which.chosen.connect(self._turn)
        self.set.chosen.connect(self._choose_set)
        self.span.turned.connect(self._read)
        self.search.textChanged.connect(self._fill)
        self.search.left_down.connect(self.view.setFocus)
        self.view.picked.connect(self._follow)
        self.view.opened.connect(self._open)
        self.keep.clicked.connect(partial(self.ask_receiver, None))
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.file.closed.connect(partial(self.view.show_columns, len(COLUMNS)))
        self.kept.correction_wanted.connect(self.ask_receiver)

    def refresh(self) -> None:
        self._read()
        self.hand.jobs.run_last(self, self.kept.show_kept, self._reports.kept)

    def open_key(self, key: object) -> None:
        """Show a set by its code, or a report that was handed in by its number."""
        if isinstance(key, int):
            self.which.set_code(KEPT)
            self.kept.open_report(key)
        else:
            self.which.set_code(SHEET)
            self.set.set_code(key)

    def show_report(self, report: Report) -> None:
        """Show a report that was counted."""
        self.report = report
        told = [say_days(report.period, report.as_of), report.compared]
        if report.kept:
            told.append(_say_kept(report.kept))
        self.days.setText(_("; ").join(told))
        self._fill()
        self._offer()

    def _choose_set(self) -> None:
        self.span.offer(set_of(self.set.code()).spans)
        self._read()

    def _read(self) -> None:
        values = (self.set.code(), self.span.period)
        self.hand.jobs.run_last(self, self.show_report, self._reports.read, *values)

    def _turn(self) -> None:
        """Show the sheet of now, or what was handed in."""
        is_sheet = self.which.code() == SHEET
        self.stack.setCurrentWidget(self.split if is_sheet else self.kept)
        shown = (self.set, self.span, self.search, self.days)
        for each in (*shown, self.keep, self.print, self.save):
            each.setVisible(is_sheet)
        lead(self, self.view if is_sheet else self.kept)

    def _offer(self) -> None:
        for each in (self.keep, self.print, self.save):
            each.setEnabled(self.report is not None)

    def _fill(self) -> None:
        if self.report is None:
            return
        wanted = self.search.text().strip().lower()
        rows = [x for x in self.report.lines if wanted in _searched(x)]
        self.view.set_empty(_("No figure is called so. Empty the search with Esc."))
        self.view.table.set_rows(rows)

    def _follow(self, line: Line | None) -> None:
        if line:
            self.view.show_columns(BESIDE)
            self.file.show_line(line)
            self.split.open_side()

    def _open(self, line: Line) -> None:
        self._follow(line)
        self.file.show_list()

    def ask_receiver(self, corrected: Kept | None) -> None:
        """Ask to whom a report is handed in, then seal it; or a correction of one."""
        report = self.report
        code = corrected.code if corrected else self.set.code()
        period = corrected.period if corrected else self.span.period
        form = Form()
        blame = (NoReceiver, CorrectedAlready)
        office = form.add("office", TextField(_("Handed in to")), blame=blame)
        note = NoteField(_("Note"), needed=corrected is not None, lines=2)
        form.add("note", note)
        if corrected:
            office.set_value(corrected.office)
            text = _("Correct report {number}").format(number=corrected.report_id)
        else:
            assert report, "only what is shown is kept"
            days = say_days(report.period, report.as_of)
            text = _("Keep “{report}”, {days}").format(report=report.name, days=days)
        number = corrected.report_id if corrected else None
        dialog = DeedDialog(
            text,
            form,
            _("Keep and seal"),
            self.hand.jobs,
            partial(self._deed, code, period, number),
            self,
            f"figure-report:{code}:{period.start}:{number or ''}",
        )
        dialog.answered.connect(self._say_kept)
        dialog.open()

    def _deed(
        self, code: str, period: Period, corrects: int | None, values: dict[str, Any]
    ) -> "partial[int]":
        office, note = values["office"] or "", values["note"] or ""
        return partial(self._reports.keep, code, period, office, note, corrects)

    def _say_kept(self, number: object) -> None:
        self.told.emit(_("Kept as report {number}.").format(number=number))

    def _print(self) -> None:
        report = self.report
        if report:
            title, dialog = self._title(report), PaperDialog
            paper = dialog(report.name, f"{title}.pdf", self.hand.jobs, self)
            paper.draw(self._reports.write, report.code, report.period)

    def _save(self) -> None:
        report = self.report
        if report:
            name, values = f"{self._title(report)}.xlsx", (report.code, report.period)
            write = self._reports.write_workbook
            save_workbook(self, self.hand.jobs, name, write, *values)

    def _title(self, report: Report) -> str:
        return f"{report.name} {self.span.label.text()}"


def _say_kept(kept: Kept) -> str:
    text = _("handed in to {office} as report {number}")
    return text.format(office=kept.office, number=kept.report_id)


def _searched(line: Line) -> str:
    return f"{line.part} {line.label} {line.words}".lower()


def _told(line: Line) -> str | None:
    """Say what stands beside a value: why there is none, or what was handed in."""
    if line.otherwise:
        return _("Handed in as {value}").format(value=line.otherwise)
    return line.unknown or line.note or None


COLUMNS: tuple[Column[Line], ...] = (
    Column(
        N_("Name of the figure"),
        lambda line: line.label,
        bold=True,
        stretch=True,
        tip=lambda line: line.words,
    ),
    Column(
        N_("Value"),
        lambda line: line.shown or say_nothing(line),
        align=table.RIGHT,
        order=lambda line: -1 if line.value is None else line.value,
        tone=lambda line: None if line.shown else "ink_2",
    ),
    Column(N_("Unit of it"), lambda line: line.unit or None),
    Column(N_("Change since"), lambda line: line.change or None, align=table.RIGHT),
    Column(N_("Part of the report"), lambda line: line.part, tone=lambda _: "ink_2"),
    Column(
        N_("To know about it"),
        _told,
        width=300,
        tip=lambda line: _told(line) or "",
        chip=lambda line: "warn" if line.otherwise else None,
    ),
)
