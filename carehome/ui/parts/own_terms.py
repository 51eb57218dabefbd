"""What one resident pays besides the price list: personal prices, charges, payers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.prices.approval import OWN_PRICE_STATE_NAMES, OwnPriceState
from carehome.rules.rights import Right, User
from carehome.services.payers import Payer
from carehome.services.prices import (
    Example,
    FeeItem,
    OwnCharge,
    OwnCover,
    OwnPrice,
    Prices,
)
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.cover_deeds import (
    CoverDeeds,
    say_cover,
    say_example,
    say_scope,
)
from carehome.ui.parts.money import MoneyServices
from carehome.ui.parts.own_price import TONES, say_value
from carehome.ui.parts.own_terms_deeds import OwnTermsDeeds


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """One line of what is agreed with a resident."""

    source: OwnPrice | OwnCharge | OwnCover
    what: str
    item: str

    @property
    def key(self) -> tuple[str, int]:
        """Name the line over reloads."""
        source = self.source
        if isinstance(source, OwnPrice):
            return "price", source.price_id
        if isinstance(source, OwnCharge):
            return f"charge{source.is_standing}", source.charge_id
        return "cover", source.cover_id

    @property
    def is_single(self) -> bool:
        """Say whether it is charged once for its day."""
        source = self.source
        return isinstance(source, OwnCharge) and not source.is_standing

    @property
    def is_open(self) -> bool:
        """Say whether it can still be ended or taken back."""
        if isinstance(self.source, OwnPrice):
            is_running = self.source.counts and self.source.ends is None
            return self.waits or is_running
        return self.is_single or self.source.ends is None

    @property
    def waits(self) -> bool:
        """Say whether nobody has decided on it yet."""
        own = self.source
        return isinstance(own, OwnPrice) and own.state is OwnPriceState.ASKED

    @property
    def state(self) -> str | None:
        """Say how far a personal price has come."""
        own = self.source
        if not isinstance(own, OwnPrice):
            return None
        return _(OWN_PRICE_STATE_NAMES[own.state])

    @property
    def tone(self) -> str | None:
        """The colour of the state."""
        return TONES[self.source.state] if isinstance(self.source, OwnPrice) else None


Read = tuple[Sequence[FeeItem], Sequence[Payer], Sequence[OwnTerm], Example | None]
COLUMNS: tuple[Column[OwnTerm], ...] = (
    Column(N_("Item"), lambda row: row.item, stretch=True, tip=lambda row: row.what),
    Column(N_("Agreed"), lambda row: row.what, stretch=True),
    Column(N_("State"), lambda row: row.state, chip=lambda row: row.tone),
    table.day(N_("From"), lambda row: row.source.starts),
    table.day(
        N_("Out of use from"), lambda row: None if row.is_single else row.source.ends
    ),
)


class OwnTerms(LiveView):
    """Lists and changes what is agreed with one resident at a time."""

    SHOWS = frozenset(
        {"personal_price", "charge", "standing_charge", "cover", "fee_item", "payer"}
    )

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
        self._user = user
        self._resident_id: int | None = None
        self._items: Sequence[FeeItem] = ()
        self._payers: Sequence[Payer] = ()
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.key),
            "resident.own_terms",
            N_("Own prices and charges"),
        )
        self.charge = button(_("Charge a use"), "plus", kind="small")
        self.standing = button(_("Standing charge"), "plus", kind="small")
        self.price = button(_("Personal price"), "plus", kind="small")
        self.cover = button(_("Other payer"), "plus", kind="small")
        self.split = button(_("Split among the family"), "plus", kind="small")
        self.end = button(_("End it"), kind="small")
        self.example = QLabel()
        self._dress()

        self.charge.clicked.connect(self._ask_charge)
        self.standing.clicked.connect(self._ask_standing)
        self.price.clicked.connect(self._ask_price)
        self.cover.clicked.connect(self._ask_cover)
        self.split.clicked.connect(self._ask_split)
        self.end.clicked.connect(self._ask_end)
        self.view.picked.connect(self._judge)

    def show_resident(self, resident_id: int) -> None:
        """Show what is agreed with somebody else."""
        self._resident_id = resident_id
        self.refresh()

    def refresh(self) -> None:
        if self._resident_id is not None:
            self._jobs.run_last(
                self,
                self._show,
                _read,
                self._services,
                self._resident_id,
                self._today(),
            )

    def _show(self, read: Read) -> None:
        self._items, self._payers, terms, example = read
        self.view.table.set_rows(terms)
        self._show_example(example)
        self._judge()

    def _show_example(self, example: Example | None) -> None:
        """Show this month by what is agreed, where others bear something of it."""
        self.example.setVisible(example is not None)
        if example is not None:
            self.example.setText(say_example(example))
            self.example.setToolTip("\n".join(part.why for part in example.parts))

    def _judge(self, _row: object = None) -> None:
        row = self.view.current_row()
        self.end.setEnabled(row is not None and row.is_open and self._may_end(row))
        taken = row is not None and row.is_single
        self.end.setText(_("Take it back") if taken else _("End it"))
        if row is not None and row.waits:
            self.end.setText(_("Withdraw"))

    def _may_end(self, row: OwnTerm) -> bool:
        if row.waits:
            return self._user.may(Right.ASK_PRICE)
        is_charge = isinstance(row.source, OwnCharge)
        right = Right.RECORD_CHARGES if is_charge else Right.SET_PERSONAL_PRICE
        return self._user.may(right)

    @property
    def _deeds(self) -> OwnTermsDeeds:
        assert self._resident_id is not None, "somebody is shown"
        return OwnTermsDeeds(
            self._services.prices,
            self._services.own_prices,
            self._services.ahead,
            self._jobs,
            self._today(),
            self._resident_id,
            self._items,
            self,
        )

    @property
    def _covers(self) -> CoverDeeds:
        assert self._resident_id is not None, "somebody is shown"
        return CoverDeeds(
            self._services.prices,
            self._services.payers,
            self._jobs,
            self._today(),
            self._resident_id,
            self._payers,
            self._items,
            self,
        )

    def _ask_charge(self) -> None:
        self._deeds.charge()

    def _ask_standing(self) -> None:
        self._deeds.standing_charge()

    def _ask_price(self) -> None:
        self._deeds.own_price()

    def _ask_cover(self) -> None:
        self._covers.cover()

    def _ask_split(self) -> None:
        self._covers.split()

    def _ask_end(self) -> None:
        row = self.view.current_row()
        if row is not None:
            self._deeds.end(row.source, f"{row.item}\u3000{row.what}")

    def _dress(self) -> None:
        for right, deeds in (
            (Right.RECORD_CHARGES, (self.charge, self.standing)),
            (Right.ASK_PRICE, (self.price,)),
            (Right.SET_PERSONAL_PRICE, (self.cover, self.split)),
        ):
            if not self._user.may(right):
                for deed in deeds:
                    deed.hide()
        self.view.set_empty(
            _("Nothing is agreed besides the price list, and nothing else is charged.")
        )
        room = QWidget()
        row = Flow(room, 6)
        for deed in (
            *(self.charge, self.standing, self.price),
            *(self.cover, self.split, self.end),
        ):
            row.addWidget(deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        theme.mark(self.example, "note")
        self.example.setWordWrap(True)
        self.example.hide()
        column.addWidget(self.view, 1)
        column.addWidget(self.example)
        column.addWidget(room)
        lead(self, self.view)


def _read(services: MoneyServices, resident_id: int, today: date) -> Read:
    prices = services.prices
    covers = prices.covers(resident_id)
    terms = [_of_price(price) for price in services.own_prices.of(resident_id)]
    terms += [_of_charge(charge) for charge in prices.charges(resident_id)]
    terms += [_of_cover(cover) for cover in covers]
    terms.sort(key=lambda term: term.source.starts, reverse=True)
    example = _example(prices, resident_id, today) if covers else None
    return prices.items(), services.payers.payers(), terms, example


def _example(prices: Prices, resident_id: int, today: date) -> Example | None:
    """Compute this month; None where its bill cannot be computed yet."""
    try:
        example = prices.example(resident_id, today)
    except Refusal:
        return None  # the trial of the month says what is lacking
    return example if example.parts else None


def _of_price(price: OwnPrice) -> OwnTerm:
    return OwnTerm(price, f"{say_value(price)} ({price.reason})", price.item)


def _of_charge(charge: OwnCharge) -> OwnTerm:
    if charge.is_standing:
        return OwnTerm(charge, _("Standing charge"), charge.item)
    what = _("{count} {count:time|times}").format(count=charge.quantity)
    return OwnTerm(charge, f"{what} {charge.note}".strip(), charge.item)


def _of_cover(cover: OwnCover) -> OwnTerm:
    return OwnTerm(cover, say_cover(cover), say_scope(cover))
