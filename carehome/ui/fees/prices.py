"""Price lists by their first day, and the items that the home charges for."""

from functools import partial

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _, show_day
from carehome.rules.billing.tariff import Terms
from carehome.rules.prices.approval import ListState
from carehome.rules.rights import Right
from carehome.services.prices import (
    Prices,
    PriceSheet,
    PriceVersions,
)
from carehome.services.prices.comparing import Comparison
from carehome.ui.fees import terms
from carehome.ui.fees.fee_items import (
    add_item,
    change_item,
)
from carehome.ui.fees.price_books import (
    ITEMS,
    VERSIONS,
    PriceBooks,
    Priced,
    read_books,
)
from carehome.ui.fees.price_compare import COLUMNS as CHANGES
from carehome.ui.fees.price_compare import say_comparison
from carehome.ui.fees.price_deeds import PriceDeeds
from carehome.ui.fees.price_editor import PriceEditor, copied, corrected
from carehome.ui.fees.price_state import Shown, say_history
from carehome.ui.fees.trying import TryPrices
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Facts, ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

PRICES, COMPARED, RULES, AT_MOST = range(4)
BEHIND = {COMPARED: 1, RULES: 2}  # which of the sides is shown; else the prices
GUIDES = {N_("Guide price"), N_("Set by")}  # columns that public homes alone have
SHOW, EDIT = range(2)


class PriceLists(Tab):
    """Shows price lists, writes new ones, has them approved, keeps the items."""

    SHOWS = frozenset({"price_list", "price", "fee_item", "bill_run", "code", "home"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._prices = hand.service(Prices)
        self._deeds = hand.service(PriceVersions)
        self._today = hand.today
        self._may_change = hand.may(Right.CHANGE_PRICES)
        self._may_approve = hand.may(Right.APPROVE_PRICES)
        self._books: PriceBooks | None = None
        self._written = 0
        self.versions = TableView(
            TableModel(VERSIONS, lambda row: row.sheet.list_id),
            "fees.price_lists",
            N_("Price lists"),
        )
        self.items = TableView(
            TableModel(ITEMS, lambda row: row.item.item_id),
            "fees.items",
            N_("Fee items"),
        )
        self.changes = TableView(
            TableModel(CHANGES, lambda row: row.item.item_id),
            "fees.price_changes",
            N_("Price changes"),
        )
        self.pick = Pick(
            {
                PRICES: _("All prices"),
                COMPARED: _("Price changes"),
                RULES: _("Days and refunds"),
                AT_MOST: _("At the guide price"),
            }
        )
        self.title, self.history = QLabel(), QLabel()
        self.compared = QLabel()
        self.terms = Facts()
        self.new = button(_("New price list"), "plus", "Ctrl+N", "primary")
        self.add = button(_("New fee item"), "plus")
        self.try_it = button(_("Try these prices"), "reports", "Ctrl+T", "small")
        self.deeds = self._make_deeds()
        self.editor = PriceEditor(hand.today())
        self.stack, self.sides = QStackedWidget(), QStackedWidget()
        self._dress()

        self.versions.picked.connect(self._look)
        self.versions.opened.connect(lambda _row: self.items.setFocus())
        self.versions.first_step.connect(self._write_new)
        self.items.opened.connect(self._change_item)
        self.pick.chosen.connect(self._turn)
        self.new.clicked.connect(self._write_new)
        self.add.clicked.connect(self._add_item)
        self.try_it.clicked.connect(self._try)
        self.editor.wanted.connect(self._store)
        self.editor.left.connect(self._leave)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self._show, read_books, self.hand)

    def open_key(self, key: object) -> None:
        """Go to one list by its number."""
        assert isinstance(key, int), "a price list is named by its number"
        self._written = key
        self.refresh()

    def _show(self, books: PriceBooks) -> None:
        self._books = books
        rows = books.shown(self._today())
        self.versions.table.set_rows(rows)
        if self._written and self.versions.select(self._written):
            self._written = 0
        if self.versions.current_row() is None and rows:
            at = next((n for n, row in enumerate(rows) if row.is_in_force), 0)
            self.versions.selectRow(at)
        self.pick.buttons[AT_MOST].setVisible(books.is_public)
        self.items.columns.leave_out(set() if books.is_public else GUIDES)
        self._look(self.versions.current_row())

    def _look(self, row: Shown | None) -> None:
        if self._books is None:
            return
        sheet = row.sheet if row else None
        listed = {price.item_id: price for price in sheet.prices} if sheet else {}
        before = self._books.before(sheet) if sheet else {}
        rows = [
            Priced(item, listed.get(item.item_id), before.get(item.item_id))
            for item in self._books.items
        ]
        if self.pick.code() == AT_MOST:
            rows = [row for row in rows if row.at_most]
        self.items.table.set_rows(rows)
        self.terms.show_facts(terms.facts_of(sheet.terms) if sheet else [])
        title = _("Price list from {day}")
        self.title.setText(title.format(day=show_day(sheet.starts)) if sheet else "")
        self.history.setText(say_history(row.version) if row else "")
        self._offer(row)
        self._compare()

    def _offer(self, row: Shown | None) -> None:
        """Show the deeds that fit how far the list has come."""
        fitting = _fitting(row, self._may_change, self._may_approve) if row else set()
        for name, deed in self.deeds.items():
            deed.setVisible(name in fitting)
        self.try_it.setEnabled(row is not None)

    def _turn(self) -> None:
        self.sides.setCurrentIndex(BEHIND.get(self.pick.code(), 0))
        self._look(self.versions.current_row())

    def _compare(self) -> None:
        row = self.versions.current_row()
        if self.pick.code() == COMPARED and row is not None:
            number = row.sheet.list_id
            self.hand.jobs.run_last(
                self, self._show_changes, self._deeds.compare, number
            )

    def _show_changes(self, found: Comparison) -> None:
        self.compared.setText(say_comparison(found))
        self.changes.table.set_rows(found.changes)

    def _write_new(self) -> None:
        if self._books is None:
            return
        known = self._books.newest()
        first = PriceSheet(0, self._today().replace(day=1), "", Terms(), ())
        self._write(copied(known, self._today()) if known else first)

    def _write_again(self) -> None:
        row = self.versions.current_row()
        if row is not None:
            self._write(row.sheet)

    def _correct(self) -> None:
        row = self.versions.current_row()
        if row is not None:
            self._write(corrected(row.sheet))

    def _write(self, sheet: PriceSheet) -> None:
        assert self._books is not None, "what is shown was read"
        books = self._books
        self.stack.setCurrentIndex(EDIT)
        self.editor.draft.rest()
        before = books.before(sheet)
        self.editor.write(sheet, books.items, before, books.posted, books.is_public)
        name = f"price-list:{sheet.list_id}"
        if sheet.corrects and not sheet.list_id:
            name = f"price-list-correcting:{sheet.corrects}"
        self.editor.draft.begin(name)

    def _store(self, sheet: PriceSheet) -> None:
        self.hand.jobs.run(
            self,
            self._stored,
            self._prices.save_sheet,
            sheet,
            failed=self.editor.refuse,
        )

    def _stored(self, list_id: int) -> None:
        self.editor.draft.end()
        self._leave()
        self._written = list_id
        self.refresh()
        self.told.emit(_("The draft is saved. Submit it, so that it is approved."))

    def _leave(self) -> None:
        self.stack.setCurrentIndex(SHOW)
        self.versions.setFocus()

    def _ask(self, name: str) -> None:
        """Open the dialog of a deed; two of them show what changes first."""
        row = self.versions.current_row()
        if row is None or self._books is None:
            return
        jobs = self.hand.jobs
        deeds = PriceDeeds(self._deeds, jobs, row, self._books.posted, self)
        if name in ("submit", "approve"):
            number = row.sheet.list_id
            jobs.run(self, getattr(deeds, name), self._deeds.compare, number)
        else:
            getattr(deeds, name)()

    def _try(self) -> None:
        """Ask what a month would have brought in by the list that is shown."""
        row = self.versions.current_row()
        if row is not None:
            TryPrices(row.sheet.list_id, row.sheet.starts, self.hand, self).open()

    def _add_item(self) -> None:
        if self._books:
            prices, books = self._prices, self._books
            add_item(prices, self.hand.jobs, books.items, books.codes, self)

    def _change_item(self, row: Priced) -> None:
        if self._may_change:
            change_item(self._prices, self.hand.jobs, row.item, self)

    def _make_deeds(self) -> dict[str, QPushButton]:
        """Make a button for each deed with a list; most are out of sight."""
        made = {
            "change": button(_("Go on writing"), "edit", kind="small"),
            "submit": button(_("Submit for approval"), "right", kind="small"),
            "drop": button(_("Throw the draft away"), "remove", kind="small"),
            "approve": button(_("Approve"), "check", kind="small"),
            "refuse": button(_("Give the list back"), "undo", kind="small"),
            "withdraw": button(_("Withdraw"), "undo", kind="small"),
            "correct": button(_("Correct by a new list"), "edit", kind="small"),
            "take_back": button(_("Take it back"), "undo", kind="small"),
        }
        for name, deed in made.items():
            deed.hide()
            deed.clicked.connect(partial(self._ask_for, name))
        return made

    def _ask_for(self, name: str) -> None:
        ways = {"change": self._write_again, "correct": self._correct}
        if name in ways:
            ways[name]()
        else:
            self._ask(name)

    def _dress(self) -> None:
        theme.mark(self.title, "heading")
        theme.mark(self.history, "note")
        theme.mark(self.compared, "note")
        for label in (self.history, self.compared):
            label.setWordWrap(True)
        if not self._may_change:
            self.new.hide()
            self.add.hide()
        self.versions.set_empty(
            _("There is no price list yet. Without one no bill can be computed."),
            _("Write the first price list") if self._may_change else "",
        )
        self.pick.setAccessibleName(_("What of the list to show"))
        self.pick.set_code(PRICES)
        self.pick.buttons[AT_MOST].hide()
        self.stack.addWidget(self._shown())
        card = Card()
        card.add(self.editor)
        self.stack.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        lead(self, self.versions)

    def _shown(self) -> QWidget:
        room = QWidget()
        left = QVBoxLayout()
        left.setSpacing(theme.px(10))
        left.addWidget(ListCard(self.versions, _("Price lists")), 1)
        left.addWidget(self.new)
        left.addWidget(self.add)
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addLayout(left, 3)
        row.addWidget(self._file(), 7)
        return room

    def _file(self) -> Card:
        """Lay out one list: what it is, what can be done, prices or changes."""
        card = Card()
        card.add(self.title)
        card.add(self.history)
        line = QWidget()
        deeds = Flow(line, 6)
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.addWidget(self.pick)
        for deed in (self.try_it, *self.deeds.values()):
            deeds.addWidget(deed)
        card.add(line)
        changes = QWidget()
        column = QVBoxLayout(changes)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.compared)
        column.addWidget(self.changes, 1)
        self.sides.addWidget(self.items)
        self.sides.addWidget(changes)
        rules = QWidget()
        column = QVBoxLayout(rules)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.terms)
        column.addStretch()
        self.sides.addWidget(scrolling(rules))
        card.body.addWidget(self.sides, 1)
        return card


def _fitting(row: Shown, may_change: bool, may_approve: bool) -> set[str]:
    """Return the deeds that fit a list and the rights of who looks at it."""
    changing = {
        ListState.DRAFT: {"change", "submit", "drop"},
        ListState.SUBMITTED: {"withdraw"},
        ListState.APPROVED: {"correct"},
    }
    deciding = {
        ListState.SUBMITTED: {"approve", "refuse"},
        ListState.APPROVED: {"take_back"} if row.may_be_taken_back else set(),
    }
    found: set[str] = set()
    if may_change:
        found |= changing.get(row.version.state, set())
    if may_approve:
        found |= deciding.get(row.version.state, set())
    return found
