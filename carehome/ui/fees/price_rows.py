"""The prices of a list while it is written, an item a row, with its guide price."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money
from carehome.rules.days import Sense
from carehome.services.prices import FeeItem, Price
from carehome.ui.fees.fee_items import UNIT_NAMES
from carehome.ui.kit import theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.field import Check, Field
from carehome.ui.kit.fields import MoneyField, TextField

WIDE, NARROW, DOCUMENT, DAY = 120, 100, 70, 130


class AboveGuide(Refusal):
    """Nobody charges more than the guide price (seed 003 L349-351)."""

    text = N_("Above the guide price.")


class NoSource(Refusal):
    """A guide price comes from a document."""

    text = N_("Which document sets it, and of what date?")


class PriceRows(QWidget):
    """Holds the prices of a list; `wanted` goes out with Enter behind the last one.

    In a public home each price has its guide price beside it, with the document that
    sets that and its date; `documents` and `dates` are empty elsewhere.
    """

    changed = Signal()
    wanted = Signal()
    gone_to = Signal(QWidget)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._known: Mapping[int, Price] = {}
        self.prices: dict[int, MoneyField] = {}
        self.ceilings: dict[int, MoneyField] = {}
        self.documents: dict[int, TextField] = {}
        self.dates: dict[int, DateField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, theme.px(8), 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(0, 1)

    def lay_out(
        self,
        items: Sequence[FeeItem],
        prices: Sequence[Price],
        before: Mapping[int, int],
        is_public: bool,
    ) -> None:
        """Begin with `prices`; `before` are those that hold until then."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._known = {price.item_id: price for price in prices}
        self.prices, self.ceilings, self.documents, self.dates = {}, {}, {}, {}
        self._grid.setColumnStretch(5, 1 if is_public else 0)
        self._title(is_public)
        for row, each in enumerate(items, start=1):
            self._add(row, each, before.get(each.item_id), is_public)
        for fields in (self.prices, self.ceilings):
            self._lead_down([*fields.values()])
        for field in self.fields():
            field.setFocusProxy(None)  # type: ignore[arg-type] # Tab would turn back there
        self._grid.setRowStretch(len(items) + 1, 1)

    def fields(self) -> list[Field[Any]]:
        """Return all fields row by row, as Tab goes through them."""
        parts: tuple[Mapping[int, Field[Any]], ...] = (
            self.prices,
            self.ceilings,
            self.documents,
            self.dates,
        )
        return [
            fields[number]
            for number in self.prices
            for fields in parts
            if number in fields
        ]

    def listed(self) -> tuple[Price, ...]:
        """Return the prices as they are typed, and those of items not shown."""
        typed = tuple(
            self._price(number, fen)
            for number, field in self.prices.items()
            if (fen := field.value()) is not None
        )
        kept = [p for number, p in self._known.items() if number not in self.prices]
        return (*typed, *kept)

    def problem(self) -> str:
        """Say what is wrong first; empty when nothing is."""
        return next((p for field in self.fields() if (p := field.problem())), "")

    def show_problems(self) -> None:
        """Say beside each field what is wrong with it, and go to the first."""
        wrong = [field for field in self.fields() if field.problem()]
        for field in wrong:
            field.set_error(field.problem())
        for field in wrong[:1]:
            field.focus()

    def judge(self) -> None:
        """Judge again what depends on the field beside it."""
        for field in (*self.prices.values(), *self.ceilings.values()):
            problem = "" if field.input.hasFocus() else field.problem()
            if field.error != problem:
                field.set_error(problem)

    def typed(self) -> dict[str, Any]:
        """Return what is typed, right or wrong."""
        return {
            "prices": _raw(self.prices),
            "ceilings": _raw(self.ceilings),
            "documents": _raw(self.documents),
            "dates": _raw(self.dates),
        }

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what `typed` returned; items that are gone are left out."""
        for name in ("prices", "ceilings", "documents", "dates"):
            fields: Mapping[int, Field[Any]] = getattr(self, name)
            for item_id, raw in draft.get(name, {}).items():
                if int(item_id) in fields:
                    fields[int(item_id)].set_raw(raw)

    def _price(self, number: int, fen: int) -> Price:
        if number not in self.ceilings:
            known = self._known.get(number)
            if known is None:
                return Price(number, fen)
            rest = known.ceiling_fen, known.ceiling_document, known.ceiling_dated
            return Price(number, fen, *rest)
        ceiling = self.ceilings[number].value()
        if ceiling is None:
            return Price(number, fen)
        document = self.documents[number].value() or ""
        return Price(number, fen, ceiling, document, self.dates[number].value())

    def _title(self, is_public: bool) -> None:
        figures = (_("Until then"), _("Price"))
        guide = (_("Guide price"),) if is_public else ()
        source = (_("Set by"), _("Date of the document")) if is_public else ()
        words = (_("Item"), _("Charged"), *figures, *guide, *source)
        for column, text in enumerate(words):
            label = QLabel(text)
            theme.mark(label, "note")
            if text in (*figures, *guide):
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(label, 0, column)

    def _add(self, row: int, item: FeeItem, last: int | None, is_public: bool) -> None:
        number, known = item.item_id, self._known.get(item.item_id)
        old = QLabel("—" if last is None else show_money(last))
        unit = QLabel(_(UNIT_NAMES[item.unit]))
        theme.mark(unit, "note")
        theme.mark(old, "note")
        self._grid.addWidget(QLabel(item.name), row, 0)
        self._grid.addWidget(unit, row, 1)
        self._grid.addWidget(old, row, 2, Qt.AlignmentFlag.AlignRight)
        check = partial(self._check_ceiling, number)
        name = _("Price of {item}").format(item=item.name)
        wide = NARROW if is_public else WIDE
        price = self._money(name, check if is_public else None, wide)
        price.set_value(known.fen if known else None)
        self.prices[number] = price
        self._grid.addWidget(price, row, 3)
        if is_public:
            self._add_guide(row, item, known)

    def _add_guide(self, row: int, item: FeeItem, known: Price | None) -> None:
        number = item.item_id
        name = _("Guide price of {item}").format(item=item.name)
        ceiling = self._money(name, partial(self._check_source, number), NARROW)
        document = TextField(
            _("Document of the guide price of {item}").format(item=item.name),
            needed=False,
        )
        dated = DateField(
            _("Date of that document for {item}").format(item=item.name),
            self._today,
            needed=False,
            sense=Sense.PAST,
        )
        ceiling.set_value(known.ceiling_fen if known else None)
        document.set_value(known.ceiling_document if known else "")
        dated.set_value(known.ceiling_dated if known else None)
        self.ceilings[number], self.documents[number] = ceiling, document
        self.dates[number] = dated
        dated.setFixedWidth(theme.px(DAY))
        document.setMinimumWidth(theme.px(DOCUMENT))
        fields: tuple[Field[Any], ...] = (ceiling, document, dated)
        for column, field in enumerate(fields, start=4):
            self._grid.addWidget(field, row, column)
        for field in (document, dated):
            field.changed.connect(self.changed)

    def _check_ceiling(self, number: int, fen: int) -> None:
        """Refuse a price above the guide price that is typed beside it."""
        ceiling = self.ceilings.get(number)
        most = ceiling.value() if ceiling else None
        if most is not None and fen > most:
            raise AboveGuide

    def _check_source(self, number: int, _fen: int) -> None:
        """Refuse a guide price without the document that sets it, and its date."""
        if number not in self.dates:
            return
        if not self.documents[number].value() or not self.dates[number].value():
            raise NoSource

    def _money(self, name: str, check: Check | None, wide: int) -> MoneyField:
        field = MoneyField(name, needed=False, check=check)
        field.setFixedWidth(theme.px(wide))
        field.changed.connect(self.changed)
        return field

    def _lead_down(self, fields: Sequence[MoneyField]) -> None:
        """Let Enter go from price to price, and behind the last one on."""
        for field, below in pairwise(fields):
            field.entered.connect(partial(self.go_to, below))
        for last in fields[-1:]:
            last.entered.connect(self.wanted)

    def go_to(self, field: Field[Any]) -> None:
        """Put the cursor into a field, in sight."""
        field.focus()
        self.gone_to.emit(field)


def _raw(fields: Mapping[int, Any]) -> dict[str, Any]:
    raw = {str(number): field.raw() for number, field in fields.items()}
    return {number: text for number, text in raw.items() if text}
