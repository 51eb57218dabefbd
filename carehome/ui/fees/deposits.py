"""Deposits: what is held for whom, what is too much, what the bank still lacks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, say_day, show_day, show_money
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Right, User
from carehome.services.deposits import DepositEntry, DepositStanding, OverHeldDeposit
from carehome.services.residents import ResidentIndex, ResidentLine
from carehome.ui.fees.deposit_account import PARTS, AccountView
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column
from carehome.ui.parts.deposit_deeds import DepositDeeds
from carehome.ui.parts.deposit_panel import DepositPanel
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.people_list import PeopleList
from carehome.ui.parts.workbooks import save_workbook

ALL, OVER, BANK, PAPERS = "all", "over", "bank", "papers"
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Deposit:
    """One resident's deposit in the list, with what is still to be done about it."""

    line: ResidentLine
    standing: DepositStanding
    over: OverHeldDeposit | None
    unbanked: int
    is_late: bool
    papers_due: date | None

    @property
    def state(self) -> str | None:
        """Say what is to be done first."""
        if self.over:
            text = _("{amount} back by {day}")
            return text.format(
                amount=show_money(self.over.standing.excess),
                day=say_day(self.over.refund_by),
            )
        if self.papers_due:
            return _("Papers by {day}").format(day=say_day(self.papers_due))
        if self.unbanked:
            text = _("{amount} not in the bank")
            return text.format(amount=show_money(self.unbanked))
        return None

    @property
    def tone(self) -> str:
        """The colour of what is to be done."""
        return "bad" if self.over or self.is_late else "warn"

    def order(self) -> tuple[bool, date, bool]:
        """Put first what has to be given back soonest, then all that is open."""
        due = self.over.refund_by if self.over else date.max
        return self.over is None, due, self.state is None

    def belongs(self, which: str) -> bool:
        """Say whether the row belongs to one of the lists."""
        return {
            ALL: True,
            OVER: self.over is not None,
            BANK: self.unbanked > 0,
            PAPERS: self.papers_due is not None,
        }[which]


@dataclass(frozen=True, slots=True)
class Books:
    """All that is known of deposits."""

    index: ResidentIndex
    standings: Mapping[int, DepositStanding]
    over: Mapping[int, OverHeldDeposit]
    open_entries: Mapping[int, Sequence[DepositEntry]]

    def row(self, line: ResidentLine) -> Deposit | None:
        """Return somebody's row, None for whom nothing was ever held."""
        standing = self.standings.get(line.resident_id)
        if standing is None:
            return None
        mine = self.open_entries.get(line.resident_id, ())
        unbanked = [entry for entry in mine if entry.kind == "in"]
        due = [entry.papers_due for entry in mine if entry.papers_due]
        return Deposit(
            line,
            standing,
            self.over.get(line.resident_id),
            sum(entry.fen for entry in unbanked),
            any(entry.is_late for entry in unbanked),
            min(due, default=None),
        )

    @property
    def unbanked(self) -> list[DepositEntry]:
        """The deposits that are not in the dedicated account yet."""
        entries = (e for mine in self.open_entries.values() for e in mine)
        return [entry for entry in entries if entry.kind == "in"]

    @property
    def without_papers(self) -> list[DepositEntry]:
        """The uses in an emergency whose papers are not filed yet."""
        entries = (e for mine in self.open_entries.values() for e in mine)
        return [entry for entry in entries if entry.papers_due]


COLUMNS: tuple[Column[Deposit], ...] = (
    Column(N_("Bed"), lambda row: row.standing.place or row.line.bed),
    Column(N_("Name"), lambda row: row.line.name, bold=True),
    table.money(N_("Held"), lambda row: row.standing.held or None, bold=True),
    table.money(N_("Monthly fee"), lambda row: row.standing.monthly_fee or None),
    table.money(N_("At most"), lambda row: row.standing.cap),
    table.money(N_("May be taken"), lambda row: row.standing.room or None),
    Column(N_("To do"), lambda row: row.state, chip=lambda row: row.tone, stretch=True),
)


class DepositDesk(LiveView):
    """Lists deposits, what must go back first; a row opens to the ledger."""

    SHOWS = frozenset(
        {"deposit_entry", "resident", "stay", "home"}
        | {"bed_use", "grade_change", "meal_choice", "personal_price"}
        | {"price", "price_list", "fee_item"}
    )
    told = Signal(str)

    def __init__(
        self,
        services: MoneyServices,
        hand: Hand,
    ) -> None:
        super().__init__(hand.jobs)
        self._services = services
        self._jobs = hand.jobs
        self._today = hand.today
        self._books: Books | None = None
        self._wanted: int | None = None
        self.total = FigureCard(_("Held for residents"))
        self.over = FigureCard(_("Held above the cap"))
        self.unbanked = FigureCard(_("Not in the bank yet"))
        self.papers = FigureCard(_("Papers to file"))
        choices = {
            ALL: _("All"),
            OVER: _("Above the cap"),
            BANK: _("Not in the bank"),
            PAPERS: _("Papers missing"),
        }
        self.which = Pick(choices)
        self.which.setAccessibleName(_("Which deposits"))
        self.give_back = button(_("Give back what is too much"), kind="primary")
        self.bank = button(_("Paid into the bank"), "check")
        self.print = button(_("Print what is above the cap"), "print")
        self.export = button(_("Save as a workbook"), "save")
        self.people = PeopleList(
            COLUMNS, lambda row: row.line.resident_id, "fees.deposits", N_("Deposits")
        )
        self.side = Side()
        self.panel = DepositPanel(services, hand.jobs, hand.today, hand.user)
        parts = {PEOPLE: N_("By resident")} | PARTS
        self.parts = Pick({code: _(name) for code, name in parts.items()})
        self.parts.setAccessibleName(_("What is shown of the deposits"))
        self.account = AccountView(hand)
        self.stack = QStackedWidget()
        main = Card()
        main.add(self.people)
        lead(main, self.people)
        self.split = Split(main, self.side, 420)
        self._dress(hand.user)

        self.parts.chosen.connect(self._turn)
        self.account.told.connect(self.told)
        self.which.chosen.connect(self._filter)
        self.people.opened.connect(self._open)
        self.people.picked.connect(self._look)
        self.panel.told.connect(self.told)
        self.bank.clicked.connect(self._ask_bank)
        self.give_back.clicked.connect(self._ask_back)
        self.people.picked.connect(self._judge)
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)

    def refresh(self) -> None:
        read = _read_books
        self._jobs.run_last(self, self._show, read, self._services, failed=self._refuse)

    def show_person(self, resident_id: int) -> None:
        """Open the ledger of somebody whom another page names."""
        self._wanted = resident_id
        self._go_to(PEOPLE)
        self.which.set_code(ALL)
        self.people.search.clear()
        self._go_to_wanted()

    def show_list(self, which: str) -> None:
        """List those that something is to be done about, or a part of the account."""
        if which in PARTS:
            self._go_to(which)
            return
        self._go_to(PEOPLE)
        self.which.set_code(which)
        self.people.search.clear()
        self._filter()

    def _go_to(self, part: str) -> None:
        self.parts.set_code(part)
        self._turn()

    def _turn(self) -> None:
        part = self.parts.code()
        self.stack.setCurrentIndex(int(part != PEOPLE))
        lead(self, self.people if part == PEOPLE else self.account)
        if part != PEOPLE:
            self.account.open_list(part)

    def _show(self, books: Books) -> None:
        self._books = books
        held = [each for each in books.standings.values() if each.held]
        text = _("for {count} {count:person|people}").format(count=len(held))
        self.total.show_number(show_money(sum(each.held for each in held)), text)
        excess = sum(over.standing.excess for over in books.over.values())
        soonest = min((over.refund_by for over in books.over.values()), default=None)
        count = _("{count} {count:person|people}").format(count=len(books.over))
        if soonest:
            due = _("{people}, the first by {day}")
            count = due.format(people=count, day=say_day(soonest))
        kind = "error" if books.over else "hint"
        self.over.show_number(show_money(excess), count, kind)
        late = sum(entry.is_late for entry in books.unbanked)
        text = _("{count} {count:deposit|deposits}, {late} late")
        self.unbanked.show_number(
            show_money(sum(entry.fen for entry in books.unbanked)),
            text.format(count=len(books.unbanked), late=late),
            "error" if late else "hint",
        )
        missing = books.without_papers
        first = min((e.papers_due for e in missing if e.papers_due), default=None)
        text = _("the first by {day}").format(day=say_day(first)) if first else ""
        self.papers.show_number(str(len(missing)), text)
        self.bank.setEnabled(bool(books.unbanked))
        for deed in (self.print, self.export):
            deed.setEnabled(bool(books.over))
        self._filter()
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Open whom another page named, as soon as the list is there."""
        if self._wanted is not None and self.people.select(self._wanted):
            self._wanted = None
            self._open(self.people.view.current_row())

    def _filter(self) -> None:
        if self._books is None:
            return
        which = self.which.code()
        books = self._books

        def make(line: ResidentLine) -> Deposit | None:
            row = books.row(line)
            return row if row and row.belongs(which) else None

        self.people.nobody = {
            ALL: _("Nobody lives here yet, and no deposit is held."),
            OVER: _("No deposit is above its cap."),
            BANK: _("Every deposit is in the dedicated account."),
            PAPERS: _("All papers are filed."),
        }[which]
        self.people.set_people(books.index, make, _is_listed, Deposit.order)

    def _open(self, row: Deposit | None) -> None:
        if row is not None:
            self.split.open_side()
            self._look(row)

    def _look(self, row: Deposit) -> None:
        if not self.side.isHidden():
            words = (row.line.name, row.standing.place)
            self.side.title.setText("\u3000".join(word for word in words if word))
            self.panel.show_resident(row.line.resident_id)

    def _judge(self, row: Deposit | None) -> None:
        """Offer to give back while somebody is chosen of whom too much is held."""
        self.give_back.setEnabled(row is not None and row.over is not None)

    def _ask_back(self) -> None:
        row = self.people.view.current_row()
        if row is None or row.over is None:
            return
        money = self._services.deposits
        deeds = DepositDeeds(money, self._jobs, self._today(), self)
        deeds.refund(row.standing).answered.connect(self.panel.show_receipt)

    def _ask_bank(self) -> None:
        if self._books:
            money = self._services.deposits
            deeds = DepositDeeds(money, self._jobs, self._today(), self)
            done = _("The deposits are noted as paid into the bank.")
            dialog = deeds.bank(self._books.unbanked)
            dialog.accepted.connect(partial(self.told.emit, done))

    def _print(self) -> None:
        title = _("Deposits above the cap")
        write = self._services.papers.write_over_held
        PaperDialog(title, self._file("pdf"), self._jobs, self).draw(write)

    def _export(self) -> None:
        write = self._services.papers.write_over_held_workbook
        save_workbook(self, self._jobs, self._file("xlsx"), write)

    def _file(self, ending: str) -> str:
        day = show_day(self._today())
        return f"{_('Deposits above the cap')} {day}.{ending}"

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self.people.view.set_empty(error.message)

    def _dress(self, user: User) -> None:
        self.which.set_code(ALL)
        if not user.may(Right.TAKE_MONEY):
            self.bank.hide()
        if not user.may(Right.PAY_OUT_DEPOSIT):
            self.give_back.hide()
        self._judge(None)
        figures = FigureRow(self.total, self.over, self.unbanked, self.papers)
        figures.watch(self)
        bar = QWidget()
        row = Flow(bar)
        row.addWidget(self.which)
        for deed in (self.export, self.print, self.bank, self.give_back):
            row.addWidget(deed)
        row.push_right(self.export)
        self.side.body.addWidget(scrolling(self.panel), 1)
        people = QWidget()
        column = QVBoxLayout(people)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(7))
        column.addWidget(figures)
        column.addWidget(bar)
        column.addWidget(self.split, 1)
        self.stack.addWidget(people)
        self.stack.addWidget(self.account)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(7))
        whole.addWidget(self.parts)
        whole.addWidget(self.stack, 1)
        self._go_to(PEOPLE)


def _is_listed(row: Deposit) -> bool:
    """Say whether somebody is listed before one searches."""
    is_open = row.standing.held > 0 or row.state is not None
    return row.line.status in LIVES_HERE or is_open


def _read_books(services: MoneyServices) -> Books:
    deposits = services.deposits
    waiting: dict[int, list[DepositEntry]] = defaultdict(list)
    for entry in deposits.entries():
        no_bank = entry.kind == "in" and entry.banked_on is None
        no_paper = entry.papers_due is not None and not entry.paper
        if (no_bank or no_paper) and not entry.is_void:
            waiting[entry.resident_id].append(entry)
    return Books(
        services.residents.index(),
        {each.resident_id: each for each in deposits.standings()},
        {each.standing.resident_id: each for each in deposits.over_held()},
        waiting,
    )
