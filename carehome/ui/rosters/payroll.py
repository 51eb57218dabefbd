"""The tab of hours for the payroll: each person's month, and why each number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_month, show_money
from carehome.rules.payroll import BASIS_NAMES, PERCENT, Entry, Pay
from carehome.rules.rights import Right
from carehome.rules.staff import SCHEME_NAMES
from carehome.services.payroll import PaidLine, Payroll, PayrollMonth
from carehome.services.payroll.words import notes, say_breach, say_hours, say_period
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Side, Split
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.workbooks import save_workbook
from carehome.ui.rosters.month_pick import MonthPick


@dataclass(frozen=True)
class PayrollHand:
    """The service, jobs, rights and the day."""

    payroll: Payroll
    jobs: Jobs
    may: Callable[[Right], bool]
    today: Callable[[], date]


def _minutes(title: str, pay: Pay) -> Column[PaidLine]:
    """Return the column of what earns `pay`; nothing stays blank."""
    return Column(
        title,
        lambda line: line.hours.of(pay) or None,
        say_hours,
        align=RIGHT,
        bold=pay is not Pay.NORMAL,
        tone=lambda line: "ink_2" if pay is Pay.NORMAL else None,
    )


COLUMNS: tuple[Column[PaidLine], ...] = (
    Column(N_("Name"), lambda line: line.name, bold=True),
    _minutes(N_("Normal hours"), Pay.NORMAL),
    _minutes(N_("At 150 %"), Pay.OVERTIME),
    _minutes(N_("At 200 %"), Pay.REST),
    _minutes(N_("At 300 %"), Pay.STATUTORY),
    Column(N_("Together"), lambda line: line.hours.total, say_hours, align=RIGHT),
    Column(N_("Unit of the home"), lambda line: line.unit or None),
    Column(N_("Post"), lambda line: line.post or None),
    Column(N_("Scheme"), lambda line: _(SCHEME_NAMES[line.scheme])),
    Column(
        N_("To be looked at"),
        lambda line: _("; ").join(map(say_breach, line.hours.breaches)) or None,
        tone=lambda _line: "bad",
        stretch=True,
    ),
)
ENTRIES: tuple[Column[Entry], ...] = (
    table.day(N_("Day"), lambda entry: entry.day),
    Column(N_("Per cent"), lambda entry: f"{PERCENT[entry.pay]} %", align=RIGHT),
    Column(N_("Hours"), lambda entry: entry.minutes, say_hours, align=RIGHT, bold=True),
    Column(N_("Why"), lambda entry: _(BASIS_NAMES[entry.basis]), stretch=True),
    table.day(N_("Day off for it"), lambda entry: entry.made_up_on),
)


class PayrollView(LiveView):
    """Lists everybody's hours of a month; a row opens to the basis of each number."""

    SHOWS = frozenset(
        {"roster", "roster_cell", "shift_kind", "staff_member", "staff_leave", "pay"}
        | {"calendar_day", "training", "training_attendance", "maternity", "unit"}
        | {"post", "staff_post", "staff_rule"}
    )

    def __init__(self, hand: PayrollHand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._with_money = hand.may(Right.SEE_PAY)
        self.month = MonthPick(hand.today().replace(day=1))
        self.bar = Bar(self.month)
        self.save = self.bar.add_button(
            _("Save as workbook"), "save", "Ctrl+Shift+E", "primary"
        )
        self.view = TableView(
            TableModel(COLUMNS, lambda line: line.staff_id),
            "rosters.payroll",
            N_("Hours for the payroll"),
        )
        self.side, self.panel = Side(), BasisPanel()
        self.split = Split(ListCard(self.view), self.side, 570)
        self.hint = QLabel()
        self._arrange()

        self.month.chosen.connect(lambda _first: self.refresh())
        self.save.clicked.connect(self._save)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)

    def refresh(self) -> None:
        payroll = self._hand.payroll
        read = payroll.month_with_pay if self._with_money else payroll.month
        self._hand.jobs.run_last(self, self._show, read, self.month.first)

    def _show(self, month: PayrollMonth) -> None:
        if month.first != self.month.first:
            return  # gone on meanwhile
        worked_first = sorted(month.lines, key=lambda line: not line.hours.total)
        self.view.table.set_rows(worked_first)
        over = sum(bool(line.hours.breaches) for line in month.lines)
        text = _("{count} people, {over} to be looked at")
        self.bar.note.setText(text.format(count=len(month.lines), over=over))
        self.hint.setText("\n".join(notes(month)))
        self._look(self.view.current_row())

    def _open(self, line: PaidLine | None) -> None:
        if line is not None:
            self.split.open_side()
            self.view.show_columns(6)
            self._look(line)

    def _look(self, line: PaidLine | None) -> None:
        if line is not None and not self.side.isHidden():
            self.side.title.setText(line.name)
            self.panel.show_line(line)

    def _save(self) -> None:
        payroll = self._hand.payroll
        write = payroll.write_with_pay if self._with_money else payroll.write
        first = self.month.first
        title = _("Hours for the payroll {month}").format(month=say_month(first))
        save_workbook(self, self._hand.jobs, f"{title}.xlsx", write, first)

    def _arrange(self) -> None:
        theme.mark(self.hint, "hint")
        self.hint.setWordWrap(True)
        self.side.body.addWidget(self.panel, 1)
        self.side.closed.connect(partial(self.view.show_columns, 99))
        self.view.set_empty(_("Nobody worked here in this month."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        column.addWidget(self.hint)
        lead(self, self.view)


class BasisPanel(QWidget):
    """Shows on what somebody's hours rest, minute by minute."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = FactGrid(columns=1)
        self.view = TableView(
            TableModel(ENTRIES), "rosters.payroll.basis", N_("Basis of the hours")
        )
        self.view.set_empty(_("No shift lies in this month."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.facts)
        column.addWidget(ListCard(self.view), 1)

    def show_line(self, line: PaidLine) -> None:
        """Show somebody's month."""
        self.facts.show_facts(list(_facts(line)))
        self.view.table.set_rows(line.hours.entries)


def _facts(line: PaidLine) -> Iterator[Fact]:
    yield Fact(_("Scheme"), _(SCHEME_NAMES[line.scheme]))
    if period := say_period(line.hours):
        yield Fact(_("Period"), period)
    for pay, name in (
        (Pay.OVERTIME, _("At 150 %")),
        (Pay.REST, _("At 200 %")),
        (Pay.STATUTORY, _("At 300 %")),
    ):
        minutes = line.hours.of(pay)
        if minutes:
            told = say_hours(minutes)
            if line.premiums is not None:
                money = show_money(line.premiums[pay])
                told = _("{hours} hours, {money}").format(hours=told, money=money)
            yield Fact(name, told, strong=True)
    for breach in line.hours.breaches:
        yield Fact(_("To be looked at"), say_breach(breach))
