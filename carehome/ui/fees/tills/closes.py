"""The counts of some days: whose, how they came out, who has not counted."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from carehome.i18n import N_, _, say_day, show_moment, show_money
from carehome.rules.days import Sense
from carehome.rules.ledger.day_close import word_of
from carehome.rules.rights import Right
from carehome.services.day_close import DayClose, DayCloses, OpenTill
from carehome.ui.fees.tills.deeds import TillDeeds
from carehome.ui.fees.tills.saying import (
    TONES,
    facts_of,
    others_of,
    say_days,
    say_difference,
    say_receipts,
)
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, Facts, ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.days import DateField
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

COLUMNS: tuple[Column[DayClose], ...] = (
    table.day(N_("Day"), lambda row: row.day),
    Column(N_("Cashier"), lambda row: row.name, bold=True),
    table.money(N_("Should be there"), lambda row: row.booked),
    table.money(N_("Cash that was there"), lambda row: row.counted, bold=True),
    Column(
        N_("Difference of the count"),
        lambda row: row.difference,
        say_difference,
        chip=lambda row: TONES[word_of(row.difference)],
    ),
    Column(
        N_("State"),
        lambda row: row.holds,
        lambda holds: _("Closed and sealed") if holds else _("Opened again"),
        chip=lambda row: None if row.holds else "warn",
    ),
    Column(N_("Receipts"), lambda row: say_receipts(row.sheet), stretch=True),
    Column(N_("Reason"), lambda row: row.note, stretch=True),
)
SLIM = 5
Read = tuple[list[DayClose], list[OpenTill]]


class CloseList(Tab):
    """Lists the counts of some days; a row opens to its sheet."""

    SHOWS = frozenset(
        {"day_close", "payment", "deposit_entry", "payout", "payer_refund"}
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._closes = hand.service(DayCloses)
        self._deeds = TillDeeds(hand, self)
        self._found: list[DayClose] = []
        self._shown: DayClose | None = None
        today = hand.today()
        self.first = DateField(_("From day"), today, sense=Sense.PAST)
        self.last = DateField(_("To day"), today, sense=Sense.PAST)
        self.who = Choice()
        self.missing = QLabel()
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.close_id),
            "fees.day_closes",
            N_("Day closes"),
        )
        self.side = Side()
        self.facts = Facts()
        self.print = button(_("Print the sheet of the count"), "print", "Ctrl+P")
        self.reopen = button(_("Open the day again"), "undo")
        self.split = Split(ListCard(self.view), self.side, 420, 0.65)
        self._dress()
        self.first.set_value(today.replace(day=1))
        self.last.set_value(today)

        for field in (self.first, self.last):
            field.changed.connect(self.refresh)
        self.who.chosen.connect(self._narrow)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.side.closed.connect(partial(self.view.show_columns, len(COLUMNS)))
        self.print.clicked.connect(self._print)
        self.reopen.clicked.connect(self._reopen)

    def refresh(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first and last:
            days = self._closes, first, last
            self.hand.jobs.run_last(self, self._show, _read, *days)

    def _show(self, read: Read) -> None:
        self._found, missing = read
        people = {close.account_id: close.name for close in self._found}
        self.who.set_choices({None: _("Everybody"), **people})
        self.who.setVisible(len(people) > 1)
        self._say_missing(missing)
        self._narrow()

    def _say_missing(self, tills: Sequence[OpenTill]) -> None:
        lines = [
            _("{name} since {day} ({amount})").format(
                name=till.name, day=say_day(till.since), amount=show_money(till.fen)
            )
            for till in tills
        ]
        text = _("Days with cash that are not closed: {people}")
        self.missing.setText(text.format(people=_("; ").join(lines)))
        self.missing.setVisible(bool(lines))

    def _narrow(self) -> None:
        who = self.who.code()
        shown = [x for x in self._found if who is None or x.account_id == who]
        self.view.table.set_rows(shown)
        if self._shown:
            again = [x for x in shown if x.close_id == self._shown.close_id]
            self._shown = None
            if again:
                self._look(again[0])

    def _open(self, close: DayClose) -> None:
        self.view.show_columns(SLIM)
        self.split.open_side()
        self._look(close)

    def _look(self, close: DayClose | None) -> None:
        if close is None or self.side.isHidden():
            return
        self._shown = close
        title = _("{name}, {day}").format(name=close.name, day=say_day(close.day))
        self.side.title.setText(title)
        facts = [Fact(_("Money of"), say_days(close.sheet)), *facts_of(close.sheet)]
        facts += others_of(close.sheet)
        counted = show_money(close.counted)
        facts.append(Fact(_("Cash that was there"), counted, strong=True))
        facts.append(
            Fact(_("Difference of the count"), say_difference(close.difference))
        )
        facts.append(Fact(_("Counted at"), show_moment(close.closed_at)))
        if close.note:
            facts.append(Fact(_("Reason"), close.note))
        if not close.holds:
            text = _("Opened again by {name}").format(name=close.reopened_by)
            facts.append(Fact(text, close.reopen_reason))
        self.facts.show_facts(facts)
        may = self.hand.may(Right.REOPEN_DAY)
        self.reopen.setVisible(may and close.is_newest)

    def _print(self) -> None:
        close = self._shown or self.view.current_row()
        if close:
            title = _("Day close {day}").format(day=say_day(close.day))
            paper = PaperDialog(title, f"{title}.pdf", self.hand.jobs, self)
            paper.draw(self._closes.write_sheet, close.close_id)

    def _reopen(self) -> None:
        if self._shown:
            dialog = self._deeds.reopen(self._shown)
            text = _("The day is open again.")
            dialog.accepted.connect(partial(self.told.emit, text))

    def _dress(self) -> None:
        theme.mark(self.missing, "banner_warn")
        self.missing.setWordWrap(True)
        self.missing.hide()
        self.who.setAccessibleName(_("Cashier"))
        self.who.setMinimumHeight(theme.px(34))
        self.view.set_empty(_("No day was closed in this time."))
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(8))
        for field in (self.first, self.last):
            field.setFixedWidth(theme.px(150))
        bar.addWidget(self.first)
        bar.addWidget(QLabel("–"))
        bar.addWidget(self.last)
        bar.addWidget(self.who)
        bar.addStretch()
        foot = QHBoxLayout()
        foot.addWidget(self.print)
        foot.addStretch()
        foot.addWidget(self.reopen)
        self.side.body.addWidget(scrolling(self.facts), 1)
        self.side.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(bar)
        column.addWidget(self.missing)
        column.addWidget(self.split, 1)
        lead(self, self.view)


def _read(closes: DayCloses, first: date, last: date) -> Read:
    return closes.closes(first, last), closes.open_tills()
