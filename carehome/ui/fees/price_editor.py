"""Writing a price list: its first day, every price, what is given back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.days import Sense
from carehome.rules.periods import months_after
from carehome.services.prices import DayTaken, FeeItem, PriceSheet
from carehome.ui.fees import terms
from carehome.ui.fees.price_rows import PriceRows
from carehome.ui.fees.price_state import say_corrected
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.fields import MoneyField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.page import scrolling

SIDE_BY_SIDE = 860  # as wide as prices beside their terms need
GUIDE_PRICES = 500  # what guide prices and their documents need besides


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
        self._is_public = False
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
        self.save = button(_("Save the draft"), "save", "Ctrl+S", "primary")
        self.cancel = button(_("Cancel"))
        self.rows = PriceRows(today)
        self._dress()

        for form in (self.head, self.terms):
            form.changed.connect(self._follow)
            form.submitted.connect(self._submit)
        self.rows.changed.connect(self._follow)
        self.rows.wanted.connect(self._submit)
        self.rows.gone_to.connect(self._area.ensureWidgetVisible)
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
        is_public: bool = False,
    ) -> None:
        """Begin with `sheet`; `before` are the prices that hold until then.

        `posted` is the last posted month: what starts in it or earlier is corrected.
        Guide prices bind public homes alone.
        """
        self._sheet, self._posted, self._is_public = sheet, posted, is_public
        self.title.setText(_title_of(sheet))
        self.error.hide()
        self.head.set_values({"starts": sheet.starts, "note": sheet.note})
        self.terms.set_values(terms.values_of(sheet.terms))
        active = [item for item in items if item.is_active]
        self.rows.lay_out(active, sheet.prices, before, is_public)
        self._let_tab_follow()
        self._turn()
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
        price = self.rows.prices.get(int(str(error.facts.get("item_id", 0))))
        if price is not None:
            price.set_error(error.message)
            self.rows.go_to(price)
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
            **self.rows.typed(),
        }

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what `typed` returned; items that are gone are left out."""
        self.head.type_again(draft.get("head", {}))
        self.terms.type_again(draft.get("terms", {}))
        self.rows.type_again(draft)

    def written(self) -> PriceSheet | None:
        """Return the price list as it is typed; None while something is wrong."""
        if self._sheet is None or self.problem():
            return None
        starts = self.starts.value()
        assert starts is not None, "a form without a reason is filled"
        values = self.terms.values()
        return replace(
            self._sheet,
            starts=starts,
            note=self.note.value() or "",
            terms=terms.terms_of(values),
            prices=self.rows.listed(),
        )

    def problem(self) -> str:
        """Say why it cannot be stored yet; empty when it can."""
        return self.head.reason() or self.terms.reason() or self.rows.problem()

    def show_problems(self) -> None:
        """Say beside each price what is wrong with it, and go to the first."""
        self.rows.show_problems()

    def _submit(self, _values: object = None) -> None:
        if sheet := self.written():
            self.error.hide()
            self.wanted.emit(sheet)

    def _follow(self) -> None:
        """Judge what is typed; a guide price also judges the price beside it."""
        self.rows.judge()
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
        if self._sheet is None:
            return ""
        days = [day for day in (self.starts.value(), self._known_start) if day]
        return say_corrected(min(days, default=None), self._posted)

    @property
    def prices(self) -> Mapping[int, MoneyField]:
        """The fields of the prices by the items' numbers."""
        return self.rows.prices

    @property
    def ceilings(self) -> Mapping[int, MoneyField]:
        """The fields of the guide prices, none but in a public home."""
        return self.rows.ceilings

    @property
    def _known_start(self) -> date | None:
        """The day from which the list that is corrected holds, None for a new one."""
        if self._sheet is None or self._sheet.corrects is None:
            return None
        return self._sheet.starts

    def _let_tab_follow(self) -> None:
        """Let Tab go from the head to the prices, row by row, and then to the terms."""
        inputs = [self.note.input, *(field.input for field in self.rows.fields())]
        for before, after in pairwise(inputs):
            self.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """Lay the terms beside the prices where there is room, else below them."""
        way = QBoxLayout.Direction
        needed = SIDE_BY_SIDE + (GUIDE_PRICES if self._is_public else 0)
        wide = self.width() >= theme.px(needed)
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
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.addWidget(self.terms)
        column.addStretch()
        middle = QWidget()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(theme.px(24))
        self._middle.addWidget(self.rows, 3)
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


def _title_of(sheet: PriceSheet) -> str:
    if sheet.corrects is not None:
        return _("Corrected price list")
    return _("Change the draft") if sheet.list_id else _("New price list")


def copied(sheet: PriceSheet, today: date) -> PriceSheet:
    """Return a new price list that begins with the prices of another.

    It starts with the next month, unless the other starts later still.
    """
    next_month = months_after(today.replace(day=1), 1)
    starts = max(next_month, sheet.starts + timedelta(days=1))
    return replace(sheet, list_id=0, starts=starts, note="", corrects=None)


def corrected(sheet: PriceSheet) -> PriceSheet:
    """Return a new price list that takes the place of an approved one."""
    return replace(sheet, list_id=0, corrects=sheet.list_id)
