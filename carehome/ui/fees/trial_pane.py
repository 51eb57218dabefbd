"""The review of a month before it is posted: what to mend, what changed, why."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _, show_money
from carehome.rules.billing.lines import Line
from carehome.services.billing import Problem, Trial, TrialBill
from carehome.ui.fees.late_pane import LatePane
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.kit.tick import Tick
from carehome.ui.parts.bill_file import BillFile, BillText, say_gaps

BILLS, LATE = "bills", "late"
MOST = 8  # names shown beside a problem


@dataclass(frozen=True, slots=True)
class Review:
    """A trial beside what each resident was billed the month before."""

    trial: Trial
    before: Mapping[int, int]

    @property
    def total(self) -> int:
        """What would be posted."""
        return self.trial.total

    @property
    def corrections(self) -> int:
        """How many months of residents are corrected, or wait to be."""
        return len(self.trial.late)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One bill of a trial, and how it compares."""

    bill: TrialBill
    before: int | None

    @property
    def total(self) -> int:
        """What would be posted for this resident."""
        return self.bill.total

    @property
    def change(self) -> int | None:
        """How much more it is than the month before."""
        return None if self.before is None else self.total - self.before

    @property
    def corrected(self) -> int | None:
        """What corrections of earlier months come to; None without any."""
        found = [x.amount_fen for x in self.bill.lines if x.kind == "adjustment"]
        return sum(found) if found else None

    @property
    def is_worth_a_look(self) -> bool:
        """Say whether anything is other than the month before."""
        return bool(self.change != 0 or self.bill.gaps or self.corrected is not None)


def show_change(fen: int) -> str:
    """Return a difference with its sign."""
    return f"+{show_money(fen)}" if fen > 0 else show_money(fen)


def _beside(review: Review) -> str:
    """Say how many bills last month had, and how many are left out of this one."""
    before, gone = len(review.before), review.trial.finals
    if before and gone:
        text = _("{count} last month, without {gone} billed on leaving")
        return text.format(count=before, gone=gone)
    if gone:
        return _("without {gone} billed on leaving").format(gone=gone)
    return _("{count} last month").format(count=before) if before else ""


COLUMNS: tuple[Column[Reviewed], ...] = (
    Column(N_("Bed"), lambda row: row.bill.bed),
    Column(N_("Name"), lambda row: row.bill.resident, bold=True),
    Column(N_("Grade"), lambda row: row.bill.grade),
    table.number(N_("Lines"), lambda row: len(row.bill.lines)),
    table.money(N_("Corrections"), lambda row: row.corrected),
    table.money(N_("Total"), lambda row: row.total, bold=True),
    Column(
        N_("To last month"),
        lambda row: row.change or None,
        show_change,
        align=RIGHT,
        kind="money",
    ),
    Column(
        N_("To check"),
        lambda row: say_gaps(row.bill.gaps) or None,
        chip=lambda _row: "warn",
        stretch=True,
    ),
)


class TrialPane(QWidget):
    """Shows a trial: figures, problems, and a list whose rows open to the bill."""

    resident_wanted = Signal(int)
    sheet_wanted = Signal(object, object)  # a bill, and the line that was chosen

    def __init__(self, late: LatePane) -> None:
        super().__init__()
        self._rows: list[Reviewed] = []
        self.bills = FigureCard(_("Bills"))
        self.total = FigureCard(_("Total"))
        self.corrections = FigureCard(_("Corrections of earlier months"))
        self.to_check = FigureCard(_("To check"))
        self.problems = Card(_("Problems"))
        self.only_changed = Tick(_("Only what differs from last month"))
        self.which = Pick({BILLS: _("Bills"), LATE: _("Late facts")})
        self.which.setAccessibleName(_("What is shown of the month"))
        self.late = late
        self.stack = QStackedWidget()
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.bill.resident_id),
            "fees.trial",
            N_("Trial bills"),
        )
        self.side = Side()
        self.file = BillFile()
        self.open_file = button(_("The resident's file"), "person")
        self.open_sheet = button(_("Day-by-day sheet"), "calendar", "Ctrl+D")
        self.split = Split(ListCard(self.view), self.side, 400)
        self._dress()

        self.only_changed.toggled.connect(self._fill)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.open_file.clicked.connect(self._want)
        self.open_sheet.clicked.connect(partial(self._want_sheet, None))
        self.file.line_wanted.connect(self._want_sheet)
        self.which.chosen.connect(self._turn)
        self.late.resident_wanted.connect(self.resident_wanted)

    def show_review(self, review: Review) -> None:
        """Show what a trial came to."""
        trial = review.trial
        self._rows = [
            Reviewed(bill, review.before.get(bill.resident_id)) for bill in trial.bills
        ]
        self.bills.show_number(str(len(trial.bills)), _beside(review))
        last = sum(review.before.values())
        change = _("{change} to last month").format(
            change=show_change(review.total - last)
        )
        self.total.show_number(show_money(review.total), change if last else "")
        old = _("{count} wait for the director").format(count=trial.to_confirm)
        self.corrections.show_number(
            str(review.corrections), old if trial.to_confirm else "", "error"
        )
        self.late.show_trial(trial)
        gaps = sum(bool(row.bill.gaps) for row in self._rows)
        self.to_check.show_number(str(gaps), _("people without some fee"))
        self._show_problems(trial.problems)
        worth = sum(row.is_worth_a_look for row in self._rows)
        text = _("Only what differs from last month ({count})").format(count=worth)
        self.only_changed.setText(text)
        self._fill()
        self._look(self.view.current_row())

    def _fill(self) -> None:
        only = self.only_changed.isChecked()
        shown = [row for row in self._rows if not only or row.is_worth_a_look]
        self.view.table.set_rows(shown)
        self.view.set_empty(
            _("Nothing differs from last month.")
            if self._rows
            else _("Nobody is charged anything in this month.")
        )

    def _open(self, row: Reviewed) -> None:
        self.split.open_side()
        self._look(row)

    def _look(self, row: Reviewed | None) -> None:
        if row is None or self.side.isHidden():
            return
        bill = row.bill
        words = (bill.resident, bill.bed, bill.grade)
        self.side.title.setText("\u3000".join(word for word in words if word))
        self.file.show_bill(
            BillText(bill.lines, bill.to_confirm, bill.gaps, row.total, row.before)
        )

    def show_late(self) -> None:
        """Go to what came to be known of posted months."""
        self.which.set_code(LATE)

    def _turn(self) -> None:
        is_late = self.which.code() == LATE
        self.stack.setCurrentIndex(int(is_late))
        self.only_changed.setVisible(not is_late)

    def _want_sheet(self, line: Line | None) -> None:
        row = self.view.current_row()
        if row is not None:
            self.sheet_wanted.emit(row.bill, line)

    def _want(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self.resident_wanted.emit(row.bill.resident_id)

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.problems.setVisible(bool(problems))
        text = _(
            "{count} {count:bill|bills} cannot be computed: fix this, then try again"
        )
        self.problems.title.setText(text.format(count=len(problems)))
        while item := self.problems.body.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if problems:
            self.problems.body.addWidget(self._problem_list(problems))

    def _problem_list(self, problems: tuple[Problem, ...]) -> QWidget:
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        alike: dict[str, list[Problem]] = defaultdict(list)
        for problem in problems:
            alike[problem.text].append(problem)
        for text, whose in alike.items():
            what = QLabel(text)
            what.setWordWrap(True)
            column.addWidget(what)
            column.addLayout(self._names(whose))
        area = scrolling(room)
        area.setMaximumHeight(theme.px(62 * min(len(alike), 3)))
        return area

    def _names(self, problems: list[Problem]) -> QHBoxLayout:
        """Name whom a problem is about; each name leads to the file."""
        row = QHBoxLayout()
        row.setSpacing(theme.px(2))
        for problem in problems[:MOST]:
            go = button(problem.resident, kind="link")
            go.setToolTip(_("The resident's file"))
            go.clicked.connect(partial(self.resident_wanted.emit, problem.resident_id))
            row.addWidget(go)
        if len(problems) > MOST:
            text = _("and {count} more").format(count=len(problems) - MOST)
            more = QLabel(text)
            theme.mark(more, "note")
            row.addWidget(more)
        row.addStretch()
        return row

    def _dress(self) -> None:
        figures = FigureRow(self.bills, self.total, self.corrections, self.to_check)
        figures.watch(self)
        self.problems.head.insertWidget(0, Tag(_("Must be fixed"), "bad"))
        self.problems.head.setSpacing(theme.px(8))
        self.problems.hide()
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.open_file)
        foot.addWidget(self.open_sheet)
        self.side.body.addWidget(self.file, 1)
        self.side.body.addLayout(foot)
        for part in (self.split, self.late):
            self.stack.addWidget(part)
        self.which.set_code(BILLS)
        choice = QHBoxLayout()
        choice.setSpacing(theme.px(16))
        choice.addWidget(self.which)
        choice.addWidget(self.only_changed, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(figures)
        column.addWidget(self.problems)
        column.addLayout(choice)
        column.addWidget(self.stack, 1)
        lead(self, self.view)
