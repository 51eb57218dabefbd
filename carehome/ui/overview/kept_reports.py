"""The reports that were handed in: the list of them, and one as it was then."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.figure_reports import Kept, say_days, say_span
from carehome.services.overview.report_lines import Line, Report
from carehome.services.overview.report_paper import say_handed_in
from carehome.services.overview.reports import FigureReports
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.kit.tick import Tick
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.workbooks import save_workbook

FILE, MOST = 620, 0.6
LINES_SHARE = 3  # of the room, to one for what is told above them


class KeptReports(QWidget):
    """Lists what was handed in; a report opens to its lines as they were.

    `correction_wanted` carries the report that a new one shall correct.
    """

    correction_wanted = Signal(object)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._reports = hand.service(FigureReports)
        self._wanted: int | None = None
        model = TableModel(COLUMNS, lambda kept: kept.report_id)
        self.view = TableView(model, "overview.kept", N_("Reports handed in"))
        self.view.set_empty(
            _("No report was kept yet. Keep one when it is handed in (Ctrl+S).")
        )
        self.file = KeptFile(hand)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)
        lead(self, self.view)

        self.view.opened.connect(self._open)
        self.view.clicked.connect(lambda: self._open(self.view.current_row()))
        self.view.picked.connect(self._follow)
        self.file.closed.connect(partial(self.view.show_columns, len(COLUMNS)))
        self.file.correction_wanted.connect(self.correction_wanted)

    def show_kept(self, kept: list[Kept]) -> None:
        """List what was handed in."""
        self.view.table.set_rows(kept)
        self._open_wanted()

    def open_report(self, report_id: int) -> None:
        """Open a report by its number, as soon as it is listed."""
        self._wanted = report_id
        self._open_wanted()

    def _open_wanted(self) -> None:
        if self._wanted is not None and self.view.select(self._wanted):
            self._wanted = None
            self._open(self.view.current_row())

    def _open(self, kept: Kept | None) -> None:
        if kept:
            self.view.show_columns(BESIDE)
            self.split.open_side()
            self._read(kept)

    def _follow(self, kept: Kept | None) -> None:
        if kept and not self.file.isHidden():
            self._read(kept)

    def _read(self, kept: Kept) -> None:
        jobs, opened = self._hand.jobs, self._reports.opened
        jobs.run_last(self.file, self.file.show_report, opened, kept.report_id)


class KeptFile(Side):
    """Shows a report as it was handed in, and what the records say by now."""

    correction_wanted = Signal(object)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._reports = hand.service(FigureReports)
        self.report: Report | None = None
        self.story = QLabel()
        self.story.setWordWrap(True)
        self.story.setTextFormat(Qt.TextFormat.PlainText)
        theme.mark(self.story, "note")
        self.only = Tick(_("Only what is different by now"))
        self.print = button(_("Print"), "print", kind="small")
        self.save = button(_("Save as a workbook"), "save", kind="small")
        self.correct = button(_("Correct by a new report"), "edit", kind="small")
        model = TableModel(LINES, lambda line: line.position)
        self.view = TableView(model, "overview.kept_lines", N_("As it was handed in"))
        deeds = QWidget()
        row = Flow(deeds, 6)
        row.setContentsMargins(0, 0, 0, 0)
        for each in (self.only, self.print, self.save, self.correct):
            row.addWidget(each)
        for part, share in ((scrolling(self.story), 1), (deeds, 0)):
            self.body.addWidget(part, share)
        self.body.addWidget(ListCard(self.view), LINES_SHARE)

        self.only.toggled.connect(self._fill)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.correct.clicked.connect(self._correct)

    def show_report(self, report: Report) -> None:
        """Show a report that was handed in."""
        self.report = report
        self.title.setText(self._title(report))
        days = say_days(report.period, report.as_of)
        told = [*say_handed_in(report), _say_changed(report), days, report.compared]
        self.story.setText("\n".join(filter(None, told)))
        self.correct.setEnabled(report.kept is not None and report.kept.holds)
        self._fill()

    def _fill(self) -> None:
        lines = self.report.lines if self.report else ()
        shown = [x for x in lines if x.otherwise or not self.only.isChecked()]
        self.view.set_empty(_("Nothing was changed in the records since."))
        self.view.table.set_rows(shown)

    def _print(self) -> None:
        if self.report and self.report.kept:
            title = self._title(self.report)
            paper = PaperDialog(title, f"{title}.pdf", self._hand.jobs, self)
            paper.draw(self._reports.write_kept, self.report.kept.report_id)

    def _save(self) -> None:
        if self.report and self.report.kept:
            name, number = self._title(self.report), self.report.kept.report_id
            write = self._reports.write_kept_workbook
            save_workbook(self, self._hand.jobs, f"{name}.xlsx", write, number)

    def _correct(self) -> None:
        if self.report:
            self.correction_wanted.emit(self.report.kept)

    def _title(self, report: Report) -> str:
        return f"{report.name} {say_span(report.period)}"


def _say_changed(report: Report) -> str:
    changed = sum(bool(line.otherwise) for line in report.lines)
    if not changed:
        return _("The records still say the same.")
    text = _(
        "{count} {count:line says|lines say} something else by now: records of those "
        "days were changed since."
    )
    return text.format(count=changed)


def _state(kept: Kept) -> str:
    if kept.corrected_by:
        return _("Corrected by {number}").format(number=kept.corrected_by)
    if kept.corrects:
        return _("Corrects {number}").format(number=kept.corrects)
    return _("The one that holds")


COLUMNS: tuple[Column[Kept], ...] = (
    table.number(N_("Number of it"), lambda kept: kept.report_id),
    Column(N_("The report"), lambda kept: kept.name, bold=True, stretch=True),
    Column(
        N_("Period of it"),
        lambda kept: say_span(kept.period),
        order=lambda kept: kept.period,
    ),
    Column(
        N_("State"),
        _state,
        chip=lambda kept: "ok" if kept.holds else "quiet",
    ),
    Column(N_("Handed in to"), lambda kept: kept.office, stretch=True),
    table.moment(N_("Handed in at"), lambda kept: kept.made_at),
    Column(N_("Handed in by"), lambda kept: kept.made_by),
    Column(N_("Note"), lambda kept: kept.note or None, tip=lambda kept: kept.note),
)
BESIDE = 4


def _then(line: Line) -> str:
    return f"{line.shown} {line.unit}".strip() or _("Unknown")


LINES: tuple[Column[Line], ...] = (
    Column(
        N_("Name of the figure"),
        lambda line: line.label,
        bold=True,
        stretch=True,
        tip=lambda line: line.words,
    ),
    Column(
        N_("Handed in as"),
        _then,
        align=table.RIGHT,
        tip=lambda line: line.unknown,
    ),
    Column(
        N_("By now"),
        lambda line: line.otherwise or None,
        chip=lambda line: "warn" if line.otherwise else None,
    ),
    Column(N_("Change since"), lambda line: line.change or None, align=table.RIGHT),
)
