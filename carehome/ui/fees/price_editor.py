"""Writing a price list: its first day, every price, what is given back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import CareHomeError, Refusal
from carehome.i18n import N_, _, say_month, show_money
from carehome.rules.days import Sense
from carehome.rules.periods import months_after
from carehome.services.prices import DayTaken, FeeItem, Price, PriceSheet
from carehome.ui.fees import terms
from carehome.ui.fees.fee_items import UNIT_NAMES
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.field import Check
from carehome.ui.kit.fields import MoneyField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.page import scrolling

WIDE = 120
SIDE_BY_SIDE = 860  # as wide as prices beside their terms need


class AboveGuide(Refusal):
    """Nobody charges more than the guide price (seed 003 L349-351)."""

    text = N_("Above the guide price.")


class PriceEditor(QWidget):
    """Holds a price list while it is written; `wanted` goes out with the whole.

    Whoever stores it calls `refuse` when it cannot be. `changed` follows every key.
    """

    wanted = Signal(object)
    changed = Signal()
    left = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._sheet: PriceSheet | None = None
        self._posted: date | None = None
        self.prices: dict[int, MoneyField] = {}
        self.ceilings: dict[int, MoneyField] = {}
        self.title = QLabel()
        self.draft = Draft(self, self)
        self.head = Form(columns=2)
        starts = DateField(_("In force from"), today, sense=Sense.FUTURE)
        self.starts = self.head.add("starts", starts, blame=(DayTaken,))
        self.note = self.head.add("note", TextField(_("Note"), needed=False))
        self.terms = Form()
        terms.add_fields(self.terms)
        self.warning = QLabel()
        self.error = QLabel()
        self.reason = QLabel()
        self.save = button(_("Save the price list"), "save", "Ctrl+S", "primary")
        self.cancel = button(_("Cancel"))
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._dress()

        for form in (self.head, self.terms):
            form.changed.connect(self._follow)
            form.submitted.connect(self._submit)
        self.save.clicked.connect(self._submit)
        self.cancel.clicked.connect(self.left)
        leave = N_("Leave the price list as it was")
        self._away = bind(self, "Esc", leave, self.left.emit, WITHIN)

    def write(
        self,
        sheet: PriceSheet,
        items: Sequence[FeeItem],
        before: Mapping[int, int],
        posted: date | None,
    ) -> None:
        """Begin with `sheet`; `before` are the prices that hold until then.

        `posted` is the last posted month: what starts in it or earlier is corrected.
        """
        self._sheet, self._posted = sheet, posted
        title = _("Change the price list") if sheet.list_id else _("New price list")
        self.title.setText(title)
        self.error.hide()
        self.head.set_values({"starts": sheet.starts, "note": sheet.note})
        self.terms.set_values(terms.values_of(sheet.terms))
        self._lay_out([item for item in items if item.is_active], sheet, before)
        self._judge()
        self.starts.focus()

    def refuse(self, error: Exception) -> None:
        """Tell why it was not stored; what was typed stays."""
        if not isinstance(error, CareHomeError):
            raise error
        if not self._tell(error):
            self.error.setText(error.message)
            self.error.show()

    def _tell(self, error: CareHomeError) -> bool:
        """Tell a refusal beside the price or the field it is about."""
        price = self.prices.get(int(str(error.facts.get("item_id", 0))))
        if price is not None:
            price.set_error(error.message)
            self._go_to(price)
            return True
        place = str(error.facts.get("place", ""))
        if place in self.terms.fields:
            self.terms.set_errors({place: error.message})
            return True
        return self.head.tell(error)

    def without_frame(self) -> None:
        """Leave title, buttons and Esc to whoever shows the editor within a chain."""
        self._away.setEnabled(False)
        for part in (self.title, self.cancel, self.save, self.reason):
            part.hide()

    def typed(self) -> dict[str, Any]:
        """Return what is typed, right or wrong, so that it can be typed on later."""
        return {
            "head": self.head.typed(),
            "terms": self.terms.typed(),
            "prices": _raw(self.prices),
            "ceilings": _raw(self.ceilings),
        }

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what `typed` returned; items that are gone are left out."""
        self.head.type_again(draft.get("head", {}))
        self.terms.type_again(draft.get("terms", {}))
        for name, fields in (("prices", self.prices), ("ceilings", self.ceilings)):
            for item_id, raw in draft.get(name, {}).items():
                if int(item_id) in fields:
                    fields[int(item_id)].set_raw(raw)

    def written(self) -> PriceSheet | None:
        """Return the price list as it is typed; None while something is wrong."""
        if self._sheet is None or self.problem():
            return None
        starts = self.starts.value()
        assert starts is not None, "a form without a reason is filled"
        values = self.terms.values()
        prices = [
            Price(item_id, fen, self.ceilings[item_id].value())
            for item_id, field in self.prices.items()
            if (fen := field.value()) is not None
        ]
        kept = [p for p in self._sheet.prices if p.item_id not in self.prices]
        return replace(
            self._sheet,
            starts=starts,
            note=self.note.value() or "",
            terms=terms.terms_of(values),
            prices=tuple(prices + kept),
        )

    def problem(self) -> str:
        """Say why it cannot be stored yet; empty when it can."""
        fields = [*self.prices.values(), *self.ceilings.values()]
        wrong = next((p for field in fields if (p := field.problem())), "")
        return self.head.reason() or self.terms.reason() or wrong

    def show_problems(self) -> None:
        """Say beside each price what is wrong with it, and go to the first."""
        fields = [*self.prices.values(), *self.ceilings.values()]
        wrong = [field for field in fields if field.problem()]
        for field in wrong:
            field.set_error(field.problem())
        for field in wrong[:1]:
            field.focus()

    def _submit(self, _values: object = None) -> None:
        if sheet := self.written():
            self.error.hide()
            self.wanted.emit(sheet)

    def _follow(self) -> None:
        """Judge what is typed; a guide price also judges the price beside it."""
        for field in self.prices.values():
            problem = "" if field.input.hasFocus() else field.problem()
            if field.error != problem:
                field.set_error(problem)
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        """Say what is missing, and what the first day brings about."""
        reason = self.problem()
        self.reason.setText(reason)
        self.save.setEnabled(not reason)
        self.warning.setText(self._warning())
        self.warning.setVisible(bool(self.warning.text()))

    def _warning(self) -> str:
        """Say which posted months would be corrected."""
        if self._sheet is None or self._posted is None:
            return ""
        days = [day for day in (self.starts.value(), self._known_start) if day]
        first = min(days, default=None)
        if first is None or first >= months_after(self._posted, 1):
            return ""
        text = _(
            "Bills are posted up to {month}. This price list begins before that, so "
            "differences since {day} are corrected in the next bill."
        )
        return text.format(month=say_month(self._posted), day=first.isoformat())

    @property
    def _known_start(self) -> date | None:
        """The day from which the list already holds, None for a new one."""
        if self._sheet is None or not self._sheet.list_id:
            return None
        return self._sheet.starts

    def _lay_out(
        self, items: Sequence[FeeItem], sheet: PriceSheet, before: Mapping[int, int]
    ) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        listed = {price.item_id: price for price in sheet.prices}
        self.prices, self.ceilings = {}, {}
        words = (_("Item"), _("Charged"))
        figures = (_("Until then"), _("Price"), _("Guide price"))
        for column, text in enumerate((*words, *figures)):
            label = QLabel(text)
            theme.mark(label, "note")
            if text in figures:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(label, 0, column)
        for row, item_ in enumerate(items, start=1):
            known = listed.get(item_.item_id)
            ceiling = self._field(_("Guide price of {item}").format(item=item_.name))
            named = _("Price of {item}").format(item=item_.name)
            price = self._field(named, partial(_check_ceiling, ceiling))
            price.set_value(known.fen if known else None)
            ceiling.set_value(known.ceiling_fen if known else None)
            self.prices[item_.item_id] = price
            self.ceilings[item_.item_id] = ceiling
            last = before.get(item_.item_id)
            old = QLabel("—" if last is None else show_money(last))
            unit = QLabel(_(UNIT_NAMES[item_.unit]))
            theme.mark(unit, "note")
            theme.mark(old, "note")
            self._grid.addWidget(QLabel(item_.name), row, 0)
            self._grid.addWidget(unit, row, 1)
            self._grid.addWidget(old, row, 2, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(price, row, 3)
            self._grid.addWidget(ceiling, row, 4)
        for fields in (self.prices, self.ceilings):
            self._lead_down([*fields.values()])
        self._let_tab_follow()
        self._grid.setRowStretch(len(items) + 1, 1)

    def _let_tab_follow(self) -> None:
        """Let Tab go from the head to the prices, row by row, and then to the terms."""
        rows = zip(self.prices.values(), self.ceilings.values(), strict=True)
        fields = [field for row in rows for field in row]
        inputs = [self.note.input, *(field.input for field in fields)]
        for before, after in pairwise(inputs):
            self.setTabOrder(before, after)
        for field in fields:
            field.setFocusProxy(None)  # type: ignore[arg-type] # Tab would turn back there

    def _lead_down(self, fields: Sequence[MoneyField]) -> None:
        """Let Enter go from price to price, and behind the last one on."""
        for field, below in pairwise(fields):
            field.entered.connect(partial(self._go_to, below))
        for last in fields[-1:]:
            last.entered.connect(self._submit)

    def _go_to(self, field: MoneyField) -> None:
        field.focus()
        self._area.ensureWidgetVisible(field)

    def _field(self, name: str, check: Check | None = None) -> MoneyField:
        field = MoneyField(name, needed=False, check=check)
        field.setFixedWidth(theme.px(WIDE))
        field.changed.connect(self._follow)
        return field

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        wide = self.width() >= theme.px(SIDE_BY_SIDE)
        self._middle.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def _dress(self) -> None:
        for widget, kind in (
            (self.title, "title"),
            (self.warning, "banner_info"),
            (self.error, "banner"),
            (self.reason, "hint"),
        ):
            theme.mark(widget, kind)
        for label in (self.warning, self.error, self.reason):
            label.setWordWrap(True)
        self.warning.hide()
        self.error.hide()
        self._grid.setContentsMargins(0, 0, theme.px(8), 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(0, 1)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.addWidget(self.terms)
        column.addStretch()
        middle = QWidget()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(theme.px(24))
        self._middle.addWidget(self._rows, 3)
        self._middle.addWidget(side, 2)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for part in (self.title, self.draft.note, self.head, self.warning):
            column.addWidget(part)
        self._area = scrolling(middle)
        column.addWidget(self._area, 1)
        column.addWidget(self.error)
        column.addLayout(foot)


def _check_ceiling(ceiling: MoneyField, fen: int) -> None:
    """Refuse a price above the guide price that is typed beside it."""
    most = ceiling.value()
    if most is not None and fen > most:
        raise AboveGuide


def _raw(fields: Mapping[int, MoneyField]) -> dict[str, Any]:
    raw = {str(number): field.raw() for number, field in fields.items()}
    return {number: text for number, text in raw.items() if text}


def copied(sheet: PriceSheet, today: date) -> PriceSheet:
    """Return a new price list that begins with the prices of another.

    It starts with the next month, unless the other starts later still.
    """
    next_month = months_after(today.replace(day=1), 1)
    starts = max(next_month, sheet.starts + timedelta(days=1))
    return replace(sheet, list_id=0, starts=starts, note="")
