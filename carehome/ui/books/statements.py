"""The tab of yearly statements: what each resident was charged and paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _, show_money
from carehome.services.books import Statements, YearStanding
from carehome.services.residents import ResidentIndex, ResidentLine, Residents
from carehome.ui.books.closing import MONEY
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import Card
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.people_list import PeopleList
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.turner import YEAR, Turner
from carehome.ui.parts.workbooks import save_workbook


@dataclass(frozen=True, slots=True)
class Year:
    """The year of one resident in the list."""

    line: ResidentLine
    sums: YearStanding


@dataclass(frozen=True, slots=True)
class Years:
    """Everybody whom the home knows, and the sums of those with money in the year."""

    index: ResidentIndex
    sums: Mapping[int, YearStanding]

    def row(self, line: ResidentLine) -> Year | None:
        """Return somebody's year, if any money moved or was held in it."""
        sums = self.sums.get(line.resident_id)
        return Year(line, sums) if sums else None

    def kept(self, line: ResidentLine) -> Year | None:
        """Return somebody's year, if a deposit or trust money was held in it."""
        row = self.row(line)
        is_kept = row and (row.sums.deposits.is_told or row.sums.trusts.is_told)
        return row if is_kept else None


COLUMNS: tuple[Column[Year], ...] = (
    Column(N_("Bed"), lambda row: row.line.bed or None),
    Column(N_("Name"), lambda row: row.line.name, bold=True),
    table.money(N_("Opening balance"), lambda row: row.sums.before or None),
    table.money(N_("Charged"), lambda row: row.sums.charged or None),
    table.money(N_("Others bear"), lambda row: row.sums.borne or None),
    table.money(N_("Paid"), lambda row: row.sums.paid or None),
    table.money(
        N_("Still to pay"),
        lambda row: row.sums.after or None,
        bold=True,
        tone=lambda row: "bad" if row.sums.after > 0 else None,
    ),
    table.money(N_("Deposit held"), lambda row: row.sums.deposit or None),
    table.money(N_("Trust money kept"), lambda row: row.sums.trust or None),
)
FEES, KEPT = "fees", "kept"
OF_KEPT: tuple[Column[Year], ...] = (
    *COLUMNS[:2],
    table.money(N_("Deposit before"), lambda row: row.sums.deposits.before or None),
    table.money(N_("Deposit in"), lambda row: row.sums.deposits.came or None),
    table.money(N_("Deposit out"), lambda row: row.sums.deposits.went or None),
    table.money(N_("Deposit held"), lambda row: row.sums.deposit or None, bold=True),
    table.money(N_("Trust money before"), lambda row: row.sums.trusts.before or None),
    table.money(N_("Trust money in"), lambda row: row.sums.trusts.came or None),
    table.money(N_("Trust money out"), lambda row: row.sums.trusts.went or None),
    table.money(N_("Trust money kept"), lambda row: row.sums.trust or None, bold=True),
)


class StatementsTab(Tab):
    """Lists a year of everybody; one or all go to paper for tax, insurer, family."""

    SHOWS = MONEY | {"resident", "stay", "bed_use"}

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._statements = hand.service(Statements)
        self._residents = hand.service(Residents)
        self._told: tuple[YearStanding, ...] = ()
        self.turner = Turner(date(hand.today().year, 1, 1), YEAR)
        self.which = Pick({FEES: _("Fees"), KEPT: _("Deposit and trust money")})
        self.which.setAccessibleName(_("What is shown"))
        self.which.set_code(FEES)
        self.bar = Bar(self.which, self.turner)
        self.save = self.bar.add_button(_("Save as a workbook"), "save", "Ctrl+E")
        self.all = self.bar.add_button(_("Statements of all"), "print")
        self.one = self.bar.add_button(_("Statement"), "print", "Ctrl+P", "primary")
        self.people = PeopleList(
            *(COLUMNS, lambda row: row.line.resident_id),
            *("books.statements", N_("Yearly statements")),
        )
        self.kept = PeopleList(
            *(OF_KEPT, lambda row: row.line.resident_id),
            *("books.statements.kept", N_("Deposits and trust money of a year")),
        )
        self.lists = QStackedWidget()
        main = Card()
        main.add(self.lists)
        for people in (self.people, self.kept):
            people.nobody = _("Nothing moved that year.")
            people.opened.connect(self.print_one)
            self.lists.addWidget(people)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(main, 1)
        lead(self, self.people)

        self.turner.turned.connect(self.refresh)
        self.which.chosen.connect(self._turn)
        self.one.clicked.connect(self._print_current)
        self.all.clicked.connect(self._print_all)
        self.save.clicked.connect(self._save)
        for deed in (self.one, self.all, self.save):
            deed.setEnabled(False)

    @property
    def year(self) -> int:
        """The year that is shown."""
        return self.turner.first.year

    def refresh(self) -> None:
        what = (self._residents, self._statements, self.year)
        self.hand.jobs.run_last(self, self.show_years, _read, *what)

    def open_key(self, key: object) -> None:
        """Put the cursor on somebody, by their number in the database."""
        assert isinstance(key, int), "a resident is named by their number"
        for people in (self.people, self.kept):
            people.select(key)

    def show_years(self, years: Years) -> None:
        """Show the sums of a year."""
        self.people.set_people(years.index, years.row, lambda _row: True)
        self.kept.set_people(years.index, years.kept, lambda _row: True)
        self._told = tuple(years.sums.values())
        for deed in (self.one, self.all, self.save):
            deed.setEnabled(bool(years.sums))
        self._say_sums()

    def _say_sums(self) -> None:
        """Say above the list what it comes to."""
        rows = self._told
        count = len(rows)
        if self.which.code() == KEPT:
            text = _("{deposit} of deposits, {trust} of trust money")
            deposit = show_money(sum(row.deposit for row in rows))
            trust = show_money(sum(row.trust for row in rows))
            self.bar.note.setText(text.format(deposit=deposit, trust=trust))
            return
        text = _("{count} {count:resident|residents}, charged {charged}, paid {paid}")
        charged = show_money(sum(row.charged for row in rows))
        paid = show_money(sum(row.paid for row in rows))
        self.bar.note.setText(text.format(count=count, charged=charged, paid=paid))

    def print_one(self, row: Year) -> None:
        """Look at the statement of one resident as it will be printed."""
        title = _("Statement for {name}").format(name=row.line.name)
        paper = PaperDialog(title, f"{title} {self.year}.pdf", self.hand.jobs, self)
        paper.draw(self._statements.write_year, row.line.resident_id, self.year)

    def _turn(self) -> None:
        """Show fees, or what was held; the cursor stays with the person."""
        old, new = self.people, self.kept
        if self.which.code() == FEES:
            old, new = new, old
        row = old.view.current_row()
        self.lists.setCurrentWidget(new)
        self._say_sums()
        if row is not None:
            new.select(row.line.resident_id)

    def _print_current(self) -> None:
        people = self.kept if self.which.code() == KEPT else self.people
        row = people.view.current_row()
        if row is not None:
            self.print_one(row)

    def _print_all(self) -> None:
        title = _("Statements of {year}").format(year=self.year)
        paper = PaperDialog(title, f"{title}.pdf", self.hand.jobs, self)
        paper.draw(self._statements.write_years, self.year)

    def _save(self) -> None:
        name = _("Statements of {year}").format(year=self.year) + ".xlsx"
        write = self._statements.write_years_workbook
        save_workbook(self, self.hand.jobs, name, write, self.year)


def _read(residents: Residents, statements: Statements, year: int) -> Years:
    sums = {each.resident_id: each for each in statements.years(year)}
    return Years(residents.index(), sums)
