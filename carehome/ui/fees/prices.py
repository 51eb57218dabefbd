"""Price lists by their first day, and the items that the home charges for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.billing.tariff import Terms
from carehome.rules.rights import Right, User
from carehome.services.prices import FeeItem, Price, PriceSheet
from carehome.ui.fees import terms
from carehome.ui.fees.fee_items import (
    UNIT_NAMES,
    Lists,
    add_item,
    change_item,
    read_codes,
    say_category,
)
from carehome.ui.fees.price_editor import PriceEditor, copied
from carehome.ui.fees.trial_pane import show_change
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Facts, ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import RIGHT, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.money import MoneyServices

SHOW, EDIT = range(2)


@dataclass(frozen=True, slots=True)
class Version:
    """A price list and where it stands in time."""

    sheet: PriceSheet
    is_in_force: bool
    today: date

    @property
    def state(self) -> str:
        """Say whether it holds today."""
        if self.is_in_force:
            return _("In force")
        return _("To come") if self.sheet.starts > self.today else _("Past")

    @property
    def tone(self) -> str:
        """The colour of the state."""
        if self.is_in_force:
            return "ok"
        return "info" if self.sheet.starts > self.today else "quiet"


@dataclass(frozen=True, slots=True)
class Priced:
    """An item in a price list, and its price in the list before."""

    item: FeeItem
    price: Price | None
    before: int | None

    @property
    def change(self) -> int | None:
        """How the price differs from the list before; None when it does not."""
        if self.price is None or self.before is None:
            return None
        return self.price.fen - self.before or None


@dataclass(frozen=True, slots=True)
class PriceBooks:
    """All price lists, the items, and the last posted month."""

    sheets: Sequence[PriceSheet]
    items: Sequence[FeeItem]
    codes: Lists
    posted: date | None

    def before(self, sheet: PriceSheet) -> Mapping[int, int]:
        """Return the prices of the list that holds until `sheet` starts."""
        older = [
            each
            for each in self.sheets
            if each.starts < sheet.starts and each.list_id != sheet.list_id
        ]
        last = max(older, key=lambda each: each.starts, default=None)
        return {price.item_id: price.fen for price in last.prices} if last else {}


VERSIONS: tuple[Column[Version], ...] = (
    table.day(N_("In force from"), lambda row: row.sheet.starts, bold=True),
    Column(N_("State"), lambda row: row.state, chip=lambda row: row.tone),
    Column(N_("Note"), lambda row: row.sheet.note or None, stretch=True),
)
ITEMS: tuple[Column[Priced], ...] = (
    Column(
        N_("Item"),
        lambda row: row.item.name,
        stretch=True,
        tone=lambda row: None if row.item.is_active else "ink_2",
    ),
    Column(N_("Kind"), lambda row: say_category(row.item)),
    Column(N_("Charged"), lambda row: _(UNIT_NAMES[row.item.unit])),
    table.money(
        N_("Price"), lambda row: row.price.fen if row.price else None, bold=True
    ),
    Column(
        N_("Changed by"), lambda row: row.change, show_change, align=RIGHT, kind="money"
    ),
    table.money(
        N_("Guide price"), lambda row: row.price.ceiling_fen if row.price else None
    ),
    Column(
        N_("State"),
        lambda row: None if row.item.is_active else _("Not in use"),
        chip=lambda _row: "quiet",
    ),
)


class PriceLists(LiveView):
    """Shows price lists, writes new ones, keeps the items."""

    told = Signal(str)
    SHOWS = frozenset({"price_list", "price", "fee_item", "bill_run", "code"})

    def __init__(
        self,
        services: MoneyServices,
        jobs: Jobs,
        today: Callable[[], date],
        user: User,
    ) -> None:
        super().__init__(jobs)
        self._services = services
        self._jobs = jobs
        self._today = today
        self._may_change = user.may(Right.CHANGE_PRICES)
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
        self.title = QLabel()
        self.terms = Facts()
        self.new = button(_("New price list"), "plus", "Ctrl+N", "primary")
        self.change = button(_("Change this list"), "edit")
        self.add = button(_("New fee item"), "plus")
        self.editor = PriceEditor(today())
        self.stack = QStackedWidget()
        self._dress()

        self.versions.picked.connect(self._look)
        self.versions.opened.connect(lambda _row: self.items.setFocus())
        self.versions.first_step.connect(self._write_new)
        self.items.opened.connect(self._change_item)
        self.new.clicked.connect(self._write_new)
        self.change.clicked.connect(self._write_again)
        self.add.clicked.connect(self._add_item)
        self.editor.wanted.connect(self._store)
        self.editor.left.connect(self._leave)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, _read_books, self._services)

    def _show(self, books: PriceBooks) -> None:
        self._books = books
        today = self._today()
        started = [sheet for sheet in books.sheets if sheet.starts <= today]
        holding = max(started, key=lambda each: each.starts, default=None)
        rows = [Version(sheet, sheet is holding, today) for sheet in books.sheets]
        self.versions.table.set_rows(rows)
        if self._written and self.versions.select(self._written):
            self._written = 0
        if self.versions.current_row() is None and rows:
            at = next((n for n, row in enumerate(rows) if row.is_in_force), 0)
            self.versions.selectRow(at)
        self._look(self.versions.current_row())

    def _look(self, row: Version | None) -> None:
        if self._books is None:
            return
        sheet = row.sheet if row else None
        listed = {price.item_id: price for price in sheet.prices} if sheet else {}
        before = self._books.before(sheet) if sheet else {}
        self.items.table.set_rows(
            [
                Priced(item, listed.get(item.item_id), before.get(item.item_id))
                for item in self._books.items
            ]
        )
        self.change.setEnabled(sheet is not None)
        self.terms.show_facts(terms.facts_of(sheet.terms) if sheet else [])
        title = _("Price list from {day}")
        self.title.setText(title.format(day=show_day(sheet.starts)) if sheet else "")

    def _write_new(self) -> None:
        if self._books is None:
            return
        known = self._books.sheets
        first = PriceSheet(0, self._today().replace(day=1), "", Terms(), ())
        self._write(copied(known[0], self._today()) if known else first)

    def _write_again(self) -> None:
        row = self.versions.current_row()
        if row is not None:
            self._write(row.sheet)

    def _write(self, sheet: PriceSheet) -> None:
        assert self._books is not None, "what is shown was read"
        books = self._books
        self.stack.setCurrentIndex(EDIT)
        self.editor.draft.rest()
        self.editor.write(sheet, books.items, books.before(sheet), books.posted)
        self.editor.draft.begin(f"price-list:{sheet.list_id}")

    def _store(self, sheet: PriceSheet) -> None:
        save = self._services.prices.save_sheet
        self._jobs.run(self, self._stored, save, sheet, failed=self.editor.refuse)

    def _stored(self, list_id: int) -> None:
        self.editor.draft.end()
        self._leave()
        self._written = list_id
        self.refresh()
        self.told.emit(_("The price list is saved."))

    def _leave(self) -> None:
        self.stack.setCurrentIndex(SHOW)
        self.versions.setFocus()

    def _add_item(self) -> None:
        if self._books:
            prices, books = self._services.prices, self._books
            add_item(prices, self._jobs, books.items, books.codes, self)

    def _change_item(self, row: Priced) -> None:
        if self._may_change:
            change_item(self._services.prices, self._jobs, row.item, self)

    def _dress(self) -> None:
        theme.mark(self.title, "heading")
        if not self._may_change:
            for deed in (self.new, self.change, self.add):
                deed.hide()
        self.versions.set_empty(
            _("There is no price list yet. Without one no bill can be computed."),
            _("Write the first price list") if self._may_change else "",
        )
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
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.add)
        head.addWidget(self.change)
        right = Card()
        right.body.addLayout(head)
        right.body.addWidget(self.items, 1)
        right.body.addWidget(self.terms)
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addLayout(left, 3)
        row.addWidget(right, 7)
        return room


def _read_books(services: MoneyServices) -> PriceBooks:
    runs = services.billing.runs()
    return PriceBooks(
        services.prices.sheets(),
        services.prices.items(),
        read_codes(services.home),
        runs[0].month if runs else None,
    )
