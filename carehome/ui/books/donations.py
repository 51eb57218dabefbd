"""The tab of donations: who gave what for what, and what became of it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_money
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.services.donations import Donation, Donations, Fund, funds
from carehome.ui.books.donation_deeds import DonationDeeds
from carehome.ui.books.donation_file import DonationFile
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.turner import YEAR, Turner
from carehome.ui.parts.workbooks import save_workbook

FILE, MOST = 520, 0.55
HEAD, LINE, LINES, ROOMY = 86, 37, 4, 500  # heights of the list of purposes


class DonationsTab(Tab):
    """Lists donations by purpose and one by one; one opens to its uses."""

    SHOWS = frozenset({"donation", "donation_use"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._donations = hand.service(Donations)
        self._all: Sequence[Donation] = ()
        self._purpose: str | None = None
        self._wanted: object = None
        self.deeds = DonationDeeds(self)
        self.turner = Turner(date(hand.today().year, 1, 1), YEAR)
        self.bar = Bar(self.turner)
        self.save = self.bar.add_button(_("Save as a workbook"), "save", "Ctrl+E")
        self.print = self.bar.add_button(_("List for the public"), "print", "Ctrl+P")
        self.take = self.bar.add_button(
            _("Enter a donation"), "plus", "Ctrl+N", "primary"
        )
        self.funds = TableView(
            TableModel(FUND_COLUMNS, lambda fund: fund.purpose),
            "books.funds",
            N_("Donations by purpose"),
        )
        self.funds.set_empty(_("Nothing was given yet."))
        self.view = TableView(
            TableModel(COLUMNS, lambda each: each.donation_id),
            "books.donations",
            N_("Donations"),
        )
        self.file = DonationFile(self, self.deeds)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        self._dress()

        self.turner.turned.connect(self._fill)
        self.funds.picked.connect(self._choose)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.take.clicked.connect(self.deeds.take)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)

    @property
    def period(self) -> Period:
        """The year that is shown."""
        year = self.turner.first.year
        return Period(date(year, 1, 1), date(year + 1, 1, 1))

    def refresh(self) -> None:
        call = self._donations.donations
        self.hand.jobs.run_last(self, self.show_donations, call)

    def open_key(self, key: object) -> None:
        """Open a donation by its number."""
        self._wanted = key
        self._open_wanted()

    def show_donations(self, donations: Sequence[Donation]) -> None:
        """Show all donations, by purpose and those of the year."""
        self._all = donations
        self.funds.table.set_rows(funds(donations))
        self._fit()
        self._fill()
        self._open_wanted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the purposes the lines they need, fewer in a low window."""
        most = LINES if self.height() >= theme.px(ROOMY) else 1
        lines = min(max(len(self.funds.table.rows), 1), most)
        self.above.setFixedHeight(theme.px(HEAD + LINE * lines))

    def _fill(self) -> None:
        period = self.period
        rows = [
            each
            for each in self._all
            if period.holds(each.day) and self._purpose in (None, each.purpose)
        ]
        self.view.table.set_rows(rows)
        counted = [each for each in rows if each.voided_at is None]
        text = _("received {given}, used {used}, left {left}")
        self.bar.note.setText(
            text.format(
                given=show_money(sum(each.fen for each in counted)),
                used=show_money(sum(each.used for each in counted)),
                left=show_money(sum(each.left for each in counted)),
            )
        )
        row = self.view.current_row()
        if row is not None:
            self._look(row)

    def _choose(self, fund: Fund | None) -> None:
        self._purpose = fund.purpose if fund else None
        self._fill()

    def _open_wanted(self) -> None:
        found = (x for x in self._all if x.donation_id == self._wanted)
        wanted = next(found, None)
        if wanted is None:
            return
        self._wanted = None
        self.turner.show_day(wanted.day)
        self._choose(None)
        self.view.select(wanted.donation_id)
        self._open(wanted)

    def _open(self, row: Donation | None) -> None:
        if row is not None:
            self.split.open_side()
            self._look(row)

    def _look(self, row: Donation | None) -> None:
        if row is not None and not self.file.isHidden():
            self.file.show_donation(row)

    def _print(self) -> None:
        title = _("Donations and their use")
        name = f"{title} {self.turner.first.year}.pdf"
        paper = PaperDialog(title, name, self.hand.jobs, self)
        paper.draw(self._donations.write_public, self.period)

    def _save(self) -> None:
        name = f"{_('Donations and their use')} {self.turner.first.year}.xlsx"
        write = self._donations.write_workbook
        save_workbook(self, self.hand.jobs, name, write, self.period)

    def _dress(self) -> None:
        if not self.hand.may(Right.KEEP_BOOKS):
            self.take.hide()
        self.view.set_empty(_("Nothing was given that year for this purpose."))
        self.above = ListCard(self.funds, _("By purpose"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.above)
        column.addWidget(self.split, 1)
        lead(self, self.view)
        self.file.closed.connect(partial(self.view.show_columns, len(COLUMNS)))


def _purpose(purpose: str) -> str:
    return purpose or _("Free to use")


def _state(each: Donation) -> str:
    if each.voided_at:
        return _("Void")
    return _("Used up") if not each.left else _("Left to use")


def _tone(each: Donation) -> str:
    if each.voided_at:
        return "bad"
    return "info" if each.left else "quiet"


FUND_COLUMNS: tuple[Column[Fund], ...] = (
    Column(N_("Purpose"), lambda fund: _purpose(fund.purpose), bold=True, stretch=True),
    table.number(N_("Donations"), lambda fund: fund.donations),
    table.money(N_("Given in all"), lambda fund: fund.given),
    table.money(N_("Used"), lambda fund: fund.used or None),
    table.money(N_("Still left"), lambda fund: fund.left or None, bold=True),
)
COLUMNS: tuple[Column[Donation], ...] = (
    table.day(N_("Day"), lambda each: each.day),
    Column(N_("Donor"), lambda each: each.donor, bold=True, stretch=True),
    Column(N_("Purpose"), lambda each: _purpose(each.purpose), stretch=True),
    table.money(N_("Given in all"), lambda each: each.fen),
    table.money(N_("Still left"), lambda each: each.left or None, bold=True),
    Column(N_("State"), _state, chip=_tone),
    Column(N_("Goods"), lambda each: each.goods or None, tip=lambda each: each.goods),
    Column(
        N_("In public"),
        lambda each: _("No name") if each.is_unnamed else _("By name"),
    ),
)
