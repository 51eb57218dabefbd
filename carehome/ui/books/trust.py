"""The tab of trust money: what the home keeps for residents, apart from its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Right
from carehome.services.residents import ResidentIndex, ResidentLine, Residents
from carehome.services.trust import (
    TrustMoney,
    TrustPlaces,
    TrustStanding,
    TrustTill,
)
from carehome.ui.books.hand_out import HandOutDialog, Receiver
from carehome.ui.books.trust_deeds import TrustDeeds
from carehome.ui.books.trust_file import TrustFile
from carehome.ui.books.trust_places import PlacesDialog
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import Card
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.kit.table import Column
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.people_list import PeopleList
from carehome.ui.parts.tabbed import Tab

FILE, MOST = 580, 0.58


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for one resident, in the list."""

    line: ResidentLine
    standing: TrustStanding | None

    @property
    def kept(self) -> int:
        """What is kept, in fen."""
        return self.standing.kept if self.standing else 0

    @property
    def has_left(self) -> bool:
        """Say whether money is kept for somebody who is not here any more."""
        return self.kept > 0 and self.line.status not in LIVES_HERE


@dataclass(frozen=True, slots=True)
class TrustBooks:
    """All that is known of trust money."""

    index: ResidentIndex
    standings: Mapping[int, TrustStanding]
    places: TrustPlaces

    def row(self, line: ResidentLine) -> Kept:
        """Return somebody's row."""
        return Kept(line, self.standings.get(line.resident_id))


COLUMNS: tuple[Column[Kept], ...] = (
    Column(N_("Bed"), lambda row: row.line.bed or None),
    Column(N_("Name"), lambda row: row.line.name, bold=True),
    table.money(N_("Left to them"), lambda row: row.kept or None, bold=True),
    table.day(
        N_("Last moved on"),
        lambda row: (row.standing and row.standing.moved_on) or None,
    ),
    Column(
        N_("To do"),
        lambda row: _("Give it back") if row.has_left else None,
        chip=lambda row: "bad",
        stretch=True,
    ),
)


class TrustTab(Tab):
    """Lists for whom money is kept; a row opens to what came and went."""

    SHOWS = frozenset(
        {"trust_entry", "trust_draw", "trust_count", "resident", "stay"}
        | {"bed_use", "bank_line", "bank_account", "paper"}
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._money = hand.service(TrustMoney)
        self._till = hand.service(TrustTill)
        self._residents = hand.service(Residents)
        self._known: TrustBooks | None = None
        self._wanted: int | None = None
        self.deeds = TrustDeeds(self)
        self.total = FigureCard(_("Kept for residents"))
        self.cash = FigureCard(_("In the till of trust money"))
        self.bank = FigureCard(_("At the bank of trust money"))
        self.bar = Bar()
        self.places = self.bar.add_button(_("Counts and carrying"), "history")
        self.carry = self.bar.add_button(_("Bank and till"), "move")
        self.count = self.bar.add_button(_("Count the till"), "check")
        self.hand_out = self.bar.add_button(
            _("Hand out by list"), "list", "Ctrl+G", "primary"
        )
        self.people = PeopleList(
            *(COLUMNS, lambda row: row.line.resident_id),
            *("books.trust", N_("Trust money")),
        )
        self.people.nobody = _("No money is kept for anybody.")
        self.file = TrustFile(self)
        main = Card()
        main.add(self.people)
        lead(main, self.people)
        self.split = Split(main, self.file, FILE, MOST)
        self._dress()

        self.people.opened.connect(self._open)
        self.people.picked.connect(self._look)
        self.hand_out.clicked.connect(self.ask_hand_out)
        self.count.clicked.connect(self._ask_count)
        self.carry.clicked.connect(self._ask_carry)
        self.places.clicked.connect(self._show_places)

    def refresh(self) -> None:
        services = (self._residents, self._money, self._till)
        self.hand.jobs.run_last(self, self.show_books, _read, *services)

    def open_key(self, key: object) -> None:
        """Open the file of somebody, by their number; 0 is where the money lies."""
        assert isinstance(key, int), "a resident is named by their number"
        self._wanted = key or None
        self._go_to_wanted()

    def show_books(self, books: TrustBooks) -> None:
        """Show what is kept for whom, and where it lies."""
        self._known = books
        kept = [each for each in books.standings.values() if each.kept]
        text = _("for {count} {count:person|people}").format(count=len(kept))
        self.total.show_number(show_money(sum(each.kept for each in kept)), text)
        self._show_cash(books.places)
        self._show_bank(books.places)
        self.people.set_people(books.index, books.row, _is_listed, _order)
        self.hand_out.setEnabled(bool(kept))
        self._go_to_wanted()
        shown = self.file.resident_id
        lines = (x for x in books.index.lines if x.resident_id == shown)
        if (line := next(lines, None)) is not None:
            self._look(books.row(line))

    def ask_hand_out(self) -> None:
        """Ask what each resident gets by a list."""
        if self._known is None:
            return
        people = [
            Receiver(line.resident_id, line.name, line.bed, row.kept)
            for line in self._known.index.find("")
            if (row := self._known.row(line)).kept > 0 and not row.has_left
        ]
        dialog = HandOutDialog(self, people)
        done = _("The money is handed out.")
        dialog.accepted.connect(partial(self.told.emit, done))
        dialog.open()

    def _show_cash(self, places: TrustPlaces) -> None:
        newest = next(iter(places.counts), None)
        if newest is None:
            self.cash.show_number(show_money(places.cash), _("never counted"), "error")
            return
        day = show_day(newest.day)
        text, kind = _("counted on {day}: agrees"), "hint"
        if newest.difference:
            text, kind = _("counted on {day}: {fen} apart"), "error"
        fen = show_money(newest.difference)
        words = text.format(day=day, fen=fen)
        self.cash.show_number(show_money(places.cash), words, kind)

    def _show_bank(self, places: TrustPlaces) -> None:
        if places.bank_says is None or places.bank_said_on is None:
            words = _("no statement of the bank read in yet")
            self.bank.show_number(show_money(places.bank), words)
            return
        agrees = places.bank_says == places.bank
        text = _("the bank says the same on {day}")
        if not agrees:
            text = _("the bank says {fen} on {day}")
        day, fen = show_day(places.bank_said_on), show_money(places.bank_says)
        words = text.format(day=day, fen=fen)
        self.bank.show_number(
            show_money(places.bank), words, "hint" if agrees else "error"
        )

    def _go_to_wanted(self) -> None:
        if self._wanted is not None and self.people.select(self._wanted):
            self._wanted = None
            self._open(self.people.view.current_row())

    def _open(self, row: Kept | None) -> None:
        if row is not None:
            self.split.open_side()
            self._look(row)

    def _look(self, row: Kept) -> None:
        if not self.file.isHidden():
            line = row.line
            self.file.show_resident(line.resident_id, line.name, line.bed, row.kept)

    def _ask_count(self) -> None:
        if self._known:
            self.deeds.count(self._known.places)

    def _ask_carry(self) -> None:
        if self._known:
            self.deeds.draw(self._known.places)

    def _show_places(self) -> None:
        if self._known:
            PlacesDialog(self._known.places, self.deeds, self).open()

    def _dress(self) -> None:
        if not self.hand.may(Right.PAY_OUT_DEPOSIT):
            for deed in (self.carry, self.count, self.hand_out):
                deed.hide()
        figures = FigureRow(self.total, self.cash, self.bank)
        figures.watch(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(figures)
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.people)


def _is_listed(row: Kept) -> bool:
    """Say whether somebody is listed before one searches."""
    return row.standing is not None and (row.kept > 0 or row.line.status in LIVES_HERE)


def _order(row: Kept) -> tuple[bool, bool]:
    """Put first whose money has to go back, then those for whom some is kept."""
    return not row.has_left, row.kept == 0


def _read(residents: Residents, money: TrustMoney, till: TrustTill) -> TrustBooks:
    standings = {each.resident_id: each for each in money.standings()}
    return TrustBooks(residents.index(), standings, till.places())
