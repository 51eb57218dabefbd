"""All price lists as a screen shows them: columns, and what they are read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from carehome.i18n import N_, _
from carehome.services.billing import Billing
from carehome.services.home import Home
from carehome.services.prices import (
    FeeItem,
    Price,
    Prices,
    PriceSheet,
    PriceVersions,
    Version,
)
from carehome.ui.fees.fee_items import UNIT_NAMES, Lists, read_codes, say_category
from carehome.ui.fees.price_state import Shown
from carehome.ui.fees.trial_pane import show_change
from carehome.ui.kit import table
from carehome.ui.kit.table import RIGHT, Column
from carehome.ui.parts.hand import Hand


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

    @property
    def source(self) -> str | None:
        """Say which document sets the guide price, or that it is reached."""
        if self.price is None or self.price.ceiling_fen is None:
            return None
        if self.at_most:
            return _("At the guide price: {document}").format(
                document=self.price.ceiling_document
            )
        return self.price.ceiling_document or None

    @property
    def at_most(self) -> str | None:
        """The colour that tells that the price is as high as it may be."""
        price = self.price
        reached = price is not None and price.fen == price.ceiling_fen
        return "warn" if reached else None


@dataclass(frozen=True, slots=True)
class PriceBooks:
    """All price lists, the items, the last posted month, and whose home it is."""

    versions: Sequence[Version]
    items: Sequence[FeeItem]
    codes: Lists
    posted: date | None
    is_public: bool

    def shown(self, today: date) -> list[Shown]:
        """Return the lists as they stand on a day."""
        holding = self._holding(today)
        return [Shown(each, each is holding, today) for each in self.versions]

    def newest(self) -> PriceSheet | None:
        """Return the list that a new one begins with: the last that was approved."""
        approved = [each.sheet for each in self.versions if each.counts]
        return max(approved, key=lambda each: each.starts, default=None)

    def before(self, sheet: PriceSheet) -> Mapping[int, int]:
        """Return the prices that hold until `sheet` starts, or that it corrects."""
        older = [
            each.sheet
            for each in self.versions
            if each.sheet.list_id == sheet.corrects
            or (
                sheet.corrects is None
                and each.counts
                and each.sheet.starts < sheet.starts
                and each.sheet.list_id != sheet.list_id
            )
        ]
        last = max(older, key=lambda each: each.starts, default=None)
        return {price.item_id: price.fen for price in last.prices} if last else {}

    def _holding(self, today: date) -> Version | None:
        started = [v for v in self.versions if v.counts and v.sheet.starts <= today]
        return max(started, key=lambda each: each.sheet.starts, default=None)


VERSIONS: tuple[Column[Shown], ...] = (
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
    Column(N_("Set by"), lambda row: row.source, chip=lambda row: row.at_most),
    Column(
        N_("State"),
        lambda row: None if row.item.is_active else _("Not in use"),
        chip=lambda _row: "quiet",
    ),
)


def read_books(hand: Hand) -> PriceBooks:
    """Read all that the price lists are shown by."""
    home = hand.service(Home)
    runs = hand.service(Billing).runs()
    return PriceBooks(
        hand.service(PriceVersions).versions(),
        hand.service(Prices).items(),
        read_codes(home),
        runs[0].month if runs else None,
        home.profile().ownership == "public",
    )
