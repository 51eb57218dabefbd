"""Why a bill is what it is: its lines, and below them the days of the one chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _, say_day_of_week, say_month, show_money
from carehome.rules.billing.day_sheet import Charged, DayOfBill, DaySheet, LineSheet
from carehome.rules.billing.day_sheet_said import (
    LATE_SHEET,
    SHARES,
    WHERE_NAMES,
    WHOLE,
    Share,
    say_day,
    say_line,
    say_part,
    say_source,
    shares_of,
    show_exact,
    show_rounding,
)
from carehome.rules.billing.explanations import explain
from carehome.rules.billing.lines import Line
from carehome.services.day_sheets import BillDays, CorrectedMonth, DaySheets, closing_of
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Figure, ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.shortcuts import offer_help
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.exports import PaperDialog

WIDE, HIGH = 1060, 640
FEW = 4  # lines that the upper list shows without scrolling
_TONES = {"here": None, "leave": "warn", "hospital": "bad", "gone": "quiet"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the upper list: the whole month, one line, or a month put right."""

    at: int
    name: str
    why: str
    exact: Fraction | None
    rounding: Fraction | None
    fen: int
    sheet: DaySheet | None
    line: LineSheet | None = None
    closing: str = ""


@dataclass(frozen=True, slots=True)
class LineDay:
    """One day of one line."""

    day: DayOfBill
    charged: Charged
    so_far: Fraction


ENTRIES: tuple[Column[Entry], ...] = (
    Column(N_("Line"), lambda row: row.name, bold=True, tip=lambda row: row.name),
    Column(N_("Why"), lambda row: row.why, stretch=True, tip=lambda row: row.why),
    Column(N_("All its days"), lambda row: row.exact, show_exact, align=RIGHT),
    Column(N_("Rounding"), lambda row: row.rounding, show_rounding, align=RIGHT),
    table.money(N_("Amount"), lambda row: row.fen, bold=True),
)


def _day_column() -> Column[DayOfBill]:
    return Column(N_("Day"), lambda row: row.day, _say_day)


def _say_day(day: date) -> str:
    return say_day_of_week(day, day)


def _where_column() -> Column[DayOfBill]:
    return Column(
        N_("Where on that day"),
        lambda row: _(WHERE_NAMES[row.where]),
        chip=lambda row: _TONES[row.where],
    )


def _share_column(share: Share) -> Column[DayOfBill]:
    return Column(
        share.title,
        lambda row: share.of(row) or None,
        show_exact,
        align=RIGHT,
        bold=share is WHOLE,
    )


DAYS: tuple[Column[DayOfBill], ...] = (
    _day_column(),
    _where_column(),
    *map(_share_column, (*SHARES, WHOLE)),
)
LINE_DAYS: tuple[Column[LineDay], ...] = (
    Column(N_("Day"), lambda row: row.day.day, _say_day),
    Column(
        N_("Where on that day"),
        lambda row: _(WHERE_NAMES[row.day.where]),
        chip=lambda row: _TONES[row.day.where],
    ),
    Column(
        N_("How the day is counted"), lambda row: say_part(row.charged), stretch=True
    ),
    Column(N_("This day"), lambda row: row.charged.part.exact, show_exact, align=RIGHT),
    Column(N_("So far"), lambda row: row.so_far, show_exact, align=RIGHT, bold=True),
)


class DaySheetDialog(QDialog):
    """A bill laid out day by day, in a window of its own. Esc closes it."""

    def __init__(
        self, bill: BillDays, sheets: DaySheets, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        offer_help(self)
        self._bill = bill
        self._sheets = sheets
        self._jobs = jobs
        self.entries = TableView(
            TableModel(ENTRIES, lambda row: row.at),
            "parts.bill_lines",
            N_("Lines of the bill"),
        )
        self.days = TableView(
            TableModel(DAYS, lambda row: row.day),
            "parts.bill_days",
            N_("Day-by-day sheet"),
        )
        self.line_days = TableView(
            TableModel(LINE_DAYS, lambda row: row.day.day),
            "parts.line_days",
            N_("Days of a line"),
        )
        self.stack = QStackedWidget()
        self.total = Figure()
        self.told = QLabel()
        self.print = button(_("Page for the family"), "print", "Ctrl+P", "primary")
        self._dress()

        self.entries.picked.connect(self._look)
        self.days.picked.connect(self._look_day)
        self.print.clicked.connect(self._preview)
        self.entries.table.set_rows(list(_entries(bill)))
        self.entries.select(0)

    def show_line(self, line: Line) -> None:
        """Put the cursor on a line of the bill, or on the month that it corrects."""
        for entry in self.entries.table.rows:
            is_it = entry.line is not None and entry.line.line == line
            late = line.kind == "adjustment" and _corrects(entry, line)
            if is_it or late:
                self.entries.select(entry.at)
                return

    def _look(self, entry: Entry | None) -> None:
        if entry is None:
            return
        sheet, line = entry.sheet, entry.line
        if sheet is None:
            self.days.table.set_rows([])
            self.days.set_empty(
                _("When this was posted, its days were not kept with the bill yet.")
            )
            self.stack.setCurrentIndex(0)
            self.told.setText(entry.why)
        elif line is None:
            shown = {share.title for share in shares_of(sheet)}
            self.days.columns.leave_out({x.title for x in SHARES} - shown)
            self.days.table.set_rows(sheet.days)
            self.stack.setCurrentIndex(0)
            self.told.setText(entry.closing)
            self._look_day(self.days.current_row())
        else:
            self.line_days.table.set_rows(list(_line_days(sheet, line)))
            self.stack.setCurrentIndex(1)
            source = say_source(line.line, self._bill.approved)
            told = [*say_line(line), *([source] if source else [])]
            self.told.setText(" ".join(told))

    def _look_day(self, day: DayOfBill | None) -> None:
        """Say below the closing what one day is made of."""
        entry = self.entries.current_row()
        if day is None or entry is None or not entry.sheet or entry.line:
            return
        named = _("{day}: {what}").format(
            day=_say_day(day.day), what=_(WHERE_NAMES[day.where])
        )
        told = (entry.closing, named, *say_day(day, self._bill.approved))
        self.told.setText("\n".join(told))

    def _preview(self) -> None:
        bill = self._bill
        name = _("Why {month} {resident}.pdf")
        file = name.format(month=f"{bill.month:%Y-%m}", resident=bill.resident)
        title = _("Why this bill is what it is")
        paper = PaperDialog(title, file, self._jobs, self)
        paper.draw(self._sheets.write, bill)

    def _dress(self) -> None:
        bill = self._bill
        self.setWindowTitle(_("Day-by-day sheet"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = _home_window(self).size()
        self.resize(
            min(theme.px(WIDE), room.width() - theme.px(40)),
            min(theme.px(HIGH), room.height() - theme.px(40)),
        )
        named = (
            bill.resident,
            bill.bed,
            bill.grade,
            bill.number or _("Trial, not yet a bill"),
        )
        who = QLabel("\u3000".join(filter(None, named)))
        theme.mark(who, "title")
        self.total.show_number(show_money(bill.total), say_month(bill.month))
        self.told.setWordWrap(True)
        theme.mark(self.told, "banner_info")
        for view in (self.days, self.line_days):
            self.stack.addWidget(ListCard(view))
        head = QHBoxLayout()
        head.addWidget(who, 1)
        head.addWidget(self.total)
        head.addWidget(self.print)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(ListCard(self.entries))
        parts.addWidget(self.stack)
        parts.setStretchFactor(1, 1)
        parts.setSizes([theme.px(50 + 36 * FEW), theme.px(HIGH)])
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (20, 16, 20, 16)))
        column.setSpacing(theme.px(10))
        column.addLayout(head)
        column.addWidget(parts, 1)
        column.addWidget(self.told)


def _entries(bill: BillDays) -> Iterator[Entry]:
    """Yield the whole month, its lines, then the months that are put right."""
    sheet, at = bill.sheet, 0
    if sheet:
        name = _("Whole month")
        sums = (sheet.exact, sheet.rounding or None, sheet.total)
        closing = " ".join(closing_of(bill))
        yield Entry(at, name, _("All lines together"), *sums, sheet, closing=closing)
        for at, line in enumerate(sheet.lines, start=1):
            sums = (line.exact, line.rounding or None, line.line.amount_fen)
            why = " ".join(explain(line.line))
            yield Entry(at, line.line.item_name, why, *sums, sheet, line)
    for more, late in enumerate(bill.corrected, start=at + 1):
        yield _late_entry(more, bill, late)


def _late_entry(at: int, bill: BillDays, late: CorrectedMonth) -> Entry:
    name = _("Correction of {month}").format(month=say_month(late.month))
    text = _("{name}: {why}")
    why = [
        text.format(name=line.item_name, why=" ".join(explain(line)))
        for line in late.lines
    ]
    fen = sum(line.amount_fen for line in late.lines)
    closing = "\n".join((*why, " ".join((_(LATE_SHEET), *closing_of(bill, late)))))
    return Entry(at, name, " ".join(why), None, None, fen, late.sheet, closing=closing)


def _corrects(entry: Entry, line: Line) -> bool:
    """Say whether an entry is the month that a correction puts right."""
    if entry.line is not None or entry.sheet is None:
        return False
    return entry.sheet.month == line.for_month


def _line_days(sheet: DaySheet, line: LineSheet) -> Iterator[LineDay]:
    """Yield the days of a line with what they come to so far."""
    at = sheet.lines.index(line)
    found = [
        (day, charged)
        for day in sheet.days
        for charged in day.charged
        if charged.at == at
    ]
    sums = accumulate(charged.part.exact for _day, charged in found)
    for (day, charged), so_far in zip(found, sums, strict=True):
        yield LineDay(day, charged, so_far)


def _home_window(dialog: QDialog) -> QWidget:
    """Return the window of the program that a dialog stands over, also over others."""
    window: QWidget = dialog
    while above := window.parentWidget():
        window = above.window()
    return window
